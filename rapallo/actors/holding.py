"""Who holds a role of a state on a day: its ruler, the holder of an office, or the state itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapallo.actors.notation import words
from rapallo.actors.roles import Role
from rapallo.actors.sectors import OUT_OF_OFFICE
from rapallo.model import Candidate, Interval

if TYPE_CHECKING:
    from rapallo.actors.person import Person
    from rapallo.actors.tables import Table

__all__ = ["holders", "staleness"]

HELD_BEFORE = 0.5
NAME_MISSING = 0.8
_OF_THE_STATE = frozenset(["", "GOV", "PRE"])


def holders(
    table: Table, bearer: Candidate, role: Role, word: str, *, on: dt.date, past: bool | None
) -> list[Candidate]:
    """Who holds a role of a state or body that day.

    Args:
        table: the actors.
        bearer: the state or body.
        role: the role.
        word: the word of the role as said.
        on: the day.
        past: whether those who held it before are meant ("the former president"); None where the name of the
            state is itself of another time ("the Soviet leader", said today), so that no holder can be told.

    Returns:
        The people who hold it; the state itself for its government, forces or people, and where the files
        name nobody for that day; a body itself for any role of its own.
    """
    actor, code, sure = bearer.actor, bearer.code, bearer.confidence
    sector = OUT_OF_OFFICE if past and role.sector.startswith("GOV") else role.sector
    if body := table.body(actor):
        own = body.kind == "group" or role.kind in {"rulers", "office"} or not role.sector
        as_sector = bearer.sector if own else sector
        return [Candidate(actor, code, sure, f"{word} of {actor}", bearer.role, as_sector)]
    if bearer.sector not in _OF_THE_STATE:
        why = f"{word} of an institution: {bearer.why}"
        as_sector = OUT_OF_OFFICE if past and bearer.role == "government" else bearer.sector
        return [Candidate(actor, code, sure, why, bearer.role, as_sector)]
    if role.kind == "country":
        return [Candidate(actor, code, sure, bearer.why, "state", sector or bearer.sector)]
    if role.kind == "nationals":
        return [Candidate(actor, code, sure, f"{word} of {code}", "nationals", sector)]
    if role.kind in {"government", "military"}:
        return [Candidate(actor, code, sure, f"{word} of {code}", "government", sector)]
    terms = table.terms(actor, role)
    if past:
        return [
            _former(who, round(sure * HELD_BEFORE / place, 3), _why(who, word, days))
            for place, (who, days) in enumerate(_over(terms, on), 1)
        ]
    serving = {} if past is None else {who.id: (who, days) for who, days in terms if days.contains(on)}
    late = staleness(table, on)
    if not serving:
        why = f"{word} of {code}, whose name is not in the actor files for that day"
        return [Candidate(actor, code, round(sure * NAME_MISSING, 3), why, "government", sector)]
    return [
        Candidate(who.id, who.state, sure, f"{_why(who, word, days)}{late}", "leader", sector)
        for who, days in serving.values()
    ]


def _former(who: Person, sure: float, why: str) -> Candidate:
    return Candidate(who.id, who.state, sure, why, "nationals", OUT_OF_OFFICE)


def staleness(table: Table, on: dt.date) -> str:
    """A warning where the day lies after what the files know; else nothing."""
    return f" (as known on {table.known_to})" if table.known_to and on > table.known_to else ""


def _over(terms: Sequence[tuple[Person, Interval]], on: dt.date) -> list[tuple[Person, Interval]]:
    """Those who held the role before the day and no more, each with the last time, latest first."""
    now = {who.id for who, days in terms if days.contains(on)}
    gone = [(who, days) for who, days in terms if who.id not in now and days.end and days.end < on]
    gone.sort(key=lambda pair: pair[1].end or dt.date.min, reverse=True)
    last: dict[str, tuple[Person, Interval]] = {}
    for who, days in gone:
        last.setdefault(who.id, (who, days))
    return list(last.values())


def _why(who: Person, word: str, days: Interval) -> str:
    return f"{word} of {who.state}: {who.name} {words(days)}"
