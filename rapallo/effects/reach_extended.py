"""Weapons or bases bring the actor's people within range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapallo import actors
from rapallo.effects.case import Case, Finding
from rapallo.measures import Card, InReach, reach
from rapallo.measures.words import sentence
from rapallo.model import Tie

__all__ = ["CARD", "find"]

CARD = Card(
    id="reach_extended",
    kind="effect",
    definition="An actor whose capital comes within range of the state that gets the weapons, or of "
    "forces at the base, and was not so before; for a base also one that borders on the host and on "
    "neither the holder nor a state where it has troops. Counted in full where the two are at war and "
    "in part where they are strangers.",
    equation="size = [within range with the move and not without it] * (floor + (1 - floor) * "
    "intensity(C, holder)); a pact of defence between the two makes it 0",
    inputs=(
        "reach_km of the move",
        "trait: missile_range, population",
        "capitals of the actors floor",
        "adversaries",
        "ties: border, troops",
    ),
    unit="1 for a state newly within range of one it is at war with",
    citation="Boulding (1962), Conflict and Defense, on the loss of strength over distance",
    limits="Capital to capital, since the record holds no other places; a land border with the host of "
    "a base stands for the rest. Weapons without a range in the move extend no reach. A base is taken"
    " to strike within a stated radius, and so are those that the holder has already; missiles of "
    "longer range that it has at home are not set against it.",
    moves=("arms", "base"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each state that is newly in range."""
    if case.move.kind == "arms":
        for getter in case.targets if case.move.reach_km is not None else ():
            own = reach(case.before, getter)
            known = {near.actor for near in own.within} if own else set()
            trail = (own.path, own.confidence) if own else ((), 1.0)
            yield from _newly(case, getter, getter, case.move.reach_km, known, trail)
        return
    km = case.move.reach_km or case.weights.base_km
    for holder in case.doers:
        known = _held(case, holder, km)
        for host in case.targets:
            yield from _newly(case, holder, host, km, known, ((), 1.0))


def _held(case: Case, holder: str, km: float) -> set[str]:
    """Whom forces of the holder reach already, from home or from where it has troops."""
    world = case.before
    hosts = {
        host
        for tie in world.ties_of(holder)
        if tie.kind == "troops" and holder in world.doers(tie)
        for host in world.members(tie, "target")
    }
    spots = [found for spot in sorted({holder, *hosts}) if (found := reach(world, spot, km=km))]
    near = {entry.actor for found in spots for entry in found.within}
    return near | hosts | {other for spot in (holder, *hosts) for other in _beside(case, spot)}


def _beside(case: Case, spot: str) -> Mapping[str, Tie]:
    """The states that border on one, with the border."""
    world = case.before
    return {
        other: tie
        for other in world.tied_to(spot)
        for tie in world.between(spot, other)
        if tie.kind == "border"
    }


def _newly(
    case: Case, holder: str, spot: str, km: float | None, known: set[str], own: tuple[tuple[str, ...], float]
) -> Iterator[Finding]:
    """States within range of the spot, or for a base beside it, and not already within the holder's own."""
    wide = reach(case.before, spot, km=km)
    near = {entry.actor: entry for entry in wide.within} if wide else {}
    beside = _beside(case, spot) if case.move.kind == "base" else {}
    hostile = {foe.actor: foe for foe in case.foes(holder)}
    floor = case.weights.reach_of_strangers
    for actor in sorted({*near, *beside} - known):
        allied = actor in case.before.promises(holder) or holder in case.before.promises(actor)
        if actor in case.parties or allied:
            continue
        foe = hostile.get(actor)
        trail = case.trail().ids(*own)
        if actor in near:
            trail.ids(near[actor].path)
        else:
            trail.add(beside[actor])
        if foe:
            trail.ids(foe.path, foe.confidence)
        size = floor + (1.0 - floor) * (foe.intensity if foe else 0.0)
        why = _why(case, actor, holder, spot, near.get(actor))
        yield Finding(actor, size, why, trail, through=tuple(dict.fromkeys((holder, spot))))


def _why(case: Case, actor: str, holder: str, spot: str, near: InReach | None) -> str:
    what = "the weapons" if case.move.kind == "arms" else f"forces at a base in {case.name(spot)}"
    if near is None:
        return sentence(
            f"{what} bring {case.name(holder)} to the border of {case.name(actor)}, where it was not before."
        )
    capital = actors.actor(actor, on=case.on).capital or f"the capital of {case.name(actor)}"
    crowd = f", a state of {near.people / 1e6:.1f} million people" if near.people else ""
    return sentence(
        f"{what} let {case.name(holder)} reach {capital}, {near.km:,.0f} km away, "
        f"which it could not before{crowd}."
    )
