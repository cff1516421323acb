"""The benchmark of measures on a part of what it is run on: figures of another program, cell by cell."""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import measures
from loading import loaded

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def record_file(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    file = tmp_path_factory.mktemp("bench") / "small.duckdb"
    loaded(("nmc", "atop", "cow-system"), shared / "data", file)
    return file


def _part(oracle: Path, year: str, out: Path, **changed: str) -> Path:
    """The rows of one year of an oracle, with other words in the first of them."""
    with gzip.open(oracle, "rt", encoding="utf-8", newline="") as source, out.open("w", newline="") as sink:
        rows = csv.DictReader(source)
        assert rows.fieldnames
        writer = csv.DictWriter(sink, rows.fieldnames)
        writer.writeheader()
        for row in rows:
            if row["year"] == year:
                writer.writerow(row | changed)
                changed = {}
    return out


def test_similarity_is_that_of_the_oracle(record_file: Path, shared: Path, tmp_path: Path):
    oracle = shared / "data" / "oracles" / "oracle_similarity_atop.csv.gz"
    found = measures.similar(record_file, _part(oracle, "1816", tmp_path / "same.csv"))
    assert found["worst"] < 1e-9
    assert found["cells"] == 253 * len(measures.MEASURE_OF)
    changed = _part(oracle, "1816", tmp_path / "changed.csv", s_val_unw_abs="0.5")
    assert measures.similar(record_file, changed)["by_measure"]["s_val_unw_abs"] > 0.01


def test_dyad_years_are_those_of_the_oracle(
    record_file: Path, shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(measures, "WITH", ("atop", "nmc", "majors"))
    oracle = shared / "data" / "oracles" / "oracle_ps_dyadyear_1914.csv.gz"
    found = measures.compared(record_file, _part(oracle, "1914", tmp_path / "same.csv"))
    assert found["cells"] == found["equal"] == 1980 * 22
    assert found["rows_ours_alone"] == found["rows_theirs_alone"] == 0
    changed = _part(oracle, "1914", tmp_path / "changed.csv", milper1="1")
    its = measures.compared(record_file, changed)["by_column"]["milper1"]
    assert its["cells"] - its["equal"] == 1
    assert its["differ"][0]["theirs"] == 1.0
