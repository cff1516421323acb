from __future__ import annotations

import datetime as dt

import pytest

import rapallo
from rapallo.briefs import brief, brief_json, render_html
from rapallo.model import Batch
from rapallo.record import Record
from tests.checks.conftest import EVENTS, FLOWS, SOURCE, TIES

ON = dt.date(2024, 6, 22)
TEXT = (
    "Kenya and Norway signed a defence pact on Tuesday. Norway halted imports of coal from Kenya in 2017. "
    "The weather was fine."
)


@pytest.fixture(scope="module")
def record():
    with Record.open(empty=True) as opened:
        opened.write(Batch(SOURCE, ties=TIES, flows=FLOWS, events=EVENTS))
        yield opened


@pytest.fixture(scope="module")
def made(record):
    return brief(TEXT, record=record, published=ON, title="A pact", address="a.txt")


def test_the_parts_hang_together(made):
    assert made.on == ON
    assert [(m.kind, set(m.parties)) for m in made.moves] == [("pact", {"KEN", "NOR"})]
    assert set(made.stakes) == {"m1"}
    ids = {claim.id for claim in made.claims}
    assert {c for move in made.moves for c in move.claims} <= ids
    assert {check.claim for check in made.checks} <= ids
    assert {d.outcome for d in made.diagnostics if "weather" in d.text} != {"claims"}


def test_every_row_named_is_handed_over(made):
    named = {row for check in made.checks for row in check.rows}
    named |= {row for s in made.stakes["m1"] for part in s.parts for row in part.path}
    named |= {row for change in made.leverage for row in change.path}
    known = set(made.rows) | {claim.id for claim in made.claims}
    assert {row for row in named if not row.startswith("supposed:")} <= known


def test_what_is_not_there_says_why(made):
    for part in (made.reactions, made.outlook, made.options):
        assert part.status == "unavailable"
        assert part.why


def test_nothing_is_written_to_the_record(made, record):
    again = brief(TEXT, record=record, published=ON, title="A pact", address="a.txt")
    assert brief_json(again) == brief_json(made)
    assert record.view(ON).ties("KEN", "NOR", kind="pact")[0].id == "ken-nor-1961"
    assert len(record.view(ON).ties("KEN", "NOR", kind="pact")) == 1


def test_the_same_brief_makes_the_same_page(made):
    assert render_html(made) == render_html(made)


def test_a_text_of_no_states_has_no_claims_and_says_why(record):
    empty = brief("The weather was fine. Nobody came.", record=record, published=ON)
    assert empty.claims == ()
    assert empty.moves == ()
    assert len(empty.diagnostics) == 2
    assert all(d.why for d in empty.diagnostics)


def test_the_floor_can_be_called_by_the_name_of_its_verb(record, made):
    called = rapallo.brief(TEXT, record=record, published=ON, title="A pact", address="a.txt")
    assert called == made


def test_the_sample_text(shared):
    text = (shared / "texts" / "putin-kim-pact.txt").read_text("utf-8")
    found = brief(text, published=ON)
    pact = next(move for move in found.moves if move.kind == "pact")
    assert set(pact.parties) == {"RUS", "PRK"}
    assert pact.phase == "signed"
    assert "defence" in pact.clauses
    assert pact.tie is not None
    rank = {stake.actor: stake.rank for stake in found.stakes[pact.id] if stake.actor not in pact.parties}
    assert min(rank, key=rank.__getitem__) == "CHN"
    assert {"KOR", "JPN", "USA", "UKR"} <= set(rank)
    assert 'id="claim-' in render_html(found)
