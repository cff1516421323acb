"""Two states that met through the actor now meet without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from rapallo.effects.case import Case, Finding
from rapallo.measures import Card
from rapallo.measures.words import listing, sentence
from rapallo.measures.world import World

__all__ = ["CARD", "find"]

Pair = tuple[str, str]

CARD = Card(
    id="brokerage_lost",
    kind="effect",
    definition="The pairs of states between which the actor mediates and which now meet directly or find"
    " another go-between: a new mediator, or a party that the move ties to one of them and "
    "that is tied to the other.",
    equation="size = sum over pairs (i, j) that the actor mediates of 1 / (number of go-betweens of "
    "the pair) without the move - the same with it; a pair with a tie of its own has none",
    inputs=("ties: mediation, pact, partnership, diplomatic",),
    unit="pairs of states",
    citation="Gould & Fernandez (1989), Structures of Mediation: partial brokerage of a pair, shared "
    "among its brokers",
    limits="Only mediators that the record names are brokers: that two states have no tie in the "
    "record does not mean that they do not meet. Every mediation counts alike.",
    moves=("pact", "partnership", "mediation", "restoration"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each mediator that loses a pair, or part of one."""
    without, moved = _mediators(case, case.before), _mediators(case, case.after)
    lost: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair, brokers in without.items():
        now = moved.get(pair, frozenset()) | (_carriers(case, pair) if pair in moved else frozenset())
        for broker in brokers:
            loss = 1.0 / len(brokers) - (1.0 / len(now) if broker in now else 0.0)
            if loss > 0.0:
                lost[broker][pair] = loss
    for broker in sorted(lost.keys() - set(case.parties)):
        yield _finding(case, broker, lost[broker])


def _meet(case: Case, world: World, one: str, other: str) -> bool:
    return any(tie.kind in case.weights.meeting for tie in world.between(one, other))


def _mediators(case: Case, world: World) -> Mapping[Pair, frozenset[str]]:
    """Who mediates between each pair that has no tie of its own."""
    found: dict[Pair, set[str]] = defaultdict(set)
    for tie in world.ties:
        if tie.kind == "mediation":
            for one, other in combinations(sorted(world.members(tie, "target")), 2):
                if not _meet(case, world, one, other):
                    found[one, other].update(world.doers(tie))
    return {pair: frozenset(brokers) for pair, brokers in found.items()}


def _carriers(case: Case, pair: Pair) -> frozenset[str]:
    """Parties that the move ties to one of the pair and that are tied to the other."""
    return frozenset(
        party
        for party in case.parties
        if party not in pair
        and all(_meet(case, case.after, party, end) for end in pair)
        and not all(_meet(case, case.before, party, end) for end in pair)
    )


def _finding(case: Case, broker: str, lost: Mapping[Pair, float]) -> Finding:
    trail = case.trail()
    for pair in lost:
        mediations = (tie for tie in case.before.ties_of(broker) if tie.kind == "mediation")
        trail.add(*(tie for tie in mediations if set(pair) <= set(case.before.members(tie, "target"))))
    pairs = listing([f"between {case.name(a)} and {case.name(b)}" for a, b in sorted(lost)], at_most=2)
    size = sum(lost.values())
    why = (
        f"{sentence(case.name(broker))} mediates {pairs}. With {case.deed} they have a way around it: "
        f"it loses {size:.2f} of {len(lost)} {'pair' if len(lost) == 1 else 'pairs'}."
    )
    return Finding(broker, size, why, trail)
