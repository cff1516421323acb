"""Which states, pairs and triads of which years make the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.measures.panel import Panel

__all__ = ["UNIVERSES", "Rows", "universe"]

UNIVERSES: Mapping[str, str] = {
    "state-years": "each state in each year",
    "dyads": "each two states that were members on one day of the year, in both directions",
    "undirected": "the same, each pair once, the lower number first",
    "prd": "politically relevant dyads: contiguous, or one of the two a major power; in both directions",
    "prd-undirected": "politically relevant dyads, each once, the lower number first",
    "triads": "each three states of which each two were members on one day of the year, by number",
}
_SIDES = {"state-years": 1, "triads": 3}
RELEVANT = (("cow-contiguity-years", "cow-contiguity"), ("cow-system",))
"""The datasets, one of each enough, that say which dyads are politically relevant."""


@dataclass(frozen=True)
class Rows:
    """Rows of a table: positions in a panel, all of the same length, by year and then by number.

    Attributes:
        first: position of the first year.
        stop: that behind the last.
        year: positions of the years.
        sides: columns of the states: one, two or three arrays.
        states: how many states the panel has.
    """

    first: int
    stop: int
    year: NDArray[np.intp]
    sides: tuple[NDArray[np.intp], ...]
    states: int

    @cached_property
    def flat(self) -> NDArray[np.intp]:
        """Where each row stands in a grid of the years, of one or two states, laid out flat."""
        found = self.year - self.first
        for side in self.sides:
            found = found * self.states + side
        return found

    def __len__(self) -> int:
        return len(self.year)

    def among(self, chosen: NDArray[np.bool_]) -> Rows:
        """The rows all of whose states are among the chosen; shape (years, states)."""
        kept = np.logical_and.reduce([chosen[self.year, side] for side in self.sides])
        sides = tuple(side[kept] for side in self.sides)
        return Rows(self.first, self.stop, self.year[kept], sides, self.states)

    def of(self, *sides: int) -> Rows:
        """The rows as those of some of their sides."""
        return Rows(self.first, self.stop, self.year, tuple(self.sides[side] for side in sides), self.states)


def universe(panel: Panel, name: str, first: int, stop: int) -> Rows:
    """The rows of years from one position up to another.

    Politically relevant dyads are those of Weede (1976) and of Maoz & Russett (1993) in the form that the
    Correlates of War data allow: contiguous by land or over at most 400 miles of water, or one a major power.
    After the last year that those data cover the last one stands for the years behind it.

    Raises:
        InputError: where there is no such universe, or the record lacks what it is made of.

    Examples:
        >>> from rapallo.record import Record
        >>> panel = Panel(Record.open(empty=True), 1816, 1816)
        >>> len(universe(panel, "state-years", 0, 1)), len(universe(panel, "dyads", 0, 1))
        (23, 506)
        >>> len(universe(panel, "undirected", 0, 1)), len(universe(panel, "triads", 0, 1))
        (253, 1771)
    """
    if name not in UNIVERSES:
        msg = f"there is no universe {name!r}"
        raise InputError(msg, hint=f"one of {', '.join(UNIVERSES)}")
    if name == "state-years":
        year, one = np.nonzero(panel.system.member[first:stop])
        return Rows(first, stop, year + first, (one,), panel.system.shape[1])
    held = panel.system.together[first:stop]
    if name.startswith("prd"):
        held = held & _relevant(panel, first, stop)
    if name == "triads":
        return _triads(held, first, stop)
    if name.endswith("undirected"):
        held = np.triu(held)
    year, one, other = np.nonzero(held)
    return Rows(first, stop, year + first, (one, other), panel.system.shape[1])


def sides(name: str) -> int:
    """How many states stand in a row of a universe."""
    return _SIDES.get(name, 2)


def _triads(held: NDArray[np.bool_], first: int, stop: int) -> Rows:
    years, found = [], []
    for row, pairs in enumerate(np.triu(held)):
        one, other = np.nonzero(pairs)
        at, third = np.nonzero(pairs[one] & pairs[other])
        found.append((one[at], other[at], third))
        years.append(np.full(len(at), first + row))
    one, other, third = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Rows(first, stop, np.concatenate(years), (one, other, third), held.shape[1])


def _relevant(panel: Panel, first: int, stop: int) -> NDArray[np.bool_]:
    contiguity, majors = panel.pairs("contiguity", begun=True), panel.carried("cow_major_power") > 0
    covered = contiguity.covered
    if not len(contiguity) or not covered.any():
        msg = "the record does not say who was contiguous in those years"
        raise InputError(msg, hint="rapallo sources add cow-contiguity-years cow-system")
    last = int(np.flatnonzero(covered)[-1])
    found = np.empty((stop - first, *panel.system.together.shape[1:]), dtype=bool)
    for row in range(first, stop):
        near = contiguity.year(min(row, last)) > 0
        found[row - first] = near | majors[row][:, None] | majors[row][None, :]
    return found
