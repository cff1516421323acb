"""Predicates of any text as the encoder sees them: words, whoever the parties are.

For pipelines that bring their own actors. The claims of :func:`rapallo.read` join this with the scope of
words, the discourse and the table of actors.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapallo.reading.discourse import Discourse
from rapallo.reading.encoder import Encoded, encode, judge
from rapallo.reading.encoder import between as marked_between
from rapallo.reading.judgement import hits, spans
from rapallo.reading.mentions import find_mentions
from rapallo.reading.parse import parse
from rapallo.reading.parties import Cast
from rapallo.reading.reader import open_sentence
from rapallo.reading.sentences import remember, ruled
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["LIKELY", "Predicate", "between", "predicates", "ruled_sentences"]

LIKELY = 0.5
POSSIBLE = 0.02  # a word from this on is asked what it says of two marked parties
SIGNED = 0.5  # weight of a passage with its parties marked, beside its predicates; chosen on validation
UNSURE = 0.05  # what a predicate counts for a party that it does not seem to have
Characters = tuple[int, int]
TODAY = dt.date(2024, 5, 15)  # who holds which office matters little to what is a predicate


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that claims something.

    Attributes:
        trigger: where it stands, in characters.
        event: PLOVER event type by the manual (a finished signature is SUPPORT); None for standing relations,
            flows, traits, stances and causes.
        actors: the phrases that name who acts, in characters.
        targets: the phrases that name who is acted upon.
        probability: that it claims something at all, 0 to 1.
        certainty: of its type, 0 to 1.
    """

    trigger: Characters
    event: str | None
    actors: tuple[Characters, ...]
    targets: tuple[Characters, ...]
    probability: float
    certainty: float


def predicates(passages: Iterable[str], *, least: float = LIKELY) -> list[tuple[Predicate, ...]]:
    """The predicates of each passage, in order.

    Args:
        passages: sentences, or short passages.
        least: the probability from which a word counts as a predicate.
    """
    return [
        tuple(p for sentence, encoded in found for p in _predicates(sentence, encoded, least))
        for found in _encoded(parse(passages))
    ]


def ruled_sentences(doc: Doc, on: dt.date = TODAY) -> Iterator[tuple[Span, dict[int, str]]]:
    """The sentences of a passage with what the rules read on their words."""
    mentions = find_mentions(doc, on)
    cast = Cast.of(mentions, Discourse())
    for sentence in doc.sents:
        open_sentence(sentence, mentions, cast)
        drafts, _ = ruled(sentence, cast)
        remember(sentence, cast, drafts)
        yield sentence, hits(drafts, sentence)


def _encoded(docs: Sequence[Doc]) -> Iterator[list[tuple[Span, Encoded]]]:
    hidden = iter(encode([[t.text for t in s] for doc in docs for s in doc.sents]))
    for doc in docs:
        yield [(s, judge(next(hidden), s, found)) for s, found in ruled_sentences(doc)]


def _predicates(sentence: Span, found: Encoded, least: float) -> Iterator[Predicate]:
    for at in np.flatnonzero(found.predicates >= least).tolist():
        guess = found.about(at)
        term, certainty = guess.best("plover")
        yield Predicate(
            _characters(sentence, (at, at + 1)),
            term if term in vocabulary("event_types") else None,
            tuple(_characters(sentence, span) for span in spans(guess.actors)),
            tuple(_characters(sentence, span) for span in spans(guess.targets)),
            float(found.predicates[at]),
            certainty,
        )


def _characters(sentence: Span, span: tuple[int, int]) -> Characters:
    last = sentence[span[1] - 1]
    return sentence[span[0]].idx, last.idx + len(last)


def between(
    passages: Sequence[tuple[str, Characters | None, Characters | None]],
) -> list[dict[str, float]]:
    """What one marked party does to another in each passage, for data whose actors are given.

    Two views of a passage are joined: its predicates with the parties of each, and the whole of it with the
    two marked.

    Args:
        passages: the passage, where the actor stands in it and where the target, in characters; None for one
            that it does not name.

    Returns:
        By PLOVER event type, how likely it is; the values of a passage sum to one.
    """
    docs = parse(text for text, _, _ in passages)
    parties = [
        (_within(doc, actor), _within(doc, target))
        for doc, (_, actor, target) in zip(docs, passages, strict=True)
    ]
    signed = marked_between([([t.text for t in doc], *two) for doc, two in zip(docs, parties, strict=True)])
    return [
        _joined(_by_predicates(sentences, *two), signs)
        for sentences, two, signs in zip(_encoded(docs), parties, signed, strict=True)
    ]


def _joined(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """Both views as one: the product of their likelihoods, each to the power of its weight."""
    total = {term: likely ** (1 - SIGNED) * other[term] ** SIGNED for term, likely in one.items()}
    whole = sum(total.values())
    return {term: value / whole for term, value in total.items()}


def _by_predicates(
    sentences: list[tuple[Span, Encoded]], actor: range | None, target: range | None
) -> dict[str, float]:
    """How much the predicates speak for each type; the values have no sum that they must have."""
    total = dict.fromkeys(vocabulary("event_types"), 1e-9)
    for sentence, encoded in sentences:
        doers, bearers = (_inside(sentence, words) for words in (actor, target))
        for at in np.flatnonzero(encoded.predicates >= POSSIBLE).tolist():
            guess = encoded.about(at)
            acts = float(guess.actors[doers].max()) if doers else 0.0
            bears = float(guess.targets[bearers].max()) if bearers else 0.0
            weight = float(encoded.predicates[at]) * (acts + UNSURE) * (bears + UNSURE)
            for term, likely in guess.groups["plover"].items():
                if term in total:
                    total[term] += weight * likely
    return total


def _inside(sentence: Span, words: range | None) -> list[int]:
    """Which words of a passage stand in a sentence, by their number there."""
    return [i - sentence.start for i in words or () if sentence.start <= i < sentence.end]


def _within(doc: Doc, span: Characters | None) -> range | None:
    """The words of a passage that some characters touch."""
    if span is None:
        return None
    words = [t.i for t in doc if t.idx < span[1] and span[0] < t.idx + len(t)]
    return range(words[0], words[-1] + 1) if words else None
