"""Writing: all or nothing, once, and what a person put right stays."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rapallo.errors import InputError, RecordError, VocabularyError
from rapallo.model import Batch, Document, Phase, Quote, Reading, Source
from rapallo.record import Record, Written
from tests.record import world

ON = world.ON
FLOW = "flow:trade:CHN-PRK:2023"


def again(record: Record, **changes: object) -> Written:
    return record.write(replace(world.BATCH, **changes))  # type: ignore[arg-type]


def history(record: Record, row: str) -> list[dict[str, object]]:
    return record.query("row_history", id=row).to_pylist()


def test_the_same_batch_twice_adds_nothing(filled: Record) -> None:
    rows = sum(len(history(filled, i)) for i in ("prk-chn-1961", FLOW, "visit-2019"))
    assert filled.write(world.BATCH) == Written(unchanged=33)
    assert filled.write(world.READ) == Written(unchanged=3)
    assert sum(len(history(filled, i)) for i in ("prk-chn-1961", FLOW, "visit-2019")) == rows == 3


def test_a_row_that_changes_closes_the_old_one(filled: Record) -> None:
    known = filled.view(ON).known
    changed = replace(world.FLOWS[1], value=2100)
    assert again(filled, flows=(changed,)) == Written(added=1, unchanged=29 - 4 + 4, closed=1)
    old, new = history(filled, FLOW)
    assert old["known_to"] == new["known_from"]
    assert new["known_to"] is None
    assert filled.view(ON).flows("trade", origin="CHN")[0].value == 2100
    assert filled.view(ON, known).flows("trade", origin="CHN")[0].value == 2000.5


def test_a_source_can_go_back_to_what_it_said(filled: Record) -> None:
    again(filled, flows=(replace(world.FLOWS[1], value=2100),))
    assert again(filled).added == 1
    assert len(history(filled, FLOW)) == 3
    assert filled.view(ON).flows("trade", origin="CHN")[0].value == 2000.5


def test_steps_and_clauses_a_tie_no_longer_has_are_closed(filled: Record) -> None:
    phases = (*world.PACT_1961.phases[:2], Phase("renewed", dt.date(2021, 7, 11)))
    written = again(
        filled, ties=(replace(world.PACT_1961, phases=phases, clauses=world.PACT_1961.clauses[:1]),)
    )
    assert (written.added, written.closed) == (1, 2)
    tie = filled.view(ON).tie("prk-chn-1961")
    assert tie is not None
    assert (tie.phases, len(tie.clauses)) == (phases, 1)
    assert history(filled, "prk-chn-1961/2")[0]["known_to"] is not None


def test_claims_a_document_no_longer_yields_are_closed(filled: Record) -> None:
    fewer = replace(world.READ, reading=Reading(world.DOCUMENT, world.CLAIMS[:1]))
    assert filled.write(fewer) == Written(unchanged=2, closed=1)
    assert filled.query("claims_of_document", document=world.DOCUMENT.id).num_rows == 1


def test_a_correction_outlasts_a_second_reading(filled: Record) -> None:
    filled.correct(FLOW, {"value": 1999, "valid_to": "2023-06-30"}, who="Ada", why="misprint")
    assert filled.write(world.BATCH).added == 0
    flow = filled.view(ON).flows("trade", origin="CHN")[0]
    assert (flow.value, flow.envelope.valid.end) == (1999, dt.date(2023, 6, 30))
    assert [row["who"] for row in history(filled, FLOW)] == [None, "Ada"]
    assert [row["closed_by"] for row in history(filled, FLOW)] == ["Ada", None]


def test_a_corrected_child_outlasts_a_second_reading_too(filled: Record) -> None:
    claim = f"{world.DOCUMENT.id}/c2"
    filled.correct(claim, {"modality": "asserted", "actors": ["CHN", "PRK"]}, who="Ada", why="it says so")
    filled.correct("prk-chn-1961/renewed/2021-07-01", {"valid_from": "2021-07-11"}, who="Ada", why="the day")
    assert filled.write(world.READ).added == filled.write(world.BATCH).added == 0
    assert filled.view(ON).row(claim)["modality"] == "asserted"
    tie = filled.view(ON).tie("prk-chn-1961")
    assert tie is not None
    assert tie.phases[-1].on == dt.date(2021, 7, 11)
    fewer = replace(world.READ, reading=Reading(world.DOCUMENT, world.CLAIMS[:1]))
    assert filled.write(fewer).closed == 0


def test_a_retracted_row_stays_away(filled: Record) -> None:
    filled.retract("visit-2019", who="Ben", why="another visit")
    assert filled.write(world.BATCH).added == 0
    assert [e.id for e in filled.view(ON).events()] == ["test-2017"]
    with pytest.raises(RecordError, match="no longer stands"):
        filled.correct("visit-2019", {"what": "?"}, who="Ben", why="no")


def test_a_source_that_contradicts_a_person_waits_for_review(filled: Record) -> None:
    filled.correct(FLOW, {"value": 1999}, who="Ada", why="misprint")
    revised = replace(world.BATCH, flows=(replace(world.FLOWS[1], value=2222),))
    assert filled.write(revised).contested == 1
    assert filled.write(revised).contested == 1
    (item,) = filled.review.list()
    assert (item.kind, item.row, item.payload["row"]["value"]) == ("contested", FLOW, 2222)
    assert filled.view(ON).flows("trade", origin="CHN")[0].value == 1999


@pytest.mark.parametrize(
    ("row", "changes", "who", "error", "match"),
    [
        (FLOW, {"value": 1.0}, "  ", InputError, "who made it"),
        ("nothing", {"value": 1.0}, "Ada", RecordError, "holds no row"),
        (FLOW, {"amount": 1.0}, "Ada", RecordError, "has no column 'amount'"),
        (FLOW, {"id": "x"}, "Ada", RecordError, "'id' of the row"),
        (FLOW, {"value": "much"}, "Ada", RecordError, "cannot be 'much'"),
        (FLOW, {"value": 2000.5}, "Ada", RecordError, "says that already"),
        (FLOW, {"kind": "gifts"}, "Ada", VocabularyError, "gifts"),
        (FLOW, {"confidence": 2.0}, "Ada", RecordError, "nothing was written"),
        (FLOW, {"known_from": "2020-01-01"}, "Ada", RecordError, "'known_from' of the row"),
        ("prk-chn-1961/1", {"tie": "other"}, "Ada", RecordError, "'tie' of the row"),
    ],
)
def test_a_correction_that_cannot_be_made(
    filled: Record, row: str, changes: dict[str, object], who: str, error: type[Exception], match: str
) -> None:
    before = filled.query("changes_since", after=dt.date(2020, 1, 1)).num_rows
    with pytest.raises(error, match=match):
        filled.correct(row, changes, who=who, why="because")
    assert filled.query("changes_since", after=dt.date(2020, 1, 1)).num_rows == before


def test_a_batch_is_written_as_a_whole_or_not_at_all(record: Record) -> None:
    bad = replace(world.FLOWS[0], id="bad", value=float("nan"))
    with pytest.raises(RecordError, match="nothing was written"):
        record.write(replace(world.BATCH, flows=(*world.FLOWS, bad)))
    assert record.query("sources").num_rows == 0
    assert record.write(world.BATCH).added == 33


@pytest.mark.parametrize(
    ("changes", "error", "match"),
    [
        ({"ties": (replace(world.PACT_1961, kind="friendship"),)}, VocabularyError, "friendship"),
        ({"ties": (replace(world.PACT_1961, phases=()),)}, RecordError, "has no phase"),
        ({"ties": (replace(world.PACT_1961, id="other"),)}, RecordError, "a clause of another tie"),
        ({"flows": (world.FLOWS[0], replace(world.FLOWS[0], value=1))}, RecordError, "two different rows"),
        ({"source": Source("other", "Other")}, RecordError, "the unknown source 'atlas'"),
        ({"events": (replace(world.EVENTS[0], contexts=("gossip",)),)}, VocabularyError, "gossip"),
    ],
)
def test_what_makes_no_sense_is_refused(
    record: Record, changes: dict[str, object], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        again(record, **changes)
    assert record.query("ties_known").num_rows == 0
    assert record.query("sources").num_rows == 0


def test_a_row_of_one_source_is_not_overwritten_by_another(filled: Record) -> None:
    stolen = replace(world.FLOWS[0], envelope=replace(world.FLOWS[0].envelope, source="mine"))
    with pytest.raises(RecordError, match=r"already held from source 'atlas' \(give it an id of its own\)"):
        filled.write(Batch(Source("mine", "Mine"), flows=(stolen,)))


def test_time_does_not_run_backwards(filled: Record) -> None:
    with pytest.raises(RecordError, match="never changed"):
        filled.write(replace(world.BATCH, flows=()), now=world.LEARNT)
    more = replace(world.FLOWS[0], id="more")
    filled.write(replace(world.BATCH, flows=(more,)), now=world.READ_ON)
    assert filled.view(ON).known > world.READ_ON


def test_an_empty_batch_writes_its_source_alone(record: Record) -> None:
    assert record.write(Batch(world.SOURCE)) == Written()
    assert record.query("sources").column("id").to_pylist() == ["atlas"]


HOSTILE = [
    "'; DROP TABLE tie; --",
    '"quoted" \\ \'',
    "$known ? :on {}",
    "北京 🚀 עברית Ω",
    "line\nbreak\ttab",
    "nul\x00nul",
    " ",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_went_in(record: Record, text: str) -> None:
    tie = replace(world.PACT_1961, name=text, about=text)
    flow = replace(world.FLOWS[0], id=f"f{text}", what=text)
    document = Document(f"doc:{text}", text, ON, text + "!")
    claim = replace(world.CLAIMS[0], where=text, quote=Quote(text, text, text, 0, len(text)))
    record.write(replace(world.BATCH, ties=(tie,), flows=(flow,)))
    record.write(Batch(Source(document.id, text), reading=Reading(document, (claim,))))
    found = record.view(ON).tie("prk-chn-1961")
    assert found is not None
    assert (found.name, found.about) == (text, text)
    assert record.view(ON).flows("trade")[0].what == text
    assert record.view(ON).row(f"f{text}")["what"] == text
    assert record.view(ON).row(f"doc:{text}/c1")["quote"]["exact"] == text
    assert record.view(ON).ties(text) == ()
    assert record.query("ties_of_state", on=ON, state=text).num_rows == 0


def test_text_that_is_no_unicode_is_refused(record: Record) -> None:
    with pytest.raises(RecordError, match="nothing was written"):
        again(record, ties=(replace(world.PACT_1961, name="\ud800"),))
    assert record.write(world.BATCH).added == 33


def test_huge_text_is_kept(record: Record) -> None:
    text = "pact " * 2_000_000
    document = Document("doc:huge", "huge", ON, text)
    record.write(Batch(Source("doc:huge", "huge"), reading=Reading(document, ())))
    assert record.view(ON).row("doc:huge")["text"] == text


def test_ten_thousand_ties_take_a_couple_of_seconds(record: Record) -> None:
    ties = tuple(
        replace(world.PACT_1961, id=f"t{n}", clauses=(world.clause(f"t{n}", 1, world.since("1961-07-11")),))
        for n in range(10_000)
    )
    batch = Batch(world.SOURCE, ties)
    begun = time.perf_counter()
    assert record.write(batch).added == 70_000
    assert time.perf_counter() - begun < 10  # about 1.5 s on two idle cores


KILLED = """
import os, signal, sys
from pathlib import Path
from dataclasses import replace
from rapallo.record import Record, tables
from rapallo.record import writer
from tests.record import world

real = writer.apply
def dies(connection, family, settled, tick):
    real(connection, family, settled, tick)
    if family == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)
writer.apply = dies
changed = replace(world.FLOWS[0], value=1), replace(world.FLOWS[0], id="new")
with Record.open(Path(sys.argv[1])) as record:
    record.write(replace(world.BATCH, flows=changed))
"""


@pytest.mark.parametrize("family", ["source", "tie", "clause", "event"])
def test_a_write_that_is_killed_leaves_nothing_half(tmp_path: Path, family: str) -> None:
    path = tmp_path / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.write(replace(world.BATCH, ties=(), events=()))
        before = record.query("changes_since", after=dt.date(2020, 1, 1)).to_pylist()
    died = subprocess.run([sys.executable, "-c", KILLED, path, family], check=False, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    with Record.open(path) as record:
        assert record.query("changes_since", after=dt.date(2020, 1, 1)).to_pylist() == before
        assert record.view(ON).ties() == ()
        assert record.write(world.BATCH).closed == 0
        assert len(record.view(ON).ties()) == 3


WROTE = """
import os, signal, sys
from pathlib import Path
from rapallo.record import Record
from tests.record import world

Record.open(Path(sys.argv[1]), empty=True).write(world.BATCH)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "record.duckdb"
    subprocess.run([sys.executable, "-c", WROTE, path], check=False)
    with Record.open(path, read_only=True) as record:
        assert len(record.view(ON).ties()) == 3
    with Record.open(path) as record:
        assert record.write(world.BATCH).added == 0
