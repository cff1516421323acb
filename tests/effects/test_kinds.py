"""What each kind of move other than a pact changes, on small worlds reckoned by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rapallo.effects import leverage_changes, load_weights, recorded, stakes, supposed_move
from rapallo.model import Effect, Move, Phase, Tie
from tests.measures.worlds import ON, FakeView, flow, pact, strength, tie, trait

WEIGHTS = load_weights()
FAR = WEIGHTS.at_distance


def parts(view: FakeView, move: Move, effect: str, part: str = "") -> dict[str, Effect]:
    found = ((s.actor, p) for s in stakes(view, move) for p in s.parts)
    return {actor: p for actor, p in found if p.effect == effect and p.part == part}


def over(held: Tie, *steps: tuple[str, dt.date]) -> Tie:
    return replace(held, phases=(*held.phases, *(Phase(phase, on) for phase, on in steps)))


def totals(**values: float):
    return tuple(
        trait(name, code, value / 2) for code, value in values.items() for name in ("exports", "imports")
    )


TRADE = FakeView(
    sent=(flow("trade", "RUS", "PRK", 60), flow("trade", "CHN", "PRK", 40), flow("energy", "RUS", "PRK", 5)),
    amounts=totals(RUS=6000, PRK=100, CHN=0),
)


def test_the_sanctioned_state_is_exposed_by_what_it_gets_from_those_who_impose():
    move = supposed_move(["RUS", "PRK"], "sanction", on=ON)
    found = parts(TRADE, move, "sanctions_exposed", "target")
    assert set(found) == {"PRK"}
    assert found["PRK"].size == pytest.approx(0.6)  # China exports nothing, so it replaces nothing
    assert found["PRK"].why.startswith(
        "60% of North Korea's recorded trade is with those who impose sanctions"
    )
    assert {"flow:trade:RUS-PRK:2023", "trait:exports:PRK:2023"} <= set(found["PRK"].path)
    assert parts(TRADE, move, "sanctions_exposed", "target_energy")["PRK"].size == pytest.approx(1.0)


def test_those_who_impose_lose_their_own_dealings_where_their_total_is_known():
    move = supposed_move(["RUS", "PRK"], "sanction", on=ON)
    assert parts(TRADE, move, "sanctions_exposed", "doer")["RUS"].size == pytest.approx(0.01)
    bare = replace(TRADE, amounts=())
    assert parts(bare, move, "sanctions_exposed", "doer") == {}


def test_a_further_sanction_adds_less_than_a_first_one():
    move = supposed_move(["RUS", "PRK"], "sanction", on=ON)
    old = TRADE.with_tie(tie("old", "sanction", "RUS", "PRK", since=dt.date(2017, 1, 1)))
    wave = TRADE.with_tie(tie("wave", "sanction", "RUS", "PRK", since=ON - dt.timedelta(days=5)))
    again = replace(move, claims=("doc/c1",))
    first = parts(TRADE, move, "sanctions_exposed", "target")["PRK"].size
    assert parts(old, again, "sanctions_exposed", "target")["PRK"].size == pytest.approx(
        WEIGHTS.tightening * first
    )
    assert recorded(wave, again).id == "wave"
    assert parts(wave, again, "sanctions_exposed", "target")["PRK"].size == pytest.approx(first)


def test_an_organisation_imposes_as_its_members():
    view = FakeView(
        held=(tie("ban", "sanction", "ECOWAS", "NER", since=dt.date(2024, 6, 1)),),
        sent=(
            flow("trade", "NGA", "NER", 30),
            flow("trade", "BEN", "NER", 20),
            flow("trade", "FRA", "NER", 50),
        ),
        amounts=totals(NER=100, NGA=3000, BEN=200),
    )
    supposed = supposed_move(["ECOWAS", "NER"], "sanction", on=ON)
    read = replace(supposed, claims=("doc/c1",))
    for move in (supposed, read):
        assert recorded(view, move).id == "ban"
        assert parts(view, move, "sanctions_exposed", "target")["NER"].size == pytest.approx(0.5 * 0.75)
        assert set(parts(view, move, "sanctions_exposed", "doer")) == {"NGA", "BEN"}
        assert not parts(view, move, "adversary_strengthened")
    assert supposed.what == "ECOWAS imposes sanctions on Niger"
    bare = replace(view, held=())
    assert parts(bare, supposed, "sanctions_exposed", "target")["NER"].size == pytest.approx(0.5 * 0.75)
    assert {change.over for change in leverage_changes(bare, supposed)} <= {"NER"}


def test_an_organisation_can_sign_a_pact():
    view = FakeView(
        held=(tie("w", "war", "RUS", "UKR"),), amounts=strength(UKR=0.01, RUS=0.04, FRA=0.02, DEU=0.02)
    )
    found = parts(view, supposed_move(["EU", "UKR"], "defence", on=ON), "adversary_strengthened")
    gained = 0.04 * FAR
    assert found["RUS"].size == pytest.approx(0.04 / 0.05 - 0.04 / (0.05 + gained))


def test_what_comes_through_many_members_of_an_organisation_counts_once():
    view = FakeView(
        held=(tie("r", "rivalry", "RUS", "FRA"), tie("s", "rivalry", "RUS", "DEU")),
        amounts=strength(RUS=0.04, FRA=0.02, DEU=0.01, UKR=0.01),
    )
    move = supposed_move(["EU", "UKR"], "defence", on=ON)
    (russia,) = (s for s in stakes(view, move) if s.actor == "RUS")
    (part,) = (p for p in russia.parts if p.effect == "adversary_strengthened")
    assert part.size == pytest.approx(0.4 * (0.04 / 0.05 - 0.04 / (0.05 + 0.01 * FAR)))
    assert "Ukraine, from afar, would now have to join" in part.why


def base_world(*more: Tie) -> FakeView:
    return FakeView(
        held=(pact("a", "USA", "PHL"), tie("r", "rivalry", "CHN", "PHL"), *more),
        amounts=strength(CHN=0.2, USA=0.15, PHL=0.01),
    )


def test_a_base_brings_the_force_of_an_ally_near():
    move = supposed_move(["USA", "PHL"], "base", on=ON)
    found = parts(base_world(), move, "adversary_strengthened")
    against, more = 0.01 + 0.15 * FAR, 0.15 * (1 - FAR)
    assert set(found) == {"CHN"}
    assert found["CHN"].size == pytest.approx(0.4 * (0.2 / (0.2 + against) - 0.2 / (0.2 + against + more)))
    assert "Forces of the United States that would have come from afar now stand near" in found["CHN"].why
    for near in (tie("t", "troops", "USA", "PHL"), tie("b", "border", "CHN", "USA")):
        again = replace(move, claims=("doc/c1",))
        assert parts(base_world(replace(near, id="z")), again, "adversary_strengthened") == {}
    assert parts(base_world().without("a"), move, "adversary_strengthened") == {}


def test_a_base_at_the_border_of_its_holders_foe_brings_the_holder_near():
    held = (tie("r", "rivalry", "CHN", "USA"), tie("d", "territorial_dispute", "CHN", "PHL"))
    view = FakeView(held=held, amounts=strength(CHN=0.2, USA=0.15))
    move = supposed_move(["USA", "PHL"], "base", on=ON)
    rival = parts(view, move, "adversary_strengthened")["CHN"].size
    assert rival == pytest.approx(0.4 * (0.2 / (0.2 + 0.15 * FAR) - 0.2 / 0.35))
    there = view.with_tie(tie("t", "troops", "USA", "JPN")).with_tie(tie("e", "border", "CHN", "JPN"))
    assert parts(there, move, "adversary_strengthened") == {}
    assert parts(view.without("d"), move, "adversary_strengthened") == {}


def test_a_base_reaches_the_neighbours_of_its_host():
    border = tie("b", "border", "ETH", "SOM")
    move = supposed_move(["TUR", "SOM"], "base", on=ON)
    found = parts(FakeView(held=(border,)), move, "reach_extended")
    assert found["ETH"].why == (
        "Forces at a base in Somalia bring Turkey to the border of Ethiopia, where it was not before."
    )
    assert found["ETH"].path == ("b",)
    already = FakeView(held=(border, tie("t", "troops", "TUR", "DJI"), tie("c", "border", "DJI", "ETH")))
    assert "ETH" not in parts(already, move, "reach_extended")


def test_a_break_puts_the_dealings_of_its_parties_at_risk():
    found = parts(TRADE, supposed_move(["RUS", "PRK"], "break", on=ON), "leverage_lost", "dealings")
    assert set(found) == {"RUS", "PRK"}
    assert found["RUS"].size == pytest.approx(WEIGHTS.at_risk * 0.01)


def test_a_break_that_the_record_holds_is_that_break():
    relations = tie("d", "diplomatic", "MEX", "ECU", since=dt.date(1837, 6, 1))
    broken = over(relations, ("ended", dt.date(2024, 4, 5)))
    mediator = tie("m", "mediation", "CHE", "ECU", "MEX", since=dt.date(2024, 4, 20))
    move = supposed_move(["MEX", "ECU"], "break", on=ON)
    for row in (relations, broken):
        found = parts(FakeView(held=(row, mediator)), move, "brokerage_lost")
        assert [(a, p.direction, p.size) for a, p in found.items()] == [("CHE", "gain", 1.0)]
        assert "d" in found["CHE"].path
    long_ago = over(relations, ("ended", dt.date(1999, 4, 5)))
    assert parts(FakeView(held=(long_ago, mediator)), move, "brokerage_lost") == {}


def test_a_mediator_of_late_loses_its_part_to_a_new_one():
    earlier = over(tie("m", "mediation", "OMN", "IRN", "SAU"), ("ended", dt.date(2023, 3, 10)))
    long_ago = over(tie("n", "mediation", "QAT", "IRN", "SAU"), ("ended", dt.date(2010, 3, 10)))
    view = FakeView(held=(earlier, long_ago))
    move = supposed_move(["CHN", "IRN", "SAU"], "mediation", on=ON)
    found = parts(view, move, "brokerage_lost")
    assert {a: p.size for a, p in found.items()} == {"OMN": 0.5}
    assert found["OMN"].why.startswith("Oman mediated of late between Iran and Saudi Arabia")


def test_what_a_mediation_brought_about_does_not_hide_it():
    own = over(
        tie("own", "mediation", "CHN", "IRN", "SAU", since=dt.date(2024, 6, 16)),
        ("ended", dt.date(2024, 6, 20)),
    )
    fruit = tie("f", "diplomatic", "IRN", "SAU", since=dt.date(2024, 6, 20))
    other = tie("m", "mediation", "OMN", "IRN", "SAU")
    move = supposed_move(["CHN", "IRN", "SAU"], "mediation", on=ON)
    view = FakeView(held=(own, fruit, other))
    assert recorded(view, move).id == "own"
    assert parts(view, move, "brokerage_lost")["OMN"].path == ("own", "m")
    older = tie("f", "diplomatic", "IRN", "SAU")
    assert parts(FakeView(held=(own, older, other)), move, "brokerage_lost") == {}


@pytest.mark.parametrize("kind", ["mediation", "restoration"])
def test_the_friend_of_one_side_loses_a_common_foe(kind):
    quarrel = over(tie("q", "rivalry", "ETH", "SOM"), ("suspended", ON))
    view = FakeView(
        held=(quarrel, tie("r", "rivalry", "EGY", "ETH"), tie("t", "troops", "EGY", "SOM")),
    )
    parties = ["ETH", "SOM"] if kind == "restoration" else ["TUR", "ETH", "SOM"]
    move = supposed_move(parties, kind, on=ON - dt.timedelta(days=1))
    found = parts(replace(view, on=ON - dt.timedelta(days=1)), move, "leverage_lost", "shared_foe")
    assert set(found) == {"EGY"}
    assert found["EGY"].size == pytest.approx(0.4 * 0.4 * WEIGHTS.interest["troops"])
    assert {"q", "r", "t"} <= set(found["EGY"].path)
    for row in ("q", "r", "t"):
        cut = replace(view, on=ON - dt.timedelta(days=1)).without(row)
        assert parts(cut, move, "leverage_lost", "shared_foe") == {}
