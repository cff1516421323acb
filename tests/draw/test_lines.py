from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.draw.chart import TEXT, WIDTH, extent
from rapallo.draw.lettering import Box
from rapallo.draw.lines import Event, Series, lines_svg
from rapallo.errors import InputError
from tests.draw.charts import HOSTILE, SVG, parsed, read, texts, turning

YEARS = range(1950, 1990)


def waves(count, years=YEARS):
    return [
        Series(f"State {i}", years, [math.sin(i + year / 7) + i / 10 for year in years]) for i in range(count)
    ]


def chart(series, **more):
    return lines_svg(series, **{"title": "A title", **more})


def boxes_of_names(root):
    out = []
    for text in texts(root, "rp-name"):
        wide = extent(text.text.strip(), TEXT, bold=True)
        x, y = float(text.get("x")), float(text.get("y"))
        out.append(Box(x, y - 9, x + wide, y + 3))
    return out


def test_a_small_chart_stays_as_it_is(snapshot):
    series = [
        Series("Aland", [1990, 1991, 1992, 1994], [0.1, 0.2, 0.15, 0.3]),
        waves(1, range(1988, 1995))[0],
    ]
    events = [Event(1991, "a war", 1992), Event(1993, "a pact")]
    svg = chart(series, subtitle="Shares", unit="share", source="somebody", zero=True, events=events)
    parsed(svg)
    assert svg == snapshot


def test_a_line_breaks_where_a_year_is_missing_or_has_no_value():
    svg = chart([Series("A", [1990, 1991, 1992, 1993, 1994, 1997, 1998], [1, 2, None, 3, 4, 5, math.nan])])
    drawn = re.search(r'class="rp-line rp-line-0" d="([^"]*)"', svg)[1]
    assert drawn.count("M") == 2  # 1990 to 1991 and 1993 to 1994
    assert svg.count("<circle") == 1  # 1997 alone, which is the end of the line too
    assert "no value 1992–1992, 1995–1996" in svg
    assert "A break in a line" in svg


def test_an_isolated_year_is_a_dot():
    svg = chart([Series("A", [1990, 1995, 2000, 2001], [1, 2, 3, 4])])
    assert svg.count("<circle") == 3  # 1990, 1995 and the end of the line


def test_data_taken_every_five_years_may_be_joined():
    svg = chart([Series("A", [1990, 1995, 2000, 2010], [1, 2, 3, 4])], every=5)
    drawn = re.search(r'class="rp-line rp-line-0" d="([^"]*)"', svg)[1]
    assert drawn.count("M") == 1
    assert svg.count("<circle") == 1


def test_arrays_are_taken_as_lists_are():
    values = np.array([1.0, np.nan, 3.0])
    assert chart([Series("A", np.arange(1990, 1993), values)]) == chart(
        [Series("A", [1990, 1991, 1992], [1.0, None, 3.0])]
    )


def test_zero_is_on_the_axis_where_asked_for():
    def labels(**more):
        root = parsed(chart([Series("A", [1990, 1991], [80, 90])], **more))
        return [read(text) for text in texts(root, "rp-note")]

    assert "0" in labels(zero=True)
    assert "0" not in labels()


def test_the_baseline_stands_out_at_zero_else_at_the_foot():
    root = parsed(chart([Series("A", [1990, 1991], [-2.0, 2.0])]))
    dark = [p for p in root.iter(f"{SVG}path") if p.get("class") == "rp-axis" and "l0" not in p.get("d")]
    assert len(dark) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=1, max_size=30), min_size=1, max_size=24
    )
)
def test_names_beside_the_plot_never_touch_and_stay_inside(values):
    series = [Series(f"State {i}", range(1990 - len(v), 1990), v) for i, v in enumerate(values)]
    root = parsed(chart(series))
    height = float(root.get("viewBox").split()[3])
    right = max((float(p) for p in re.findall(r"M[\d.]+ [\d.]+l([\d.]+) 0", chart(series))), default=0)
    boxes = boxes_of_names(root)
    beside = [box for box in boxes if box.left > right]
    for i, box in enumerate(beside):
        assert box.right <= WIDTH + 1
        assert box.top >= 0
        assert box.bottom <= height
        assert not any(box.touches(other) for other in beside[:i])


def test_names_of_lines_that_end_early_stand_free_of_each_other():
    series = [Series(f"State {i}", range(1950, 1975 + i), [float(i * 3 + 1)] * (25 + i)) for i in range(5)]
    series.append(Series("Longest", range(1950, 2020), [20.0] * 70))
    boxes = boxes_of_names(parsed(chart(series)))
    assert len(boxes) == 6
    assert not any(box.touches(other) for i, box in enumerate(boxes) for other in boxes[:i])


def test_sixty_series_name_the_first_seven_and_count_the_rest():
    svg = chart(waves(60))
    root = parsed(svg)
    assert [read(t).rsplit(" ", 1)[0] for t in texts(root, "rp-name")] == [f"State {i}" for i in range(7)]
    assert "In grey: 53 others." in svg
    assert "<title>State 59: " in svg
    assert len(svg) < 120_000


def test_as_many_names_as_there_is_room_for():
    assert len(texts(parsed(chart(waves(18))), "rp-name")) == 18
    assert len(texts(parsed(chart(waves(18), height=160)), "rp-name")) == 7


def test_words_of_strangers_do_not_become_markup():
    years = [1990, 1991, 1992]
    series = [Series(name, years, [i, 2.0, i + 0.5]) for i, name in enumerate(HOSTILE)]
    for name in HOSTILE:
        svg = chart(
            series,
            title=name,
            subtitle=name,
            unit=name,
            source=name,
            events=[Event(1990, name), Event(1991, name, 1992)],
        )
        root = parsed(svg)
        assert "<script" not in svg
        assert not turning(svg)
        assert len(texts(root, "rp-name")) == len(HOSTILE)


def test_a_figure_after_a_name_written_from_the_right_stays_behind_it():
    svg = chart([Series("ישראל", [1990, 1991], [1, 2])])
    assert "ישראל\u200e <tspan" in svg


@pytest.mark.parametrize("series", [[], [Series("A", [], [])], [Series("A", [1990, 1991], [None, math.nan])]])
def test_without_values_it_says_so(series):
    svg = chart(series, source="somebody")
    parsed(svg)
    assert "There is no value to draw." in svg
    assert "Source: somebody" in svg


def test_a_series_without_values_is_named_at_the_foot():
    assert "No value: B." in chart([Series("A", [1990], [1]), Series("B", [1990], [None])])


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0, 1e-300, 1e250])
def test_one_point_and_flat_lines_are_drawn(value):
    for years in ([1990], [1990, 1991]):
        root = parsed(chart([Series("A", years, [value] * len(years))], zero=True))
        circle = next(root.iter(f"{SVG}circle"))
        assert 0 < float(circle.get("cx")) < WIDTH


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e308])
def test_what_cannot_be_drawn_is_refused(value):
    with pytest.raises(InputError, match="cannot be drawn"):
        chart([Series("A", [1990, 1991], [1.0, value])])


def test_years_must_rise_and_match_the_values():
    with pytest.raises(InputError, match="do not rise"):
        chart([Series("A", [1990, 1990], [1, 2])])
    with pytest.raises(InputError, match="2 years and 1 values"):
        chart([Series("A", [1990, 1991], [1])])


def test_events_outside_the_years_are_left_out_and_labels_do_not_touch():
    events = [Event(1952 + i, f"an event of note {i}") for i in range(30)]
    root = parsed(
        chart(waves(1), events=[*events, Event(1900, "long ago"), Event(1940, "begun before", 1951)])
    )
    assert "long ago" not in chart(waves(1), events=[Event(1900, "long ago")])
    boxes = []
    for text in texts(root, "rp-over"):
        half = extent(text.text, 11.5) / 2
        x, y = float(text.get("x")), float(text.get("y"))
        boxes.append(Box(x - half, y - 9, x + half, y + 3))
    assert len(boxes) >= 4
    assert not any(box.touches(other) for i, box in enumerate(boxes) for other in boxes[:i])
    assert len([p for p in root.iter(f"{SVG}path") if p.get("class") == "rp-event"]) == 30


def test_two_charts_on_a_page_keep_apart():
    one, other = chart(waves(1), key="a"), chart(waves(1), key="b")
    assert not set(re.findall(r' id="([^"]*)"', one)) & set(re.findall(r' id="([^"]*)"', other))
    assert ".rp-lines-a .rp-line" in one
    with pytest.raises(InputError, match="no key"):
        chart(waves(1), key="a{}")


def test_every_colour_is_of_the_theme():
    svg = chart(waves(9), events=[Event(1960, "x")])
    assert not re.sub(r"var\(--rp-[\w-]+,#\w{6}\)", "", svg).count("#")
