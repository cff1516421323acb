"""How strong, how dependent, how hostile, how far: named measures of one view, each with its card."""

from rapallo.measures import adversaries as _adversaries
from rapallo.measures import bands as _bands
from rapallo.measures import capability as _capability
from rapallo.measures import dependence as _dependence
from rapallo.measures import leverage as _leverage
from rapallo.measures import reach as _reach
from rapallo.measures import trade as _trade
from rapallo.measures.adversaries import Adversary, adversaries
from rapallo.measures.bands import Bands, Overall, load_bands
from rapallo.measures.capability import capability, capability_rows
from rapallo.measures.cards import Card
from rapallo.measures.dependence import Alternative, Dependence, dependence
from rapallo.measures.leverage import DomainLeverage, Leverage, leverage, together
from rapallo.measures.reach import InReach, Reach, reach
from rapallo.measures.trade import trade_shares

__all__ = [
    "Adversary",
    "Alternative",
    "Bands",
    "Card",
    "Dependence",
    "DomainLeverage",
    "InReach",
    "Leverage",
    "Overall",
    "Reach",
    "adversaries",
    "capability",
    "capability_rows",
    "dependence",
    "leverage",
    "load_bands",
    "models",
    "reach",
    "together",
    "trade_shares",
]

_CARDS = tuple(
    module.CARD for module in (_capability, _trade, _dependence, _leverage, _bands, _adversaries, _reach)
)


def models() -> tuple[Card, ...]:
    """The cards of all measures: of those of one day, then of those of years.

    Examples:
        >>> [card.id for card in models()][:2]
        ['capability', 'trade_shares']
    """
    from rapallo.measures.registry import yearly  # noqa: PLC0415 - imports many modules

    return (*_CARDS, *(its.card for its in yearly().values()))
