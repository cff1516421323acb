"""The reader measured: on its own labelled clauses, on files of other projects' formats, and on the clock.

``make bench-reading`` prints the table. Any part runs on any file of the same format::

    python benchmarks/reading.py --plv FILE --petr FILE --text FILE --case FILE --police FILE --json

With ``--json`` one JSON object is printed and nothing else.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
sys.path.insert(0, str(Path(__file__).parent))

import own_clauses
import petrarch
import plv
import snippets
from rich.console import Console
from rich.table import Table

from rapallo.model import parse_date
from rapallo.reading import find_date, read
from rapallo.reading.parse import pipeline

REPEATS = 3


def speed(texts: list[str]) -> dict[str, float]:
    """Sentences a second from plain text to claims, warm, and how many times the parse alone takes."""
    on = parse_date("2024-05-15").start
    assert on is not None
    text = "\n\n".join(texts)
    sentences = len(read(text, published=on).diagnostics)
    whole = min(_seconds(lambda: read(text, published=on)) for _ in range(REPEATS))
    alone = min(_seconds(lambda: list(pipeline().pipe(texts))) for _ in range(REPEATS))
    return {
        "sentences_a_second": sentences / whole,
        "times_the_parse": whole / alone,
        "sentences": float(sentences),
    }


def _seconds(job: Any) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def claims_of(path: Path) -> dict[str, Any]:
    """The claims read from one text, counted by type and kind."""
    text = path.read_text("utf-8")
    on = find_date(text) or parse_date("2024-05-15").start
    assert on is not None
    found = read(text, published=on)
    kinds: dict[str, int] = {}
    for claim in found.claims:
        kinds[claim.event or claim.kind] = kinds.get(claim.event or claim.kind, 0) + 1
    return {
        "claims": len(found.claims),
        "sentences": len(found.diagnostics),
        "legibility": found.document.legibility,
    } | kinds


def machine() -> str:
    """What it ran on."""
    parts = [f"python {platform.python_version()}", f"system {platform.platform()}"]
    return "  ".join(
        [*parts, *(f"{name} {version(name)}" for name in ("rapallo", "spacy", "onnxruntime", "numpy"))]
    )


def main() -> int:
    """Measure what was asked for and print it."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--plv", type=Path, metavar="FILE", help="marked sentences with their PLOVER root")
    arguments.add_argument("--petr", type=Path, metavar="FILE", help="unit tests of PETRARCH, as XML")
    arguments.add_argument("--case", type=Path, metavar="FILE", help="snippets with their type")
    arguments.add_argument("--police", type=Path, metavar="FILE", help="sentences with acts of police")
    arguments.add_argument("--text", type=Path, metavar="FILE", help="a text whose claims are counted")
    arguments.add_argument("--clauses", metavar="SPLIT", help="the project's own: train, validation or test")
    arguments.add_argument(
        "--speed", type=Path, metavar="FILE", help="marked sentences to read against the clock"
    )
    arguments.add_argument(
        "--show", action="store_true", help="with --clauses: every row that is not all right"
    )
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    options = arguments.parse_args()
    console = Console(width=150, stderr=options.json)
    found: dict[str, dict[str, Any]] = {}
    if options.plv:
        rows = plv.items(options.plv)
        found["plv"] = plv.marked(rows) | {"end_to_end": plv.end_to_end(rows)["f1"], "rows": len(rows)}
    if options.petr:
        found["petr"] = petrarch.measure(options.petr)
    if options.case:
        found["case"] = snippets.typed(options.case)
    if options.police:
        found["police"] = snippets.police(options.police)
    if options.text:
        found["text"] = claims_of(options.text)
    if options.clauses:
        found["clauses"] = own_clauses.measure(options.clauses, show=options.show, console=console)
    if options.speed:
        found["speed"] = speed([row.text for row in plv.items(options.speed)[:400]])
    if options.json:
        sys.stdout.write(json.dumps({"machine": machine(), **found}) + "\n")
        return 0
    table = Table("task", "figures", title=machine())
    for task, figures in found.items():
        told = "  ".join(f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
        table.add_row(task, told)
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
