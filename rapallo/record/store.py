"""The record: one DuckDB file, written by batches, read by views and named questions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from rapallo.errors import RecordError
from rapallo.model import Batch, Bulk
from rapallo.record import clock, opening
from rapallo.record.bulk import load
from rapallo.record.correct import correct, retract
from rapallo.record.exports.tables import export_parquet
from rapallo.record.merging import Merging
from rapallo.record.questions import question
from rapallo.record.review import Review
from rapallo.record.view import View
from rapallo.record.writer import Written, write

__all__ = ["Record"]

_VIEWS_KEPT = 32


class Record:
    """The sourced, dated store of ties, flows, traits, events and claims. Make one with ``Record.open``.

    Examples:
        >>> with Record.open(empty=True) as record:
        ...     record.query("documents").num_rows
        0
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path | None, *, read_only: bool) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = connection
        self._views: dict[tuple[dt.date, dt.datetime], View] = {}
        self.path = path
        self.read_only = read_only

    @classmethod
    def open(cls, path: Path | None = None, *, read_only: bool = False, empty: bool = False) -> Record:
        """Open a record.

        Args:
            path: a record file; one that does not exist is made. None for a record in memory.
            read_only: let nothing be written; several readers can share a file, a writer has it alone.
            empty: make a new record without the starter record in it.

        Raises:
            RecordError: where the file is no record, another process writes it, or it cannot be reached; it
                is left as it was.
        """
        if path is None:
            connection = opening.in_memory(empty=empty)
        else:
            if not path.exists():
                opening.make(path, read_only=read_only, empty=empty)
            connection = opening.connect(path, read_only=read_only)
        return cls(connection, path, read_only=read_only)

    def write(self, batch: Batch, *, now: dt.datetime | None = None) -> Written:
        """Write a batch: all of it or nothing; the same batch twice adds nothing.

        A row that says something else than the record's row of that id closes the old one and takes its
        place; what a person corrected stands, and the new content waits in the review queue. Parties,
        phases and clauses that a tie no longer has, and claims that a document no longer yields, are closed.

        Args:
            batch: the rows of one source.
            now: when the record comes to know them; by default now. It may not lie before the last write.

        Raises:
            RecordError: where it cannot be stored; nothing is written.
            VocabularyError: where a row uses a term that no vocabulary holds; nothing is written.
        """
        return write(self.writable(), [batch], now=now)

    def load(self, bulk: Bulk, *, now: dt.datetime | None = None) -> Written:
        """Write the rows of a dataset by the column: all of them or none; the same twice add nothing.

        Args:
            bulk: what a dataset hands in.
            now: when the record comes to know them; by default now.

        Raises:
            RecordError: where a row cannot be stored; nothing is written.
            VocabularyError: where a row uses a term that no vocabulary holds; nothing is written.
        """
        return load(self.writable(), bulk, now=now)

    def correct(
        self,
        row_id: str,
        changes: Mapping[str, Any],
        *,
        who: str,
        why: str,
        now: dt.datetime | None = None,
    ) -> None:
        """Put a row right; the correction outlasts a second reading of the same source.

        Args:
            row_id: id of a row that stands.
            changes: column to new value; dates may be ISO 8601 strings.
            who: the person.
            why: the reason.
            now: when; by default now.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where no such row stands, or it does not take the change.
            VocabularyError: where a new value is a term that no vocabulary holds.
        """
        correct(self.writable(), row_id, changes, who=who, why=why, now=now)

    def retract(self, row_id: str, *, who: str, why: str, now: dt.datetime | None = None) -> None:
        """Close a row for good: a second reading of the same source does not bring it back.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where no such row stands.
        """
        retract(self.writable(), row_id, who=who, why=why, now=now)

    @property
    def merging(self) -> Merging:
        """Which rows tell of one event: judgements that can be undone."""
        return Merging(self)

    @property
    def review(self) -> Review:
        """What waits for a person: the review queue."""
        return Review(self)

    def view(self, on: dt.date, known: dt.date | dt.datetime | None = None) -> View:
        """The record as of a day.

        Args:
            on: the day in the world.
            known: as the record knew it then; a date means the end of that day in UTC. By default, and at
                the latest, its last write.
        """
        key = (on, self._moment(known))
        if key not in self._views:
            while len(self._views) >= _VIEWS_KEPT:
                del self._views[next(iter(self._views))]
            self._views[key] = View(self, *key)
        return self._views[key]

    def query(self, name: str, /, **params: object) -> pa.Table:
        """Ask a named question (``rapallo.record.questions``).

        Args:
            name: name of a file in ``queries/``.
            params: its parameters; ``known`` may be a date or a time.

        Returns:
            An Arrow table; times are UTC without a zone.

        Raises:
            RecordError: where there is no such question, or a parameter is missing or unknown.
        """
        asked = question(name)
        bound = asked.bind(params)
        if "known" in bound:
            known = bound["known"]
            bound["known"] = self._moment(known if isinstance(known, dt.date) else None)
        if isinstance(after := bound.get("after"), dt.date):
            bound["after"] = clock.stored(after)
        if "without" in bound:
            bound["without"] = bound["without"] or []
        return self.fetch(asked.sql, bound)

    def fetch(self, sql: str, params: dict[str, object]) -> pa.Table:
        """Run one SELECT and return its rows."""
        try:
            with self._live().cursor() as cursor:
                return cursor.sql(sql, params=params).to_arrow_table()
        except duckdb.Error as error:
            msg = f"the record cannot be read: {str(error).splitlines()[0]}"
            raise RecordError(msg, hint="check the values it was asked with") from error

    def export_parquet(self, folder: Path) -> tuple[Path, ...]:
        """Write every table, all versions of all rows, as one Parquet file each.

        Args:
            folder: made where it is missing; files of the same name are replaced.

        Returns:
            The files.

        Raises:
            RecordError: where the folder cannot be written.
        """
        return export_parquet(self, folder)

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file."""
        self.writable().checkpoint()

    def close(self) -> None:
        """Fold all into the file and let go of it; a record that is closed stays closed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _moment(self, known: dt.date | dt.datetime | None) -> dt.datetime:
        last = clock.last(self._live()) or dt.datetime.min
        return last if known is None else min(clock.stored(known), last)

    def _live(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None:
            msg = "the record is closed"
            raise RecordError(msg, hint="open it again")
        return self._connection

    def writable(self) -> duckdb.DuckDBPyConnection:
        """The connection, for the writers of this floor.

        Raises:
            RecordError: where the record is closed or open for reading only.
        """
        if self.read_only:
            msg = f"{self.path} is open for reading only"
            raise RecordError(msg, hint="open it without read_only")
        return self._live()
