"""Run the command line in this process, as a user would see it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from rapallo.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys):
    """Call it with arguments; returns exit code, standard output and standard error."""

    def call(*arguments) -> Ran:
        with pytest.raises(SystemExit) as left:
            main([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(left.value.code, captured.out, captured.err)

    return call


@pytest.fixture
def example() -> Path:
    return EXAMPLES / "pact.txt"
