"""The facts against the datasets; skipped where these are not at hand."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from rapallo.sources.starter import load

SCRIPTS = Path(__file__).parents[3] / "scripts"


@pytest.fixture(scope="module")
def report(shared):
    env = {**os.environ, "RAPALLO_SHARED": str(shared.resolve()), "COLUMNS": "160"}
    return subprocess.run(
        [sys.executable, str(SCRIPTS / "check_starter.py")],
        capture_output=True,
        text=True,
        env=env,
        check=False,
    )


def test_every_checked_fact_holds(report):
    assert report.returncode == 0, report.stdout[-3000:] + report.stderr[-2000:]
    assert "does not hold" not in report.stdout


def test_every_difference_has_its_reason(report):
    assert "Differences" in report.stdout
    assert "not explained" not in report.stdout


def test_the_defence_clauses_of_1961_are_in_atop(shared):
    file = shared / "data/atop/atop_alliance.parquet"
    found = duckdb.sql(
        f"select ccode1, atop_defense from '{file}' "
        "where ccode2 = 731 and year = 1970 and ccode1 in (365, 710)"
    ).fetchall()
    assert dict(found) == {365: 1, 710: 1}
    ties = {t.id: t for b in load() for t in b.ties}
    for tie in ("prk-chn-1961", "prk-sun-1961"):
        clause = next(c for c in ties[tie].clauses if c.kind == "defence")
        assert clause.envelope.basis == "checked"


def test_trade_is_rounded_and_named_pairs_only(shared):
    file = shared / "data/trade/cow_trade_ddy.parquet"
    positive = duckdb.sql(f"select count(*) from '{file}' where year = 2014 and flow1 > 0").fetchall()[0][0]
    held = [f for b in load() for f in b.flows if f.kind == "trade" and f.envelope.basis == "checked"]
    assert len(held) < 0.05 * positive
    assert all(float(f"{f.value:.2g}") == f.value for f in held)


def test_no_dataset_is_named_by_path():
    for batch in load():
        for row in (*batch.ties, *batch.flows, *batch.traits, *batch.events):
            assert not Path(row.envelope.checked_against).is_absolute()
            assert ".parquet" not in row.envelope.checked_against
