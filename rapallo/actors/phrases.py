"""Names made of parts: demonym and role ("the North Korean leader"), title and name ("Mr Kim")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rapallo.actors.folding import fold, plain
from rapallo.actors.holding import holders
from rapallo.actors.person import is_office
from rapallo.actors.roles import Role, roles
from rapallo.actors.sectors import OUT_OF_OFFICE
from rapallo.actors.settling import answer, settle
from rapallo.model import Candidate, Resolution

if TYPE_CHECKING:
    from rapallo.actors.naming import Entry
    from rapallo.actors.tables import Table

__all__ = ["PUBLIC", "by_parts", "without_possessives"]

_INNER_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?=\s|$)", re.IGNORECASE)
_OF = re.compile(r"^(?:the )?(?P<role>.+?) of (?:the )?(?P<whom>.+)$", re.IGNORECASE)
PUBLIC = frozenset({"short", "official", "former", "acronym", "demonym", "capital", "seat", "epithet"})


class _Phrase(NamedTuple):
    """A phrase under way: its words folded and as said, and what it is asked for."""

    table: Table
    keys: list[str]
    said: list[str]
    asked: str
    on: dt.date
    near: Sequence[str]

    def first(self, count: int) -> _Phrase:
        return self._replace(keys=self.keys[:count], said=self.said[:count])

    def filed(self, start: int) -> tuple[Entry, ...]:
        return self.table.names.find(" ".join(self.keys[start:]))


class _Head(NamedTuple):
    """Whose role it is: the bearers of a name, what stands before it, and whether they bear it then."""

    bearers: tuple[Candidate, ...]
    before: tuple[str, ...]
    current: bool


def by_parts(table: Table, text: str, *, on: dt.date, near: Sequence[str]) -> Resolution | None:
    """Resolve a phrase of several parts; None where it is not one.

    Args:
        table: the actors.
        text: the phrase, trimmed.
        on: the day.
        near: ids already in the context.
    """
    spoken = without_possessives(plain(text))
    turned = _OF.match(spoken)
    if turned and fold(turned["role"]) in roles().words:
        spoken = f"{turned['whom']} {turned['role']}"
    said = [word for word in spoken.replace("-", " ").replace("&", " and ").split() if fold(word)]
    if said and said[0].lower() in {"the", "a", "an"}:
        said = said[1:]
    keys = [fold(word) for word in said]
    if len(keys) < 2:
        return None
    phrase = _Phrase(table, keys, said, text, on, near)
    return _role_at_end(phrase) or _person_at_end(phrase) or _stranger_at_end(phrase)


def without_possessives(text: str) -> str:
    """The plain text without any ``'s``.

    Examples:
        >>> without_possessives("Poland's interior minister")
        'Poland interior minister'
    """
    return _INNER_POSSESSIVE.sub("", text)


def _head(phrase: _Phrase) -> _Head | None:
    """The longest name of a state or body that closes the phrase, with nothing but adjectives before it."""
    for start in range(len(phrase.keys)):
        public = [entry for entry in phrase.filed(start) if entry.name.kind in PUBLIC]
        if not public:
            continue
        if not _are_adjectives(phrase.said[:start]):
            return None
        written = " ".join(phrase.said[start:])
        found = settle(
            phrase.table, public, asked=written, written=written, on=phrase.on, near=phrase.near
        ).candidates
        current = any(entry.name.when.contains(phrase.on) for entry in public)
        return _Head(found, tuple(phrase.keys[:start]), current) if found else None
    return None


def _are_adjectives(said: Sequence[str]) -> bool:
    """Whether words may be adjectives ("reclusive") rather than a name of their own."""
    return all(word.isalpha() for word in said) and all(word.islower() for word in said[1:])


def _role_at_end(phrase: _Phrase) -> Resolution | None:
    """A state or body and a role: "the reclusive North Korean leader", "Polish government"."""
    ending = roles().at_end(phrase.keys)
    if not ending or ending[0] == len(phrase.keys):
        return None
    size, role = ending
    head = _head(_without_adjectives(phrase.first(len(phrase.keys) - size)))
    if head is None:
        return None
    word = " ".join(phrase.keys[-size:])
    past = None if not head.current else not roles().not_now.isdisjoint(head.before)
    best: dict[str, Candidate] = {}
    for bearer in head.bearers:
        for found in holders(phrase.table, bearer, role, word, on=phrase.on, past=past):
            if found.actor not in best or best[found.actor].confidence < found.confidence:
                best[found.actor] = found
    return answer(phrase.asked, best.values(), phrase.near) if best else None


def _without_adjectives(phrase: _Phrase) -> _Phrase:
    """The phrase without the adjectives that close it."""
    for size in (2, 1):
        while len(phrase.keys) > size and " ".join(phrase.keys[-size:]) in roles().adjectives:
            phrase = phrase.first(len(phrase.keys) - size)
    return phrase


def _person_at_end(phrase: _Phrase) -> Resolution | None:
    """A title, a role or a state, and a person: "Mr Kim", "Russian president Vladimir Putin"."""
    for start in range(1, len(phrase.keys)):
        persons = [entry for entry in phrase.filed(start) if entry.name.kind == "person"]
        if not persons:
            continue
        rest, office = phrase.first(start), None
        while (title := _title_at_end(rest.keys))[0]:
            rest = rest.first(len(rest.keys) - title[0])
            office = office or title[1]
        head = _head(rest) if rest.keys else None
        if head is None and (len(rest.keys) == start or not _are_adjectives(rest.said)):
            return None
        if head is not None:
            codes = {bearer.code for bearer in head.bearers}
            persons = [entry for entry in persons if entry.code in codes]
        if not persons:
            return None
        persons = _of_office(phrase.table, persons, office, phrase.on)
        written = " ".join(phrase.said[start:])
        return settle(
            phrase.table, persons, asked=phrase.asked, written=written, on=phrase.on, near=phrase.near
        )
    return None


def _title_at_end(keys: list[str]) -> tuple[int, Role | None]:
    """How many words the title or role at the end takes, and the role; 0 where there is none."""
    ending = roles().at_end(keys)
    for size in range(min(roles().longest, len(keys)), 0, -1):
        if ending and ending[0] == size:
            return ending
        if " ".join(keys[-size:]) in roles().titles:
            return size, None
    return 0, None


def _of_office(table: Table, persons: list[Entry], role: Role | None, on: dt.date) -> list[Entry]:
    """Those who hold the office that day, else those who ever held it, else all."""
    if role is None or role.kind != "office":
        return persons
    known = [(entry, who) for entry in persons if (who := table.person(entry.actor))]
    now = [entry for entry, who in known if any(is_office(o, role.office) for o in who.offices(on))]
    ever = [entry for entry, who in known if any(is_office(o, role.office) for o in who.offices())]
    return now or ever or persons


def _stranger_at_end(phrase: _Phrase) -> Resolution | None:
    """A state, a role and a name that is not in the files: "Chinese vice president Han Zheng"."""
    for end in range(len(phrase.keys) - 1, 1, -1):
        ending = roles().at_end(phrase.keys[:end])
        stranger = phrase.said[end:]
        if not ending or ending[0] == end or not all(word[0].isupper() for word in stranger):
            continue
        size, role = ending
        head = _head(phrase.first(end - size))
        if head is None or role.kind in {"country", "nationals"}:
            continue
        sector = OUT_OF_OFFICE if not roles().out_of_office.isdisjoint(phrase.keys[:end]) else role.sector
        why = f"{' '.join(phrase.keys[end - size : end])}; {' '.join(stranger)!r} is not in the actor files"
        found = [
            replace(
                b,
                confidence=round(b.confidence * 0.8, 3),
                why=f"{b.code} {why}",
                role=_acting(phrase, b),
                sector=sector,
            )
            for b in head.bearers
        ]
        return answer(phrase.asked, found, phrase.near)
    return None


def _acting(phrase: _Phrase, bearer: Candidate) -> str:
    return bearer.role if phrase.table.body(bearer.actor) else "government"
