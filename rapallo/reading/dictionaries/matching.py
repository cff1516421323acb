"""Patterns against the words around a verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapallo.reading.dictionaries.clause import Phrase
from rapallo.reading.dictionaries.verbs import Alternative, Element, Pattern, Synset

__all__ = ["Bound", "Sight"]

Compound = tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Bound:
    """Who a pattern says the actors are.

    Attributes:
        source: the compound at ``$``.
        target: that at ``+``.
        mutual: that at ``%``.
    """

    source: Compound | None = None
    target: Compound | None = None
    mutual: Compound | None = None


@dataclass(slots=True)
class Sight:
    """What of a sentence a verb sees.

    Attributes:
        words: of the sentence, in capitals.
        actors: its compounds, in order.
        synsets: the sets of synonyms.
        start: the first word of the verb.
        end: behind its last.
        low: the first word that patterns see.
        high: behind the last one.
    """

    words: Sequence[str]
    actors: Sequence[Compound]
    synsets: Mapping[str, Synset]
    start: int
    end: int
    low: int
    high: int
    _dead: set[tuple[int, int, int]] = field(default_factory=set)

    def match(self, pattern: Pattern) -> Bound | None:
        """Who the actors are where the pattern fits; None where it does not."""
        self._dead = set()
        left = self._walk(pattern.left, 0, self.start - 1, -1)
        if left is None:
            return None
        self._dead = set()
        right = self._walk(pattern.right, 0, self.end, 1)
        if right is None:
            return None
        told = dict((*right, *left))
        return Bound(told.get("source"), told.get("target"), told.get("compound"))

    def _walk(
        self, places: Sequence[Element], number: int, at: int, step: int
    ) -> tuple[tuple[str, Compound], ...] | None:
        """The actors at the places from one on; each word is tried once for each place."""
        if number == len(places):
            return ()
        if (number, at, step) in self._dead:
            return None
        place = places[number]
        if place.kind in ("word", "synset"):
            while self.low <= at < self.high:
                for behind in self._ends(place, at, step):
                    found = self._walk(places, number + 1, behind, step)
                    if found is not None:
                        return found
                if place.tight:
                    break
                self._dead.add((number, at, step))
                at += step
        elif (actors := self._next(at, step)) is not None and (place.kind != "compound" or _several(actors)):
            behind = actors[-1].end if step > 0 else actors[0].start - 1
            found = self._walk(places, number + 1, behind, step)
            if found is not None:
                return found if place.kind == "skip" else ((place.kind, actors), *found)
        self._dead.add((number, at, step))
        return None

    def _next(self, at: int, step: int) -> Compound | None:
        if step > 0:
            return next((c for c in self.actors if c[0].start >= at and c[-1].end <= self.high), None)
        return next(
            (c for c in reversed(self.actors) if c[-1].end <= at + 1 and c[0].start >= self.low), None
        )

    def _ends(self, place: Element, at: int, step: int) -> list[int]:
        """Where a place that begins at a word may end."""
        if place.kind == "word":
            return [at + step] if self.words[at] == place.text else []
        synset = self.synsets[place.text]
        beginning = (synset.forward if step > 0 else synset.backward).get(self.words[at], ())
        ends = {self._end(alternative, at, step) for alternative in beginning}
        return sorted((end for end in ends if end is not None), reverse=step < 0)

    def _end(self, alternative: Alternative, at: int, step: int) -> int | None:
        for word, tight in alternative:
            while self.low <= at < self.high and self.words[at] != word and not tight:
                at += step
            if not self.low <= at < self.high or self.words[at] != word:
                return None
            at += step
        return at


def _several(actors: Compound) -> bool:
    return len(actors) > 1 or len(actors[0].codes) > 1
