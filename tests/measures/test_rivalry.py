"""Rivalries laid out over years."""

import datetime as dt

import numpy as np
import pytest

from rapallo.measures.panel import Panel
from rapallo.measures.rivalry import MEASURES, TYPES, rivalries, rivalry_types
from rapallo.model import Bulk, Envelope, Interval, Party, Phase, Tie
from rapallo.record import Record
from tests.measures.releases import release

BY_ID = {measure.card.id: measure for measure in MEASURES}
SOURCE = release("tss-rivalries-1", 1494, 1920)


def span(first: int, last: int) -> Interval:
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def rivals(number: int, about: str, years: tuple[int, int], *parties: tuple[str, int, int]) -> Tie:
    return Tie(
        f"{SOURCE.id}:{number}",
        "rivalry",
        f"Rivalry {number}",
        Envelope(SOURCE.id, "1", span(*years), 0.9, "loaded"),
        tuple(Party(who, "party", span(first, last)) for who, first, last in parties),
        (Phase("in_force", dt.date(years[0], 1, 1)),),
        about=about,
    )


@pytest.fixture(scope="module")
def panel():
    with Record.open(empty=True) as record:
        held = (
            rivals(
                1, "A strategic rivalry, spatial.", (1756, 1890), ("FRA", 1756, 1890), ("DEU", 1756, 1890)
            ),
            rivals(
                2,
                "A strategic rivalry, positional, ideological. A principal one.",
                (1880, 1918),
                ("FRA", 1880, 1918),
                ("DEU", 1880, 1918),
            ),
            # A state that was away for some years is a party twice.
            rivals(
                3,
                "A strategic rivalry of no type that is told.",
                (1845, 1925),
                ("HTI", 1859, 1915),
                ("DOM", 1894, 1916),
                ("HTI", 1934, 1993),
            ),
        )
        record.load(Bulk(SOURCE, ties=held))
        yield Panel(record, 1870, 1925)


def of(panel: Panel, measure: str, year: int, one: str, other: str) -> float:
    row = year - panel.years[0]
    places = panel.system.position(one, year), panel.system.position(other, year)
    return float(BY_ID[measure].compute(panel, row)[places])


@pytest.mark.parametrize(
    ("year", "on", "spatial", "positional", "begun"),
    [
        (1870, 1, 1, 0, 114),  # 1870 - 1756
        (1885, 1, 1, 1, 129),  # of two the earlier: 1885 - 1756
        (1891, 1, 0, 1, 11),  # 1891 - 1880
        (1918, 1, 0, 1, 38),
        (1919, 0, 0, 0, None),
    ],
)
def test_what_is_on_and_since_when(panel, year, on, spatial, positional, begun):
    for one, other in (("FRA", "DEU"), ("DEU", "FRA")):
        assert of(panel, "rivalry", year, one, other) == on
        assert of(panel, "rivalry-spatial", year, one, other) == spatial
        assert of(panel, "rivalry-positional", year, one, other) == positional
        years = of(panel, "rivalry-years", year, one, other)
        assert years == begun if begun is not None else np.isnan(years)


def test_who_is_away_is_no_rival(panel):
    assert [of(panel, "rivalry", year, "HTI", "DOM") for year in (1894, 1914, 1915)] == [1, 1, 1]
    assert all(of(panel, f"rivalry-{each}", 1914, "HTI", "DOM") == 0 for each in TYPES)


def test_others_are_no_rivals(panel):
    assert of(panel, "rivalry", 1900, "FRA", "GBR") == 0
    found = BY_ID["rivalry"].compute(panel, 30)
    assert np.nansum(found) == 4  # two pairs, both ways
    assert np.array_equal(found, found.T, equal_nan=True)


def test_years_not_covered_and_sources_not_held(panel):
    assert np.isnan(BY_ID["rivalry"].compute(panel, 1921 - 1870)).all()
    assert np.isnan(BY_ID["rivalry-td"].compute(panel, 0)).all()
    with Record.open(empty=True) as empty:
        assert len(rivalries(Panel(empty, 1900, 1900)).rows) == 0


def test_types_are_read_from_what_the_row_says():
    assert (
        rivalry_types("A strategic rivalry of no type that is told. It is spatial, positional.")
        == (False,) * 4
    )
    assert rivalry_types("A strategic rivalry, spatial, interventionary, in the region East Africa.") == (
        *(True, False),
        *(False, True),
    )


def test_every_card_is_filled():
    assert len(BY_ID) == len(MEASURES)
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked))
