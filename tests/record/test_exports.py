"""Exports: read back by other libraries, whole, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pyarrow.parquet
import pytest

from rapallo.errors import InputError, RecordError
from rapallo.model import Batch
from rapallo.record import Record
from rapallo.record.exports import FORMATS, export
from rapallo.record.exports.tables import TABLES, harmless
from tests.record import world

ON = world.ON
EDGES = [("CHN", "PRK"), ("PRK", "RUS"), ("USA", "PRK")]
NASTY = [
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "line\nbreak; \"quotes\", 'and' , commas\r\n<&>]]>",
    "nul\x00 bell\x07 \x0b\x1f",
    "北京 🚀 עברית \ufffe",
]


def read(form: str, file: Path) -> Any:
    return networkx.read_graphml(file) if form == "graphml" else networkx.read_gexf(file)


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_table_with_every_version(told: Record, tmp_path: Path, form: str) -> None:
    files = export(told, form, tmp_path / "new" / "folder")
    assert [f.name for f in files] == [f"{table}.{form}" for table in TABLES]
    for table, file in zip(TABLES, files, strict=True):
        rows = told.fetch(f"SELECT * FROM {table}", {})
        if form == "parquet":
            assert pyarrow.parquet.read_table(file).to_pylist() == rows.to_pylist()
            continue
        with file.open(encoding="utf-8", newline="") as source:
            found = list(csv.DictReader(source))
        assert len(found) == rows.num_rows
        for cells, row in zip(found, rows.to_pylist(), strict=True):
            assert list(cells) == rows.column_names
            for name, cell in cells.items():
                if isinstance(row[name], str):
                    assert cell == harmless(row[name])
                elif isinstance(row[name], float):
                    assert float(cell) == row[name]
                elif row[name] is None:
                    assert cell == ""


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_a_graph_of_the_ties_of_a_day(told: Record, tmp_path: Path, form: str) -> None:
    (file,) = export(told, form, tmp_path / "new" / "ties", on=ON)
    graph = read(form, file)
    assert sorted((one, other) for one, other, *_ in graph.edges) == EDGES
    assert graph.nodes["PRK"]["label"]
    (cells,) = [c for *_, c in graph.edges(data=True) if c.get("tie") == "rus-prk-2024"]
    assert (cells["phase"], cells["clauses"], cells["source"]) == ("signed", "defence", "atlas")
    (file,) = export(told, form, file, on=ON, kind="sanction")
    assert [e[:2] for e in read(form, file).edges] == [("USA", "PRK")]
    assert len(read(form, export(told, form, file, on=dt.date(1900, 1, 1))[0])) == 0


def test_a_map_of_the_ties_of_a_day(told: Record, tmp_path: Path) -> None:
    (file,) = export(told, "geojson", tmp_path / "ties.geojson", on=ON)
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    points = {f["id"]: f["geometry"]["coordinates"] for f in features if f["geometry"]["type"] == "Point"}
    lines = [f for f in features if f["geometry"]["type"] == "LineString"]
    assert sorted((f["properties"]["actor"], f["properties"]["other"]) for f in lines) == EDGES
    for line in lines:
        ends = [points[line["properties"][end]] for end in ("actor", "other")]
        assert line["geometry"]["coordinates"] == ends
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points.values())
    longitude, latitude = points["CHN"]
    assert 115 < longitude < 118
    assert 39 < latitude < 41


def test_statements(told: Record, tmp_path: Path) -> None:
    (file,) = export(told, "statements", tmp_path / "said.jsonl", on=ON)
    said = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({s["id"] for s in said}) == len(said)
    entities: dict[str, set[tuple[str, str]]] = {}
    for s in said:
        entities.setdefault(s["entity_id"], set()).add((s["prop"], s["value"]))
    assert ("subject", "PRK") in entities["rus-prk-2024/PRK/RUS"]
    assert ("entity", "PRK") in entities["usa-prk-sanctions/USA/PRK"]
    assert ("startDate", "2019-06-20") in entities["visit-2019"]
    assert "test-2017" not in entities  # it was retracted
    assert {s["dataset"] for s in said} == {"atlas", "rapallo-actors"}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", NASTY)
def test_text_of_any_kind(record: Record, tmp_path: Path, form: str, text: str) -> None:
    tie = replace(world.PACT_1961, name=text, about=text)
    record.write(Batch(world.SOURCE, (tie,), events=(replace(world.EVENTS[0], what=text),)))
    files = export(record, form, tmp_path / "out", on=ON)
    if form == "parquet":
        table = pyarrow.parquet.read_table(tmp_path / "out" / "tie.parquet")
        assert table.column("name").to_pylist() == [text]
    elif form == "csv":
        with (tmp_path / "out" / "tie.csv").open(encoding="utf-8", newline="") as source:
            (row,) = csv.DictReader(source)
        assert row["name"].removeprefix("'") == text
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "\r"))
    elif form in {"graphml", "gexf"}:
        ((one, other, cells),) = read(form, files[0]).edges(data=True)
        assert (one, other, cells["kind"]) == ("CHN", "PRK", "pact")
    else:
        lines = files[0].read_text(encoding="utf-8").split("\n")
        values = json.loads(lines[0]) if form == "geojson" else [json.loads(line) for line in lines if line]
        assert text in json.dumps(values, ensure_ascii=False) or json.dumps(text)[1:-1] in json.dumps(values)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_record(record: Record, tmp_path: Path, form: str) -> None:
    files = export(record, form, tmp_path / "out")
    assert all(file.exists() for file in files)
    if form in {"graphml", "gexf"}:
        assert len(read(form, files[0])) == 0


@pytest.mark.parametrize("form", FORMATS)
def test_a_target_that_cannot_be_written(told: Record, tmp_path: Path, form: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordError, match="cannot be written"):
        export(told, form, tmp_path / "file" / "below")
    if form not in {"csv", "parquet"}:
        with pytest.raises(RecordError, match="cannot be written"):
            export(told, form, tmp_path)
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_form_that_is_none(told: Record, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no form 'xlsx'"):
        export(told, "xlsx", tmp_path / "out")


@pytest.mark.parametrize("text", ["-12.5", "+1e5", "-inf", "Russia", "", "a=b"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
