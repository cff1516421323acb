"""The short notation of the actor files: spans of days, names with days and weight, codes and capitals."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from rapallo.errors import InputError
from rapallo.model import Interval

__all__ = ["ALWAYS", "Capital", "Phrase", "capitals", "codes", "parts", "phrases", "span", "spans", "words"]

ALWAYS = Interval(None, None, "unknown")
_MARK = re.compile(r"\s+(?:@(?P<span>\S+)|\*(?P<weight>[01](?:\.\d+)?))$")
_CAPITAL = re.compile(r"^(?P<name>.+?) (?P<lat>-?\d+\.\d+) (?P<lon>-?\d+\.\d+)(?P<when>(?: \S+/\S+)*)$")


class Phrase(NamedTuple):
    """A name as it stands in a file: text, the days it is bound to (none: as long as the actor), weight."""

    text: str
    when: Interval | None = None
    weight: float = 1.0


class Capital(NamedTuple):
    """A capital: its name, its place in degrees north and east, its days (none: as long as the state)."""

    name: Phrase
    latitude: float
    longitude: float
    when: tuple[Interval, ...] = ()


def _date(text: str, whole: str) -> dt.date | None:
    if text == "..":
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} in {whole!r} is not a day"
        raise InputError(msg, hint="write days as 1961-07-11, an open end as ..") from error


@cache
def span(text: str) -> Interval:
    """Read ``FIRST/LAST`` with ``..`` for an open end.

    Raises:
        InputError: where it is not written so, or ends before it begins.

    Examples:
        >>> span("1922-12-30/1991-12-25").end
        datetime.date(1991, 12, 25)
        >>> span("1991-12-26/..").precision
        'since'
    """
    first, slash, last = text.partition("/")
    if not slash:
        msg = f"{text!r} is not a span of days"
        raise InputError(msg, hint="write it as 1922-12-30/1991-12-25 or 1991-12-26/..")
    start, end = _date(first, text), _date(last, text)
    if start is None and end is None:
        return ALWAYS
    return Interval(start, end, "since" if end is None else "range")


def spans(text: str) -> tuple[Interval, ...]:
    """Read spans parted by blanks."""
    return tuple(span(part) for part in text.split())


def parts(text: str) -> tuple[str, ...]:
    """Split a list that is parted by semicolons; blanks around the parts fall away."""
    return tuple(filter(None, map(str.strip, text.split(";"))))


def _phrase(text: str) -> Phrase:
    when, weight = None, 1.0
    if "@" not in text and "*" not in text:
        return Phrase(text)
    while match := _MARK.search(text):
        if match["span"]:
            when = span(match["span"])
        else:
            weight = float(match["weight"])
        text = text[: match.start()]
    return Phrase(text, when, weight)


def phrases(text: str) -> tuple[Phrase, ...]:
    """Read names: ``TEXT @DAYS *WEIGHT; TEXT; ...``, days and weight as needed, in either order.

    Examples:
        >>> phrases("West Germany @1949-05-23/1990-10-02; Holland *0.9")[1]
        Phrase(text='Holland', when=None, weight=0.9)
    """
    return tuple(_phrase(part) for part in parts(text))


def codes(text: str | int | None, default: tuple[Interval, ...]) -> tuple[tuple[int, Interval], ...]:
    """Read code numbers with the days they held: ``255 1816-01-01/1945-05-08; 260 1955-05-05/1990-10-02``.

    Args:
        text: the numbers, each with its spans; a number alone takes the default.
        default: the days of existence of the state.

    Returns:
        Pairs of number and days, in the order of the text.

    Raises:
        InputError: where a number or a span cannot be read.
    """
    found: list[tuple[int, Interval]] = []
    for part in parts(str(text)) if text is not None else ():
        number, _, when = part.partition(" ")
        if not number.isdecimal():
            msg = f"{part!r} does not begin with a code number"
            raise InputError(msg, hint="write it as 365 1816-01-01/..")
        found += [(int(number), days) for days in (spans(when) if when else default)]
    return tuple(found)


def capitals(text: str) -> tuple[Capital, ...]:
    """Read capitals: ``Bonn 50.73 7.10 1949-05-23/1990-10-02; Berlin 52.52 13.40 1990-10-03/..``.

    Raises:
        InputError: where a part is not a name followed by latitude and longitude.
    """
    found = []
    for part in parts(text):
        match = _CAPITAL.match(part)
        if not match:
            msg = f"{part!r} is not a capital"
            raise InputError(
                msg, hint="write it as NAME LATITUDE LONGITUDE [FIRST/LAST], e.g. Rome 41.90 12.50"
            )
        found.append(
            Capital(_phrase(match["name"]), float(match["lat"]), float(match["lon"]), spans(match["when"]))
        )
    return tuple(found)


def words(when: Interval) -> str:
    """A span in words.

    Examples:
        >>> words(span("1922-12-30/1991-12-25")), words(span("1991-12-26/.."))
        ('from 1922-12-30 to 1991-12-25', 'since 1991-12-26')
    """
    if when.start and when.end:
        return f"from {when.start} to {when.end}"
    if when.start:
        return f"since {when.start}"
    return f"until {when.end}" if when.end else "at all times"
