"""The known cases on the embedded record."""

from __future__ import annotations

import datetime as dt

import pytest

from rapallo.pacts import obligations
from rapallo.record import Record


@pytest.fixture(scope="module")
def record():
    with Record.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("attacker", "attacked", "on", "facts", "actor", "answer"),
    [
        ("UKR", "RUS", "2024-08-10", {}, "PRK", "NO"),
        ("UKR", "RUS", "2024-12-03", {}, "PRK", "NO"),
        ("UKR", "RUS", "2024-12-04", {}, "PRK", "DISPUTED"),
        ("UKR", "RUS", "2024-12-04", {"provoked": "no"}, "PRK", "YES"),
        ("USA", "PRK", "2024-06-22", {}, "CHN", "YES"),
        ("USA", "PRK", "1961-07-12", {}, "CHN", "NO"),
        ("RUS", "POL", "2024-06-22", {}, "USA", "YES"),
        ("RUS", "POL", "2024-06-22", {}, "SWE", "YES"),
        ("RUS", "FIN", "2024-06-22", {}, "USA", "YES"),
        ("ARG", "GBR", "1982-04-02", {"where": "FLK"}, "DEU", "NO"),
        ("ARG", "GBR", "1982-04-02", {}, "DEU", "DISPUTED"),
        ("PRK", "KOR", "2024-06-22", {}, "USA", "YES"),
        ("CHN", "JPN", "2024-06-22", {"where": "Senkaku"}, "USA", "YES"),
        ("CHN", "USA", "2024-06-22", {}, "JPN", "NO"),
        ("CHN", "PHL", "2024-06-22", {}, "USA", "YES"),
        ("TUR", "GRC", "2024-06-22", {}, "USA", "DISPUTED"),
    ],
)
def test_a_known_case(record, attacker, attacked, on, facts, actor, answer):
    view = record.view(dt.date.fromisoformat(on))
    found = obligations(view, attacker=attacker, attacked=attacked, facts=facts)
    assert {o.actor: o.answer for o in found.answers}[actor] == answer


def test_armenia_and_its_alliance(record):
    view = record.view(dt.date(2022, 9, 13))
    found = {o.actor: o for o in obligations(view, attacker="AZE", attacked="ARM").answers}
    assert found["KAZ"].because[0].tie == "csto-1992"
    asked = obligations(view, attacker="AZE", attacked="ARM", facts={"requested": "no"})
    assert {o.actor: o.answer for o in asked.answers}["KAZ"] == "NO"


def test_finland_was_not_covered_before_it_joined(record):
    found = obligations(record.view(dt.date(2023, 4, 3)), attacker="RUS", attacked="FIN")
    assert not [r for o in found.answers for r in o.because if r.tie == "nato-1949" and o.step == 1]


def test_every_wording_and_place_of_the_record_is_understood(record):
    """No clause of the record is in dispute only because its territory is not in the table of places."""
    view = record.view(dt.date(2024, 6, 22))
    for tie in view.pacts():
        members = tie.members(view.on)
        for attacked in members[:3]:
            found = obligations(view, attacker="ZZZ", attacked=attacked, steps=1)
            for entry in found.answers:
                assert not [r.why for r in entry.because if "lies in it is open" in r.why]
