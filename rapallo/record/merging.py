"""One event told by many rows: reversible judgements, each with who made it, why and how sure.

After the resolver of nomenklatura (OpenSanctions): rows are never changed by a merge; a judgement says that
two are of one event, another that they are not, and both can be undone. What hangs together by judgements is
one event, told by as many reports as its rows tell of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import duckdb

from rapallo.errors import RecordError
from rapallo.model import Event
from rapallo.record import clock
from rapallo.record.correct import answerable
from rapallo.record.tables import transaction

if TYPE_CHECKING:
    from rapallo.record.store import Record
    from rapallo.record.view import View

__all__ = ["Merged", "Merging", "merged"]

Verdict = Literal["same", "different"]
_REPORTS = "the same actors, act and day in one feed"


@dataclass(frozen=True, slots=True)
class Merged:
    """An event and the rows that tell of it.

    Attributes:
        event: the row that tells most, with the reports and independent sources of all.
        rows: ids of all rows, that of ``event`` first.
        datasets: ids of the sources they rest on.
    """

    event: Event
    rows: tuple[str, ...]
    datasets: tuple[str, ...]


class Merging:
    """The judgements of a record: make, undo, ask.

    Examples:
        >>> from rapallo.record import Record
        >>> with Record.open(empty=True) as record:
        ...     record.merging.judge("a", "b", "same", who="Ada", why="one visit, two feeds")
        ...     record.merging.cluster("a")
        ('a', 'b')
    """

    def __init__(self, record: Record) -> None:
        self._record = record

    def judge(
        self,
        one: str,
        other: str,
        verdict: Verdict,
        *,
        who: str,
        why: str,
        score: float = 1.0,
        now: dt.datetime | None = None,
    ) -> None:
        """Say that two rows are of one event, or are not; an earlier judgement of the two is undone by it.

        Raises:
            InputError: where nobody or no reason is named.
            RecordError: where it is one row.
        """
        answerable(who, why)
        if one == other:
            msg = f"{one!r} cannot be judged against itself"
            raise RecordError(msg)
        one, other = sorted((one, other))
        connection = self._record.writable()
        with transaction(connection):
            tick = clock.next_tick(connection, now)
            _close(connection, one, other, tick)
            connection.execute(
                "INSERT INTO judgement VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                [one, other, verdict, score, who, why, tick],
            )
            clock.keep(connection, tick)

    def undo(self, one: str, other: str, *, now: dt.datetime | None = None) -> None:
        """Take back the judgement of two rows.

        Raises:
            RecordError: where none stands.
        """
        one, other = sorted((one, other))
        connection = self._record.writable()
        with transaction(connection):
            tick = clock.next_tick(connection, now)
            if not _close(connection, one, other, tick):
                msg = f"no judgement of {one!r} and {other!r} stands"
                raise RecordError(msg)
            clock.keep(connection, tick)

    def reports(self, source: str, *, now: dt.datetime | None = None) -> int:
        """Judge the rows of one event feed that tell of the same actors, act and day to be of one event.

        Args:
            source: id of the feed; its rows are reports, as those of GDELT.
            now: when; by default now.

        Returns:
            How many judgements were made; those made before are not made again, and rows about which one
            was undone, or that were told apart from others, are left to people.
        """
        connection = self._record.writable()
        with transaction(connection):
            tick = clock.next_tick(connection, now)
            made = connection.execute(_REPORTED, {"source": source, "tick": tick, "why": _REPORTS}).fetchall()
            if made[0][0]:
                clock.keep(connection, tick)
        return int(made[0][0])

    def cluster(self, row: str) -> tuple[str, ...]:
        """The ids of all rows that tell of the event a row tells of, itself among them, in order."""
        ends = {end for pair in _same(self._record, [row]) for end in pair}
        return tuple(sorted({row, *ends}))


def merged(view: View, events: Sequence[Event]) -> tuple[Merged, ...]:
    """Events with those that are judged to be one put together, in the order of the first of each.

    Args:
        view: whose judgements hold.
        events: rows of the view.
    """
    leader: dict[str, str] = {}

    def lead(row: str) -> str:
        while leader.setdefault(row, row) != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    for one, other in sorted(_same(view, [event.id for event in events])):
        leader[lead(other)] = lead(one)
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(lead(event.id), []).append(event)
    return tuple(_one(group) for group in groups.values())


def _same(asked: Record | View, rows: Iterable[str]) -> set[tuple[str, str]]:
    """The judgements that rows are of one event, with all that hang together with them."""
    pairs: set[tuple[str, str]] = set()
    seen: set[str] = set()
    fresh = set(rows)
    while fresh:
        told = asked.query("judgements_of", ids=sorted(fresh)).to_pylist()
        seen |= fresh
        found = {(j["one"], j["other"]) for j in told if j["verdict"] == "same"}
        pairs |= found
        fresh = {end for pair in found for end in pair} - seen
    return pairs


def _one(group: Sequence[Event]) -> Merged:
    """The event that several rows tell of; sources are independent only as far as one dataset counts them."""
    best = max(group, key=lambda e: (e.envelope.confidence, e.reports, len(e.what)))
    datasets = tuple(dict.fromkeys(e.envelope.source for e in group))
    sources = max(sum(e.sources for e in group if e.envelope.source == d) for d in datasets)
    event = replace(best, reports=sum(e.reports for e in group), sources=sources)
    rest: Iterable[str] = (e.id for e in group if e.id != best.id)
    return Merged(event, (best.id, *rest), datasets)


def _close(connection: duckdb.DuckDBPyConnection, one: str, other: str, tick: dt.datetime) -> int:
    sql = "UPDATE judgement SET known_to = $tick WHERE known_to IS NULL AND one = $one AND other = $other"
    (closed,) = connection.execute(sql, {"tick": tick, "one": one, "other": other}).fetchall()[0]
    return int(closed)


_REPORTED = """
    WITH decided AS (
        SELECT unnest([one, other]) AS id FROM judgement WHERE verdict = 'different' OR known_to IS NOT NULL
    ), standing AS (
        SELECT id, first_value(id) OVER (
            PARTITION BY actors, targets, code, valid_from ORDER BY reports DESC, id
        ) AS leader
        FROM event
        WHERE known_to IS NULL AND source = $source AND valid_from IS NOT NULL AND code <> ''
    )
    INSERT INTO judgement
    SELECT least(id, leader), greatest(id, leader), 'same', 0.8, 'rapallo', $why, $tick, NULL
    FROM standing AS s
    WHERE id <> leader AND id NOT IN (SELECT id FROM decided) AND NOT EXISTS (
        SELECT 1 FROM judgement AS j
        WHERE j.one = least(s.id, s.leader) AND j.other = greatest(s.id, s.leader)
    )
"""
