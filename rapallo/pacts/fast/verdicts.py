"""What a clause comes to in each of the few situations in which it can stand, asked once of stand-ins.

Whether a clause binds does not hang on who the states are, but on a handful of things: what the protected
state is in the war, whether it surely stands in it, and the like of the enemy. ``rapallo.pacts.terms.rule``
is asked once for each situation, with states that do not exist, and its answers are looked up from then on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from rapallo.model import Answer, Clause, Envelope, Interval, Tie
from rapallo.pacts.facts import Facts
from rapallo.pacts.terms import rule
from rapallo.pacts.war import Party, War, grade
from rapallo.pacts.web import Bond, Web

__all__ = ["ATTACKED", "ATTACKER", "FOR_ATTACKED", "FOR_ATTACKER", "NOTHING", "Terms", "terms", "verdicts"]

ATTACKED, ATTACKER, FOR_ATTACKED, FOR_ATTACKER = range(4)
"""What a protected state is in the war: one of the two principals, or one that joined the side of one."""
NOTHING = -1
"""In the place of a grade, where a clause says nothing that counts."""

_P, _E, _F, _X, _Y, _O = "PPP", "EEE", "FFF", "XXX", "YYY", "OOO"
_ZONES: dict[Answer, tuple[str, ...]] = {
    "YES": (_P,),
    "NO": (_X,),
    "DISPUTED": ("a place that nobody knows",),
}
_TIE = Tie("", "", "", Envelope("", "", Interval(None, None, "unknown"), 1.0, "supposed"))

Grades = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Terms:
    """A clause without its names; clauses of the same terms come to the same.

    Attributes:
        bond: the clause between no states in particular.
        inside: whether the protected state is party to the pact.
    """

    bond: Bond
    inside: bool


@dataclass(frozen=True, slots=True)
class _Enemy:
    """The like of the enemy that counts, the first of ``many`` of which ``sure`` surely attack."""

    inside: bool
    firm: bool
    covered: Answer
    many: int
    sure: int
    fit: bool = True


def terms(bond: Bond, *, inside: bool) -> Terms:
    """The terms of a clause, for a protected state that is party to the pact or is not."""
    clause = replace(
        bond.clause,
        id="",
        tie="",
        envelope=_TIE.envelope,
        obliged=(),
        protected=(),
        territory=("",) if bond.clause.territory else (),
        against=(_E, _F) if bond.clause.against else (),
        article="",
        wording="",
        verbatim=False,
    )
    return Terms(
        replace(bond, clause=clause, tie=_TIE, members=(), obliged=(), protected=(), apart=()), inside
    )


@lru_cache(maxsize=1 << 14)
def verdicts(its: Terms, role: int, classes: tuple[tuple[bool, Answer], ...]) -> Grades:
    """The grade that a clause gives in each situation; ``NOTHING`` where it gives none, or says no to talks.

    Args:
        its: the clause.
        role: what the protected state is in the war.
        classes: the kinds of enemies that the clause can be directed against, those that count first ahead:
            whether they are party to the pact, and whether their attack falls on what the clause covers.

    Returns:
        An array by: how the protected state stands in the war (0 unsure, 1 sure); whether the record holds
        that the attacked had attacked the attacker before; the enemy that counts (of each class one that is
        sure, then of each one that is not, then one that the clause is not directed against, then none);
        and how many may attack (0 one, 1 more of which fewer than two surely, 2 two or more surely).
    """
    found = np.full((2, 2, 2 * len(classes) + 2, 3), NOTHING, np.int8)
    kinds = [(inside, covered, firm) for firm in (True, False) for inside, covered in classes]
    counted = "two_or_more_powers" in its.bond.clause.conditions
    for sure in (True,) if role in {ATTACKED, ATTACKER} else (False, True):
        for before in (False, True):
            cells = found[int(sure), int(before)]
            for kind, (inside, covered, firm) in enumerate(kinds):
                for power in range(3) if counted else (0,):
                    many, sure_ones = min(2, power + 1), firm + (power == 2)
                    enemy = _Enemy(inside, firm, covered, many, sure_ones)
                    cells[kind, power:] = _asked(its, role, sure, before, enemy)
            other = _Enemy(inside=False, firm=True, covered="YES", many=1, sure=1, fit=False)
            cells[-2] = _asked(its, role, sure, before, other)
            cells[-1] = _asked(its, role, sure, before, None)
    found.flags.writeable = False
    return found


def _asked(its: Terms, role: int, sure: bool, before: bool, enemy: _Enemy | None) -> int:  # noqa: FBT001
    attacker, attacked = {ATTACKED: (_X, _P), ATTACKER: (_P, _X)}.get(role, (_X, _Y))
    war = War(attacker, attacked, Facts(great_power=enemy.fit if enemy else True))
    side = attacked if role in {ATTACKED, FOR_ATTACKED} else attacker
    party = Party(_P, side, doubts=0 if sure else 1, step=0)
    wars = {(attacked, attacker): "war"} if before else {}
    web = Web(dt.date(1900, 1, 1), (), {}, {}, wars, frozenset())
    bond, enemies = _between(its, enemy), list[Party]()
    if enemy:
        other = attacker if side == attacked else attacked
        names = (_E, _F) if enemy.fit else (_O,)
        firm = (enemy.firm, enemy.sure > 1)
        rows = zip(names, firm, strict=False)
        enemies = [Party(name, other, doubts=0 if its_firm else 1, step=0) for name, its_firm in rows]
    ruling = rule(web, bond, war, party, enemies[: enemy.many] if enemy else [])
    if ruling is None or (ruling.answer == "NO" and bond.clause.kind == "consultation"):
        return NOTHING
    return grade(ruling)


def _between(its: Terms, enemy: _Enemy | None) -> Bond:
    members = ((_P,) if its.inside else ()) + ((_E, _F) if enemy and enemy.inside else ())
    clause: Clause = its.bond.clause
    if clause.territory:
        clause = replace(clause, territory=_ZONES[enemy.covered if enemy else "YES"])
    return replace(its.bond, clause=clause, members=members)
