"""What an analyst reads: the parts of a brief."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapallo.model.checks import Check
from rapallo.model.claims import Claim, Diagnostic
from rapallo.model.effects import Move, Stake
from rapallo.model.obligations import Obligation
from rapallo.model.provenance import Document

__all__ = ["Brief", "LeverageChange", "ObligationChange", "Unavailable"]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A part that cannot be given, and why; never an invented one."""

    why: str
    status: str = "unavailable"


@dataclass(frozen=True, slots=True)
class ObligationChange:
    """What a state would have to do if ``attacker`` attacked ``attacked``, before and after a move."""

    move: str
    attacker: str
    attacked: str
    actor: str
    before: str
    after: str
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class LeverageChange:
    """Leverage of ``holder`` over ``over`` in one domain, before and after a move, 0 to 1, with its rows."""

    move: str
    holder: str
    over: str
    domain: str
    before: float
    after: float
    why: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """One document, read and weighed.

    Attributes:
        document: what was read.
        on: the day the record was asked as of.
        claims: what it claims.
        checks: each checkable claim held against the record.
        moves: what is new in it.
        stakes: per move id, whom it rattles and why, highest first.
        obligations: who would have to do what that was not so before.
        leverage: who holds how much over whom, before and after.
        reactions, outlook, options: parts of later floors, or why they are not there.
        open_questions: what the text leaves open.
        diagnostics: one entry per sentence.
        rows: every row named above, by id, as a mapping ready to print.
    """

    document: Document
    on: dt.date
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    moves: tuple[Move, ...]
    stakes: Mapping[str, tuple[Stake, ...]]
    obligations: tuple[ObligationChange, ...]
    leverage: tuple[LeverageChange, ...]
    reactions: Unavailable
    outlook: Unavailable
    options: Unavailable
    open_questions: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    rows: Mapping[str, Mapping[str, Any]]
