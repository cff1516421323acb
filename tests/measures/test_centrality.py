"""Centralities: against networkx on random graphs, by hand, and what must not change them."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.measures.centrality import (
    MEASURES,
    betweenness,
    closeness,
    eigenvector,
    lengths_between,
    network,
    pagerank,
    partners,
)
from rapallo.measures.panel import Panel
from rapallo.model import Bulk
from rapallo.record import Record
from tests.record import world

QUICK = settings(max_examples=50, deadline=None)
OF = {measure.card.id: measure for measure in MEASURES}

PATH = np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]], dtype=float)
STAR = np.array([[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]], dtype=float)


@st.composite
def networks(draw, most: int = 8) -> np.ndarray:
    count = draw(st.integers(1, most))
    cells = st.sampled_from((0.0, 0.0, 1.0, 2.0, 5.0))
    made = np.array(draw(st.lists(cells, min_size=count**2, max_size=count**2))).reshape(count, count)
    np.fill_diagonal(made, 0.0)
    return made


def as_graph(weights: np.ndarray, *, weighted: bool = False) -> nx.DiGraph:
    made = nx.DiGraph()
    made.add_nodes_from(range(len(weights)))
    scale = weights[weights > 0].mean() if (weights > 0).any() else 1.0
    for one, other in np.argwhere(weights > 0).tolist():
        weight = weights[one, other]
        made.add_edge(one, other, weight=weight, length=scale / weight if weighted else 1.0)
    return made


def in_order(values: dict[int, float]) -> list[float]:
    return [values[node] for node in sorted(values)]


@QUICK
@given(networks(), st.booleans())
def test_betweenness_is_that_of_networkx(weights, weighted: bool) -> None:
    # lengths that add up to the same differ by rounding: whole lengths for a comparison that is exact
    lengths = np.where(weights > 0, 10.0 / np.where(weights > 0, weights, 1.0), 0.0)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(weights)))
    for one, other in np.argwhere(weights > 0).tolist():
        graph.add_edge(one, other, length=int(lengths[one, other]) if weighted else 1)
    expected = nx.betweenness_centrality(graph, weight="length" if weighted else None)
    assert betweenness(weights, weighted=weighted) == pytest.approx(in_order(expected), abs=1e-12)


@QUICK
@given(networks(), st.booleans())
def test_closeness_is_that_of_networkx(weights, weighted: bool) -> None:
    expected = nx.closeness_centrality(as_graph(weights, weighted=weighted), distance="length")
    assert closeness(weights, weighted=weighted) == pytest.approx(in_order(expected), abs=1e-12)


@QUICK
@given(networks())
def test_shortest_ways_are_those_of_networkx(weights) -> None:
    lengths = np.where(weights > 0, 1.0 / np.where(weights > 0, weights, 1.0), np.inf)
    graph = as_graph(weights)
    for one, other in graph.edges:
        graph[one][other]["length"] = lengths[one, other]
    found = lengths_between(lengths)
    for start, ways in nx.all_pairs_dijkstra_path_length(graph, weight="length"):
        expected = [ways.get(node, np.inf) for node in range(len(weights))]
        assert found[start] == pytest.approx(expected)


@QUICK
@given(networks())
def test_eigenvector_is_where_power_iteration_ends(weights) -> None:
    both = weights + weights.T
    found = eigenvector(weights)
    if not both.any():
        assert np.isnan(found).all()
        return
    assert (found >= 0).all()
    assert np.linalg.norm(found) == pytest.approx(1.0)
    assert both @ found == pytest.approx(np.linalg.eigvalsh(both)[-1] * found, abs=1e-6)
    walk = np.ones(len(weights))
    for _ in range(4000):
        walk = both @ walk + both.max() * walk
        walk /= np.linalg.norm(walk)
    assert found == pytest.approx(walk, abs=1e-3)


def test_eigenvector_is_that_of_networkx_where_all_are_tied() -> None:
    for seed in range(5):
        weights = np.triu(np.random.default_rng(seed).random((12, 12)), 1)
        expected = nx.eigenvector_centrality(nx.Graph(weights + weights.T), weight="weight", tol=1e-12)
        assert eigenvector(weights) == pytest.approx(in_order(expected), abs=1e-9)


@QUICK
@given(networks())
def test_pagerank_is_where_the_walk_ends(weights) -> None:
    count = len(weights)
    leaving = weights.sum(axis=1)
    walk = np.full(count, 1 / count)
    for _ in range(300):
        stuck = walk[leaving == 0].sum() / count
        steps = sum(
            (walk[node] * weights[node] / leaving[node] for node in np.flatnonzero(leaving)), np.zeros(count)
        )
        walk = 0.15 / count + 0.85 * (steps + stuck)
    assert pagerank(weights) == pytest.approx(walk, abs=1e-12)
    assert pagerank(weights).sum() == pytest.approx(1.0)


@QUICK
@given(networks(), st.randoms(use_true_random=False), st.sampled_from((2.0, 1000.0)))
def test_neither_other_names_nor_another_unit_change_ranks(weights, chance, unit: float) -> None:
    order = list(range(len(weights)))
    chance.shuffle(order)
    renamed = weights[np.ix_(order, order)] * unit
    for of in (
        partners,
        eigenvector,
        pagerank,
        lambda each: betweenness(each, weighted=True),
        lambda each: closeness(each, weighted=True),
    ):
        assert of(renamed) == pytest.approx(of(weights)[order], abs=1e-9, nan_ok=True)


def test_a_path_by_hand() -> None:
    assert partners(PATH).tolist() == [1, 2, 2, 1]
    # of the 3 * 2 ordered pairs of others, 2 * 2 go over an inner node
    assert betweenness(PATH).tolist() == [0, 4 / 6, 4 / 6, 0]
    # ways of 1 + 2 + 3 to the ends, 1 + 1 + 2 to the inner ones
    assert closeness(PATH).tolist() == [3 / 6, 3 / 4, 3 / 4, 3 / 6]
    golden = (1 + 5**0.5) / 2
    assert eigenvector(PATH)[1] / eigenvector(PATH)[0] == pytest.approx(golden)


def test_a_star_by_hand() -> None:
    assert betweenness(STAR).tolist() == [1, 0, 0, 0]
    assert eigenvector(STAR) == pytest.approx([0.5**0.5, *[(1 / 6) ** 0.5] * 3])
    # x = 0.0375 + 0.85 * 3 y, y = 0.0375 + 0.85 x / 3
    hub = (0.0375 + 0.85 * 3 * 0.0375) / (1 - 0.85**2)
    assert pagerank(STAR) == pytest.approx([hub, *[0.0375 + 0.85 * hub / 3] * 3])


def test_much_trade_is_a_short_way() -> None:
    # 0 to 2 is 1 / 1 directly, 1 / 4 + 1 / 4 over 1
    weights = np.array([[0, 4, 1], [4, 0, 4], [1, 4, 0]], dtype=float)
    assert betweenness(weights, weighted=True).tolist() == [0, 1, 0]
    assert betweenness(weights).tolist() == [0, 0, 0]


def test_nobody_and_one_alone() -> None:
    for count in (0, 1):
        alone = np.zeros((count, count))
        for of in (partners, eigenvector, pagerank, betweenness, closeness):
            assert of(alone).shape == (count,)
    assert np.isnan(eigenvector(np.zeros((1, 1)))).all()
    assert pagerank(np.zeros((1, 1))).tolist() == [1.0]


def dyad(one: str, other: str, name: str, year: int) -> dict[str, object]:
    cells = {"id": f"{name}-{one}-{other}-{year}", "actor": one, "other": other, "name": name, "value": 1.0}
    return {**cells, "unit": "", **world.in_year(year)}


def flow(kind: str, one: str, other: str, value: float, year: int) -> dict[str, object]:
    cells = {"id": f"{kind}-{one}-{other}-{year}", "kind": kind, "origin": one, "destination": other}
    return {**cells, "value": value, **world.in_year(year)}


@pytest.fixture
def panel() -> Iterator[Panel]:
    flows = [
        flow("trade", "USA", "GBR", 30.0, 1960),
        flow("trade", "GBR", "USA", 10.0, 1960),
        flow("trade", "FRA", "GBR", 5.0, 1960),
        flow("arms", "USA", "FRA", 0.5, 1960),
    ]
    dyads = [
        dyad("USA", "GBR", "atop_defence", 1960),
        dyad("FRA", "GBR", "diplomatic_mission", 1960),
        dyad("USA", "GBR", "diplomatic_mission", 1960),
    ]
    tables = {"flow": (world.rows("flow", *flows),), "dyad": (world.rows("dyad", *dyads),)}
    with Record.open(empty=True) as record:
        record.load(Bulk(world.SOURCE, tables))
        yield Panel(record, 1960, 1961)


def test_values_of_a_year(panel: Panel) -> None:
    usa, gbr, fra = (panel.system.position(who, 1960) for who in ("USA", "GBR", "FRA"))
    assert OF["trade-strength"].compute(panel, 0)[[usa, gbr, fra]].tolist() == [40, 45, 5]
    assert OF["trade-degree"].compute(panel, 0)[[usa, gbr, fra]].tolist() == [1, 2, 1]
    assert OF["alliance-degree"].compute(panel, 0)[[usa, gbr, fra]].tolist() == [1, 1, 0]
    assert OF["diplomatic-in-degree"].compute(panel, 0)[[usa, gbr, fra]].tolist() == [0, 2, 0]
    assert OF["diplomatic-out-degree"].compute(panel, 0)[[usa, gbr, fra]].tolist() == [1, 0, 1]
    between = OF["trade-betweenness"].compute(panel, 0)
    others = int(panel.system.member[0].sum()) - 1
    # the one way over a third state leads from France over Britain to the United States
    assert between[gbr] == pytest.approx(1 / (others * (others - 1)))
    arms = network(panel, 0, "arms")
    assert arms is not None
    assert (arms[usa, fra], arms.sum()) == (1.0, 1.0)


def test_no_value_without_members_or_rows(panel: Panel) -> None:
    for measure in MEASURES:
        now, then = measure.compute(panel, 0), measure.compute(panel, 1)
        assert (np.isnan(now) == ~panel.system.member[0]).all(), measure.card.id
        assert np.isnan(then).all(), measure.card.id


def test_every_card_is_filled() -> None:
    assert len(OF) == len(MEASURES)
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked)), card.id
