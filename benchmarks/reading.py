"""The reader held against labels: the project's own clauses, split by split.

``python benchmarks/reading.py --clauses validation [--show] [--json]`` prints precision and recall of claims
right in actors, targets, type, polarity and modality, and of each field among claims on one trigger.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from clauses import UNNAMED, Label, Row, rows

from rapallo.model import Claim, parse_date
from rapallo.reading import read

FIELDS = ("actors", "targets", "type", "polarity", "modality")


def labelled(label: Label) -> dict[str, Any]:
    """The fields of a label that are compared."""
    return {
        "actors": frozenset(code for code in label.actors if not code.startswith(UNNAMED)),
        "targets": frozenset(code for code in label.targets if not code.startswith(UNNAMED)),
        "type": label.event or label.kind,
        "polarity": label.polarity,
        "modality": label.modality,
    }


def told(claim: Claim) -> dict[str, Any]:
    """The same fields of a claim that was read."""
    return {
        "actors": frozenset(claim.actors),
        "targets": frozenset(claim.targets),
        "type": claim.event or claim.kind if claim.kind != "cause" else "cause",
        "polarity": claim.polarity,
        "modality": claim.modality,
    }


def pairs(row: Row, claims: tuple[Claim, ...]) -> list[tuple[Label, Claim]]:
    """Labels and claims about one trigger, the best agreement first, each once."""
    options = []
    for i, label in enumerate(row.labels):
        want = labelled(label)
        for j, claim in enumerate(claims):
            if label.trigger not in claim.quote.exact:
                continue
            have = told(claim)
            options.append((sum(want[f] == have[f] for f in FIELDS), -i, -j))
    found, used_label, used_claim = [], set(), set()
    for _, i, j in sorted(options, reverse=True):
        if i not in used_label and j not in used_claim:
            used_label.add(i)
            used_claim.add(j)
            found.append((row.labels[-i], claims[-j]))
    return found


def measure(split: str, *, show: bool, console: Console) -> dict[str, float]:
    """Read every row of a split and count."""
    gold = found = right = paired = 0
    fields: Counter[str] = Counter()
    by_type: dict[str, list[int]] = {}
    for row in rows(split):
        on = parse_date(row.on).start
        assert on is not None
        claims = read(row.text, published=on).claims
        matched = pairs(row, claims)
        gold += len(row.labels)
        found += len(claims)
        paired += len(matched)
        good = [(w, c) for w, c in matched if labelled(w) == told(c)]
        right += len(good)
        for want, claim in matched:
            fields.update(f for f in FIELDS if labelled(want)[f] == told(claim)[f])
        for label in row.labels:
            counts = by_type.setdefault(label.event or label.kind, [0, 0])
            counts[0] += 1
            counts[1] += any(label is w for w, _ in good)
        if show and (len(good) < len(row.labels) or len(good) < len(claims)):
            show_row(console, row, claims, good)
    table = Table("type", "labels", "right", "recall", title=f"Clauses of {split}")
    for name, (many, ok) in sorted(by_type.items(), key=lambda item: -item[1][0]):
        table.add_row(name, str(many), str(ok), f"{ok / many:.2f}")
    console.print(table)
    figures = {"precision": right / max(1, found), "recall": right / max(1, gold), "labels": float(gold)}
    return figures | {f: fields[f] / max(1, paired) for f in FIELDS}


def show_row(console: Console, row: Row, claims: tuple[Claim, ...], good: list[tuple[Label, Claim]]) -> None:
    """Print what a row should have given and did not, or gave and should not."""
    console.print(f"[bold]{row.origin}:{row.number}[/bold] {row.text}", highlight=False)
    for label in row.labels:
        if all(label is not w for w, _ in good):
            console.print(f"  wanted {_short(labelled(label))} | {label.trigger}", markup=False)
    for claim in claims:
        if all(claim is not c for _, c in good):
            console.print(f"  got    {_short(told(claim))} | {claim.quote.exact}", markup=False)


def _short(fields: dict[str, Any]) -> str:
    actors, targets = (" ".join(sorted(fields[f])) or "-" for f in ("actors", "targets"))
    return f"{fields['type']} {actors} > {targets} {fields['polarity']} {fields['modality']}"


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clauses", default="validation", help="the split: train, validation or test")
    arguments.add_argument("--show", action="store_true", help="print every row that is not all right")
    arguments.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = arguments.parse_args()
    console = Console(width=150, stderr=options.json)
    figures = measure(options.clauses, show=options.show, console=console)
    if options.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        console.print(", ".join(f"{name} {value:.3f}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
