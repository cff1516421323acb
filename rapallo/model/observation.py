"""What the record answers where an amount is asked for: a value, or why there is none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from rapallo.model.dates import Interval

__all__ = ["STATUSES", "Observation", "Status"]

Status = Literal["observed", "carried", "missing", "not_covered", "not_in_system", "unknown"]
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Observation:
    """An amount on a day, or why there is none.

    Attributes:
        status: ``observed``: a source says so for that day, and a zero is a zero; ``carried``: the last value
            before the day, because the asker wanted it carried on; ``missing``: a source speaks of that state
            and day and has no value; ``not_covered``: no source speaks of that day; ``not_in_system``:
            whoever speaks of it leaves that state out on that day; ``unknown``: no source speaks of it at
            all.
        why: in words.
        value: the amount, where there is one.
        unit: of the value.
        when: the period the value is of.
        row: id of its row.
        source: id of its source.
        carried: how many days lie between the end of that period and the day, where it was carried.
    """

    status: Status
    why: str
    value: float | None = None
    unit: str = ""
    when: Interval | None = None
    row: str = ""
    source: str = ""
    carried: dt.timedelta | None = None
