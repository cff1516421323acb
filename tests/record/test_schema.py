"""The tables: one envelope for every family, and what they refuse by themselves."""

from __future__ import annotations

import re

import duckdb
import pytest

from rapallo.model import BASES
from rapallo.record import Record, schema
from rapallo.vocab import names
from tests.record import world

ENVELOPE = {
    "id",
    "source",
    "release",
    "valid_from",
    "valid_to",
    "precision",
    "known_from",
    "known_to",
    "quote_exact",
    "quote_prefix",
    "quote_suffix",
    "quote_start",
    "quote_end",
    "confidence",
    "basis",
    "checked_against",
    "file",
    "line",
    "digest",
}


@pytest.fixture
def tables(filled: Record) -> duckdb.DuckDBPyConnection:
    return filled.writable()


def columns(connection: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    return {row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()}


@pytest.mark.parametrize("family", schema.FAMILIES)
def test_every_family_carries_the_envelope(tables: duckdb.DuckDBPyConnection, family: str) -> None:
    assert columns(tables, family) >= ENVELOPE
    assert set(schema.VOCABULARIES.get(family, {})) <= columns(tables, family)
    assert schema.CHILDREN.get(family, "id") in columns(tables, family)


def test_columns_that_hold_terms_name_a_vocabulary() -> None:
    assert {v for its in schema.VOCABULARIES.values() for v in its.values()} <= set(names())


def test_the_ledger_holds_every_row_of_every_family(tables: duckdb.DuckDBPyConnection) -> None:
    for family in schema.FAMILIES:
        counted = tables.execute(f"SELECT count(*) FROM {family}").fetchall()[0][0]
        found = tables.execute("SELECT count(*) FROM ledger WHERE family = ?", [family]).fetchall()[0][0]
        assert found == counted > 0


@pytest.mark.parametrize(
    "change",
    [
        "confidence = 1.5",
        "basis = 'guessed'",
        "basis = 'supposed'",
        "basis = 'checked', checked_against = ''",
        "basis = 'recalled', confidence = 0.9",
        "valid_to = valid_from - 1",
        "known_to = known_from",
        "quote_start = 5, quote_end = 4",
        "source = ''",
        "value = 'infinity'",
        "release = NULL",
    ],
)
def test_a_row_that_makes_no_sense_is_refused(tables: duckdb.DuckDBPyConnection, change: str) -> None:
    with pytest.raises(duckdb.ConstraintException):
        tables.execute(f"UPDATE flow SET {change} WHERE id = 'flow:trade:CHN-PRK:2023'")


@pytest.mark.parametrize("family", ["document", "claim", "tie", "party", "phase", "clause"])
def test_an_id_stands_once_at_a_time(tables: duckdb.DuckDBPyConnection, family: str) -> None:
    with pytest.raises(duckdb.ConstraintException):
        tables.execute(f"INSERT INTO {family} SELECT * FROM {family}")


def test_the_bases_are_those_of_the_model_but_what_is_supposed() -> None:
    found = re.search(r"basis IN \(([^)]*)\)", schema.packaged("envelope.sql"))
    assert found is not None
    assert {term.strip(" '") for term in found[1].split(",")} == set(BASES) - {"supposed"}


def test_ids_of_rows_are_fixed(filled: Record) -> None:
    ids = {
        row["id"] for row in filled.query("changes_since", after=world.LEARNT.replace(year=2023)).to_pylist()
    }
    assert ids >= {
        "prk-chn-1961",
        "prk-chn-1961/1",
        "prk-chn-1961/party/CHN/1961-07-11",
        "prk-chn-1961/renewed/2021-07-01",
        "usa-prk-sanctions/target/PRK/2016-02-18",
        "doc:00000000000000aa",
        "doc:00000000000000aa/c2",
    }
