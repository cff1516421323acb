"""``rapallo record``: check, backup and repair, with exit codes to trust."""

from __future__ import annotations

import json

import duckdb
import pytest

from rapallo.cli.app import EMPTY
from rapallo.record import Record
from tests.record import world


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "record.duckdb"
    with Record.open(file, empty=True) as record:
        world.tell(record)
    return file


def test_a_sound_record_is_checked_copied_and_saved(run, path, tmp_path):
    assert (run("record", "check", path, "--json").code, json.loads(run("record", "check", path).out)) == (
        0,
        [],
    )
    copy, new = tmp_path / "copy", tmp_path / "new"
    ran = run("record", "backup", path, copy)
    assert (ran.code, f"{copy.stat().st_size:,} bytes" in ran.out) == (0, True)
    ran = run("record", "repair", path, new, "--json")
    assert (ran.code, json.loads(ran.out)["lost"]) == (0, {})
    assert run("record", "check", new).code == 0


def test_what_is_wrong_is_told(run, path, tmp_path):
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM source; DROP VIEW ledger; DROP TABLE judgement")
    ran = run("record", "check", path, "--json")
    assert ran.code == EMPTY
    assert "rests on a source that is not there" in {found["what"] for found in json.loads(ran.out)}
    ran = run("record", "repair", path, tmp_path / "new", "--json")
    assert (ran.code, json.loads(ran.out)["lost"]) == (EMPTY, {"judgement": "it is not there"})


@pytest.mark.parametrize("command", ["check", "backup", "repair"])
def test_what_is_no_record_is_told_in_a_line(run, tmp_path, command):
    (tmp_path / "text").write_text("no record")
    for name in ("text", "none"):
        to = () if command == "check" else (tmp_path / "to",)
        ran = run("record", command, tmp_path / name, *to)
        assert ran.code == 2
        assert len(ran.err.splitlines()) == 1
        assert not (tmp_path / "to").exists()
