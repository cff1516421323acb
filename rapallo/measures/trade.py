"""With whom a state trades, and how much of its trade that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rapallo.measures.cards import Card
from rapallo.measures.market import market
from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["CARD", "trade_shares"]

CARD = Card(
    id="trade_shares",
    kind="measure",
    definition="The share of each partner in a state's trade, imports and exports together.",
    equation="share(i, j) = (flow j to i + flow i to j) / (exports(i) + imports(i)); where the record "
    "lacks the totals, or they fall short of it, the sum over partners takes their place",
    inputs=("flow: trade", "trait: exports, imports"),
    unit="share of all trade, 0 to 1",
    citation="Hirschman (1945), National Power and the Structure of Foreign Trade",
    limits="Where the record lacks the totals, partners that it lacks are not counted. The latest "
    "year per pair is taken, so years can differ. Services and smuggling are not counted.",
)


def trade_shares(view: View | World, state: str) -> Mapping[str, float]:
    """The share of each partner in the trade of a state, the largest first.

    Args:
        view: the view, or the world made of it.
        state: code of the state.

    Returns:
        Share by code; empty where the record holds no trade of the state.

    Examples:
        >>> from datetime import date
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> next(iter(trade_shares(view, "PRK")))
        'CHN'
    """
    shares = market(World.of(view), state, "trade").shares
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))
