"""What waits for a person: unknown codes, unresolved names, doubtful claims, contested rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rapallo.errors import RecordError
from rapallo.record import clock, correct
from rapallo.record.clock import told
from rapallo.record.tables import transaction
from rapallo.record.waiting import CONTESTED, as_json, put

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["Review", "ReviewItem"]

Status = Literal["open", "accepted", "corrected", "rejected"]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One thing to decide.

    Attributes:
        id: a hash of what it says; the same item is queued once.
        kind: e.g. ``unknown_code, unresolved_name, doubtful_claim, contested``.
        reason: why it is here, in words.
        payload: what it is about.
        source: id of the source it came from.
        row: id of the row it is about, where there is one.
        added: when it was queued.
        status: ``open, accepted, corrected, rejected``.
        who: who decided it.
        why: for what reason.
        decided: when.
        changes: what was put in its place, where it was corrected.
    """

    id: str
    kind: str
    reason: str
    payload: Mapping[str, Any]
    source: str
    row: str | None
    added: dt.datetime
    status: Status
    who: str | None = None
    why: str | None = None
    decided: dt.datetime | None = None
    changes: Mapping[str, Any] | None = None


class Review:
    """The review queue of a record: add, list, accept, correct, reject.

    Examples:
        >>> from rapallo.record import Record
        >>> with Record.open(empty=True) as record:
        ...     item = record.review.add("unknown_code", "no actor bears it", {"code": "XYZ"}, "feed")
        ...     [(i.kind, i.status) for i in record.review.list()]
        [('unknown_code', 'open')]
    """

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(
        self,
        kind: str,
        reason: str,
        payload: Mapping[str, Any],
        source: str,
        *,
        row: str | None = None,
        now: dt.datetime | None = None,
    ) -> str:
        """Queue something; what was ever queued, decided or not, is not queued again.

        Returns:
            The id of the item.

        Raises:
            InputError: where the payload is not JSON.
        """
        connection = self._record.writable()
        with transaction(connection):
            tick = clock.next_tick(connection, now)
            return put(connection, tick, kind, reason, payload, source, row)

    def list(self, status: Status | None = "open") -> tuple[ReviewItem, ...]:
        """The items of that status, oldest first; None for all."""
        table = self._record.query("review_queue", status=status)
        return tuple(_item(row) for row in table.to_pylist())

    def accept(self, item: str, *, who: str, why: str, now: dt.datetime | None = None) -> None:
        """Take it as it is. Of a contested row, what its source says now takes the place of the correction.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where there is no such item or it was decided before.
        """
        with self._deciding(item, "accepted", who, why, now) as (found, tick):
            if found.kind == CONTESTED:
                correct.adopt(
                    self._record.writable(), found.payload["family"], found.payload["row"], who, why, tick
                )

    def correct(
        self, item: str, changes: Mapping[str, Any], *, who: str, why: str, now: dt.datetime | None = None
    ) -> None:
        """Put something else in its place; the row it is about, where there is one, is corrected.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where there is no such item, it was decided before, or the row does not take it.
        """
        with self._deciding(item, "corrected", who, why, now, changes) as (found, tick):
            if found.row is not None:
                correct.revise(self._record.writable(), found.row, changes, who, why, tick)

    def reject(self, item: str, *, who: str, why: str, now: dt.datetime | None = None) -> None:
        """Turn it down. The row it is about is retracted; of a contested one the correction stands.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where there is no such item or it was decided before.
        """
        with self._deciding(item, "rejected", who, why, now) as (found, tick):
            if found.row is not None and found.kind != CONTESTED:
                correct.revise(self._record.writable(), found.row, None, who, why, tick)

    @contextmanager
    def _deciding(
        self,
        item: str,
        status: Status,
        who: str,
        why: str,
        now: dt.datetime | None,
        changes: Mapping[str, Any] | None = None,
    ) -> Iterator[tuple[ReviewItem, dt.datetime]]:
        correct.answerable(who, why)
        connection = self._record.writable()
        with transaction(connection):
            found = {i.id: i for i in self.list(None)}.get(item)
            if found is None:
                msg = f"the review queue holds no item {item!r}"
                raise RecordError(msg)
            if found.status != "open":
                msg = f"{item} was {found.status} by {found.who}: {found.why}"
                raise RecordError(msg, hint="correct the row itself to change it again")
            tick = clock.next_tick(connection, now)
            yield found, tick
            connection.execute(
                "UPDATE review SET status = ?, who = ?, why = ?, decided = ?, decision = ? WHERE id = ?",
                [status, who, why, tick, None if changes is None else as_json(changes), item],
            )
            clock.keep(connection, tick)


def _item(row: Mapping[str, Any]) -> ReviewItem:
    added = told(row["added"])
    assert added is not None  # noqa: S101 - the column is NOT NULL
    return ReviewItem(
        id=row["id"],
        kind=row["kind"],
        reason=row["reason"],
        payload=json.loads(row["payload"]),
        source=row["source"],
        row=row["row_id"],
        added=added,
        status=row["status"],
        who=row["who"],
        why=row["why"],
        decided=told(row["decided"]),
        changes=json.loads(row["decision"]) if row["decision"] else None,
    )
