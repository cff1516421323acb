"""What each term of a clause does to the answer."""

from __future__ import annotations

from itertools import pairwise

import pytest

from rapallo.errors import InputError
from rapallo.pacts import obligations
from rapallo.vocab import vocabulary
from tests.pacts.test_cases import ask
from tests.pacts.webs import clause, pact, view, war


def one(facts=None, *, attacker="AAA", attacked="BBB", others=(), **terms):
    """The answer of CCC, bound to BBB by one clause, when AAA attacks BBB."""
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause(**terms)), *others)
    return ask(held, attacker, attacked, **(facts or {})).get("CCC")


BEGAN = war("BBB", "AAA", "1949-01-01")


@pytest.mark.parametrize(
    ("terms", "facts", "others", "answer"),
    [
        ({}, {}, (), "YES"),
        ({}, {}, (BEGAN,), "DISPUTED"),
        ({}, {"provoked": "yes"}, (), "YES"),
        ({"conditions": ("unprovoked",)}, {}, (), "YES"),
        ({"conditions": ("unprovoked",)}, {"provoked": "yes"}, (), "NO"),
        ({"conditions": ("unprovoked",)}, {}, (BEGAN,), "DISPUTED"),
        ({"conditions": ("unprovoked",)}, {"provoked": "no"}, (BEGAN,), "YES"),
        ({"trigger": "aggression"}, {}, (BEGAN,), "DISPUTED"),
        ({"trigger": "aggression"}, {"provoked": "yes"}, (), "NO"),
        ({"trigger": "any_war"}, {"provoked": "yes"}, (BEGAN,), "YES"),
        ({"trigger": "threat"}, {}, (), "YES"),
        ({"conditions": ("on_request",)}, {}, (), "YES"),
        ({"conditions": ("on_request",)}, {"requested": "no"}, (), "NO"),
        ({"conditions": ("collective_decision",)}, {}, (), "DISPUTED"),
        ({"conditions": ("collective_decision",)}, {"decided": "yes"}, (), "YES"),
        ({"conditions": ("collective_decision",)}, {"decided": "no"}, (), "NO"),
        ({"conditions": ("in_territory",)}, {}, (), "DISPUTED"),
        ({"territory": ("BBB",)}, {}, (), "YES"),
        ({"territory": ("DDD",)}, {}, (), "NO"),
        ({"territory": ("DDD",)}, {"where": "DDD"}, (), "YES"),
        ({"territory": ("BBB",)}, {"where": "Ruritania"}, (), "DISPUTED"),
        ({"territory": ("territory of the attacked member",)}, {}, (), "YES"),
        ({"territory": ("territory of the attacked member",)}, {"where": "EEE"}, (), "NO"),
        ({"conditions": ("great_power_only",)}, {}, (), "NO"),
        ({"conditions": ("great_power_only",)}, {"great_power": "yes"}, (), "YES"),
        ({"conditions": ("two_or_more_powers",)}, {}, (), "NO"),
        ({"conditions": ("named_adversary",)}, {}, (), "DISPUTED"),
        ({"conditions": ("number_of_powers",)}, {}, (), "DISPUTED"),
        ({"conditions": ("specific_conflict",)}, {}, (), "DISPUTED"),
        ({"conditions": ("demand",)}, {}, (), "DISPUTED"),
        ({"conditions": ("other_limits", "toward_some")}, {}, (), "DISPUTED"),
        ({"against": ("AAA",)}, {}, (), "YES"),
        ({"against": ("DDD",)}, {}, (), "NO"),
        ({"conditions": ("national_law",)}, {}, (), "YES"),
        ({"strength": "constitutional_process"}, {}, (), "YES"),
        ({"strength": "discretionary"}, {}, (), "OPTIONAL"),
        ({"strength": "discretionary", "response": "as_deemed_necessary"}, {}, (), "YES"),
        ({"response": "consult"}, {}, (), "OPTIONAL"),
        ({"kind": "consultation", "trigger": "threat"}, {}, (), "OPTIONAL"),
        ({"kind": "offence"}, {}, (), "YES"),
        ({"kind": "offence", "trigger": "armed_attack"}, {}, (), "NO"),
        ({"kind": "offence", "trigger": "armed_attack"}, {}, (BEGAN,), "DISPUTED"),
        ({"kind": "offence", "trigger": "armed_attack"}, {"provoked": "yes"}, (), "YES"),
        ({"kind": "neutrality"}, {}, (), "NO"),
    ],
)
def test_a_term(terms, facts, others, answer):
    assert one(facts, others=others, **terms).answer == answer


@pytest.mark.parametrize(
    ("terms", "answer"),
    [
        ({}, "NO"),
        ({"kind": "offence"}, "YES"),
        ({"kind": "offence", "trigger": "armed_attack"}, "YES"),
        ({"trigger": "any_war"}, "YES"),
    ],
)
def test_a_friend_of_the_attacker(terms, answer):
    entry = one(attacker="BBB", attacked="AAA", **terms)
    assert (entry.answer, entry.side) == (answer, "BBB")


@pytest.mark.parametrize(
    ("terms", "facts", "answer"),
    [
        ({}, {}, "DISPUTED"),
        ({"conditions": ("unprovoked",)}, {}, "NO"),
        ({"trigger": "aggression"}, {}, "NO"),
        ({"conditions": ("unprovoked",)}, {"provoked": "yes"}, "DISPUTED"),
        ({"conditions": ("two_or_more_powers",)}, {}, "NO"),
    ],
)
def test_a_friend_of_the_attacker_once_it_is_struck_in_turn(terms, facts, answer):
    helper = pact("helper", ["AAA", "DDD"], clause())
    assert one(facts, attacker="BBB", attacked="AAA", others=(helper,), **terms).answer == answer


@pytest.mark.parametrize(("trigger", "answer"), [("armed_attack", "DISPUTED"), ("any_war", "YES")])
def test_a_friend_of_one_that_joined(trigger, answer):
    held = view(
        "1950-01-01",
        pact("first", ["BBB", "CCC"], clause()),
        pact("second", ["CCC", "DDD"], clause(trigger=trigger)),
    )
    entry = ask(held, "AAA", "BBB")["DDD"]
    assert (entry.answer, entry.step, entry.side) == (answer, 2, "BBB")
    assert (entry.because[0].attacker, entry.because[0].attacked) == ("AAA", "CCC")


def test_what_hangs_on_a_disputed_joiner_is_disputed():
    held = view(
        "1950-01-01",
        pact("first", ["BBB", "CCC"], clause(conditions=("collective_decision",))),
        pact("second", ["CCC", "DDD"], clause(trigger="any_war")),
    )
    assert ask(held, "AAA", "BBB")["DDD"].answer == "DISPUTED"


def test_an_optional_helper_draws_nobody_in():
    held = view(
        "1950-01-01",
        pact("first", ["BBB", "CCC"], clause(strength="discretionary")),
        pact("second", ["CCC", "DDD"], clause(trigger="any_war")),
    )
    assert set(ask(held, "AAA", "BBB")) == {"CCC"}


def test_two_powers_are_there_once_another_joins_the_attacker():
    held = view(
        "1950-01-01",
        pact("steel", ["AAA", "DDD"], clause("offence", obliged=("DDD",), protected=("AAA",))),
        pact("cover", ["BBB", "CCC"], clause(conditions=("two_or_more_powers",))),
    )
    entry = ask(held, "AAA", "BBB")["CCC"]
    assert (entry.answer, entry.step) == ("YES", 2)


def test_a_duty_to_talk_counts_for_nothing_beside_a_promise_that_does_not_reach():
    talk = clause("consultation", trigger="threat")
    both = pact("p", ["BBB", "CCC"], clause(territory=("DDD",)), talk)
    entry = ask(view("1950-01-01", both), "AAA", "BBB")["CCC"]
    assert [(reason.clause, reason.answer) for reason in entry.because] == [("p/1", "NO"), ("p/2", "NO")]
    entry = ask(view("1950-01-01", both, pact("q", ["BBB", "CCC"], talk)), "AAA", "BBB")["CCC"]
    assert (entry.answer, entry.because[0].clause) == ("OPTIONAL", "q/1")


def test_a_duty_to_talk_on_one_reading_only_is_none():
    tie = pact("p", ["BBB", "CCC"], clause("consultation", trigger="threat"))
    assert ask(view("1950-01-01", tie, BEGAN), "AAA", "BBB") == {}


def test_a_dispute_over_a_dispute_is_told_and_draws_nobody_in():
    links = ["BBB", "CCC", "DDD", "EEE"]
    held = view(
        "1950-01-01",
        *(pact(f"p{n}", pair, clause()) for n, pair in enumerate(pairwise(links))),
        pact("last", ["EEE", "FFF"], clause()),
    )
    found = ask(held, "AAA", "BBB")
    assert {code: (o.answer, o.step) for code, o in found.items()} == {
        "CCC": ("YES", 1),
        "DDD": ("DISPUTED", 2),
        "EEE": ("DISPUTED", 3),
    }


def test_friends_of_one_that_may_have_joined_the_attacker_owe_it_nothing():
    held = view(
        "1950-01-01",
        pact("guarantee", ["BBB", "CCC"], clause()),
        pact("axis", ["AAA", "DDD"], clause()),
        pact("friend", ["DDD", "EEE"], clause()),
    )
    found = ask(held, "AAA", "BBB")
    assert (found["DDD"].answer, found["DDD"].side) == ("DISPUTED", "AAA")
    assert (found["EEE"].answer, found["EEE"].step) == ("NO", 3)


def test_what_pulls_the_other_way():
    held = view(
        "1950-01-01",
        pact("help", ["BBB", "CCC"], clause()),
        pact("peace", ["AAA", "CCC"], clause("non_aggression"), clause("neutrality")),
        pact("if-attacked", ["AAA", "CCC"], clause("neutrality", trigger="armed_attack")),
    )
    entry = ask(held, "AAA", "BBB")["CCC"]
    assert (entry.answer, entry.pulled_by) == ("YES", ("peace/1", "peace/2"))
    assert [reason.answer for reason in entry.because] == ["YES", "NO"]


def test_suspended_and_ended_pacts_bind_nobody():
    phases = [("in_force", "1940-01-01"), ("suspended", "1949-01-01"), ("ended", "1951-01-01")]
    tie = pact("p", ["BBB", "CCC"], clause(), phases=phases)
    (reason,) = ask(view("1950-01-01", tie), "AAA", "BBB")["CCC"].because
    assert (reason.answer, "suspended" in reason.why) == ("NO", True)
    assert ask(view("1948-01-01", tie), "AAA", "BBB")["CCC"].answer == "YES"
    assert ask(view("1951-01-01", tie), "AAA", "BBB") == {}


def test_a_guarantee_binds_one_way_and_may_protect_a_stranger():
    tie = pact("guarantee", ["CCC", "DDD"], clause(protected=("BBB",)))
    assert set(ask(view("1950-01-01", tie), "AAA", "BBB")) == {"CCC", "DDD"}
    assert ask(view("1950-01-01", tie), "AAA", "CCC") == {}


def test_great_powers_change_with_time():
    tie = pact("p", ["BBB", "CCC"], clause(conditions=("great_power_only",)))
    assert ask(view("1914-01-01", tie), "ITA", "BBB")["CCC"].answer == "YES"
    assert ask(view("1960-01-01", tie), "ITA", "BBB")["CCC"].answer == "NO"


@pytest.mark.parametrize(
    ("attacker", "facts", "hint"),
    [
        ("BBB", {}, "two states"),
        ("AAA", {"provoked": "perhaps"}, "yes or no"),
        ("AAA", {"weather": "bad"}, "facts are"),
        ("AAA", {"where": " "}, "leave it out"),
    ],
)
def test_what_makes_no_sense_is_refused(attacker, facts, hint):
    with pytest.raises(InputError, match=hint):
        obligations(view("1950-01-01"), attacker=attacker, attacked="BBB", facts=facts)


@pytest.mark.parametrize("name", ["triggers", "strengths", "responses", "conditions", "kinds"])
def test_every_term_of_the_vocabulary_is_ruled_on(name):
    """A term added to a vocabulary must get an answer here."""
    field = {"kinds": "kind", "conditions": "conditions"}.get(name, name.removesuffix("s"))
    known = {
        "triggers": "armed_attack state_of_war aggression threat any_war always",
        "strengths": "automatic constitutional_process discretionary consult",
        "responses": "all_means military_assistance as_deemed_necessary consult refrain",
        "conditions": "unprovoked on_request collective_decision in_territory great_power_only "
        "two_or_more_powers named_adversary national_law number_of_powers specific_conflict demand "
        "other_limits toward_some another_helps",
        "kinds": "defence offence neutrality non_aggression consultation",
    }[name].split()
    assert list(vocabulary(f"clause_{name}")) == known
    for term in known:
        found = one(**{field: (term,) if field == "conditions" else term})
        assert (found is None) == (term == "non_aggression")


def test_fighting_on_the_soil_of_the_attacker_is_no_attack_on_the_other():
    held = view("2020-10-01", pact("p", ["ARM", "RUS"], clause()))
    assert ask(held, "AZE", "ARM", where="Nagorno-Karabakh")["RUS"].answer == "NO"
    assert ask(held, "AZE", "ARM", where="ARM")["RUS"].answer == "YES"
    assert ask(held, "AZE", "ARM", where="TUR")["RUS"].answer == "YES"


def test_help_that_hangs_on_the_help_of_another_is_open():
    (reason,) = ask(
        view("1938-09-20", pact("p", ["CSK", "SUN"], clause(conditions=("another_helps",)))), "DEU", "CSK"
    )["SUN"].because
    assert (reason.answer, reason.settles) == ("DISPUTED", ("whether that other state helps",))
