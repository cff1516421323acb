"""The sector of society somebody acts for: of an office, of a person on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from rapallo.actors.folding import fold
from rapallo.actors.roles import Role, roles

if TYPE_CHECKING:
    from rapallo.actors.person import Person
    from rapallo.model import Candidate

__all__ = ["OUT_OF_OFFICE", "of_office", "of_person", "role_within", "shared"]

OUT_OF_OFFICE = "ELI"
_OF_SOCIETY = frozenset(["BUS", "CVL", "EDU", "UNK"])


@lru_cache(maxsize=4096)
def of_office(office: str) -> str:
    """The sector of an office of state by its words; the government where they do not tell.

    A part of society in it ("minister of industry", "National Security Council") is what the office is about.

    Examples:
        >>> of_office("defence minister"), of_office("chief of staff"), of_office("minister of justice")
        ('GOV MIL', 'MIL', 'GOV')
    """
    keys = tuple(fold(office).split())
    role = role_within(keys)
    sector = role.sector if role else ""
    about = sector in _OF_SOCIETY or ("minister" in keys and not sector.startswith("GOV"))
    return "GOV" if about or not sector else sector


def role_within(keys: tuple[str, ...]) -> Role | None:
    """The role at the end of folded words; where none is there the last one before it."""
    for end in range(len(keys), 0, -1):
        found = roles().at_end(keys[:end])
        if found:
            return found[1]
    return None


def of_person(who: Person, on: dt.date) -> str:
    """The sector of a person on a day: of an office held, ``ELI`` after the last, ``CVL`` without any."""
    if held := who.offices(on):
        return of_office(held[0])
    if who.rules(on):
        return "GOV"
    if not who.public:
        return "CVL"
    return OUT_OF_OFFICE if any(days.end and days.end < on for days in who.days) else ""


def shared(candidates: Iterable[Candidate]) -> str:
    """The sector that all candidates share; empty where they differ."""
    found = {candidate.sector for candidate in candidates}
    return found.pop() if len(found) == 1 else ""
