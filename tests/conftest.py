"""What every test shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of datasets and texts that are for measuring only; skips where it is absent."""
    root = Path(os.environ.get("RAPALLO_SHARED", "../shared"))
    if not (root / "data").is_dir():
        pytest.skip(f"no datasets at {root} (set RAPALLO_SHARED)")
    return root
