"""The record's own time: when it was last written, and what a known date means."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import duckdb

from rapallo.errors import RecordError

__all__ = ["keep", "last", "next_tick", "stored", "told"]

_TICK = dt.timedelta(microseconds=1)


def last(connection: duckdb.DuckDBPyConnection) -> dt.datetime | None:
    """When the record was last written, in UTC without a zone; None before the first write."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'written'").fetchall()
    return dt.datetime.fromisoformat(found[0][0]) if found else None


def next_tick(connection: duckdb.DuckDBPyConnection, now: dt.datetime | None) -> dt.datetime:
    """The time a write carries: later than every write before it, so that what was known stays as it was.

    Args:
        connection: to the record.
        now: the time asked for; None for the clock of the machine, or a tick after the last write where
            that clock lags behind it.

    Raises:
        RecordError: where ``now`` lies before the last write.
    """
    before = last(connection)
    if now is None:
        clock = stored(dt.datetime.now(dt.UTC))
        return clock if before is None or clock > before else before + _TICK
    asked = stored(now)
    if before is not None and asked < before:
        msg = f"the record was written at {before}, which is after {asked}"
        raise RecordError(msg, hint="what was known at a past time is never changed; write with a later time")
    return before + _TICK if asked == before else asked


def keep(connection: duckdb.DuckDBPyConnection, tick: dt.datetime) -> None:
    """Remember that the record was written at that time, inside the transaction that writes."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('written', $tick)", {"tick": tick.isoformat()})


def stored(moment: dt.date | dt.datetime) -> dt.datetime:
    """A time as the tables hold it: UTC without a zone. A date means the end of that day in UTC.

    Examples:
        >>> stored(dt.date(2024, 6, 22))
        datetime.datetime(2024, 6, 22, 23, 59, 59, 999999)
        >>> stored(dt.datetime(2024, 6, 22, 12, tzinfo=dt.timezone(dt.timedelta(hours=9))))
        datetime.datetime(2024, 6, 22, 3, 0)
    """
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time.max)
    return moment if moment.tzinfo is None else moment.astimezone(dt.UTC).replace(tzinfo=None)


@lru_cache(1 << 10)
def told(moment: dt.datetime | None) -> dt.datetime | None:
    """A stored time as people are told it: with its zone, UTC.

    Examples:
        >>> told(dt.datetime(2024, 6, 22)).isoformat()
        '2024-06-22T00:00:00+00:00'
    """
    return None if moment is None else moment.replace(tzinfo=dt.UTC)
