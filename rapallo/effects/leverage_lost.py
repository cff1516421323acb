"""A state that depends on the actor gains an alternative to it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from math import prod

from rapallo.effects.case import Case, Finding, Trail
from rapallo.effects.weights import Weights
from rapallo.measures import Card, Dependence
from rapallo.measures.adversaries import intensity
from rapallo.measures.dependence import depends
from rapallo.measures.leverage import gives
from rapallo.measures.market import DOMAINS
from rapallo.measures.words import growth, listing, percent, possessive, sentence
from rapallo.model import Tie

__all__ = ["CARD", "LEAST", "find", "levers", "turned"]

CARD = Card(
    id="leverage_lost",
    kind="effect",
    definition="The fall in an actor's leverage over a party, domain by domain, since the move gives the"
    " party somebody else to turn to; times what the actor has at issue in that party (bound "
    "to defend it, a shared border, troops there, a partnership, enmity). Where a mediation or restored "
    "relations lay a quarrel of A and B, also what C, an adversary of A, has in B by their common foe (part "
    "shared_foe). In a break, also what each party trades with the other and could not with others (part "
    "dealings).",
    equation="size = (dependence(B on C) without the move - with it) * interest(C, B); interest = 1 - "
    "product over the ties of C and B of (1 - weight of the tie), in weights.yaml; shared_foe: size = "
    "intensity(A, B) when the move began * intensity(C, A) * (1 - product over defence, troops and "
    "partnership of C and B of (1 - weight)); dealings: size = at_risk * dependence(A on B) in trade, "
    "where the record states the total of A's trade",
    inputs=("those of dependence", "ties: pact, border, troops, partnership, rivalry, war, sanction"),
    unit="fall in dependence, times interest, 0 to 1",
    citation="Emerson (1962), Power-Dependence Relations, on the extension of the power network as a "
    "balancing operation; Hirschman (1945), National Power and the Structure of Foreign Trade; Snyder "
    "(1984), The Security Dilemma in Alliance Politics, and Maoz et al. (2007), What Is the Enemy of My "
    "Enemy?, for the need of an ally that rests on a common foe; Rose (2007), The Foreign Service and "
    "Foreign Trade, for what embassies are worth to trade; at_risk is Rapallo's",
    limits="That the party will in fact turn is not claimed. A move in one domain is taken to open "
    "the others, as the channels of turning.yaml say. That a mediation succeeds is supposed. Aid, "
    "technology and transit count only where the weights have an entry for them; Rapallo's have none.",
    moves=("pact", "partnership", "arms", "base", "mediation", "break", "restoration"),
)

LEAST = 0.01
"""A change of leverage that two digits may not show is left out."""
_ALWAYS = frozenset({"trade", "energy", "arms", "protection"})
_CLOSE = ("defence", "troops", "partnership")
_AT_ISSUE = {
    "defence": "is bound to defend {party}",
    "border": "borders on {party}",
    "troops": "keeps troops in {party}",
    "partnership": "is a partner of {party}",
    "adversary": "is an adversary of {party}",
}


def find(case: Case) -> Iterator[Finding]:
    """One finding for each holder of leverage over a party and each domain in which it loses some."""
    kind = case.move.kind
    if kind in {"mediation", "restoration"}:
        yield from _shared_foes(case)
    if kind == "mediation":
        return
    if kind == "break":
        yield from _dealings(case)
    turning = case.targets if kind in {"arms", "base"} else case.parties
    for party in turning:
        for domain in levers(case.weights):
            for then, now in turned(case, party, domain):
                fall = then.value - now.value
                if fall >= LEAST:
                    yield _finding(case, then, now, fall)


def levers(weights: Weights) -> tuple[str, ...]:
    """The domains in which lost leverage counts: four always, another where the weights have an entry for it.

    Examples:
        >>> from rapallo.effects.weights import load_weights
        >>> levers(load_weights())
        ('trade', 'energy', 'arms', 'protection')
    """
    return tuple(d for d in DOMAINS if d in _ALWAYS or f"leverage_lost/{d}" in weights.effects)


def turned(case: Case, party: str, domain: str) -> Iterator[tuple[Dependence, Dependence]]:
    """What a party depends on each of its suppliers for, without the move and with it."""
    without, moved = case.market(party, domain, moved=False), case.market(party, domain, moved=True)
    shares = [*without.shares.items(), *moved.shares.items()]
    for holder in sorted({code for code, share in shares if share >= LEAST}):
        yield depends(without, {holder}), depends(moved, {holder})


def _shared_foes(case: Case) -> Iterator[Finding]:
    """What third states lose in one of two states that make up, because they are at odds with the other."""
    reconciled = case.targets if case.move.kind == "mediation" else case.parties
    for foe, friend in permutations(reconciled, 2):
        quarrel = _quarrel(case, foe, friend)
        if not quarrel:
            continue
        for enemy in case.foes(foe):
            if enemy.actor in case.parties:
                continue
            reasons = _at_issue(case, enemy.actor, friend)
            close = [key for key in _CLOSE if key in reasons]
            bond = 1.0 - prod(1.0 - case.weights.interest[key] for key in close)
            size = intensity(tie.kind for tie in quarrel) * enemy.intensity * bond
            if size >= LEAST:
                trail = case.trail().add(*quarrel).ids(enemy.path, enemy.confidence)
                _bonds(case, enemy.actor, friend, trail)
                names = [case.name(friend), *("it" for _ in close[1:])]
                said = [_AT_ISSUE[key].format(party=who) for key, who in zip(close, names, strict=True)]
                said.append(f"is at odds with {case.name(foe)}")
                why = (
                    f"{sentence(case.name(enemy.actor))} {listing(said)}. "
                    f"If {case.name(friend)} and {case.name(foe)} make up, {case.name(friend)} has less need "
                    f"of {case.name(enemy.actor)}."
                )
                yield Finding(enemy.actor, size, why, trail, "shared_foe", through=(foe, friend))


def _quarrel(case: Case, one: str, other: str) -> tuple[Tie, ...]:
    """The ties that made the two adversaries when the move began, even if they have lapsed since."""
    ties = case.before.view.ties(one, other, ended=True)
    return tuple(t for t in ties if t.phase(case.since) == "in_force" and intensity([t.kind]) > 0.0)


def _dealings(case: Case) -> Iterator[Finding]:
    """What each party to a break gets from another and nobody else could give."""
    for actor in case.parties:
        trade = case.market(actor, "trade", moved=False)
        for side in dict.fromkeys(case.side(other) for other in case.others(actor)):
            held = depends(trade, [other for other in case.others(actor) if case.side(other) == side])
            if not trade.stated or held.stake < LEAST:
                continue
            why = (
                f"{percent(held.stake)} of {possessive(case.name(actor))} recorded trade is with "
                f"{case.name(side)}, and others could replace {percent(held.replaceable)} of that. "
                f"{sentence(case.deed)} puts part of it at risk."
            )
            trail = case.trail().ids(held.path, held.confidence)
            yield Finding(actor, case.weights.at_risk * held.value, why, trail, "dealings")


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
    return Finding(actor, fall * interest, why, trail, then.domain, through=(party,))


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
