"""The tables of codes that datasets use, and the names a dataset means in its own way."""

from __future__ import annotations

import csv
import datetime as dt
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from rapallo import actors
from rapallo.sources.codes import actor_ids, bearers, meaning


def _table(name: str) -> dict[str, str]:
    found = yaml.safe_load(files("rapallo.sources").joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_numbers_of_iso_mean_who_bore_them_in_the_year() -> None:
    asked = [
        ("12", 1970),
        ("012", 1970),
        ("810", 1970),
        ("890", 1970),
        ("891", 2004),
        ("280", 1970),
        ("999", 1970),
    ]
    assert actor_ids("iso3n", asked) == {
        ("12", 1970): "DZA",
        ("012", 1970): "DZA",
        ("810", 1970): "SUN",
        ("890", 1970): "YUG",
        ("891", 2004): "SCG",
        ("280", 1970): "DEU",
    }


def test_codes_of_cameo_that_are_none_of_iso_mean_actors_that_are_there() -> None:
    for code, actor in _table("cameo_actors").items():
        assert actors.actor(actor).id == actor
        assert actor_ids("cameo", [(code, 2010)])[code, 2010]
    assert actor_ids("cameo", [("FRA", 2010), ("EUR", 2010), ("", 2010)]) == {("FRA", 2010): "FRA"}


def test_what_a_dataset_means_holds_in_its_block_alone() -> None:
    years = dt.date(1985, 1, 1), dt.date(1995, 1, 1)
    with meaning({"345": "", "Russians": "cow:365"}):
        assert bearers("cow", "345", *years) == ()
        assert [actor for actor, _, _ in bearers("name", "Russians", *years)] == ["SUN", "RUS"]
    assert next(actor for actor, _, _ in bearers("cow", "345", *years)) == "YUG"


@pytest.mark.shared
def test_numbers_of_iso_are_those_of_another_list(shared: Path) -> None:
    path = shared / "data" / "state_system" / "countrycode_codelist_without_cldr.csv"
    with path.open(encoding="utf-8", newline="") as file:
        others = {
            f"{int(row['iso3n']):03}": row["iso3c"]
            for row in csv.DictReader(file)
            if row["iso3n"].isdigit() and row["iso3c"] not in ("", "NA")
        }
    ours = _table("iso3n")
    assert len(others) > 200
    assert {number: ours.get(number) for number in others} == others
