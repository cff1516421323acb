"""The actor's dealings with a sanctioned state put it at risk of sanctions itself."""

from __future__ import annotations

from collections.abc import Iterator

from rapallo.effects.case import Case, Finding
from rapallo.measures import Card, Dependence
from rapallo.measures.dependence import depends
from rapallo.measures.words import listing, percent, possessive, sentence
from rapallo.measures.world import World

__all__ = ["CARD", "find"]

CARD = Card(
    id="sanctions_exposed",
    kind="effect",
    definition="An actor's dealings with a state under sanctions, times its own dependence in trade on "
    "those that impose them; what the move adds. A pact, partnership, supply of weapons, base"
    " or restored relation adds to the dealings of the parties; a new sanction adds to the "
    "number of those who impose them.",
    equation="size = dealing(C, T) with the move * dependence(C on sanctioners of T) with it - the "
    "same without it; dealing = 1 - (1 - share of T in C's trade) * (1 - weight of a new tie "
    "of the move)",
    inputs=("ties: sanction", "flow: trade", "those of dependence"),
    unit="share of dealings times dependence, 0 to 1",
    citation="Early (2015), Busted Sanctions, on the risk that those who trade with sanctioned states "
    "run; Emerson (1962), Power-Dependence Relations, for the dependence",
    limits="Every sanction counts alike, whether or not it reaches third states in law. Left out are"
    " an organisation's sanctions on its own member and those of states with a pact or "
    "partnership with the sanctioned one. Dependence in finance is not in the record.",
    moves=("pact", "partnership", "arms", "base", "sanction", "restoration"),
)

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
    doer, targets = case.parties[0], case.parties[1:]
    for target in targets:
        then, now = _imposing(case.before, target), _imposing(case.after, target)
        for actor in sorted(case.market(target, "trade", moved=False).shares):
            if actor in case.parties or actor in now or actor == doer:
                continue
            trade = case.market(actor, "trade", moved=False)
            before, after = depends(trade, then), depends(trade, now)
            size = _dealing(case, actor, target) * (after.value - before.value)
            if size >= _LEAST:
                yield _finding(case, actor, target, size, after, now)


def _imposing(world: World, target: str) -> frozenset[str]:
    """Who has sanctions on a state and is not its friend by a pact or partnership."""
    doers = {
        doer
        for tie in world.ties_of(target)
        if tie.kind == "sanction" and target in world.members(tie, "target")
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
    return Finding(actor, size, why, trail)
