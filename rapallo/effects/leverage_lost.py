"""A state that depends on the actor gains an alternative to it."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from rapallo.effects.case import Case, Finding, Trail
from rapallo.measures import Card, Dependence
from rapallo.measures.dependence import depends
from rapallo.measures.leverage import gives
from rapallo.measures.market import DOMAINS
from rapallo.measures.words import growth, listing, percent, possessive, sentence

__all__ = ["CARD", "LEAST", "find", "turned"]

CARD = Card(
    id="leverage_lost",
    kind="effect",
    definition="The fall in an actor's leverage over a party, domain by domain, since the move gives the"
    " party somebody else to turn to; times what the actor has at issue in that party (bound "
    "to defend it, a shared border, troops there, a partnership, enmity).",
    equation="size = (dependence(B on C) without the move - with it) * interest(C, B); interest = 1 - "
    "product over the ties of C and B of (1 - weight of the tie), in weights.yaml",
    inputs=("those of dependence", "ties: pact, border, troops, partnership, rivalry, war"),
    unit="fall in dependence, times interest, 0 to 1",
    citation="Emerson (1962), Power-Dependence Relations, on the extension of the power network as a "
    "balancing operation; Hirschman (1945), National Power and the Structure of Foreign Trade",
    limits="That the party will in fact turn is not claimed. A move in one domain is taken to open "
    "the others, as the channels of turning.yaml say.",
    moves=("pact", "partnership", "arms", "base", "break", "restoration"),
)

LEAST = 0.01
"""A change of leverage that two digits may not show is left out."""
_AT_ISSUE = {
    "defence": "is bound to defend {party}",
    "border": "borders on {party}",
    "troops": "keeps troops in {party}",
    "partnership": "is a partner of {party}",
    "adversary": "is an adversary of {party}",
}


def find(case: Case) -> Iterator[Finding]:
    """One finding for each holder of leverage over a party and each domain in which it loses some."""
    turning = case.parties[1:] if case.move.kind in {"arms", "base"} else case.parties
    for party in turning:
        for domain in DOMAINS:
            for then, now in turned(case, party, domain):
                fall = then.value - now.value
                if fall >= LEAST:
                    yield _finding(case, then, now, fall)


def turned(case: Case, party: str, domain: str) -> Iterator[tuple[Dependence, Dependence]]:
    """What a party depends on each of its suppliers for, without the move and with it."""
    without, moved = case.market(party, domain, moved=False), case.market(party, domain, moved=True)
    shares = [*without.shares.items(), *moved.shares.items()]
    for holder in sorted({code for code, share in shares if share >= LEAST}):
        yield depends(without, {holder}), depends(moved, {holder})


def _finding(case: Case, then: Dependence, now: Dependence, fall: float) -> Finding:
    actor, party = then.on[0], then.of
    reasons = _at_issue(case, actor, party)
    interest = 1.0 - prod(1.0 - case.weights.interest[key] * factor for key, factor in reasons.items())
    trail = case.trail().ids(then.path, then.confidence).ids(now.path, now.confidence)
    trail.rows = {row: value for row, value in trail.rows.items() if not row.startswith("supposed:")}
    _bonds(case, actor, party, trail)
    told = {"defence"} if then.domain == "protection" else set()
    phrases = [_AT_ISSUE[key] for key in reasons if key in _AT_ISSUE.keys() - told]
    said = [phrase.format(party="it" if n else case.name(party)) for n, phrase in enumerate(phrases)]
    matters = f" {sentence(case.name(actor))} {listing(said)}." if said else ""
    change = (
        f"With {case.deed} {_turn(case, then, now)}, and {possessive(case.name(actor))} leverage falls from "
        f"{then.value:.2f} to {now.value:.2f}."
    )
    why = f"{sentence(gives(then, case.on))}. {change}{matters}"
    if now.missing:
        why += f" What {listing([case.name(code) for code in now.missing])} could give is not in the record."
    return Finding(actor, fall * interest, why, trail, then.domain)


def _turn(case: Case, then: Dependence, now: Dependence) -> str:
    before = {a.actor: a.replaces for a in then.alternatives}
    newly = [a.actor for a in now.alternatives if a.replaces > before.get(a.actor, 0.0)]
    if not newly:
        return f"that share becomes {percent(now.stake)}"
    names = listing([case.name(code) for code in newly])
    share = (
        f"{possessive(case.name(then.on[0]))} share falls to {percent(now.stake)}, "
        if now.stake < then.stake
        else ""
    )
    return (
        f"{case.name(then.of)} can turn to {names}: {share}what others could replace grows "
        f"{growth(then.replaceable, now.replaceable)}"
    )


def _at_issue(case: Case, actor: str, party: str) -> dict[str, float]:
    """What binds the actor to the party, as a factor on the weight of each kind of interest."""
    world = case.before
    found = {"always": 1.0}
    if actor in world.promises(party):
        found["defence"] = 1.0
    for tie in world.between(actor, party):
        if tie.kind in {"border", "partnership"} or (tie.kind == "troops" and actor in world.doers(tie)):
            found[tie.kind] = 1.0
    hostile = [foe.intensity for foe in case.foes(party) if foe.actor == actor]
    if hostile:
        found["adversary"] = hostile[0]
    return found


def _bonds(case: Case, actor: str, party: str, trail: Trail) -> None:
    """Add the rows that say what the actor has at issue in the party."""
    for clause, tie in case.before.promises(party).get(actor, ()):
        trail.add(tie, clause)
    for tie in case.before.between(actor, party):
        if tie.kind in {"border", "partnership", "troops"}:
            trail.add(tie)
