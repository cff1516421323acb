"""``rapallo dyads``: tables written, listed and refused."""

from __future__ import annotations

import json

import pyarrow.csv
import pyarrow.parquet
import pytest

from rapallo.cli import output
from rapallo.measures import dyads
from rapallo.measures.registry import yearly
from tests.cli.small import write
from tests.cli.test_bad_input import assert_one_line_error


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    return write(tmp_path_factory.mktemp("record") / "small.duckdb")


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setattr(output, "wants_json", lambda *, asked: asked)


def test_what_can_stand_beside_the_rows_is_listed(run):
    listed = {each["name"] for each in json.loads(run("dyads", "--list").out)}
    assert listed == {*dyads.UNIVERSES, *dyads.blocks(), *yearly()}


def test_the_list_for_a_person(run, terminal):
    ran = run("dyads", "--list")
    assert ran.code == 0
    assert all(name in ran.out for name in dyads.UNIVERSES)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_table_is_written_with_what_it_is_and_what_to_cite(run, record, tmp_path, kind):
    out = tmp_path / f"d.{kind}"
    ran = run(
        *("dyads", "--years", "1990-1991", "--with", "nmc, s-score", "--universe", "undirected"),
        *("--record", record, "--out", out),
    )
    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    table = pyarrow.csv.read_csv(out) if kind == "csv" else pyarrow.parquet.read_table(out)
    assert (table.num_rows, table.column_names) == (told["rows"], told["columns"])
    assert {"ccode1", "ccode2", "year", "tpop1", "tpop2", "s_score"} <= set(table.column_names)
    rows = {(row["ccode1"], row["ccode2"], row["year"]): row for row in table.to_pylist()}
    assert (rows[220, 325, 1990]["tpop1"], rows[220, 325, 1990]["tpop2"]) == (3.0, 2.0)
    assert {path.name for path in tmp_path.iterdir()} == {out.name, "d.codebook.md", "d.bib"}
    assert "s_score" in (tmp_path / "d.codebook.md").read_text()


def test_a_line_for_a_person(run, terminal, tmp_path):
    ran = run("dyads", "--years", "1816", "--out", tmp_path / "d.csv")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("506 rows of 3 columns")


def test_json_is_had_on_a_terminal_too(run, terminal, tmp_path):
    ran = run("dyads", "--years", "1816", "--universe", "state-years", "--json", "--out", tmp_path / "d.csv")
    assert json.loads(ran.out)["rows"] == 23


@pytest.mark.parametrize("years", ["", "1990-", "-1990", "1700-1800", "1990-1980", "1990-3000", "x-y", "1e3"])
def test_years_that_are_none(run, tmp_path, years):
    assert_one_line_error(run("dyads", "--years", years, "--out", tmp_path / "d.csv"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "more",
    [
        ("--with", "no-such-thing"),
        ("--universe", "nobody"),
        ("--system", "nowhere"),
        ("--with", "atop"),
        ("--universe", "prd"),
    ],
)
def test_names_that_nobody_bears_and_datasets_that_are_missing(run, tmp_path, more):
    assert_one_line_error(run("dyads", "--years", "1990-1991", *more, "--out", tmp_path / "d.csv"))
    assert not list(tmp_path.iterdir())


def test_a_missing_dataset_is_named(run, tmp_path):
    ran = run("dyads", "--years", "1990", "--with", "atop", "--out", tmp_path / "d.csv")
    assert "rapallo sources add atop --from FOLDER" in ran.err


@pytest.mark.parametrize("path", ["d", "d.txt", "folder.csv", "file/d.csv"])
def test_a_table_that_cannot_be_written(run, tmp_path, path):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("")
    ran = run("dyads", "--years", "1816", "--out", tmp_path / path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert str(tmp_path / path) in ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"folder.csv", "file"}


def test_nothing_says_where_it_goes(run):
    assert_one_line_error(run("dyads", "--years", "1816"))
