"""What a declaration of rows can say of its columns."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest
from pydantic import ValidationError

from rapallo.sources.amounts import amounts
from rapallo.sources.found import Found
from rapallo.sources.specs import RowSpec
from rapallo.sources.stamp import Stamp

STAMP = Stamp("made-up-1", "1", "made_up.csv", 0.9)


def _read(spec: dict[str, object], listed: list[dict[str, object]]) -> Found:
    given = pa.Table.from_pylist([{**row, "line": number} for number, row in enumerate(listed, 2)])
    with duckdb.connect() as scratch:
        scratch.register("sheet", given)
        return amounts(scratch, [RowSpec.model_validate(spec)], STAMP)


def test_codes_are_told_what_they_mean_and_others_are_rejected() -> None:
    spec = {
        "family": "trait",
        "actor": {"cow": "who"},
        "year": "year",
        "amounts": {"level": {"name": "cinc", "unit": "1 or 0", "codes": {0: 0, 3: 1, 9: 1}}},
    }
    listed = [
        {"who": 2, "year": 1900 + n, "level": level} for n, level in enumerate(("0", "3", "9", "4", "NA"))
    ]
    found = _read(spec, listed)
    (table,) = found.rows["trait"]
    assert table["value"].to_pylist() == [0.0, 1.0, 1.0]
    assert table.schema.field("value").type == pa.float64()
    assert found.rejected == {"level is out of bounds": (1, 5), "missing in the source": (1, 6)}


def test_notes_name_what_stands_in_other_columns_and_part_runs() -> None:
    spec = {
        "family": "trait",
        "actor": {"cow": "who"},
        "year": "year",
        "runs": True,
        "amounts": {
            "n": {"name": "cinc", "unit": "share", "what": "guess", "note": {"sd": "dev", "of": "votes"}}
        },
    }
    listed = [
        {"who": 2, "year": 1900, "n": "0.5", "dev": "0.1", "votes": "4"},
        {"who": 2, "year": 1901, "n": "0.5", "dev": "0.1", "votes": "4"},
        {"who": 2, "year": 1902, "n": "0.5", "dev": "NA", "votes": "5"},
        {"who": 2, "year": 1903, "n": "0.5", "dev": "", "votes": None},
    ]
    (table,) = _read(spec, listed).rows["trait"]
    got = sorted(zip(table["valid_from"].to_pylist(), table["note"].to_pylist(), strict=True))
    assert [(first.year, note) for first, note in got] == [
        (1900, "guess; sd 0.1, of 4"),
        (1902, "guess; of 5"),
        (1903, "guess"),
    ]


def test_one_side_can_be_the_same_in_all_rows_and_years_be_counted() -> None:
    spec = {
        "family": "dyad",
        "actor": {"cow": "who"},
        "other": {"cow": "365", "fixed": True},
        "year": "session",
        "since": 1945,
        "amounts": {"n": {"name": "vote_agreement", "unit": "share"}},
    }
    (table,) = _read(spec, [{"who": 2, "session": s, "n": "0.5"} for s in (1, 50)]).rows["dyad"]
    assert table.select(["other", "valid_from"]).to_pylist() == [
        {"other": "SUN", "valid_from": pa.scalar("1946-01-01").cast(pa.date32()).as_py()},
        {"other": "RUS", "valid_from": pa.scalar("1995-01-01").cast(pa.date32()).as_py()},
    ]


def test_a_flow_has_no_note() -> None:
    amount = {"name": "trade", "unit": "USD million", "note": {"sd": "dev"}}
    with pytest.raises(ValidationError, match="a flow has no note"):
        RowSpec(family="flow", actor={"cow": "a"}, other={"cow": "b"}, year="year", amounts={"n": amount})
