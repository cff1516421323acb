"""The two short forms of the files: ``signed 1961-07-11`` and ``FIN 2023-04-04..2025``."""

from __future__ import annotations

import datetime as dt

from rapallo.errors import InputError
from rapallo.model import Interval, Phase, parse_date
from rapallo.vocab import check

__all__ = ["period", "phase", "since"]


def phase(text: str) -> Phase:
    """Read a step in the life of a tie; a month or year stands for its first day, with its precision.

    Raises:
        InputError: where it is not a phase and a date.
        VocabularyError: where the phase is not in ``tie_phases``.

    Examples:
        >>> phase("renewed 2021")
        Phase(phase='renewed', on=datetime.date(2021, 1, 1), precision='year')
    """
    word, _, date = text.partition(" ")
    when = parse_date(date)
    assert when.start is not None  # noqa: S101  (parse_date always gives both ends)
    return Phase(check("tie_phases", word), when.start, when.precision)


def since(text: str) -> tuple[str, dt.date | None, dt.date | None]:
    """Read a code and the days it holds for: ``FIN``, ``FIN 2023-04-04``, ``NZL 1952..1986``, ``MLI ..2024``.

    Returns:
        The code, the first day and the last day, None where not said.

    Raises:
        InputError: where a date is none or the last day lies before the first.

    Examples:
        >>> since("NZL 1952-04-29..1986-08-11")
        ('NZL', datetime.date(1952, 4, 29), datetime.date(1986, 8, 11))
    """
    code, _, span = text.partition(" ")
    first, _, last = span.partition("..")
    start = parse_date(first).start if first else None
    end = parse_date(last).end if last else None
    if start and end and end < start:
        msg = f"{text!r} ends before it begins"
        raise InputError(msg)
    return code, start, end


def period(text: str) -> Interval:
    """Read a period: a day, a month, a year, or two of them joined by ``..``.

    Raises:
        InputError: where it is none.

    Examples:
        >>> period("2019..2023").end
        datetime.date(2023, 12, 31)
    """
    first, dots, last = text.partition("..")
    if not dots:
        return parse_date(first)
    return Interval(parse_date(first).start, parse_date(last).end, "range")
