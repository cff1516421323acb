"""Intervals of days with the precision their source gave them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from rapallo.errors import InputError

__all__ = ["PRECISIONS", "Interval", "Precision", "day", "parse_date", "year"]

Precision = Literal[
    "day", "week", "month", "quarter", "year", "decade", "century", "range", "since", "unknown"
]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)


@dataclass(frozen=True, slots=True)
class Interval:
    """The days, both ends included, within which something happened or over which it held.

    Attributes:
        start: first day, or None where nothing is said of it.
        end: last day, or None where it is open or nothing is said of it.
        precision: the unit the source spoke in; ``since`` has an open end, ``range`` two given ends.

    Raises:
        InputError: where the end lies before the start.

    Examples:
        >>> Interval(dt.date(1930, 1, 1), dt.date(1939, 12, 31), "decade").contains(dt.date(1936, 3, 7))
        True
    """

    start: dt.date | None
    end: dt.date | None
    precision: Precision

    def __post_init__(self) -> None:
        if self.start and self.end and self.end < self.start:
            msg = f"the interval ends ({self.end}) before it begins ({self.start})"
            raise InputError(msg)

    def contains(self, on: dt.date) -> bool:
        """Whether the day lies within the interval; open ends reach forever."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals share a day; open ends reach forever."""
        starts_in_time = self.start is None or other.end is None or self.start <= other.end
        ends_late_enough = self.end is None or other.start is None or other.start <= self.end
        return starts_in_time and ends_late_enough


def day(on: dt.date) -> Interval:
    """The interval of that one day."""
    return Interval(on, on, "day")


def year(number: int) -> Interval:
    """The interval of a calendar year.

    Examples:
        >>> year(1922).end
        datetime.date(1922, 12, 31)
    """
    return Interval(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def parse_date(text: str) -> Interval:
    """Read an ISO 8601 day, month or year as the interval it spans.

    Args:
        text: ``2024-06-19``, ``2024-06`` or ``2024``.

    Returns:
        The interval, with precision ``day``, ``month`` or ``year``.

    Raises:
        InputError: where the text is no such date or the day does not exist.

    Examples:
        >>> parse_date("1961-07").end
        datetime.date(1961, 7, 31)
        >>> parse_date("2023-02-30")
        Traceback (most recent call last):
        rapallo.errors.InputError: '2023-02-30' is not a date (write it as 2024-06-22, 2024-06 or 2024)
    """
    hint = "write it as 2024-06-22, 2024-06 or 2024"
    msg = f"{text!r} is not a date"
    parts = text.strip().split("-")
    well_formed = all(p.isascii() and p.isdigit() for p in parts) and len(parts[0]) == 4 and len(parts) <= 3
    if not well_formed or any(len(p) != 2 for p in parts[1:]):
        raise InputError(msg, hint=hint)
    numbers = [int(p) for p in parts]
    try:
        if len(numbers) == 1:
            return year(numbers[0])
        if len(numbers) == 2:
            last = calendar.monthrange(numbers[0], numbers[1])[1]
            return Interval(
                dt.date(numbers[0], numbers[1], 1), dt.date(numbers[0], numbers[1], last), "month"
            )
        return day(dt.date(numbers[0], numbers[1], numbers[2]))
    except ValueError as error:
        raise InputError(msg, hint=hint) from error
