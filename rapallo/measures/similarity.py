"""How alike the portfolios of states are: S, Scott's pi, Cohen's kappa and Kendall's tau-b.

All come from the joint distribution of levels: for each two states, how often the one has level a where the
other has level b, over the states towards which both hold obligations. Counts of a whole year are one
matrix product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError

__all__ = ["Difference", "Joint", "cohen_kappa", "differences", "joint", "s_score", "scott_pi", "tau_b"]

Floats = NDArray[np.float64]
Difference = Literal["absolute", "squared", "binary", "nominal"]


@dataclass(frozen=True, slots=True)
class Joint:
    """The joint distribution of the levels of each two portfolios.

    Attributes:
        levels: the levels of the scale, rising, 0 the first.
        counts: how often (with weights: how much of them) the one has a level where the other has a level;
            shape (levels of the one, levels of the other, states, states).
        total: how many states a portfolio is over, or the sum of their weights.
    """

    levels: Floats
    counts: Floats
    total: float


def joint(portfolios: Floats, levels: Sequence[float], weights: Floats | None = None) -> Joint:
    """The joint distribution of the levels of each two portfolios.

    Args:
        portfolios: level of the obligations of each state towards each; shape (states, states), its own place
            at the maximum of the scale.
        levels: the levels that can occur.
        weights: how much each state counts as one towards which obligations are held, 0 or more; shape
            (states,). A state whose weight is NaN is left out of the portfolios. None for all alike.

    Raises:
        InputError: where a portfolio holds a level that is none of them.

    Examples:
        >>> found = joint(np.array([[3.0, 0.0], [1.0, 3.0]]), (0, 1, 3))
        >>> found.counts[:, :, 0, 1].astype(int).tolist(), found.total
        ([[0, 0, 1], [0, 0, 0], [0, 1, 0]], 2.0)
    """
    scale = np.unique(np.array([0.0, *levels]))
    has = portfolios == scale[:, None, None]
    if not has.any(axis=0).all():
        msg = "a portfolio holds a level that is not on its scale"
        raise InputError(msg, hint=f"the levels are {', '.join(f'{level:g}' for level in scale)}")
    states = len(portfolios)
    held = has.astype(np.float64).reshape(len(scale) * states, states)
    counted = np.ones(states) if weights is None else np.nan_to_num(weights, nan=0.0)
    counts = ((held * counted) @ held.T).reshape(len(scale), states, len(scale), states)
    return Joint(scale, np.ascontiguousarray(counts.swapaxes(1, 2)), float(counted.sum()))


def differences(levels: Floats, form: Difference) -> Floats:
    """How far each level is from each, 0 to 1; shape (levels, levels).

    Args:
        levels: rising, 0 the first; the last is the maximum of the scale.
        form: ``absolute`` or ``squared`` distance over the maximum; ``binary``, whether one is 0 and the
            other is not; ``nominal``, whether they differ at all.

    Examples:
        >>> differences(np.array([0.0, 1.0, 2.0]), "squared")[0].tolist()
        [0.0, 0.25, 1.0]
    """
    found: Floats
    if form == "nominal":
        found = (levels[:, None] != levels).astype(np.float64)
    else:
        scale = (levels > 0.0).astype(np.float64) if form == "binary" else levels / levels[-1]
        found = np.abs(scale[:, None] - scale) ** (2 if form == "squared" else 1)
    return found


def s_score(of: Joint, form: Difference) -> Floats:
    """S of Signorino and Ritter, -1 to 1; shape (states, states), NaN where nothing is counted.

    Signorino & Ritter (1999), Tau-b or Not Tau-b: S = 1 - 2 sum_k w_k d(x_k, y_k) / sum_k w_k, with d the
    distance of the levels over the greatest that the scale has.

    Examples:
        >>> s_score(joint(np.array([[3.0, 0.0], [1.0, 3.0]]), (0, 1, 3)), "absolute")[0].round(6).tolist()
        [1.0, -0.666667]
    """
    apart = _observed(of, differences(of.levels, form))
    return 1.0 - 2.0 * _over(apart, np.full_like(apart, of.total))


def scott_pi(of: Joint, form: Difference) -> Floats:
    """Scott's pi of each two portfolios, at most 1; shape (states, states), NaN where none can disagree.

    Scott (1955), with differences of levels as in Haege (2011): pi = 1 - observed / expected disagreement,
    the expected one as if both drew their levels from the mean of their two distributions.

    Examples:
        >>> scott_pi(joint(np.array([[3.0, 0.0], [3.0, 3.0]]), (0, 3)), "absolute")[0, 1].round(6).item()
        -0.333333
    """
    one, other = _margins(of)
    mean = (one + other) / 2.0
    return _adjusted(of, form, mean, mean)


def cohen_kappa(of: Joint, form: Difference) -> Floats:
    """Cohen's kappa of each two portfolios, at most 1; shape (states, states), NaN where none can disagree.

    Cohen (1960, 1968), as in Haege (2011): kappa = 1 - observed / expected disagreement, the expected one as
    if each drew its levels from its own distribution.

    Examples:
        >>> cohen_kappa(joint(np.array([[3.0, 0.0], [0.0, 3.0]]), (0, 3)), "absolute")[0].tolist()
        [1.0, -1.0]
    """
    return _adjusted(of, form, *_margins(of))


def tau_b(of: Joint) -> Floats:
    """Kendall's tau-b of each two portfolios, -1 to 1; shape (states, states), NaN where one is all alike.

    Kendall (1945), on alliance portfolios by Bueno de Mesquita (1975): (concordant - discordant) /
    sqrt((pairs - ties of the one) (pairs - ties of the other)).

    Examples:
        >>> tau_b(joint(np.array([[3.0, 0.0], [0.0, 3.0]]), (0, 3)))[0].tolist()
        [1.0, -1.0]
    """
    order = np.sign(of.levels[:, None] - of.levels)
    cells = of.counts.reshape(order.size, -1)
    balance = (cells * (np.kron(order, order) @ cells)).sum(axis=0).reshape(of.counts.shape[2:]) / 2.0
    free = [(of.total**2 - (margin**2).sum(axis=0)) / 2.0 for margin in _margins(of)]
    return _over(balance, np.sqrt(free[0] * free[1]))


def _margins(of: Joint) -> tuple[Floats, Floats]:
    """The levels of the one and of the other of each two; shape (levels, states, states)."""
    return of.counts.sum(axis=1), of.counts.sum(axis=0)


def _observed(of: Joint, apart: Floats) -> Floats:
    found: Floats = np.einsum("ab,abij->ij", apart, of.counts)
    return found


def _adjusted(of: Joint, form: Difference, one: Floats, other: Floats) -> Floats:
    """1 - observed / expected disagreement, as if levels were drawn from two distributions apart."""
    apart = differences(of.levels, form)
    expected = (np.einsum("ab,bij->aij", apart, other) * one).sum(axis=0)
    return 1.0 - _over(_observed(of, apart) * of.total, expected)


def _over(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0.0)
