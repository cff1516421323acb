"""How much a state depends on another: its stake in what the other gives, times the lack of alternatives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from rapallo.measures.cards import Card
from rapallo.measures.market import Market, Supplier, market
from rapallo.measures.suppliers import SHARE
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
    definition="How much a state B depends on a state C in a domain (trade, energy, arms, aid, protection, "
    "technology, transit): C's share of what B gets in it, times the lack of others who could replace C. "
    "Others are those with a flow, a pact or another tie to B; each replaces C as far as B can turn to "
    "it and as far as it has enough to give. In transit what B gets is its open ways to the sea over land.",
    equation="dependence = share(C) * product over s other than C of (1 - ready(s) * covers(s)); "
    "ready(s) = hindered(s) * (1 - (1 - open(s)) * (1 - flow * min(1, given(s) / given(C))));"
    " covers(s) = min(1, diversion * capacity(s) / given(C)); open and hindered from the ties"
    " of s and B, in turning.yaml. given(C) is a flow; in protection strength of the clause * capability(C); "
    "in technology, and in aid without flows, strength of the words of a tie * capability(C), with B's own "
    "capability in the total; in transit what passes through C, or 1 per open way",
    inputs=(
        "flow: trade, energy, arms, aid, own:transit",
        "clauses of defence",
        "ties: pact, partnership, agreement, border, arms_deal, troops, diplomatic",
        "ties: sanction, arms_embargo, aid_halt, rivalry, war",
        "name and account of a tie: pact, partnership, agreement, arms_deal",
        "trait: exports, imports, arms_exports, landlocked, the components of capability",
    ),
    unit="0 to 1",
    citation="Emerson (1962), Power-Dependence Relations; Hirschman (1945), National Power and the "
    "Structure of Foreign Trade; the weights of the channels, and how aid without flows, technology and "
    "transit are made out, are Rapallo's",
    limits="Shares are of the total that the record states, or else of what it holds; a flow that "
    "ended more than ten years before the day is left out, and so is one between states at "
    "war. Prices, substitutes at home and time to switch are not modelled. A supplier of "
    "unknown capacity replaces only what it already gives, so the figure is then the most it "
    "can be. Technology is sized by general capability, not by what a state knows, and seen only where a tie "
    "tells of it; licences to produce that no tie tells of are not in the record, and words are matched, not "
    "understood. Transit knows no road, railway, river or port: ways are equal unless the record says what "
    "passes, a state with a coast has no need of another, and only the first state on a way counts. CEPII "
    "gives Andorra, Belarus, Moldova and San Marino a coast, and Ethiopia none even before 1993.",
    coding="In aid the flows count where the record holds any to B; else ties that tell of aid in words "
    "stand in, and only the stronger of two states is taken to give. The strongest tie of a pair counts. "
    "A tie told by its signature alone counts for the years that turning.yaml says. A land border is a tie "
    "of that kind, and stands until one tells that it ended; war or sanctions between neighbours, either "
    "way, close it, and a border that is suspended is closed. Whether a state has a coast is taken as CEPII "
    "codes it, for all years. Where no neighbour has a coast, those count from which the coast is the fewest "
    "open borders away.",
    missing="Untold, with the reason, and not 0: where no flow of trade, energy, arms or aid, nor a tie that "
    "stands in for it, reaches B (in trade, leaves or reaches it); no tie of B tells of technology; the "
    "record holds no pact at all; the capability by which C's part, or B's own in technology and aid, is "
    "sized is not in it; nor whether B, C or any neighbour of B has a coast, or any border of B. The "
    "confidence is halved where an alternative is of unknown capacity or a tie stands in for flows.",
    coverage="Trade 1870 to 2014 with COW Trade, since then the states of the starter record; arms from 1950 "
    "with SIPRI; energy the states of the starter record of 2016 to 2024; no dataset of aid flows is read by "
    "Rapallo, so that aid rests on ties (ATOP, starter record); technology from 1951 with NCA, whose last "
    "signatures of 2003 count to 2033; transit needs CEPII GeoDist, which lacks states founded since 2011.",
    checked="Each domain against cases worked by hand; that adding a supplier never raises dependence on "
    "another, that the scale of flows does not matter, and that without its supply a supplier counts 0, on "
    "worlds drawn at random; ways to the sea of well-known cases against the map.",
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
        domain: one of ``rapallo.measures.market.DOMAINS``.
        value: stake times lack of alternatives, 0 to 1.
        stake: share of what it gets in the domain.
        replaceable: the part of it that all others together could replace.
        alternatives: who they are, the readiest first.
        path: ids of the rows behind the stake, then of those behind the three best alternatives.
        confidence: the least on the path, halved where an input is missing.
        missing: codes of alternatives whose capacity is not in the record.
        untold: why the record cannot tell; empty where it can, and the value means something.
        stand_in: whether ties that tell of the domain in words stand in for its flows.
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
    untold: str = ""
    stand_in: bool = False


def dependence(view: View | World, of: str, on: str, domain: str) -> Dependence:
    """How much ``of`` depends on ``on`` in a domain.

    Args:
        view: the view, or the world made of it.
        of: code of the state that depends.
        on: code of the state it depends on.
        domain: one of ``rapallo.measures.market.DOMAINS``.

    Returns:
        The dependence; its value is 0 where the record holds nothing that ``on`` gives, and where it cannot
        tell, which ``untold`` then says.

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
    untold = _untold(among, on, given)
    if untold or not stake:
        domain = among.rules.domain
        return Dependence(among.of, tuple(sorted(on)), domain, 0.0, 0.0, 0.0, (), (), 1.0, untold=untold)
    need = sum(supplier.volumes.get(unit, 0.0) for supplier in given)
    others = [s for code, s in among.suppliers.items() if code not in on]
    found = (_alternative(among, supplier, unit, need) for supplier in others)
    alternatives = sorted((a for a in found if a), key=lambda a: (-a.replaces, a.actor))
    lack = prod(1.0 - a.replaces for a in alternatives)
    missing = (*(a.actor for a in alternatives if not a.known), *among.unsure)
    guessed = bool(missing) or among.stand_in
    best = [a for a in alternatives if a.replaces > 0.0][:3]
    rows = {row: s.confidences[row] for s in given for row in (*s.flow_rows, *_sizing(s, unit))}
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
        confidence=confidence * (MISSING if guessed else 1.0),
        missing=missing,
        stand_in=among.stand_in,
    )


def _untold(among: Market, on: Collection[str], given: list[Supplier]) -> str:
    """Why the record cannot tell what the states give to that of the market; empty where it can."""
    if among.untold:
        return among.untold
    if any(code in among.unsure for code in on):
        return "whether the other has a coast is not in the record"
    if any(supplier.flow_rows and not supplier.volumes for supplier in given):
        return "the capability of the other is not in the record"
    return ""


def _sizing(supplier: Supplier, unit: str) -> tuple[str, ...]:
    """Where what is given is sized by capability, the rows of that stand behind the stake."""
    return supplier.capacity_rows if unit == SHARE else ()


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
