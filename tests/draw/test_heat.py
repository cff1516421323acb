from __future__ import annotations

import math
import re

import numpy as np
import pytest

from rapallo.draw.chart import WIDTH
from rapallo.draw.heat import heat_svg
from rapallo.errors import InputError
from tests.draw.charts import HOSTILE, SVG, parsed, read, texts, turning

NAN = math.nan


def heat(names, matrix, **more):
    return heat_svg(names, matrix, **{"title": "A title", **more})


def cells(root):
    return [rect for rect in root.iter(f"{SVG}rect") if rect.find(f"{SVG}title") is not None]


def test_a_small_chart_stays_as_it_is(snapshot):
    svg = heat(
        ["Aland", "Bland", "Cland"], [[NAN, 3, NAN], [3, NAN, 12], [NAN, 12, NAN]], zero=True, unit="ties"
    )
    parsed(svg)
    assert svg == snapshot


def test_a_cell_says_its_pair_and_value():
    root = parsed(heat(["A", "B"], [[NAN, 3], [3, 7]]))
    assert [read(cell) for cell in cells(root)] == ["A and B: 3", "B and A: 3", "B: 7"]


def test_a_matrix_with_a_direction_says_so():
    svg = heat(["A", "B"], [[NAN, 3], [4, NAN]])
    assert "<title>A to B: 3</title>" in svg
    assert "Each row shows" in svg
    assert "Each row shows" not in heat(["A", "B"], [[NAN, 3], [3, NAN]])


def test_what_has_no_value_is_struck_through_but_for_the_diagonal():
    svg = heat(["A", "B", "C"], [[NAN, 1, NAN], [1, NAN, 2], [NAN, 2, NAN]])
    assert re.search(r'class="rp-blank" d="M[^M]*M[^M]*"', svg)
    assert "no value" in svg
    assert "no value" not in heat(["A", "B"], [[NAN, 1], [1, NAN]])


def test_shades_rise_with_the_value_and_have_round_limits():
    root = parsed(heat(["A", "B", "C"], [[NAN, 5, 45], [5, NAN, 95], [45, 95, NAN]], zero=True))
    shades = {read(cell).split(": ")[1]: float(cell.get("fill-opacity")) for cell in cells(root)}
    assert shades["5"] < shades["45"] < shades["95"] == 1
    assert {"0", "20", "40", "60", "80", "100"} <= {read(text) for text in texts(root, "rp-note")}


def test_signs_have_hues_and_like_strengths_like_shades():
    root = parsed(heat(["A", "B"], [[-0.9, 0.9], [0.9, -0.1]]))
    found = {read(cell).split(": ")[1]: (cell.get("class"), cell.get("fill-opacity")) for cell in cells(root)}
    assert found["−0.9"] == ("rp-less", "1.00")
    assert found["0.9"] == ("rp-more", "1.00")
    assert found["−0.1"][0] == "rp-less"
    assert float(found["−0.1"][1]) < 0.4


def test_limits_belong_to_the_class_above_them_and_the_greatest_to_the_last():
    root = parsed(heat(["A", "B"], [[0, 10], [10, 5]]))
    shades = {read(cell).split(": ")[1]: float(cell.get("fill-opacity")) for cell in cells(root)}
    assert shades["10"] == 1
    assert shades["0"] == 0.1


def test_forty_states_stay_inside_and_figures_give_way():
    rng = np.random.default_rng(7)
    names = [f"Democratic Republic of Number {i}" for i in range(40)]
    svg = heat(names, rng.normal(size=(40, 40)))
    root = parsed(svg)
    assert len(cells(root)) == 1600
    assert all(float(cell.get("x")) + float(cell.get("width")) <= WIDTH for cell in cells(root))
    assert not texts(root, "rp-figure")
    assert len(svg) < 350_000


def test_few_states_print_their_figures():
    root = parsed(heat(["A", "B"], [[NAN, 3], [3, NAN]]))
    assert [read(text) for text in texts(root, "rp-figure")] == ["3", "3"]


def test_words_of_strangers_do_not_become_markup():
    count = len(HOSTILE)
    svg = heat(
        HOSTILE,
        np.arange(count * count).reshape(count, count),
        **dict.fromkeys(("subtitle", "unit", "source"), HOSTILE[0]),
    )
    root = parsed(svg)
    assert "<script" not in svg
    assert not turning(svg)
    assert len(cells(root)) == count * count


def test_without_values_it_says_so():
    for names, matrix in (([], np.empty((0, 0))), (["A"], [[NAN]])):
        svg = heat(names, matrix)
        parsed(svg)
        assert "There is no value to draw." in svg


def test_one_state_and_equal_values_are_drawn():
    parsed(heat(["A"], [[2.0]]))
    parsed(heat(["A", "B"], np.zeros((2, 2)), zero=True))


@pytest.mark.parametrize(
    ("names", "matrix", "says"),
    [
        (["A"], [[1, 2]], "does not fit"),
        (["A", "B"], [[1]], "does not fit"),
        (["A"], [[math.inf]], "cannot be drawn"),
        ([str(i) for i in range(61)], np.zeros((61, 61)), "cannot be read"),
    ],
)
def test_what_cannot_be_drawn_is_refused(names, matrix, says):
    with pytest.raises(InputError, match=says):
        heat(names, matrix)
