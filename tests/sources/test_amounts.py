"""Rows of numbers as amounts: each reason for which a line is not kept, and what is made of the others."""

from __future__ import annotations

import datetime as dt

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.sources.amounts import amounts
from rapallo.sources.found import Found
from rapallo.sources.specs import RowSpec
from rapallo.sources.stamp import Stamp

STAMP = Stamp("made-up-1", "1", "made up's.csv", 0.9)
TRAIT = {
    "family": "trait",
    "actor": {"cow": "ccode"},
    "year": "year",
    "amounts": {"v": {"name": "cinc", "unit": "share"}},
}
PAIR = TRAIT | {
    "family": "dyad",
    "other": {"cow": "ccode2"},
    "amounts": {"v": {"name": "own:v", "unit": "x"}},
}
FLOW = PAIR | {"family": "flow", "amounts": {"v": {"name": "trade", "unit": "USD"}}}


def read(spec, listed, *more) -> Found:
    table = pa.Table.from_pylist([{**row, "line": line} for line, row in enumerate(listed, 2)])
    with duckdb.connect() as scratch:
        scratch.register("sheet", table)
        return amounts(scratch, [RowSpec.model_validate(one) for one in (spec, *more)], STAMP)


def made(found: Found, family: str = "trait") -> list[dict[str, object]]:
    return sorted(
        (row for table in found.rows.get(family, []) for row in table.to_pylist()),
        key=lambda row: row["line"],
    )


def row(**cells):
    return {"ccode": "2", "ccode2": "200", "year": "1990", "v": "0.5"} | cells


def test_a_row_says_what_it_says_and_where_it_comes_from():
    (got,) = made(read(TRAIT, [row()]))
    assert {name: got[name] for name in ("id", "actor", "name", "value", "unit", "precision")} == {
        "id": "made-up-1:cinc:USA:1990",
        "actor": "USA",
        "name": "cinc",
        "value": 0.5,
        "unit": "share",
        "precision": "year",
    }
    assert (got["valid_from"], got["valid_to"]) == (dt.date(1990, 1, 1), dt.date(1990, 12, 31))
    assert (got["file"], got["line"], got["confidence"]) == ("made up's.csv", 2, 0.9)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"year": ""}, "no year"),
        ({"year": None}, "no year"),
        ({"year": "-9"}, "no year"),
        ({"year": "0"}, "no year"),
        ({"year": "99999"}, "no year"),
        ({"year": "1990.5"}, "no year"),
        ({"year": "1e400"}, "no year"),
        ({"year": "inf"}, "no year"),
        ({"year": "MCM"}, "no year"),
        ({"ccode": "9999"}, "nobody bears the code ccode"),
        ({"ccode": ""}, "nobody bears the code ccode"),
        ({"ccode": None}, "nobody bears the code ccode"),
        ({"ccode": "2.5"}, "nobody bears the code ccode"),
        ({"ccode": "inf"}, "nobody bears the code ccode"),
        ({"ccode": "nan"}, "nobody bears the code ccode"),
        ({"ccode": "-9"}, "nobody bears the code ccode"),
        ({"ccode": "'; DROP TABLE base; --"}, "nobody bears the code ccode"),
        ({"v": ""}, "missing in the source"),
        ({"v": None}, "missing in the source"),
        ({"v": "NA"}, "missing in the source"),
        ({"v": " . "}, "missing in the source"),
        ({"v": "nan"}, "missing in the source"),
        ({"v": "-9"}, "missing in the source"),
        ({"v": "-9.0"}, "missing in the source"),
        ({"v": "0"}, "missing in the source"),
        ({"v": "inf"}, "v is no number"),
        ({"v": "1,5"}, "v is no number"),
        ({"v": "many"}, "v is no number"),
        ({"v": "-0.001"}, "v is out of bounds"),
        ({"v": "1.001"}, "v is out of bounds"),
        ({"kind": "other"}, "of a kind that is not read"),
        ({"kind": None}, "of a kind that is not read"),
    ],
)
def test_each_reason_for_which_a_line_is_not_kept(cells, reason):
    spec = TRAIT | {
        "missing": [-9],
        "zero": "missing",
        "only": {"kind": ["this", "that"]},
        "amounts": {"v": {"name": "cinc", "unit": "share", "least": 0, "most": 1}},
    }
    found = read(spec, [row(kind="this"), row(kind="this") | cells])
    assert found.rejected == {reason: (1, 3)}
    assert len(made(found)) == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"ccode2": "9999"}, "nobody bears the code ccode2"),
        ({"ccode2": "2"}, "a state with itself"),
        ({"ccode": "200", "ccode2": "2"}, "the same pair in the other order"),
        ({}, "the same again as on an earlier line"),
    ],
)
def test_each_reason_for_which_a_pair_is_not_kept(cells, reason):
    spec = PAIR | {"once": True}
    first = row(ccode="200", ccode2="2")  # GBR before USA
    found = read(
        spec, [first, {**first, "ccode": cells.get("ccode2", "200"), "ccode2": cells.get("ccode", "2")}]
    )
    assert found.rejected == {reason.replace("ccode2", "ccode"): (1, 3)}


def test_unknown_codes_are_counted_by_scheme():
    found = read(PAIR, [row(ccode="9999"), row(ccode="9999", year="1991"), row(ccode2="8888")])
    assert dict(found.unknown) == {("cow", "9999"): 2, ("cow", "8888"): 1}


def test_a_zero_is_observed_unless_it_is_said_to_be_missing():
    assert [got["value"] for got in made(read(TRAIT, [row(v="0")]))] == [0.0]


def test_numbers_are_scaled_after_they_are_judged():
    spec = TRAIT | {
        "missing": [-9],
        "amounts": {"v": {"name": "cinc", "unit": "USD", "scale": 1000, "most": 10}},
    }
    found = read(
        spec, [row(v="10"), row(v="11", year="1991"), row(v="-9", year="1992"), row(v="1e1", year="1993")]
    )
    assert [got["value"] for got in made(found)] == [10_000.0, 10_000.0]
    assert found.rejected == {"v is out of bounds": (1, 3), "missing in the source": (1, 4)}


def test_equal_years_on_end_become_one_row():
    spec = TRAIT | {"runs": True}
    values = {"1990": "1", "1991": "1.0", "1992": "2", "1993": "1", "1995": "1"}
    found = read(spec, [row(year=year, v=value) for year, value in values.items()])
    spans = [
        (got["valid_from"].year, got["valid_to"].year, got["value"], got["precision"]) for got in made(found)
    ]
    assert spans == [
        (1990, 1991, 1.0, "range"),
        (1992, 1992, 2.0, "year"),
        (1993, 1993, 1.0, "year"),
        (1995, 1995, 1.0, "year"),
    ]
    assert found.rejected == {}


def test_spans_of_years_have_ends_or_none():
    spec = {key: value for key, value in TRAIT.items() if key != "year"} | {"first": "from", "last": "to"}
    spans = [("1990", "1995"), ("1996", "1996"), ("1999", ""), ("2005", "2001")]
    found = read(spec, [row() | {"from": first, "to": last} for first, last in spans])
    assert [(got["valid_to"] and got["valid_to"].year, got["precision"]) for got in made(found)] == [
        (1995, "range"),
        (1996, "year"),
        (None, "since"),
    ]
    assert found.rejected == {"ends before it begins": (1, 5)}


def test_rows_without_a_year_hold_for_all():
    spec = {key: value for key, value in TRAIT.items() if key != "year"}
    (got,) = made(read(spec, [row()]))
    assert (got["id"], got["valid_from"], got["valid_to"], got["precision"]) == (
        "made-up-1:cinc:USA",
        None,
        None,
        "unknown",
    )


def test_two_codes_of_one_state_in_a_year_each_hold_for_their_days():
    listed = [row(ccode="255", year="1990", v="0.1"), row(ccode="260", year="1990", v="0.2")]
    found = read(TRAIT, listed)
    by_value = {
        got["value"]: (got["id"], str(got["valid_from"]), str(got["valid_to"])) for got in made(found)
    }
    assert by_value == {
        0.1: ("made-up-1:cinc:DEU:1990-10-03", "1990-10-03", "1990-12-31"),
        0.2: ("made-up-1:cinc:DEU:1990", "1990-01-01", "1990-10-02"),
    }
    assert found.rejected == {}


def test_years_on_end_stop_where_the_code_changes():
    listed = [
        row(ccode=code, year=str(y), v="0.1")
        for code, y in ((260, 1989), (260, 1990), (255, 1990), (255, 1991))
    ]
    kept = made(read(TRAIT | {"runs": True}, listed))
    assert sorted((str(got["valid_from"]), str(got["valid_to"])) for got in kept) == [
        ("1989-01-01", "1990-10-02"),
        ("1990-10-03", "1991-12-31"),
    ]


def test_a_line_that_gives_one_amount_of_two_is_kept():
    spec = TRAIT | {
        "amounts": {"v": {"name": "cinc", "unit": "share"}, "w": {"name": "own:w", "unit": "x"}},
    }
    found = read(spec, [row(w="1"), row(year="1991", v="NA", w="2"), row(year="1992", v="NA", w="NA")])
    assert [(got["name"], got["value"]) for got in made(found) if got["line"] == 3] == [("own:w", 2.0)]
    assert found.rejected == {"missing in the source": (1, 4)}


def test_of_two_lines_with_one_key_each_gives_what_the_other_lacks():
    spec = TRAIT | {
        "amounts": {"v": {"name": "cinc", "unit": "share"}, "w": {"name": "own:w", "unit": "x"}},
    }
    found = read(spec, [row(w="NA"), row(v="0.7", w="2"), row(v="0.9", w="3")])
    assert {got["name"]: (got["value"], got["line"]) for got in made(found)} == {
        "cinc": (0.5, 2),
        "own:w": (2.0, 3),
    }
    assert found.rejected == {"the same again as on an earlier line": (1, 4)}


def test_rows_of_one_pair_and_year_are_told_apart_by_a_number():
    found = read(PAIR | {"ident": "dispute"}, [row(dispute="1"), row(dispute="2"), row(dispute="2")])
    assert [got["id"] for got in made(found, "dyad")] == [
        "made-up-1:own:v:USA-GBR:1:1990",
        "made-up-1:own:v:USA-GBR:2:1990",
    ]
    assert found.rejected == {"the same again as on an earlier line": (1, 4)}


def test_a_flow_can_go_the_other_way():
    spec = FLOW | {
        "amounts": {
            "v": {"name": "trade", "unit": "USD", "what": "oil"},
            "w": {"name": "trade", "unit": "USD", "what": "oil", "reverse": True},
        }
    }
    found = made(read(spec, [row(w="3")]), "flow")
    assert {(got["origin"], got["destination"], got["value"], got["what"]) for got in found} == {
        ("USA", "GBR", 0.5, "oil"),
        ("GBR", "USA", 3.0, "oil"),
    }
    assert len({got["id"] for got in found}) == 2


def test_a_line_of_which_one_spec_takes_nothing_and_another_does_is_kept():
    one = TRAIT | {"only": {"kind": ["a"]}}
    two = TRAIT | {"only": {"kind": ["b"]}, "amounts": {"v": {"name": "own:b", "unit": "x"}}}
    found = read(one, [row(kind="a"), row(kind="b"), row(kind="c")], two)
    assert [got["name"] for got in made(found)] == ["cinc", "own:b"]
    assert found.rejected == {"of a kind that is not read": (1, 4)}


def test_what_looks_like_sql_goes_through_unharmed():
    evil = "'; DROP TABLE event; --"
    spec = TRAIT | {
        "year": 'ye"ar',
        "only": {evil: [evil]},
        "amounts": {f'"{evil}': {"name": f"own:{evil}", "unit": evil, "what": evil, "note": {evil: "no'te"}}},
    }
    listed = [{"ccode": "2", 'ye"ar': "1990", f'"{evil}': "5", evil: evil, "no'te": evil}]
    (got,) = made(read(spec, listed))
    assert got["id"] == f"made-up-1:own:{evil}:USA:1990"
    assert (got["unit"], got["note"], got["value"]) == (evil, f"{evil}; {evil} {evil}", 5.0)


CELLS = st.text(max_size=8) | st.sampled_from(
    ["2", "200", "1990", "0.5", "-9", "NA", "inf", "1e999", "9" * 30]
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("ccode", "ccode2", "year", "v"), CELLS)), min_size=1, max_size=6
    )
)
def test_every_line_is_kept_or_rejected_whatever_stands_in_it(listed):
    found = read(PAIR | {"missing": [-9]}, listed)
    kept = {got["line"] for got in made(found, "dyad")}
    assert len(listed) == len(kept) + sum(many for many, _ in found.rejected.values())
