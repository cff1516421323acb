"""Measure how far labels by docs/labelling.md agree with published ones: sentences of Zero-Shot-PLOVER.

``agreement/plv200.yaml`` holds the types given to 200 rows before their published labels were seen. They
are joined to ``gold_root`` by ``sentence_id``, CONCEDE and RETREAT as YIELD. The codebook calls a finished
signature AGREE where PLOVER calls it SUPPORT; such rows say ``AGREE signed``, and all figures come twice.

    RAPALLO_SHARED=FOLDER python scripts/check_agreement.py
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from plover_levels import LEVELS, root
from rich.console import Console
from rich.table import Table

LABELS = Path(__file__).parent / "agreement" / "plv200.yaml"
SIGNED = "AGREE signed"


def rooted(label: str, signed: str) -> str:
    """The root of a label, with ``signed`` for that of a finished signature."""
    return signed if label == SIGNED else root(label)


def agreement(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of rows with the same label."""
    return sum(a == b for a, b in zip(ours, theirs, strict=True)) / len(ours)


def kappa(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Cohen's kappa: agreement beyond that of two labellers who keep their own shares but draw blindly."""
    mine, others = Counter(ours), Counter(theirs)
    by_chance = sum(count * others[name] for name, count in mine.items()) / len(ours) ** 2
    return (agreement(ours, theirs) - by_chance) / (1 - by_chance)


def published(rows: Iterable[dict[str, str]], wanted: set[str]) -> dict[str, str]:
    """The published root of each wanted sentence; one given twice with two roots is left out."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row["sentence_id"] in wanted:
            found.setdefault(row["sentence_id"], set()).add(row["gold_root"])
    return {ident: roots.pop() for ident, roots in found.items() if len(roots) == 1}


def main() -> int:
    """Print the figures; return 0, also where the dataset is absent."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--show", type=int, default=12, help="how many confusions to list")
    options = arguments.parse_args()
    console = Console(width=110)
    path = Path(os.environ.get("RAPALLO_SHARED", "../shared")) / "data/plv_train/PLV_train.tsv"
    if not path.is_file():
        console.print(f"no {path} (set RAPALLO_SHARED)")
        return 0
    labels = {
        str(ident): label for ident, label in yaml.safe_load(LABELS.read_text(encoding="utf-8")).items()
    }
    with path.open(encoding="utf-8", newline="") as lines:
        gold = published(csv.DictReader(lines, delimiter="\t"), set(labels))
    theirs = list(gold.values())
    table = Table(
        "signature is", "level", "agreement", "kappa", title=f"{len(gold)} of {len(labels)} labelled rows"
    )
    for signed in ("AGREE", "SUPPORT"):
        ours = [rooted(labels[ident], signed) for ident in gold]
        for name, of in LEVELS.items():
            pair = [of(r) for r in ours], [of(r) for r in theirs]
            table.add_row(signed, name, f"{agreement(*pair):.1%}", f"{kappa(*pair):.2f}")
    console.print(table)
    apart = Counter(
        (labels[ident], other) for ident, other in gold.items() if rooted(labels[ident], "AGREE") != other
    )
    confusions = Table("codebook", "published", "rows", title="Where they part")
    for (mine, other), count in apart.most_common(options.show):
        confusions.add_row(mine, other, str(count))
    console.print(confusions)
    return 0


if __name__ == "__main__":
    sys.exit(main())
