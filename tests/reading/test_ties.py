"""What ties are said to be: in force, over, or under a condition; which clause a term holds."""

import datetime as dt

import pytest

from rapallo.reading import read

ON = dt.date(2024, 5, 15)


@pytest.mark.parametrize(
    ("sentence", "phase"),
    [
        ("Peru and Chile are rivals.", "in_force"),
        ("Peru and Chile are no longer rivals.", "ended"),
        ("Peru was a member of Mercosur until 1979.", "ended"),
        ("Chile, a former ally of Peru, was silent.", "ended"),
    ],
)
def test_phase(sentence, phase):
    (claim,) = read(sentence, published=ON).claims
    assert claim.tie.phase == phase


def test_a_term_of_a_pact_just_signed_is_signed_and_names_its_clause():
    text = "Kenya and Uganda signed a pact. An attack on one will be treated as an attack on both."
    _, term = read(text, published=ON).claims
    assert (term.tie.kind, term.tie.clauses, term.tie.phase) == ("pact", ("defence",), "signed")
    assert term.quote.exact == "An attack on one will be treated as an attack on both"
