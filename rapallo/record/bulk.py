"""Write the rows of a dataset by the column: a release as a whole, or a part of one that only grows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

import duckdb
import pyarrow as pa

from rapallo.errors import RecordError
from rapallo.model import Batch, Bulk, Source, to_json
from rapallo.record import clock, waiting
from rapallo.record.rows import batch_rows, source_row
from rapallo.record.schema import CHILDREN, FAMILIES, LISTS, VOCABULARIES, check_term, create
from rapallo.record.settle import settle
from rapallo.record.tables import apply, transaction
from rapallo.record.writer import Written

__all__ = ["load"]

_KNOWING = ("known_from", "known_to", "digest")
_PLACE = ("file", "line")
_TOGETHER = {
    "event": "pair, valid_from",
    "flow": "origin, destination",
    "dyad": "name, actor, other",
    "trait": "name, actor",
}
"""What rows of a family are laid down by, so that a question about one pair or state reads few of them."""


def load(connection: duckdb.DuckDBPyConnection, bulk: Bulk, *, now: dt.datetime | None = None) -> Written:
    """Write the rows of a dataset, all or none of them; the same rows twice add nothing.

    Args:
        connection: to the record.
        bulk: what a dataset hands in.
        now: when the record comes to know it; None for now.

    Raises:
        RecordError: where a row cannot be stored; nothing is written.
        VocabularyError: where a row uses a term that no vocabulary holds; nothing is written.
    """
    done = Written()
    source = bulk.source
    with transaction(connection):
        tick = clock.next_tick(connection, now)
        fresh = settle(connection, "source", [source_row(source)])
        apply(connection, "source", fresh, tick)
        for family, rows in _portions(bulk):
            done += _write(connection, bulk, family, rows, tick)
        _keep(connection, bulk, tick, changed=bool(fresh.added or done.added or done.closed))
    return done


def _portions(bulk: Bulk) -> Iterator[tuple[str, pa.Table]]:
    """The rows by family, in the order they are written in; those that may have lost rows among them."""
    for stranger in bulk.tables.keys() - set(FAMILIES):
        msg = f"nothing of {bulk.source.id!r} was loaded: there is no family {stranger!r}"
        raise RecordError(msg, hint=f"there are {', '.join(FAMILIES)}")
    nouns = batch_rows(Batch(bulk.source, ties=bulk.ties, events=bulk.events))
    for family in FAMILIES:
        tables = list(bulk.tables.get(family, ()))
        if rows := nouns.get(family):
            tables.append(pa.Table.from_pylist(rows, schema=_schema(family)))
        if tables:
            yield family, pa.concat_tables(tables, promote_options="permissive")
        elif bulk.whole or (bulk.ties and CHILDREN.get(family) == "tie"):
            yield family, _schema(family).empty_table()


@cache
def _schema(family: str) -> pa.Schema:
    with duckdb.connect() as scratch:
        create(scratch)
        schema = scratch.sql(f"SELECT * FROM {family} LIMIT 0").to_arrow_table().schema
    return pa.schema([cell for cell in schema if cell.name not in _KNOWING])


def _write(
    connection: duckdb.DuckDBPyConnection, bulk: Bulk, family: str, rows: pa.Table, tick: dt.datetime
) -> Written:
    own = _schema(family).names
    connection.register("incoming", rows)
    try:
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE arriving AS SELECT {', '.join(own)}, "
            f"{_digest(family)} AS digest FROM incoming"
            + (f" ORDER BY {_TOGETHER[family]}" if family in _TOGETHER else "")
        )
        _check(connection, family, bulk.source)
        done = _make_way(connection, family, bulk, tick)
        cells = ", ".join(own)
        (added,) = connection.execute(
            f"INSERT INTO {family} ({cells}, digest, known_from) SELECT {cells}, digest, $tick FROM arriving",
            {"tick": tick},
        ).fetchall()[0]
        return Written(added, done.unchanged, done.closed, done.contested)
    finally:
        connection.unregister("incoming")
        connection.execute("DROP TABLE IF EXISTS temp.arriving")


def _digest(family: str) -> str:
    """A hash of all that a row says, wherever it stands in its file; as SQL."""
    return f"md5([{', '.join(f'{c}::VARCHAR' for c in _schema(family).names if c not in _PLACE)}]::VARCHAR)"


def _check(connection: duckdb.DuckDBPyConnection, family: str, source: Source) -> None:
    """Make sure that the arriving rows are of the source, differ in their ids and use known terms."""
    strangers = connection.execute(
        "SELECT id FROM arriving WHERE source <> $source LIMIT 1", {"source": source.id}
    ).fetchall()
    twice = connection.execute("SELECT id FROM arriving GROUP BY id HAVING count(*) > 1 LIMIT 1").fetchall()
    for found, what in ((strangers, "rests on another source"), (twice, "stands twice among them")):
        for (row_id,) in found:
            msg = f"nothing of {source.id!r} was loaded: the row {row_id!r} {what}"
            raise RecordError(msg)
    for column, name in VOCABULARIES.get(family, {}).items():
        cell = f"unnest({column})" if column in LISTS else column
        for (term,) in connection.execute(f"SELECT DISTINCT {cell} FROM arriving").fetchall():
            if term is not None:
                check_term(name, term)


def _make_way(connection: duckdb.DuckDBPyConnection, family: str, bulk: Bulk, tick: dt.datetime) -> Written:
    """Close what changed or went, and leave only what is new among the arriving rows."""
    source = bulk.source
    held = f"{family} WHERE known_to IS NULL AND source = $source"
    named = {"source": source.id}
    if not connection.execute(f"SELECT 1 FROM {held} LIMIT 1", named).fetchall() and not _corrected(
        connection, family
    ):
        _no_other_source(connection, family)
        return Written()
    _no_other_source(connection, family, source)
    parent = CHILDREN.get(family, "NULL")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE standing AS SELECT id, digest, {parent} AS parent FROM {held}", named
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE gone AS SELECT id FROM standing "
        "WHERE id NOT IN (SELECT id FROM arriving) "
        "AND ($whole OR parent IN (SELECT unnest($ties::VARCHAR[])))",
        {"whole": bulk.whole, "ties": [tie.id for tie in bulk.ties]},
    )
    (unchanged,) = connection.execute(
        "DELETE FROM arriving USING standing AS s WHERE s.id = arriving.id AND s.digest = arriving.digest"
    ).fetchall()[0]
    kept, contested = _contested(connection, family, source, tick)
    (closed,) = connection.execute(
        f"UPDATE {family} SET known_to = $tick WHERE known_to IS NULL AND source = $source "
        f"AND id IN (SELECT id FROM gone UNION ALL SELECT a.id FROM arriving AS a JOIN standing USING (id))",
        {"tick": tick, **named},
    ).fetchall()[0]
    connection.execute("DROP TABLE temp.standing")
    connection.execute("DROP TABLE temp.gone")
    return Written(0, unchanged + kept, closed, contested)


def _corrected(connection: duckdb.DuckDBPyConnection, family: str) -> bool:
    sql = "SELECT 1 FROM correction WHERE family = $family LIMIT 1"
    return bool(connection.execute(sql, {"family": family}).fetchall())


def _no_other_source(
    connection: duckdb.DuckDBPyConnection, family: str, source: Source | None = None
) -> None:
    other = " AND f.source <> $source" if source else ""
    found = connection.execute(
        f"SELECT f.id, f.source FROM {family} AS f JOIN arriving AS a ON a.id = f.id "
        f"WHERE f.known_to IS NULL{other} LIMIT 1",
        {"source": source.id} if source else {},
    ).fetchall()
    for row_id, of in found:
        msg = f"nothing was loaded: the row {row_id!r} is already held from source {of!r}"
        raise RecordError(msg, hint="give it an id of its own")


def _contested(
    connection: duckdb.DuckDBPyConnection, family: str, source: Source, tick: dt.datetime
) -> tuple[int, int]:
    """Take out the rows that a person put right: those known before, and those that say something new.

    Those that are no longer in the source are not closed either.

    Returns:
        How many there were of each; the second wait in the review queue.
    """
    touched = "SELECT row_id FROM correction WHERE family = $family"
    named = {"family": family}
    connection.execute(f"DELETE FROM gone WHERE id IN ({touched})", named)
    (kept,) = connection.execute(
        f"DELETE FROM arriving WHERE id IN ({touched}) "
        f"AND (id, digest) IN (SELECT (id, {_digest(family)}) FROM {family} WHERE id IN ({touched}))",
        named,
    ).fetchall()[0]
    rows = connection.sql(f"SELECT * FROM arriving WHERE id IN ({touched})", params=named).to_arrow_table()
    for row in rows.to_pylist():
        payload = {"family": family, "row": to_json({k: v for k, v in row.items() if k != "digest"})}
        reason = "its source now says something else than what a person put right"
        waiting.put(connection, tick, waiting.CONTESTED, reason, payload, source.id, row["id"])
    connection.execute(f"DELETE FROM arriving WHERE id IN ({touched})", named)
    return kept, rows.num_rows


def _keep(connection: duckdb.DuckDBPyConnection, bulk: Bulk, tick: dt.datetime, *, changed: bool) -> None:
    """Write down what became of each file, and queue the codes that nobody bears, each once."""
    source, written = bulk.source.id, changed
    for file in bulk.files:
        cells = [source, file.file, file.sha256, file.read, file.kept]
        known = "source = ? AND file = ? AND sha256 = ? AND rows_read = ? AND rows_kept = ?"
        if not changed and connection.execute(f"SELECT 1 FROM loading WHERE {known}", cells).fetchall():
            continue
        rejected = sum(rows for rows, _ in file.rejected.values())
        connection.execute(
            "INSERT INTO loading VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [*cells, rejected, list(file.left_out), tick],
        )
        for reason, (rows, line) in file.rejected.items():
            connection.execute(
                "INSERT INTO rejected VALUES (?, ?, ?, ?, ?, ?)",
                [source, file.file, reason, rows, line, tick],
            )
        written = True
    queued = "SELECT reason FROM review WHERE kind = ? AND source = ?"
    waits = {reason for (reason,) in connection.execute(queued, [waiting.UNKNOWN, source]).fetchall()}
    for (scheme, code), rows in bulk.unknown.items():
        reason = (
            f"no actor bears the {scheme} code {code!r}" if scheme != "name" else f"nobody is called {code!r}"
        )
        if reason not in waits:
            payload = {"scheme": scheme, "code": code, "rows": rows}
            waiting.put(connection, tick, waiting.UNKNOWN, reason, payload, source)
    if written:
        clock.keep(connection, tick)
