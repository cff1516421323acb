"""Values over years, and what happened in them, as the charts take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapallo.draw.chart import said
from rapallo.draw.scale import checked
from rapallo.errors import InputError

__all__ = ["HUES", "Event", "Line", "Series"]

HUES = (
    "effect-reach_extended",
    "effect-adversary_strengthened",
    "effect-brokerage_lost",
    "effect-leverage_lost",
    "effect-entrapment",
    "effect-sanctions_exposed",
    "ink",
)


@dataclass(frozen=True, slots=True)
class Series:
    """One line.

    Attributes:
        name: what to call it.
        years: in rising order.
        values: one for each year; None or NaN where there is none.
    """

    name: str
    years: Sequence[int]
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, marked across the chart.

    Attributes:
        year: when it was, or when it began.
        label: a few words above it.
        until: the last year of a stretch, which is shaded.
    """

    year: int
    label: str
    until: int | None = None

    def within(self, first: int, last: int) -> bool:
        """Whether any of it lies in the years from ``first`` to ``last``."""
        return self.year <= last and (self.year if self.until is None else self.until) >= first


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A series cut into runs.

    Attributes:
        name: cleaned.
        tone: the end of its CSS classes: the position of its hue, or ``other``.
        runs: (year, value) of years that are joined; none is empty.
    """

    name: str
    tone: str
    runs: tuple[tuple[tuple[int, float], ...], ...]

    @classmethod
    def of(cls, series: Series, index: int, *, every: int = 1) -> Line:
        """Cut a series where a year is missing or has no value.

        Args:
            series: what to draw.
            index: its position among the series of the chart.
            every: years at most this far apart are joined.

        Raises:
            InputError: where years and values differ in number, years do not rise, or a value is infinite.

        Examples:
            >>> Line.of(Series("A", [1, 2, 3, 4, 6], [5, None, 7, 8, 9]), 0).runs
            (((1, 5.0),), ((3, 7.0), (4, 8.0)), ((6, 9.0),))
        """
        name = said(series.name)
        if len(series.years) != len(series.values):
            msg = f"{name} has {len(series.years)} years and {len(series.values)} values"
            raise InputError(msg)
        years = [int(year) for year in series.years]
        if any(later <= earlier for earlier, later in pairwise(years)):
            msg = f"the years of {name} do not rise"
            raise InputError(msg)
        runs: list[list[tuple[int, float]]] = []
        last = None
        for year, raw in zip(years, series.values, strict=True):
            value = checked(raw, of=name)
            if value is None:
                last = None
                continue
            if last is None or year - last > every:
                runs.append([])
            runs[-1].append((year, value))
            last = year
        tone = str(index) if index < len(HUES) else "other"
        return cls(name, tone, tuple(tuple(run) for run in runs))

    @property
    def lit(self) -> bool:
        """Whether it has a hue of its own."""
        return self.tone != "other"

    @property
    def points(self) -> list[tuple[int, float]]:
        """All years that have a value, with it."""
        return [point for run in self.runs for point in run]

    @property
    def end(self) -> tuple[int, float]:
        """The last year that has a value, with it."""
        return self.runs[-1][-1]
