"""Who must come to whose help, for every pair of states of a day at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.model import ANSWERS, Answer
from rapallo.pacts.fast.asking import Asking
from rapallo.pacts.fast.clauses import Clause, Numbers, compiled
from rapallo.pacts.fast.neutral import neutral
from rapallo.pacts.fast.verdicts import NOTHING
from rapallo.pacts.war import DRAWN_IN, SURE
from rapallo.pacts.web import Web

__all__ = ["Everyone", "everyone"]

_ANSWER: tuple[Answer, ...] = ("NO", "OPTIONAL", "DISPUTED", "DISPUTED", "YES")
_OF_GRADE = np.array([ANSWERS.index(answer) for answer in _ANSWER], np.int8)


@dataclass(frozen=True, slots=True)
class Everyone:
    """The answers of all pairs, one a place in each array, by attacker, attacked and state.

    Attributes:
        codes: the states by number.
        attacker: number of the state that attacks.
        attacked: number of the state that is attacked.
        state: number of the third state.
        answer: place of the answer in ``rapallo.model.ANSWERS``.
        for_attacker: whether the side it would help is the attacker's.
        step: as in ``Obligation``.
        clauses: how many clauses give that answer for that side at that step.
    """

    codes: tuple[str, ...]
    attacker: NDArray[np.int16]
    attacked: NDArray[np.int16]
    state: NDArray[np.int16]
    answer: NDArray[np.int8]
    for_attacker: NDArray[np.bool_]
    step: NDArray[np.int8]
    clauses: NDArray[np.int16]

    def __len__(self) -> int:
        return len(self.state)


def everyone(
    web: Web,
    attackers: Sequence[str],
    attacked: Sequence[str] | None = None,
    *,
    noes: bool = False,
) -> Everyone:
    """What ``rapallo.pacts.obligations`` answers without facts, for every attacker and every attacked.

    The same fixpoint, taken for all pairs in step. What a clause comes to is looked up by the situation in
    which it stands (``rapallo.pacts.fast.verdicts``), and only wars that somebody joined at a step are asked
    about at the next.

    Args:
        web: the day, as ``rapallo.pacts.web.weave`` makes it of a view.
        attackers: codes of the states that may attack.
        attacked: codes of those that may be attacked; the same where None.
        noes: whether states whose clauses come to NO are told too.

    Raises:
        InputError: where a state is named twice.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.pacts.web import weave
        >>> from rapallo.record import Record
        >>> web = weave(Record.open().view(dt.date(2024, 6, 22)))
        >>> found = everyone(web, ["USA"], ["PRK"])
        >>> sure = found.answer == ANSWERS.index("YES")
        >>> [found.codes[n] for n in found.state[sure]]
        ['CHN']
    """
    struck = attackers if attacked is None else attacked
    for named in (attackers, struck):
        if len(set(named)) < len(named):
            msg = "a state is named twice"
            raise InputError(msg, hint="name each state once")
    fixpoint = _Fixpoint(web, attackers, struck, least=0 if noes else 1)
    fixpoint.run()
    return fixpoint.answers()


class _Fixpoint:
    """The wars of all pairs; arrays by side (0 of the attacked, 1 of the attacker), state and pair.

    Grades under ``least`` are not told, nor asked for where nothing hangs on them.
    """

    def __init__(self, web: Web, attackers: Sequence[str], attacked: Sequence[str], least: int) -> None:
        named = dict.fromkeys([*attackers, *attacked])
        named |= dict.fromkeys(code for bond in web.bonds for code in (*bond.members, *bond.protected))
        self.web, self.codes, self.least = web, tuple(named), least
        number = {code: n for n, code in enumerate(self.codes)}
        self.pacts = compiled(web, self.codes)
        ones, others = ([number[code] for code in codes] for codes in (attackers, attacked))
        pairs = [(foe, side) for side in sorted(others) for foe in sorted(ones) if foe != side]
        both = np.array(pairs, np.intp).reshape(-1, 2)
        self.attacker, self.attacked = both[:, 0].copy(), both[:, 1].copy()
        begun = {(number.get(foe, -1), number.get(side, -1)) for foe, side in web.wars}
        self.before = np.array([(side, foe) in begun for foe, side in pairs], np.bool_)
        shape = (2, len(self.codes), len(pairs))
        self.best = np.full(shape, NOTHING, np.int8)
        self.since = np.zeros(shape, np.int8)
        self.clauses = np.zeros(shape, np.int16)
        self.standing = np.zeros(shape, np.uint8)
        every = np.arange(len(pairs))
        self.standing[0, self.attacked, every] = self.standing[1, self.attacker, every] = 2
        self.refused: dict[tuple[int, int, int], NDArray[np.bool_]] = {}

    def run(self) -> None:
        """Take steps until nobody new joins any war."""
        open_wars, step = np.arange(len(self.attacker)), 1
        while len(open_wars):
            open_wars = self._grow(open_wars, step)
            step += 1

    def _grow(self, wars: Numbers, step: int) -> Numbers:
        """Ask all clauses in those wars; the wars that a party joined or in which one became certain."""
        whole = len(wars) == len(self.attacker)
        best = self.best if whole else self.best[:, :, wars]
        standing = self.standing if whole else self.standing[:, :, wars]
        told = _Told(best)
        asking = Asking(standing, self.attacked[wars], self.attacker[wars], self.before[wars])
        for clauses in self.pacts:
            refusing = clauses[-1].talk and not clauses[0].talk
            for clause in clauses:
                for side in (0, 1):
                    self._ask(asking, clause, side, told, wars, refusing=refusing)
        every = np.arange(len(wars))
        for principals in (self.attacked[wars], self.attacker[wars]):
            told.best[:, principals, every] = NOTHING
        fresh = told.best > best
        drawn = fresh & (told.best >= DRAWN_IN)
        sure = np.where(fresh, told.best, best) == SURE
        drawn &= sure | ~sure[::-1]
        joined = drawn & (standing < 1 + sure.view(np.uint8))
        places = np.flatnonzero(fresh)
        at = places if whole else _spread(places, wars, len(self.attacker))
        self.best.ravel()[at] = told.best.ravel()[places]
        self.since.ravel()[at] = step
        self.clauses.ravel()[at] = told.clauses.ravel()[places]
        places = np.flatnonzero(joined)
        at = places if whole else _spread(places, wars, len(self.attacker))
        self.standing.ravel()[at] = 1 + sure.ravel()[places]
        still: Numbers = wars[joined.any(axis=(0, 1))]
        return still

    def _ask(
        self, asking: Asking, clause: Clause, side: int, told: _Told, wars: Numbers, *, refusing: bool
    ) -> None:
        for found in asking.ask(clause, side, 0 if refusing else self.least):
            if not refusing:
                if found.grades.max() >= self.least:
                    told.add(side, found.of, found.at, found.grades)
                continue
            for row, code in enumerate(found.of.tolist()):
                grades = found.grades if found.grades.ndim == 1 else found.grades[row]
                no = found.refused if found.refused.ndim == 1 else found.refused[row]
                key, at = (clause.tie, side, code), wars[found.at]
                if clause.talk and key in self.refused:
                    grades = np.where((grades > 0) & self.refused[key][at], 0, grades).astype(np.int8)
                elif not clause.talk and no.any():
                    kept = self.refused.setdefault(key, np.zeros(len(self.attacker), np.bool_))
                    kept[at] |= no
                if grades.max() >= self.least:
                    told.add(side, found.of[row : row + 1], found.at, grades)

    def answers(self) -> Everyone:
        """The stronger of what stands on either side, the earlier of two as strong, the attacked's of two."""
        best, since, clauses = self.best, self.since, self.clauses
        if self.least == 0:
            free = neutral(self.web, self.codes, self.attacked, self.attacker)
            standing = (free > 0) & (best <= 0)
            clauses = np.where(standing, free + np.where((best == 0) & (since == 1), clauses, 0), clauses)
            since, best = np.where(standing, 1, since), np.where(standing, 0, best)
        other = (best[1] > best[0]) | ((best[1] == best[0]) & (since[1] < since[0]))
        grade = np.where(other, best[1], best[0])
        order = np.lexsort((self.attacked, self.attacker))
        by_pair = grade[:, order].T
        pair, state = np.nonzero(by_pair >= self.least)
        pair = order[pair]
        its = other[state, pair]
        side = its.astype(np.intp)
        return Everyone(
            codes=self.codes,
            attacker=self.attacker[pair].astype(np.int16),
            attacked=self.attacked[pair].astype(np.int16),
            state=state.astype(np.int16),
            answer=_OF_GRADE[grade[state, pair]],
            for_attacker=its,
            step=since[side, state, pair].astype(np.int8),
            clauses=clauses[side, state, pair].astype(np.int16),
        )


def _spread(places: Numbers, wars: Numbers, many: int) -> Numbers:
    """Places in a flat array of some wars as places in one of all of them, of which there are ``many``."""
    lines, columns = np.divmod(places, len(wars))
    found: Numbers = lines * many + wars[columns]
    return found


class _Told:
    """What is told at one step, by side, state and pair: the strongest so far, how many clauses tell it."""

    def __init__(self, known: NDArray[np.int8]) -> None:
        self.known = known
        self.best = np.full(known.shape, NOTHING, np.int8)
        self.clauses = np.zeros(known.shape, np.int16)

    def add(self, side: int, of: Numbers, at: Numbers | slice, grades: NDArray[np.int8]) -> None:
        """Count what one clause comes to for those it obliges, where it is more than was known before."""
        line = grades[0] if len(of) == 1 and grades.ndim > 1 else grades
        place: tuple[object, ...] = (side, of[0] if len(of) == 1 else of, at)
        if isinstance(at, slice) and at == slice(None):
            at = np.flatnonzero(line > self.known[side, of[0]])
            line, place = line[at], (side, of[0], at)
        elif len(of) > 1 and not isinstance(at, slice):
            place = (side, of[:, None], at)
        best, count = self.best[place], self.clauses[place]  # type: ignore[index]
        new = np.where(line > self.known[place], line, NOTHING)  # type: ignore[index]
        rank, its = best - (best >= DRAWN_IN), new - (new >= DRAWN_IN)
        self.clauses[place] = np.where(its > rank, 1, count + (its == rank))  # type: ignore[index]
        self.best[place] = np.maximum(best, new)  # type: ignore[index]
