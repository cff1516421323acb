"""What each expression of time means, as an interval anchored at a day; what it does not say stays open."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapallo.model import Interval
from rapallo.reading.calendar import back, clip, quarter_of, span, weekday
from rapallo.reading.lexicon import table
from rapallo.reading.quantity import number

__all__ = ["DAYS", "READERS", "Expression"]

_MONTHS = [m.lower() for m in _calendar.month_name]
_ABBREVIATIONS = [m.lower() for m in _calendar.month_abbr]
DAYS = [d.lower() for d in _calendar.day_name]
_ORDINALS = ["first", "second", "third", "fourth"]
_CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
_TENS = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
_HALVES = {"decade": ("year", 5), "century": ("decade", 5)}
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time.

    Attributes:
        words: the match of the grammar.
        on: the day of the document.
        ahead: whether an act to come is dated ("will meet on Friday").
        last: when the last dated act before was, the anchor of "the next day".
    """

    words: re.Match[str]
    on: dt.date
    ahead: bool
    last: Interval | None = None

    def told(self, group: str) -> str:
        """The words of a group in small letters, empty where there are none."""
        return (self.words.groupdict().get(group) or "").lower()

    @property
    def year(self) -> int | None:
        """The year that it names."""
        return int(self.words["y"]) if self.told("y") else None

    @property
    def unit(self) -> str:
        """The unit of the calendar that it names."""
        return "century" if self.told("unit") == "centurie" else self.told("unit")

    @property
    def count(self) -> int:
        """The number that it names; one where it names none."""
        return int(number(self.told("n")) or 1) if self.told("n") else 1

    def day_of(self, day: str, month: str, year: int | None) -> Interval | None:
        """A day of a month, of the nearest year on the right side of the document where none is named."""
        which = _month(month)
        around = (self.on.year, self.on.year + 1) if self.ahead else (self.on.year, self.on.year - 1)
        for each in (year,) if year else around:
            try:
                found = dt.date(each, which, int(day))
            except ValueError:
                continue
            if year or (found >= self.on if self.ahead else found <= self.on):
                return Interval(found, found, "day")
        return None

    def month_of(self, month: str, year: int | None) -> Interval:
        """A month, of the nearest year on the right side of the document where none is named."""
        which = _month(month)
        if year:
            return span("month", dt.date(year, which, 1))
        each = self.on.year
        if self.ahead and which < self.on.month:
            each += 1
        if not self.ahead and which > self.on.month:
            each -= 1
        found = span("month", dt.date(each, which, 1))
        return found if self.ahead else clip(found, self.on)


def _month(word: str) -> int:
    bare = word.lower().rstrip(".")
    return _MONTHS.index(bare) if bare in _MONTHS else _ABBREVIATIONS.index(bare[:3])


def _joined(first: Interval | None, last: Interval | None) -> Interval | None:
    """From the first through the last, in the precision of the last."""
    if first is None or last is None or not (first.start and last.end) or first.start > last.end:
        return None
    return Interval(first.start, last.end, last.precision)


def _relative(e: Expression) -> Interval:
    which, part = e.told("which"), e.told("part")
    if which in ("last", "past", "previous"):
        return span(e.unit, e.on, -1)
    if which in ("next", "coming"):
        return span(e.unit, e.on, 1)
    whole = span(e.unit, e.on)
    if "later" in part or "end" in part or "close" in part or e.ahead:
        return Interval(e.on, whole.end, whole.precision)
    return clip(whole, e.on)


def _ending(e: Expression) -> Interval | None:
    """The end of the year or month that is running; of one that is told as over, nothing is said here."""
    whole = span(e.unit, e.on)
    if e.told("part") in ("start", "beginning"):
        return clip(whole, e.on)
    return Interval(e.on, whole.end, whole.precision) if e.ahead else None


def _ago(e: Expression) -> Interval:
    if e.told("half"):
        unit, count = _HALVES[e.unit]
        return span(unit, back(unit, count, e.on))
    if e.told("fortnight"):
        return span("week", back("week", 2 * e.count, e.on))
    return span(e.unit, back(e.unit, e.count, e.on))


def _in_time(e: Expression) -> Interval | None:
    """What "in three months" dates is an act to come; of one that is over it tells how long it took."""
    return span(e.unit, back(e.unit, -e.count, e.on)) if e.ahead else None


def _shifted(e: Expression) -> Interval | None:
    """Beside the last act that was dated: "a day earlier", "the following week"."""
    if e.last is None or e.last.start is None or e.last.end is None:
        return None
    earlier = e.told("way") in ("earlier", "before", "previous", "preceding", "beforehand")
    anchor = e.last.start if earlier else e.last.end
    if not e.unit:
        return None
    return span(e.unit, back(e.unit, e.count if earlier else -e.count, anchor))


def _week_day(e: Expression) -> Interval:
    which = e.told("which")
    number_ = DAYS.index(e.told("weekday"))
    if which == "next":
        return weekday(number_, e.on + _DAY, ahead=True)
    if which == "last":
        return weekday(number_, e.on - _DAY)
    return weekday(number_, e.on, ahead=e.ahead)


def _weekdays(e: Expression) -> Interval | None:
    last = weekday(DAYS.index(e.told("w2")), e.on, ahead=e.ahead)
    if last.start is None:
        return None
    first = weekday(DAYS.index(e.told("w1")), last.start)
    if e.ahead and first.start is not None and first.start < e.on:
        first = weekday(DAYS.index(e.told("w1")), e.on, ahead=True)
        assert first.start is not None  # noqa: S101 - a day
        last = weekday(DAYS.index(e.told("w2")), first.start, ahead=True)
    return _joined(first, last)


def _window(e: Expression) -> Interval:
    if e.unit == "hour":
        hours = e.count if e.told("n").isdigit() else 24
        return Interval(e.on - dt.timedelta(days=max(1, -(-hours // 24))), e.on, "day")
    return Interval(back(e.unit, e.count, e.on), e.on, "range")


def _so_long(e: Expression) -> Interval:
    return Interval(span(e.unit, back(e.unit, e.count, e.on)).start, None, "since")


def _within(e: Expression) -> Interval:
    if e.unit == "hour":
        return Interval(e.on, e.on + dt.timedelta(days=max(1, e.count // 24)), "day")
    end = back(e.unit, -e.count, e.on)
    return Interval(e.on, max(end, e.on), "day" if e.unit == "day" else span(e.unit, e.on).precision)


def _years(e: Expression) -> Interval | None:
    first = int(e.words["y1"])
    last = int(e.words["y2"]) if e.told("y2") else first // 100 * 100 + int(e.words["short"])
    return Interval(dt.date(first, 1, 1), dt.date(last, 12, 31), "year") if first <= last else None


def _days(e: Expression) -> Interval | None:
    last = e.day_of(e.words["d2"], e.words["m"], e.year)
    year = last.start.year if last is not None and last.start else e.year
    return _joined(e.day_of(e.words["d1"], e.words["m"], year), last)


def _days_across(e: Expression) -> Interval | None:
    d1, m1, d2, m2 = (
        e.told(a) or e.told(b) for a, b in (("d1", "e1"), ("m1", "n1"), ("d2", "e2"), ("m2", "n2"))
    )
    last = e.day_of(d2, m2, e.year)
    year = last.start.year if last is not None and last.start else e.year
    return _joined(e.day_of(d1, m1, year), last)


def _months(e: Expression) -> Interval | None:
    last = e.month_of(e.words["m2"], int(e.words["y2"]) if e.told("y2") else None)
    first_year = int(e.words["y1"]) if e.told("y1") else last.start.year if last.start else None
    first = e.month_of(e.words["m1"], first_year)
    found = _joined(first, last)
    return found if found is not None and first.start != last.start else None


def _month_of_year(e: Expression) -> Interval:
    year = e.on.year + {"last": -1, "next": 1}.get(e.told("which"), 0)
    return clip(e.month_of(e.words["m"], year), e.on)


def _bare_month(e: Expression) -> Interval | None:
    word = e.words["m"]
    if not word[0].isupper():
        return None
    lead = e.words[0].lower()
    if lead.startswith("next"):
        year = e.on.year + (_month(word) <= e.on.month)
        return span("month", dt.date(year, _month(word), 1))
    if lead.startswith("last") and _month(word) == e.on.month:
        return span("month", dt.date(e.on.year - 1, _month(word), 1))
    return e.month_of(word, None)


def _week_of(e: Expression) -> Interval | None:
    month, day = (e.words["m"], e.words["d"]) if e.told("m") else (e.words["m2"], e.words["d2"])
    found = e.day_of(day, month, e.year)
    return span("week", found.start) if found is not None and found.start else None


def _week_in(e: Expression) -> Interval | None:
    """A week of a month by its number: seven days from the first, or the last seven."""
    month = e.month_of(e.words["m"], e.year)
    if month.start is None:
        return None
    if e.told("nth") == "last":
        end = span("month", month.start).end
        return Interval(end - 6 * _DAY, end, "week") if end else None
    start = month.start + _ORDINALS.index(e.told("nth")) * 7 * _DAY
    return Interval(start, start + 6 * _DAY, "week")


def _decade(e: Expression) -> Interval:
    if e.told("decade"):
        return span("decade", dt.date(int(e.words["decade"]), 1, 1))
    tens = int(e.words["tens"]) if e.told("tens") else _TENS.index(e.told("word")) + 2
    year = e.on.year // 100 * 100 + 10 * tens
    return span("decade", dt.date(year if year <= e.on.year else year - 100, 1, 1))


def _century(e: Expression) -> Interval | None:
    count = _CENTURIES.get(e.told("century")) or int(re.sub(r"\D", "", e.told("century")) or 0)
    return span("century", dt.date(count * 100 - 50, 1, 1)) if 1 <= count <= 30 else None


def _season(e: Expression) -> Interval | None:
    """A season of the north, where news that names one is mostly written; winter belongs to its December."""
    month = table("dates")["seasons"][e.told("season")]
    which = e.told("which")

    def of(year: int) -> Interval:
        start = dt.date(year, month, 1)
        return Interval(start, span("month", back("month", -2, start)).end, "range")

    if e.year:
        return of(e.year)
    each = of(e.on.year)
    assert each.start is not None  # noqa: S101 - built with both ends
    assert each.end is not None  # noqa: S101
    if which == "last":
        return each if each.end < e.on else of(e.on.year - 1)
    if which == "next":
        return each if each.start > e.on else of(e.on.year + 1)
    return each if e.ahead else clip(each, e.on)


def _holiday(e: Expression) -> Interval | None:
    month, day = table("dates")["holidays"][e.told("holiday").replace("’", "'")]
    return e.day_of(str(day), _MONTHS[month], None)


def _weekend(e: Expression) -> Interval:
    sunday = e.on.weekday() > 5
    week = span("week", e.on, int(e.ahead and sunday) if e.ahead or sunday else -1)
    assert week.start is not None  # noqa: S101 - a week has both ends
    return Interval(week.start + 5 * _DAY, week.end, "range")


def _half(e: Expression) -> Interval:
    year = e.year or e.on.year + {"last": -1, "next": 1}.get(e.told("which"), 0)
    second = e.told("nth") == "second"
    first, last = quarter_of(year, 3 if second else 1), quarter_of(year, 4 if second else 2)
    return clip(Interval(first.start, last.end, "range"), e.on)


def _quarter(e: Expression) -> Interval:
    which = int(e.words["q"]) if e.told("q") else _ORDINALS.index(e.told("nth")) + 1
    year = e.year or e.on.year
    found = quarter_of(year, which)
    if not e.year and found.start and found.start > e.on and not e.ahead:
        found = quarter_of(year - 1, which)
    return found if e.ahead else clip(found, e.on)


def _iso(e: Expression) -> Interval:
    found = dt.date(int(e.words["y"]), int(e.words["m"]), int(e.words["d"]))
    return Interval(found, found, "day")


def _figures(e: Expression) -> Interval:
    """A day in figures where only one order is possible; else no more than its year is certain."""
    year, a, b = int(e.words["y"]), int(e.words["a"]), int(e.words["b"])
    if a > 12 or a == b or "." in e.words[0]:
        return _on(dt.date(year, b, a))
    return _on(dt.date(year, a, b)) if b > 12 else span("year", dt.date(year, 1, 1))


def _on(day: dt.date) -> Interval:
    return Interval(day, day, "day")


def _year(e: Expression) -> Interval:
    found = span("year", dt.date(int(e.words["y"]), 1, 1))
    before = e.words[0].lower()
    if before.startswith("post-"):
        return Interval(found.end, None, "since")
    return Interval(None, found.start, "year") if before.startswith("pre-") else found


READERS: Mapping[str, Callable[[Expression], Interval | None]] = {
    "ago": _ago,
    "bare_month": _bare_month,
    "century": _century,
    "day": lambda e: e.day_of(e.words["d"], e.words["m"], e.year),
    "days": _days,
    "days_across": _days_across,
    "decade": _decade,
    "ending": _ending,
    "figures": _figures,
    "half": _half,
    "holiday": _holiday,
    "in_time": _in_time,
    "iso": _iso,
    "month": lambda e: e.month_of(e.words["m"], e.year),
    "month_of_year": _month_of_year,
    "months": _months,
    "overnight": lambda e: Interval(e.on - _DAY, e.on, "day"),
    "quarter": _quarter,
    "relative": _relative,
    "season": _season,
    "shifted": _shifted,
    "so_long": _so_long,
    "today": lambda e: span("day", e.on),
    "tomorrow": lambda e: span("day", e.on, 1),
    "unknown": lambda _: Interval(None, None, "unknown"),
    "week_in": _week_in,
    "week_of": _week_of,
    "weekday": _week_day,
    "weekdays": _weekdays,
    "weekend": _weekend,
    "window": _window,
    "within": _within,
    "year": _year,
    "years": _years,
    "yesterday": lambda e: span("day", e.on, -1),
}
