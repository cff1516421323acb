"""One event told by many rows: judgements that somebody answers for, and that can be undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError, RecordError
from rapallo.model import Bulk, Source
from rapallo.record import Record
from tests.record import world

ON = world.ON
FEED = Source("feed", "A feed")
WHO = {"who": "Ada", "why": "one visit, two feeds"}


def event(ident: str, **cells: object) -> dict[str, object]:
    day = dt.date(2020, 1, 1)
    known = {"actors": ["CHN"], "targets": ["PRK"], "pair": "CHN-PRK", "code": "042"}
    return {"id": ident, "valid_from": day, "valid_to": day, "precision": "day"} | known | cells


def tell(record: Record, *cells: dict[str, object], source: Source = FEED) -> None:
    record.load(Bulk(source, {"event": (world.rows("event", *cells, source=source),)}, whole=False))


def judged(record: Record) -> list[tuple[str, str, str]]:
    sql = "SELECT one, other, verdict FROM judgement WHERE known_to IS NULL ORDER BY ALL"
    return [(j["one"], j["other"], j["verdict"]) for j in record.fetch(sql, {}).to_pylist()]


def together(record: Record, *actors: str) -> list[list[str]]:
    return [sorted(m.rows) for m in record.view(ON).merged_events(*actors)]


def test_rows_judged_to_be_of_one_event_are_one(record: Record) -> None:
    tell(record, event("a", reports=3, sources=2, what="a visit"), event("b", reports=1), event("c"))
    other = Source("other", "Other feed")
    tell(record, event("x", reports=5, sources=4, confidence=0.7), source=other)
    record.merging.judge("b", "a", "same", **WHO)
    record.merging.judge("a", "x", "same", **WHO)
    first, alone = record.view(ON).merged_events("CHN", "PRK")
    assert first.rows[0] == first.event.id == "a"
    assert set(first.rows) == {"a", "b", "x"}
    assert (first.event.reports, first.event.sources) == (9, 4)  # two feeds are not told to be independent
    assert set(first.datasets) == {"feed", "other"}
    assert (first.event.what, alone.rows, alone.event.reports) == ("a visit", ("c",), 1)
    assert len(record.view(ON).events("CHN", "PRK")) == 4  # the rows themselves are as they were


def test_a_judgement_takes_the_place_of_an_earlier_one(record: Record) -> None:
    record.merging.judge("a", "b", "same", **WHO)
    record.merging.judge("b", "a", "different", who="Ben", why="two days")
    assert judged(record) == [("a", "b", "different")]
    assert record.merging.cluster("a") == ("a",)
    record.merging.judge("a", "b", "same", score=0.5, **WHO)
    (told,) = record.query("judgements_of", ids=["b"]).to_pylist()
    assert (told["score"], told["who"]) == (0.5, "Ada")
    assert record.fetch("SELECT * FROM judgement", {}).num_rows == 3


def test_a_judgement_is_undone(record: Record) -> None:
    tell(record, event("a"), event("b"))
    record.merging.judge("a", "b", "same", **WHO)
    assert together(record) == [["a", "b"]]
    record.merging.undo("b", "a")
    assert together(record) == [["a"], ["b"]]
    with pytest.raises(RecordError, match="no judgement of 'a' and 'b' stands"):
        record.merging.undo("a", "b")


def test_rows_hang_together_through_chains(record: Record) -> None:
    ids = [f"r{n:02}" for n in range(12)]
    for one, other in pairwise(reversed(ids)):
        record.merging.judge(one, other, "same", **WHO)
    assert all(record.merging.cluster(i) == tuple(ids) for i in ids)
    record.merging.undo("r05", "r06")
    assert record.merging.cluster("r11") == tuple(ids[6:])
    assert record.merging.cluster("r00") == tuple(ids[:6])
    assert record.merging.cluster("another") == ("another",)


def test_a_chain_runs_through_rows_that_were_not_asked_for(record: Record) -> None:
    tell(record, event("a"), event("b", actors=["RUS"], targets=["USA"], pair="RUS-USA"), event("c"))
    for one, other in (("a", "b"), ("b", "c")):
        record.merging.judge(one, other, "same", **WHO)
    assert together(record, "CHN", "PRK") == [["a", "c"]]
    record.retract("b", who="Ben", why="no such report")
    assert together(record) == [["a", "c"]]
    assert record.merging.cluster("a") == ("a", "b", "c")


def test_views_see_the_judgements_of_their_time(record: Record) -> None:
    tell(record, event("a"), event("b"))
    moments = [record.view(ON).known]
    for act in (
        lambda: record.merging.judge("a", "b", "same", **WHO),
        lambda: record.merging.undo("a", "b"),
        lambda: record.merging.judge("a", "b", "different", **WHO),
        lambda: record.merging.judge("a", "b", "same", **WHO),
    ):
        act()
        moments.append(record.view(ON).known)
    assert [len(record.view(ON, known).merged_events()) for known in moments] == [2, 1, 2, 2, 1]
    assert moments == sorted(set(moments))


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"who": " "}, InputError),
        ({"why": ""}, InputError),
        ({"other": "a"}, RecordError),
        ({"verdict": "maybe"}, RecordError),
        ({"score": 1.5}, RecordError),
        ({"score": float("nan")}, RecordError),
        ({"now": world.LEARNT}, RecordError),
    ],
)
def test_a_judgement_that_cannot_be_made(
    record: Record, given: dict[str, Any], error: type[Exception]
) -> None:
    record.merging.judge("a", "b", "same", **WHO, now=world.READ_ON)
    asked = {"one": "a", "other": "c", "verdict": "same", **WHO} | given
    with pytest.raises(error):
        record.merging.judge(asked.pop("one"), asked.pop("other"), asked.pop("verdict"), **asked)
    assert judged(record) == [("a", "b", "same")]


def test_reports_of_one_feed_are_judged_once(record: Record) -> None:
    tell(
        record,
        event("a", reports=2),
        event("b", reports=9),
        event("c"),
        event("another day", valid_from=dt.date(2020, 1, 2), valid_to=dt.date(2020, 1, 2)),
        event("another act", code="190"),
        event("the other way", actors=["PRK"], targets=["CHN"]),
        event("uncoded", code=""),
        event("uncoded too", code=""),
        event("no day", valid_from=None, valid_to=None),
        event("no day either", valid_from=None, valid_to=None),
    )
    tell(record, event("x"), source=Source("other", "Other"))
    assert record.merging.reports("feed") == 2
    known = record.view(ON).known
    assert judged(record) == [("a", "b", "same"), ("b", "c", "same")]
    assert record.merging.reports("feed") == 0
    assert record.view(ON).known == known
    assert record.merging.reports("no such feed") == 0
    (told, *_) = record.query("judgements_of", ids=["a"]).to_pylist()
    assert (told["score"], told["who"]) == (0.8, "rapallo")
    assert "the same actors, act and day" in told["why"]
    merged = next(m for m in record.view(ON).merged_events() if "b" in m.rows)
    assert (merged.event.id, merged.event.reports) == ("b", 12)


def test_what_a_person_undid_or_told_apart_is_never_judged_again(record: Record) -> None:
    tell(record, event("a", reports=9), event("b"), event("c"), event("d"))
    record.merging.judge("c", "d", "different", **WHO)
    assert record.merging.reports("feed") == 1  # c and d wait for people
    record.merging.undo("a", "b")
    assert record.merging.reports("feed") == 0
    tell(record, event("a", reports=9), event("e", reports=20), event("f"))
    assert record.merging.reports("feed") == 1  # f with e; a stood undone
    assert judged(record) == [("c", "d", "different"), ("e", "f", "same")]
    for one, other in (("a", "b"), ("c", "d")):
        assert other not in record.merging.cluster(one)


def test_a_feed_that_grows_joins_what_was_judged(record: Record) -> None:
    tell(record, event("a", reports=2), event("b"))
    assert record.merging.reports("feed") == 1
    tell(record, event("c", reports=5))
    assert record.merging.reports("feed") == 2
    assert together(record) == [["a", "b", "c"]]
    assert record.merging.reports("feed") == 0


PAIRS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(lambda p: p[0] != p[1]), max_size=8
)


@settings(max_examples=25, deadline=None)
@given(PAIRS, PAIRS)
def test_clusters_and_merged_events_agree(same: list[tuple[str, str]], apart: list[tuple[str, str]]) -> None:
    with Record.open(empty=True) as record:
        tell(record, *(event(i, reports=n + 1) for n, i in enumerate("abcdef")))
        for verdict, pairs in (("same", same), ("different", apart)):
            for one, other in pairs:
                record.merging.judge(one, other, verdict, **WHO)  # type: ignore[arg-type]
        found = record.view(ON).merged_events()
        assert sorted(i for m in found for i in m.rows) == list("abcdef")
        assert sum(m.event.reports for m in found) == 21
        for m in found:
            assert tuple(sorted(m.rows)) == record.merging.cluster(m.rows[0])


def test_a_record_that_is_only_read_takes_no_judgement(tmp_path: Any) -> None:
    path = tmp_path / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.write(replace(world.BATCH, ties=()))
    with Record.open(path, read_only=True) as record, pytest.raises(RecordError, match="reading only"):
        record.merging.judge("a", "b", "same", **WHO)
