"""Names at the ends of lines and above events, none on another."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from rapallo.draw.chart import NOTE, TEXT, WIDTH, extent, fitted, said
from rapallo.draw.lettering import Box, Shelf
from rapallo.draw.plot import Plot
from rapallo.draw.scale import figures, spread
from rapallo.draw.series import Event, Line
from rapallo.draw.svg import element, path

__all__ = ["GAP", "Mark", "Name", "marks", "name_lines", "names_of"]

GAP = 16.0  # between the baselines of names
_ROOM = 190.0  # the widest name with its figure
_LANE, _LANES = 15.0, 4
_EVENT = 180.0  # the widest label of an event
_RISES = (0, -14, 14, -24, 24, -36, 36, -50, 50, -70, 70)


@dataclass(frozen=True, slots=True)
class Name:
    """What stands at the end of a line: its name and its last value."""

    text: str
    value: str

    @property
    def wide(self) -> float:
        """How much room it takes."""
        return extent(self.text, TEXT, bold=True) + extent(" " + self.value, TEXT)

    def drawn(self, line: Line, x: float, y: float) -> str:
        """Its markup; letters written from the right do not draw the figure over to their left."""
        turned = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in self.text)
        return element(
            "text",
            escape(self.text) + ("\u200e " if turned else " "),
            element("tspan", self.value, class_="rp-value"),
            class_=f"rp-name rp-name-{line.tone}",
            x=x,
            y=y,
        )


@dataclass(frozen=True, slots=True)
class Mark:
    """An event with the place of its label, which is empty where it found none."""

    event: Event
    label: str
    x: float
    y: float

    def drawn(self, plot: Plot) -> str:
        """A dotted rule, or a shade for a stretch of years, under its label."""
        event = self.event
        when = str(event.year) if event.until is None else f"{event.year}–{event.until}"
        parts = [element("title", escape(f"{said(event.label)}, {when}"))]
        begin, end = _reach(event, plot)
        rise = self.y + 4 if self.label else plot.top
        if event.until is None:
            parts.append(element("path", class_="rp-event", d=path([(begin, rise), (begin, plot.bottom)])))
        else:
            parts.append(
                element(
                    "rect",
                    class_="rp-span",
                    x=begin,
                    y=rise,
                    width=max(end - begin, 1.5),
                    height=plot.bottom - rise,
                )
            )
        return element("g", *parts)

    def lettered(self) -> str:
        """Its label, to be drawn over the rules of all events."""
        if not self.label:
            return ""
        return element(
            "text",
            escape(self.label),
            class_="rp-note rp-over",
            x=self.x,
            y=self.y,
            text_anchor="middle",
        )


def marks(events: Sequence[Event], plot: Plot, top: float) -> tuple[list[Mark], float]:
    """Lay the labels of events in lanes, none touching; one that finds no lane has none.

    Args:
        events: what to mark, all within the years of the plot.
        plot: where years lie across the drawing.
        top: the upper edge of the lanes.

    Returns:
        The marks in the order of their years, and the lower edge of the lanes.
    """
    lanes: list[list[tuple[float, float]]] = []
    placed: list[tuple[Event, str, float, int]] = []
    for event in sorted(events, key=lambda e: (e.year, e.label)):
        label = fitted(event.label, NOTE, _EVENT)
        half = extent(label, NOTE) / 2
        x = min(max(sum(_reach(event, plot)) / 2, half), WIDTH - half)
        lane = 0
        while lane < len(lanes) and any(x + half + 8 > a and x - half - 8 < b for a, b in lanes[lane]):
            lane += 1
        if lane == _LANES:
            placed.append((event, "", x, 0))
            continue
        if lane == len(lanes):
            lanes.append([])
        lanes[lane].append((x - half, x + half))
        placed.append((event, label, x, lane))
    below = top + _LANE * len(lanes)
    return [Mark(event, label, x, below - _LANE * lane) for event, label, x, lane in placed], below


def names_of(lines: Sequence[Line], *, percent: bool) -> dict[Line, Name]:
    """A name for each line, shortened where it is long, with its last value."""
    values = figures([line.end[1] for line in lines], percent=percent)
    return {
        line: Name(fitted(line.name, TEXT, _ROOM - extent(" " + value, TEXT), bold=True), value)
        for line, value in zip(lines, values, strict=True)
    }


def name_lines(names: Mapping[Line, Name], plot: Plot) -> list[str]:
    """Draw names beside the plot for lines that reach its edge, within it for those that end before."""
    out = []
    edge = [line for line in names if plot.at_edge(line)]
    ends = {line: plot.spot(line.end) for line in names}
    places = spread([ends[line][1] for line in edge], gap=GAP, low=plot.top, high=plot.bottom)
    for line, y in zip(edge, places, strict=True):
        x, end = ends[line]
        if abs(y - end) > 4 or plot.right - x > 8:
            d = path([(x + 5, end), (max(plot.right, x) + 6, end), (plot.right + 13, y)])
            out.append(element("path", class_=f"rp-lead rp-lead-{line.tone}", d=d))
        out.append(names[line].drawn(line, plot.right + 16, y + 4.5))
    inner = [line for line in names if not plot.at_edge(line)]
    if inner:
        shelf = Shelf(Box(plot.left, plot.top - 8, plot.right, plot.bottom))
        for line in names:
            shelf.take(_boxes(line, plot))
        for line in inner:
            x, y = ends[line]
            wide = names[line].wide
            lefts = (x + 8, x - wide / 2, x - wide - 8)
            boxes = [Box(at, y + rise - 8, at + wide, y + rise + 6) for rise in _RISES for at in lefts]
            box = boxes[shelf.place(boxes)]
            out.append(names[line].drawn(line, box.left, box.bottom - 1.5))
    return out


def _reach(event: Event, plot: Plot) -> tuple[float, float]:
    last = event.year if event.until is None else event.until
    return plot.x(max(event.year, plot.first)), plot.x(min(last, plot.last))


def _boxes(line: Line, plot: Plot) -> list[Box]:
    """Small boxes along a line, which names keep clear of."""
    out = []
    for run in line.runs:
        spots = [plot.spot(point) for point in run]
        for (x0, y0), (x1, y1) in pairwise(spots if len(spots) > 1 else spots * 2):
            pieces = max(1, round(max(x1 - x0, abs(y1 - y0)) / 12))
            steps = [(x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces) for i in range(pieces + 1)]
            out += [
                Box(min(a, c) - 2, min(b, d) - 2, max(a, c) + 2, max(b, d) + 2)
                for (a, b), (c, d) in pairwise(steps)
            ]
    return out
