"""Mutated texts read one by one: what crashes, what is unsound, what is read otherwise the second time.

``python benchmarks/fuzz.py 10000 [--seed S]`` reads the texts of the seeds S to S + 9999, each a second time
after the one that follows it, and prints counts, speed and every fault with the seed that reproduces it::

    python benchmarks/fuzz.py 1 --seed SEED --show

Exits with 1 on any fault.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from rapallo.errors import InputError
from rapallo.model import Reading
from rapallo.reading import read
from rapallo.reading.clean import normalise
from tests.reading.fuzzing import ON, faults, mutant


def attempt(text: str) -> tuple[Reading | None, list[str]]:
    """The reading, None where the text was refused or the reader crashed, and what is wrong."""
    try:
        reading = read(text, published=ON)
    except InputError:
        return None, [] if not normalise(text).strip() else ["refused"]
    except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
        where = traceback.format_exc().strip().splitlines()
        return None, [f"crash: {where[-1]} at {where[-3].strip() if len(where) > 2 else ''}"]
    return reading, faults(text, reading)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, help="how many texts")
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first")
    parser.add_argument("--show", action="store_true", help="print each text and what was read")
    asked = parser.parse_args()
    attempt(mutant(asked.seed))  # loads the parser
    console = Console()
    found: list[tuple[int, str]] = []
    sentences = claims = refused = 0
    slowest = (0.0, asked.seed)
    before: tuple[int, str, Reading | None] | None = None
    began = time.perf_counter()
    for seed in range(asked.seed, asked.seed + asked.count):
        text = mutant(seed)
        start = time.perf_counter()
        reading, wrong = attempt(text)
        slowest = max(slowest, (time.perf_counter() - start, seed))
        if before is not None and attempt(before[1])[0] != before[2]:
            found.append((before[0], f"read otherwise after the text of seed {seed}"))
        before = (seed, text, reading)
        found += [(seed, fault) for fault in wrong]
        for fault in wrong:
            print(f"seed {seed}: {fault}", flush=True)
        refused += reading is None and not wrong
        sentences += len(reading.diagnostics) if reading else 0
        claims += len(reading.claims) if reading else 0
        if asked.show:
            print(repr(text), reading, sep="\n")
    took = time.perf_counter() - began
    table = Table("texts", "refused", "sentences", "claims", "sentences/s", "slowest text", "faults")
    speed = f"{sentences * 2 / took:.0f}"
    last = f"{slowest[0]:.1f} s (seed {slowest[1]})"
    table.add_row(*map(str, (asked.count, refused, sentences, claims, speed, last, len(found))))
    console.print(table)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
