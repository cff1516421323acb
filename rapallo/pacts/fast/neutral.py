"""Clauses of neutrality, for all pairs: who is bound to keep out of the war of a principal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rapallo.pacts.fast.clauses import Numbers
from rapallo.pacts.war import ANY_WAR
from rapallo.pacts.web import Web

__all__ = ["neutral"]


def neutral(web: Web, codes: Sequence[str], attacked: Numbers, attacker: Numbers) -> NDArray[np.int16]:
    """How many clauses bid a state to give no help to a side.

    Args:
        web: the day.
        codes: the states by number.
        attacked: the number of the attacked by pair.
        attacker: the number of the attacker by pair.

    Returns:
        By side (0 of the attacked, 1 of the attacker), state and pair.
    """
    number = {code: n for n, code in enumerate(codes)}
    found = np.zeros((2, len(codes), len(attacked)), np.int16)
    for side, principals, enemies in ((1, attacked, attacker), (0, attacker, attacked)):
        for code, bonds in web.restraining.items():
            of = np.flatnonzero(principals == number[code])
            for bond in (web.bonds[n] for n in bonds if len(of)):
                clause = bond.clause
                if clause.kind != "neutrality" or (side == 0 and clause.trigger not in ANY_WAR):
                    continue
                at = of
                if clause.against:
                    named = [number[one] for one in clause.against if one in number]
                    at = of[np.isin(enemies[of], named)]
                for state in bond.obliged:
                    found[side, number[state], at] += 1
    every = np.arange(len(attacked))
    for principals in (attacked, attacker):
        found[:, principals, every] = 0
    return found
