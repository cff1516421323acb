"""The actor's dealings with a sanctioned state put it at risk of sanctions itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rapallo.effects.case import Case, Finding
from rapallo.measures import Card, Dependence
from rapallo.measures.dependence import depends
from rapallo.measures.leverage import gives, replacements
from rapallo.measures.market import Market
from rapallo.measures.words import listing, percent, possessive, sentence
from rapallo.measures.world import World

__all__ = ["CARD", "find"]

CARD = Card(
    id="sanctions_exposed",
    kind="effect",
    definition="What sanctions put at risk. For a state under them (parts target and target_energy): its "
    "dependence in trade and in energy on those who now impose, taken together. For those who impose (part "
    "doer): their own dependence in trade on the target. For a third state: its dealings with the target, "
    "times its dependence in trade on those who impose; a new sanction adds to those who impose, and a pact, "
    "partnership, supply of weapons, base or restored relation with a state under sanctions adds to the "
    "dealings of the other party.",
    equation="target: size = dependence(T on D) - (1 - tightening) * dependence(T on those of D who had "
    "sanctions on T a month before); doer: size = dependence(D on T), times tightening where it had; third "
    "state: size = dealing(C, T) * (what the move adds, as for the target, of dependence(C on D)), or for "
    "another move the dealing it adds * dependence(C on sanctioners of T); dealing = 1 - (1 - share of T in "
    "C's trade) * (1 - weight of a new tie of the move)",
    inputs=("ties: sanction", "flow: trade, energy", "trait: exports, imports", "those of dependence"),
    unit="dependence, for a third state times the share of its dealings, 0 to 1",
    citation="Hirschman (1945), National Power and the Structure of Foreign Trade, for what a cut of trade "
    "costs either side; Hufbauer, Schott, Elliott & Oegg (2007), Economic Sanctions Reconsidered, for the "
    "costs to sender and target; Early (2015), Busted Sanctions, on the risk that those who trade with "
    "sanctioned states run; Emerson (1962), Power-Dependence Relations, for the dependence",
    limits="Every sanction counts as if it could reach all dealings, whether or not it does and whether or "
    "not it binds third states in law. Every member of an organisation is taken to apply its sanctions. For "
    "third states those of an organisation on its own member before the move, and those of states with a "
    "pact or partnership with the sanctioned one, are left out. One who imposes is sized only where the "
    "record states the total of its trade, and never in energy, where the record holds no totals and few "
    "flows; for the same reason the energy of the target can be overstated. Finance is not in the record.",
    moves=("pact", "partnership", "arms", "base", "sanction", "restoration"),
)

_WAVE = dt.timedelta(days=31)
"""Sanctions begun within a month of the move belong to it and are no earlier ones."""

_LEAST = 0.001
"""An exposure below a tenth of a percent is left out."""


def find(case: Case) -> Iterator[Finding]:
    """One finding for each actor that is more exposed, and each sanctioned state it deals with."""
    if case.move.kind == "sanction":
        yield from _by_sanction(case)
        return
    tie = case.weights.dealing[case.move.kind]
    for target in case.parties:
        imposing = _imposing(case.before, target)
        for actor in case.others(target):
            if not imposing - {target} or actor in imposing:
                continue
            share = _dealing(case, actor, target)
            more = (1.0 - share) * tie
            dependence = depends(case.market(actor, "trade", moved=False), imposing - {target})
            if more * dependence.value >= _LEAST:
                yield _finding(case, actor, target, more * dependence.value, dependence, imposing)


def _by_sanction(case: Case) -> Iterator[Finding]:
    now = frozenset(case.doers)
    for target in case.targets:
        earlier = _imposing(case.before, target, by=case.since - _WAVE)
        for domain, part in (("trade", "target"), ("energy", "target_energy")):
            added, dependence = _added(case, case.market(target, domain, moved=True), now, earlier)
            if added >= _LEAST:
                yield _cut_off(case, added, dependence, part)
        for doer in sorted(now & _partners(case, target)):
            trade = case.market(doer, "trade", moved=False)
            own = depends(trade, {target})
            size = own.value * (case.weights.tightening if doer in earlier else 1.0)
            if size >= _LEAST and trade.stated:
                yield _gives_up(case, size, own)
        yield from _third(case, target, now, earlier)


def _third(case: Case, target: str, now: frozenset[str], earlier: frozenset[str]) -> Iterator[Finding]:
    """Those who deal with the target and neither impose sanctions on it nor are party to the move."""
    others = _partners(case, target) - {*case.parties} - _imposing(case.before, target)
    for actor in sorted(others):
        more, after = _added(case, case.market(actor, "trade", moved=False), now, earlier)
        size = _dealing(case, actor, target) * more
        if size >= _LEAST:
            yield _finding(case, actor, target, size, after, now)


def _partners(case: Case, target: str) -> frozenset[str]:
    """Those with whom the target trades."""
    return frozenset((*case.before.into("trade", target), *case.before.out_of("trade", target)))


def _added(
    case: Case, trade: Market, now: frozenset[str], earlier: frozenset[str]
) -> tuple[float, Dependence]:
    """What the move adds to the dependence of a state on those who impose, and that dependence."""
    dependence = depends(trade, now)
    tightened = depends(trade, now & earlier)
    return dependence.value - (1.0 - case.weights.tightening) * tightened.value, dependence


def _cut_off(case: Case, size: float, lost: Dependence, part: str) -> Finding:
    shares = case.market(lost.of, lost.domain, moved=True).shares
    codes = sorted((code for code in lost.on if code in shares), key=lambda code: (-shares[code], code))
    names = listing([case.name(code) for code in codes], at_most=3)
    whose = possessive(case.name(lost.of))
    what = {
        "trade": f"{percent(lost.stake)} of {whose} recorded trade is with those who impose sanctions on it",
        "energy": f"{percent(lost.stake)} of {whose} recorded imports of fuel and power come from those who "
        "impose sanctions on it",
    }[lost.domain]
    why = sentence(f"{what} ({names}), and others could replace {percent(lost.replaceable)} of that.")
    return Finding(lost.of, size, why, case.trail().ids(lost.path, lost.confidence), part)


def _gives_up(case: Case, size: float, own: Dependence) -> Finding:
    why = (
        f"{sentence(gives(own, case.on))}, which its own sanctions put at risk; {replacements(own, case.on)}."
    )
    return Finding(own.of, size, why, case.trail().ids(own.path, own.confidence), "doer")


def _imposing(world: World, target: str, *, by: dt.date | None = None) -> frozenset[str]:
    """Who has sanctions on a state, if asked by that day, and no pact or partnership with it."""
    doers = {
        doer
        for tie in world.ties_of(target)
        if tie.kind == "sanction" and target in world.members(tie, "target")
        if by is None or tie.phases[0].on <= by
        for doer in world.doers(tie)
    }
    return frozenset(doer for doer in doers - {target} if not _friends(world, doer, target))


def _friends(world: World, one: str, other: str) -> bool:
    kinds = {tie.kind for tie in world.between(one, other)}
    return bool(kinds & {"pact", "partnership"}) and not kinds & {"rivalry", "war"}


def _dealing(case: Case, actor: str, target: str) -> float:
    return case.market(actor, "trade", moved=False).shares.get(target, 0.0)


def _finding(
    case: Case, actor: str, target: str, size: float, dependence: Dependence, imposing: frozenset[str]
) -> Finding:
    shares = case.market(actor, "trade", moved=False).shares
    leading = sorted((code for code in imposing if code in shares), key=lambda code: (-shares[code], code))
    trail = case.trail()
    for tie in case.before.ties_of(target):
        if (
            tie.kind == "sanction"
            and target in case.before.members(tie, "target")
            and set(leading) & set(case.before.doers(tie))
        ):
            trail.add(tie)
    trail.ids(dependence.path, dependence.confidence)
    names = listing([case.name(code) for code in leading], at_most=3)
    trades = shares.get(target, 0.0)
    dealing = (
        f"{percent(trades)} of {possessive(case.name(actor))} recorded trade is with {case.name(target)}. "
    )
    if case.move.kind != "sanction":
        dealing = f"Through {case.deed} {case.name(actor)} has more to do with {case.name(target)}. "
    why = (
        f"{sentence(dealing)}{sentence(names)}, with {percent(dependence.stake)} of "
        f"{possessive(case.name(actor))} recorded trade, {'have' if len(leading) > 1 else 'has'} sanctions "
        f"on {case.name(target)}, and others could replace {percent(dependence.replaceable)} of that."
    )
    through = tuple(code for code in (actor, target) if code in case.parties)
    return Finding(actor, size, why, trail, through=through)
