"""``rapallo cite``: what to cite for rows, sources and datasets, in three forms."""

from __future__ import annotations

import json
import re

import pytest

from rapallo.record import Record
from rapallo.sources.dataset import dataset, names
from tests.sources.datasets.reading import made_up

EVIL = "'; DROP TABLE event; --"
ROW = {"stateabb": "USA", "ccode": 2, "year": 1990, "version": 6} | dict.fromkeys(
    ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc"), 5
)


@pytest.fixture
def record(tmp_path):
    """A record that holds some rows of a dataset."""
    path = tmp_path / "record.duckdb"
    with Record.open(path) as opened:
        opened.load(made_up("nmc", {"states": [ROW]}, tmp_path))
    return path


def test_a_dataset_is_cited_in_three_forms(run):
    work = dataset("nmc").cite[0]
    markdown = run("cite", "nmc")
    assert markdown.code == 0
    assert work.title in markdown.out
    bibtex = run("cite", "nmc", "--format", "bibtex").out
    assert bibtex.startswith("@")
    assert bibtex.count("{") == bibtex.count("}")
    (first, *_) = json.loads(run("cite", "nmc", "--format", "csl").out)
    assert first["title"] == work.title
    assert json.loads(run("cite", "nmc", "--json").out)[0] == first


def test_several_datasets_have_keys_that_differ_and_each_work_once(run):
    every = run("cite", *names(), *names(), "--format", "bibtex").out
    keys = re.findall(r"^@\w+\{([^,]*),$", every, re.MULTILINE)
    assert len(keys) == len(set(keys)) > 30
    items = json.loads(run("cite", *names(), "--format", "csl").out)
    assert [item["id"] for item in items] == keys
    assert "https://" not in every or r"\_" not in "".join(re.findall(r"url = \{(.*)\}", every))


def test_rows_and_sources_of_a_record_are_cited_by_their_dataset(run, record, tmp_path):
    with Record.open(record, read_only=True) as opened:
        sources = [row["id"] for row in opened.query("sources").to_pylist()]
        row = made_up("nmc", {"states": [ROW]}, tmp_path).tables["trait"][0]["id"][0].as_py()
    (source,) = [one for one in sources if one.startswith("nmc-")]
    by_source = run("cite", source, "--record", record)
    assert by_source.out == run("cite", "nmc").out
    assert run("cite", row, "--record", record).out == by_source.out
    assert run("cite", row, source, "nmc", "--record", record).out == by_source.out


def test_a_release_that_is_not_in_the_record_is_refused(run):
    ran = run("cite", f"nmc-{dataset('nmc').releases[0].version}")
    assert ran.code == 2


def test_a_source_is_cited_by_its_own_dataset_and_not_one_whose_name_it_begins_with(run, tmp_path):
    pairs = [(a, b) for a in names() for b in names() if b.startswith(f"{a}-")]
    assert pairs
    table = tmp_path / "nmc-of-mine.csv"
    table.write_text("country,year,v\nFrance,1990,1\nPoland,1990,2\n", encoding="utf-8")
    told, record = tmp_path / "mine.yaml", tmp_path / "record.duckdb"
    assert run("sources", "map", table, "--save", told, "--yes").code == 0
    added = json.loads(run("sources", "add", told, "--from", table, "--record", record).out)
    ran = run("cite", added[0]["source"], "--record", record)
    assert "nmc-of-mine.csv" in ran.out
    assert dataset("nmc").cite[0].title not in ran.out


def test_a_source_of_the_starter_record_can_be_cited(run):
    with Record.open() as opened:
        sources = [row["id"] for row in opened.query("sources").to_pylist()]
    for form in ("markdown", "bibtex", "csl"):
        ran = run("cite", *sources, "--format", form)
        assert ran.code == 0, ran.err
        assert ran.out.strip()


@pytest.mark.parametrize("what", [EVIL, "nothing", "", "nmc-", "' OR 1=1"])
def test_what_nobody_knows_is_refused_and_does_no_harm(run, what, record):
    ran = run("cite", what, "--record", record)
    assert (ran.code, ran.out) == (2, "")
    assert "no row or source" in ran.err
    assert run("cite", "nmc", "--record", record).code == 0


def test_something_has_to_be_asked(run):
    assert run("cite").code == 2
    assert run("cite", "nmc", "--format", "word").code == 2
