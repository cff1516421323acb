"""Signed graphs: triads against enumeration, frustration against all divisions, bounds that hold."""

from __future__ import annotations

import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.measures.signed import (
    TRIADS,
    frustration,
    strong_balance,
    triads,
    two_paths,
    weak_balance,
)

QUICK = settings(max_examples=50, deadline=None)


def graph(count: int, *ties: tuple[int, int, int]) -> np.ndarray:
    made = np.zeros((count, count), np.int8)
    for one, other, sign in ties:
        made[one, other] = made[other, one] = sign
    return made


@st.composite
def graphs(draw, most: int = 8) -> np.ndarray:
    count = draw(st.integers(0, most))
    pairs = list(combinations(range(count), 2))
    drawn = draw(st.lists(st.sampled_from((-1, 0, 1)), min_size=len(pairs), max_size=len(pairs)))
    return graph(count, *((one, other, sign) for (one, other), sign in zip(pairs, drawn, strict=True)))


def random_graph(count: int, density: float, negative: float, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    there = np.triu(chance.random((count, count)) < density, 1)
    upper = np.where(chance.random((count, count)) < negative, -1, 1) * there
    return (upper + upper.T).astype(np.int8)


def against(signs: np.ndarray, camps) -> int:
    return sum(
        signs[one, other] * camps[one] * camps[other] < 0 for one, other in combinations(range(len(signs)), 2)
    )


def least(signs: np.ndarray) -> int:
    count = len(signs)
    return min(
        (against(signs, (1, *rest)) for rest in product((1, -1), repeat=max(count - 1, 0)) if count),
        default=0,
    )


HEXAD = graph(
    6, (0, 1, 1), (0, 2, 1), (1, 2, -1), (2, 3, 1), (2, 4, -1), (3, 4, -1), (0, 5, -1), (1, 5, -1), (2, 5, 1)
)
"""Triads: 012 (+ + -), 234 (+ - -), 015 (+ - -), 025 (+ + -), 125 (- - +)."""


def test_triads_by_hand() -> None:
    assert triads(HEXAD).tolist() == [
        [0, 0, 0, 0, 0, 0],
        [2, 1, 2, 0, 0, 1],
        [1, 2, 2, 1, 1, 2],
        [0, 0, 0, 0, 0, 0],
    ]
    world = triads(HEXAD).sum(axis=1) // 3
    assert world.tolist() == [0, 2, 3, 0]
    assert strong_balance(world) == 3 / 5
    assert weak_balance(world) == 3 / 5
    assert strong_balance(triads(HEXAD)).tolist() == [1 / 3, 2 / 3, 2 / 4, 1.0, 1.0, 2 / 3]


def test_three_foes_are_balanced_for_davis_alone() -> None:
    foes = triads(graph(3, (0, 1, -1), (0, 2, -1), (1, 2, -1))).sum(axis=1) // 3
    assert foes.tolist() == [0, 0, 0, 1]
    assert (strong_balance(foes), weak_balance(foes)) == (0.0, 1.0)


@QUICK
@given(graphs())
def test_triads_are_those_enumerated(signs) -> None:
    counted = np.zeros((4, len(signs)), np.int64)
    for three in combinations(range(len(signs)), 3):
        ties = [signs[pair] for pair in combinations(three, 2)]
        if all(ties):
            counted[TRIADS.index("".join(sorted("+" if tie > 0 else "-" for tie in ties))), list(three)] += 1
    assert (triads(signs) == counted).all()


@QUICK
@given(graphs(), st.randoms(use_true_random=False))
def test_other_names_change_nothing(signs, chance) -> None:
    order = list(range(len(signs)))
    chance.shuffle(order)
    renamed = signs[np.ix_(order, order)]
    assert (triads(renamed) == triads(signs)[:, order]).all()
    assert (two_paths(renamed) == two_paths(signs)[np.ix_(order, order)]).all()
    assert frustration(renamed).upper == frustration(signs).upper


@QUICK
@given(graphs())
def test_two_paths_are_symmetric_and_as_counted(signs) -> None:
    found = two_paths(signs)
    assert (found == found.T).all()
    for one, other in combinations(range(len(signs)), 2):
        assert found[one, other] == sum(int(signs[one, k]) * int(signs[k, other]) for k in range(len(signs)))


@QUICK
@given(graphs())
def test_an_isolated_node_adds_nothing(signs) -> None:
    more = np.pad(signs, (0, 1))
    assert (triads(more)[:, :-1] == triads(signs)).all()
    assert triads(more)[:, -1:].sum() == 0
    assert frustration(more).upper == frustration(signs).upper


def test_frustration_by_hand() -> None:
    # 012 and 025 are unbalanced and share the tie 0-2: without it the camps are {0, 1, 4} and {2, 3, 5}
    found = frustration(HEXAD)
    assert (found.lower, found.upper, found.exact) == (1, 1, True)
    assert (found.camps * found.camps[0]).tolist() == [1, 1, -1, -1, 1, -1]


def test_all_foes_split_as_evenly_as_they_can() -> None:
    # 7 foes: camps of 3 and 4 leave 3 + 6 foes within a camp
    assert frustration((np.eye(7) - 1).astype(np.int8)).upper == 9


@QUICK
@given(graphs(most=8))
def test_frustration_is_the_least_of_all_divisions(signs) -> None:
    found = frustration(signs)
    assert found.exact
    assert found.lower == found.upper == against(signs, found.camps) == least(signs)


@pytest.mark.parametrize("seed", range(4))
def test_and_of_ten_nodes_too(seed: int) -> None:
    signs = random_graph(10, 0.3 + 0.2 * seed, 0.5, seed)
    assert frustration(signs).upper == least(signs)


@QUICK
@given(graphs(most=8), st.integers(0, 3))
def test_the_bounds_hold_where_tables_are_too_wide(signs, seed: int) -> None:
    found = frustration(signs, widest=0, seed=seed)
    assert found.lower <= least(signs) <= found.upper == against(signs, found.camps)


def test_what_the_solver_finds_lies_within_the_bounds_of_larger_graphs() -> None:
    for seed in range(5):
        signs = random_graph(30, 0.25, 0.5, seed)
        solved, bounded = frustration(signs), frustration(signs, widest=0)
        assert solved.exact
        assert bounded.lower <= solved.upper <= bounded.upper == against(signs, bounded.camps)


def test_a_graph_of_two_camps_has_none() -> None:
    camps = np.random.default_rng(5).choice([-1, 1], 60)
    signs = (np.abs(random_graph(60, 0.3, 0.5, 6)) * np.outer(camps, camps)).astype(np.int8)
    assert frustration(signs).upper == 0


@QUICK
@given(graphs(), st.data())
def test_changing_sides_changes_no_frustration(signs, data) -> None:
    camps = np.array(data.draw(st.lists(st.sampled_from((-1, 1)), min_size=len(signs), max_size=len(signs))))
    switched = (signs * np.outer(camps, camps)).astype(np.int8)
    assert frustration(switched).upper == frustration(signs).upper


def test_the_same_seed_finds_the_same() -> None:
    signs = random_graph(50, 0.5, 0.5, 1)
    one, other = frustration(signs, widest=4, seed=3), frustration(signs, widest=4, seed=3)
    assert (one.lower, one.upper, one.camps.tolist()) == (other.lower, other.upper, other.camps.tolist())
    assert not one.exact


def test_dense_graphs_of_two_dozen_nodes_are_solved() -> None:
    assert frustration(random_graph(24, 1.0, 0.5, 1)).exact


def test_nobody_and_one_alone() -> None:
    for count in (0, 1):
        signs = np.zeros((count, count), np.int8)
        assert triads(signs).shape == (4, count)
        assert two_paths(signs).shape == (count, count)
        assert (frustration(signs).upper, frustration(signs).exact) == (0, True)
    assert np.isnan(strong_balance(np.zeros(4)))
    assert np.isnan(weak_balance(np.zeros(4)))


@pytest.mark.parametrize(
    "matrix",
    [[[0, 1], [0, 0]], [[1]], [[0, 2], [2, 0]], [[0, 1, 0], [1, 0, 0]]],
)
def test_what_is_no_signed_graph_is_refused(matrix) -> None:
    for ask in (triads, two_paths, frustration):
        with pytest.raises(InputError, match="no signed graph"):
            ask(np.array(matrix, np.int8))


def test_a_system_of_195_states_is_quick() -> None:
    signs = random_graph(195, 0.1, 0.3, 2)
    begun = time.process_time()
    frustration(signs)
    assert time.process_time() - begun < 4.0
    begun = time.process_time()
    triads(signs)
    assert time.process_time() - begun < 0.5
