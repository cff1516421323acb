"""Cases of history on the starter record: who was bound, and by which pact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from rapallo.pacts import obligations
from rapallo.pacts.war import RANK
from rapallo.record import Record

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_bytes())
ANSWERS = {"bound": "YES", "open": "DISPUTED", "free": "OPTIONAL", "not": "NO"}
PARTS = {"case", "attack", "with", "day", "facts", "why", "none", "by", "without", *ANSWERS}


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    with Record.open() as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_case_of_history(record: Record, case: dict[str, Any]):
    assert not set(case) - PARTS
    attacker, attacked = case["attack"]
    found = {
        o.actor: o
        for o in obligations(
            record.view(case["day"]),
            attacker=attacker,
            attacked=attacked,
            with_attacker=case.get("with", ()),
            facts=case.get("facts", {}),
            steps=1,
        ).answers
    }
    for part, answer in ANSWERS.items():
        for code, pact in case.get(part, {}).items():
            assert found[code].answer == answer, code
            making = {reason.tie for reason in found[code].because if reason.answer == answer}
            assert pact in making, (code, making)
    for code, pacts in case.get("by", {}).items():
        for pact, answer in pacts.items():
            by = [reason.answer for reason in found[code].because if reason.tie == pact]
            assert max(by, key=RANK.__getitem__) == answer, (code, pact)
    for code, pact in case.get("without", {}).items():
        assert pact not in {reason.tie for reason in found[code].because}, code
    assert [code for code in case.get("none", ()) if code in found] == []


def test_every_case_says_why():
    assert len(CASES) >= 60
    assert all(case["why"].endswith(".") for case in CASES)
