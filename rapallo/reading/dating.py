"""Expressions of time to intervals, anchored at the document's date; what the text does not date stays so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from rapallo.model import Interval
from rapallo.reading.lexicon import table
from rapallo.reading.timegrammar import DAYS, READERS, Expression

__all__ = ["Dated", "find_dates"]

_LEAD = re.compile(
    r"(?:^|\W)(since|by|until|till|before|after)(?: at least| about| around| early| late| mid)?(?: the)?\s+"
    r"(?:early |late )?$",
    re.IGNORECASE,
)
_OWN_LEAD = re.compile(r"(since|by|until|till|before|after)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time.

    Attributes:
        start: offset of its first character in the text searched.
        end: offset behind its last.
        past: what it means for an act that is over or going on, None where it dates none.
        ahead: what it means for an act to come ("will meet on Friday"), None where it dates none.
    """

    start: int
    end: int
    past: Interval | None
    ahead: Interval | None

    @property
    def told(self) -> Interval:
        """What it means for either."""
        found = self.past or self.ahead
        assert found is not None  # noqa: S101 - an expression that means nothing is none
        return found


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], Callable[[Expression], Interval | None]], ...]:
    raw = table("dates")
    plain = {
        "<N>": f"(?P<n>{raw['number']})",
        "<UNIT>": r"(?P<unit>day|week|month|quarter|year|decade|century|centurie)s?",
        "<EARLY>": f"(?:{raw['early']})",
        "<COUNTED>": raw["counted"],
    }
    named = {
        "M": raw["months"],
        "S": f"{raw['months']}|{raw['shortened']}",
        "Y": r"1[4-9]\d\d|20\d\d",
        "D": r"[0-3]?\d",
        "W": "|".join(DAYS),
    }
    found = []
    for rule in raw["grammar"]:
        pattern = rule["find"]
        for mark, meant in plain.items():
            pattern = pattern.replace(mark, meant)
        pattern = re.sub(r"<([MSYDW]):(\w+)>", lambda m: _group(named, m[1], m[2]), pattern)
        found.append((re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE), READERS[rule["as"]]))
    return tuple(found)


def _group(named: Mapping[str, str], kind: str, name: str) -> str:
    group = f"(?P<{name}>{named[kind]})"
    return group + ("(?:st|nd|rd|th)?" if kind == "D" else "")


@cache
def _ranked() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{table('dates')['ranked']})\b[^,;:]{{0,60}}$", re.IGNORECASE)


def find_dates(text: str, published: dt.date, last: Interval | None = None) -> tuple[Dated, ...]:
    """Every expression of time in a text, in order, none inside another.

    Args:
        text: a sentence.
        published: the day of the document, the anchor.
        last: when the last dated act before the sentence was, the anchor of "the next day".

    Examples:
        >>> [d.past.start for d in find_dates("in April and since 2019", dt.date(2024, 6, 22))]
        [datetime.date(2024, 4, 1), datetime.date(2019, 1, 1)]
        >>> find_dates("their worst clash since 2019", dt.date(2024, 6, 22))
        ()
    """
    taken: list[Dated] = []
    spans: list[tuple[int, int]] = []
    for pattern, make in _grammar():
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(a < end and start < b for a, b in spans):
                continue
            nearest = max((d for d in taken if d.end <= start), key=lambda d: d.end, default=None)
            anchor = nearest.past if nearest is not None else last
            past, ahead = (
                _safely(make, Expression(match, published, ahead, anchor)) for ahead in (False, True)
            )
            if past is None and ahead is None:
                continue
            spans.append((start, end))
            lead = _LEAD.search(text[:start]) or _OWN_LEAD.match(match[0])
            word = lead[1].lower() if lead else ""
            if word == "since" and _ranked().search(text[:start]):
                continue
            taken.append(Dated(start, end, *_bounded(past, ahead, word)))
    return tuple(sorted(taken, key=lambda d: d.start))


def _safely(make: Callable[[Expression], Interval | None], words: Expression) -> Interval | None:
    try:
        return make(words)
    except (ValueError, OverflowError):  # no such day, or outside the years 1 to 9999
        return None


def _bounded(
    past: Interval | None, ahead: Interval | None, lead: str
) -> tuple[Interval | None, Interval | None]:
    """The two meanings behind "since", "by", "until", "before" or "after"."""
    either = past or ahead
    assert either is not None  # noqa: S101 - one of the two is there
    if lead == "since" and either.start:
        since = Interval(either.start, None, "since")
        return since, since
    if lead in ("by", "until", "till", "before") and (ahead or either).end:
        until = Interval(None, (ahead or either).end, (ahead or either).precision)
        return (until if lead == "by" or past is None else Interval(None, past.end, past.precision)), until
    if lead == "after" and either.end:
        later = Interval(either.end, None, "since")
        return later, later
    return past, ahead
