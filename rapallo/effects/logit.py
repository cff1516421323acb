"""A logistic regression with a ridge: few coefficients that can be read, written down and checked by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError

__all__ = ["Logit", "fit", "sigmoid"]

Floats = NDArray[np.float64]

STEPS = 60
CLOSE = 1e-7


def sigmoid(x: Floats) -> Floats:
    """``1 / (1 + exp(-x))``, without overflow.

    Examples:
        >>> sigmoid(np.array([0.0, 800.0])).tolist()
        [0.5, 1.0]
    """
    found: Floats = 0.5 * (1.0 + np.tanh(0.5 * x))
    return found


@dataclass(frozen=True)
class Logit:
    """``P = 1 / (1 + exp(-(intercept + sum of weight * (x - mean) / spread)))``.

    An x that is missing (NaN) adds 0.

    Attributes:
        intercept: log odds where every x is at its mean.
        weights: log odds for one spread of each x.
        means: of the x that the fit saw.
        spreads: their standard deviations; 1 for an x that never varied.
    """

    intercept: float
    weights: Floats
    means: Floats
    spreads: Floats

    def odds(self, x: Floats) -> Floats:
        """The log odds of each row of ``x``; shape (rows,)."""
        found: Floats = self.intercept + _scaled(x, self.means, self.spreads) @ self.weights
        return found

    def probability(self, x: Floats) -> Floats:
        """The probability of each row of ``x``; shape (rows,)."""
        return sigmoid(self.odds(x))


def fit(x: Floats, y: NDArray[np.bool_], *, ridge: float = 1.0, weights: Floats | None = None) -> Logit:
    """The coefficients at which the penalised likelihood is greatest.

    Newton's method on ``sum of w log P(y) - ridge / 2 * sum of weight^2`` over x scaled to mean 0 and spread
    1, each step halved until the likelihood rises; the intercept is not penalised. McCullagh & Nelder (1989),
    Generalized Linear Models, for iterated weighted least squares; le Cessie & van Houwelingen (1992), Ridge
    Estimators in Logistic Regression, for the penalty; both recalled.

    Args:
        x: shape (rows, features); NaN where a value is missing, which counts as the mean.
        y: whether it came to be; shape (rows,).
        ridge: how strongly weights are drawn to 0; above 0, so that there is an answer where y can be told
            apart.
        weights: how much each row counts; 1 unless said.

    Raises:
        InputError: where there is no row, y is the same throughout, or ridge is not above 0.

    Examples:
        >>> its = fit(np.array([[0.0], [0.0], [1.0], [1.0]]), np.array([False, True, False, True]))
        >>> its.intercept, its.weights.tolist()
        (0.0, [0.0])
    """
    if not len(y) or y.all() or not y.any() or ridge <= 0.0:
        msg = "nothing can be fitted: no rows, one outcome throughout, or a ridge that is not above 0"
        raise InputError(msg)
    kept = np.ones(len(y)) if weights is None else weights
    means, spreads = _moments(x, kept)
    laid = np.column_stack([np.ones(len(y)), _scaled(x, means, spreads)])
    penalty = np.full(laid.shape[1], ridge)
    penalty[0] = 0.0
    share = float(kept @ y / kept.sum())
    beta = np.zeros(laid.shape[1])
    beta[0] = np.log(share / (1.0 - share))
    best = _likelihood(laid, y, kept, beta, penalty)
    for _ in range(STEPS):
        told = sigmoid(laid @ beta)
        slope = laid.T @ (kept * (y - told)) - penalty * beta
        curve = (laid * (kept * told * (1.0 - told))[:, None]).T @ laid + np.diag(penalty)
        step = np.linalg.solve(curve + 1e-12 * np.eye(len(beta)), slope)
        size, value = 1.0, _likelihood(laid, y, kept, beta + step, penalty)
        while value < best and size > CLOSE:
            size /= 2.0
            value = _likelihood(laid, y, kept, beta + size * step, penalty)
        beta = beta + size * step
        best = max(best, value)
        if np.abs(size * step).max() < CLOSE:
            break
    return Logit(float(beta[0]), beta[1:], means, spreads)


def _moments(x: Floats, kept: Floats) -> tuple[Floats, Floats]:
    held = np.isfinite(x)
    count = np.maximum(kept @ held, 1e-300)
    means: Floats = kept @ np.where(held, x, 0.0) / count
    spreads: Floats = np.sqrt(kept @ np.where(held, x - means, 0.0) ** 2 / count)
    return means, np.where(spreads > CLOSE, spreads, 1.0)


def _scaled(x: Floats, means: Floats, spreads: Floats) -> Floats:
    return np.where(np.isfinite(x), (x - means) / spreads, 0.0)


def _likelihood(laid: Floats, y: NDArray[np.bool_], kept: Floats, beta: Floats, penalty: Floats) -> float:
    odds = laid @ beta
    return float(kept @ (y * odds - np.logaddexp(0.0, odds)) - 0.5 * (penalty * beta) @ beta)
