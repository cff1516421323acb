"""The seed case on the starter record: the checks of ``make check-seed`` hold."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_seed.py"


def test_the_seed_case_follows_from_rows(capsys):
    spec = importlib.util.spec_from_file_location("check_seed", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.main() == 0, capsys.readouterr().out
