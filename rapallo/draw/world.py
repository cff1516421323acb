"""The outlines of the world's states, and how they are cut to a frame."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["BORDERS_POLICY", "Frame", "World", "clip_line", "clip_ring", "frame_of", "load"]

BORDERS_POLICY = (
    "Borders follow lines of control as Natural Earth draws them; disputed lines are dashed. Neither is a "
    "judgement of title."
)

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """A window in degrees; ``west`` may lie below -180 and ``east`` above 180, across the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    @property
    def centre(self) -> float:
        """The meridian in its middle."""
        return (self.west + self.east) / 2


@dataclass(frozen=True, slots=True)
class World:
    """Outlines in degrees.

    Attributes:
        arcs: polylines shared by neighbours.
        areas: by alpha-3 code the polygons of a state as rings of arcs (``~n``: n reversed), largest first.
            A key ``ABC/name`` is an area that ABC claims and does not control.
        places: by the same keys the point deepest in the largest polygon.
        disputed: the arcs that are disputed lines.
    """

    arcs: tuple[tuple[Point, ...], ...]
    areas: Mapping[str, tuple[tuple[tuple[int, ...], ...], ...]]
    places: Mapping[str, Point]
    disputed: frozenset[int]

    def ring(self, refs: Sequence[int]) -> list[Point]:
        """The points of a ring without jumps at the antimeridian; longitudes may leave -180 to 180."""
        out: list[Point] = []
        for ref in refs:
            arc = self.arcs[ref] if ref >= 0 else self.arcs[~ref][::-1]
            for x, y in arc if not out else arc[1:]:
                out.append((x + 360 * round((out[-1][0] - x) / 360) if out else x, y))
        return out

    def borders(self) -> tuple[int, ...]:
        """The arcs that two areas share and nobody disputes."""
        met: dict[int, int] = {}
        for polygons in self.areas.values():
            for ref in (ref for polygon in polygons for ring in polygon for ref in ring):
                arc = ref if ref >= 0 else ~ref
                met[arc] = met.get(arc, 0) + 1
        return tuple(sorted(arc for arc, times in met.items() if times > 1 and arc not in self.disputed))


@cache
def load() -> World:
    """The world of Natural Earth 1:50 million, thinned; see ``scripts/make_world.py``.

    Examples:
        >>> "PRK" in load().areas
        True
    """
    raw = json.loads(files("rapallo.draw").joinpath("world.json").read_bytes())
    grid = raw["grid"]
    arcs = []
    for steps in raw["arcs"]:
        x = y = 0
        line = []
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((x / grid, y / grid))
        arcs.append(tuple(line))
    areas = {
        key: tuple(tuple(tuple(ring) for ring in polygon) for polygon in polygons)
        for key, polygons in raw["areas"].items()
    }
    places = {key: (x, y) for key, (x, y) in raw["places"].items()}
    return World(tuple(arcs), areas, places, frozenset(raw["disputed"]))


def frame_of(world: World, codes: Iterable[str], *, margin: float = 8.0) -> Frame:
    """The smallest window that shows the mainland of each state, wherever the antimeridian lies.

    Each mainland counts as the span of its largest polygon, at most 40 degrees of longitude and 24 of
    latitude about its middle, lest Russia alone fill the map. The widest gap between spans becomes the edge
    of the map.

    Args:
        world: the outlines.
        codes: alpha-3 codes; those without an outline are passed over.
        margin: degrees of latitude left on each side.

    Returns:
        The window; the whole world where no code has an outline.
    """
    spans = []
    for code in codes:
        if code not in world.areas:
            continue
        ring = world.ring(world.areas[code][0][0])
        x, y = world.places[code]
        x += 360 * round((sum(p[0] for p in ring) / len(ring) - x) / 360)
        west, east = max(min(p[0] for p in ring), x - 20), min(max(p[0] for p in ring), x + 20)
        south, north = max(min(p[1] for p in ring), y - 12), min(max(p[1] for p in ring), y + 12)
        spans.append(((west + 180) % 360 - 180, east - west, south, north))
    if not spans:
        return Frame(-180, -58, 180, 84)
    spans.sort()
    reach = spans[0][0] + spans[0][1]
    gaps = []
    for index, (west, wide, _, _) in enumerate(spans):
        if index:
            gaps.append((west - reach, index, west))
        reach = max(reach, west + wide)
    gaps.append((spans[0][0] + 360 - reach, 0, spans[0][0]))
    gap, _, start = max(gaps, key=lambda g: (g[0], -g[1]))
    wide = 360 - max(gap, 0)
    south, north = min(s[2] for s in spans), max(s[3] for s in spans)
    side = margin * 1.6
    if wide + 2 * side > 300:
        middle = start + wide / 2
        return Frame(middle - 180, min(south - margin, -36), middle + 180, 80)
    return Frame(start - side, max(south - margin, -58), start + wide + side, min(north + margin, 82))


def clip_ring(ring: Sequence[Point], frame: Frame) -> list[Point]:
    """The part of a ring inside the window (Sutherland & Hodgman 1974); empty where there is none.

    Examples:
        >>> clip_ring([(-2, 0), (2, 0), (2, 2), (-2, 2)], Frame(-1, -1, 1, 1))
        [(-1.0, 1), (-1, 0.0), (1, 0.0), (1.0, 1)]
    """
    out = list(ring)
    for axis, limit, sign in (
        (0, frame.west, 1),
        (0, frame.east, -1),
        (1, frame.south, 1),
        (1, frame.north, -1),
    ):
        if not out:
            break
        kept: list[Point] = []
        before = out[-1]
        for here in out:
            inside, was = sign * (here[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was:
                kept.append(_cross(before, here, axis, limit))
            if inside:
                kept.append(here)
            before = here
        out = kept
    return out


def clip_line(line: Sequence[Point], frame: Frame) -> list[list[Point]]:
    """The runs of a polyline whose points lie inside the window."""
    runs: list[list[Point]] = []
    open_run = False
    for x, y in line:
        if frame.west <= x <= frame.east and frame.south <= y <= frame.north:
            if not open_run:
                runs.append([])
            runs[-1].append((x, y))
            open_run = True
        else:
            open_run = False
    return [run for run in runs if len(run) > 1]


def _cross(a: Point, b: Point, axis: int, limit: float) -> Point:
    t = (limit - a[axis]) / (b[axis] - a[axis])
    x, y = a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])
    return (limit, y) if axis == 0 else (x, limit)
