"""Spells of days, and the names that hold over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from rapallo.actors.notation import Phrase
from rapallo.model import Interval, Name

__all__ = ["holds", "joined", "named", "overlap", "spell"]


def spell(spells: Iterable[Interval], on: dt.date | None) -> Interval | None:
    """The spell that holds the day; the last one where no day is given."""
    listed = list(spells)
    return listed[-1] if on is None else next((s for s in listed if s.contains(on)), None)


def holds(when: tuple[Interval, ...], on: dt.date) -> bool:
    """Whether one of the spells holds the day; no spells hold every day."""
    return not when or any(days.contains(on) for days in when)


def joined(spells: Iterable[Interval]) -> tuple[Interval, ...]:
    """Spells in order, those that meet or overlap made one."""
    ordered = sorted(spells, key=lambda s: s.start or dt.date.min)
    found: list[Interval] = []
    for each in ordered:
        last = found[-1] if found else None
        if last and (last.end is None or (each.start or dt.date.min) <= last.end + dt.timedelta(days=1)):
            end = None if last.end is None or each.end is None else max(last.end, each.end)
            found[-1] = Interval(last.start, end, "since" if end is None else "range")
        else:
            found.append(each)
    return tuple(found)


def overlap(one: Interval, other: Interval) -> Interval | None:
    """The days two spans share."""
    starts = [d for d in (one.start, other.start) if d]
    ends = [d for d in (one.end, other.end) if d]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and end < start:
        return None
    return Interval(start, end, "unknown" if not (start or end) else "since" if end is None else "range")


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 9


def named(listed: Iterable[Phrase], kind: str, spells: tuple[Interval, ...]) -> Iterator[Name]:
    """One name for each span it is bound to; a name without days holds as long as its actor."""
    for phrase in listed:
        as_kind = "acronym" if kind in {"short", "official", "demonym"} and _is_acronym(phrase.text) else kind
        for when in (phrase.when,) if phrase.when else spells:
            yield Name(phrase.text, as_kind, when, phrase.weight)
