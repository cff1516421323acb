"""Rivalries and arms races as ties of pairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date
_NUMBER = {"tss-rivalries": "tssr_id", "td-rivalries": "rivalryno", "grh-arms-races": "race_id"}
_ROLE = {"tss-rivalries": "rivalries", "td-rivalries": "rivalries", "grh-arms-races": "races"}


def _tss(**given: Any) -> dict[str, Any]:
    types = {"positional": 1, "spatial": None, "ideological": 1, "interventionary": None}
    own = {"tssr_id": 901, "rivalry": "Made-Up", "ccode1": 220, "ccode2": 230, "start": 1700, "end": 1850}
    return {**own, **types, "principal": None, "aprin": None, **given}


def _td(**given: Any) -> dict[str, Any]:
    own = {"rivalryno": 901, "rivalryname": "Made-Up", "ccode1": 220, "ccode2": 230, "styear": 1900}
    types = {"type1": "spatial", "type2": "positional", "type3": None}
    return {**own, **types, "endyear": 2010, "region": "Nowhere", **given}


def _grh(**given: Any) -> dict[str, Any]:
    return {"race_id": 901, "ccode1": 220, "ccode2": 230, "styear": 1900, "endyear": 1905, **given}


_ROW: Mapping[str, Any] = {"tss-rivalries": _tss, "td-rivalries": _td, "grh-arms-races": _grh}


def _read(name: str, folder: Path, *listed: Mapping[str, Any]) -> Bulk:
    return made_up(name, {_ROLE[name]: list(listed)}, folder)


def test_a_rivalry_has_its_years_and_types(tmp_path: Path) -> None:
    (tie,) = _read("tss-rivalries", tmp_path, _tss(principal=1)).ties
    assert (tie.id, tie.kind, tie.name) == ("tss-rivalries-2021:901", "rivalry", "Made-Up, 1700–1850")
    assert [(p.actor, p.role) for p in tie.parties] == [("FRA", "party"), ("ESP", "party")]
    assert [(p.phase, p.on, p.precision) for p in tie.phases] == [
        ("in_force", D(1700, 1, 1), "year"),
        ("ended", D(1850, 12, 31), "year"),
    ]
    assert tie.about == "A strategic rivalry, positional, ideological. A principal one."


@pytest.mark.parametrize(
    ("name", "given", "last"),
    [("tss-rivalries", {"start": 1900, "end": 2020}, 2020), ("td-rivalries", {}, 2010)],
)
def test_a_rivalry_of_the_last_year_is_open_and_not_ended(
    name: str, given: dict[str, int], last: int, tmp_path: Path
) -> None:
    (tie,) = _read(name, tmp_path, _ROW[name](**given)).ties
    assert tie.phase(D(last + 2, 1, 1)) == "in_force"
    assert tie.members(D(last + 2, 1, 1)) == ("FRA", "ESP")
    assert f"open when the data end, in {last}" in tie.about
    assert tie.name == "Made-Up, 1900–"


def test_who_bears_the_code_changes_on_its_day(tmp_path: Path) -> None:
    (tie,) = _read("td-rivalries", tmp_path, _td(ccode2=365, styear=1980, endyear=2000)).ties
    russia = [(p.actor, p.when.start, p.when.end) for p in tie.parties[1:]]
    assert russia == [
        ("SUN", D(1980, 1, 1), D(1991, 12, 25)),
        ("RUS", D(1991, 12, 26), D(2000, 12, 31)),
    ]
    assert "in the region Nowhere" in tie.about


def test_a_state_that_came_later_stands_for_the_one_meant_and_it_is_said(tmp_path: Path) -> None:
    (tie,) = _read("td-rivalries", tmp_path, _td(ccode2=816, styear=1820, endyear=1850)).ties
    assert [p.actor for p in tie.parties] == ["FRA", "VNM"]
    assert "No state bore the number 816 then; Vietnam stands for the one that is meant" in tie.about


@pytest.mark.parametrize(
    ("number", "codes", "years", "actor"),
    [(19, (255, 305), (1740, 1870), "AUH"), (158, (679, 698), (1967, 1982), "YMD")],
)
def test_codes_of_another_state_than_the_rivalry_tells_of_are_put_right(
    number: int, codes: tuple[int, int], years: tuple[int, int], actor: str, tmp_path: Path
) -> None:
    row = _tss(tssr_id=number, ccode1=codes[0], ccode2=codes[1], start=years[0], end=years[1])
    (tie,) = _read("tss-rivalries", tmp_path, row).ties
    assert actor in {p.actor for p in tie.parties}
    assert "stands for" not in tie.about


@pytest.mark.parametrize("name", _NUMBER)
def test_rows_of_nobody_or_without_years_are_rejected(name: str, tmp_path: Path) -> None:
    last = "end" if name == "tss-rivalries" else "endyear"
    row = _ROW[name]
    bulk = _read(name, tmp_path, row(), row(ccode1=4444), row(**{last: 1500}))
    assert len(bulk.ties) == 1
    assert bulk.files[0].rejected == {
        "nobody bears the code ccode1 or ccode2": (1, 2),
        "no number, or no years from one to another": (1, 3),
    }
    assert bulk.unknown == {("cow", "4444"): 1}


@pytest.mark.parametrize("name", _NUMBER)
def test_a_file_without_a_column_is_refused(name: str, tmp_path: Path) -> None:
    row = dict(_ROW[name]())
    del row["ccode2"]
    with pytest.raises(InputError, match="has no column ccode2"):
        _read(name, tmp_path, row)


def test_an_arms_race_is_named_by_its_states(tmp_path: Path) -> None:
    (tie,) = _read("grh-arms-races", tmp_path, _grh()).ties
    assert (tie.kind, tie.name) == ("arms_race", "France – Spain, 1900–1905")
    assert (tie.envelope.valid.start, tie.envelope.valid.end) == (D(1900, 1, 1), D(1905, 12, 31))


@pytest.mark.shared
def test_the_real_files(shared: Path) -> None:
    folder = shared / "data" / "rivalries"
    tss, td, grh = (real(name, folder) for name in _NUMBER)
    assert counts(tss) == {"tss_rivalries.parquet": (264, 262)}
    assert counts(td) == {"td_rivalries.parquet": (197, 195)}
    assert counts(grh) == {"grh_arms_races.parquet": (71, 71)}
    assert set(tss.unknown) == set(td.unknown) == {("cow", "324")}  # Venice
    assert sum(tie.envelope.valid.end is None for tie in tss.ties) == 56
    assert sum(tie.envelope.valid.end is None for tie in td.ties) == 42
    kashmir = [tie for tie in td.ties if {p.actor for p in tie.parties} == {"IND", "PAK"}]
    assert [tie.phase(D(2000, 1, 1)) for tie in kashmir] == ["in_force"]
    rearming = [tie for tie in grh.ties if {p.actor for p in tie.parties} == {"GBR", "DEU"}]
    assert any(tie.phase(D(1936, 6, 1)) == "in_force" for tie in rearming)
