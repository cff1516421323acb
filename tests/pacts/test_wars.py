"""The measurement of obligations against wars, on a few wars."""

from __future__ import annotations

import datetime as dt
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from rapallo.pacts.web import weave
from rapallo.record import Record
from tests.pacts.webs import clause, pact, view

FILE = Path(__file__).parents[2] / "benchmarks" / "casus.py"


@pytest.fixture(scope="module")
def casus() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_casus", FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_opening_is_read(casus):
    openings = list(casus.openings())
    assert len({o.number for o in openings}) == len(openings) == 95
    assert [o.number for o in openings if len(o.attacks) > 1] == [106]
    assert all(dt.date(1816, 1, 1) < o.day for o in openings)


def test_a_war_is_judged_by_who_came_and_for_whom(casus):
    attack = casus.Attack(dt.date(1950, 1, 1), ("AAA",), ("BBB",), {})
    held = view("1949-12-31", pact("p", ["BBB", "CCC"], clause()), pact("q", ["BBB", "DDD"], clause()))
    sides = {1: {"AAA", "CCC"}, 2: {"BBB", "EEE"}}
    war = casus.judged(casus.Opening(1, (attack,)), sides, lambda _: weave(held), None)
    assert war.came == {"CCC": False, "EEE": True}
    assert war.bound({"YES"}) == {"CCC", "DDD"}
    told = casus.tallied([war])["YES"]
    assert (told["bound"], told["came"], told["bound_and_came"]) == (2, 2, 1)
    assert (told["precision"]["share"], told["recall"]["share"], told["right_side"]["share"]) == (0.5, 0.5, 0)
    (row,) = casus.listed([war])
    assert (row["obliged and came"], row["obliged and did not"], row["came without"]) == (
        ["CCC"],
        ["DDD"],
        ["EEE"],
    )


def test_the_wars_of_the_list_on_the_starter_record(casus, shared: Path):
    with Record.open() as record:
        wars = casus.measured(record, shared / "data" / "disputes" / "cow_war_inter.parquet")
    assert len(wars) == 95
    by_number = {war.opening.number: war for war in wars}
    assert {"FRA", "GBR"} <= by_number[139].bound({"YES"}) & set(by_number[139].came)
    assert by_number[151].bound({"YES", "DISPUTED"}) == set()
    assert casus.tallied(wars)["YES"]["bound_and_came"] >= 19
