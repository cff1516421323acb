"""Precision, recall and F1, in percent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

__all__ = ["class_f1", "scores"]


def scores(hits: int, told: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 of so many hits among what was told and what was there; 0 where there is none.

    Args:
        hits: told and there.
        told: how many were told.
        gold: how many were there.
    """
    precision, recall = hits / max(1, told), hits / max(1, gold)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": 100 * precision, "recall": 100 * recall, "f1": 100 * f1}


def class_f1(gold: Sequence[str], told: Sequence[str], *, weighted: bool) -> float:
    """The mean F1 over the classes of the gold labels, each class counted once or by its share of them."""
    here, there = Counter(gold), Counter(told)
    hits = Counter(g for g, t in zip(gold, told, strict=True) if g == t)
    weights = {name: count / len(gold) if weighted else 1 / len(here) for name, count in here.items()}
    return sum(weight * 200 * hits[name] / (here[name] + there[name]) for name, weight in weights.items())
