"""What the renderers set: a brief in words, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from rapallo.model import Brief, Check, Claim, Move

__all__ = [
    "Card",
    "ClaimLine",
    "DutyLine",
    "LeverLine",
    "MovePart",
    "Outline",
    "Reason",
    "RowLine",
]


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the record, or a claim of the text, that a reason rests on."""

    id: str
    label: str
    quote: str
    source: str
    basis: str
    is_claim: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One effect on one state."""

    effect: str
    name: str
    gain: bool
    band: str
    contribution: float
    why: str
    note: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A rattled state and its reasons."""

    actor: str
    name: str
    party: bool
    rank: int
    band: str
    size: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that changed: ``if`` the attack, then who, from what to what, and why."""

    attack: str
    actor: str
    before: str
    after: str
    why: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class LeverLine:
    """Leverage that changed, as shares in words."""

    holder: str
    over: str
    domain: str
    before: str
    after: str
    why: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class MovePart:
    """A move: whom it rattles, which duties and which leverage it changes."""

    move: Move
    what: str
    when: str
    headline: str
    cards: tuple[Card, ...]
    others: str
    duties: tuple[DutyLine, ...]
    levers: tuple[LeverLine, ...]
    claims: tuple[RowLine, ...]
    tie: RowLine | None
    note: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim and what the record says of it."""

    claim: Claim
    words: str
    when: str
    said: str
    holders: str
    check: Check | None
    verdict: str
    rows: tuple[RowLine, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole brief."""

    brief: Brief
    title: str
    address: str
    dated: str
    headline: str
    moves: tuple[MovePart, ...]
    claims: tuple[ClaimLine, ...]
    stances: tuple[ClaimLine, ...]
    silent: tuple[tuple[str, str], ...]
    absent: tuple[tuple[str, str], ...]
    rows: tuple[RowLine, ...]
