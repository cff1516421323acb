"""What the measures promise, on worlds small enough to reckon by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.measures import (
    adversaries,
    capability,
    dependence,
    leverage,
    models,
    reach,
    trade_shares,
)
from rapallo.measures.market import DOMAINS, rules
from rapallo.vocab import vocabulary
from tests.measures.worlds import FakeView, flow, pact, strength, tie, trait

amounts = st.floats(1.0, 1e6)


def test_capability_is_the_mean_of_the_available_shares():
    view = FakeView(
        amounts=(
            trait("population", "CHN", 75),
            trait("population", "JPN", 25),
            trait("military_expenditure", "CHN", 50),
            trait("military_expenditure", "JPN", 30),
            trait("military_expenditure", "USA", 20),
        )
    )
    assert capability(view) == pytest.approx({"CHN": 0.625, "JPN": 0.275, "USA": 0.2})


def test_capability_takes_only_what_was_known_on_the_day():
    rows = (trait("population", "CHN", 60, year=2020), trait("population", "JPN", 40, year=2020))
    later = trait("population", "CHN", 1000, year=2025)
    assert capability(FakeView(amounts=(*rows, later))) == capability(FakeView(amounts=rows))


def test_trade_shares_count_both_directions_and_add_up():
    view = FakeView(
        sent=(
            flow("trade", "CHN", "PRK", 60),
            flow("trade", "PRK", "CHN", 20),
            flow("trade", "RUS", "PRK", 20),
        )
    )
    assert trade_shares(view, "PRK") == pytest.approx({"CHN": 0.8, "RUS": 0.2})
    assert trade_shares(view, "JPN") == {}


def test_dependence_without_alternatives_is_the_share():
    view = FakeView(sent=(flow("trade", "CHN", "PRK", 100),))
    found = dependence(view, "PRK", "CHN", "trade")
    assert found.value == found.stake == 1.0
    assert found.path == ("flow:trade:CHN-PRK:2023",)
    assert found.confidence == 0.9


def test_a_tie_to_a_supplier_lowers_dependence_by_the_stated_rule():
    view = FakeView(
        held=(pact("new", "RUS", "PRK"),),
        sent=(flow("trade", "CHN", "PRK", 100),),
        amounts=(trait("exports", "RUS", 500),),
    )
    how = rules("trade")
    covers = how.diversion * 500 / 100
    expected = 1.0 - how.ties["defence"] * covers
    found = dependence(view, "PRK", "CHN", "trade")
    assert found.value == pytest.approx(expected)
    assert [(a.actor, a.known) for a in found.alternatives] == [("RUS", True)]
    assert {"new", "trait:exports:RUS:2023"} <= set(found.path)


def test_a_supplier_that_imposes_sanctions_is_hardly_an_alternative():
    ties = (tie("friends", "partnership", "USA", "PRK"),)
    rows = {"sent": (flow("trade", "CHN", "PRK", 100),), "amounts": (trait("exports", "USA", 1e6),)}
    free = dependence(FakeView(held=ties, **rows), "PRK", "CHN", "trade")
    ban = tie("ban", "sanction", "USA", "PRK")
    banned = dependence(FakeView(held=(*ties, ban), **rows), "PRK", "CHN", "trade")
    turned = dependence(
        FakeView(held=(*ties, tie("ban", "sanction", "PRK", "USA")), **rows), "PRK", "CHN", "trade"
    )
    assert free.value == turned.value < banned.value < 1.0


def test_an_unknown_capacity_widens_and_is_said():
    view = FakeView(held=(pact("new", "RUS", "PRK"),), sent=(flow("trade", "CHN", "PRK", 100),))
    found = dependence(view, "PRK", "CHN", "trade")
    assert found.value == 1.0
    assert found.missing == ("RUS",)
    assert found.confidence == pytest.approx(0.45)
    (part,) = leverage(view, "CHN", "PRK")
    assert "Russia could give is not in the record" in part.why


def test_protection_is_shared_by_those_who_are_bound():
    amounts = strength(CHN=0.2, RUS=0.05, PRK=0.02)
    alone = FakeView(held=(pact("a", "CHN", "PRK"),), amounts=amounts)
    both = FakeView(held=(pact("a", "CHN", "PRK"), pact("b", "RUS", "PRK")), amounts=amounts)
    one, two = (dependence(view, "PRK", "CHN", "protection") for view in (alone, both))
    assert one.value == pytest.approx(0.9 * 0.2 / (0.9 * 0.2 + 0.02))
    assert two.stake == pytest.approx(0.9 * 0.2 / (0.9 * 0.2 + 0.9 * 0.05 + 0.02))
    assert two.value == pytest.approx(two.stake * (1 - 0.05 / 0.2))


def test_a_clause_binds_only_those_it_names_and_only_in_force():
    signed = pact("a", "CHN", "PRK", phase="signed")
    assert (
        dependence(FakeView(held=(signed,), amounts=strength(CHN=0.2)), "PRK", "CHN", "protection").value == 0
    )


def test_leverage_is_asymmetric_and_says_so():
    view = FakeView(
        sent=(
            flow("trade", "CHN", "PRK", 100),
            flow("trade", "JPN", "CHN", 900),
            flow("trade", "JPN", "PRK", 10),
        )
    )
    (part,) = leverage(view, "CHN", "PRK")
    assert part.domain == "trade"
    assert part.asymmetry == pytest.approx(part.value - dependence(view, "CHN", "PRK", "trade").value)
    assert part.why.startswith("91% of North Korea's recorded trade is with China; ")


def test_adversaries_by_kind_of_tie():
    view = FakeView(
        held=(
            tie("w", "war", "RUS", "UKR"),
            tie("r", "rivalry", "USA", "RUS"),
            tie("d", "territorial_dispute", "JPN", "RUS"),
            tie("s", "sanction", "JPN", "RUS"),
            tie("t", "sanction", "USA", "RUS", "PRK"),
        )
    )
    found = {a.actor: a for a in adversaries(view, "RUS")}
    assert [a.actor for a in adversaries(view, "RUS")] == ["UKR", "USA", "JPN"]
    assert found["UKR"].intensity == 1.0
    assert found["JPN"].intensity == pytest.approx(1 - 0.8 * 0.9)
    assert found["JPN"].path == ("d", "s")
    assert "PRK" not in found, "two targets of one sanction are not each other's adversaries"


def test_a_defence_pact_sets_disputes_aside_but_not_rivalry():
    ties = (tie("d", "territorial_dispute", "TUR", "GRC"), pact("n", "TUR", "GRC"))
    assert adversaries(FakeView(held=ties), "GRC") == ()
    (left,) = adversaries(FakeView(held=(*ties, tie("r", "rivalry", "TUR", "GRC"))), "GRC")
    assert left.kinds == ("rivalry",)


def test_an_organisation_stands_for_its_members_but_not_against_one_of_them():
    outside = FakeView(held=(tie("s", "sanction", "EU", "RUS"),))
    assert {"DEU", "FRA"} <= {a.actor for a in adversaries(outside, "RUS")}
    inside = FakeView(held=(tie("s", "sanction", "UN", "PRK"),))
    assert adversaries(inside, "PRK") == ()


def test_reach_counts_capitals_and_people():
    view = FakeView(amounts=(trait("missile_range", "PRK", 1000), trait("population", "KOR", 51_000)))
    found = reach(view, "PRK")
    assert [near.actor for near in found.within] == ["KOR", "CHN"]
    assert found.people == 51e6
    assert reach(view, "JPN") is None
    assert "JPN" in {near.actor for near in reach(view, "PRK", km=1500).within}


def test_every_measure_has_a_card_that_says_enough():
    cards = models()
    assert len({card.id for card in cards}) == len(cards) >= 7
    for card in cards:
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))


def test_the_tables_speak_the_vocabularies():
    kinds = {*vocabulary("tie_kinds"), "defence"}
    for domain in DOMAINS:
        how = rules(domain)
        assert {*how.ties, *how.obstacles} <= kinds
        assert how.capacity in {*vocabulary("trait_names"), "capability", "outflow"}
        assert set(how.promises) <= set(vocabulary("clause_strengths"))


@given(amounts, amounts, amounts, amounts)
def test_dependence_stays_within_bounds_and_grows_with_the_share(value, other, more, exports):
    def found(value: float) -> float:
        view = FakeView(
            sent=(flow("trade", "CHN", "PRK", value), flow("trade", "RUS", "PRK", other)),
            amounts=(trait("exports", "RUS", exports),),
        )
        return dependence(view, "PRK", "CHN", "trade").value

    assert 0.0 <= found(value) <= found(value + more) <= 1.0


@given(amounts, amounts, amounts)
def test_a_stronger_alternative_never_raises_dependence(value, exports, more):
    def found(amount: float) -> float:
        view = FakeView(
            held=(pact("p", "RUS", "PRK"),),
            sent=(flow("trade", "CHN", "PRK", value),),
            amounts=(trait("exports", "RUS", amount),),
        )
        return dependence(view, "PRK", "CHN", "trade").value

    assert found(exports + more) <= found(exports)


@given(st.integers(2025, 2040))
def test_rows_after_the_day_do_not_count(year):
    view = FakeView(sent=(flow("trade", "CHN", "PRK", 10), flow("trade", "RUS", "PRK", 10)))
    later = FakeView(
        held=(pact("p", "RUS", "PRK", since=dt.date(year, 1, 1)),),
        sent=(*view.sent, flow("trade", "RUS", "PRK", 1e6, year=year)),
    )
    assert dependence(later, "PRK", "CHN", "trade") == dependence(view, "PRK", "CHN", "trade")


def test_a_stated_total_is_what_shares_are_of_unless_it_falls_short():
    rows = (flow("trade", "CHN", "PRK", 60), flow("trade", "RUS", "PRK", 20))
    stated = (trait("exports", "PRK", 30), trait("imports", "PRK", 90))
    assert trade_shares(FakeView(sent=rows, amounts=stated), "PRK")["CHN"] == pytest.approx(0.5)
    assert trade_shares(FakeView(sent=rows, amounts=stated[:1]), "PRK")["CHN"] == pytest.approx(0.75)
    short = (trait("exports", "PRK", 3), trait("imports", "PRK", 9))
    assert trade_shares(FakeView(sent=rows, amounts=short), "PRK")["CHN"] == pytest.approx(0.75)
    assert (
        "trait:imports:PRK:2023"
        in dependence(FakeView(sent=rows, amounts=stated), "PRK", "CHN", "trade").path
    )


def test_stale_flows_and_flows_between_states_at_war_are_left_out():
    old, new = flow("arms", "UKR", "RUS", 100, year=2013), flow("arms", "BLR", "RUS", 10)
    assert dependence(FakeView(sent=(old, new)), "RUS", "BLR", "arms").stake == 1.0
    late = flow("arms", "UKR", "RUS", 100, year=2014)
    assert dependence(FakeView(sent=(late, new)), "RUS", "BLR", "arms").stake == pytest.approx(10 / 110)
    war = FakeView(held=(tie("w", "war", "RUS", "UKR"),), sent=(late, new))
    assert dependence(war, "RUS", "BLR", "arms").stake == 1.0
    assert dependence(war, "RUS", "UKR", "arms").value == 0.0


def test_a_suspended_tie_opens_nothing():
    rows = {"sent": (flow("trade", "CHN", "PRK", 100),), "amounts": (trait("exports", "RUS", 1e6),)}
    off = FakeView(held=(tie("p", "partnership", "RUS", "PRK", phase="suspended"),), **rows)
    assert dependence(off, "PRK", "CHN", "trade").value == 1.0


def test_a_promise_stands_in_spite_of_obstacles_short_of_war():
    amounts = strength(CHN=0.2, RUS=0.05, PRK=0.02)
    held = (pact("a", "CHN", "PRK"), pact("b", "RUS", "PRK"))
    free = dependence(FakeView(held=held, amounts=amounts), "PRK", "CHN", "protection")
    banned = FakeView(held=(*held, tie("s", "sanction", "RUS", "PRK")), amounts=amounts)
    assert dependence(banned, "PRK", "CHN", "protection").value == free.value
    war = FakeView(held=(*held, tie("w", "war", "RUS", "PRK")), amounts=amounts)
    assert dependence(war, "PRK", "CHN", "protection").stake > free.stake
