"""Rows of event files as events: each reason for which a row is not kept, and what is made of the others."""

from __future__ import annotations

import datetime as dt

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.sources.events import events
from rapallo.sources.found import Found
from rapallo.sources.specs import EventSpec
from rapallo.sources.stamp import Stamp

STAMP = Stamp("made-up-1", "1", "made_up.csv", 0.5)
CAMEO = {"actor": [{"iso3": "a"}], "other": [{"iso3": "b"}], "date": "day", "cameo": "code"}
PLOVER = {
    "actor": [{"iso3": "a"}],
    "other": [{"iso3": "b"}],
    "date": "day",
    "event": "type",
    "mode": "mode",
    "contexts": "about",
}


def read(spec, listed) -> Found:
    table = pa.Table.from_pylist([{**row, "line": line} for line, row in enumerate(listed, 2)])
    with duckdb.connect() as scratch:
        scratch.register("sheet", table)
        return events(scratch, EventSpec.model_validate(spec), STAMP)


def made(found: Found) -> list[dict[str, object]]:
    (table,) = found.rows["event"]
    return sorted(table.to_pylist(), key=lambda row: row["line"])


def row(**cells):
    return {"a": "USA", "b": "GBR", "day": "1990-05-01", "code": "057", "type": "AGREE"} | cells


def test_an_event_says_what_it_says_and_where_it_comes_from():
    spec = CAMEO | {
        "ident": "id",
        "intensity": "goldstein",
        "reports": "n",
        "sources": "m",
        "what": "text",
        "place": ["town", "country"],
    }
    cells = {"id": "e7", "goldstein": "8.0", "n": "12", "m": "3", "text": "They signed.", "town": "Rapallo"}
    (got,) = made(read(spec, [row(country="Italy", **cells)]))
    del got["valid_from"], got["valid_to"]
    expected = {
        "id": "made-up-1:e7",
        "event": "SUPPORT",
        "contexts": ["diplomatic"],
        "actors": ["USA"],
        "targets": ["GBR"],
        "pair": "GBR-USA",
        "what": "They signed.",
        "place": "Rapallo, Italy",
        "intensity": 8.0,
        "reports": 12,
        "sources": 3,
        "code": "057",
        "precision": "day",
        "line": 2,
        "confidence": 0.5,
    }
    assert {name: got[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"day": ""}, "no day"),
        ({"day": None}, "no day"),
        ({"day": "1990-02-30"}, "no day"),
        ({"day": "yesterday"}, "no day"),
        ({"day": "infinity"}, "no day"),
        ({"day": "0044-03-15 (BC)"}, "no day"),
        ({"day": "12345-01-01"}, "no day"),
        ({"code": ""}, "no code of an act"),
        ({"code": None}, "no code of an act"),
        ({"code": "99"}, "no code of an act"),
        ({"code": "'; DROP TABLE event; --"}, "no code of an act"),
        ({"a": "ATL"}, "nobody bears the name or code of who acted"),
        ({"b": "ATL"}, "nobody bears the name or code of the target"),
        ({"a": "", "b": None}, "neither side is a state or organisation"),
        ({"a": "---", "b": "NA"}, "neither side is a state or organisation"),
        ({}, "the same again as on an earlier line"),
    ],
)
def test_each_reason_for_which_a_row_is_not_kept(cells, reason):
    found = read(CAMEO | {"ident": "id"}, [row(id="1"), row(id="1" if not cells else "2") | cells])
    assert found.rejected == {reason: (1, 3)}
    assert len(made(found)) == 1


def test_a_row_whose_number_stood_on_a_row_that_was_not_kept_is_kept():
    found = read(CAMEO | {"ident": "id"}, [row(id="1", day=""), row(id="1")])
    assert [got["line"] for got in made(found)] == [3]
    assert found.rejected == {"no day": (1, 2)}


def test_rows_without_a_number_go_by_their_line():
    found = read(CAMEO | {"ident": "id"}, [row(id=""), row(id=None), row(id="3"), row(id=" ")])
    assert [got["id"] for got in made(found)] == [
        "made-up-1:line-2",
        "made-up-1:line-3",
        "made-up-1:3",
        "made-up-1:line-5",
    ]
    assert [got["id"] for got in made(read(CAMEO, [row(), row()]))] == ["made-up-1:2", "made-up-1:3"]


@pytest.mark.parametrize(
    ("cell", "first", "last", "precision"),
    [
        ("1990-05-01", dt.date(1990, 5, 1), dt.date(1990, 5, 1), "day"),
        ("19900501", dt.date(1990, 5, 1), dt.date(1990, 5, 1), "day"),
        ("1990-05-01 12:30:00", dt.date(1990, 5, 1), dt.date(1990, 5, 1), "day"),
        (" 1990-05-01 ", dt.date(1990, 5, 1), dt.date(1990, 5, 1), "day"),
        ("1990", dt.date(1990, 1, 1), dt.date(1990, 12, 31), "year"),
    ],
)
def test_days_and_years(cell, first, last, precision):
    (got,) = made(read(CAMEO, [row(day=cell)]))
    assert (got["valid_from"], got["valid_to"], got["precision"]) == (first, last, precision)


def test_days_can_be_days_already():
    (got,) = made(read(CAMEO, [row(day=dt.date(1990, 5, 1))]))
    assert (got["valid_from"], got["precision"]) == (dt.date(1990, 5, 1), "day")


def test_an_act_on_ones_own_or_on_nobody_lies_with_who_acts():
    found = made(read(CAMEO, [row(b="USA"), row(b="")]))
    assert [(got["pair"], got["targets"]) for got in found] == [("USA", ["USA"]), ("USA", [])]


def test_where_one_column_names_nobody_the_next_is_asked():
    spec = CAMEO | {"actor": [{"iso3": "a"}, {"name": "who"}]}
    found = read(spec, [row(a="", who="France"), row(a="ATL", who="France"), row(a="ATL", who="Atlantis")])
    assert [got["actors"] for got in made(found)] == [["FRA"], ["FRA"]]
    assert found.rejected == {"nobody bears the name or code of who acted": (1, 4)}
    assert dict(found.unknown) == {("name", "Atlantis"): 1}


def test_types_of_plover_with_modes_and_contexts():
    listed = [
        row(type="consult", mode="Visit", about="Military; economic;Nonsense"),
        row(type="AGREE", mode=None, about="military"),
        row(type="AGREE", mode="no mode", about=None),
        row(type="LOVE", mode="visit", about="military"),
        row(type=None, mode=None, about="military"),
    ]
    found = read(PLOVER, listed)
    assert [(got["event"], got["mode"], got["contexts"]) for got in made(found)] == [
        ("CONSULT", "visit", ["military", "economic"]),
        ("AGREE", None, ["military"]),
        ("AGREE", None, []),
    ]
    assert found.rejected == {"no code of an act": (2, 5)}


def test_a_statement_is_an_event_without_a_type():
    (got,) = made(read(CAMEO, [row(code="010")]))
    assert (got["event"], got["mode"], got["code"]) == (None, None, "010")


@pytest.mark.parametrize(
    ("cell", "count"), [("12", 12), ("", 1), (None, 1), ("0", 1), ("-4", 1), ("many", 1), ("9" * 20, 1)]
)
def test_counts_of_reports_are_one_at_least(cell, count):
    (got,) = made(read(CAMEO | {"reports": "n", "intensity": "g"}, [row(n=cell, g="nan")]))
    assert (got["reports"], got["intensity"]) == (count, None)


def test_what_looks_like_sql_goes_through_unharmed():
    evil = "'; DROP TABLE event; --"
    spec = CAMEO | {"what": evil, "ident": 'i"d', "place": ["pl'ace"]}
    (got,) = made(read(spec, [row(**{evil: evil, 'i"d': evil, "pl'ace": evil})]))
    assert (got["id"], got["what"], got["place"]) == (f"made-up-1:{evil}", evil, evil)


CELLS = st.text(max_size=10) | st.sampled_from(
    ["USA", "GBR", "057", "1990", "1990-05-01", "-infinity", "---"]
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("a", "b", "day", "code", "id"), CELLS)), min_size=1, max_size=6
    )
)
def test_every_row_is_kept_or_rejected_whatever_stands_in_it(listed):
    found = read(CAMEO | {"ident": "id"}, listed)
    assert len(listed) == len(made(found)) + sum(many for many, _ in found.rejected.values())
