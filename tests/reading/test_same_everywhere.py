"""The same text gives the same claims in every process, however Python orders its sets."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from rapallo.reading import read

PROGRAM = """
import datetime as dt, hashlib, sys
from pathlib import Path
from rapallo.reading import read
told = [repr(c) for p in sorted(Path("examples").glob("*.txt"))
        for c in read(p.read_text("utf-8"), published=dt.date(2024, 5, 15)).claims]
told += [repr(c) for text in sys.argv[1:] for c in read(text, published=dt.date(2024, 5, 15)).claims]
print(len(told), hashlib.sha256("".join(told).encode()).hexdigest())
"""
# two mentions of one party as far from the verb as each other
TEXTS = (
    "Chad's prime minister tendered his resignation to Mahamat Déby late on Sunday.",
    "Papua New Guinea's police commissioner vetoed the release of the twelve Bougainville detainees.",
)


def told(seed: str) -> str:
    """What one process reads."""
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *TEXTS],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONHASHSEED": seed},
    ).stdout


def test_claims_do_not_hang_on_the_order_of_sets() -> None:
    first = told("1")
    assert int(first.split()[0]) > 100
    assert {told(seed) for seed in "23"} == {first}


def test_a_text_may_open_with_a_stance() -> None:
    text = "Fearing a Chilean attack, Peru moved two brigades to the border near Tacna on Monday."
    found = read(text, published=dt.date(2024, 5, 15)).claims
    assert ("stance", ("PER",), ("CHL",)) in [(c.kind, c.actors, c.targets) for c in found]
