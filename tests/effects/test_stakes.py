"""Whom a move rattles: the seed constellation, what it rests on, and what must hold of any move."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.effects import before_and_after, load_weights, models, recorded, stakes, supposed_move
from rapallo.errors import InputError, VocabularyError
from rapallo.model import Stake
from rapallo.vocab import vocabulary
from tests.effects.world import renamed, renamed_move, seed
from tests.measures.worlds import ON, FakeView, pact

MOVE = supposed_move(["RUS", "PRK"], "defence", on=ON)


def by_actor(view: FakeView, move=MOVE) -> dict[str, Stake]:
    return {stake.actor: stake for stake in stakes(view, move)}


def effects(stake: Stake) -> set[str]:
    return {part.effect for part in stake.parts}


def test_the_patron_loses_leverage_and_is_entrapped_but_not_threatened():
    found = by_actor(seed())
    assert effects(found["CHN"]) >= {"leverage_lost", "entrapment"}
    assert "adversary_strengthened" not in effects(found["CHN"])
    assert sum(part.effect == "leverage_lost" for part in found["CHN"].parts) == 2


@pytest.mark.parametrize("actor", ["KOR", "JPN", "USA", "UKR"])
def test_the_foes_face_a_stronger_adversary(actor):
    stake = by_actor(seed())[actor]
    assert "adversary_strengthened" in effects(stake)
    assert stake.rank <= 5


def test_without_the_trade_rows_the_trade_part_goes_and_the_rest_stays():
    view = seed()
    cut = view.without("flow:trade:CHN-PRK:2023", "flow:trade:PRK-CHN:2023")
    before, after = by_actor(view)["CHN"], by_actor(cut)["CHN"]
    lost = {part.why for part in before.parts} - {part.why for part in after.parts}
    assert len(lost) == 1
    assert "recorded trade is with China" in lost.pop()
    assert after.size < before.size


def test_without_the_treaty_there_is_no_entrapment():
    before, after = by_actor(seed())["CHN"], by_actor(seed().without("chn-prk"))["CHN"]
    assert effects(before) - effects(after) >= {"entrapment"}
    assert after.size < before.size


@given(st.permutations(["CHN", "RUS", "PRK", "KOR", "JPN", "USA", "UKR", "IND", "FRA", "PER", "MNG"]))
@settings(max_examples=15, deadline=None)
def test_renaming_states_permutes_the_answer(order):
    names = dict(zip(sorted(order), order, strict=True))
    plain = by_actor(seed())
    turned = by_actor(renamed(seed(), names), renamed_move(MOVE, names))
    for actor, stake in plain.items():
        other = turned[names.get(actor, actor)]
        assert other.size == pytest.approx(stake.size)
        assert sorted((p.effect, round(p.size, 9)) for p in other.parts) == sorted(
            (p.effect, round(p.size, 9)) for p in stake.parts
        )


def test_parts_add_up_and_every_state_of_the_day_has_a_rank():
    found = stakes(seed(), MOVE)
    assert len(found) > 190
    assert [stake.rank for stake in found] == list(range(1, len(found) + 1))
    assert [s.actor for s in found] == [s.actor for s in sorted(found, key=lambda s: (-s.size, s.actor))]
    for stake in found:
        assert stake.size == pytest.approx(sum(part.contribution for part in stake.parts))
        assert list(stake.parts) == sorted(stake.parts, key=lambda part: -part.contribution)
        assert (stake.band == "none") == (stake.size < 0.02)


def test_every_part_leads_to_rows_and_claims_no_more_than_they_bear():
    view = seed()
    rows = {row.id: row.envelope.confidence for row in (*view.held, *view.sent, *view.amounts)}
    rows |= {clause.id: clause.envelope.confidence for tie in view.held for clause in tie.clauses}
    parts = [part for stake in stakes(view, MOVE) for part in stake.parts]
    assert parts
    for part in parts:
        assert part.path
        assert part.confidence <= min(rows[row] for row in part.path)


def test_a_move_read_in_a_text_leads_to_its_claims():
    move = replace(MOVE, claims=("doc:1/c1",), phase="signed")
    parts = [part for stake in stakes(seed(), move) for part in stake.parts]
    assert {part.path[0] for part in parts} == {"doc:1/c1"}
    assert {part.counts for part in parts} == {"signed"}


def test_one_doubtful_row_makes_the_part_doubtful():
    view = seed()
    doubtful = replace(
        view,
        sent=tuple(
            replace(f, envelope=replace(f.envelope, confidence=0.3))
            if f.id == "flow:trade:CHN-PRK:2023"
            else f
            for f in view.sent
        ),
    )
    trade = [p for p in by_actor(doubtful)["CHN"].parts if "recorded trade" in p.why]
    assert [part.confidence for part in trade] == [0.3]


def test_another_pact_rattles_others():
    move = supposed_move(["RUS", "IND"], "defence", on=ON)
    top = [s.actor for s in stakes(seed(), move)[:5]]
    assert top != [s.actor for s in stakes(seed(), MOVE)[:5]]
    assert "PRK" not in top


def test_a_recorded_move_is_measured_against_the_world_without_it():
    signed = pact("rus-prk-2024", "RUS", "PRK", since=dt.date(2024, 6, 19), phase="signed")
    view = seed().with_tie(signed)
    assert recorded(view, MOVE) == signed
    before, after, tie = before_and_after(view, MOVE)
    assert before == seed()
    assert tie.phase(ON) == "in_force"
    assert after.without(tie.id) == before
    sizes = {s.actor: s.size for s in stakes(view, MOVE)}
    assert sizes == pytest.approx({s.actor: s.size for s in stakes(seed(), MOVE)})
    assert {part.counts for s in stakes(view, MOVE) for part in s.parts} == {"signed"}
    assert {part.path[0] for s in stakes(view, MOVE) for part in s.parts} == {"rus-prk-2024"}


def test_an_older_tie_is_not_a_move_that_a_text_reports():
    old = pact("old", "RUS", "PRK", since=dt.date(2000, 2, 9))
    view = seed().with_tie(old)
    assert recorded(view, replace(MOVE, claims=("doc:1/c1",))) is None
    assert recorded(view, supposed_move(["RUS", "PRK"], "offence", on=ON)) is None


def test_supposing_what_is_already_so_is_that_tie():
    (treaty,) = (held for held in seed().held if held.id == "chn-prk")
    move = supposed_move(["PRK", "CHN"], "defence", on=ON)
    assert recorded(seed(), move) == treaty
    assert before_and_after(seed(), move)[0] == seed().without("chn-prk")


@given(
    st.sampled_from([("RUS", "PRK"), ("IND", "USA"), ("JPN", "KOR"), ("CHN", "UKR")]),
    st.sampled_from(["pact", "partnership", "arms", "sanction", "base", "mediation", "restoration"]),
)
@settings(deadline=None)
def test_a_move_and_its_undoing_cancel(parties, kind):
    if kind == "mediation":
        parties = (*parties, "BRA")
    before, after, tie = before_and_after(seed(), supposed_move(parties, kind, on=ON))
    assert after != before
    assert after.without(tie.id) == before == seed()


def test_breaking_what_was_made_gives_the_first_world_back():
    made = before_and_after(seed(), MOVE)[1]
    undone = before_and_after(made, supposed_move(["RUS", "PRK"], "break", on=ON))[1]
    assert undone == seed()


def test_rows_after_the_day_change_nothing():
    later = pact("later", "RUS", "KOR", since=dt.date(2025, 1, 1))
    assert stakes(seed().with_tie(later), MOVE) == stakes(seed(), MOVE)


def test_weights_can_be_replaced_and_are_checked(tmp_path):
    raw = (files("rapallo.effects") / "weights.yaml").read_text()
    file = tmp_path / "mine.yaml"
    file.write_text(raw.replace("entrapment: {weight: 0.30", "entrapment: {weight: 0.0"))
    mine = {s.actor: s for s in stakes(seed(), MOVE, weights=load_weights(file))}
    assert [p.contribution for p in mine["CHN"].parts if p.effect == "entrapment"] == [0.0]
    file.write_text(raw.replace("weight: 0.30", "weight: 3.0"))
    with pytest.raises(InputError, match=r"effects\.entrapment\.weight"):
        load_weights(file)
    file.write_text("- 1\n")
    with pytest.raises(InputError):
        load_weights(file)
    with pytest.raises(InputError, match="cannot read"):
        load_weights(tmp_path / "absent.yaml")


def test_every_effect_has_a_card_a_weight_and_a_word():
    cards = models()
    assert {card.id for card in cards} == set(vocabulary("effect_kinds"))
    for card in cards:
        assert set(card.moves) <= set(vocabulary("move_kinds"))
        assert all(
            (card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits, card.moves)
        )
    weights = load_weights()
    assert {name.split("/")[0] for name in weights.effects} == set(vocabulary("effect_kinds"))
    assert set(weights.answers) == set(vocabulary("obligation_answers"))


def test_supposed_moves_are_checked():
    with pytest.raises(InputError):
        supposed_move(["RUS"], "defence", on=ON)
    with pytest.raises(InputError):
        supposed_move(["RUS", "PRK"], "arms", ["defence"], on=ON)
    with pytest.raises(VocabularyError):
        supposed_move(["RUS", "PRK"], "marriage", on=ON)
