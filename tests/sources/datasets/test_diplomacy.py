"""Organisations that states share, and their missions in each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.sources.datasets.reading import counts, made_up, real, rows


def test_shared_organisations_and_seats_of_states_are_runs(tmp_path: Path) -> None:
    pairs = [
        {"ccode1": 2, "ccode2": 20, "year": year, "dyadigos": shared}
        for year, shared in ((1950, 7), (1951, 7), (1952, 0), (1953, -9))
    ]
    seats = {"sum_igo_full": 3, "sum_igo_associate": 0, "sum_igo_observer": 1, "sum_igo_anytype": 4}
    states = [{"ccode": 2, "year": year, **seats} for year in (1950, 1951)]
    bulk = made_up("cow-igo", {"dyads": pairs, "states": states}, tmp_path)
    assert [(r["value"], r["valid_from"].year, r["valid_to"].year) for r in rows(bulk, "dyad")] == [
        (7, 1950, 1951),
        (0, 1952, 1952),
    ]
    assert {r["name"]: r["value"] for r in rows(bulk)} == {
        "igo_memberships": 3,
        "igo_associate_memberships": 0,
        "igo_observer_seats": 1,
    }
    assert counts(bulk) == {"cow_igo_ndy.parquet": (4, 3), "cow_igo_sy.parquet": (2, 2)}


def _exchange(one: int, other: int, at_one: int, at_other: int) -> dict[str, Any]:
    derived = ("period", "dipSym", "dipSymNext", "time.curr", "region1", "region2", "sameregion", "region")
    levels = {"ccode1": one, "ccode2": other, "year": 1930, "DR_at_1": at_one, "DR_at_2": at_other}
    return {"": 1, **levels, **dict.fromkeys(derived, "x")}


def test_a_mission_is_of_the_state_that_sends_it(tmp_path: Path) -> None:
    bulk = made_up("diplomatic-exchange", {"dyads": [_exchange(2, 200, 3, 0)]}, tmp_path)
    assert [(r["name"], r["actor"], r["other"], r["value"]) for r in rows(bulk, "dyad")] == [
        ("diplomatic_mission", "GBR", "USA", 1),
        ("diplomatic_mission", "USA", "GBR", 0),
        ("diplomatic_representation", "GBR", "USA", 3),
        ("diplomatic_representation", "USA", "GBR", 0),
    ]
    assert {(r["valid_from"].year, r["valid_to"].year) for r in rows(bulk, "dyad")} == {(1930, 1930)}


def test_a_mission_of_another_kind_has_no_level(tmp_path: Path) -> None:
    listed = [_exchange(2, 200, 9, 9), _exchange(2, 220, 4, 4)]
    bulk = made_up("diplomatic-exchange", {"dyads": listed}, tmp_path)
    assert [(r["name"], r["value"]) for r in rows(bulk, "dyad")] == [("diplomatic_mission", 1)] * 2
    assert bulk.files[0].rejected == {"DR_at_2 is out of bounds": (1, 3)}
    assert bulk.files[0].kept == 1


@pytest.mark.shared
def test_the_real_organisations(shared: Path) -> None:
    bulk = real("cow-igo", shared / "data" / "diplomacy")
    assert counts(bulk) == {"cow_igo_ndy.parquet": (917_695, 917_695), "cow_igo_sy.parquet": (15_557, 15_557)}
    assert not bulk.unknown
    seats = [r["value"] for r in rows(bulk) if r["actor"] == "FRA" and r["name"] == "igo_memberships"]
    assert max(seats) > 100


@pytest.mark.shared
def test_the_real_exchange(shared: Path) -> None:
    bulk = real("diplomatic-exchange", shared / "data" / "diplomacy")
    assert counts(bulk) == {"dipexchange_1817_2000_derived.csv.gz": (46_365, 46_365)}
    assert not bulk.unknown
    sino_american = {
        (r["actor"], r["valid_from"].year): r["value"]
        for r in rows(bulk, "dyad")
        if r["name"] == "diplomatic_mission" and {r["actor"], r["other"]} == {"USA", "CHN"}
    }
    # an American minister was in Peking from 1861; China sent none to Washington before 1878
    assert sino_american["USA", 1864] == 1
    assert sino_american["CHN", 1864] == 0
    assert sino_american["CHN", 1980] == 1
