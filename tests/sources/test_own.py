"""A table of one's own: what its columns are guessed to be, and that the guess loads."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.record import Record
from rapallo.sources.dataset import told
from rapallo.sources.load import locate, read_release
from rapallo.sources.own import Guess, guess, written_down
from rapallo.sources.sheet import read_sheet

STATES = {
    "cow": ("2", "200", "220", "365", "710"),
    "iso3": ("USA", "GBR", "FRA", "RUS", "CHN"),
    "name": ("United States", "United Kingdom", "France", "Russia", "China"),
}
COLUMNS = {"cow": "ccode", "iso3": "country", "name": "country"}
ACTORS = ("USA", "GBR", "FRA", "RUS", "CHN")


def put(folder: Path, name: str, frame: pandas.DataFrame) -> Path:
    path = folder / name
    data = io.BytesIO()
    if path.suffix == ".xlsx":
        frame.to_excel(data, index=False)
    elif path.suffix == ".parquet":
        frame.to_parquet(data, index=False)
    else:
        frame.to_csv(data, index=False, sep="\t" if path.suffix == ".tsv" else ",")
    path.write_bytes(data.getvalue())
    return path


def guessed(path: Path, **options) -> Guess:
    return guess(read_sheet(path), path, **options)


def loaded(found: Guess, path: Path):
    """The rows the saved YAML gives, loaded into a record for the proof."""
    one = told("own.yaml", written_down(found).encode())
    ((release, files),) = locate(one, [path.parent])
    bulk = read_release(one, release, files)
    with Record.open(empty=True) as record:
        assert record.load(bulk).added
        assert record.load(bulk).added == 0
    (report,) = bulk.files
    assert report.read == report.kept + sum(rows for rows, _ in report.rejected.values())
    assert report.left_out == ()
    return bulk


def rows(bulk, family):
    return sorted((r for table in bulk.tables[family] for r in table.to_pylist()), key=lambda r: r["line"])


def roles(found: Guess) -> dict[str, str]:
    return {column.name: f"{column.role} {column.scheme}".strip() for column in found.columns}


def years(count: int = 5) -> list[int]:
    return [1995 + n for n in range(count)]


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".xlsx", ".parquet"])
@pytest.mark.parametrize("scheme", STATES)
def test_amounts_of_states(tmp_path, scheme, suffix):
    states = [int(code) for code in STATES[scheme]] if scheme == "cow" else STATES[scheme]
    frame = pandas.DataFrame({COLUMNS[scheme]: states, "Year": years(), "My index": [0.5, 1, 2.25, 3, 4]})
    path = put(tmp_path, f"my table{suffix}", frame)
    found = guessed(path)
    assert found.family == "trait"
    assert roles(found) == {COLUMNS[scheme]: f"who {scheme}", "Year": "year", "My index": "amount"}
    got = rows(loaded(found, path), "trait")
    assert tuple(row["actor"] for row in got) == ACTORS
    assert [row["value"] for row in got] == [0.5, 1, 2.25, 3, 4]
    assert {row["name"] for row in got} == {"own:my_index"}


@pytest.mark.parametrize("scheme", STATES)
def test_amounts_of_pairs(tmp_path, scheme):
    name, states = COLUMNS[scheme], STATES[scheme]
    frame = pandas.DataFrame(
        {f"{name}1": states, f"{name}2": states[::-1], "year": years(), "closeness": [1] * 5}
    )
    path = put(tmp_path, "pairs.csv", frame)
    found = guessed(path)
    assert found.family == "dyad"
    bulk = loaded(found, path)
    assert [(row["actor"], row["other"]) for row in rows(bulk, "dyad")] == [
        pair for pair in zip(ACTORS, ACTORS[::-1], strict=True) if pair[0] != pair[1]
    ]
    assert bulk.files[0].rejected == {"a state with itself": (1, 4)}


@pytest.mark.parametrize(
    ("first", "second", "amount", "forward"),
    [
        ("exporter", "importer", "trade", True),
        ("importer", "exporter", "trade", False),
        ("importer1", "importer2", "trade_flow", False),
        ("country_a", "country_b", "exports", True),
        ("country_a", "country_b", "imports", False),
        ("reporter", "partner", "imports", False),
        ("supplier", "recipient", "arms_tiv", True),
        ("recipient", "supplier", "arms_tiv", False),
        ("donor", "recipient", "aid", True),
        ("from", "to", "gas", True),
        ("to", "from", "gas", False),
    ],
)
def test_goods_go_from_who_gives_to_who_gets(tmp_path, first, second, amount, forward):
    frame = pandas.DataFrame(
        {first: ["USA", "FRA"], second: ["GBR", "CHN"], "year": [1990, 1991], amount: [5, 6]}
    )
    path = put(tmp_path, "goods.csv", frame)
    found = guessed(path)
    assert found.family == "flow"
    got = [(row["origin"], row["destination"]) for row in rows(loaded(found, path), "flow")]
    assert got == ([("USA", "GBR"), ("FRA", "CHN")] if forward else [("GBR", "USA"), ("CHN", "FRA")])


def test_two_columns_of_one_kind_stay_two(tmp_path):
    frame = pandas.DataFrame(
        {
            "a": ["USA", "FRA"],
            "b": ["GBR", "CHN"],
            "year": [1990, 1991],
            "trade_usd": [5, 6],
            "trade_eur": [7, 8],
        }
    )
    path = put(tmp_path, "goods.csv", frame)
    got = rows(loaded(guessed(path), path), "flow")
    assert sorted((row["what"], row["value"]) for row in got) == [
        ("trade_eur", 7),
        ("trade_eur", 8),
        ("trade_usd", 5),
        ("trade_usd", 6),
    ]
    frame = pandas.DataFrame({"country": ["USA", "FRA"], "year": [1990, 1991], "x y": [5, 6], "x_y": [7, 8]})
    path = put(tmp_path, "two.csv", frame)
    got = rows(loaded(guessed(path), path), "trait")
    assert sorted((row["name"], row["value"]) for row in got) == [
        ("own:x_y", 5),
        ("own:x_y", 6),
        ("own:x_y_2", 7),
        ("own:x_y_2", 8),
    ]


@pytest.mark.parametrize(
    ("column", "codes", "role"),
    [
        ("cameo_code", ["057", "190", "042", "010", "111"], "code"),
        ("event", ["AGREE", "ASSAULT", "consult", "Request", "ACCUSE"], "type"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_events(tmp_path, column, codes, role, suffix):
    days = [f"1995-0{n}-01" for n in range(1, 6)]
    frame = pandas.DataFrame({"source": ACTORS, "target": ACTORS[::-1], "date": days, column: codes})
    path = put(tmp_path, f"acts{suffix}", frame)
    found = guessed(path)
    assert (found.family, roles(found)[column]) == ("event", role)
    got = rows(loaded(found, path), "event")
    assert [row["actors"] for row in got] == [[actor] for actor in ACTORS]
    assert [str(row["valid_from"]) for row in got] == days


@pytest.mark.parametrize("kind", ["partnership", "pact", "sanction"])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_ties(tmp_path, kind, suffix):
    frame = pandas.DataFrame(
        {
            "one side": ["France", "Poland", "Romania"],
            "other side": ["Poland", "Romania", "France"],
            "signed": ["1921-02-19", "1921-03-03", "1926-06-10"],
            "until": ["1939-09-01", "", "1936-06-10"],
            "remark": ["of friendship", "against revision", "'; DROP TABLE tie; --"],
        }
    )
    path = put(tmp_path, f"bonds{suffix}", frame)
    found = guessed(path, kind=kind)
    assert found.family == "tie"
    bulk = loaded(found, path)
    assert [tie.kind for tie in bulk.ties] == [kind] * 3
    assert [{party.actor for party in tie.parties} for tie in bulk.ties] == [
        {"FRA", "POL"},
        {"POL", "ROU"},
        {"ROU", "FRA"},
    ]
    assert [str(tie.envelope.valid.end) for tie in bulk.ties] == ["1939-09-01", "None", "1936-06-10"]
    assert bulk.ties[2].about == "remark: '; DROP TABLE tie; --"


def test_spans_of_years(tmp_path):
    frame = pandas.DataFrame(
        {
            "country": ACTORS,
            "end year": [1999, 2000, 2001, 2002, 2003],
            "start year": years(),
            "size": [1, 2, 3, 4, 5],
        }
    )
    path = put(tmp_path, "spans.csv", frame)
    got = rows(loaded(guessed(path), path), "trait")
    assert [row["valid_from"].year for row in got] == years()
    assert [row["valid_to"].year for row in got] == [1999, 2000, 2001, 2002, 2003]


def test_columns_nobody_understands_are_left_out_by_name(tmp_path):
    frame = pandas.DataFrame(
        {
            "country": ACTORS,
            "year": years(),
            "v": [1.5, 2, 3, 4, 5],
            "lorem": list("abcde"),
            "void": [None] * 5,
            "version": [1] * 5,
        }
    )
    path = put(tmp_path, "odd.csv", frame)
    found = guessed(path)
    assert {name for name, role in roles(found).items() if role in {"words", "unused"}} == {
        "lorem",
        "void",
        "version",
    }
    one = told("own.yaml", written_down(found).encode())
    assert set(one.tables["rows"].unused) == {"lorem", "void", "version"}
    loaded(found, path)


@pytest.mark.parametrize(
    ("frame", "why"),
    [
        ({"foo": ["x", "y"], "year": [1990, 1991]}, "no column of .* names states"),
        ({"country": ["France", "Poland"], "bar": ["x", "y"]}, "no column of .* says when"),
        (
            {"country": ["France", "Poland"], "year": [1990, 1991], "bar": ["x", "y"]},
            "holds amounts, acts or ends",
        ),
        ({"country": [], "year": []}, "no column of .* names states"),
    ],
)
def test_a_table_that_cannot_be_understood_is_told(tmp_path, frame, why):
    with pytest.raises(InputError, match=why):
        guessed(put(tmp_path, "odd.csv", pandas.DataFrame(frame)))


@pytest.mark.parametrize(
    "name", ["a[1].csv", "a*b.csv", "ä ö.csv", "2024.csv", "no.csv", "'; DROP TABLE x; --.csv"]
)
def test_whatever_the_file_is_called_its_guess_finds_it(tmp_path, name):
    frame = pandas.DataFrame({"country": ACTORS, "year": years(), "v": [1.5, 2, 3, 4, 5]})
    path = put(tmp_path, name, frame)
    assert len(rows(loaded(guessed(path), path), "trait")) == 5


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE event; --", 'a"b', "a: b", "- x", "yes", "1990", "v\nw", "é", "{x}"]
)
def test_whatever_a_column_is_called_it_is_read(tmp_path, name):
    frame = pandas.DataFrame({"country": ACTORS, "year": years(), name: [1.5, 2, 3, 4, 5]})
    path = put(tmp_path, "odd.csv", frame)
    assert [row["value"] for row in rows(loaded(guessed(path), path), "trait")] == [1.5, 2, 3, 4, 5]


NAMES = st.sampled_from(
    ["country", "ccode", "a", "year", "date", "code", "event", "v", "end", "id"]
) | st.text(max_size=5)
VALUES = st.sampled_from(["USA", "France", "2", "1990", "1990-05-01", "057", "AGREE", "0.5", ""]) | st.text(
    max_size=6
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    columns=st.dictionaries(NAMES, VALUES, min_size=1, max_size=5),
    states=st.booleans(),
)
def test_any_table_is_understood_or_refused(tmp_path, columns, states):
    columns = {"state": "France", "since": "1990"} | columns if states else columns
    path = put(tmp_path, "any.csv", pandas.DataFrame({name: [value] * 2 for name, value in columns.items()}))
    try:
        found = guessed(path)
        one = told("own.yaml", written_down(found).encode())
        ((release, files),) = locate(one, [path])
        read_release(one, release, files)
    except InputError:
        return
    assert found.family in {"trait", "flow", "dyad", "event", "tie"}
