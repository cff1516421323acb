from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.draw.chart import extent, fitted, said
from rapallo.draw.scale import checked, figure, figures, spread, tick_texts, ticks
from rapallo.errors import InputError

FINITE = st.floats(-1e280, 1e280, allow_nan=False, allow_infinity=False)
NORMAL = st.floats(-1e12, 1e12, allow_nan=False).map(lambda value: 0.0 if abs(value) < 1e-12 else value)


@given(NORMAL, NORMAL, st.booleans())
def test_ticks_are_few_even_and_enclose_the_values(one, other, zero):
    low, high = min(one, other), max(one, other)
    found = ticks(low, high, zero=zero)
    assert 2 <= len(found) <= 6
    step = found[1] - found[0]
    assert found[0] <= low + step * 1e-6
    assert found[-1] >= high - step * 1e-6
    assert all(math.isclose(b - a, step, rel_tol=1e-3) for a, b in itertools.pairwise(found))
    assert not zero or 0.0 in found


@given(FINITE, FINITE)
def test_ticks_and_their_texts_bear_any_size(one, other):
    found = ticks(min(one, other), max(one, other))
    assert all(math.isfinite(value) for value in found)
    assert len(tick_texts(found)) == len(found)


def test_ticks_of_a_known_case():
    assert ticks(3, 97, zero=True) == [0, 20, 40, 60, 80, 100]
    assert ticks(-3.4, 1) == [-4, -3, -2, -1, 0, 1]
    assert ticks(0, 0, zero=True)[0] == 0
    assert ticks(1950.2, 1950.9)[0] >= 1950


def test_labels_of_ticks_differ_and_have_equal_decimals():
    assert tick_texts([-0.5, 0.0, 0.5]) == ["−0.5", "0", "0.5"]
    assert tick_texts([0.0, 0.05, 0.1], percent=True) == ["0%", "5%", "10%"]
    assert tick_texts([0.0, 2500.0]) == ["0", "2,500"]
    assert tick_texts([0.0, 1e6, 2e6]) == ["0", "1 mn", "2 mn"]


def test_figures_read_together_have_equal_decimals():
    assert figures([0.5, -0.25]) == ["0.50", "−0.25"]
    assert figures([0.5, 0.3]) == ["0.5", "0.3"]
    assert figures([250.4, 3.21]) == ["250", "3"]
    assert figures([0.0, 0.0]) == ["0", "0"]
    assert figures([]) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567, "1.23 mn"), (99999, "99,999"), (0.5, "0.5"), (-0.00001, "−1.00e-05"), (3e16, "3.00e+16")],
)
def test_a_figure_has_three_digits_that_count(value, text):
    assert figure(value) == text


@given(st.lists(st.floats(0, 300), max_size=18), st.floats(1, 16))
def test_places_keep_their_distance_order_and_bounds(wanted, gap):
    places = spread(wanted, gap=gap, low=0, high=300)
    assert all(-1e-5 <= place <= 300 + 1e-5 for place in places)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    assert all(places[b] - places[a] >= gap - 1e-5 for a, b in itertools.pairwise(order))


@given(st.lists(st.integers(0, 20), unique=True, max_size=15))
def test_places_already_apart_stay(wanted):
    wanted = [16 * place for place in wanted]
    assert spread(wanted, gap=16, low=0, high=320) == wanted


def test_places_without_room_are_even():
    assert spread([5, 5, 5], gap=10, low=0, high=10) == [0, 5, 10]


@given(st.text(max_size=60), st.integers(20, 300), st.booleans())
def test_fitted_text_fits(text, room, bold):
    kept = fitted(text, 12, room, bold=bold)
    assert extent(kept, 12, bold=bold) <= room + 1e-6 or len(kept) <= 2


def test_letters_that_turn_or_break_the_text_are_dropped():
    assert said("\u202egnp\x00\ud800\ufffe\n\tend") == "gnp end"


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e300])
def test_a_value_without_bounds_is_refused(value):
    with pytest.raises(InputError, match="Aland holds"):
        checked(value, of="Aland")


def test_nan_is_no_value():
    assert checked(math.nan, of="Aland") is None
