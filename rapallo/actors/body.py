"""An organisation, an armed group or a bloc, read from its row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.actors.notation import phrases, spans
from rapallo.actors.spells import named, overlap, spell
from rapallo.errors import InputError
from rapallo.model import Actor, ActorKind, Interval, Name

if TYPE_CHECKING:
    from rapallo.actors.rows import BodyRow

__all__ = ["Body", "read_body"]

_SECTOR = {"organisation": "IGO", "group": "REB"}


@dataclass(frozen=True)
class Body:
    """An organisation, an armed group or a bloc."""

    id: str
    kind: ActorKind
    name: str
    exists: tuple[Interval, ...]
    of: str | None
    region: str
    fuzzy: str
    everyone: bool
    without: frozenset[str]
    members: tuple[tuple[str, Interval], ...]
    own_names: tuple[tuple[str, Name], ...]
    sector: str
    basis: str

    def on(self, on: dt.date | None, names: tuple[Name, ...]) -> Actor | None:
        """The body as it was that day, or as it was last; None where it did not exist."""
        when = spell(self.exists, on)
        if when is None:
            return None
        return Actor(
            id=self.id, kind=self.kind, name=self.name, when=when, names=names, of=self.of,
            region=self.region, members=self.members, basis=self.basis,
        )  # fmt: skip


def read_body(kind: ActorKind, row: BodyRow) -> Body:
    """Read the row of an organisation, a group or a bloc.

    Raises:
        InputError: where a span is not in the notation, or a state leaves that never joined.
    """
    exists = spans(row.exists)
    own = [*named(phrases(row.name), "short", exists), *named(phrases(row.aka), "short", exists)]
    return Body(
        id=row.id,
        kind=kind,
        name=phrases(row.name)[0].text,
        exists=exists,
        of=row.of or None,
        region=row.region,
        fuzzy=row.fuzzy,
        everyone=row.members == "all",
        without=frozenset(row.without.split()),
        members=_memberships(row, exists),
        own_names=tuple((kind, name) for name in dict.fromkeys(own)),
        sector=row.sector or _SECTOR.get(kind, ""),
        basis=row.basis or "recalled",
    )


def _memberships(row: BodyRow, exists: tuple[Interval, ...]) -> tuple[tuple[str, Interval], ...]:
    """Pairs of member and days while the body exists; the day of leaving is the last."""
    changes = [(when, 0, member) for when, listed in row.joined.items() for member in listed.split()]
    changes += [(when, 1, member) for when, listed in row.left.items() for member in listed.split()]
    joined: dict[str, dt.date] = {}
    found: list[tuple[str, Interval]] = []
    for when, leaves, member in sorted(changes):
        if leaves and member not in joined:
            msg = f"{row.id}: {member} leaves on {when} and never joined"
            raise InputError(msg, hint="give the day it joined")
        if leaves:
            found.append((member, Interval(joined.pop(member), when, "range")))
        else:
            joined[member] = when
    found += [(member, Interval(when, None, "since")) for member, when in joined.items()]
    clipped = [(m, days) for m, when in found for spell in exists if (days := overlap(when, spell))]
    return tuple(sorted(clipped, key=lambda pair: (pair[1].start or dt.date.min, pair[0])))
