"""Amounts of pairs of states by year, held sparsely and laid out as matrices where they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Cells"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cells:
    """The amounts of one name; each (year, state, state) at most once, in the order of years.

    Attributes:
        shape: how many years, how many states.
        rows: positions of the years; int32.
        ones: columns of the states the amounts are of, or leave; int32.
        others: columns of the states they are towards, or reach; int32.
        values: float64.
        covered: per year whether a source that holds the name covers it; shape (years,).
    """

    shape: tuple[int, int]
    rows: NDArray[np.int32]
    ones: NDArray[np.int32]
    others: NDArray[np.int32]
    values: Floats
    covered: NDArray[np.bool_]

    def year(self, row: int, *, absent: float = np.nan) -> Floats:
        """The amounts of the year at a position, from each to each; shape (states, states)."""
        found: Floats = self.block(row, row + 1, absent=absent)[0]
        return found

    def block(self, first: int, stop: int, *, absent: float = np.nan) -> Floats:
        """The amounts of years from one position up to another; shape (years, states, states).

        Args:
            first: position of the first year.
            stop: that behind the last.
            absent: what stands where the record holds nothing.
        """
        states = self.shape[1]
        found = np.full((stop - first, states, states), absent)
        part = slice(self._starts[first], self._starts[stop])
        found[self.rows[part] - first, self.ones[part], self.others[part]] = self.values[part]
        return found

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.rows, np.arange(self.shape[0] + 1))

    def __len__(self) -> int:
        return len(self.values)
