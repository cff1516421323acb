"""Wars on several fronts: more than one attacks, or is attacked."""

from __future__ import annotations

import pytest
from hypothesis import given

from rapallo.errors import InputError
from rapallo.pacts import as_json, explain, obligations
from tests.pacts.test_laws import DAY, webs
from tests.pacts.webs import SUMMER_1914, Held, clause, pact, view, war


def ask(held: Held, attackers: list[str], attacked: list[str], **facts: str):
    found = obligations(
        held,
        attacker=attackers[0],
        attacked=attacked[0],
        facts=facts,
        with_attacker=attackers[1:],
        with_attacked=attacked[1:],
    )
    return {entry.actor: entry for entry in found.answers}


def test_two_powers_that_attack_at_once():
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause(conditions=("two_or_more_powers",))))
    assert ask(held, ["AAA"], ["BBB"])["CCC"].answer == "NO"
    assert ask(held, ["AAA", "DDD"], ["BBB"])["CCC"].answer == "YES"


def test_austria_and_germany_attack_serbia():
    found = ask(view("1914-07-28", *SUMMER_1914), ["AUT", "DEU"], ["SRB"])
    assert (found["RUS"].answer, found["RUS"].step) == ("YES", 1)
    assert (found["FRA"].answer, found["FRA"].because[0].attacker) == ("DISPUTED", "DEU")
    assert "DEU" not in found
    assert "AUT" not in found
    assert found["ITA"].answer == "NO"


def test_who_attacks_is_not_struck_by_whom_it_attacks():
    held = view("1950-01-01", pact("p", ["DDD", "EEE"], clause()))
    for attackers in (["AAA", "DDD"], ["DDD", "AAA"]):
        (reason,) = ask(held, attackers, ["BBB", "CCC"])["EEE"].because
        assert reason.answer == "NO"
        assert "DDD attacks; the clause protects it only where it is attacked" in reason.why


def test_each_that_is_attacked_has_its_own_friends():
    held = view("1950-01-01", pact("p", ["BBB", "EEE"], clause()), pact("q", ["CCC", "FFF"], clause()))
    found = ask(held, ["AAA"], ["BBB", "CCC"])
    assert {code: (o.answer, o.step, o.side) for code, o in found.items()} == {
        "EEE": ("YES", 1, "BBB"),
        "FFF": ("YES", 1, "BBB"),
    }
    assert found["FFF"].because[0].attacked == "CCC"


def test_a_clause_against_one_of_them():
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause(against=("DDD",))))
    (reason,) = ask(held, ["AAA", "DDD"], ["BBB"])["CCC"].because
    assert (reason.answer, reason.attacker) == ("YES", "DDD")


def test_a_war_begun_against_one_of_them_leaves_the_other_an_attacker():
    held = view("1950-01-01", pact("p", ["BBB", "CCC"], clause()), war("BBB", "AAA", "1949-01-01"))
    assert ask(held, ["AAA"], ["BBB"])["CCC"].answer == "DISPUTED"
    assert ask(held, ["DDD", "AAA"], ["BBB"])["CCC"].answer == "YES"


def test_neutrality_towards_the_second_of_them():
    held = view(
        "1950-01-01", pact("p", ["BBB", "CCC"], clause()), pact("q", ["DDD", "CCC"], clause("neutrality"))
    )
    entry = ask(held, ["AAA", "DDD"], ["BBB"])["CCC"]
    assert entry.pulled_by == ("q/1",)
    assert [(c.kind, c.foe) for c in entry.conflicts] == [("neutrality", "DDD")]


def test_it_is_told_who_attacks_whom():
    held = view("1950-01-01")
    found = obligations(
        held, attacker="AAA", attacked="BBB", with_attacker=["CCC"], with_attacked=["DDD", "EEE"]
    )
    assert explain(found).splitlines()[0] == "AAA and CCC attack BBB, DDD and EEE on 1950-01-01"
    assert as_json(found)["attackers"] == ["AAA", "CCC"]
    assert as_json(found)["all_attacked"] == ["BBB", "DDD", "EEE"]


@pytest.mark.parametrize(
    ("attackers", "attacked", "facts", "hint"),
    [
        (["AAA", "BBB"], ["BBB"], {}, "cannot attack itself"),
        (["AAA", "AAA"], ["BBB"], {}, "AAA is named twice"),
        (["AAA"], ["BBB", "BBB"], {}, "BBB is named twice"),
        (["AAA"], ["BBB", "CCC"], {"where": "BBB"}, "one place"),
    ],
)
def test_what_makes_no_sense_is_refused(attackers, attacked, facts, hint):
    with pytest.raises(InputError, match=hint):
        ask(view("1950-01-01"), attackers, attacked, **facts)


@given(webs())
def test_the_order_of_the_fronts_does_not_matter(ties):
    def shape(attackers: list[str], attacked: list[str]):
        found = ask(Held(DAY, ties), attackers, attacked)
        return {code: (o.answer, o.side in {"BBB", "CCC"}, o.step) for code, o in found.items()}

    assert shape(["AAA", "DDD"], ["BBB", "CCC"]) == shape(["DDD", "AAA"], ["CCC", "BBB"])


@given(webs())
def test_one_that_is_tied_to_nobody_may_attack_too(ties):
    plain = ask(Held(DAY, ties), ["AAA"], ["BBB"])
    more = ask(Held(DAY, ties), ["AAA", "ZZZ"], ["BBB"])
    assert {c for c, o in plain.items() if o.answer == "YES"} <= {
        c for c, o in more.items() if o.answer == "YES"
    }
