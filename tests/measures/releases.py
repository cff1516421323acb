"""Small releases of datasets for tests: amounts of states and of pairs, laid in as datasets lay them in."""

from __future__ import annotations

import datetime as dt

from rapallo.model import Bulk, Interval, Source
from tests.record.world import in_year, rows

__all__ = ["dyads", "release", "traits"]


def release(name: str, first: int, last: int) -> Source:
    covers = Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")
    return Source(name, name, dt.date(2020, 1, 1), "https://example.org", "CC0", "Nobody (2020).", covers)


def dyads(source: Source, *told: tuple[str, str, str, int, float]) -> Bulk:
    """Amounts of pairs: name, state, other, year, value."""
    cells = (
        {
            "id": f"{source.id}:{name}:{one}-{other}:{year}",
            "actor": one,
            "other": other,
            "name": name,
            "value": value,
            "line": line,
            **in_year(year),
        }
        for line, (name, one, other, year, value) in enumerate(told, 2)
    )
    return Bulk(source, {"dyad": (rows("dyad", *cells, source=source),)})


def traits(source: Source, *told: tuple[str, str, dt.date, dt.date, float]) -> Bulk:
    """Amounts of states: name, state, first day, last day, value."""
    cells = (
        {
            "id": f"{source.id}:{name}:{state}:{first}",
            "actor": state,
            "name": name,
            "value": value,
            "line": line,
            "valid_from": first,
            "valid_to": last,
        }
        for line, (name, state, first, last, value) in enumerate(told, 2)
    )
    return Bulk(source, {"trait": (rows("trait", *cells, source=source),)})
