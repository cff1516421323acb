"""Independent polities, those that COW leaves out among them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, rows

D = dt.date


def _polity(**given: Any) -> dict[str, Any]:
    unread = dict.fromkeys(dataset("isd").tables["states"].unused, "")
    cells = {"COWNum": "220", "StateName": "Made up", "Capital": "Madeup", "Start": "1816-01-01"}
    return {**unread, **cells, "End": "1900-12-31", "Population": "-9", "PopDate": "-9", **given}


def test_a_polity_has_its_spell_and_the_people_of_a_year(tmp_path: Path) -> None:
    listed = [
        _polity(Population="30000000", PopDate="1850"),
        _polity(COWNum="700", End="1870-06-01"),
        _polity(COWNum="8531"),
    ]
    bulk = made_up("isd", {"states": listed}, tmp_path)
    assert [(r["name"], r["actor"], r["value"], r["valid_from"], r["valid_to"]) for r in rows(bulk)] == [
        ("isd_member", "AFG", 1, D(1816, 1, 1), D(1870, 6, 1)),
        ("isd_member", "FRA", 1, D(1816, 1, 1), D(1900, 12, 31)),
        ("population", "FRA", 30000, D(1850, 1, 1), D(1850, 12, 31)),
    ]
    assert counts(bulk) == {"isd_v2.2.csv": (3, 2)}
    assert bulk.unknown == {("cow", "8531"): 1}


def test_people_of_an_unknown_year_are_not_kept(tmp_path: Path) -> None:
    bulk = made_up("isd", {"states": [_polity(Population="5000")]}, tmp_path)
    assert [r["name"] for r in rows(bulk)] == ["isd_member"]
