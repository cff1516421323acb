"""Reverse questions: whose attack obliges, what would close a gap, where a chain breaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from rapallo.errors import InputError
from rapallo.pacts import obligations
from rapallo.pacts.casus import solve
from rapallo.pacts.chains import _cuts, _drawn, _war, chains, lacking
from rapallo.pacts.gaps import gap
from rapallo.pacts.reverse import bound_to, whose_attack
from rapallo.pacts.web import weave
from rapallo.record import Record
from tests.pacts.test_laws import DAY, STATES, webs
from tests.pacts.webs import NORTH_ATLANTIC, PRK_CHN, RUS_PRK, SUMMER_1914, USA_KOR, Held, clause, pact


@dataclass(frozen=True)
class Open(Held):
    """A view in which a tie can be supposed, or supposed away."""

    def with_tie(self, tie):
        return replace(self, held=(*(t for t in self.held if t.id != tie.id), tie))


def at(on: str, *ties) -> Open:
    return Open(dt.date.fromisoformat(on), ties)


def test_whose_attack_obliges_china():
    found = whose_attack(at("2024-06-22", PRK_CHN, USA_KOR), "CHN", "PRK", attackers=["USA", "KOR", "CHN"])
    assert [(t.attacker, t.answer, t.reason.step) for t in found.found] == [
        ("KOR", "YES", 1),
        ("USA", "YES", 1),
    ]
    assert found.asked == 2


def test_every_state_in_being_is_tried():
    found = whose_attack(at("2024-06-22", NORTH_ATLANTIC), "USA", "POL")
    assert found.asked > 190
    assert {t.answer for t in found.found if t.attacker in {"DEU", "FRA"}} == {"DISPUTED"}
    assert next(t for t in found.found if t.attacker == "RUS").answer == "YES"


def test_nobody_obliges_one_that_owes_nothing():
    assert whose_attack(at("2024-06-22", PRK_CHN), "BRA", "PRK", attackers=["USA"]).found == ()
    with pytest.raises(InputError, match="cannot be obliged to itself"):
        whose_attack(at("2024-06-22"), "PRK", "PRK")
    with pytest.raises(InputError, match="facts are"):
        whose_attack(at("2024-06-22"), "CHN", "PRK", facts={"weather": "bad"})


@settings(max_examples=60)
@given(webs())
def test_whose_attack_is_the_question_asked_of_each(ties):
    held = Held(DAY, ties)
    for state in STATES[:3]:
        expected = {}
        for foe in STATES:
            if foe not in {state, "EEE"}:
                answers = obligations(held, attacker=foe, attacked="EEE").answers
                reason = next((bound_to(o, "EEE") for o in answers if o.actor == state), None)
                if reason:
                    expected[foe] = reason.answer
        found = whose_attack(held, state, "EEE", attackers=STATES)
        assert {t.attacker: t.answer for t in found.found} == expected


def test_a_gap_is_closed_by_the_narrowest_promise():
    (first, *_) = gap(at("2024-06-22", PRK_CHN), "BRA", attacker="USA", attacked="PRK").remedies
    assert (first.kind, first.answer, first.clause.trigger, first.clause.against) == (
        "direct",
        "YES",
        "armed_attack",
        ("USA",),
    )


def test_a_pact_that_is_signed_enters_into_force():
    found = gap(at("2024-08-10", RUS_PRK), "PRK", attacker="UKR", attacked="RUS")
    assert found.answer == "NO"
    assert [(r.kind, r.answer) for r in found.remedies] == [("amend", "YES"), ("direct", "YES")]
    assert "enters into force" in found.remedies[0].what


def test_a_condition_is_dropped():
    held = at("1950-01-01", pact("p", ["BBB", "CCC"], clause(conditions=("collective_decision",))))
    (first, *_) = gap(held, "CCC", attacker="AAA", attacked="BBB").remedies
    assert (first.kind, first.what) == ("amend", "p: the condition 'collective decision' is dropped")


def test_a_promise_to_one_that_joins():
    held = at("1950-01-01", pact("p", ["BBB", "CCC"], clause()))
    found = gap(held, "DDD", attacker="AAA", attacked="BBB")
    assert [(r.kind, r.toward, r.clause.trigger) for r in found.remedies] == [
        ("direct", "BBB", "armed_attack"),
        ("through", "CCC", "any_war"),
    ]


def test_no_gap_no_remedy():
    found = gap(at("2024-06-22", PRK_CHN), "CHN", attacker="USA", attacked="PRK")
    assert (found.answer, found.remedies, found.tried) == ("YES", (), 0)
    with pytest.raises(InputError, match="one of the two"):
        gap(at("2024-06-22"), "USA", attacker="USA", attacked="PRK")


@settings(max_examples=40)
@given(webs())
def test_every_remedy_does_what_it_says(ties):
    held = Open(DAY, ties)
    found = gap(held, "CCC", attacker="AAA", attacked="BBB")
    for remedy in found.remedies:
        answers = obligations(held.with_tie(remedy.tie), attacker="AAA", attacked="BBB").answers
        entry = next(o for o in answers if o.actor == "CCC")
        reason = bound_to(entry, "BBB")
        assert reason is not None
        assert reason.answer == remedy.answer
    assert found.answer == "YES" or found.remedies


def test_summer_1914_by_its_chains():
    found = chains(at("1914-07-28", *SUMMER_1914), attacker="AUT", attacked="SRB")
    assert found.answer == "YES"
    told = {c.power: ([link.actor for link in c.links], c.breaks) for c in found.chains}
    assert told["AUT"] == ([], ())
    assert told["DEU"] == (["RUS", "DEU"], ("dual-alliance/1", "serbia/1"))
    assert told["FRA"] == (["RUS", "DEU", "FRA"], ("dual-alliance/1", "franco-russian/1", "serbia/1"))
    assert "ITA" in found.out
    assert found.cuts == (("serbia/1",),)


def test_great_powers_that_clash_need_no_chain():
    found = chains(at("2024-06-22"), attacker="USA", attacked="CHN")
    assert (found.answer, found.cuts, found.complete) == ("YES", (), True)


def test_two_clauses_that_must_both_go():
    held = at("1950-01-01", pact("p", ["BBB", "USA"], clause()), pact("q", ["BBB", "GBR"], clause()))
    found = chains(held, attacker="SUN", attacked="BBB")
    assert found.cuts == (("p/1", "q/1"),)
    assert [(c.power, c.breaks) for c in found.chains] == [("SUN", ()), ("GBR", ("q/1",)), ("USA", ("p/1",))]


@settings(max_examples=60)
@given(webs())
def test_cuts_are_those_that_trying_every_set_finds(ties):
    powers = ["CCC", "DDD", "EEE"]
    web = weave(Held(DAY, ties))

    def ask(w):
        return solve(w, attacker="AAA", attacked="BBB")

    found = set(_cuts(web, ask, powers, ask(web)))
    names = sorted({bond.clause.id for bond in web.bonds})
    stops = {s for n in (1, 2) for s in combinations(names, n) if _war(ask(lacking(web, *s)), powers) == "NO"}
    least = {s for s in stops if len(s) == 1 or not {(s[0],), (s[1],)} & stops}
    assert found == (least if _war(ask(web), powers) != "NO" else set())


def test_a_clause_supposed_away_is_a_clause_taken_out():
    with Record.open() as record:
        view = record.view(dt.date(2024, 6, 22))
        plain = solve(lacking(weave(view), "prk-chn-1961/1"), attacker="USA", attacked="PRK")
        other = obligations(view.without("prk-chn-1961/1"), attacker="USA", attacked="PRK")
    assert plain == other


def test_who_is_drawn_in_counts_on_both_sides():
    held = Held(DAY, (pact("p", ["BBB", "CCC"], clause()), pact("q", ["AAA", "CCC"], clause("offence"))))
    clash = obligations(held, attacker="AAA", attacked="BBB")
    assert list(_drawn(clash, ["CCC"])) == [("CCC", "BBB", "YES"), ("CCC", "AAA", "YES")]
    assert _war(clash, ["CCC"]) == "NO"
