"""Whose attack on a state would oblige another: the question of casus foederis turned around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from rapallo import actors
from rapallo.errors import InputError
from rapallo.model import Answer, Obligation, Obligations, Reason
from rapallo.pacts.casus import NO_FACTS, solve
from rapallo.pacts.facts import read_facts
from rapallo.pacts.war import ANY_WAR
from rapallo.pacts.web import View, Web, weave

__all__ = ["BINDING", "Trigger", "Triggers", "bound_to", "whose_attack"]

BINDING: frozenset[Answer] = frozenset({"YES", "DISPUTED"})
"""The answers that draw a state in, surely or on one reading."""
_HELP = frozenset({"defence", "offence"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """An attacker that would oblige the state.

    Attributes:
        attacker: code.
        answer: YES, or DISPUTED where it would on one reading.
        reason: the clause that decides, why, and at which step: 1 where the attack itself sets it off.
    """

    attacker: str
    answer: Answer
    reason: Reason


@dataclass(frozen=True, slots=True)
class Triggers:
    """Whose attack on ``attacked`` would oblige ``state``.

    Attributes:
        state: code of the state that would have to help.
        attacked: code of the state it would help.
        on: the day.
        found: the attackers, those that oblige it surely first, then by step and code.
        asked: how many attackers were tried.
    """

    state: str
    attacked: str
    on: dt.date
    found: tuple[Trigger, ...]
    asked: int


def whose_attack(
    view: View,
    state: str,
    attacked: str,
    *,
    attackers: Iterable[str] | None = None,
    facts: Mapping[str, str] = NO_FACTS,
) -> Triggers:
    """Whose attack on a state would oblige another to help it, surely or on one reading.

    Every attacker is tried and the whole tree worked out for each, so that help owed through others counts.

    Args:
        view: the record as of a day.
        state: code of the state that would have to help.
        attacked: code of the state that is attacked.
        attackers: codes of those that might attack; every state in being that day where None.
        facts: what is known of each attack, as in ``obligations``.

    Raises:
        InputError: where the two are one state, or a fact is not one.

    Examples:
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 6, 22))
        >>> found = whose_attack(view, "CHN", "PRK", attackers=["USA", "MNG"])
        >>> [(t.attacker, t.answer, t.reason.clause) for t in found.found]
        [('MNG', 'YES', 'prk-chn-1961/1'), ('USA', 'YES', 'prk-chn-1961/1')]
    """
    if state == attacked:
        msg = f"{state} cannot be obliged to itself"
        raise InputError(msg, hint="name the state that would help and the one that is attacked")
    web = weave(view)
    tried = [s.id for s in actors.states(view.on)] if attackers is None else dict.fromkeys(attackers)
    foes = [code for code in tried if code not in {state, attacked}]
    read_facts(facts)
    found = []
    for foe in foes if state in _within_reach(web, attacked) else ():
        ask = partial(solve, web, attacker=foe, attacked=attacked, facts=facts)
        reason = _of(ask(steps=1), state)
        if reason is None or reason.answer != "YES":  # nothing that comes later is stronger than that
            reason = _of(ask(), state)
        if reason is not None:
            found.append(Trigger(foe, reason.answer, reason))
    found.sort(key=lambda t: (t.answer != "YES", t.reason.step, t.attacker))
    return Triggers(state, attacked, view.on, tuple(found), len(foes))


def _within_reach(web: Web, attacked: str) -> frozenset[str]:
    """The states that could come to help a side, were every condition of a promise met.

    Help for one that joined is one doubt more unless it is owed in any war, and one that joins on more than
    one doubt draws nobody in.
    """
    doubts, todo = {attacked: 0}, [attacked]
    while todo:
        party = todo.pop()
        if doubts[party] > 1:
            continue
        for bond in (web.bonds[number] for number in web.protecting.get(party, ())):
            clause = bond.clause
            if clause.kind not in _HELP:
                continue
            sure = party == attacked or clause.kind == "offence" or clause.trigger in ANY_WAR
            more = doubts[party] + (
                0 if sure and "unprovoked" not in clause.conditions else party != attacked
            )
            for code in bond.obliged:
                if more < doubts.get(code, more + 1):
                    doubts[code] = more
                    todo.append(code)
    return frozenset(doubts)


def _of(clash: Obligations, state: str) -> Reason | None:
    return next((bound_to(o, clash.attacked) for o in clash.answers if o.actor == state), None)


def bound_to(entry: Obligation, side: str) -> Reason | None:
    """The strongest reason by which a state must help that side, surely or on one reading; None if none."""
    return next((r for r in entry.because if r.side == side and r.answer in BINDING), None)
