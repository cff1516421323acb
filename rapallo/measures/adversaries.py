"""Who is whose adversary, and how much of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod
from typing import TYPE_CHECKING, Any

import yaml

from rapallo.measures.cards import Card
from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.model import Tie
    from rapallo.record import View

__all__ = ["CARD", "Adversary", "adversaries", "intensity"]

CARD = Card(
    id="adversaries",
    kind="measure",
    definition="The states with which a state has a war, a rivalry, a territorial dispute or a sanction "
    "on the day.",
    equation="intensity = 1 - product over kinds of tie of (1 - weight of the kind), weights in "
    "adversaries.yaml",
    inputs=("ties: war, rivalry, territorial_dispute, sanction, pact",),
    unit="intensity, 0 to 1",
    citation="Vasquez (1996), Distinguishing Rivals That Go to War; Thompson & Dreyer (2012), Handbook"
    " of International Rivalries; the weights are Rapallo's",
    limits="Symmetric: who fears whom more is not told apart. A sanction counts alike whatever its "
    "weight. States bound to fight for each other are not made adversaries by a dispute or a "
    "sanction, only by a rivalry or a war.",
)


@dataclass(frozen=True, slots=True)
class Adversary:
    """One adversary of a state.

    Attributes:
        actor: its code.
        intensity: 0 to 1; a war under way is 1.
        kinds: the kinds of tie that make it one, heaviest first.
        path: ids of these ties.
        confidence: the least of their confidences.
    """

    actor: str
    intensity: float
    kinds: tuple[str, ...]
    path: tuple[str, ...]
    confidence: float


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = yaml.load(
        files("rapallo.measures").joinpath("adversaries.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return table


def adversaries(view: View | World, state: str) -> tuple[Adversary, ...]:
    """The adversaries of a state on the day of the view, the most intense first, then by code.

    Args:
        view: the view, or the world made of it.
        state: code of the state.

    Returns:
        One entry per adversary; none where the record holds no such tie.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> adversaries(view, "UKR")[0].actor
        'RUS'
    """
    world = World.of(view)
    found = []
    for other in world.tied_to(state):
        adversary = _between(world, state, other)
        if adversary:
            found.append(adversary)
    return tuple(sorted(found, key=lambda a: (-a.intensity, a.actor)))


def intensity(kinds: Iterable[str]) -> float:
    """How much of an adversary ties of these kinds make; kinds that make none are passed over.

    Examples:
        >>> intensity(["rivalry", "border"]), intensity([])
        (0.4, 0.0)
    """
    weights: Mapping[str, float] = _table()["ties"]
    return 1.0 - prod(1.0 - weights[kind] for kind in sorted(set(kinds) & weights.keys()))


def _between(world: World, state: str, other: str) -> Adversary | None:
    weights: Mapping[str, float] = _table()["ties"]
    by_kind: dict[str, Tie] = {}
    for tie in world.between(state, other):
        if tie.kind in weights and (
            tie.kind not in by_kind or tie.envelope.confidence > by_kind[tie.kind].envelope.confidence
        ):
            by_kind[tie.kind] = tie
    if by_kind and (state in world.promises(other) or other in world.promises(state)):
        for kind in _table()["set_aside_by_defence"]:
            by_kind.pop(kind, None)
    if not by_kind:
        return None
    kinds = tuple(sorted(by_kind, key=lambda k: -weights[k]))
    return Adversary(
        actor=other,
        intensity=intensity(kinds),
        kinds=kinds,
        path=tuple(by_kind[kind].id for kind in kinds),
        confidence=min(by_kind[kind].envelope.confidence for kind in kinds),
    )
