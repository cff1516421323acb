"""The two writings of the starter record beside each other: what only one has, and where they differ."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from starter_oracles import Figure, Findings

from rapallo.model import Event, Interval, Tie, parse_date

__all__ = ["twice"]

FOLDER = Path(__file__).parent / "second_writing"
NEAR = dt.timedelta(days=370)
LOOSE = dt.timedelta(days=45)
DAY = dt.timedelta(days=1)
KINDS = frozenset(("defence", "offence", "neutrality", "non_aggression"))


@dataclass(frozen=True)
class Pact:
    """A pact of the second writing."""

    name: str
    parties: frozenset[str]
    signed: Interval
    ended: Interval | None
    clauses: frozenset[str]


@dataclass(frozen=True)
class Happening:
    """An event of the second writing."""

    what: str
    actors: frozenset[str]
    when: Interval
    event: str


def _day(value: Any) -> Interval:
    return parse_date(str(value))


def _rows(section: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += (yaml.safe_load(path.read_text("utf-8")) or {}).get(section) or []
    return found


def _pacts() -> list[Pact]:
    return [
        Pact(
            row["name"],
            frozenset(str(row["parties"]).split()),
            _day(row["signed"]),
            _day(row["ended"]) if row.get("ended") else None,
            frozenset(str(row["clauses"]).split()),
        )
        for row in _rows("pacts")
    ]


def _events() -> list[Happening]:
    return [
        Happening(row["what"], frozenset(str(row["actors"]).split()), _day(row["when"]), row["event"])
        for row in _rows("events")
    ]


def _apart(on: dt.date, other: Interval) -> dt.timedelta:
    """How far a day lies from a day, month or year that was remembered."""
    assert other.start is not None
    assert other.end is not None
    if other.start <= on <= other.end:
        return dt.timedelta(0)
    return min(abs(on - other.start), abs(on - other.end))


def _twin(tie: Tie, second: list[Pact]) -> Pact | None:
    """The same pact in the second writing: by date of signature and parties."""
    named = {p.actor for p in tie.parties}
    on = tie.phases[0].on
    fits = [p for p in second if _apart(on, p.signed) <= NEAR and 2 * len(named & p.parties) > len(p.parties)]
    return min(fits, key=lambda p: (_apart(on, p.signed), -len(named & p.parties)), default=None)


def _differences(tie: Tie, other: Pact) -> list[str]:
    """What the second writing says otherwise."""
    found = []
    on = tie.phases[0].on
    if _apart(on, other.signed) > LOOSE:
        found.append(f"signed {on} here, {other.signed.start} there")
    last = tie.phases[-1]
    over = last.on if last.phase == "ended" else None
    if (over is None) != (other.ended is None):
        found.append(f"ended {over or 'never'} here, {other.ended.start if other.ended else 'never'} there")
    elif over is not None and other.ended is not None and _apart(over, other.ended) > NEAR:
        found.append(f"ended {over} here, {other.ended.start} there")
    kinds = {c.kind for c in tie.clauses} & KINDS
    if kinds != other.clauses & KINDS:
        found.append(f"{', '.join(sorted(kinds))} here, {', '.join(sorted(other.clauses & KINDS))} there")
    return found


def twice(found: Findings, ties: list[Tie], events: list[Event]) -> None:
    """Lay the pacts and events of the record beside those of the second writing."""
    second = _pacts()
    if second:
        _compare_pacts(found, [t for t in ties if t.kind == "pact"], second)
    told = _events()
    if told:
        _compare_events(found, events, told)


def _compare_pacts(found: Findings, pacts: list[Tie], second: list[Pact]) -> None:
    met: set[int] = set()
    same = 0
    for tie in pacts:
        other = _twin(tie, second)
        if other is None:
            found.differ(tie.id, "not in the second writing", "twice")
            continue
        met.add(id(other))
        differs = _differences(tie, other)
        same += not differs
        for what in differs:
            found.differ(tie.id, what, "checked" if tie.envelope.basis == "checked" else "twice")
            if tie.envelope.basis == "recalled" and "Disputed:" not in tie.about:
                found.failures.append(f"{tie.id}: {what}, and nothing says so under disputed")
    for other in second:
        if id(other) not in met:
            found.differ(other.name, f"signed {other.signed.start}, only in the second writing", "unwritten")
    found.figures.append(
        Figure("pacts in both writings", len(pacts), len(met), f"{same} alike in dates and clauses")
    )


def _compare_events(found: Findings, events: list[Event], second: list[Happening]) -> None:
    both = same = to_the_day = 0
    for told in second:
        near = [
            e
            for e in events
            if e.envelope.valid.start is not None
            and _apart(_start(e), told.when) <= LOOSE
            and told.actors & set(e.actors)
        ]
        if not near:
            found.differ(told.what, f"{told.when.start}, only in the second writing", "unwritten")
            continue
        both += 1
        alike = [e for e in near if e.event == told.event]
        same += bool(alike)
        to_the_day += any(_apart(_start(e), told.when) <= DAY for e in alike or near)
        if not alike:
            found.differ(near[0].id, f"{near[0].event} here, {told.event} there", "typed")
    what = f"{same} of the same type; {to_the_day} within a day"
    found.figures.append(Figure("events in both writings", len(second), both, what))


def _start(event: Event) -> dt.date:
    assert event.envelope.valid.start is not None
    return event.envelope.valid.start
