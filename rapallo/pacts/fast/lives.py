"""The pacts, wars and territorial disputes of a record over all time, read once for many days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from rapallo.model import Tie
from rapallo.record import Record, lives, nouns

__all__ = ["Day", "Lives"]

_KINDS = ("pact", "war", "territorial_dispute")
_ALIVE = {"signed", "in_force", "suspended"}
_EVER = dt.date.max


class Lives:
    """The ties that bear on who must help whom, with all their steps, parties and clauses.

    Args:
        record: where they are read from.
        known: as the record knew it then; its last write where None.

    Examples:
        >>> from rapallo.pacts.web import weave
        >>> record, on = Record.open(), dt.date(2024, 6, 22)
        >>> weave(Lives(record).view(on)) == weave(record.view(on))
        True
    """

    def __init__(self, record: Record, known: dt.date | None = None) -> None:
        self.record, self.known = record, known
        whole = record.query("ties_known", known=known)
        whole = whole.filter(pc.is_in(whole["kind"], pa.array(_KINDS)))
        (_, own), *rest = nouns.TIE_PARTS.items()
        parts = [whole.select(own)]
        for name, cells in rest:
            params = {"on": _EVER} if name.endswith("_as_of") else {}
            rows = record.query(name, known=known, **params).select(cells)
            parts.append(rows.filter(pc.is_in(rows["tie"], whole["id"])))
        self.ties = nouns.ties(*parts)

    @cached_property
    def codes(self) -> frozenset[str]:
        """All states that are or were party to one of them, or that a clause names."""
        parties = {party.actor for tie in self.ties.values() for party in tie.parties}
        named = {code for tie in self.ties.values() for c in tie.clauses for code in c.protected}
        return frozenset(parties | named)

    def view(self, on: dt.date) -> Day:
        """What ``rapallo.pacts.web.weave`` asks of a view of that day."""
        begun = {name: tie for name, tie in self.ties.items() if tie.phase(on) not in {None, "ended"}}
        standing = lives.standing(begun, on)
        held = tuple(tie.as_of(on) for tie, _ in lives.alive(standing.values(), on))
        return Day(on, held, self.record, self.known)


@dataclass(frozen=True, slots=True)
class Day:
    """The pacts, wars and disputes of a day."""

    on: dt.date
    held: tuple[Tie, ...]
    record: Record
    known: dt.date | None

    def pacts(self) -> tuple[Tie, ...]:
        """The pacts that are signed, in force or suspended."""
        return tuple(tie for tie in self.held if tie.kind == "pact" and tie.phase(self.on) in _ALIVE)

    def ties(self, *actors: str, kind: str | None = None) -> tuple[Tie, ...]:
        """The ties of that kind of which all those are members."""
        wanted = set(actors)
        return tuple(
            tie for tie in self.held if kind in {None, tie.kind} and wanted <= set(tie.members(self.on))
        )

    def query(self, name: str, /, **params: object) -> pa.Table:
        """A named question of the record, as it was known then."""
        return self.record.query(name, known=self.known, **params)
