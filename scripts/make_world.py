"""Make ``rapallo/draw/world.json``: outlines of the world's states, thinned and keyed by ISO 3166 alpha-3.

Sources, fetched with ``npm pack`` into a temporary folder: ``world-atlas`` (Natural Earth 1:50 million,
public domain; the package itself is ISC) for the geometry and ``i18n-iso-countries`` (MIT) for the alpha-3
code of each ISO numeric code. Lines are thinned by Visvalingam & Whyatt (1993), arc by arc, so that
neighbours still meet.

    python scripts/make_world.py
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

OUT = Path(__file__).parent.parent / "rapallo" / "draw" / "world.json"
ATLAS = "world-atlas@2.0.2"
CODES = "i18n-iso-countries@7.14.0"
GRID = 50  # steps per degree
LEAST_TRIANGLE = 0.003  # square degrees, longitudes shrunk by the cosine of the latitude
LEAST_ISLAND = 0.06  # square degrees; the largest polygon of a state is always kept

ANTARCTICA = "010"  # no state's, and its ring winds about the pole

# Areas of Natural Earth that have no ISO code: "ABC/name" is claimed by ABC and not under its control.
WITHOUT_CODE = {
    "Kosovo": "XKX",
    "Somaliland": "SOM/somaliland",
    "N. Cyprus": "CYP/north",
    "Siachen Glacier": "IND/siachen",
    "Indian Ocean Ter.": "AUS",
}

# Lines that are dashed: the two areas, and the box (west, south, east, north) where only part of their border
# is disputed. Natural Earth draws the line of control; which lines are disputed is stated here.
EVERYWHERE = (-180.0, -90.0, 180.0, 90.0)
DISPUTED: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("SRB", "XKX", EVERYWHERE),
    ("SOM", "SOM/somaliland", EVERYWHERE),
    ("CYP", "CYP/north", EVERYWHERE),
    ("MAR", "ESH", EVERYWHERE),
    ("ISR", "PSE", EVERYWHERE),
    ("ISR", "SYR", EVERYWHERE),
    ("KOR", "PRK", EVERYWHERE),
    ("IND/siachen", "IND", EVERYWHERE),
    ("IND/siachen", "PAK", EVERYWHERE),
    ("IND/siachen", "CHN", EVERYWHERE),
    ("CHN", "PAK", EVERYWHERE),
    ("IND", "PAK", (72.0, 32.4, 80.0, 38.0)),
    ("CHN", "IND", (76.0, 30.0, 82.0, 37.0)),
    ("CHN", "IND", (91.0, 26.0, 98.0, 30.0)),
    ("RUS", "UKR", (32.0, 45.0, 36.5, 46.5)),
    ("EGY", "SDN", (31.0, 21.0, 38.0, 24.0)),
    ("SDN", "SSD", (26.0, 8.0, 30.0, 11.0)),
)

Point = tuple[float, float]
Line = list[Point]


def package(spec: str, folder: Path) -> Path:
    """Fetch and unpack an npm package; returns its folder."""
    said = subprocess.run(
        ["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True, text=True
    )
    target = folder / spec.split("@", maxsplit=1)[0]
    with tarfile.open(folder / said.stdout.split()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def decode(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a quantised topology in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    return arcs


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area of a triangle in square degrees, longitudes shrunk by the cosine of the latitude."""
    shrink = math.cos(math.radians(b[1]))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * shrink / 2


def thin(line: Line, least: float) -> Line:
    """Visvalingam & Whyatt (1993): drop the smallest triangle until all are ``least`` or more."""
    closed = line[0] == line[-1]
    keep = 5 if closed else 3
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    alive = [True] * len(line)
    heap = [(triangle(line[i - 1], line[i], line[i + 1]), i) for i in range(1, len(line) - 1)]
    current = {i: size for size, i in heap}
    heapq.heapify(heap)
    left = len(line)
    while heap and left > keep:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != current[i]:
            continue
        if size >= least:
            break
        alive[i] = False
        left -= 1
        p, n = before[i], after[i]
        after[p], before[n] = n, p
        for j in (p, n):
            if 0 < j < len(line) - 1:
                current[j] = max(size, triangle(line[before[j]], line[j], line[after[j]]))
                heapq.heappush(heap, (current[j], j))
    return [point for point, stays in zip(line, alive, strict=True) if stays]


def unwrap(ring: Line) -> Line:
    """The ring without jumps at the antimeridian; its longitudes may leave -180 to 180."""
    out = ring[:1]
    for x, y in ring[1:]:
        out.append((x + 360 * round((out[-1][0] - x) / 360), y))
    return out


def area(ring: Sequence[Point]) -> float:
    """Area of a ring in square degrees (shoelace, longitudes shrunk at each edge)."""
    total = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        total += (x1 * y2 - x2 * y1) * math.cos(math.radians((y1 + y2) / 2))
    return abs(total) / 2


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether the point lies in the ring (even-odd)."""
    x, y = point
    hit = False
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def clearance(point: Point, ring: Sequence[Point]) -> float:
    """Distance from a point to the nearest edge of the ring, in degrees of latitude."""
    shrink = math.cos(math.radians(point[1]))
    best = math.inf
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        ax, ay = (x1 - point[0]) * shrink, y1 - point[1]
        bx, by = (x2 - point[0]) * shrink, y2 - point[1]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = 0.0 if length == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length))
        best = min(best, math.hypot(ax + t * dx, ay + t * dy))
    return best


def label_point(ring: Sequence[Point]) -> Point:
    """The point of a 24 by 24 grid over the ring that lies deepest inside it."""
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    steps = 24
    grid = [
        (west + (i + 0.5) * (east - west) / steps, south + (j + 0.5) * (north - south) / steps)
        for i in range(steps)
        for j in range(steps)
    ]
    within = [p for p in grid if inside(p, ring)] or [((west + east) / 2, (south + north) / 2)]
    return max(within, key=lambda p: (round(clearance(p, ring), 6), p))


def split(line: Line, boxes: Sequence[tuple[float, float, float, float]]) -> Iterator[tuple[Line, bool]]:
    """Cut a line where it enters or leaves the boxes; yields each piece and whether it lies in one."""

    def within(p: Point, q: Point) -> bool:
        x, y = (p[0] + q[0]) / 2, (p[1] + q[1]) / 2
        return any(w <= x <= e and s <= y <= n for w, s, e, n in boxes)

    piece = [line[0]]
    state = within(line[0], line[1])
    for a, b in itertools.pairwise(line):
        now = within(a, b)
        if now != state:
            yield piece, state
            piece, state = [a], now
        piece.append(b)
    yield piece, state


def main() -> None:
    """Fetch, thin, key and write."""
    with tempfile.TemporaryDirectory() as folder:
        atlas = json.loads((package(ATLAS, Path(folder)) / "countries-50m.json").read_text())
        codes = json.loads((package(CODES, Path(folder)) / "codes.json").read_text())
    alpha3 = {entry[2]: entry[1] for entry in codes}
    raw = decode(atlas)
    shapes: dict[str, list[list[list[int]]]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        if geometry.get("id") == ANTARCTICA:
            continue
        key = alpha3.get(geometry.get("id"), "") or WITHOUT_CODE[geometry["properties"]["name"]]
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        shapes.setdefault(key, []).extend(polygons)

    def ring_of(refs: Sequence[int], arcs: Sequence[Line]) -> Line:
        ring: Line = []
        for ref in refs:
            line = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
            ring.extend(line if not ring else line[1:])
        return unwrap(ring)

    for key, polygons in shapes.items():
        sized = sorted(((area(ring_of(p[0], raw)), p) for p in polygons), key=lambda item: -item[0])
        shapes[key] = [p for i, (size, p) in enumerate(sized) if i == 0 or size >= LEAST_ISLAND]

    users: dict[int, set[str]] = {}
    for key, polygons in shapes.items():
        for refs in (r for p in polygons for r in p):
            for ref in refs:
                users.setdefault(ref if ref >= 0 else ~ref, set()).add(key)

    arcs: list[list[int]] = []
    lines: list[Line] = []
    pieces: dict[int, list[int]] = {}
    disputed: list[int] = []
    for old in sorted(users):
        boxes = [box for a, b, box in DISPUTED if users[old] == {a, b}]
        whole = [(round(x * GRID), round(y * GRID)) for x, y in thin(raw[old], LEAST_TRIANGLE)]
        whole = [p for i, p in enumerate(whole) if i in {0, len(whole) - 1} or p != whole[i - 1]]
        for line, is_disputed in split([(x / GRID, y / GRID) for x, y in whole], boxes):
            if is_disputed:
                disputed.append(len(arcs))
            pieces.setdefault(old, []).append(len(arcs))
            lines.append(line)
            flat: list[int] = []
            px = py = 0
            for x, y in ((round(x * GRID), round(y * GRID)) for x, y in line):
                flat += [x - px, y - py]
                px, py = x, y
            arcs.append(flat)

    def renumber(refs: Sequence[int]) -> list[int]:
        new: list[int] = []
        for ref in refs:
            new += pieces[ref] if ref >= 0 else [~n for n in reversed(pieces[~ref])]
        return new

    places = {}
    areas = {}
    for key in sorted(shapes):
        areas[key] = [[renumber(refs) for refs in polygon] for polygon in shapes[key]]
        ring = ring_of(areas[key][0][0], lines)
        x, y = label_point(ring)
        places[key] = [round((x + 180) % 360 - 180, 2), round(y, 2)]
    world = {
        "about": "Outlines of the world's states along lines of control, from Natural Earth 1:50 million "
        "(public domain) by way of world-atlas 2.0.2 (ISC), thinned; made by scripts/make_world.py. 'arcs' "
        "are steps of 1/grid degree, 'areas' polygons of rings of arcs (~n: arc n reversed), 'disputed' arcs "
        "to be dashed.",
        "grid": GRID,
        "arcs": arcs,
        "areas": areas,
        "places": places,
        "disputed": disputed,
    }
    OUT.write_text(json.dumps(world, separators=(",", ":"), ensure_ascii=True) + "\n", encoding="utf-8")
    print(
        f"{OUT.name}: {OUT.stat().st_size // 1024} KB, {len(areas)} areas, {sum(map(len, arcs)) // 2} points"
    )


if __name__ == "__main__":
    main()
