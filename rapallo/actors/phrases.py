"""Names made of parts: demonym and role ("the North Korean leader"), title and name ("Mr Kim")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.actors.folding import fold, plain
from rapallo.actors.roles import Role, roles
from rapallo.actors.settling import answer, in_context, settle, words
from rapallo.model import Candidate, Resolution

if TYPE_CHECKING:
    from rapallo.actors.records import Person
    from rapallo.actors.table import Entry, Table

__all__ = ["by_role"]

_INNER_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?=\s|$)", re.IGNORECASE)
_OF = re.compile(r"^(?P<role>.+?) of (?:the )?(?P<whom>.+)$", re.IGNORECASE)
_PUBLIC = frozenset({"short", "official", "former", "acronym", "demonym", "capital", "seat", "epithet"})


@dataclass(frozen=True, slots=True)
class _Head:
    """Whose role it is: the bearers of the demonym or name before the role, and the words before that."""

    bearers: tuple[Candidate, ...]
    said: str
    before: list[str]


def by_role(table: Table, text: str, *, on: dt.date, near: Sequence[str]) -> Resolution | None:
    """Resolve a phrase of several parts; None where it is not one.

    Args:
        table: the actors.
        text: the phrase, trimmed.
        on: the day.
        near: ids already in the context.
    """
    spoken = _INNER_POSSESSIVE.sub("", plain(text))
    turned = _OF.match(spoken)
    if turned and fold(turned["role"]) in roles().words:
        spoken = f"{turned['whom']} {turned['role']}"
    said = spoken.split()
    keys = [fold(word) or "-" for word in said]
    if len(keys) > 1 and keys[0] in {"the", "a", "an"}:
        said, keys = said[1:], keys[1:]
    keys = " ".join(keys).split()
    if len(keys) != len(" ".join(said).replace("-", " ").replace("&", " and ").split()):
        return None
    said = " ".join(said).replace("-", " ").replace("&", " and ").split()
    return (
        _role_at_end(table, keys, said, asked=text, on=on, near=near)
        or _name_at_end(table, keys, said, asked=text, on=on, near=near)
        or _named_by_office(table, keys, said, asked=text, on=on, near=near)
    )


def _head(table: Table, keys: list[str], said: list[str], on: dt.date, near: Sequence[str]) -> _Head | None:
    """The longest name of a state or body that closes the words."""
    for start in range(len(keys)):
        found = table.index.get(" ".join(keys[start:]))
        public = tuple(e for e in found or () if e.name.kind in _PUBLIC)
        if public:
            written = " ".join(said[start:])
            settled = settle(table, public, asked=written, written=written, on=on, near=near)
            if settled.candidates:
                return _Head(
                    settled.candidates, written, keys[:start] if _are_modifiers(said[:start]) else ["?"]
                )
    return None


def _are_modifiers(said: Sequence[str]) -> bool:
    """Whether words may be adjectives ("reclusive") rather than a name of their own."""
    return all(word.islower() for word in said[1:]) and (not said or said[0].isalpha())


def _role_at_end(
    table: Table, keys: list[str], said: list[str], *, asked: str, on: dt.date, near: Sequence[str]
) -> Resolution | None:
    ending = roles().at_end(keys)
    if not ending or ending[0] == len(keys):
        return None
    size, role = ending
    head = _head(table, keys[:-size], said[:-size], on, near)
    if head is None or "?" in head.before:
        return None
    past = any(word in roles().not_now for word in head.before)
    found = [
        c for bearer in head.bearers for c in _holders(table, bearer, role, " ".join(keys[-size:]), on, past)
    ]
    return answer(asked, _distinct(found), near) if found else None


def _distinct(found: list[Candidate]) -> list[Candidate]:
    best: dict[str, Candidate] = {}
    for each in found:
        if each.actor not in best or best[each.actor].confidence < each.confidence:
            best[each.actor] = each
    return list(best.values())


def _holders(
    table: Table,
    bearer: Candidate,
    role: Role,
    word: str,
    on: dt.date,
    past: bool,  # noqa: FBT001
) -> list[Candidate]:
    """Who holds a role of a state or body that day; of a body, the body."""
    if table.body(bearer.actor):
        return [
            Candidate(bearer.actor, bearer.code, bearer.confidence, f"{word} of {bearer.actor}", bearer.role)
        ]
    if role.kind == "country":
        return [Candidate(bearer.actor, bearer.code, bearer.confidence, bearer.why, "state")]
    if role.kind == "nationals":
        return [Candidate(bearer.actor, bearer.code, bearer.confidence, f"{word}: {bearer.why}", "nationals")]
    if role.kind in {"government", "military"}:
        return [_state_itself(bearer, word)]
    people = table.people(bearer.actor)
    if past:
        gone = [
            who
            for who in people
            if _fits(who, role) and not _serves(who, role, on) and _served(who, role, on)
        ]
        return [
            Candidate(who.id, who.state, round(bearer.confidence * 0.5, 3), _why(who, word, on), "nationals")
            for who in gone
        ]
    holding = [who for who in people if _serves(who, role, on)]
    if not holding:
        return [_state_itself(bearer, word, missing=True)]
    return [Candidate(who.id, who.state, bearer.confidence, _why(who, word, on), "leader") for who in holding]


def _state_itself(bearer: Candidate, word: str, *, missing: bool = False) -> Candidate:
    note = ", whose name is not in the actor files for that day" if missing else ""
    confidence = round(bearer.confidence * (0.8 if missing else 1.0), 3)
    return Candidate(bearer.actor, bearer.code, confidence, f"{word} of {bearer.code}{note}", "government")


def _fits(who: Person, role: Role) -> bool:
    return bool(who.rule) if role.kind == "rulers" else any(role.office in o for o in who.offices())


def _serves(who: Person, role: Role, on: dt.date) -> bool:
    """Whether the person rules, or holds the office, that day; deputies and ministers do not hold it."""
    if role.kind == "rulers":
        return who.rules(on)
    return any(_is_office(o, role.office) for o in who.offices(on))


def _is_office(held: str, asked: str) -> bool:
    """Whether an office held is the one asked for: "acting president" is a president, "vice president" not."""
    return held.endswith(asked) and "vice" not in held and "deputy" not in held


def _served(who: Person, role: Role, on: dt.date) -> bool:
    if role.kind == "rulers":
        return any(when.end and when.end < on for when in who.rule)
    return any(when.end and when.end < on and _is_office(office, role.office) for office, when in who.terms)


def _why(who: Person, word: str, on: dt.date) -> str:
    held = [when for office, when in who.terms if when.contains(on)] or [when for _, when in who.terms[-1:]]
    return f"{word} of {who.state}: {who.name} {words(held[0]) if held else ''}".strip()


def _name_at_end(
    table: Table, keys: list[str], said: list[str], *, asked: str, on: dt.date, near: Sequence[str]
) -> Resolution | None:
    """A title or a role, and a person: "Mr Kim", "Russian president Vladimir Putin"."""
    for start in range(1, len(keys)):
        persons = tuple(e for e in table.index.get(" ".join(keys[start:]), ()) if e.name.kind == "person")
        if not persons:
            continue
        lead, lead_said = keys[:start], said[:start]
        title = _title_at_end(lead)
        if title is None:
            return None
        size, role = title
        rest = lead[:-size]
        head = _head(table, rest, lead_said[:-size], on, near) if rest else None
        if rest and head is None and not _are_modifiers(lead_said[:-size]):
            return None
        if head is not None:
            codes = {bearer.code for bearer in head.bearers}
            persons = tuple(e for e in persons if e.code in codes)
        persons = _of_office(table, persons, role, on)
        if not persons:
            return None
        return settle(
            table, persons, asked=asked, written=" ".join(said[start:]), on=on,
            near=(*near, *(b.code for b in head.bearers)) if head else near,
        )  # fmt: skip
    return None


def _title_at_end(keys: list[str]) -> tuple[int, Role | None] | None:
    ending = roles().at_end(keys)
    for size in range(min(roles().longest, len(keys)), 0, -1):
        if ending and ending[0] == size:
            return ending
        if " ".join(keys[-size:]) in roles().titles:
            return size, None
    return None


def _of_office(table: Table, persons: tuple[Entry, ...], role: Role | None, on: dt.date) -> tuple[Entry, ...]:
    """Those who hold the office that day, those who ever held it, or, where nobody did, all."""
    if role is None or role.kind != "office":
        return persons
    known = [(e, who) for e in persons if (who := table.person(e.actor))]
    now = tuple(e for e, who in known if _serves(who, role, on))
    ever = tuple(e for e, who in known if any(_is_office(o, role.office) for o in who.offices()))
    return now or ever or persons


def _named_by_office(
    table: Table, keys: list[str], said: list[str], *, asked: str, on: dt.date, near: Sequence[str]
) -> Resolution | None:
    """A demonym, a role and a name nobody knows: "Chinese foreign minister Qin Gang"."""
    for end in range(len(keys) - 1, 1, -1):
        ending = roles().at_end(keys[:end])
        unknown = said[end:]
        if not ending or ending[0] == end or not all(word[0].isupper() for word in unknown):
            continue
        size, role = ending
        head = _head(table, keys[: end - size], said[: end - size], on, near)
        if head is None or "?" in head.before or role.kind in {"country", "nationals"}:
            continue
        word, name = " ".join(keys[end - size : end]), " ".join(unknown)
        why = f"{word}; {name!r} is not in the actor files"
        found = [
            Candidate(
                b.actor, b.code, round(b.confidence * 0.8, 3), why,
                b.role if table.body(b.actor) else "government",
            )
            for b in head.bearers
        ]  # fmt: skip
        return answer(asked, in_context(found, near) if len(found) > 1 else found)
    return None
