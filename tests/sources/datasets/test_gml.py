"""Disputes as Gibler, Miller and Little have them, and their years of pairs; the same of MID."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.model import Bulk
from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _row(name: str, role: str, **given: Any) -> dict[str, Any]:
    unread = dict.fromkeys(dataset(name).tables[role].unused, 0)
    pair = {"dispnum": 9001, "ccode1": 220, "ccode2": 230, "year": 1901}
    days = {"styear": 1901, "stmon": 5, "stday": 3, "endyear": 1901, "endmon": 6, "endday": 9}
    own: dict[str, dict[str, Any]] = {
        "directed": {**pair, "hostlev1": 4, "fatality1": -9},
        "single": {
            **pair,
            **{f"{p}{what}": 1 for p in ("gmlmid", "cowmid") for what in ("ongoing", "onset")},
        },
        "parts": {**days, "dispnum": 9001, "ccode": 220, "sidea": 1, "hiact": 16, "orig": 1},
        "disputes": {
            "dispnum": 9001,
            "outcome": 5,
            "settle": 3,
            "fatality": 0,
            "hiact": 16,
            "hostlev": 4,
            "recip": 1,
        },
    }
    sides = {"sidea1": 1, "sidea2": 0, "orig1": 1, "orig2": 1} if (name, role) == ("gml", "single") else {}
    row = {**unread, **own[role], **sides, **given}
    other = "cowmid" if name == "gml" else "gmlmid"
    return {column: cell for column, cell in row.items() if not column.startswith(other)}


_SIDES = {
    ("dispute_side_a", "", "ESP", "FRA", 1),
    ("dispute_side_a", "", "FRA", "ESP", 0),
    ("dispute_originator", "", "ESP", "FRA", 1),
    ("dispute_originator", "", "FRA", "ESP", 1),
}


def _gml(folder: Path, **given: list[dict[str, Any]]) -> Bulk:
    files = {
        "directed": [_row("gml", "directed")],
        "single": [_row("gml", "single")],
        "parts": [_row("gml", "parts"), _row("gml", "parts", ccode=230, sidea=0)],
        "disputes": [_row("gml", "disputes")],
    }
    return made_up("gml", {**files, **given}, folder)


@pytest.mark.parametrize("name", ["gml", "mid-dyads"])
def test_two_disputes_of_a_pair_and_year_stand_side_by_side(name: str, tmp_path: Path) -> None:
    directed = [
        _row(name, "directed"),
        _row(name, "directed", dispnum=9002, hostlev1=2, fatality1=0),
        _row(name, "directed", dispnum=9002, hostlev1=2, fatality1=0),
        _row(name, "directed", dispnum=9003, hostlev1=9),
    ]
    single = [_row(name, "single"), _row(name, "single", ccode1=230, ccode2=220)]
    if name == "gml":
        bulk = _gml(tmp_path, directed=directed, single=single)
    else:
        bulk = made_up(name, {"directed": directed, "single": single}, tmp_path)
    listed = [(r["name"], r["note"], r["actor"], r["other"], r["value"]) for r in rows(bulk, "dyad")]
    sides = {row for row in listed if row[0] in {"dispute_side_a", "dispute_originator"}}
    assert sides == (_SIDES if name == "gml" else set())
    got = {(what, note): told for what, note, *told in sorted({*listed} - sides)}
    assert {key: tuple(told) for key, told in got.items()} == {
        ("dispute_hostility", "dispute 9001"): ("FRA", "ESP", 4),
        ("dispute_hostility", "dispute 9002"): ("FRA", "ESP", 2),
        ("dispute_fatality", "dispute 9002"): ("FRA", "ESP", 0),
        ("dispute_ongoing", ""): ("ESP", "FRA", 1),
        ("dispute_onset", ""): ("ESP", "FRA", 1),
    }
    assert bulk.files[0].read - bulk.files[0].kept == 2
    assert "the same again as on an earlier line" in bulk.files[0].rejected


def test_a_dispute_is_made_of_its_participants(tmp_path: Path) -> None:
    parts = [
        _row("gml", "parts", ccode=210, orig=0, stday=-9, stmon=5),
        _row("gml", "parts", endmon=7),
        _row("gml", "parts", ccode=230, sidea=0, hiact=0),
    ]
    (tie,) = _gml(tmp_path, parts=parts).ties
    assert (tie.id, tie.kind) == ("gml-2.2.1:9001", "dispute")
    assert [(p.actor, p.role) for p in tie.parties] == [
        ("FRA", "actor"),
        ("ESP", "target"),
        ("NLD", "actor"),
    ]
    assert (tie.envelope.valid.start, tie.envelope.valid.end) == (D(1901, 5, 1), D(1901, 7, 9))
    assert "Netherlands (side A): attack, joined later" in tie.about


def test_a_dispute_that_goes_on_when_the_data_end_is_open(tmp_path: Path) -> None:
    (tie,) = _gml(tmp_path, directed=[_row("gml", "directed", ongo2010=1)]).ties
    assert [p.phase for p in tie.phases] == ["in_force"]
    assert [p.when.end for p in tie.parties] == [None, None]


def test_participants_and_disputes_without_each_other_are_rejected(tmp_path: Path) -> None:
    parts = [
        _row("gml", "parts"),
        _row("gml", "parts", ccode=4444),
        _row("gml", "parts", endyear=1900),
        _row("gml", "parts", dispnum=9009),
    ]
    bulk = _gml(
        tmp_path, parts=parts, disputes=[_row("gml", "disputes"), _row("gml", "disputes", dispnum=9002)]
    )
    told = {file.file: dict(file.rejected) for file in bulk.files}
    assert told["gml_part.parquet"] == {
        "nobody bears the code ccode": (1, 2),
        "no days on which it began and ended": (1, 3),
        "of no dispute": (1, 4),
    }
    assert told["gml_mid_disps.parquet"] == {"nobody is known to have taken part": (1, 2)}
    assert bulk.unknown == {("cow", "4444"): 1}


@pytest.mark.shared
def test_the_real_files(shared: Path) -> None:
    bulk = real("gml", shared / "data" / "disputes")
    assert counts(bulk) == {
        "gml_dirdisp.parquet": (10276, 10276),
        "gml_mid_ddydisps.parquet": (9284, 4642),
        "gml_part.parquet": (5217, 5217),
        "gml_mid_disps.parquet": (2174, 2174),
    }
    assert not bulk.unknown
    (cuba,) = [tie for tie in bulk.ties if tie.id == "gml-2.2.1:61"]
    assert {p.actor for p in cuba.parties} == {"USA", "SUN", "CUB"}
    assert cuba.phases[0].on.year == 1962


@pytest.mark.shared
def test_the_real_years_of_pairs(shared: Path) -> None:
    bulk = real("mid-dyads", shared / "data" / "disputes")
    assert counts(bulk) == {
        "cow_mid_dirdisps.parquet": (11390, 11390),
        "cow_mid_ddydisps.parquet": (10234, 5117),
    }
    falklands = [
        row["value"]
        for row in rows(bulk, "dyad")
        if (row["name"], row["actor"], row["other"]) == ("dispute_hostility", "ARG", "GBR")
        and row["valid_from"] == D(1982, 1, 1)
    ]
    assert max(falklands) == 5
