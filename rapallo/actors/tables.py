"""The table of actors: who exists when, under which codes, led by whom, in which organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from rapallo.actors.body import Body, read_body
from rapallo.actors.distance import geodesic_km
from rapallo.actors.naming import Entry, Names
from rapallo.actors.notation import ALWAYS, phrases, words
from rapallo.actors.person import Person, read_person
from rapallo.actors.resolving import resolve_in
from rapallo.actors.rows import ActorFile, BodyRow, NameRow
from rapallo.actors.state import State, read_state
from rapallo.errors import InputError, UnknownActorError
from rapallo.model import Actor, ActorKind, Interval, Name, Resolution

__all__ = ["Table"]

R = TypeVar("R")


class Table:
    """All actors of one set of files. ``rapallo.actors.table()`` is the project's own.

    Raises:
        InputError: where two rows share an id, a code number is held twice on one day, or a row names an
            actor that no row defines.
    """

    def __init__(self, rows: ActorFile) -> None:
        self.known_to = rows.known_to
        self._states: dict[str, State] = {}
        self._people: dict[str, Person] = {}
        self._bodies: dict[str, Body] = {}
        for row in rows.states:
            self._states[row.id] = self._read(row.id, read_state, row)
        for of, people in rows.leaders.items():
            for who in people:
                key = f"{of}/{who.id}"
                self._people[key] = self._read(key, read_person, of, who)
        kinds: tuple[tuple[ActorKind, list[BodyRow]], ...] = (
            ("organisation", rows.organisations),
            ("group", rows.groups),
            ("bloc", rows.blocs),
        )
        for kind, things in kinds:
            for thing in things:
                self._bodies[thing.id] = self._read(thing.id, read_body, kind, thing)
        self._given = self._given_names(rows.seats, "seat") + self._given_names(rows.epithets, "epithet")
        self._by_cow = self._by_code(lambda s: s.cow, "COW")
        self._by_gw = self._by_code(lambda s: s.gw, "Gleditsch-Ward")
        self._check_references()
        self._days: dict[dt.date, tuple[Actor, ...]] = {}
        self._answers: dict[tuple[str, dt.date, tuple[str, ...]], Resolution] = {}

    def _read(self, key: str, read: Callable[..., R], *row: object) -> R:
        """Read one row under an id that must be new; an error names it."""
        if key in self._states or key in self._people or key in self._bodies:
            msg = f"{key} stands twice in the actor files"
            raise InputError(msg, hint="ids of states, organisations, groups and blocs are one set")
        try:
            return read(*row)
        except InputError as error:
            msg = f"{key}: {error.message}"
            raise InputError(
                msg, hint=error.hint or "see rapallo/actors/data/states.yaml for the form"
            ) from error

    def _given_names(self, rows: Iterable[NameRow], kind: str) -> tuple[tuple[str, str, Name], ...]:
        """Seats and epithets: (actor, role, name)."""
        found = []
        for row in rows:
            role = "government" if kind == "seat" else "state"
            if row.of in self._bodies:
                role = self._bodies[row.of].kind
            for p in phrases(row.names):
                found.append((row.of, role, Name(p.text, kind, p.when or ALWAYS, p.weight)))  # noqa: PERF401
        return tuple(found)

    def _by_code(
        self, codes: Callable[[State], tuple[tuple[int, Interval], ...]], system: str
    ) -> dict[int, list[tuple[Interval, str]]]:
        found: dict[int, list[tuple[Interval, str]]] = {}
        for each in self._states.values():
            for code, when in codes(each):
                for other, holder in found.setdefault(code, []):
                    if other.overlaps(when):
                        msg = f"{system} code {code} is held by {holder} and {each.id} on one day"
                        raise InputError(msg, hint="a code means one state a day")
                found[code].append((when, each.id))
        return found

    def _check_references(self) -> None:
        known = self._states.keys() | self._bodies.keys()
        for owner, named in self._references():
            if named not in known:
                msg = f"{owner} names {named}, which no row defines"
                raise InputError(msg, hint="add a row for it or correct the id")

    def _references(self) -> Iterable[tuple[str, str]]:
        for each in self._states.values():
            yield from ((each.id, other) for other in (*each.into, *filter(None, [each.lives_on])))
        yield from ((who.id, who.state) for who in self._people.values())
        for thing in self._bodies.values():
            yield from ((thing.id, member) for member, _ in thing.members)
            yield from ((thing.id, other) for other in (*thing.without, *filter(None, [thing.of])))
        yield from (("a seat or epithet", of) for of, _, _ in self._given)

    # -- actors -------------------------------------------------------------------------------------------

    def actor(self, id_or_code: str | int, *, on: dt.date | None = None) -> Actor:
        """See :func:`rapallo.actors.actor`."""
        asked = str(id_or_code).strip()
        if asked.isdecimal():
            holders = self._by_cow.get(int(asked), [])
            found = [holder for when, holder in holders if on is None or when.contains(on)]
            if not found:
                raise self._unknown(asked, on, "COW code")
            asked = found[-1]
        record = self._record(asked)
        if record is None:
            raise self._unknown(asked, on, "actor")
        snapshot = record.on(on, self._names_of(record.id))
        if snapshot is None:
            spells = record.days if isinstance(record, Person) else record.exists
            what = "in office" if isinstance(record, Person) else "in being"
            msg = f"{record.id} was not {what} on {on}"
            raise UnknownActorError(msg, hint=", ".join(words(spell) for spell in spells))
        return snapshot

    def _record(self, key: str) -> State | Person | Body | None:
        for shelf in (self._states, self._bodies, self._people):
            for spelt in (key, key.upper()):
                if spelt in shelf:
                    return shelf[spelt]
        return self._by_folded_id.get(key.casefold())

    @cached_property
    def _by_folded_id(self) -> dict[str, State | Person | Body]:
        shelves: tuple[Mapping[str, State | Person | Body], ...] = (self._states, self._bodies, self._people)
        return {key.casefold(): record for shelf in shelves for key, record in shelf.items()}

    def _unknown(self, asked: str, on: dt.date | None, what: str) -> UnknownActorError:
        day = f" on {on}" if on else ""
        if what == "COW code":
            holders = self._by_cow.get(int(asked), [])
            hint = ", ".join(f"{holder} {words(when)}" for when, holder in holders)
            return UnknownActorError(
                f"no state bears COW code {asked}{day}", hint=hint or "COW codes run from 2 to 990"
            )
        near = self.names.nearest(asked)
        hint = f"nearest: {', '.join(near)}" if near else "write the ISO3 or COW code, or the name in English"
        return UnknownActorError(f"no actor is called {asked!r}{day}", hint=hint)

    def states(self, on: dt.date) -> tuple[Actor, ...]:
        """See :func:`rapallo.actors.states`."""
        if on not in self._days:
            present = (each.on(on, self._names_of(each.id)) for each in self._states.values())
            self._days[on] = tuple(sorted((a for a in present if a), key=lambda a: a.id))
        return self._days[on]

    def leaders(self, of: str, on: dt.date) -> tuple[Actor, ...]:
        """See :func:`rapallo.actors.leaders`."""
        if not isinstance(self._record(of), State):
            raise self._unknown(of, None, "state")
        serving = [who for who in self.people(of.upper()) if who.rules(on) or who.offices(on)]
        return tuple(self.actor(who.id, on=on) for who in sorted(serving, key=lambda who: not who.rules(on)))

    def people(self, of: str) -> tuple[Person, ...]:
        """The people of a state, those who ruled latest first."""
        return self._people_by_state.get(of, ())

    @cached_property
    def _people_by_state(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, list[Person]] = {}
        for who in self._people.values():
            found.setdefault(who.state, []).append(who)
        return {of: tuple(sorted(people, key=_latest)) for of, people in found.items()}

    def members(self, org: str, on: dt.date) -> tuple[str, ...]:
        """See :func:`rapallo.actors.members`."""
        thing = self._record(org)
        if not isinstance(thing, Body):
            raise self._unknown(org, on, "organisation")
        if not any(spell.contains(on) for spell in thing.exists):
            msg = f"{thing.id} was not in being on {on}"
            raise UnknownActorError(msg, hint=", ".join(words(spell) for spell in thing.exists))
        if thing.everyone:
            return tuple(each.id for each in self.states(on) if each.id not in thing.without)
        if not thing.members:
            msg = f"who belongs to {thing.id} is not in the actor files"
            raise InputError(msg, hint=thing.fuzzy or "add its members in a file of your own")
        present = {member for member, when in thing.members if when.contains(on)}
        return tuple(sorted(m for m in present if self._in_being(m, on)))

    def _in_being(self, key: str, on: dt.date) -> bool:
        record = self._states.get(key) or self._bodies.get(key)
        return record is not None and any(spell.contains(on) for spell in record.exists)

    def successors(self, of: str) -> tuple[str, ...]:
        """See :func:`rapallo.actors.successors`."""
        each = self._record(of)
        if not isinstance(each, State):
            raise self._unknown(of, None, "state")
        return each.into

    # -- codes --------------------------------------------------------------------------------------------

    def to_code(self, iso3: str, on: dt.date, system: str) -> int:
        """The number of a state in ``cow`` or ``gw`` on a day."""
        each = self._record(iso3)
        if not isinstance(each, State):
            raise self._unknown(iso3, on, "state")
        held = each.cow if system == "cow" else each.gw
        for code, when in held:
            if when.contains(on):
                return code
        msg = f"{each.id} bears no {system.upper()} code on {on}"
        raise UnknownActorError(
            msg, hint=", ".join(f"{code} {words(when)}" for code, when in held) or "it never did"
        )

    def from_code(self, code: int | str, on: dt.date, system: str) -> str:
        """The state that bears a number of ``cow`` or ``gw`` on a day."""
        holders = (self._by_cow if system == "cow" else self._by_gw).get(
            int(code) if str(code).isdecimal() else -1, []
        )
        for when, holder in holders:
            if when.contains(on):
                return holder
        msg = f"no state bears {system.upper()} code {code} on {on}"
        raise UnknownActorError(msg, hint=", ".join(f"{holder} {words(when)}" for when, holder in holders))

    def distance_km(self, one: str | int, other: str | int, *, on: dt.date | None = None) -> float:
        """See :func:`rapallo.actors.distance_km`."""
        a, b = self.actor(one, on=on), self.actor(other, on=on)
        for each in (a, b):
            if each.latitude is None or each.longitude is None:
                msg = f"{each.id} has no capital in the table"
                raise InputError(msg, hint="distances are between capitals of states")
        return geodesic_km((a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0))

    # -- names --------------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> Names:
        """Every name of every actor."""
        shelves: tuple[Mapping[str, State | Person | Body], ...] = (self._states, self._people, self._bodies)
        own = (
            Entry(each.id, each.state if isinstance(each, Person) else each.id, role, name)
            for shelf in shelves
            for each in shelf.values()
            for role, name in each.own_names
        )
        return Names((*own, *(Entry(of, of, role, name) for of, role, name in self._given)))

    def _names_of(self, key: str) -> tuple[Name, ...]:
        return self.names.by_actor.get(key, ())

    def body(self, key: str) -> Body | None:
        """The organisation, group or bloc of that id."""
        return self._bodies.get(key)

    def all_states(self) -> tuple[State, ...]:
        """Every state there is or was."""
        return tuple(self._states.values())

    def all_people(self) -> tuple[Person, ...]:
        """Every person of every state."""
        return tuple(self._people.values())

    def all_bodies(self) -> tuple[Body, ...]:
        """Every organisation, group and bloc."""
        return tuple(self._bodies.values())

    def state(self, key: str) -> State | None:
        """The state of that id."""
        return self._states.get(key)

    def person(self, key: str) -> Person | None:
        """The person of that id."""
        return self._people.get(key)

    def resolve(self, name: str, *, on: dt.date, near: Sequence[str] = ()) -> Resolution:
        """See :func:`rapallo.actors.resolve`."""
        key = (name, on, tuple(near))
        if key not in self._answers:
            if len(self._answers) > 50_000:
                self._answers.clear()
            self._answers[key] = resolve_in(self, name, on, key[2])
        return self._answers[key]


def _latest(who: Person) -> tuple[bool, int, str]:
    """Orders people: those who ruled before those who did not, the latest first."""
    begun = (who.rule or who.days)[-1].start or dt.date.min
    return (not who.rule, -begun.toordinal(), who.id)
