"""What states are likely to do, told apart from what they must."""

from __future__ import annotations

import pytest

from rapallo.effects.likely import CAUTION, LEAST, likely
from rapallo.pacts import obligations
from rapallo.record import Record
from tests.pacts.webs import clause, pact, view

FIGURES = {
    "defence": (39, 96, "0.406"),
    "offence": (30, 42, "0.714"),
}


@pytest.mark.parametrize("kind", FIGURES)
def test_published_figures_stand_where_none_are_loaded(kind):
    held = view("1950-01-01", pact("p", ["BBB" if kind == "defence" else "AAA", "CCC"], clause(kind)))
    found = obligations(held, attacker="AAA", attacked="BBB")
    with Record.open(empty=True) as record:
        (one,) = likely(record, held, found)
    rate = one.by_kind
    assert (one.actor, one.pledge, one.by_state) == ("CCC", kind, None)
    assert (rate.honoured, rate.cases, f"{rate.share:.3f}") == FIGURES[kind]
    assert rate.low < rate.share < rate.high
    assert not rate.loaded
    assert "Berkemeier" in rate.source


def test_who_is_not_obliged_gets_no_rate():
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause(strength="discretionary")))
    with Record.open(empty=True) as record:
        assert likely(record, held, obligations(held, attacker="AAA", attacked="BBB")) == ()


def test_the_caution_says_what_the_share_is_of():
    assert "put to the test" in CAUTION
    assert "do not enter the answer" in CAUTION
    assert LEAST == 5
