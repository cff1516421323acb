"""Figures: recall in the top five, right effects, mean rank; intervals bootstrapped over episodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from episodes import Episode, Third
from simple import SIMPLE

from rapallo.model import Stake

__all__ = ["OURS", "TOP", "Case", "cases_ratio", "figures", "is_right"]

TOP = 5
DRAWS = 2000
OURS = "rapallo rattled"


@dataclass(frozen=True, slots=True)
class Case:
    """An episode, and how it went.

    Attributes:
        episode: as coded.
        unposed: why it could not be posed; empty where it was.
        stakes: of every third state with one, in the order of the ranking, by code.
        others: how many third states there were.
        simple: every third state in the order of each simple ranking.
        seconds: that the stakes took.
    """

    episode: Episode
    unposed: str = ""
    stakes: Mapping[str, Stake] = field(default_factory=dict)
    others: int = 0
    simple: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def possible(self) -> int:
        """How many of the coded states could be in the top five."""
        return min(TOP, len(self.episode.third))

    def order(self, by: str) -> Sequence[str]:
        """The states that a ranking ranks; none where the episode was not posed to it."""
        return tuple(self.stakes) if by == OURS else self.simple.get(by, ())

    def hits(self, by: str) -> tuple[Third, ...]:
        """The coded states in the top five of a ranking."""
        top = set(self.order(by)[:TOP])
        return tuple(one for one in self.episode.third if one.state in top)

    def ranks(self, by: str) -> tuple[float, ...]:
        """The rank of every coded state; states that are not ranked share the mean of the places left."""
        order = self.order(by)
        last = (len(order) + 1 + max(self.others, len(order) + 1)) / 2
        return tuple(
            order.index(one.state) + 1.0 if one.state in order else last for one in self.episode.third
        )

    def right(self, *, strict: bool) -> tuple[Third, ...]:
        """The coded states found with the right effect."""
        return tuple(one for one in self.hits(OURS) if is_right(one, self.stakes[one.state], strict=strict))


def is_right(one: Third, stake: Stake, *, strict: bool) -> bool:
    """Whether a coded effect in the coded direction makes most of a stake or, not strict, any of it."""
    summed: dict[tuple[str, str], float] = defaultdict(float)
    for part in stake.parts:
        summed[part.effect, part.direction] += part.contribution
    found = [max(summed, key=lambda key: (summed[key], key))] if strict else list(summed)
    way = "loss" if one.direction == "worse" else "gain"
    coded = set(one.effects)
    return any(
        direction == way and (effect in coded or (way == "gain" and "reassured" in coded))
        for effect, direction in found
        if summed[effect, direction] > 0
    )


def figures(cases: Sequence[Case]) -> Mapping[str, Any]:
    """The table: each figure as (value, low, high); of cases that were posed, and recall over all too."""
    posed = [case for case in cases if not case.unposed]
    rows: dict[str, Any] = {"episodes": len(cases), "posed": len(posed)}
    if not posed:
        return rows
    named = (OURS, *SIMPLE)
    rows["recall"] = {by: cases_ratio(posed, _recall(by)) for by in named}
    rows["recall over all"] = cases_ratio(cases, _recall(OURS))
    best = max(SIMPLE, key=lambda by: rows["recall"][by][0])
    rows["best simple ranking"] = best
    rows["recall above the best"] = cases_ratio(
        posed, lambda case: (len(case.hits(OURS)) - len(case.hits(best)), case.possible)
    )
    rows["mean rank"] = {
        by: cases_ratio(posed, lambda case, by=by: (sum(case.ranks(by)), len(case.episode.third)))  # type: ignore[misc]
        for by in named
    }
    for word, strict in (("strict", True), ("lenient", False)):
        rows[f"right effect, {word}"] = cases_ratio(
            posed,
            lambda case, strict=strict: (len(case.right(strict=strict)), len(case.hits(OURS))),  # type: ignore[misc]
        )
    return rows


def _recall(by: str) -> Callable[[Case], tuple[float, float]]:
    return lambda case: (len(case.hits(by)), case.possible)


def cases_ratio(
    cases: Sequence[Case], counts: Callable[[Case], tuple[float, float]], seed: int = 1
) -> tuple[float, float, float]:
    """A pooled ratio with its 95 % interval, bootstrapped over episodes; NaN where nothing counts."""
    pairs = np.array([counts(case) for case in cases], dtype=float)
    drawn = np.random.default_rng(seed).integers(0, len(pairs), (DRAWS, len(pairs)))
    sums = pairs[drawn].sum(axis=1)
    kept = sums[sums[:, 1] > 0]
    if not kept.size or not pairs[:, 1].sum():
        return (float("nan"),) * 3
    low, high = np.quantile(kept[:, 0] / kept[:, 1], (0.025, 0.975))
    return float(pairs[:, 0].sum() / pairs[:, 1].sum()), float(low), float(high)
