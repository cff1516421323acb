"""Leaders: their days in office, and what else is known of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _leader(obsid: str, gwcode: int = 2, **given: Any) -> dict[str, Any]:
    spell = {"startdate": "1901-03-04", "enddate": "1905-06-07", "entry": "Regular", "exit": "Regular"}
    who = {"leadid": "a-1", "leader": "Madeup", "yrborn": 1850, "gender": "M", "exitcode": "Regular"}
    return {"obsid": obsid, "gwcode": gwcode, **who, **spell, **given}


def _background(obsid: str, **given: int) -> dict[str, Any]:
    names = (
        "leveledu milservice combat rebel warwin warloss rebelwin rebelloss yrsexper physhealth mentalhealth"
    )
    return {"obsid": obsid, **dict.fromkeys(names.split()), **given}


def _force(obsid: str, mean: float | None, sd: float | None) -> dict[str, Any]:
    models = range(1, 5)
    return {
        "obsid": obsid,
        **{f"theta{m}_mean": mean for m in models},
        **{f"theta{m}_sd": sd for m in models},
    }


def test_a_leader_is_in_office_over_a_spell_and_goes_on_its_last_day(tmp_path: Path) -> None:
    listed = [_leader("USA-1", gender="F", entry="Foreign Imposition", exit="Natural Death")]
    held = {r["name"]: r for r in rows(made_up("archigos", {"leaders": listed}, tmp_path))}
    assert {name: r["value"] for name, r in held.items()} == {
        "leader_in_office": 1,
        "leader_birth_year": 1850,
        "leader_female": 1,
        "leader_entry": 2,
        "leader_exit": 2,
    }
    office, end = held["leader_in_office"], held["leader_exit"]
    assert (office["valid_from"], office["valid_to"]) == (D(1901, 3, 4), D(1905, 6, 7))
    assert office["note"] == "Madeup, a-1"
    assert (end["valid_from"], end["valid_to"], end["note"]) == (
        D(1905, 6, 7),
        D(1905, 6, 7),
        "Madeup, Natural Death, Regular",
    )


def test_who_is_still_in_office_has_no_exit_and_what_is_unknown_no_value(tmp_path: Path) -> None:
    listed = [_leader("USA-1", exit="Still in Office", entry="Unknown", yrborn=None)]
    held = rows(made_up("archigos", {"leaders": listed}, tmp_path))
    assert [r["name"] for r in held] == ["leader_female", "leader_in_office"]


def test_two_leaders_of_one_state_on_one_day_are_two_rows(tmp_path: Path) -> None:
    bulk = made_up("archigos", {"leaders": [_leader("USA-1"), _leader("USA-2")]}, tmp_path)
    assert Counter(r["name"] for r in rows(bulk))["leader_in_office"] == 2


def test_background_and_willingness_are_joined_by_id(tmp_path: Path) -> None:
    files = {
        "leaders": [_leader("USA-1"), _leader("XXX-1", gwcode=999)],
        "background": [
            _background("USA-1", leveledu=3, combat=1, yrsexper=12),
            _background("XXX-1", combat=0),
            _background("USA-9", combat=0),
        ],
        "force": [_force("USA-1", 0.5, 0.25), _force("XXX-1", None, None)],
    }
    bulk = made_up("archigos", files, tmp_path)
    told = {r["name"]: r["value"] for r in rows(bulk) if r["file"] != "archigos.parquet"}
    assert told == {
        "leader_education": 3,
        "leader_combat": 1,
        "leader_experience": 12,
        **{f"leader_force_{m}": 0.5 for m in range(1, 5)},
        **{f"leader_force_{m}_sd": 0.25 for m in range(1, 5)},
    }
    assert counts(bulk) == {"archigos.parquet": (2, 1), "LEAD.parquet": (3, 1), "lwuf.parquet": (2, 1)}
    background = next(file for file in bulk.files if file.file == "LEAD.parquet")
    assert background.rejected == {
        "nobody bears the code gwcode": (1, 2),
        "no leader of that id": (1, 3),
    }


def test_a_file_without_the_id_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="obsid"):
        made_up("archigos", {"leaders": [_leader("USA-1")], "background": [{"combat": 1}]}, tmp_path)


@pytest.mark.shared
def test_the_real_files(shared: Path) -> None:
    bulk = real("archigos", shared / "data/leaders")
    assert counts(bulk) == {
        "archigos.parquet": (3409, 3401),
        "LEAD.parquet": (3409, 2922),
        "lwuf.parquet": (3409, 2922),
    }
    assert {code for _, code in bulk.unknown} == {"205", "349", "366", "700", "711", "781"}
    held = rows(bulk)
    office = {
        (r["note"].partition(",")[0], r["actor"], r["valid_from"], r["valid_to"])
        for r in held
        if r["name"] == "leader_in_office"
    }
    assert ("Garfield", "USA", D(1881, 3, 4), D(1881, 9, 19)) in office
    assert ("Churchill", "GBR", D(1951, 10, 26), D(1955, 4, 5)) in office
    killed = [r for r in held if r["name"] == "leader_exit" and r["note"].startswith("Garfield")]
    assert [(r["value"], r["valid_from"]) for r in killed] == [(3, D(1881, 9, 19))]
