"""All measures of years, by the names they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from rapallo.errors import InputError
from rapallo.measures.yearly import Yearly

__all__ = ["yearly", "yearly_measure"]

_MODULES = (
    *("national", "portfolios", "conditionality", "leadership", "commerce", "arms", "votes", "disputes"),
    *("rivalry", "geography", "balance", "brokerage", "centrality", "reliability"),
    "within_reach",
)


@cache
def yearly() -> Mapping[str, Yearly]:
    """Every measure that has a value per year, by name.

    Examples:
        >>> yearly()["cinc"].of
        'state'
    """
    each = [its for module in _MODULES for its in import_module(f"rapallo.measures.{module}").MEASURES]
    return {its.card.id: its for its in each}


def yearly_measure(name: str) -> Yearly:
    """The measure of a name.

    Raises:
        InputError: where there is none.
    """
    found = yearly().get(name)
    if found is None:
        msg = f"there is no measure {name!r}"
        raise InputError(msg, hint="`rapallo measure` lists them")
    return found
