"""Where the actors of an ego graph stand: the parties in the middle, the others about them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

__all__ = ["crossings", "ellipse", "order"]

Point = tuple[float, float]
Pair = tuple[str, str]


def ellipse(codes: Sequence[str], *, centre: Point, across: float, down: float) -> dict[str, Point]:
    """Places on an ellipse, evenly by angle; an odd number begins at the top, an even one beside it.

    Examples:
        >>> ellipse(["A"], centre=(0, 0), across=10, down=5)
        {'A': (0.0, -5.0)}
    """
    out = {}
    for index, code in enumerate(codes):
        turn = 2 * math.pi * (index + (0.0 if len(codes) % 2 else 0.5)) / max(len(codes), 1)
        out[code] = (
            round(centre[0] + across * math.sin(turn), 2),
            round(centre[1] - down * math.cos(turn), 2),
        )
    return out


def crossings(places: Mapping[str, Point], pairs: Sequence[Pair]) -> tuple[int, float]:
    """How often straight lines between the places cross, and how long they are together."""
    met = 0
    for (a, b), (c, d) in combinations(pairs, 2):
        if len({a, b, c, d}) == 4:
            met += _cross(places[a], places[b], places[c], places[d])
    return met, round(sum(math.dist(places[a], places[b]) for a, b in pairs), 3)


def order(
    codes: Sequence[str],
    pairs: Sequence[Pair],
    fixed: Mapping[str, Point],
    *,
    centre: Point,
    across: float,
    down: float,
) -> list[str]:
    """An order about the ellipse that no exchange of two improves: fewer crossings first, then shorter lines.

    Args:
        codes: those to be placed.
        pairs: who is tied to whom; both must be placed or fixed.
        fixed: where the others stand.
        centre: of the ellipse.
        across: half its width.
        down: half its height.
    """
    best = list(codes)

    def cost(trial: Sequence[str]) -> tuple[int, float]:
        return crossings({**fixed, **ellipse(trial, centre=centre, across=across, down=down)}, pairs)

    least = cost(best)
    improved = True
    while improved:
        improved = False
        for i, j in combinations(range(len(best)), 2):
            trial = best.copy()
            trial[i], trial[j] = trial[j], trial[i]
            now = cost(trial)
            if now < least:
                best, least, improved = trial, now, True
    return best


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
