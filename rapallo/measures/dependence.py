"""How much a state depends on another: its stake in what the other gives, times the lack of alternatives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from rapallo.measures.cards import Card
from rapallo.measures.market import Market, Supplier, market
from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["CARD", "MISSING", "Alternative", "Dependence", "dependence", "depends"]

READY = 0.25
"""An alternative of unknown capacity matters, and is named, from this readiness on."""

MISSING = 0.5
"""Factor on the confidence where an input is not in the record."""

CARD = Card(
    id="dependence",
    kind="measure",
    definition="How much a state B depends on a state C in a domain (trade, energy, arms, protection): "
    "C's share of what B gets in it, times the lack of others who could replace C. Others are"
    " those with a flow, a pact or another tie to B; each replaces C as far as B can turn to "
    "it and as far as it has enough to give.",
    equation="dependence = share(C) * product over s other than C of (1 - ready(s) * covers(s)); "
    "ready(s) = hindered(s) * (1 - (1 - open(s)) * (1 - flow * min(1, given(s) / given(C))));"
    " covers(s) = min(1, diversion * capacity(s) / given(C)); open and hindered from the ties"
    " of s and B, in turning.yaml",
    inputs=(
        "flow: trade, energy, arms",
        "clauses of defence",
        "ties: pact, partnership, border, arms_deal, troops, diplomatic, sanction, rivalry, war",
        "trait: exports, imports, arms_exports, the components of capability",
    ),
    unit="0 to 1",
    citation="Emerson (1962), Power-Dependence Relations; Hirschman (1945), National Power and the "
    "Structure of Foreign Trade; the weights of the channels are Rapallo's",
    limits="Shares are of the total that the record states, or else of what it holds; a flow that "
    "ended more than ten years before the day is left out, and so is one between states at "
    "war. Prices, substitutes at home and time to switch are not modelled. A supplier of "
    "unknown capacity replaces only what it already gives, so the figure is then the most it "
    "can be.",
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """One state that could replace another.

    Attributes:
        actor: its code.
        replaces: the part of what is given now that it could replace, 0 to 1.
        path: ids of the rows that say so.
        confidence: the least of theirs.
        known: whether its capacity is in the record.
    """

    actor: str
    replaces: float
    path: tuple[str, ...]
    confidence: float
    known: bool


@dataclass(frozen=True, slots=True)
class Dependence:
    """What one state depends on another for, in one domain.

    Attributes:
        of: code of the state that depends.
        on: codes of the state, or states taken together, it depends on.
        domain: ``trade, energy, arms`` or ``protection``.
        value: stake times lack of alternatives, 0 to 1.
        stake: share of what it gets in the domain.
        replaceable: the part of it that all others together could replace.
        alternatives: who they are, the readiest first.
        path: ids of the rows behind the stake, then of those behind the three best alternatives.
        confidence: the least on the path, halved where an input is missing.
        missing: codes of alternatives whose capacity is not in the record.
    """

    of: str
    on: tuple[str, ...]
    domain: str
    value: float
    stake: float
    replaceable: float
    alternatives: tuple[Alternative, ...]
    path: tuple[str, ...]
    confidence: float
    missing: tuple[str, ...] = ()


def dependence(view: View | World, of: str, on: str, domain: str) -> Dependence:
    """How much ``of`` depends on ``on`` in a domain.

    Args:
        view: the view, or the world made of it.
        of: code of the state that depends.
        on: code of the state it depends on.
        domain: ``trade, energy, arms`` or ``protection``.

    Returns:
        The dependence; its value is 0 where the record holds nothing that ``on`` gives.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> dependence(view, "PRK", "CHN", "trade").stake > 0.5
        True
    """
    return depends(market(World.of(view), of, domain), {on})


def depends(among: Market, on: Collection[str]) -> Dependence:
    """How much the state of a market depends on the given states taken together.

    Args:
        among: who supplies the state in the domain.
        on: codes of the states, e.g. all that impose sanctions jointly.
    """
    given = [among.suppliers[code] for code in sorted(on) if code in among.suppliers]
    unit, stake = _stake(among, given)
    if not stake:
        return Dependence(among.of, tuple(sorted(on)), among.rules.domain, 0.0, 0.0, 0.0, (), (), 1.0)
    need = sum(supplier.volumes.get(unit, 0.0) for supplier in given)
    others = [s for code, s in among.suppliers.items() if code not in on]
    found = (_alternative(among, supplier, unit, need) for supplier in others)
    alternatives = sorted((a for a in found if a), key=lambda a: (-a.replaces, a.actor))
    lack = prod(1.0 - a.replaces for a in alternatives)
    missing = tuple(a.actor for a in alternatives if not a.known)
    best = [a for a in alternatives if a.replaces > 0.0][:3]
    rows = {row: s.confidences[row] for s in given for row in (*s.flow_rows, *_own_rows(among, s))}
    rows |= among.stated_rows
    confidence = min([*rows.values(), *(a.confidence for a in best)])
    return Dependence(
        of=among.of,
        on=tuple(sorted(on)),
        domain=among.rules.domain,
        value=stake * lack,
        stake=stake,
        replaceable=1.0 - lack,
        alternatives=tuple(alternatives),
        path=tuple(dict.fromkeys([*rows, *(row for a in best for row in a.path)])),
        confidence=confidence * (MISSING if missing else 1.0),
        missing=missing,
    )


def _own_rows(among: Market, supplier: Supplier) -> tuple[str, ...]:
    """In protection what is given is capability, so its rows stand behind the stake."""
    return supplier.capacity_rows if among.rules.promises else ()


def _stake(among: Market, given: list[Supplier]) -> tuple[str, float]:
    totals = among.totals
    units = sorted({unit for supplier in given for unit in supplier.volumes if totals[unit] > 0.0})
    shares = {unit: sum(s.volumes.get(unit, 0.0) for s in given) / totals[unit] for unit in units}
    if not shares:
        return "", 0.0
    unit = max(units, key=shares.__getitem__)
    return unit, shares[unit]


def _alternative(among: Market, supplier: Supplier, unit: str, need: float) -> Alternative | None:
    how = among.rules
    already = min(1.0, supplier.volumes.get(unit, 0.0) / need)
    ready = supplier.hindered * (1.0 - (1.0 - supplier.open) * (1.0 - how.flow * already))
    if ready <= 0.0:
        return None
    known = unit in supplier.capacities or how.outflow
    covers = min(1.0, supplier.capacities.get(unit, 0.0) / need) if known else already
    rows = tuple(dict.fromkeys((*supplier.tie_rows, *supplier.flow_rows, *supplier.capacity_rows)))
    return Alternative(
        actor=supplier.actor,
        replaces=ready * covers,
        path=rows,
        confidence=min((supplier.confidences[row] for row in rows), default=1.0),
        known=known or ready < READY,
    )
