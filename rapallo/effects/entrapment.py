"""The actor's own pact now chains it to another state's wars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapallo.effects.case import Case, Finding
from rapallo.measures import Adversary, Card
from rapallo.measures.words import listing, percent, sentence

__all__ = ["CARD", "find"]

CARD = Card(
    id="entrapment",
    kind="effect",
    definition="For an actor C that is bound to defend a party B: the foes of another party A whose war "
    "with A would now, through B, put C's own pact with B at issue, weighed by capability "
    "against C's own and by how much of B's defence rests on C.",
    equation="size = foes / (foes + capability(C)) * share(C, B) * (1 - intensity(C, B)); foes = sum "
    "over adversaries X of A of intensity(A, X) * (weight of C's answer to 'X attacks A' with"
    " the move - without it) * capability(X); share = C's part of the strength B can count "
    "on, as in dependence for protection",
    inputs=(
        "clauses of defence that bind C to B",
        "adversaries",
        "obligations of the pacts floor",
        "capability",
    ),
    unit="share of the foes in the sum of the foes' and C's own capability, times C's part in the "
    "defence of B, 0 to 1",
    citation="Snyder (1984), The Security Dilemma in Alliance Politics; Olson & Zeckhauser (1966), An "
    "Economic Theory of Alliances, for the burden falling on the larger ally",
    limits="Only wars and rivalries of A count. What the parties owe each other by the move itself "
    "was chosen and is listed as a change of obligations, not as entrapment.",
    moves=("pact",),
)


@dataclass(frozen=True, slots=True)
class _Foe:
    """An adversary of the other party: the answer its war would now draw, and its weight in the effect."""

    adversary: Adversary
    answer: str
    weight: float


def find(case: Case) -> Iterator[Finding]:
    """One finding for each third state bound to a party and each other party whose wars it is chained to."""
    for bound in case.parties:
        enmity = {foe.actor: foe.intensity for foe in case.foes(bound)}
        for actor in sorted(case.before.promises(bound)):
            if actor in case.parties or enmity.get(actor, 0.0) == 1.0:
                continue
            for other in case.others(bound):
                foes = _foes(case, actor, bound, other)
                if foes:
                    yield _finding(case, actor, bound, other, foes, 1.0 - enmity.get(actor, 0.0))


def _foes(case: Case, actor: str, bound: str, other: str) -> list[_Foe]:
    """The foes of the other party whose attack on it would put the actor's pact newly at issue."""
    ties = {tie.id for _, tie in case.before.promises(bound)[actor]}
    found = []
    for foe in case.foes(other):
        if (
            foe.actor == actor
            or foe.actor in case.parties
            or not set(foe.kinds) & set(case.weights.entrapping)
        ):
            continue
        now = case.answers(foe.actor, other, moved=True, steps=2).get(actor)
        if (
            now is None
            or now.side not in case.parties
            or not any(reason.tie in ties for reason in now.because)
        ):
            continue
        then = case.answers(foe.actor, other, moved=False, steps=2).get(actor)
        more = case.weight(now, now.side) - case.weight(then, now.side)
        if more > 0.0:
            strength = case.before.capability.get(foe.actor, 0.0)
            found.append(_Foe(foe, now.answer, foe.intensity * more * strength))
    return sorted(found, key=lambda entry: (-entry.weight, entry.adversary.actor))


def _finding(case: Case, actor: str, bound: str, other: str, foes: list[_Foe], goodwill: float) -> Finding:
    strength = case.before.capability
    against, own = sum(foe.weight for foe in foes), strength.get(actor, 0.0)
    share = case.market(bound, "protection", moved=False).shares.get(actor, 0.0)
    size = against / (against + own) * share * goodwill if own * against > 0.0 else 0.0
    names = [foe.adversary.actor for foe in foes]
    trail = case.trail()
    for clause, tie in case.before.promises(bound)[actor]:
        trail.add(tie, clause)
    for foe in foes:
        trail.ids(foe.adversary.path, foe.adversary.confidence)
    for code in (actor, bound, names[0]):
        trail.add(*case.before.capability_rows(code))
    unknown = [case.name(code) for code in (actor, *names) if code not in strength]
    trail.missing = bool(unknown)
    who, ward = case.name(actor), case.name(bound)
    enemies = listing([case.name(code) for code in names], at_most=3, last="or")
    total = sum(strength.get(code, 0.0) for code in names)
    gap = f" The strength of {listing(unknown)} is not in the record." if unknown else ""
    why = (
        f"{sentence(who)} is bound to defend {ward} and is {percent(share)} of the strength it can count on. "
        f"If {enemies} attacked {case.name(other)}, {ward} could now be drawn in, and {who} {_duty(foes)}: "
        f"against {percent(total)} of world capability; {who} has {percent(own)}.{gap}"
    )
    return Finding(actor, size, why, trail, through=(bound, other))


def _duty(foes: list[_Foe]) -> str:
    answers = {foe.answer for foe in foes}
    if "YES" in answers:
        return "would have to follow"
    return "might have to follow, which is disputed" if "DISPUTED" in answers else "could choose to follow"
