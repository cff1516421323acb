"""How often alliances were honoured, counted by hand over a few cases."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.measures.panel import Panel
from rapallo.measures.reliability import CODINGS, MEASURES, reliability, wilson
from rapallo.model import Bulk, Envelope, Event, Interval, Party, Phase, Tie
from rapallo.record import Record
from tests.measures.releases import release

SOURCE = release("alliance-performance-1", 1816, 2003)
ATOP = release("atop-1", 1815, 2016)


def span(first: int, last: int) -> Interval:
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def case(code: str, *years: int, owed: str = "") -> Event:
    when = span(*years) if years else Interval(None, None, "unknown")
    targets = (owed,) if owed else ()
    name = f"{SOURCE.id}:{code}:{owed}"
    return Event(
        name, "", (), targets, Envelope(SOURCE.id, "1", when, 0.8, "loaded"), what="A case.", code=code
    )


CASES = (
    case("10:cow1:honoured:defence:bf", 1850, 1851),
    case("11:cow1:violated:defence+offence:bf", 1850, 1851),
    case("12:cow2:honoured:offence+neutrality:bf", 1914, 1918),
    case("13:cow2:not_at_issue:consultation:bf", 1914, 1918),
    case("14:bf3:violated:neutrality:bf"),  # of no known year
    case("10:cow1:violated:defence:llm", 1850, 1851),
    case("10:cow1:honoured:defence:la3", 1850, 1851, owed="FRA"),
    case("11:cow1:violated:defence:la3", 1850, 1851, owed="GBR"),
)
PACT = Tie(
    "atop-1:12",
    "pact",
    "A pact",
    Envelope(ATOP.id, "1", span(1900, 1920), 0.9, "loaded"),
    (Party("FRA", "party", span(1900, 1920)), Party("RUS", "party", span(1915, 1920))),
    (Phase("in_force", dt.date(1900, 1, 1)),),
)


@pytest.fixture(scope="module")
def record():
    with Record.open(empty=True) as opened:
        opened.load(Bulk(SOURCE, events=CASES))
        opened.load(Bulk(ATOP, ties=(PACT,)))
        yield opened


def counted(record, **asked) -> tuple[int, int]:
    found = reliability(record, **asked)
    return found.honoured, found.violated


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({}, (2, 2)),  # what was not at issue does not count
        ({"coding": "llm"}, (0, 1)),
        ({"coding": "la3"}, (1, 1)),
        ({"coding": "la2"}, (0, 0)),
        ({"pledge": "defence"}, (1, 1)),
        ({"pledge": "offence"}, (1, 1)),  # a pact with several pledges counts under each
        ({"pledge": "neutrality"}, (1, 1)),
        ({"pledge": "consultation"}, (0, 0)),
        ({"last": 1900}, (1, 1)),  # and no case of no known year
        ({"first": 1900}, (1, 0)),
        ({"first": 1850, "last": 1850}, (1, 1)),
        ({"coding": "la3", "state": "FRA"}, (1, 0)),
        ({"coding": "la3", "state": "GBR"}, (0, 1)),
        ({"state": "FRA"}, (1, 0)),  # party to pact 12 in 1914
        ({"state": "RUS"}, (0, 0)),  # party to it from 1915 only
    ],
)
def test_counts(record, asked, counts):
    assert counted(record, **asked) == counts


def test_share_interval_and_rows(record):
    found = reliability(record, pledge="defence")
    assert found.share == 0.5
    # Wilson with z = 1.959964, 1 of 2: middle (0.5 + 0.960365) / 2.920729 = 0.5, half 1.959964 *
    # sqrt(0.125 + 0.240091) / 2.920729 = 0.405471
    assert found.low == pytest.approx(0.094529, abs=1e-5)
    assert found.high == pytest.approx(0.905471, abs=1e-5)
    assert len(found.events) == 2
    assert found.events[0] == f"{SOURCE.id}:10:cow1:honoured:defence:bf:"


def test_no_cases():
    with Record.open(empty=True) as empty:
        found = reliability(empty)
        assert (found.honoured, found.violated, found.low, found.high, found.events) == (0, 0, 0.0, 1.0, ())
        assert math.isnan(found.share)
        for measure in MEASURES:
            assert np.isnan(measure.compute(Panel(empty, 1900, 1900), 0))


def test_what_there_is_not(record):
    with pytest.raises(InputError, match="no coding"):
        reliability(record, coding="sabrosky")
    with pytest.raises(InputError, match="no pledge"):
        reliability(record, pledge="friendship")


def test_up_to_each_year(record):
    panel = Panel(record, 1849, 1914)
    by_name = {measure.card.id: measure for measure in MEASURES}
    whole = by_name["alliance-reliability"].history(panel)
    assert np.isnan(whole[1849])
    assert whole[1850] == 0.5
    assert whole[1913] == 0.5
    assert whole[1914] == pytest.approx(2 / 3)
    assert by_name["alliance-reliability-offence"].history(panel)[1914] == 0.5  # 11 broken, 12 kept
    assert by_name["alliance-reliability-neutrality"].history(panel)[1914] == 1.0


@given(st.integers(0, 300).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases))))
def test_the_interval_holds_the_share_and_mirrors(drawn):
    hits, cases = drawn
    low, high = wilson(hits, cases)
    assert 0 <= low <= high <= 1
    if cases:
        assert low <= hits / cases <= high
    mirrored = wilson(cases - hits, cases)
    assert mirrored == pytest.approx((1 - high, 1 - low))


def test_every_card_is_filled():
    assert {"bf", "llm", "la2", "la3"} == set(CODINGS)
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked))
