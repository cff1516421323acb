"""Decide what becomes of incoming rows: new, unchanged, a new version, or contested."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from rapallo.errors import RecordError
from rapallo.record.cells import Row, digest
from rapallo.record.schema import CHILDREN

__all__ = ["Settled", "settle"]


@dataclass(slots=True)
class Settled:
    """What a write does to one family.

    Attributes:
        added: (row, digest) to insert.
        closed: ids whose standing row ends.
        unchanged: how many rows the record holds as they are.
        contested: rows that differ from what a person put right; they go to the review queue.
    """

    added: list[tuple[Row, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    unchanged: int = 0
    contested: list[Row] = field(default_factory=list)


def settle(
    connection: duckdb.DuckDBPyConnection, family: str, rows: Sequence[Row], parents: Sequence[str] = ()
) -> Settled:
    """Hold incoming rows against those that stand.

    A row whose id the record does not hold is new. One that says the same is unchanged. One that says
    something else closes the old one and takes its place, unless a person corrected or retracted it: then
    a content the record has had before changes nothing, and one it has not is contested. Rows that belong to
    one of ``parents`` (a tie, a document) and are no longer among the incoming are closed, unless a person
    corrected them.

    Args:
        connection: to the record, inside a transaction.
        family: name of the table.
        rows: the incoming rows.
        parents: ids of the rows they belong to, for a family of children.

    Raises:
        RecordError: where one id stands for two rows, or for a row of another source.
    """
    incoming = _once(family, rows)
    standing = _standing(connection, family, list(incoming), parents)
    touched = _touched_by_people(connection, family, [*incoming, *standing])
    result = Settled()
    for row_id, (row, now) in incoming.items():
        before, source = standing.get(row_id, (None, None))
        if source is not None and source != row["source"]:
            msg = f"the row {row_id!r} of source {row['source']!r} is already held from source {source!r}"
            raise RecordError(msg, hint="give it an id of its own")
        if now == before or now in touched.get(row_id, ()):
            result.unchanged += 1
        elif row_id in touched:
            result.contested.append(row)
        else:
            result.added.append((row, now))
            if before is not None:
                result.closed.append(row_id)
    result.closed += [gone for gone in standing if gone not in incoming and gone not in touched]
    return result


def _once(family: str, rows: Iterable[Row]) -> dict[str, tuple[Row, str]]:
    found: dict[str, tuple[Row, str]] = {}
    for row in rows:
        now = digest(row)
        if found.setdefault(row["id"], (row, now))[1] != now:
            msg = f"the batch holds two different rows {row['id']!r} of the family {family}"
            raise RecordError(msg, hint="every row needs an id of its own")
    return found


def _standing(
    connection: duckdb.DuckDBPyConnection, family: str, ids: Sequence[str], parents: Sequence[str]
) -> dict[str, tuple[str, str | None]]:
    where = "id IN (SELECT id FROM incoming)"
    if parents:
        where += f" OR {CHILDREN[family]} IN (SELECT id FROM parents)"
    source = "NULL" if family == "source" else "source"
    sql = f"SELECT id, digest, {source} FROM {family} WHERE known_to IS NULL AND ({where})"
    with _Names(connection, incoming=ids, parents=parents):
        return {row_id: (now, of) for row_id, now, of in connection.execute(sql).fetchall()}


def _touched_by_people(
    connection: duckdb.DuckDBPyConnection, family: str, ids: Sequence[str]
) -> dict[str, set[str]]:
    """Every content the record has had of each row that a person corrected or retracted."""
    sql = f"""
        SELECT DISTINCT f.id, f.digest FROM {family} AS f
        WHERE f.id IN (SELECT id FROM incoming)
        AND f.id IN (SELECT row_id FROM correction WHERE family = $family)
    """
    found: dict[str, set[str]] = {}
    with _Names(connection, incoming=ids):
        for row_id, had in connection.execute(sql, {"family": family}).fetchall():
            found.setdefault(row_id, set()).add(had)
    return found


class _Names:
    """Lists of ids as tables of one column, for as long as the block lasts."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, **lists: Sequence[str]) -> None:
        self._connection = connection
        self._lists = lists

    def __enter__(self) -> None:
        for name, ids in self._lists.items():
            self._connection.register(name, pa.table({"id": pa.array(ids, pa.string())}))

    def __exit__(self, *_: object) -> None:
        for name in self._lists:
            self._connection.unregister(name)
