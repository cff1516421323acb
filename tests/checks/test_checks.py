from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.checks import check_claim, check_text
from rapallo.checks.trade import ranking
from rapallo.model import Interval, TieContent, day, year
from tests.checks.conftest import EVENTS, FLOWS, ON, TIES, pact, said

SIGNED = {"phase": "signed", "event": "AGREE"}


@pytest.mark.parametrize(
    ("claim", "verdict", "rows", "words"),
    [
        (pact("KEN", "NOR", when=year(1961), **SIGNED), "borne_out", ["ken-nor-1961"], "11 July 1961"),
        (pact("KEN", "NOR", when=year(1962), **SIGNED), "contradicted", ["ken-nor-1961"], "11 July 1961"),
        (pact("KEN", "NOR", when=year(1890), **SIGNED), "not_covered", ["ken-nor-1961"], "holds"),
        (pact("KEN", "NOR", when=year(2021), phase="renewed"), "borne_out", ["ken-nor-1961"], "July 2021"),
        (pact("KEN", "NOR", when=year(2020), phase="renewed"), "contradicted", ["ken-nor-1961"], "July 2021"),
        (pact("KEN", "NOR"), "borne_out", ["ken-nor-1961"], "in force"),
        (pact("KEN", "NOR", clauses=["defence"]), "borne_out", ["ken-nor-1961", "ken-nor-1961/1"], "defence"),
        (pact("KEN", "NOR", clauses=["offence"]), "contradicted", ["ken-nor-1961"], "none of offence"),
        (
            pact("KEN", "PER", when=Interval(dt.date(2024, 6, 17), ON, "week"), **SIGNED),
            "borne_out",
            ["ken-per-2024"],
            "19 June 2024",
        ),
        (pact("PER", "KEN", clauses=["defence"]), "outdated", ["ken-per-2024"], "not in force"),
        (pact("PER", "KEN", clauses=["consultation"]), "borne_out", ["ken-per-2001"], "consultation"),
        (pact("KEN", "NOR", **SIGNED), "borne_out", ["ken-nor-1961"], "11 July 1961"),
        (pact("KEN", "FRA", **SIGNED), "not_covered", ["wide-1990"], "No such tie signed"),
        (pact("KEN", "FRA"), "borne_out", ["wide-1990"], "in force"),
        (pact("NOR", "PER"), "outdated", ["nor-per-1950"], "7 September 1995"),
        (pact("NOR", "PER", phase="ended", when=year(1995)), "borne_out", ["nor-per-1950"], "1995"),
        (pact("KEN", "NOR", phase="ended"), "contradicted", ["ken-nor-1961"], "is in force"),
        (pact("KEN", "CHL"), "not_covered", [], "does not say"),
        (pact("KEN", "CHL", when=day(ON), **SIGNED), "not_covered", [], "does not say"),
        (pact("KEN", "NOR", kind="partnership"), "borne_out", ["nor-ken-partners"], "2022"),
        (pact("KEN", "NOR", when=year(1950)), "not_covered", ["ken-nor-1961"], "began later"),
    ],
)
def test_pacts(view, claim, verdict, rows, words):
    found = check_claim(view, claim)
    assert found.verdict == verdict, found.why
    assert set(rows) <= set(found.rows)
    assert words in found.why
    assert bool(found.covered_by) == (verdict == "not_covered")


def test_a_directed_tie_is_not_borne_out_the_other_way_round(view):
    sanction = TieContent("sanction", (), "in_force")
    right = check_claim(view, said("tie", ["NOR"], ["PER"], tie=sanction))
    wrong = check_claim(view, said("tie", ["PER"], ["NOR"], tie=sanction))
    assert right.verdict == "borne_out"
    assert wrong.verdict == "not_covered"


@pytest.mark.parametrize("modality", ["intended", "conditional", "hypothetical"])
def test_what_is_no_fact_is_not_checked(view, modality):
    assert check_claim(view, pact("KEN", "NOR", modality=modality)) is None


def test_stances_causes_and_near_misses_are_not_checked(view):
    assert check_claim(view, said("stance", ["KEN"], ["NOR"])) is None
    assert check_claim(view, said("cause", ["KEN"], ["NOR"])) is None
    assert check_claim(view, pact("KEN", "NOR", polarity="nearly")) is None
    assert check_claim(view, said("tie", [], [], tie=TieContent("pact", ()))) is None


def test_a_negative_claim_turns_the_verdict_round(view):
    assert check_claim(view, pact("KEN", "NOR", polarity="negative")).verdict == "contradicted"
    assert check_claim(view, pact("NOR", "PER", polarity="negative")).verdict == "borne_out"
    assert check_claim(view, pact("KEN", "CHL", polarity="negative")).verdict == "not_covered"


@pytest.mark.parametrize(
    ("state", "body", "verdict", "words"),
    [
        ("POL", "NATO", "borne_out", "belongs"),
        ("GBR", "EU", "outdated", "31 January 2020"),
        ("KEN", "NATO", "not_covered", "does not say"),
    ],
)
def test_membership(view, state, body, verdict, words):
    found = check_claim(view, pact(state, body))
    assert found.verdict == verdict
    assert words in found.why


def largest(state: str, partner: str, **more):
    return said("flow", [state], [partner], words="its largest trade partner", **more)


def test_the_largest_trade_partner_is_borne_out_with_figures_and_year(view):
    found = check_claim(view, largest("KEN", "NOR"))
    assert found.verdict == "borne_out"
    assert "2022" in found.why
    assert "USD 900 million" in found.why
    assert "88%" in found.why
    assert "flow:trade:KEN-NOR:2022" in found.rows


def test_one_that_was_the_largest_is_outdated_and_one_that_never_was_contradicted(view):
    was = check_claim(view, largest("KEN", "PER"))
    assert was.verdict == "outdated"
    assert "2012" in was.why
    assert check_claim(view, largest("KEN", "PER", when=year(2012))).verdict == "borne_out"
    assert check_claim(view, largest("KEN", "CHL")).verdict == "contradicted"


def test_too_few_partners_cannot_be_ranked(view):
    found = check_claim(view, largest("LAO", "NOR"))
    assert found.verdict == "not_covered"
    assert "Comtrade" in found.covered_by


def test_ranking_adds_both_directions(view):
    found, ranked = ranking(view, "KEN", ON)
    assert found == 2022
    assert list(ranked) == ["NOR", "PER", "CHL"]


def test_events(view):
    halt = said("event", ["NOR"], ["KEN"], event="SANCTION", mode="discontinue", contexts=("economic",))
    found = check_claim(view, replace(halt, when=year(2017)))
    assert (found.verdict, found.rows) == ("borne_out", ("e1",))
    assert "coal" in found.why
    assert check_claim(view, replace(halt, when=year(2010))).verdict == "not_covered"
    assert check_claim(view, halt).verdict == "not_covered"
    turned = replace(halt, when=year(2017), actors=("KEN",), targets=("NOR",))
    assert check_claim(view, turned).verdict == "not_covered"
    assert check_claim(view, replace(halt, when=year(2017), polarity="negative")).verdict == "contradicted"
    visit = said("event", ["PER"], ["KEN"], event="CONSULT", mode="visit")
    assert check_claim(view, visit).rows == ("e2",)


def test_violence_in_a_war_is_borne_out_by_the_war(view):
    attack = said("event", ["PER"], ["CHL"], event="ASSAULT", when=year(2023))
    assert check_claim(view, attack).rows == ("war-per-chl",)
    assert check_claim(view, replace(attack, when=year(2020))).verdict == "not_covered"


def test_arms_are_borne_out_by_a_flow_and_denied_by_a_flow_of_nothing(view):
    supply = said("event", ["NOR"], ["CHL"], event="AID", words="it sent 40 tanks", when=year(2023))
    assert check_claim(view, supply).verdict == "borne_out"
    nothing = replace(supply, actors=("KEN",))
    assert check_claim(view, nothing).verdict == "contradicted"
    assert check_claim(view, replace(nothing, polarity="negative")).verdict == "borne_out"
    training = said("event", ["NOR"], ["CHL"], event="AID", words="it trained its soldiers", when=year(2023))
    assert check_claim(view, training).verdict == "not_covered"
    unknown = replace(supply, actors=("LAO",))
    assert "SIPRI" in check_claim(view, unknown).covered_by


CODES = st.sampled_from(["KEN", "NOR", "PER", "CHL", "LAO", "FRA"])
IDS = (
    {t.id for t in TIES}
    | {f.id for f in FLOWS}
    | {e.id for e in EVENTS}
    | {c.id for t in TIES for c in t.clauses}
)


@given(
    a=CODES,
    b=CODES,
    kind=st.sampled_from(["pact", "partnership", "sanction", "war", "troops", "rivalry"]),
    phase=st.sampled_from([None, "signed", "in_force", "renewed", "ended", "suspended"]),
    when=st.one_of(st.none(), st.integers(1900, 2024).map(year)),
    polarity=st.sampled_from(["positive", "negative"]),
)
def test_nothing_is_borne_out_or_contradicted_without_rows(view, a, b, kind, phase, when, polarity):
    found = check_claim(view, pact(a, b, kind=kind, phase=phase, when=when, polarity=polarity))
    if found is None:
        return
    assert set(found.rows) <= IDS
    assert bool(found.rows) or found.verdict == "not_covered"
    assert found.why.endswith(".")
    assert (found.verdict == "not_covered") == bool(found.covered_by)


def test_a_sentence_is_read_and_checked(view):
    (found,) = check_text(view, "Kenya and Norway signed a defence pact in 1961.", ON)
    assert found.verdict == "borne_out"
    assert found.claim.startswith("Kenya and Norway signed")
