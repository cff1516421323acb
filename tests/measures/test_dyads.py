"""Dyad-years: who stands beside whom against brute force, every block on small records, what is written."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from rapallo import actors, vocab
from rapallo.errors import InputError
from rapallo.measures import dyads as tables
from rapallo.measures.dyads import UNIVERSES, Asked, blocks, dyads, schema, sinks, table, write_dyads
from rapallo.measures.dyads.blocks import block_of
from rapallo.measures.dyads.layout import columns, places
from rapallo.measures.dyads.own import OWN
from rapallo.measures.registry import yearly
from rapallo.model import Bulk, Envelope, Interval, Party, Phase, Tie
from rapallo.record import Record
from rapallo.sources.dataset import dataset, names
from tests.measures.releases import dyads as pairs
from tests.measures.releases import release, traits
from tests.measures.test_panel import flow, lay, over, pair, trait
from tests.record.world import rows

D = dt.date
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def empty():
    with Record.open(empty=True) as opened:
        yield opened


def present(year: int, system: str = "cow") -> dict[int, set[dt.date]]:
    """The days of a year on which each number was borne."""
    found: dict[int, set[dt.date]] = {}
    whole = [D(year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    for code, _, days in actors.memberships(system):
        on = {
            day for day in whole if (days.start or D.min) <= day <= (days.end or D.max) and day.year == year
        }
        if on:
            found.setdefault(code, set()).update(on)
    return found


def keys(found: pa.Table) -> list[tuple[int, ...]]:
    sides = [name for name in found.column_names if re.fullmatch(r"(cc|gwc)ode[123]?", name)]
    return list(zip(*(found.column(name).to_pylist() for name in (*sides, "year")), strict=True))


# Universes


@pytest.mark.parametrize("system", ["cow", "gw"])
@pytest.mark.parametrize("year", [1816, 1990])
def test_universes_against_brute_force(empty, system, year):
    days = present(year, system)
    met = {(a, b) for a, b in permutations(sorted(days), 2) if days[a] & days[b]}
    asked = {
        name: keys(dyads(empty, Asked(year, year, universe=name, system=system)))
        for name in ("state-years", "dyads", "undirected")
    }
    assert asked["state-years"] == [(code, year) for code in sorted(days)]
    assert asked["dyads"] == [(a, b, year) for a, b in sorted(met)]
    assert asked["undirected"] == [(a, b, year) for a, b in sorted(met) if a < b]


def test_triads_against_brute_force(empty):
    for year in (1816, 1870):
        days = present(year)
        want = [
            (*three, year)
            for three in combinations(sorted(days), 3)
            if all(days[a] & days[b] for a, b in combinations(three, 2))
        ]
        assert keys(dyads(empty, Asked(year, year, universe="triads"))) == want


def test_triads_of_a_year_in_which_states_took_over_from_others(empty):
    """In 1990 by pairs that met, the third counted apart: Germany and both that it took over make none."""
    found = keys(dyads(empty, Asked(1990, 1990, universe="triads")))
    days = present(1990)
    met = {frozenset(two) for two in combinations(days, 2) if days[two[0]] & days[two[1]]}
    states = sorted(days)
    at = {code: n for n, code in enumerate(states)}
    a = np.zeros((len(states), len(states)), dtype=np.int64)
    for one, other in map(tuple, met):
        a[at[one], at[other]] = a[at[other], at[one]] = 1
    assert len(found) == np.trace(a @ a @ a) // 6
    assert not any({255, 260} <= set(three) or {255, 265} <= set(three) for three in found)
    assert any({260, 265, 220} <= set(three) for three in found)


def test_counts_of_the_system(empty):
    """23 states in 1816 (Small & Singer), so 23 x 22 pairs; 195 since 2011; half of them undirected.

    All directed dyad-years of 1816 to 2025 are the 2,252,760 that others count.
    """
    count = {year: dyads(empty, Asked(year, year)).num_rows for year in (1816, 2016)}
    assert count == {1816: 23 * 22, 2016: 195 * 194}
    assert dyads(empty, Asked(1816, 2025)).num_rows == 2_252_760
    assert dyads(empty, Asked(1816, 2025, universe="undirected")).num_rows == 2_252_760 // 2


def test_a_year_alone_is_that_year_of_a_span(empty):
    whole = keys(dyads(empty, Asked(1900, 1920)))
    assert [key for key in whole if key[-1] == 1911] == keys(dyads(empty, Asked(1911, 1911)))
    assert whole == sorted(whole, key=lambda key: (key[-1], *key[:-1]))


def relevant() -> Record:
    """To 1850: Britain and Russia are major powers, France touches Spain by land and Turkey over water."""
    record = Record.open(empty=True)
    cont = (("FRA", "ESP", 1), ("TUR", "FRA", 5))
    lay(
        record,
        release("cow-contiguity-3", 1816, 1850),
        "dyad",
        *(pair(one, other, kind, over(1816, 1850), "contiguity") for one, other, kind in cont),
    )
    majors = (trait(who, 1, over(1816, 1850), "cow_major_power") for who in ("GBR", "RUS"))
    lay(record, release("cow-system-1", 1816, 1850), "trait", *majors)
    return record


def test_politically_relevant_dyads_are_a_subset_with_a_reason():
    with relevant() as record:
        every = set(keys(dyads(record, Asked(1840, 1840))))
        found = keys(dyads(record, Asked(1840, 1840, universe="prd")))
        once = keys(dyads(record, Asked(1840, 1840, universe="prd-undirected")))
    major = {key for key in every if {200, 365} & {*key[:2]}}
    near = {(*two, 1840) for one in ((220, 230), (220, 640)) for two in permutations(one)}
    assert set(found) == major | near
    assert set(found) < every
    assert once == [key for key in found if key[0] < key[1]]
    assert len(once) * 2 == len(found)


def test_the_last_covered_year_says_who_is_relevant_behind_it_also_alone():
    with relevant() as record:
        asked = {"universe": "prd", "with_": ("majors",)}
        span = dyads(record, Asked(1849, 1856, **asked)).to_pylist()
        alone = dyads(record, Asked(1855, 1856, **asked)).to_pylist()
    assert alone == [row for row in span if row["year"] >= 1855]
    assert {row["cowmaj1"] for row in alone} == {0, 1}


def test_who_is_relevant_is_not_made_up(empty):
    with pytest.raises(InputError, match="does not say who was contiguous"):
        dyads(empty, Asked(1990, 1990, universe="prd"))


def test_only_some_states():
    with relevant() as record:
        every = dyads(record, Asked(1840, 1842, ("contiguity", "majors")))
        some = dyads(record, Asked(1840, 1842, ("contiguity", "majors"), states=("FRA", "ESP", "SWE")))
        nobody = dyads(record, Asked(1840, 1842, ("contiguity",), states=("XKX",)))
    codes = {220, 230, 380}
    assert some.to_pylist() == [row for row in every.to_pylist() if {row["ccode1"], row["ccode2"]} <= codes]
    assert some.num_rows == 3 * 6
    assert {row["conttype"] for row in some.to_pylist()} == {0, 1}
    assert nobody.num_rows == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"with_": ("nothing",)}, "there is nothing to put beside the rows under the name 'nothing'"),
        ({"universe": "everyone"}, "there is no universe 'everyone'"),
        ({"system": "un"}, "no state system 'un'"),
        ({"first": 1815}, "no state system from 1815"),
        ({"first": 1991}, "no state system from 1991 to 1990"),
        ({"last": 2999}, "to 2999"),
        ({"with_": ("nmc",)}, "the record holds none of nmc"),
        ({"with_": ("nmc", "cinc")}, "nmc and cinc both have a column cinc1"),
    ],
)
def test_what_cannot_be_asked(empty, asked, said):
    with pytest.raises(InputError, match=re.escape(said)) as error:
        dyads(empty, Asked(**({"first": 1990, "last": 1990} | asked)))
    assert error.value.hint


def test_a_huge_request_goes_through_in_parts(empty, monkeypatch):
    """Nothing is refused for its size: a part of triads is a year, and all years never stand in memory."""
    sizes = []
    made = table.universe

    def counted(panel, name, first, stop):
        sizes.append(stop - first)
        return made(panel, name, first, stop)

    monkeypatch.setattr(table, "universe", counted)
    assert dyads(empty, Asked(1860, 1862, universe="triads")).num_rows > 20_000
    dyads(empty, Asked(1816, 2025))
    assert max(sizes) <= 10
    sizes.clear()
    asked = Asked(2000, 2001, universe="triads")
    part = next(table._parts(table._panel(empty, asked), asked, table.Tally()))
    assert sizes == [1]
    assert part.num_rows == 191 * 190 * 189 // 6


# Every block on a small record


def world(record: Record) -> None:
    """A row of everything that a block is made of, on 1990: of the United States and France."""
    where = (("capital_latitude", 10.0), ("capital_longitude", 20.0))
    for block in blocks().values():
        for source in block.sources:
            if source == "tss-rivalries":
                record.load(Bulk(release("tss-rivalries-1", 1900, 1995), ties=(_rivalry(),)))
                continue
            told = {"trait": [], "dyad": [], "flow": []}
            for column in block.columns:
                if column.kind == "trait":
                    amounts = ((2, "USA"), (3, "FRA"))
                    told["trait"] += [trait(who, n, over(1990), column.what) for n, who in amounts]
                elif column.kind == "pair":
                    told["dyad"] += [pair("USA", "FRA", 1, over(1990), column.what)]
                elif column.kind == "flow":
                    told["flow"] += [flow("FRA", "USA", 70, over(1990), column.what)]
            if source.endswith("capitals"):
                told["trait"] += [
                    trait(who, x, over(1990), what) for who in ("USA", "FRA") for what, x in where
                ]
            if source == "atop":
                told["dyad"] += [pair("FRA", "USA", 0, over(1990), "atop_defence")]
            if source == "gml":
                joined = ("dispute_side_a", "dispute_originator")
                told["dyad"] += [pair("FRA", "USA", 0, over(1990), name) for name in joined]
            _lay_all(record, release(f"{source}-1", 1980, 1995), told)


def _lay_all(record: Record, source, told: dict[str, list[dict]]) -> None:
    laid = {
        family: (
            rows(
                family,
                *({"id": f"{source.id}:{family}:{n}", "line": n} | cell for n, cell in enumerate(cells, 2)),
                source=source,
            ),
        )
        for family, cells in told.items()
        if cells
    }
    record.load(Bulk(source, laid))


def _rivalry() -> Tie:
    days = Interval(D(1985, 1, 1), D(1992, 12, 31), "range")
    return Tie(
        "tss-rivalries-1:42",
        "rivalry",
        "Rivalry 42",
        Envelope("tss-rivalries-1", "1", days, 0.9, "loaded"),
        (Party("USA", "party", days), Party("FRA", "party", days)),
        (Phase("in_force", D(1985, 1, 1)),),
        about="A strategic rivalry, spatial.",
    )


@pytest.fixture(scope="module")
def small():
    with Record.open(empty=True) as record:
        world(record)
        yield record


def row_of(found: pa.Table, *key: int) -> dict:
    (row,) = [row for its, row in zip(keys(found), found.to_pylist(), strict=True) if its == key]
    return row


@pytest.mark.parametrize("name", blocks())
def test_every_block_yields_its_columns(small, name):
    block = blocks()[name]
    for universe in ("dyads", "state-years"):
        asked = Asked(1990, 1990, (name,), universe)
        found = dyads(small, asked)
        sides = 2 if universe == "dyads" else 1
        want = [at for column in columns(block, sides) for at, _ in places(column, sides)]
        assert found.column_names[sides + 1 :] == want
        row = row_of(found, *((2, 220, 1990) if sides == 2 else (2, 1990)))
        for column in columns(block, sides):
            told = [row[at] for at, _ in places(column, sides)]
            assert told[0] is not None, (name, column.name)
            assert None not in told or column.sides, (name, column.name)


def test_values_of_each_kind_of_column(small):
    found = dyads(
        small, Asked(1990, 1990, ("nmc", "trade", "atop", "mids", "rivalries", "diplomacy", "igos"))
    )
    here, back = row_of(found, 2, 220, 1990), row_of(found, 220, 2, 1990)
    assert (here["tpop1"], here["tpop2"]) == (2, 3)
    assert (back["tpop1"], back["tpop2"]) == (3, 2)
    assert here["milex1"] == 2000  # the record's millions as thousands
    # The United States bought 70 from France.
    assert (here["flow1"], here["flow2"], back["flow1"], back["flow2"]) == (70, None, None, 70)
    assert (here["atop_defense"], back["atop_defense"]) == (1, 0)
    assert (here["atop_offense"], back["atop_offense"]) == (1, 0)
    assert here["atop_alliance"] == back["atop_alliance"] == 1  # binds both
    assert (here["sidea1"], here["sidea2"], here["orig1"], here["orig2"]) == (1, 0, 1, 0)
    # Side A, or in it later than the first day: the one stood on A, the other joined.
    assert (here["init1"], here["init2"], back["init1"]) == (1, 1, 1)
    assert here["gmlmidonset"] == here["gmlmidongoing"] == 1
    assert (here["tssr_id"], here["spatial"], here["positional"], here["ongoingrivalry"]) == (42, 1, 0, 1)
    assert (here["diplomacy1"], here["diplomacy2"], back["diplomacy2"]) == (1, None, 1)
    assert here["dyadigos"] == back["dyadigos"] == 1


def test_where_a_covered_year_has_no_row(small):
    asked = ("atop", "mids", "contiguity", "majors", "rivalries", "igos", "nmc", "trade", "distance")
    found = dyads(small, Asked(1979, 1996, asked))
    here = {year: row_of(found, 2, 20, year) for year in (1979, 1990, 1996)}
    none = ("gmlmidonset", "gmlmidongoing", "conttype", "atop_alliance", "atop_defense", "ongoingrivalry")
    assert {here[1990][column] for column in none} == {0}
    assert {here[1990][column] for column in ("init1", "sidea1", "orig2", "tssr_id", "dyadigos")} == {None}
    assert {here[1990][column] for column in ("tpop1", "flow1", "capdist", "flow2")} == {2, None}
    # No source covers 1979 or 1996, save that rivalries reach back and majors are carried on.
    free = set(none) - {"ongoingrivalry"}
    assert {here[year][column] for column in free for year in (1979, 1996)} == {None}
    assert (here[1979]["ongoingrivalry"], here[1996]["ongoingrivalry"]) == (0, None)
    assert here[1979]["cowmaj1"] is None


def test_what_is_carried_on():
    with relevant() as record:
        its = keys(found := dyads(record, Asked(1845, 1860, ("majors",), "state-years")))
        by_key = dict(zip(its, found.column("cowmaj").to_pylist(), strict=True))
    assert [by_key[200, year] for year in (1845, 1850, 1851, 1860)] == [1, 1, 1, 1]
    assert [by_key[220, year] for year in (1845, 1850, 1851, 1860)] == [0, 0, 0, 0]


def test_the_beginning_of_a_year_says_how_two_lay():
    with Record.open(empty=True) as record:
        lay(
            record,
            release("cow-contiguity-3", 1816, 2016),
            "dyad",
            pair("USA", "MEX", 2, over(1950, D(1990, 5, 1)), "contiguity"),
            pair("USA", "MEX", 1, over(D(1990, 5, 2), 2016), "contiguity"),
        )
        found = dyads(record, Asked(1989, 1991, ("contiguity",), "undirected"))
    assert [row_of(found, 2, 70, year)["conttype"] for year in (1989, 1990, 1991)] == [2, 2, 1]


def test_columns_of_single_states_stand_beside_single_states_only(small):
    found = dyads(small, Asked(1990, 1990, ("igos", "trade"), "state-years"))
    assert found.column_names == [
        *("ccode", "year", "sum_igo_full", "sum_igo_associate", "sum_igo_observer", "sum_igo_anytype"),
        *("imports", "exports"),
    ]
    row = row_of(found, 2, 1990)
    assert row["sum_igo_anytype"] == sum(row[f"sum_igo_{sort}"] for sort in ("full", "associate", "observer"))
    pairs_only = dyads(small, Asked(1990, 1990, ("igos",)))
    assert pairs_only.column_names == ["ccode1", "ccode2", "year", "dyadigos"]


def test_sides_of_triads(small):
    found = dyads(
        small, Asked(1990, 1990, ("mids", "majors", "trade"), "triads", states=("USA", "FRA", "CAN"))
    )
    assert keys(found) == [(2, 20, 220, 1990)]
    assert found.column_names[4:] == [
        *("gmlmidonset12", "gmlmidonset13", "gmlmidonset23"),
        *("gmlmidongoing12", "gmlmidongoing13", "gmlmidongoing23"),
        *(f"{name}{two}" for name in ("init", "sidea", "orig") for two in (12, 13, 23, 21, 31, 32)),
        *("cowmaj1", "cowmaj2", "cowmaj3"),
        *(f"{name}{two}" for name in ("flow", "smoothflow") for two in (12, 13, 23, 21, 31, 32)),
    ]
    (row,) = found.to_pylist()
    assert (row["gmlmidonset12"], row["gmlmidonset13"], row["gmlmidonset23"]) == (0, 1, 0)
    assert (row["sidea13"], row["sidea31"], row["sidea12"]) == (1, 0, None)
    assert (row["cowmaj1"], row["cowmaj2"], row["cowmaj3"]) == (2, 0, 3)
    assert (row["flow13"], row["flow31"]) == (70, None)


def test_measures_as_columns(small):
    asked = ("cinc", "s-score", "trade-share", "balance-strong")
    found = dyads(small, Asked(1990, 1990, asked))
    assert found.column_names[3:] == [
        "cinc1",
        "cinc2",
        "s_score",
        "trade_share1",
        "trade_share2",
        "balance_strong",
    ]
    here, back = row_of(found, 2, 220, 1990), row_of(found, 220, 2, 1990)
    assert (here["cinc1"], here["cinc2"]) == pytest.approx((0.4, 0.6))  # 2 and 3 of each component
    assert (back["cinc1"], back["s_score"]) == (here["cinc2"], here["s_score"])
    assert (back["trade_share1"], back["trade_share2"]) == (here["trade_share2"], here["trade_share1"])
    assert len({row["balance_strong"] for row in found.to_pylist()}) == 1
    alone = dyads(small, Asked(1990, 1990, ("cinc", "balance-strong"), "state-years"))
    assert alone.column_names[2:] == ["cinc", "balance_strong"]
    assert row_of(alone, 2, 1990)["cinc"] == here["cinc1"]
    three = dyads(small, Asked(1990, 1990, asked[:3], "triads", states=("USA", "FRA", "CAN")))
    assert three.column_names[4:] == [
        *("cinc1", "cinc2", "cinc3", "s_score12", "s_score13", "s_score23"),
        *(f"trade_share{two}" for two in (12, 13, 23, 21, 31, 32)),
    ]
    (row,) = three.to_pylist()
    # Though only three states stand in rows, a measure is of the whole system.
    assert (row["cinc1"], row["s_score13"], row["trade_share13"], row["trade_share31"]) == (
        here["cinc1"],
        here["s_score"],
        here["trade_share1"],
        here["trade_share2"],
    )


def test_gleditsch_and_ward(small):
    found = dyads(small, Asked(1990, 1990, ("nmc", "minimum-distance"), system="gw"))
    assert found.column_names[:3] == ["gwcode1", "gwcode2", "year"]
    assert row_of(found, 2, 220, 1990)["tpop1"] == 2


def test_as_it_was_known():
    then = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    with Record.open(empty=True) as record:
        for n, amount in enumerate((1.0, 2.0)):
            told = traits(
                release("nmc-1", 1816, 2016), ("population", "USA", D(1990, 1, 1), D(1990, 12, 31), amount)
            )
            record.load(told, now=then + dt.timedelta(days=100 * n))
        asked = {"with_": ("nmc",), "universe": "state-years"}
        before = dyads(record, Asked(1990, 1990, **asked, known=D(2024, 2, 1)))
        assert row_of(before, 2, 1990)["tpop"] == 1
        assert row_of(dyads(record, Asked(1990, 1990, **asked)), 2, 1990)["tpop"] == 2
        with pytest.raises(InputError, match="holds none of nmc"):
            dyads(record, Asked(1990, 1990, **asked, known=D(2023, 2, 1)))


# What is written


def test_parquet_carries_units_meaning_and_sources(small, tmp_path):
    asked = Asked(1990, 1990, ("nmc", "atop", "s-score"), "undirected")
    out = tmp_path / "new" / "d.parquet"
    assert write_dyads(small, asked, out) == dyads(small, asked).num_rows
    held = pyarrow.parquet.read_table(out)
    assert held.equals(dyads(small, asked))
    field = held.schema.field("milex1")
    assert field.metadata[b"unit"].startswith(b"thousand USD")
    assert field.metadata[b"about"] == b"military expenditure"
    assert field.metadata[b"sources"] == b"nmc"
    assert held.schema.field("ccode1").type == pa.int16()
    assert held.schema.field("atop_defense").type == pa.int8()
    assert not held.schema.field("year").nullable


def test_csv_says_the_same(small, tmp_path):
    asked = Asked(1990, 1990, ("nmc", "mids"), "undirected")
    out = tmp_path / "d.csv"
    write_dyads(small, asked, out)
    held, want = pyarrow.csv.read_csv(out), dyads(small, asked)
    assert held.column_names == want.column_names
    for name in held.column_names:
        assert held.column(name).to_pylist() == want.column(name).to_pylist(), name


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_two_runs_give_the_same_bytes(small, tmp_path, kind):
    asked = Asked(1985, 1995, ("atop", "nmc", "mids", "rivalries", "s-score"), "undirected")
    files = {}
    for run in ("one", "two"):
        out = tmp_path / run / f"d.{kind}"
        write_dyads(small, asked, out)
        files[run] = {path.name: path.read_bytes() for path in out.parent.iterdir()}
    assert files["one"].keys() == {f"d.{kind}", "d.codebook.md", "d.bib"}
    assert files["one"] == files["two"]


def test_the_codebook_counts_what_is_missing_and_why(small, tmp_path):
    out = tmp_path / "d.parquet"
    asked = Asked(1995, 1996, ("nmc", "atop"), "undirected")
    write_dyads(small, asked, out)
    book = (tmp_path / "d.codebook.md").read_text("utf-8")
    held = pyarrow.parquet.read_table(out)
    in_1996 = held.column("year").to_pylist().count(1996)
    counted = {
        cells[1].strip("` "): tuple(int(cell.replace(",", "")) for cell in cells[-3:-1])
        for line in book.splitlines()
        if line.startswith("| `")
        for cells in [line.split("|")]
    }
    assert set(counted) == set(held.column_names[3:])
    for name, (beyond, without) in counted.items():
        assert beyond + without == held.column(name).null_count, name
    assert counted["tpop1"] == (in_1996, held.num_rows - in_1996)
    assert counted["atop_defense"] == (in_1996, 0)
    assert f"{held.num_rows:,} rows, 1995 to 1996" in book
    assert "0 where the source covers the year and has no row" in book
    assert "`nmc-1`: Nobody (2020)." in book


def test_each_work_is_cited_once(small, tmp_path):
    write_dyads(small, Asked(1990, 1990, tuple(blocks()), "undirected"), tmp_path / "d.parquet")
    text = (tmp_path / "d.bib").read_text("utf-8")
    entries = re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)
    assert max(Counter(entries).values()) == 1
    titles = re.findall(r"^\s*title = \{(.*)\},?$", text, re.MULTILINE)
    assert len(titles) == len(entries) > 10
    works = {
        (work.author, work.year, work.title)
        for block in blocks().values()
        for name in block.sources
        for work in dataset(name).cite
    }
    assert len(entries) == len(works)


def boom(*_):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("where", ["part", "codebook"])
def test_a_failing_write_leaves_nothing_behind_and_keeps_an_older_table(
    small, tmp_path, monkeypatch, kind, where
):
    out = tmp_path / f"d.{kind}"
    write_dyads(small, Asked(1990, 1990, ("nmc",)), out)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    if where == "part":
        monkeypatch.setattr(table, "_typed", boom)
    else:
        monkeypatch.setattr(table, "codebook", boom)
    with pytest.raises(InputError, match="cannot be written: No space left on device"):
        write_dyads(small, Asked(1991, 1991, ("nmc",)), out)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_interrupted_write_leaves_nothing_behind(small, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(table, "_typed", stop)
    with pytest.raises(KeyboardInterrupt):
        write_dyads(small, Asked(1990, 1990, ("nmc",)), tmp_path / "d.parquet")
    assert list(tmp_path.iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
import rapallo.measures.dyads.table as table
from rapallo.record import Record
def kill(*_): os.kill(os.getpid(), signal.SIGKILL)
table.codebook = kill
table.write_dyads(Record.open(empty=True), table.Asked(1990, 1991), Path(sys.argv[1]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_a_killed_write_keeps_the_older_table_and_the_next_clears_up(empty, tmp_path):
    out = tmp_path / "d.parquet"
    write_dyads(empty, Asked(1816, 1816), out)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(out)], cwd=ROOT, env=dict(os.environ), check=False, timeout=120
    )
    assert ran.returncode == -signal.SIGKILL
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {".d.parquet.part"}
    assert write_dyads(empty, Asked(1816, 1817), out) == 2 * 506
    assert {path.name for path in tmp_path.iterdir()} == before.keys()


@pytest.mark.parametrize("beside", ["d.parquet", "d.codebook.md", "d.bib"])
def test_a_folder_in_the_way_is_told_of_before_anything_is_made(empty, tmp_path, beside, monkeypatch):
    (tmp_path / beside).mkdir()
    monkeypatch.setattr(table, "_parts", boom)
    with pytest.raises(InputError, match="cannot be written: Is a directory"):
        write_dyads(empty, Asked(1816, 1816), tmp_path / "d.parquet")
    assert [path.name for path in tmp_path.iterdir()] == [beside]


@pytest.mark.parametrize("name", ["d", "d.txt", "d.parquet.gz"])
def test_other_kinds_of_file_are_refused(empty, tmp_path, name):
    with pytest.raises(InputError, match=r"neither a \.parquet nor a \.csv file"):
        write_dyads(empty, Asked(1816, 1816), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_part_that_cannot_be_written_is_told_of_though_it_is_the_last(tmp_path, monkeypatch):
    shape = pa.schema([("year", pa.int16())])
    monkeypatch.setattr(pyarrow.parquet.ParquetWriter, "write_batch", boom)
    out = tmp_path / "d.parquet"
    part = pa.record_batch([pa.array([1], pa.int16())], schema=shape)
    with pytest.raises(InputError), sinks.whole(out) as (half,), sinks.sink(half, ".parquet", shape) as write:
        write(part)
    assert list(tmp_path.iterdir()) == []


# What columns.yaml says


def test_every_block_and_column_says_what_it_is():
    for block in blocks().values():
        assert block.about.endswith("."), block.name
        assert block.columns, block.name
        for column in block.columns:
            assert column.about, (block.name, column.name)
            assert column.unit, (block.name, column.name)
            assert pa.type_for_alias(column.type), (block.name, column.name)
            assert re.fullmatch(r"[a-z0-9_]+", column.name)


def test_blocks_are_made_of_datasets_and_terms_that_there_are():
    terms = {"trait": "trait_names", "pair": "dyad_names", "flow": "flow_kinds"}
    for block in blocks().values():
        assert set(block.sources) <= set(names()), block.name
        for column in block.columns:
            if column.kind in terms:
                assert column.what in vocab.vocabulary(terms[column.kind]), (block.name, column.name)
            else:
                assert column.kind == "own", column.name
                assert column.what in OWN, (block.name, column.name)


def test_all_that_is_worked_out_is_used_and_no_name_stands_twice():
    every = [column for block in blocks().values() for column in block.columns]
    assert {column.what for column in every if column.kind == "own"} == set(OWN)
    assert max(Counter(column.name for column in every).values()) == 1
    assert not {*blocks()} & {*UNIVERSES}


def test_all_blocks_stand_beside_one_another():
    for universe in UNIVERSES:
        assert len(set(schema(Asked(1990, 1990, tuple(blocks()), universe)).names)) > 2


@pytest.mark.parametrize("name", sorted(yearly()))
def test_every_measure_can_be_a_column(name):
    if name in blocks():
        return
    (column,) = block_of(name).columns
    its = yearly()[name]
    assert (column.sides, column.unit) == (its.directed, its.card.unit)
    universe = "state-years" if its.of == "state" else "dyads"
    assert any(
        called.startswith(column.name) for called in schema(Asked(1990, 1990, (name,), universe)).names
    )


def test_the_docs_tell_of_every_block_and_universe():
    page = (ROOT / "docs/dyads.md").read_text("utf-8")
    for name in (*blocks(), *UNIVERSES):
        assert f"`{name}`" in page, name
    migration = (ROOT / "docs/peacesciencer.md").read_text("utf-8")
    for name in re.findall(r"`--with ([a-z0-9,-]+)`", page + migration):
        for each in name.split(","):
            assert each in blocks() or each in yearly(), each
    for name in re.findall(r"`--universe ([a-z-]+)`", page + migration):
        assert name in UNIVERSES, name
    assert tables.__doc__


def test_pairs_of_releases_are_pairs(small):
    """The helper of other tests and this one's lay down the same."""
    with Record.open(empty=True) as record:
        record.load(pairs(release("cow-igo-1", 1980, 1995), ("shared_igos", "USA", "FRA", 1990, 1.0)))
        found = dyads(record, Asked(1990, 1990, ("igos",)))
    assert found.equals(dyads(small, Asked(1990, 1990, ("igos",))))
