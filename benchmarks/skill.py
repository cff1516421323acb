"""How good told probabilities are: Brier, log loss, AUC, calibration, and intervals over groups."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rapallo.effects.logit import fit

__all__ = ["Draws", "auc", "brier", "calibration", "log_loss", "ranked", "reliability"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
EDGE = 1e-6


def auc(told: Floats, came: Bools) -> float:
    """The chance that what came was told higher than what did not, ties half; Mann & Whitney (1947)."""
    return ranked(told, came)(np.ones(len(told)))


def ranked(told: Floats, came: Bools) -> Callable[[Floats], float]:
    """The AUC as a function of weights of the cases, sorted once."""
    order = np.argsort(told, kind="stable")
    group = np.cumsum(np.diff(told[order], prepend=told[order[:1]]) > 0.0)
    yes = came[order]

    def of(weights: Floats) -> float:
        kept = weights[order]
        above, below = np.bincount(group, kept * yes), np.bincount(group, kept * ~yes)
        behind = np.cumsum(below) - below
        whole = above.sum() * below.sum()
        return float(above @ (behind + 0.5 * below) / whole) if whole else float("nan")

    return of


def brier(told: Floats, came: Bools) -> Floats:
    """The squared error of each."""
    return (told - came) ** 2


def log_loss(told: Floats, came: Bools) -> Floats:
    """Minus the log of the probability told of what came, each."""
    kept = np.clip(told, EDGE, 1.0 - EDGE)
    return -np.log(np.where(came, kept, 1.0 - kept))


def calibration(told: Floats, came: Bools) -> tuple[float, float]:
    """The slope of what came on the log odds told, and told over came; both 1 if right. Cox (1958)."""
    kept = np.clip(told, EDGE, 1.0 - EDGE)
    odds = np.log(kept / (1.0 - kept))[:, None]
    if came.all() or not came.any() or np.ptp(odds) < EDGE:
        return float("nan"), float(told.sum() / max(1, came.sum()))
    its = fit(odds, came, ridge=1e-6)
    return float(its.weights[0] / its.spreads[0]), float(told.sum() / came.sum())


def reliability(told: Floats, came: Bools, bins: int = 10) -> list[tuple[float, float, int]]:
    """By tenths of what was told: mean told, share that came, how many."""
    order = np.array_split(np.argsort(told, kind="stable"), bins)
    return [(float(told[at].mean()), float(came[at].mean()), len(at)) for at in order if len(at)]


class Draws:
    """Groups drawn with replacement, the same ones for every figure.

    Args:
        groups: which group each case is of.
        count: how many draws.
        seed: of the draws.
    """

    def __init__(self, groups: NDArray[np.int64], count: int, seed: int) -> None:
        self.names, self.of = np.unique(groups, return_inverse=True)
        chance = np.random.default_rng(seed)
        size = len(self.names)
        self.times = chance.multinomial(size, np.full(size, 1.0 / size), size=count).astype(np.float64)

    def ratio(self, part: Floats, whole: Floats, of: NDArray[np.intp] | None = None) -> tuple[float, float]:
        """The 95 % interval of ``sum(part) / sum(whole)``, over the cases at ``of`` or all."""
        group = self.of if of is None else self.of[of]
        size = len(self.names)
        above = self.times @ np.bincount(group, part, size)
        below = self.times @ np.bincount(group, whole, size)
        return interval(above / np.where(below == 0.0, np.nan, below))

    def each(
        self, measure: Callable[[Floats], float], of: NDArray[np.intp] | None = None
    ) -> tuple[float, float]:
        """The 95 % interval of a figure of weighted cases."""
        group = self.of if of is None else self.of[of]
        return interval(np.array([measure(times[group]) for times in self.times]))


def interval(values: Floats) -> tuple[float, float]:
    """The middle 95 % of values."""
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
