"""Who stands in the middle of trade, of alliances and of diplomacy.

A network is a matrix of weights, 0 or more, from each node to each; 0 is no tie, the diagonal is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Cells, Panel
from rapallo.measures.yearly import Yearly

__all__ = [
    "MEASURES",
    "betweenness",
    "closeness",
    "eigenvector",
    "lengths_between",
    "network",
    "pagerank",
    "partners",
]

Floats = NDArray[np.float64]
Name = Literal["trade", "alliance", "diplomatic", "arms"]
_SAME = 1e-12


def partners(weights: Floats) -> Floats:
    """With how many others each node has a tie in either direction (degree; Freeman 1979); shape (nodes,).

    Examples:
        >>> partners(np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]])).tolist()
        [2.0, 1.0, 1.0]
    """
    return np.asarray((_bare(weights + weights.T) > 0.0).sum(axis=1), dtype=np.float64)


def eigenvector(weights: Floats) -> Floats:
    """Eigenvector centrality (Bonacich 1972) of the ties in both directions; Euclidean length 1.

    W x = m x for the largest m, W the weights of both directions added. Where several vectors solve this
    (parts with the same m), it is the one that power iteration from equal starts comes to: the projection of
    (1, ..., 1). Parts of the network other than those with the largest m get 0.

    Returns:
        Shape (nodes,), no less than 0; NaN where there is no tie.

    Examples:
        >>> eigenvector(np.array([[0.0, 1.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]])).round(3).tolist()
        [0.707, 0.5, 0.5]
    """
    both = _bare(weights + weights.T)
    if not both.any():
        return np.full(len(weights), np.nan)
    values, vectors = np.linalg.eigh(both / both.max())
    top = vectors[:, values > values[-1] * (1.0 - 1e-10)]
    found = top @ top.sum(axis=0)
    found = np.where(np.abs(found) < _SAME, 0.0, np.abs(found))
    return np.asarray(found / np.linalg.norm(found), dtype=np.float64)


def pagerank(weights: Floats, *, follow: float = 0.85) -> Floats:
    """How often a walk that follows ties in proportion to their weights comes by (Brin & Page 1998).

    x = (1 - d) / n + d (T' x), T the weights with rows that sum to 1, and 1 / n all over for a node with no
    way out; solved as a system of equations, not by iteration.

    Args:
        weights: the network.
        follow: d, how often the walk follows a tie and does not start anew.

    Returns:
        Shape (nodes,), the sum is 1.

    Examples:
        >>> pagerank(np.array([[0.0, 1.0], [1.0, 0.0]])).tolist()
        [0.5, 0.5]
    """
    count = len(weights)
    if not count:
        return np.zeros(0)
    bare = _bare(weights)
    leaving = bare.sum(axis=1, keepdims=True)
    steps = np.where(leaving > 0.0, bare / np.where(leaving > 0.0, leaving, 1.0), 1.0 / count)
    found = np.linalg.solve(np.eye(count) - follow * steps.T, np.full(count, (1.0 - follow) / count))
    return np.asarray(found / found.sum(), dtype=np.float64)


def lengths_between(lengths: Floats) -> Floats:
    """The shortest way from each node to each (Floyd 1962); shape (nodes, nodes), inf for none.

    Args:
        lengths: of the ties, above 0; inf for no tie.

    Examples:
        >>> lengths_between(np.array([[0.0, 1.0, 5.0], [1.0, 0.0, 2.0], [5.0, 2.0, 0.0]]))[0].tolist()
        [0.0, 1.0, 3.0]
    """
    found = lengths.copy()
    np.fill_diagonal(found, 0.0)
    for middle in range(len(found)):
        np.minimum(found, found[:, middle, None] + found[middle], out=found)
    return found


def closeness(weights: Floats, *, weighted: bool = False) -> Floats:
    """How near the others are to a node (Freeman 1979), in parts after Wasserman & Faust (1994).

    c(i) = (r - 1) / (n - 1) times (r - 1) / (sum of the shortest ways to i from the r - 1 that reach it).

    Args:
        weights: the network.
        weighted: a tie is 1 / its weight long, weights as multiples of their mean; by default each is 1 long.

    Returns:
        Shape (nodes,); 0 where no other reaches the node.

    Examples:
        >>> closeness(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])).round(3).tolist()
        [0.667, 1.0, 0.667]
    """
    ways = lengths_between(_lengths(weights, weighted=weighted))
    reached = np.isfinite(ways).sum(axis=0) - 1.0
    total = np.where(np.isfinite(ways), ways, 0.0).sum(axis=0)
    spread = np.where(total > 0.0, total, 1.0)
    return np.asarray(np.where(total > 0.0, reached**2 / spread / max(len(weights) - 1, 1), 0.0))


def betweenness(weights: Floats, *, weighted: bool = False) -> Floats:
    """The share of pairs' shortest ways that lead over a node (Freeman 1977, by Brandes 2001).

    b(k) = sum over i, j of (shortest ways from i to j over k) / (shortest ways from i to j), over the
    (n - 1) (n - 2) pairs of others. Ways count as equally short within a trillionth of their length.

    Args:
        weights: the network.
        weighted: a tie is 1 / its weight long; by default each is 1 long.

    Returns:
        Shape (nodes,), 0 to 1; 0 where there are fewer than three nodes.

    Examples:
        >>> betweenness(np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])).tolist()
        [0.0, 1.0, 0.0]
    """
    count = len(weights)
    lengths = _lengths(weights, weighted=weighted)
    ways = lengths_between(lengths)
    found = np.zeros(count)
    for start, far in enumerate(ways):
        reached = np.flatnonzero(np.isfinite(far))
        order = reached[np.argsort(far[reached], kind="stable")]
        with np.errstate(invalid="ignore"):
            last = np.abs(far[:, None] + lengths - far) <= _SAME * far
        last[:, start] = False
        paths, leant = np.zeros(count), np.zeros(count)
        paths[start] = 1.0
        for node in order[1:]:
            paths[node] = paths[last[:, node]].sum()
        for node in order[:0:-1]:
            before = last[:, node]
            leant[before] += paths[before] / paths[node] * (1.0 + leant[node])
        leant[start] = 0.0
        found += leant
    return found / ((count - 1) * (count - 2)) if count > 2 else found


def _bare(weights: Floats) -> Floats:
    found = weights.copy()
    np.fill_diagonal(found, 0.0)
    return found


def _lengths(weights: Floats, *, weighted: bool) -> Floats:
    tied = _bare(weights) > 0.0
    scale = weights[tied].mean() if weighted and tied.any() else 1.0
    return np.where(tied, scale / np.where(tied, weights, 1.0) if weighted else 1.0, np.inf)


def network(panel: Panel, row: int, name: Name) -> Floats | None:
    """A network of the members of the system in a year; shape (states, states), 0 for no tie.

    Args:
        panel: the panel.
        row: position of the year.
        name: ``trade`` (USD million from the exporter to the importer), ``alliance`` (1 where a defence
            obligation of ATOP binds one of the two), ``diplomatic`` (1 from the state that keeps a mission to
            the one that receives it), or ``arms`` (1 from the supplier to the recipient).

    Returns:
        None where the record holds nothing of it in the year.
    """
    cells = _cells(panel, name)
    found = cells.year(row, absent=0.0)
    if not (found > 0.0).any():
        return None
    if name == "alliance":
        found = np.maximum(found, found.T)
    if name == "arms":
        found = (found > 0.0).astype(np.float64)
    return np.where(panel.system.together[row], np.maximum(found, 0.0), 0.0)


def _cells(panel: Panel, name: Name) -> Cells:
    if name in {"trade", "arms"}:
        return panel.flow(name)
    return panel.pairs("atop_defence" if name == "alliance" else "diplomatic_mission")


def _over_members(name: Name, of: Callable[[Floats], Floats]) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        found = np.full(panel.system.shape[1], np.nan)
        weights = network(panel, row, name)
        if weights is not None:
            here = np.flatnonzero(panel.system.member[row])
            found[here] = of(weights[np.ix_(here, here)])
        return found

    return compute


_NETWORKS: dict[Name, tuple[str, tuple[str, ...], str, str]] = {
    "trade": (
        "the trade network",
        ("flow: trade",),
        "From the exporter to the importer, USD million. ",
        "members of the state system, 1870 to 2014 with COW trade 4.0",
    ),
    "alliance": (
        "the network of defence pacts",
        ("dyad: atop_defence",),
        "A tie where a defence obligation of ATOP binds either to the other, all ties alike. ",
        "members of the state system, 1816 to 2018 with ATOP 5.1",
    ),
    "diplomatic": (
        "the diplomatic network",
        ("dyad: diplomatic_mission",),
        "From the state that keeps a mission of any level to the one that receives it, all ties alike. ",
        "members of the state system in 37 years from 1817 to 2000 (COW diplomatic exchange)",
    ),
}

Row = tuple[str, str, str, str, str, str, Callable[[Floats], Floats]]
_CONCEPT = "Freeman (1979), Centrality in social networks: conceptual clarification"
_STRENGTH = (
    "Barrat, Barthélemy, Pastor-Satorras & Vespignani (2004), The architecture of complex weighted networks"
)
_BETWEEN = "Freeman (1977), A set of measures of centrality based on betweenness"
_WAYS = "Newman (2001), Scientific collaboration networks II (ways as the inverse of weights)"


def _rows(name: Name) -> Iterator[Row]:
    trade = name == "trade"
    yield (
        "degree",
        "With how many states a state has a tie, in either direction, in {net}.",
        "number of j with w(i, j) + w(j, i) > 0",
        "states",
        _CONCEPT,
        "",
        partners,
    )
    if trade:
        both = lambda weights: (weights + weights.T).sum(axis=1)  # noqa: E731 - one of a column of functions
        yield (
            "strength",
            "The sum of a state's ties in {net}: exports to and imports from all partners on record.",
            "sum over j of w(i, j) + w(j, i)",
            "USD million",
            _STRENGTH,
            "",
            both,
        )
    if name == "diplomatic":
        for way, axis, said in (("in", 0, "receives missions from"), ("out", 1, "keeps missions in")):
            yield (
                f"{way}-degree",
                f"How many states a state {said} in {{net}}.",
                f"number of j with w({'j, i' if way == 'in' else 'i, j'}) > 0",
                "states",
                _CONCEPT,
                "",
                _counted(axis),
            )
    yield (
        "eigenvector",
        "How far a state is tied to states that are themselves so tied, in {net}.",
        "W x = m x for the largest m, W(i, j) = w(i, j) + w(j, i); sum of x(i)^2 = 1",
        "0 to 1",
        "Bonacich (1972), Factoring and weighting approaches to status scores and clique identification",
        "Both directions are added. Parts that do not hold the largest m get 0. ",
        eigenvector,
    )
    yield (
        "pagerank",
        "How often a random walk along {net} comes by a state.",
        "x = (1 - d) / n + d T' x with d = 0.85, T = w with rows of sum 1, 1 / n where a row is empty",
        "share, 0 to 1; the sum over states is 1",
        "Brin & Page (1998), The anatomy of a large-scale hypertextual Web search engine",
        "d = 0.85. ",
        pagerank,
    )
    long = "A tie is 1 / its weight long. " if trade else "Every tie is 1 long. "
    cited = f"; {_WAYS}" if trade else ""
    yield (
        "betweenness",
        "The share of the shortest ways between two others that lead over a state, in {net}.",
        "sum over i, j of s(i, j; over k) / s(i, j), over (n - 1) (n - 2)",
        "share, 0 to 1",
        _BETWEEN + cited,
        long,
        lambda weights: betweenness(weights, weighted=trade),
    )
    yield (
        "closeness",
        "How short the ways to a state are in {net}.",
        "(r - 1)^2 / ((n - 1) sum of the ways to i from the r - 1 that reach it)",
        "inverse of ways, the mean weight of a tie as 1" if trade else "inverse of ties",
        _CONCEPT + cited + "; parts after Wasserman & Faust (1994), Social Network Analysis",
        long,
        lambda weights: closeness(weights, weighted=trade),
    )


def _counted(axis: int) -> Callable[[Floats], Floats]:
    return lambda weights: np.asarray((weights > 0.0).sum(axis=axis), dtype=np.float64)


def _measures() -> Iterator[Yearly]:
    for name, (said, inputs, coding, coverage) in _NETWORKS.items():
        for short, text, equation, unit, citation, more, of in _rows(name):
            card = Card(
                id=f"{name}-{short}",
                kind="measure",
                definition=text.format(net=said),
                equation=equation,
                inputs=inputs,
                unit=unit,
                citation=citation,
                limits="A tie that the record lacks counts as no tie; a state outside the system counts for "
                "nothing. Where many rows of a year are missing, all values of the year are off."
                + (
                    " It is ruled by the ways to the states that trade least." if short == "closeness" else ""
                ),
                coding=f"{coding}{more}Nodes are all members of the system in the year.",
                missing="No value for states that were no members, nor in years of which the record holds no "
                "tie; 0 for a member without ties.",
                coverage=coverage,
                checked="against networkx on random graphs, and cases by hand",
            )
            yield Yearly(card, "state", _over_members(name, of))


MEASURES: tuple[Yearly, ...] = tuple(_measures())
"""Centralities in the networks of trade, of defence pacts and of diplomatic missions."""
