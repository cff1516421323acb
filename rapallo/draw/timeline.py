"""A timeline on which days and centuries can both be read: the text above, the record below."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rapallo.draw.lettering import shorten, width
from rapallo.draw.svg import element, path, picture
from rapallo.draw.theme import colour
from rapallo.model import Interval

__all__ = ["Mark", "timeline_svg"]

WIDTH = 900.0
_LEFT, _RIGHT = 8.0, 892.0
_TEXT, _NOTE = 12.0, 11.0
_LANE = 19.0
_LABEL = 330.0
_UNIT = 4.0  # days: ages well below it are spaced evenly, those above it by their logarithm

_STYLE = (
    f".rp-time text{{font:{_TEXT:g}px system-ui,sans-serif;fill:{colour('ink')}}}"
    f".rp-time .rp-under{{fill:{colour('paper')}}}"
    f".rp-time .rp-note{{font-size:{_NOTE:g}px;fill:{colour('quiet')}}}"
    f".rp-time .rp-axis{{stroke:{colour('quiet')};stroke-width:1}}"
    f".rp-time .rp-grid{{stroke:{colour('rule')};stroke-width:1}}"
    f".rp-time .rp-claim{{fill:{colour('party')}}}"
    f".rp-time .rp-row{{fill:{colour('paper')};stroke:{colour('quiet')};stroke-width:1.4}}"
    f".rp-time .rp-now{{stroke:{colour('tie-rivalry')};stroke-width:1.4}}"
    f".rp-time a:hover text,.rp-time a:focus text{{text-decoration:underline}}"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something dated.

    Attributes:
        when: with its precision, which is drawn as width.
        text: a few words beside it.
        read: whether a text says it; otherwise the record holds it.
        href: where it leads on a page.
    """

    when: Interval
    text: str
    read: bool
    href: str = ""


def timeline_svg(
    marks: Sequence[Mark], *, published: dt.date, title: str = "When it was, and how exactly we are told"
) -> str:
    """Draw dated marks on a scale that is logarithmic in the distance from the day of publication.

    Args:
        marks: what is dated; those with neither start nor end are left out.
        published: the day at the right edge, or near it where something lies ahead.
        title: for screen readers.

    Returns:
        One ``svg`` element: claims above the axis, rows of the record below, no two labels touching.
    """
    dated = sorted(
        (m for m in marks if m.when.start or m.when.end), key=lambda m: (*_ends(m, published), m.text)
    )
    scale = _Scale(published, [day for m in dated for day in _ends(m, published)])
    above = _lanes([m for m in dated if m.read], scale, published)
    below = _lanes([m for m in dated if not m.read], scale, published)
    axis = 22 + _LANE * (1 + max((lane for _, lane, _ in above), default=0)) + 4
    foot = axis + 26 + _LANE * (1 + max((lane for _, lane, _ in below), default=0)) + 14
    now = scale.x(published)
    ticks = scale.ticks()
    out = [element("path", class_="rp-grid", d=path([(x, 20), (x, foot - 16)])) for x, _, _ in ticks]
    out.append(element("path", class_="rp-axis", d=path([(_LEFT, axis), (_RIGHT, axis)])))
    out.append(element("path", class_="rp-now", d=path([(now, 20), (now, foot - 16)])))
    out += [
        element("text", label, class_="rp-note", x=at, y=axis + 14, text_anchor="middle")
        for _, at, label in ticks
    ]
    out += [_drawn(m, axis - 12 - _LANE * lane, left, scale, published) for m, lane, left in above]
    out += [_drawn(m, axis + 32 + _LANE * lane, left, scale, published) for m, lane, left in below]
    out.append(element("text", "What the text says", class_="rp-note", x=2, y=12))
    out.append(element("text", "What the record holds", class_="rp-note", x=2, y=foot - 3))
    told = "; ".join(f"{m.text}" for m in dated)
    return picture(
        *out,
        width=WIDTH,
        height=foot,
        title=title,
        desc=f"The scale shrinks with distance from {published}. {told}.",
        kind="time",
        style=_STYLE,
    )


def _ends(mark: Mark, published: dt.date) -> tuple[dt.date, dt.date]:
    start = mark.when.start or mark.when.end or published
    end = mark.when.end or max(published, start)
    return start, end


class _Scale:
    """Where a day lies across the drawing."""

    def __init__(self, published: dt.date, days: Sequence[dt.date]) -> None:
        self._published = published
        past = max([30.0, *((published - day).days for day in days)])
        ahead = max([0.0, *((day - published).days for day in days)])
        self._last, self._first = _squeeze(ahead), -_squeeze(past)
        self._room = 24.0 if ahead == 0 else 10.0

    def x(self, day: dt.date) -> float:
        """Across the drawing, in its units."""
        age = (day - self._published).days
        value = math.copysign(_squeeze(abs(age)), age)
        share = (value - self._first) / ((self._last - self._first) or 1.0)
        return _LEFT + 10 + share * (_RIGHT - _LEFT - 10 - self._room)

    def ticks(self) -> list[tuple[float, float, str]]:
        """Round dates that leave room: where each lies, where its label stands, and the label."""
        out: list[tuple[float, float, str]] = []
        taken: list[tuple[float, float]] = []
        for day, label in _round_dates(self._published):
            x = self.x(day)
            half = width(label, _NOTE) / 2 + 5
            at = min(x, WIDTH - half + 3) if day == self._published else x
            if _LEFT + half <= at <= WIDTH - half + 3 and all(
                at + half < left or at - half > right for left, right in taken
            ):
                taken.append((at - half, at + half))
                out.append((x, at, label))
        return sorted(out)


def _squeeze(days: float) -> float:
    return math.log1p(days / _UNIT)


def _round_dates(published: dt.date) -> list[tuple[dt.date, str]]:
    year = published.year
    out = [(published, f"{published.day} {published:%b %Y}")]
    for back in (7, 14, 28):
        day = published - dt.timedelta(days=back)
        out.append((day, f"{day.day} {day:%b}"))
    out += [
        (dt.date(year, month, 1), f"{dt.date(year, month, 1):%b}")
        for month in (1, 4)
        if month < published.month
    ]
    years = [year - 1, year - 2, year - 4, year // 10 * 10, year // 10 * 10 - 10, year // 20 * 20 - 20]
    years += [year // 100 * 100, year // 50 * 50 - 50, year // 100 * 100 - 100]
    years += [year // 100 * 100 - step for step in (200, 300, 500, 1000)]
    years += [year + 1, year + 5, year + 20]
    out += [(dt.date(y, 1, 1), str(y)) for y in dict.fromkeys(years) if 1 <= y <= 9999]
    return out


def _lanes(marks: Sequence[Mark], scale: _Scale, published: dt.date) -> list[tuple[Mark, int, str]]:
    """For each mark a lane in which nothing touches, and where its label stands: right, left or over."""
    free: list[list[tuple[float, float]]] = []
    out = []
    for mark in marks:
        start, end = (scale.x(day) for day in _ends(mark, published))
        wide = width(shorten(mark.text, _TEXT, _LABEL), _TEXT) + 14
        sides = {
            "right": (start - 6, end + wide),
            "left": (start - wide, end + 8),
            "over": (start - 6, max(end + 8, start + wide + 8)),
        }
        side = next((s for s, (left, right) in sides.items() if left >= 0 and right <= WIDTH), "over")
        box = sides[side]
        lane = 0
        while lane < len(free) and any(box[0] < right and left < box[1] for left, right in free[lane]):
            lane += 1
        if lane == len(free):
            free.append([])
        free[lane].append(box)
        out.append((mark, lane, side))
    return out


def _drawn(mark: Mark, y: float, side: str, scale: _Scale, published: dt.date) -> str:
    start, end = (scale.x(day) for day in _ends(mark, published))
    class_ = "rp-claim" if mark.read else "rp-row"
    open_end = mark.when.end is None
    if end - start < 8 and not open_end:
        shape = element("circle", class_=class_, cx=(start + end) / 2, cy=y - 4, r=4)
    else:
        tip = [(end, y - 7), (end + 6, y - 4), (end, y - 1)] if open_end else [(end, y - 7), (end, y - 1)]
        shape = element("path", class_=class_, d=path([(start, y - 7), *tip, (start, y - 1)], closed=True))
    at = {"right": max(end, start + 2) + (11 if open_end else 8), "left": start - 9, "over": start + 14}[side]
    label = shorten(mark.text, _TEXT, _LABEL)
    under = ""
    if side == "over":
        under = element(
            "rect", class_="rp-under", x=at - 5, y=y - 11, width=width(label, _TEXT) + 10, height=15
        )
    text = element(
        "text",
        escape(label),
        x=at,
        y=y,
        text_anchor="end" if side == "left" else None,
    )
    parts = (element("title", escape(mark.text)), shape, under, text)
    return element("a", *parts, href=mark.href) if mark.href else element("g", *parts)
