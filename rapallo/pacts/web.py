"""The clauses at hand on one day, indexed by whom they protect."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rapallo.model import Clause, Tie
from rapallo.pacts.same import Told, once

__all__ = ["Bond", "View", "Web", "weave"]

_RESTRAINTS = frozenset({"neutrality", "non_aggression"})


class View(Protocol):
    """What this floor asks of a view of the record; ``rapallo.record.View`` is one."""

    @property
    def on(self) -> dt.date:
        """The day the record is asked about."""

    def pacts(self) -> tuple[Tie, ...]:
        """Every pact signed, in force or suspended that day, with its clauses."""

    def ties(self, *actors: str, kind: str | None = None) -> tuple[Tie, ...]:
        """Every tie of that kind in which all the named actors are members that day."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A clause as it stands on the day.

    Attributes:
        clause: its terms.
        tie: its pact.
        phase: ``signed, in_force, suspended``.
        members: the parties to the pact that day.
        obliged: those of them that owe it.
        protected: to whom it is owed, parties or not.
        apart: what another source of the same treaty tells otherwise of the clause, in words.
    """

    clause: Clause
    tie: Tie
    phase: str
    members: tuple[str, ...]
    obliged: tuple[str, ...]
    protected: tuple[str, ...]
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Web:
    """All bonds of a day and what else of the record bears on them.

    Attributes:
        on: the day.
        bonds: in the order of the record's rows.
        protecting: positions in ``bonds`` by protected actor.
        restraining: positions by protected actor of those in force that bid not to fight it or its foes.
        wars: id of the war tie by (who attacked, whom).
        disputes: pairs that claim the same territory.
    """

    on: dt.date
    bonds: tuple[Bond, ...]
    protecting: Mapping[str, tuple[int, ...]]
    restraining: Mapping[str, tuple[int, ...]]
    wars: Mapping[tuple[str, str], str]
    disputes: frozenset[frozenset[str]]


def weave(view: View) -> Web:
    """Index the view, each treaty once.

    A pact that is only signed counts its signatories, any other its members that day.
    """
    bonds = tuple(bond for told in once(view) for bond in _bonds(told, view.on))
    protecting: dict[str, list[int]] = defaultdict(list)
    restraining: dict[str, list[int]] = defaultdict(list)
    for number, bond in enumerate(bonds):
        restrains = bond.phase == "in_force" and bond.clause.kind in _RESTRAINTS
        for code in bond.protected:
            protecting[code].append(number)
            if restrains:
                restraining[code].append(number)
    wars = {
        (actor, target): tie.id
        for tie in view.ties(kind="war")
        if _fought(tie, view.on)
        for actor in tie.members(view.on, role="actor")
        for target in tie.members(view.on, role="target")
    }
    disputes = frozenset(
        frozenset((one, other))
        for tie in view.ties(kind="territorial_dispute")
        for one in tie.members(view.on)
        for other in tie.members(view.on)
        if one != other
    )
    return Web(view.on, bonds, _fixed(protecting), _fixed(restraining), wars, disputes)


def _fixed(found: Mapping[str, list[int]]) -> Mapping[str, tuple[int, ...]]:
    return {code: tuple(numbers) for code, numbers in found.items()}


def _bonds(told: Told, on: dt.date) -> tuple[Bond, ...]:
    tie = told.tie
    phase = tie.phase(on)
    if phase not in {"signed", "in_force", "suspended"}:
        return ()
    members = _signatories(tie, on) if phase == "signed" else tie.members(on)
    once_party = {party.actor for party in tie.parties}
    bonds = []
    for clause in tie.clauses:
        if phase != "signed" and not clause.envelope.valid.contains(on):
            continue
        obliged = tuple(code for code in members if not clause.obliged or code in clause.obliged)
        named = clause.protected or members
        protected = tuple(code for code in named if code in members or code not in once_party)
        apart = told.apart.get(clause.id, ())
        bonds.append(Bond(clause, tie, phase, members, obliged, protected, apart))
    return tuple(bonds)


def _signatories(tie: Tie, on: dt.date) -> tuple[str, ...]:
    staying = (p.actor for p in tie.parties if p.when.end is None or on <= p.when.end)
    return tuple(dict.fromkeys(staying))


def _fought(tie: Tie, on: dt.date) -> bool:
    return tie.phase(on) == "in_force" if tie.phases else tie.envelope.valid.contains(on)
