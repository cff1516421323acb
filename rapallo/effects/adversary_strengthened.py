"""An adversary gains a state that would now have to join a war against the actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapallo.effects.case import Case, Finding
from rapallo.measures import Adversary, Card
from rapallo.measures.words import listing, percent, sentence

__all__ = ["CARD", "find"]

CARD = Card(
    id="adversary_strengthened",
    kind="effect",
    definition="For an actor C with an adversary P among the parties: the fall in C's share of the force"
    " in a war between the two, because other parties would now have to fight beside P. A "
    "supply of weapons carries over a stated part of the supplier's capability instead.",
    equation="size = intensity(C, P) * (own / (own + against) - own / (own + against + gained)); own ="
    " capability of C and of those obliged to C; against = that of P and of those obliged to "
    "P; gained = that of the parties newly obliged to P, each times the weight of its answer",
    inputs=("adversaries", "obligations of the pacts floor with and without the move", "capability"),
    unit="fall in the share of force, times intensity, 0 to 1",
    citation="Tullock (1980), Efficient Rent Seeking, and Hirshleifer (1989), Conflict and Rent-"
    "Seeking Success Functions, for the share of force (ratio form); Walt (1987), The Origins"
    " of Alliances, for the aggregation of power",
    limits="Duty is not conduct: whether the party would fight is another question. Distance is not "
    "counted. Weapons are sized by the supplier's capability, not by what is supplied.",
    moves=("pact", "arms"),
)

_KINDS = {
    "war": "are at war",
    "rivalry": "are rivals",
    "territorial_dispute": "claim the same territory",
    "sanction": "are divided by sanctions",
}


def find(case: Case) -> Iterator[Finding]:
    """One finding for each adversary of each party that gains by the move."""
    helped = case.parties[1:] if case.move.kind == "arms" else case.parties
    for party in helped:
        for foe in case.foes(party):
            if foe.actor in case.parties:
                continue
            gained = _gained(case, foe.actor, party)
            if gained:
                yield _finding(case, foe, party, gained)


def _gained(case: Case, actor: str, party: str) -> Mapping[str, float]:
    """Weight of what each other party adds beside the party against the actor."""
    if case.move.kind == "arms":
        return {case.parties[0]: case.weights.arms_supply}
    wars = [(actor, party)]
    if case.tie is not None and any(clause.kind == "offence" for clause in case.tie.clauses):
        wars.append((party, actor))
    gained: dict[str, float] = {}
    for attacker, attacked in wars:
        now = case.answers(attacker, attacked, moved=True)
        for other in case.others(party):
            if case.weight(now.get(other), party) <= 0.0:
                continue
            then = case.answers(attacker, attacked, moved=False)
            more = case.weight(now[other], party) - case.weight(then.get(other), party)
            if more > gained.get(other, 0.0):
                gained[other] = more
    return gained


def _finding(case: Case, foe: Adversary, party: str, gained: Mapping[str, float]) -> Finding:
    actor = foe.actor
    strength = case.before.capability
    trail = case.trail().ids(foe.path, foe.confidence)
    sides = {
        party: case.answers(actor, party, moved=False),
        actor: case.answers(party, actor, moved=False),
    }
    force = {}
    for head, answers in sides.items():
        allies = {code: case.weight(entry, head) for code, entry in answers.items()}
        force[head] = strength.get(head, 0.0) + sum(
            weight * strength.get(code, 0.0) for code, weight in allies.items()
        )
    more = sum(weight * strength.get(code, 0.0) for code, weight in gained.items())
    for code in (actor, party, *gained):
        trail.add(*case.before.capability_rows(code))
    unknown = [case.name(code) for code in (actor, party, *gained) if code not in strength]
    trail.missing = bool(unknown)
    own, against = force[actor], force[party]
    size = foe.intensity * (own / (own + against) - own / (own + against + more)) if own * more > 0.0 else 0.0
    gap = f" The strength of {listing(unknown)} is not in the record." if unknown else ""
    first = f"{sentence(case.name(actor))} and {case.name(party)} {_KINDS[foe.kinds[0]]}. "
    figures = (
        f"the side against it grows from {percent(against)} to {percent(against + more)} of world "
        f"capability; its own side has {percent(own)}."
    )
    return Finding(actor, size, f"{first}{_how(case, actor, party, gained)}: {figures}{gap}", trail)


def _how(case: Case, actor: str, party: str, gained: Mapping[str, float]) -> str:
    names = listing([case.name(code) for code in gained])
    if case.move.kind == "arms":
        return f"{sentence(names)} now arms {case.name(party)}"
    now = case.answers(actor, party, moved=True)
    answers = {now[code].answer for code in gained if code in now}
    duty = "would now have to join"
    if answers == {"OPTIONAL"}:
        duty = "could now choose to join"
    elif "YES" not in answers:
        duty = "could now be called on to join, which is disputed"
    return f"If {case.name(actor)} fought {case.name(party)}, {names} {duty}"
