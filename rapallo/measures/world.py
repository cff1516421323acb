"""The rows of one view, sorted by whom they concern, so that each measure reads them once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import combinations, permutations, product
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.errors import UnknownActorError
from rapallo.measures.cinc import cinc
from rapallo.model import Clause, Flow, Tie, Trait

if TYPE_CHECKING:
    import datetime as dt

    from rapallo.record import View

__all__ = ["COMPONENTS", "STALE", "Promise", "World", "expand"]

STALE = 10
"""A flow that ended more than so many years before the day says nothing of the day."""

COMPONENTS = ("military_expenditure", "military_personnel", "population", "primary_energy", "iron_steel")

Promise = tuple[Clause, Tie]

_FLOWS = ("trade", "arms", "energy", "aid", "own:transit")


def expand(code: str, on: dt.date) -> tuple[str, ...]:
    """The states a code stands for on that day: itself, the members of an organisation, or none.

    Raises:
        UnknownActorError: where nobody bears the code.
    """
    kind = actors.actor(code, on=on).kind
    if kind == "state":
        return (code,)
    return actors.members(code, on) if kind in {"organisation", "bloc"} else ()


class World:
    """One view of the record, indexed by state; measures that take a view take a world as well.

    An organisation that is party to a tie stands for its members of the day. What it does to one of its own
    members is a collective measure and is not laid at the door of each member: a sanction that an
    organisation imposes on one of its members makes no adversary of the others.

    Attributes:
        view: the view it was made from.
        on: the day.
    """

    def __init__(self, view: View) -> None:
        self.view = view
        self.on = view.on
        self._expanded: dict[str, tuple[str, ...]] = {}

    @classmethod
    def of(cls, source: View | World) -> World:
        """The world of a view; a world is handed back as it is."""
        return source if isinstance(source, World) else cls(source)

    def in_being(self, code: str) -> bool:
        """Whether the bearer of a code is in being on the day."""
        try:
            actors.actor(code, on=self.on)
        except UnknownActorError:
            return False
        return True

    def states(self, code: str) -> tuple[str, ...]:
        """The states that a code stands for on the day; none where its bearer is not in being then.

        A tie whose end no source tells can outlive a party to it.
        """
        if code not in self._expanded:
            self._expanded[code] = expand(code, self.on) if self.in_being(code) else ()
        return self._expanded[code]

    def members(self, tie: Tie, role: str | None = None) -> tuple[str, ...]:
        """The states that are party to a tie on the day, those of its organisations among them."""
        return tuple(dict.fromkeys(s for code in tie.members(self.on, role=role) for s in self.states(code)))

    def doers(self, tie: Tie) -> tuple[str, ...]:
        """Who does a directed tie to whom: the states in the role ``actor``.

        Where an organisation acts on one of its own members, its members do not count as doers.
        """
        targets = set(self.members(tie, "target"))
        return tuple(
            dict.fromkeys(
                state
                for code in tie.members(self.on, role="actor")
                for state in self.states(code)
                if self.states(code) == (code,) or not targets & set(self.states(code))
            )
        )

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every tie begun and not ended by the day, save those that are suspended and without effect."""
        return tuple(tie for tie in self.view.ties() if tie.phase(self.on) != "suspended")

    @cached_property
    def _by_state(self) -> Mapping[str, tuple[Tie, ...]]:
        found: dict[str, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            for state in self.members(tie):
                found[state].append(tie)
        return {state: tuple(ties) for state, ties in found.items()}

    @cached_property
    def _by_pair(self) -> Mapping[tuple[str, str], tuple[Tie, ...]]:
        found: dict[tuple[str, str], list[Tie]] = defaultdict(list)
        for tie in self.ties:
            if tie.members(self.on, role="party"):
                ends: Iterable[tuple[str, str]] = (
                    (a, b) for one, other in self._sides(tie) for a in one for b in other
                )
            else:
                ends = product(self.doers(tie), self.members(tie, "target"))
            for pair in {(min(a, b), max(a, b)) for a, b in ends if a != b}:
                found[pair].append(tie)
        return {pair: tuple(ties) for pair, ties in found.items()}

    def _sides(self, tie: Tie) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Who faces whom in a mutual tie: party and party; where one organisation is all, its members."""
        parties = [self.states(code) for code in tie.members(self.on)]
        return combinations(parties, 2) if len(parties) > 1 else product(parties, parties)

    @cached_property
    def borders(self) -> Mapping[str, Mapping[str, Tie]]:
        """The land borders that are not closed, by state and neighbour.

        A border that no source says to have ended stands, even after the last year of its source. It is
        closed where any tie of the two says that it is suspended.
        """
        found: dict[str, dict[str, Tie]] = defaultdict(dict)
        closed = set()
        for tie in self.view.ties(kind="border", ended=True):
            codes = dict.fromkeys(party.actor for party in tie.parties)
            phase = tie.phase(self.on)
            for pair in permutations(filter(self.states, codes), 2):
                if phase == "in_force":
                    found[pair[0]].setdefault(pair[1], tie)
                elif phase == "suspended":
                    closed.add(pair)
        return {one: {o: t for o, t in by.items() if (one, o) not in closed} for one, by in found.items()}

    def ties_of(self, state: str) -> tuple[Tie, ...]:
        """Ties the state is party to, in whatever role."""
        return self._by_state.get(state, ())

    def between(self, one: str, other: str) -> tuple[Tie, ...]:
        """Ties that bind the two to each other; two targets of one sanction are not bound by it."""
        return self._by_pair.get((min(one, other), max(one, other)), ())

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one, other in self._by_pair:
            found[one].add(other)
            found[other].add(one)
        return {state: tuple(sorted(others)) for state, others in found.items()}

    def tied_to(self, state: str) -> tuple[str, ...]:
        """States with any tie to this one, sorted by code."""
        return self._neighbours.get(state, ())

    @cached_property
    def _flows(self) -> Mapping[str, Mapping[str, Mapping[str, tuple[Flow, ...]]]]:
        sent: dict[str, dict[str, dict[str, tuple[Flow, ...]]]] = {}
        for kind in _FLOWS:
            found: dict[str, dict[str, list[Flow]]] = defaultdict(lambda: defaultdict(list))
            for flow in self.view.flows(kind):
                end = flow.envelope.valid.end
                if end is not None and self.on.year - end.year > STALE:
                    continue
                found[flow.destination][flow.origin].append(flow)
            sent[kind] = {to: {frm: tuple(rows) for frm, rows in by.items()} for to, by in found.items()}
        return sent

    def into(self, kind: str, state: str) -> Mapping[str, tuple[Flow, ...]]:
        """Flows that reach the state, by the state they leave; those that are stale are left out."""
        return self._flows[kind].get(state, {})

    @cached_property
    def _outgoing(self) -> Mapping[str, Mapping[str, Mapping[str, tuple[Flow, ...]]]]:
        turned: dict[str, dict[str, dict[str, tuple[Flow, ...]]]] = {}
        for kind, by_destination in self._flows.items():
            found: dict[str, dict[str, tuple[Flow, ...]]] = defaultdict(dict)
            for destination, by_origin in by_destination.items():
                for origin, rows in by_origin.items():
                    found[origin][destination] = rows
            turned[kind] = found
        return turned

    def out_of(self, kind: str, state: str) -> Mapping[str, tuple[Flow, ...]]:
        """Flows that leave the state, by the state they reach."""
        return self._outgoing[kind].get(state, {})

    @cached_property
    def _traits(self) -> dict[str, Mapping[str, Trait]]:
        return {}

    def traits(self, name: str) -> Mapping[str, Trait]:
        """The latest value per state of a trait."""
        if name not in self._traits:
            self._traits[name] = self.view.traits(name)
        return self._traits[name]

    @cached_property
    def capability(self) -> Mapping[str, float]:
        """The share of each state in the capability of the states the record holds."""
        held = (self.traits(name) for name in COMPONENTS)
        return cinc({state: trait.value for state, trait in rows.items()} for rows in held)

    def capability_rows(self, state: str) -> tuple[Trait, ...]:
        """The traits behind a state's capability, in the order of the components."""
        return tuple(self.traits(name)[state] for name in COMPONENTS if state in self.traits(name))

    @cached_property
    def _promises(self) -> Mapping[str, Mapping[str, tuple[Promise, ...]]]:
        found: dict[str, dict[str, list[Promise]]] = defaultdict(lambda: defaultdict(list))
        for tie in self.ties:
            if tie.kind != "pact" or tie.phase(self.on) != "in_force":
                continue
            for clause in tie.clauses:
                if clause.kind != "defence":
                    continue
                members = self.members(tie)
                owed_by = self._expand(clause.obliged) & set(members) if clause.obliged else members
                owed_to = self._expand(clause.protected) if clause.protected else members
                for guard in owed_by:
                    for ward in owed_to:
                        if guard != ward:
                            found[ward][guard].append((clause, tie))
        return {ward: {guard: tuple(p) for guard, p in by.items()} for ward, by in found.items()}

    def _expand(self, codes: tuple[str, ...]) -> set[str]:
        return {state for code in codes for state in self.states(code)}

    def promises(self, ward: str) -> Mapping[str, tuple[Promise, ...]]:
        """Clauses of defence in force that protect the state, by the state they bind."""
        return self._promises.get(ward, {})
