"""How much one state holds over another, domain by domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.measures.bands import Bands, Overall, load_bands
from rapallo.measures.cards import Card
from rapallo.measures.dependence import Dependence, dependence
from rapallo.measures.market import DOMAINS
from rapallo.measures.words import listing, name, percent, possessive, sentence
from rapallo.measures.world import World

if TYPE_CHECKING:
    import datetime as dt

    from rapallo.record import View

__all__ = ["CARD", "DomainLeverage", "Leverage", "gives", "leverage", "replacements", "together"]

CARD = Card(
    id="leverage",
    kind="measure",
    definition="The leverage of C over B in a domain is B's dependence on C in it; the asymmetry is that"
    " less C's dependence on B.",
    equation="leverage(C over B) = dependence(B on C); asymmetry = dependence(B on C) - dependence(C on B)",
    inputs=("those of dependence", "cut points: bands.yaml"),
    unit="0 to 1; the asymmetry -1 to 1; an ordinal band",
    citation="Emerson (1962), Power-Dependence Relations: the power of A over B equals the dependence "
    "of B upon A; Hirschman (1945), National Power and the Structure of Foreign Trade, for "
    "the asymmetry",
    limits="Having leverage is not using it. Domains are not added up.",
    coding="The band of a domain, and that of all together, follow leverage-bands.",
    missing="A domain that the record cannot tell is listed as untold, with the reason; one in which it can "
    "tell and C holds nothing has the value 0 and is not listed. There is no asymmetry where the "
    "dependence of C on B is untold.",
    coverage="that of dependence, domain by domain",
    checked="Against dependence worked by hand, both ways round.",
)


@dataclass(frozen=True, slots=True)
class DomainLeverage:
    """What one state holds over another in one domain.

    Attributes:
        holder: code of the state that holds it.
        over: code of the state it is held over.
        domain: one of ``rapallo.measures.market.DOMAINS``.
        value: 0 to 1.
        asymmetry: less what the other holds over the holder, -1 to 1; None where the record cannot tell that.
        dependence: what it is made of.
        why: in words.
        path: ids of the rows it rests on.
        confidence: the least on the path, halved where an input is missing.
        band: of the value, in words.
    """

    holder: str
    over: str
    domain: str
    value: float
    asymmetry: float | None
    dependence: Dependence
    why: str
    path: tuple[str, ...]
    confidence: float
    band: str


@dataclass(frozen=True, slots=True)
class Leverage:
    """What one state holds over another in all domains.

    Attributes:
        parts: one per domain in which the record shows any, the domain with most of it first.
        overall: the highest band of any, the domains that are heavy, and those that cannot be told.
    """

    parts: tuple[DomainLeverage, ...]
    overall: Overall


def leverage(
    view: View | World, holder: str, over: str, *, bands: Bands | None = None
) -> tuple[DomainLeverage, ...]:
    """What one state holds over another, the domain with most of it first.

    Args:
        view: the view, or the world made of it.
        holder: code of the state that holds it.
        over: code of the state it is held over.
        bands: cut points of the bands, where not those of Rapallo.

    Returns:
        One entry per domain in which the record shows any; none where it shows none.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 18))
        >>> sorted(part.domain for part in leverage(view, "CHN", "PRK"))[-1]
        'trade'
    """
    return together(view, holder, over, bands=bands).parts


def together(view: View | World, holder: str, over: str, *, bands: Bands | None = None) -> Leverage:
    """What one state holds over another by domain, and in all domains together.

    Args:
        view: the view, or the world made of it.
        holder: code of the state that holds it.
        over: code of the state it is held over.
        bands: cut points of the bands, where not those of Rapallo.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> found = together(Record.open().view(date(2024, 6, 18)), "CHN", "PRK")
        >>> found.overall.band, sorted(found.overall.untold)
        ('near total', ['aid', 'arms', 'technology', 'transit'])
    """
    world, bands = World.of(view), bands or load_bands()
    held = {domain: dependence(world, over, holder, domain) for domain in DOMAINS}
    values = {domain: part.value for domain, part in held.items() if not part.untold}
    parts = [_part(world, held[domain], bands) for domain, value in values.items() if value > 0.0]
    return Leverage(
        parts=tuple(sorted(parts, key=lambda part: (-part.value, part.domain))),
        overall=bands.overall(values, {d: part.untold for d, part in held.items() if part.untold}),
    )


def _part(world: World, held: Dependence, bands: Bands) -> DomainLeverage:
    back = dependence(world, held.on[0], held.of, held.domain)
    return DomainLeverage(
        holder=held.on[0],
        over=held.of,
        domain=held.domain,
        value=held.value,
        asymmetry=None if back.untold else held.value - back.value,
        dependence=held,
        why=_why(held, back, world.on),
        path=tuple(dict.fromkeys((*held.path, *back.path))),
        confidence=min(held.confidence, back.confidence),
        band=bands.of(held.domain, held.value),
    )


def gives(held: Dependence, on: dt.date) -> str:
    """What a state gets from the one it depends on, as a sentence without its full stop."""
    holder, of = name(held.on[0], on), name(held.of, on)
    share = percent(held.stake)
    return {
        "trade": f"{share} of {possessive(of)} recorded trade is with {holder}",
        "energy": f"{share} of the fuel and power {of} is recorded to import comes from {holder}",
        "arms": f"{share} of the weapons {of} is recorded to import come from {holder}",
        "aid": f"{holder} helps {of} by the words of a tie and is {share} of the means it can count on"
        if held.stand_in
        else f"{share} of the aid {of} is recorded to get comes from {holder}",
        "protection": f"{holder} is bound to defend {of} and is {share} of the strength it can count on",
        "technology": f"{holder} shares technology with {of} and is {share} of the capability behind what it "
        "can draw on",
        "transit": f"{possessive(of)} way over land to the sea is {share} through {holder}",
    }[held.domain]


def replacements(held: Dependence, on: dt.date) -> str:
    """Who could replace what is given now, and how much of it, as a clause."""
    if held.domain == "transit":
        return "no other is open" if held.stake > 0.9995 else "the rest is through others"
    best = [a for a in held.alternatives if a.replaces >= 0.005]
    if not best:
        return "nobody else in the record could replace it"
    named = listing([f"{name(a.actor, on)} {percent(a.replaces)}" for a in best], at_most=3)
    return f"others could replace {percent(held.replaceable)} of it ({named})"


def _why(held: Dependence, back: Dependence, on: dt.date) -> str:
    reverse = f"; the other way round the figure is {back.value:.2f}" if back.value >= 0.005 else ""
    if back.untold:
        reverse = "; the other way round the record cannot tell"
    unknown = ""
    if held.missing:
        names = listing([name(code, on) for code in held.missing])
        unknown = f" What {names} could give is not in the record, so this is the most it can be."
    if held.stand_in:
        unknown += " No flow of it is in the record; words of ties stand in."
    return (
        f"{sentence(gives(held, on))}; {replacements(held, on)}: leverage {held.value:.2f}{reverse}.{unknown}"
    )
