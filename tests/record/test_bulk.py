"""Loading by the column: once, all or nothing, each row with its place, and what a person put right stays."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.errors import RecordError, VocabularyError
from rapallo.model import Bulk, FileReport, Phase, Source, Tie
from rapallo.record import Record, Written
from rapallo.sources.dataset import Dataset
from rapallo.sources.load import locate, read_release
from tests.record import world

ON = world.ON
TABLES = ("event", "flow", "trait", "dyad", "tie", "party", "phase", "clause", "source", "loading", "review")


def trait(ident: str = "t1", **cells: object) -> dict[str, object]:
    known = {"id": ident, "actor": "CHN", "name": "nuclear_warheads", "value": 350.0, **world.in_year(2022)}
    return known | cells


def bulk(*cells: dict[str, object], family: str = "trait", **more: Any) -> Bulk:
    return Bulk(world.SOURCE, {family: (world.rows(family, *cells),)}, **more)


def counts(record: Record) -> dict[str, int]:
    return {t: record.fetch(f"SELECT * FROM {t}", {}).num_rows for t in TABLES}


def standing(record: Record, family: str = "trait") -> dict[str, Any]:
    sql = f"SELECT * FROM {family} WHERE known_to IS NULL ORDER BY id"
    return {row["id"]: row for row in record.fetch(sql, {}).to_pylist()}


def said(tie: Tie | None) -> tuple[object, ...]:
    """What a tie says, without when the record came to know it."""
    assert tie is not None
    clauses = [(c.id, c.kind, c.trigger, c.conditions, c.wording) for c in tie.clauses]
    return tie.kind, tie.name, tie.about, tie.parties, tie.phases, clauses


EVERYTHING = Bulk(
    world.SOURCE,
    {
        "trait": (world.rows("trait", trait(), trait("t2", note="a\x00b 'c'")),),
        "flow": (
            world.rows(
                "flow", {"id": "f", "kind": "trade", "origin": "CHN", "destination": "PRK", "value": 0.0}
            ),
        ),
        "event": (
            world.rows("event", {"id": "e", "actors": ["CHN"], "targets": ["PRK"], "pair": "CHN-PRK"}),
        ),
    },
    ties=(world.PACT_1961, world.SANCTION),
    events=world.EVENTS,
    files=(FileReport("atlas.csv", "0" * 64, 9, 8, {"no year": (1, 5)}, ("remarks",)),),
    unknown={("cow", "999"): 3, ("name", "Ruritania"): 1},
)


def test_the_same_twice_adds_nothing(record: Record) -> None:
    first = record.load(EVERYTHING)
    before, known = counts(record), record.view(ON).known
    assert first == Written(added=2 + 1 + 3 + 2 + 5 + 4 + 2)
    assert record.load(EVERYTHING) == Written(unchanged=first.added)
    assert (counts(record), record.view(ON).known) == (before, known)
    assert (before["loading"], before["review"]) == (1, 2)


def test_nor_does_another_process_or_an_opening_anew(tmp_path: Path) -> None:
    path = tmp_path / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.load(EVERYTHING)
        before = counts(record)
    code = (
        "import sys; from pathlib import Path; from rapallo.record import Record\n"
        "from tests.record.test_bulk import EVERYTHING\n"
        "with Record.open(Path(sys.argv[1])) as record: print(record.load(EVERYTHING).added)"
    )
    ran = subprocess.run([sys.executable, "-c", code, path], check=True, capture_output=True, text=True)
    assert ran.stdout == "0\n"
    with Record.open(path) as record:
        assert record.load(EVERYTHING).added == 0
        assert counts(record) == before


def test_what_is_loaded_is_what_is_read(record: Record) -> None:
    record.load(EVERYTHING)
    view = record.view(ON)
    assert said(view.tie("prk-chn-1961")) == said(world.PACT_1961)
    assert [e.id for e in view.events("CHN", "PRK")] == ["e", "visit-2019"]
    assert standing(record)["t2"]["note"] == "a\x00b 'c'"
    assert view.flows("trade")[0].value == 0.0


def test_a_row_that_changes_closes_the_old_one(record: Record) -> None:
    other = trait("t2", actor="RUS")
    record.load(bulk(trait(), other))
    known = record.view(ON).known
    assert record.load(bulk(trait(value=351.0), other)) == Written(added=1, unchanged=1, closed=1)
    old, new = record.query("row_history", id="t1").to_pylist()
    assert (old["known_to"], new["known_to"]) == (new["known_from"], None)
    assert record.view(ON).traits("nuclear_warheads")["CHN"].value == 351.0
    assert record.view(ON, known).traits("nuclear_warheads")["CHN"].value == 350.0


def test_only_the_place_of_a_row_may_change_without_a_word(record: Record) -> None:
    record.load(bulk(trait(line=2)))
    assert record.load(bulk(trait(line=9, file="atlas-2.csv"))) == Written(unchanged=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"unit": "a\x1fb", "note": "c"}, {"unit": "a", "note": "b\x1fc"}),
        ({"note": ""}, {"note": "\x00"}),
        ({"note": "NULL"}, {"note": ""}),
        ({"valid_to": None}, {"valid_to": dt.date(2022, 12, 31)}),
        ({"quote_exact": None}, {"quote_exact": "NULL"}),
        ({"value": 0.1}, {"value": 0.1 + 2**-56}),
    ],
)
def test_contents_that_nearly_look_alike_are_told_apart(
    record: Record, one: dict[str, object], other: dict[str, object]
) -> None:
    record.load(bulk(trait(**one)))
    assert record.load(bulk(trait(**other))) == Written(added=1, closed=1)


def test_lists_are_told_apart_by_their_parts(record: Record) -> None:
    for actors in (["a, b"], ["a", "b"], ["'a, b'"], ["a"], []):
        row = {"id": "e", "actors": actors, "targets": []}
        assert record.load(bulk(row, family="event")).added == 1


def test_rows_that_went_are_closed_where_it_is_the_whole_and_kept_where_not(record: Record) -> None:
    record.load(bulk(trait(), trait("t2")))
    assert record.load(bulk(trait(), whole=False)) == Written(unchanged=1)
    assert record.load(bulk(trait())) == Written(unchanged=1, closed=1)
    assert set(standing(record)) == {"t1"}
    assert record.load(bulk(trait(), trait("t2"))) == Written(added=1, unchanged=1)


def test_a_whole_that_no_longer_has_a_family_closes_all_of_it(record: Record) -> None:
    written = record.load(EVERYTHING).added
    assert record.load(bulk(trait())) == Written(unchanged=1, closed=written - 1)
    assert record.view(ON).ties() == record.view(ON).events() == ()
    assert record.load(Bulk(world.SOURCE, whole=False)) == Written()
    assert record.load(Bulk(world.SOURCE)) == Written(closed=1)


def test_the_rows_of_other_sources_stay(record: Record) -> None:
    other = Source("other", "Other")
    record.load(bulk(trait()))
    record.load(Bulk(other, {"trait": (world.rows("trait", trait("o1"), source=other),)}))
    assert record.load(Bulk(other)) == Written(closed=1)
    assert set(standing(record)) == {"t1"}


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_tie_no_longer_has_is_closed(record: Record, *, whole: bool) -> None:
    record.load(Bulk(world.SOURCE, ties=(world.PACT_1961, world.SANCTION)))
    fewer = replace(
        world.PACT_1961,
        phases=(*world.PACT_1961.phases[:2], Phase("renewed", dt.date(2021, 7, 11))),
        clauses=(),
    )
    again = Bulk(world.SOURCE, ties=(fewer, world.SANCTION), whole=whole)
    written = record.load(again)
    assert (written.added, written.closed) == (1, 3)
    assert said(record.view(ON).tie("prk-chn-1961")) == said(fewer)
    assert record.load(again) == Written(unchanged=written.unchanged + 1)


def test_a_tie_that_went_goes_with_all_that_hangs_on_it(record: Record) -> None:
    record.load(Bulk(world.SOURCE, ties=(world.PACT_1961, world.SANCTION)))
    assert record.load(Bulk(world.SOURCE, ties=(world.SANCTION,), whole=False)).closed == 0
    assert record.load(Bulk(world.SOURCE, ties=(world.SANCTION,))).closed == 1 + 2 + 3 + 2
    assert [tie.id for tie in record.view(ON).ties()] == ["usa-prk-sanctions"]


def test_a_correction_outlasts_a_second_load(record: Record) -> None:
    record.load(bulk(trait(), trait("t2")))
    record.correct("t1", {"value": 410.0}, who="Ada", why="the yearbook says so")
    record.retract("t2", who="Ben", why="coded twice")
    assert record.load(bulk(trait(), trait("t2"))) == Written(unchanged=2)
    assert {i: row["value"] for i, row in standing(record).items()} == {"t1": 410.0}
    assert record.load(bulk(trait(value=410.0))) == Written(unchanged=1)  # its source comes round
    assert len(record.review.list()) == 0
    assert record.load(Bulk(world.SOURCE)) == Written()
    assert standing(record)["t1"]["value"] == 410.0


def test_a_source_that_contradicts_a_person_waits_once(record: Record) -> None:
    record.load(bulk(trait(), trait("t2")))
    record.correct("t1", {"value": 410.0}, who="Ada", why="the yearbook says so")
    record.retract("t2", who="Ben", why="coded twice")
    revised = bulk(trait(value=500.0), trait("t2", value=1.0))
    for _ in range(3):
        assert record.load(revised) == Written(contested=2)
    items = record.review.list()
    assert sorted((i.kind, i.row, i.payload["row"]["value"]) for i in items) == [
        ("contested", "t1", 500.0),
        ("contested", "t2", 1.0),
    ]
    (item,) = (i for i in items if i.row == "t1")
    record.review.accept(item.id, who="Cy", why="the new release is right")
    assert standing(record)["t1"]["value"] == 500.0
    assert record.load(revised) == Written(unchanged=1, contested=1)


def test_corrected_parts_of_a_tie_outlast_a_second_load(record: Record) -> None:
    loaded = Bulk(world.SOURCE, ties=(world.PACT_1961,))
    record.load(loaded)
    record.correct("prk-chn-1961/1", {"conditions": ["national_law"]}, who="Ada", why="it says so")
    assert (record.load(loaded).added, record.load(loaded).closed) == (0, 0)
    assert record.load(Bulk(world.SOURCE)).closed == 1 + 2 + 3 + 1  # all but the clause put right
    assert set(standing(record, "clause")) == {"prk-chn-1961/1"}


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_are_none_are_refused(record: Record, number: float) -> None:
    with pytest.raises(RecordError, match="nothing was written"):
        record.load(bulk(trait(), trait("t2", value=number)))
    assert set(counts(record).values()) == {0}


@pytest.mark.parametrize(
    ("cells", "error", "match"),
    [
        ((trait(), trait(value=1.0)), RecordError, "'t1' stands twice among them"),
        ((trait(), trait()), RecordError, "'t1' stands twice among them"),
        ((trait(source="other"),), RecordError, "'t1' rests on another source"),
        ((trait(source=None),), RecordError, "nothing was written"),
        ((trait(name="charm"),), VocabularyError, "charm"),
        ((trait(valid_from=dt.date(2023, 1, 1)),), RecordError, "nothing was written"),
        ((trait(actor=""),), RecordError, "nothing was written"),
        ((trait(confidence=1.1),), RecordError, "nothing was written"),
        ((trait(basis="recalled"),), RecordError, "nothing was written"),
        ((trait(line=0),), RecordError, "nothing was written"),
        ((trait(""),), RecordError, "nothing was written"),
    ],
)
def test_what_makes_no_sense_is_refused_whole(
    record: Record, cells: tuple[dict[str, object], ...], error: type[Exception], match: str
) -> None:
    file = FileReport("atlas.csv", "0" * 64, 1, 1)
    with pytest.raises(error, match=match):
        record.load(bulk(trait("good"), *cells, ties=(world.PACT_1961,), files=(file,)))
    assert set(counts(record).values()) == {0}
    assert record.load(bulk(trait("good"))).added == 1


def test_tables_of_another_form_are_refused(record: Record) -> None:
    with pytest.raises(RecordError, match="there is no family 'traits'"):
        record.load(Bulk(world.SOURCE, {"traits": (world.rows("trait", trait()),)}))
    with pytest.raises(RecordError, match="nothing was written"):
        record.load(Bulk(world.SOURCE, {"trait": (pa.table({"id": ["x"], "value": [1.0]}),)}))
    rows = world.rows("trait", trait())
    words = rows.set_column(rows.schema.get_field_index("value"), "value", pa.array(["much"]))
    with pytest.raises(RecordError, match="nothing was written"):
        record.load(Bulk(world.SOURCE, {"trait": (words,)}))
    assert set(counts(record).values()) == {0}


def test_a_row_of_one_source_is_not_overwritten_by_another(record: Record) -> None:
    record.load(bulk(trait()))
    other = Source("other", "Other")
    before = counts(record)
    for cells in ((trait(),), (trait(), trait("mine"))):
        with pytest.raises(RecordError, match=r"'t1' is already held from source 'atlas' \(give it an id"):
            record.load(Bulk(other, {"trait": (world.rows("trait", *cells, source=other),)}))
    assert counts(record) == before


def test_time_does_not_run_backwards(record: Record) -> None:
    record.load(bulk(trait()), now=world.READ_ON)
    with pytest.raises(RecordError, match="never changed"):
        record.load(bulk(trait("t2")), now=world.LEARNT)
    assert set(standing(record)) == {"t1"}


def test_a_name_of_ones_own_needs_no_vocabulary(record: Record) -> None:
    assert record.load(bulk(trait(name="own:swagger"))).added == 1
    row = {"id": "e", "event": "own:gift", "actors": ["CHN"], "targets": ["PRK"]}
    with pytest.raises(VocabularyError, match="own:gift"):
        record.load(bulk(row, family="event"))


def test_codes_that_nobody_bears_wait_once_however_many_rows_bear_them(record: Record) -> None:
    record.load(bulk(trait(), unknown={("cow", "999"): 3}))
    record.load(bulk(trait(), unknown={("cow", "999"): 3}))
    record.load(bulk(trait(), trait("t2"), unknown={("cow", "999"): 4, ("name", "Ruritania"): 1}))
    items = record.review.list()
    assert sorted(i.reason for i in items) == [
        "no actor bears the cow code '999'",
        "nobody is called 'Ruritania'",
    ]
    assert {i.kind for i in items} == {"unknown_code"}


def test_each_file_is_accounted_for_once_and_anew_when_it_changes(record: Record) -> None:
    one = FileReport("one.csv", "1" * 64, 3, 1, {"no year": (1, 4), "nobody": (1, 2)}, ("remarks",))
    record.load(bulk(trait(), files=(one,)))
    record.load(bulk(trait(), files=(one,)))
    (told,) = record.query("loadings").to_pylist()
    assert (told["rows_read"], told["rows_kept"], told["rows_rejected"]) == (3, 1, 2)
    assert [r["reason"] for r in record.query("rejections").to_pylist()] == ["no year", "nobody"]
    two = replace(one, file="two.csv", sha256="2" * 64, read=4, rejected={"no year": (3, 4)})
    record.load(bulk(trait(), files=(one, two)))  # the same rows, but a file more
    assert record.query("loadings").column("file").to_pylist() == ["two.csv", "one.csv"]


VALUES = st.floats(-1e6, 1e6).map(lambda x: x + 0.0)
ROWS = st.dictionaries(st.sampled_from("abcd"), st.tuples(VALUES, st.text(max_size=2)), max_size=4)


def _said(drawn: dict[str, tuple[float, str]], *, whole: bool) -> Bulk:
    cells = [trait(i, value=value, note=note) for i, (value, note) in drawn.items()]
    ties = (replace(world.PACT_1961, about=drawn["a"][1]),) if "a" in drawn else ()
    return bulk(*cells, ties=ties, whole=whole)


def snapshot(record: Record, known: dt.datetime) -> list[Any]:
    traits = record.query("traits_of_state", on=ON, state="CHN", known=known)
    names = ("ties_known", "parties_known", "sources", "coverage", "review_queue")
    tables = [traits, *(record.query(name, known=known) for name in names)]
    return [t.drop_columns({"known_to"} & set(t.column_names)).to_pylist() for t in tables]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(ROWS, st.booleans(), st.sampled_from("abcd")), min_size=1, max_size=5))
def test_what_was_known_never_changes(steps: list[tuple[dict[str, tuple[float, str]], bool, str]]) -> None:
    with Record.open(empty=True) as record:
        before: list[tuple[dt.datetime, list[Any]]] = []
        for number, (drawn, whole, touched) in enumerate(steps):
            record.load(_said(drawn, whole=whole))
            if touched in standing(record):
                if number % 2:
                    record.retract(touched, who="Ada", why="no")
                else:
                    record.correct(touched, {"note": f"said {number}"}, who="Ada", why="so")
            for known, said in before:
                assert snapshot(record, known) == said
            moment = record.view(ON).known
            before.append((moment, snapshot(record, moment)))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(ROWS, st.booleans()), min_size=1, max_size=4))
def test_a_bulk_loaded_twice_adds_nothing(steps: list[tuple[dict[str, tuple[float, str]], bool]]) -> None:
    with Record.open(empty=True) as record:
        for drawn, whole in steps:
            record.load(_said(drawn, whole=whole))
            moment, before = record.view(ON).known, counts(record)
            again = record.load(_said(drawn, whole=whole))
            assert (again.added, again.closed, again.contested) == (0, 0, 0)
            assert (record.view(ON).known, counts(record)) == (moment, before)
            held = {i: (row["value"], row["note"]) for i, row in standing(record).items()}
            assert held == drawn if whole else held.items() >= drawn.items()


YEARBOOK = {
    "id": "yearbook",
    "title": "Yearbook",
    "about": "Made up.",
    "universe": "cow",
    "address": "https://example.org/",
    "licence": "CC0",
    "redistribute": "yes",
    "cite": [],
    "releases": [{"version": "1", "files": {"rows": {"name": "yearbook.csv"}}}],
    "tables": {
        "rows": {
            "rows": [
                {
                    "family": "trait",
                    "actor": {"iso3": "state"},
                    "year": "year",
                    "amounts": {"heads": {"name": "nuclear_warheads", "unit": "warheads", "least": 0}},
                }
            ]
        }
    },
}
LINES = st.lists(
    st.tuples(st.sampled_from(["CHN", "RUS", "USA", "ZZZ"]), st.integers(1990, 2020), st.integers(-1, 6000)),
    min_size=1,
    max_size=12,
    unique_by=lambda line: line[:2],
)


@settings(max_examples=15, deadline=None)
@given(LINES)
def test_every_row_leads_to_the_line_of_its_file(lines: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Record.open(empty=True) as record:
        path = Path(folder) / "yearbook.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("state", "year", "heads"))
            writer.writerows(lines)
        known = Dataset.model_validate(YEARBOOK)
        ((release, paths),) = locate(known, [path])
        record.load(read_release(known, release, paths))
        rows = standing(record).values()
        kept = [line for line in lines if line[0] != "ZZZ" and line[2] >= 0]
        assert len(rows) == len(kept)
        told = path.read_text(encoding="utf-8").splitlines()
        for row in rows:
            assert row["file"] == "yearbook.csv"
            state, year, heads = told[row["line"] - 1].split(",")
            assert (row["actor"], row["valid_from"].year, row["value"]) == (state, int(year), float(heads))
        (loading,) = record.query("loadings").to_pylist()
        assert (loading["rows_read"], loading["rows_kept"]) == (len(lines), len(kept))
        assert sum(record.query("rejections").column("rows").to_pylist()) == len(lines) - len(kept)
