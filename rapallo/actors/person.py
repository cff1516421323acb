"""A person with terms of office, read from a row."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapallo.actors.notation import ALWAYS, Phrase, parts, phrases, span, spans
from rapallo.actors.spells import joined, named, spell
from rapallo.errors import InputError
from rapallo.model import Actor, Interval, Name

if TYPE_CHECKING:
    from rapallo.actors.rows import LeaderRow

__all__ = ["Person", "is_office", "read_person", "spells_of"]

_BESIDE = frozenset(["vice", "deputy", "of"])
RULER, OFFICIAL = 0.9, 0.6  # how surely a bare surname means one who rules, or one who does not


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
    basis: str

    @cached_property
    def days(self) -> tuple[Interval, ...]:
        """Days in any office or of rule; the days of life for a person who never held one."""
        held = [*(when for _, when in self.terms), *self.rule]
        return joined(held) if held else (self.lived or ALWAYS,)

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
        when = spell(self.days, on)
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
            basis=self.basis,
        )


def spells_of(who: Person, office: str) -> tuple[Interval, ...]:
    """The days in an office; of actual rule where none is given."""
    if not office:
        return who.rule
    return tuple(days for held, days in who.terms if is_office(held, office))


def is_office(held: str, asked: str) -> bool:
    """Whether an office held is the one asked for: an acting president is, no vice president and no aide."""
    return held.endswith(asked) and _BESIDE.isdisjoint(held.split())


def read_person(of: str, row: LeaderRow) -> Person:
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
        rule = joined(when for _, when in terms) if row.rules and terms else ()
    held = rule or joined(when for _, when in terms) or ((span(row.lived),) if row.lived else (ALWAYS,))
    role = "leader" if rule else "government" if terms else "nationals"
    full = (Phrase(row.name), *phrases(row.aka))
    own = list(named(full, "person", (ALWAYS,)))
    last = row.name.split()[-1] if row.short is None else row.short
    for phrase in phrases(last):
        weight = phrase.weight * (RULER if rule else OFFICIAL)
        own += named((Phrase(phrase.text, phrase.when, weight),), "person", held)
    return Person(
        id=f"{of}/{row.id}",
        state=of,
        name=row.name,
        terms=tuple(terms),
        rule=rule,
        lived=span(row.lived) if row.lived else None,
        own_names=tuple((role, name) for name in dict.fromkeys(own)),
        basis=row.basis or "recalled",
    )
