"""Lines over years: one or several series, named at their ends, broken where there is no value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import pairwise

from rapallo.draw.chart import NOTE, WIDTH, Words, fitted
from rapallo.draw.naming import GAP, marks, name_lines, names_of
from rapallo.draw.plot import Plot
from rapallo.draw.scale import figure
from rapallo.draw.series import HUES, Event, Line, Series
from rapallo.draw.svg import element, path
from rapallo.draw.theme import colour

__all__ = ["Event", "Series", "lines_svg"]

_CSS = (
    "@ .rp-line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}"
    f"@ .rp-line-other{{stroke:{colour('dispute')};stroke-width:1;stroke-opacity:.55}}"
    "@ g:hover>.rp-line{stroke-width:3.4;stroke-opacity:1}"
    f"@ .rp-dot-other{{fill:{colour('dispute')}}}"
    f"@ .rp-name,@ .rp-over{{stroke:{colour('paper')};stroke-width:4px;"
    "stroke-linejoin:round;paint-order:stroke}"
    "@ .rp-name{font-weight:700}"
    "@ .rp-value{font-weight:400}"
    "@ .rp-lead{fill:none;stroke-opacity:.6}"
    f"@ .rp-lead-other{{stroke:{colour('dispute')}}}"
    f"@ .rp-name-other{{fill:{colour('quiet')};font-weight:400}}"
    f"@ .rp-span{{fill:{colour('rule')};fill-opacity:.4}}"
    f"@ .rp-event{{stroke:{colour('quiet')};stroke-width:1;stroke-dasharray:2 3}}"
    f"@ .rp-none{{fill:{colour('quiet')};text-anchor:middle}}"
    + "".join(
        f"@ .rp-line-{i},@ .rp-lead-{i}{{stroke:{colour(hue)}}}"
        f"@ .rp-dot-{i},@ .rp-name-{i}{{fill:{colour(hue)}}}"
        for i, hue in enumerate(HUES)
    )
)


def lines_svg(
    series: Sequence[Series],
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    source: str = "",
    zero: bool = False,
    percent: bool = False,
    every: int = 1,
    events: Sequence[Event] = (),
    height: float = 300.0,
    key: str = "",
) -> str:
    """Draw values over years, a line for each series.

    A line joins years that follow one another; where a year is missing or has no value it breaks, and a year
    with neither neighbour is a dot. The first seven series have a colour; the others are grey. Names stand at
    the ends of the lines and never on one another; where there is no room for all, the first seven have one.

    Args:
        series: in order of importance.
        title: what the chart says.
        subtitle: what is shown.
        unit: of the values, written above their axis.
        source: whose data they are, written at the foot.
        zero: the axis of values begins at zero; right for shares and counts.
        percent: print shares of one as per cent.
        every: years at most this far apart are joined, for data that are taken every few years.
        events: marked across the chart; those outside the years shown are left out.
        height: of the plot, in the units of the drawing, which is 720 wide.
        key: tells several charts on one page apart; lower-case letters, digits and hyphens.

    Returns:
        One ``svg`` element; the same input gives the same picture.

    Raises:
        InputError: where years and values differ in number, years do not rise, or a value is infinite.

    Examples:
        >>> svg = lines_svg([Series("A", [1990, 1991, 1993], [1.0, 2.0, 4.0])], title="Three years")
        >>> svg.count("<circle"), "A break in a line: no value for those years." in svg
        (1, True)
    """
    lines = [Line.of(one, index, every=every) for index, one in enumerate(series)]
    drawn = [line for line in lines if line.runs]
    words = Words(title, subtitle, source)
    out, top = words.head()
    if not drawn:
        out.append(element("text", "There is no value to draw.", class_="rp-none", x=WIDTH / 2, y=top + 60))
        foot, end = words.foot(top + 90)
        return words.picture([*out, *foot], height=end, desc="No values.", kind="lines", key=key, css=_CSS)
    names = names_of(drawn if len(drawn) <= height // GAP else drawn[: len(HUES)], percent=percent)
    plot = Plot.around(drawn, zero=zero, percent=percent)
    beside = max((name.wide for line, name in names.items() if plot.at_edge(line)), default=0.0)
    plot = replace(plot, right=WIDTH - (beside + 19 if beside else 6))
    shown = [event for event in events if event.within(plot.first, plot.last)]
    marked, below = marks(shown, plot, top + (20 if unit else 2))
    plot = replace(plot, top=below + 12, bottom=below + 12 + height)
    if unit:
        out.append(element("text", escape(fitted(unit, NOTE, WIDTH)), class_="rp-note", x=0.0, y=top + 16))
    out += [mark.drawn(plot) for mark in marked]
    out += [mark.lettered() for mark in marked]
    out += plot.axes()
    out += [_drawn(line, plot, percent=percent) for line in reversed(drawn)]
    out += name_lines(names, plot)
    foot, end = words.foot(plot.bottom + 26, _notes(lines, list(names)))
    return words.picture(
        [*out, *foot],
        height=end,
        desc=_told(drawn, shown, unit=unit, percent=percent),
        kind="lines",
        key=key,
        css=_CSS,
    )


def _drawn(line: Line, plot: Plot, *, percent: bool) -> str:
    parts = [element("title", escape(_range(line, percent=percent)))]
    d = "".join(path([plot.spot(point) for point in run]) for run in line.runs if len(run) > 1)
    if d:
        parts.append(element("path", class_=f"rp-line rp-line-{line.tone}", d=d))
    dots = {run[0]: 2.2 for run in line.runs if len(run) == 1}
    if line.lit:
        dots[line.end] = 3.4
    for point, r in dots.items():
        x, y = plot.spot(point)
        parts.append(element("circle", class_=f"rp-dot-{line.tone}", cx=x, cy=y, r=r))
    return element("g", *parts)


def _notes(lines: Sequence[Line], named: Sequence[Line]) -> list[str]:
    drawn = [line for line in lines if line.runs]
    empty = [line.name for line in lines if not line.runs]
    notes = []
    if any(len(line.runs) > 1 for line in named):
        notes.append("A break in a line: no value for those years.")
    if len(drawn) > len(named):
        notes.append(f"In grey: {len(drawn) - len(named)} others.")
    if empty:
        notes.append(f"No value: {', '.join(empty)}.")
    return notes


def _range(line: Line, *, percent: bool) -> str:
    (first, begin), (last, end) = line.points[0], line.end
    text = f"{line.name}: {figure(begin, percent=percent)} in {first}"
    return text + (f", {figure(end, percent=percent)} in {last}" if last != first else "")


def _told(lines: Sequence[Line], events: Sequence[Event], *, unit: str, percent: bool) -> str:
    """The chart in sentences."""
    years = [year for line in lines for year, _ in line.points]
    out = [f"Lines over the years {min(years)} to {max(years)}" + (f", in {unit}." if unit else ".")]
    for line in lines[:12]:
        year, value = max(line.points, key=lambda point: point[1])
        text = f"{_range(line, percent=percent)}, highest {figure(value, percent=percent)} in {year}"
        gaps = [f"{a[-1][0] + 1}–{b[0][0] - 1}" for a, b in pairwise(line.runs)]
        out.append(text + (f"; no value {', '.join(gaps[:6])}." if gaps else "."))
    if len(lines) > 12:
        out.append(f"And {len(lines) - 12} others.")
    out += [f"Marked: {event.label}, {event.year}." for event in events]
    return " ".join(out)
