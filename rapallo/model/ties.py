"""What binds states: ties with their phases, parties and clauses; flows; traits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from rapallo.model.dates import Interval, Precision
from rapallo.model.provenance import Envelope

__all__ = ["Clause", "Flow", "Party", "Phase", "Tie", "Trait"]


@dataclass(frozen=True, slots=True)
class Party:
    """A party to a tie over the days of its membership.

    Attributes:
        actor: code of the actor.
        role: ``party`` of a mutual tie; ``actor`` or ``target`` of a directed one (a sanction, troops based).
        when: its days in the tie.
    """

    actor: str
    role: str
    when: Interval


@dataclass(frozen=True, slots=True)
class Phase:
    """A dated step in the life of a tie: ``signed, in_force, suspended, renewed, ended``."""

    phase: str
    on: dt.date
    precision: Precision = "day"


@dataclass(frozen=True, slots=True)
class Clause:
    """One obligation inside a pact, in the vocabulary of ATOP (Leeds, Ritter, Mitchell & Long 2002).

    Attributes:
        id: unique in the record, e.g. ``prk-chn-1961/2``.
        tie: id of the pact.
        kind: ``defence, offence, neutrality, non_aggression, consultation``.
        trigger: what sets it off (vocabulary ``clause_triggers``).
        conditions: what else must hold (vocabulary ``clause_conditions``).
        response: what is owed (vocabulary ``clause_responses``).
        strength: ``automatic, constitutional_process, discretionary, consult``.
        obliged: who owes it; empty means every party.
        protected: to whom; empty means every other party.
        territory: where an attack must fall, as actor codes or named areas; empty means anywhere.
        against: the only states it is directed against; empty means any.
        article: where it stands in the treaty.
        wording: its words or a paraphrase.
        verbatim: whether ``wording`` is word for word.
    """

    id: str
    tie: str
    kind: str
    trigger: str
    response: str
    strength: str
    envelope: Envelope
    conditions: tuple[str, ...] = ()
    obliged: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    article: str = ""
    wording: str = ""
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation that holds over an interval.

    Attributes:
        id: unique in the record, e.g. ``prk-chn-1961``.
        kind: term of the vocabulary ``tie_kinds``.
        name: what a reader would call it.
        parties: who, in which role, when.
        phases: its life, oldest first.
        clauses: obligations, for pacts.
        about: a sentence for the reader.
    """

    id: str
    kind: str
    name: str
    envelope: Envelope
    parties: tuple[Party, ...] = ()
    phases: tuple[Phase, ...] = ()
    clauses: tuple[Clause, ...] = ()
    about: str = ""

    def members(self, on: dt.date, *, role: str | None = None) -> tuple[str, ...]:
        """Codes of the parties on that day, in treaty order; only those in ``role`` where given."""
        held = (p.actor for p in self.parties if p.when.contains(on) and role in {None, p.role})
        return tuple(dict.fromkeys(held))

    def phase(self, on: dt.date) -> str | None:
        """The phase on that day: that of the latest step up to it, where ``renewed`` counts as ``in_force``.

        Returns:
            ``signed, in_force, suspended, ended``, or None before the first step.
        """
        past = [p for p in self.phases if p.on <= on]
        if not past:
            return None
        latest = max(reversed(past), key=lambda p: p.on).phase
        return "in_force" if latest == "renewed" else latest

    def as_of(self, on: dt.date) -> Tie:
        """The tie with only the steps taken up to that day."""
        return replace(self, phases=tuple(p for p in self.phases if p.on <= on))


@dataclass(frozen=True, slots=True)
class Flow:
    """A directed amount per period between two states; the period is ``envelope.valid``.

    Attributes:
        kind: ``trade, arms, aid, energy``.
        origin: code of the state it leaves.
        destination: code of the state it reaches.
        value: amount in ``unit``.
        unit: e.g. ``USD million``, ``TIV million``.
        what: the good, where it is one.
    """

    id: str
    kind: str
    origin: str
    destination: str
    value: float
    unit: str
    envelope: Envelope
    what: str = ""


@dataclass(frozen=True, slots=True)
class Trait:
    """An amount per state and period, e.g. ``nuclear_warheads``; the period is ``envelope.valid``."""

    id: str
    actor: str
    name: str
    value: float
    unit: str
    envelope: Envelope
    note: str = ""
