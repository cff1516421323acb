"""What the clauses of a day come to for many pairs at once, at one step of the fixpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapallo.pacts.fast.clauses import Clause, Numbers, Protected
from rapallo.pacts.fast.verdicts import (
    ATTACKED,
    ATTACKER,
    FOR_ATTACKED,
    FOR_ATTACKER,
    NOTHING,
    Grades,
)

__all__ = ["Answers", "Asking"]

_ALL = slice(None)
Positions = Numbers | slice


@dataclass(frozen=True, slots=True)
class Answers:
    """What one clause comes to.

    Attributes:
        of: the numbers of those it obliges.
        at: which pairs.
        grades: by the obliged and the pair; or by the pair where it is the same for all of them.
        refused: whether the clause does not reach the attack on one of those it protects, likewise.
    """

    of: Numbers
    at: Positions
    grades: Grades
    refused: NDArray[np.bool_]


class Asking:
    """The parties to the wars of many pairs as they stand at one step.

    Args:
        standing: by side (0 of the attacked, 1 of the attacker), state and pair: 0 where the state is not in
            the war, 1 where it is on one reading, 2 where it surely is.
        attacked: the number of the attacked state by pair, ascending.
        attacker: the number of the attacker by pair.
        before: whether the attacked had attacked the attacker before, by pair.
    """

    def __init__(
        self,
        standing: NDArray[np.uint8],
        attacked: Numbers,
        attacker: Numbers,
        before: NDArray[np.bool_],
    ) -> None:
        self.attacked, self.attacker, self.before = attacked, attacker, before
        self.standing = standing
        many = standing.shape[1]
        self.sure = (standing == 2).view(np.uint8)
        self.unsure = (standing == 1).view(np.uint8)
        self.all_sure = self.sure.sum(axis=1, dtype=np.int16)
        self.all_unsure = self.unsure.sum(axis=1, dtype=np.int16)
        self.starts = np.searchsorted(attacked, np.arange(many + 1))
        order = np.argsort(attacker, kind="stable")
        ends = np.searchsorted(attacker[order], np.arange(many + 1))
        self.columns = [order[ends[n] : ends[n + 1]] for n in range(many)]
        self.joined = standing.copy()
        self.enlisted: NDArray[np.bool_] = np.logical_or.reduce(standing > 0, axis=2)
        pairs = np.arange(len(attacked))
        self.joined[0, attacked, pairs] = self.joined[1, attacker, pairs] = 0
        self.has_joined: NDArray[np.bool_] = np.logical_or.reduce(self.joined > 0, axis=2)
        self.struck_back = bool(self.has_joined[0].any())
        self.situation = np.where(self.joined > 0, 2 * self.joined + before.view(np.uint8) - 1, 0)
        self.outsiders: dict[tuple[int, bytes], NDArray[np.uint8]] = {}

    def ask(self, clause: Clause, side: int, least: int) -> Iterator[Answers]:
        """What a clause comes to for those who would help that side by it, each in each pair once.

        What comes to less than the grade ``least`` may be left out.
        """
        role = FOR_ATTACKER if side else FOR_ATTACKED
        drawn = [p for p in clause.protected if self.has_joined[side, p.state] and p.speaks(role, least)]
        firsts = [
            (p, at)
            for p in clause.protected
            if p.speaks(ATTACKER if side else ATTACKED, least) and _many(at := self._lines(p.state, side))
        ]
        if drawn:
            yield from self._together(clause, side, drawn, firsts)
            return
        for p, at in firsts:
            of = clause.obliged[clause.obliged != p.state]
            if len(of):
                general, apart = self._first(clause, p, side, at)
                grades = np.stack([apart.get(int(code), general) for code in of]) if apart else general
                yield Answers(of, at, grades, grades == 0)

    def _together(
        self,
        clause: Clause,
        side: int,
        drawn: Sequence[Protected],
        firsts: Sequence[tuple[Protected, Positions]],
    ) -> Iterator[Answers]:
        """The clause protects states that joined: the strongest of what it comes to for each of them."""
        states = list(dict.fromkeys([p.state for p in drawn] + [p.state for p, _ in firsts]))
        plain = {state: np.full(len(self.attacked), NOTHING, np.int8) for state in states}
        own: dict[tuple[int, int], Grades] = {}
        for p in drawn:
            plain[p.state] = self._drawn(clause, p, side, own)
        for p, at in firsts:
            general, apart = self._first(clause, p, side, at)
            plain[p.state][at] = general
            for code in clause.obliged.tolist():
                if code in apart or (p.state, code) in own:
                    line = own.setdefault((p.state, code), plain[p.state].copy())
                    line[at] = apart.get(code, general)
        yield from _strongest(clause, states, plain, own)

    def _drawn(self, clause: Clause, p: Protected, side: int, own: dict[tuple[int, int], Grades]) -> Grades:
        """By pair what it comes to for a state that joined; ``own`` takes it for those who may be enemies."""
        grades = p.grades[FOR_ATTACKER if side else FOR_ATTACKED]
        if p.plain:
            situations = np.full((5, 2), NOTHING, np.int8)
            situations[1:] = grades[:, :, [1, 0], 0].reshape(4, 2)
            key = 2 * self.situation[side, p.state] + self._outsiders(clause, side)
            found: Grades = situations.ravel().take(key)
            return found
        at = np.flatnonzero(self.joined[side, p.state])
        general, apart = self._general(clause, p, side, at, grades)
        whole = np.full(len(self.attacked), NOTHING, np.int8)
        whole[at] = general
        for code, line in apart.items():
            own[p.state, code] = whole.copy()
            own[p.state, code][at] = line
        return whole

    def _first(
        self, clause: Clause, p: Protected, side: int, at: Positions
    ) -> tuple[Grades, dict[int, Grades]]:
        """What it comes to for a principal, and apart for those obliged who may be enemies themselves."""
        grades = p.grades[ATTACKER if side else ATTACKED]
        if p.plain and (side == 0 or clause.any_war):
            outside = self._outsiders(clause, side)[at]
            return grades[1][self.before.view(np.uint8)[at], 1 - outside, 0], {}
        if side == 1 and not clause.any_war and not self.struck_back:
            return grades[1][self.before.view(np.uint8)[at], -1, 0], {}
        return self._general(clause, p, side, at, grades)

    def _general(
        self, clause: Clause, p: Protected, side: int, at: Positions, grades: Grades
    ) -> tuple[Grades, dict[int, Grades]]:
        """What it comes to by pair; and by obliged, itself left out, for those who are among the enemies."""
        sure, unsure = self.sure[1 - side], self.unsure[1 - side]
        surely = np.stack([some.of(sure, self.all_sure[1 - side], at) for some in p.enemies])
        perhaps = np.stack([some.of(unsure, self.all_unsure[1 - side], at) for some in p.enemies])
        enemies = self.all_sure[1 - side][at] + self.all_unsure[1 - side][at]
        first = (self.attacker if side else self.attacked)[at] == p.state
        if side == 1:
            struck = first & (not clause.any_war)
            for row, some in enumerate(p.enemies):
                surely[row] -= struck & some.holds[self.attacked[at]]
            enemies = enemies - struck
        standing = np.where(first | (self.joined[side, p.state][at] == 2), 1, 0)
        situation = (standing, self.before.view(np.uint8)[at])
        general = _graded(grades, situation, surely, perhaps, enemies, counts=p.counts)
        apart: dict[int, Grades] = {}
        for code in self._lone(clause.obliged, 1 - side, at, surely, perhaps, every=p.counts):
            if code != p.state:
                its_sure, its_unsure = sure[code, at], unsure[code, at]
                held = np.array([some.holds[code] for some in p.enemies], np.int16)[:, None]
                less = (
                    surely - held * its_sure,
                    perhaps - held * its_unsure,
                    enemies - its_sure - its_unsure,
                )
                apart[code] = _graded(grades, situation, *less, counts=p.counts)
        return general, apart

    def _lone(
        self,
        of: Numbers,
        side: int,
        at: Positions,
        surely: NDArray[np.int16],
        perhaps: NDArray[np.int16],
        *,
        every: bool,
    ) -> list[int]:
        """Those who stand on that side, and may be the only ones of the first class that is there."""
        here = of[self.enlisted[side, of]]
        if not len(here):
            return []
        there = (
            self.standing[side][here, at] if isinstance(at, slice) else self.standing[side][here[:, None], at]
        )
        if every:
            return list(here[there.any(axis=1)].tolist())
        classes = np.concatenate([surely, perhaps])
        first = np.take_along_axis(classes, (classes > 0).argmax(axis=0)[None], axis=0)[0]
        return list(here[(there.astype(np.bool_) & (first <= 1)).any(axis=1)].tolist())

    def _outsiders(self, clause: Clause, side: int) -> NDArray[np.uint8]:
        """By pair 1 where somebody surely fights that side who is not party to the pact."""
        key = (side, clause.members.tobytes())
        if key not in self.outsiders:
            inside = self.sure[1 - side][clause.members].sum(axis=0, dtype=np.int16)
            self.outsiders[key] = (self.all_sure[1 - side] > inside).view(np.uint8)
        return self.outsiders[key]

    def _lines(self, state: int, side: int) -> Positions:
        """The pairs in which that state is the principal of that side."""
        if side:
            return self.columns[state]
        return slice(int(self.starts[state]), int(self.starts[state + 1]))


def _many(at: Positions) -> int:
    return int(at.stop - at.start) if isinstance(at, slice) else len(at)


def _graded(
    grades: Grades,
    situation: tuple[NDArray[np.intp], NDArray[np.uint8]],
    surely: NDArray[np.int16],
    perhaps: NDArray[np.int16],
    enemies: NDArray[np.int16],
    *,
    counts: bool,
) -> Grades:
    there = np.concatenate([surely, perhaps]) > 0
    none = np.where(enemies > 0, len(there), len(there) + 1)
    kind = np.where(there.any(axis=0), there.argmax(axis=0), none)
    power: NDArray[np.intp] | int = 0
    if counts:
        total = surely.sum(axis=0)
        power = ((total + perhaps.sum(axis=0)) > 1).astype(np.intp) + (total > 1)
    found: Grades = grades[situation[0], situation[1], kind, power]
    return found


def _strongest(
    clause: Clause,
    states: Sequence[int],
    plain: dict[int, Grades],
    own: dict[tuple[int, int], Grades],
) -> Iterator[Answers]:
    """For each obliged the strongest over all that the clause protects but itself."""
    noes = {state: (plain[state] == 0).view(np.int8) for state in states}
    runs, no_runs = (_around(lines, states) for lines in (plain, noes))
    apart = {code for _, code in own}
    for code in clause.obliged.tolist():
        place = states.index(code) if code in states else len(states)
        if code in apart:
            lines = [own.get((state, code), plain[state]) for state in states if state != code]
            refused = np.logical_or.reduce([line == 0 for line in lines])
            yield Answers(np.array([code]), _ALL, np.maximum.reduce(lines), refused)
            continue
        line, no = runs[place], no_runs[place]
        if line is not None and no is not None:
            yield Answers(np.array([code]), _ALL, line, no > 0)


def _around(lines: Mapping[int, Grades], states: Sequence[int]) -> list[Grades | None]:
    """The strongest over all states but each in turn, and over all of them; None where there is no other."""
    before, after = _running(lines, states), _running(lines, states[::-1])[::-1]
    found = [_both(before[n], after[n + 1]) for n in range(len(states))]
    return [*found, before[-1]]


def _both(one: Grades | None, other: Grades | None) -> Grades | None:
    if one is None or other is None:
        return other if one is None else one
    return np.maximum(one, other)


def _running(lines: Mapping[int, Grades], states: Sequence[int]) -> list[Grades | None]:
    """The strongest over none of the states, over the first, over the first two and so on."""
    found: list[Grades | None] = [None]
    for state in states:
        found.append(_both(found[-1], lines[state]))
    return found
