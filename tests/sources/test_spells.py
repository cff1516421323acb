"""Rows that hold from one day to another as traits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from pydantic import ValidationError

from rapallo.sources.codes import bearers
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.specs import SpellSpec
from rapallo.sources.spells import spells
from rapallo.sources.stamp import Stamp

D = dt.date
STAMP = Stamp("made-up-1", "1", "made.csv", 0.8)
MEMBER = {"member": {"unit": "1 over the membership", "note": ["called"]}}


def spec(**given: Any) -> SpellSpec:
    cells = {"actor": {"cow": "number"}, "first": "begun", "last": "ended", "traits": MEMBER}
    return SpellSpec.model_validate(cells | given)


def read(rows: list[dict[str, Any]], *specs: SpellSpec) -> tuple[Found, list[dict[str, Any]]]:
    table = pa.Table.from_pylist([{"line": n, **row} for n, row in enumerate(rows, 2)])
    found = spells(table, specs or (spec(),), STAMP)
    (made,) = found.rows["trait"]
    return found, made.to_pylist()


def row(number: str, begun: str, ended: str | None, **more: Any) -> dict[str, Any]:
    return {"number": number, "begun": begun, "ended": ended, "called": "X", **more}


def test_a_spell_is_parted_where_another_state_bears_the_code() -> None:
    found, made = read([row("365", "1900-01-01", "2000-12-31")])
    told = [(r["actor"], r["valid_from"], r["valid_to"], r["precision"]) for r in made]
    assert told == [
        ("RUS", D(1900, 1, 1), D(1922, 12, 29), "range"),
        ("SUN", D(1922, 12, 30), D(1991, 12, 25), "range"),
        ("RUS", D(1991, 12, 26), D(2000, 12, 31), "range"),
    ]
    assert not found.rejected
    assert {r["line"] for r in made} == {2}
    assert len({r["id"] for r in made}) == 3


def test_days_between_two_bearers_are_left_out() -> None:
    _, made = read([row("255", "1930-01-01", "2000-12-31")])
    assert [(r["actor"], r["valid_from"], r["valid_to"]) for r in made] == [
        ("DEU", D(1930, 1, 1), D(1945, 5, 8)),
        ("DEU", D(1990, 10, 3), D(2000, 12, 31)),
    ]


def test_days_before_the_code_are_kept_unless_the_spec_cuts_them() -> None:
    early = [row("20", "1900-01-01", "1950-12-31")]
    _, kept = read(early)
    _, cut = read(early, spec(within=True))
    assert [r["valid_from"] for r in kept] == [D(1900, 1, 1)]
    assert [(r["valid_from"], r["valid_to"]) for r in cut] == [(D(1920, 1, 10), D(1950, 12, 31))]


def test_an_open_end_stays_open() -> None:
    for ended in (None, "", "-9", "NA"):
        _, made = read([row("2", "1816-01-01", ended)], spec(within=True))
        assert [(r["valid_to"], r["precision"]) for r in made] == [(None, "since")]


def test_bearers_of_a_code_that_nobody_bears() -> None:
    assert bearers("cow", "999", D(1900, 1, 1), D(1950, 1, 1)) == ()


def test_rows_that_cannot_be_kept_say_why() -> None:
    found, made = read(
        [
            row("2", "-9", "1900-01-01"),
            row("2", "1900-01-01", "1800-01-01"),
            row("", "1900-01-01", "1901-01-01"),
            row("2", "1900-01-01", "31/12/1901"),
            row("999", "1900-01-01", "1901-01-01"),
            row("220", "1900-01-01", "1901-01-01"),
            row("220", "1900-01-01", "1901-01-01"),
        ]
    )
    assert found.rejected == {
        "no day on which it begins": (1, 2),
        "ends before it begins": (1, 3),
        "nobody bears the code number": (2, 4),
        "no day on which it ends": (1, 5),
        "the same again as on an earlier line": (1, 8),
    }
    assert found.unknown == {("cow", "999"): 1}
    assert [r["actor"] for r in made] == ["FRA"]


def test_numbers_are_scaled_and_bounded_and_words_are_looked_up() -> None:
    traits = {
        "people": {"column": "people", "unit": "thousands", "scale": 0.001, "least": 1},
        "sex": {"column": "sex", "unit": "1 for a woman", "words": {"M": 0, "F": 1}},
    }
    rows = [
        row("2", "1900-01-01", "1900-12-31", people="5000", sex="F"),
        row("200", "1900-01-01", "1901-12-31", people="-9", sex="M"),
        row("220", "1900-01-01", "1901-12-31", people="0", sex="?"),
        row("230", "1900-01-01", "1901-12-31", people="many", sex=None),
        row("325", "1900-01-01", "1901-12-31", people="-9", sex=""),
    ]
    found, made = read(rows, spec(traits=traits, missing=["-9"]))
    assert [(r["actor"], r["name"], r["value"]) for r in made] == [
        ("USA", "people", 5.0),
        ("USA", "sex", 1.0),
        ("GBR", "sex", 0.0),
    ]
    assert made[0]["precision"] == "year"
    assert found.rejected == {
        "sex is no word that is known": (1, 4),
        "missing in the source": (2, 5),
    }


def test_what_ends_a_spell_is_of_its_last_day() -> None:
    traits = {"exit": {"column": "out", "unit": "code", "ends": True}}
    rows = [row("365", "1985-03-11", "1991-12-25", out=1), row("2", "1985-03-11", None, out=1)]
    found, made = read(rows, spec(traits=traits))
    assert [(r["actor"], r["valid_from"], r["valid_to"], r["precision"]) for r in made] == [
        ("SUN", D(1991, 12, 25), D(1991, 12, 25), "day")
    ]
    assert found.rejected == {"no day on which it ends": (1, 3)}


def test_a_line_is_kept_where_one_of_two_specs_takes_it() -> None:
    other = spec(first="from", last="to", traits={"great": {"unit": "1 over the spell"}})
    rows = [
        {"number": 2, "begun": "1900-01-01", "ended": "1901-01-01", "called": "", "from": None, "to": None},
        {"number": 2, "begun": None, "ended": None, "called": "", "from": None, "to": None},
    ]
    found, made = read(rows, spec(), other)
    assert [r["name"] for r in made] == ["member"]
    assert found.rejected == {"no day on which it begins": (1, 3)}


def test_days_in_three_columns() -> None:
    cells = spec(first=["y", "m", "d"], last=["y2", "m2", "d2"])
    rows = [{"number": 40, "called": "", "y": 1902, "m": 5, "d": 20, "y2": 1906, "m2": 9, "d2": -9}]
    _, made = read(rows, cells)
    assert [(r["valid_from"], r["valid_to"]) for r in made] == [(D(1902, 5, 20), D(1906, 9, 30))]


@pytest.mark.parametrize(
    ("parts", "start", "precision"),
    [
        (("1816-01-01",), D(1816, 1, 1), "day"),
        (("1816-01-01 00:00:00",), D(1816, 1, 1), "day"),
        (("1952",), D(1952, 1, 1), "year"),
        ((1914, 7, 28), D(1914, 7, 28), "day"),
        (("1914.0", "7.0", "28.0"), D(1914, 7, 28), "day"),
        ((1914, 7, -9), D(1914, 7, 1), "month"),
        ((1914, 7, 31.0), D(1914, 7, 31), "day"),
        ((1914, 2, 31), D(1914, 2, 1), "month"),
        ((1914, -9, 5), D(1914, 1, 1), "year"),
    ],
)
def test_written_days(parts: tuple[object, ...], start: dt.date, precision: str) -> None:
    found = written(*parts)
    assert found is not None
    assert (found.start, found.precision) == (start, precision)


@pytest.mark.parametrize("parts", [("-9",), ("",), (None,), (-9, -9, -9), (None, 7, 1), ("soon",)])
def test_days_that_are_none(parts: tuple[object, ...]) -> None:
    assert written(*parts) is None


def test_a_spec_says_when_it_begins_and_what_holds() -> None:
    for lacking in ({"first": ""}, {"traits": {}}):
        with pytest.raises(ValidationError):
            spec(**lacking)
