"""The table of actors: who exists when, under which codes, led by whom, in which organisation."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from rapallo.actors.body import Body, read_body
from rapallo.actors.distance import geodesic_km
from rapallo.actors.naming import Entry, Names
from rapallo.actors.notation import ALWAYS, parts, phrases, words
from rapallo.actors.person import Person, read_person, spells_of
from rapallo.actors.resolving import resolve_in
from rapallo.actors.shelf import Shelf
from rapallo.actors.spells import overlap
from rapallo.actors.state import State, read_state
from rapallo.errors import InputError, UnknownActorError
from rapallo.model import Actor, ActorKind, Interval, Name, Resolution

if TYPE_CHECKING:
    from rapallo.actors.roles import Role
    from rapallo.actors.rows import ActorFile, BodyRow, NameRow

__all__ = ["Table"]

_GIVEN_ROLES = {"seat": "government", "epithet": "state", "place": "place"}
_OF_PEOPLE = dict.fromkeys(
    ["AGR", "BUS", "CRM", "CVL", "EDU", "JRN", "LAB", "MED", "PTY", "REL", "SOC", "UAF"], "nationals"
)


class Table:
    """All actors of one set of files. ``rapallo.actors.table()`` is the project's own.

    Records are read from their rows when they are first asked for; :meth:`check` reads all.

    Args:
        rows: the validated rows.
        holders: folded names, each with the places of its bearers among the keys of the table, parted by
            blanks; found by reading every row where it is not given.

    Raises:
        InputError: where two rows share an id.
    """

    def __init__(self, rows: ActorFile, holders: Mapping[str, str] | None = None) -> None:
        self.known_to = rows.known_to
        people = {f"{of}/{who.id}": (of, who) for of, listed in rows.leaders.items() for who in listed}
        bodies: dict[str, tuple[ActorKind, BodyRow]] = {
            **{row.id: ("organisation", row) for row in rows.organisations},
            **{row.id: ("group", row) for row in rows.groups},
            **{row.id: ("bloc", row) for row in rows.blocs},
        }
        given = {f"seat {n}": ("seat", row) for n, row in enumerate(rows.seats)}
        given |= {f"epithet {n}": ("epithet", row) for n, row in enumerate(rows.epithets)}
        given |= {f"place {n}": ("place", row) for n, row in enumerate(rows.places)}
        self._states = Shelf({row.id: row for row in rows.states}, lambda _, row: read_state(row))
        self._people = Shelf(people, lambda _, row: read_person(*row))
        self._bodies = Shelf(bodies, lambda _, row: read_body(*row))
        self._other_ids = {alias: row.id for row in rows.states for alias in parts(row.ids)}
        self._given = Shelf(given, lambda _, row: self._given_names(*row))
        self._keys = (*self._states, *self._people, *self._bodies, *self._given)
        self._check_ids(rows)
        self._holders = holders
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._terms: dict[tuple[str, str], tuple[tuple[Person, Interval], ...]] = {}
        self._serving: dict[str, tuple[Person, ...]] = {}
        self._days: dict[dt.date, tuple[Actor, ...]] = {}
        self._answers: dict[tuple[str, dt.date, tuple[str, ...]], Resolution] = {}

    def _check_ids(self, rows: ActorFile) -> None:
        listed = [row.id for row in rows.states]
        listed += [row.id for section in (rows.organisations, rows.groups, rows.blocs) for row in section]
        count = len(listed) + sum(map(len, rows.leaders.values())) + len(self._given)
        if len(set(self._keys)) == count:
            return
        people = (f"{of}/{who.id}" for of, people in rows.leaders.items() for who in people)
        twice, _ = Counter([*listed, *people]).most_common(1)[0]
        msg = f"{twice} stands twice in the actor files"
        raise InputError(msg, hint="ids of states, organisations, groups and blocs are one set")

    def check(self) -> None:
        """Read every row and hold them against each other.

        Raises:
            InputError: where a row is not in the notation, a code number is held twice on one day, or a row
                names an actor that no row defines.
        """
        _ = self._by_cow, self._by_gw
        known = self._states.keys() | self._bodies.keys()
        for owner, named in self._references():
            if named not in known:
                msg = f"{owner} names {named}, which no row defines"
                raise InputError(msg, hint="add a row for it or correct the id")

    def _references(self) -> Iterable[tuple[str, str]]:
        for each in self._states.values():
            yield from (
                (each.id, other) for other in (*each.into, *each.out_of, *filter(None, [each.lives_on]))
            )
            yield from ((each.id, owner) for owner, _ in each.of)
        yield from ((who.id, who.state) for who in self._people.values())
        for thing in self._bodies.values():
            yield from ((thing.id, member) for member, _ in thing.members)
            yield from ((thing.id, other) for other in (*thing.without, *filter(None, [thing.of])))
        yield from (("a seat or epithet", entry.actor) for held in self._given.values() for entry in held)

    def _given_names(self, kind: str, row: NameRow) -> tuple[Entry, ...]:
        """The names of a row of seats, epithets or places."""
        role, sector = _GIVEN_ROLES[kind], row.sector
        if body := self.body(row.of):
            role, sector = body.kind, sector or body.sector
        elif kind == "seat":
            sector = sector or "GOV"
            role = "government" if "GOV" in sector else _OF_PEOPLE.get(sector.partition(" ")[0], role)
        return tuple(
            Entry(row.of, row.of, role, Name(p.text, kind, p.when or ALWAYS, p.weight), sector)
            for p in phrases(row.names)
        )

    @cached_property
    def _by_cow(self) -> dict[int, list[tuple[Interval, str]]]:
        return self._by_code(lambda s: s.cow, "COW")

    @cached_property
    def _by_gw(self) -> dict[int, list[tuple[Interval, str]]]:
        return self._by_code(lambda s: s.gw, "Gleditsch-Ward")

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
        shelves = (self._states, self._bodies, self._people)
        for spelt in (key, key.upper(), self._other_ids.get(key.upper(), key)):
            for shelf in shelves:
                if spelt in shelf:
                    return shelf[spelt]
        folded = self._by_folded_id.get(key.casefold())
        return next((shelf[folded] for shelf in shelves if folded and folded in shelf), None)

    @cached_property
    def _by_folded_id(self) -> dict[str, str]:
        return {key.casefold(): key for shelf in (self._states, self._bodies, self._people) for key in shelf}

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
            listed = (each for each in self._states.values() if not each.is_territory)
            present = (each.on(on, self._names_of(each.id)) for each in listed)
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
        if of not in self._serving:
            listed = (self._people[key] for key in self._people_of.get(of, ()))
            self._serving[of] = tuple(sorted(listed, key=_latest))
        return self._serving[of]

    def terms(self, of: str, role: Role) -> tuple[tuple[Person, Interval], ...]:
        """The spells over which people of a state hold a role: actual rule, or an office."""
        key = (of, role.office)
        if key not in self._terms:
            self._terms[key] = tuple(
                (who, days) for who in self.people(of) for days in spells_of(who, role.office)
            )
        return self._terms[key]

    @cached_property
    def _people_of(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key in self._people:
            found.setdefault(key.partition("/")[0], []).append(key)
        return found

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
        record = self._states.find(key) or self._bodies.find(key)
        return record is not None and any(spell.contains(on) for spell in record.exists)

    def successors(self, of: str) -> tuple[str, ...]:
        """See :func:`rapallo.actors.successors`."""
        each = self._record(of)
        if not isinstance(each, State):
            raise self._unknown(of, None, "state")
        return each.into

    def predecessors(self, of: str) -> tuple[str, ...]:
        """See :func:`rapallo.actors.predecessors`."""
        each = self._record(of)
        if not isinstance(each, State):
            raise self._unknown(of, None, "state")
        ended = (other.id for other in self._states.values() if each.id in other.into)
        return tuple(dict.fromkeys((*ended, *each.out_of)))

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

    def memberships(self, system: str) -> tuple[tuple[int, str, Interval], ...]:
        """See :func:`rapallo.actors.memberships`."""
        if system not in ("cow", "gw"):
            msg = f"there is no state system {system!r}"
            raise InputError(msg, hint="cow or gw")
        held = self._by_cow if system == "cow" else self._by_gw
        spells = ((code, who, when) for code, spells in held.items() for when, who in spells)
        return tuple(sorted(spells, key=lambda spell: (spell[0], spell[2].start or dt.date.min)))

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
        return Names(self._keys, self._entries_of, self._holders)

    def _entries_of(self, key: str) -> tuple[Entry, ...]:
        """The names of one record as they are filed."""
        found = self._entries.get(key)
        if found is None:
            found = self._given[key] if key in self._given else self._own_entries(key)
            self._entries[key] = found
        return found

    def _own_entries(self, key: str) -> tuple[Entry, ...]:
        if who := self._people.find(key):
            return tuple(Entry(key, who.state, role, name) for role, name in who.own_names)
        if state := self._states.find(key):
            return tuple(_state_entries(state))
        thing = self._bodies[key]
        return tuple(Entry(key, key, role, name, thing.sector) for role, name in thing.own_names)

    def _names_of(self, key: str) -> tuple[Name, ...]:
        given = (entry for row in self._given_to.get(key, ()) for entry in self._entries_of(row))
        return tuple(entry.name for entry in (*self._entries_of(key), *given))

    @cached_property
    def _given_to(self) -> dict[str, list[str]]:
        """The rows of seats and epithets of each actor."""
        found: dict[str, list[str]] = {}
        for key, held in self._given.items():
            found.setdefault(held[0].actor, []).append(key)
        return found

    def body(self, key: str) -> Body | None:
        """The organisation, group or bloc of that id."""
        return self._bodies.find(key)

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
        return self._states.find(key)

    def person(self, key: str) -> Person | None:
        """The person of that id."""
        return self._people.find(key)

    def resolve(self, name: str, *, on: dt.date, near: Sequence[str] = ()) -> Resolution:
        """See :func:`rapallo.actors.resolve`."""
        key = (name, on, tuple(near))
        if key not in self._answers:
            if len(self._answers) > 50_000:
                self._answers.clear()
            self._answers[key] = resolve_in(self, name, on, key[2])
        return self._answers[key]


def _state_entries(state: State) -> Iterator[Entry]:
    """The names of a state; those of a territory are coded to the state it belongs to on the days."""
    for role, name in state.own_names:
        if not state.is_territory:
            yield Entry(state.id, state.id, role, name, "GOV" if role == "capital" else state.sector)
            continue
        for owner, days in state.of:
            if when := overlap(name.when, days):
                as_role = role if role == "nationals" else "place"
                yield Entry(state.id, owner, as_role, Name(name.text, name.kind, when, name.weight))


def _latest(who: Person) -> tuple[bool, int, str]:
    """Orders people: those who ruled before those who did not, the latest first."""
    begun = (who.rule or who.days)[-1].start or dt.date.min
    return (not who.rule, -begun.toordinal(), who.id)
