"""Where an attack falls, for clauses that protect only a territory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

__all__ = ["Place", "claimed", "elsewhere", "within", "within_any"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is not simply a state.

    Attributes:
        id: its code or name.
        of: code of the state that administers it.
        soil: whether it is soil of that state, and no dependency with a code of its own.
        claimed_by: codes of the other states that claim it.
    """

    id: str
    of: str
    soil: bool
    claimed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Atlas:
    places: Mapping[str, Place]
    areas: Mapping[str, frozenset[str]]
    outside: Mapping[str, frozenset[str]]
    own: frozenset[str]


@lru_cache(maxsize=8192)
def within(where: str, territory: str, *, attacked: str = "") -> bool | None:
    """Whether a place lies in a territory.

    Args:
        where: code of a state or dependency, or the name of a place.
        territory: the same, or a named area, or ``territory of the attacked``.
        attacked: code of the state that is attacked there.

    Returns:
        True or False; None where the table of places does not say, or where the territory's state only claims
        the place.

    Examples:
        >>> within("Senkaku", "JPN"), within("FLK", "GBR"), within("FLK", "north_atlantic")
        (True, False, False)
        >>> within("Crimea", "UKR") is None, within("Ruritania", "europe") is None
        (True, True)
        >>> within("POL", "territory of the attacked", attacked="POL")
        True
    """
    atlas = _atlas()
    if _norm(territory) in atlas.own:
        return _own(where, attacked)
    spot, zone = _norm(where), _norm(territory)
    place = atlas.places.get(spot)
    spot = _norm(place.id) if place else spot
    other = atlas.places.get(zone)
    zone = _norm(other.id) if other else zone
    if spot == zone:
        return True
    soil_of = _norm(place.of) if place and place.soil else None
    if zone in atlas.areas:
        if spot in atlas.areas[zone]:
            return True
        if not place and not _is_code(where):
            return None
        return soil_of in atlas.areas[zone] and spot not in atlas.outside[zone]
    if soil_of == zone:
        return True
    if place and territory in place.claimed_by:
        return None
    return False if (place or _is_code(where)) and (other or _is_code(territory)) else None


@lru_cache(maxsize=8192)
def within_any(where: str, territories: tuple[str, ...], *, attacked: str = "") -> bool | None:
    """Whether a place lies in one of the territories of a clause.

    A place that one of the areas leaves out is not brought in by the state whose soil it is.

    Examples:
        >>> within_any("Hawaii", ("USA", "Pacific")), within_any("Hawaii", ("USA", "North America"))
        (True, False)
    """
    atlas = _atlas()
    zones = territories
    place = atlas.places.get(_norm(where))
    if place and any(_norm(place.id) in atlas.outside.get(_norm(zone), ()) for zone in zones):
        zones = tuple(zone for zone in zones if zone != place.of)
    found = [within(where, zone, attacked=attacked) for zone in zones]
    return True if any(found) else (None if None in found else False)


def _own(where: str, holder: str) -> bool | None:
    place = _atlas().places.get(_norm(where))
    if place and place.of == holder and place.soil:
        return True
    return True if where == holder else (None if place or not _is_code(where) else False)


@lru_cache(maxsize=512)
def elsewhere(holder: str) -> tuple[str, ...]:
    """Ids of the dependencies and listed parts that the state administers."""
    return tuple(dict.fromkeys(p.id for p in _atlas().places.values() if p.of == holder))


@lru_cache(maxsize=1 << 16)
@lru_cache(maxsize=8192)
def claimed(holder: str, claimant: str) -> tuple[str, ...]:
    """Ids of the places that the one administers and the other claims.

    Examples:
        >>> claimed("GBR", "ARG")
        ('FLK', 'SGS')
    """
    held = (p for p in _atlas().places.values() if p.of == holder and claimant in p.claimed_by)
    return tuple(dict.fromkeys(p.id for p in held))


def _norm(text: str) -> str:
    return text.strip().casefold().replace(" ", "_").replace("-", "_").removeprefix("the_")


def _is_code(text: str) -> bool:
    return len(text) == 3 and text.isascii() and text.isupper()


@cache
def _atlas() -> _Atlas:
    text = files("rapallo.pacts").joinpath("data/places.yaml").read_bytes()
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    places = {}
    for group, soil in (("dependencies", False), ("parts", True)):
        for key, entry in raw[group].items():
            place = Place(key, entry["of"], soil, tuple(entry.get("claimed_by", ())))
            places.update({_norm(name): place for name in (key, *entry.get("names", ()))})
    areas, outside = {}, {}
    for key, entry in raw["areas"].items():
        for name in (key, *entry.get("names", ())):
            areas[_norm(name)] = frozenset(map(_norm, entry["holds"]))
            outside[_norm(name)] = frozenset(map(_norm, entry.get("not", ())))
    return _Atlas(places, areas, outside, frozenset(raw["attacked"]["names"]))
