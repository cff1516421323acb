"""How near two states lie: contiguity, the distance of their capitals, the least distance between them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rapallo.actors.distance import EQUATOR_KM, FLATTENING
from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = [
    "MEASURES",
    "capital_distance",
    "capital_distance_spherical",
    "capitals",
    "contiguity",
    "ellipsoid_km",
    "minimum_distance",
    "sphere_km",
]

Floats = NDArray[np.float64]

_NEAR_ANTIPODES = 0.01


def ellipsoid_km(one: Floats, other: Floats) -> Floats:
    """The distances between places on the WGS84 ellipsoid in kilometres.

    Lambert's formula for long lines (W. D. Lambert 1942, J. Washington Acad. Sci. 32:125): the great circle
    between the reduced latitudes, mended for the flattening; about 10 m off over 10,000 km. Within 0.01
    radian of the antipodes the great circle of the mean radius stands, within 0.6 %.

    Args:
        one: degrees north and east; shape (2, ...).
        other: the same, of a shape that goes with it.

    Returns:
        Shape as the two together give; NaN where a coordinate is.

    Examples:
        >>> beijing, pyongyang = np.array([39.90, 116.41]), np.array([39.02, 125.75])
        >>> float(ellipsoid_km(beijing, pyongyang).round())
        809.0
    """
    reduced_one, reduced_other = (
        np.arctan((1 - FLATTENING) * np.tan(np.radians(at[0]))) for at in (one, other)
    )
    sigma = _arc(reduced_one, reduced_other, np.radians(other[1] - one[1]))
    half_sum, half_difference = (reduced_one + reduced_other) / 2, (reduced_other - reduced_one) / 2
    # The formula divides by nothing at the same place and at the antipodes; both are set apart.
    plain = (sigma > 0) & (sigma <= np.pi - _NEAR_ANTIPODES)
    safe = np.where(plain, sigma, 1.0)
    x = (safe - np.sin(safe)) * (np.sin(half_sum) * np.cos(half_difference) / np.cos(safe / 2)) ** 2
    y = (safe + np.sin(safe)) * (np.cos(half_sum) * np.sin(half_difference) / np.sin(safe / 2)) ** 2
    mended = EQUATOR_KM * (safe - FLATTENING / 2 * (x + y))
    return np.where(plain, mended, EQUATOR_KM * (1 - FLATTENING / 3) * sigma)


def sphere_km(one: Floats, other: Floats, *, radius: float = EQUATOR_KM) -> Floats:
    """The distances between places on a sphere in kilometres, by the haversine.

    Args:
        one: degrees north and east; shape (2, ...).
        other: the same, of a shape that goes with it.
        radius: of the sphere in kilometres; that of the equator by default.

    Returns:
        Shape as the two together give; NaN where a coordinate is.

    Examples:
        >>> quarter = sphere_km(np.array([0.0, 0.0]), np.array([0.0, 90.0]), radius=2.0)
        >>> round(float(quarter / np.pi), 12)
        1.0
    """
    north_one, north_other = np.radians(one[0]), np.radians(other[0])
    return radius * _arc(north_one, north_other, np.radians(other[1] - one[1]))


def _arc(north_one: Floats, north_other: Floats, turn: Floats) -> Floats:
    haversine = np.sin((north_other - north_one) / 2) ** 2
    haversine = haversine + np.cos(north_one) * np.cos(north_other) * np.sin(turn / 2) ** 2
    arc: Floats = 2 * np.arcsin(np.sqrt(np.clip(haversine, 0.0, 1.0)))
    return arc


def capitals(panel: Panel) -> Floats:
    """Where the capitals lie, degrees north and east; shape (2, years, states), NaN where it is not told.

    Of several capitals in a year the first counts: that of 1 January, or of the first day of membership.
    """
    dataset = f"{panel.system.name}-capitals"
    names = ("capital_latitude", "capital_longitude")
    return np.stack([panel.trait(name, dataset, begun=True) for name in names])


def capital_distance(panel: Panel, row: int) -> Floats:
    """Kilometres over the ellipsoid from capital to capital; shape (states, states)."""
    return _between(panel, row, ellipsoid_km)


def capital_distance_spherical(panel: Panel, row: int) -> Floats:
    """Kilometres over a sphere of the equator's radius from capital to capital; shape (states, states)."""
    return _between(panel, row, sphere_km)


def _between(panel: Panel, row: int, measure: Callable[[Floats, Floats], Floats]) -> Floats:
    at = capitals(panel)[:, row]
    return np.where(panel.system.together[row], measure(at[:, :, None], at[:, None, :]), np.nan)


def contiguity(panel: Panel, row: int) -> Floats:
    """The level of contiguity, 1 by land to 5 over up to 400 miles of water, 0 for none.

    Shape (states, states); NaN where no source covers the year.
    """
    cells = panel.pairs("contiguity", begun=True)
    found = cells.year(row, absent=0.0).astype(np.float64)
    return np.where(panel.system.together[row] & cells.covered[row], found, np.nan)


def minimum_distance(panel: Panel, row: int) -> Floats:
    """The least distance between two states in kilometres; shape (states, states), NaN where not told."""
    cells = panel.pairs("minimum_distance", f"{panel.system.name}-mindist", begun=True)
    return np.where(panel.system.together[row], cells.year(row).astype(np.float64), np.nan)


_FIRST_CAPITAL = (
    "Where a capital moved within a year, the first of the year counts: that of 1 January, or of the first "
    "day of membership. Coordinates are those of the file for the state system of the panel."
)
_CAPITAL_INPUTS = ("trait: capital_latitude, capital_longitude of cow-capitals or gw-capitals",)
_CAPITAL_LIMITS = (
    "Capitals are points; a state may reach far nearer to another than its capital does. The file puts "
    "Brasília some 830 km from where it lies."
)
_CAPITAL_COVERAGE = "Members of either state system, 1816 to 2024."
_NO_CAPITAL = "No value where the two were no members on one day, or the record has no capital of one."

MEASURES: tuple[Yearly, ...] = (
    Yearly(
        Card(
            id="contiguity",
            kind="measure",
            definition="How near the borders of two states come: 1 by land or river, 2 to 5 over up to 12, "
            "24, 150 and 400 miles of water, 0 not at all.",
            equation="c(i, j) = first level held in the year; 0 where the covered record has none",
            inputs=("dyad: contiguity of cow-contiguity, cow-contiguity-years",),
            unit="level, 0 to 5; of 1 to 5 the less the nearer",
            citation="Stinnett, Tir, Schafer, Diehl & Gochman (2002), The Correlates of War Project Direct "
            "Contiguity Data, Version 3",
            limits="Homelands only, no dependencies. 0 stands below 1 but means farther than 5.",
            coding="Of several levels within a year that which held first counts.",
            missing="No value where the two were no members on one day, or no source covers the year.",
            coverage="All pairs of Correlates of War members, 1816 to 2016.",
            checked="Against peacesciencer 1.2.9 in 1914, 1950, 1980 and 2000: all but 38 of 68,000 ordered "
            "pairs are the same; in the 38 the record holds a level that the reference lacks (such as "
            "Hungary and the Soviet Union).",
        ),
        "pair",
        contiguity,
    ),
    Yearly(
        Card(
            id="capital-distance",
            kind="measure",
            definition="The distance from capital to capital over the WGS84 ellipsoid.",
            equation="Lambert: d = a (s - f/2 (X + Y)), s the great circle between reduced latitudes",
            inputs=_CAPITAL_INPUTS,
            unit="km",
            citation="Lambert (1942), The Distance between Two Widely Separated Points on the Surface of the "
            "Earth",
            limits=_CAPITAL_LIMITS + " Near the antipodes the distance is within 0.6 %.",
            coding=_FIRST_CAPITAL,
            missing=_NO_CAPITAL,
            coverage=_CAPITAL_COVERAGE,
            checked="Against the iteration of Vincenty (1975) on 20,000 pairs of places: within 14 m up to "
            "10,000 km, 55 m up to 15,000, 410 m up to 19,000, 1.6 km up to 19,900.",
        ),
        "pair",
        capital_distance,
    ),
    Yearly(
        Card(
            id="capital-distance-spherical",
            kind="measure",
            definition="The distance from capital to capital over a sphere of the equator's radius, for work "
            "that began with peacesciencer.",
            equation="haversine, radius 6378.137 km",
            inputs=_CAPITAL_INPUTS,
            unit="km",
            citation="Miller (2022), peacesciencer: An R Package for Quantitative Peace Science Research",
            limits="Up to 0.7 % off, as the Earth is flattened; use capital-distance for new work. "
            + _CAPITAL_LIMITS,
            coding=_FIRST_CAPITAL,
            missing=_NO_CAPITAL,
            coverage=_CAPITAL_COVERAGE,
            checked="Against add_capital_distance of peacesciencer 1.2.9 in 1914, 1950, 1980 and 2000: all "
            "68,000 ordered pairs within a millimetre.",
        ),
        "pair",
        capital_distance_spherical,
    ),
    Yearly(
        Card(
            id="minimum-distance",
            kind="measure",
            definition="The least distance between the territories of two states.",
            equation="d(i, j) = what is recorded of the year; 0 where they touch",
            inputs=("dyad: minimum_distance of cow-mindist or gw-mindist",),
            unit="km",
            citation="Weidmann, Kuse & Gleditsch (2010), The Geography of the International System: The "
            "CShapes Dataset",
            limits="Borders are simplified; dependencies are not part of a state.",
            coding="Of several amounts within a year that which held first counts; the file is that for the "
            "state system.",
            missing="No value where the two were no members on one day, or the record has none for the year.",
            coverage="Pairs of members of either state system, 1886 to 2019.",
            checked="Against hand-made records; the values are the source's own.",
        ),
        "pair",
        minimum_distance,
    ),
)
