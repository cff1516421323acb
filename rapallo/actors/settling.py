"""Of all who bear a name, who is meant on a day: the date first, then the context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rapallo.model import Candidate, Interval, Name, Resolution

if TYPE_CHECKING:
    from rapallo.actors.records import Person
    from rapallo.actors.table import Entry, Table

__all__ = ["answer", "in_context", "settle", "words"]

NOT_THEN = 0.7
SMALL_LETTERS = 0.4
IN_CONTEXT = 0.9
_KINDS = {
    "official": "official name", "short": "name", "former": "former name", "demonym": "demonym",
    "acronym": "acronym", "capital": "capital", "seat": "seat of power", "epithet": "epithet",
    "person": "name", "place": "place in",
}  # fmt: skip


def settle(
    table: Table, entries: Iterable[Entry], *, asked: str, written: str, on: dt.date, near: Sequence[str]
) -> Resolution:
    """Choose among the bearers of one name.

    Those who bear it on the day shut out those who do not; where nobody does, those whose days lie nearest
    are offered with less confidence. Among people of one state a ruler shuts out the others. What is left is
    narrowed to the context, and is ambiguous where more than one remains.
    """
    listed = list(entries)
    alive = [e for e in listed if e.name.when.contains(on)]
    pool = _without_the_ruled(table, alive, on) if alive else _nearest(listed, on)
    best: dict[str, Candidate] = {}
    for entry in pool:
        made = _candidate(table, entry, written=written, on=on)
        if made and (made.actor not in best or best[made.actor].confidence < made.confidence):
            best[made.actor] = made
    return answer(asked, best.values(), near)


def answer(asked: str, candidates: Iterable[Candidate], near: Sequence[str] = ()) -> Resolution:
    """Candidates as a resolution, best first, narrowed to the context where that helps."""
    ordered = sorted(candidates, key=lambda c: (-c.confidence, c.actor))
    if len(ordered) > 1 and near:
        ordered = in_context(ordered, near)
    if len(ordered) < 2:
        return Resolution(asked, tuple(ordered))
    listed = ", ".join(c.actor for c in ordered)
    return Resolution(
        asked, tuple(ordered), f"{asked!r} may mean {listed}; a date or a context would settle it"
    )


def in_context(candidates: list[Candidate], near: Sequence[str]) -> list[Candidate]:
    """Those whose actor or code the context holds; all, where it holds none."""
    close = [c for c in candidates if c.actor in near or c.code in near]
    return [
        Candidate(
            c.actor, c.code, max(c.confidence, IN_CONTEXT), f"{c.why}; {c.code} is in the context", c.role
        )
        for c in close
    ] or candidates


def words(when: Interval) -> str:
    """The days as words."""
    if when.start and when.end:
        return f"from {when.start} to {when.end}"
    if when.start:
        return f"since {when.start}"
    return f"until {when.end}" if when.end else ""


def _gap(name: Name, on: dt.date) -> int:
    """Days between a day and the nearest day of the name."""
    if name.when.end and name.when.end < on:
        return (on - name.when.end).days
    return (name.when.start - on).days if name.when.start and on < name.when.start else 0


def _nearest(entries: list[Entry], on: dt.date) -> list[Entry]:
    """Those whose days lie nearest; names before capitals, and what is past before what is to come."""
    if not entries:
        return []

    def distance(entry: Entry) -> tuple[bool, bool, int]:
        to_come = bool(entry.name.when.start and on < entry.name.when.start)
        return (entry.name.kind == "capital", to_come, _gap(entry.name, on))

    closest = min(distance(e) for e in entries)
    return [e for e in entries if distance(e) == closest]


def _without_the_ruled(table: Table, entries: list[Entry], on: dt.date) -> list[Entry]:
    """Drop people whose state is ruled that day by another bearer of the name."""
    ruled = {e.code for e in entries if (who := table.person(e.actor)) and who.rules(on)}
    return [
        e for e in entries if not (who := table.person(e.actor)) or e.code not in ruled or who.rules(on)
    ]  # fmt: skip


def _candidate(table: Table, entry: Entry, *, written: str, on: dt.date) -> Candidate | None:
    confidence, code, role = entry.name.weight, entry.code, entry.role
    notes = []
    who, body, state = table.person(entry.actor), table.body(entry.actor), table.state(entry.actor)
    if entry.name.when.contains(on):
        why = f"{_KINDS[entry.name.kind]} of {_title(table, entry)}"
    else:
        confidence *= NOT_THEN
        why = f"{_KINDS[entry.name.kind]} of {_title(table, entry)} {words(entry.name.when)}"
    if entry.name.kind == "place":
        why = f"a place in {_title(table, entry)}"
    if who:
        why = _standing(who, on)
    elif body and body.fuzzy:
        notes.append(f"a bloc with no fixed members: {body.fuzzy}")
    elif state and not any(s.contains(on) for s in state.exists):
        past = all(s.end and s.end < on for s in state.exists)
        if past and entry.name.kind == "capital":
            return None
        if past and state.lives_on:
            code, role = state.lives_on, "place"
            notes.append(f"a part of {code} today")
        elif past:
            notes.append("no longer a state that day")
        else:
            confidence *= NOT_THEN
            notes.append("not yet a state that day" if not past else "")
    if entry.name.kind in {"acronym", "person"} and written.islower() and not written.isupper():
        confidence *= SMALL_LETTERS if entry.name.kind == "acronym" and len(written) < 4 else 0.9
        notes.append("written in small letters")
    return Candidate(entry.actor, code, round(confidence, 3), "; ".join([why, *filter(None, notes)]), role)


def _title(table: Table, entry: Entry) -> str:
    state, body = table.state(entry.actor), table.body(entry.actor)
    if state:
        return next((n.text for n in state.short if n.when == entry.name.when), state.short[-1].text)
    return body.name if body else entry.actor


def _standing(who: Person, on: dt.date) -> str:
    """What a person is on a day, in words."""
    held = who.offices(on)
    if held:
        return f"{who.name}, {' and '.join(held)} of {who.state}"
    if who.rules(on):
        return f"{who.name}, ruler of {who.state}"
    if who.terms or who.rule:
        last = who.terms[-1] if who.terms else ("ruler", who.rule[-1])
        return f"{who.name}, {last[0]} of {who.state} {words(last[1])}, not in office that day"
    return f"{who.name} of {who.state}, without office"
