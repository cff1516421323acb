"""Warheads, nuclear plants, agreements on nuclear cooperation, tests of missiles."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def test_warheads_of_a_state_that_is_not_yet_are_of_nobody(tmp_path: Path) -> None:
    column = "Stockpiled nuclear warheads"
    listed = [
        {"Entity": "Russia", "Year": 1960, column: 100},
        {"Entity": "Russia", "Year": 2000, column: 90},
        {"Entity": "Israel", "Year": 1945, column: 0},
        {"Entity": "France", "Year": 1960, column: -1},
    ]
    bulk = made_up("warheads", {"stockpiles": listed}, tmp_path)
    assert [(r["actor"], r["value"], r["valid_from"].year) for r in rows(bulk)] == [
        ("RUS", 90, 2000),
        ("SUN", 100, 1960),
    ]
    assert sum(lines for lines, _ in bulk.files[0].rejected.values()) == 2


def _agreement(one: int, other: int, **given: Any) -> dict[str, Any]:
    names = {"ccode1": one, "ccode2": other, "country1": "A", "country2": "B"}
    return {**names, "year": 1960, "nca": 1, "nca_type": "research", **given}


def test_an_agreement_is_a_tie_that_was_signed_and_whose_end_is_not_told(tmp_path: Path) -> None:
    listed = [
        _agreement(2, 365),
        _agreement(2, 365),
        _agreement(2, 999),
        _agreement(2, 2),
        _agreement(2, 20, nca=0),
        _agreement(365, 2),
        _agreement(2, 20, year=None),
    ]
    bulk = made_up("nca", {"agreements": listed}, tmp_path)
    one, again = bulk.ties
    assert one.id != again.id
    assert (one.kind, one.members(D(1970, 1, 1)), one.phase(D(1970, 1, 1))) == (
        "agreement",
        ("USA", "SUN"),
        "signed",
    )
    assert (one.phases[0].precision, one.envelope.valid.end, one.envelope.line) == ("year", None, 1)
    assert bulk.files[0].rejected == {
        "nobody bears the code ccode1 or ccode2": (1, 3),
        "a state with itself": (1, 4),
        "no agreement, or no year": (2, 5),
        "the same agreement in the other order": (1, 6),
    }
    assert bulk.unknown == {("cow", "999"): 1}


def _plant(name: str, *years: int | None, code: int = 2, how: str = "centrifuge") -> dict[str, Any]:
    unread = (
        "country_name facility_ambiguity construction_start construction_end covert iaea regional military"
    )
    more = "military_ambiguity multinational foreign_assistance foreign_assistance_ambiguity"
    columns = ("operation_start", "operation_end", "operation2_start", "operation2_end")
    spell = dict(zip(columns, (*years, None, None, None, None), strict=False))
    told = {"ccode": code, "facility_name": name, "enr_type": how, "size": "pilot"}
    return {**dict.fromkeys(f"{unread} {more}".split(), "x"), **told, **spell}


def test_plants_in_operation_are_counted_by_the_year(tmp_path: Path) -> None:
    listed = [
        _plant("One", 1950, 1953),
        _plant("Two", 1952, 1952, 1960, 1961),
        _plant("Open", 2010, None, how="reprocessing"),
        _plant("Never", None, None),
        _plant("Unknown", -99, 1960),
        _plant("Nobody's", 1950, 1960, code=999),
        _plant("Late", 1990, 1992, code=260),
    ]
    bulk = made_up("nuclear-latency", {"plants": listed}, tmp_path)
    told = [(r["actor"], r["name"], r["value"], r["valid_from"].year, r["valid_to"].year) for r in rows(bulk)]
    assert told == [
        ("DEU", "enrichment_plants", 1, 1990, 1992),
        ("USA", "enrichment_plants", 1, 1950, 1951),
        ("USA", "enrichment_plants", 2, 1952, 1952),
        ("USA", "enrichment_plants", 1, 1953, 1953),
        ("USA", "enrichment_plants", 1, 1960, 1961),
        ("USA", "reprocessing_plants", 1, 2010, 2012),
    ]
    assert {r["note"] for r in rows(bulk) if r["value"] == 2} == {
        "One (centrifuge, pilot); Two (centrifuge, pilot)"
    }
    assert bulk.files[0].rejected == {
        "never in operation, or in years that are unknown": (2, 4),
        "nobody bears the code ccode": (1, 6),
    }


def _launch(name: str, **given: Any) -> dict[str, Any]:
    told = {"launch_time": dt.datetime(2001, 2, 3), "missile_name": name, "facility_name": "Madeup Range"}
    none = dict.fromkeys(("landing_location", "apogee_km", "additional_information", "sources"))
    more = {"distance_travelled_km": None, "test_confirmed": True, "test_successful": "True"}
    return {**told, **none, **more, **given}


def _tests(folder: Path, files: Mapping[str, list[dict[str, Any]]]) -> Any:
    quiet = {state: [_launch("Quiet", launch_authority="X")] for state in ("PRK", "IND", "IRN", "PAK")}
    return made_up("missile-tests", {**quiet, **files}, folder)


def test_a_test_shows_weapons_and_a_launch_into_space_does_not(tmp_path: Path) -> None:
    korean = [
        _launch("One", missile_type="SRBM", facility_location="Madeup Province", distance_travelled_km=50),
        _launch("Two", missile_type="SLV", facility_location="Madeup Range", test_confirmed=False),
    ]
    indian = [
        _launch("PSLV", launch_authority="ISRO", test_successful="False"),
        _launch("Three", launch_authority="DRDO", test_successful=None, landing_location="the sea"),
        _launch("Four", launch_authority="DRDO", launch_time=None),
    ]
    bulk = _tests(tmp_path, {"PRK": korean, "IND": indian})
    held = {event.id.partition(":")[2]: event for event in bulk.events}
    assert [
        (k, held[k].event, held[k].mode, held[k].actors) for k in ("PRK:1", "PRK:2", "IND:1", "IND:2")
    ] == [
        ("PRK:1", "MOBILIZE", "weapons", ("PRK",)),
        ("PRK:2", "", None, ("PRK",)),
        ("IND:1", "", None, ("IND",)),
        ("IND:2", "MOBILIZE", "weapons", ("IND",)),
    ]
    assert held["PRK:1"].what == "test of One (SRBM), flown 50 km, successful"
    assert held["PRK:1"].where == "Madeup Range, Madeup Province"
    assert held["PRK:2"].where == "Madeup Range"
    assert held["PRK:2"].envelope.confidence < held["PRK:1"].envelope.confidence
    assert held["PRK:2"].what == "space launch of Two (SLV), successful, not confirmed"
    assert held["IND:2"].what == "test of Three, by DRDO, came down at the sea, outcome unknown"
    india = next(file for file in bulk.files if file.file.startswith("india"))
    assert india.rejected == {"no day": (1, 3)}


def test_a_file_of_tests_without_their_outcome_is_refused(tmp_path: Path) -> None:
    lacking = [{k: v for k, v in _launch("One").items() if k != "test_successful"}]
    with pytest.raises(InputError, match="test_successful"):
        _tests(tmp_path, {"PAK": lacking})


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("warheads", {"warhead_stockpiles.csv": (657, 647)}),
        ("nca", {"nca_df.parquet": (3152, 2153)}),
        ("nuclear-latency", {"nl_1_2_df.parquet": (253, 232)}),
        (
            "missile-tests",
            {
                "dprk_missile_tests_df.parquet": (140, 140),
                "india_missile_tests_df.parquet": (217, 217),
                "iran_missile_tests_df.parquet": (138, 138),
                "pakistan_missile_tests_df.parquet": (95, 95),
            },
        ),
    ],
)
def test_every_row_of_the_real_files_is_accounted_for(
    shared: Path, name: str, expected: dict[str, tuple[int, int]]
) -> None:
    assert counts(real(name, shared / "data/nuclear_missile")) == expected


@pytest.mark.shared
def test_facts_of_the_real_files(shared: Path) -> None:
    folder = shared / "data/nuclear_missile"
    warheads = {(r["actor"], r["valid_from"].year): r["value"] for r in rows(real("warheads", folder))}
    assert [warheads["USA", year] for year in (1945, 1946, 1947)] == [2, 9, 13]
    plants = rows(real("nuclear-latency", folder))
    yongbyon = [r for r in plants if "Yongbyon Enrichment Facility" in r["note"]]
    assert [(r["actor"], r["value"], r["valid_from"].year) for r in yongbyon] == [("PRK", 1, 2010)]
    ties = real("nca", folder).ties
    first = [
        t for t in ties if {p.actor for p in t.parties} == {"USA", "CAN"} and t.phases[0].on.year == 1955
    ]
    assert [t.name for t in first] == ["nuclear cooperation: comprehensive power, restricted"]
    events = real("missile-tests", folder).events
    assert Counter(e.actors[0] for e in events if e.event == "MOBILIZE")["IND"] == 164
    assert not [e for e in events if e.event and "space launch" in e.what]
