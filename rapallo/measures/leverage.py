"""How much one state holds over another, domain by domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.measures.cards import Card
from rapallo.measures.dependence import Dependence, dependence
from rapallo.measures.market import DOMAINS
from rapallo.measures.words import listing, name, percent, possessive, sentence
from rapallo.measures.world import World

if TYPE_CHECKING:
    import datetime as dt

    from rapallo.record import View

__all__ = ["CARD", "DomainLeverage", "gives", "leverage", "replacements"]

CARD = Card(
    id="leverage",
    kind="measure",
    definition="The leverage of C over B in a domain is B's dependence on C in it; the asymmetry is that"
    " less C's dependence on B.",
    equation="leverage(C over B) = dependence(B on C); asymmetry = dependence(B on C) - dependence(C on B)",
    inputs=("those of dependence",),
    unit="0 to 1; the asymmetry -1 to 1",
    citation="Emerson (1962), Power-Dependence Relations: the power of A over B equals the dependence "
    "of B upon A; Hirschman (1945), National Power and the Structure of Foreign Trade, for "
    "the asymmetry",
    limits="Having leverage is not using it. Domains are not added up.",
)


@dataclass(frozen=True, slots=True)
class DomainLeverage:
    """What one state holds over another in one domain.

    Attributes:
        holder: code of the state that holds it.
        over: code of the state it is held over.
        domain: ``trade, energy, arms`` or ``protection``.
        value: 0 to 1.
        asymmetry: less what the other holds over the holder, -1 to 1.
        dependence: what it is made of.
        why: in words.
        path: ids of the rows it rests on.
        confidence: the least on the path, halved where an input is missing.
    """

    holder: str
    over: str
    domain: str
    value: float
    asymmetry: float
    dependence: Dependence
    why: str
    path: tuple[str, ...]
    confidence: float


def leverage(view: View | World, holder: str, over: str) -> tuple[DomainLeverage, ...]:
    """What one state holds over another, the domain with most of it first.

    Args:
        view: the view, or the world made of it.
        holder: code of the state that holds it.
        over: code of the state it is held over.

    Returns:
        One entry per domain in which the record shows any; none where it shows none.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 18))
        >>> sorted(part.domain for part in leverage(view, "CHN", "PRK"))[-1]
        'trade'
    """
    world = World.of(view)
    found = []
    for domain in DOMAINS:
        held = dependence(world, over, holder, domain)
        if held.value <= 0.0:
            continue
        back = dependence(world, holder, over, domain)
        found.append(
            DomainLeverage(
                holder=holder,
                over=over,
                domain=domain,
                value=held.value,
                asymmetry=held.value - back.value,
                dependence=held,
                why=_why(held, back, world.on),
                path=tuple(dict.fromkeys((*held.path, *back.path))),
                confidence=min(held.confidence, back.confidence),
            )
        )
    return tuple(sorted(found, key=lambda part: (-part.value, part.domain)))


def gives(held: Dependence, on: dt.date) -> str:
    """What a state gets from the one it depends on, as a sentence without its full stop."""
    holder, of = name(held.on[0], on), name(held.of, on)
    share = percent(held.stake)
    return {
        "trade": f"{share} of {possessive(of)} recorded trade is with {holder}",
        "energy": f"{share} of the fuel and power {of} is recorded to import comes from {holder}",
        "arms": f"{share} of the weapons {of} is recorded to import come from {holder}",
        "protection": f"{holder} is bound to defend {of} and is {share} of the strength it can count on",
    }[held.domain]


def replacements(held: Dependence, on: dt.date) -> str:
    """Who could replace what is given now, and how much of it, as a clause."""
    best = [a for a in held.alternatives if a.replaces >= 0.005]
    if not best:
        return "nobody else in the record could replace it"
    named = listing([f"{name(a.actor, on)} {percent(a.replaces)}" for a in best], at_most=3)
    return f"others could replace {percent(held.replaceable)} of it ({named})"


def _why(held: Dependence, back: Dependence, on: dt.date) -> str:
    reverse = f"; the other way round the figure is {back.value:.2f}" if back.value >= 0.005 else ""
    unknown = ""
    if held.missing:
        names = listing([name(code, on) for code in held.missing])
        unknown = f" What {names} could give is not in the record, so this is the most it can be."
    return (
        f"{sentence(gives(held, on))}; {replacements(held, on)}: leverage {held.value:.2f}{reverse}.{unknown}"
    )
