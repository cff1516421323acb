from __future__ import annotations

import re
import struct
import sys

import pytest

from rapallo.draw import stake_bars_svg
from rapallo.draw.heat import heat_svg
from rapallo.draw.lines import Series, lines_svg
from rapallo.draw.png import resolved, svg_to_png
from rapallo.errors import InputError

CHART = lines_svg([Series("A & B", [1990, 1991], [1, 2])], title="A title")


@pytest.fixture
def renderer():
    return pytest.importorskip("resvg_py", reason="the extra plot is not installed")


def size(image):
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", image[16:24])


def test_custom_properties_become_their_fallbacks():
    assert resolved("a{fill:var(--rp-ink,#1d1b18)}") == "a{fill:#1d1b18}"
    assert resolved("fill:var( --x , rgba(1,2,3,.5) )") == "fill:rgba(1,2,3,.5)"
    assert resolved("fill:var(--x)") == "fill:inherit"


@pytest.mark.parametrize(
    "svg", [CHART, heat_svg(["A", "B"], [[0, 1], [1, 0]], title="x"), stake_bars_svg([("entrapment", 0.2)])]
)
def test_no_custom_property_is_left_in_a_picture(svg):
    assert "var(" in svg
    assert not re.search(r"var\(|--rp", resolved(svg))


def test_without_the_renderer_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(InputError, match=r'pip install "rapallo\[plot\]"'):
        svg_to_png(CHART)


@pytest.mark.parametrize("width", [0, -5, 100_000])
def test_a_width_must_be_one(width):
    with pytest.raises(InputError, match="pixels wide"):
        svg_to_png(CHART, width=width)


@pytest.mark.usefixtures("renderer")
def test_a_picture_is_as_wide_as_asked_and_as_high_as_it_is():
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', CHART).groups())
    assert size(svg_to_png(CHART, width=300)) == (
        300,
        pytest.approx(300 * (height + 48) / (width + 48), abs=1),
    )
    assert size(svg_to_png(CHART, width=300, margin=0)) == (300, pytest.approx(300 * height / width, abs=1))


@pytest.mark.usefixtures("renderer")
def test_the_lines_have_their_colours():
    assert svg_to_png(CHART) != svg_to_png(CHART.replace("#2a66b0", "#fffdf9"))


@pytest.mark.usefixtures("renderer")
def test_what_is_no_picture_is_refused():
    with pytest.raises(InputError, match="cannot be drawn"):
        svg_to_png("<svg")
