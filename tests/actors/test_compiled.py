"""The compiled file answers as the YAML files do, and is not used when it is out of step with them."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rapallo.actors import table
from rapallo.actors.compiled import Compiled, compiled, digest, text
from rapallo.actors.load import own_rows
from rapallo.actors.roles import own_roles
from rapallo.actors.tables import Table

SUMMER_2024 = dt.date(2024, 6, 22)


@pytest.fixture(scope="module")
def from_yaml() -> Table:
    return Table(own_rows())


@pytest.fixture(scope="module")
def path(from_yaml: Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("compiled") / "compiled.json"
    made.write_text(text(own_rows(), from_yaml, own_roles(), of=digest()), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def ready(path: Path) -> Compiled:
    found = compiled(path)
    assert found
    return found


def test_the_committed_file_is_in_step() -> None:
    assert compiled() is not None, "the actor files have changed: run `make actors` and commit what it writes"


def test_it_holds_what_the_yaml_files_hold(from_yaml: Table, ready: Compiled) -> None:
    swift = Table(ready.rows, ready.holders)
    swift.check()
    assert ready.roles == own_roles()
    assert swift.known_to == from_yaml.known_to
    assert swift.all_states() == from_yaml.all_states()
    assert swift.all_people() == from_yaml.all_people()
    assert swift.all_bodies() == from_yaml.all_bodies()
    assert swift.names.entries == from_yaml.names.entries
    assert swift.names.holders == from_yaml.names.holders
    for entry in from_yaml.names.entries[::50]:
        asked = entry.name.text
        assert swift.resolve(asked, on=SUMMER_2024) == from_yaml.resolve(asked, on=SUMMER_2024)


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"digest": "00"}'])
def test_what_is_broken_or_out_of_step_is_not_used(tmp_path: Path, broken: str) -> None:
    made = tmp_path / "compiled.json"
    made.write_text(broken, encoding="utf-8")
    assert compiled(made) is None
    assert compiled(tmp_path / "absent.json") is None


def test_another_digest_puts_it_out_of_step(path: Path, tmp_path: Path) -> None:
    raw = json.loads(path.read_text(encoding="utf-8"))
    made = tmp_path / "compiled.json"
    made.write_text(json.dumps({**raw, "digest": raw["digest"][::-1]}), encoding="utf-8")
    assert compiled(made) is None


@pytest.mark.skipif(compiled() is None, reason="the compiled file is out of step")
def test_neither_yaml_nor_validation_stands_between_a_question_and_its_answer() -> None:
    asked = """
import datetime, sys
from rapallo import actors
assert actors.resolve("the Kremlin", on=datetime.date(2024, 6, 22)).best.code == "RUS"
assert actors.resolve("the Russian president", on=datetime.date(2024, 6, 22)).best
assert not {"yaml", "pydantic", "rapidfuzz"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", asked], check=True)


def test_records_are_read_when_they_are_asked_for(ready: Compiled) -> None:
    swift = Table(ready.rows, ready.holders)
    swift.resolve("the Kremlin", on=SUMMER_2024)
    read = len(swift._people._records)
    assert read == 0
    swift.resolve("the Russian president", on=SUMMER_2024)
    assert 0 < len(swift._people._records) < len(table().all_people()) / 10
