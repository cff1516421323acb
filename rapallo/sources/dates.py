"""Days as datasets write them: in one column, or a column each for year, month and day."""

from __future__ import annotations

from rapallo.errors import InputError
from rapallo.model import Interval, parse_date

__all__ = ["written"]

_DAY = len("2024-06-22")


def written(*parts: object) -> Interval | None:
    """The days that cells mean: a day, month or year in one, or year, month and day in three.

    A day of an unknown month is the year; of a day that is unknown or does not exist the month is left.

    Returns:
        The interval; None where the year is missing (empty, negative, no number) or none.

    Examples:
        >>> written("1816-01-01 00:00:00").start
        datetime.date(1816, 1, 1)
        >>> written(1914, 7, -9).precision, written(1914, -9, -9).precision, written(-9, -9, -9)
        ('month', 'year', None)
    """
    cells = (
        [_number(cell) for cell in parts] if len(parts) > 1 else str(parts[0] or "").strip()[:_DAY].split("-")
    )
    for count in range(len(cells), 0, -1):
        if all(cells[:count]):
            try:
                return parse_date("-".join(cells[:count]))
            except InputError:
                continue
    return None


def _number(cell: object) -> str:
    """A number as ISO 8601 writes it, with two digits at least; nothing where there is none above 0."""
    try:
        number = int(float(str(cell)))
    except ValueError:
        return ""
    return f"{number:02}" if number > 0 else ""
