"""The benchmarks of reactions and of the long history in small, and that they and the product agree."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rapallo.effects.dispute_risk import NAMES, _told
from rapallo.measures.panel import Panel
from rapallo.record import Record

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def record_file(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with what both need."""
    sys.path.insert(0, str(BENCHMARKS))
    import history
    import reactions
    from loading import loaded

    file = tmp_path_factory.mktemp("histories") / "record.duckdb"
    names = dict.fromkeys((*history.DATASETS, *reactions.DATASETS))
    loaded(names, shared / "data", file, without={"icews14"})
    return file


def told(script: str, *arguments: str) -> dict:
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), *arguments, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def test_reactions_in_small(record_file):
    found = told(
        "reactions.py", "--record", str(record_file), "--moves", "4", "--draws", "10", "--years", "2008-2008"
    )
    assert len(found["answers"]) == 18
    for its in found["answers"].values():
        assert its["models"]["own rate"]["log_skill"] == 0.0
        assert its["models"]["climatology"]["auc"] == pytest.approx(0.5)


def test_history_in_small(record_file):
    found = told("history.py", "--record", str(record_file), "--placebos", "1", "--draws", "10")
    its = found["disputes"]["a dispute begins (GML)"]["models"]
    past = its["persistence, no rivalry codes"]
    assert past["auc"] > its["distance"]["auc"]
    assert its["persistence and effects"]["auc_gain_interval"][0] < 0.02
    assert found["placebos"]["times"] == 1


def test_dispute_risk_is_told_what_the_benchmark_was(record_file):
    import history_cases

    with Record.open(record_file, read_only=True) as record:
        world = history_cases.World(record, 1955, 2010)
        row, a, b, pact, level, _ = history_cases.alliances(world, 1990, 1990)
        its = history_cases.thirds(world, row[:1], a[:1], b[:1], pact[:1], level[:1])
        theirs = history_cases.features(world, its)
        panel = Panel(record, 1990 - 25, 1990)
        code = world.panel.system.codes
        places = [int(np.searchsorted(panel.system.codes, code[at])) for at in (a[0], b[0])]
        ours = _told(panel, *places, np.searchsorted(panel.system.codes, code[its.c]))
    for name in NAMES:
        assert ours[name] == pytest.approx(theirs[name], rel=1e-5), name
