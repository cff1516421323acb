"""Rows read into records: states, people and bodies with their dated facts and all their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapallo.actors.notation import ALWAYS, Capital, Phrase, capitals, codes, parts, phrases, span, spans
from rapallo.actors.rows import BodyRow, LeaderRow, StateRow
from rapallo.errors import InputError
from rapallo.model import Actor, ActorKind, Interval, Name

__all__ = ["Body", "Person", "State", "body", "person", "state"]

_UNCHANGED_PLURAL = ("ese", "ish", "ch", "ss", "x")


@dataclass(frozen=True)
class State:
    """A state through time: what its row says, read."""

    id: str
    iso3: str | None
    region: str
    exists: tuple[Interval, ...]
    cow: tuple[tuple[int, Interval], ...]
    gw: tuple[tuple[int, Interval], ...]
    capitals: tuple[Capital, ...]
    short: tuple[Name, ...]
    own_names: tuple[tuple[str, Name], ...]
    into: tuple[str, ...]
    lives_on: str | None

    def on(self, on: dt.date | None, names: tuple[Name, ...]) -> Actor | None:
        """The state as it was that day, or as it was last; None where it did not exist."""
        when = _spell(self.exists, on)
        if when is None:
            return None
        asked = on or when.end or dt.date.max
        seat = next((c for c in self.capitals if _holds(c.when, asked)), None)
        named = next((n for n in self.short if n.when.contains(asked)), self.short[0])
        return Actor(
            id=self.id,
            kind="state",
            name=named.text,
            when=when,
            names=names,
            iso3=self.iso3,
            cow=next((c for c, days in self.cow if days.contains(asked)), None),
            gw=next((c for c, days in self.gw if days.contains(asked)), None),
            region=self.region,
            capital=seat.name.text if seat else "",
            latitude=seat.latitude if seat else None,
            longitude=seat.longitude if seat else None,
        )


@dataclass(frozen=True)
class Person:
    """A person: terms of office, and the days of actual rule."""

    id: str
    state: str
    name: str
    terms: tuple[tuple[str, Interval], ...]
    rule: tuple[Interval, ...]
    lived: Interval | None
    own_names: tuple[tuple[str, Name], ...]

    @cached_property
    def days(self) -> tuple[Interval, ...]:
        """Days in any office or of rule; the days of life for a person who never held one."""
        held = [*(when for _, when in self.terms), *self.rule]
        return _joined(held) if held else (self.lived or ALWAYS,)

    @property
    def public(self) -> bool:
        """Whether the person ever held an office or ruled."""
        return bool(self.terms or self.rule)

    def rules(self, on: dt.date) -> bool:
        """Whether the person actually ruled that day."""
        return any(when.contains(on) for when in self.rule)

    def offices(self, on: dt.date | None = None) -> tuple[str, ...]:
        """The offices held that day, or ever."""
        return tuple(office for office, when in self.terms if on is None or when.contains(on))

    def on(self, on: dt.date | None, names: tuple[Name, ...]) -> Actor | None:
        """The person in that day's offices, or in the latest; None where not in office."""
        when = _spell(self.days, on)
        if when is None:
            return None
        held = [o for o, days in self.terms if (days.contains(on) if on else days.overlaps(when))]
        return Actor(
            id=self.id,
            kind="leader",
            name=self.name,
            when=when,
            names=names,
            of=self.state,
            role=", ".join(held),
        )


@dataclass(frozen=True)
class Body:
    """An organisation, an armed group or a bloc."""

    id: str
    kind: ActorKind
    name: str
    exists: tuple[Interval, ...]
    of: str | None
    region: str
    fuzzy: str
    everyone: bool
    without: frozenset[str]
    members: tuple[tuple[str, Interval], ...]
    own_names: tuple[tuple[str, Name], ...]

    def on(self, on: dt.date | None, names: tuple[Name, ...]) -> Actor | None:
        """The body as it was that day, or as it was last; None where it did not exist."""
        when = _spell(self.exists, on)
        if when is None:
            return None
        return Actor(
            id=self.id, kind=self.kind, name=self.name, when=when, names=names, of=self.of,
            region=self.region, members=self.members,
        )  # fmt: skip


def _spell(spells: Iterable[Interval], on: dt.date | None) -> Interval | None:
    """The spell that holds the day; the last one where no day is given."""
    listed = list(spells)
    return listed[-1] if on is None else next((s for s in listed if s.contains(on)), None)


def _holds(when: tuple[Interval, ...], on: dt.date) -> bool:
    return not when or any(days.contains(on) for days in when)


def _joined(spells: Iterable[Interval]) -> tuple[Interval, ...]:
    """Spells in order, those that meet or overlap made one."""
    ordered = sorted(spells, key=lambda s: s.start or dt.date.min)
    joined: list[Interval] = []
    for spell in ordered:
        last = joined[-1] if joined else None
        if last and (last.end is None or (spell.start or dt.date.min) <= last.end + dt.timedelta(days=1)):
            end = None if last.end is None or spell.end is None else max(last.end, spell.end)
            joined[-1] = Interval(last.start, end, "since" if end is None else "range")
        else:
            joined.append(spell)
    return tuple(joined)


def _overlap(one: Interval, other: Interval) -> Interval | None:
    """The days two spans share."""
    starts = [d for d in (one.start, other.start) if d]
    ends = [d for d in (one.end, other.end) if d]
    start, end = max(starts, default=None), min(ends, default=None)
    if start and end and end < start:
        return None
    return Interval(start, end, "unknown" if not (start or end) else "since" if end is None else "range")


def _is_acronym(text: str) -> bool:
    letters = text.replace(".", "").replace("-", "")
    return letters.isalpha() and letters.isupper() and 2 <= len(letters) <= 9


def _named(listed: Iterable[Phrase], kind: str, spells: tuple[Interval, ...]) -> Iterator[Name]:
    """One name for each span it is bound to; a name without days holds as long as its actor."""
    for phrase in listed:
        as_kind = "acronym" if kind in {"short", "official", "demonym"} and _is_acronym(phrase.text) else kind
        for when in (phrase.when,) if phrase.when else spells:
            yield Name(phrase.text, as_kind, when, phrase.weight)


def _plurals(adjectives: Iterable[Phrase]) -> Iterator[Phrase]:
    """The people named by an adjective: Russian, Russians; but Chinese, Swiss, Czech stay as they are."""
    for adjective in adjectives:
        if not adjective.text.isupper() and "." not in adjective.text:
            same = adjective.text.endswith(_UNCHANGED_PLURAL)
            yield Phrase(adjective.text + ("" if same else "s"), adjective.when, adjective.weight)


def state(row: StateRow) -> State:
    """Read the row of a state.

    Raises:
        InputError: where a span, code or capital is not in the notation.
    """
    exists = spans(row.exists)
    adjectives, towns = phrases(row.adj), capitals(row.capital)
    people = _plurals(adjectives) if row.people is None else phrases(row.people)
    short = tuple(_named(phrases(row.name), "short", exists))
    named: list[tuple[str, Name]] = [("state", name) for name in short]
    for text, kind in ((row.official, "official"), (row.aka, "short"), (row.former, "former")):
        named += [("state", name) for name in _named(phrases(text), kind, exists)]
    named += [("nationals", name) for name in _named((*adjectives, *people), "demonym", exists)]
    for town in towns:
        clipped = (_overlap(w, e) for w in town.when or (ALWAYS,) for e in exists)
        days = tuple(when for when in clipped if when)
        named += [("capital", name) for name in _named((town.name,), "capital", days)]
    named += [("place", name) for name in _named(phrases(row.place), "place", (ALWAYS,))]
    return State(
        id=row.id,
        iso3=row.id if row.iso else None,
        region=row.region,
        exists=exists,
        cow=codes(row.cow, exists),
        gw=codes(row.gw, exists),
        capitals=towns,
        short=short,
        own_names=tuple(dict.fromkeys(named)),
        into=tuple(row.into.split()),
        lives_on=row.lives_on or None,
    )


def person(of: str, row: LeaderRow) -> Person:
    """Read the row of a person of a state.

    Raises:
        InputError: where a span or an office is not in the notation, or ``rules`` is asked of no office.
    """
    terms = []
    for part in parts(row.office):
        office, _, when = part.rpartition(" ")
        if not office:
            msg = f"{part!r} is not an office"
            raise InputError(msg, hint="write it as president 2012-05-07/..")
        terms.append((office, span(when)))
    if isinstance(row.rules, str):
        rule = spans(row.rules)
    else:
        rule = _joined(when for _, when in terms) if row.rules and terms else ()
    held = _joined([*(when for _, when in terms), *rule]) or ((span(row.lived),) if row.lived else (ALWAYS,))
    role = "leader" if rule else "government" if terms else "nationals"
    full = (Phrase(row.name), *phrases(row.aka))
    named = list(_named(full, "person", (ALWAYS,)))
    last = row.name.split()[-1] if row.short is None else row.short
    for phrase in phrases(last):
        named += _named((Phrase(phrase.text, phrase.when, 0.9 * phrase.weight),), "person", rule or held)
    return Person(
        id=f"{of}/{row.id}",
        state=of,
        name=row.name,
        terms=tuple(terms),
        rule=rule,
        lived=span(row.lived) if row.lived else None,
        own_names=tuple((role, name) for name in dict.fromkeys(named)),
    )


def body(kind: ActorKind, row: BodyRow) -> Body:
    """Read the row of an organisation, a group or a bloc.

    Raises:
        InputError: where a span is not in the notation, or a state leaves that never joined.
    """
    exists = spans(row.exists)
    named = [*_named(phrases(row.name), "short", exists), *_named(phrases(row.aka), "short", exists)]
    return Body(
        id=row.id,
        kind=kind,
        name=phrases(row.name)[0].text,
        exists=exists,
        of=row.of or None,
        region=row.region,
        fuzzy=row.fuzzy,
        everyone=row.members == "all",
        without=frozenset(row.without.split()),
        members=_memberships(row),
        own_names=tuple((kind, name) for name in dict.fromkeys(named)),
    )


def _memberships(row: BodyRow) -> tuple[tuple[str, Interval], ...]:
    """Pairs of member and days, from the days of joining and leaving; the last day is the day of leaving."""
    changes = [(when, 0, member) for when, listed in row.joined.items() for member in listed.split()]
    changes += [(when, 1, member) for when, listed in row.left.items() for member in listed.split()]
    joined: dict[str, dt.date] = {}
    found: list[tuple[str, Interval]] = []
    for when, leaves, member in sorted(changes):
        if leaves and member not in joined:
            msg = f"{row.id}: {member} leaves on {when} and never joined"
            raise InputError(msg, hint="give the day it joined")
        if leaves:
            found.append((member, Interval(joined.pop(member), when, "range")))
        else:
            joined[member] = when
    found += [(member, Interval(when, None, "since")) for member, when in joined.items()]
    return tuple(sorted(found, key=lambda pair: (pair[1].start or dt.date.min, pair[0])))
