"""Disputes behind two states: counts by hand, and what must not move them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rapallo.measures.disputes import MEASURES, History, history, since_last
from rapallo.measures.panel import Panel
from rapallo.record import Record
from tests.measures.releases import dyads, release

BY_ID = {measure.card.id: measure for measure in MEASURES}


@pytest.fixture(scope="module")
def record():
    """A dispute of France and Germany in 1870 and 1871, and one of France and Italy in 1900."""
    with Record.open(empty=True) as opened:
        opened.load(
            dyads(
                release("gml-1", 1816, 1905),
                ("dispute_onset", "FRA", "DEU", 1870, 1.0),
                ("dispute_ongoing", "FRA", "DEU", 1870, 1.0),
                ("dispute_ongoing", "FRA", "DEU", 1871, 1.0),
                ("dispute_onset", "FRA", "DEU", 1871, 0.0),
                ("dispute_hostility", "FRA", "DEU", 1870, 5.0),
                ("dispute_hostility", "DEU", "FRA", 1870, 4.0),
                ("dispute_onset", "FRA", "ITA", 1900, 1.0),
                ("dispute_ongoing", "FRA", "ITA", 1900, 1.0),
            )
        )
        yield opened


@pytest.fixture(scope="module")
def panel(record):
    return Panel(record, 1816, 1910)


def of(panel: Panel, measure: str, year: int, one: str, other: str) -> float:
    row = year - panel.years[0]
    places = panel.system.position(one, year), panel.system.position(other, year)
    return float(BY_ID[measure].compute(panel, row)[places])


@pytest.mark.parametrize(
    ("year", "peace"),
    [
        (1816, 0),  # the first year of the pair
        (1817, 1),
        (1870, 54),  # 1870 - 1816: the peace that the dispute ends
        (1871, 0),  # a dispute was on the year before
        (1872, 0),  # and in 1871 too
        (1873, 1),
        (1905, 33),  # 1905 - 1872
    ],
)
def test_years_of_peace(panel, year, peace):
    assert of(panel, "peace-years", year, "FRA", "DEU") == peace
    assert of(panel, "peace-years", year, "DEU", "FRA") == peace
    assert of(panel, "peace-years-squared", year, "FRA", "DEU") == peace**2
    assert of(panel, "peace-years-cubed", year, "FRA", "DEU") == peace**3


def test_onset_and_what_was_on(panel):
    assert [of(panel, "dispute-onset", year, "FRA", "DEU") for year in (1869, 1870, 1871)] == [0, 1, 0]
    assert [of(panel, "dispute-ongoing", year, "FRA", "DEU") for year in (1870, 1871, 1872)] == [1, 1, 0]


def test_disputes_before_leave_out_the_year(panel):
    assert [of(panel, "disputes-before", year, "FRA", "DEU") for year in (1870, 1871, 1905)] == [0, 1, 1]


def test_hostility_has_a_direction(panel):
    assert of(panel, "dispute-hostility", 1870, "FRA", "DEU") == 5
    assert of(panel, "dispute-hostility", 1870, "DEU", "FRA") == 4
    assert of(panel, "dispute-hostility", 1900, "DEU", "FRA") == 0


def test_years_not_covered_have_no_value(panel):
    row = 1906 - panel.years[0]
    for measure in MEASURES:
        assert np.isnan(measure.compute(panel, row)).all()


def test_the_other_source_is_not_held(panel):
    assert np.isnan(BY_ID["peace-years-mid"].compute(panel, 50)).all()


def test_a_panel_that_begins_late_counts_from_the_beginning(record, panel):
    late = Panel(record, 1899, 1905)
    assert of(late, "peace-years", 1899, "FRA", "DEU") == 27  # 1899 - 1872
    assert of(late, "disputes-before", 1901, "FRA", "ITA") == 1
    whole, part = history(panel), history(late)
    columns = np.searchsorted(panel.system.codes, late.system.codes)
    at = np.ix_(range(83, 90), columns, columns)
    assert (whole.peace[at] == part.peace).all()
    assert (whole.before[at] == part.before).all()


def test_nothing_of_those_not_together(panel):
    made = history(panel)
    assert isinstance(made, History)
    apart = ~panel.system.together
    assert (made.peace[apart] == -1).all()
    assert (made.before[apart] == -1).all()


def test_an_empty_record_has_no_value():
    with Record.open(empty=True) as empty:
        assert all(np.isnan(each.compute(Panel(empty, 1900, 1900), 0)).all() for each in MEASURES)


def test_no_states_no_counts():
    assert since_last(iter([]), np.zeros((0, 0, 0), bool)).shape == (0, 0, 0)


def test_years_apart_are_passed_over():
    fought, here = [0, 0, 0, 0, 0], [1, 1, 0, 0, 1]
    events = (np.array([[False, event], [event, False]], dtype=bool) for event in fought)
    together = np.array([[[False, bool(each)], [bool(each), False]] for each in here])
    assert since_last(events, together)[:, 0, 1].tolist() == [0, 1, -1, -1, 2]


def by_hand(events: list[bool], here: list[bool]) -> list[int]:
    found, last = [], None
    for event, is_here in zip(events, here, strict=True):
        if not is_here:
            found.append(-1)
            continue
        value = 0 if last is None or last[1] else last[0] + 1
        found.append(value)
        last = value, event
    return found


@settings(max_examples=50, deadline=None)
@given(arrays(bool, (12, 4, 4)), arrays(bool, (12, 4, 4)), st.permutations(range(4)))
def test_every_pair_alone_and_under_any_name(events, together, order):
    found = since_last(iter(events), together)
    for one in range(4):
        for other in range(4):
            assert found[:, one, other].tolist() == by_hand(events[:, one, other], together[:, one, other])
    at = np.ix_(range(12), order, order)
    assert (since_last(iter(events[at]), together[at]) == found[at]).all()


def test_every_card_is_filled():
    for measure in MEASURES:
        card = measure.card
        told = (card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits)
        assert all(told)
        assert all((card.coding, card.missing, card.coverage, card.checked))
    assert len(BY_ID) == len(MEASURES)
