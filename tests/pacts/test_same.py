"""One treaty held by two sources: told once, by the better one, with what only the other tells."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from rapallo.model import Party, Tie
from rapallo.pacts import explain, obligations
from rapallo.pacts.casus import solve
from rapallo.pacts.same import differences, once, rows, twins
from rapallo.pacts.war import RANK
from rapallo.pacts.web import weave
from rapallo.record import Record
from tests.pacts.webs import EVER, Held, clause, pact, view
from tests.sources.datasets.reading import real

LISTED = yaml.safe_load(Path(__file__).with_name("same.yaml").read_bytes())


def of(source: str, basis: str, tie: Tie, against: str = "") -> Tie:
    """A tie as a source has it."""
    envelope = replace(tie.envelope, source=source, basis=basis, checked_against=against or "a file")
    return replace(tie, envelope=envelope)


def signed(name: str, parties: list[str], day: str, *clauses, **provenance) -> Tie:
    return of(**provenance, tie=pact(name, parties, *clauses, phases=[("in_force", day)]))


OURS = signed(
    "ours",
    ["FRA", "GBR"],
    "1900-01-01",
    clause(obliged=("GBR",), article="1", wording="They help."),
    source="starter",
    basis="checked",
)
CODED = signed(
    "set-1:7",
    ["GBR", "FRA"],
    "1900-01-13",
    clause(conditions=("on_request",)),
    clause("neutrality"),
    source="set-1",
    basis="loaded",
)


def test_a_treaty_of_two_sources_is_told_once_by_the_checked_one():
    (told,) = once(view("1905-01-01", CODED, OURS))
    assert told.rows == ("ours", "set-1:7")
    assert [(c.id, c.kind, c.obliged) for c in told.tie.clauses] == [
        ("ours/1", "defence", ("GBR",)),
        ("set-1:7/1", "defence", ("FRA",)),
        ("set-1:7/2", "neutrality", ()),
    ]
    assert told.apart == {"ours/1": ("set-1:7 also has on_request",)}


def test_the_answer_names_it_once_and_says_where_the_other_differs():
    (entry,) = obligations(view("1905-01-01", CODED, OURS), attacker="DEU", attacked="FRA").answers
    assert (entry.actor, entry.answer, len(entry.because)) == ("GBR", "YES", 1)
    assert entry.because[0].wording == "They help."
    assert entry.because[0].apart == ("set-1:7 also has on_request",)
    found = obligations(view("1905-01-01", CODED, OURS), attacker="DEU", attacked="FRA")
    assert "told otherwise: set-1:7 also has on_request" in explain(found)
    asked_not = obligations(
        view("1905-01-01", CODED, OURS), attacker="DEU", attacked="FRA", facts={"requested": "no"}
    )
    assert asked_not.answers[0].answer == "YES"


def test_all_its_rows_are_found_from_any():
    held = view("1905-01-01", CODED, OURS)
    assert rows(held, "ours") == rows(held, "set-1:7") == ("ours", "set-1:7")
    assert rows(held, "nothing") == ("nothing",)


@pytest.mark.parametrize(
    "other",
    [
        signed("set-1:7", ["FRA", "GBR"], "1900-02-01", clause(), source="set-1", basis="loaded"),
        signed("set-1:7", ["FRA", "GBR"], "1900-01-01", clause("neutrality"), source="set-1", basis="loaded"),
        signed("set-1:7", ["FRA", "RUS"], "1900-01-01", clause(), source="set-1", basis="loaded"),
        signed("other", ["FRA", "GBR"], "1900-01-01", clause(), source="starter", basis="checked"),
        signed("supposed", ["FRA", "GBR"], "1900-01-01", clause(), source="what-if", basis="supposed"),
    ],
    ids=["another month", "another kind", "another party", "the same source", "supposed"],
)
def test_what_is_not_one_treaty(other):
    assert twins([OURS, other]) == {}


def test_what_was_checked_against_a_row_is_one_with_it_whenever_it_was_signed():
    old = signed("ours", ["FRA", "GBR"], "1905-01-01", clause(), source="starter", basis="checked")
    cited = of("starter", "checked", old, "set 1 (members), 7; days by set 1 (members)")
    assert twins([CODED, old]) == {}
    assert twins([CODED, cited]) == {"set-1:7": "ours"}


def test_a_judgement_stands_over_likeness():
    apart = {frozenset(("ours", "set-1:7")): False}
    assert twins([OURS, CODED], apart) == {}
    far = signed("set-1:8", ["FRA"], "1950-01-01", clause(), source="set-1", basis="loaded")
    assert twins([OURS, far], {frozenset(("ours", "set-1:8")): True}) == {"set-1:8": "ours"}


def test_a_judgement_of_the_record_counts():
    with Record.open() as record:
        asked = record.view(dt.date(2000, 1, 1))
        assert not [told for told in once(asked) if len(told.rows) > 1]
        record.merging.judge("nato-1949", "usa-kor-1953", "same", who="Ada", why="to see what happens")
        assert rows(record.view(dt.date(2000, 1, 1)), "nato-1949") == ("nato-1949", "usa-kor-1953")


def test_a_member_that_only_the_other_has_is_kept():
    wider = replace(CODED, parties=(*CODED.parties, Party("ITA", "party", EVER)))
    ours = replace(OURS, clauses=(clause(), *OURS.clauses[1:]))
    held = view("1905-01-01", wider, replace(ours, clauses=(replace(OURS.clauses[0], obliged=()),)))
    found = obligations(held, attacker="DEU", attacked="ITA").answers
    assert {o.actor: o.answer for o in found} == {"FRA": "YES", "GBR": "YES"}
    found = obligations(held, attacker="DEU", attacked="FRA").answers
    assert {o.actor: (o.answer, len(o.because)) for o in found} == {"GBR": ("YES", 1), "ITA": ("YES", 1)}


def test_the_phase_of_the_better_source_holds():
    ratified = replace(OURS, phases=pact("x", [], phases=[("signed", "1900-01-01")]).phases)
    (entry,) = obligations(view("1900-06-01", ratified, CODED), attacker="DEU", attacked="FRA").answers
    assert entry.answer == "NO"
    assert "signed on 1900-06-01, by set-1:7 in force" in differences(ratified, CODED, dt.date(1900, 6, 1))


@pytest.fixture(scope="module")
def both(shared: Path) -> Iterator[Record]:
    """The starter record with ATOP beside it."""
    with Record.open() as record:
        record.load(real("atop", shared / "data" / "atop", "4.01"))
        yield record


@pytest.mark.parametrize("name", LISTED)
def test_a_treaty_in_the_starter_record_and_in_atop(both, name):
    listed = LISTED[name]
    asked = both.view(listed["day"])
    ties = {tie.id: tie for tie in asked.pacts()}
    number = f"atop-4.01:{listed['number']}"
    found = differences(ties[name], ties[number], listed["day"])
    assert [words.replace(number, "ATOP") for words in found] == listed["differ"]
    assert rows(asked, name) == (name, number)


def test_likeness_alone_finds_what_was_looked_up_by_hand(both):
    """The rows that the starter record was checked against are forgotten, and found again."""
    looked_up, found, cited = dict[str, str](), dict[str, str](), dict[str, str]()
    for year in range(1820, 2020, 5):
        pacts = both.view(dt.date(year, 7, 1)).pacts()
        looked_up |= twins(pacts)
        found |= twins(of(t.envelope.source, t.envelope.basis, t) for t in pacts)
        cited |= {tie.id: tie.envelope.checked_against for tie in pacts}
    for key, leader in found.items():
        assert looked_up.get(key) == leader or key.removeprefix("atop-4.01:") in cited[leader]
    assert len(found) >= 0.97 * len(looked_up) > 400


@pytest.mark.parametrize("year", [1866, 1914, 1939, 1962, 2001])
def test_no_answer_is_weaker_than_by_the_starter_record_alone(both, year):
    on = dt.date(year, 7, 1)
    with Record.open() as alone:
        bare = weave(alone.view(on))
    full = weave(both.view(on))
    states = sorted({code for bond in full.bonds for code in bond.members})
    rng = random.Random(year)
    for _ in range(60):
        attacker, attacked = rng.sample(states, 2)
        now = {o.actor: o for o in solve(full, attacker=attacker, attacked=attacked, steps=1).answers}
        for was in solve(bare, attacker=attacker, attacked=attacked, steps=1).answers:
            assert RANK[now[was.actor].answer] >= RANK[was.answer]


def test_no_pact_of_atop_is_lost(both):
    """Whom ATOP's clauses oblige are obliged by the same kind of clause where both sources are at hand."""
    on = dt.date(1962, 7, 1)
    asked = both.view(on)
    kept = {(code, b.clause.kind) for b in weave(asked).bonds for code in b.obliged}
    coded = weave(Held(on, tuple(t for t in asked.pacts() if t.envelope.source == "atop-4.01")))
    assert {(code, b.clause.kind) for b in coded.bonds for code in b.obliged} <= kept
