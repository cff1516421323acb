"""Two states that met through the actor now meet without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rapallo.effects.case import Case, Finding
from rapallo.measures import Card
from rapallo.measures.words import listing, sentence
from rapallo.measures.world import World

__all__ = ["CARD", "find"]

CARD = Card(
    id="brokerage_lost",
    kind="effect",
    definition="The pairs of states that met only through others, the actor among them, and that now "
    "meet directly or through one more. Two states meet through a tie of the kinds named in "
    "weights.yaml, and a mediator meets those it mediates between.",
    equation="size = sum over pairs (i, j) without a tie of 1 / (number of states tied to both, the "
    "actor among them) without the move - the same with it",
    inputs=("ties: pact, partnership, diplomatic, mediation",),
    unit="pairs of states",
    citation="Gould & Fernandez (1989), Structures of Mediation: partial brokerage of a dyad, shared "
    "among its brokers",
    limits="Only pairs with a party to the move are looked at, since no other changes. Every tie "
    "counts alike. Pairs that the record leaves without a tie may well meet.",
    moves=("pact", "partnership", "mediation", "restoration"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each broker that loses part of a pair."""
    without, moved = _brokers(case, case.before), _brokers(case, case.after)
    lost: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for pair, brokers in without.items():
        now = moved.get(pair, frozenset())
        for broker in brokers:
            loss = 1.0 / len(brokers) - (1.0 / len(now) if broker in now else 0.0)
            if loss > 0.0 and broker not in case.parties:
                lost[broker][pair] = loss
    for broker in sorted(lost):
        yield _finding(case, broker, lost[broker])


def _brokers(case: Case, world: World) -> dict[tuple[str, str], frozenset[str]]:
    """Who stands between each pair that has a party to the move in it and no tie of its own."""
    met: dict[str, set[str]] = defaultdict(set)
    for tie in world.ties:
        if tie.kind in case.weights.meeting:
            members = set(world.members(tie))
            for code in members:
                met[code] |= members - {code}
        elif tie.kind == "mediation":
            for doer in world.doers(tie):
                for target in world.members(tie, "target"):
                    met[doer].add(target)
                    met[target].add(doer)
    found = {}
    for party in case.parties:
        near = met[party] - {party}
        for other in sorted({far for broker in near for far in met[broker]} - near - {party}):
            pair = (min(party, other), max(party, other))
            found[pair] = frozenset((met[party] & met[other]) - {party, other})
    return found


def _finding(case: Case, broker: str, lost: dict[tuple[str, str], float]) -> Finding:
    trail = case.trail()
    worst = sorted(lost, key=lambda pair: (-lost[pair], pair))
    for pair in worst[:3]:
        for end in pair:
            for tie in case.before.between(broker, end):
                if tie.kind in {*case.weights.meeting, "mediation"}:
                    trail.add(tie)
    pairs = listing([f"{case.name(a)} and {case.name(b)}" for a, b in worst], at_most=2)
    size = sum(lost.values())
    why = (
        f"Without {case.deed} {pairs} met only through others, {case.name(broker)} among them. "
        f"With it they can do without: {case.name(broker)} loses {size:.2f} of a pair."
    )
    return Finding(broker, size, sentence(why), trail)
