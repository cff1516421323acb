"""Write batches: one transaction, all or nothing, the same batch twice adds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from rapallo.errors import RecordError
from rapallo.model import Batch, Clause, Event, Flow, Tie, Trait, to_json
from rapallo.record import clock, waiting
from rapallo.record.rows import batch_rows, source_row
from rapallo.record.schema import CHILDREN, FAMILIES, check_terms
from rapallo.record.settle import settle
from rapallo.record.tables import apply, transaction

__all__ = ["Written", "write"]


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
        changed = False
        for batch in batches:
            source = settle(connection, "source", [source_row(batch.source)])
            apply(connection, "source", source, tick)
            changed = changed or bool(source.added)
        _hangs_together(connection, batches)
        for batch in batches:
            done += _write_one(connection, batch, tick)
        if changed or done.added or done.closed:
            clock.keep(connection, tick)
    return done


def _write_one(connection: duckdb.DuckDBPyConnection, batch: Batch, tick: dt.datetime) -> Written:
    rows = batch_rows(batch)
    done = Written()
    for family in FAMILIES:
        incoming = rows.get(family, [])
        parents = [row["id"] for row in rows.get(CHILDREN.get(family, ""), [])]
        if not incoming and not parents:
            continue
        check_terms(family, incoming)
        settled = settle(connection, family, incoming, parents)
        apply(connection, family, settled, tick)
        for row in settled.contested:
            payload = {"family": family, "row": to_json(row)}
            reason = "its source now says something else than what a person put right"
            waiting.put(connection, tick, waiting.CONTESTED, reason, payload, row["source"], row["id"])
        counts = len(settled.added), settled.unchanged, len(settled.closed), len(settled.contested)
        done += Written(*counts)
    return done


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
