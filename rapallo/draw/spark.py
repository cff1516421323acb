"""A series on a terminal: one line of blocks, or a few lines of dots."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapallo.draw.scale import checked, figure
from rapallo.errors import InputError

__all__ = ["braille", "spark"]

_BLOCKS = "▁▂▃▄▅▆▇█"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # rows of a cell from its top, two columns


def spark(
    values: Sequence[float | None],
    *,
    width: int | None = None,
    low: float | None = None,
    high: float | None = None,
    gap: str = " ",
) -> str:
    """Draw values as blocks of eight heights.

    Args:
        values: None or NaN where there is none.
        width: at most so many letters; where there are more values, each letter is the mean of its share.
        low: the value of the lowest block; the least value where it is not given. Lower ones count as it.
        high: the value of the highest block; the greatest value where it is not given.
        gap: the letter for what has no value.

    Returns:
        One line, as many letters as values or the width; values that are all alike lie in the middle.

    Raises:
        InputError: where a value is infinite, the width is below 1, or ``low`` exceeds ``high``.

    Examples:
        >>> spark([0, 1, 2, None, 4, 7])
        '▁▂▃ ▅█'
        >>> spark([3, 3, 3]), spark([-1.0, 1.0]), spark([5], low=0, high=10), spark([])
        ('▄▄▄', '▁█', '▅', '')
        >>> spark(range(100), width=8)
        '▁▂▃▄▅▆▇█'
    """
    known = [checked(value, of="the series") for value in values]
    if width is not None:
        if width < 1:
            msg = f"a sparkline cannot be {width} letters wide"
            raise InputError(msg)
        known = _means(known, width)
    floor, top = _bounds(known, low, high)
    return "".join(gap if v is None else _BLOCKS[_level(v, floor, top, len(_BLOCKS))] for v in known)


def braille(
    values: Sequence[float | None],
    *,
    width: int = 64,
    height: int = 6,
    low: float | None = None,
    high: float | None = None,
    ends: tuple[str, str] = ("", ""),
    percent: bool = False,
) -> str:
    """Draw values as a line of dots, two across and four down in each letter, with its bounds at the left.

    Args:
        values: evenly spaced; None or NaN where there is none, at which the line breaks.
        width: letters across, without the bounds.
        height: letters down; at least two, as the width is.
        low: the value of the lowest dot; the least value where it is not given. Lower ones count as it.
        high: the value of the highest dot; the greatest value where it is not given.
        ends: what stands below the first and the last value, such as years.
        percent: print the bounds as per cent.

    Returns:
        ``height`` lines, and one more where ``ends`` are given; the empty string where there is no value.

    Raises:
        InputError: where a value is infinite, there is no room, or ``low`` exceeds ``high``.

    Examples:
        >>> print(braille([0, 1, 2, 3, 2, 1, 0], width=6, height=2, ends=("1990", "1996")))
        3 ⠀⢀⠔⠣⡀⠀
        0 ⡠⠊⠀⠀⠑⢄
          1990
    """
    if width < 2 or height < 2:
        msg = f"there is no room for dots on {width} by {height} letters"
        raise InputError(msg)
    known = [checked(value, of="the series") for value in values]
    if all(value is None for value in known):
        return ""
    floor, top = _bounds(known, low, high)
    across, down = width * 2, height * 4
    spots = [
        None
        if value is None
        else (
            round(i * (across - 1) / max(len(known) - 1, 1)),
            down - 1 - _level(value, floor, top, down),
        )
        for i, value in enumerate(known)
    ]
    cells = [[0] * width for _ in range(height)]
    last = None
    for spot in spots:
        if spot is not None:
            for x, y in _between(last or spot, spot):
                cells[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
        last = spot
    rows = ["".join(chr(0x2800 + dots) for dots in row) for row in cells]
    bounds = [figure(bound, percent=percent) for bound in (top, floor)]
    margin = max(len(text) for text in bounds)
    lines = [" " * margin + " " + row for row in rows]
    lines[-1] = bounds[1].rjust(margin) + " " + rows[-1]
    lines[0] = bounds[0].rjust(margin) + " " + rows[0]
    if any(ends):
        free = width - len(ends[0])
        last_end = ends[1].rjust(free) if len(ends[1]) < free else ""
        lines.append(" " * (margin + 1) + ends[0] + last_end)
    return "\n".join(lines)


def _means(values: Sequence[float | None], width: int) -> list[float | None]:
    """The mean of each of ``width`` equal shares; None where a share has no value."""
    if len(values) <= width:
        return list(values)
    out: list[float | None] = []
    for i in range(width):
        share = [
            v for v in values[i * len(values) // width : (i + 1) * len(values) // width] if v is not None
        ]
        out.append(math.fsum(share) / len(share) if share else None)
    return out


def _bounds(values: Sequence[float | None], low: float | None, high: float | None) -> tuple[float, float]:
    known = [value for value in values if value is not None]
    low, high = checked(low, of="the lower bound"), checked(high, of="the upper bound")
    floor = min(known, default=0.0) if low is None else low
    top = max(known, default=0.0) if high is None else high
    if low is not None and high is not None and low > high:
        msg = f"the lowest value {low} exceeds the highest {high}"
        raise InputError(msg)
    return floor, max(floor, top)


def _level(value: float, low: float, high: float, levels: int) -> int:
    """The level of a value from 0 to ``levels`` - 1; the lower middle one where all are alike."""
    if high <= low:
        return (levels - 1) // 2
    share = min(max((value - low) / (high - low), 0.0), 1.0)
    return min(int(share * (levels - 1) + 0.5), levels - 1)


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    """The dots of a straight line."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (
            start[0] + round((end[0] - start[0]) * i / steps),
            start[1] + round((end[1] - start[1]) * i / steps),
        )
        for i in range(steps + 1)
    ]
