"""Whether one clause binds in one war: trigger, adversary, conditions, strength."""

from __future__ import annotations

from collections.abc import Sequence

from rapallo.model import Answer, Clause
from rapallo.pacts.conditions import asks_who_began, cause, procedure, territory
from rapallo.pacts.powers import is_great_power
from rapallo.pacts.war import ANY_WAR, RANK, Party, Ruling, Test, War, listing
from rapallo.pacts.web import Bond, Web

__all__ = ["any_war", "rule"]


def rule(web: Web, bond: Bond, war: War, party: Party, enemies: Sequence[Party]) -> Ruling | None:
    """What the clause obliges to when that party, whom it protects, stands in the war.

    The tests are those of ATOP's coding of conditions (Leeds, Ritter, Mitchell & Long 2002): what sets the
    clause off, who began, against whom, where, and what is left to the obliged. The worst of them is the
    answer; a clause that binds but leaves the help itself open, or binds to talk only, is OPTIONAL, and one
    that binds to talk only, and that on one reading only, comes to NO.

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
    if clause.trigger == "always" and clause.kind == "consultation":
        return None  # they talk at all times; no war sets that off
    by_any_war = any_war(clause)
    attacks = party.code in war.strikers
    if attacks and not by_any_war:
        enemies = [enemy for enemy in enemies if enemy.code not in war.struck]
        if not enemies:
            how = " unprovoked" if asks_who_began(bond) else ""
            why = f"{party.code} attacks; the clause protects it only where it is attacked{how}"
            return Ruling("NO", party.code, war.attacked, why)
    if not enemies:
        return None
    enemy, tests = _adversary(bond, war, party, enemies, web)
    by, on = enemy.code, party.code
    if by_any_war and attacks:
        by, on = party.code, enemy.code if enemy.code in war.struck else war.attacked
    elif by_any_war and party.code in war.struck:
        by = enemy.code if enemy.code in war.strikers else war.attacker
    if bond.phase != "in_force":
        word = "signed, not in force" if bond.phase == "signed" else "suspended"
        return Ruling("NO", by, on, f"{word} on {web.on}")
    if not party.firm:
        tests.append(_joins(party))
    tests.extend(cause(web, bond, war, party, enemy, by_any_war=by_any_war))
    if enemy.code in bond.members and party.code in bond.members:
        why = f"{enemy.code} and {party.code} are both party to the pact and it is an attack within it"
        tests.append(Test("DISPUTED", why, "whether the pact covers an attack by one party on another"))
    tests.extend(territory(web, bond, war, party, enemy))
    tests.extend(procedure(bond, war, party))
    return _sum(bond, tests, by, on, doubts=party.doubts + enemy.doubts)


def any_war(clause: Clause) -> bool:
    """Whether any war of the protected party sets the clause off, whoever began it."""
    return clause.trigger in ANY_WAR or clause.kind == "offence"


def _sum(bond: Bond, tests: Sequence[Test], by: str, on: str, *, doubts: int) -> Ruling:
    answer: Answer = min((test.answer for test in tests), key=RANK.__getitem__, default="YES")
    deciding = [test for test in tests if test.answer == answer]
    clause = bond.clause
    if answer != "NO" and (clause.kind == "consultation" or "consult" in {clause.response, clause.strength}):
        deciding.insert(0, Test(answer, "it binds to talk and to nothing more"))
        answer = "OPTIONAL" if answer == "YES" else "NO"
    elif answer != "NO" and clause.strength == "discretionary" and clause.response != "as_deemed_necessary":
        deciding.insert(0, Test(answer, "whether to help is left to the state"))
        answer = "OPTIONAL"
    elif answer == "YES" and clause.response == "as_deemed_necessary":
        deciding.append(Test(answer, "it binds to assist; the means are left to the state"))
    own = any(test.answer == "DISPUTED" and not test.handed_on for test in tests)
    said = "; ".join([f"{by} attacks {on}", *(test.why for test in deciding)])
    settles = tuple(dict.fromkeys(test.settles for test in deciding if test.settles))
    return Ruling(answer, by, on, said, settles, doubts + own if answer == "DISPUTED" else 0)


def _adversary(
    bond: Bond, war: War, party: Party, enemies: Sequence[Party], web: Web
) -> tuple[Party, list[Test]]:
    """The enemy whose attack the clause reaches most surely, and what bears on the help against it."""
    clause, tests, fit = bond.clause, list[Test](), list(enemies)
    if clause.against:
        fit = [enemy for enemy in fit if enemy.code in clause.against]
        if not fit:
            tests.append(Test("NO", f"the clause is directed only against {listing(clause.against)}"))
    elif "named_adversary" in clause.conditions:
        why = "the clause names its adversary and the record does not hold whom"
        tests.append(Test("DISPUTED", why, "whom the clause is directed against"))
    if "great_power_only" in clause.conditions and fit:
        told = war.facts.great_power
        great = [e for e in fit if (told if told is not None else is_great_power(e.code, web.on))]
        if not great:
            tests.append(
                Test("NO", f"only a great power sets it off, and {listing(e.code for e in fit)} is none")
            )
        fit = great
    if "two_or_more_powers" in clause.conditions and fit:
        if len(fit) < 2:
            tests.append(Test("NO", f"it takes two powers, and only {fit[0].code} attacks"))
        elif sum(enemy.firm for enemy in fit) < 2:
            tests.append(
                Test("DISPUTED", f"it takes two powers, and {listing(e.code for e in fit)} may attack")
            )

    def covered(enemy: Party) -> int:
        where = territory(web, bond, war, party, enemy) if clause.territory else ()
        return min((RANK[test.answer] for test in where), default=RANK["YES"])

    keys = [(not enemy.firm, enemy.code in bond.members) for enemy in fit or enemies]
    least = min(keys)
    first = [enemy for enemy, key in zip(fit or enemies, keys, strict=True) if key == least]
    reached = next((enemy for enemy in first if covered(enemy) == RANK["YES"]), None)
    choice = reached or max(first, key=covered)
    if fit and not choice.firm:
        tests.append(_joins(choice))
    return choice, tests


def _joins(party: Party) -> Test:
    return Test("DISPUTED", f"{party.code} itself joins only on one reading", handed_on=True)
