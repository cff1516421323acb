"""Names of actors in a parsed paragraph: longest match over the gazetteer, resolved on the document's day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.errors import UnknownActorError
from rapallo.model import Candidate, Name
from rapallo.reading.classes import head_kind
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.who import Parties

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["Mention", "find_mentions"]

_LONGEST = 9
_CLEAR_LEAD = 0.45
_KIND = {"organisation": "organisation", "bloc": "bloc", "group": "group", "nationals": "nationals"}
_TITLES = ("mr", "mrs", "ms", "dr", "sir", "lady")
_ORGAN_OF = {"UNSC": "UN", "UNGA": "UN"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text and whom it means.

    Attributes:
        start: index of its first token in the paragraph.
        end: index behind its last.
        code: what a claim codes it to.
        name: the words, or the full name of a leader.
        role: ``state, nationals, leader, capital, government, organisation, group, bloc`` or ``place``.
        confidence: 0 to 1.
    """

    start: int
    end: int
    code: str
    name: str
    role: str
    confidence: float

    def parties(self) -> Parties:
        """The mention as the parties of a claim."""
        return Parties(
            (self.code,), (self.name,), self.confidence, self.role == "leader", role=_KIND.get(self.role, "")
        )


def _gazetteer() -> tuple[Mapping[str, tuple[Name, ...]], frozenset[str]]:
    return _gazetteer_of(actors.table())


_NO_END = frozenset((",", ";", ":", ")", "(", "”", '"', "-", "–", "'s", "’s"))


@lru_cache(maxsize=2)
def _gazetteer_of(who: actors.Table) -> tuple[Mapping[str, tuple[Name, ...]], frozenset[str]]:
    keys: dict[str, tuple[Name, ...]] = {}
    for text, bearers in who.names.gazetteer.items():
        key = actors.fold(text)
        keys[key] = (*keys.get(key, ()), *(name for _, name in bearers))
    for text in table("places")["places"]:
        keys.setdefault(actors.fold(text), ())
    for text in table("not_actors")["names"]:
        keys[actors.fold(text)] = ()
    return keys, frozenset(key.split()[0] for key in keys if key)


@cache
def _blocked() -> frozenset[str]:
    return frozenset(actors.fold(text) for text in table("not_actors")["names"])


@cache
def _places() -> Mapping[str, str]:
    return {actors.fold(text): code for text, code in table("places")["places"].items()}


def find_mentions(doc: Doc, on: dt.date, near: Sequence[str] = ()) -> tuple[Mention, ...]:
    """The actors named in a paragraph, in order, none inside another.

    What is ambiguous on the day, in the context, is left out.

    Args:
        doc: the parsed paragraph.
        on: the day of the document.
        near: codes already met in it.
    """
    keys, first_words = _gazetteer()
    found: list[Mention] = []
    context = list(dict.fromkeys(near))
    words = [token.text for token in doc]
    at = 0
    while at < len(words):
        begin = at
        at += 1
        word = actors.fold(words[begin])
        if not word or word.split()[0] not in first_words or words[begin].lower() == "the":
            continue
        for end in range(min(len(words), begin + _LONGEST), begin, -1):
            if words[end - 1] in _NO_END or words[end - 1].isspace():
                continue
            span = doc[begin:end]
            key = actors.fold(span.text)
            if key not in keys or not _well_cased(span, keys[key]):
                continue
            at = end
            mention = None if key in _blocked() or _inside_person(span) else _mention(span, key, on, context)
            if mention is not None:
                found.append(mention)
                context.append(mention.code)
            break
    return tuple(found)


def _well_cased(span: Span, names: tuple[Name, ...]) -> bool:
    """Whether the words are written as a name; all-capital short names only match capitals."""
    bare = span.text.replace(".", "")
    if len(span) == 1 and not bare[:1].isupper():
        return False
    if not any(token.text[:1].isupper() for token in span):
        return False
    short = [name for name in names if name.text.replace(".", "").isupper() and len(name.text) <= 6]
    return bare.isupper() or len(short) < len(names) or not names


def _inside_person(span: Span) -> bool:
    """Whether the name is the last name of somebody ("Michael Jordan")."""
    if len(span) > 1 or span.start == 0:
        return False
    first, last = span.doc[span.start - 1], span[0]
    goes_on = span.end < len(span.doc) and span.doc[span.end].ent_iob_ == "I"
    if (first.ent_iob_, first.ent_type_, last.ent_iob_) != ("B", "PERSON", "I") or goes_on:
        return False
    return (
        first.pos_ == "PROPN"
        and actors.fold(first.text) not in _gazetteer()[0]
        and first.dep_ == "compound"
        and (head_kind(first) is None)
    )


def _mention(span: Span, key: str, on: dt.date, near: Sequence[str]) -> Mention | None:
    if key in _places():
        return Mention(span.start, span.end, _places()[key], span.text, "place", 0.7)
    best = _best(actors.resolve(span.text, on=on, near=near).candidates)
    if best is None:
        return None
    body = actors.table().body(best.actor)
    if body is not None and body.fuzzy:
        after = span.doc[span.end].lemma_.lower() if span.end < len(span.doc) else ""
        if best.actor == "EUROPE" and after in word_list("of_the_union"):
            return Mention(span.start, span.end, "EU", span.text, "organisation", best.confidence)
        return None  # "Western leaders": no party that a claim could be coded to
    name = span.text
    if (
        best.role == "leader"
        and len(span) == 1
        and (span.root.ent_type_ == "DATE" or span.root.pos_ in ("VERB", "AUX") or _month(span))
    ):
        return None  # "in May"
    if best.role == "leader":
        try:
            name = actors.actor(best.actor).name
        except UnknownActorError:
            name = span.text
        if _namesake(span, name):
            return None
    return Mention(
        span.start, span.end, _ORGAN_OF.get(best.code, best.code), name, best.role, best.confidence
    )


def _month(span: Span) -> bool:
    """Whether a name is that of a month ("in May", "3 May", "May 2024")."""
    if span.text != "May":
        return False
    doc = span.doc
    before = doc[span.start - 1].lower_ if span.start else ""
    after = doc[span.end].text if span.end < len(doc) else ""
    counted = before.isdigit() or after.isdigit()
    return counted or before in ("in", "since", "until", "late", "early", "mid", "last", "next", "of")


def _namesake(span: Span, name: str) -> bool:
    """Whether another first name stands before the surname ("Diego Garcia")."""
    if len(span) > 1 or span.start == 0:
        return False
    first = span.doc[span.start - 1]
    titled = head_kind(first) is not None or first.lower_.rstrip(".") in _TITLES
    known = actors.fold(first.text) in actors.fold(name).split() or actors.fold(first.text) in _gazetteer()[0]
    joined = first.dep_ in ("compound", "flat") and first.head.i == span.start
    return joined and first.pos_ == "PROPN" and first.text[:1].isupper() and not titled and not known


def _best(candidates: tuple[Candidate, ...]) -> Candidate | None:
    """The candidate that stands clear of the others, those of one code taken together."""
    if not candidates:
        return None
    first = candidates[0]
    rival = next((c for c in candidates if c.code != first.code), None)
    if rival is not None and first.confidence - rival.confidence < _CLEAR_LEAD:
        return None
    return first if first.confidence >= 0.3 else None
