"""The codes of datasets as actors of the record: each code with its day, asked once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from rapallo import actors
from rapallo.errors import RapalloError

__all__ = ["SCHEMES", "actor_ids", "named"]

Finder = Callable[[str, dt.date], str | None]

_LIKELY = 0.8


def actor_ids(scheme: str, asked: Iterable[tuple[str, int | None]]) -> Mapping[tuple[str, int | None], str]:
    """The actors that codes mean in the years they are used for; codes that nobody bears are absent.

    A state that bore a code for most of a year bears it for the year; one that never did is looked for among
    those who bore it last or will bear it next.

    Args:
        scheme: one of ``SCHEMES``.
        asked: (code, year); no year for a code that means the same at all times.

    Examples:
        >>> actor_ids("cow", [("365", 1970), ("365", 2000), ("999", 2000)])
        {('365', 1970): 'SUN', ('365', 2000): 'RUS'}
    """
    find = SCHEMES[scheme]
    found = {}
    for code, year in asked:
        actor = next((a for on in _days(year) if (a := find(code, on)) is not None), None)
        if actor is not None:
            found[code, year] = actor
    return found


def named(name: str, on: dt.date, near: tuple[str, ...] = ()) -> str | None:
    """The actor a dataset calls by a name; None where nobody bears it, or more than one."""
    best = actors.resolve(name, on=on, near=near).best
    return best.code if best is not None and best.confidence >= _LIKELY else None


def _days(year: int | None) -> tuple[dt.date, ...]:
    if year is None:
        return (dt.date.today(),)  # a code without a year means whoever bears it now
    year = min(max(year, 1), 9998)
    return dt.date(year, 7, 1), dt.date(year, 12, 31), dt.date(year, 1, 1)


def _quiet(find: Callable[[str, dt.date], str]) -> Finder:
    def found(code: str, on: dt.date) -> str | None:
        try:
            return find(code, on)
        except (RapalloError, ValueError):
            return None

    return found


def _iso3(code: str, on: dt.date) -> str:
    try:
        return actors.actor(code, on=on).id
    except RapalloError:
        return actors.actor(code).id


def _name(name: str, on: dt.date) -> str | None:
    return named(name, on)


SCHEMES: Mapping[str, Finder] = {
    "cow": _quiet(lambda code, on: actors.from_cow(int(float(code)), on)),
    "gw": _quiet(lambda code, on: actors.from_gw(int(float(code)), on)),
    "iso3": _quiet(_iso3),
    "name": _name,
}
"""What codes there are: numbers of COW and of Gleditsch and Ward, ISO 3166 alpha-3, names in words."""
