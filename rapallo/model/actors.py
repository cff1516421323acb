"""Who acts: states, organisations, leaders, armed groups, blocs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rapallo.model.dates import Interval

__all__ = ["ACTOR_KINDS", "Actor", "ActorKind", "Candidate", "Name", "Resolution"]

ActorKind = Literal["state", "organisation", "leader", "group", "bloc"]
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an actor and how it is used.

    Attributes:
        text: the name as written.
        kind: ``official, short, former, demonym, capital, seat, epithet, acronym, place, person``.
        when: the days on which it means this actor.
        weight: 0 to 1, how surely it means the actor when it is met.
    """

    text: str
    kind: str
    when: Interval
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor and its codes.

    Attributes:
        id: ISO 3166 alpha-3 of a state (alpha-3 of ISO 3166-3 for former states), the usual acronym of an
            organisation, ``ISO3/surname`` of a leader.
        kind: what it is.
        name: the short English name.
        when: days of existence; for a leader days in office.
        iso3: alpha-3 code, for states.
        cow: Correlates of War country code, for states of that system.
        gw: Gleditsch-Ward code, for states of that system.
        of: for a leader the state it leads; for a group the state it sits in; for a territory the state it
            belongs to, and for a state that few recognise the one it is held to be a part of.
        role: for a leader the office.
        region: for a state its region.
        status: for a state ``recognised``; ``partly recognised`` where it governs itself and is in no state
            system or disputed in them; ``territory`` where it belongs to another (``of``).
        basis: ``checked`` against a dataset, or ``recalled`` from general knowledge.
        latitude: of the capital, degrees north.
        longitude: of the capital, degrees east.
        members: of an organisation or bloc: (actor id, days of membership).
    """

    id: str
    kind: ActorKind
    name: str
    when: Interval
    names: tuple[Name, ...] = ()
    iso3: str | None = None
    cow: int | None = None
    gw: int | None = None
    of: str | None = None
    role: str = ""
    region: str = ""
    status: str = ""
    basis: str = ""
    capital: str = ""
    latitude: float | None = None
    longitude: float | None = None
    members: tuple[tuple[str, Interval], ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor a name may mean.

    Attributes:
        actor: the id of the actor.
        code: the state or organisation that a claim codes it to (a leader's state, a capital's state).
        confidence: 0 to 1.
        why: the reason in words, e.g. ``seat of power of Russia``.
        role: ``state, government, leader, nationals, capital, place, organisation, group, bloc``.
        sector: its code in the vocabulary ``sectors``, a second one behind a blank (``GOV MIL``); empty for a
            state, a people or a bloc as such.
    """

    actor: str
    code: str
    confidence: float
    why: str
    role: str = "state"
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to "who is meant by this name on that day?".

    Attributes:
        asked: the name as it was asked.
        candidates: best first; more than one means the name is ambiguous, none that nobody bears it.
        why: why there is no single answer; empty when there is one.
        sector: the sector that all candidates share, or of a role of nobody named ("soldiers"); else empty.
    """

    asked: str
    candidates: tuple[Candidate, ...]
    why: str = ""
    sector: str = ""

    @property
    def best(self) -> Candidate | None:
        """The one candidate, or None where there is none, more than one, or one that is only offered."""
        return self.candidates[0] if len(self.candidates) == 1 and not self.why else None
