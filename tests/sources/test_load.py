"""Files are found by their names, read with every row accounted for, and loaded into a record."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.record import Record
from rapallo.sources.dataset import Dataset
from rapallo.sources.load import locate, read_release

TOLD = {
    "id": "made-up",
    "title": "Made up",
    "about": "Nothing.",
    "universe": "own",
    "address": "https://example.org",
    "licence": "None.",
    "redistribute": "no, it is made up",
    "cite": [],
    "names": {"Gaul": "FRA", "Nowhere": ""},
    "releases": [
        {"version": "2", "files": {"states": {"name": ["rows-2.csv", "rows-two.csv"]}}},
        {
            "version": "1",
            "files": {"states": {"name": "one/*.csv"}, "more": {"name": "more.csv", "optional": True}},
        },
    ],
    "tables": {
        "states": {
            "columns": {"state": ["country", "land"]},
            "unused": {"note": "words"},
            "rows": [
                {
                    "family": "trait",
                    "actor": {"name": "state"},
                    "year": "year",
                    "amounts": {"v": {"name": "own:v", "unit": "x"}},
                }
            ],
        },
        "more": {
            "rows": [
                {
                    "family": "dyad",
                    "actor": {"name": "a"},
                    "other": {"name": "b"},
                    "year": "year",
                    "amounts": {"v": {"name": "own:w", "unit": "x"}},
                }
            ]
        },
    },
}
GOOD = "state,year,v,note\nFrance,1990,1,x\nPoland,1990,2,y\n"


def known(**changes) -> Dataset:
    return Dataset.model_validate(copy.deepcopy(TOLD) | changes)


def put(folder: Path, name: str, text: str | bytes = GOOD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(folder: Path, text: str | bytes, one: Dataset | None = None):
    one = one or known()
    return read_release(one, one.release("2"), {"states": put(folder, "rows-2.csv", text)})


def test_releases_are_found_by_the_names_of_their_files(tmp_path):
    two = put(tmp_path, "deep/er/rows-two.csv")
    one, more = put(tmp_path, "deep/one/any.csv"), put(tmp_path, "more.csv", "a,b,year,v\n")
    found = locate(known(), [tmp_path])
    assert [(release.version, paths) for release, paths in found] == [
        ("2", {"states": two}),
        ("1", {"states": one, "more": more}),
    ]
    assert [release.version for release, _ in locate(known(), [tmp_path], "1")] == ["1"]
    assert locate(known(), [one, tmp_path / "deep" / "one"])[0][1] == {"states": one}
    assert locate(known(), [put(tmp_path, "other/rows-2.csv"), two])[0][1]["states"].name == "rows-2.csv"


def test_files_that_are_not_there_or_twice_are_told(tmp_path):
    with pytest.raises(InputError, match="there is no file"):
        locate(known(), [tmp_path / "nothing.csv"])
    put(tmp_path, "more.csv")
    with pytest.raises(InputError, match=r"is there whole: 2: rows-2\.csv or rows-two\.csv; 1: one/\*\.csv"):
        locate(known(), [tmp_path])
    put(tmp_path, "a/rows-2.csv")
    put(tmp_path, "b/rows-2.csv")
    with pytest.raises(InputError, match="all go by the name of 'states' of made-up"):
        locate(known(), [tmp_path])
    with pytest.raises(InputError, match="no release '3'"):
        locate(known(), [tmp_path], "3")
    with pytest.raises(InputError, match="no dataset 'nothing'"):
        locate("nothing", [tmp_path])


def test_every_row_is_accounted_for_those_that_are_none_among_them(tmp_path):
    text = (
        GOOD + "France,1990,3,again\nAtlantis,1990,1,x\nPoland,x,1,x\n,,,\nRomania,1990\nRomania,1990,1,x,y\n"
    )
    bulk = read(tmp_path, text)
    (report,) = bulk.files
    assert (report.file, report.read, report.kept, report.left_out) == ("rows-2.csv", 8, 2, ())
    assert report.rejected == {
        "2 fields in a row of 4": (1, 8),
        "5 fields in a row of 4": (1, 9),
        "an empty row": (1, 7),
        "no year": (1, 6),
        "nobody bears the code state": (1, 5),
        "the same again as on an earlier line": (1, 4),
    }
    assert dict(bulk.unknown) == {("name", "Atlantis"): 1}


def test_names_mean_what_the_dataset_means_by_them(tmp_path):
    bulk = read(tmp_path, "state,year,v\nGaul,1990,1\nNowhere,1990,1\n")
    assert [row["actor"] for table in bulk.tables["trait"] for row in table.to_pylist()] == ["FRA"]
    assert dict(bulk.unknown) == {}
    assert bulk.files[0].rejected == {"nobody bears the code state": (1, 3)}


def test_columns_go_by_other_names_and_those_nobody_reads_are_told(tmp_path):
    bulk = read(tmp_path, "COUNTRY,Year,V,Note,extra,Line\nFrance,1990,1,x,y,z\n")
    assert bulk.files[0].kept == 1
    assert bulk.files[0].left_out == ("extra", "Line_2")


@pytest.mark.parametrize("head", ["land,state,country", "country,land,state", "State,country,land"])
def test_a_column_of_the_right_name_is_the_one_that_is_read(tmp_path, head):
    cells = ",".join("France" if name.casefold() == "state" else "Poland" for name in head.split(","))
    bulk = read(tmp_path, f"{head},year,v\n{cells},1990,1\n")
    assert [row["actor"] for table in bulk.tables["trait"] for row in table.to_pylist()] == ["FRA"]


def test_of_two_other_names_the_first_is_read(tmp_path):
    bulk = read(tmp_path, "land,country,year,v\nPoland,France,1990,1\n")
    assert [row["actor"] for table in bulk.tables["trait"] for row in table.to_pylist()] == ["FRA"]


def test_a_file_that_lacks_a_column_or_has_too_few_rows_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"rows-2\.csv has no column v, year \(it has state, note\)"):
        read(tmp_path, "state,note\nFrance,x\n")
    releases = [{"version": "2", "files": {"states": {"name": "rows-2.csv", "rows": [3, 9]}}}]
    with pytest.raises(InputError, match="has 2 rows, and made-up 2 has 3 to 9"):
        read(tmp_path, GOOD, known(releases=releases))
    assert read(tmp_path, GOOD + "France,1991,1,x\n", known(releases=releases)).files[0].kept == 3


def test_a_header_alone_gives_nothing_and_says_so(tmp_path):
    bulk = read(tmp_path, "state,year,v,note\n")
    assert (bulk.files[0].read, bulk.files[0].kept, bulk.files[0].rejected) == (0, 0, {})


def test_the_same_file_twice_adds_nothing_and_a_changed_one_what_changed(tmp_path):
    with Record.open(empty=True) as record:
        first = record.load(read(tmp_path, GOOD))
        again = record.load(read(tmp_path, GOOD))
        changed = record.load(read(tmp_path, "state,year,v,note\nFrance,1990,1,x\nPoland,1990,3,y\n"))
    assert (first.added, again.added, again.unchanged) == (2, 0, 2)
    assert (changed.added, changed.unchanged, changed.closed) == (1, 1, 1)


def test_what_looks_like_sql_goes_through_unharmed(tmp_path):
    evil = "'; DROP TABLE event; --"
    told = copy.deepcopy(TOLD)
    rows = told["tables"]["states"]["rows"][0]
    rows["amounts"] = {evil: {"name": "own:v", "unit": evil, "what": evil}}
    told["title"] = evil
    one = Dataset.model_validate(told)
    path = put(tmp_path, f"{evil}.csv".replace("/", ""), f"state,year,{evil}\nFrance,1990,1\n{evil},1990,1\n")
    with Record.open(empty=True) as record:
        bulk = read_release(one, one.release("2"), {"states": path})
        assert record.load(bulk).added == 1
        assert record.load(bulk).unchanged == 1
        assert record.query("sources").to_pylist()[0]["title"] == f"{evil} 2"
    assert dict(bulk.unknown) == {("name", evil): 1}


def test_what_is_saved_as_yaml_is_the_same_dataset():
    assert Dataset.model_validate(yaml.safe_load(yaml.safe_dump(TOLD))) == known()


LINES = st.lists(
    st.sampled_from(
        ["France,1990,1,x", "France,1990,2", "Poland,x,1,x", "", ",,,", '"', '"a\nb",1990,1,x', ",", "é"]
    )
    | st.text(max_size=12),
    max_size=8,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_read_is_kept_and_rejected_whatever_stands_in_the_file(tmp_path, lines, encoding):
    data = ("state,year,v,note\n" + "\n".join(lines)).encode(encoding, "replace")
    try:
        bulk = read(tmp_path, data)
    except InputError:
        return
    (report,) = bulk.files
    kept = {row["line"] for table in bulk.tables.get("trait", ()) for row in table.to_pylist()}
    assert report.kept == len(kept)
    assert report.read == len(kept) + sum(many for many, _ in report.rejected.values())
