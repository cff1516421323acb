"""Rulers by day, held against Archigos 4.1 (Goemans, Gleditsch & Chiozza 2009).

A leader-day is a day on which Archigos names a leader of a state that is then in the Gleditsch-Ward system:
all states from 1946 on, and the states that ever were a major power (Correlates of War) from 1840, where
the file begins. The day agrees where a person who rules that day in our table is that leader.

A name of the file means the people of that state who share a part of it, initials and common given names
apart; where nobody does, those whose spelling differs in a quarter of the letters at most. An initial shuts
out whom it does not fit ("Roosevelt, T." is not Franklin D. Roosevelt). Any other name a leader goes by
belongs to ``aka`` of the leader's row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from rapidfuzz.distance import OSA

from rapallo.actors import Table
from rapallo.actors.folding import fold
from rapallo.actors.person import Person

MAJOR_POWERS = frozenset(["USA", "GBR", "FRA", "DEU", "AUH", "ITA", "RUS", "SUN", "CHN", "JPN"])
SINCE = dt.date(1946, 1, 1)
SPELLINGS_ALIKE = 0.75
COMMON_NAME = 6  # so many people of the table whose name begins with a word make it a common given name
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "abd",
        "ben",
        "von",
        "van",
        "der",
        "den",
        "del",
        "della",
        "the",
        "and",
        "san",
        "saint",
        "sir",
    ]
)


@dataclass(frozen=True)
class Spell:
    """A spell of Archigos as far as it is compared, and the days on which our table has somebody else."""

    state: str
    leader: str
    first: dt.date
    last: dt.date
    missed: int
    ours: str

    @property
    def days(self) -> int:
        """The days compared."""
        return (self.last - self.first).days + 1


def parts(name: str) -> tuple[str, ...]:
    """The words of a name, folded; hyphens and capitals within a word part it."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[.,\-`']", " ", name)
    return tuple(re.split(r"[^a-z]+", fold(spaced).strip()))


def compared(table: Table, path: Path) -> list[Spell]:
    """Every spell of Archigos that falls within the days compared."""
    rows = pq.read_table(path, columns=["gwcode", "leader", "startdate", "enddate"]).to_pylist()
    given = Counter(parts(who.name)[0] for who in table.all_people() if " " in who.name)
    common = frozenset(word for word, count in given.items() if count >= COMMON_NAME) | _PARTICLES
    holders: dict[int, list[tuple[str, dt.date, dt.date]]] = defaultdict(list)
    for state in table.all_states():
        for code, when in state.gw:
            holders[code].append((state.id, when.start or dt.date.min, when.end or dt.date.max))
    found = []
    for row in rows:
        begins, ends = dt.date.fromisoformat(row["startdate"]), dt.date.fromisoformat(row["enddate"])
        for state_id, start, end in holders[row["gwcode"]]:
            since = dt.date(1840, 1, 1) if state_id in MAJOR_POWERS else SINCE
            first, last = max(begins, start, since), min(ends, end)
            if first <= last:
                found.append(_held(table, state_id, row["leader"], first, last, common))
    return found


def _held(
    table: Table, state: str, leader: str, first: dt.date, last: dt.date, common: frozenset[str]
) -> Spell:
    missed = {*range(first.toordinal(), last.toordinal() + 1)}
    others: dict[str, int] = {}
    meant = {who.id for who in bearers(leader, table.people(state), common)}
    for who, days in _ruling(table, state, first, last):
        if who.id in meant:
            missed -= days
        else:
            others[who.id] = len(days)
    instead = ", ".join(sorted(others, key=others.__getitem__, reverse=True)) if missed else ""
    return Spell(state, leader, first, last, len(missed), instead)


def _ruling(table: Table, state: str, first: dt.date, last: dt.date) -> Iterator[tuple[Person, set[int]]]:
    """Who rules on some of the days, with those days as ordinals."""
    for who in table.people(state):
        days: set[int] = set()
        for when in who.rule:
            start, end = max(when.start or first, first), min(when.end or last, last)
            days |= {*range(start.toordinal(), end.toordinal() + 1)}
        if days:
            yield who, days


def bearers(leader: str, people: Iterable[Person], common: frozenset[str]) -> list[Person]:
    """Whom a name of the file may mean: those who share a part of it, else those whose spelling is close."""
    words = parts(leader)
    initials = {word for word in words if len(word) == 1}
    told = [word for word in words if len(word) > 1]
    told = [word for word in told if word not in common] or told
    same, close = [], []
    for who in people:
        names = [parts(name.text) for _, name in who.own_names]
        full = [name for name in names if len(name) > 1]
        if initials and full and all(initials.isdisjoint(word[:1] for word in name) for name in full):
            continue
        held = {word for name in names for word in name if len(word) > 1}
        if not held.isdisjoint(told):
            same.append(who)
        elif any(_close(one, other) for one in told for other in held):
            close.append(who)
    return same or close


def _close(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= 5 and OSA.normalized_similarity(one, other) >= SPELLINGS_ALIKE


def figures(spells: list[Spell]) -> dict[str, dict[str, float]]:
    """Leader-days compared and agreed: all, since 1946, and major powers before."""
    found = {}
    for name, keep in (
        ("all", lambda s: True),
        ("states since 1946", lambda s: s.last >= SINCE),
        ("major powers 1840-1945", lambda s: s.last < SINCE),
    ):
        chosen = [s for s in spells if keep(s)]
        days, missed = sum(s.days for s in chosen), sum(s.missed for s in chosen)
        found[name] = {
            "days": days,
            "agreed": days - missed,
            "share": (days - missed) / days if days else 1.0,
        }
    return found


def by_state(spells: list[Spell]) -> list[tuple[str, int, int]]:
    """States with their days and the days missed, most missed first."""
    days, missed = Counter[str](), Counter[str]()
    for spell in spells:
        days[spell.state] += spell.days
        missed[spell.state] += spell.missed
    return [(state, days[state], count) for state, count in missed.most_common() if count]
