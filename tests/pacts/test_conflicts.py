"""States that are pulled both ways."""

from __future__ import annotations

from hypothesis import given

from rapallo.pacts import as_json, explain, obligations
from tests.pacts.test_laws import DAY, STATES, webs
from tests.pacts.webs import Held, clause, pact, view

FREE = clause(response="as_deemed_necessary")


def ask(held: Held, actor: str = "CCC"):
    found = obligations(held, attacker="AAA", attacked="BBB")
    return {entry.actor: entry for entry in found.answers}[actor]


def kinds(entry):
    return [(c.kind, c.answer, c.side, c.foe, c.clause, c.against) for c in entry.conflicts]


def test_bound_to_both_sides():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause()),
        pact("steel", ["AAA", "CCC"], clause("offence")),
    )
    entry = ask(held)
    assert (entry.answer, entry.side) == ("YES", "BBB")
    assert kinds(entry) == [("both_sides", "YES", "BBB", "AAA", "guard/1", "steel/1")]
    assert "must help AAA too" in entry.conflicts[0].why


def test_bound_to_one_side_and_perhaps_to_the_other():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause()),
        pact("steel", ["AAA", "CCC"], clause("offence", conditions=("demand",))),
    )
    (found,) = ask(held).conflicts
    assert (found.kind, found.answer) == ("both_sides", "DISPUTED")
    assert "which demand it is" in found.settles


def test_bound_to_help_and_to_keep_out():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause()),
        pact("out", ["AAA", "CCC"], clause("neutrality")),
    )
    assert kinds(ask(held)) == [("neutrality", "YES", "BBB", "AAA", "guard/1", "out/1")]


def test_a_promise_not_to_attack_one_that_attacks_is_open():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause()),
        pact("peace", ["AAA", "CCC"], clause("non_aggression")),
    )
    (found,) = ask(held).conflicts
    assert (found.kind, found.answer, found.against) == ("non_aggression", "DISPUTED", "peace/1")
    assert found.settles == ("whether its promise to AAA holds where AAA is the one that attacks",)


def test_a_promise_not_to_attack_the_attacked_binds_its_attackers_friend():
    held = view(
        "1950-01-01",
        pact("steel", ["AAA", "CCC"], clause("offence")),
        pact("peace", ["BBB", "CCC"], clause("non_aggression")),
    )
    assert kinds(ask(held)) == [("non_aggression", "YES", "AAA", "BBB", "steel/1", "peace/1")]


def test_help_by_means_of_its_choice_may_stop_short_of_an_attack():
    held = view(
        "1950-01-01",
        pact("steel", ["AAA", "CCC"], clause("offence", response="as_deemed_necessary")),
        pact("peace", ["BBB", "CCC"], clause("non_aggression")),
    )
    (found,) = ask(held).conflicts
    assert (found.answer, found.settles) == (
        "DISPUTED",
        ("whether it helps by means short of an attack on BBB",),
    )


def test_what_need_not_be_done_conflicts_with_nothing():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause(strength="discretionary")),
        pact("out", ["AAA", "CCC"], clause("neutrality")),
    )
    entry = ask(held)
    assert (entry.answer, entry.pulled_by, entry.conflicts) == ("OPTIONAL", ("out/1",), ())


def test_a_conflict_is_told_in_words_and_as_json():
    held = view(
        "1950-01-01",
        pact("guard", ["BBB", "CCC"], clause()),
        pact("out", ["AAA", "CCC"], clause("neutrality")),
    )
    found = obligations(held, attacker="AAA", attacked="BBB")
    assert "has promised AAA to keep out of its wars" in explain(found)
    (told,) = as_json(found)["conflicts"]
    assert (told["who"], told["kind"], told["against"]) == ("CCC", "neutrality", "out/1")


@given(webs())
def test_a_conflict_takes_two_duties_and_changes_no_answer(ties):
    for entry in obligations(Held(DAY, ties), attacker="AAA", attacked="BBB").answers:
        sides = {r.side for r in entry.because if r.answer in {"YES", "DISPUTED"}}
        assert bool([c for c in entry.conflicts if c.kind == "both_sides"]) == (len(sides) == 2)
        assert {c.against for c in entry.conflicts if c.kind != "both_sides"} <= set(entry.pulled_by)
        assert not entry.conflicts or entry.answer in {"YES", "DISPUTED"}
        assert {entry.actor} <= set(STATES)
