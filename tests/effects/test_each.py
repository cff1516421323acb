"""Each effect on the smallest world that has it, reckoned by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.effects import leverage_changes, load_weights, obligation_changes, stakes, supposed_move
from rapallo.model import Effect
from tests.effects.world import seed
from tests.measures.worlds import ON, FakeView, flow, pact, strength, tie, trait

WEIGHTS = load_weights()


def parts(view: FakeView, move, effect: str) -> dict[str, Effect]:
    return {s.actor: p for s in stakes(view, move) for p in s.parts if p.effect == effect}


def pact_of(*codes: str):
    return supposed_move(codes, "defence", on=ON)


def test_adversary_strengthened_is_the_fall_in_the_share_of_force():
    view = FakeView(
        held=(tie("r", "rivalry", "KOR", "PRK"), pact("a", "USA", "KOR")),
        amounts=strength(KOR=0.02, USA=0.13, PRK=0.01, RUS=0.04),
    )
    found = parts(view, pact_of("RUS", "PRK"), "adversary_strengthened")
    own = 0.02 + 0.13 * WEIGHTS.at_distance
    assert set(found) == {"KOR"}
    assert found["KOR"].size == pytest.approx(
        0.4 * (own / (own + 0.01) - own / (own + 0.01 + 0.04 * WEIGHTS.at_distance))
    )
    assert found["KOR"].why == (
        "South Korea and North Korea are rivals. If South Korea attacked North Korea, Russia, from afar, "
        "would now have to join: the side against it grows from 1.0% to 2.3% of world capability; "
        "its own side has 6.3%."
    )


def test_a_neighbour_or_troops_bring_the_whole_force():
    base = FakeView(held=(tie("r", "rivalry", "KOR", "PRK"),), amounts=strength(KOR=0.02, PRK=0.01, RUS=0.04))
    for near in (tie("b", "border", "RUS", "PRK"), tie("t", "troops", "RUS", "PRK")):
        found = parts(base.with_tie(near), pact_of("RUS", "PRK"), "adversary_strengthened")["KOR"]
        assert found.size == pytest.approx(0.4 * (0.02 / 0.03 - 0.02 / 0.07))
        assert near.id in found.path
        assert "from afar" not in found.why
    hosts = base.with_tie(tie("t", "troops", "PRK", "RUS"))
    assert "from afar" in parts(hosts, pact_of("RUS", "PRK"), "adversary_strengthened")["KOR"].why


def test_weapons_carry_over_a_stated_part_of_the_supplier():
    view = FakeView(held=(tie("w", "war", "RUS", "UKR"),), amounts=strength(UKR=0.01, RUS=0.04, PRK=0.02))
    move = supposed_move(["PRK", "RUS"], "arms", on=ON)
    found = parts(view, move, "adversary_strengthened")
    more = WEIGHTS.arms_supply * WEIGHTS.at_distance * 0.02
    assert found["UKR"].size == pytest.approx(0.01 / 0.05 - 0.01 / (0.05 + more))
    assert "North Korea now arms Russia" in found["UKR"].why


def test_an_unknown_strength_is_said_and_nothing_is_invented():
    view = FakeView(held=(tie("r", "rivalry", "KOR", "PRK"),), amounts=strength(PRK=0.01, RUS=0.04))
    found = parts(view, pact_of("RUS", "PRK"), "adversary_strengthened")["KOR"]
    assert found.size == found.contribution == 0.0
    assert found.confidence == pytest.approx(0.45)
    assert found.why.endswith("The strength of South Korea is not in the record.")


@given(st.floats(0.001, 0.2), st.floats(0.001, 0.2))
@settings(max_examples=25, deadline=None)
def test_a_stronger_partner_rattles_more(less, more):
    def size(partner: float) -> float:
        view = FakeView(
            held=(tie("r", "rivalry", "KOR", "PRK"),),
            amounts=tuple(
                trait("military_expenditure", code, value)
                for code, value in {"KOR": 0.02, "PRK": 0.01, "RUS": partner, "BRA": 0.5}.items()
            ),
        )
        return parts(view, pact_of("RUS", "PRK"), "adversary_strengthened")["KOR"].size

    assert size(less) < size(less + more)


def test_leverage_lost_is_the_fall_times_what_is_at_issue():
    view = FakeView(
        held=(tie("b", "border", "CHN", "PRK"),),
        sent=(flow("trade", "CHN", "PRK", 100),),
        amounts=(trait("exports", "RUS", 1e6),),
    )
    found = parts(view, pact_of("RUS", "PRK"), "leverage_lost")
    interest = 1 - (1 - WEIGHTS.interest["always"]) * (1 - WEIGHTS.interest["border"])
    assert set(found) == {"CHN"}
    assert found["CHN"].size == pytest.approx(0.4 * interest)
    assert found["CHN"].why == (
        "100% of North Korea's recorded trade is with China. With the pact North Korea can turn to Russia: "
        "what others could replace grows from 0% to 40%, and China's leverage falls from 1.00 to 0.60. "
        "China borders on North Korea."
    )
    assert {"flow:trade:CHN-PRK:2023", "trait:exports:RUS:2023", "b"} <= set(found["CHN"].path)


@given(st.floats(1, 1e4), st.floats(1, 1e4))
@settings(max_examples=25, deadline=None)
def test_more_trade_means_more_leverage_to_lose(value, more):
    def size(amount: float) -> float:
        view = FakeView(
            sent=(flow("trade", "CHN", "PRK", amount), flow("trade", "MNG", "PRK", 50)),
            amounts=(trait("exports", "RUS", 1e9),),
        )
        found = parts(view, pact_of("RUS", "PRK"), "leverage_lost")
        return found["CHN"].size if "CHN" in found else 0.0

    assert size(value) <= size(value + more)


def test_breaking_a_tie_costs_its_own_parties_leverage():
    view = FakeView(held=(pact("a", "CHN", "PRK"),), amounts=strength(CHN=0.2, PRK=0.01))
    found = parts(view, supposed_move(["CHN", "PRK"], "break", on=ON), "leverage_lost")
    assert found["CHN"].size > found["PRK"].size


def test_entrapment_needs_an_own_pact_and_a_war_to_be_dragged_into():
    amounts = strength(CHN=0.2, PRK=0.01, RUS=0.04, UKR=0.02)
    war, treaty = tie("w", "war", "RUS", "UKR"), pact("a", "CHN", "PRK")
    found = parts(FakeView(held=(war, treaty), amounts=amounts), pact_of("RUS", "PRK"), "entrapment")
    assert set(found) == {"CHN"}
    assert found["CHN"].size == pytest.approx(0.01 / 0.21 * 0.18 / 0.19)
    assert {"a", "a/1", "w"} <= set(found["CHN"].path)
    assert (
        "If Ukraine attacked Russia, North Korea could now be drawn in, and China might have to follow"
        in found["CHN"].why
    )
    for left in ((war,), (treaty,)):
        assert parts(FakeView(held=left, amounts=amounts), pact_of("RUS", "PRK"), "entrapment") == {}


def test_brokerage_is_shared_among_brokers_and_lost_when_the_ends_meet():
    view = FakeView(held=(tie("m", "mediation", "CHN", "IRN", "SAU"),))
    found = parts(view, supposed_move(["IRN", "SAU"], "restoration", on=ON), "brokerage_lost")
    assert {actor: part.size for actor, part in found.items()} == {"CHN": 1.0}
    two = FakeView(held=(*view.held, tie("n", "mediation", "OMN", "IRN", "SAU")))
    found = parts(two, supposed_move(["IRN", "SAU"], "restoration", on=ON), "brokerage_lost")
    assert {actor: part.size for actor, part in found.items()} == {"CHN": 0.5, "OMN": 0.5}
    newcomer = supposed_move(["IRQ", "IRN", "SAU"], "mediation", on=ON)
    assert parts(view, newcomer, "brokerage_lost")["CHN"].size == pytest.approx(0.5)


def test_reach_counts_capitals_newly_in_range():
    view = FakeView(held=(tie("w", "war", "PRK", "KOR"),), amounts=(trait("population", "KOR", 51_000),))
    move = supposed_move(["RUS", "PRK"], "arms", on=ON, reach_km=900)
    found = parts(view, move, "reach_extended")
    assert {actor: part.size for actor, part in found.items()} == pytest.approx({"KOR": 1.0, "CHN": 0.1})
    assert "51.0 million" in found["KOR"].why
    armed = FakeView(held=view.held, amounts=(trait("missile_range", "PRK", 1000),))
    assert parts(armed, move, "reach_extended") == {}
    assert parts(view, supposed_move(["RUS", "PRK"], "arms", on=ON), "reach_extended") == {}
    assert parts(view, pact_of("RUS", "PRK"), "reach_extended") == {}


def test_a_base_brings_its_owner_near():
    found = parts(FakeView(), supposed_move(["RUS", "CUB"], "base", on=ON), "reach_extended")
    assert "JAM" in found
    assert "CUB" not in found
    assert "POL" not in found


def test_sanctions_expose_those_who_depend_on_the_sanctioners():
    view = FakeView(
        held=(tie("s", "sanction", "USA", "RUS"),),
        sent=(flow("trade", "USA", "IND", 50), flow("trade", "RUS", "IND", 50)),
    )
    found = parts(view, pact_of("RUS", "IND"), "sanctions_exposed")
    assert set(found) == {"IND"}
    assert found["IND"].size == pytest.approx(0.5 * WEIGHTS.dealing["pact"] * 0.5 * (1 - 0.25))
    newly = parts(
        FakeView(sent=view.sent), supposed_move(["USA", "RUS"], "sanction", on=ON), "sanctions_exposed"
    )
    assert set(newly) == {"IND"}


def test_friends_of_the_sanctioned_do_not_count_as_those_who_punish():
    sent = (flow("trade", "CHN", "RUS", 50), flow("trade", "USA", "RUS", 50))
    ban, tied = tie("s", "sanction", "CHN", "PRK"), tie("f", "partnership", "CHN", "PRK")
    for held in ((ban,), (ban, tied, tie("r", "rivalry", "CHN", "PRK"))):
        assert set(parts(FakeView(held=held, sent=sent), pact_of("RUS", "PRK"), "sanctions_exposed")) == {
            "RUS"
        }
    assert parts(FakeView(held=(ban, tied), sent=sent), pact_of("RUS", "PRK"), "sanctions_exposed") == {}


@pytest.mark.parametrize(
    "kind", ["partnership", "arms", "sanction", "base", "mediation", "break", "restoration"]
)
def test_effects_that_are_not_defined_for_a_kind_give_nothing(kind):
    parties = ["RUS", "PRK", "IND"] if kind == "mediation" else ["RUS", "PRK"]
    found = stakes(seed(), supposed_move(parties, kind, on=ON))
    from rapallo.effects import models

    defined = {card.id for card in models() if kind in card.moves}
    assert {part.effect for stake in found for part in stake.parts} <= defined


def test_changes_for_the_brief():
    move = pact_of("RUS", "PRK")
    held = {(c.holder, c.over, c.domain): c for c in leverage_changes(seed(), move)}
    fallen = held["CHN", "PRK", "trade"]
    assert fallen.after < fallen.before
    risen = held["RUS", "PRK", "protection"]
    assert risen.before == 0.0 < risen.after
    assert all(change.path for change in held.values())
    duties = {(c.attacker, c.attacked, c.actor): c for c in obligation_changes(seed(), move)}
    joined = duties["KOR", "PRK", "RUS"]
    assert (joined.before, joined.after) == ("NO", "YES")
    assert obligation_changes(seed(), supposed_move(["RUS", "PRK"], "partnership", on=ON)) == ()
