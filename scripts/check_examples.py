"""Hold the reader against gold claims: precision and recall on ``examples/`` or another folder of its form.

A claim is right where its actors, targets, type, polarity and modality equal those of a gold claim whose
quote it overlaps by half of the shorter; each gold claim is matched once. Type is the event type, and the
claim's kind where no act is reported. Fails below a precision of 0.6 or a recall of 0.5 over all texts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from rapallo.actors import resolve
from rapallo.model import to_json
from rapallo.reading import load_text, read

EXAMPLES = Path(__file__).parent.parent / "examples"
FIELDS = ("actors", "targets", "type", "polarity", "modality")
FLOOR_PRECISION, FLOOR_RECALL = 0.6, 0.5

Coded = dict[str, Any]


def code_of(label: str) -> str:
    """The code of an actor that a label may name ("PACIFIC ALLIANCE"), else the label."""
    best = resolve(label, on=dt.date(2020, 1, 1)).best
    return best.code if best is not None and len(label) > 3 else label


def coded(claim: Coded) -> Coded:
    """The fields that are compared, of a gold or a read claim."""
    return {
        "actors": sorted(map(code_of, claim["actors"])),
        "targets": sorted(map(code_of, claim["targets"])),
        "type": claim["event"] or claim["kind"],
        "polarity": claim["polarity"],
        "modality": claim["modality"],
        "start": claim["quote"]["start"],
        "end": claim["quote"]["end"],
        "quote": claim["quote"]["exact"],
    }


def overlap(one: Coded, other: Coded) -> float:
    """The shared part of two quotes, as a share of the shorter."""
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return max(0.0, shared / max(1, min(one["end"] - one["start"], other["end"] - other["start"])))


def agreement(one: Coded, other: Coded) -> int:
    """How many of the compared fields are equal."""
    return sum(one[field] == other[field] for field in FIELDS)


def pair(gold: list[Coded], found: list[Coded]) -> list[tuple[Coded, Coded]]:
    """Claims about the same words, best agreement first, each used once."""
    options = sorted(
        ((agreement(g, f), overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        key=lambda o: (-o[0], -o[1], o[2], o[3]),
    )
    pairs, used_gold, used_found = [], set(), set()
    for _, shared, i, j in options:
        if shared >= 0.5 and i not in used_gold and j not in used_found:
            pairs.append((gold[i], found[j]))
            used_gold.add(i)
            used_found.add(j)
    return pairs


def main() -> int:
    """Print the table and return 1 where a floor is not reached."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--texts", type=Path, default=EXAMPLES, help="where the texts lie")
    arguments.add_argument("--gold", type=Path, help="where their claims lie; by default in its folder gold")
    arguments.add_argument("--show", action="store_true", help="print every claim that is missed or wrong")
    options = arguments.parse_args()
    gold_folder = options.gold or options.texts / "gold"
    console = Console(width=120)
    table = Table("text", "gold", "found", "right", "precision", "recall", *FIELDS, box=None)
    totals = [0, 0, 0, 0, *(0 for _ in FIELDS)]

    def row(name: str, figures: list[int]) -> None:
        gold, found, right, paired, *fields = figures
        shares = [right / max(1, found), right / max(1, gold), *(f / max(1, paired) for f in fields)]
        table.add_row(name, str(gold), str(found), str(right), *(f"{s:.2f}" for s in shares))

    for file in sorted(gold_folder.glob("*.json")):
        labelled = json.loads(file.read_text("utf-8"))
        text = load_text(options.texts / labelled["text"])
        reading = read(text, published=dt.date.fromisoformat(labelled["date"]))
        gold = [coded(c) for c in labelled["claims"]]
        found = [coded(to_json(c)) for c in reading.claims]
        pairs = pair(gold, found)
        right = [(g, f) for g, f in pairs if agreement(g, f) == len(FIELDS)]
        per_field = [sum(g[field] == f[field] for g, f in pairs) for field in FIELDS]
        figures = [len(gold), len(found), len(right), len(pairs), *per_field]
        totals = [a + b for a, b in zip(totals, figures, strict=True)]
        row(labelled["text"], figures)
        if options.show:
            print_misses(console, labelled["text"], gold, found, pairs)
    row("all", totals)
    console.print(table)
    console.print("Fields: agreement among claims about the same words.")
    precision, recall = totals[2] / max(1, totals[1]), totals[2] / max(1, totals[0])
    reached = precision >= FLOOR_PRECISION and recall >= FLOOR_RECALL
    console.print(
        f"precision {precision:.3f} (floor {FLOOR_PRECISION}), recall {recall:.3f} (floor {FLOOR_RECALL})"
    )
    return 0 if reached else 1


def print_misses(
    console: Console, name: str, gold: list[Coded], found: list[Coded], pairs: list[tuple[Coded, Coded]]
) -> None:
    """Every gold claim that was missed or read otherwise, and every claim that gold does not hold."""
    console.rule(name)
    for g, f in pairs:
        if agreement(g, f) < len(FIELDS):
            differ = {field: (g[field], f[field]) for field in FIELDS if g[field] != f[field]}
            console.print(f"otherwise {differ} | {g['quote']}", markup=False)
    for g in gold:
        if all(g is not one for one, _ in pairs):
            console.print(f"missed {[g[field] for field in FIELDS]} | {g['quote']}", markup=False)
    for f in found:
        if all(f is not other for _, other in pairs):
            console.print(f"not in gold {[f[field] for field in FIELDS]} | {f['quote']}", markup=False)


if __name__ == "__main__":
    sys.exit(main())
