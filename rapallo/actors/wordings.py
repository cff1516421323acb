"""Phrases that hold a name or a role somewhere in them, told with less confidence.

"two Chinese warplanes", "people in the UK", "Ukrainian agricultural workers", "a former CIA official", and
roles of nobody named: "soldiers", "the defence minister".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from rapallo.actors.folding import fold, plain
from rapallo.actors.holding import holders
from rapallo.actors.phrases import PUBLIC, without_possessives
from rapallo.actors.roles import Role, roles
from rapallo.actors.sectors import OUT_OF_OFFICE, role_within
from rapallo.actors.settling import answer, settle
from rapallo.model import Candidate, Resolution

if TYPE_CHECKING:
    from rapallo.actors.naming import Entry
    from rapallo.actors.tables import Table

__all__ = ["by_wording"]

LOOSER = 0.7
_PREPOSITIONS = frozenset(
    "in across from of at to near inside outside within for throughout around against on".split()  # noqa: SIM905
)
_LONGEST_NAME = 6
_STATE = frozenset(["state", "nationals", "capital", "place"])


class _Wording(NamedTuple):
    """A phrase under way: its words as said and folded, and how parts of it are asked for."""

    table: Table
    said: tuple[str, ...]
    keys: tuple[str, ...]
    asked: str
    on: dt.date
    near: Sequence[str]
    ask: Callable[[str], Resolution]

    def part(self, start: int, end: int | None = None) -> _Wording:
        return self._replace(said=self.said[start:end], keys=self.keys[start:end])

    @property
    def text(self) -> str:
        return " ".join(self.said)

    @property
    def role(self) -> Role | None:
        return role_within(self.keys)


def by_wording(
    table: Table, text: str, *, on: dt.date, near: Sequence[str], ask: Callable[[str], Resolution]
) -> Resolution | None:
    """Resolve a phrase by the name or the role in it; None where it holds neither.

    Args:
        table: the actors.
        text: the phrase, trimmed, in which nothing was found as it stands.
        on: the day.
        near: ids already in the context.
        ask: resolves a part of it.
    """
    spoken = without_possessives(plain(text)).replace(" - ", " ").replace("-", " ")
    pairs = [(word, key) for word in spoken.split() if (key := fold(word) or word.casefold()) != "the"]
    wording = _Wording(
        table, tuple(word for word, _ in pairs), tuple(key for _, key in pairs), text, on, near, ask
    )
    if " ".join(wording.keys) in roles().pronouns:
        return Resolution(text, (), f"{text!r} is a pronoun: it means somebody told of before", "UNK")
    counted = _without_counts(wording)
    if not counted.keys:
        return None
    found = (
        _counted(wording, counted)
        or _at_a_preposition(counted)
        or _around_a_name(counted)
        or _of_nobody(counted)
    )
    return found and Resolution(text, found.candidates, found.why, found.sector)


def _without_counts(wording: _Wording) -> _Wording:
    """The phrase without what counts at its beginning: "two", "dozens of", "members of"."""
    skipped = 0
    while skipped < len(wording.keys) and (
        wording.keys[skipped] in roles().counts
        or wording.keys[skipped] in roles().of_no_office
        or wording.keys[skipped].isdecimal()
    ):
        skipped += 1
    return wording.part(skipped) if skipped else wording


def _counted(wording: _Wording, counted: _Wording) -> Resolution | None:
    """What is counted, asked for as it stands; a people told of as "ordinary" is of civilians."""
    if counted is wording or counted.text == wording.asked:
        return None
    found = counted.ask(counted.text)
    if roles().of_no_office.isdisjoint(wording.keys[: len(wording.keys) - len(counted.keys)]):
        return found
    told = (
        replace(c, sector="CVL") if (c.role, c.sector) == ("nationals", "") else c for c in found.candidates
    )
    return answer(wording.asked, told, wording.near) if found.candidates else found


def _at_a_preposition(wording: _Wording) -> Resolution | None:
    """A role and where or whose it is: "trade unions in Denmark", "18th Prime Minister of Estonia"."""
    at = next((n for n, key in enumerate(wording.keys) if n and key in _PREPOSITIONS), None)
    if at is None or at + 1 == len(wording.keys):
        return None
    head, tail = wording.part(0, at), wording.part(at + 1)
    own = head.ask(head.text)
    if own.candidates and not _offered(own):
        return own
    role = head.role
    whole = tail.ask(tail.text)
    if not whole.candidates or _offered(whole):
        sector = _past(wording, role.sector) if role else ""
        if role and role.kind in {"rulers", "office"} and whole.sector:
            sector = whole.sector
        return Resolution(wording.asked, (), _nobody(wording, sector), sector) if sector else None
    made: dict[str, Candidate] = {}
    for bearer in whole.candidates:
        for found in _told(wording, bearer, role, head.text):
            made.setdefault(found.actor, found)
    return answer(wording.asked, made.values(), wording.near)


def _told(wording: _Wording, bearer: Candidate, role: Role | None, word: str) -> list[Candidate]:
    """The bearer in the role; an institution keeps its own sector ("a CIA official")."""
    sure = round(bearer.confidence * LOOSER, 3)
    why = f"{word!r} of {bearer.actor} ({bearer.why})"
    if role is None:
        as_role = "place" if bearer.role in _STATE and not bearer.sector else bearer.role
        return [replace(bearer, confidence=sure, why=why, role=as_role)]
    whose = replace(bearer, confidence=sure)
    if bearer.role == "place":
        as_role = (
            "nationals" if role.kind == "nationals" else "place" if role.kind == "country" else "government"
        )
        return [replace(whose, why=why, role=as_role, sector=_past(wording, role.sector))]
    told = holders(wording.table, whose, role, word, on=wording.on, past=_is_past(wording))
    return [replace(each, sector=_past(wording, each.sector)) for each in told]


def _around_a_name(wording: _Wording) -> Resolution | None:
    """A name somewhere in the phrase, and a role: "Minsk police station"; an institution needs none."""
    for size in range(min(_LONGEST_NAME, len(wording.keys)), 0, -1):
        for start in range(len(wording.keys) - size + 1):
            a_role = start > 0 and " ".join(wording.keys[start : start + size]) in roles().words
            entries = [] if a_role else _named(wording, start, start + size)
            if not entries:
                continue
            written = " ".join(wording.said[start : start + size])
            bearers = settle(
                wording.table, entries, asked=written, written=written, on=wording.on, near=wording.near
            ).candidates
            rest = wording.part(start + size)
            role = rest.role or wording.part(0, start).role
            if not bearers or (role is None and not all(b.sector and b.role != "capital" for b in bearers)):
                continue
            made: dict[str, Candidate] = {}
            for bearer in bearers:
                for found in _told(wording, bearer, role, rest.text or wording.text):
                    made.setdefault(found.actor, found)
            return answer(wording.asked, made.values(), wording.near)
    return None


def _named(wording: _Wording, start: int, end: int) -> list[Entry]:
    """The public names that a part of the phrase is, where it is written as one."""
    if not any(word[:1].isupper() for word in wording.said[start:end]):
        return []
    found = wording.table.names.find(" ".join(wording.keys[start:end]))
    return [entry for entry in found if entry.name.kind in PUBLIC or entry.name.kind == "place"]


def _of_nobody(wording: _Wording) -> Resolution | None:
    """A role of nobody named; of the one state in the context where there is one, if no enemy is told of."""
    role = wording.role or _title(wording)
    if role is None or not role.sector:
        return None
    an_enemy = (role.kind, role.sector) == ("government", "UNK")
    if len(wording.near) == 1 and wording.table.state(wording.near[0]) and not an_enemy:
        state = wording.near[0]
        whose = Candidate(state, state, LOOSER, "in the context")
        told = holders(wording.table, whose, role, wording.text, on=wording.on, past=_is_past(wording))
        return answer(wording.asked, told, wording.near)
    sector = _past(wording, role.sector)
    return Resolution(wording.asked, (), _nobody(wording, sector), sector)


def _title(wording: _Wording) -> Role | None:
    """The title before a name that is not in the files, as a role."""
    sector = roles().titles.get(wording.keys[0], "")
    named = len(wording.said) > 1 and all(word[:1].isupper() for word in wording.said)
    return Role("title", sector=sector) if sector and named else None


def _nobody(wording: _Wording, sector: str) -> str:
    return f"{wording.asked!r} is a role ({sector}) of nobody named; whose it is would settle it"


def _is_past(wording: _Wording) -> bool:
    return not roles().out_of_office.isdisjoint(wording.keys)


def _past(wording: _Wording, sector: str) -> str:
    """The sector, or that of people out of office where the phrase says so of who held one."""
    held = sector.partition(" ")[0] in {"GOV", "SPY", "MIL", "LEG", "JUD"}
    return OUT_OF_OFFICE if held and _is_past(wording) else sector


def _offered(found: Resolution) -> bool:
    """Whether the candidates are only corrections of a letter."""
    return bool(found.why) and all(c.why.startswith("one letter from") for c in found.candidates)
