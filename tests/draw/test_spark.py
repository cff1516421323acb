from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.draw.spark import braille, spark
from rapallo.errors import InputError

VALUES = st.lists(st.one_of(st.none(), st.floats(-1e9, 1e9), st.just(math.nan)), max_size=50)


@given(VALUES)
def test_a_letter_for_each_value_and_a_gap_for_none(values):
    line = spark(values, gap="·")
    assert len(line) == len(values)
    assert [letter == "·" for letter in line] == [v is None or math.isnan(v) for v in values]


@given(VALUES, st.integers(1, 80))
def test_a_sparkline_is_no_wider_than_asked(values, width):
    assert len(spark(values, width=width)) == min(len(values), width)


@given(st.lists(st.integers(-1000, 1000), min_size=2, unique=True), st.integers(1, 50), st.integers(-50, 50))
def test_a_sparkline_does_not_depend_on_the_unit(values, scale, shift):
    assert spark(values) == spark([value * 64 * scale for value in values])
    line = spark(values)
    assert line[values.index(min(values))] == "▁"
    assert line[values.index(max(values))] == "█"
    assert spark([value + shift for value in values]) == line


def test_negative_values_and_bounds():
    assert spark([-4, 0, 3]) == "▁▅█"
    assert spark([-4, 0, 3], low=0) == "▁▁█"  # what lies below the bound counts as it
    assert spark([0.5], low=0, high=1) == "▅"
    assert spark([0.0, 9.9], high=1.0) == "▁█"


def test_shares_are_means_of_what_has_a_value():
    assert spark([0, 2, None, None, None, 8, 8, 8], width=4, low=0, high=8) == "▂ ██"


def test_one_flat_and_empty():
    assert spark([5]) == "▄"
    assert spark([0, 0]) == "▄▄"
    assert spark([]) == ""
    assert spark([None, math.nan]) == "  "


@pytest.mark.parametrize("draw", [spark, braille])
def test_what_is_infinite_is_refused(draw):
    with pytest.raises(InputError, match="cannot be drawn"):
        draw([1.0, math.inf])
    with pytest.raises(InputError, match="cannot be drawn"):
        draw([1.0], low=-math.inf)


@pytest.mark.parametrize("draw", [spark, braille])
def test_bounds_must_be_in_order_and_the_width_must_be_one(draw):
    with pytest.raises(InputError, match="exceeds"):
        draw([1.0], low=2, high=1)
    with pytest.raises(InputError):
        draw([1.0], width=0)


@given(VALUES, st.integers(2, 40), st.integers(2, 8))
def test_dots_fill_their_room_and_no_more(values, width, height):
    drawn = braille(values, width=width, height=height)
    if all(v is None or math.isnan(v) for v in values):
        assert drawn == ""
        return
    lines = drawn.split("\n")
    assert len(lines) == height
    assert len({len(line) for line in lines}) == 1
    field = "".join(line[-width:] for line in lines)
    assert all("\u2800" <= letter <= "\u28ff" for letter in field)
    assert set(field) != {"\u2800"}


def test_a_gap_breaks_the_line():
    """Two dots at the left and two at the right, with nothing between them."""
    row = braille([1, None, None, 1], width=4, height=2).split("\n")
    columns = ["".join(line[-4:][i] for line in row) for i in range(4)]
    assert columns[1] == "\u2800\u2800" == columns[2]
    assert columns[0] != "\u2800\u2800" != columns[3]


def test_ends_stand_below_the_first_and_the_last_value():
    last = braille([0, 10], width=12, height=2, ends=("1990", "1991")).split("\n")[-1]
    assert last == "   1990    1991"
    assert braille([0, 10], width=6, height=2, ends=("1990", "1991")).split("\n")[-1] == "   1990"


def test_bounds_are_printed_as_per_cent_where_asked_for():
    lines = braille([0.1, 0.4], width=4, height=3, low=0, percent=True).split("\n")
    assert lines[0].startswith("40% ")
    assert lines[-1].startswith(" 0% ")
