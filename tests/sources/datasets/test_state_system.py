"""State systems, capitals, powers, measures of democracy, independent polities."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _member(number: int, first: tuple[int, int, int], last: tuple[int, int, int]) -> dict[str, Any]:
    names = ("styear", "stmonth", "stday", "endyear", "endmonth", "endday")
    spell = dict(zip(names, (*first, *last), strict=True))
    return {"stateabb": "XXX", "ccode": number, "statenme": "Made up", **spell, "version": 2016}


def test_cow_members_and_major_powers(tmp_path: Path) -> None:
    members = [_member(2, (1900, 1, 2), (1950, 3, 4)), _member(999, (1900, 1, 1), (1950, 1, 1))]
    majors = [{k: v for k, v in _member(2, (1901, 5, 6), (1940, 7, 8)).items() if k != "statenme"}]
    bulk = made_up("cow-system", {"members": members, "majors": majors}, tmp_path)
    assert [(r["name"], r["actor"], r["valid_from"], r["valid_to"], r["note"]) for r in rows(bulk)] == [
        ("cow_major_power", "USA", D(1901, 5, 6), D(1940, 7, 8), ""),
        ("cow_member", "USA", D(1900, 1, 2), D(1950, 3, 4), "Made up"),
    ]
    assert counts(bulk) == {"cow_states.parquet": (2, 1), "cow_majors.parquet": (1, 1)}
    assert bulk.unknown == {("cow", "999"): 1}


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    lacking = {k: v for k, v in _member(2, (1900, 1, 2), (1950, 3, 4)).items() if k != "endday"}
    with pytest.raises(InputError, match="no column endday"):
        made_up("cow-system", {"members": [lacking]}, tmp_path)


def test_gw_members_say_who_is_a_microstate(tmp_path: Path) -> None:
    spell = {"gw_abb": "X", "gw_name": "Made up", "start": "1990-01-01", "end": "2000-12-31"}
    members = [{"gwcode": 2, "microstate": 0, **spell}, {"gwcode": 221, "microstate": 1, **spell}]
    bulk = made_up("gw-system", {"members": members}, tmp_path)
    assert [(r["actor"], r["name"], r["value"]) for r in rows(bulk)] == [
        ("MCO", "gw_member", 1),
        ("USA", "gw_member", 1),
        ("MCO", "gw_microstate", 1),
        ("USA", "gw_microstate", 0),
    ]


@pytest.mark.parametrize(("name", "code"), [("cow-capitals", "ccode"), ("gw-capitals", "gwcode")])
def test_a_capital_is_a_place_with_a_name_as_long_as_the_state_lasts(
    tmp_path: Path, name: str, code: str
) -> None:
    spell = {"statenme": "X", "capital": "Madeup", "stdate": "1980-01-01", "enddate": "2024-12-31"}
    listed = [
        {code: 265, **spell, "lat": 10.5, "lng": 20.25},
        {code: 2, **spell, "lat": 95.0, "lng": 200.0},
    ]
    bulk = made_up(name, {"capitals": listed}, tmp_path)
    assert [(r["name"], r["actor"], r["value"], r["note"], r["valid_to"]) for r in rows(bulk)] == [
        ("capital_latitude", "DDR", 10.5, "Madeup", D(1990, 10, 2)),
        ("capital_longitude", "DDR", 20.25, "Madeup", D(1990, 10, 2)),
    ]
    assert bulk.files[0].rejected == {"lng is out of bounds": (1, 2)}


def test_a_state_can_be_a_regional_power_a_global_one_or_both_in_turn(tmp_path: Path) -> None:
    none = dict.fromkeys(("regstdate", "regenddate", "globstdate", "globenddate"))
    listed = [
        {"ccode": 2, **none, "regstdate": "1850-01-01", "regenddate": "1890-12-31"},
        {"ccode": 220, **none, "globstdate": "1850-01-01", "globenddate": "1890-12-31"},
        {"ccode": 200, **none},
    ]
    bulk = made_up("maoz-powers", {"powers": listed}, tmp_path)
    assert [(r["name"], r["actor"]) for r in rows(bulk)] == [
        ("global_power", "FRA"),
        ("regional_power", "USA"),
    ]
    assert bulk.files[0].rejected == {"no day on which it begins": (1, 3)}


def test_democracy_is_kept_in_runs_of_years(tmp_path: Path) -> None:
    score = {"ccode": 2, "euds": 0.5, "aeuds": 0.25, "polity2": 6, "v2x_polyarchy": 0.75}
    listed = [
        {**score, "year": 1900},
        {**score, "year": 1901, "polity2": 7},
        {**score, "year": 1902, "polity2": 77, "v2x_polyarchy": None},
    ]
    found = rows(made_up("democracy", {"states": listed}, tmp_path))
    told = {(r["name"], r["valid_from"].year, r["valid_to"].year): r["value"] for r in found}
    assert told == {
        ("extended_uds", 1900, 1902): 0.5,
        ("adjusted_uds", 1900, 1902): 0.25,
        ("polity", 1900, 1900): 6,
        ("polity", 1901, 1901): 7,
        ("electoral_democracy", 1900, 1901): 0.75,
    }


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "version", "expected"),
    [
        ("cow-system", "2016", {"cow_states.parquet": (243, 243), "cow_majors.parquet": (14, 14)}),
        ("gw-system", "2020", {"gw_system.parquet": (239, 239)}),
        ("gw-system", "2017", {"gw_states.parquet": (216, 216)}),
        ("cow-capitals", "2024", {"cow_capitals.parquet": (242, 240)}),
        ("gw-capitals", "2024", {"gw_capitals.parquet": (264, 262)}),
        ("maoz-powers", "2019", {"maoz_powers.parquet": (20, 20)}),
        ("democracy", "2025", {"cw_democracy.parquet": (17706, 17705)}),
        ("isd", "2.2", {"isd_v2.2.csv": (499, 252)}),
    ],
)
def test_every_row_of_the_real_files_is_accounted_for(
    shared: Path, name: str, version: str, expected: dict[str, tuple[int, int]]
) -> None:
    assert counts(real(name, shared / "data/state_system", version)) == expected


@pytest.mark.shared
def test_facts_of_the_state_system(shared: Path) -> None:
    held = rows(real("cow-system", shared / "data/state_system"))
    spells = {(r["name"], r["actor"], r["valid_from"], r["valid_to"]) for r in held}
    assert ("cow_member", "CUB", D(1902, 5, 20), D(1906, 9, 25)) in spells
    assert ("cow_major_power", "USA", D(1898, 8, 13), D(2016, 12, 31)) in spells
    assert ("cow_member", "SUN", D(1922, 12, 30), D(1991, 12, 25)) in spells


@pytest.mark.shared
def test_facts_of_capitals(shared: Path) -> None:
    held = [r for r in rows(real("cow-capitals", shared / "data/state_system")) if "latitude" in r["name"]]
    moscow = [r for r in held if r["note"] == "Moscow"]
    assert [(r["actor"], r["valid_from"]) for r in sorted(moscow, key=lambda r: r["valid_from"])] == [
        ("RUS", D(1918, 3, 12)),
        ("SUN", D(1922, 12, 30)),
        ("RUS", D(1991, 12, 26)),
    ]
    assert all(55 < r["value"] < 56 for r in moscow)


@pytest.mark.shared
def test_facts_of_independent_polities(shared: Path) -> None:
    held = rows(real("isd", shared / "data/state_system"))
    afghan = [r for r in held if r["actor"] == "AFG" and r["name"] == "isd_member"]
    assert [(r["valid_from"], r["valid_to"]) for r in afghan] == [
        (D(1816, 1, 1), D(1879, 5, 1)),
        (D(1919, 8, 8), D(2016, 12, 31)),
    ]
