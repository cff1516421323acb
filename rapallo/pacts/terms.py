"""Whether one clause binds in one war: trigger, conditions, territory, strength."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapallo.model import Answer
from rapallo.pacts.facts import Facts
from rapallo.pacts.places import claimed, elsewhere, within
from rapallo.pacts.powers import is_great_power
from rapallo.pacts.web import Bond, Web

__all__ = ["ANY_WAR", "RANK", "Party", "Ruling", "War", "rule"]

RANK: dict[Answer, int] = {"YES": 3, "DISPUTED": 2, "OPTIONAL": 1, "NO": 0}
ANY_WAR = frozenset({"any_war", "always"})


@dataclass(frozen=True, slots=True)
class War:
    """The war that is supposed: ``attacker`` attacks ``attacked``, with what is known of it."""

    attacker: str
    attacked: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Party:
    """A state in the war.

    Attributes:
        code: the state.
        side: code of the principal it fights for, itself where it is one.
        firm: whether it is surely in the war.
        step: 0 for a principal, else the step at which it joined.
    """

    code: str
    side: str
    firm: bool
    step: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows from one clause for those it obliges.

    Attributes:
        answer: what follows.
        by: who attacks
        on: whom.
        why: in words that do not name the obliged.
        settles: the facts that would settle a dispute.
    """

    answer: Answer
    by: str
    on: str
    why: str
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Test:
    answer: Answer
    why: str
    settles: str = ""


def rule(web: Web, bond: Bond, war: War, party: Party, enemies: Sequence[Party]) -> Ruling | None:
    """What the clause obliges to when that party, whom it protects, stands in the war.

    The tests are those of ATOP's coding of conditions (Leeds, Ritter, Mitchell & Long 2002): what sets the
    clause off, who began, against whom, where, and what is left to the obliged. The worst of them is the
    answer; a clause that binds but leaves the help itself open, or binds to talk only, is OPTIONAL.

    Args:
        web: the record's day.
        bond: the clause.
        war: the first attack.
        party: whom the clause protects.
        enemies: who may attack that party, the obliged state left out, in the order in which they joined.

    Returns:
        None where the clause has nothing to say of it.
    """
    clause = bond.clause
    by_any_war = clause.trigger in ANY_WAR or clause.kind == "offence"
    principal = party.code in {war.attacker, war.attacked}
    if party.code == war.attacker and not by_any_war:
        enemies = [enemy for enemy in enemies if enemy.code != war.attacked]
        if not enemies:
            how = " unprovoked" if _asks_who_began(bond) else ""
            why = f"{war.attacker} attacks; the clause protects it only where it is attacked{how}"
            return Ruling("NO", war.attacker, war.attacked, why)
    if not enemies:
        return None
    enemy, tests = _adversary(bond, war, enemies, web)
    by, on = (war.attacker, war.attacked) if principal and by_any_war else (enemy.code, party.code)
    if bond.phase != "in_force":
        word = "signed, not in force" if bond.phase == "signed" else "suspended"
        return Ruling("NO", by, on, f"{word} on {web.on}")
    if not party.firm:
        tests.append(_Test("DISPUTED", f"{party.code} itself joins only on one reading"))
    tests.extend(_cause(web, bond, war, party, enemy, by_any_war=by_any_war))
    if enemy.code in bond.members and party.code in bond.members:
        why = f"{enemy.code} and {party.code} are both party to the pact and it is an attack within it"
        tests.append(_Test("DISPUTED", why, "whether the pact covers an attack by one party on another"))
    tests.extend(_territory(web, bond, war, party, enemy))
    tests.extend(_procedure(bond, war, party))
    return _sum(bond, tests, by, on)


def _asks_who_began(bond: Bond) -> bool:
    return "unprovoked" in bond.clause.conditions or bond.clause.trigger == "aggression"


def _sum(bond: Bond, tests: Sequence[_Test], by: str, on: str) -> Ruling:
    answer: Answer = min((test.answer for test in tests), key=RANK.__getitem__, default="YES")
    deciding = [test for test in tests if test.answer == answer]
    clause = bond.clause
    open_end = ""
    if answer != "NO":
        if "consult" in {clause.response, clause.strength} or clause.kind == "consultation":
            open_end = "it binds to talk and to nothing more"
        elif clause.strength == "discretionary" and clause.response != "as_deemed_necessary":
            open_end = "whether to help is left to the state"
    if open_end:
        deciding = [_Test("OPTIONAL", open_end), *deciding]
        answer = "OPTIONAL"
    elif answer == "YES" and clause.response == "as_deemed_necessary":
        deciding.append(_Test("YES", "it binds to assist; the means are left to the state"))
    said = "; ".join([f"{by} attacks {on}", *(test.why for test in deciding)])
    return Ruling(answer, by, on, said, tuple(dict.fromkeys(t.settles for t in deciding if t.settles)))


def _adversary(bond: Bond, war: War, enemies: Sequence[Party], web: Web) -> tuple[Party, list[_Test]]:
    clause, tests, fit = bond.clause, list[_Test](), list(enemies)
    if clause.against:
        fit = [enemy for enemy in fit if enemy.code in clause.against]
        if not fit:
            tests.append(_Test("NO", f"the clause is directed only against {_list(clause.against)}"))
    elif "named_adversary" in clause.conditions:
        why = "the clause names its adversary and the record does not hold whom"
        tests.append(_Test("DISPUTED", why, "whom the clause is directed against"))
    if "great_power_only" in clause.conditions and fit:
        told = war.facts.great_power
        great = [e for e in fit if (told if told is not None else is_great_power(e.code, web.on))]
        if not great:
            tests.append(
                _Test("NO", f"only a great power sets it off, and {_list(e.code for e in fit)} is none")
            )
        fit = great
    if "two_or_more_powers" in clause.conditions and fit:
        if len(fit) < 2:
            tests.append(_Test("NO", f"it takes two powers, and only {fit[0].code} attacks"))
        elif sum(enemy.firm for enemy in fit) < 2:
            tests.append(
                _Test("DISPUTED", f"it takes two powers, and {_list(e.code for e in fit)} may attack")
            )
    choice = min(fit or enemies, key=lambda e: (not e.firm, e.code in bond.members))
    if fit and not choice.firm:
        tests.append(_Test("DISPUTED", f"{choice.code} itself joins only on one reading"))
    return choice, tests


def _cause(
    web: Web, bond: Bond, war: War, party: Party, enemy: Party, *, by_any_war: bool
) -> Iterable[_Test]:
    clause, provoked = bond.clause, war.facts.provoked
    strict = _asks_who_began(bond)
    before = web.wars.get((war.attacked, war.attacker))
    settles = "whether the attacked side provoked the attack or began the war (provoked=yes or no)"
    if clause.kind == "offence" and clause.trigger not in ANY_WAR and party.code == war.attacked:
        if provoked is None and before:
            why = f"it binds in a war that {party.code} begins, and {before} holds that it did"
            yield _Test("DISPUTED", why, settles)
        elif not provoked:
            yield _Test("NO", f"it binds in a war that {party.code} begins, and {party.code} is attacked")
        return
    if by_any_war and "unprovoked" not in clause.conditions:
        return
    if party.code == war.attacked:
        if provoked is None and before:
            why = (
                f"the record holds that {war.attacked} attacked {war.attacker} first ({before}): on one"
                f" reading this is a blow in that war, on the other an attack that sets the clause off"
            )
            yield _Test("DISPUTED", why, settles)
        elif provoked and (strict or before):
            yield _Test("NO", f"{war.attacked} provoked the attack or began the war")
        return
    if party.side == war.attacker and strict:
        if not provoked and (not before or provoked is False):
            who = "it" if party.code == war.attacker else "the side it joined"
            yield _Test(
                "NO", f"the clause asks that {party.code} be attacked unprovoked, and {who} began the war"
            )
        else:
            yield _Test(
                "DISPUTED", f"who began the war between {war.attacked} and {war.attacker} is open", settles
            )
    elif party.code == war.attacker:
        why = f"{enemy.code} would strike {party.code} in answer to the attack on {war.attacked}"
        yield _Test("DISPUTED", why, "whether help for the attacked counts as an attack on the attacker")
    else:
        why = f"{party.code} would be struck in a war it had joined"
        yield _Test("DISPUTED", why, "whether the clause covers a party that joined a war")


def _territory(web: Web, bond: Bond, war: War, party: Party, enemy: Party) -> Iterable[_Test]:
    zones, covers = bond.clause.territory, _list(bond.clause.territory)
    if not zones:
        if "in_territory" in bond.clause.conditions:
            why = "the clause protects a territory and the record does not hold which"
            yield _Test("DISPUTED", why, "which territory the clause protects")
        return
    where = war.facts.where if party.code == war.attacked else None
    place, settles = where or party.code, f"where {party.code} is attacked (where=...)"
    inside = _within_any(place, zones, party.code)
    if inside is None:
        yield _Test("DISPUTED", f"it covers {covers}, and whether {place} lies in it is open", settles)
        return
    answer: Answer = "YES" if inside else "NO"
    if where:
        word = "lies" if inside else "does not lie"
        yield _Test(answer, f"{where} {word} in what the clause covers ({covers})")
        return
    differing = [s for s in elsewhere(party.code) if _within_any(s, zones, party.code) != inside]
    coveted = [spot for spot in claimed(party.code, enemy.code) if spot in differing]
    if coveted or (differing and frozenset((party.code, enemy.code)) in web.disputes):
        word = "does not cover" if inside else "covers"
        spots = f"{_list(coveted or differing)}, which may be what {enemy.code} is after"
        why = f"where {party.code} is attacked is not known, and the clause {word} {spots}"
        yield _Test("DISPUTED", why, settles)
    elif inside:
        why = f"taken to fall on the soil of {party.code}, which the clause covers"
        yield _Test(answer, why, settles if differing else "")
    else:
        yield _Test(answer, f"taken to fall on the soil of {party.code}; the clause covers {covers}", settles)


def _within_any(place: str, zones: Iterable[str], attacked: str) -> bool | None:
    found = [within(place, zone, attacked=attacked) for zone in zones]
    return True if any(found) else (None if None in found else False)


def _procedure(bond: Bond, war: War, party: Party) -> Iterable[_Test]:
    conditions, facts = bond.clause.conditions, war.facts
    first = party.code == war.attacked
    if "on_request" in conditions:
        if first and facts.requested is False:
            yield _Test("NO", f"{party.code} does not ask for help")
        elif not (first and facts.requested):
            yield _Test("YES", f"once {party.code} asks for help", "whether it asks (requested=yes or no)")
    if "collective_decision" in conditions:
        if first and facts.decided is False:
            yield _Test("NO", "the joint body does not decide to help")
        elif not (first and facts.decided):
            why = "it binds only once the joint body decides"
            yield _Test("DISPUTED", why, "whether the joint body decides (decided=yes or no)")
    if "national_law" in conditions:
        yield _Test("YES", "in accordance with the law of the state that helps")
    if bond.clause.strength == "constitutional_process":
        yield _Test("YES", "through the constitutional process of the state that helps")


def _list(codes: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(codes))
