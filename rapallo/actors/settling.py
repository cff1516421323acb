"""Of all who bear a name, who is meant on a day: the date first, then the context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.actors.holding import staleness
from rapallo.actors.notation import words
from rapallo.actors.sectors import of_person, shared
from rapallo.model import Candidate, Interval, Resolution

if TYPE_CHECKING:
    from rapallo.actors.naming import Entry
    from rapallo.actors.person import Person
    from rapallo.actors.state import State
    from rapallo.actors.tables import Table

__all__ = ["answer", "settle"]

NOT_THEN = 0.7
SMALL_ACRONYM = 0.4
SMALL_NAME = 0.9
IN_CONTEXT = 0.9
SAME_GENERATION = dt.timedelta(days=20 * 365)
_KINDS = {
    "official": "official name",
    "short": "name",
    "former": "former name",
    "seat": "seat of power",
    "place": "place in",
}


def settle(
    table: Table, entries: Iterable[Entry], *, asked: str, written: str, on: dt.date, near: Sequence[str] = ()
) -> Resolution:
    """Choose among the bearers of one name.

    Those who bear it on the day shut out those who do not; where nobody does, those whose days lie nearest
    are offered with less confidence. Among people of one state a ruler shuts out the others. What is left is
    narrowed to the context, and is ambiguous where more than one remains.

    Args:
        table: the actors.
        entries: everyone who bears the name.
        asked: the name as it was asked.
        written: the part of it that is the name.
        on: the day.
        near: ids already in the context; a body of one of them is in it too.
    """
    listed = list(entries)
    alive = [entry for entry in listed if entry.name.when.contains(on)]
    pool = _one_a_person(table, alive, on) if alive else _nearest(table, listed, on)
    best: dict[str, Candidate] = {}
    for entry in pool:
        made = _candidate(table, entry, written, on)
        if made and (made.actor not in best or best[made.actor].confidence < made.confidence):
            best[made.actor] = made
    theirs = [key for key in best if (body := table.body(key)) and body.of in near] if near else []
    return answer(asked, best.values(), (*near, *theirs))


def answer(asked: str, candidates: Iterable[Candidate], near: Sequence[str] = ()) -> Resolution:
    """Candidates as a resolution, best first, narrowed to the context where that helps."""
    ordered = sorted(candidates, key=lambda c: (-c.confidence, c.actor))
    if len(ordered) > 1 and near:
        close = [_in_context(c) for c in ordered if c.actor in near or c.code in near]
        ordered = close or ordered
    if len(ordered) < 2:
        return Resolution(asked, tuple(ordered), sector=shared(ordered))
    listed = ", ".join(c.actor for c in ordered)
    why = f"{asked!r} may mean {listed}; a date or a context would settle it"
    return Resolution(asked, tuple(ordered), why, shared(ordered))


def _in_context(found: Candidate) -> Candidate:
    why = f"{found.why}; {found.code} is in the context"
    return replace(found, confidence=max(found.confidence, IN_CONTEXT), why=why)


def _gap(table: Table, entry: Entry, on: dt.date) -> dt.timedelta:
    """How far a day lies from the days of a name, or from those of the person who bears it."""
    who = table.person(entry.actor)
    gaps = [dt.timedelta.max]
    for days in who.days if who else (entry.name.when,):
        if days.contains(on):
            return dt.timedelta(0)
        if days.end and days.end < on:
            gaps.append(on - days.end)
        elif days.start:
            gaps.append(days.start - on)
    return min(gaps)


def _one_a_person(table: Table, entries: list[Entry], on: dt.date) -> list[Entry]:
    """Drop people whose state another bearer rules that day, and the same person under another state."""
    people = [(entry, who) for entry in entries if (who := table.person(entry.actor))]
    if len({entry.actor for entry, _ in people}) < 2:
        return entries
    ruled = {entry.code for entry, who in people if who.rules(on)}
    kept = [entry for entry, who in people if entry.code not in ruled or who.rules(on)]
    nearest = min(_gap(table, entry, on) for entry in kept)
    kept = [entry for entry in kept if _gap(table, entry, on) == nearest]
    return [entry for entry in entries if entry in kept or not table.person(entry.actor)]


def _nearest(table: Table, entries: list[Entry], on: dt.date) -> list[Entry]:
    """Those whose days lie nearest: names before capitals, what is past before what is to come.

    Of people, those of the same generation, one a state: a bare surname may mean any of them.
    """

    def rank(entry: Entry) -> tuple[bool, bool, dt.timedelta]:
        to_come = bool(entry.name.when.start and on < entry.name.when.start)
        return (entry.name.kind == "capital", to_come, _gap(table, entry, on))

    if not entries:
        return []
    ordered = sorted(entries, key=rank)
    first = rank(ordered[0])
    if ordered[0].name.kind != "person":
        return [entry for entry in ordered if rank(entry) == first]
    by_state: dict[str, Entry] = {}
    for entry in ordered:
        if (
            entry.name.kind == "person"
            and rank(entry)[:2] == first[:2]
            and rank(entry)[2] - first[2] < SAME_GENERATION
        ):
            by_state.setdefault(entry.code, entry)
    return list(by_state.values())


def _candidate(table: Table, entry: Entry, written: str, on: dt.date) -> Candidate | None:
    name, confidence, code, role = entry.name, entry.name.weight, entry.code, entry.role
    why = f"{_KINDS.get(name.kind, name.kind)} of {_title(table, entry)}"
    sector = entry.sector
    notes: list[str] = []
    if not name.when.contains(on):
        confidence *= NOT_THEN
        why = f"{why} {words(name.when)}"
    if who := table.person(entry.actor):
        why, sector = f"{_standing(who, on)}{staleness(table, on)}", of_person(who, on)
    elif name.kind == "place":
        why = f"a place in {_title(table, entry)}"
    elif state := table.state(entry.actor):
        if _is_over(state, on):
            if name.kind == "capital":
                return None
            code, role = (state.lives_on, "place") if state.lives_on else (code, role)
            sector = ""
            notes.append(f"a part of {code} today" if state.lives_on else "no longer a state that day")
        elif state.is_territory:
            notes.append(f"a territory of {code}")
        elif not any(days.contains(on) for days in state.exists):
            confidence *= NOT_THEN
            notes.append("not a state that day")
    elif (body := table.body(entry.actor)) and body.fuzzy:
        notes.append(f"a bloc with no fixed members: {body.fuzzy}")
    if written.islower() and name.kind in {"acronym", "person"}:
        confidence *= SMALL_ACRONYM if name.kind == "acronym" and len(written) < 4 else SMALL_NAME
        notes.append("written in small letters")
    return Candidate(entry.actor, code, round(confidence, 3), "; ".join((why, *notes)), role, sector)


def _is_over(state: State, on: dt.date) -> bool:
    return all(days.end is not None and days.end < on for days in state.exists)


def _title(table: Table, entry: Entry) -> str:
    """The name by which an actor is told in a reason."""
    if state := table.state(entry.actor):
        return next((n.text for n in state.short if n.when == entry.name.when), state.short[-1].text)
    body = table.body(entry.actor)
    return body.name if body else entry.actor


def _standing(who: Person, on: dt.date) -> str:
    """What a person is on a day, in words."""
    held = who.offices(on)
    if held:
        return f"{who.name}, {' and '.join(held)} of {who.state}"
    if who.rules(on):
        return f"{who.name}, ruler of {who.state}"
    terms = who.terms or tuple(("ruler", days) for days in who.rule)
    if not terms:
        return f"{who.name} of {who.state}, without office"
    office, days = _telling(terms, on)
    return f"{who.name}, {office} of {who.state} {words(days)}, not in office that day"


def _telling(terms: Sequence[tuple[str, Interval]], on: dt.date) -> tuple[str, Interval]:
    """The last term that was over by the day; the first where none was."""
    over = [term for term in terms if term[1].end and term[1].end < on]
    return over[-1] if over else terms[0]
