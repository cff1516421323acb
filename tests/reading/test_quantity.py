"""Amounts."""

import pytest

from rapallo.model import Quantity
from rapallo.reading.parse import parse
from rapallo.reading.quantity import number, quantity


def of(text, noun):
    token = next(t for t in parse([text])[0] if t.text == noun)
    return quantity(token)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,000", 7000),
        ("2.5 billion", 2.5e9),
        ("two dozen", 24),
        ("3bn", 3e9),
        ("a dozen", 12),
        ("many", None),
    ],
)
def test_numbers(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "noun", "wanted"),
    [
        ("Laos sent Peru 40 guns.", "guns", Quantity(40, "gun")),
        (
            "Laos sent nearly 7,000 containers of weapons.",
            "containers",
            Quantity(7000, "container", "weapon", approx=True),
        ),
        ("Laos sent 20 to 30 tanks.", "tanks", Quantity(25, "tank", approx=True)),
        ("Laos keeps between 20 and 30 tanks there.", "tanks", Quantity(25, "tank", approx=True)),
        ("Laos sells about a quarter of its gas.", "quarter", Quantity(25, "percent", "gas", approx=True)),
        ("Three quarters of the gas goes abroad.", "quarters", Quantity(75, "percent", "gas")),
        ("Laos pumps 40 cubic feet of gas.", "feet", Quantity(40, "cubic foot", "gas")),
        ("Laos sent more than 300 soldiers.", "soldiers", Quantity(300, "soldier", approx=True)),
        ("Laos lent Peru $2.5 billion.", "billion", Quantity(2.5e9, "USD")),
        ("The pact runs for five years.", "years", Quantity(5, "year")),
        ("Laos sent dozens of tanks.", "dozens", None),
        ("Laos sent tanks.", "tanks", None),
    ],
)
def test_quantities(text, noun, wanted):
    assert of(text, noun) == wanted
