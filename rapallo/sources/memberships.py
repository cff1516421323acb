"""Members of a pact over their days, from the numbers and dates of a dataset."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapallo import actors
from rapallo.model import Interval, Party
from rapallo.sources.codes import bearers

__all__ = ["Days", "Spell", "called", "days_on_end", "interval", "last_day", "parties", "spells_of"]

Days = tuple[dt.date, dt.date | None]
"""First and last day; no last where it goes on."""

Spell = tuple[str, dt.date, dt.date | None]
"""A state and its first and last day."""

_MOST_NAMED = 3


def spells_of(number: str, first: dt.date, last: dt.date | None) -> tuple[Spell, ...]:
    """The states that a number of COW means over the days of a membership.

    A dataset of pacts has members before they were states of the COW system: then it is the state that bears
    the number next.

    Examples:
        >>> import datetime as dt
        >>> spells_of("165", dt.date(1851, 10, 12), dt.date(1864, 1, 1))[0][0]
        'URY'
    """
    if found := bearers("cow", number, first, last):
        return found
    later = bearers("cow", number, first, None)
    return ((later[0][0], first, last),) if later else ()


def last_day(first: dt.date, leaving: dt.date | None) -> dt.date | None:
    """The last day of a membership that ends on a day: the day before it, as in the record's ties."""
    return max(first, leaving - dt.timedelta(days=1)) if leaving else None


def interval(days: Days) -> Interval:
    """The days as an interval."""
    return Interval(*days, "range" if days[1] else "since")


def days_on_end(days: Iterable[Days]) -> list[Days]:
    """Days that overlap or follow on each other as one, oldest first.

    Examples:
        >>> import datetime as dt
        >>> years = [(dt.date(y, 1, 1), dt.date(y, 12, 31)) for y in (1902, 1900, 1901, 1904)]
        >>> [(first.year, last.year) for first, last in days_on_end(years)]
        [(1900, 1902), (1904, 1904)]
    """
    whole: list[Days] = []
    for start, end in sorted(days, key=lambda span: span[0]):
        last = whole[-1][1] if whole else None
        if whole and (last is None or start <= last + dt.timedelta(days=1)):
            whole[-1] = whole[-1][0], None if last is None or end is None else max(last, end)
        else:
            whole.append((start, end))
    return whole


def parties(spells: Iterable[Spell]) -> Iterator[Party]:
    """The parties of a mutual tie, each as often as it came back, in the order of their first mention."""
    held: dict[str, list[Days]] = defaultdict(list)
    for code, start, end in spells:
        held[code].append((start, end))
    for code, days in held.items():
        for span in days_on_end(days):
            yield Party(code, "party", interval(span))


def called(codes: Sequence[str], year: int, mark: str) -> str:
    """A name for a pact whose dataset gives it none.

    Examples:
        >>> called(["CHN", "PRK"], 1961, "ATOP 3445")
        'Pact of China and North Korea, 1961 (ATOP 3445)'
    """
    if len(codes) > _MOST_NAMED:
        return f"Pact of {len(codes)} states, {year} ({mark})"
    *names, last = (actors.actor(code).name for code in codes)
    return f"Pact of {' and '.join(filter(None, (', '.join(names), last)))}, {year} ({mark})"
