from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from rapallo.draw import Link, Mark, ego_svg, map_svg, palette_css, stake_bars_svg, timeline_svg
from rapallo.draw.layout import crossings, ellipse, order
from rapallo.draw.theme import BANDS, EFFECTS, LIGHT
from rapallo.draw.world import World
from rapallo.model import Interval, day
from rapallo.vocab import vocabulary

HOSTILE = "</title><script>alert(1)</script>\"'&"
NAMES = {"AAA": "Aland", "BBB": "Bland", "CCC": "Cland", "RUS": "Russia", "PRK": "North Korea"}
ON = dt.date(2024, 6, 22)


def square(west: float, south: float, size: float = 10.0) -> tuple[tuple[float, float], ...]:
    east, north = west + size, south + size
    return ((west, south), (west, north), (east, north), (east, south), (west, south))


SMALL = World(
    arcs=(square(0, 0), square(12, 0), square(24, 4, 0.2)),
    areas={"AAA": (((0,),),), "BBB": (((1,),),), "CCC": (((2,),),)},
    places={"AAA": (5.0, 5.0), "BBB": (17.0, 5.0), "CCC": (24.1, 4.1)},
    disputed=frozenset({1}),
)
LINKS = [
    Link("move", "AAA", "BBB", "a pact", label="2024"),
    Link("war", "CCC", "AAA", "a war", directed=True),
]


def small_map(**more):
    asked = {
        "parties": ["AAA", "BBB"],
        "bands": {"CCC": "high"},
        "names": NAMES,
        "links": LINKS,
        "world": SMALL,
    }
    return map_svg(**{**asked, **more})


def ego(**more):
    asked = {"parties": ["AAA", "BBB"], "bands": {"CCC": "high"}, "names": NAMES, "links": LINKS}
    return ego_svg(**{**asked, **more})


def timeline(marks=None):
    marks = marks or [
        Mark(Interval(dt.date(1930, 1, 1), dt.date(1939, 12, 31), "decade"), "nearly executed", read=True),
        Mark(day(dt.date(1961, 7, 11)), "treaty of 1961", read=False, href="#row-1"),
        Mark(Interval(dt.date(2024, 6, 17), ON, "week"), "a pact is signed", read=True),
        Mark(Interval(dt.date(2022, 2, 24), None, "since"), "war", read=False),
    ]
    return timeline_svg(marks, published=ON)


@pytest.mark.parametrize("draw", [small_map, ego, timeline])
def test_picture_stays_as_it_is(draw, snapshot):
    assert draw() == snapshot


@pytest.mark.parametrize("draw", [small_map, ego, timeline])
def test_picture_is_sound_and_speaks_to_a_screen_reader(draw):
    root = ET.fromstring(draw())
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    ids = root.get("aria-labelledby", "").split()
    assert [root.find(f"*[@id='{i}']").tag for i in ids] == [f"{space}title", f"{space}desc"]
    assert not list(root.iter(f"{space}script"))
    assert draw() == draw()


def test_words_of_strangers_do_not_become_markup():
    names = dict.fromkeys(NAMES, HOSTILE)
    links = [Link("pact", "AAA", "CCC", HOSTILE, label=HOSTILE, href=HOSTILE)]
    drawn = [
        small_map(names=names, links=links, title=HOSTILE),
        ego(names=names, links=links, title=HOSTILE),
        timeline([Mark(day(ON), HOSTILE, read=True, href=HOSTILE)]),
    ]
    for svg in drawn:
        assert "<script" not in svg
        ET.fromstring(svg)


def test_a_small_state_gets_a_marker_and_a_large_one_none():
    root = ET.fromstring(small_map())
    marked = [c.get("class") for c in root.iter("{http://www.w3.org/2000/svg}circle")]
    assert marked == ["rp-marker rp-band-high"]


def test_disputed_lines_are_dashed_and_the_policy_is_said():
    svg = small_map()
    assert 'class="rp-disputed"' in svg
    assert "disputed lines are dashed" in svg


def test_states_that_would_widen_the_map_are_named_beneath_it():
    svg = map_svg(
        parties=["RUS", "PRK"],
        bands={"CHN": "high", "USA": "medium"},
        names=NAMES | {"CHN": "China", "USA": "United States"},
    )
    assert "Beyond the map: United States (medium)" in svg
    assert ">China<" in svg


def test_the_map_of_the_seed_case_is_light_enough_for_a_page():
    svg = map_svg(parties=["RUS", "PRK"], bands={"CHN": "high", "KOR": "high", "JPN": "high"}, names=NAMES)
    assert len(svg) < 120_000


def label_boxes(svg):
    from rapallo.draw.lettering import width

    root = ET.fromstring(svg)
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if text.get("class") is None:
            wide = width(text.text, 12)
            x, y = float(text.get("x")), float(text.get("y"))
            yield (x - wide, x, y) if text.get("text-anchor") == "end" else (x, x + wide, y)


def test_labels_of_a_crowded_timeline_do_not_overlap_and_stay_inside():
    marks = [
        Mark(
            day(dt.date(2017, 1 + i % 12, 1 + i)),
            f"something of note that happened, number {i}",
            read=i % 2 == 0,
        )
        for i in range(24)
    ]
    boxes = list(label_boxes(timeline(marks)))
    assert len(boxes) == 24
    for i, (left, right, y) in enumerate(boxes):
        assert left >= 0
        assert right <= 900
        for other_left, other_right, other_y in boxes[:i]:
            assert y != other_y or right <= other_left or other_right <= left


def test_order_on_the_ellipse_removes_a_crossing():
    fixed = {"A": (-10.0, 0.0), "B": (10.0, 0.0)}
    shape = {"centre": (0.0, 0.0), "across": 30.0, "down": 20.0}
    pairs = [("A", "W"), ("A", "X"), ("B", "Y"), ("B", "Z")]
    bad = ["W", "Y", "X", "Z"]
    better = order(bad, pairs, fixed, **shape)
    before = crossings({**fixed, **ellipse(bad, **shape)}, pairs)
    after = crossings({**fixed, **ellipse(better, **shape)}, pairs)
    assert after < before
    assert after[0] == 0


def test_bars_add_up_and_never_leave_their_frame():
    svg = stake_bars_svg([("entrapment", 0.7), ("leverage_lost", 0.9)])
    rights = [float(x) + float(w) for x, w in re.findall(r'x="([\d.]+)" width="([\d.]+)"', svg)]
    assert max(rights) <= 300


def test_every_term_has_a_colour():
    assert set(EFFECTS) == set(vocabulary("effect_kinds"))
    assert set(BANDS) == set(vocabulary("effect_bands"))
    assert {f"effect-{e}" for e in EFFECTS} | {f"band-{b}" for b in BANDS} | set(
        vocabulary("verdicts")
    ) <= set(LIGHT)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_letters_stand_out_from_the_paper(scheme):
    rules = re.findall(r":root\{([^}]*)\}", palette_css())[scheme]
    colours = dict(re.findall(r"--rp-([\w-]+):(#\w{6});", rules))
    letters = ["ink", "quiet", "link", *(f"effect-{e}" for e in EFFECTS), *vocabulary("verdicts")]
    for name in letters:
        assert contrast(colours[name], colours["paper"]) >= 4.5, name
    assert contrast(colours["ink"], colours["lit"]) >= 4.5
    assert contrast(colours["quiet"], colours["lit"]) >= 3
    assert contrast(colours["on-party"], colours["party"]) >= 4.5
