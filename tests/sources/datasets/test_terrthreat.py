"""Latent territorial threat."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real, rows


def _row(**given: object) -> dict[str, object]:
    unread = dict.fromkeys(dataset("terrthreat").tables["states"].unused, 0.0)
    return {
        **unread,
        "ccode": 220,
        "year": 1901,
        "lterrthreat": -0.5,
        "sd": 0.1,
        "lwr": -0.7,
        "upr": -0.3,
        **given,
    }


def test_an_estimate_keeps_its_interval(tmp_path: Path) -> None:
    listed = [_row(), _row(year=1902, lterrthreat=None), _row(ccode=4444)]
    bulk = made_up("terrthreat", {"states": listed}, tmp_path)
    (row,) = rows(bulk)
    assert (row["name"], row["actor"], row["value"]) == ("latent_territorial_threat", "FRA", -0.5)
    assert row["note"] == "from -0.7, to -0.3, sd 0.1"
    assert counts(bulk) == {"terrthreat.parquet": (3, 1)}
    assert bulk.unknown == {("cow", "4444"): 1}


@pytest.mark.shared
def test_the_real_file(shared: Path) -> None:
    bulk = real("terrthreat", shared / "data" / "rivalries")
    assert counts(bulk) == {"terrthreat.parquet": (14781, 14781)}
    first = [row for row in rows(bulk) if row["actor"] == "USA" and row["valid_from"].year == 1816]
    assert [round(row["value"], 3) for row in first] == [0.268]
