"""The ego graph of a move: its parties, the most rattled states and the ties between them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

from rapallo.draw.layout import Point, ellipse, order
from rapallo.draw.lettering import Box, Shelf, shorten, width
from rapallo.draw.links import KINDS, Link, kinds_of, link_css
from rapallo.draw.svg import element, number, path, picture
from rapallo.draw.theme import BANDS, colour

__all__ = ["ego_svg"]

WIDTH, HEIGHT = 640.0, 400.0
_TEXT, _NOTE, _SMALL = 14.0, 11.0, 11.0
_TALL = 30.0
_CENTRE = (WIDTH / 2, HEIGHT / 2)
_ACROSS, _DOWN = 250.0, 172.0

_STYLE = (
    f".rp-ego text{{font:{_TEXT:g}px system-ui,sans-serif;fill:{colour('ink')};text-anchor:middle}}"
    f".rp-ego .rp-node{{fill:{colour('paper')};stroke:{colour('ink')};stroke-width:1}}"
    f".rp-ego .rp-party{{fill:{colour('party')};stroke:{colour('party')}}}"
    f".rp-ego .rp-on-party{{fill:{colour('on-party')};font-weight:700}}"
    + "".join(f".rp-ego .rp-band-{band}{{fill:{colour(f'band-{band}')}}}" for band in BANDS)
    + f".rp-ego .rp-tag{{font-size:{_SMALL:g}px;fill:{colour('quiet')};paint-order:stroke;"
    f"stroke:{colour('paper')};stroke-width:4px;stroke-linejoin:round}}"
    f".rp-ego .rp-note{{font-size:{_NOTE:g}px;fill:{colour('quiet')};text-anchor:start}}"
    + "".join(
        f".rp-ego .rp-tip-{kind}{{fill:{colour(stroke.colour)};stroke:none}}"
        for kind, stroke in KINDS.items()
    )
)


def ego_svg(
    *,
    parties: Sequence[str],
    bands: Mapping[str, str],
    names: Mapping[str, str],
    links: Sequence[Link],
    title: str = "Who is tied to whom",
) -> str:
    """Draw the parties in the middle, the rattled states about them and a stroke for each tie.

    Args:
        parties: codes of those who make the move.
        bands: for each other state the band of its stake, in the order of the stakes.
        names: what to call each code.
        links: ties between them; those that lead elsewhere are left out.
        title: for screen readers.

    Returns:
        One ``svg`` element; the same input gives the same picture.
    """
    others = [code for code in bands if code not in parties]
    links = [link for link in links if {link.a, link.b} <= {*parties, *others} and link.a != link.b]
    places = _places(parties, others, links)
    boxes = {code: _pill(names.get(code, code), places[code]) for code in places}
    shelf = Shelf(Box(2, 2, WIDTH - 2, HEIGHT - 2), list(boxes.values()))
    strokes: list[str] = []
    tags: list[str] = []
    for link, curve in _curves(links, places):
        strokes.append(_stroke(link, curve))
        if link.label:
            tags.append(_tag(link.label, curve, shelf))
    nodes = [_node(code, names, boxes[code], parties, bands) for code in places]
    legend, foot = _legend(links, [band for band in BANDS if band in bands.values()])
    told = "; ".join(link.text for link in links)
    return picture(
        *strokes,
        *tags,
        *nodes,
        *legend,
        width=WIDTH,
        height=foot,
        title=title,
        desc=f"Ties shown: {told or 'none'}.",
        kind="ego",
        style=_STYLE + link_css(),
    )


def _places(parties: Sequence[str], others: Sequence[str], links: Sequence[Link]) -> dict[str, Point]:
    if len(parties) <= 3:
        step = 440.0 / max(len(parties), 2)
        first = _CENTRE[0] - step * (len(parties) - 1) / 2
        fixed = {code: (first + step * index, _CENTRE[1]) for index, code in enumerate(parties)}
    else:
        fixed = ellipse(parties, centre=_CENTRE, across=120, down=80)
    pairs = sorted({(min(link.a, link.b), max(link.a, link.b)) for link in links})
    ring = order(others, pairs, fixed, centre=_CENTRE, across=_ACROSS, down=_DOWN)
    return {**fixed, **ellipse(ring, centre=_CENTRE, across=_ACROSS, down=_DOWN)}


def _pill(name: str, place: Point) -> Box:
    half = width(shorten(name, _TEXT, 150), _TEXT) / 2 + 14
    x = min(max(place[0], half + 3), WIDTH - half - 3)
    y = min(max(place[1], _TALL / 2 + 3), HEIGHT - _TALL / 2 - 3)
    return Box(x - half, y - _TALL / 2, x + half, y + _TALL / 2)


Curve = tuple[Point, Point, Point]


def _curves(links: Sequence[Link], places: Mapping[str, Point]) -> list[tuple[Link, Curve]]:
    """A quadratic curve for each link; several between the same two fan out."""
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        between[min(link.a, link.b), max(link.a, link.b)].append(link)
    out = []
    for (low, high), group in sorted(between.items()):
        (x1, y1), (x2, y2) = places[low], places[high]
        length = math.dist((x1, y1), (x2, y2)) or 1.0
        nx, ny = (y1 - y2) / length, (x2 - x1) / length
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        for index, link in enumerate(group):
            bend = (index - (len(group) - 1) / 2) * 34
            bend += _clear(middle, places, low, high) * (1 if nx * (middle[0] - _CENTRE[0]) >= 0 else -1)
            control = (middle[0] + nx * bend, middle[1] + ny * bend)
            curve = (places[link.a], control, places[link.b])
            out.append((link, curve))
    return out


def _clear(middle: Point, places: Mapping[str, Point], low: str, high: str) -> float:
    """How far to bend away where a third node lies on the way."""
    near = [math.dist(middle, place) for code, place in places.items() if code not in {low, high}]
    return 60.0 if near and min(near) < 42 else 0.0


def _at(curve: Curve, t: float) -> Point:
    (x0, y0), (x1, y1), (x2, y2) = curve
    u = 1 - t
    return (u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2)


def _stroke(link: Link, curve: Curve) -> str:
    (x0, y0), (x1, y1), (x2, y2) = curve
    d = f"M{number(x0)} {number(y0)}Q{number(x1)} {number(y1)} {number(x2)} {number(y2)}"
    parts = [
        element("title", escape(link.text)),
        element("path", class_=f"rp-link rp-link-{link.kind}", d=d),
    ]
    if link.directed:
        (ax, ay), (bx, by) = _at(curve, 0.6), _at(curve, 0.64)
        turn = math.degrees(math.atan2(by - ay, bx - ax))
        parts.append(
            element(
                "path",
                class_=f"rp-tip-{link.kind}",
                d="M-6 -5.5L7 0L-6 5.5z",
                transform=f"translate({number(bx)} {number(by)}) rotate({number(turn)})",
            )
        )
    return element("a", *parts, href=link.href) if link.href else element("g", *parts)


def _tag(text: str, curve: Curve, shelf: Shelf) -> str:
    wide = width(text, _SMALL)
    spots = [_at(curve, t) for t in (0.5, 0.42, 0.58, 0.35, 0.65, 0.3, 0.7)]
    boxes = [Box(x - wide / 2, y - 7, x + wide / 2, y + 7) for x, y in spots]
    box = boxes[shelf.place(boxes)]
    return element("text", escape(text), class_="rp-tag", x=(box.left + box.right) / 2, y=box.bottom - 3)


def _node(
    code: str, names: Mapping[str, str], box: Box, parties: Sequence[str], bands: Mapping[str, str]
) -> str:
    name = names.get(code, code)
    party = code in parties
    note = f"{name}, party to the move" if party else f"{name}: {bands[code].replace('_', ' ')} stake"
    fill = "rp-party" if party else ""
    parts = [
        element("title", escape(note)),
        element(
            "rect",
            class_=f"rp-node {fill}".strip(),
            x=box.left,
            y=box.top,
            width=box.right - box.left,
            height=_TALL,
            rx=5,
        ),
    ]
    if not party:
        parts.append(
            element(
                "rect",
                class_=f"rp-band-{bands[code]}",
                x=box.left + 1,
                y=box.bottom - 6,
                width=box.right - box.left - 2,
                height=5,
                rx=2,
            )
        )
    parts.append(
        element(
            "text",
            escape(shorten(name, _TEXT, 150)),
            class_="rp-on-party" if party else None,
            x=(box.left + box.right) / 2,
            y=box.bottom - (10.0 if party else 12.0),
        )
    )
    return element("g", *parts)


def _legend(links: Sequence[Link], bands: Sequence[str]) -> tuple[list[str], float]:
    out: list[str] = []
    x, y = 2.0, HEIGHT + 16
    entries = [(f"rp-link rp-link-{kind}", KINDS[kind].name) for kind in kinds_of(links)]
    entries += [(f"rp-band-{band}", f"{band.replace('_', ' ')} stake") for band in reversed(bands)]
    for class_, text in entries:
        wide = width(text, _NOTE) + 48
        if x + wide > WIDTH:
            x, y = 2.0, y + 18
        if class_.startswith("rp-link"):
            out.append(element("path", class_=class_, d=path([(x, y - 4), (x + 26, y - 4)])))
        else:
            out.append(element("rect", class_=class_, x=x, y=y - 7, width=26, height=5, rx=2))
        out.append(element("text", text, class_="rp-note", x=x + 32, y=y))
        x += wide
    return out, y + 8
