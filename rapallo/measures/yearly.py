"""Measures of a year of a panel by name, each with its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel

__all__ = ["Yearly"]

Of = Literal["state", "pair", "world"]


@dataclass(frozen=True, slots=True)
class Yearly:
    """A measure with a value per year and state, pair of states, or for the whole system.

    Attributes:
        card: what it is; its id is the name it is asked for by.
        of: what it has a value of.
        compute: from a panel and the position of a year to the values: shape (states,), (states, states) from
            each to each, or (); NaN where there is none.
        directed: whether the value of two states depends on their order.
    """

    card: Card
    of: Of
    compute: Callable[[Panel, int], NDArray[np.float64]]
    directed: bool = False

    def history(self, panel: Panel) -> Mapping[int, NDArray[np.float64]]:
        """The values of every year of a panel."""
        return {year: self.compute(panel, row) for row, year in enumerate(panel.years)}
