"""Casus foederis: if X attacks Y, who must come to whose help?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapallo.errors import InputError
from rapallo.model import Clause, Obligation, Obligations, Reason
from rapallo.pacts.conflicts import conflicts
from rapallo.pacts.facts import read_facts
from rapallo.pacts.terms import rule
from rapallo.pacts.war import ANY_WAR, DRAWN_IN, RANK, SURE, Party, Ruling, War, grade, listing
from rapallo.pacts.web import Bond, View, Web, weave

__all__ = ["obligations", "solve"]

NO_FACTS: Mapping[str, str] = {}


def obligations(
    view: View,
    *,
    attacker: str,
    attacked: str,
    facts: Mapping[str, str] = NO_FACTS,
    steps: int | None = None,
    with_attacker: Sequence[str] = (),
    with_attacked: Sequence[str] = (),
) -> Obligations:
    """Who would have to come to whose help if one state attacked another on the view's day.

    A fixpoint over the clauses of the day. At step 1 stand the clauses that the attack itself sets off.
    Every state that is bound by one, for certain (YES) or on one reading (DISPUTED), joins the war on the
    side of the state it helps. The other side may then strike it, and it may strike the other side, which at
    step 2 sets off further clauses, and so on until nobody new joins. What a joiner's allies owe it is
    DISPUTED, because it joined a war of its own will, unless their clause holds for any war. A state that
    only a dispute over a dispute would draw in is named, but draws nobody in itself. Clauses that protect a
    party only where it is attacked do not bind the attacker's friends to its own attack; once the attacker is
    struck in turn they are DISPUTED, or NO where the clause asks that the attack be unprovoked. A duty to
    talk makes a state OPTIONAL, unless the same pact promises help and the promise does not reach the attack.

    What a state must do is not what it will do: of the obligations put to the test between 1816 and 2003
    about half were honoured (Berkemeier & Fuhrmann 2018), which is reported apart.

    Args:
        view: the record as of a day.
        attacker: code of the state that attacks.
        attacked: code of the state that is attacked.
        facts: what is known of the attack, by the names in ``rapallo.pacts.FACTS``.
        steps: how many steps to follow; all of them where None.
        with_attacker: codes of states that attack beside the attacker; each attacks each that is attacked.
        with_attacked: codes of states that are attacked beside the attacked.

    Returns:
        One answer per state with a clause at issue: bound ones first, then by step. ``side`` is the one of
        the two that it would help, itself or through another; ``step`` is that of its strongest reason. A
        side of several bears the name of the first.

    Raises:
        InputError: where a fact is not one, a state is said to attack itself or named twice, or ``where`` is
            told of an attack on several.

    Source:
        Clause terms after Leeds, Ritter, Mitchell & Long (2002), Alliance Treaty Obligations and Provisions.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 6, 22))
        >>> found = obligations(view, attacker="USA", attacked="PRK")
        >>> [(o.actor, o.answer, o.step) for o in found.answers if o.answer == "YES"]
        [('CHN', 'YES', 1)]
    """
    return solve(
        weave(view),
        attacker=attacker,
        attacked=attacked,
        facts=facts,
        steps=steps,
        with_attacker=with_attacker,
        with_attacked=with_attacked,
    )


def solve(
    web: Web,
    *,
    attacker: str,
    attacked: str,
    facts: Mapping[str, str] = NO_FACTS,
    steps: int | None = None,
    with_attacker: Sequence[str] = (),
    with_attacked: Sequence[str] = (),
) -> Obligations:
    """What ``obligations`` answers, on a web woven once for many questions."""
    war = _war(attacker, attacked, facts, tuple(with_attacker), tuple(with_attacked))
    tree = _Tree(web, war)
    step = 1
    while (steps is None or step <= steps) and tree.grow(step):
        step += 1
    return Obligations(attacker, attacked, web.on, tree.answers(), war.with_attacker, war.with_attacked)


def _war(
    attacker: str,
    attacked: str,
    facts: Mapping[str, str],
    with_attacker: tuple[str, ...],
    with_attacked: tuple[str, ...],
) -> War:
    war = War(attacker, attacked, read_facts(facts), with_attacker, with_attacked)
    both = [code for code in war.strikers if code in war.struck]
    if both:
        msg = f"{both[0]} cannot attack itself"
        raise InputError(msg, hint="name two states")
    named = [*war.strikers, *war.struck]
    twice = [code for code in named if named.count(code) > 1]
    if twice:
        msg = f"{twice[0]} is named twice"
        raise InputError(msg, hint="name each state once")
    if war.facts.where and war.with_attacked:
        msg = f"the fact 'where' is one place, and {listing(war.struck)} are attacked"
        raise InputError(msg, hint="leave it out, or ask of one attacked state at a time")
    return war


@dataclass(frozen=True, slots=True)
class _Finding:
    ruling: Ruling
    side: str
    step: int
    bond: Bond

    @property
    def neutral(self) -> bool:
        return self.bond.clause.kind == "neutrality"

    @property
    def talk(self) -> bool:
        return self.bond.clause.kind == "consultation"

    @property
    def grade(self) -> int:
        """How strong it is, as ``grade`` says."""
        return grade(self.ruling)


class _Tree:
    """The parties to the war and the findings so far."""

    def __init__(self, web: Web, war: War) -> None:
        self.web = web
        self.war = war
        self.principals = {war.attacked: war.struck, war.attacker: war.strikers}
        self.fighting = frozenset((*war.struck, *war.strikers))
        self.sides = {
            side: {code: Party(code, side, doubts=0, step=0) for code in codes}
            for side, codes in self.principals.items()
        }
        self.findings: dict[tuple[str, int, str], _Finding] = {}
        self.asked: dict[Party, tuple[Party, ...]] = {}
        self.best: dict[tuple[str, str], int] = {}
        self.refused: set[tuple[str, str, str]] = set()
        self.restraints: dict[str, tuple[Bond, ...]] = {}
        self.pulls: dict[tuple[str, str], Mapping[str, Sequence[Clause]]] = {}

    def other(self, side: str) -> str:
        return self.war.attacker if side == self.war.attacked else self.war.attacked

    def grow(self, step: int) -> bool:
        """Ask every clause that protects a party; whether a party joined or became certain by it.

        All are asked before any answer counts, so that it does not matter which comes first.
        """
        asked = [found for side in self.sides for found in self._ask_for(side, step)]
        self.refused.update(
            (code, f.side, f.bond.tie.id) for code, _, f in asked if not f.talk and not f.grade
        )
        told = [(code, number, self._talked(code, f)) for code, number, f in asked if f.grade or not f.talk]
        fresh = [found for found in told if found[2].grade > self.best.get((found[0], found[2].side), -1)]
        for code, number, finding in fresh:
            known = self.findings.get((code, number, finding.side))
            if known is None or known.grade < finding.grade:
                self.findings[code, number, finding.side] = finding
            best = self.best.get((code, finding.side), -1)
            self.best[code, finding.side] = max(best, finding.grade)
        return self._join(dict.fromkeys((code, f.side) for code, _, f in fresh if f.grade >= DRAWN_IN), step)

    def _ask_for(self, side: str, step: int) -> Iterator[tuple[str, int, _Finding]]:
        enemies = tuple(self.sides[self.other(side)].values())
        for party in self.sides[side].values():
            if self.asked.get(party) == enemies:
                continue
            self.asked[party] = enemies
            for number in self.web.protecting.get(party.code, ()):
                for code, finding in self._ask(number, party, enemies, step):
                    yield code, number, finding

    def _ask(
        self, number: int, party: Party, enemies: Sequence[Party], step: int
    ) -> Iterator[tuple[str, _Finding]]:
        bond = self.web.bonds[number]
        if bond.clause.kind in {"neutrality", "non_aggression"}:
            return
        shared = rule(self.web, bond, self.war, party, enemies)
        fighting = {enemy.code for enemy in enemies}
        for code in bond.obliged:
            if code in self.fighting or code == party.code:
                continue
            ruling = shared
            if code in fighting:
                rest = [enemy for enemy in enemies if enemy.code != code]
                ruling = rule(self.web, bond, self.war, party, rest)
            if ruling is not None:
                yield code, _Finding(ruling, party.side, step, bond)

    def _talked(self, code: str, finding: _Finding) -> _Finding:
        """The finding; a duty to talk comes to NO where the pact's promise of help was found not to reach."""
        if not finding.talk or (code, finding.side, finding.bond.tie.id) not in self.refused:
            return finding
        why = f"{finding.ruling.why}, and the pact's promise of help does not reach this attack"
        return replace(finding, ruling=replace(finding.ruling, answer="NO", why=why))

    def _join(self, joined: Iterable[tuple[str, str]], step: int) -> bool:
        changed = False
        for code, side in joined:
            doubts = 0 if self.best[code, side] == SURE else 1
            known = self.sides[side].get(code)
            surely_other = self.best.get((code, self.other(side))) == SURE
            if known is None and (doubts == 0 or not surely_other):
                self.sides[side][code] = Party(code, side, doubts, step)
                changed = True
            elif known is not None and doubts < known.doubts:
                self.sides[side][code] = Party(code, side, doubts, known.step)
                changed = True
        return changed

    def answers(self) -> tuple[Obligation, ...]:
        by_actor: dict[str, list[_Finding]] = {}
        for (code, _, _), finding in self.findings.items():
            by_actor.setdefault(code, []).append(finding)
        for code, finding in self._neutral():
            by_actor.setdefault(code, []).append(finding)
        found = [self._obligation(code, findings) for code, findings in by_actor.items()]
        return tuple(sorted(found, key=lambda o: (-RANK[o.answer], o.step)))

    def _obligation(self, code: str, findings: Sequence[_Finding]) -> Obligation:
        ordered = sorted(findings, key=lambda f: (-f.grade, f.step, f.side != self.war.attacked))
        first = ordered[0]
        enemies = self.sides[self.other(first.side)]
        foes = dict.fromkeys((*self.principals[self.other(first.side)], first.ruling.by, first.ruling.on))
        pulls: dict[str, tuple[str, Clause]] = {}
        for foe in foes:
            if foe != code and foe in enemies:
                for clause in self._pulls(foe, first.side).get(code, ()):
                    pulls.setdefault(clause.id, (foe, clause))
        told = [f for f in ordered if f.side == first.side or not f.neutral]
        because = tuple(map(_reason, told))
        duties = [(reason, f.bond.clause) for reason, f in zip(because, told, strict=True)]
        found = conflicts(duties, pulls.values(), self.war.strikers)
        return Obligation(code, first.ruling.answer, first.side, first.step, because, tuple(pulls), found)

    def _pulls(self, foe: str, side: str) -> Mapping[str, Sequence[Clause]]:
        """By state, the clauses that bid it not to fight that foe, or to keep out of its war."""
        if (foe, side) not in self.pulls:
            found: dict[str, list[Clause]] = {}
            friends = set(self.principals[side])
            for bond in self._restraints(foe):
                clause = bond.clause
                named = friends.intersection(clause.against)
                if clause.kind == "non_aggression" or not clause.against or named:
                    for code in bond.obliged:
                        found.setdefault(code, []).append(clause)
            self.pulls[foe, side] = found
        return self.pulls[foe, side]

    def _neutral(self) -> Iterator[tuple[str, _Finding]]:
        for side, principals in self.principals.items():
            enemy = self.other(side)
            foes = set(self.principals[enemy])
            for principal in principals:
                for bond in self._restraints(principal):
                    clause = bond.clause
                    if clause.kind != "neutrality" or (clause.against and not foes & set(clause.against)):
                        continue
                    why = f"it binds to keep out of a war of {principal} and to help none of its enemies"
                    ruling = Ruling("NO", self.war.attacker, self.war.attacked, why)
                    for code in bond.obliged:
                        if code not in self.fighting:
                            yield code, _Finding(ruling, enemy, 1, bond)

    def _restraints(self, foe: str) -> tuple[Bond, ...]:
        """The clauses in force that bid others not to fight that foe, or to keep out of its war."""
        if foe not in self.restraints:
            bonds = (self.web.bonds[number] for number in self.web.restraining.get(foe, ()))
            self.restraints[foe] = tuple(
                bond
                for bond in bonds
                if foe not in self.war.strikers
                or bond.clause.kind == "non_aggression"
                or bond.clause.trigger in ANY_WAR
            )
        return self.restraints[foe]


def _reason(finding: _Finding) -> Reason:
    clause, ruling = finding.bond.clause, finding.ruling
    where = f"{finding.bond.tie.name}, Article {clause.article}" if clause.article else finding.bond.tie.name
    return Reason(
        answer=ruling.answer,
        clause=clause.id,
        tie=finding.bond.tie.id,
        attacker=ruling.by,
        attacked=ruling.on,
        why=f"{where}: {ruling.why}",
        settles=ruling.settles,
        wording=clause.wording,
        verbatim=clause.verbatim,
        side=finding.side,
        step=finding.step,
        apart=finding.bond.apart,
    )
