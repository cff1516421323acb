"""The life of a tie: whether its phases can follow each other, and the days it spans."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from rapallo.errors import InputError
from rapallo.model import Interval, Phase

__all__ = ["lifespan"]

_AFTER = {
    "signed": {"in_force", "suspended", "ended"},
    "in_force": {"renewed", "suspended", "ended"},
    "renewed": {"renewed", "suspended", "ended"},
    "suspended": {"in_force", "renewed", "ended"},
    "ended": {"signed", "in_force"},
}
"""What may follow each phase; a tie that ended can begin again (relations broken and resumed)."""


def lifespan(phases: tuple[Phase, ...]) -> Interval:
    """The days from the first step to the day before the tie ended, open where it has not.

    Raises:
        InputError: where the steps are out of order or one cannot follow the other.

    Examples:
        >>> lifespan((Phase("signed", dt.date(1971, 8, 9)), Phase("ended", dt.date(1991, 12, 26)))).end
        datetime.date(1991, 12, 25)
    """
    if phases[0].phase not in {"signed", "in_force"}:
        msg = f"phases begin with {phases[0].phase!r}; they begin with 'signed' or 'in_force'"
        raise InputError(msg)
    for one, two in pairwise(phases):
        if two.on < one.on:
            msg = f"phases are not in order: {two.phase} {two.on} stands after {one.phase} {one.on}"
            raise InputError(msg)
        if two.phase not in _AFTER[one.phase]:
            msg = f"{two.phase!r} ({two.on}) cannot follow {one.phase!r} ({one.on})"
            raise InputError(msg)
    first, last = phases[0].on, phases[-1]
    if last.phase != "ended":
        return Interval(first, None, "since")
    return Interval(first, max(first, last.on - dt.timedelta(days=1)), "range")
