"""Repairs of clean text: words, documents and false repairs per 10,000 words over three sets of clean news.

Every repair there is a false one. Each set is read twice, with each sentence as a document of its own and
joined in documents of 40 sentences::

    RAPALLO_SHARED=FOLDER python benchmarks/repairs.py

Exits with 1 where one set has more than one false repair in 10,000 words, with 2 where the sets are absent.
With ``--show`` each document that was held for garbled is printed; with ``--ungated`` also what the phrase
table would have read otherwise had the document been held for garbled.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from rapallo.reading.repair import legibility, repair

SETS = {
    "india_police": ("sents.csv", ",", "sent_text"),
    "case2021_task2": ("test_set_final_release_with_labels.tsv", "\t", "EventSnippet"),
    "plv_train": ("PLV_train.tsv", "\t", "sentence"),
}
JOINED = 40
LIMIT = 1.0


def sentences(root: Path, name: str) -> list[str]:
    """The sentences of a set, each once."""
    file, delimiter, column = SETS[name]
    with (root / "data" / name / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=delimiter)
        return list(dict.fromkeys(" ".join(row[column].split()) for row in rows))


def documents(texts: Sequence[str], size: int) -> Iterator[str]:
    """The texts joined, so many in a document."""
    for i in range(0, len(texts), size):
        yield " ".join(texts[i : i + size])


def false_repairs(text: str, *, garbled: bool) -> list[tuple[str, str]]:
    """What is read otherwise: (words of the text, words read)."""
    read = repair(text, garbled=garbled)
    return [
        (text[e.start : e.end], read.text[e.read_start : e.read_end]) for e in read.within(0, len(read.text))
    ]


def main() -> int:
    """Count and print."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--show", action="store_true", help="print each document held for garbled")
    arguments.add_argument("--ungated", action="store_true", help="print what the tables alone would change")
    options = arguments.parse_args()
    root = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    console = Console(width=140)
    if not all((root / "data" / name / file).is_file() for name, (file, *_) in SETS.items()):
        console.print(f"no datasets at {root} (set RAPALLO_SHARED)")
        return 2
    table = Table("set", "document", "words", "documents", "garbled", "false repairs", "per 10,000 words")
    worst = 0.0
    alone: Counter[tuple[str, str]] = Counter()
    for name in SETS:
        texts = sentences(root, name)
        words = sum(len(t.split()) for t in texts)
        for label, size in (("one sentence", 1), (f"{JOINED} sentences", JOINED)):
            joined = list(documents(texts, size))
            garbled = [d for d in joined if legibility(d) < 1]
            repairs = [r for d in garbled for r in false_repairs(d, garbled=True)]
            rate = 10_000 * len(repairs) / words
            worst = max(worst, rate)
            table.add_row(
                name,
                label,
                f"{words:,}",
                f"{len(joined):,}",
                str(len(garbled)),
                str(len(repairs)),
                f"{rate:.2f}",
            )
            if options.show:
                for document in garbled:
                    console.print(document[:400], false_repairs(document, garbled=True), markup=False)
        if options.ungated:
            alone.update(r for t in texts for r in false_repairs(t, garbled=True))
    console.print(table)
    for (old, new), times in alone.most_common():
        console.print(f"{times:5}  {old} -> {new}", markup=False)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
