"""A state system over years: its members as positions of arrays, and who bore which number when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

from rapallo import actors
from rapallo.errors import InputError

__all__ = ["SYSTEMS", "System", "system"]

SYSTEMS = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}
FIRST = 1816


@dataclass(frozen=True)
class System:
    """The members of a state system over a span of years.

    Every grid of a panel has a year for each row and a state for each column, in the order of ``years`` and
    ``codes``.

    Attributes:
        name: ``cow`` or ``gw``.
        years: the years, each one.
        codes: the numbers of all that were members on any day of them, sorted; int32, shape (states,).
        spells: (position, id, first day, last day) of each membership, cut to the years.
    """

    name: str
    years: range
    codes: NDArray[np.int32]
    spells: tuple[tuple[int, str, dt.date, dt.date], ...]

    @property
    def shape(self) -> tuple[int, int]:
        """How many years, how many states."""
        return len(self.years), len(self.codes)

    @cached_property
    def member(self) -> NDArray[np.bool_]:
        """Whether a state was a member on any day of a year; shape (years, states)."""
        found = np.zeros(self.shape, dtype=bool)
        for place, _, first, last in self.spells:
            found[first.year - self.years[0] : last.year - self.years[0] + 1, place] = True
        return found

    @cached_property
    def together(self) -> NDArray[np.bool_]:
        """Whether two states were both members on one day of a year; shape (years, states, states).

        Two that were members in the same year but never on the same day make no dyad (Germany and the
        German Federal Republic in 1990). Nobody is together with itself.
        """
        found = self.member[:, :, None] & self.member[:, None, :]
        found[:, range(len(self.codes)), range(len(self.codes))] = False
        by_year: dict[int, set[int]] = {}
        for place, _, first, last in self.spells:
            for day, whole in ((first, (1, 1)), (last, (12, 31))):
                if (day.month, day.day) != whole:
                    by_year.setdefault(day.year, set()).add(place)
        for year, places in by_year.items():
            row = year - self.years[0]
            days = {place: self._days(place, year) for place in np.flatnonzero(self.member[row]).tolist()}
            for one, other in product(sorted(places & days.keys()), days):
                if not any(a <= d and c <= b for a, b in days[one] for c, d in days[other]):
                    found[row, one, other] = found[row, other, one] = False
        return found

    def position(self, state: str | int, year: int) -> int:
        """The column of a state.

        Args:
            state: its id or its number in the system.
            year: one of ``years``.

        Raises:
            InputError: where it was no member in that year.
        """
        asked = str(state).strip()
        if asked.isdecimal():
            place = int(np.searchsorted(self.codes, int(asked)))
            borne = place < len(self.codes) and self.codes[place] == int(asked)
            if borne and year in self.years and self.member[year - self.years[0], place]:
                return place
        else:
            places = self.holders.get(actors.actor(asked).id)
            if places is not None and year in self.years and places[1, year - self.years[0]] >= 0:
                return int(places[1, year - self.years[0]])
        msg = f"{state} was no member of the state system {self.name} in {year}"
        raise InputError(msg, hint="see `rapallo who`")

    def ids(self, year: int) -> tuple[str, ...]:
        """Who bore each number in a year, the last of the year; empty text for no member."""
        named = [""] * len(self.codes)
        for place, who, first, last in self.spells:
            if first.year <= year <= last.year:
                named[place] = who
        return tuple(named)

    @cached_property
    def holders(self) -> dict[str, NDArray[np.int32]]:
        """By id and year the columns of its first and its last number, and the day on which it changed.

        Shape (3, years); a column is -1 where it bore none, the day is that of the year, from 0.
        """
        found: dict[str, NDArray[np.int32]] = {}
        for place, who, first, last in sorted(self.spells, key=lambda spell: spell[2]):
            if who not in found:
                found[who] = np.full((3, len(self.years)), -1, np.int32)
            held = found[who]
            rows = slice(first.year - self.years[0], last.year - self.years[0] + 1)
            fresh = held[0, rows] < 0
            held[0, rows] = np.where(fresh, place, held[0, rows])
            held[1, rows] = place
            held[2, first.year - self.years[0]] = (first - dt.date(first.year, 1, 1)).days
        return found

    @cached_property
    def _spells_of(self) -> dict[int, list[tuple[dt.date, dt.date]]]:
        found: dict[int, list[tuple[dt.date, dt.date]]] = {}
        for place, _, first, last in self.spells:
            found.setdefault(place, []).append((first, last))
        return found

    def _days(self, place: int, year: int) -> list[tuple[dt.date, dt.date]]:
        begin, stop = dt.date(year, 1, 1), dt.date(year, 12, 31)
        spells = self._spells_of[place]
        return [
            (max(first, begin), min(last, stop)) for first, last in spells if first <= stop and last >= begin
        ]


@lru_cache(maxsize=8)
def system(name: str, first: int, last: int, states: tuple[str, ...] = ()) -> System:
    """A state system over the years from one to another.

    Args:
        name: ``cow`` (Correlates of War) or ``gw`` (Gleditsch and Ward, microstates included).
        first: year, 1816 or later.
        last: year, this one or earlier.
        states: ids of the only members that count; all unless said.

    Raises:
        InputError: where there is no such system, or there are no such years.

    Examples:
        >>> found = system("cow", 1990, 1991)
        >>> found.shape, found.member[0].sum().item()
        ((2, 181), 165)
    """
    today = dt.date.today()
    if not FIRST <= first <= last <= today.year:
        msg = f"there is no state system from {first} to {last}"
        raise InputError(msg, hint=f"years run from {FIRST} to {today.year}")
    begin, stop = dt.date(first, 1, 1), dt.date(last, 12, 31)
    held = [
        (code, who, max(days.start or begin, begin), min(days.end or stop, stop))
        for code, who, days in actors.memberships(name)
        if (days.start or begin) <= stop and (days.end or stop) >= begin and (not states or who in states)
    ]
    codes = sorted({code for code, *_ in held})
    place = {code: at for at, code in enumerate(codes)}
    spells = tuple((place[code], who, begun, ended) for code, who, begun, ended in held)
    return System(name, range(first, last + 1), np.array(codes, dtype=np.int32), spells)
