"""Two times: what was so, and what was known. What was known never changes, whatever is written later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.errors import RecordError
from rapallo.model import Batch, Flow, Phase, Tie
from rapallo.record import Record
from tests.record import world

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAYS = st.dates(dt.date(1960, 1, 1), dt.date(2024, 12, 31))


@st.composite
def ties(draw: st.DrawFn) -> Tie:
    name = draw(st.sampled_from(["a", "b"]))
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=3, unique=True)))
    steps = zip(draw(st.permutations(["signed", "in_force", "ended"])), days, strict=False)
    clauses = tuple(world.clause(name, n, world.since("1961-01-01")) for n in range(draw(st.integers(0, 2))))
    phases = tuple(Phase(phase, day) for phase, day in steps)
    about = draw(st.text(max_size=3))
    return replace(world.PACT_1961, id=name, phases=phases, clauses=clauses, about=about)


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    number = draw(st.integers(2020, 2022))
    return world.trade("CHN", "PRK", number, draw(st.floats(0, 1e6)))


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    drawn = {tie.id: tie for tie in draw(st.lists(ties(), max_size=2))}
    amounts = {flow.id: flow for flow in draw(st.lists(flows(), max_size=2))}
    return Batch(world.SOURCE, tuple(drawn.values()), tuple(amounts.values()))


def snapshot(record: Record, known: dt.datetime) -> Sequence[Any]:
    """All a record says as it was known then."""
    names = ("ties_known", "parties_known", "clauses_known", "sources", "coverage", "review_queue")
    tables = [record.query(name, known=known) for name in names]
    said: list[Any] = [t.drop_columns({"known_to"} & set(t.column_names)).to_pylist() for t in tables]
    for on in (dt.date(1970, 1, 1), dt.date(2022, 6, 1)):
        view = record.view(on, known)
        said.append([(t.id, t.phases, t.about, [c.id for c in t.clauses]) for t in view.ties()])
        said.append([(f.id, f.value) for f in view.flows("trade")])
    return said


def correct_something(record: Record, number: int, now: dt.datetime) -> None:
    standing = record.query("rows_by_id", ids=["a", "b", "flow:trade:CHN-PRK:2020"]).to_pylist()
    for row in standing[:1]:
        if number % 2:
            record.retract(row["id"], who="Ada", why="no", now=now)
        else:
            column = "what" if row["family"] == "flow" else "about"
            record.correct(row["id"], {column: f"said {number}"}, who="Ada", why="so", now=now)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(batches(), st.booleans()), min_size=1, max_size=5))
def test_what_was_known_never_changes(steps: list[tuple[Batch, bool]]) -> None:
    with Record.open(empty=True) as record:
        before: list[tuple[dt.datetime, Sequence[Any]]] = []
        for number, (batch, by_hand) in enumerate(steps):
            now = START + dt.timedelta(days=number)
            record.write(batch, now=now)
            if by_hand:
                correct_something(record, number, now + dt.timedelta(hours=1))
            for known, said in before:
                assert snapshot(record, known) == said
            moment = record.view(world.ON).known
            before.append((moment, snapshot(record, moment)))


@settings(max_examples=25, deadline=None)
@given(st.lists(batches(), min_size=1, max_size=4))
def test_a_batch_written_twice_adds_nothing(written: list[Batch]) -> None:
    with Record.open(empty=True) as record:
        for batch in written:
            record.write(batch)
            moment = record.view(world.ON).known
            again = record.write(batch)
            assert (again.added, again.closed, again.contested) == (0, 0, 0)
            assert record.view(world.ON).known == moment


@settings(max_examples=25, deadline=None)
@given(st.lists(batches(), min_size=1, max_size=4), DAYS)
def test_views_and_questions_agree_on_any_day(written: list[Batch], on: dt.date) -> None:
    with Record.open(empty=True) as record:
        for batch in written:
            record.write(batch)
        view = record.view(on)
        asked = view.query("ties_as_of").to_pylist()
        assert [(t.id, t.phase(on)) for t in view.ties()] == [(row["id"], row["phase"]) for row in asked]
        clauses = view.query("clauses_as_of").column("id").to_pylist()
        assert sorted(c.id for t in view.ties() for c in t.clauses) == sorted(clauses)
        latest = view.query("flows_as_of", kind="trade").column("id").to_pylist()
        assert [f.id for f in view.flows("trade")] == latest


def test_a_known_date_is_the_end_of_that_day(record: Record) -> None:
    record.write(world.BATCH, now=dt.datetime(2024, 3, 1, 23, 30, tzinfo=dt.UTC))
    later = replace(world.FLOWS[0], id="later")
    record.write(replace(world.BATCH, flows=(later,)), now=dt.datetime(2024, 3, 2, tzinfo=dt.UTC))
    assert record.query("ties_known", known=dt.date(2024, 2, 29)).num_rows == 0
    assert record.query("ties_known", known=dt.date(2024, 3, 1)).num_rows == 4
    seoul = dt.timezone(dt.timedelta(hours=9))
    assert record.query("ties_known", known=dt.datetime(2024, 3, 2, 8, 29, tzinfo=seoul)).num_rows == 0
    assert record.query("ties_known", known=dt.datetime(2024, 3, 2, 8, 30, tzinfo=seoul)).num_rows == 4
    pair = {"on": world.ON, "state": "CHN", "other": "PRK"}
    assert record.query("flows_of_pair", known=dt.date(2024, 3, 1), **pair).num_rows == 3
    assert record.query("flows_of_pair", known=dt.date(2024, 3, 2), **pair).num_rows == 4


def test_an_empty_record_knows_nothing_of_any_time(record: Record) -> None:
    assert record.view(world.ON, dt.date(1900, 1, 1)).ties() == ()
    assert record.view(world.ON).events() == ()


def test_a_lagging_clock_does_not_stop_a_write(record: Record) -> None:
    future = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)
    record.write(world.BATCH, now=future)
    record.write(world.READ)
    assert record.view(world.ON).known > future
    with pytest.raises(RecordError, match="never changed"):
        record.write(replace(world.BATCH, flows=()), now=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
