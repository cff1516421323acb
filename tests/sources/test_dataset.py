"""What can be said of a dataset in YAML, and what is refused with the name of the file and the place."""

from __future__ import annotations

import copy

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.sources.dataset import Dataset, dataset, names, told

GOOD = {
    "id": "made-up",
    "title": "Made up",
    "about": "Nothing.",
    "universe": "own",
    "address": "https://example.org",
    "licence": "None.",
    "redistribute": "no, it is made up",
    "cite": [{"author": ["Nobody, N."], "year": 2000, "title": "Nothing"}],
    "releases": [{"version": "1", "covers": [1900, 1910], "files": {"states": {"name": "rows.csv"}}}],
    "tables": {
        "states": {
            "rows": [
                {
                    "family": "trait",
                    "actor": {"cow": "ccode"},
                    "year": "year",
                    "amounts": {"v": {"name": "cinc", "unit": "share"}},
                }
            ]
        }
    },
}


def changed(path: str, value: object) -> bytes:
    """The good one with one thing otherwise; None takes it away."""
    told_of = copy.deepcopy(GOOD)
    *steps, last = path.split(".")
    here = told_of
    for step in steps:
        here = here[int(step) if step.isdigit() else step]
    if value is None:
        del here[last]
    else:
        here[last] = value
    return yaml.safe_dump(told_of).encode()


def test_a_dataset_of_ones_own():
    found = told("own.yaml", yaml.safe_dump(GOOD).encode())
    assert isinstance(found, Dataset)
    assert found.tables["states"].wanted() == {"ccode", "year", "v"}
    source = found.source(found.release())
    assert (source.id, source.universe) == ("made-up-1", "own")
    assert (source.covers.start.year, source.covers.end.year) == (1900, 1910)
    assert source.licence == "None. Redistribution: no, it is made up."


ROWS = "tables.states.rows.0"


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("id", "Made Up", "id"),
        ("id", "../x", "id"),
        ("title", None, "title"),
        ("title", 5, "title"),
        ("colour", "red", "colour"),
        ("universe", "world", "universe"),
        ("redistribute", "perhaps", "redistribute"),
        ("confidence", 1.5, "confidence"),
        ("confidence", float("nan"), "confidence"),
        ("whole", "perhaps", "whole"),
        ("cite", "Nobody", "cite"),
        ("cite.0.author", [], "cite.0.author"),
        ("cite.0.year", "MM", "cite.0.year"),
        ("releases", [], "releases"),
        ("releases.0.version", 1.0, "releases.0.version"),
        ("releases.0.released", "2001-02-30", "releases.0.released"),
        ("releases.0.covers", [1900], "releases.0.covers"),
        ("releases.0.files", {}, "releases.0.files"),
        ("releases.0.files.states.rows", [1, 2, 3], "releases.0.files.states.rows"),
        ("releases.0.files.states.delimiter", ",,", "releases.0.files.states.delimiter"),
        ("releases.0.files.states.path", "x", "releases.0.files.states.path"),
        ("releases.0.files.others", {"name": "x.csv"}, "nobody says how 'others' is read"),
        ("tables", {}, "nobody says how 'states' is read"),
        ("tables.states.rows", {}, "tables.states.rows"),
        (f"{ROWS}.family", "event", f"{ROWS}.family"),
        (f"{ROWS}.family", "flow", "a trait has one actor, a flow or dyad two"),
        (f"{ROWS}.other", {"cow": "b"}, "a trait has one actor, a flow or dyad two"),
        (f"{ROWS}.actor", {}, "an actor is named by one of"),
        (f"{ROWS}.actor", {"cow": "a", "name": "b"}, "an actor is named by one of"),
        (f"{ROWS}.actor", {"fips": "a"}, f"{ROWS}.actor.fips"),
        (f"{ROWS}.amounts", {}, f"{ROWS}.amounts"),
        (f"{ROWS}.amounts.v.scale", float("inf"), f"{ROWS}.amounts.v.scale"),
        (f"{ROWS}.amounts.v.scale", "1; DROP TABLE x", f"{ROWS}.amounts.v.scale"),
        (f"{ROWS}.amounts.v.least", float("nan"), f"{ROWS}.amounts.v.least"),
        (f"{ROWS}.amounts.v.codes", {"a": 1}, f"{ROWS}.amounts.v.codes"),
        (f"{ROWS}.missing", ["NA"], f"{ROWS}.missing"),
        (f"{ROWS}.zero", "none", f"{ROWS}.zero"),
        (f"{ROWS}.since", 0.5, f"{ROWS}.since"),
        (
            "tables.states.events",
            {"actor": [{"cow": "a"}], "date": "d"},
            "a code of CAMEO or a type of PLOVER",
        ),
        ("tables.states.events", {"actor": [], "date": "d", "cameo": "c"}, "tables.states.events.actor"),
        (
            "tables.states.events",
            {"actor": [{"cow": "2", "fixed": True}], "date": "d", "cameo": "c"},
            "the actors of events stand in columns",
        ),
        ("tables.states.ties", {"kind": "love", "first": "a"}, "there is no kind of tie 'love'"),
        ("tables.states.ties", {"kind": "pact", "first": "a", "actors": [{"cow": "a"}]}, "parties, or else"),
        (
            "tables.states.ties",
            {"kind": "pact", "first": "a", "parties": [{"cow": "a"}], "clauses": {"c": "love"}},
            "there is no kind of clause 'love'",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_and_place(path, value, place):
    with pytest.raises(InputError) as error:
        told("own.yaml", changed(path, value))
    assert str(error.value).startswith("own.yaml: ")
    assert place in str(error.value)
    assert "\n" not in str(error.value)


LAUGHS = b"a: &a [x, x]\n" + b"".join(
    f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n".encode() for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (LAUGHS, "line 1: aliases are not allowed"),
        (b"id: x\nid: y\n", "line 2: 'id' stands twice"),
        (b"id: !!python/object/apply:os.system ['true']\n", "line 1: could not determine a constructor"),
        (b"id: [\n", "line 2"),
        (b"id: \xff\n", "own.yaml"),
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"- a\n- b\n", "all of it: Input should be a valid dictionary"),
        (b"just words", "all of it"),
        (b"--- a\n--- b\n", "own.yaml"),
        (b"id: a\0b\n", "own.yaml"),
        (b"[" * 100_000, "own.yaml"),
        (b"id: " + b"x" * 2_000_001, "over the limit"),
        (b"? [a, b]\n: c\n", "own.yaml"),
        (b"1: 2\n", "own.yaml"),
    ],
    ids=range(15),
)
def test_what_is_no_yaml_or_too_much_of_it(data, why):
    with pytest.raises(InputError) as error:
        told("own.yaml", data)
    assert str(error.value).startswith("own.yaml")
    assert why in str(error.value)
    assert len(str(error.value)) < 400


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
def test_any_bytes_are_refused_in_one_error(data):
    with pytest.raises(InputError):
        told("own.yaml", data)


def test_the_catalogue_is_whole():
    assert len(names()) > 40
    for name in names():
        found = dataset(name)
        assert found.id == name
        assert found.source(found.releases[0]).citation
        assert len({release.version for release in found.releases}) == len(found.releases)


def test_names_and_releases_that_are_not_there():
    with pytest.raises(InputError, match="no dataset 'nothing'"):
        dataset("nothing")
    for escape in ("../cameo", "nmc.yaml", ""):
        with pytest.raises(InputError):
            dataset(escape)
    with pytest.raises(InputError, match=r"no release '9' of made-up \(there are 1\)"):
        told("own.yaml", yaml.safe_dump(GOOD).encode()).release("9")
