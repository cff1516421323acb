"""Every effect there is; a new one is a file with a card and a ``find``, and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rapallo.effects import (
    adversary_strengthened,
    brokerage_lost,
    entrapment,
    leverage_lost,
    reach_extended,
    sanctions_exposed,
)
from rapallo.effects.case import Case, Finding
from rapallo.measures import Card

__all__ = ["EFFECTS", "models"]

Find = Callable[[Case], Iterator[Finding]]

EFFECTS: tuple[tuple[Card, Find], ...] = tuple(
    (module.CARD, module.find)
    for module in (
        adversary_strengthened,
        leverage_lost,
        entrapment,
        brokerage_lost,
        reach_extended,
        sanctions_exposed,
    )
)


def models() -> tuple[Card, ...]:
    """The cards of all effects.

    Examples:
        >>> [card.id for card in models()][:2]
        ['adversary_strengthened', 'leverage_lost']
    """
    return tuple(card for card, _ in EFFECTS)
