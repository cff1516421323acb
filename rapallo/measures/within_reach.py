"""Which cities a state's missiles reach, and how many people live in them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.geography import capitals, ellipsoid_km
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["MEASURES", "City", "CityInReach", "WithinReach", "cities", "cities_within", "within_reach"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class City:
    """A city.

    Attributes:
        state: code of the state it lies in or is held by.
        name: as GeoNames has it.
        latitude: degrees north.
        longitude: degrees east.
        people: how many live there, to the thousand.
    """

    state: str
    name: str
    latitude: float
    longitude: float
    people: int


@dataclass(frozen=True, slots=True)
class CityInReach:
    """A city within a range.

    Attributes:
        city: the city.
        km: how far it lies.
    """

    city: City
    km: float


@dataclass(frozen=True, slots=True)
class WithinReach:
    """The cities that a state's missiles reach.

    Attributes:
        actor: code of the state that launches.
        km: the range.
        origin: whence: degrees north and east.
        within: the cities of other states inside it, the nearest first.
        path: ids of the rows that give the range; none where it was supposed.
    """

    actor: str
    km: float
    origin: tuple[float, float]
    within: tuple[CityInReach, ...]
    path: tuple[str, ...]

    @property
    def people(self) -> int:
        """How many people live in the cities."""
        return sum(near.city.people for near in self.within)


@cache
def cities() -> tuple[City, ...]:
    """The cities of at least 300,000 people, and the largest of each state, as of 2026.

    From GeoNames (geonames.org, CC BY 4.0), thinned and rounded; see ``scripts/make_cities.py``. People are
    those of the city as GeoNames draws it: within its limits for some, with its suburbs for others. A suburb
    that lies inside the circle of a larger city of the state is not listed. Taiwan's, Kosovo's and
    Palestine's cities are their own; those of Hong Kong and Macau are China's, those of Puerto Rico the
    United States', those of Crimea Ukraine's and Laayoune Western Sahara's. None of it judges title.

    Examples:
        >>> max(cities(), key=lambda city: city.people).name
        'Shanghai'
    """
    raw = json.loads(files("rapallo.measures").joinpath("cities.json").read_bytes())
    return tuple(
        City(state, name, north, east, 1000 * people) for state, name, north, east, people in raw["cities"]
    )


@cache
def _places() -> Floats:
    """Where the cities lie, degrees north and east; shape (2, cities)."""
    return np.array([(city.latitude, city.longitude) for city in cities()]).T


def cities_within(origin: tuple[float, float], km: float, *, without: str = "") -> tuple[CityInReach, ...]:
    """The cities within a distance of a place, the nearest first.

    Args:
        origin: degrees north and east.
        km: the distance over the WGS84 ellipsoid.
        without: code of a state whose cities do not count.

    Examples:
        >>> [near.city.name for near in cities_within((48.86, 2.35), 280)]
        ['Paris', 'Marne La Vallée', 'Brussels']
    """
    distances = ellipsoid_km(np.array(origin)[:, None], _places())
    found = [
        CityInReach(cities()[at], float(distances[at]))
        for at in np.flatnonzero(distances <= km).tolist()
        if cities()[at].state != without
    ]
    return tuple(sorted(found, key=lambda near: (near.km, near.city.name)))


def within_reach(
    view: View, state: str, *, km: float | None = None, origin: tuple[float, float] | None = None
) -> WithinReach | None:
    """The cities of other states that a state's missiles reach.

    Args:
        view: the view.
        state: code of the state.
        km: a range to suppose instead of the recorded one.
        origin: whence, degrees north and east, instead of the capital.

    Returns:
        The reach, or None where no range is given and the record holds none.

    Raises:
        InputError: where the capital is not known and no origin is given.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> [near.city.name for near in within_reach(view, "PRK", km=200).within]
        ['Dandong', 'Uijeongbu-si', 'Incheon', 'Seoul']
    """
    path: tuple[str, ...] = ()
    if km is None:
        trait = view.traits("missile_range").get(state)
        if trait is None:
            return None
        km, path = trait.value, (trait.id,)
    if origin is None:
        known = actors.actor(state, on=view.on)
        if known.latitude is None or known.longitude is None:
            msg = f"where the capital of {state} lies is not known"
            raise InputError(msg, hint="give the place that the missiles start from")
        origin = known.latitude, known.longitude
    return WithinReach(state, km, origin, cities_within(origin, km, without=state), path)


def _in_range(panel: Panel, row: int, tally: Callable[[NDArray[np.bool_]], float]) -> Floats:
    """What the cities come to that each state with missiles reaches from its capital; shape (states,)."""
    ranges, at = _ranges(panel)[row], capitals(panel)[:, row]
    owners = _owners(panel)[row]
    found = np.full(ranges.shape, np.nan)
    for place in np.flatnonzero(panel.system.member[row] & (ranges > 0) & np.isfinite(at).all(axis=0)):
        near = ellipsoid_km(at[:, place, None], _places()) <= ranges[place]
        found[place] = tally(near & (owners != place))
    return found


def _ranges(panel: Panel) -> Floats:
    """The last range told up to each year, also where that is before the panel; shape (years, states)."""

    def make() -> Floats:
        found = np.full(panel.system.shape, np.nan)
        on = dt.date(panel.years[-1], 12, 31)
        asked = {"names": ["missile_range"], "on": on, **panel.as_known()}
        told = [
            row for row in panel.record.query("traits_over_years", **asked).to_pylist() if row["valid_from"]
        ]
        for row in sorted(told, key=lambda row: (row["valid_from"], row["confidence"])):
            held = panel.system.holders.get(row["actor"])
            since = max(row["valid_from"].year - panel.years[0], 0)
            if held is not None:
                at = since + np.flatnonzero(held[1, since:] >= 0)
                found[at, held[1, at]] = row["value"]
        return found

    return panel.keep("missile ranges", make)


def _owners(panel: Panel) -> Ints:
    """The columns of the states that hold the cities, by year; -1 for no member; shape (years, cities)."""

    def make() -> Ints:
        nobody = np.full((3, len(panel.years)), -1)
        return np.array(
            [panel.system.holders.get(city.state, nobody)[1] for city in cities()], dtype=np.int64
        ).T

    return panel.keep("owners of cities", make)


def _people(near: NDArray[np.bool_]) -> float:
    return float(sum(cities()[at].people for at in np.flatnonzero(near).tolist()))


def _count(near: NDArray[np.bool_]) -> float:
    return float(near.sum())


def _card(name: str, definition: str, equation: str, unit: str) -> Card:
    return Card(
        id=name,
        kind="measure",
        definition=definition,
        equation=equation,
        inputs=(
            "trait: missile_range",
            "trait: capital_latitude, capital_longitude of cow-capitals or gw-capitals",
            "cities of GeoNames, kept with the program",
        ),
        unit=unit,
        citation="Boulding (1962), Conflict and Defense, for the loss of strength over distance",
        limits="From the capital, whence nobody launches; with the longest range, whatever is carried. "
        "Cities and people are those of 2026 in every year, and cities below 300,000 people are left out. "
        "Defences, accuracy and numbers are not modelled.",
        coding="The last range that the record tells up to the year. Distance over the WGS84 ellipsoid to "
        "the middle of the city; its own cities do not count.",
        missing="No value for a state that was no member, or whose capital or range the record lacks.",
        coverage="States whose missiles the record tells of, from 1998 to 2024 as shipped.",
        checked="Against hand-made ranges and the map: all cities lie within half a degree of the outline of "
        "their state, save on small islands, in Crimea and in Laayoune; over 94 % within the outline.",
    )


MEASURES: tuple[Yearly, ...] = (
    Yearly(
        _card(
            "people-in-missile-range",
            "How many people live in the cities of other states that the missiles of a state reach.",
            "sum of the people of the cities with distance(capital, city) <= range",
            "people",
        ),
        "state",
        lambda panel, row: _in_range(panel, row, _people),
    ),
    Yearly(
        _card(
            "cities-in-missile-range",
            "How many cities of other states the missiles of a state reach.",
            "number of cities with distance(capital, city) <= range",
            "cities",
        ),
        "state",
        lambda panel, row: _in_range(panel, row, _count),
    ),
)
