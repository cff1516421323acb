"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rapallo.errors import InputError, UnknownActorError
from rapallo.model import parse_date

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["DAY", "as_json", "existing", "known", "on", "opened", "record", "state", "system", "years"]

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.ParamType[dt.date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        interval = parse_date(value)
        if interval.precision != "day" or interval.start is None:
            msg = f"{value!r} is a {interval.precision}, and a day is needed"
            raise InputError(msg, hint="write it as 2024-06-22")
        return interval.start


DAY = _Day()


def on(function: F) -> F:
    """``--on D``: the day in the world that is asked about."""
    return click.option(
        "--on", type=DAY, default=dt.date.today, show_default="today", metavar="D", help="As of this day."
    )(function)


def known(function: F) -> F:
    """``--known D``: what the record knew on that day."""
    return click.option("--known", type=DAY, metavar="D", help="As the record knew it on this day.")(function)


def record(function: F) -> F:
    """``--record FILE``: the record to ask."""
    return click.option(
        "--record",
        "record_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The record to ask.  [default: the embedded starter record]",
    )(function)


def opened(path: Path | None) -> Record:
    """The record to ask, opened for reading; the embedded starter record without a path.

    Raises:
        InputError: where there is no such file: a question makes none.
        RecordError: where the file is no record.
    """
    from rapallo.record import Record

    return Record.open(existing(path) if path else None, read_only=path is not None)


def existing(path: Path) -> Path:
    """The path of a record file that is there.

    Raises:
        InputError: where there is none: a question makes none.
    """
    if not path.exists():
        msg = f"there is no record {path}"
        raise InputError(msg, hint="rapallo read TEXT --into makes one")
    return path


def system(function: F) -> F:
    """``--system cow|gw``: whose list of states."""
    return click.option(
        "--system", default="cow", show_default=True, metavar="cow|gw", help="Whose list of states."
    )(function)


def years(text: str) -> tuple[int, int]:
    """The first and the last year that a user wrote as ``1816-2023``, or ``1980`` for one.

    Raises:
        InputError: where they are no years, or run backwards.
    """
    first, dash, last = text.strip().partition("-")
    last = last if dash else first
    if not (first.isdecimal() and last.isdecimal() and len(first) <= 4 and len(last) <= 4):
        msg = f"{text!r} are no years"
        raise InputError(msg, hint="write 1816-2023, or 1980")
    if int(first) > int(last):
        msg = f"the years {text} run backwards"
        raise InputError(msg, hint=f"write {last}-{first}")
    return int(first), int(last)


def as_json(function: F) -> F:
    """``--json``: JSON instead of a table; the default when piped."""
    return click.option("--json", "json_", is_flag=True, help="JSON, also when on a terminal.")(function)


def state(code: str, on: dt.date) -> str:
    """The code of the actor a user named by ISO3, COW code, acronym or unambiguous name.

    Raises:
        UnknownActorError: where nobody bears it on that day; the hint names who might be meant.
    """
    from rapallo import actors

    try:
        return actors.actor(code, on=on).id
    except UnknownActorError:
        found = actors.resolve(code, on=on).best
        if found is None:
            raise
        return found.code
