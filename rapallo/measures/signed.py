"""Signed graphs: triads of friends and foes, degrees of balance, and the frustration index with its bounds.

A signed graph is a symmetric matrix of -1, 0 and 1, shape (nodes, nodes), with nothing on the diagonal.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError

__all__ = ["TRIADS", "Frustration", "frustration", "strong_balance", "triads", "two_paths", "weak_balance"]

Signs = NDArray[np.int8]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TRIADS = ("+++", "++-", "+--", "---")
"""The kinds of complete triads, by the signs of their three ties."""

WIDEST = 22
"""Tables of the exact solution range over no more nodes than this: 2 to the power of it cells."""
_STARTS, _STEPS = 12, 8


def triads(signs: Signs) -> Ints:
    """In how many triads of each kind every node is; shape (4, nodes), kinds in the order of ``TRIADS``.

    Only triads with all three ties count (Cartwright & Harary 1956; Davis 1967). Every triad is in the row
    of its kind three times, once for each of its nodes.

    Raises:
        InputError: where the matrix is no signed graph.

    Examples:
        >>> triads(np.array([[0, 1, -1], [1, 0, -1], [-1, -1, 0]], np.int8)).tolist()
        [[0, 0, 0], [0, 0, 0], [1, 1, 1], [0, 0, 0]]
    """
    _checked(signs)
    friend, foe = (signs > 0).astype(np.float64), (signs < 0).astype(np.float64)
    friends, foes, mixed = friend @ friend, foe @ foe, friend @ foe
    found = (
        (friend * friends).sum(axis=1) / 2,
        (foe * friends).sum(axis=1) + (friend * mixed).sum(axis=1) / 2,
        (friend * foes).sum(axis=1) + (foe * mixed.T).sum(axis=1) / 2,
        (foe * foes).sum(axis=1) / 2,
    )
    counts: Ints = np.rint(np.stack(found)).astype(np.int64)
    return counts


def strong_balance(counts: NDArray[np.number]) -> Floats:
    """The share of triads that are balanced: with no negative tie or two (Cartwright & Harary 1956).

    Args:
        counts: of the four kinds, in the order of ``TRIADS``; shape (4, ...).

    Returns:
        0 to 1, NaN where there is no triad; shape (...).

    Examples:
        >>> strong_balance(np.array([1, 1, 1, 1])).item()
        0.5
    """
    return _share(counts[0] + counts[2], counts.sum(axis=0))


def weak_balance(counts: NDArray[np.number]) -> Floats:
    """The share of triads that can be part of more than two camps: all but those with one foe (Davis 1967).

    Args:
        counts: of the four kinds, in the order of ``TRIADS``; shape (4, ...).

    Returns:
        0 to 1, NaN where there is no triad; shape (...).

    Examples:
        >>> weak_balance(np.array([1, 1, 1, 1])).item()
        0.75
    """
    return _share(counts[0] + counts[2] + counts[3], counts.sum(axis=0))


def two_paths(signs: Signs) -> Ints:
    """Balanced paths of two ties between each two nodes less those that are not; shape (nodes, nodes).

    A shared friend and a shared foe each add one, a foe's friend takes one off (Heider 1946); 0 on the
    diagonal.

    Raises:
        InputError: where the matrix is no signed graph.

    Examples:
        >>> two_paths(np.array([[0, 0, -1], [0, 0, -1], [-1, -1, 0]], np.int8))[0].tolist()
        [0, 1, 0]
    """
    full = _checked(signs).astype(np.float64)
    found = np.rint(full @ full).astype(np.int64)
    np.fill_diagonal(found, 0)
    return found


@dataclass(frozen=True, slots=True)
class Frustration:
    """How many ties keep a signed graph from falling into two camps.

    Attributes:
        lower: no division into two camps has fewer ties against it.
        upper: the division found has that many.
        exact: whether the two are the same, so that this is the frustration index.
        camps: the division, 1 or -1 for each node; the other way round it is the same division.
    """

    lower: int
    upper: int
    exact: bool
    camps: Signs


def frustration(signs: Signs, *, seed: int = 0, widest: int = WIDEST) -> Frustration:
    """The line index of balance: the fewest ties whose loss leaves two camps (Harary 1959).

    L = min over s in {-1, 1}^nodes of the number of ties (i, j) with sign(i, j) s(i) s(j) = -1. Nodes that
    some best division puts with a neighbour (or against it) are merged first. What then remains is solved
    component by component: exactly, by elimination of one node after another (Bertelè & Brioschi 1972), where
    the tables stay within ``widest`` nodes, which holds for every component of up to ``widest`` + 2 nodes.
    Elsewhere ties-disjoint cycles with an odd number of negative ties bound it from below, and a seeded tabu
    search from above (in place of the relocation of Doreian & Mrvar 1996).

    Args:
        signs: the signed graph.
        seed: of the search.
        widest: how many nodes a table may range over.

    Raises:
        InputError: where the matrix is no signed graph.

    Examples:
        >>> found = frustration(np.array([[0, 1, 1], [1, 0, -1], [1, -1, 0]], np.int8))
        >>> found.lower, found.upper, found.exact
        (1, 1, True)
    """
    weights = _checked(signs).astype(np.int64)
    merged = _merge(weights)
    camps = np.ones(len(signs), dtype=np.int64)
    gap = 0
    for part in _components(weights):
        core = weights[np.ix_(part, part)]
        best = _solve(core, widest)
        if best is None:
            best = _search(core, np.random.default_rng(seed))
            gap += _against(core, best) - _packed(core)
        camps[part] = best
    for one, other, sign in reversed(merged):
        camps[one] = sign * camps[other]
    upper = _against(signs.astype(np.int64), camps)
    return Frustration(upper - gap, upper, gap == 0, camps.astype(np.int8))


def _checked(signs: Signs) -> Signs:
    square = signs.ndim == 2 and signs.shape[0] == signs.shape[1]
    if not square or (signs != signs.T).any() or signs.diagonal().any() or (np.abs(signs) > 1).any():
        msg = "the matrix is no signed graph"
        raise InputError(msg, hint="it takes a symmetric matrix of -1, 0 and 1 with zeros on its diagonal")
    return signs


def _share(part: NDArray[np.number], whole: NDArray[np.number]) -> Floats:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.true_divide(part, whole), dtype=np.float64)


def _against(weights: Ints, camps: Ints) -> int:
    """The weight of the ties that a division has against it."""
    return int((np.abs(weights).sum() - camps @ weights @ camps) // 4)


def _merge(weights: Ints) -> list[tuple[int, int, int]]:
    """Merge nodes as far as a best division is kept, in place; (node, into which, with which sign) in order.

    With the tie of weight w between i and j, a best division has them alike (apart, for w < 0) where |w| is
    no less than all other ties of i together, or than half the sum of |w(i, k) - sign(w) w(j, k)| over k:
    whatever the others do, i and j then gain no more from the rest by differing than the tie costs them.
    """
    merged = []
    open_ = True
    while open_:
        open_ = False
        for one in range(len(weights)):
            row = weights[one]
            near = np.flatnonzero(row)
            if not len(near):
                continue
            ties = np.abs(row[near])
            apart = np.abs(row - np.sign(row[near])[:, None] * weights[near]).sum(axis=1) - 2 * ties
            fits = np.flatnonzero(2 * ties >= np.minimum(apart, ties.sum()))
            if len(fits):
                other = int(near[fits[0]])
                sign = int(np.sign(row[other]))
                merged.append((one, other, sign))
                weights[other] += sign * row
                weights[other, other] = 0
                weights[one] = 0
                weights[:, one] = 0
                weights[:, other] = weights[other]
                open_ = True
    return merged


def _components(weights: Ints) -> list[Ints]:
    """The nodes of each connected component that has a tie."""
    found, left = [], set(np.flatnonzero(weights.any(axis=1)).tolist())
    while left:
        reached, edge = set[int](), {min(left)}
        while edge:
            reached |= edge
            edge = set(np.flatnonzero(weights[sorted(edge)].any(axis=0)).tolist()) - reached
        left -= reached
        found.append(np.array(sorted(reached), dtype=np.int64))
    return found


def _order(weights: Ints, root: int, widest: int) -> list[int] | None:
    """The nodes but the root, each with fewest neighbours when its turn comes; None where too many."""
    near = {node: set(np.flatnonzero(row).tolist()) - {root} for node, row in enumerate(weights)}
    del near[root]
    order = []
    while near:
        node = min(near, key=lambda each: (len(near[each]), each))
        around = near.pop(node)
        if len(around) > widest:
            return None
        for other in around:
            near[other] = (near[other] | around) - {other, node}
        order.append(node)
    return order


def _solve(weights: Ints, widest: int) -> Ints | None:
    """A best division of a connected component; None where the tables would be too wide.

    Going by the order, each node's best side is tabled for all sides of those it still has to do with.
    """
    root = int(np.count_nonzero(weights, axis=1).argmax())
    order = _order(weights, root, widest)
    if order is None:
        return None
    turn = {node: at for at, node in enumerate(order)}
    tables: list[tuple[tuple[int, ...], NDArray[np.int32]]] = []
    choices: list[tuple[int, tuple[int, ...], NDArray[np.bool_]]] = []
    side = np.array([1, -1], dtype=np.int32)
    for node in order:
        own: list[tuple[tuple[int, ...], NDArray[np.int32]]] = [
            ((other, node), int(weights[node, other]) * np.outer(side, side))
            for other in np.flatnonzero(weights[node]).tolist()
            if turn.get(other, -1) > turn[node]
        ]
        own.append(((node,), int(weights[node, root]) * side))
        own += [table for table in tables if node in table[0]]
        tables = [table for table in tables if node not in table[0]]
        scope = tuple(sorted({each for over, _ in own for each in over}, key=lambda each: -turn[each]))
        total = np.zeros((1,) * len(scope), dtype=np.int32)
        for over, values in sorted(own, key=lambda table: table[1].ndim):
            total = total + values.reshape([2 if each in over else 1 for each in scope])
        choices.append((node, scope[:-1], total[..., 1] > total[..., 0]))
        tables.append((scope[:-1], total.max(axis=-1)))
    camps = np.ones(len(weights), dtype=np.int64)
    for node, scope, second in reversed(choices):
        camps[node] = -1 if second[tuple(int(camps[each] < 0) for each in scope)] else 1
    return camps


def _search(weights: Ints, chance: np.random.Generator) -> Ints:
    """A good division, by tabu search from several starts: the best move of a node, and not back at once."""
    count = len(weights)
    best, least = np.ones(count, dtype=np.int64), _against(weights, np.ones(count, dtype=np.int64))
    for _ in range(_STARTS):
        camps = chance.choice(np.array([-1, 1], dtype=np.int64), count)
        pull, now = weights @ camps, _against(weights, camps)
        free = np.zeros(count, dtype=np.int64)
        for step in range(_STEPS * count):
            gain = -camps * pull
            open_ = (free <= step) | (now - gain < least)
            node = int(np.where(open_, gain, np.iinfo(np.int64).min).argmax())
            now -= int(gain[node])
            camps[node] = -camps[node]
            pull += 2 * camps[node] * weights[node]
            free[node] = step + 1 + count // 10 + int(chance.integers(10))
            if now < least:
                best, least = camps.copy(), now
    return best


def _packed(weights: Ints) -> int:
    """The weight of negative cycles that share no tie, by the shortest first; each costs a tie of its own."""
    rest, packed = weights.copy(), 0
    for one, other in zip(*np.nonzero(np.triu(rest)), strict=True):
        turned = np.sign(rest[one]) * np.sign(rest[other]) * np.sign(rest[one, other]) < 0
        for third in np.flatnonzero(turned).tolist():
            if not rest[one, other]:
                break
            packed += _taken(rest, [int(one), int(other), third, int(one)])
    near = [set(np.flatnonzero(row).tolist()) for row in rest]
    for start in range(len(rest)):
        while walk := _negative_cycle(rest, near, start):
            packed += _taken(rest, walk)
            for one, other in pairwise(walk):
                if not rest[one, other]:
                    near[one].discard(other)
                    near[other].discard(one)
    return packed


def _taken(rest: Ints, walk: list[int]) -> int:
    """Take the least weight along a closed walk off each of its ties; that weight."""
    ones, others = np.array(walk[:-1]), np.array(walk[1:])
    ties = rest[ones, others]
    least = int(np.abs(ties).min())
    rest[ones, others] -= np.sign(ties) * least
    rest[others, ones] = rest[ones, others]
    return least


def _negative_cycle(rest: Ints, near: list[set[int]], start: int) -> list[int]:
    """A negative cycle that a shortest walk from a node back to it meets, first node last too; or nothing."""
    came: dict[tuple[int, int], tuple[int, int] | None] = {(start, 1): None}
    queue = deque([(start, 1)])
    while queue and (start, -1) not in came:
        node, sign = queue.popleft()
        for other in near[node]:
            step = other, sign if rest[node, other] > 0 else -sign
            if step not in came:
                came[step] = node, sign
                queue.append(step)
    if (start, -1) not in came:
        return []
    walk, at = [], came[start, -1]
    seen = {start: (0, -1)}
    walk.append(start)
    while at is not None:
        node, sign = at
        walk.append(node)
        if node in seen and seen[node][1] != sign:
            return walk[seen[node][0] :]
        seen[node] = len(walk) - 1, sign
        at = came[at]
    return []
