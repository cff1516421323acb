"""The who: states through time, leaders with dates of office, organisations, names, and their codes.

The table is the project's own (``data/*.yaml``); :func:`with_extra` lays a user's file over it and gives a
:class:`Table` with the same questions as methods, and :func:`using` asks it for everything in a block.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rapallo.actors.folding import fold
from rapallo.actors.load import table, using, with_extra
from rapallo.actors.tables import Table
from rapallo.model import Actor, Interval, Name, Resolution

__all__ = [
    "Table",
    "actor",
    "distance_km",
    "fold",
    "from_cow",
    "from_gw",
    "leaders",
    "members",
    "memberships",
    "names",
    "predecessors",
    "resolve",
    "states",
    "successors",
    "table",
    "to_cow",
    "to_gw",
    "using",
    "with_extra",
]


def resolve(name: str, *, on: dt.date, near: Sequence[str] = ()) -> Resolution:
    """Who is meant by a name on a day.

    Reads names, demonyms, capitals, seats of power, acronyms, people with or without title, and demonyms or
    states with a role ("the North Korean leader", "Polish government"). Case, diacritics, hyphens, "the",
    possessives and typographic apostrophes do not matter. Names that hold on the day shut out those that do
    not; a name whose day is past or to come is answered with less confidence.

    Args:
        name: the name as it is met.
        on: the day.
        near: ids of actors already in the context; they settle what is otherwise ambiguous.

    Returns:
        The candidates, best first, each with a reason. More than one: the name is ambiguous. None: nobody
        bears it. Corrections of one letter are offered, and ``best`` is then None.

    Examples:
        >>> on = dt.date(2024, 6, 22)
        >>> resolve("the Kremlin", on=on).best
        Candidate(actor='RUS', code='RUS', confidence=1.0,
                  why='seat of power of Russia', role='government', sector='GOV')
        >>> resolve("Mr Kim", on=on).best.actor
        'PRK/kim-jong-un'
        >>> [c.actor for c in resolve("Congo", on=on).candidates]
        ['COD', 'COG']
        >>> resolve("Congo", on=on, near=["COG"]).best.actor
        'COG'
    """
    return table().resolve(name, on=on, near=near)


def actor(id_or_code: str | int, *, on: dt.date | None = None) -> Actor:
    """The actor of an id or a code.

    Args:
        id_or_code: ISO 3166 alpha-3, COW number (as number or text), acronym of an organisation, id of a
            group or bloc, or ``ISO3/name`` of a leader.
        on: the day; without it the actor as it is or was last.

    Returns:
        The actor with the name, codes, capital or offices of that day, and the spell of existence or office
        it falls in.

    Raises:
        UnknownActorError: where no actor bears it, or none on that day; the hint has the nearest names or
            the days.

    Examples:
        >>> actor(260, on=dt.date(1970, 1, 1)).capital
        'Bonn'
        >>> actor("SUN", on=dt.date(2024, 6, 22))
        Traceback (most recent call last):
        rapallo.errors.UnknownActorError: SUN was not in being on 2024-06-22 (from 1922-12-30 to 1991-12-25)
    """
    return table().actor(id_or_code, on=on)


def states(on: dt.date) -> tuple[Actor, ...]:
    """The states that exist on a day, by id; also those that few recognise, no territories of others.

    Examples:
        >>> len([s for s in states(dt.date(2024, 6, 22)) if s.cow])
        195
    """
    return table().states(on)


def leaders(state: str, on: dt.date) -> tuple[Actor, ...]:
    """Those of a state who rule or hold an office on a day, rulers first, the latest come first.

    Empty where the files hold none for that day. Who came after ``table().known_to`` is not in them.

    Raises:
        UnknownActorError: where it is no state.

    Examples:
        >>> [who.name for who in leaders("CHN", dt.date(2024, 6, 22))][0]
        'Xi Jinping'
    """
    return table().leaders(state, on)


def members(org: str, on: dt.date) -> tuple[str, ...]:
    """The ids of the members of an organisation or bloc on a day; the day of leaving counts.

    Raises:
        UnknownActorError: where it is none, or did not exist that day.
        InputError: where its members are not in the files, as with most blocs.

    Examples:
        >>> "FIN" in members("NATO", dt.date(2023, 4, 3)), "FIN" in members("NATO", dt.date(2023, 4, 4))
        (False, True)
    """
    return table().members(org, on)


def successors(state: str) -> tuple[str, ...]:
    """The states that came out of one that ended, the continuing one first; none where it goes on.

    Raises:
        UnknownActorError: where it is no state.

    Examples:
        >>> successors("CSK")
        ('CZE', 'SVK')
    """
    return table().successors(state)


def predecessors(state: str) -> tuple[str, ...]:
    """The states a state came out of: those that ended into it, and those that went on without it.

    Raises:
        UnknownActorError: where it is no state.

    Examples:
        >>> predecessors("BGD"), predecessors("SCG"), predecessors("VNM")
        (('PAK',), ('YUG',), ('VDR', 'RVN'))
    """
    return table().predecessors(state)


def to_cow(iso3: str, on: dt.date) -> int:
    """The Correlates of War number of a state on a day (state system 2016).

    Who was a member at the end of 2016 is taken as one since.

    Raises:
        UnknownActorError: where the state bears none that day.

    Examples:
        >>> to_cow("DEU", dt.date(1970, 1, 1)), to_cow("DEU", dt.date(2024, 1, 1))
        (260, 255)
    """
    return table().to_code(iso3, on, "cow")


def from_cow(code: int | str, on: dt.date) -> str:
    """The id of the state that bears a Correlates of War number on a day.

    Raises:
        UnknownActorError: where none does.

    Examples:
        >>> from_cow(365, dt.date(1970, 1, 1)), from_cow(365, dt.date(2024, 1, 1))
        ('SUN', 'RUS')
    """
    return table().from_code(code, on, "cow")


def to_gw(iso3: str, on: dt.date) -> int:
    """The Gleditsch-Ward number of a state on a day (Gleditsch & Ward 1999, as extended).

    Microstates are included.

    Raises:
        UnknownActorError: where the state bears none that day.

    Examples:
        >>> to_gw("SRB", dt.date(2024, 1, 1))
        340
    """
    return table().to_code(iso3, on, "gw")


def from_gw(code: int | str, on: dt.date) -> str:
    """The id of the state that bears a Gleditsch-Ward number on a day.

    Raises:
        UnknownActorError: where none does.

    Examples:
        >>> from_gw(678, dt.date(2024, 1, 1))
        'YEM'
    """
    return table().from_code(code, on, "gw")


def memberships(system: str) -> tuple[tuple[int, str, Interval], ...]:
    """Every spell in which a state was a member of a system: its number, its id and the days, by number.

    The system ``cow`` is that of the Correlates of War (2016), ``gw`` that of Gleditsch and Ward (1999, as
    extended), microstates included. Who was a member when the lists end is taken as one since.

    Raises:
        InputError: where there is no such system.

    Examples:
        >>> [(who, str(days.start), str(days.end)) for code, who, days in memberships("cow") if code == 40]
        [('CUB', '1902-05-20', '1906-09-25'), ('CUB', '1909-01-23', 'None')]
    """
    return table().memberships(system)


def names() -> Mapping[str, tuple[tuple[str, Name], ...]]:
    """The gazetteer: casefolded text, without a leading "the", to the actors it may mean, each with the name.

    A name is filed as written and also without diacritics, dots and hyphens, so that a reader can match
    either. ``Name.when`` says on which days it means the actor. ``Name.text`` keeps the case: a reader that
    matches acronyms and surnames without it will take "us", "who" and "may" for actors.

    Examples:
        >>> sorted({who for who, _ in names()["kremlin"]})
        ['RUS', 'SUN']
        >>> names()["kim jong un"][0][1].kind
        'person'
    """
    return table().names.gazetteer


def distance_km(a: str | int, b: str | int, *, on: dt.date | None = None) -> float:
    """Kilometres between the capitals of two states, over the WGS84 ellipsoid (Lambert 1942).

    Args:
        a: id or code of a state.
        b: id or code of the other.
        on: the day whose capitals are meant; without it the latest.

    Raises:
        UnknownActorError: where one is not an actor on that day.
        InputError: where one has no capital.

    Examples:
        >>> round(distance_km("CHN", "PRK"), -1)
        810.0
    """
    return table().distance_km(a, b, on=on)
