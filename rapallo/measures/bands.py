"""Ordinal bands of dependence and leverage: one per domain, and one for all domains together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.own_file import own_bytes
from rapallo.measures.suppliers import DOMAINS
from rapallo.sources.starter.strict import parse

__all__ = ["CARD", "LARGEST", "Bands", "Overall", "load_bands"]

LARGEST = 20_000
"""Bytes a file of bands may have."""

_MOST = 12
_LONGEST = 30
_HINT = "copy rapallo/measures/bands.yaml and change the copy"
_FIELDS = frozenset(("about", "source", "bands", "heavy", "domains"))

CARD = Card(
    id="leverage-bands",
    kind="measure",
    definition="The leverage of C over B, and with it B's dependence on C, in words: none, slight, marked, "
    "heavy or near total, per domain; and over all domains the highest band of any, with how many "
    "domains are heavy or more.",
    equation="band = the last whose cut point is at most the value; overall = max over the domains that the "
    "record can tell of band(domain); heavy = number of domains of the band heavy or above",
    inputs=("leverage by domain", "cut points: bands.yaml, or a file of one's own"),
    unit="ordinal: five bands, and a count of domains",
    citation="Emerson (1962), Power-Dependence Relations, for what is banded; Baldwin (1980), "
    "Interdependence and Power, for dependence as the cost of forgoing a tie; the bands and their cut points "
    "are Rapallo's",
    limits="Bands lose what lies between cut points: 0.29 and 0.31 stand a band apart. The highest band says "
    "nothing of how much the domain matters to the state.",
    coding="Domains are not added up or averaged. A share of trade, a share of protection and a share of the "
    "ways to the sea have no common unit, and any weights that made them one would decide the answer "
    "unseen. The highest is what one side can hold over the other at its best hand; the count tells one "
    "strong hand from several.",
    missing="A domain that the record cannot tell has no band, is listed with the reason, and is left out of "
    "the highest and the count; these are then the least they can be. Where no domain can be told there "
    "is no band over all.",
    coverage="that of dependence, domain by domain",
    checked="Cut points and the band over all against cases worked by hand; that the band never falls as the "
    "value rises, on values drawn at random.",
)


@dataclass(frozen=True, slots=True)
class Overall:
    """What one state holds over another in all domains together.

    Attributes:
        band: the highest of any domain; None where no domain can be told.
        domains: those of that band; none where the band is the lowest there is.
        heavy: those of the band that counts as heavy, or above.
        told: the domains that the record can tell.
        untold: those that it cannot, each with the reason.
    """

    band: str | None
    domains: tuple[str, ...]
    heavy: tuple[str, ...]
    told: tuple[str, ...]
    untold: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bands:
    """Bands with their cut points.

    Attributes:
        names: the least first.
        heavy: the name of the band from which a domain counts as heavy.
        least: cut points by domain, in the order of the names.
    """

    names: tuple[str, ...]
    heavy: str
    least: Mapping[str, tuple[float, ...]]

    def of(self, domain: str, value: float) -> str:
        """The band of a value, 0 to 1, in a domain.

        Examples:
            >>> [load_bands().of("trade", value) for value in (0.0, 0.05, 0.1, 0.65, 0.9)]
            ['none', 'slight', 'marked', 'heavy', 'near total']
        """
        return self.names[bisect_right(self.least[domain], value) - 1]

    def overall(self, values: Mapping[str, float], untold: Mapping[str, str]) -> Overall:
        """The highest band of any domain, and the domains that are heavy.

        Args:
            values: by domain, those that the record can tell.
            untold: why it cannot, by domain.

        Examples:
            >>> load_bands().overall({"trade": 0.9, "arms": 0.4, "energy": 0.0}, {"aid": "no row"}).heavy
            ('trade', 'arms')
        """
        ranks = {domain: self.names.index(self.of(domain, value)) for domain, value in values.items()}
        highest = max(ranks.values(), default=None)
        return Overall(
            band=None if highest is None else self.names[highest],
            domains=tuple(domain for domain, rank in ranks.items() if rank == highest and rank),
            heavy=tuple(domain for domain, rank in ranks.items() if rank >= self.names.index(self.heavy)),
            told=tuple(values),
            untold=dict(untold),
        )


def load_bands(path: Path | None = None) -> Bands:
    """The bands in a file, or those that come with Rapallo.

    Raises:
        InputError: where the file cannot be read, is too large or holds no such bands.

    Examples:
        >>> load_bands().names
        ('none', 'slight', 'marked', 'heavy', 'near total')
    """
    if path is None:
        return _shipped()
    raw = own_bytes(path, "bands", most=LARGEST, hint=_HINT)
    return _bands(parse(str(path), raw), str(path))


@cache
def _shipped() -> Bands:
    raw = files("rapallo.measures").joinpath("bands.yaml").read_bytes()
    return _bands(parse("bands.yaml", raw), "bands.yaml")


def _bands(raw: object, name: str) -> Bands:
    entries = _mapping(raw, name)
    for unknown in entries.keys() - _FIELDS:
        _refuse(f"{name}: {unknown!a} is no part of it")
    shared = _points(entries.get("bands"), f"{name}: bands")
    own = _mapping(entries.get("domains") or {}, f"{name}: domains")
    for domain in own.keys() - set(DOMAINS):
        _refuse(f"{name}: {domain!a} is no domain", hint=f"the domains are {', '.join(DOMAINS)}")
    least = {d: _points(own[d], f"{name}: {d}") if d in own else shared for d in DOMAINS}
    for domain, points in least.items():
        if tuple(points) != tuple(shared):
            _refuse(f"{name}: {domain} has other bands than the rest")
    heavy = entries.get("heavy")
    if not isinstance(heavy, str) or heavy not in shared:
        _refuse(f"{name}: heavy names none of the bands")
    return Bands(tuple(shared), heavy, {d: tuple(points.values()) for d, points in least.items()})


def _points(raw: object, name: str) -> Mapping[str, float]:
    entries = _mapping(raw, name)
    if not 2 <= len(entries) <= _MOST:
        _refuse(f"{name}: 2 to {_MOST} bands are wanted")
    points: dict[str, float] = {}
    for band, least in entries.items():
        if not isinstance(least, int | float) or not 0.0 <= least <= 1.0:
            _refuse(f"{name}: the cut point of {band!a} is no number from 0 to 1")
        points[band] = float(least)
    rising = list(points.values())
    if rising[0] != 0.0 or any(more <= less for less, more in pairwise(rising)):
        _refuse(f"{name}: cut points start at 0 and rise from band to band")
    return points


def _mapping(raw: object, name: str) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        _refuse(f"{name} holds no entries")
    for key in raw:
        if not isinstance(key, str) or not 0 < len(key) <= _LONGEST or not key.isprintable():
            _refuse(f"{name}: a name is no text of 1 to {_LONGEST} characters")
    return raw


def _refuse(message: str, *, hint: str = _HINT) -> NoReturn:
    raise InputError(message, hint=hint)
