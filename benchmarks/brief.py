"""Time and memory of a cold ``rapallo brief`` and of ``import rapallo``, each in a fresh process.

Usage: python benchmarks/brief.py [TEXT] [--date D] [--runs N] [--json]

Prints the median of N runs with machine and versions. The ceilings stand in the table: 6 s and 1 GB for a
brief on two cores, 0.3 s for the import beyond a bare interpreter.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "pact.txt"


def run(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak resident MB of one run."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status):
        message = process.stderr.read().decode() if process.stderr else ""
        sys.exit(f"{' '.join(command)} failed: {message}")
    return seconds, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def main() -> int:
    """Measure, print, and return 1 where a ceiling is passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", nargs="?", type=Path, default=EXAMPLE)
    parser.add_argument("--date")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rapallo = [sys.executable, "-c", "from rapallo.cli import main; main()"]
    brief = [*rapallo, "brief", str(options.text), *(["--date", options.date] if options.date else [])]
    measured = {
        "brief": [run(brief) for _ in range(options.runs)],
        "import rapallo": [run([sys.executable, "-c", "import rapallo"]) for _ in range(options.runs)],
        "bare interpreter": [run([sys.executable, "-c", "pass"]) for _ in range(options.runs)],
    }
    figures = {
        name: {"seconds": statistics.median(s for s, _ in runs), "peak_mb": max(m for _, m in runs)}
        for name, runs in measured.items()
    }
    figures["import rapallo"]["seconds"] -= figures["bare interpreter"]["seconds"]
    within = (
        figures["brief"]["seconds"] < 6
        and figures["brief"]["peak_mb"] < 1000
        and figures["import rapallo"]["seconds"] < 0.3
    )
    machine = {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        **{name: version(name) for name in ("rapallo", "spacy", "duckdb", "numpy")},
    }
    result = {"figures": figures, "runs": options.runs, "machine": machine, "within": within}
    if options.json:
        print(json.dumps(result, indent=1))
    else:
        print("  ".join(f"{k} {v}" for k, v in machine.items()))
        print(f"{'':20}{'median s':>10}{'peak MB':>10}{'ceiling':>20}")
        for name, ceiling in (
            ("brief", "6 s, 1000 MB"),
            ("import rapallo", "0.3 s"),
            ("bare interpreter", "-"),
        ):
            print(f"{name:20}{figures[name]['seconds']:>10.2f}{figures[name]['peak_mb']:>10.0f}{ceiling:>20}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
