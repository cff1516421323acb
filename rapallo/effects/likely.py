"""What states that are obliged are likely to do: how often such pledges were kept, apart from the duty."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.measures.reliability import reliabilities, reliability, wilson
from rapallo.model import Obligations

if TYPE_CHECKING:
    from rapallo.record import Record, View

__all__ = ["CAUTION", "LEAST", "Likelihood", "Rate", "likely"]

CAUTION = (
    "Honoured when tested: the shares are of pledges that a war put to the test. Those that deterred were "
    "never tested, and those that were thought doubtful may have been tested more often. They are base rates "
    "of the kind of pledge, no forecast of this war, and do not enter the answer."
)
LEAST = 5
"""The least number of cases for a share of a state's own."""
_PUBLISHED: Mapping[str, tuple[int, int]] = {
    "any": (69, 139),
    "defence": (39, 96),
    "offence": (30, 42),
    "neutrality": (35, 43),
}
"""Honoured, of cases, 1816 to 2003: Berkemeier & Fuhrmann (2018)."""
_SOURCE = "Berkemeier & Fuhrmann (2018), Reassessing the Fulfillment of Alliance Commitments in War"


@dataclass(frozen=True, slots=True)
class Rate:
    """How often pledges were honoured in war.

    Attributes:
        of: which pledges, in words.
        honoured: how many cases.
        cases: of how many.
        share: 0 to 1.
        low: the lower end of Wilson's interval of 95 %.
        high: its upper end.
        source: whose figures.
        loaded: whether they are counted from rows of the record; else they are those that were published.
    """

    of: str
    honoured: int
    cases: int
    share: float
    low: float
    high: float
    source: str
    loaded: bool


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What the past says of one obliged state.

    Attributes:
        actor: code.
        clause: id of the clause that decides its answer.
        pledge: kind of that clause.
        by_kind: how often pacts with such a pledge were honoured.
        by_state: how often those that the state was party to were; None with fewer than ``LEAST`` cases.
    """

    actor: str
    clause: str
    pledge: str
    by_kind: Rate
    by_state: Rate | None


def likely(record: Record, view: View, found: Obligations) -> tuple[Likelihood, ...]:
    """The base rates for every state that must help, surely or on one reading, in the order of the answers.

    They are counted from the dataset ``alliance-performance`` where the record holds it (coding ``bf``: one
    verdict per alliance and war), else the published figures stand, and say so. See ``CAUTION``.

    Args:
        record: which may hold the dataset.
        view: the record as of the day of the answer.
        found: an answer of ``rapallo.pacts.obligations``.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.pacts import obligations
        >>> from rapallo.record import Record
        >>> record = Record.open()
        >>> view = record.view(dt.date(2024, 6, 22))
        >>> (china,) = likely(record, view, obligations(view, attacker="MNG", attacked="PRK", steps=1))
        >>> china.pledge, china.by_kind.honoured, china.by_kind.cases, china.by_kind.loaded
        ('defence', 39, 96, False)
    """
    kinds = {clause.id: clause.kind for tie in view.pacts() for clause in tie.clauses}
    bound = [entry for entry in found.answers if entry.answer in {"YES", "DISPUTED"}]
    own = reliabilities(record, [entry.actor for entry in bound])
    rates: dict[str, Rate] = {}
    out = []
    for entry in bound:
        clause = entry.because[0].clause
        pledge = kinds[clause]
        if pledge not in rates:
            rates[pledge] = _of_kind(record, pledge)
        of_state = _of_state(entry.actor, *own[entry.actor])
        out.append(Likelihood(entry.actor, clause, pledge, rates[pledge], of_state))
    return tuple(out)


def _of_kind(record: Record, pledge: str) -> Rate:
    counted = reliability(record, coding="bf", pledge=pledge)
    cases = counted.honoured + counted.violated
    if cases:
        return _rate(f"pacts with a pledge of {pledge}", counted.honoured, cases, loaded=True)
    known = pledge if pledge in _PUBLISHED else "any"
    of = "pacts of any kind" if known == "any" else f"pacts with a pledge of {pledge}"
    return _rate(of, *_PUBLISHED[known], loaded=False)


def _of_state(state: str, honoured: int, cases: int) -> Rate | None:
    return (
        _rate(f"pacts to which {state} was party", honoured, cases, loaded=True) if cases >= LEAST else None
    )


def _rate(of: str, honoured: int, cases: int, *, loaded: bool) -> Rate:
    low, high = wilson(honoured, cases)
    share = honoured / cases if cases else math.nan
    return Rate(of, honoured, cases, share, low, high, _SOURCE, loaded)
