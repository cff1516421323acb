"""The compact encoder: one pass a sentence, then every predicate scored on the same word vectors.

A MiniLM of six layers (Wang et al. 2020), fine-tuned on the clauses of ``corpus/`` by ``make train``; its
card is ``weights/card.yaml``. Heads: which words carry a claim; of a predicate, which words name actors and
targets (bilinear), and its type, mode, contexts, polarity, modality and tie (linear, on its vector beside
another that attends to the sentence).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import erf, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rapallo.reading.encoder.features import Numbers, classes, first_pieces, marked, ways

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from spacy.tokens import Span
    from tokenizers import Tokenizer

__all__ = ["Encoded", "Floats", "Guess", "between", "encode", "judge"]

WEIGHTS = Path(__file__).parent / "weights"
BATCH = 32
SIZE = 384
LONGEST = 256  # pieces of a sentence; words beyond have no score

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Guess:
    """What the encoder makes of one predicate.

    Attributes:
        actors: of each word of the sentence, how likely it names who acts.
        targets: how likely it names who is acted upon.
        groups: by group of labels, how likely each term is.
    """

    actors: Floats
    targets: Floats
    groups: dict[str, dict[str, float]]

    def best(self, group: str) -> tuple[str, float]:
        """The likeliest term of a group and how likely it is."""
        terms = self.groups[group]
        term = max(terms, key=terms.__getitem__)
        return term, terms[term]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A sentence behind the network, with what the parse and the rules say of its words.

    Attributes:
        predicates: of each word, how likely it carries a claim, 0 to 1.
    """

    predicates: Floats
    _vectors: Floats
    _ways: Callable[[int], Numbers]
    _guesses: dict[int, Guess] = field(default_factory=dict)
    _shared: list[tuple[Floats, Floats]] = field(default_factory=list)

    def about(self, word: int) -> Guess:
        """What it makes of the predicate on a word."""
        if word not in self._guesses:
            if not self._shared:
                self._shared.append(_heads().shared(self._vectors))
            self._guesses[word] = _heads().guess(self._vectors, self._shared[0], word, self._ways(word))
        return self._guesses[word]


def judge(hidden: Floats, sentence: Span, hits: Mapping[int, str]) -> Encoded:
    """Join a sentence's vectors with its parse and with what the rules read in it.

    Args:
        hidden: its word vectors, of :func:`encode`.
        sentence: its parse.
        hits: by number of the word, the event type, or kind of claim, that the rules found on it.
    """
    heads = _heads()
    marks = np.zeros(len(hidden), np.int64)
    for word, term in hits.items():
        marks[word] = heads.hits.get(term, 0)
    vectors = hidden + heads.layers["classes.weight"][classes(sentence)] + heads.layers["hits.weight"][marks]
    there = hidden.any(axis=1)
    likely = _sigmoid(heads.linear("predicate", vectors)[:, 0])
    return Encoded(np.where(there, likely, np.float32(0)), vectors, lambda word: ways(sentence, word))


class _Heads:
    """The layers above the trunk, read from ``heads.npz``."""

    def __init__(self) -> None:
        about = json.loads((WEIGHTS / "labels.json").read_text("utf-8"))
        self.groups: dict[str, list[str]] = about["groups"]
        self.hits: dict[str, int] = {term: i for i, term in enumerate(about["hits"])}
        self.types: list[str] = about["types"]
        self.roles: int = len(about["roles"])
        self.width: int = about["width"]
        with np.load(WEIGHTS / "heads.npz") as stored:
            self.layers: dict[str, Floats] = dict(stored)

    def linear(self, name: str, vectors: Floats) -> Floats:
        """A layer's output for each vector."""
        return vectors @ self.layers[f"{name}.weight"].T + self.layers[f"{name}.bias"]

    def shared(self, words: Floats) -> tuple[Floats, Floats]:
        """What the words of a sentence answer to all predicates in it, and how likely they have roles."""
        told = self.linear("answers", words).reshape(len(words), self.roles + 1, self.width)
        return told.transpose(1, 0, 2), self.linear("role_bias", words).T

    def guess(self, words: Floats, shared: tuple[Floats, Floats], at: int, ways_: Numbers) -> Guess:
        """All about one predicate."""
        told, bias = shared
        asked = self.linear("asks", words[at]).reshape(self.roles + 1, self.width)
        meet = (told @ asked[:, :, None])[:, :, 0] / self.width**0.5
        roles = _sigmoid(meet[:-1] + bias + self.layers["ways.weight"][ways_].T)
        glance = _softmax(meet[-1]) @ words
        mixed = _gelu(self.linear("mix", np.concatenate([words[at], glance])))
        groups = {}
        for name, terms in self.groups.items():
            scores = self.linear(f"groups.{name}", mixed)
            likely = _sigmoid(scores) if name in SOME_OF else _softmax(scores)
            groups[name] = dict(zip(terms, likely.tolist(), strict=True))
        return Guess(roles[0], roles[1], groups)

    def between(self, words: Floats, signs: Sequence[int | None]) -> dict[str, float]:
        """How likely each event type is for the parties whose signs stand on those words."""
        marks = [np.zeros(words.shape[1], np.float32) if at is None else words[at] for at in signs]
        whole = words.sum(axis=0) / max(1, words.any(axis=1).sum())
        mixed = _gelu(self.linear("pair_mix", np.concatenate([*marks, whole])))
        return dict(zip(self.types, _softmax(self.linear("pair", mixed)).tolist(), strict=True))


SOME_OF = frozenset(("contexts", "clauses"))  # groups of which several terms may hold


@cache
def _heads() -> _Heads:
    return _Heads()


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 - only reading needs it

    found = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    found.enable_truncation(LONGEST)
    return found


@cache
def _session() -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - only reading needs it

    options = SessionOptions()
    options.log_severity_level = 3
    return InferenceSession(str(WEIGHTS / "trunk.onnx"), options, providers=["CPUExecutionProvider"])


def encode(sentences: Sequence[Sequence[str]]) -> list[Floats]:
    """The word vectors of sentences given in words, in order; each goes through the network once.

    Args:
        sentences: the words of each.

    Returns:
        For each sentence an array of words by 384; a word beyond the longest passage has a vector of zeros.
    """
    found = [np.zeros((len(words), SIZE), np.float32) for words in sentences]
    order = sorted((i for i, words in enumerate(sentences) if words), key=lambda i: len(sentences[i]))
    for start in range(0, len(order), BATCH):
        chunk = order[start : start + BATCH]
        for i, vectors in zip(chunk, _pass([list(sentences[i]) for i in chunk]), strict=True):
            found[i] = vectors
    return found


def between(
    passages: Sequence[tuple[Sequence[str], range | None, range | None]],
) -> list[dict[str, float]]:
    """What one party does to another, from passages of which signs mark the two; a pass for each.

    Args:
        passages: the words, which of them name the actor and which the target.

    Returns:
        By PLOVER event type, how likely it is; of every passage the values sum to one.
    """
    signed = [marked(words, actor, target) for words, actor, target in passages]
    vectors = encode([words for words, _ in signed])
    return [_heads().between(found, signs) for found, (_, signs) in zip(vectors, signed, strict=True)]


def _pass(sentences: list[list[str]]) -> Iterator[Floats]:
    coded = _tokenizer().encode_batch(sentences, is_pretokenized=True)
    width = max(len(c.ids) for c in coded)
    ids, mask = np.zeros((2, len(coded), width), np.int64)
    for row, code in enumerate(coded):
        ids[row, : len(code.ids)] = code.ids
        mask[row, : len(code.ids)] = 1
    hidden: Any = _session().run(None, {"ids": ids, "mask": mask})[0]
    for row, (code, words) in enumerate(zip(coded, sentences, strict=True)):
        firsts = first_pieces(code.word_ids, len(words))
        yield np.where((firsts >= 0)[:, None], hidden[row][firsts], np.float32(0))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)


def _softmax(x: Floats) -> Floats:
    powers = np.exp(x - x.max())
    return np.asarray(powers / powers.sum(), np.float32)


def _gelu(x: Floats) -> Floats:
    error = np.fromiter((erf(value) for value in x / sqrt(2)), np.float32, len(x))
    return np.asarray(x * (1 + error) / 2, np.float32)
