"""Who stands between whom: the five roles of a broker between groups of states."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.centrality import network
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["MEASURES", "ROLES", "Chance", "brokerage", "chance", "regions", "z_scores"]

Floats = NDArray[np.float64]
Name = Literal["trade", "diplomatic", "arms"]

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""The roles of a broker j between i and k, in the order of all rows of counts."""

LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Chance:
    """How often a broker is to be met in a network by chance.

    Attributes:
        expected: count by role and node; shape (5, nodes).
        variance: of the count; shape (5, nodes).
    """

    expected: Floats
    variance: Floats


def brokerage(arcs: NDArray[np.bool_], groups: NDArray[np.int64]) -> Floats:
    """How often each node is a broker in each role (Gould & Fernandez 1989).

    j brokers between i and k where i reaches j and j reaches k, i does not reach k, and i is not k. With
    groups A, B, C it is the coordinator of A to A to A, the itinerant broker of B to A to B, the gatekeeper
    of B to A to A, the representative in A to A to B, and the liaison of B to A to C, A its own group.

    Args:
        arcs: whether a node reaches another; shape (nodes, nodes), the diagonal is not read.
        groups: number of the group of each node; shape (nodes,).

    Returns:
        Counts, shape (5, nodes), roles in the order of ``ROLES``.

    Raises:
        InputError: where there is not one group for each node.

    Examples:
        >>> arcs = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)
        >>> brokerage(arcs, np.array([1, 0, 0])).astype(int).tolist()
        [[0, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    """
    count = len(arcs)
    if arcs.shape != (count, count) or groups.shape != (count,):
        msg = f"{groups.shape} groups are not one for each node of a network of shape {arcs.shape}"
        raise InputError(msg, hint="it takes a square matrix and a number for each row of it")
    other = ~np.eye(count, dtype=bool)
    same = groups[:, None] == groups
    reach = arcs & other
    apart = ~arcs & other
    within, across = (reach & same).astype(np.float64), (reach & ~same).astype(np.float64)
    alike, unlike = (apart & same).astype(np.float64), (apart & ~same).astype(np.float64)

    def brokered(first: Floats, second: Floats, ends: Floats) -> Floats:
        return np.asarray((first * (ends @ second.T)).sum(axis=0), dtype=np.float64)

    return np.stack(
        [
            brokered(within, within, alike),
            brokered(across, across, alike),
            brokered(across, within, unlike),
            brokered(within, across, unlike),
            brokered(across, across, unlike),
        ]
    )


def chance(groups: NDArray[np.int64], density: float) -> Chance:
    """Mean and variance of the counts where every arc is there by chance, each apart from the others.

    With d the chance of an arc, the expected count is d^2 (1 - d) times the number of pairs (i, k) that the
    role is open to. Two such pairs depend on each other only where they share i or share k: then they have
    one arc in common, and a covariance of d^3 (1 - d)^3. The variance is the sum of the variances of the
    pairs and of these covariances. The groups are held fixed.

    Args:
        groups: number of the group of each node; shape (nodes,).
        density: d, 0 to 1.

    Examples:
        >>> found = chance(np.array([0, 0, 0]), 0.5)
        >>> found.expected[0].tolist(), found.variance[0].tolist()
        ([0.25, 0.25, 0.25], [0.21875, 0.21875, 0.21875])
    """
    _, group, each = np.unique(groups, return_inverse=True, return_counts=True)
    every = each.astype(np.float64)
    sizes = every[group]
    own, rest = sizes - 1.0, len(groups) - sizes
    third = len(groups) - sizes[:, None] - every
    third[np.arange(len(groups)), group] = 0.0

    def ordered(size: Floats) -> Floats:
        return size * (size - 1.0)

    def of_others(values: Floats) -> Floats:
        return np.asarray(values.sum() - values[group], dtype=np.float64)

    either = rest * ordered(own) + own * ordered(rest)
    pairs = (ordered(own), of_others(ordered(every)), rest * own, own * rest, third @ every)
    linked = (
        2.0 * own * ordered(own - 1.0),
        2.0 * of_others(every * ordered(every - 1.0)),
        either,
        either,
        2.0 * ordered(third) @ every,
    )
    once = density**2 * (1.0 - density)
    covariance = (density * (1.0 - density)) ** 3
    open_to = np.stack(pairs)
    return Chance(open_to * once, open_to * once * (1.0 - once) + np.stack(linked) * covariance)


def z_scores(arcs: NDArray[np.bool_], groups: NDArray[np.int64]) -> Floats:
    """By how many standard deviations the counts exceed those of a random network of the same density.

    Returns:
        Shape (5, nodes), roles in the order of ``ROLES``; NaN where the count cannot vary.

    Raises:
        InputError: where there is not one group for each node.

    Examples:
        >>> arcs = np.array([[0, 1, 0], [0, 0, 1], [0, 0, 0]], dtype=bool)
        >>> z_scores(arcs, np.array([0, 0, 0]))[0].round(3).tolist()
        [-0.4, 2.3, -0.4]
    """
    counts = brokerage(arcs, groups)
    count = len(arcs)
    if count < 2:
        return np.full(counts.shape, np.nan)
    density = float((arcs & ~np.eye(count, dtype=bool)).sum()) / (count * (count - 1))
    by_chance = chance(groups, density)
    varies = by_chance.variance > 0.0
    spread = np.sqrt(np.where(varies, by_chance.variance, 1.0))
    return np.where(varies, (counts - by_chance.expected) / spread, np.nan)


def regions(panel: Panel, row: int) -> NDArray[np.int64]:
    """The number of each state's region, in alphabetical order of the regions; -1 for no member or no region.

    Shape (states,). The regions are those of ``rapallo.actors``.
    """
    named = [_region(who) for who in panel.system.ids(panel.years[row])]
    place = {region: at for at, region in enumerate(sorted(set(named) - {""}))}
    return np.array([place.get(region, -1) for region in named], dtype=np.int64)


@lru_cache(maxsize=1024)
def _region(who: str) -> str:
    return actors.actor(who).region if who else ""


def _arcs(panel: Panel, row: int, name: Name) -> NDArray[np.bool_] | None:
    weights = network(panel, row, name)
    if weights is None:
        return None
    if name != "trade":
        return weights > 0.0
    leaving = weights.sum(axis=1, keepdims=True)
    large: NDArray[np.bool_] = (weights > 0.0) & (weights >= LEAST_SHARE * leaving)
    return large


def _over_members(
    name: Name, of: Callable[[NDArray[np.bool_], NDArray[np.int64]], Floats], role: int
) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        found = np.full(panel.system.shape[1], np.nan)
        arcs = _arcs(panel, row, name)
        if arcs is not None:
            here = np.flatnonzero(panel.system.member[row])
            found[here] = of(arcs[np.ix_(here, here)], regions(panel, row)[here])[role]
        return found

    return compute


_NETWORKS: dict[Name, tuple[str, str, str, str]] = {
    "trade": (
        "trade",
        "flow: trade",
        f"An arc from the exporter to each state that takes {LEAST_SHARE:.0%} or more of its exports",
        "members of the state system, 1870 to 2014 with COW trade 4.0",
    ),
    "arms": (
        "arms transfers",
        "flow: arms",
        "An arc from the supplier to the recipient of any major arms in the year",
        "members of the state system, 1950 to 2023 with the SIPRI register",
    ),
    "diplomatic": (
        "diplomatic missions",
        "dyad: diplomatic_mission",
        "An arc from the state that keeps a mission of any level to the one that receives it",
        "members of the state system in 37 years from 1817 to 2000 (COW diplomatic exchange)",
    ),
}
_ROLE_OF = {
    "coordinator": ("within its region", "A to A to A", "d^2 (1 - d) (a - 1) (a - 2)"),
    "itinerant": ("between two of one other region", "B to A to B", "d^2 (1 - d) sum of b (b - 1)"),
    "gatekeeper": ("from another region into its own", "B to A to A", "d^2 (1 - d) (n - a) (a - 1)"),
    "representative": ("from its region into another", "A to A to B", "d^2 (1 - d) (a - 1) (n - a)"),
    "liaison": ("between two other regions", "B to A to C", "d^2 (1 - d) sum of b (n - a - b)"),
}
_VARIANCE = (
    "V = E (1 - d^2 (1 - d)) + (d (1 - d))^3 times the ordered couples of pairs that share i or share k"
)
_BY_CHANCE = (
    " By chance: every arc is there with the density d of the year's network, apart from the others, and "
    "the regions are as they are (sizes a of the state's own, b of each other, n of all). No value where the "
    "count cannot vary."
)


def _measures() -> Iterator[Yearly]:
    for name, (said, inputs, coding, coverage) in _NETWORKS.items():
        for at, (role, (where, path, expected)) in enumerate(_ROLE_OF.items()):
            counted = f"w(j) = number of (i, k): i to j, j to k, not i to k, i not k, of the regions {path}"
            kinds = (
                (
                    f"{name}-{role}",
                    f"How often a state stands {where} between two that are not tied themselves, in {said}.",
                    counted,
                    "pairs",
                    brokerage,
                    "",
                ),
                (
                    f"{name}-{role}-z",
                    f"By how much a state stands {where} more often than by chance, in {said}.",
                    f"(w(j) - E) / sqrt(V); {counted}; E = {expected}; {_VARIANCE}",
                    "standard deviations",
                    z_scores,
                    _BY_CHANCE,
                ),
            )
            for ident, text, equation, unit, of, more in kinds:
                card = Card(
                    id=ident,
                    kind="measure",
                    definition=text,
                    equation=equation,
                    inputs=(inputs, "region of rapallo.actors"),
                    unit=unit,
                    citation="Gould & Fernandez (1989), Structures of mediation: a formal approach to "
                    "brokerage in transaction networks",
                    limits="Paths of two arcs only, and arcs are there or not whatever their weight. Other "
                    "regions make other brokers.",
                    coding=f"{coding}. Groups are the regions of Rapallo's table of actors. A path counts "
                    f"once for its broker however many other brokers there are.{more}",
                    missing="No value for states that were no members, nor in years of which the record "
                    "holds no tie of the network.",
                    coverage=coverage,
                    checked="counts against the enumeration of all triples of random graphs; mean and "
                    "variance against the enumeration of all graphs of four nodes",
                )
                yield Yearly(card, "state", _over_members(name, of, at))


MEASURES: tuple[Yearly, ...] = tuple(_measures())
"""The five roles, counted and against chance, in trade, arms transfers and diplomatic missions."""
