"""``rapallo export``: the files are there, and told."""

from __future__ import annotations

import json

import networkx
import pytest

ON = ("--on", "2024-06-22")


@pytest.mark.parametrize("form", ["graphml", "geojson", "statements"])
def test_a_file_of_the_starter_record(run, tmp_path, form):
    out = tmp_path / "out"
    ran = run("export", "--format", form, "--out", out, "--kind", "sanction", *ON, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == [{"file": str(out), "bytes": out.stat().st_size}]
    if form == "graphml":
        graph = networkx.read_graphml(out)
        assert {cells["kind"] for *_, cells in graph.edges(data=True)} == {"sanction"}


def test_what_cannot_be_written_is_told_in_a_line(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    ran = run("export", "--format", "gexf", "--out", tmp_path / "file" / "below", *ON)
    assert ran.code == 2
    assert "cannot be written" in ran.err
    assert "Traceback" not in ran.err


def test_a_record_that_is_not_there(run, tmp_path):
    ran = run("export", "--format", "csv", "--out", tmp_path / "out", "--record", tmp_path / "none")
    assert (ran.code, (tmp_path / "out").exists()) == (2, False)
