"""An adversary gains a state that would now have to join a war against the actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rapallo.effects.case import Case, Finding
from rapallo.measures import Adversary, Card
from rapallo.measures.words import growth, listing, percent, sentence
from rapallo.measures.world import World
from rapallo.model import Obligation, Tie

__all__ = ["CARD", "find"]

CARD = Card(
    id="adversary_strengthened",
    kind="effect",
    definition="For an actor C with an adversary P among the parties: the fall in C's share of the force"
    " in a war between the two, because other parties would now have to fight beside P. A "
    "supply of weapons carries over a stated part of the supplier's capability instead. A base "
    "brings forces near that would have come from afar: those of its holder where that is bound to "
    "the host P, and those of the holder P itself where the host lies at the border of C.",
    equation="size = intensity(C, P) * (own / (own + against) - own / (own + against + gained)); own ="
    " force of C and of those obliged to C; against = that of P and of those obliged to P; "
    "gained = that of the parties newly obliged to P; force = capability * weight of the "
    "answer * (1, or at_distance where the state borders on neither C nor P and has no troops"
    " with them); for a base gained = (1 - at_distance) * capability * weight of the answer, or for "
    "the holder itself that of P, which before it counts at_distance",
    inputs=(
        "adversaries",
        "obligations of the pacts floor with and without the move",
        "capability",
        "ties: border, territorial_dispute, troops",
    ),
    unit="fall in the share of force, times intensity, 0 to 1",
    citation="Tullock (1980), Efficient Rent Seeking, and Hirshleifer (1989), Conflict and Rent-"
    "Seeking Success Functions, for the share of force (ratio form); Walt (1987), The Origins"
    " of Alliances, for the aggregation of power; Boulding (1962), Conflict and Defense, for "
    "the loss of strength over distance",
    limits="Duty is not conduct: whether the party would fight is another question. Distance counts "
    "only as bordering or not. Allies of allies are left out. Weapons are sized by the "
    "supplier's capability, not by what is supplied, and a base as if all the forces of its holder could "
    "use it; forces at sea are not placed.",
    moves=("pact", "arms", "base"),
)

_FRONTS = frozenset({"border", "territorial_dispute"})
"""Ties by which two states meet: a border, or ground or waters that both claim."""

_KINDS = {
    "war": "are at war",
    "rivalry": "are rivals",
    "territorial_dispute": "claim the same territory",
    "sanction": "are divided by sanctions",
}


def find(case: Case) -> Iterator[Finding]:
    """One finding for each adversary of each party that gains by the move."""
    helped = case.targets if case.move.kind == "arms" else case.parties
    for party in helped:
        for foe in case.foes(party):
            if foe.actor in case.parties:
                continue
            force = _Force(case, foe.actor, party)
            if case.move.kind == "base":
                gained = _brought_near(case, force)
            else:
                weights = _gained(case, foe.actor, party)
                gained = {code: force.of(code, weight) for code, weight in weights.items()}
            if gained:
                yield _finding(case, force, foe, gained)


def _brought_near(case: Case, force: _Force) -> Mapping[str, float]:
    """The force that the base brings near the actor, by the party whose it is."""
    nearer = 1.0 - case.weights.at_distance
    party, strength = force.party, case.before.capability
    if party in case.doers:
        come = not _near(case.before, party, force.actor) and _near(case.after, party, force.actor)
        return {party: nearer * strength.get(party, 0.0)} if come else {}
    answers = case.answers(force.actor, party, moved=True)
    weights = {code: case.weight(answers.get(code), party) for code in case.doers}
    return {
        code: nearer * weight * strength.get(code, 0.0)
        for code, weight in weights.items()
        if weight > 0.0 and not force.presence(code)
    }


def _near(world: World, state: str, foe: str) -> Tie | None:
    """What puts forces of a state at the border of its foe: its own front, or troops where there is one."""
    grounds: list[tuple[str, Tie | None]] = [(state, None)]
    for tie in world.ties_of(state):
        if tie.kind == "troops" and state in world.doers(tie):
            grounds += [(host, tie) for host in world.members(tie, "target")]
    for ground, troops in grounds:
        if ground == foe:
            return troops
        for front in world.between(ground, foe):
            if front.kind in _FRONTS:
                return troops or front
    return None


def _gained(case: Case, actor: str, party: str) -> Mapping[str, float]:
    """Weight of what each other party adds beside the party against the actor."""
    if case.move.kind == "arms":
        return dict.fromkeys(case.doers, case.weights.arms_supply)
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


def _finding(case: Case, force: _Force, foe: Adversary, gained: Mapping[str, float]) -> Finding:
    actor, party = force.actor, force.party
    own = force.side(actor, case.answers(party, actor, moved=False))
    more = sum(gained.values())
    against = force.side(party, case.answers(actor, party, moved=False)) - gained.get(party, 0.0)
    size = foe.intensity * (own / (own + against) - own / (own + against + more)) if own * more > 0.0 else 0.0
    trail = case.trail().ids(foe.path, foe.confidence)
    trail.add(*(tie for code in gained for tie in force.presence(code)))
    for code in (actor, party, *gained):
        trail.add(*case.before.capability_rows(code))
    unknown = [case.name(c) for c in (actor, party, *gained) if c not in case.before.capability]
    trail.missing = bool(unknown)
    gap = f" The strength of {listing(unknown)} is not in the record." if unknown else ""
    why = (
        f"{sentence(case.name(actor))} and {case.name(party)} {_KINDS[foe.kinds[0]]}. "
        f"{_how(case, force, gained)}: the side against it grows {growth(against, against + more)} "
        f"of world capability; its own side has {percent(own)}.{gap}"
    )
    return Finding(actor, size, why, trail, through=(party,))


@dataclass(frozen=True, slots=True)
class _Force:
    """What each state brings to a war between the actor and the party."""

    case: Case
    actor: str
    party: str

    def presence(self, code: str) -> tuple[Tie, ...]:
        """The border or the troops that bring a third state to the war, if anything does."""
        world = self.case.before
        near = (tie for ground in (self.party, self.actor) for tie in world.between(code, ground))
        found = (t for t in near if t.kind == "border" or (t.kind == "troops" and code in world.doers(t)))
        return tuple(islice(found, 1))

    def of(self, code: str, weight: float) -> float:
        """The force of a third state whose answer has that weight."""
        reach = 1.0 if self.presence(code) else self.case.weights.at_distance
        return weight * reach * self.case.before.capability.get(code, 0.0)

    def side(self, head: str, answers: Mapping[str, Obligation]) -> float:
        """The force of one side: its head and those obliged to it."""
        allies = ((code, self.case.weight(entry, head)) for code, entry in answers.items())
        joined = sum(self.of(code, weight) for code, weight in allies if weight > 0.0)
        return self.case.before.capability.get(head, 0.0) + joined


def _how(case: Case, force: _Force, gained: Mapping[str, float]) -> str:
    actor, party = force.actor, force.party
    names = listing([case.name(code) for code in gained])
    if case.move.kind == "base":
        return f"Forces of {names} that would have come from afar now stand near"
    if case.move.kind == "arms":
        return f"{sentence(names)} now arms {case.name(party)}"
    now = case.answers(actor, party, moved=True)
    answers = {now[code].answer for code in gained if code in now}
    duty = "would now have to join"
    if answers == {"OPTIONAL"}:
        duty = "could now choose to join"
    elif "YES" not in answers:
        duty = "could now be called on to join, which is disputed"
    far = "" if any(force.presence(code) for code in gained) else ", from afar,"
    return f"If {case.name(actor)} attacked {case.name(party)}, {names}{far} {duty}"
