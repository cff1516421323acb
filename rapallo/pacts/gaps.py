"""Which single clause, if it were signed or changed, would oblige a state that is not obliged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from rapallo.errors import InputError
from rapallo.model import Answer, Clause, Envelope, Interval, Obligations, Party, Phase, Tie
from rapallo.pacts.casus import NO_FACTS, solve
from rapallo.pacts.reverse import bound_to
from rapallo.pacts.war import RANK
from rapallo.pacts.web import Bond, View, Web, weave

__all__ = ["Gap", "Remedy", "Supposing", "gap"]

MOST_FRIENDS = 60
_EVER = Interval(None, None, "unknown")


class Supposing(View, Protocol):
    """A view in which a tie can be supposed."""

    def with_tie(self, tie: Tie) -> View:
        """The view with that tie, in the place of one of the same id."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A clause that would oblige the state.

    Attributes:
        kind: ``amend`` an existing clause, sign one with the attacked (``direct``), or with a state that
            would join the war on its side (``through``).
        what: the change, in words.
        tie: the pact as it would stand.
        clause: the clause as it would stand.
        toward: to whom it would be owed.
        answer: what the state would then be obliged to.
        also: codes of other states whose answer would change in the same war.
    """

    kind: str
    what: str
    tie: Tie
    clause: Clause
    toward: str
    answer: Answer
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What a state owes in an attack, and what would make it owe more.

    Attributes:
        state: code.
        attacker: who attacks.
        attacked: whom.
        on: the day.
        answer: what it owes the attacked side as things stand.
        remedies: the best first; empty where it is obliged already, or nothing that was tried would do.
        tried: how many clauses were tried.
    """

    state: str
    attacker: str
    attacked: str
    on: dt.date
    answer: Answer
    remedies: tuple[Remedy, ...]
    tried: int


def gap(
    view: Supposing,
    state: str,
    *,
    attacker: str,
    attacked: str,
    facts: Mapping[str, str] = NO_FACTS,
    most: int = 5,
) -> Gap:
    """Which single clause would close the gap, where a state is not obliged to one that is attacked.

    Tried are clauses of its pacts that do not reach, with one term changed; a promise of help against this
    attacker to the attacked; and one to each of the first 60 states that would join on its side. Of a promise
    the narrowest terms that do are kept: help against an armed attack before help in any war. Those that make
    it surely obliged come before those that do on one reading, an amendment before a new promise, a promise
    to the attacked before one to another, and fewer other answers changed before more.

    Args:
        view: the record as of a day.
        state: code of the state that is not obliged.
        attacker: code of the state that attacks.
        attacked: code of the state that is attacked.
        facts: what is known of the attack, as in ``obligations``.
        most: how many remedies to list; each of them is worked out again with its tie supposed in the view.

    Raises:
        InputError: where the state is one of the two, or as in ``obligations``.

    Examples:
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 6, 22))
        >>> found = gap(view, "CHN", attacker="UKR", attacked="RUS")
        >>> found.answer, [(r.kind, r.what, r.answer) for r in found.remedies[:1]]
        ('NO', [('direct', 'CHN promises RUS help in any war with UKR, whoever began it', 'YES')])
    """
    if state in {attacker, attacked}:
        msg = f"{state} is one of the two that clash"
        raise InputError(msg, hint="name a third state, which is to be obliged")
    web = weave(view)
    ask = partial(solve, attacker=attacker, attacked=attacked, facts=facts)
    clash = ask(web)
    answer = _answer(clash, state)
    if answer == "YES":
        return Gap(state, attacker, attacked, view.on, answer, (), 0)
    found: list[Remedy] = []
    tried = 0
    for options in (*_amendments(web, clash, state), *_promises(clash, state, view.on)):
        good: Remedy | None = None
        for remedy in options:
            tried += 1
            after = ask(_supposed(web, remedy, view.on))
            got = _answer(after, state)
            if RANK[got] > RANK[good.answer if good else answer] and RANK[got] >= RANK["DISPUTED"]:
                good = replace(remedy, answer=got, also=_others(clash, after, state))
            if got == "YES":
                break
        if good is not None:
            found.append(good)
    order = ("amend", "direct", "through")
    found.sort(key=lambda r: (-RANK[r.answer], order.index(r.kind), len(r.also), r.toward, r.clause.id))
    sure = (r for r in found if _answer(ask(weave(view.with_tie(r.tie))), state) == r.answer)
    kept = tuple(remedy for remedy, _ in zip(sure, range(most), strict=False))
    return Gap(state, attacker, attacked, view.on, answer, kept, tried)


def _answer(clash: Obligations, state: str) -> Answer:
    entry = next((o for o in clash.answers if o.actor == state), None)
    if entry is None:
        return "NO"
    reason = bound_to(entry, clash.attacked)
    if reason is not None:
        return reason.answer
    return "OPTIONAL" if entry.answer == "OPTIONAL" and entry.side == clash.attacked else "NO"


def _others(before: Obligations, after: Obligations, state: str) -> tuple[str, ...]:
    was = {o.actor: o.answer for o in before.answers}
    now = {o.actor: o.answer for o in after.answers}
    both = {*was, *now} - {state}
    return tuple(sorted(code for code in both if was.get(code, "NO") != now.get(code, "NO")))


def _amendments(web: Web, clash: Obligations, state: str) -> Iterator[Sequence[Remedy]]:
    """For each clause by which the state owes the attacked side less than help, the changes of one term."""
    bonds = {bond.clause.id: bond for bond in web.bonds}
    entry = next((o for o in clash.answers if o.actor == state), None)
    for reason in entry.because if entry else ():
        bond = bonds.get(reason.clause)
        if bond is None or reason.side != clash.attacked or bond.clause.kind not in {"defence", "offence"}:
            continue
        for what, tie, clause in _changes(bond, web.on):
            yield [Remedy("amend", f"{tie.name}: {what}", tie, clause, reason.attacked, "NO", ())]


def _changes(bond: Bond, on: dt.date) -> Iterator[tuple[str, Tie, Clause]]:
    tie, clause = bond.tie, bond.clause
    if bond.phase != "in_force":
        yield "it enters into force", replace(tie, phases=(*tie.phases, Phase("in_force", on))), clause
        return
    changed: list[tuple[str, Clause]] = []
    for condition in clause.conditions:
        left = tuple(c for c in clause.conditions if c != condition)
        plain = condition.replace("_", " ")
        changed.append((f"the condition '{plain}' is dropped", replace(clause, conditions=left)))
    if clause.territory:
        changed.append(("it holds wherever the attack falls", replace(clause, territory=())))
    if clause.against:
        changed.append(("it holds whoever attacks", replace(clause, against=())))
    if clause.strength == "discretionary":
        changed.append(("help is no longer left to the state", replace(clause, strength="automatic")))
    if clause.trigger != "any_war":
        changed.append(("it holds in any war, whoever began it", replace(clause, trigger="any_war")))
    for what, new in changed:
        terms = tuple(new if c.id == clause.id else c for c in tie.clauses)
        yield what, replace(tie, clauses=terms), new


def _promises(clash: Obligations, state: str, on: dt.date) -> Iterator[Sequence[Remedy]]:
    """Promises to the attacked and to those that join it, each from the narrowest terms to the widest."""
    yield [_promise("direct", state, clash.attacked, (clash.attacker,), trigger, on) for trigger in _TRIGGERS]
    friends = [o.actor for o in clash.answers if o.actor != state and bound_to(o, clash.attacked)]
    for friend in friends[:MOST_FRIENDS]:
        yield [_promise("through", state, friend, (clash.attacker,), trigger, on) for trigger in _TRIGGERS]


_TRIGGERS = {
    "armed_attack": "against an armed attack by {}",
    "any_war": "in any war with {}, whoever began it",
}


def _promise(kind: str, state: str, toward: str, foes: tuple[str, ...], trigger: str, on: dt.date) -> Remedy:
    envelope = Envelope(source="supposed", release="", valid=_EVER, confidence=1.0, basis="supposed")
    name = f"supposed:{state}-{toward}"
    clause = Clause(
        id=f"{name}/1",
        tie=name,
        kind="defence",
        trigger=trigger,
        response="military_assistance",
        strength="automatic",
        envelope=envelope,
        obliged=(state,),
        protected=(toward,),
        against=foes,
    )
    what = f"{state} promises {toward} help {_TRIGGERS[trigger].format(', '.join(foes))}"
    parties = tuple(Party(code, "party", _EVER) for code in (state, toward))
    phases = (Phase("in_force", on),)
    tie = Tie(name, "pact", what, envelope, parties=parties, phases=phases, clauses=(clause,))
    return Remedy(kind, what, tie, clause, toward, "NO", ())


def _supposed(web: Web, remedy: Remedy, on: dt.date) -> Web:
    """The web with the clause as it would stand, without weaving it anew."""
    clause = remedy.clause
    for number, bond in enumerate(web.bonds):
        if bond.clause.id == clause.id:
            phase = remedy.tie.phase(on) or bond.phase
            members = remedy.tie.members(on) if phase != bond.phase else bond.members
            new = replace(bond, clause=clause, tie=remedy.tie, phase=phase, members=members)
            return replace(web, bonds=(*web.bonds[:number], new, *web.bonds[number + 1 :]))
    pair = (clause.obliged[0], remedy.toward)
    bond = Bond(clause, remedy.tie, "in_force", pair, clause.obliged, clause.protected)
    numbers = (*web.protecting.get(remedy.toward, ()), len(web.bonds))
    protecting = {**web.protecting, remedy.toward: numbers}
    return replace(web, bonds=(*web.bonds, bond), protecting=protecting)
