"""Spans of days around an anchor: weeks, months, quarters, years, decades, centuries."""

from __future__ import annotations

import calendar as _calendar
import datetime as dt

from rapallo.model import Interval, Precision

__all__ = ["back", "clip", "quarter_of", "span", "weekday"]

_FIRST, _LAST = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def span(unit: str, anchor: dt.date, steps: int = 0) -> Interval:
    """The calendar unit that holds the anchor, moved by whole units.

    Args:
        unit: ``day, week, month, quarter, year, decade`` or ``century``; weeks begin on Monday.
        anchor: any day of the unit.
        steps: how many units later (negative: earlier).

    Raises:
        ValueError: where that lies outside the years 1 to 9999.

    Examples:
        >>> span("week", dt.date(2024, 5, 15), -1).start
        datetime.date(2024, 5, 6)
        >>> span("decade", dt.date(1936, 3, 7)).end
        datetime.date(1939, 12, 31)
    """
    if unit == "day":
        one = anchor + dt.timedelta(days=steps)
        return Interval(one, one, "day")
    if unit == "week":
        monday = anchor - dt.timedelta(days=anchor.weekday()) + dt.timedelta(weeks=steps)
        return Interval(monday, monday + dt.timedelta(days=6), "week")
    months: dict[str, tuple[int, Precision]] = {
        "month": (1, "month"),
        "quarter": (3, "quarter"),
        "year": (12, "year"),
        "decade": (120, "decade"),
        "century": (1200, "century"),
    }
    size, precision = months[unit]
    number = anchor.year * 12 + anchor.month - 1
    first = number - number % size if unit != "century" else ((anchor.year - 1) // 100 * 100 + 1) * 12
    first += steps * size
    last = first + size - 1
    end_year, end_month = divmod(last, 12)
    start = dt.date(first // 12, first % 12 + 1, 1)
    end = dt.date(end_year, end_month + 1, _calendar.monthrange(end_year, end_month + 1)[1])
    return Interval(start, end, precision)


def weekday(number: int, anchor: dt.date, *, ahead: bool = False) -> Interval:
    """The nearest such weekday, today included: before the anchor, or after it.

    Examples:
        >>> weekday(0, dt.date(2024, 5, 15)).start
        datetime.date(2024, 5, 13)
    """
    days = (number - anchor.weekday()) % 7 if ahead else -((anchor.weekday() - number) % 7)
    return span("day", anchor, days)


def back(unit: str, count: int, anchor: dt.date) -> dt.date:
    """The day that many units before the anchor.

    Examples:
        >>> back("month", 2, dt.date(2024, 4, 30))
        datetime.date(2024, 2, 29)
    """
    if unit in ("day", "week"):
        return max(_FIRST, anchor - dt.timedelta(days=min(count * (7 if unit == "week" else 1), 700_000)))
    months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    number = max(12, min(anchor.year * 12 + anchor.month - 1 - months, 9999 * 12))
    year, month = divmod(number, 12)
    return dt.date(year, month + 1, min(anchor.day, _calendar.monthrange(year, month + 1)[1]))


def quarter_of(year: int, number: int) -> Interval:
    """The first to fourth quarter of a year."""
    return span("quarter", dt.date(year, 3 * number - 2, 1))


def clip(interval: Interval, last: dt.date) -> Interval:
    """The interval cut at a day, where it holds that day."""
    if interval.start and interval.end and interval.start <= last < interval.end:
        return Interval(interval.start, last, interval.precision)
    return interval
