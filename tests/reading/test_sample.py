"""The machine-paraphrased sample text: what it claims, coded, dated and attributed."""

import datetime as dt
import time

import pytest

from rapallo.reading import load_text, read


@pytest.fixture(scope="module")
def reading(shared):
    path = shared / "texts" / "putin-kim-pact.txt"
    return read(load_text(path), published=dt.date(2024, 6, 22), address=str(path))


@pytest.fixture(scope="module")
def one(reading):
    """The one claim of those codes; fails where there is none or more than one."""

    def find(actors, targets, **wanted):
        found = [
            c
            for c in reading.claims
            if c.actors == tuple(actors.split()) and c.targets == tuple(targets.split())
            if all(getattr(c, key) == value for key, value in wanted.items())
        ]
        assert len(found) == 1, [(c.kind, c.event, c.actors, c.targets, c.quote.exact) for c in found]
        return found[0]

    return find


def span(claim):
    return (claim.when.start.isoformat(), claim.when.end.isoformat(), claim.when.precision)


def test_it_is_seen_to_be_garbled(reading):
    assert reading.document.legibility < 0.6
    assert reading.document.reliability < 0.9


def test_the_pact(one):
    pact = next(c for c in [one("PRK RUS", "PRK RUS", event="AGREE", modality="asserted")])
    assert (pact.kind, pact.tie.kind, pact.tie.phase, pact.tie.clauses) == (
        "tie",
        "pact",
        "signed",
        ("defence",),
    )
    assert span(pact) == ("2024-06-17", "2024-06-22", "week")
    assert "signed a defence pact" in pact.quote.exact


def test_the_mutual_promise_hangs_on_an_attack(one):
    promise = one("PRK RUS", "PRK RUS", modality="conditional")
    assert promise.event == "AGREE"
    assert promise.tie.clauses == ("defence",)


def test_the_visit(one):
    visit = one("RUS", "PRK", event="CONSULT", mode="visit")
    assert span(visit) == ("2024-06-17", "2024-06-22", "week")
    assert visit.repaired


def test_the_promise_of_support_is_a_promise(one):
    assert one("PRK", "RUS", event="AGREE").modality == "intended"


def test_the_request_and_that_it_was_not_heeded(one):
    one("CHN", "RUS", event="REQUEST", polarity="positive")
    one("RUS", "CHN", event="REJECT", polarity="positive")


def test_the_treaty_of_1961_and_its_renewal(one, reading):
    signed, renewed = sorted(
        (c for c in reading.claims if c.actors == ("CHN", "PRK") and c.event == "AGREE"),
        key=lambda c: c.when.start,
    )
    assert (signed.when.start.year, signed.tie.phase, signed.tie.clauses) == (1961, "signed", ("defence",))
    assert (renewed.when.start.year, renewed.tie.phase, renewed.when.precision) == (2021, "renewed", "year")
    assert (
        one(
            "CHN PRK", "CHN PRK", kind="tie", event=None, polarity="positive", contexts=("military",)
        ).tie.phase
        == "in_force"
    )


def test_the_partnership_without_limits(one):
    assert one("CHN RUS", "CHN RUS", kind="tie").tie.kind == "partnership"


def test_the_containers(one):
    sent = one("PRK", "RUS", event="AID")
    assert sent.modality == "reported"
    assert (sent.quantity.value, sent.quantity.unit, sent.quantity.of, sent.quantity.approx) == (
        7000,
        "container",
        "weapon",
        True,
    )
    assert sent.holders[-1].attitude == "says"


def test_the_mission_of_april(one):
    assert span(one("CHN", "PRK", event="CONSULT")) == ("2024-04-01", "2024-04-30", "month")


def test_the_coal_the_condemnation_and_the_missiles(one):
    assert one("CHN", "PRK", kind="event", event="SANCTION").when.start.year == 2017
    assert one("PRK", "CHN", event="ACCUSE").polarity == "positive"
    missiles = one("PRK", "JPN")
    assert (missiles.event, missiles.mode, missiles.polarity) == ("MOBILIZE", "weapons", "positive")


def test_trade_troops_and_the_help_withheld(one):
    assert one("PRK", "CHN", kind="flow").event is None
    assert one("CHN", "PRK", kind="tie").tie.kind == "troops"
    assert one("CHN", "PRK", event="AID").polarity == "negative"


def test_the_founder_was_nearly_executed(one):
    assert one("CHN", "PRK", event="ASSAULT").polarity == "nearly"


def test_the_war_of_2022(one):
    assert span(one("RUS", "UKR", event="ASSAULT")) == ("2022-01-01", "2022-12-31", "year")


def test_dual_use_supplies_and_weapons_withheld(reading):
    given = [c for c in reading.claims if c.event == "AID" and (c.actors, c.targets) == (("CHN",), ("RUS",))]
    assert [(c.polarity, c.modality) for c in given] == [("positive", "asserted"), ("negative", "reported")]


def test_nested_fear(one):
    fear = next(
        c
        for c in [
            one("CHN", "PRK", kind="stance", modality="asserted", polarity="positive", holders=one_holders())
        ]
    )
    assert fear.stance.attitude == "fears"


def one_holders():
    from rapallo.model import Holder

    return (Holder("author", "states"), Holder("RUS", "knows"), Holder("CHN", "fears"))


def test_sanctions_are_feared_not_told(reading):
    assert {c.modality for c in reading.claims if c.event == "SANCTION" and c.targets == ("CHN",)} <= {
        "hypothetical"
    }
    assert any(
        c.stance and c.stance.attitude == "fears" and "sanctions" in c.stance.content for c in reading.claims
    )


def test_figures_of_speech_are_no_acts(reading):
    assert not [c for c in reading.claims if c.event == "THREATEN"]
    helping = [c for c in reading.claims if c.event == "AID" and c.actors == () and c.modality == "asserted"]
    assert helping == []


def test_the_peace_treaty_is_the_pact(reading):
    ties = {c.tie.kind for c in reading.claims if c.tie and c.actors == ("PRK", "RUS")}
    assert ties == {"pact"}
    assert (
        sum(
            c.event == "AGREE" and c.modality == "asserted" and c.actors == ("PRK", "RUS")
            for c in reading.claims
        )
        == 1
    )


def test_every_quote_is_a_slice_of_the_original(reading):
    for claim in reading.claims:
        assert reading.document.text[claim.quote.start : claim.quote.end] == claim.quote.exact


def test_headings_are_not_read(reading):
    assert [d.why for d in reading.diagnostics].count("a heading, not a sentence") == 4


def test_it_is_fast_when_warm(reading):
    begun = time.perf_counter()
    read(reading.document.text, published=dt.date(2024, 6, 22))
    assert time.perf_counter() - begun < 2.0  # a shared machine; under half a second alone


def test_the_treaty_he_signed_is_the_pact_told_before(reading):
    last = [c for c in reading.claims if "signed with North Korea" in c.quote.exact]
    assert [(c.kind, c.event, c.actors, c.targets) for c in last] == [
        ("tie", None, ("PRK", "RUS"), ("PRK", "RUS"))
    ]
    assert (last[0].tie.kind, last[0].tie.clauses, last[0].tie.phase) == ("pact", ("defence",), "in_force")
