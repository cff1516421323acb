"""Who is meant by a name on a day: the name itself, a role, a title and a name, and near misses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.actors.folding import fold, plain, without_possessive
from rapallo.actors.phrases import by_parts
from rapallo.actors.roles import roles
from rapallo.actors.settling import settle
from rapallo.actors.wordings import by_wording
from rapallo.model import Candidate, Resolution

if TYPE_CHECKING:
    from rapallo.actors.tables import Table

__all__ = ["resolve_in"]

_TWO_NAMES = re.compile(r"^(?P<first>[^,]+?)(?:, | of )(?:the )?(?P<second>[^,]+)$")
_INITIAL = re.compile(r"(?<=[a-z] )[A-Z]\. (?=[A-Z])")
OTHER_SPELLING = 0.9
_EDGES = " \t\n\"'“”„«»()[]{}.,;:!?"


def resolve_in(table: Table, name: str, on: dt.date, near: Sequence[str]) -> Resolution:
    """Resolve a name in a table, see :func:`rapallo.actors.resolve`."""
    tried = set[str]()
    for spelling in _spellings(name):
        key = fold(spelling)
        entries = table.names.find(key) if key not in tried else ()
        tried.add(key)
        if entries:
            found = settle(table, entries, asked=name, written=spelling, on=on, near=near)
            if found.candidates:
                return found
    for key in _respelt(fold(plain(name).strip(_EDGES))):
        if entries := table.names.find(key):
            found = settle(table, entries, asked=name, written=name, on=on, near=near)
            as_spelt = (_in_another_spelling(c, entries[0].name.text) for c in found.candidates)
            return Resolution(name, tuple(as_spelt), found.why, found.sector)
    trimmed = plain(name).strip(_EDGES)
    if not fold(trimmed):
        return Resolution(name, (), "the name is empty")
    brief = _INITIAL.sub("", trimmed)

    def ask(part: str) -> Resolution:
        return resolve_in(table, part, on, near)

    parted = by_parts(table, brief, on=on, near=near) or _in_apposition(table, trimmed, on)
    parted = parted or by_wording(table, brief, on=on, near=near, ask=ask)
    if parted is not None:
        return Resolution(name, parted.candidates, parted.why, parted.sector)
    outer = _without_middle_names(trimmed)
    if outer and (found := ask(outer)).best is not None and "/" in found.best.actor:
        best = found.best
        sure, why = round(best.confidence * OTHER_SPELLING, 3), f"{best.why}, with names between"
        return Resolution(name, (replace(best, confidence=sure, why=why),), "", found.sector)
    offered = _one_letter_off(table, trimmed, on)
    if offered:
        listed = ", ".join(dict.fromkeys(c.actor for c in offered))
        return Resolution(name, offered, f"nobody is called {trimmed!r}; one letter away: {listed}")
    return Resolution(name, (), f"nobody is called {trimmed!r} in the actor files")


def _spellings(name: str) -> Iterator[str]:
    """The name without a possessive, as it is written, without quotes and stops, without middle initials.

    A possessive goes first, or "America's" would be the Americas and "Hama's" Hamas.
    """
    text = plain(name).lstrip(_EDGES)
    trimmed = text.rstrip(_EDGES)
    yield without_possessive(text)
    yield without_possessive(trimmed)
    yield text
    yield trimmed
    yield _INITIAL.sub("", trimmed)


def _without_middle_names(name: str) -> str:
    """The first and last of three or four names: "Sergey Lavrov" of "Sergey Viktorovich Lavrov"."""
    words = name.split()
    fit = 3 <= len(words) <= 4 and all(word[0].isupper() and word.isalpha() for word in words)
    return f"{words[0]} {words[-1]}" if fit else ""


def _respelt(key: str) -> Iterator[str]:
    """A name of several words with one of them in another spelling: "mohammed" for "mohamed"."""
    words = key.split()
    for at, word in enumerate(words) if len(words) > 1 else ():
        for other in roles().spellings.get(word, ()):
            if other != word:
                yield " ".join((*words[:at], other, *words[at + 1 :]))


def _in_another_spelling(found: Candidate, spelt: str) -> Candidate:
    sure = round(found.confidence * OTHER_SPELLING, 3)
    return replace(found, confidence=sure, why=f"another spelling of {spelt!r}: {found.why}")


def _in_apposition(table: Table, text: str, on: dt.date) -> Resolution | None:
    """Two names of one: "the president of Ukraine, Volodymyr Zelensky", "President Zelensky of Ukraine"."""
    match = _TWO_NAMES.match(text)
    if match is None or fold(match["first"]) in roles().words:
        return None
    whole = resolve_in(table, match["second"], on, ())
    part = resolve_in(table, match["first"], on, tuple(c.code for c in whole.candidates))
    if part.best is None or whole.best is None or part.best.code != whole.best.code:
        return None
    told = part.best.actor != part.best.code or (part.best.sector and part.best.role != "capital")
    return part if told else whole


def _one_letter_off(table: Table, text: str, on: dt.date) -> tuple[Candidate, ...]:
    """Whom a name one letter away would mean, with half the confidence."""
    best: dict[str, Candidate] = {}
    for entries in table.names.one_letter_off(fold(without_possessive(text))):
        spelt = entries[0].name.text
        for found in settle(table, entries, asked=text, written=text, on=on).candidates:
            why = f"one letter from {spelt!r}: {found.why}"
            offer = replace(found, confidence=round(found.confidence * 0.5, 3), why=why)
            if found.actor not in best or best[found.actor].confidence < offer.confidence:
                best[found.actor] = offer
    return tuple(sorted(best.values(), key=lambda c: (-c.confidence, c.actor)))
