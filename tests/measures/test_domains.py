"""Dependence in aid, technology and transit, and what the record cannot tell, on worlds reckoned by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.measures import dependence, leverage, together
from rapallo.measures.market import DOMAINS, rules
from rapallo.measures.words import name
from rapallo.vocab import vocabulary
from tests.measures.worlds import ON, FakeView, flow, pact, strength, tie, trait

amounts = st.floats(1.0, 1e6)
LANDLOCKED = {"NPL": 1, "IND": 0, "CHN": 0, "UZB": 1, "KAZ": 1, "TKM": 1, "RUS": 0, "IRN": 0, "KGZ": 1}
COASTS = tuple(trait("landlocked", code, value) for code, value in LANDLOCKED.items())


def border(*codes: str, **more):
    return tie("-".join(codes), "border", *codes, **more)


def told(kind: str, *codes: str, about: str, **more):
    made = tie("-".join((kind, *codes)), kind, *codes, **more)
    return replace(made, about=about)


def test_every_domain_has_rules_that_speak_the_vocabularies():
    assert [rules(domain).domain for domain in DOMAINS] == list(DOMAINS)
    for domain in DOMAINS:
        how = rules(domain)
        assert how.words.kinds <= set(vocabulary("tie_kinds"))
        assert all(0.0 < value <= 1.0 for _, value in how.words.phrases)
        assert how.untold


# Aid


def test_aid_is_the_share_of_what_is_recorded_to_come():
    view = FakeView(sent=(flow("aid", "USA", "NPL", 60), flow("aid", "JPN", "NPL", 40)))
    found = dependence(view, "NPL", "USA", "aid")
    how = rules("aid")
    # Japan gives 40 of the 60 to be replaced, is ready for flow * 40/60 of it, and can divert a tenth of 40.
    ready, covers = how.flow * 40 / 60, how.diversion * 40 / 60
    assert found.stake == 0.6
    assert found.value == pytest.approx(0.6 * (1 - ready * covers))
    assert not found.stand_in
    (part,) = (part for part in leverage(view, "USA", "NPL") if part.domain == "aid")
    assert part.why.startswith("60% of the aid Nepal is recorded to get comes from the United States; ")


def test_ties_that_tell_of_aid_stand_in_where_there_is_no_flow():
    partners = told("partnership", "USA", "ISR", about="A memorandum on military aid.")
    view = FakeView(held=(partners,), amounts=strength(USA=0.2, ISR=0.05))
    found = dependence(view, "ISR", "USA", "aid")
    # The phrase has strength 0.5: 0.5 * 0.2 = 0.1 given, 0.05 of its own.
    assert found.value == found.stake == pytest.approx(0.1 / 0.15)
    assert found.stand_in
    assert found.confidence == pytest.approx(0.45)
    assert "partnership-USA-ISR" in found.path
    (part,) = leverage(view, "USA", "ISR")
    assert part.asymmetry is None, "the stronger gives, so that of aid to it nothing is told"
    assert "words of ties stand in" in part.why
    flows = replace(view, sent=(flow("aid", "DEU", "ISR", 1),))
    assert dependence(flows, "ISR", "USA", "aid").value == 0.0, "flows come before words"


@pytest.mark.parametrize(
    "about", ["Raids across the border.", "No aid to a party's enemies.", "Paid in gold.", ""]
)
def test_words_that_only_look_like_aid_are_not_taken_for_it(about):
    held = (told("pact", "USA", "ISR", about=about),)
    found = dependence(FakeView(held=held, amounts=strength(USA=0.2, ISR=0.05)), "ISR", "USA", "aid")
    assert (found.value, found.untold) == (0.0, rules("aid").untold)


def test_a_donor_that_halts_its_aid_is_hardly_an_alternative():
    sent = (flow("aid", "USA", "NPL", 60), flow("aid", "JPN", "NPL", 40))
    free = dependence(FakeView(sent=sent), "NPL", "USA", "aid")
    halt = replace(tie("halt", "sanction", "JPN", "NPL"), kind="aid_halt")
    halted = dependence(FakeView(held=(halt,), sent=sent), "NPL", "USA", "aid")
    assert free.value < halted.value < 0.6


# Technology


def test_technology_is_strength_times_capability_beside_ones_own():
    held = (
        told("agreement", "RUS", "IRN", about="nuclear cooperation: comprehensive power"),
        told("agreement", "CHN", "IRN", about="nuclear cooperation: intangibles"),
    )
    view = FakeView(held=held, amounts=strength(RUS=0.1, CHN=0.2, IRN=0.02))
    found = dependence(view, "IRN", "RUS", "technology")
    how = rules("technology")
    given, other, own = 0.6 * 0.1, 0.3 * 0.2, 0.02
    assert found.stake == pytest.approx(given / (given + other + own))
    ready = how.flow * min(1.0, other / given)
    covers = min(1.0, how.diversion * 0.2 / given)
    assert found.value == pytest.approx(found.stake * (1 - ready * covers))
    back = dependence(view, "RUS", "IRN", "technology")
    assert back.stake == pytest.approx(0.6 * 0.02 / (0.6 * 0.02 + 0.1)), (
        "both give, each after its capability"
    )


def test_the_strongest_tie_of_a_pair_counts_once():
    one = told("agreement", "RUS", "IRN", about="nuclear cooperation: research")
    more = tuple(
        replace(told("agreement", "RUS", "IRN", about="nuclear cooperation: nuclear safety"), id=f"m{n}")
        for n in range(5)
    )
    amounts_ = strength(RUS=0.1, IRN=0.02)
    alone = dependence(FakeView(held=(one,), amounts=amounts_), "IRN", "RUS", "technology")
    many = dependence(FakeView(held=(*more, one), amounts=amounts_), "IRN", "RUS", "technology")
    assert alone.value == many.value == pytest.approx(0.4 * 0.1 / (0.4 * 0.1 + 0.02))


def test_a_licence_in_a_deal_goes_from_the_seller_to_the_buyer():
    held = (told("arms_deal", "RUS", "IND", about="Made in India under licence."),)
    view = FakeView(held=held, amounts=strength(RUS=0.1, IND=0.1))
    assert dependence(view, "IND", "RUS", "technology").value == pytest.approx(0.05 / 0.15)
    assert dependence(view, "RUS", "IND", "technology").untold


@pytest.mark.parametrize(("signed", "counts"), [(1995, True), (1994, False)])
def test_a_mere_signature_counts_for_thirty_years(signed, counts):
    since = dt.date(signed, 1, 1)
    held = (
        told("agreement", "RUS", "IRN", about="nuclear cooperation: research", since=since, phase="signed"),
    )
    found = dependence(FakeView(held=held, amounts=strength(RUS=0.1, IRN=0.02)), "IRN", "RUS", "technology")
    assert (found.value > 0.0, found.untold == "") == (counts, counts)


# Transit


def ways(*ties, coasts=COASTS, sent=(), of="NPL", on="IND"):
    return dependence(FakeView(held=ties, sent=sent, amounts=coasts), of, on, "transit")


def test_one_neighbour_with_a_coast_is_all_there_is():
    found = ways(border("IND", "NPL"))
    assert found.value == found.stake == 1.0
    assert set(found.path) == {"IND-NPL", "trait:landlocked:NPL:2023", "trait:landlocked:IND:2023"}
    view = FakeView(held=(border("IND", "NPL"),), amounts=COASTS)
    (part,) = leverage(view, "IND", "NPL")
    assert part.why == (
        "Nepal's way over land to the sea is 100% through India; no other is open: leverage 1.00."
    )
    assert (part.asymmetry, part.band) == (1.0, "near total")


def test_several_share_it_among_the_borders_that_are_open():
    both = (border("IND", "NPL"), border("CHN", "NPL"))
    assert ways(*both).value == 0.5
    assert ways(*both, tie("w", "war", "CHN", "NPL")).value == 1.0
    assert ways(*both, tie("s", "sanction", "CHN", "NPL")).value == 1.0
    assert ways(*both, tie("s", "sanction", "NPL", "CHN")).value == 1.0
    assert ways(*both, tie("r", "rivalry", "CHN", "NPL")).value == 0.5
    assert ways(both[0], border("CHN", "NPL", phase="suspended")).value == 1.0
    assert ways(*both, replace(border("CHN", "NPL", phase="suspended"), id="shut")).value == 1.0
    assert ways(*both, tie("w", "war", "IND", "NPL")).value == 0.0, "what is closed is not depended on"


def test_what_passes_weighs_the_ways_where_it_is_known():
    both = (border("IND", "NPL"), border("CHN", "NPL"))
    passes = (flow("own:transit", "IND", "NPL", 60), flow("own:transit", "NPL", "IND", 30))
    rest = (flow("own:transit", "CHN", "NPL", 10), flow("own:transit", "RUS", "NPL", 500))
    assert ways(*both, sent=(*passes, *rest)).value == 0.9
    assert ways(*both, sent=rest).value == 0.0


def test_behind_neighbours_without_a_coast_the_nearest_way_counts():
    held = (border("KAZ", "UZB"), border("TKM", "UZB"), border("KAZ", "RUS"))
    assert ways(*held, of="UZB", on="KAZ").value == 1.0, "Turkmenistan leads nowhere"
    assert ways(*held, border("TKM", "IRN"), of="UZB", on="KAZ").value == 0.5
    further = (*held, border("TKM", "KGZ"), border("KGZ", "CHN"))
    assert ways(*further, of="UZB", on="KAZ").value == 1.0, "one state more is a longer way"
    assert ways(*held, tie("w", "war", "KAZ", "RUS"), of="UZB", on="KAZ").value == 0.0


def test_a_state_with_a_coast_of_its_own_depends_on_nobody():
    found = ways(border("IND", "NPL"), of="IND", on="NPL")
    assert (found.value, found.untold) == (0.0, "")


def test_a_border_stands_until_a_tie_tells_that_it_ended():
    old = border("IND", "NPL")
    past = replace(
        old, parties=tuple(replace(p, when=replace(p.when, end=dt.date(2016, 12, 31))) for p in old.parties)
    )
    assert ways(past).value == 1.0
    assert ways(border("IND", "NPL", phase="ended"), border("CHN", "NPL")).value == 0.0


def test_what_cannot_be_told_of_transit_is_not_zero():
    held = (border("IND", "NPL"), border("CHN", "NPL"))
    assert ways(*held, coasts=()).untold == "whether it has a coast is not in the record"
    assert ways().untold == "none of its land borders is in the record"
    own = COASTS[:1]
    assert ways(*held, coasts=own).untold == "whether its neighbours have a coast is not in the record"
    found = ways(*held, coasts=COASTS[:2])
    assert (found.value, found.missing, found.confidence) == (1.0, ("CHN",), 0.45)
    assert (
        ways(*held, coasts=COASTS[:2], on="CHN").untold
        == "whether the other has a coast is not in the record"
    )


# What the record cannot tell


def test_a_domain_without_rows_is_untold_and_not_none():
    found = together(FakeView(), "CHN", "PRK")
    assert found.parts == ()
    assert found.overall.band is None
    assert set(found.overall.untold) == set(DOMAINS)


def test_rows_of_others_do_not_tell_of_a_state_but_a_list_of_pacts_does():
    view = FakeView(
        held=(pact("a", "USA", "JPN"),), sent=(flow("trade", "USA", "JPN", 5), flow("arms", "USA", "JPN", 5))
    )
    told_ = together(view, "CHN", "PRK").overall
    assert told_.told == ("protection",)
    assert told_.band == "none"
    assert dependence(view, "JPN", "CHN", "arms").untold == "", "its arms are known to come from elsewhere"


def test_a_protector_of_unknown_capability_is_untold():
    found = dependence(FakeView(held=(pact("a", "CHN", "PRK"),)), "PRK", "CHN", "protection")
    assert found.untold == "the capability of the other is not in the record"


def test_what_is_sized_beside_ones_own_capability_needs_it():
    held = (told("agreement", "RUS", "IRN", about="nuclear help"),)
    found = dependence(FakeView(held=held, amounts=strength(RUS=0.1)), "IRN", "RUS", "technology")
    assert (found.value, found.untold) == (0.0, "its own capability is not in the record")


def test_a_party_that_is_no_more_is_in_no_market():
    held = (told("agreement", "SUN", "IRN", about="nuclear help"),)
    sent = (flow("arms", "SUN", "IRN", 100, year=2020), flow("arms", "RUS", "IRN", 10))
    view = FakeView(held=held, sent=sent, amounts=strength(RUS=0.1, IRN=0.02))
    assert dependence(view, "IRN", "RUS", "arms").stake == 1.0
    assert dependence(view, "IRN", "RUS", "technology").untold
    with pytest.raises(Exception, match="not in being"):
        name("SUN", ON)


# Properties

FLOWS = ("trade", "energy", "arms", "aid")
SUPPLIERS = ("CHN", "RUS", "USA", "IND")
volumes = st.dictionaries(st.sampled_from(SUPPLIERS), amounts, min_size=1)


def world(domain: str, given_: dict[str, float], factor: float = 1.0) -> FakeView:
    """One in which each gives that much to North Korea in the domain."""
    powers = strength(**dict.fromkeys((*SUPPLIERS, "PRK"), 0.1))
    if domain in FLOWS:
        return FakeView(
            sent=tuple(flow(domain, code, "PRK", factor * v) for code, v in given_.items()), amounts=powers
        )
    if domain == "protection":
        return FakeView(held=tuple(pact(code, code, "PRK") for code in given_), amounts=powers)
    if domain == "technology":
        phrase = "nuclear cooperation: research"
        return FakeView(held=tuple(told("agreement", c, "PRK", about=phrase) for c in given_), amounts=powers)
    coasts = (*(trait("landlocked", code, 0) for code in SUPPLIERS), trait("landlocked", "PRK", 1))
    passes = tuple(flow("own:transit", code, "PRK", factor * v) for code, v in given_.items())
    return FakeView(held=tuple(border(code, "PRK") for code in given_), sent=passes, amounts=coasts)


@given(st.sampled_from(DOMAINS), volumes, st.sampled_from(SUPPLIERS), amounts)
def test_a_further_supplier_never_raises_dependence_on_another(domain, given_, new, value):
    if new in given_:
        return
    before, after = world(domain, given_), world(domain, {**given_, new: value})
    for code in given_:
        less = dependence(after, "PRK", code, domain).value
        assert less <= dependence(before, "PRK", code, domain).value * (1 + 1e-12)


@given(st.sampled_from((*FLOWS, "transit")), volumes, st.floats(0.01, 100.0))
def test_the_scale_of_flows_does_not_matter(domain, given_, factor):
    for code in given_:
        one = dependence(world(domain, given_), "PRK", code, domain).value
        assert dependence(world(domain, given_, factor), "PRK", code, domain).value == pytest.approx(one)


@given(st.sampled_from(DOMAINS), volumes, st.sampled_from(SUPPLIERS))
def test_who_gives_nothing_is_not_depended_on(domain, given_, gone):
    left = {code: value for code, value in given_.items() if code != gone}
    found = dependence(world(domain, left), "PRK", gone, domain)
    assert found.value == 0.0
    assert 0.0 <= max(dependence(world(domain, given_), "PRK", code, domain).value for code in given_) <= 1.0


@pytest.mark.parametrize("domain", DOMAINS)
def test_without_its_only_supplier_a_state_depends_on_it_no_more(domain):
    view = world(domain, {"CHN": 5.0})
    assert dependence(view, "PRK", "CHN", domain).value > 0.0
    rows = [row.id for row in (*view.held, *view.sent)]
    assert dependence(view.without(*rows), "PRK", "CHN", domain).value == 0.0
