"""The logistic regression: by hand, on data made from known coefficients, and at its edges."""

import numpy as np
import pytest

from rapallo.effects.logit import fit, sigmoid
from rapallo.errors import InputError


def test_two_groups_by_hand():
    """Of four at 0 one came, of four at 1 three: log odds of -log 3 and log 3, so a weight of log 3 per
    spread."""
    x = np.repeat([0.0, 1.0], 4)[:, None]
    y = np.array([True, False, False, False, True, True, True, False])
    its = fit(x, y, ridge=1e-9)
    assert its.intercept == pytest.approx(0.0, abs=1e-6)
    assert its.weights[0] / its.spreads[0] == pytest.approx(2 * np.log(3), rel=1e-5)
    assert its.probability(np.array([[0.0], [1.0]])).tolist() == pytest.approx([0.25, 0.75], rel=1e-5)


def test_weights_count_rows():
    x = np.array([[0.0], [0.0], [1.0], [1.0]])
    y = np.array([True, False, True, False])
    times = np.array([1, 3, 3, 1])
    again = fit(np.repeat(x, times, axis=0), np.repeat(y, times), ridge=0.5)
    its = fit(x, y, ridge=0.5, weights=times.astype(float))
    assert its.intercept == pytest.approx(again.intercept)
    assert its.weights == pytest.approx(again.weights)


def test_finds_what_data_were_made_from():
    chance = np.random.default_rng(7)
    x = chance.normal(3.0, 2.0, (20_000, 3))
    odds = -1.0 + (x - 3.0) @ [0.5, -0.25, 0.0]
    its = fit(x, chance.random(20_000) < sigmoid(odds), ridge=1e-6)
    assert its.intercept == pytest.approx(-1.0, abs=0.05)
    assert its.weights / its.spreads == pytest.approx([0.5, -0.25, 0.0], abs=0.03)


def test_ridge_draws_to_nothing_and_slope_is_zero_at_the_answer():
    chance = np.random.default_rng(1)
    x = chance.normal(size=(400, 2))
    y = chance.random(400) < sigmoid(x[:, 0])
    loose, tight = fit(x, y, ridge=5.0), fit(x, y, ridge=1e6)
    assert np.abs(tight.weights).max() < 1e-3 < np.abs(loose.weights).max()
    laid = (x - loose.means) / loose.spreads
    slope = laid.T @ (y - loose.probability(x)) - 5.0 * loose.weights
    assert slope == pytest.approx([0.0, 0.0], abs=1e-6)
    assert (y - loose.probability(x)).sum() == pytest.approx(0.0, abs=1e-6)


def test_data_that_can_be_told_apart_have_an_answer():
    x = np.arange(20.0)[:, None]
    its = fit(x, x[:, 0] > 9, ridge=0.1)
    assert np.isfinite(its.weights).all()
    assert its.probability(x)[-1] > 0.95


def test_missing_is_the_mean_and_a_constant_adds_nothing():
    x = np.array([[0.0, 5.0], [np.nan, 5.0], [1.0, 5.0], [0.0, 5.0]])
    its = fit(x, np.array([False, True, True, False]))
    assert its.weights[1] == 0.0
    assert its.odds(np.array([[np.nan, np.nan]]))[0] == its.intercept


@pytest.mark.parametrize("y", [[], [True, True], [False, False]])
def test_refuses_what_cannot_be_fitted(y):
    with pytest.raises(InputError):
        fit(np.zeros((len(y), 1)), np.array(y, bool))


def test_refuses_no_ridge():
    with pytest.raises(InputError):
        fit(np.zeros((2, 1)), np.array([True, False]), ridge=0.0)
