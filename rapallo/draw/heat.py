"""A matrix of states by states, shaded by value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rapallo.draw.chart import NOTE, TEXT, WIDTH, Words, extent, fitted, said
from rapallo.draw.scale import checked, figure, tick_texts, ticks
from rapallo.draw.svg import element, number, path
from rapallo.draw.theme import colour
from rapallo.errors import InputError

__all__ = ["heat_svg"]

MOST = 60  # states
_CELL, _FIGURES = 34.0, 21.0  # the largest cell, and the smallest that has room for figures
_NAMES = 140.0
_RIGHT = 70.0  # for the name of the last column
_SLANT = math.sqrt(0.5)  # names of columns rise at 45 degrees
_DARK = 0.7  # from this opacity on, light figures are read better than dark ones
_SWATCH = 34.0

_CSS = (
    f"@ .rp-more{{fill:{colour('link')}}}@ .rp-less{{fill:{colour('tie-war')}}}"
    f"@ .rp-blank{{stroke:{colour('rule')};stroke-width:1;fill:none}}"
    "@ .rp-figure{text-anchor:middle}"
    f"@ .rp-figure-light{{fill:{colour('on-party')}}}"
    f"@ rect:hover{{stroke:{colour('ink')};stroke-width:1.5}}"
)


def heat_svg(
    names: Sequence[str],
    matrix: ArrayLike,
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    source: str = "",
    zero: bool = False,
    percent: bool = False,
    key: str = "",
) -> str:
    """Draw a matrix, a cell for each pair, shaded in at most eight classes with round limits.

    Values below zero are red, others blue, the stronger the farther from zero. A cell without a value is
    struck through; the diagonal is blank where it has none. Each cell says its pair and value when pointed
    at, and prints it where there is room.

    Args:
        names: of the states, in the order to draw.
        matrix: shape (states, states), from the row's state to the column's; NaN where there is no value.
        title: what the chart says.
        subtitle: what is shown.
        unit: of the values, written beside the legend.
        source: whose data they are, written at the foot.
        zero: the classes begin at zero; right for shares and counts.
        percent: print shares of one as per cent.
        key: tells several charts on one page apart; lower-case letters, digits and hyphens.

    Returns:
        One ``svg`` element; the same input gives the same picture.

    Raises:
        InputError: where the matrix is not square in the names, there are over 60 states, or a value is
            infinite.

    Examples:
        >>> svg = heat_svg(["A", "B"], [[np.nan, 3], [3, np.nan]], title="Two states")
        >>> "<title>A and B: 3</title>" in svg
        True
    """
    grid = np.asarray(matrix, np.float64)
    if grid.shape != (len(names), len(names)):
        msg = f"a matrix of shape {grid.shape} does not fit {len(names)} names"
        raise InputError(msg)
    if len(names) > MOST:
        msg = f"a heat map of {len(names)} states cannot be read"
        raise InputError(msg, hint=f"choose at most {MOST}")
    for value in grid.flat:
        checked(float(value), of="the matrix")
    words = Words(title, subtitle, source)
    out, y = words.head()
    if np.isnan(grid).all():
        out.append(element("text", "There is no value to draw.", class_="rp-note", x=0.0, y=y + 40))
        foot, end = words.foot(y + 60)
        return words.picture([*out, *foot], height=end, desc="No values.", kind="heat", key=key, css=_CSS)
    classes = _Classes.of(grid, zero=zero)
    blank = np.isnan(grid) & ~np.eye(len(names), dtype=bool)
    legend, y = classes.legend(y + 12, unit=unit, percent=percent, blank=bool(blank.any()))
    body, y, directed = _body([said(name) for name in names], grid, classes, y, percent=percent)
    notes = ["Each row shows what its state has towards those of the columns."] if directed else []
    foot, end = words.foot(y + 8, notes)
    return words.picture(
        [*out, *legend, *body, *foot],
        height=end,
        desc=_told(names, grid, unit=unit, percent=percent, directed=directed),
        kind="heat",
        key=key,
        css=_CSS,
    )


@dataclass(frozen=True, slots=True)
class _Classes:
    """Classes between round limits, each with a shade."""

    limits: tuple[float, ...]

    @classmethod
    def of(cls, grid: NDArray[np.float64], *, zero: bool) -> _Classes:
        low, high = float(np.nanmin(grid)), float(np.nanmax(grid))
        return cls(tuple(ticks(low, high, most=8, zero=zero or low < 0 < high)))

    def at(self, value: float) -> int:
        """The class of a value: that whose lower limit it reaches; the greatest value is of the last."""
        inner = self.limits[1:-1]
        return sum(value >= limit for limit in inner)

    def shade(self, index: int) -> tuple[str, float]:
        """The CSS class and the opacity of a class."""
        low, high = self.limits[index], self.limits[index + 1]
        if self.limits[0] < 0 < self.limits[-1]:
            reach = max(-self.limits[0], self.limits[-1])
            strength = max(abs(low), abs(high)) / reach
            return ("rp-less" if high <= 0 else "rp-more"), 0.08 + 0.92 * strength
        count = len(self.limits) - 1
        place = index if self.limits[-1] > 0 else count - 1 - index
        return ("rp-more" if self.limits[-1] > 0 else "rp-less"), 0.1 + 0.9 * place / max(count - 1, 1)

    def legend(self, y: float, *, unit: str, percent: bool, blank: bool) -> tuple[list[str], float]:
        """Swatches with their limits, and where they end."""
        out: list[str] = []
        if unit:
            out.append(element("text", escape(fitted(unit, NOTE, WIDTH)), class_="rp-note", x=0.0, y=y + 8))
            y += 14
        texts = tick_texts(self.limits, percent=percent)
        wide = max(_SWATCH, *(extent(text, NOTE) + 8 for text in texts))
        x = extent(texts[0], NOTE) / 2
        for index in range(len(self.limits) - 1):
            kind, opacity = self.shade(index)
            left = x + wide * index
            out.append(
                element(
                    "rect",
                    class_=kind,
                    x=left,
                    y=y,
                    width=wide - 1,
                    height=10.0,
                    fill_opacity=f"{opacity:.2f}",
                )
            )
        for index, text in enumerate(texts):
            at = x + wide * index - 0.5
            out.append(element("text", text, class_="rp-note", x=at, y=y + 23, text_anchor="middle"))
        if blank:
            left = x + wide * (len(self.limits) - 1) + extent(texts[-1], NOTE) / 2 + 18
            out.append(element("path", class_="rp-blank", d=path([(left, y + 10), (left + 10, y)])))
            out.append(element("text", "no value", class_="rp-note", x=left + 16, y=y + 9))
        return out, y + 30


def _body(
    names: Sequence[str], grid: NDArray[np.float64], classes: _Classes, y: float, *, percent: bool
) -> tuple[list[str], float, bool]:
    """The names and the cells, where they end, and whether the matrix has a direction."""
    count = len(names)
    directed = not np.array_equal(grid, grid.T, equal_nan=True)
    cell = min(_CELL, (WIDTH - _NAMES - _RIGHT) / count)
    size = min(TEXT - 1, max(cell * 0.78, 7.0))
    rows = [fitted(name, size, _NAMES) for name in names]
    left = max(extent(name, size) for name in rows) + 8
    slack = (WIDTH - left - cell * count - cell / 2) / _SLANT
    columns = [
        fitted(name, size, min(_NAMES, slack + (count - 1 - i) * cell / _SLANT))
        for i, name in enumerate(names)
    ]
    top = y + max(extent(name, size) for name in columns) * _SLANT + 12
    out = []
    for index, (row, column) in enumerate(zip(rows, columns, strict=True)):
        middle = cell * (index + 0.5)
        out.append(
            element(
                "text",
                escape(row),
                style=f"font-size:{size:.3g}px",
                x=left - 6,
                y=top + middle + size * 0.35,
                text_anchor="end",
            )
        )
        turn = f"translate({number(left + middle + size * 0.2)} {number(top - 5)}) rotate(-45)"
        out.append(element("text", escape(column), style=f"font-size:{size:.3g}px", transform=turn))
    texts = _texts(grid, cell, percent=percent)
    struck = []
    between = "to" if directed else "and"
    for i, j in np.ndindex(count, count):
        x, down, value = left + cell * j, top + cell * i, float(grid[i, j])
        if math.isnan(value):
            if i != j:
                struck.append(path([(x + 2, down + cell - 3), (x + cell - 3, down + 2)]))
            continue
        pair = names[i] if i == j else f"{names[i]} {between} {names[j]}"
        kind, opacity = classes.shade(classes.at(value))
        told = element("title", escape(f"{pair}: {figure(value, percent=percent)}"))
        out.append(
            element(
                "rect",
                told,
                class_=kind,
                x=x,
                y=down,
                width=cell - 1,
                height=cell - 1,
                fill_opacity=f"{opacity:.2f}",
            )
        )
        if texts:
            light = " rp-figure-light" if opacity >= _DARK else ""
            out.append(
                element(
                    "text",
                    texts[i * count + j],
                    class_=f"rp-figure{light}",
                    style=f"font-size:{_figures_size(cell):.3g}px;pointer-events:none",
                    x=x + cell / 2 - 0.5,
                    y=down + cell / 2 + _figures_size(cell) * 0.35,
                )
            )
    if struck:
        out.append(element("path", class_="rp-blank", d="".join(struck)))
    return out, top + cell * count, directed


def _figures_size(cell: float) -> float:
    return min(11.0, cell * 0.4)


def _texts(grid: NDArray[np.float64], cell: float, *, percent: bool) -> list[str]:
    """What is printed in each cell; nothing where a figure would not fit."""
    texts = ["" if math.isnan(value) else figure(value, percent=percent).rstrip("%") for value in grid.flat]
    wide = max(extent(text, _figures_size(cell)) for text in texts)
    return texts if cell >= _FIGURES and wide <= cell - 2 else []


def _told(
    names: Sequence[str], grid: NDArray[np.float64], *, unit: str, percent: bool, directed: bool
) -> str:
    """The chart in sentences."""
    between = "to" if directed else "and"

    def pair(index: Iterable[int]) -> str:
        i, j = index
        told = names[i] if i == j else f"{names[i]} {between} {names[j]}"
        return f"{figure(float(grid[i, j]), percent=percent)} ({told})"

    least = np.unravel_index(int(np.nanargmin(grid)), grid.shape)
    most = np.unravel_index(int(np.nanargmax(grid)), grid.shape)
    what = f", {unit}" if unit else ""
    return (
        f"A matrix of {len(names)} states by the same{what}. Lowest {pair(map(int, least))}, "
        f"highest {pair(map(int, most))}. States: {', '.join(names)}."
    )
