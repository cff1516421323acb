"""Check the plain sentences: their form, and that none is like a labelled sentence that measures.

With actors and numbers masked, no plain sentence may be above 0.5 Jaccard on word 3-grams with one of
``validation``, ``test`` or ``second``, nor two of its own above 0.8.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from check_corpus import ALIKE, neighbours
from clauses import rows
from plain import plain_rows
from rich.console import Console

SAME = 0.8


def main() -> int:
    """Print the figures and return 1 where a bound is broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path, help="only these files")
    options = arguments.parse_args()
    console = Console(width=150)
    mine = list(plain_rows(options.files or None))
    measuring = [row for row in rows() if row.split != "train"]
    alike = [
        (likeness, one, other)
        for likeness, one, other in neighbours([*measuring, *mine])
        if "plain" in (one.split, other.split) and (likeness > SAME or one.split != other.split)
    ]
    for likeness, one, other in alike[:20]:
        console.print(f"  {likeness:.2f} {one.split}/{one.origin}:{one.number} {one.text}", markup=False)
        console.print(f"       {other.split}/{other.origin}:{other.number} {other.text}", markup=False)
    labels = [label for row in mine for label in row.labels]
    kinds = Counter(label.event or label.kind for label in labels)
    bare = sum(not row.labels for row in mine)
    console.print(f"{len(mine)} sentences, {bare} without a claim, {len(labels)} claims; bound {ALIKE}")
    console.print(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    if not options.files:
        short = sum(len(row.text.split()) <= 12 for row in mine if row.labels)
        console.print(f"{short} of up to twelve words claim something")
    return 1 if alike else 0


if __name__ == "__main__":
    sys.exit(main())
