"""Distance over the WGS84 ellipsoid."""

from __future__ import annotations

import math

__all__ = ["geodesic_km"]

EQUATOR_KM = 6378.137
FLATTENING = 1 / 298.257223563


def geodesic_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two places on the WGS84 ellipsoid, in kilometres.

    Lambert's formula for long lines (W. D. Lambert 1942, J. Washington Acad. Sci. 32:125), which corrects the
    great circle between the reduced latitudes for the flattening: about 10 metres off over 10,000 km, except
    near the antipodes, where the great circle itself is given (within 0.6 %).

    Args:
        one: latitude and longitude in degrees north and east.
        other: latitude and longitude in degrees north and east.

    Examples:
        >>> round(geodesic_km((39.90, 116.41), (39.02, 125.75)))
        809
        >>> geodesic_km((51.51, -0.13), (51.51, -0.13))
        0.0
    """
    beta_1, beta_2 = (
        math.atan((1 - FLATTENING) * math.tan(math.radians(place[0]))) for place in (one, other)
    )
    turn = math.radians(other[1] - one[1])
    haversine = (
        math.sin((beta_2 - beta_1) / 2) ** 2 + math.cos(beta_1) * math.cos(beta_2) * math.sin(turn / 2) ** 2
    )
    sigma = 2 * math.asin(min(1.0, math.sqrt(haversine)))
    if sigma == 0.0:
        return 0.0
    if math.pi - sigma < 0.01:
        return EQUATOR_KM * (1 - FLATTENING / 3) * sigma
    half_sum, half_difference = (beta_1 + beta_2) / 2, (beta_2 - beta_1) / 2
    x = (sigma - math.sin(sigma)) * (
        math.sin(half_sum) * math.cos(half_difference) / math.cos(sigma / 2)
    ) ** 2
    y = (sigma + math.sin(sigma)) * (
        math.cos(half_sum) * math.sin(half_difference) / math.sin(sigma / 2)
    ) ** 2
    return EQUATOR_KM * (sigma - FLATTENING / 2 * (x + y))
