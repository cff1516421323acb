from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rapallo.briefs import moves
from rapallo.briefs.questions import open_questions
from rapallo.model import Claim, Document, Interval, Move, Quantity, Quote, Reading, TieContent, day, year
from rapallo.record import Record

ON = dt.date(2024, 6, 22)
TUESDAY = day(dt.date(2024, 6, 18))


def claim(words: str, event: str | None, actors, targets, **more) -> Claim:
    base = {"kind": "event", "when": TUESDAY, "id": "c1"}
    asked = {**base, **more}
    return Claim(
        event=event,
        actors=tuple(actors),
        targets=tuple(targets),
        quote=Quote.cut(words, 0, len(words)),
        **asked,
    )


def pact(phase="signed", **more) -> Claim:
    asked = {"kind": "tie", "tie": TieContent("pact", ("defence",), phase), "when": TUESDAY, **more}
    return claim("Kenya and Norway signed a pact", "AGREE", ("KEN", "NOR"), ("KEN", "NOR"), **asked)


@pytest.fixture(scope="module")
def view():
    with Record.open(empty=True) as record:
        yield record.view(ON)


def found(view, *claims):
    numbered = [replace(c, id=f"c{n}") for n, c in enumerate(claims, start=1)]
    return moves(view, Reading(Document("doc:x", "", ON, ""), tuple(numbered)))


def test_a_pact_signed_this_week_is_a_move(view):
    (move,) = found(view, pact())
    assert (move.id, move.kind, set(move.parties), move.clauses, move.phase) == (
        "m1",
        "pact",
        {"KEN", "NOR"},
        ("defence",),
        "signed",
    )
    assert move.claims == ("c1",)
    assert move.when == TUESDAY
    assert move.what == "Kenya and Norway signed a defence pact"


@pytest.mark.parametrize(
    "other",
    [
        pact(when=year(1961)),
        pact(modality="intended"),
        pact(modality="hypothetical"),
        pact(polarity="negative"),
        pact(polarity="nearly"),
        pact(when=None, sentence=9),
        replace(pact("in_force"), event=None),
        claim("Kenya fears Norway", None, ("KEN",), ("NOR",), kind="stance"),
        claim("Kenya visited Norway", "CONSULT", ("KEN",), ("NOR",), mode="visit"),
        claim("Kenya sent grain to Norway", "AID", ("KEN",), ("NOR",)),
        claim("Kenya armed rebels", "AID", ("KEN",), ("REBELS",)),
        pact(when=Interval(dt.date(2024, 7, 1), dt.date(2024, 7, 31), "month")),
    ],
)
def test_what_is_no_move(view, other):
    assert found(view, other) == ()


def test_an_undated_act_at_the_head_of_the_text_is_its_news(view):
    (move,) = found(view, pact(when=None))
    assert move.when is None


def test_claims_of_one_treaty_are_one_move(view):
    named = pact(tie=TieContent("pact", (), "signed"), sentence=0)
    terms = replace(
        pact(when=None, sentence=5),
        event=None,
        tie=TieContent("pact", ("defence", "consultation"), "in_force"),
    )
    as_partners = pact(tie=TieContent("partnership", (), "signed"), sentence=2)
    (move,) = found(view, named, terms, as_partners)
    assert move.kind == "pact"
    assert move.clauses == ("defence", "consultation")
    assert set(move.claims) == {"c1", "c2", "c3"}


@pytest.mark.parametrize(
    ("told", "kind", "parties"),
    [
        (claim("Kenya sent 40 tanks to Norway", "AID", ("KEN",), ("NOR",)), "arms", ("KEN", "NOR")),
        (
            claim(
                "Kenya shipped 40 crates",
                "AID",
                ("KEN",),
                ("NOR",),
                quantity=Quantity(40, "crate", "weapons"),
                modality="reported",
            ),
            "arms",
            ("KEN", "NOR"),
        ),
        (
            claim("Norway halted imports", "SANCTION", ("NOR",), ("KEN",), mode="discontinue"),
            "sanction",
            ("NOR", "KEN"),
        ),
        (
            claim(
                "Norway recalled its envoy",
                "SANCTION",
                ("NOR",),
                ("KEN",),
                mode="withdraw",
                contexts=("diplomatic",),
            ),
            "break",
            ("NOR", "KEN"),
        ),
        (
            claim("Peru hosted talks", "CONSULT", ("PER",), ("KEN", "NOR"), mode="third-party"),
            "mediation",
            ("PER", "KEN", "NOR"),
        ),
        (
            claim(
                "Kenya will host troops",
                "AGREE",
                ("NOR",),
                ("KEN",),
                kind="tie",
                tie=TieContent("troops", (), "signed"),
            ),
            "base",
            ("NOR", "KEN"),
        ),
        (pact("ended"), "break", ("KEN", "NOR")),
    ],
)
def test_kinds_of_moves(view, told, kind, parties):
    (move,) = found(view, told)
    assert (move.kind, move.parties) == (kind, parties)


def test_moves_come_in_the_order_of_the_text(view):
    second = claim("Peru sent tanks to Chile", "AID", ("PER",), ("CHL",), sentence=4)
    first = pact(sentence=1)
    assert [(m.id, m.kind) for m in found(view, second, first)] == [("m1", "pact"), ("m2", "arms")]


def test_questions_name_what_the_move_leaves_open(view):
    bare = Move("m1", "pact", ("KEN", "NOR"), "Kenya and Norway signed a pact", None, (), "signed")
    reading = Reading(Document("doc:x", "", ON, ""), ())
    asked = open_questions(view, reading, [bare], [])
    assert any("into force" in q for q in asked)
    assert any("names no clause" in q for q in asked)
    assert any("gives no day" in q for q in asked)
    settled = replace(bare, phase="in_force", clauses=("defence",), when=TUESDAY)
    asked = open_questions(view, reading, [settled], [])
    assert not any("into force" in q or "names no clause" in q or "no day" in q for q in asked)


@pytest.mark.parametrize(("back", "count"), [(92, 1), (93, 0), (400, 0)])
def test_only_what_lies_less_than_a_quarter_back_is_news(view, back, count):
    assert len(found(view, pact(when=day(ON - dt.timedelta(days=back))))) == count
