"""A move, what it changes for each actor, and what they are likely to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rapallo.model.dates import Interval
from rapallo.model.ties import Tie

__all__ = ["Direction", "Effect", "Move", "Reaction", "Stake"]

Direction = Literal["loss", "gain"]


@dataclass(frozen=True, slots=True)
class Move:
    """A tie, flow or event that is new (read in a text) or supposed (a what-if).

    Attributes:
        id: ``m1`` ... within a brief.
        kind: ``pact, arms, sanction, base, mediation, break, recognition, visit, trade``.
        parties: codes, in the order given; for a directed move the doer comes first.
        what: in words.
        when: when it was made.
        clauses: clause kinds, for pacts.
        phase: ``signed`` or ``in_force`` ...; None where the move is no tie.
        claims: ids of the claims it was read from; empty for a supposed move.
        tie: the tie of the record it is, where the record already holds it.
        reach_km: range of weapons that change hands, where it is known.
    """

    id: str
    kind: str
    parties: tuple[str, ...]
    what: str
    when: Interval | None
    clauses: tuple[str, ...] = ()
    phase: str | None = None
    claims: tuple[str, ...] = ()
    tie: Tie | None = None
    reach_km: float | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a move changes for one actor.

    Attributes:
        effect: term of the vocabulary ``effect_kinds``.
        direction: whether the actor loses or gains by it.
        size: in ``unit``.
        unit: stated by the effect's card.
        contribution: its part of the stake, 0 to 1, after the stated weight; parts add up to the stake.
        band: ``none, low, medium, high, very_high``.
        why: in words, naming the actors and figures.
        path: ids of the rows it rests on, in the order of the argument.
        confidence: the least confidence on the path.
        counts: which status of pacts it counted, ``signed`` or ``in_force``.
        part: which part of the effect, where it has several: of a lost leverage its domain.
    """

    effect: str
    direction: Direction
    size: float
    unit: str
    contribution: float
    band: str
    why: str
    path: tuple[str, ...]
    confidence: float
    counts: str = "in_force"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Stake:
    """How much an actor has at issue in a move; a stake is not hostility.

    Attributes:
        actor: code.
        rank: 1 is the highest.
        size: sum of the contributions of its parts.
        band: ``none, low, medium, high, very_high``.
        parts: the effects, largest contribution first.
    """

    actor: str
    rank: int
    size: float
    band: str
    parts: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an actor is likely to do: a probability per kind of answer, horizon in days, skill."""

    actor: str
    probabilities: Mapping[str, float]
    horizon: int
    skill: float
