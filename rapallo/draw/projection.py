"""Equal Earth, an equal-area projection: no state looks larger than it is."""

from __future__ import annotations

import math

__all__ = ["equal_earth"]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Project a point, on a sphere of radius 1.

    Args:
        longitude: degrees east of the central meridian.
        latitude: degrees north.

    Returns:
        x to the east and y to the north; the whole world spans 5.41 by 2.63.

    Source: Šavrič, Patterson & Jenny (2018), The Equal Earth map projection, eq. 9.

    Examples:
        >>> [round(v, 3) for v in equal_earth(180, 0)]
        [2.707, 0.0]
        >>> [round(v, 3) for v in equal_earth(0, 90)]
        [0.0, 1.317]
    """
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    x = math.radians(longitude) * math.cos(theta) / (_M * slope)
    y = theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))
    return x, y
