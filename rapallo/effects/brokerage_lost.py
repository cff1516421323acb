"""Two states that met through the actor now meet without it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapallo.effects.case import Case, Finding
from rapallo.effects.move import revived
from rapallo.measures import Card
from rapallo.measures.words import listing, sentence
from rapallo.measures.world import World
from rapallo.model import Tie

__all__ = ["CARD", "find"]

Pair = tuple[str, str]

CARD = Card(
    id="brokerage_lost",
    kind="effect",
    definition="The pairs of states between which the actor mediates and which now meet directly or find"
    " another go-between: a new mediator, or a party that the move ties to one of them and "
    "that is tied to the other. A break makes a go-between of who mediates between its parties: a gain.",
    equation="size = sum over pairs (i, j) that the actor mediates of 1 / (number of go-betweens of "
    "the pair) without the move - the same with it; a pair with a tie of its own has none. Before a new "
    "mediation those count as well whose own ended within standing_years, and ties of the pair that date "
    "from the mediation do not",
    inputs=("ties: mediation, pact, partnership, diplomatic",),
    unit="pairs of states",
    citation="Gould & Fernandez (1989), Structures of Mediation: partial brokerage of a pair, shared "
    "among its brokers",
    limits="Only mediators that the record names are brokers: that two states have no tie in the "
    "record does not mean that they do not meet. Every mediation counts alike.",
    moves=("pact", "partnership", "mediation", "break", "restoration"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each mediator that loses a pair, or part of one."""
    without, moved = _mediators(case, case.before), _mediators(case, case.after)
    lost: dict[str, dict[Pair, float]] = defaultdict(dict)
    won: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair in sorted(without.keys() | moved.keys()):
        brokers, now = without.get(pair, frozenset()), moved.get(pair, frozenset())
        if brokers and now:
            now |= _carriers(case, pair)
        for broker in brokers | now:
            loss = _share(broker, brokers) - _share(broker, now)
            if loss > 0.0:
                lost[broker][pair] = loss
            elif loss < 0.0 and case.move.kind == "break":
                won[broker][pair] = -loss
    for broker in sorted(lost.keys() - set(case.parties)):
        yield _finding(case, broker, lost[broker])
    for broker in sorted(won.keys() - set(case.parties)):
        yield _finding(case, broker, won[broker], gain=True)


def _share(broker: str, brokers: frozenset[str]) -> float:
    return 1.0 / len(brokers) if broker in brokers else 0.0


def _meet(case: Case, world: World, one: str, other: str) -> bool:
    """Whether two states have a tie through which they meet, save one that a mediation under way brought."""
    meeting = [tie for tie in world.between(one, other) if tie.kind in case.weights.meeting]
    if case.move.kind != "mediation" or not {one, other} <= set(case.targets):
        return bool(meeting)
    return any(max(step.on for step in tie.phases) < case.since for tie in meeting)


def _mediators(case: Case, world: World) -> Mapping[Pair, frozenset[str]]:
    """Who mediates between each pair that has no tie of its own."""
    found: dict[Pair, set[str]] = defaultdict(set)
    for tie in _mediations(case, world):
        for one, other in combinations(sorted(world.members(tie, "target")), 2):
            if not _meet(case, world, one, other):
                found[one, other].update(world.doers(tie))
    return {pair: frozenset(brokers) for pair, brokers in found.items()}


def _mediations(case: Case, world: World) -> Iterator[Tie]:
    """Mediations under way, and before a new one those that ended so lately that they still count."""
    yield from (tie for tie in world.ties if tie.kind == "mediation")
    if case.move.kind != "mediation":
        return
    first = case.since - dt.timedelta(days=365.25 * case.weights.standing_years)
    held = {tie.id for tie in world.ties}
    for tie in world.view.ties(kind="mediation", ended=True):
        if tie.id not in held and max(step.on for step in tie.phases) >= first:
            yield revived(tie, world.on)


def _carriers(case: Case, pair: Pair) -> frozenset[str]:
    """Parties that the move ties to one of the pair and that are tied to the other."""
    return frozenset(
        party
        for party in case.parties
        if party not in pair
        and all(_meet(case, case.after, party, end) for end in pair)
        and not all(_meet(case, case.before, party, end) for end in pair)
    )


def _finding(case: Case, broker: str, lost: Mapping[Pair, float], *, gain: bool = False) -> Finding:
    trail = case.trail()
    world = case.before
    mediations = [tie for tie in _mediations(case, world) if broker in world.doers(tie)]
    for pair in lost:
        trail.add(*(tie for tie in mediations if set(pair) <= set(world.members(tie, "target"))))
    pairs = listing([f"between {case.name(a)} and {case.name(b)}" for a, b in sorted(lost)], at_most=2)
    size = sum(lost.values())
    alive = {tie.id for tie in world.ties}
    does = "mediates" if any(tie.id in alive for tie in mediations) else "mediated of late"
    turn = "do not meet without it: it gains" if gain else "have a way around it: it loses"
    why = (
        f"{sentence(case.name(broker))} {does} {pairs}. With {case.deed} they {turn} {size:.2f} of "
        f"{len(lost)} {'pair' if len(lost) == 1 else 'pairs'}."
    )
    return Finding(broker, size, why, trail, gain=gain)
