"""What goes into the encoder and out of it by the word: in training and in reading by the same rule.

Classes of words, the way from a predicate to every word, signs around two parties, and the pieces that words
begin with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

__all__ = ["CLASSES", "WAYS", "Numbers", "classes", "first_pieces", "marked", "ways"]

CLASSES = (
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
    "SCONJ", "SYM", "VERB", "X", "SPACE",
)  # fmt: skip
WAYS = 2048  # buckets that ways through the parse are hashed to
LONGEST = 4  # steps of a way that is told from others

Numbers = NDArray[np.int64]

_NUMBER = {name: i for i, name in enumerate(CLASSES)}
_INNER = frozenset(("amod", "compound", "det", "nmod", "nummod", "predet", "quantmod", "case", "punct"))


def classes(sentence: Span) -> Numbers:
    """The number of each word's class (Universal POS) in ``CLASSES``."""
    return np.array([_NUMBER.get(token.pos_, 0) for token in sentence], np.int64)


def ways(sentence: Span, at: int) -> Numbers:
    """The bucket of the way from a predicate to every word of its sentence.

    A way is the dependency labels passed, up and down, with the words of prepositions; all words of a noun
    phrase without its complements share that of its head. Ways of more than four steps share one bucket.
    """
    predicate = sentence[at]
    above = _chain(predicate, sentence)
    place = {token.i: n for n, token in enumerate(above)}
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in predicate.children)
    known: dict[int, int] = {}
    found = []
    for token in sentence:
        head = _head(token)
        if head.i not in known:
            known[head.i] = _bucket(_way(head, above, place, sentence), passive=passive)
        found.append(known[head.i])
    return np.array(found, np.int64)


def marked(
    words: Sequence[str], actor: range | None, target: range | None
) -> tuple[list[str], tuple[int | None, int | None]]:
    """The words with a sign on either side of two parties, and where the first sign of each stands.

    Punctuation as signs around entities is after Zhou & Chen (2021; recalled).

    Examples:
        >>> marked(["Peru", "fined", "two", "firms"], range(0, 1), range(2, 4))
        (['@', 'Peru', '@', 'fined', '#', 'two', 'firms', '#'], (0, 4))
    """
    found: list[str] = []
    places: list[int | None] = [None, None]
    for i in range(len(words) + 1):
        for party, sign in ((actor, "@"), (target, "#")):
            if party and i == party.stop:
                found.append(sign)
        for n, (party, sign) in enumerate(((actor, "@"), (target, "#"))):
            if party and i == party.start:
                places[n] = len(found)
                found.append(sign)
        found += words[i : i + 1]
    return found, (places[0], places[1])


def first_pieces(words_of_pieces: Sequence[int | None], words: int) -> Numbers:
    """The number of the piece that each word begins with, -1 for a word that has none.

    Examples:
        >>> first_pieces([None, 0, 1, 1, None], 3).tolist()
        [1, 2, -1]
    """
    found = np.full(words, -1, np.int64)
    for piece, word in enumerate(words_of_pieces):
        if word is not None and found[word] < 0:
            found[word] = piece
    return found


def _head(token: Token) -> Token:
    while token.dep_ in _INNER and token.head != token:
        token = token.head
    return token


def _chain(token: Token, sentence: Span) -> list[Token]:
    found = [token]
    while token.head != token and sentence.start <= token.head.i < sentence.end:
        token = token.head
        found.append(token)
    return found


def _way(token: Token, above: Sequence[Token], place: dict[int, int], sentence: Span) -> list[str]:
    down: list[str] = []
    while token.i not in place:
        down.append(f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent") else token.dep_)
        if token.head == token or not sentence.start <= token.head.i < sentence.end:
            return ["apart"]
        token = token.head
    up = [f"<{t.dep_}" for t in above[: place[token.i]]]
    return [*up, *reversed(down)]


def _bucket(steps: Sequence[str], *, passive: bool) -> int:
    if len(steps) > LONGEST:
        return 0
    return 1 + crc32(f"{passive} {' '.join(steps)}".encode()) % (WAYS - 1)
