"""Conditions of defence, counted by hand."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.measures.conditionality import (
    LEVELS,
    MEASURES,
    Duty,
    conditional_shares,
    duties,
    levels,
    pair_conditions,
)
from rapallo.measures.panel import Panel
from rapallo.model import Bulk, Clause, Envelope, Interval, Party, Phase, Tie
from rapallo.record import Record
from tests.measures.releases import release

SOURCE = release("atop-1", 1815, 1920)
BY_ID = {measure.card.id: measure for measure in MEASURES}


def span(first: int, last: int | None) -> Interval:
    return Interval(
        dt.date(first, 1, 1), dt.date(last, 12, 31) if last else None, "range" if last else "since"
    )


def envelope(when: Interval) -> Envelope:
    return Envelope(SOURCE.id, "1", when, 0.9, "loaded")


def clause(tie: str, number: int, when: Interval, **more: object) -> Clause:
    told = {
        "kind": "defence",
        "trigger": "armed_attack",
        "response": "all_means",
        "strength": "automatic",
        **more,
    }
    return Clause(f"{tie}/{number}", tie, envelope=envelope(when), **told)


def pact(number: int, when: Interval, parties: dict[str, Interval], *clauses: dict[str, object]) -> Tie:
    name = f"{SOURCE.id}:{number}"
    return Tie(
        name,
        "pact",
        f"Pact {number}",
        envelope(when),
        tuple(Party(who, "party", days) for who, days in parties.items()),
        (Phase("in_force", when.start),),
        tuple(clause(name, at, when, **told) for at, told in enumerate(clauses, 1)),
    )


LONG = span(1900, 1910)
PACTS = (
    # France and Russia without a condition.
    pact(1, LONG, {"FRA": LONG, "RUS": LONG}, {}),
    # Germany, Austria and Italy on a condition; Italy leaves after 1905.
    pact(
        2,
        LONG,
        {"DEU": LONG, "AUH": LONG, "ITA": span(1900, 1905)},
        {"conditions": ("unprovoked",), "against": ("FRA",)},
        {"kind": "consultation", "trigger": "always", "response": "consult", "strength": "consult"},
    ),
    # The United Kingdom at its discretion towards France, which owes nothing.
    pact(
        3,
        span(1904, 1910),
        {"GBR": LONG, "FRA": LONG},
        {"strength": "discretionary", "obliged": ("GBR",), "protected": ("FRA",), "territory": ("FRA",)},
    ),
    # Germany owes Austria help without a condition as well.
    pact(4, span(1908, 1910), {"DEU": LONG, "AUH": LONG}, {"obliged": ("DEU",), "protected": ("AUH",)}),
)


@pytest.fixture(scope="module")
def panel():
    with Record.open(empty=True) as record:
        record.load(Bulk(SOURCE, ties=PACTS))
        yield Panel(record, 1899, 1921)


def of_state(panel, measure, year, who):
    return float(BY_ID[measure].compute(panel, year - 1899)[panel.system.position(who, year)])


def of_pair(panel, measure, year, one, other):
    places = panel.system.position(one, year), panel.system.position(other, year)
    return float(BY_ID[measure].compute(panel, year - 1899)[places])


@pytest.mark.parametrize(
    ("who", "year", "share", "firm"),
    [
        ("FRA", 1900, 0.0, 1),
        ("DEU", 1900, 1.0, 0),
        ("DEU", 1908, 0.5, 1),  # one of two is conditional
        ("AUH", 1908, 1.0, 0),
        ("GBR", 1904, 1.0, 0),
        ("GBR", 1903, np.nan, 0),
        ("ITA", 1905, 1.0, 0),
        ("ITA", 1906, np.nan, 0),
        ("ESP", 1905, np.nan, 0),
    ],
)
def test_states(panel, who, year, share, firm):
    assert of_state(panel, "conditional-defence-share", year, who) == pytest.approx(share, nan_ok=True)
    assert of_state(panel, "unconditional-defence-duties", year, who) == firm


@pytest.mark.parametrize(
    ("one", "other", "year", "level"),
    [
        ("FRA", "RUS", 1900, 3),
        ("RUS", "FRA", 1900, 3),
        ("RUS", "FRA", 1911, 0),
        ("DEU", "ITA", 1905, 2),
        ("DEU", "ITA", 1906, 0),
        ("GBR", "FRA", 1904, 1),
        ("FRA", "GBR", 1904, 0),
        ("DEU", "AUH", 1907, 2),
        ("DEU", "AUH", 1908, 3),  # the firmer counts
        ("AUH", "DEU", 1908, 2),
    ],
)
def test_pairs(panel, one, other, year, level):
    assert of_pair(panel, "defence-commitment-level", year, one, other) == level
    conditional = of_pair(panel, "conditional-defence", year, one, other)
    expected = {0: np.nan, 1: 1.0, 2: 1.0, 3: 0.0}[level]
    assert conditional == pytest.approx(expected, nan_ok=True)


def test_by_which_condition(panel):
    found = pair_conditions(panel, 1905 - 1899)
    assert list(found) == ["in_territory", "named_adversary", "unprovoked"]
    place = {who: panel.system.position(who, 1905) for who in ("DEU", "ITA", "GBR", "FRA")}
    assert found["unprovoked"][place["DEU"], place["ITA"]]
    assert found["named_adversary"].sum() == 6  # three states, each to two
    assert found["in_territory"].sum() == 1
    assert found["in_territory"][place["GBR"], place["FRA"]]


def test_years_not_covered(panel):
    for measure in MEASURES:
        assert np.isnan(measure.compute(panel, 1921 - 1899)).all()


def test_an_empty_record_has_no_value():
    with Record.open(empty=True) as empty:
        panel = Panel(empty, 1900, 1900)
        assert duties(panel, 0) == []
        assert all(np.isnan(measure.compute(panel, 0)).all() for measure in MEASURES)


def test_no_states():
    assert levels([], 0).shape == (0, 0)
    shares, numbers = conditional_shares([], 0)
    assert shares.shape == numbers.shape == (0,)


def test_a_duty_to_nobody_else_is_none():
    shares, numbers = conditional_shares([Duty("p/1", (0,), (0,), (), automatic=True)], 1)
    assert np.isnan(shares[0])
    assert numbers[0] == 0


PLACES = st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True).map(
    lambda them: tuple(sorted(them))
)
DUTIES = st.lists(
    st.builds(Duty, st.just("p/1"), PLACES, PLACES, st.sampled_from([(), ("unprovoked",)]), st.booleans()),
    max_size=6,
)


@given(DUTIES, st.permutations(range(5)))
def test_under_any_name_and_beside_a_state_without_pacts(held, order):
    renamed = [
        Duty(
            duty.clause,
            tuple(sorted(order[place] for place in duty.obliged)),
            tuple(sorted(order[place] for place in duty.protected)),
            duty.conditions,
            duty.automatic,
        )
        for duty in held
    ]
    plain, moved = levels(held, 5), levels(renamed, 5)
    assert (moved[np.ix_(order, order)] == plain).all()
    assert (np.diag(plain) == 0).all()
    assert set(np.unique(plain)) <= set(range(len(LEVELS)))
    wider = levels(held, 6)
    assert (wider[:5, :5] == plain).all()
    assert not wider[5].any()
    shares, firm = conditional_shares(held, 5)
    assert ((shares[~np.isnan(shares)] >= 0) & (shares[~np.isnan(shares)] <= 1)).all()
    # A state has an unconditional duty just where it stands on the highest level to somebody.
    assert ((firm > 0) == (plain == 3).any(axis=1)).all()


def test_every_card_is_filled():
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked))
