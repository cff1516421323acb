"""Put a row right by hand; what a person says outlasts a second reading of its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import duckdb
import pyarrow as pa

from rapallo.errors import InputError, RecordError
from rapallo.record import clock
from rapallo.record.cells import Row, digest
from rapallo.record.schema import CHILDREN, check_terms
from rapallo.record.settle import Settled
from rapallo.record.tables import apply, transaction

__all__ = ["adopt", "answerable", "correct", "retract", "revise"]

_FIXED = {"id", "source", *CHILDREN.values()}
_KNOWING = ("digest", "known_from", "known_to")


def correct(
    connection: duckdb.DuckDBPyConnection,
    row_id: str,
    changes: Mapping[str, Any],
    *,
    who: str,
    why: str,
    now: dt.datetime | None = None,
) -> None:
    """Close a row and put a corrected one of the same id in its place.

    Args:
        connection: to the record.
        row_id: id of a row that stands.
        changes: column to new value; dates may be ISO 8601 strings.
        who: the person.
        why: the reason.
        now: when; None for now.

    Raises:
        InputError: where nobody or no reason is named.
        RecordError: where no such row stands, a column is none of its own, or nothing would change.
        VocabularyError: where a new value is a term that no vocabulary holds.
    """
    with transaction(connection):
        revise(connection, row_id, changes, who, why, clock.next_tick(connection, now))


def retract(
    connection: duckdb.DuckDBPyConnection,
    row_id: str,
    *,
    who: str,
    why: str,
    now: dt.datetime | None = None,
) -> None:
    """Close a row with nothing in its place; a second reading of its source does not bring it back.

    Raises:
        InputError: where nobody or no reason is named.
        RecordError: where no such row stands.
    """
    with transaction(connection):
        revise(connection, row_id, None, who, why, clock.next_tick(connection, now))


def revise(
    connection: duckdb.DuckDBPyConnection,
    row_id: str,
    changes: Mapping[str, Any] | None,
    who: str,
    why: str,
    tick: dt.datetime,
) -> None:
    """Correct a row, or retract it where ``changes`` is None, inside a transaction."""
    for column in sorted(set(changes or ()) & {*_FIXED, *_KNOWING}):
        msg = f"{column!r} of the row {row_id!r} cannot be corrected"
        raise RecordError(msg, hint="retract the row and write another")
    family = _family(connection, row_id)
    stands = _standing(connection, family, row_id)
    if stands is None:
        msg = f"the row {row_id!r} no longer stands"
        raise RecordError(msg, hint="its last version was closed; see the query row_history")
    if changes is None:
        _replace(connection, family, stands, None, who, why, tick)
        return
    adopt(connection, family, {**stands, **changes}, who, why, tick)


def adopt(
    connection: duckdb.DuckDBPyConnection,
    family: str,
    content: Mapping[str, Any],
    who: str,
    why: str,
    tick: dt.datetime,
) -> None:
    """Put a row of that content in the place of the one of its id, inside a transaction."""
    row_id = content["id"]
    schema = connection.sql(f"SELECT * FROM {family} LIMIT 0").to_arrow_table().schema
    stands = _standing(connection, family, row_id)
    row = {k: _cell(row_id, schema, k, cell) for k, cell in content.items() if k not in _KNOWING}
    check_terms(family, [row])
    _replace(connection, family, stands, row, who, why, tick)


def answerable(who: str, why: str) -> None:
    """Make sure that somebody answers for a decision.

    Raises:
        InputError: where nobody or no reason is named.
    """
    if not who.strip() or not why.strip():
        msg = "a correction needs to say who made it and why"
        raise InputError(msg)


def _replace(
    connection: duckdb.DuckDBPyConnection,
    family: str,
    stands: Row | None,
    row: Row | None,
    who: str,
    why: str,
    tick: dt.datetime,
) -> None:
    answerable(who, why)
    settled = Settled()
    row_id = (row or stands or {})["id"]
    before, after = None, None
    if stands is not None:
        before = digest({k: cell for k, cell in stands.items() if k not in _KNOWING})
        settled.closed.append(row_id)
    if row is not None:
        after = digest(row)
        settled.added.append((row, after))
    if before == after:
        msg = f"the row {row_id!r} says that already"
        raise RecordError(msg)
    apply(connection, family, settled, tick)
    clock.keep(connection, tick)
    values = [row_id, family, before, after, who, why, tick]
    connection.execute("INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?)", values)


def _standing(connection: duckdb.DuckDBPyConnection, family: str, row_id: str) -> Row | None:
    sql = f"SELECT * FROM {family} WHERE id = $id AND known_to IS NULL"
    rows: list[Row] = connection.sql(sql, params={"id": row_id}).to_arrow_table().to_pylist()
    return rows[0] if rows else None


def _family(connection: duckdb.DuckDBPyConnection, row_id: str) -> str:
    sql = "SELECT DISTINCT family FROM ledger WHERE id = $id"
    found = connection.execute(sql, {"id": row_id}).fetchall()
    if not found:
        msg = f"the record holds no row {row_id!r}"
        raise RecordError(msg)
    return str(found[0][0])


def _cell(row_id: str, schema: pa.Schema, column: str, value: Any) -> Any:
    """A value as the column holds it."""
    if column not in schema.names:
        own = ", ".join(name for name in schema.names if name not in _FIXED)
        msg = f"the row {row_id!r} has no column {column!r}"
        raise RecordError(msg, hint=f"it has {own}")
    kind = schema.field(column).type
    try:
        if pa.types.is_date(kind) and isinstance(value, str):
            value = dt.date.fromisoformat(value)
        return pa.array([value], kind).to_pylist()[0]
    except (pa.ArrowException, ValueError, TypeError) as error:
        msg = f"{column!r} of the row {row_id!r} cannot be {value!r}"
        raise RecordError(msg, hint=f"it holds {kind}") from error
