"""Round ticks, plain figures and places for labels: the arithmetic of an axis."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapallo.errors import InputError

__all__ = ["checked", "figure", "figures", "spread", "tick_texts", "ticks"]

_LARGEST = 1e290  # beyond it a difference of two values may overflow


def checked(value: float | None, *, of: str) -> float | None:
    """The value as a float; None where there is none.

    Raises:
        InputError: where the value is infinite or beyond what can be drawn.
    """
    if value is None or math.isnan(value):
        return None
    if abs(value) > _LARGEST:
        msg = f"{of} holds {value}, which cannot be drawn"
        raise InputError(msg, hint="leave out what has no finite value")
    return float(value)


def figure(value: float, *, percent: bool = False) -> str:
    """A value as a reader wants it: three digits that count, or the whole number.

    Args:
        value: finite.
        percent: print a share of one as per cent.

    Examples:
        >>> figure(0.13642), figure(0.13642, percent=True), figure(-1234), figure(2.5e9), figure(0)
        ('0.136', '13.6%', '−1,234', '2.5 bn', '0')
    """
    value = value * 100 if percent else value
    size = abs(value)
    if size == 0:
        text = "0"
    elif size >= 1e15 or size < 1e-4:
        text = f"{size:.2e}"
    elif size >= 1e6:
        scale, name = (1e9, "bn") if size >= 1e9 else (1e6, "mn")
        text = f"{size / scale:,.2f}".rstrip("0").rstrip(".") + f" {name}"
    else:
        text = f"{size:,.{_decimals([size])}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("−" if value < 0 else "") + text + ("%" if percent else "")


def figures(values: Sequence[float], *, percent: bool = False) -> list[str]:
    """Values that are read together, all with the decimals of the greatest.

    One that would be rounded to nothing keeps figures of its own.

    Examples:
        >>> figures([0.2341, 0.0247, 0.00001], percent=True)
        ['23.4%', '2.5%', '0.001%']
        >>> figures([12, 7.0])
        ['12', '7']
        >>> figures([12, 7.5])
        ['12.0', '7.5']
    """
    greatest = max((abs(value) for value in values), default=0.0)
    if greatest >= 1e6 or greatest < 1e-4:
        return [figure(value, percent=percent) for value in values]
    shown = [value * 100 if percent else value for value in values]
    texts = [f"{abs(value):,.{_decimals(shown)}f}" for value in shown]
    while all("." in text and text[-1] in "0." for text in texts):
        texts = [text[:-1] for text in texts]
    return [
        figure(value, percent=percent)
        if value and not text.strip("0.")
        else ("−" if value < 0 else "") + text + ("%" if percent else "")
        for value, text in zip(values, texts, strict=True)
    ]


def ticks(low: float, high: float, *, most: int = 5, zero: bool = False) -> list[float]:
    """Round values, evenly spaced, the first at or below ``low`` and the last at or above ``high``.

    Args:
        low: the least value.
        high: the greatest value.
        most: at most so many intervals.
        zero: whether zero must be among them.

    Examples:
        >>> ticks(0.02, 0.38, zero=True)
        [0.0, 0.1, 0.2, 0.3, 0.4]
        >>> ticks(3, 3)
        [2.0, 2.5, 3.0, 3.5, 4.0]
    """
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= max(abs(low), abs(high)) * 1e-9 or high - low < 1e-290:
        pad = 1.0 if abs(low) < 1e-280 else 10.0 ** math.floor(math.log10(abs(low)))
        low, high = (0.0, pad) if zero and abs(low) < 1e-280 else (low - pad, high + pad)
    rough = (high - low) / most
    power = math.floor(math.log10(rough))
    for round_step in (1, 2, 2.5, 5, 10, 20, 25):
        step = round_step * 10.0**power
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first <= most:
            break
    return [float(f"{count * step:.12g}") for count in range(first, last + 1)]


def tick_texts(values: Sequence[float], *, percent: bool = False) -> list[str]:
    """A label for each tick, all with as many decimals as their step needs.

    Examples:
        >>> tick_texts([0.0, 0.25, 0.5])
        ['0', '0.25', '0.50']
        >>> tick_texts([0.0, 0.1], percent=True)
        ['0%', '10%']
    """
    times = 100 if percent else 1
    if max(abs(value) for value in values) >= 1e6 or (values[1] - values[0]) * times < 1e-4:
        return [figure(value, percent=percent) for value in values]
    step = f"{(values[1] - values[0]) * times:.6f}".rstrip("0")
    decimals = len(step.split(".")[1])
    end = "%" if percent else ""
    return [
        "0" + end if value == 0 else f"{value * times:,.{decimals}f}{end}".replace("-", "−")
        for value in values
    ]


def spread(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """Places at least ``gap`` apart between ``low`` and ``high``, in the order of and near to those wanted.

    Those that would touch are moved apart about their common middle (pool adjacent violators, Ayer et al.
    1955). Where there is no room for all, they lie evenly from ``low`` to ``high``.

    Examples:
        >>> spread([10, 11, 50], gap=4, low=0, high=60)
        [8.5, 12.5, 50.0]
    """
    count = len(wanted)
    if count > 1 and gap * (count - 1) > high - low:
        gap = (high - low) / (count - 1)
    order = sorted(range(count), key=lambda i: (wanted[i], i))
    room = high - gap * (count - 1)
    pools: list[tuple[float, int]] = []  # the sum of what its members want, less their offsets, and how many
    for place, index in enumerate(order):
        pool = (wanted[index] - gap * place, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            before = pools.pop()
            pool = (before[0] + pool[0], before[1] + pool[1])
        pools.append(pool)
    bases = [min(max(total / size, low), max(room, low)) for total, size in pools for _ in range(size)]
    out = [0.0] * count
    for place, index in enumerate(order):
        out[index] = round(bases[place] + gap * place, 6)
    return out


def _decimals(values: Sequence[float]) -> int:
    """How many decimals show three digits of the greatest; none where all are whole."""
    greatest = max(abs(value) for value in values)
    if all(value == int(value) for value in values):
        return 0
    return max(0, 2 - math.floor(math.log10(greatest)))
