from __future__ import annotations

import math

import pytest

from rapallo.draw.projection import equal_earth


def test_areas_are_kept():
    """A small cell has the same area on the map as on the sphere, at the equator, at 45 and at 75 degrees."""
    step = 0.01
    for latitude in (0.0, 45.0, 75.0):
        x0, y0 = equal_earth(10, latitude)
        x1, y1 = equal_earth(10 + step, latitude)
        x2, y2 = equal_earth(10, latitude + step)
        drawn = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
        true = math.radians(step) ** 2 * math.cos(math.radians(latitude))
        assert drawn == pytest.approx(true, rel=1e-3)


def test_the_map_is_symmetric():
    x, y = equal_earth(30, 40)
    assert equal_earth(-30, -40) == (-x, -y)
