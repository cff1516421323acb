"""Weapons or bases bring the actor's people within range."""

from __future__ import annotations

from collections.abc import Iterator

from rapallo import actors
from rapallo.effects.case import Case, Finding
from rapallo.measures import Card, reach
from rapallo.measures.words import sentence

__all__ = ["CARD", "find"]

CARD = Card(
    id="reach_extended",
    kind="effect",
    definition="An actor whose capital comes within range of the state that gets the weapons, or of "
    "forces at the base, and was not so before; counted in full where the two are at war and "
    "in part where they are strangers.",
    equation="size = [distance <= range with the move and not without it] * (floor + (1 - floor) * "
    "intensity(C, holder)); a pact of defence between the two makes it 0",
    inputs=(
        "reach_km of the move",
        "trait: missile_range, population",
        "capitals of the actors floor",
        "adversaries",
    ),
    unit="1 for a capital newly within range of a state it is at war with",
    citation="Boulding (1962), Conflict and Defense, on the loss of strength over distance",
    limits="Capital to capital. Weapons without a range in the move extend no reach. A base is taken"
    " to strike within a stated radius; missiles of longer range that its owner has at home "
    "are not set against it.",
    moves=("arms", "base"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each state whose capital is newly in range."""
    giver, getters = case.parties[0], case.parties[1:]
    for getter in getters:
        if case.move.kind == "arms":
            if case.move.reach_km is not None:
                yield from _newly(case, holder=getter, spot=getter, km=case.move.reach_km)
        else:
            km = case.move.reach_km or case.weights.base_km
            yield from _newly(case, holder=giver, spot=getter, km=km)


def _newly(case: Case, *, holder: str, spot: str, km: float) -> Iterator[Finding]:
    """States within range of the spot and not already within the holder's own."""
    wide = reach(case.before, spot, km=km)
    own = reach(case.before, holder) if case.move.kind == "arms" else reach(case.before, holder, km=km)
    known = {near.actor for near in own.within} if own else set()
    hostile = {foe.actor: foe for foe in case.foes(holder)}
    floor = case.weights.reach_of_strangers
    for near in wide.within if wide else ():
        actor = near.actor
        allied = actor in case.before.promises(holder) or holder in case.before.promises(actor)
        if actor in case.parties or actor in known or allied:
            continue
        foe = hostile.get(actor)
        trail = case.trail().ids(own.path if own else (), own.confidence if own else 1.0).ids(near.path)
        if foe:
            trail.ids(foe.path, foe.confidence)
        size = floor + (1.0 - floor) * (foe.intensity if foe else 0.0)
        yield Finding(actor, size, _why(case, actor, holder, spot, near.km, near.people), trail)


def _why(case: Case, actor: str, holder: str, spot: str, km: float, people: float | None) -> str:
    capital = actors.actor(actor, on=case.on).capital or f"the capital of {case.name(actor)}"
    what = "the weapons" if case.move.kind == "arms" else f"forces at a base in {case.name(spot)}"
    crowd = f", a state of {people / 1e6:.1f} million people" if people else ""
    return sentence(
        f"{what} let {case.name(holder)} reach {capital}, {km:,.0f} km away, "
        f"which it could not before{crowd}."
    )
