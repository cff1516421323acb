"""How far a state stands above its allies: capability within the bloc of a state and its defence partners."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.centrality import network
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["MEASURES", "concentration", "margin", "patron", "share"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def share(allied: Bools, capability: Floats) -> Floats:
    """A state's share of the capability of its bloc, itself and those allied to it; shape (states,).

    Args:
        allied: whether two states are allied; symmetric, shape (states, states).
        capability: of each state; shape (states,).

    Returns:
        0 to 1. Here and in what follows NaN for a state without allies, where the capability of one of the
        bloc is unknown, and where the bloc has none.

    Examples:
        >>> allied = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=bool)
        >>> share(allied, np.array([6.0, 3.0, 1.0])).round(3).tolist()
        [0.6, 0.333, 0.143]
    """
    return capability / _total(allied, capability)


def patron(allied: Bools, capability: Floats) -> Floats:
    """The share of a state's strongest ally in the capability of its bloc; 0 to 1, shape (states,).

    Examples:
        >>> allied = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=bool)
        >>> patron(allied, np.array([6.0, 3.0, 1.0])).round(3).tolist()
        [0.3, 0.667, 0.857]
    """
    return _strongest(allied, capability) / _total(allied, capability)


def margin(allied: Bools, capability: Floats) -> Floats:
    """By how much a state is stronger than its strongest ally, as a share of the two; shape (states,).

    (c(i) - m) / (c(i) + m), m the capability of the strongest ally: -1 to 1, above 0 for the strongest of a
    bloc; NaN also where neither has any.

    Examples:
        >>> allied = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=bool)
        >>> margin(allied, np.array([6.0, 3.0, 1.0])).round(3).tolist()
        [0.333, -0.333, -0.714]
    """
    known = _total(allied, capability)
    strongest = _strongest(allied, capability)
    both = capability + strongest
    return np.where(np.isfinite(known) & (both > 0.0), capability - strongest, np.nan) / np.where(
        both > 0.0, both, 1.0
    )


def concentration(allied: Bools, capability: Floats) -> Floats:
    """How unevenly the capability of a state's bloc is spread (Ray & Singer 1973); shape (states,).

    CON = sqrt((sum over the bloc of s^2 - 1 / n) / (1 - 1 / n)), s the shares, n the size of the bloc: 0
    where all are equal, 1 where one has it all. The upper part is taken as the sum of (s - 1 / n)^2.

    Examples:
        >>> allied = np.array([[0, 1], [1, 0]], dtype=bool)
        >>> concentration(allied, np.array([3.0, 1.0])).tolist()
        [0.5, 0.5]
    """
    bloc = _bloc(allied)
    size = np.maximum(bloc.sum(axis=1), 2.0)
    total = _total(allied, capability)
    uneven = (bloc * (np.nan_to_num(capability) - (total / size)[:, None]) ** 2).sum(axis=1) / total**2
    return np.asarray(np.sqrt(uneven / (1.0 - 1.0 / size)))


def _bloc(allied: Bools) -> Floats:
    bloc = allied.astype(np.float64)
    np.fill_diagonal(bloc, 1.0)
    return bloc


def _total(allied: Bools, capability: Floats) -> Floats:
    """The capability of each state's bloc; NaN where there is no bloc, or no value for it."""
    bloc = _bloc(allied)
    unknown = bloc @ np.isnan(capability).astype(np.float64) > 0.0
    total = bloc @ np.nan_to_num(capability)
    return np.where((bloc.sum(axis=1) > 1.0) & ~unknown & (total > 0.0), total, np.nan)


def _strongest(allied: Bools, capability: Floats) -> Floats:
    others = allied & ~np.eye(len(allied), dtype=bool)
    return np.asarray(np.where(others, np.nan_to_num(capability), 0.0).max(axis=1, initial=0.0))


def _in_year(of: Callable[[Bools, Floats], Floats]) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        allied = network(panel, row, "alliance")
        if allied is None:
            return np.full(panel.system.shape[1], np.nan)
        found = of(allied > 0.0, panel.trait("cinc")[row])
        return np.where(panel.system.member[row], found, np.nan)

    return compute


_OWN = "Rapallo's operationalisation; no standard measure is known to its authors"
_CONCENTRATION = "Ray & Singer (1973), Measuring the concentration of power in the international system"
_KINDS = (
    (
        "alliance-leadership",
        "The share of a state in the capability of its alliance bloc.",
        "c(i) / (c(i) + sum over allies j of c(j))",
        "share, 0 to 1",
        _OWN,
        share,
    ),
    (
        "alliance-margin",
        "By how much a state is stronger than its strongest ally; above 0 for the strongest of its bloc.",
        "(c(i) - m) / (c(i) + m), m the largest c(j) of its allies j",
        "-1 to 1",
        _OWN,
        margin,
    ),
    (
        "alliance-patron",
        "The share of a state's strongest ally in the capability of its alliance bloc.",
        "m / (c(i) + sum over allies j of c(j)), m the largest c(j) of its allies j",
        "share, 0 to 1",
        _OWN,
        patron,
    ),
    (
        "alliance-concentration",
        "How unevenly the capability of a state's alliance bloc is spread over its states.",
        "sqrt((sum over the bloc of s^2 - 1 / n) / (1 - 1 / n)), s the shares in its capability, n its size",
        "0 to 1",
        f"{_CONCENTRATION}; to take it over a state's bloc is Rapallo's operationalisation",
        concentration,
    ),
)


def _measures() -> Iterator[Yearly]:
    for name, text, equation, unit, citation, of in _KINDS:
        card = Card(
            id=name,
            kind="measure",
            definition=text,
            equation=equation,
            inputs=("dyad: atop_defence", "trait: cinc"),
            unit=unit,
            citation=citation,
            limits="Capability is material only, and is taken as added up in a bloc. It says who could lead, "
            "not who does; an alliance of many states weighs as much as several of two.",
            coding="A state's bloc is itself and all states with which a defence obligation of ATOP ties it "
            "in either direction, whether or not they are tied to one another. Capability is CINC.",
            missing="No value for a state that was no member or has no ally, where the CINC of one of its "
            "bloc is missing, or where the record holds no alliance in the year.",
            coverage="members of the state system with a defence pact, 1816 to 2018 (ATOP 5.1, CINC 7.0)",
            checked="cases by hand; bounds and invariance on random blocs",
        )
        yield Yearly(card, "state", _in_year(of))


MEASURES: tuple[Yearly, ...] = tuple(_measures())
"""Leadership of a state in its alliance bloc."""
