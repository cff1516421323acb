"""The field of a chart over years: where a year and a value lie, and the light axes about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapallo.draw.chart import NOTE, WIDTH, extent
from rapallo.draw.scale import tick_texts, ticks
from rapallo.draw.series import Line
from rapallo.draw.svg import element, path

__all__ = ["Plot", "Point"]

Point = tuple[float, float]

_NEAR = 0.06  # of the span of years: a line that ends nearer to the last is named beside the plot
_TICK = 58.0  # at least so much room for each year on the axis


@dataclass(frozen=True, slots=True)
class Plot:
    """Where years and values lie.

    Attributes:
        first: the year at the left edge.
        last: the year at the right edge.
        ticks: round values from the bottom to the top.
        texts: their labels.
        left: edge of the plot, as are ``right``, ``top`` and ``bottom``.
    """

    first: int
    last: int
    ticks: list[float]
    texts: list[str]
    left: float
    right: float
    top: float = 0.0
    bottom: float = 0.0

    @classmethod
    def around(cls, lines: Sequence[Line], *, zero: bool, percent: bool) -> Plot:
        """The span of years and values of lines, which must hold a value; its right edge is the drawing's.

        Args:
            lines: what is drawn.
            zero: whether the values begin at zero.
            percent: whether they are printed as per cent.
        """
        years = [year for line in lines for year, _ in line.points]
        values = [value for line in lines for _, value in line.points]
        first, last = min(years), max(years)
        if first == last:
            first, last = first - 1, last + 1
        steps = ticks(min(values), max(values), zero=zero)
        texts = tick_texts(steps, percent=percent)
        return cls(first, last, steps, texts, max(extent(text, NOTE) for text in texts) + 9, WIDTH)

    def x(self, year: float) -> float:
        """Across the drawing, in its units."""
        return self.left + (year - self.first) / (self.last - self.first) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Down the drawing, in its units."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    def spot(self, point: tuple[int, float]) -> Point:
        """Where a year's value lies."""
        return self.x(point[0]), self.y(point[1])

    def at_edge(self, line: Line) -> bool:
        """Whether a line ends so near the right edge that its name stands beside the plot."""
        return self.last - line.end[0] <= (self.last - self.first) * _NEAR

    def axes(self) -> list[str]:
        """A rule and its figure for each tick, and the years at the foot."""
        out = []
        base = 0.0 if 0.0 in self.ticks else self.ticks[0]
        for value, text in zip(self.ticks, self.texts, strict=True):
            y = self.y(value)
            kind = "rp-axis" if value == base else "rp-grid"
            out.append(element("path", class_=kind, d=path([(self.left, y), (self.right, y)])))
            out.append(element("text", text, class_="rp-note", x=self.left - 8, y=y + 4, text_anchor="end"))
        for year in self._years():
            x = self.x(year)
            at = min(x, WIDTH - extent(str(year), NOTE) / 2)
            out.append(element("path", class_="rp-axis", d=path([(x, self.bottom), (x, self.bottom + 5)])))
            out.append(
                element("text", str(year), class_="rp-note", x=at, y=self.bottom + 18, text_anchor="middle")
            )
        return out

    def _years(self) -> range:
        most = max((self.right - self.left) / _TICK, 1.0)
        span = self.last - self.first
        steps = (size * 10**power for power in range(12) for size in (1, 2, 2.5, 5))
        step = next((int(step) for step in steps if step == int(step) and span / step <= most), span)
        return range(-(-self.first // step) * step, self.last + 1, step)
