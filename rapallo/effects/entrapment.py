"""The actor's own pact now chains it to another state's wars."""

from __future__ import annotations

from collections.abc import Iterator

from rapallo.effects.case import Case, Finding
from rapallo.measures import Adversary, Card
from rapallo.measures.words import listing, percent, sentence

__all__ = ["CARD", "find"]

CARD = Card(
    id="entrapment",
    kind="effect",
    definition="For an actor C that is bound to defend a party B: the foes of another party A whose war "
    "with A would now, through B, put C's own pact with B at issue, weighed by capability "
    "against C's own.",
    equation="size = foes / (foes + capability(C)); foes = sum over adversaries X of A of intensity(A,"
    " X) * (weight of C's answer to 'X attacks A' with the move - without it) * capability(X)",
    inputs=(
        "clauses of defence that bind C to B",
        "adversaries",
        "obligations of the pacts floor",
        "capability",
    ),
    unit="share of the foes in the sum of the foes' and C's own capability, 0 to 1",
    citation="Snyder (1984), The Security Dilemma in Alliance Politics",
    limits="Only wars and rivalries of A count. What the parties owe each other by the move itself "
    "was chosen and is listed as a change of obligations, not as entrapment.",
    moves=("pact",),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each third state bound to a party and each other party whose wars it is chained to."""
    for bound in case.parties:
        for actor in sorted(case.before.promises(bound)):
            if actor in case.parties:
                continue
            for other in case.others(bound):
                finding = _chained(case, actor, bound, other)
                if finding:
                    yield finding


def _chained(case: Case, actor: str, bound: str, other: str) -> Finding | None:
    promises = case.before.promises(bound)[actor]
    ties = {tie.id for _, tie in promises}
    strength = case.before.capability
    foes: list[tuple[Adversary, str, float]] = []
    for foe in case.foes(other):
        if (
            foe.actor == actor
            or foe.actor in case.parties
            or not set(foe.kinds) & set(case.weights.entrapping)
        ):
            continue
        now = case.answers(foe.actor, other, moved=True).get(actor)
        if (
            now is None
            or now.side not in case.parties
            or not any(reason.tie in ties for reason in now.because)
        ):
            continue
        then = case.answers(foe.actor, other, moved=False).get(actor)
        more = case.weight(now, now.side) - (case.weight(then, then.side) if then else 0.0)
        if more > 0.0:
            foes.append((foe, now.answer, foe.intensity * more * strength.get(foe.actor, 0.0)))
    if not foes:
        return None
    foes.sort(key=lambda entry: (-entry[2], entry[0].actor))
    against = sum(weight for _, _, weight in foes)
    unknown = [case.name(code) for code in (actor, *(f.actor for f, _, _ in foes)) if code not in strength]
    own = strength.get(actor)
    size = against / (against + own) if own and against else 0.0
    trail = case.trail()
    for clause, tie in promises:
        trail.add(tie, clause)
    for foe, _, _ in foes:
        trail.ids(foe.path, foe.confidence)
    for code in (actor, foes[0][0].actor):
        trail.add(*case.before.capability_rows(code))
    trail.missing = bool(unknown)
    return Finding(actor, size, _why(case, actor, bound, other, foes, unknown), trail)


def _why(
    case: Case,
    actor: str,
    bound: str,
    other: str,
    foes: list[tuple[Adversary, str, float]],
    unknown: list[str],
) -> str:
    own = case.before.capability.get(actor, 0.0)
    enemies = listing([case.name(foe.actor) for foe, _, _ in foes], at_most=3, last="or")
    total = sum(case.before.capability.get(foe.actor, 0.0) for foe, _, _ in foes)
    answers = {answer for _, answer, _ in foes}
    duty = "would have to follow"
    if "YES" not in answers:
        duty = (
            "might have to follow, which is disputed" if "DISPUTED" in answers else "could choose to follow"
        )
    gap = f" The strength of {listing(unknown)} is not in the record." if unknown else ""
    who, ward = case.name(actor), case.name(bound)
    return (
        f"{sentence(who)} is bound to defend {ward}. "
        f"If {enemies} attacked {case.name(other)}, "
        f"{ward} could now be drawn in, and {who} {duty}: against {percent(total)} of world capability; "
        f"{who} has {percent(own)}.{gap}"
    )
