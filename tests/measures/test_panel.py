"""A record as grids of years by states: members by known dates, and every amount against a loop over rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures.panel import Cells, Panel, System, system
from rapallo.measures.panel.panel import DIRECTED, is_of
from rapallo.model import Bulk, Source
from rapallo.record import Record
from rapallo.vocab import vocabulary
from tests.measures.releases import release
from tests.record.world import rows

D = dt.date
NAN = np.nan


def from_release(
    name: str, *, first: int = 1816, last: int = 2025, released: dt.date | None = None
) -> Source:
    return replace(release(name, first, last), released=released or D(2020, 1, 1))


def lay(record: Record, source: Source, family: str, *cells: dict) -> None:
    """Lay rows into a record, numbered in their order."""
    given = [cell | {"id": f"{source.id}:{n}", "line": n} for n, cell in enumerate(cells, 2)]
    record.load(Bulk(source, {family: (rows(family, *given, source=source),)}))


def over(first: dt.date | int | None, last: dt.date | int | None = None) -> dict:
    """The days from one to another, of a year or from year to year where years are given."""
    last = first if last is None and isinstance(first, int) else last
    return {
        "valid_from": D(first, 1, 1) if isinstance(first, int) else first,
        "valid_to": D(last, 12, 31) if isinstance(last, int) else last,
    }


def trait(actor: str, value: float, days: dict, name: str = "population", confidence: float = 0.9) -> dict:
    return {"actor": actor, "name": name, "value": value, "confidence": confidence, **days}


def pair(
    one: str, other: str, value: float, days: dict, name: str = "shared_igos", confidence: float = 0.9
) -> dict:
    return {
        "actor": one,
        "other": other,
        "name": name,
        "value": value,
        "confidence": confidence,
        **days,
    }


def flow(
    one: str,
    other: str,
    value: float,
    days: dict,
    kind: str = "trade",
    what: str = "",
    confidence: float = 0.9,
) -> dict:
    sides = {"origin": one, "destination": other, "kind": kind, "what": what}
    return {**sides, "value": value, "confidence": confidence, **days}


@pytest.fixture
def record():
    with Record.open(empty=True) as opened:
        yield opened


def value(
    panel: Panel, who: str | int, year: int, name: str = "population", source: str = "", **more
) -> float:
    grid = panel.trait(name, source, **more)
    return grid[year - panel.years[0], panel.system.position(who, year)].item()


def cell(panel: Panel, cells: Cells, one: str | int, other: str | int, year: int) -> float:
    row = year - panel.years[0]
    places = panel.system.position(one, year), panel.system.position(other, year)
    return cells.year(row)[places].item()


# Who was a member when


def members(found: System, year: int) -> set[int]:
    return set(found.codes[found.member[year - found.years[0]]].tolist())


def together(found: System, one: int, other: int, year: int) -> bool:
    places = [int(np.searchsorted(found.codes, code)) for code in (one, other)]
    return bool(found.together[year - found.years[0], *places])


def test_cuba_was_a_member_from_1902_to_1906_and_again_from_1909():
    found = system("cow", 1900, 1912)
    assert [year for year in found.years if 40 in members(found, year)] == [
        *range(1902, 1907),
        *range(1909, 1913),
    ]


def test_all_numbers_of_a_year_in_which_states_ended_and_began():
    found = system("cow", 1989, 1991)
    assert {255, 260, 265} & members(found, 1989) == {260, 265}
    assert {255, 260, 265} <= members(found, 1990)
    assert {255, 260, 265} & members(found, 1991) == {255}
    assert {678, 679, 680} & members(found, 1989) == {678, 680}
    assert {678, 679, 680} <= members(found, 1990)
    assert {678, 679, 680} & members(found, 1991) == {679}


def test_two_are_together_only_where_one_day_had_both():
    found = system("cow", 1989, 1991)
    # Germany from 3 October, the Federal Republic and the GDR to 2 October.
    assert not together(found, 255, 260, 1990)
    assert not together(found, 255, 265, 1990)
    assert together(found, 260, 265, 1990)
    # Yemen from 22 May, its two parts to 21 May.
    assert not together(found, 678, 679, 1990)
    assert not together(found, 679, 680, 1990)
    assert together(found, 678, 680, 1990)
    # Germany and the parts of Yemen missed each other; the Federal Republic met all three.
    assert not together(found, 255, 678, 1990)
    assert together(found, 255, 679, 1990)
    assert all(together(found, 260, code, 1990) for code in (678, 679, 680))


def test_together_is_symmetric_and_nobody_is_with_itself():
    found = system("cow", 1985, 1995)
    assert (found.together == found.together.transpose(0, 2, 1)).all()
    assert not found.together[:, range(found.shape[1]), range(found.shape[1])].any()
    assert not (found.together & ~(found.member[:, :, None] & found.member[:, None, :])).any()


@pytest.mark.parametrize("name", ["cow", "gw"])
@pytest.mark.parametrize("year", [1816, 1848, 1918, 1945, 1990, 2011])
def test_members_and_pairs_day_by_day(name, year):
    """Against a loop over the days of the year."""
    found = system(name, year, year)
    spells = actors.memberships(name)
    pairs: set[tuple[int, int]] = set()
    present: set[int] = set()
    day = D(year, 1, 1)
    while day.year == year:
        now = {code for code, _, days in spells if (days.start or D.min) <= day <= (days.end or D.max)}
        present |= now
        pairs |= {(one, other) for one in now for other in now if one != other}
        day += dt.timedelta(days=1)
    assert members(found, year) == present
    ones, others = np.nonzero(found.together[0])
    assert set(zip(found.codes[ones].tolist(), found.codes[others].tolist(), strict=True)) == pairs


def test_positions():
    found = system("cow", 1950, 1995)
    assert found.codes[found.position("USA", 1950)] == 2
    assert found.codes[found.position("DEU", 1989)] == 260
    assert found.codes[found.position("DEU", 1990)] == 255  # the last of the year
    assert found.position(260, 1990) == found.position("260", 1990) == found.position("DEU", 1960)
    assert found.codes[found.position("SUN", 1991)] == found.codes[found.position("RUS", 1992)] == 365
    gleditsch = system("gw", 1950, 1995)
    assert gleditsch.codes[gleditsch.position("DEU", 1995)] == 260


@pytest.mark.parametrize(
    ("who", "year"),
    [("DDR", 1991), ("DEU", 1954), (255, 1960), ("260", 1991), (999, 1960), ("USA", 1949), (2, 1996)],
)
def test_no_position_for_who_was_no_member(who, year):
    with pytest.raises(InputError, match=f"{who} was no member of the state system cow in {year}"):
        system("cow", 1950, 1995).position(who, year)


def test_who_bore_a_number():
    found = system("cow", 1990, 1992)
    place = found.position(365, 1991)
    assert [found.ids(year)[place] for year in (1990, 1991, 1992)] == ["SUN", "RUS", "RUS"]
    assert found.ids(1991)[int(np.searchsorted(found.codes, 265))] == ""


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("cow", 1815, 1820), ("cow", 1820, 1819), ("cow", 1990, 9999), ("un", 1990, 1991)],
)
def test_no_such_system_or_years(name, first, last):
    with pytest.raises(InputError):
        system(name, first, last)


# Traits


def test_the_surer_of_two_sources_counts_then_the_later_released(record):
    lay(
        record,
        from_release("old-1", released=D(2001, 1, 1)),
        "trait",
        trait("USA", 1, over(1950)),
        trait("FRA", 1, over(1950), confidence=0.95),
        trait("GBR", 1, over(1950)),
    )
    lay(
        record,
        from_release("new-1", released=D(2011, 1, 1)),
        "trait",
        trait("USA", 2, over(1950)),
        trait("FRA", 2, over(1950)),
    )
    panel = Panel(record, 1950, 1950)
    assert value(panel, "USA", 1950) == 2  # equally sure, later released
    assert value(panel, "FRA", 1950) == 1  # surer, though earlier released
    assert value(panel, "GBR", 1950) == 1  # only there


def test_one_source_that_counts_by_dataset_and_by_release(record):
    for name, amount in (("nmc-6.0", 6.0), ("nmc-7.0", 7.0), ("nmc-more-1", 8.0)):
        lay(record, from_release(name), "trait", trait("USA", amount, over(1950)))
    panel = Panel(record, 1950, 1950)
    assert value(panel, "USA", 1950, source="nmc-6.0") == 6
    assert value(panel, "USA", 1950, source="nmc") == 7
    assert value(panel, "USA", 1950, source="nmc-more") == 8
    assert np.isnan(value(panel, "USA", 1950, source="nothing"))
    assert not panel.trait_covered("population", "nothing").any()


@pytest.mark.parametrize(
    ("name", "dataset", "its"),
    [
        ("nmc-6.0", "nmc", True),
        ("un-votes-2024-06", "un-votes", True),
        ("un-ideal-points-2024-06", "un-ideal-points", True),
        ("temporal-graph-icews14", "temporal-graph", True),
        ("cow-contiguity-years-3.2", "cow-contiguity", False),
        ("cow-contiguity-years-3.2", "cow-contiguity-years", True),
        ("mid-dyads-5.0", "mid", False),
        ("starter", "starter", False),
        ("nmc", "nmc-6.0", False),
    ],
)
def test_the_dataset_of_a_release(name, dataset, its):
    assert is_of(name, dataset) is its


def test_holds_and_cites_by_dataset(record):
    lay(record, from_release("un-votes-2024-06"), "trait", trait("USA", 1, over(1950)))
    panel = Panel(record, 1950, 1950)
    assert panel.holds(["un-votes"])
    assert panel.holds(["nmc", "un-votes"])
    assert not panel.holds(["nmc"])
    assert panel.cited(["un-votes"]) == {"un-votes-2024-06": "Nobody (2020)."}


def test_years_that_a_source_covers(record):
    lay(record, from_release("one-1", first=1950, last=1952), "trait", trait("USA", 1, over(1951)))
    lay(record, from_release("two-1", first=1955, last=1956), "trait", trait("USA", 2, over(1955)))
    lay(record, from_release("else-1"), "trait", trait("USA", 3, over(1951), name="gdp"))
    panel = Panel(record, 1949, 1957)
    covered = [year for year, its in zip(panel.years, panel.trait_covered("population"), strict=True) if its]
    assert covered == [1950, 1951, 1952, 1955, 1956]
    assert panel.trait_covered("population", "two").tolist() == [*[False] * 6, True, True, False]
    assert panel.last_covered(["one"]) == 1952
    assert panel.last_covered(["one", "two"]) == 1956
    assert panel.last_covered(["three"]) is None


def test_a_year_is_covered_also_where_nothing_is_told_of_these_states_or_years(record):
    told = (pair("USA", "RUS", 5, over(1970), name) for name in ("contiguity", "dispute_onset"))
    lay(record, from_release("one-1", first=1900, last=1980), "dyad", *told)
    for asked in ({"states": ("FRA", "CHN")}, {}):
        for first, last, want in ((1960, 1961, True), (1970, 1970, True), (1981, 1982, False)):
            panel = Panel(record, first, last, **asked)
            assert (panel.pairs("contiguity", begun=True).covered == want).all()
            assert (panel.pairs("dispute_onset", "one").covered == want).all()
            assert not panel.pairs("shared_igos").covered.any()


def test_the_last_covered_year_stands_for_those_behind_it(record):
    lay(
        record,
        from_release("one-1", first=1988, last=1990),
        "trait",
        *(trait(who, 1 + n, over(1990)) for n, who in enumerate(("USA", "YMD", "FRA"))),
        trait("GBR", 9, over(1989)),
    )
    panel = Panel(record, 1989, 1993)
    found = panel.carried("population")
    usa, south, gbr = (panel.system.position(who, 1990) for who in ("USA", "YMD", "GBR"))
    assert found[:, usa].tolist()[1:] == [1, 1, 1, 1]
    assert np.isnan(found[0, usa])
    assert np.isnan(found[2:, south]).all()  # no member any more
    assert np.isnan(found[1:, gbr]).all()  # the last covered year has nothing of it
    assert np.isnan(panel.trait("population")[2:]).all()


def test_a_spell_that_runs_through_a_change_of_number_is_of_both(record):
    lay(record, from_release("one-1"), "trait", trait("DEU", 5, over(1950, 1995)))
    panel = Panel(record, 1988, 1992)
    assert value(panel, 260, 1989) == value(panel, 260, 1990) == value(panel, 255, 1990) == 5
    assert value(panel, 255, 1992) == 5
    assert np.isnan(panel.trait("population")[3, np.searchsorted(panel.system.codes, 260)])


@pytest.mark.parametrize(
    ("begin", "end", "west", "whole"),
    [
        (D(1990, 1, 1), D(1990, 12, 31), True, True),
        (D(1990, 1, 1), D(1990, 10, 2), True, False),
        (D(1990, 10, 3), D(1990, 12, 31), False, True),
        (D(1990, 10, 2), D(1990, 10, 3), True, True),
        (None, D(1990, 3, 1), True, False),
        (D(1990, 11, 1), None, False, True),
        (D(1985, 6, 1), D(1990, 10, 2), True, False),
        (D(1990, 10, 3), D(1994, 6, 1), False, True),
    ],
)
def test_a_row_of_part_of_a_year_is_of_the_number_of_its_days(record, begin, end, west, whole):
    lay(record, from_release("one-1"), "trait", trait("DEU", 5, over(begin, end)))
    lay(record, from_release("two-1"), "dyad", pair("FRA", "DEU", 6, over(begin, end)))
    panel = Panel(record, 1989, 1991)
    assert [not np.isnan(value(panel, code, 1990)) for code in (260, 255)] == [west, whole]
    cells = panel.pairs("shared_igos")
    for one, other in ((260, 220), (220, 260)):
        assert (cell(panel, cells, one, other, 1990) == 6) is west
    for one, other in ((255, 220), (220, 255)):
        assert (cell(panel, cells, one, other, 1990) == 6) is whole


def test_two_that_both_changed_their_number_in_one_year(record):
    lay(record, from_release("one-1"), "dyad", pair("DEU", "YEM", 6, over(1990)))
    panel = Panel(record, 1990, 1990)
    cells = panel.pairs("shared_igos")
    for one, other in ((260, 678), (260, 679), (255, 679)):
        assert cell(panel, cells, one, other, 1990) == cell(panel, cells, other, one, 1990) == 6


def test_the_best_source_counts_for_both_numbers_of_a_year(record):
    """The row of the less sure source is of both numbers; that of the surer only of the later."""
    lay(record, from_release("sure-1"), "trait", trait("DEU", 2, over(D(1990, 10, 10), D(1990, 12, 31))))
    lay(record, from_release("less-1"), "trait", trait("DEU", 1, over(1990), confidence=0.5))
    lay(record, from_release("pair-1"), "dyad", pair("DEU", "FRA", 2, over(D(1990, 10, 10), D(1990, 12, 31))))
    lay(record, from_release("vague-1"), "dyad", pair("DEU", "FRA", 1, over(1990), confidence=0.5))
    panel = Panel(record, 1990, 1990)
    assert (value(panel, 260, 1990), value(panel, 255, 1990)) == (1, 2)
    cells = panel.pairs("shared_igos")
    assert (cell(panel, cells, 260, 220, 1990), cell(panel, cells, 255, 220, 1990)) == (1, 2)


def test_of_several_in_a_year_that_which_began_it(record):
    cells = (
        trait("FRA", 1, over(1949, D(1950, 6, 1))),
        trait("FRA", 2, over(D(1950, 6, 2), 1951)),
        trait("GBR", 3, over(D(1950, 3, 1), 1950)),
        trait("USA", 4, over(D(1950, 1, 1), D(1950, 2, 1))),
        trait("USA", 5, over(None, 1950)),
    )
    for n, order in enumerate((cells, cells[::-1])):
        lay(record, from_release(f"one{n}-1"), "trait", *order)
        panel = Panel(record, 1949, 1951)
        asked = {"source": f"one{n}", "begun": True}
        assert [value(panel, "FRA", year, **asked) for year in (1949, 1950, 1951)] == [1, 1, 2]
        assert value(panel, "GBR", 1950, **asked) == 3
        assert value(panel, "USA", 1950, **asked) == 5


def test_of_several_pairs_begun_on_one_day_the_least(record):
    lay(
        record,
        from_release("one-1"),
        "dyad",
        pair("FRA", "ESP", 4, over(1950), "contiguity"),
        pair("FRA", "ESP", 1, over(1950), "contiguity"),
        pair("FRA", "ITA", 1, over(D(1950, 5, 1), 1950), "contiguity"),
        pair("FRA", "ITA", 5, over(1940, D(1950, 4, 30)), "contiguity"),
    )
    panel = Panel(record, 1950, 1950)
    cells = panel.pairs("contiguity", begun=True)
    assert cell(panel, cells, "FRA", "ESP", 1950) == cell(panel, cells, "ESP", "FRA", 1950) == 1
    assert cell(panel, cells, "FRA", "ITA", 1950) == cell(panel, cells, "ITA", "FRA", 1950) == 5


# Pairs and flows


def test_pairs_are_laid_down_both_ways_and_directed_ones_as_told(record):
    lay(
        record,
        from_release("one-1"),
        "dyad",
        pair("FRA", "USA", 30, over(1950)),
        pair("FRA", "USA", 1, over(1950), "atop_defence"),
    )
    panel = Panel(record, 1950, 1950)
    igos, defence = panel.pairs("shared_igos"), panel.pairs("atop_defence")
    assert cell(panel, igos, "FRA", "USA", 1950) == cell(panel, igos, "USA", "FRA", 1950) == 30
    assert cell(panel, defence, "FRA", "USA", 1950) == 1
    assert np.isnan(cell(panel, defence, "USA", "FRA", 1950))
    assert (len(igos), len(defence)) == (2, 1)


def test_the_better_source_counts_both_ways_whichever_state_each_names_first(record):
    lay(record, from_release("less-1"), "dyad", pair("USA", "FRA", 5, over(1950), confidence=0.5))
    lay(record, from_release("sure-1"), "dyad", pair("FRA", "USA", 7, over(1950)))
    panel = Panel(record, 1950, 1950)
    cells = panel.pairs("shared_igos")
    assert cell(panel, cells, "FRA", "USA", 1950) == cell(panel, cells, "USA", "FRA", 1950) == 7


def test_directed_amounts_are_terms():
    assert set(vocabulary("dyad_names")) >= DIRECTED


def test_goods_are_added_within_one_source_and_never_across(record):
    lay(
        record,
        from_release("less-1"),
        "flow",
        flow("FRA", "USA", 100, over(1950), what="coal", confidence=0.5),
        flow("FRA", "USA", 200, over(1950), what="wine", confidence=0.5),
        flow("USA", "FRA", 7, over(1950), what="wine", confidence=0.5),
    )
    lay(
        record,
        from_release("sure-1"),
        "flow",
        flow("FRA", "USA", 1, over(1950), what="coal"),
        flow("FRA", "USA", 2, over(1950), what="iron"),
        flow("FRA", "USA", 4, over(1951)),
        flow("FRA", "USA", 9, over(1950), kind="aid"),
    )
    panel = Panel(record, 1950, 1951)
    trade = panel.flow("trade")
    assert cell(panel, trade, "FRA", "USA", 1950) == 3
    assert cell(panel, trade, "FRA", "USA", 1951) == 4
    assert cell(panel, trade, "USA", "FRA", 1950) == 7
    assert cell(panel, panel.flow("trade", "less"), "FRA", "USA", 1950) == 300
    assert cell(panel, panel.flow("trade", what="coal"), "FRA", "USA", 1950) == 1
    assert cell(panel, panel.flow("trade", what="wine"), "FRA", "USA", 1950) == 200
    assert cell(panel, panel.flow("trade", unit="USD million"), "FRA", "USA", 1950) == 3
    assert len(panel.flow("trade", unit="TIV million")) == 0


def test_as_it_was_known(record):
    then = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for released, amount, now in ((2001, 1.0, then), (2002, 2.0, then + dt.timedelta(days=100))):
        source = from_release(f"one-{released}", released=D(released, 1, 1))
        given = {**trait("USA", amount, over(1950)), "id": f"{source.id}:1", "line": 2}
        record.load(Bulk(source, {"trait": (rows("trait", given, source=source),)}), now=now)
    assert value(Panel(record, 1950, 1950), "USA", 1950) == 2
    assert value(Panel(record, 1950, 1950, known=D(2024, 2, 1)), "USA", 1950) == 1
    earlier = Panel(record, 1950, 1950, known=D(2023, 1, 1))
    assert np.isnan(value(earlier, "USA", 1950))
    assert not earlier.holds(["one"])


def test_cells_by_year_and_by_block(record):
    lay(record, from_release("one-1"), "dyad", pair("FRA", "USA", 30, over(1950)))
    panel = Panel(record, 1949, 1951)
    cells = panel.pairs("shared_igos")
    block = cells.block(0, 3, absent=0.0)
    assert block.shape == (3, *panel.system.shape[1:], *panel.system.shape[1:])
    assert block.sum() == 60
    assert cells.year(1, absent=-1.0).max() == 30
    assert np.isnan(cells.year(0)).all()
    assert cells.block(1, 1).shape[0] == 0
    assert cells.covered.all()


def test_years_with_nothing_and_a_record_with_nothing(record):
    empty = Panel(record, 1950, 1951)
    assert np.isnan(empty.trait("population")).all()
    assert not empty.trait_covered("population").any()
    assert np.isnan(empty.carried("population")).all()
    assert len(empty.pairs("contiguity", begun=True)) == len(empty.flow("trade")) == 0
    assert np.isnan(empty.pairs("contiguity").year(0)).all()
    assert empty.ties("pact").num_rows == 0
    assert not empty.holds(["nmc"])
    assert empty.cited(["nmc"]) == {}
    lay(record, from_release("one-1"), "trait", trait("USA", 1, over(1900)), trait("XKX", 1, over(1950)))
    panel = Panel(record, 1950, 1951)
    assert np.isnan(panel.trait("population")).all()


def test_what_is_fetched_is_kept_until_it_is_let_go(record):
    lay(record, from_release("one-1"), "dyad", pair("FRA", "USA", 30, over(1950)))
    panel = Panel(record, 1950, 1950)
    cells, made = panel.pairs("shared_igos"), panel.keep("made", list)
    assert panel.pairs("shared_igos") is cells
    assert panel.keep("made", list) is made
    panel.forget()
    assert panel.pairs("shared_igos") is not cells
    assert panel.keep("made", list) is not made


# Against a loop over rows

WHO = ("DEU", "YEM", "YMD", "DDR", "FRA", "RUS", "SUN", "VNM")
YEARS = (1988, 1992)
DAYS = st.dates(D(YEARS[0] - 1, 1, 1), D(YEARS[1] + 1, 12, 31))
SPELLS = st.one_of(
    st.integers(YEARS[0], YEARS[1]).map(over),
    st.tuples(DAYS, DAYS).map(sorted).map(lambda days: over(*days)),
    DAYS.map(lambda day: over(day, None)),
    DAYS.map(lambda day: over(None, day)),
)
SOURCES = (("a-1", D(2001, 1, 1)), ("b-1", D(2002, 1, 1)), ("b-2", D(2003, 1, 1)))


def lines(*sides: str):
    """Rows of any source over any days, no two of one source, so that which is best is always plain."""
    cells = st.fixed_dictionaries(
        {side: st.sampled_from(WHO) for side in sides}
        | {"source": st.integers(0, 2), "confidence": st.sampled_from((0.5, 0.9)), "days": SPELLS}
    )
    return st.lists(cells, max_size=12).map(
        lambda found: [
            its
            for n, its in enumerate(found)
            if len({its[side] for side in sides}) == len(sides)
            and not any(
                other["source"] == its["source"]
                and {other[side] for side in sides} & {its[side] for side in sides}
                for other in found[:n]
            )
        ]
    )


def columns_of(found: System, who: str, year: int, days: dict) -> set[int]:
    """The columns that a row of these days is of in a year: by the days where the state bore two numbers."""
    begin = max(days["valid_from"] or D.min, D(year, 1, 1))
    end = min(days["valid_to"] or D.max, D(year, 12, 31))
    if begin > end:
        return set()
    held = [
        (place, first, last)
        for place, its, first, last in found.spells
        if its == who and first.year <= year <= last.year
    ]
    if len({place for place, *_ in held}) < 2:
        return {place for place, *_ in held}
    return {place for place, first, last in held if begin <= last and first <= end}


def rank(its: dict) -> tuple:
    return its["confidence"], SOURCES[its["source"]][1], SOURCES[its["source"]][0]


def filled(told: list[dict], family: str, make) -> Record:
    opened = Record.open(empty=True)
    for n, (name, released) in enumerate(SOURCES):
        cells = [make(number, its) for number, its in enumerate(told, 1) if its["source"] == n]
        if cells:
            lay(opened, from_release(name, released=released), family, *cells)
    return opened


def a_trait(number: int, its: dict) -> dict:
    return trait(its["one"], number, its["days"], confidence=its["confidence"])


def a_pair(name: str):
    return lambda number, its: pair(
        its["one"], its["other"], number, its["days"], name, confidence=its["confidence"]
    )


@settings(deadline=None, max_examples=20)
@given(lines("one"), st.sampled_from(("", "b", "b-1")))
def test_traits_against_a_loop(told, only):
    with filled(told, "trait", a_trait) as opened:
        panel = Panel(opened, *YEARS)
        got = panel.trait("population", only)
    want = np.full(panel.system.shape, NAN)
    best: dict[tuple[int, int], tuple] = {}
    for number, its in enumerate(told, 1):
        if not SOURCES[its["source"]][0].startswith(only):
            continue
        for year in panel.years:
            for place in columns_of(panel.system, its["one"], year, its["days"]):
                at = (year - YEARS[0], place)
                if at not in best or best[at] < rank(its):
                    best[at] = rank(its)
                    want[at] = number
    np.testing.assert_array_equal(got, want)


@settings(deadline=None, max_examples=20)
@given(lines("one", "other"), st.sampled_from(("shared_igos", "atop_defence")))
def test_pairs_against_a_loop(told, name):
    with filled(told, "dyad", a_pair(name)) as opened:
        panel = Panel(opened, *YEARS)
        got = panel.pairs(name).block(0, len(panel.years))
    want = np.full(got.shape, NAN)
    best: dict[tuple[int, int, int], tuple] = {}
    for number, its in enumerate(told, 1):
        for year in panel.years:
            for one in columns_of(panel.system, its["one"], year, its["days"]):
                for other in columns_of(panel.system, its["other"], year, its["days"]):
                    for a, b in ((one, other), (other, one))[: 1 if name in DIRECTED else 2]:
                        at = (year - YEARS[0], a, b)
                        if at not in best or best[at] < rank(its):
                            best[at] = rank(its)
                            want[at] = number
    np.testing.assert_array_equal(got, want)


@settings(deadline=None, max_examples=12)
@given(st.data(), lines("one", "other"))
def test_rows_in_another_order_change_nothing(data, told):
    again = data.draw(st.permutations(told))
    numbers = {id(its): n for n, its in enumerate(told, 1)}

    def make(_, its):
        return a_pair("shared_igos")(numbers[id(its)], its)

    grids = []
    for order in (told, again):
        with filled(order, "dyad", make) as opened:
            grids.append(Panel(opened, *YEARS).pairs("shared_igos").block(0, YEARS[1] - YEARS[0] + 1))
    np.testing.assert_array_equal(grids[0], grids[1])


GROUPS = (("DEU",), ("YEM",), ("YMD",), ("DDR",), ("FRA",), ("RUS", "SUN"))
"""Those that bore one number in one year (365 in 1991) stand together."""


@settings(deadline=None, max_examples=12)
@given(lines("one", "other"), st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))
def test_a_panel_of_some_states_has_their_values(told, groups):
    with filled(told, "dyad", a_pair("shared_igos")) as opened:
        whole = Panel(opened, *YEARS)
        part = Panel(opened, *YEARS, states=tuple(who for group in groups for who in group))
        all_cells, its_cells = (p.pairs("shared_igos").block(0, len(p.years)) for p in (whole, part))
    at = np.searchsorted(whole.system.codes, part.system.codes)
    assert (whole.system.codes[at] == part.system.codes).all()
    assert (whole.system.together[:, at][:, :, at] == part.system.together).all()
    np.testing.assert_array_equal(its_cells, all_cells[:, at][:, :, at])


@settings(deadline=None, max_examples=12)
@given(lines("one"), st.integers(*YEARS))
def test_a_year_alone_is_that_year_of_a_span(told, year):
    with filled(told, "trait", a_trait) as opened:
        whole, alone = Panel(opened, *YEARS), Panel(opened, year, year)
        of_span, of_year = whole.trait("population"), alone.trait("population")
    at = np.searchsorted(whole.system.codes, alone.system.codes)
    np.testing.assert_array_equal(of_span[year - YEARS[0]][at], of_year[0])
