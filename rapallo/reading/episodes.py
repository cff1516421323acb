"""Acts told so far, and which of them "the raid", "the sanctions" or an act with a gap goes on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of_word
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from rapallo.reading.drafts import Draft

__all__ = ["Episodes", "Told", "types_of_deed"]

_FOREVER = 10_000
_REACH = (0, 6, 14, _FOREVER)
"""Sentences after which a noun no longer takes up an act, by how well it fits."""
_HOSTILE = frozenset(("SANCTION", "ACCUSE", "COERCE", "ASSAULT"))


@dataclass(frozen=True, slots=True)
class Told:
    """An act as it was told.

    Attributes:
        sentence: in which sentence, counted from the first.
        draft: the claim in the making.
        nouns: lemmas of the nouns of its clause, and of those that took it up since.
    """

    sentence: int
    draft: Draft
    nouns: set[str]

    @property
    def event(self) -> str:
        """Its event type."""
        return self.draft.event or ""

    @property
    def doers(self) -> Parties:
        """Who did it; of an act of several upon each other all of them."""
        return self.draft.actors

    @property
    def targets(self) -> Parties:
        """Whom it was done to."""
        return self.draft.targets

    @property
    def parties(self) -> Parties:
        """Everyone who had a part in it."""
        return merge((self.doers, self.targets))

    @property
    def happened(self) -> bool:
        """Whether it is told as done or meant, not denied."""
        return self.draft.polarity == "positive"

    @property
    def opposed(self) -> bool:
        """Whether it is an act, other than praise or talk, of one upon one other."""
        one = len(self.doers.codes) == len(self.targets.codes) == 1 and self.doers.codes != self.targets.codes
        return one and self.event not in ("SUPPORT", "CONSULT")


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
    """The acts of a document in the order in which they were told.

    Attributes:
        now: the number of the present sentence.
    """

    now: int = 0
    _acts: list[Told] = field(default_factory=list)

    def tell(self, draft: Draft) -> None:
        """Note an act of the present sentence, told to have happened or to be meant."""
        if draft.kind in ("event", "tie") and draft.event and draft.polarity != "nearly":
            nouns = {t.lemma_.lower() for t in draft.token.subtree if t.pos_ == "NOUN"}
            self._acts.append(Told(self.now, draft, nouns))

    def _back(self, within: int = _FOREVER) -> Iterator[Told]:
        """The acts of so many sentences, the last first."""
        for told in reversed(self._acts):
            if self.now - told.sentence > within:
                return
            yield told

    def last(self, events: Iterable[str], *, within: int = _FOREVER) -> Told | None:
        """The last act of some types that happened, within so many sentences."""
        wanted = frozenset(events)
        return next((told for told in self._back(within) if told.event in wanted and told.happened), None)

    def meant_by(self, noun: str) -> Told | None:
        """The act that a noun takes up ("the raid"), None where none was told that it fits.

        Args:
            noun: its lemma.
        """
        types = types_of_deed(noun)
        fitting = [
            told
            for told in self._back()
            if told.event in types
            and told.happened
            and told.doers
            and self.now - told.sentence <= _REACH[_likeness(noun, told)]
        ]
        best = max(fitting, key=lambda told: _likeness(noun, told), default=None)
        return best if best is not None and _likeness(noun, best) else None

    def take_up(self, noun: str) -> None:
        """Note that a noun took up an act, so that it does so again much later."""
        if (told := self.meant_by(noun)) is not None:
            told.nouns.add(noun)

    def deed(self) -> Parties:
        """Who did the act last told, answers in words left aside."""
        reacting = word_list("reacting")
        for told in self._back():
            if told.doers and told.event != "ACCUSE" and told.draft.token.lemma_.lower() not in reacting:
                return told.doers
        return NOBODY

    def foe(self, code: str) -> Parties:
        """Who last acted on a state alone, in whatever way."""
        return next((t.doers for t in self._back() if t.opposed and t.targets.codes == (code,)), NOBODY)

    def other(self, code: str) -> Parties:
        """The other side of the last act of one on one in which a state had a part."""
        for told in self._back():
            if told.opposed and code in told.parties.codes:
                return told.targets if told.doers.codes == (code,) else told.doers
        return NOBODY

    def feud(self) -> Parties:
        """The two last told to be at each other's throats."""
        for told in self._back():
            if told.opposed and told.event == "ASSAULT" and "organisation" not in (
                told.doers.role, told.targets.role
            ):  # fmt: skip
                return told.parties
        return NOBODY

    def quarrel(self) -> Parties:
        """The two with the most hostile acts of one on the other; the last told of as many."""
        counts: dict[frozenset[str], int] = {}
        for told in self._back():
            hostile = told.event in _HOSTILE or told.event in ("THREATEN", "REJECT")
            if hostile and told.opposed and not {told.doers.role, told.targets.role} & set(BODIES):
                pair = frozenset(told.parties.codes)
                counts[pair] = counts.get(pair, 0) + 1
        if not counts:
            return NOBODY
        most = max(counts, key=lambda pair: counts[pair])
        codes = tuple(sorted(most))
        return Parties(codes, codes, 0.65)

    def victim(self, code: str, events: Iterable[str]) -> Parties:
        """Whom a state last acted upon in one of some ways."""
        wanted = frozenset(events)
        for told in self._back():
            by_it = told.event in wanted and told.happened and code in told.doers.codes
            if by_it and told.targets and told.targets.codes != (code,):
                return told.targets
        return NOBODY

    def punished(self, within: int = 3) -> Told | None:
        """The last hostile act against one state, where it was told so few sentences ago."""
        for told in self._back(within):
            alone = len(told.targets.codes) == 1 and told.targets.role not in BODIES
            if told.event in _HOSTILE and told.happened and alone and told.doers.codes != told.targets.codes:
                return told
        return None

    def coup(self) -> Parties:
        """The state where power was last seized."""
        for told in self._back():
            codes = told.doers.codes
            if told.event == "COERCE" and told.happened and len(codes) == 1 and codes == told.targets.codes:
                return told.targets
        return NOBODY

    def counterpart(self, codes: tuple[str, ...], event: str, within: int) -> Parties:
        """The other of two who had a part in the last act of a type, one of them given."""
        for told in self._back(within):
            other = tuple(c for c in told.parties.codes if c not in codes)
            if told.event == event and len(other) == 1 and len(told.parties.codes) == 2:
                return Parties(other, other, 0.6)
        return NOBODY

    def between(self, event: str, codes: tuple[str, ...]) -> bool:
        """Whether an act of a type was told of just these."""
        return any(t.event == event and set(t.parties.codes) == set(codes) for t in self._acts)

    def roles(self, within: int = 3) -> frozenset[str]:
        """The roles of those who did the acts of the last few sentences."""
        return frozenset(told.doers.role for told in self._back(within))
