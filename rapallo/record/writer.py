"""Write batches: one transaction, all or nothing, the same batch twice adds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from rapallo.errors import RecordError
from rapallo.model import Batch, Clause, Event, Flow, Tie, Trait, to_json
from rapallo.record import clock, review
from rapallo.record.rows import Row, batch_rows, source_row
from rapallo.record.schema import CHILDREN, FAMILIES, VOCABULARIES
from rapallo.record.settle import Settled, settle
from rapallo.vocab import check

__all__ = ["Written", "apply", "transaction", "write"]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did, counted in rows of all families.

    Attributes:
        added: rows that are new or a new version.
        unchanged: rows the record held already.
        closed: rows that no longer stand.
        contested: rows that differ from what a person put right; they wait in the review queue.
    """

    added: int = 0
    unchanged: int = 0
    closed: int = 0
    contested: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.closed + other.closed,
            self.contested + other.contested,
        )


def write(
    connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch], *, now: dt.datetime | None = None
) -> Written:
    """Write batches, all or none of them.

    Args:
        connection: to the record.
        batches: what sources hand in.
        now: when the record comes to know it; None for now.

    Raises:
        RecordError: where a row cannot be stored; nothing is written.
        VocabularyError: where a row uses a term that no vocabulary holds; nothing is written.
    """
    done = Written()
    with transaction(connection):
        tick = clock.next_tick(connection, now)
        for batch in batches:
            apply(connection, "source", settle(connection, "source", [source_row(batch.source)]), tick)
        _hangs_together(connection, batches)
        for batch in batches:
            done += _write_one(connection, batch, tick)
    return done


def _write_one(connection: duckdb.DuckDBPyConnection, batch: Batch, tick: dt.datetime) -> Written:
    rows = batch_rows(batch)
    done = Written()
    for family in FAMILIES:
        incoming = rows.get(family, [])
        parents = [row["id"] for row in rows.get(CHILDREN.get(family, ""), [])]
        if not incoming and not parents:
            continue
        _speaks_the_vocabulary(family, incoming)
        settled = settle(connection, family, incoming, parents)
        apply(connection, family, settled, tick)
        for row in settled.contested:
            payload = {"family": family, "row": to_json(row)}
            reason = "its source now says something else than what a person put right"
            review.put(connection, tick, "contested", reason, payload, row["source"], row["id"])
        counts = len(settled.added), settled.unchanged, len(settled.closed), len(settled.contested)
        done += Written(*counts)
    return done


def apply(connection: duckdb.DuckDBPyConnection, family: str, settled: Settled, tick: dt.datetime) -> None:
    """Close and insert the rows of one family, inside a transaction."""
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
    if settled.closed or settled.added:
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('written', $tick)", {"tick": tick.isoformat()}
        )


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
        raise RecordError(msg) from error
    except BaseException:
        _undo(connection)
        raise


def _undo(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:  # no transaction was begun, or the failure ended it
        return


def _hangs_together(connection: duckdb.DuckDBPyConnection, batches: Sequence[Batch]) -> None:
    known = {found for (found,) in connection.execute("SELECT id FROM source").fetchall()}
    for batch in batches:
        nouns: list[Tie | Clause | Flow | Trait | Event] = [
            *batch.ties,
            *batch.flows,
            *batch.traits,
            *batch.events,
        ]
        nouns += [clause for tie in batch.ties for clause in tie.clauses]
        for tie in batch.ties:
            if not tie.phases or any(clause.tie != tie.id for clause in tie.clauses):
                msg = f"the tie {tie.id!r} has no phase, or a clause of another tie"
                raise RecordError(msg, hint="give it the step it began with, and its own clauses")
        for noun in nouns:
            if noun.envelope.source not in known:
                msg = f"the row {noun.id!r} rests on the unknown source {noun.envelope.source!r}"
                raise RecordError(msg, hint="write that source first, or with the same batch")


def _speaks_the_vocabulary(family: str, rows: Sequence[Row]) -> None:
    for column, vocabulary in VOCABULARIES.get(family, {}).items():
        used: set[str] = set()
        for row in rows:
            cell = row[column]
            used.update(cell if isinstance(cell, list) else () if cell is None else (cell,))
        for term in sorted(used):
            check(vocabulary, term)
