"""Contiguity by spells and by years, minimum distances, distances and ties of GeoDist."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.record import Record
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _spell(low: int, high: int, kind: int, begin: str, end: str) -> dict[str, Any]:
    names = {"dyad": low * 1000 + high, "statelab": "XXX", "statehab": "YYY", "version": "3.2"}
    return {
        **names,
        "statelno": low,
        "statehno": high,
        "conttype": kind,
        "begin": begin,
        "end": end,
        "notes": "made up",
    }


def test_contiguity_by_land_is_a_border_and_all_of_it_an_amount(tmp_path: Path) -> None:
    spells = [_spell(2, 70, 1, "192003", "195006"), _spell(2, 40, 4, "192001", "201612")]
    bulk = made_up("cow-contiguity", {"spells": spells}, tmp_path)
    assert [
        (r["actor"], r["other"], r["value"], r["valid_from"], r["valid_to"]) for r in rows(bulk, "dyad")
    ] == [
        ("USA", "CUB", 4, D(1920, 1, 1), D(2016, 12, 31)),
        ("USA", "MEX", 1, D(1920, 3, 1), D(1950, 6, 30)),
    ]
    (border,) = bulk.ties
    assert (border.kind, border.name) == ("border", "border of United States and Mexico")
    assert border.members(D(1930, 1, 1)) == ("USA", "MEX")
    assert [(p.phase, p.on, p.precision) for p in border.phases] == [
        ("in_force", D(1920, 3, 1), "month"),
        ("ended", D(1950, 6, 30), "month"),
    ]
    assert counts(bulk) == {"contdir_master.csv": (2, 2)}


def test_a_border_that_stands_when_the_data_end_has_not_ended(tmp_path: Path) -> None:
    (border,) = made_up("cow-contiguity", {"spells": [_spell(2, 70, 1, "192003", "201612")]}, tmp_path).ties
    assert [p.phase for p in border.phases] == ["in_force"]
    assert border.envelope.valid.end == D(2016, 12, 31)


def test_a_spell_is_parted_where_another_state_comes_to_bear_the_code(tmp_path: Path) -> None:
    bulk = made_up("cow-contiguity", {"spells": [_spell(365, 375, 1, "191801", "199112")]}, tmp_path)
    assert [(r["actor"], r["valid_from"], r["valid_to"]) for r in rows(bulk, "dyad")] == [
        ("RUS", D(1918, 1, 1), D(1922, 12, 29)),
        ("SUN", D(1922, 12, 30), D(1991, 12, 25)),  # Russia only for days of the month in which it ends
    ]
    (border,) = bulk.ties
    assert border.members(D(1920, 1, 1)) == ("RUS", "FIN")
    assert border.members(D(1950, 1, 1)) == ("SUN", "FIN")


@pytest.mark.parametrize(
    ("spell", "reason"),
    [
        (_spell(2, 999, 1, "192001", "193001"), "nobody bears the code statehno"),
        (_spell(2, 2, 1, "192001", "193001"), "a state with itself"),
        (_spell(2, 70, 6, "192001", "193001"), "conttype is no known code"),
        (_spell(2, 70, 1, "193002", "193001"), "ends before it begins"),
        (_spell(2, 70, 1, "", "193001"), "no month in which it begins or ends"),
    ],
)
def test_a_spell_that_cannot_be_read_is_rejected(tmp_path: Path, spell: dict[str, Any], reason: str) -> None:
    bulk = made_up("cow-contiguity", {"spells": [spell]}, tmp_path)
    assert bulk.files[0].rejected == {reason: (1, 2)}
    assert not bulk.ties
    assert not rows(bulk, "dyad")


def test_contiguity_without_a_column_is_refused(tmp_path: Path) -> None:
    lacking = {k: v for k, v in _spell(2, 70, 1, "192001", "193001").items() if k != "end"}
    with pytest.raises(InputError, match="no column end"):
        made_up("cow-contiguity", {"spells": [lacking]}, tmp_path)


def test_years_of_contiguity_become_runs_of_each_pair_once(tmp_path: Path) -> None:
    names = {"dyad": 2070, "state1ab": "XXX", "state2ab": "YYY", "version": 3.2}
    listed = [
        {**names, "state1no": one, "state2no": other, "year": year, "conttype": kind}
        for one, other in ((2, 70), (70, 2))
        for year, kind in ((1920, 1), (1921, 1), (1921, 2), (1922, 2), (1930, 7))
    ]
    bulk = made_up("cow-contiguity-years", {"dyads": listed}, tmp_path, "3.2")
    held = [(r["value"], r["valid_from"].year, r["valid_to"].year) for r in rows(bulk, "dyad")]
    assert held == [(1, 1920, 1921), (2, 1921, 1922)]  # both in the year in which it changed
    assert {(r["actor"], r["other"]) for r in rows(bulk, "dyad")} == {("MEX", "USA")}
    assert bulk.files[0].rejected["conttype is out of bounds"][0] == 1


@pytest.mark.parametrize(("name", "code"), [("cow-mindist", "ccode"), ("gw-mindist", "gwcode")])
def test_minimum_distances_are_runs_of_years(tmp_path: Path, name: str, code: str) -> None:
    listed = [
        {f"{code}1": 2, f"{code}2": 200, "year": year, "mindist": km}
        for year, km in ((1990, 5.5), (1991, 5.5), (1992, 7.0), (1994, 7.0), (1995, -1.0))
    ]
    bulk = made_up(name, {"dyads": listed}, tmp_path)
    assert [
        (r["value"], r["valid_from"].year, r["valid_to"].year, r["unit"]) for r in rows(bulk, "dyad")
    ] == [
        (5.5, 1990, 1991, "km"),
        (7.0, 1992, 1992, "km"),
        (7.0, 1994, 1994, "km"),
    ]
    assert bulk.files[0].rejected == {"mindist is out of bounds": (1, 5)}


def _pair(one: str, other: str, **cells: Any) -> dict[str, Any]:
    flags = dict.fromkeys(
        ("contig", "comlang_off", "comlang_ethno", "colony", "comcol", "curcol", "col45", "smctry"), 0
    )
    lengths = {"dist": 100.5, "distcap": 101.5, "distw": "102.5", "distwces": "."}
    return {"iso_o": one, "iso_d": other, **flags, **lengths, **cells}


def test_geodist_has_no_years_and_each_pair_once(tmp_path: Path) -> None:
    listed = [
        _pair("AAA", "FRA"),
        _pair("ROM", "DEU", contig=1),
        _pair("DEU", "ROM", contig=1, distw="."),
        _pair("DEU", "DEU"),
        _pair("ANT", "FRA"),
    ]
    bulk = made_up("cepii-geodist", {"dyads": listed}, tmp_path)
    got = {r["name"]: r for r in rows(bulk, "dyad")}
    assert {(r["actor"], r["other"]) for r in got.values()} == {("DEU", "ROU")}
    assert got["capital_distance"]["value"] == 101.5
    assert got["land_border"]["value"] == 1
    assert got["colonial_tie"]["value"] == 0
    assert "weighted_distance" not in got
    assert (got["land_border"]["valid_from"], got["land_border"]["precision"]) == (None, "unknown")
    assert counts(bulk) == {"dist_cepii.parquet": (5, 1)}
    assert bulk.unknown == {("iso3", "AAA"): 1}  # the Netherlands Antilles are known to be nobody


@pytest.mark.shared
def test_the_real_spells_of_contiguity(shared: Path) -> None:
    bulk = real("cow-contiguity", shared / "data" / "contiguity")
    assert counts(bulk) == {"contdir_master.csv": (847, 847)}
    assert not bulk.unknown
    assert len(bulk.ties) == 474
    with Record.open(empty=True) as record:
        record.load(bulk)
        borders = record.view(D(1938, 6, 1)).query("ties_as_of", kind="border").to_pylist()
        assert "border of Germany and Hungary" in {row["name"] for row in borders}
        assert "border of Germany and Austria" not in {row["name"] for row in borders}
        water = record.view(D(1990, 6, 1)).query(
            "amount_of_pair", name="contiguity", actor="SUN", other="USA"
        )
        assert [row["value"] for row in water.to_pylist()] == [2]  # the Bering Strait


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "file", "read", "kept"),
    [
        ("cow-contiguity-years", "contdird_dyadyear.csv.gz", 82_498, 41_249),
        ("cow-mindist", "cow_mindist.parquet", 952_244, 952_244),
        ("gw-mindist", "gw_mindist.parquet", 871_034, 871_034),
    ],
)
def test_the_real_years_of_pairs(shared: Path, name: str, file: str, read: int, kept: int) -> None:
    bulk = real(name, shared / "data" / "contiguity")
    assert counts(bulk) == {file: (read, kept)}
    assert not bulk.unknown
    touching = {
        (r["actor"], r["other"], r["value"]) for r in rows(bulk, "dyad") if r["valid_from"] == D(1921, 1, 1)
    }
    assert touching  # states that entered in 1920


@pytest.mark.shared
def test_the_real_geodist(shared: Path) -> None:
    bulk = real("cepii-geodist", shared / "data" / "contiguity")
    assert counts(bulk) == {"dist_cepii.parquet": (50_176, 24_753), "geo_cepii.parquet": (238, 223)}
    assert not bulk.unknown
    koreas = {r["name"]: r["value"] for r in rows(bulk, "dyad") if (r["actor"], r["other"]) == ("KOR", "PRK")}
    assert koreas["land_border"] == 1
    assert 190 < koreas["capital_distance"] < 200
    swiss = {r["name"]: r["value"] for r in rows(bulk) if r["actor"] == "CHE"}
    assert swiss["landlocked"] == 1
    assert 41_000 < swiss["area"] < 41_500
