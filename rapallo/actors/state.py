"""A state through time, read from its row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.actors.notation import ALWAYS, Capital, Phrase, capitals, codes, phrases, spans
from rapallo.actors.spells import holds, named, overlap, spell
from rapallo.model import Actor, Interval, Name

if TYPE_CHECKING:
    from rapallo.actors.rows import StateRow

__all__ = ["State", "read_state"]

_UNCHANGED_PLURAL = ("ese", "ish", "ch", "ss", "x")


@dataclass(frozen=True)
class State:
    """A state through time: what its row says, read."""

    id: str
    iso3: str | None
    region: str
    exists: tuple[Interval, ...]
    cow: tuple[tuple[int, Interval], ...]
    gw: tuple[tuple[int, Interval], ...]
    capitals: tuple[Capital, ...]
    short: tuple[Name, ...]
    own_names: tuple[tuple[str, Name], ...]
    into: tuple[str, ...]
    out_of: tuple[str, ...]
    lives_on: str | None
    status: str
    of: tuple[tuple[str, Interval], ...]
    basis: str

    @property
    def is_territory(self) -> bool:
        """Whether it belongs to another state and is none itself."""
        return self.status == "territory"

    @property
    def sector(self) -> str:
        """``PRE`` where it governs itself and is held to be a part of another state."""
        return "PRE" if self.of and not self.is_territory else ""

    def part_of(self, on: dt.date) -> str | None:
        """The state it belongs to, or is held to be a part of, that day."""
        return next((owner for owner, days in self.of if days.contains(on)), None)

    def on(self, on: dt.date | None, names: tuple[Name, ...]) -> Actor | None:
        """The state as it was that day, or as it was last; None where it did not exist."""
        when = spell(self.exists, on)
        if when is None:
            return None
        asked = on or when.end or dt.date.max
        seat = next((c for c in self.capitals if holds(c.when, asked)), None)
        named = next((n for n in self.short if n.when.contains(asked)), self.short[0])
        return Actor(
            id=self.id,
            kind="state",
            name=named.text,
            when=when,
            names=names,
            iso3=self.iso3,
            cow=next((c for c, days in self.cow if days.contains(asked)), None),
            gw=next((c for c, days in self.gw if days.contains(asked)), None),
            region=self.region,
            of=self.part_of(asked),
            status=self.status,
            basis=self.basis,
            capital=seat.name.text if seat else "",
            latitude=seat.latitude if seat else None,
            longitude=seat.longitude if seat else None,
        )


def _plurals(adjectives: Iterable[Phrase]) -> Iterator[Phrase]:
    """The people named by an adjective: Russian, Russians; but Chinese, Swiss, Czech stay as they are."""
    for adjective in adjectives:
        if not adjective.text.isupper() and "." not in adjective.text:
            same = adjective.text.endswith(_UNCHANGED_PLURAL)
            yield Phrase(adjective.text + ("" if same else "s"), adjective.when, adjective.weight)


def read_state(row: StateRow) -> State:
    """Read the row of a state.

    Raises:
        InputError: where a span, code or capital is not in the notation.
    """
    exists = spans(row.exists)
    adjectives, towns = phrases(row.adj), capitals(row.capital)
    people = _plurals(adjectives) if row.people is None else phrases(row.people)
    short = tuple(named(phrases(row.name), "short", exists))
    own: list[tuple[str, Name]] = [("state", name) for name in short]
    for text, kind in ((row.official, "official"), (row.aka, "short"), (row.former, "former")):
        own += [("state", name) for name in named(phrases(text), kind, exists)]
    own += [("nationals", name) for name in named((*adjectives, *people), "demonym", exists)]
    for town in towns:
        clipped = (overlap(w, e) for w in town.when or (ALWAYS,) for e in exists)
        days = tuple(when for when in clipped if when)
        own += [("capital", name) for name in named((town.name,), "capital", days)]
    return State(
        id=row.id,
        iso3=row.id if row.iso else None,
        region=row.region,
        exists=exists,
        cow=codes(row.cow, exists),
        gw=codes(row.gw, exists),
        capitals=towns,
        short=short,
        own_names=tuple(dict.fromkeys(own)),
        into=tuple(row.into.split()),
        out_of=tuple(row.out_of.split()),
        lives_on=row.lives_on or None,
        status=row.status,
        of=tuple((p.text, p.when or ALWAYS) for p in phrases(row.of)),
        basis=row.basis or "recalled",
    )
