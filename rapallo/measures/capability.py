"""How strong each state is: its share in the capabilities of the world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rapallo.measures.cards import Card
from rapallo.measures.world import COMPONENTS, World

if TYPE_CHECKING:
    from rapallo.model import Trait
    from rapallo.record import View

__all__ = ["CARD", "capability", "capability_rows"]

CARD = Card(
    id="capability",
    kind="measure",
    definition="The Composite Index of National Capability over the components that the record holds: "
    "the mean of a state's shares in the world total of each.",
    equation="capability(i) = mean over components k held for i of value(i, k) / sum over states j of "
    "value(j, k)",
    inputs=tuple(f"trait: {name}" for name in COMPONENTS),
    unit="share of the capability of all states the record holds, 0 to 1",
    citation="Singer, Bremer & Stuckey (1972), Capability Distribution, Uncertainty, and Major Power "
    "War, 1820-1965",
    limits="The sixth component of the original, urban population, is not in the record. Shares are "
    "of the states the record holds, so a component held for some gives each a little too "
    "much; one held only for states that make up less than half of the best-held component is"
    " left out. The latest value per state is taken, so years can differ. It counts means, "
    "not will, skill or distance.",
)


def capability(view: View | World) -> Mapping[str, float]:
    """The share of each state in the capability of the states the record holds.

    Args:
        view: the view, or the world made of it.

    Returns:
        Share by code, 0 to 1; a state of which the record holds no component is absent.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> shares = capability(Record.open().view(date(2024, 6, 22)))
        >>> sorted(sorted(shares, key=shares.__getitem__)[-2:])
        ['CHN', 'USA']
    """
    return World.of(view).capability


def capability_rows(view: View | World, state: str) -> tuple[Trait, ...]:
    """The traits behind a state's capability, in the order of the components.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> rows = capability_rows(Record.open().view(date(2024, 6, 22)), "CHN")
        >>> {row.actor for row in rows}
        {'CHN'}
    """
    return World.of(view).capability_rows(state)
