"""Who must come to whose help if any state attacks any other, on a day of every year, as a table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from rapallo import actors
from rapallo.errors import InputError
from rapallo.model import ANSWERS
from rapallo.pacts.fast.everyone import Everyone, everyone
from rapallo.pacts.fast.lives import Lives
from rapallo.pacts.web import weave
from rapallo.record import Record

__all__ = ["SCHEMA", "columns", "parts", "table"]

_CODES, _FEW = pa.dictionary(pa.int16(), pa.string()), pa.dictionary(pa.int8(), pa.string())
SCHEMA = pa.schema(
    [
        pa.field("year", pa.int16(), nullable=False),
        *(pa.field(name, _CODES, nullable=False) for name in ("attacker", "attacked", "state")),
        *(pa.field(name, _FEW, nullable=False) for name in ("answer", "side")),
        pa.field("step", pa.int8(), nullable=False),
        pa.field("clauses", pa.int16(), nullable=False),
    ]
)
"""The columns: ``side`` is ``attacker`` or ``attacked``, ``clauses`` how many clauses give the answer."""
_SIDES = ("attacked", "attacker")


def table(
    record: Record,
    first: int,
    last: int,
    *,
    on: str = "07-01",
    system: str = "cow",
    known: dt.date | None = None,
    noes: bool = False,
) -> pa.Table:
    """The answers of every ordered pair of states on one day of every year, by the columns of ``SCHEMA``.

    A year of our days has some two and a half million answers; ``parts`` gives one year after the other.

    Args:
        record: the record to ask.
        first: the first year.
        last: the last year.
        on: the day of the year, as month and day.
        system: whose list of states, ``cow`` or ``gw``.
        known: as the record knew it then; its last write where None.
        noes: whether states whose clauses come to NO are told too.

    Returns:
        A row for each third state that is bound or may choose, by year, attacker, attacked and state; a state
        that is absent has no clause at issue, or clauses that come to NO.

    Raises:
        InputError: where the years run backwards, the day is none, or there is no such system.

    Examples:
        >>> found = table(Record.open(), 1914, 1914)
        >>> rows = [row for row in found.to_pylist() if (row["attacker"], row["attacked"]) == ("AUH", "SRB")]
        >>> [(row["state"], row["answer"], row["side"]) for row in rows if row["step"] == 1]
        [('GRC', 'YES', 'attacked'), ('MNE', 'YES', 'attacked')]
    """
    return pa.Table.from_batches(
        parts(record, first, last, on=on, system=system, known=known, noes=noes), SCHEMA
    )


def parts(
    record: Record,
    first: int,
    last: int,
    *,
    on: str = "07-01",
    system: str = "cow",
    known: dt.date | None = None,
    noes: bool = False,
) -> Iterator[pa.RecordBatch]:
    """The rows of ``table``, one year after the other."""
    days = [_day(year, on) for year in range(first, last + 1)]
    if not days:
        msg = f"the years {first}-{last} run backwards"
        raise InputError(msg, hint=f"write {last}-{first}")
    spells = actors.memberships(system)
    lives = Lives(record, known)
    codes = tuple(sorted(lives.codes.union(who for _, who, _ in spells)))
    for day in days:
        states = sorted({who for _, who, when in spells if when.contains(day)})
        found = everyone(weave(lives.view(day)), states, noes=noes)
        yield pa.record_batch(
            [pa.repeat(pa.scalar(day.year, pa.int16()), len(found)), *columns(found, codes)], SCHEMA
        )


def columns(found: Everyone, codes: Sequence[str]) -> list[pa.Array]:
    """The columns of ``SCHEMA`` after the year.

    Args:
        found: the answers of a day.
        codes: the states that stand in the dictionaries; all that the answers name are among them.
    """
    place = {code: n for n, code in enumerate(codes)}
    places = np.array([place[code] for code in found.codes], np.int16)
    names = pa.array(codes)

    def told(numbers: np.ndarray[tuple[int], np.dtype[np.int16]]) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(places[numbers]), names)

    few: Mapping[str, tuple[Sequence[str], pa.Array]] = {
        "answer": (ANSWERS, pa.array(found.answer)),
        "side": (_SIDES, pa.array(found.for_attacker.view(np.int8))),
    }
    return [
        *(told(numbers) for numbers in (found.attacker, found.attacked, found.state)),
        *(pa.DictionaryArray.from_arrays(cells, pa.array(words)) for words, cells in few.values()),
        pa.array(found.step),
        pa.array(found.clauses),
    ]


def _day(year: int, on: str) -> dt.date:
    try:
        if not re.fullmatch(r"\d{2}-\d{2}", on):
            raise ValueError(on)  # noqa: TRY301 - told below, with those that the calendar lacks
        return dt.date(year, int(on[:2]), int(on[3:]))
    except ValueError as error:
        msg = f"{on!r} is no day of {year}"
        raise InputError(msg, hint="write month and day, as 07-01") from error
