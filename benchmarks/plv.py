"""Sentences with one marked actor and target and their PLOVER root, in the form of Zero-Shot-PLOVER.

A tab-separated file with ``marked_sentence`` and ``gold_root``. Root: 15 classes, CONCEDE and RETREAT as
YIELD. Quad: the four quad classes. Binary: cooperation or conflict. All as macro-F1 in percent.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from plover_levels import LEVELS, root
from scores import class_f1, scores

from rapallo.reading.predicates import Predicate, between, predicates

__all__ = ["Item", "end_to_end", "items", "marked"]

Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """A sentence with one act."""

    text: str
    actor: Span | None
    target: Span | None
    root: str


def items(path: Path) -> list[Item]:
    """The rows of a file."""
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            marked_up = row["marked_sentence"]
            text, spans = _unmarked(marked_up)
            found.append(Item(text, spans.get("s"), spans.get("t"), row["gold_root"]))
    return found


def _unmarked(marked_up: str) -> tuple[str, dict[str, Span]]:
    """The plain sentence and where ``<s>`` and ``<t>`` stood in it."""
    text, spans, starts, at = "", {}, {}, 0
    while at < len(marked_up):
        tag = next((t for t in ("<s>", "</s>", "<t>", "</t>") if marked_up.startswith(t, at)), None)
        if tag is None:
            text, at = text + marked_up[at], at + 1
            continue
        name = tag.strip("</>")
        if tag[1] == "/":
            spans[name] = (starts[name], len(text))
        else:
            starts[name] = len(text)
        at += len(tag)
    return text, spans


def marked(rows: Sequence[Item]) -> dict[str, float]:
    """Macro-F1 of root, quad and binary with the two parties given."""
    told = []
    for likely in between([(row.text, row.actor, row.target) for row in rows]):
        by_root: dict[str, float] = {}
        for event, value in likely.items():
            by_root[root(event)] = by_root.get(root(event), 0.0) + value
        told.append(max(by_root, key=by_root.__getitem__))
    gold = [row.root for row in rows]
    return {
        name: class_f1([of(g) for g in gold], [of(t) for t in told], weighted=False)
        for name, of in LEVELS.items()
    }


def end_to_end(rows: Sequence[Item]) -> dict[str, float]:
    """Precision, recall and F1 of (actor, target, root) from plain text, in percent.

    Each row has one labelled act, so of a sentence as many triples are told as it has rows, the likeliest
    first. Spans match where they overlap; a party that a row leaves out is not asked for.
    """
    texts = list(dict.fromkeys(row.text for row in rows))
    told = dict(zip(texts, map(_triples, predicates(texts, least=0.3)), strict=True))
    gold: dict[str, list[Item]] = {}
    for row in rows:
        gold.setdefault(row.text, []).append(row)
    hits = given = 0
    for text, wanted in gold.items():
        best = told[text][: len(wanted)]
        given += len(best)
        open_ = list(wanted)
        for actor, target, event in best:
            fit = next(
                (w for w in open_ if _meet(actor, w.actor) and _meet(target, w.target) and event == w.root),
                None,
            )
            if fit is not None:
                open_.remove(fit)
                hits += 1
    return scores(hits, given, len(rows))


def _triples(found: Sequence[Predicate]) -> list[tuple[Span | None, Span | None, str]]:
    ranked = sorted(found, key=lambda p: -p.probability * p.certainty)
    return [
        (actor, target, root(p.event))
        for p in ranked
        if p.event is not None
        for actor in p.actors[:1] or (None,)
        for target in p.targets[:1] or (None,)
        if actor or target
    ]


def _meet(told: Span | None, wanted: Span | None) -> bool:
    if wanted is None:
        return True
    return told is not None and told[0] < wanted[1] and wanted[0] < told[1]
