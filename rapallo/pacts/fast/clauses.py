"""The clauses of a day by number: whom each protects and obliges, and which enemies it tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapallo.model import Answer
from rapallo.pacts.conditions import territory
from rapallo.pacts.facts import Facts
from rapallo.pacts.fast.verdicts import (
    ATTACKED,
    ATTACKER,
    FOR_ATTACKED,
    FOR_ATTACKER,
    Grades,
    terms,
    verdicts,
)
from rapallo.pacts.places import claimed
from rapallo.pacts.powers import is_great_power
from rapallo.pacts.terms import any_war
from rapallo.pacts.war import RANK, Party, War
from rapallo.pacts.web import Bond, Web

__all__ = ["Clause", "Protected", "Some", "compiled"]

Numbers = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Some:
    """Some of the states.

    Attributes:
        holds: by state, whether it is one of them.
        rows: the numbers of those that are, or of those that are not.
        but: whether the rows are those that are not.
    """

    holds: NDArray[np.bool_]
    rows: Numbers
    but: bool

    def of(
        self, table: NDArray[np.uint8], total: NDArray[np.int16], at: Numbers | slice
    ) -> NDArray[np.int16]:
        """How many of them are set by pair in a table of states by pairs, in which ``total`` are set."""
        some = table[self.rows, at] if isinstance(at, slice) else table[self.rows[:, None], at]
        counted: NDArray[np.int16] = some.sum(axis=0, dtype=np.int16)
        return np.subtract(total[at], counted) if self.but else counted


@dataclass(frozen=True, slots=True)
class Protected:
    """A clause for one state that it protects.

    Attributes:
        state: its number.
        grades: what the clause comes to, by what the state is in the war, as ``verdicts`` tells.
        enemies: the classes of enemies that the clause tells apart, the first that is there counts.
        plain: whether they are all states not party to the pact, and then its parties.
        counts: whether it matters how many attack.
    """

    state: int
    grades: tuple[Grades, ...]
    enemies: tuple[Some, ...]
    plain: bool
    counts: bool

    def speaks(self, role: int, least: int = 0) -> bool:
        """Whether a grade of at least so much may follow from it where the state is that in the war."""
        return bool(self.grades[role].max() >= least)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by number.

    Attributes:
        tie: which pact it is of.
        talk: whether it binds to talk only.
        any_war: whether any war of the protected state sets it off.
        obliged: the numbers of those who owe it.
        members: the numbers of the parties to the pact.
        protected: to whom it is owed.
    """

    tie: int
    talk: bool
    any_war: bool
    obliged: Numbers
    members: Numbers
    protected: tuple[Protected, ...]


def compiled(web: Web, codes: Sequence[str]) -> list[list[Clause]]:
    """The clauses of help and of talks, by pact, those of help first; those that no attack sets off left out.

    Args:
        web: the day.
        codes: all states that a clause names or that attack or are attacked, by number.
    """
    number = {code: n for n, code in enumerate(codes)}
    pacts: dict[str, list[Clause]] = {}
    claims: dict[str, list[str]] = {}
    for bond in web.bonds:
        if bond.clause.kind in {"neutrality", "non_aggression"} or not bond.obliged:
            continue
        members = np.array([number[code] for code in bond.members], np.intp)
        obliged = np.array([number[code] for code in dict.fromkeys(bond.obliged)], np.intp)
        classes = _Classes(web, bond, codes, number, claims)
        own = [classes.protected(code, members) for code in dict.fromkeys(bond.protected)]
        speaking = tuple(p for p in own if any(p.speaks(role) for role in range(4)))
        if speaking:
            pacts.setdefault(bond.tie.id, []).append(
                Clause(
                    tie=len(pacts) - (bond.tie.id in pacts),
                    talk=bond.clause.kind == "consultation",
                    any_war=any_war(bond.clause),
                    obliged=obliged,
                    members=members,
                    protected=speaking,
                )
            )
    return [sorted(clauses, key=lambda clause: clause.talk) for clauses in pacts.values()]


class _Classes:
    """Which enemies a clause tells apart."""

    def __init__(
        self,
        web: Web,
        bond: Bond,
        codes: Sequence[str],
        number: Mapping[str, int],
        claims: dict[str, list[str]],
    ) -> None:
        self.web, self.bond, self.codes, self.number, self.claims = web, bond, codes, number, claims
        self.known: dict[tuple[bool, tuple[tuple[bool, Answer], ...]], tuple[Grades, ...]] = {}
        self.fit: set[int] | None = None
        if bond.clause.against:
            self.fit = {number[code] for code in bond.clause.against if code in number}
        if "great_power_only" in bond.clause.conditions:
            great = {n for n, code in enumerate(codes) if is_great_power(code, web.on)}
            self.fit = great if self.fit is None else self.fit & great
        self.counts = "two_or_more_powers" in bond.clause.conditions

    def protected(self, code: str, members: Numbers) -> Protected:
        base, other = self._covered(code)
        inside = set(members.tolist())
        found: list[tuple[bool, Answer, Some]] = []
        for within in (False, True):
            for covered in sorted({base, *other}, key=lambda answer: -RANK[answer]):
                some = self._some(covered, base, other, inside, within=within)
                if some is not None:
                    found.append((within, covered, some))
        if not found:
            nobody = np.zeros(len(self.codes), np.bool_)
            found.append((False, base, Some(nobody, np.flatnonzero(nobody), but=False)))
        classes = tuple((within, covered) for within, covered, _ in found)
        return Protected(
            state=self.number[code],
            grades=self._grades(classes, inside=code in self.bond.members),
            enemies=tuple(some for _, _, some in found),
            plain=self.fit is None and not other and not self.counts,
            counts=self.counts,
        )

    def _grades(self, classes: tuple[tuple[bool, Answer], ...], *, inside: bool) -> tuple[Grades, ...]:
        key = (inside, classes)
        if key not in self.known:
            its = terms(self.bond, inside=inside)
            roles = (ATTACKED, ATTACKER, FOR_ATTACKED, FOR_ATTACKER)
            self.known[key] = tuple(verdicts(its, role, classes) for role in roles)
        return self.known[key]

    def _covered(self, code: str) -> tuple[Answer, dict[Answer, set[int]]]:
        """Whether an attack on that state falls on what the clause covers, and from whom otherwise."""
        if not self.bond.clause.territory:
            return "YES", {}
        if code not in self.claims:
            others = (other for other in self.codes if other != code)
            disputed = self.web.disputes
            self.claims[code] = [o for o in others if claimed(code, o) or frozenset((code, o)) in disputed]
        base = self._place(code, "")
        apart: dict[Answer, set[int]] = {}
        for other in self.claims[code]:
            found = self._place(code, other)
            if found != base:
                apart.setdefault(found, set()).add(self.number[other])
        return base, apart

    def _place(self, code: str, enemy: str) -> Answer:
        war = War("", "", Facts())
        parties = (Party(name, "", 0, 0) for name in (code, enemy))
        tests: Iterable[Answer] = (test.answer for test in territory(self.web, self.bond, war, *parties))
        return min(tests, key=RANK.__getitem__, default="YES")

    def _some(
        self, covered: Answer, base: Answer, apart: dict[Answer, set[int]], inside: set[int], *, within: bool
    ) -> Some | None:
        """The enemies of one class; None where there can be none."""
        holds = np.zeros(len(self.codes), np.bool_)
        holds[list(inside)] = True
        holds = holds if within else ~holds
        others = [n for answer, states in apart.items() if answer != covered for n in states]
        if covered == base:
            holds[others] = False
        else:
            holds &= np.isin(np.arange(len(holds)), list(apart[covered]))
        if self.fit is not None:
            holds &= np.isin(np.arange(len(holds)), list(self.fit))
        but = 2 * int(holds.sum()) > len(holds)
        return Some(holds, np.flatnonzero(holds != but), but) if holds.any() else None
