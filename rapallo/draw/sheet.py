"""A window of the globe laid on a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapallo.draw.projection import equal_earth
from rapallo.draw.svg import element, path
from rapallo.draw.world import Frame, Point

__all__ = ["WIDTH", "Sheet"]

WIDTH = 640.0
_TALL, _FLAT = 400.0, 270.0  # limits of the height
_WHOLE = 359.0  # degrees of longitude from which the globe is drawn whole
_RIM = 85.0  # the whole globe is cut off north of this, a part of it is not
_STEP = 1.0  # units a coast must move before a point of it is drawn


@dataclass(frozen=True, slots=True)
class Sheet:
    """A window laid on the drawing: where each degree goes."""

    frame: Frame
    scale: float
    left: float
    top: float
    height: float

    @classmethod
    def over(cls, frame: Frame) -> Sheet:
        """Fit a window to the width; a tall one is made wider, a flat one taller."""
        nearest = min(max(0.0, frame.south), frame.north)
        top, bottom = equal_earth(0, frame.north)[1], equal_earth(0, frame.south)[1]
        scale = min(
            WIDTH / (2 * equal_earth((frame.east - frame.west) / 2, nearest)[0]), _TALL / (top - bottom)
        )
        height = (top - bottom) * scale
        if frame.east - frame.west >= _WHOLE:
            return cls(frame, scale, WIDTH / 2, top * scale, height)
        if height < _FLAT:
            top += (_FLAT - height) / scale / 2
            height = _FLAT
        side = min(180.0, WIDTH / 2 / scale / equal_earth(1, min(frame.north + 6, 84))[0])
        return cls(
            Frame(frame.centre - side, -89, frame.centre + side, 89), scale, WIDTH / 2, top * scale, height
        )

    def spot(self, point: Point) -> Point:
        """Where a point of the globe lies on the drawing."""
        longitude = (point[0] - self.frame.centre + 180) % 360 - 180
        x, y = equal_earth(longitude, point[1])
        return self.left + x * self.scale, self.top - y * self.scale

    def shows(self, spot: Point) -> bool:
        """Whether a point of the drawing lies in it, with room for a label."""
        return 8 <= spot[0] <= WIDTH - 8 and 8 <= spot[1] <= self.height - 8

    def project(self, points: Sequence[Point]) -> list[Point]:
        """A line of the window, without the points that lie closer to the last than can be seen."""
        out: list[Point] = []
        for longitude, latitude in points:
            x, y = equal_earth(longitude - self.frame.centre, latitude)
            spot = (self.left + x * self.scale, self.top - y * self.scale)
            if not out or math.dist(spot, out[-1]) >= _STEP:
                out.append(spot)
        return out

    def visible(self, line: Sequence[Point]) -> bool:
        """Whether any of a line may show."""
        xs, ys = [p[0] for p in line], [p[1] for p in line]
        return max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < self.height

    def copies(self, line: Sequence[Point]) -> list[list[Point]]:
        """The line once for each turn of the globe that brings it into the window."""
        west, east = min(p[0] for p in line), max(p[0] for p in line)
        first = math.ceil((self.frame.west - east) / 360)
        last = math.floor((self.frame.east - west) / 360)
        return [[(x + 360 * turn, y) for x, y in line] for turn in range(first, last + 1)]

    def sea(self) -> str:
        """The water: the outline of the globe, or the whole drawing."""
        frame = self.frame
        if frame.north > _RIM:
            return element("rect", class_="rp-sea", width=WIDTH, height=self.height)
        ups = [frame.south + (frame.north - frame.south) * i / 24 for i in range(25)]
        rim = [(frame.west, y) for y in ups] + [(frame.east, y) for y in reversed(ups)]
        return element("path", class_="rp-sea", d=path(self.project(rim), closed=True))
