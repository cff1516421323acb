"""Load every dataset whose files are at hand into one new record file, and ask it: rows, seconds, memory.

Usage: python benchmarks/sources.py [FOLDER] [--seed N] [--json]

FOLDER is ``data`` under RAPALLO_SHARED (``../shared`` unless set). Loading runs twice, in a process of its
own each time; the second must add nothing. Then a million made-up events between states drawn by weight are
written, and asked for: the events of 60 pairs drawn by the same weight, and the world's ties as of a date.
Returns 1 where a bound is broken: 4 minutes and 3 GB to load all, 20 s to write the events, 20 ms (95th
percentile) for a pair, 300 ms for the ties.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

BOUNDS = {"seconds": 240.0, "peak_mb": 3000.0, "events_s": 20.0, "pair_ms": 20.0, "ties_ms": 300.0}
EVENTS, PAIRS = 1_000_000, 60
ON = dt.date(2024, 6, 22)


def load(record_file: Path, folder: Path) -> dict[str, Any]:
    """Load all datasets of a folder into a record file; what became of each file."""
    from rapallo.errors import InputError
    from rapallo.record import Record
    from rapallo.sources.dataset import names
    from rapallo.sources.load import locate, read_release

    found: dict[str, Any] = {"files": [], "absent": {}, "added": 0, "closed": 0}
    with Record.open(record_file) as record:
        for name in names():
            try:
                releases = locate(name, [folder])
            except InputError as error:
                found["absent"][name] = error.message
                continue
            for release, paths in releases:
                began = time.perf_counter()
                bulk = read_release(name, release, paths)
                written = record.load(bulk)
                found["added"] += written.added
                found["closed"] += written.closed
                spent = time.perf_counter() - began
                found["files"] += [
                    {
                        "source": bulk.source.id,
                        "file": file.file,
                        "read": file.read,
                        "kept": file.kept,
                        "rejected": {why: rows for why, (rows, _) in file.rejected.items()},
                        "rows_added": written.added,
                        "seconds": spent,
                    }
                    for file in bulk.files
                ]
    return found


def ask(record_file: Path, seed: int) -> dict[str, float]:
    """Write a million events into a record file and time what is asked of it."""
    import numpy as np
    import pyarrow as pa

    from rapallo import actors
    from rapallo.model import Bulk, Source
    from rapallo.record import Record

    rng = np.random.default_rng(seed)
    codes = np.array([actor.id for actor in actors.states(dt.date(2020, 1, 1)) if actor.cow is not None])
    weights = 1 / np.arange(1, len(codes) + 1)
    weights /= weights.sum()
    one = rng.choice(len(codes), EVENTS, p=weights)
    other = (one + 1 + rng.choice(len(codes) - 1, EVENTS)) % len(codes)
    low, high = codes[np.minimum(one, other)], codes[np.maximum(one, other)]
    ordered = np.where(low < high, low, high), np.where(low < high, high, low)
    days = pa.array(np.datetime64("2000-01-01") + rng.integers(0, 9000, EVENTS).astype("timedelta64[D]"))
    offsets = pa.array(np.arange(EVENTS + 1, dtype="int32"))
    lines = np.arange(1, EVENTS + 1, dtype="int32")
    cells: dict[str, Any] = {
        "id": pa.array([f"made-up:{line:07d}" for line in lines]),
        "valid_from": days,
        "valid_to": days,
        "line": pa.array(lines),
        "actors": pa.ListArray.from_arrays(offsets, pa.array(codes[one])),
        "targets": pa.ListArray.from_arrays(offsets, pa.array(codes[other])),
        "pair": pa.array([f"{a}-{b}" for a, b in zip(*ordered, strict=True)]),
        "contexts": pa.array([[]] * EVENTS, pa.list_(pa.string())),
    }
    same: dict[str, Any] = {
        "source": "made-up",
        "release": "1",
        "precision": "day",
        "file": "made-up.csv",
        "confidence": 0.8,
        "basis": "loaded",
        "checked_against": "",
        "event": "CONSULT",
        "what": "",
        "code": "040",
        "intensity": 1.0,
        "reports": 1,
        "sources": 1,
    }
    cells |= {name: pa.repeat(value, EVENTS) for name, value in same.items()}
    texts = ("quote_exact", "quote_prefix", "quote_suffix", "mode", "place")
    cells |= {name: pa.nulls(EVENTS, pa.string()) for name in texts}
    cells |= {name: pa.nulls(EVENTS, pa.int32()) for name in ("quote_start", "quote_end")}
    bulk = Bulk(Source("made-up", "Made up"), {"event": (pa.table(cells),)})
    with Record.open(record_file) as record:
        began = time.perf_counter()
        record.load(bulk)
        spent = time.perf_counter() - began
    asked = []
    with Record.open(record_file, read_only=True) as record:
        for _ in range(PAIRS):
            state, partner = rng.choice(codes, 2, p=weights, replace=False)
            began = time.perf_counter()
            record.query("events_of_pair", on=ON, state=str(state), other=str(partner))
            asked.append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        ties = len(record.view(ON).ties())
        ties_ms = 1000 * (time.perf_counter() - began)
    median, high_end = float(np.median(asked)), float(np.quantile(asked, 0.95))
    return {
        "events_s": spent,
        "pair_median_ms": median,
        "pair_ms": high_end,
        "ties": ties,
        "ties_ms": ties_ms,
    }


def child(*arguments: str) -> dict[str, Any]:
    """Run a part of this file in a process of its own; what it found, its seconds and its peak memory."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"{arguments[0]} ended with {code}")
    peak = usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    found: dict[str, Any] = json.loads(said)
    return {**found, "seconds": time.perf_counter() - began, "peak_mb": peak}


def main() -> int:
    """Measure, print, and return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    parser.add_argument("folder", nargs="?", type=Path, default=shared / "data")
    parser.add_argument("--seed", type=int, default=1922)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=("load", "ask"), help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        part = (
            load(options.file, options.folder) if options.part == "load" else ask(options.file, options.seed)
        )
        print(json.dumps(part))
        return 0
    if not options.folder.is_dir():
        sys.exit(f"no datasets at {options.folder} (set RAPALLO_SHARED)")
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "record.duckdb"
        given = ("--file", str(file), "--seed", str(options.seed), str(options.folder))
        first, again = child("--part", "load", *given), child("--part", "load", *given)
        size = file.stat().st_size / 1e6
        asked = child("--part", "ask", *given)
    measured = {"seconds": first["seconds"], "peak_mb": first["peak_mb"]}
    measured |= {name: asked[name] for name in ("events_s", "pair_ms", "ties_ms")}
    broken = [name for name, bound in BOUNDS.items() if measured[name] > bound]
    if again["added"] or again["closed"]:
        broken.append("a second run adds something")
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        **{name: version(name) for name in ("rapallo", "duckdb", "pyarrow", "numpy")},
        "seed": options.seed,
    }
    result = {
        "first": first,
        "again": {**again, "files": len(again["files"])},
        "asked": asked,
        "file_mb": size,
        "bounds": BOUNDS,
        "broken": broken,
        "machine": machine,
    }
    print(json.dumps(result, indent=1)) if options.json else show(result)
    return 1 if broken else 0


def show(result: dict[str, Any]) -> None:
    """Print what was measured as tables."""
    first, again, asked = result["first"], result["again"], result["asked"]
    print("  ".join(f"{key} {value}" for key, value in result["machine"].items()))
    print(f"\n{'source':32}{'file':44}{'read':>10}{'kept':>10}{'rejected':>10}  reasons")
    for file in first["files"]:
        rejected = sum(file["rejected"].values())
        why = "; ".join(f"{rows} {reason}" for reason, rows in file["rejected"].items())
        print(
            f"{file['source'][:31]:32}{file['file'][:43]:44}"
            f"{file['read']:>10,}{file['kept']:>10,}{rejected:>10,}  {why}"
        )
    read, kept = (sum(file[name] for file in first["files"]) for name in ("read", "kept"))
    print(f"{'all':32}{len(first['files']):<44}{read:>10,}{kept:>10,}{read - kept:>10,}")
    print(f"\nnot at hand: {', '.join(first['absent']) or 'none'}")
    print(f"rows written {first['added']:,}, the file {result['file_mb']:,.0f} MB")
    for name, value, bound in (
        ("all datasets, s", first["seconds"], BOUNDS["seconds"]),
        ("peak memory, MB", first["peak_mb"], BOUNDS["peak_mb"]),
        ("the same again, s", again["seconds"], None),
        ("rows that adds or closes", again["added"] + again["closed"], 0),
        (f"{EVENTS:,} events written, s", asked["events_s"], BOUNDS["events_s"]),
        ("events of a pair, median ms", asked["pair_median_ms"], None),
        ("events of a pair, p95 ms", asked["pair_ms"], BOUNDS["pair_ms"]),
        (f"{asked['ties']:,} ties as of {ON}, ms", asked["ties_ms"], BOUNDS["ties_ms"]),
    ):
        print(f"{name:34}{value:>12,.1f}{'' if bound is None else f'   bound {bound:,.0f}':>16}")
    print(f"broken: {', '.join(result['broken']) or 'nothing'}")


if __name__ == "__main__":
    sys.exit(main())
