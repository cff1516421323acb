"""The reader held against the project's own labelled clauses, split by split.

A claim is right where actors, targets, type, polarity and modality all are; each field is also counted alone,
among claims on one trigger.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from clauses import UNNAMED, Label, Row, rows
from rich.console import Console
from rich.table import Table

from rapallo.model import Claim, parse_date
from rapallo.reading import read

__all__ = ["measure"]

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
