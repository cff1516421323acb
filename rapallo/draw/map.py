"""A map: whose move it is, whom it rattles and how much, and what ties them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from rapallo.draw.lettering import Box, Shelf, wrap
from rapallo.draw.lettering import width as text_width
from rapallo.draw.links import KINDS, Link, kinds_of, link_css
from rapallo.draw.sheet import WIDTH, Sheet
from rapallo.draw.svg import element, number, path, picture
from rapallo.draw.theme import BANDS, colour
from rapallo.draw.world import BORDERS_POLICY, Frame, Point, World, clip_line, clip_ring, frame_of, load

__all__ = ["map_svg"]

_FELT = {"high", "very_high"}
_FEW = 8  # states up to which even those with a low stake are named
_NEAR = 12  # candidates of a label that need no line to their state
_SPAN = 150.0  # degrees of longitude to which rattled states may widen the map
_TEXT = 13.0
_NOTE = 11.0
_ISLET = 2.0  # square units under which a plain island is left out
_SMALL = 90.0  # square units under which a state gets a marker

_STYLE = (
    f".rp-map .rp-sea{{fill:{colour('sea')}}}"
    f".rp-map .rp-land{{fill:{colour('land')};stroke:{colour('coast')};stroke-width:.4;"
    "stroke-linejoin:round}"
    f".rp-map .rp-border{{fill:none;stroke:{colour('coast')};stroke-width:.8}}"
    f".rp-map .rp-under{{fill:none;stroke:{colour('coast')};stroke-width:1.6}}"
    f".rp-map .rp-disputed{{fill:none;stroke:{colour('dispute')};stroke-width:1.2;stroke-dasharray:3 2}}"
    f".rp-map .rp-party{{fill:{colour('party')}}}"
    + "".join(f".rp-map .rp-band-{band}{{fill:{colour(f'band-{band}')}}}" for band in BANDS)
    + f".rp-map .rp-marker{{stroke:{colour('ink')};stroke-width:1}}"
    f".rp-map text{{font:{_TEXT:g}px system-ui,sans-serif;fill:{colour('ink')};paint-order:stroke;"
    f"stroke:{colour('paper')};stroke-width:3px;stroke-linejoin:round}}"
    ".rp-map .rp-bold{font-weight:700}"
    f".rp-map .rp-note{{font-size:{_NOTE:g}px;fill:{colour('quiet')};stroke:none}}"
    f".rp-map .rp-leader{{stroke:{colour('ink')};stroke-width:.7;fill:none}}"
)


def map_svg(
    *,
    parties: Sequence[str],
    bands: Mapping[str, str],
    names: Mapping[str, str],
    links: Sequence[Link] = (),
    title: str = "Where the stakes lie",
    world: World | None = None,
) -> str:
    """Draw the states concerned on the smallest map that shows them.

    Args:
        parties: codes of those who make the move.
        bands: for each rattled state the band of its stake.
        names: what to call each code.
        links: ties to draw as arcs.
        title: for screen readers.
        world: the outlines; by default the world's.

    Returns:
        One ``svg`` element. Parties are dark, stakes shaded by band, small states get markers, disputed lines
        are dashed, and the policy on borders stands beneath.
    """
    world = world or load()
    rattled = [code for code in bands if code not in parties]
    sheet = Sheet.over(_frame(world, parties, [code for code in rattled if bands[code] in _FELT]))
    fills = {code: f"rp-band-{band}" for code, band in bands.items()} | dict.fromkeys(parties, "rp-party")
    land, markers = _land(world, sheet, fills, names, bands)
    placed = {code: sheet.spot(world.places[code]) for code in (*parties, *rattled) if code in world.places}
    spots = {code: spot for code, spot in placed.items() if sheet.shows(spot)}
    drawn = [link for link in links if link.a in spots and link.b in spots]
    arcs = [_arc(link, spots, index) for index, link in enumerate(drawn)]
    few = len(spots) <= _FEW
    must = {code for code in spots if few or code in parties or bands[code] in _FELT}
    may = [code for code in spots if code not in must and bands[code] == "medium"]
    markers = {code: mark for code, mark in markers.items() if code in must or code in may}
    labels = _labels([*(c for c in spots if c in must), *may], must, spots, parties, names, markers, sheet)
    beyond = [
        (names.get(code, code), bands[code].replace("_", " "))
        for code in rattled
        if code not in spots and bands[code] != "low"
    ]
    legend, foot = _legend(sheet.height, [band for band in BANDS if band in bands.values()], drawn, beyond)
    said = ", ".join(f"{names.get(code, code)} {band.replace('_', ' ')}" for code, band in bands.items())
    desc = f"Parties: {', '.join(names.get(code, code) for code in parties)}. Stakes: {said or 'none'}."
    if beyond:
        desc += f" Beyond the map: {', '.join(name for name, _ in beyond)}."
    return picture(
        element(
            "svg",
            sheet.sea(),
            *land,
            _lines(world, sheet),
            *arcs,
            *markers.values(),
            *labels,
            width=WIDTH,
            height=sheet.height,
        ),
        *legend,
        width=WIDTH,
        height=foot,
        title=title,
        desc=desc + " " + BORDERS_POLICY,
        kind="map",
        style=_STYLE + link_css(),
    )


def _frame(world: World, parties: Sequence[str], felt: Sequence[str]) -> Frame:
    """The window about the parties, and about those who mind most as far as they do not widen it much."""
    near = [code for code in parties if code in world.places]
    frame = frame_of(world, near)
    limit = max(_SPAN, frame.east - frame.west) if near else 360.0
    for code in felt:
        if code in world.places:
            wider = frame_of(world, [*near, code])
            if wider.east - wider.west <= limit:
                near, frame = [*near, code], wider
    return frame


def _land(
    world: World, sheet: Sheet, fills: Mapping[str, str], names: Mapping[str, str], bands: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Every area in view, first the plain ones as one path, then the coloured; and markers for small ones."""
    plain: list[str] = []
    coloured: list[str] = []
    markers: dict[str, str] = {}
    for code in sorted(world.areas):
        outlines = []
        seen = 0.0
        for polygon in world.areas[code]:
            for refs in polygon:
                for copy in sheet.copies(world.ring(refs)):
                    spots = sheet.project(clip_ring(copy, sheet.frame))
                    if len(spots) < 3 or not sheet.visible(spots):
                        continue
                    size = _area(spots)
                    if code in fills or size >= _ISLET:
                        outlines.append(path(spots, closed=True))
                        seen = max(seen, size)
        if code not in fills:
            plain += outlines
            continue
        label = names.get(code, code) + (f": {bands[code].replace('_', ' ')}" if code in bands else "")
        note = element("title", escape(label))
        if outlines:
            coloured.append(
                element(
                    "path", note, class_=f"rp-land {fills[code]}", fill_rule="evenodd", d="".join(outlines)
                )
            )
        if seen < _SMALL and code in world.places:
            x, y = sheet.spot(world.places[code])
            markers[code] = element("circle", note, class_=f"rp-marker {fills[code]}", cx=x, cy=y, r=6)
    land = [element("path", class_="rp-land", fill_rule="evenodd", d="".join(plain))] if plain else []
    return land + coloured, markers


def _area(spots: Sequence[Point]) -> float:
    turns = zip(spots, [*spots[1:], spots[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2


def _lines(world: World, sheet: Sheet) -> str:
    def drawn(arcs: Sequence[int]) -> str:
        runs = []
        for arc in arcs:
            for copy in sheet.copies(world.arcs[arc]):
                for run in clip_line(copy, sheet.frame):
                    spots = sheet.project(run)
                    if len(spots) > 1 and sheet.visible(spots):
                        runs.append(path(spots))
        return "".join(runs)

    firm, dashed = drawn(world.borders()), drawn(sorted(world.disputed))
    drawings = [("rp-border", firm), ("rp-under", dashed), ("rp-disputed", dashed)]
    return "".join(element("path", class_=class_, d=d) for class_, d in drawings if d)


def _arc(link: Link, spots: Mapping[str, Point], index: int) -> str:
    (x1, y1), (x2, y2) = spots[link.a], spots[link.b]
    if x1 > x2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    bow = math.dist((x1, y1), (x2, y2)) * (0.16 + 0.05 * (index % 3))
    length = math.dist((x1, y1), (x2, y2)) or 1.0
    cx = (x1 + x2) / 2 + (y2 - y1) / length * bow
    cy = (y1 + y2) / 2 - (x2 - x1) / length * bow
    curve = f"M{number(x1)} {number(y1)}Q{number(cx)} {number(cy)} {number(x2)} {number(y2)}"
    drawn = element(
        "path", element("title", escape(link.text)), class_=f"rp-link rp-link-{link.kind}", d=curve
    )
    return element("a", drawn, href=link.href) if link.href else drawn


def _labels(
    shown: Sequence[str],
    must: set[str],
    spots: Mapping[str, Point],
    parties: Sequence[str],
    names: Mapping[str, str],
    markers: Mapping[str, str],
    sheet: Sheet,
) -> list[str]:
    shelf = Shelf(Box(2, 2, WIDTH - 2, sheet.height - 2))
    shelf.take(Box(x - 7, y - 7, x + 7, y + 7) for code, (x, y) in spots.items() if code in markers)
    out: list[str] = []
    for code in shown:
        x, y = spots[code]
        text = names.get(code, code)
        wide = text_width(text, _TEXT) * (1.06 if code in parties else 1.0)
        boxes = _around(x, y, wide, close=code in markers)
        if code in must:
            box = boxes[shelf.place(boxes)]
        elif (index := shelf.free(boxes[:_NEAR])) is not None:
            box = boxes[index]
            shelf.take([box])
        else:
            continue
        middle = (box.left + box.right) / 2
        if not box.touches(Box(x - 16, y - 16, x + 16, y + 16)):
            tip = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            out.append(element("path", class_="rp-leader", d=path([(x, y), tip])))
        out.append(
            element(
                "text",
                escape(text),
                class_="rp-bold" if code in parties else None,
                x=middle,
                y=box.bottom - 4,
                text_anchor="middle",
            )
        )
    return out


def _around(x: float, y: float, wide: float, *, close: bool) -> list[Box]:
    """Where a label may stand: on the spot unless a marker is there, beside it, ever farther away."""
    tall = _TEXT + 3
    centres = [] if close else [(x, y)]
    for reach in (11, 26, 44, 64, 88):
        for turn in (0, 180, 90, 270, 45, 315, 135, 225, 20, 340, 160, 200):
            along, down = math.cos(math.radians(turn)), math.sin(math.radians(turn))
            centres.append((x + along * (reach + wide / 2), y + down * (reach + tall / 2)))
    return [Box(cx - wide / 2, cy - tall / 2, cx + wide / 2, cy + tall / 2) for cx, cy in centres]


def _legend(
    top: float, bands: Sequence[str], links: Sequence[Link], beyond: Sequence[tuple[str, str]]
) -> tuple[list[str], float]:
    """Swatches of the bands, strokes of the links, who is beyond the map, and the policy on borders."""
    entries = [("party", "rp-party", "parties to the move")]
    entries += [("band", f"rp-band-{band}", f"{band.replace('_', ' ')} stake") for band in reversed(bands)]
    entries += [("link", f"rp-link rp-link-{kind}", KINDS[kind].name) for kind in kinds_of(links)]
    out: list[str] = []
    x, y = 2.0, top + 20
    for shape, class_, text in entries:
        wide = text_width(text, _NOTE) + 42
        if x + wide > WIDTH:
            x, y = 2.0, y + 18
        if shape == "link":
            out.append(element("path", class_=class_, d=path([(x, y - 4), (x + 20, y - 4)])))
        else:
            out.append(element("rect", class_=class_, x=x, y=y - 10, width=20, height=11))
        out.append(element("text", text, class_="rp-note", x=x + 26, y=y))
        x += wide
    notes = [BORDERS_POLICY]
    if beyond:
        notes.insert(0, "Beyond the map: " + ", ".join(f"{name} ({band})" for name, band in beyond))
    for note in (line for text in notes for line in wrap(text, _NOTE, WIDTH - 4, lines=3)):
        y += 17
        out.append(element("text", escape(note), class_="rp-note", x=2, y=y))
    return out, y + 7
