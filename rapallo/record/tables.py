"""Change the tables: transactions, and the closing and inserting of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from rapallo.errors import RecordError
from rapallo.record.settle import Settled

__all__ = ["apply", "transaction"]


def apply(connection: duckdb.DuckDBPyConnection, family: str, settled: Settled, tick: dt.datetime) -> None:
    """Close and insert the rows of one family, inside a transaction that also keeps its time."""
    if settled.closed:
        connection.register("gone", pa.table({"id": pa.array(settled.closed, pa.string())}))
        connection.execute(
            f"UPDATE {family} SET known_to = $tick WHERE known_to IS NULL AND id IN (SELECT id FROM gone)",
            {"tick": tick},
        )
        connection.unregister("gone")
    if settled.added:
        rows = [{**row, "known_from": tick, "known_to": None, "digest": now} for row, now in settled.added]
        schema = connection.sql(f"SELECT * FROM {family} LIMIT 0").to_arrow_table().schema
        connection.register("fresh", pa.Table.from_pylist(rows, schema=schema))
        connection.execute(f"INSERT INTO {family} BY NAME SELECT * FROM fresh")
        connection.unregister("fresh")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A block that takes effect as a whole or, where anything is raised in it, not at all.

    Raises:
        RecordError: for whatever DuckDB or Arrow cannot store.
    """
    try:
        connection.begin()
        yield
        connection.commit()
    except (duckdb.Error, pa.ArrowException, UnicodeEncodeError) as error:
        _undo(connection)
        msg = f"nothing was written: {str(error).splitlines()[0]}"
        raise RecordError(msg, hint="the record is as it was") from error
    except BaseException:
        _undo(connection)
        raise


def _undo(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:  # no transaction was begun, or the failure ended it
        return
