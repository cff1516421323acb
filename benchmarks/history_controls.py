"""Pairs that signed nothing beside those that did: matched twins and placebos."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))
from history_cases import (
    AHEAD,
    DISPUTE,
    EFFECTS,
    PERSISTENCE,
    PLACE,
    RIVALRY,
    World,
    features,
    outcomes,
    thirds,
)
from skill import Draws, auc, interval

from rapallo.effects.logit import Logit, fit

__all__ = ["MODELS", "RIDGE", "columns", "matched", "placebos", "without_pact"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RIDGE = 10.0
MODELS: Mapping[str, Sequence[str]] = {
    "distance": ("far_least", "near"),
    "gravity": PLACE,
    "theory effects alone": EFFECTS,
    "persistence": (*PERSISTENCE, *RIVALRY),
    "persistence, no rivalry codes": PERSISTENCE,
    "persistence and place, no rivalry codes": (*PERSISTENCE, *PLACE),
    "persistence and effects": (*PERSISTENCE, *RIVALRY, *EFFECTS),
    "persistence, place and effects, no rivalry codes": (*PERSISTENCE, *PLACE, *EFFECTS),
}


def columns(table: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """Features side by side."""
    return np.column_stack([table[name] for name in names])


def without_pact(
    world: World, real: tuple[Ints, ...], chance: np.random.Generator, times: int, *, partner: bool
) -> tuple[Ints, ...]:
    """Pairs that formed no pact within five years either way, in the years of real ones.

    With ``partner`` A stays and B is another state of its region; else both are drawn from the regions of A
    and B.
    """
    row, a, b, pact, level = (np.repeat(each, times) for each in real)
    region, states = world.region, world.member.shape[1]
    formed = np.zeros((len(world.panel.years) + AHEAD + 1, states, states), bool)
    for step in range(-AHEAD, AHEAD + 1):
        formed[np.maximum(real[0] + step, 0), real[1], real[2]] = formed[
            np.maximum(real[0] + step, 0), real[2], real[1]
        ] = True

    def drawn(like: Ints, apart: Ints) -> Ints:
        fits = (region[like][:, None] == region) & world.member[row] & world.member[row - 1]
        fits[np.arange(len(row)), like] = fits[np.arange(len(row)), apart] = False
        fits &= ~formed[row, apart]
        score = np.where(fits, chance.random(fits.shape), -1.0)
        best = score.argmax(1)
        return np.where(score[np.arange(len(row)), best] >= 0.0, best, -1)

    first = a if partner else drawn(a, b)
    second = drawn(b, np.maximum(first, 0))
    keep = (first >= 0) & (second >= 0) & (first != second)
    number = pact if partner else np.arange(len(row))
    return row[keep], first[keep], second[keep], number[keep], level[keep]


def matched(
    data: Mapping[str, Any], outcome: str, count: int, seed: int, also: Sequence[str] = ()
) -> dict[str, Any]:
    """Real cases against the likeliest twins without a pact: equal in place, nearest in what the past tells.

    The past ends with the year before the pact: disputes of the year itself may be the pact's own doing.

    Args:
        data: both kinds of cases.
        outcome: by its name.
        count: how many draws by pact.
        seed: of the draws.
        also: what else the two are to be alike in.
    """
    control, its = data["control"], data["cases"]
    names = (*MODELS["persistence"], *PLACE, *also)
    past, y = columns(control["table"], names), control["outcomes"][outcome]
    held = np.isfinite(y)
    score = fit(past[held], y[held] > 0, ridge=RIDGE)
    theirs, ours = score.odds(past), score.odds(columns(data["table"], names))
    twin = np.full(len(ours), -1)
    strata = [
        data_["years"] // 10 * 4 + 2 * (data_["table"]["near"] > 0) + (data_["table"]["major"] > 0)
        for data_ in (data, control)
    ]
    for stratum in np.unique(strata[0]):
        at, pool = np.flatnonzero(strata[0] == stratum), np.flatnonzero((strata[1] == stratum) & held)
        if not len(pool):
            continue
        pool = pool[np.argsort(theirs[pool])]
        place = (
            np.clip(np.searchsorted(theirs[pool], ours[at]), 1, len(pool) - 1)
            if len(pool) > 1
            else np.zeros(len(at), int)
        )
        near = np.where(
            np.abs(theirs[pool[place]] - ours[at]) < np.abs(theirs[pool[place - 1]] - ours[at]),
            place,
            place - 1,
        )
        close = np.abs(theirs[pool[near]] - ours[at]) < 0.1
        twin[at[close]] = pool[near[close]]
    kept = np.flatnonzero((twin >= 0) & np.isfinite(data["outcomes"][outcome]))
    draws = Draws(its.pact[kept], count, seed)
    real, other = data["outcomes"][outcome][kept], y[twin[kept]]
    ones = np.ones(len(kept))
    return {
        "matched": len(kept),
        "of": len(ours),
        "with_pact": real.mean(),
        "without": other.mean(),
        "difference": real.mean() - other.mean(),
        "difference_interval": draws.ratio(real - other, ones),
    }


def placebos(
    world: World, data: Mapping[str, Any], real: tuple[Ints, ...], times: int, seed: int
) -> dict[str, Any]:
    """The same with a partner who signed nothing: does the real one tell more?

    Two figures. Disputes that came over those told by a model of past disputes that saw pairs without a pact
    alone. And the AUC that effects add to past disputes after 1950, learnt from cases over before.
    """
    control = data["control"]
    names = MODELS["persistence"]
    y = control["outcomes"][DISPUTE]
    held = np.isfinite(y)
    usual = fit(columns(control["table"], names)[held], y[held] > 0, ridge=RIDGE)
    chance = np.random.default_rng(seed)
    ours = figures_of(data["table"], data["outcomes"][DISPUTE], data["years"], usual)
    drawn = []
    for _ in range(times):
        its = thirds(world, *without_pact(world, real, chance, 1, partner=True))
        table = features(world, its)
        drawn.append(
            figures_of(
                table, outcomes(world, its, only=DISPUTE)[DISPUTE], its.row + world.panel.years[0], usual
            )
        )
    lifts, gains = (np.array(each) for each in zip(*drawn, strict=True))
    return {
        "times": times,
        "came_over_told": ours[0],
        "placebo_interval": interval(lifts),
        "p": float((1 + (lifts >= ours[0]).sum()) / (1 + times)),
        "auc_gain": ours[1],
        "placebo_gain_interval": interval(gains),
        "p_gain": float((1 + (gains >= ours[1]).sum()) / (1 + times)),
    }


def figures_of(table: Mapping[str, Floats], y: Floats, years: Ints, usual: Logit) -> tuple[float, float]:
    """Came over told, and the AUC that effects add in the later half."""
    held = np.isfinite(y)
    lift = y[held].sum() / usual.probability(columns(table, MODELS["persistence"])[held]).sum()
    early, late = held & (years + AHEAD < 1950), held & (years >= 1950)
    got = []
    for name in ("persistence", "persistence and effects"):
        x = columns(table, MODELS[name])
        got.append(auc(fit(x[early], y[early] > 0, ridge=RIDGE).probability(x[late]), y[late] > 0))
    return float(lift), got[1] - got[0]
