"""Expressions of time to intervals, anchored at the document's date; what the text does not date stays so."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from rapallo.model import Interval
from rapallo.reading.calendar import back, clip, quarter_of, span, weekday
from rapallo.reading.lexicon import table
from rapallo.reading.quantity import number

__all__ = ["Dated", "find_dates"]

_MONTHS = [m.lower() for m in _calendar.month_name]
_ABBREVIATIONS = [m.lower() for m in _calendar.month_abbr]
_DAYS = [d.lower() for d in _calendar.day_name]
_ORDINALS = ["first", "second", "third", "fourth"]
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time.

    Attributes:
        start: offset of its first character in the text searched.
        end: offset behind its last.
        past: what it means for an act that is over or going on.
        ahead: what it means for an act to come ("will meet on Friday").
    """

    start: int
    end: int
    past: Interval
    ahead: Interval


@dataclass(frozen=True, slots=True)
class _Reader:
    words: re.Match[str]
    on: dt.date
    ahead: bool

    def day_of(self, day: str, month: str, year: str | None) -> Interval | None:
        which = _month(month)
        years = [int(year)] if year else _years(self.on, self.ahead)
        for each in years:
            try:
                found = dt.date(each, which, int(day))
            except ValueError:
                continue
            if year or (found >= self.on if self.ahead else found <= self.on):
                return Interval(found, found, "day")
        return None

    def month_of(self, month: str, year: str | None) -> Interval:
        which = _month(month)
        if year:
            return span("month", dt.date(int(year), which, 1))
        each = self.on.year
        if self.ahead and which < self.on.month:
            each += 1
        if not self.ahead and which > self.on.month:
            each -= 1
        found = span("month", dt.date(each, which, 1))
        return found if self.ahead else clip(found, self.on)


def _years(on: dt.date, ahead: bool) -> list[int]:  # noqa: FBT001
    return [on.year, on.year + 1] if ahead else [on.year, on.year - 1]


def _month(word: str) -> int:
    bare = word.lower().rstrip(".")
    return _MONTHS.index(bare) if bare in _MONTHS else _ABBREVIATIONS.index(bare[:3])


def _count(word: str) -> int:
    return int(number(word) or 1)


def _relative(r: _Reader) -> Interval | None:
    unit, which = r.words["unit"].lower().replace("centurie", "century"), r.words["which"].lower()
    if which in ("last", "past", "previous"):
        return span(unit, r.on, -1)
    if which in ("next", "coming"):
        return span(unit, r.on, 1)
    whole = span(unit, r.on)
    if "later" in (r.words["part"] or "").lower() or r.ahead:
        return Interval(r.on, whole.end, whole.precision)
    return clip(whole, r.on)


def _ago(r: _Reader) -> Interval:
    unit = r.words["unit"].lower().replace("centurie", "century")
    return span(unit, back(unit, _count(r.words["n"]), r.on))


def _week_day(r: _Reader) -> Interval:
    number_ = _DAYS.index(r.words["weekday"].lower())
    which = (r.words["which"] or "").lower()
    if which == "next":
        return span("day", weekday(number_, r.on + dt.timedelta(days=1), ahead=True).start or r.on)
    if which == "last":
        return weekday(number_, r.on - dt.timedelta(days=1))
    return weekday(number_, r.on, ahead=r.ahead)


def _window(r: _Reader) -> Interval:
    unit = r.words["unit"].lower().replace("centurie", "century")
    count = _count(r.words["n"]) if r.words["n"] else 1
    return Interval(back(unit, count, r.on), r.on, "range")


def _so_long(r: _Reader) -> Interval:
    unit = r.words["unit"].lower().replace("centurie", "century")
    start = span(unit, back(unit, _count(r.words["n"]), r.on)).start
    return Interval(start, None, "since")


def _within(r: _Reader) -> Interval:
    count, unit = _count(r.words["n"]), r.words["unit"].lower()
    if unit == "hour":
        return Interval(r.on, r.on + dt.timedelta(days=max(1, count // 24)), "day")
    end = back(unit, -count, r.on)
    return Interval(r.on, max(end, r.on), "day" if unit == "day" else span(unit, r.on).precision)


def _years_range(r: _Reader) -> Interval | None:
    first, last = int(r.words["y1"]), int(r.words["y2"])
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "year") if first <= last else None


def _months_range(r: _Reader) -> Interval | None:
    last = r.month_of(r.words["m2"], r.words["y2"])
    year = r.words["y1"] or (str(last.start.year) if last.start else None)
    first = r.month_of(r.words["m1"], year)
    return (
        Interval(first.start, last.end, "month")
        if first.start and last.end and first.start < last.end
        else None
    )


def _decade(r: _Reader) -> Interval:
    return span("decade", dt.date(int(r.words["decade"]), 1, 1))


def _century(r: _Reader) -> Interval | None:
    word = r.words["century"].lower()
    count = _CENTURIES.get(word) or int(re.sub(r"\D", "", word) or 0)
    return span("century", dt.date(count * 100 - 50, 1, 1)) if 1 <= count <= 30 else None


def _weekend(r: _Reader) -> Interval:
    week = span(
        "week", r.on, 1 if r.ahead and r.on.weekday() > 5 else (0 if r.ahead or r.on.weekday() > 5 else -1)
    )
    assert week.start is not None  # noqa: S101 - a week has both ends
    return Interval(week.start + dt.timedelta(days=5), week.end, "range")


def _half(r: _Reader) -> Interval:
    year, second = int(r.words["y"]), r.words["nth"].lower() == "second"
    first, last = quarter_of(year, 3 if second else 1), quarter_of(year, 4 if second else 2)
    return Interval(first.start, last.end, "range")


def _unknown(_: _Reader) -> Interval:
    return Interval(None, None, "unknown")


def _iso(r: _Reader) -> Interval | None:
    try:
        found = dt.date(int(r.words["y"]), int(r.words["m"]), int(r.words["d"]))
    except ValueError:
        return None
    return Interval(found, found, "day")


def _named_day(r: _Reader) -> Interval | None:
    return r.day_of(r.words["d"], r.words["m"], r.words["y"])


def _bare_month(r: _Reader) -> Interval | None:
    word = r.words["m"]
    if not word[0].isupper():
        return None
    if r.words[0].lower().startswith("next"):
        return _Reader(r.words, r.on, ahead=True).month_of(word, None)
    if r.words[0].lower().startswith("last") and _month(word) == r.on.month:
        return span("month", dt.date(r.on.year - 1, _month(word), 1))
    return r.month_of(word, None)


def _quarter(r: _Reader) -> Interval | None:
    which = _ORDINALS.index(r.words["nth"].lower()) + 1
    year = int(r.words["y"]) if r.words["y"] else r.on.year
    found = quarter_of(year, which)
    if not r.words["y"] and found.start and found.start > r.on and not r.ahead:
        found = quarter_of(year - 1, which)
    return found if r.ahead else clip(found, r.on)


_READERS: Mapping[str, Callable[[_Reader], Interval | None]] = {
    "ago": _ago,
    "bare_month": _bare_month,
    "century": _century,
    "day": _named_day,
    "decade": _decade,
    "half": _half,
    "iso": _iso,
    "month": lambda r: r.month_of(r.words["m"], r.words["y"]),
    "months": _months_range,
    "quarter": _quarter,
    "relative": _relative,
    "so_long": _so_long,
    "today": lambda r: span("day", r.on),
    "tomorrow": lambda r: span("day", r.on, 1),
    "unknown": _unknown,
    "weekday": _week_day,
    "weekend": _weekend,
    "window": _window,
    "within": _within,
    "year": lambda r: span("year", dt.date(int(r.words["y"]), 1, 1)),
    "years": _years_range,
    "yesterday": lambda r: span("day", r.on, -1),
}
_LEAD = re.compile(
    r"(?:^|\W)(since|by|until|till|before|after)(?: at least| about| around| early| late| mid)?(?: the)?\s+"
    r"(?:early |late )?$",
    re.IGNORECASE,
)


@cache
def _grammar() -> tuple[tuple[re.Pattern[str], Callable[[_Reader], Interval | None]], ...]:
    raw = table("dates")
    plain = {
        "<N>": f"(?P<n>{raw['number']})",
        "<UNIT>": r"(?P<unit>day|week|month|quarter|year|decade|century|centurie)s?",
        "<EARLY>": f"(?:{raw['early']})",
        "<WEEKDAY>": f"(?P<weekday>{'|'.join(_DAYS)})",
        "<COUNTED>": raw["counted"],
    }
    named = {"M": raw["months"], "Y": r"1[4-9]\d\d|20\d\d", "D": "[0-3]?\\d"}
    found = []
    for rule in raw["grammar"]:
        pattern = rule["find"]
        for mark, meant in plain.items():
            pattern = pattern.replace(mark, meant)
        pattern = re.sub(r"<([MYD]):(\w+)>", lambda m: _group(named, m[1], m[2]), pattern)
        found.append((re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", re.IGNORECASE), _READERS[rule["as"]]))
    return tuple(found)


def _group(named: Mapping[str, str], kind: str, name: str) -> str:
    group = f"(?P<{name}>{named[kind]})"
    return group + ("(?:st|nd|rd|th)?" if kind == "D" else "")


def find_dates(text: str, published: dt.date) -> tuple[Dated, ...]:
    """Every expression of time in a text, in order, none inside another.

    Args:
        text: a sentence.
        published: the day of the document, the anchor.

    Examples:
        >>> [d.past.start for d in find_dates("in April and since 2019", dt.date(2024, 6, 22))]
        [datetime.date(2024, 4, 1), datetime.date(2019, 1, 1)]
    """
    taken: list[Dated] = []
    for pattern, make in _grammar():
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(d.start < end and start < d.end for d in taken):
                continue
            made = [_safely(make, _Reader(match, published, ahead)) for ahead in (False, True)]
            if made[0] is None and made[1] is None:
                continue
            past, ahead = made[0] or made[1], made[1] or made[0]
            if past is None or ahead is None:
                continue
            lead = _LEAD.search(text[:start]) or re.match(
                r"(since|by|until|till|before|after)\b", match[0], re.IGNORECASE
            )
            taken.append(_bounded(start, end, past, ahead, lead[1].lower() if lead else ""))
    return tuple(sorted(taken, key=lambda d: d.start))


def _safely(make: Callable[[_Reader], Interval | None], reader: _Reader) -> Interval | None:
    try:
        return make(reader)
    except (ValueError, OverflowError):  # outside the years 1 to 9999
        return None


def _bounded(start: int, end: int, past: Interval, ahead: Interval, lead: str) -> Dated:
    if lead == "since" and past.start:
        since = Interval(past.start, None, "since")
        return Dated(start, end, since, since)
    if lead in ("by", "until", "till", "before") and ahead.end:
        until = Interval(None, past.end if lead != "by" else ahead.end, past.precision)
        return Dated(start, end, until, Interval(None, ahead.end, ahead.precision))
    if lead == "after" and past.end:
        later = Interval(past.end, None, "since")
        return Dated(start, end, later, later)
    return Dated(start, end, past, ahead)
