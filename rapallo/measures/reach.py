"""Whom a state's missiles reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.measures.cards import Card
from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["CARD", "InReach", "Reach", "reach"]

CARD = Card(
    id="reach",
    kind="measure",
    definition="The states whose capital lies within the longest missile range of a state, measured from"
    " its own capital, and how many people live in them.",
    equation="within(i) = {j: distance(capital i, capital j) <= range(i)}; people = sum of population "
    "over within(i)",
    inputs=("trait: missile_range, population", "capitals of the actors floor"),
    unit="km; people",
    citation="Boulding (1962), Conflict and Defense, for the loss of strength over distance",
    limits="Capital to capital: launchers stand elsewhere and countries are wide. All the people of "
    "a state are counted once its capital is in range. Defences, accuracy and numbers are not"
    " modelled.",
)


@dataclass(frozen=True, slots=True)
class InReach:
    """A state within reach.

    Attributes:
        actor: its code.
        km: how far its capital lies.
        people: how many live in it; None where the record does not say.
        path: ids of the rows that say how many.
    """

    actor: str
    km: float
    people: float | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a state's missiles reach.

    Attributes:
        actor: code of the state.
        km: the range.
        within: the states whose capital lies inside it, the nearest first.
        path: ids of the rows that give the range.
        confidence: the least of theirs.
    """

    actor: str
    km: float
    within: tuple[InReach, ...]
    path: tuple[str, ...]
    confidence: float

    @property
    def people(self) -> float:
        """How many people live in the states within reach, as far as the record knows."""
        return sum(state.people or 0.0 for state in self.within)


def reach(view: View | World, state: str, *, km: float | None = None) -> Reach | None:
    """Whom a state's missiles reach.

    Args:
        view: the view, or the world made of it.
        state: code of the state.
        km: a range to suppose instead of the recorded one.

    Returns:
        The reach, or None where no range is given and the record holds none.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> [near.actor for near in reach(view, "PRK", km=300).within]
        ['KOR']
    """
    world = World.of(view)
    trait = world.traits("missile_range").get(state)
    if km is None:
        if trait is None:
            return None
        km = trait.value
        path: tuple[str, ...] = (trait.id,)
        confidence = trait.envelope.confidence
    else:
        path, confidence = (), 1.0
    population = world.traits("population")
    within = []
    for other in actors.states(world.on):
        if other.id == state or other.latitude is None:
            continue
        distance = actors.distance_km(state, other.id, on=world.on)
        if distance <= km:
            people = population.get(other.id)
            within.append(
                InReach(
                    actor=other.id,
                    km=distance,
                    people=1000.0 * people.value if people else None,
                    path=(people.id,) if people else (),
                )
            )
    return Reach(state, km, tuple(sorted(within, key=lambda near: (near.km, near.actor))), path, confidence)
