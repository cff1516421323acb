"""Acts told so far, and which of them "the raid", "the sanctions" or an act with a gap goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of_word
from rapallo.reading.lexicon import table
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from rapallo.reading.drafts import Draft

__all__ = ["Episodes", "Told", "types_of_deed"]

_MEMORY = 14
"""Sentences after which an act is no longer gone on with."""
_REACH = (0, 6, _MEMORY, 10_000)
"""The same for a noun that takes it up, by how well the noun fits."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act as it was told.

    Attributes:
        sentence: in which sentence, counted from the first.
        draft: the claim in the making.
        nouns: lemmas of the nouns of its clause.
    """

    sentence: int
    draft: Draft
    nouns: frozenset[str]

    @property
    def event(self) -> str:
        """Its event type."""
        return self.draft.event or ""

    @property
    def doers(self) -> Parties:
        """Who did it; of an act of several upon each other all of them."""
        return self.draft.actors

    @property
    def parties(self) -> Parties:
        """Everyone who had a part in it."""
        return merge((self.draft.actors, self.draft.targets))


@cache
def _types() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for event, nouns in table("deeds")["deeds"].items():
        for noun in nouns:
            found.setdefault(noun, []).append(event)
    return {noun: tuple(events) for noun, events in found.items()}


def types_of_deed(noun: str) -> tuple[str, ...]:
    """The event types of the acts that a noun may take up.

    Examples:
        >>> types_of_deed("expulsion"), types_of_deed("river")
        (('SANCTION',), ())
    """
    return _types().get(noun, ())


def _likeness(noun: str, told: Told) -> int:
    """How well a noun takes up an act: 3 by its own word, 2 by one of its class, 1 by type, 0 not at all."""
    if noun in told.nouns:
        return 3
    if any(classes_of_word(noun) & classes_of_word(other) for other in told.nouns):
        return 2
    return 0 if told.event == "AGREE" and len(told.doers.codes) < 2 else 1


@dataclass(slots=True)
class Episodes:
    """The acts of a document in the order in which they were told."""

    acts: list[Told] = field(default_factory=list)

    def tell(self, draft: Draft, sentence: int) -> None:
        """Note an act that happened or is said to have happened."""
        if draft.kind in ("event", "tie") and draft.event and draft.polarity == "positive":
            nouns = frozenset(t.lemma_.lower() for t in draft.token.subtree if t.pos_ == "NOUN")
            self.acts.append(Told(sentence, draft, nouns))

    def meant_by(self, noun: str, now: int) -> Told | None:
        """The last act that a noun can take up, None where none was told of its type.

        Args:
            noun: its lemma.
            now: the number of the present sentence.
        """
        types = types_of_deed(noun)
        fitting = [
            told
            for told in reversed(self.acts)
            if told.event in types and told.doers and now - told.sentence <= _REACH[_likeness(noun, told)]
        ]
        best = max(fitting, key=lambda told: _likeness(noun, told), default=None)
        return best if best is not None and _likeness(noun, best) else None

    def last(
        self, now: int, events: Iterable[str], *, doer: tuple[str, ...] = (), within: int = _MEMORY
    ) -> Told | None:
        """The last act of some types, of a doer where one is given.

        Args:
            now: the number of the present sentence.
            events: event types.
            doer: codes one of which must have done it.
            within: how many sentences back it may lie.
        """
        wanted = frozenset(events)
        for told in self._recent(now):
            if now - told.sentence > within:
                break
            if told.event in wanted and (not doer or set(doer) & set(told.doers.codes)):
                return told
        return None

    def roles(self, now: int, within: int = 3) -> frozenset[str]:
        """The roles of those who did the acts of the last few sentences."""
        return frozenset(told.doers.role for told in self._recent(now) if now - told.sentence <= within)

    def counterpart(self, codes: tuple[str, ...], now: int, events: Iterable[str], within: int) -> Parties:
        """The other side of the last act of some types in which the given had a part."""
        wanted = frozenset(events)
        for told in self._recent(now):
            if now - told.sentence > within:
                break
            parties = told.parties
            if told.event not in wanted or len(parties.codes) != 2 or not set(codes) & set(parties.codes):
                continue
            other = tuple(c for c in parties.codes if c not in codes)
            if len(other) == 1:
                return Parties(other, other, 0.6)
        return NOBODY

    def _recent(self, now: int) -> Iterable[Told]:
        for told in reversed(self.acts):
            if now - told.sentence > _MEMORY:
                return
            yield told
