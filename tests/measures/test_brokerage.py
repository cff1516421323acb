"""Brokers: counts against enumeration, mean and variance against all graphs of four nodes, by hand."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures.brokerage import MEASURES, ROLES, brokerage, chance, regions, z_scores
from rapallo.measures.panel import Panel
from rapallo.model import Bulk
from rapallo.record import Record
from tests.measures.test_centrality import dyad, flow
from tests.record import world

QUICK = settings(max_examples=50, deadline=None)


def role(before: int, own: int, after: int) -> str:
    if before == own == after:
        return "coordinator"
    if before == after:
        return "itinerant"
    if own == after:
        return "gatekeeper"
    return "representative" if before == own else "liaison"


def enumerated(arcs: np.ndarray, groups: np.ndarray) -> np.ndarray:
    found = np.zeros((5, len(arcs)))
    for i, j, k in permutations(range(len(arcs)), 3):
        if arcs[i, j] and arcs[j, k] and not arcs[i, k]:
            found[ROLES.index(role(groups[i], groups[j], groups[k])), j] += 1
    return found


@st.composite
def parted(draw, most: int = 7) -> tuple[np.ndarray, np.ndarray]:
    count = draw(st.integers(0, most))
    arcs = draw(st.lists(st.booleans(), min_size=count**2, max_size=count**2))
    groups = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    return np.array(arcs, dtype=bool).reshape(count, count), np.array(groups, dtype=np.int64)


def test_the_five_roles_by_hand() -> None:
    arcs = np.zeros((6, 6), dtype=bool)
    for one, other in ((0, 1), (1, 2), (1, 3), (4, 1), (1, 5)):
        arcs[one, other] = True
    groups = np.array([0, 0, 0, 1, 1, 2])
    # over 1, of group 0, from 0 (of 0) and 4 (of 1) to 2 (of 0), 3 (of 1) and 5 (of 2):
    # 0-2 coordinator, 0-3 and 0-5 representative, 4-2 gatekeeper, 4-3 itinerant, 4-5 liaison
    assert brokerage(arcs, groups)[:, 1].tolist() == [1, 1, 1, 2, 1]
    assert brokerage(arcs, groups).sum() == 6
    arcs[4, 5] = True
    assert brokerage(arcs, groups)[:, 1].tolist() == [1, 1, 1, 2, 0]


@QUICK
@given(parted())
def test_counts_are_those_enumerated(given_) -> None:
    arcs, groups = given_
    assert (brokerage(arcs, groups) == enumerated(arcs, groups)).all()


@QUICK
@given(parted())
def test_against_the_arcs_gatekeepers_are_representatives(given_) -> None:
    arcs, groups = given_
    there, back = brokerage(arcs, groups), brokerage(arcs.T, groups)
    assert (there[[0, 1, 2, 4]] == back[[0, 1, 3, 4]]).all()


@QUICK
@given(parted(), st.randoms(use_true_random=False))
def test_other_names_change_nothing(given_, shuffled) -> None:
    arcs, groups = given_
    order = list(range(len(arcs)))
    shuffled.shuffle(order)
    renamed = arcs[np.ix_(order, order)], 9 - groups[order]
    assert (brokerage(*renamed) == brokerage(arcs, groups)[:, order]).all()
    assert z_scores(*renamed) == pytest.approx(z_scores(arcs, groups)[:, order], nan_ok=True)


@QUICK
@given(parted())
def test_an_isolated_node_changes_no_count(given_) -> None:
    arcs, groups = given_
    more = brokerage(np.pad(arcs, (0, 1)), np.append(groups, 0))
    assert (more[:, :-1] == brokerage(arcs, groups)).all()
    assert (more[:, -1:] == 0).all()


@pytest.mark.parametrize("groups", [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 1, 2), (0, 1, 2, 3)])
@pytest.mark.parametrize("density", [0.3, 0.5])
def test_chance_is_the_mean_over_all_graphs(groups, density: float) -> None:
    cells = [(i, j) for i, j in permutations(range(4), 2)]
    means, squares = np.zeros((5, 4)), np.zeros((5, 4))
    parts = np.array(groups)
    for there in product((False, True), repeat=len(cells)):
        arcs = np.zeros((4, 4), dtype=bool)
        arcs[tuple(zip(*cells, strict=True))] = there
        weight = density ** sum(there) * (1 - density) ** (len(cells) - sum(there))
        counts = brokerage(arcs, parts)
        means += weight * counts
        squares += weight * counts**2
    found = chance(parts, density)
    assert found.expected == pytest.approx(means)
    assert found.variance == pytest.approx(squares - means**2, abs=1e-12)


def test_chance_is_met_by_draws_of_a_larger_graph() -> None:
    groups = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 3])
    drawn = np.random.default_rng(3).random((6000, 10, 10)) < 0.4
    counts = np.stack([brokerage(arcs, groups) for arcs in drawn])
    found = chance(groups, 0.4)
    spread = np.sqrt(np.maximum(found.variance, 1e-9) / len(drawn))
    assert (np.abs(counts.mean(axis=0) - found.expected) <= 5 * spread).all()
    assert counts.var(axis=0) == pytest.approx(found.variance, rel=0.12, abs=1e-9)


def test_no_score_where_nothing_varies() -> None:
    groups = np.zeros(4, np.int64)
    assert np.isnan(z_scores(np.zeros((4, 4), dtype=bool), groups)).all()
    assert np.isnan(z_scores(np.ones((4, 4), dtype=bool), groups)).all()
    assert np.isnan(z_scores(np.zeros((1, 1), dtype=bool), groups[:1])).all()
    assert z_scores(np.zeros((0, 0), dtype=bool), groups[:0]).shape == (5, 0)


def test_groups_must_match() -> None:
    with pytest.raises(InputError, match="not one for each node"):
        brokerage(np.zeros((3, 3), dtype=bool), np.zeros(2, np.int64))


def test_every_member_has_a_region() -> None:
    for name in ("cow", "gw"):
        assert all(actors.actor(who).region for _, who, _ in actors.memberships(name))


def test_values_of_a_year() -> None:
    flows = [
        flow("trade", "USA", "GBR", 100.0, 1960),
        flow("trade", "GBR", "FRA", 100.0, 1960),
        flow("trade", "GBR", "BEL", 0.5, 1960),
        flow("arms", "USA", "GBR", 1.0, 1960),
        flow("arms", "GBR", "USA", 1.0, 1960),
    ]
    dyads = [dyad("FRA", "CHN", "diplomatic_mission", 1960), dyad("CHN", "JPN", "diplomatic_mission", 1960)]
    tables = {"flow": (world.rows("flow", *flows),), "dyad": (world.rows("dyad", *dyads),)}
    with Record.open(empty=True) as record:
        record.load(Bulk(world.SOURCE, tables))
        panel = Panel(record, 1960, 1961)
        of = {measure.card.id: measure.compute(panel, 0) for measure in MEASURES}
        later = [measure.compute(panel, 1) for measure in MEASURES]
        places = {who: panel.system.position(who, 1960) for who in ("USA", "GBR", "CHN")}
        where = regions(panel, 0)
        member = panel.system.member[0]
    assert len(of) == len(MEASURES) == 30
    assert where[~member].max(initial=-1) == -1
    assert where[member].min() >= 0
    # Belgium takes less than 1 in 100 of what Britain exports
    assert of["trade-gatekeeper"][places["GBR"]] + of["trade-liaison"][places["GBR"]] == 1
    assert sum(np.nansum(of[f"trade-{each}"]) for each in ROLES) == 1
    # from the United States over Britain back to them is no path between two
    assert sum(np.nansum(of[f"arms-{each}"]) for each in ROLES) == 0
    assert of["diplomatic-gatekeeper"][places["CHN"]] == 1
    assert of["diplomatic-gatekeeper-z"][places["CHN"]] > 5
    assert all((np.isnan(each) | member).all() for each in of.values())
    assert all(np.isnan(each).all() for each in later)


def test_every_card_is_filled() -> None:
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked)), card.id
