"""The labelled clauses as words and marks, the shape in which the encoder sees them."""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc, Span

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from clauses import Label, Row, rows
from plain import plain_rows

from rapallo import actors
from rapallo.reading.encoder.features import CLASSES, Numbers, classes, marked, ways
from rapallo.reading.judgement import spans
from rapallo.reading.parse import parse
from rapallo.reading.predicates import ruled_sentences

__all__ = ["Example", "Mark", "Pair", "batches", "cropped", "examples", "paired", "recast", "terms"]

_DAY = dt.date(2024, 5, 15)
_SIGNS = re.compile(r"(?i)(sign|conclud|initial|ink|ratif|renew|extend|seal)")
_FUNCTION_WORDS = frozenset(
    ("a", "an", "the", "has", "have", "had", "was", "were", "is", "are", "been", "be", "to")
)


@dataclass(frozen=True)
class Mark:
    """What is labelled of one predicate.

    Attributes:
        at: number of the word it hangs on.
        actors: numbers of the words that name who acts.
        targets: numbers of the words that name who is acted upon.
        terms: the term of each group of labels that has one ("what", "mode", "polarity" ...).
        contexts: its contexts; None where they are not labelled.
        clauses: the clauses of its tie; None likewise.
        ways: the way to every word through the parse.
    """

    at: int
    actors: frozenset[int]
    targets: frozenset[int]
    terms: Mapping[str, str]
    contexts: tuple[str, ...] | None
    clauses: tuple[str, ...] | None
    ways: Numbers


@dataclass(frozen=True)
class Example:
    """A sentence in words, with a mark for each predicate that claims something.

    Attributes:
        hits: by word, what the rules read on it.
        classes: the class of every word.
    """

    words: tuple[str, ...]
    marks: tuple[Mark, ...]
    origin: str
    hits: Mapping[int, str]
    classes: Numbers


@dataclass(frozen=True)
class Pair:
    """A sentence in which signs mark two parties, and what one does to the other.

    Attributes:
        signs: numbers of the words that mark actor and target, -1 where there is none.
        event: PLOVER event type, by its manual.
    """

    words: tuple[str, ...]
    signs: tuple[int, int]
    event: str


def examples(split: str) -> list[Example]:
    """The sentences of a split of the corpus; ``plain`` gives the plain ones."""
    found = list(plain_rows() if split == "plain" else rows(split))
    docs = parse(row.text for row in found)
    return [example for row, doc in zip(found, docs, strict=True) for example in _examples(row, doc)]


def _examples(row: Row, doc: Doc) -> Iterator[Example]:
    by_word: dict[int, list[Label]] = {}
    offsets = [(t.idx, t.idx + len(t)) for t in doc]
    after = 0
    for label in row.labels:
        start = row.text.find(label.trigger, after)
        start = row.text.find(label.trigger) if start < 0 else start
        after = start
        covered = _covered(offsets, start, start + len(label.trigger))
        head = next((i for i in covered if doc[i].lower_ not in _FUNCTION_WORDS), covered[0])
        by_word.setdefault(head, []).append(label)
    for sentence, hits in ruled_sentences(doc):
        marks = tuple(
            _mark(at - sentence.start, labels, row, offsets, sentence)
            for at, labels in sorted(by_word.items())
            if sentence.start <= at < sentence.end
        )
        yield Example(
            tuple(t.text for t in sentence),
            marks,
            f"{row.split}/{row.origin}:{row.number}",
            hits,
            classes(sentence),
        )


def _mark(at: int, labels: list[Label], row: Row, offsets: list[tuple[int, int]], sentence: Span) -> Mark:
    """One mark for the labels on one word; the first tells the terms, all tell the parties."""
    first_word, text, whole = sentence.start, row.text, row.split != "plain"

    def named(parties: Iterable[str]) -> frozenset[int]:
        words = {i - first_word for w in parties for i in _named(text, w, anchor, offsets)}
        return frozenset(i for i in words if 0 <= i < len(sentence))

    first = next((label for label in labels if label.kind != "cause"), labels[0])
    anchor = offsets[at + first_word][0]
    terms = {
        "what": first.event or first.kind,
        "plover": _by_the_manual(first),
        "kind": first.kind,
        "polarity": first.polarity,
        "modality": first.modality,
        "mode": f"{first.event}:{first.mode}" if first.mode else "none",
        "tie": first.tie[0] if first.tie else "none",
        "phase": first.tie[1] if len(first.tie) > 1 else "none",
        "stance": first.stance or "none",
    }
    return Mark(
        at,
        named(w for label in labels for w in label.actors.values()),
        named(w for label in labels for w in label.targets.values()),
        terms,
        first.contexts if whole else None,
        first.tie[2:] if whole else None,
        ways(sentence, at),
    )


def _by_the_manual(label: Label) -> str:
    """The type by PLOVER's manual: a finished signature is SUPPORT, a promise to yield AGREE."""
    if label.event == "AGREE" and label.modality != "intended" and _SIGNS.match(label.trigger):
        return "SUPPORT"
    if label.event == "CONCEDE" and label.modality == "intended":
        return "AGREE"
    return label.event or label.kind


def _named(text: str, words: str, anchor: int, offsets: list[tuple[int, int]]) -> list[int]:
    """The words of a phrase, at that of its places which is nearest to the predicate."""
    places = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    if not places:
        return []
    start = min(places, key=lambda place: abs(place - anchor))
    return _covered(offsets, start, start + len(words))


def _covered(offsets: list[tuple[int, int]], start: int, end: int) -> list[int]:
    return [i for i, (a, b) in enumerate(offsets) if a < end and start < b]


@cache
def _forms() -> tuple[Mapping[str, tuple[str, str]], Mapping[str, Mapping[str, str]]]:
    """Single words that name a state of today: to code and kind of name, and back."""
    to_code: dict[str, tuple[str, str]] = {}
    by_code: dict[str, dict[str, str]] = {}
    today = {a.id for a in actors.states(_DAY)}
    for bearers in actors.names().values():
        for code, name in bearers:
            kind = {"official": "short"}.get(name.kind, name.kind)
            plain = name.text.isalpha() and name.text[:1].isupper() and len(name.text) > 3
            if code in today and plain and kind in ("short", "demonym", "capital"):
                if kind == "demonym" and name.text.endswith("s") and not name.text.endswith("ss"):
                    kind = "people"
                to_code.setdefault(name.text, (code, kind))
                by_code.setdefault(code, {}).setdefault(kind, name.text)
    return to_code, by_code


def recast(example: Example, draw: random.Random) -> Example:
    """The same sentence of other states: each named by one word changes to another, in all its places.

    Names of states carry no news; a predicate must be known by the words around it.
    """
    to_code, by_code = _forms()
    met = {to_code[w][0] for w in example.words if w in to_code}
    if not met:
        return example
    others = draw.sample(sorted(by_code.keys() - met), len(met))
    role = dict(zip(sorted(met), others, strict=True))
    words = []
    for word in example.words:
        code, kind = to_code.get(word, ("", ""))
        words.append(by_code[role[code]].get(kind, word) if code else word)
    for i, word in enumerate(words[:-1]):
        if word.lower() in ("a", "an") and words[i + 1] != example.words[i + 1]:
            article = "an" if words[i + 1][0] in "AEIO" else "a"
            words[i] = article.capitalize() if word[0].isupper() else article
    return replace(example, words=tuple(words))


def cropped(example: Example, draw: random.Random) -> Example:
    """The sentence cut to one claim and what stands between its words; what is left still claims it.

    Labelled sentences are long, and short ones among them mostly claim nothing; a reader must not learn that.
    """
    if not example.marks:
        return example
    mark = draw.choice(example.marks)
    first = min((mark.at, *mark.actors, *mark.targets))
    last = max((mark.at, *mark.actors, *mark.targets))
    last = len(example.words) - 1 if last == mark.at else last
    if not mark.actors or last - first + 2 >= len(example.words):
        return example
    inside = range(first, last + 1)
    kept = [
        replace(
            other,
            at=other.at - first,
            actors=frozenset(i - first for i in other.actors if i in inside),
            targets=frozenset(i - first for i in other.targets if i in inside),
            ways=np.append(other.ways[first : last + 1], other.ways[-1]),
        )
        for other in example.marks
        if other.at in inside
    ]
    return Example(
        (*example.words[first : last + 1], "."),
        tuple(kept),
        example.origin,
        {i - first: term for i, term in example.hits.items() if i in inside},
        np.append(example.classes[first : last + 1], CLASSES.index("PUNCT")),
    )


def paired(example: Example, draw: random.Random) -> Pair | None:
    """The sentence with the parties of one of its acts marked; None where no act has a party."""
    acts = [m for m in example.marks if m.terms["plover"].isupper() and (m.actors or m.targets)]
    if not acts:
        return None
    mark = draw.choice(acts)
    actor, target = (_one_run(words, draw) for words in (mark.actors, mark.targets))
    if actor and target and set(actor) & set(target):  # two that act on each other
        runs = _runs(mark.actors)
        actor, target = draw.sample(runs, 2) if len(runs) > 1 else (actor, None)
    words, (first, second) = marked(example.words, actor, target)
    signs = (-1 if first is None else first, -1 if second is None else second)
    return Pair(tuple(words), signs, mark.terms["plover"])


def _one_run(words: frozenset[int], draw: random.Random) -> range | None:
    return draw.choice(_runs(words)) if words else None


def _runs(words: frozenset[int]) -> list[range]:
    """Words that stand beside each other, as ranges."""
    there = np.zeros(max(words) + 1, np.float32)
    there[list(words)] = 1
    return [range(*span) for span in spans(there)]


def batches(items: list[Example], size: int, draw: random.Random) -> Iterator[list[Example]]:
    """Shuffled batches of sentences about as long as each other."""
    order = sorted(items, key=lambda e: len(e.words) + draw.random() * 8)
    chunks = [order[i : i + size] for i in range(0, len(order), size)]
    draw.shuffle(chunks)
    yield from chunks


def terms(items: Iterable[Example], group: str) -> list[str]:
    """The terms of a group of labels that occur, in order."""
    return sorted({mark.terms[group] for item in items for mark in item.marks})
