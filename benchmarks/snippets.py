"""Two corpora with labels of their own, held against PLOVER: event snippets and acts of police.

Snippets (CASE 2021, task 2): a tab-separated file with ``EventSnippet`` and ``SubType``. Each type that
names an act maps to one of PLOVER; the snippet's likeliest act is held against it; weighted F1 in percent.
Police (India Police Events): a CSV with ``sent_text`` and ``ANY_ACTION``: whether an act of police is told;
F1.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from scores import class_f1, scores

from rapallo.reading.predicates import Predicate, predicates

__all__ = ["police", "typed"]

# by the PLOVER type whose manual has such acts; statements, disasters and changes of ground are left out
TYPES = {
    "ABDUCT_DISSAP": "ASSAULT",
    "AGREEMENT": "AGREE",
    "AIR_STRIKE": "ASSAULT",
    "ARMED_CLASH": "ASSAULT",
    "ARREST": "COERCE",
    "ART_MISS_ATTACK": "ASSAULT",
    "ATTACK": "ASSAULT",
    "CHEM_WEAP": "ASSAULT",
    "FORCE_AGAINST_PROTEST": "ASSAULT",
    "GRENADE": "ASSAULT",
    "MOB_VIOL": "ASSAULT",
    "PEACE_PROTEST": "PROTEST",
    "PROPERTY_DISTRUCT": "ASSAULT",
    "PROTEST_WITH_INTER": "PROTEST",
    "REM_EXPLOS": "ASSAULT",
    "SEX_VIOL": "ASSAULT",
    "SUIC_BOMB": "ASSAULT",
    "VIOL_DEMONSTR": "PROTEST",
}


def typed(path: Path) -> dict[str, float]:
    """Weighted F1 of the type of each snippet, over those whose sub-type is an act."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["SubType"] in TYPES]
    gold = [TYPES[row["SubType"]] for row in rows]
    told = [_likeliest(found) for found in predicates((row["EventSnippet"] for row in rows), least=0.2)]
    return {"weighted_f1": class_f1(gold, told, weighted=True), "snippets": float(len(rows))}


def _likeliest(found: Sequence[Predicate]) -> str:
    acts = [p for p in found if p.event is not None]
    best = max(acts, key=lambda p: p.probability * p.certainty, default=None)
    return (best.event or "") if best is not None else ""


def police(path: Path) -> dict[str, float]:
    """Precision, recall and F1 of sentences that tell an act of police."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["sent_text"], row["ANY_ACTION"] == "1") for row in csv.DictReader(lines)]
    hits = told = 0
    for (text, yes), found in zip(rows, predicates((text for text, _ in rows), least=0.4), strict=True):
        said = any(_of_police(text, p) for p in found)
        told += said
        hits += said and yes
    gold = sum(yes for _, yes in rows)
    return scores(hits, told, gold) | {"sentences": float(len(rows))}


def _of_police(text: str, found: Predicate) -> bool:
    return any("police" in text[a:b].lower() or "cop" in text[a:b].lower().split() for a, b in found.actors)
