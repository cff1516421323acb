"""The tree for people and as JSON; what one state owes; where places lie."""

from __future__ import annotations

import json

import pytest

from rapallo.pacts import as_json, compare, explain, obligations, obliged_by
from rapallo.pacts.places import within
from tests.pacts.webs import (
    INVASION,
    NORTH_ATLANTIC,
    PRK_CHN,
    RUS_PRK,
    SUMMER_1914,
    clause,
    pact,
    view,
)


def test_the_tree_of_1914():
    text = explain(obligations(view("1914-07-28", *SUMMER_1914), attacker="AUT", attacked="SRB"))
    heads = [line for line in text.splitlines() if "─ " in line or not line.startswith(("│", " "))]
    assert heads == [
        "AUT attacks SRB on 1914-07-28",
        "├─ YES: RUS for SRB",
        "│  └─ DISPUTED: DEU for AUT, step 2",
        "│     └─ DISPUTED: FRA for SRB, step 3",
        "└─ NO: ITA",
    ]


def test_names_are_put_for_codes():
    found = obligations(view("2024-06-22", PRK_CHN), attacker="USA", attacked="PRK")
    text = explain(found, {"USA": "United States", "PRK": "North Korea", "CHN": "China"})
    assert text.splitlines()[0] == "United States attacks North Korea on 2024-06-22"
    assert "YES: China for North Korea" in text
    assert "PRK" not in text


def test_states_with_the_same_reasons_stand_together():
    text = explain(obligations(view("2024-06-22", NORTH_ATLANTIC), attacker="RUS", attacked="POL"))
    assert text.count("YES:") == 1
    assert "(31 states)" in text


def test_wording_says_whether_it_is_word_for_word():
    for verbatim, mark in ((True, '"in case"'), (False, "in other words: in case")):
        tie = pact("p", ["BBB", "CCC"], clause(wording="in case", verbatim=verbatim))
        assert mark in explain(obligations(view("1950-01-01", tie), attacker="AAA", attacked="BBB"))


def test_a_weaker_reason_is_told_beside_a_stronger_and_a_pull_too():
    tie = pact("p", ["BBB", "CCC"], clause(), phases=[("signed", "1940-01-01")])
    more = pact("q", ["BBB", "CCC"], clause())
    peace = pact("r", ["AAA", "CCC"], clause("non_aggression"))
    text = explain(obligations(view("1950-01-01", tie, more, peace), attacker="AAA", attacked="BBB"))
    assert "NO: p: signed, not in force on 1950-01-01 [p/1]" in text
    assert "pulled the other way by r/1" in text


def test_json_keeps_the_contract():
    found = as_json(
        obligations(view("2025-01-01", RUS_PRK, PRK_CHN, INVASION), attacker="UKR", attacked="RUS")
    )
    assert json.loads(json.dumps(found)) == found
    assert {code: entry["answer"] for code, entry in found["answers"].items()} == {
        "PRK": "DISPUTED",
        "CHN": "DISPUTED",
    }
    assert found["answers"]["PRK"]["because"][0]["clause"] == "rus-prk-2024/1"
    (branch,) = found["tree"]["then"]
    assert (branch["who"], branch["then"][0]["who"]) == (["PRK"], ["CHN"])


def test_what_china_owes():
    (duty,) = obliged_by(view("2024-06-22", PRK_CHN, RUS_PRK), "CHN")
    assert (duty.clause.id, duty.toward, duty.pact) == ("prk-chn-1961/1", ("PRK",), "prk-chn-1961")
    assert obliged_by(view("2024-06-22", RUS_PRK), "RUS") == ()
    assert len(obliged_by(view("2024-12-04", RUS_PRK), "RUS")) == 1


def test_what_the_pact_of_2024_changes():
    before, after = view("2025-01-01", PRK_CHN, INVASION), view("2025-01-01", PRK_CHN, INVASION, RUS_PRK)
    found = compare(before, after, attackers=["UKR", "USA"], attacked=["RUS", "PRK"], move="m1")
    changes = {(c.attacker, c.attacked, c.actor): (c.before, c.after) for c in found}
    assert changes == {
        ("UKR", "RUS", "PRK"): ("NO", "DISPUTED"),
        ("UKR", "RUS", "CHN"): ("NO", "DISPUTED"),
        ("UKR", "PRK", "RUS"): ("NO", "YES"),
        ("USA", "RUS", "PRK"): ("NO", "YES"),
        ("USA", "RUS", "CHN"): ("NO", "DISPUTED"),
        ("USA", "PRK", "RUS"): ("NO", "YES"),
    }
    assert {c.move for c in found} == {"m1"}


def test_a_pact_that_lapses_leaves_the_answer_it_had():
    (change,) = compare(view("2025-01-01", PRK_CHN), view("2025-01-01"), attackers=["USA"], attacked=["PRK"])
    assert (change.before, change.after, change.obligation.answer) == ("YES", "NO", "YES")


def test_a_war_begun_changes_answers_without_any_clause_changing():
    (change,) = compare(
        view("2025-01-01", RUS_PRK),
        view("2025-01-01", RUS_PRK, INVASION),
        attackers=["UKR"],
        attacked=["RUS"],
    )
    assert (change.actor, change.before, change.after) == ("PRK", "YES", "DISPUTED")


@pytest.mark.parametrize(
    ("where", "territory", "answer"),
    [
        ("POL", "north_atlantic", True),
        ("TUR", "Türkiye", True),
        ("TUR", "Europe", False),
        ("Hawaii", "North America", False),
        ("Hawaii", "USA", True),
        ("GRL", "north_atlantic", True),
        ("Islas Malvinas", "FLK", True),
        ("FLK", "the Americas from the Arctic to the Antarctic", True),
        ("NGA", "Europe", False),
        ("Crimea", "RUS", True),
        ("Crimea", "UKR", None),
        ("POL", "Ruritania", None),
    ],
)
def test_where_places_lie(where, territory, answer):
    assert within(where, territory) is answer
