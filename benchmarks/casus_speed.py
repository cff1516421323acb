"""Who must come to whose help for all pairs: the time of a day and of all years, and whether it is right.

The fast way (``rapallo.pacts.fast``) is timed on days and over years, and held against the plain one
(``rapallo.pacts.casus``), pair by pair: on random webs of pacts, of which all pairs are asked, and on a
random sample of the pairs of each day. An answer agrees where the state, the answer, the side, the step and
the number of clauses do. A day is timed twice and the better time stands.

With RECORD the record of that file is asked, by default the starter record. ``--smoke`` asks little of each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapallo import actors
from rapallo.cli.obliged_all import write
from rapallo.pacts.fast import Lives, everyone
from rapallo.pacts.web import weave
from rapallo.record import Record
from tests.pacts.agreement import STATES, of_all, plainly, random_view

DAYS = ("1850-07-01", "1914-07-28", "1938-07-01", "1980-07-01", "2024-06-22")
SEED = 1922


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("record", nargs="?", type=Path, metavar="RECORD")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--webs", type=int, default=10_000)
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--years", default="1816-2024")
    asked = parser.parse_args()
    if asked.smoke:
        asked.webs, asked.pairs, asked.years = 30, 5, "1913-1914"
    print(f"{platform.machine()}, {os.cpu_count()} cores; Python {platform.python_version()},")
    print(f"numpy {np.__version__}, pyarrow {pa.__version__}, duckdb {duckdb.__version__}; seed {SEED}")
    print(f"{'asked':<28}{'pairs':>10}{'answers':>12}{'wall s':>9}{'cpu s':>9}  agrees with the plain way")
    for row in (_webs(asked.webs), *_days(asked.record, asked.pairs), _years(asked.record, asked.years)):
        print("{:<28}{:>10,}{:>12,}{:>9.2f}{:>9.2f}  {}".format(*row))


T = TypeVar("T")
Row = tuple[str, int, int, float, float, str]


def _webs(many: int) -> Row:
    wrong, answers, pairs = [], 0, [(foe, side) for foe in STATES for side in STATES if foe != side]
    wall, cpu = 0.0, 0.0
    for seed in range(many):
        web = weave(random_view(seed))
        found, took, worked = _timed(lambda web=web: everyone(web, STATES, noes=True))
        wall, cpu = wall + took, cpu + worked
        told = of_all(found)
        answers += len(told)
        if told != plainly(web, pairs):
            wrong.append(seed)
    said = f"{many - len(wrong):,} of {many:,} webs" + (f", not {wrong[:5]}" if wrong else "")
    return (f"{many:,} random webs", many * len(pairs), answers, wall, cpu, said)


def _days(file: Path | None, sample: int) -> Iterator[Row]:
    rng = random.Random(SEED)
    with Record.open(file, read_only=file is not None) as record:
        lives = Lives(record)
        for day in map(dt.date.fromisoformat, DAYS):
            states = sorted({who for _, who, when in actors.memberships("cow") if when.contains(day)})
            web = weave(lives.view(day))
            runs = [_timed(lambda web=web, states=states: everyone(web, states, noes=True)) for _ in range(2)]
            found, wall, cpu = min(runs, key=lambda run: run[1])
            told = of_all(found)
            pairs = [tuple(rng.sample(states, 2)) for _ in range(sample)]
            right = sum(
                plainly(web, [pair]) == {key: row for key, row in told.items() if key[:2] == pair}
                for pair in pairs
            )
            said = f"{right} of {sample} pairs"
            yield (f"{day}", len(states) * (len(states) - 1), len(found), wall, cpu, said)


def _years(file: Path | None, years: str) -> Row:
    first, _, last = years.partition("-")
    spells = actors.memberships("cow")
    counts = [
        len({who for _, who, when in spells if when.contains(dt.date(year, 7, 1))})
        for year in range(int(first), int(last) + 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "obliged.parquet"
        rows, wall, cpu = _timed(lambda: write(file, out, years=years))
        size = out.stat().st_size / 1e6
    pairs = sum(n * (n - 1) for n in counts)
    return (f"{years}, written", pairs, rows, wall, cpu, f"({size:,.0f} MB of Parquet)")


def _timed(work: Callable[[], T]) -> tuple[T, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    main()
