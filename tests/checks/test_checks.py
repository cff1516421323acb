from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.checks import check_claim, check_text
from rapallo.checks.trade import ranking
from rapallo.model import Interval, Quantity, Quote, TieContent, day, year
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


def test_one_partner_with_most_of_all_trade_is_the_largest(view):
    """Laos trades with one partner on record: its total says whether that can be the largest."""
    assert check_claim(view, largest("LAO", "NOR")).verdict == "not_covered"
    assert check_claim(view, largest("MNG", "NOR")).verdict == "borne_out"
    assert check_claim(view, largest("BTN", "NOR")).verdict == "not_covered"


def test_news_of_the_year_is_not_held_against_an_older_date(view):
    """The record need not hold yet what was signed lately."""
    assert check_claim(view, pact("KEN", "NOR", when=year(2020), phase="renewed")).verdict == "contradicted"
    lately = Interval(dt.date(2024, 2, 1), dt.date(2024, 2, 29), "month")
    assert check_claim(view, pact("KEN", "NOR", when=lately, phase="renewed")).verdict == "not_covered"


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


@pytest.mark.parametrize(
    ("words", "more", "verdict"),
    [
        ("Norway halted coal imports", {}, "borne_out"),
        ("Norway halted imports", {}, "borne_out"),
        ("Norway halted steel imports", {}, "not_covered"),
        ("Norway halted steel imports", {"polarity": "negative"}, "not_covered"),
        ("Norway halted 300 tonnes of coal", {"quantity": Quantity(300, "tonne", "coal")}, "not_covered"),
    ],
)
def test_an_act_bears_out_only_the_goods_it_names(view, words, more, verdict):
    given = {"event": "SANCTION", "mode": "discontinue", "when": year(2017), **more}
    found = check_claim(view, said("event", ["NOR"], ["KEN"], words=words, **given))
    assert found.verdict == verdict, found.why
    assert found.rows == ("e1",)


@pytest.mark.parametrize(
    ("value", "approx", "verdict"),
    [(7000, False, "borne_out"), (6000, True, "borne_out"), (70000, True, "contradicted")],
)
def test_an_amount_is_held_against_that_of_the_row(view, value, approx, verdict):
    amount = Quantity(value, "container", "weapon", approx=approx)
    sent = said("event", ["CHL"], ["PER"], words="sent weapons", event="AID", quantity=amount)
    found = check_claim(view, replace(sent, when=year(2023)))
    assert found.verdict == verdict
    assert "7,000 containers" in found.why


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("President Dina Boluarte visited Nairobi", "borne_out"),
        ("The Peruvian president visited Nairobi", "borne_out"),
        ("Pedro Castillo visited Nairobi", "not_covered"),
    ],
)
def test_a_visit_bears_out_only_the_visitor_it_names(view, words, verdict):
    found = check_claim(view, said("event", ["PER"], ["KEN"], words=words, event="CONSULT", mode="visit"))
    assert found.verdict == verdict, found.why
    assert found.rows == ("e2",)


def test_violence_is_borne_out_by_a_war_of_the_side_that_attacked(view):
    attack = said("event", ["PER"], ["CHL"], event="ASSAULT", when=year(2023))
    assert check_claim(view, attack).verdict == "borne_out"
    assert check_claim(view, attack).rows == ("war-per-chl",)
    assert check_claim(view, replace(attack, when=year(2020))).verdict == "not_covered"
    turned = check_claim(view, replace(attack, actors=("CHL",), targets=("PER",)))
    assert (turned.verdict, turned.rows) == ("not_covered", ("war-per-chl",))
    assert check_claim(view, replace(attack, mode="assassinate")).verdict == "not_covered"
    assert check_claim(view, replace(attack, contexts=("cbrn",))).verdict == "not_covered"


@pytest.mark.parametrize(("when", "verdict"), [(2022, "borne_out"), (2023, "not_covered")])
def test_an_invasion_is_of_the_time_a_war_began(view, when, verdict):
    words = "Peru invaded Chile"
    found = check_claim(view, said("event", ["PER"], ["CHL"], words=words, event="ASSAULT", when=year(when)))
    assert found.verdict == verdict


def test_arms_are_borne_out_by_a_flow_and_denied_by_a_flow_of_nothing(view):
    supply = said("event", ["NOR"], ["CHL"], event="AID", words="it sent weapons", when=year(2023))
    assert check_claim(view, supply).verdict == "borne_out"
    nothing = replace(supply, actors=("KEN",))
    assert check_claim(view, nothing).verdict == "contradicted"
    assert check_claim(view, replace(nothing, polarity="negative")).verdict == "borne_out"
    training = said("event", ["NOR"], ["CHL"], event="AID", words="it trained its soldiers", when=year(2023))
    assert check_claim(view, training).verdict == "not_covered"
    unknown = replace(supply, actors=("LAO",))
    assert "SIPRI" in check_claim(view, unknown).covered_by


@pytest.mark.parametrize(
    ("donor", "words", "more"),
    [
        ("NOR", "it sent tanks", {}),
        ("NOR", "it sent weapons", {"quantity": Quantity(40, "weapon")}),
        ("NOR", "it sent weapons", {"when": Interval(dt.date(2023, 3, 1), dt.date(2023, 3, 31), "month")}),
        ("KEN", "it sent ammunition", {}),
    ],
)
def test_a_sum_of_arms_says_nothing_of_kinds_pieces_or_months(view, donor, words, more):
    given = {"event": "AID", "when": year(2023), **more}
    found = check_claim(view, said("event", [donor], ["CHL"], words=words, **given))
    assert found.verdict == "not_covered"
    assert found.rows == (f"flow:arms:{donor}-CHL:2023",)


def words_of(claim, words: str, after: str = ""):
    return replace(claim, quote=Quote.cut(words + after, 0, len(words)))


def since_year(number: int) -> Interval:
    return Interval(dt.date(number, 1, 1), None, "since")


SEPTEMBER = Interval(dt.date(1961, 9, 1), dt.date(1961, 9, 30), "month")
IMPOSED = said(
    "tie", ["NOR"], ["PER"], tie=TieContent("sanction", (), "in_force"), event="SANCTION", when=year(2016)
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (pact("KEN", "NOR", phase="suspended"), "contradicted"),
        (pact("KEN", "NOR", phase="renewed", when=year(1961)), "not_covered"),
        (pact("NOR", "PER", phase="ended", when=year(1993)), "contradicted"),
        (pact("KEN", "NOR", when=SEPTEMBER, **SIGNED), "not_covered"),  # it came into force that month
        (words_of(pact("KEN", "NOR", when=year(1961)), "are bound by a treaty", " of 1961."), "borne_out"),
        (words_of(pact("KEN", "NOR", when=year(1971)), "are bound by a treaty", " of 1971."), "not_covered"),
        (words_of(pact("NOR", "PER", when=year(1950)), "are allies under a treaty of 1950"), "outdated"),
        (words_of(pact("KEN", "NOR"), "their pact", " came into force in 1961."), "borne_out"),
        (words_of(pact("KEN", "NOR"), "their pact", " entered into force in 1963."), "contradicted"),
        (words_of(pact("NOR", "PER", polarity="negative"), "never had a pact"), "contradicted"),
        (words_of(pact("NOR", "PER", polarity="negative"), "have no pact"), "borne_out"),
        (pact("KEN", "NOR", when=since_year(1961)), "borne_out"),
        (pact("KEN", "NOR", when=since_year(1950)), "contradicted"),
        (pact("KEN", "CHL", kind="pact", when=since_year(1950)), "not_covered"),
        (pact("NOR", "PER", clauses=["defence"]), "outdated"),
        (pact("NOR", "PER", clauses=["defence"], phase="ended", when=year(1995)), "contradicted"),
        (pact("KEN", "LAO"), "outdated"),
        (pact("KEN", "LAO", when=year(2005)), "borne_out"),
        (pact("FRA", "KEN", when=year(1990), **SIGNED), "borne_out"),
        (pact("FRA", "PER", when=year(1990), **SIGNED), "not_covered"),
        (IMPOSED, "borne_out"),
        (replace(IMPOSED, when=year(2019)), "not_covered"),
        (replace(IMPOSED, when=None), "borne_out"),
        (words_of(pact("PER", "CHL", kind="rivalry"), "are at war"), "borne_out"),
        (words_of(pact("NOR", "KEN", kind="rivalry"), "are at war"), "not_covered"),
        (
            words_of(pact("NOR", "KEN", kind="partnership", when=year(2022), **SIGNED), "a treaty"),
            "not_covered",
        ),
    ],
)
def test_a_tie_bears_out_no_more_than_it_says(view, claim, verdict):
    found = check_claim(view, claim)
    assert found.verdict == verdict, found.why


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ({"when": since_year(2010)}, "borne_out"),
        ({"when": since_year(1980)}, "contradicted"),
        ({"event": "AGREE", "phase": "signed", "when": year(1990)}, "not_covered"),
        ({"phase": "ended"}, "not_covered"),
    ],
)
def test_a_membership_is_of_its_days_and_no_pact(view, more, verdict):
    assert check_claim(view, pact("POL", "NATO", **more)).verdict == verdict


@pytest.mark.parametrize(
    ("partner", "words", "after", "verdict"),
    [
        ("NOR", "its second largest trade partner", "", "contradicted"),
        ("PER", "its second-largest trading partner", "", "borne_out"),
        ("PER", "its third biggest trade partner", "", "contradicted"),
        ("NOR", "its largest trade partner", " in 2023.", "borne_out"),
        ("NOR", "one of its largest trade partners", "", None),
        ("PER", "its largest trade partner", " after Norway.", None),
        ("PER", "its largest trade partner", " in Latin America.", None),
        ("NOR", "its largest arms trade partner", "", None),
    ],
)
def test_a_place_among_the_trade_partners_is_the_one_claimed(view, partner, words, after, verdict):
    found = check_claim(view, words_of(said("flow", ["KEN"], [partner]), words, after))
    assert (found and found.verdict) == verdict


def test_figures_too_old_for_the_time_bear_nothing_out(view):
    found = check_claim(view, largest("KEN", "PER", when=year(2019)))
    assert (found.verdict, found.why) == (
        "not_covered",
        "The latest trade of Kenya on record is of 2012, too old for 2019.",
    )


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
