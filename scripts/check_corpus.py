"""Check the labelled clauses: their form, how alike they are, and how often a trigger comes.

With actors and numbers masked, fewer than one row in a hundred may have a neighbour above 0.5
Jaccard on word 3-grams, none of them in another split; a trigger lemma carries at most 15 clauses.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict

from clauses import Row, rows
from rich.console import Console
from rich.table import Table

from rapallo.reading.parse import parse

ALIKE, SHARE, MOST = 0.5, 0.01, 15
WORD = re.compile(r"[A-Za-z]+|[^\sA-Za-z]")


def masked(row: Row) -> list[str]:
    """The words of a row with actors as X and numbers as 0."""
    text = row.text
    names = {words for label in row.labels for words in (*label.actors.values(), *label.targets.values())}
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, "X")
    return [w.lower() for w in WORD.findall(re.sub(r"\d[\d,.]*", "0", text))]


def shingles(row: Row) -> frozenset[tuple[str, ...]]:
    """The word 3-grams of a masked row."""
    words = masked(row)
    return frozenset(tuple(words[i : i + 3]) for i in range(len(words) - 2))


def neighbours(everything: list[Row]) -> list[tuple[float, Row, Row]]:
    """Pairs of rows more alike than allowed."""
    grams = [shingles(row) for row in everything]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    found = []
    for i, mine in enumerate(grams):
        shared = Counter(j for gram in mine for j in holders[gram])
        for j, count in shared.items():
            likeness = count / (len(mine) + len(grams[j]) - count)
            if likeness > ALIKE:
                found.append((likeness, everything[j], everything[i]))
        for gram in mine:
            holders[gram].append(i)
    return sorted(found, key=lambda f: -f[0])


def lemmas(everything: list[Row]) -> Counter[str]:
    """How many clauses hang on each trigger lemma; a phrase ("take over") is one of its own."""
    triggers = [label.trigger for row in everything for label in row.labels]
    return Counter(" ".join(t.lemma_.lower() for t in doc) for doc in parse(triggers))


def main() -> int:
    """Print the figures and return 1 where a bound is broken."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--show", type=int, default=10, help="how many offending pairs and lemmas to list")
    options = arguments.parse_args()
    console = Console(width=150)
    everything = list(rows())
    table = Table("split", "sentences", "clauses", "no claim", "types", title="The labelled clauses")
    for split in sorted({row.split for row in everything}):
        mine = [row for row in everything if row.split == split]
        labels = [label for row in mine for label in row.labels]
        bare = sum(not row.labels for row in mine)
        kinds = Counter(label.event or label.kind for label in labels)
        told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        table.add_row(split, str(len(mine)), str(len(labels)), str(bare), told)
    console.print(table)
    labelled = [row for row in everything if row.split != "second"]
    alike = neighbours(labelled)
    rows_alike = {id(row) for _, one, other in alike for row in (one, other)}
    across = [pair for pair in alike if pair[1].split != pair[2].split]
    share = len(rows_alike) / max(1, len(labelled))
    console.print(
        f"{share:.2%} of rows have a neighbour above {ALIKE} (bound {SHARE:.0%}); {len(across)} across splits"
    )
    for likeness, one, other in alike[: options.show]:
        console.print(f"  {likeness:.2f} {one.text} | {other.text}", markup=False)
    counts = lemmas(labelled)
    often = [(lemma, count) for lemma, count in counts.most_common() if count > MOST]
    console.print(f"{len(counts)} trigger lemmas; {len(often)} carry more than {MOST} clauses")
    for lemma, count in often[: options.show]:
        console.print(f"  {lemma} {count}")
    return 1 if share > SHARE or across or often else 0


if __name__ == "__main__":
    sys.exit(main())
