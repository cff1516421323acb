"""Moves of other kinds than the seed's on the starter record: who is touched, and by which rows."""

from __future__ import annotations

import datetime as dt

import pytest

from rapallo.effects import before_and_after, recorded, stakes, supposed_move
from rapallo.measures import adversaries
from rapallo.record import Record


@pytest.fixture(scope="module")
def record():
    with Record.open() as opened:
        yield opened


def touched(view, move):
    return {
        s.actor: {f"{p.effect}/{p.part}".rstrip("/") for p in s.parts} for s in stakes(view, move) if s.parts
    }


CASES = [
    (["ECOWAS", "NER"], "sanction", "2023-08-05", "sanction-ecowas-ner", "NER", "sanctions_exposed/target"),
    (["UN", "PRK"], "sanction", "2017-12-23", "sanction-un-prk-2017", "PRK", "sanctions_exposed/target"),
    (["USA", "PHL"], "base", "2023-02-02", "troops-usa-phl-edca", "CHN", "adversary_strengthened"),
    (
        ["TUR", "ETH", "SOM"],
        "mediation",
        "2024-12-13",
        "mediation-tur-eth-som",
        "EGY",
        "leverage_lost/shared_foe",
    ),
    (["CHN", "SAU", "IRN"], "mediation", "2023-03-10", "mediation-chn-irn-sau", "OMN", "brokerage_lost"),
    (["KOR", "POL"], "arms", "2022-07-27", "arms-kor-pol-2022", "RUS", "adversary_strengthened"),
]


@pytest.mark.parametrize(("parties", "kind", "on", "row", "actor", "effect"), CASES)
def test_a_move_on_record_is_answered_by_what_its_tie_changes(record, parties, kind, on, row, actor, effect):
    view = record.view(dt.date.fromisoformat(on))
    move = supposed_move(parties, kind, on=view.on)
    assert recorded(view, move).id == row
    before, after, _ = before_and_after(view, move)
    assert row not in {tie.id for tie in before.ties()}
    assert row in {tie.id for tie in after.ties()}
    assert effect in touched(view, move)[actor]


def test_a_tie_long_in_force_is_still_what_it_changes(record):
    view = record.view(dt.date(2025, 6, 1))
    found = touched(view, supposed_move(["RUS", "PRK"], "defence", on=view.on))
    assert "adversary_strengthened" in found["UKR"]
    assert "entrapment" in found["CHN"]


def test_who_fights_for_the_government_of_yemen_is_no_adversary_of_it(record):
    view = record.view(dt.date(2025, 9, 20))
    assert "YEM" not in {foe.actor for foe in adversaries(view, "SAU")}
    found = touched(view, supposed_move(["SAU", "PAK"], "defence", on=view.on))
    assert "adversary_strengthened" not in found.get("YEM", set())
    assert {"IND", "IRN"} <= {actor for actor, parts in found.items() if "adversary_strengthened" in parts}


def test_to_withhold_weapons_or_aid_makes_no_adversaries(record):
    view = record.view(dt.date(2024, 1, 15))
    assert "DNK" not in {foe.actor for foe in adversaries(view, "CHN")}
    assert {"EST", "FRA"}.isdisjoint(foe.actor for foe in adversaries(view, "NER"))
    kinds = {view.tie(row).kind for row in ("embargo-eu-chn", "aid-halt-eu-ner")}
    assert kinds == {"arms_embargo", "aid_halt"}


def test_terms_agreed_with_a_foe_are_no_partnership(record):
    view = record.view(dt.date(2017, 1, 1))
    assert view.tie("jcpoa").kind == "agreement"
    assert not view.ties("GBR", "IRN", kind="partnership")
