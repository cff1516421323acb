"""The queue of what a person must decide."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rapallo.errors import InputError, RecordError
from rapallo.record import Record
from tests.record import world

ON = world.ON
CLAIM = f"{world.DOCUMENT.id}/c2"
FLOW = "flow:trade:CHN-PRK:2023"


def test_the_same_item_is_queued_once(record: Record) -> None:
    first = record.review.add("unknown_code", "no actor bears it", {"code": "XYZ", "row": 3}, "feed")
    assert record.review.add("unknown_code", "no actor bears it", {"row": 3, "code": "XYZ"}, "feed") == first
    assert record.review.add("unknown_code", "no actor bears it", {"code": "QQQ"}, "feed") != first
    assert [i.payload["code"] for i in record.review.list()] == ["XYZ", "QQQ"]


def test_what_was_decided_is_not_queued_again(record: Record) -> None:
    item = record.review.add("unknown_code", "no actor bears it", {"code": "XYZ"}, "feed")
    record.review.correct(item, {"code": "PRK"}, who="Ada", why="a typo")
    assert record.review.add("unknown_code", "no actor bears it", {"code": "XYZ"}, "feed") == item
    assert record.review.list() == ()
    (decided,) = record.review.list("corrected")
    assert (decided.who, decided.why, decided.changes) == ("Ada", "a typo", {"code": "PRK"})
    assert decided.decided is not None
    assert decided.decided > decided.added


def test_a_doubtful_claim_can_be_accepted_corrected_or_rejected(filled: Record) -> None:
    one, two, three = (
        filled.review.add("doubtful_claim", f"reason {n}", {}, world.DOCUMENT.id, row=CLAIM) for n in range(3)
    )
    filled.review.accept(one, who="Ada", why="it is so")
    assert filled.view(ON).row(CLAIM)["modality"] == "reported"
    filled.review.correct(two, {"modality": "asserted"}, who="Ada", why="it says so")
    assert filled.view(ON).row(CLAIM)["modality"] == "asserted"
    filled.review.reject(three, who="Ada", why="not in the text")
    assert filled.view(ON).rows([CLAIM]) == {}
    assert filled.write(world.READ).added == 0
    assert [i.status for i in filled.review.list(None)] == ["accepted", "corrected", "rejected"]


def contested(record: Record) -> str:
    record.correct(FLOW, {"value": 1999}, who="Ada", why="misprint")
    record.write(replace(world.BATCH, flows=(replace(world.FLOWS[1], value=2222),)))
    return record.review.list()[0].id


def test_a_contested_row_can_take_what_its_source_says_now(filled: Record) -> None:
    filled.review.accept(contested(filled), who="Ada", why="they fixed it")
    assert filled.view(ON).flows("trade", origin="CHN")[0].value == 2222
    again = replace(world.BATCH, flows=(replace(world.FLOWS[1], value=2222),))
    assert filled.write(again).contested == 0


def test_a_contested_row_can_keep_the_correction(filled: Record) -> None:
    filled.review.reject(contested(filled), who="Ada", why="they are wrong still")
    assert filled.view(ON).flows("trade", origin="CHN")[0].value == 1999


def test_a_retracted_row_can_be_brought_back(filled: Record) -> None:
    filled.retract("visit-2019", who="Ben", why="no such visit")
    told = replace(world.EVENTS[0], what="Xi Jinping visits Pyongyang")
    filled.write(replace(world.BATCH, events=(told,)))
    (item,) = filled.review.list()
    filled.review.accept(item.id, who="Ben", why="there was one")
    event = filled.view(ON).events("CHN")[0]
    assert (event.what, event.contexts, event.envelope.valid) == (
        told.what,
        told.contexts,
        told.envelope.valid,
    )


def test_decisions_need_an_item_a_person_and_a_reason(filled: Record) -> None:
    item = filled.review.add("doubtful_claim", "odd", {}, world.DOCUMENT.id, row=CLAIM)
    with pytest.raises(InputError, match="who made it and why"):
        filled.review.accept(item, who="Ada", why="")
    with pytest.raises(RecordError, match="holds no item 'review:0'"):
        filled.review.reject("review:0", who="Ada", why="no")
    filled.review.accept(item, who="Ada", why="yes")
    with pytest.raises(RecordError, match=r"was accepted by Ada: yes"):
        filled.review.reject(item, who="Ben", why="no")


def test_a_decision_that_fails_leaves_the_item_open(filled: Record) -> None:
    item = filled.review.add("doubtful_claim", "odd", {}, world.DOCUMENT.id, row=CLAIM)
    with pytest.raises(RecordError, match="has no column"):
        filled.review.correct(item, {"mood": "bad"}, who="Ada", why="no")
    assert [i.id for i in filled.review.list()] == [item]


def test_a_payload_must_be_json(record: Record) -> None:
    with pytest.raises(InputError, match="must be JSON"):
        record.review.add("unknown_code", "odd", {"code": object()}, "feed")
    with pytest.raises(InputError, match="must be JSON"):
        record.review.add("unknown_code", "odd", {"code": float("nan")}, "feed")
    assert record.review.list() == ()
