"""What the name and the account of a tie tell that one state gives another: technology, or aid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rapallo.measures.suppliers import Words
    from rapallo.measures.world import World
    from rapallo.model import Tie

__all__ = ["told"]

_YEAR = 365.2425


def told(world: World, of: str, words: Words) -> Mapping[str, tuple[float, Tie]]:
    """The tie that tells most plainly of something given to a state, by the state that gives it.

    Either party to a mutual tie gives to the other; of a directed tie only the doer gives.

    Args:
        world: the rows of a view.
        of: code of the state to which something is given.
        words: what to look for, and in which ties.

    Returns:
        The strength of the words, 0 to 1, and the tie, by code of the giver.
    """
    strengths = {tie.id: _strength(world, tie, words) for tie in world.ties_of(of)}
    found: dict[str, tuple[float, Tie]] = {}
    for code in world.tied_to(of) if any(strengths.values()) else ():
        if words.downhill and world.capability.get(code, 0.0) <= world.capability.get(of, 0.0):
            continue
        for tie in world.between(of, code):
            strength = strengths[tie.id]
            if strength > found.get(code, (0.0,))[0] and _gives(world, tie, code):
                found[code] = (strength, tie)
    return found


def _strength(world: World, tie: Tie, words: Words) -> float:
    if tie.kind not in words.kinds:
        return 0.0
    if tie.phase(world.on) == "signed":
        signed = max(step.on for step in tie.phases if step.on <= world.on)
        if (world.on - signed).days > words.lasts * _YEAR:
            return 0.0
    return words.strength(f"{tie.name}. {tie.about}")


def _gives(world: World, tie: Tie, code: str) -> bool:
    return not tie.members(world.on, role="actor") or code in world.doers(tie)
