"""``rapallo --actors FILE``: actors of one's own in every command."""

from __future__ import annotations

import json

import pytest

from rapallo import actors
from rapallo.actors import Table, using, with_extra

MINE = """
basis: recalled
states:
  - {id: GON, name: Gondor, is: ../.., adj: Gondorian, capital: Minas Tirith 10.00 10.00, iso: false}
organisations:
  - {id: ISTARI, name: Order of Wizards, aka: the Istari}
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_a_text_is_read_with_them(mine, tmp_path, run):
    text = tmp_path / "text.txt"
    text.write_text("Gondor expelled two Norwegian envoys on Monday.\n", encoding="utf-8")
    found = run("--actors", str(mine), "read", str(text), "--date", "2024-05-15", "--json")
    assert [(c["event"], c["actors"], c["targets"]) for c in json.loads(found.out)] == [
        ("SANCTION", ["GON"], ["NOR"])
    ]
    without = run("read", str(text), "--date", "2024-05-15", "--json")
    assert "GON" not in without.out


def test_who_knows_them(mine, run):
    found = run("--actors", str(mine), "who", "the Istari", "--json")
    assert json.loads(found.out)["candidates"][0]["actor"] == "ISTARI"
    assert run("who", "the Istari", "--json").code == 3


def test_a_broken_file_is_told_in_one_line(tmp_path, run):
    path = tmp_path / "mine.yaml"
    path.write_text("states: [{id: 7}]", encoding="utf-8")
    found = run("--actors", str(path), "who", "Peru")
    assert found.code == 2
    assert found.err.count("\n") == 1


def test_the_table_in_use_is_the_own_one_again_behind_the_block(mine):
    own = actors.table()
    with using(with_extra(mine)) as table:
        assert isinstance(table, Table)
        assert actors.table() is table
        assert actors.actor("GON").name == "Gondor"
    assert actors.table() is own
