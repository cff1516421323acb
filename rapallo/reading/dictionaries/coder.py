"""Events of one parsed sentence, by dictionaries: which verbs tell one, who does it, to whom.

The order of precedence is that of PETRARCH: verbs from left to right, of each the longest pattern first, then
the verb's own code; what stands within the reach of a verb that told an event tells no other. Actors that
a pattern does not name are the first one of the subject and the first one behind the verb; "by" turns a
passive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import permutations, product
from typing import TYPE_CHECKING

from rapallo.reading.dictionaries.actors import Actor, Agent, Names
from rapallo.reading.dictionaries.clause import NOBODY, Phrase, Word, compounds, phrases, words_of
from rapallo.reading.dictionaries.files import NULL
from rapallo.reading.dictionaries.matching import Bound, Compound, Sight
from rapallo.reading.dictionaries.verbs import Codes, Form, VerbDictionary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["Event", "events"]

_VERBS = ("VERB", "AUX")
_PART = frozenset(("aux", "auxpass", "xcomp", "acomp"))
_HANGING = frozenset(("conj", "xcomp", "ccomp", "advcl", "aux", "auxpass", "acomp", "pcomp", "prep"))
_LINKS = ("ADP", "SCONJ", *_VERBS)
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


@dataclass(frozen=True, slots=True)
class Event:
    """An event within a sentence.

    Attributes:
        source: code of who acts.
        target: code of whom it concerns.
        code: of the event, as the dictionary has it.
        start: offset of the first character of the words that tell it.
        end: offset behind their last.
    """

    source: str
    target: str
    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int
    token: Token
    forms: tuple[Form, ...]


def events(
    sentence: Span, verbs: VerbDictionary, actors: Names[Actor], agents: Names[Agent], on: dt.date
) -> Iterator[Event]:
    """The events of a sentence, each once, in the order of their verbs."""
    words = words_of(sentence)
    found = compounds(words, phrases(words, actors, agents, on))
    told: set[tuple[str, str, str]] = set()
    for event in _Sentence(words, found, verbs).events():
        key = (event.source, event.target, event.code)
        if key not in told:
            told.add(key)
            yield event


@dataclass(frozen=True, slots=True)
class _Sentence:
    words: Sequence[Word]
    actors: Sequence[Compound]
    verbs: VerbDictionary

    def events(self) -> Iterator[Event]:
        behind = 0
        for verb in sorted(self._verbs(), key=_turn):
            if verb.start < behind:
                continue
            high = self._reach(verb)
            codes, bound = self._code(verb, high)
            pairs = self._pairs(verb, high, bound)
            if pairs and (bound is not None or codes.forward not in NULL):
                behind = high
            for source, target in pairs:
                yield from self._told(verb, source, target, codes.forward)
                yield from self._told(verb, target, source, codes.backward)

    def _told(self, verb: _Verb, source: Phrase, target: Phrase, code: str) -> Iterator[Event]:
        if code in NULL:
            return
        first = min(verb.start, source.start, target.start)
        last = max(verb.end, source.end, target.end) - 1
        for one, other in product(source.codes, target.codes):
            if one != other and NOBODY not in (one, other):
                yield Event(one, other, code, self.words[first].start, self.words[last].end)

    def _verbs(self) -> Iterator[_Verb]:
        texts = [w.text for w in self.words]
        named = {i for c in self.actors for p in c if p.known for i in range(p.start, p.end)}
        for at, word in enumerate(self.words):
            if at in named or word.token.pos_ not in _VERBS or word.token.dep_ in ("amod", "compound"):
                continue
            fitting = [
                f
                for f in self.verbs.forms.get(word.text, ())
                if tuple(texts[max(0, at - len(f.before)) : at]) == f.before
                and tuple(texts[at + 1 : at + 1 + len(f.after)]) == f.after
            ]
            if fitting:
                most = max(len(f.before) + len(f.after) for f in fitting)
                best = tuple(f for f in fitting if len(f.before) + len(f.after) == most)
                yield _Verb(at - len(best[0].before), at + 1 + len(best[0].after), word.token, best)

    def _reach(self, verb: _Verb) -> int:
        """Behind the last word of the clause that a verb is part of ("is about to *restore* ...").

        A verb joined to it by "and" is another clause.
        """
        chain = [verb.token]
        while chain[-1].dep_ in _PART and chain[-1].head.i not in {t.i for t in chain}:
            chain.append(chain[-1].head)
        joined = [
            t.left_edge.i for head in chain for t in head.rights if t.dep_ == "conj" and t.pos_ in _VERBS
        ]
        edge = min([chain[-1].right_edge.i + 1, *(i for i in joined if i > verb.token.i)])
        if edge == verb.token.sent.end:  # where the parser ended a sentence within this one
            return len(self.words)
        high = max((i + 1 for i, w in enumerate(self.words) if w.token.i < edge), default=verb.end)
        return max(high, verb.end)

    def _code(self, verb: _Verb, high: int) -> tuple[Codes, Bound | None]:
        """The codes and the actors of the first pattern that fits; else the verb's own codes."""
        texts = tuple(w.text for w in self.words)
        sight = Sight(texts, self.actors, self.verbs.synsets, verb.start, verb.end, 0, high)
        entries = {id(f.entry): f.entry for f in verb.forms}.values()
        for pattern in merge(*(e.patterns for e in entries), key=lambda p: p.rank):
            bound = sight.match(pattern)
            if bound is not None:
                return pattern.codes, bound
        own = next((f.codes for f in verb.forms if f.codes.forward not in NULL), verb.forms[0].codes)
        return own, None

    def _pairs(self, verb: _Verb, high: int, bound: Bound | None) -> list[tuple[Phrase, Phrase]]:
        bound = bound or Bound()
        source, target = bound.source, bound.target
        if bound.mutual is not None:
            before = bound.mutual[0].start < verb.start
            if before and source is None and target is None:
                return list(permutations(bound.mutual, 2)) or [(bound.mutual[0], bound.mutual[0])]
            source, target = (source or bound.mutual, target) if before else (source, target or bound.mutual)
        unnamed = source is None and target is None
        if source is None:
            source = self._doer(verb, target)
        if source is not None and target is None:
            target = self._concerned(verb, high, source)
        if source is None or target is None:
            return []
        if unnamed and self._by(verb, target):
            source, target = target, source
        return [(s, t) for s in source for t in target if s != t]

    def _by(self, verb: _Verb, actor: Compound) -> bool:
        """Whether a verb is passive and the actor behind it the doer: "by a duke of Ruritania"."""
        between = reversed(self.words[verb.end : actor[0].start])
        links = (w.text for w in between if w.token.pos_ in _LINKS and w.text != "OF")
        passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.token.children)
        return passive and next(links, "") == "BY"

    def _doer(self, verb: _Verb, target: Compound | None) -> Compound | None:
        """The first actor of the subject, else the last before the verb; a name goes before a mere role."""
        subject = _subject(verb.token)
        before = [c for c in self.actors if c[-1].end <= verb.start and c != target]
        inside = []
        if subject is not None:
            edges = (subject.left_edge.i, subject.right_edge.i)
            inside = [c for c in before if edges[0] <= self.words[c[0].start].token.i <= edges[1]]
        return _best([*inside, *reversed(before)])

    def _concerned(self, verb: _Verb, high: int, source: Compound) -> Compound | None:
        """The first actor behind the verb; a name goes before a mere role."""
        return _best([c for c in self.actors if verb.end <= c[0].start < high and c != source])


def _turn(verb: _Verb) -> tuple[int, bool]:
    """The place of a verb in the order of trial: an auxiliary comes behind the verb that it helps."""
    helps = verb.token.dep_ == "aux"
    return (verb.token.head.i if helps else verb.token.i), helps


def _best(actors: Sequence[Compound]) -> Compound | None:
    named = (c for c in actors if any(p.known for p in c))
    return next(named, None) or next(iter(actors), None)


def _subject(verb: Token) -> Token | None:
    """The subject of a verb, or of the one that it hangs on."""
    seen: Token | None = verb
    for _ in range(10):
        if seen is None:
            return None
        found = next((c for c in seen.children if c.dep_ in _SUBJECTS), None)
        if found is not None and found.pos_ != "PRON":
            return found
        if seen.dep_ in ("acl", "relcl"):
            return seen.head
        seen = seen.head if seen.head.i != seen.i and seen.dep_ in _HANGING else None
    return None
