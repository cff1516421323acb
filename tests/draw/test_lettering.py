from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rapallo.draw.lettering import Box, Shelf, shorten, width, wrap

FRAME = Box(0, 0, 500, 500)


def boxes(x: float, y: float) -> list[Box]:
    return [
        Box(x + dx, y + dy, x + dx + 40, y + dy + 12) for dx in (0, 45, -45, 90) for dy in (0, 16, -16, 32)
    ]


@given(st.lists(st.tuples(st.integers(100, 300), st.integers(100, 300)), max_size=6))
def test_labels_touch_only_where_no_candidate_is_free(spots):
    shelf = Shelf(FRAME)
    for x, y in spots:
        candidates = boxes(x, y)
        before = list(shelf.taken)
        chosen = candidates[shelf.place(candidates)]
        free = [c for c in candidates if c.within(FRAME) and not any(c.touches(b, gap=1.5) for b in before)]
        if free:
            assert chosen == free[0]


def test_a_label_stays_in_the_frame():
    shelf = Shelf(FRAME)
    candidates = [Box(-10, 0, 30, 12), Box(10, 0, 50, 12)]
    assert shelf.place(candidates) == 1


@given(st.text("abc mW é", max_size=80), st.integers(30, 300))
def test_shortened_text_fits(text, room):
    assert width(shorten(text, 12, room), 12) <= room or len(shorten(text, 12, room)) <= 2


def test_wrapped_lines_fit_and_the_last_is_cut():
    lines = wrap("a treaty of friendship, co-operation and mutual assistance", 12, 120, lines=2)
    assert len(lines) == 2
    assert all(width(line, 12) <= 120 for line in lines)
    assert lines[-1].endswith("…")
