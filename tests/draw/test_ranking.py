from __future__ import annotations

import math
import re

import pytest

from rapallo.draw.chart import WIDTH
from rapallo.draw.ranking import ranking_svg
from rapallo.errors import InputError
from tests.draw.charts import HOSTILE, SVG, parsed, read, texts, turning


def ranking(values, **more):
    return ranking_svg(values, **{"title": "A title", **more})


def rows(root):
    return [[read(text) for text in group.iter(f"{SVG}text")] for group in root.iter(f"{SVG}g")]


def test_a_small_chart_stays_as_it_is(snapshot):
    svg = ranking([("Aland", 0.2), ("Bland", 0.31), ("Cland", None)], percent=True, marked=["Aland"])
    parsed(svg)
    assert svg == snapshot


def test_the_greatest_comes_first_and_equals_share_a_place():
    root = parsed(ranking([("A", 1), ("B", 3), ("C", 3), ("D", 2)]))
    assert rows(root) == [["1", "B", "3"], ["1", "C", "3"], ["3", "D", "2"], ["4", "A", "1"]]


def test_those_marked_are_shown_whatever_their_place():
    svg = ranking([(str(i), -i) for i in range(50)], most=3, marked=["40"])
    assert [row[1] for row in rows(parsed(svg))] == ["0", "1", "2", "40"]
    assert "46 others are not shown." in svg


def test_bars_begin_at_zero_and_are_as_long_as_their_values():
    root = parsed(ranking([("A", 10), ("B", 5), ("C", -5)]))
    bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in root.iter(f"{SVG}rect")]
    assert bars[0][1] == pytest.approx(2 * bars[1][1], abs=0.2)
    assert bars[2][0] + bars[2][1] == pytest.approx(bars[0][0], abs=0.2)
    assert bars[0][0] + bars[0][1] < WIDTH


def test_words_of_strangers_do_not_become_markup():
    svg = ranking([(name, float(i)) for i, name in enumerate(HOSTILE)], unit=HOSTILE[0], marked=HOSTILE)
    parsed(svg)
    assert "<script" not in svg
    assert not turning(svg)


@pytest.mark.parametrize("values", [[], [("A", None)], [("A", math.nan)]])
def test_without_values_it_says_so(values):
    svg = ranking(values)
    parsed(svg)
    assert "There is no value to draw." in svg


def test_zeros_alone_are_drawn():
    assert not re.search('width="-', ranking([("A", 0.0)]))


def test_what_is_infinite_is_refused():
    with pytest.raises(InputError, match="A holds inf"):
        ranking([("A", math.inf)])


def test_marked_names_are_bold():
    root = parsed(ranking([("A", 1), ("B", 2)], marked=["A"]))
    assert [read(text) for text in texts(root, "rp-strong")] == ["A", "1"]
