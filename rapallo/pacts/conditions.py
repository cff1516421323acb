"""The conditions of a clause: who began, where, and by whose leave.

They are those that ATOP codes (Leeds, Ritter, Mitchell & Long 2002). A help given to the attacked is no armed
attack under Article 51 of the Charter of the United Nations, which is why what the attacker's friends owe it
is at best disputed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapallo.model import Answer
from rapallo.pacts.places import claimed, elsewhere, within, within_any
from rapallo.pacts.war import ANY_WAR, Party, Test, War, listing
from rapallo.pacts.web import Bond, Web

__all__ = ["asks_who_began", "cause", "procedure", "territory"]


def asks_who_began(bond: Bond) -> bool:
    """Whether the clause binds only where the party it protects did not begin or provoke the war."""
    return "unprovoked" in bond.clause.conditions or bond.clause.trigger == "aggression"


def cause(web: Web, bond: Bond, war: War, party: Party, enemy: Party, *, by_any_war: bool) -> Iterable[Test]:
    """Whether the party is attacked in the sense of the clause.

    Args:
        web: the record's day; its wars show who attacked whom before.
        bond: the clause.
        war: the first attack.
        party: whom the clause protects.
        enemy: who attacks that party.
        by_any_war: whether any war of the party sets the clause off.
    """
    clause, provoked = bond.clause, war.facts.provoked
    strict = asks_who_began(bond)
    attacked = party.code in war.struck
    first, foe, before = _earlier(web, war, party, enemy)
    settles = "whether the attacked side provoked the attack or began the war (provoked=yes or no)"
    if clause.kind == "offence" and clause.trigger not in ANY_WAR and attacked:
        if provoked is None and before:
            why = f"it binds in a war that {party.code} begins, and {before} holds that it did"
            yield Test("DISPUTED", why, settles)
        elif not provoked:
            yield Test("NO", f"it binds in a war that {party.code} begins, and {party.code} is attacked")
        return
    if by_any_war and "unprovoked" not in clause.conditions:
        return
    if attacked:
        if provoked is None and before:
            why = (
                f"the record holds that {first} attacked {foe} first ({before}): on one"
                f" reading this is a blow in that war, on the other an attack that sets the clause off"
            )
            yield Test("DISPUTED", why, settles)
        elif provoked and (strict or before):
            yield Test("NO", f"{party.code} provoked the attack or began the war")
        return
    attacks = party.code in war.strikers
    if party.side == war.attacker and (strict or (not attacks and not party.firm)):
        began = "it began the war" if attacks else "it joined the side that began the war"
        if provoked or (before and provoked is None):
            why = f"who began the war between {first} and {foe} is open"
            yield Test("DISPUTED", why, settles)
        elif strict:
            yield Test("NO", f"the clause asks that {party.code} be attacked unprovoked, and {began}")
        else:
            yield Test("NO", f"{party.code} would be struck because {began}")
    elif attacks:
        why = f"{enemy.code} would strike {party.code} in answer to the attack on {listing(war.struck)}"
        yield Test("DISPUTED", why, "whether help for the attacked counts as an attack on the attacker")
    else:
        why = f"{party.code} would be struck in a war it had joined"
        yield Test("DISPUTED", why, "whether the clause covers a party that joined a war")


def _earlier(web: Web, war: War, party: Party, enemy: Party) -> tuple[str, str, str | None]:
    """The war that an attacked state began before, if the record holds one: who, against whom, its id.

    Of several fronts it is that of the party, and of its enemy, where they are among those that began.
    """
    struck = (party.code,) if party.code in war.struck else war.struck
    strikers = next(((one,) for one in (enemy.code, party.code) if one in war.strikers), war.strikers)
    for first in struck:
        for foe in strikers:
            if (first, foe) in web.wars:
                return first, foe, web.wars[first, foe]
    return struck[0], strikers[0], None


def territory(web: Web, bond: Bond, war: War, party: Party, enemy: Party) -> Iterable[Test]:
    """Whether the attack falls on what the clause covers.

    Where the place is not given, an attack is taken to fall on the attacked state's own soil, and the answer
    says so; it is DISPUTED where the enemy claims a place that would change the answer, or the record holds
    a territorial dispute of the two and the attacked has such a place. A clause that names no territory does
    not reach fighting on the attacker's own soil, as that of 2020 over Nagorno-Karabakh.
    """
    zones = bond.clause.territory
    if not zones:
        if "in_territory" in bond.clause.conditions:
            why = "the clause protects a territory and the record does not hold which"
            yield Test("DISPUTED", why, "which territory the clause protects")
        elif party.code in war.struck and war.facts.where and within(war.facts.where, enemy.code):
            why = f"it falls on {war.facts.where}, which is soil of {enemy.code} and not of {party.code}"
            yield Test("NO", why)
        return
    where = war.facts.where if party.code in war.struck else None
    place, settles = where or party.code, f"where {party.code} is attacked (where=...)"
    inside = within_any(place, zones, attacked=party.code)
    if inside is None:
        yield Test("DISPUTED", f"it covers {_extent(zones)}, and whether {place} lies in it is open", settles)
        return
    answer: Answer = "YES" if inside else "NO"
    if where:
        word = "lies" if inside else "does not lie"
        yield Test(answer, f"{where} {word} in what the clause covers ({_extent(zones)})")
        return
    differing = _differing(party.code, zones, inside=inside)
    coveted = [spot for spot in claimed(party.code, enemy.code) if spot in differing] if differing else ()
    if coveted or (differing and frozenset((party.code, enemy.code)) in web.disputes):
        word = "does not cover" if inside else "covers"
        spots = f"{listing(coveted or differing)}, which may be what {enemy.code} is after"
        why = f"where {party.code} is attacked is not known, and the clause {word} {spots}"
        yield Test("DISPUTED", why, settles)
    elif inside:
        why = f"taken to fall on the soil of {party.code}, which the clause covers"
        yield Test(answer, why, settles if differing else "")
    else:
        yield Test(
            answer, f"taken to fall on the soil of {party.code}; the clause covers {_extent(zones)}", settles
        )


_UNTOLD = {
    "number_of_powers": ("it depends on how many powers attack, and it is not told how", "how many it takes"),
    "specific_conflict": (
        "it binds in one conflict, and the record does not hold which",
        "which conflict it is",
    ),
    "demand": ("it binds where a war comes of a demand that the record does not hold", "which demand it is"),
    "other_limits": ("it is limited in a way that the record does not hold", "what the limit is"),
    "toward_some": (
        "it is owed to some parties only, and the record does not hold to whom",
        "to whom it is owed",
    ),
    "another_helps": (
        "it binds only in so far as another state, which its wording names, helps too",
        "whether that other state helps",
    ),
}
"""Conditions that the record does not hold the terms of: the doubt, and what settles it."""


def procedure(bond: Bond, war: War, party: Party) -> Iterable[Test]:
    """What has to be asked for, decided or lawful first; a request is taken for granted, and said so."""
    conditions, facts = bond.clause.conditions, war.facts
    first = party.code in war.struck
    if "on_request" in conditions:
        if first and facts.requested is False:
            yield Test("NO", f"{party.code} does not ask for help")
        elif not (first and facts.requested):
            settles = f"whether {party.code} asks (requested=yes or no)"
            yield Test("YES", f"once {party.code} asks for help", settles)
    if "collective_decision" in conditions:
        if first and facts.decided is False:
            yield Test("NO", "the joint body does not decide to help")
        elif not (first and facts.decided):
            why = "it binds only once the joint body decides"
            yield Test("DISPUTED", why, "whether the joint body decides (decided=yes or no)")
    for condition in conditions:
        if condition in _UNTOLD:
            why, settles = _UNTOLD[condition]
            yield Test("DISPUTED", why, settles)
    if "national_law" in conditions:
        yield Test("YES", "in accordance with the law of the state that helps")
    if bond.clause.strength == "constitutional_process":
        yield Test("YES", "through the constitutional process of the state that helps")


@lru_cache(maxsize=8192)
def _differing(holder: str, zones: tuple[str, ...], *, inside: bool) -> tuple[str, ...]:
    """The places of a state for which a clause holds otherwise than for its own soil."""
    return tuple(s for s in elsewhere(holder) if within_any(s, zones, attacked=holder) != inside)


@lru_cache(maxsize=1024)
def _extent(zones: tuple[str, ...]) -> str:
    """The named areas and the states of a territory, many states as their number."""
    areas = [zone for zone in zones if len(zone) != 3]
    states = [zone for zone in zones if len(zone) == 3]
    return listing([*areas, *(states if len(states) <= 4 else [f"the soil of {len(states)} states"])])
