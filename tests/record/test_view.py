"""The record as of a day: what the floors above stand on."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import replace

import pytest

from rapallo.errors import RecordError
from rapallo.record import Record
from tests.record import world

ON = world.ON


def ids(nouns: object) -> list[str]:
    return [noun.id for noun in nouns]  # type: ignore[attr-defined]


def test_a_view_gives_back_what_was_written(filled: Record) -> None:
    view = filled.view(dt.date(2024, 12, 31))
    tie = view.tie("prk-chn-1961")
    assert tie is not None
    assert tie.envelope.known_from == world.LEARNT
    unknown = replace(tie.envelope, known_from=None)
    clauses = tuple(replace(c, envelope=replace(c.envelope, known_from=None)) for c in tie.clauses)
    assert replace(tie, envelope=unknown, clauses=clauses) == world.PACT_1961


def test_ties_hold_from_their_first_step_to_their_end(filled: Record) -> None:
    assert ids(filled.view(ON).ties()) == ["prk-chn-1961", "rus-prk-2024", "usa-prk-sanctions"]
    assert ids(filled.view(dt.date(1990, 1, 1)).ties("PRK")) == ["prk-chn-1961", "prk-sun-1961"]
    assert ids(filled.view(dt.date(1961, 7, 10)).ties()) == ["prk-sun-1961"]
    assert filled.view(dt.date(1950, 1, 1)).ties() == ()


def test_ties_of_named_actors_need_all_of_them_on_the_day(filled: Record) -> None:
    assert ids(filled.view(ON).ties("USA", "PRK")) == ["usa-prk-sanctions"]
    assert ids(filled.view(ON).ties("JPN")) == []
    assert ids(filled.view(dt.date(2019, 1, 1)).ties("JPN", "PRK")) == ["usa-prk-sanctions"]
    assert ids(filled.view(ON).ties("PRK", kind="sanction")) == ["usa-prk-sanctions"]


def test_ended_ties_and_members_are_given_when_asked_for(filled: Record) -> None:
    assert ids(filled.view(ON).ties("SUN", ended=True)) == ["prk-sun-1961"]
    assert ids(filled.view(ON).ties("JPN", ended=True)) == ["usa-prk-sanctions"]
    ended = filled.view(ON).tie("prk-sun-1961")
    assert ended is not None
    assert ended.phase(ON) == "ended"


def test_a_tie_shows_only_the_steps_taken_by_the_day(filled: Record) -> None:
    tie = filled.view(ON).tie("rus-prk-2024")
    assert tie is not None
    assert [p.phase for p in tie.phases] == ["signed"]
    assert tie.phase(ON) == "signed"
    assert filled.view(dt.date(2021, 7, 2)).pacts()[0].phase(ON) == "in_force"


def test_clauses_of_a_signed_pact_count_before_it_is_in_force(filled: Record) -> None:
    assert [len(t.clauses) for t in filled.view(ON).pacts()] == [2, 1]
    assert [len(t.clauses) for t in filled.view(dt.date(1961, 8, 1)).pacts() if t.id == "prk-chn-1961"] == [2]


def test_flows_give_the_latest_period_that_is_over(filled: Record) -> None:
    assert ids(filled.view(ON).flows("trade", destination="PRK")) == [
        "flow:trade:CHN-PRK:2023",
        "flow:trade:RUS-PRK:2023",
    ]
    assert ids(filled.view(dt.date(2023, 5, 1)).flows("trade")) == ["flow:trade:CHN-PRK:2022"]
    assert filled.view(dt.date(2022, 5, 1)).flows("trade") == ()
    assert ids(filled.view(ON).flows("trade", origin="PRK", destination="CHN")) == ["flow:trade:PRK-CHN:2023"]


def test_traits_give_the_latest_period_by_state(filled: Record) -> None:
    values = {state: trait.value for state, trait in filled.view(ON).traits("nuclear_warheads").items()}
    assert values == {"CHN": 500, "RUS": 5889}
    assert filled.view(dt.date(2023, 6, 1)).traits("nuclear_warheads")["CHN"].value == 350


def test_events_of_actors(filled: Record) -> None:
    view = filled.view(ON)
    assert ids(view.events()) == ["test-2017", "visit-2019"]
    assert ids(view.events("CHN")) == ["visit-2019"]
    assert ids(view.events("JPN", "PRK")) == ["test-2017"]
    assert ids(view.events("JPN", "PRK", "USA")) == ["test-2017"]
    assert ids(view.events("JPN", "PRK", "CHN")) == []
    assert view.events("CHN")[0].where == "Pyongyang"


def test_rows_without_a_flow_show_the_period_before(filled: Record) -> None:
    view = filled.view(ON)
    less = view.without("flow:trade:CHN-PRK:2023", "trait:nuclear_warheads:CHN:2024")
    assert ids(less.flows("trade", origin="CHN")) == ["flow:trade:CHN-PRK:2022"]
    assert less.traits("nuclear_warheads")["CHN"].value == 350
    assert ids(view.flows("trade", origin="CHN")) == ["flow:trade:CHN-PRK:2023"]
    none = less.without("flow:trade:CHN-PRK:2022")
    assert none.flows("trade", origin="CHN") == ()
    assert none.query("flows_of_state", state="CHN").column("id").to_pylist() == ["flow:trade:PRK-CHN:2023"]


def test_a_tie_or_clause_can_be_supposed_away(filled: Record) -> None:
    view = filled.view(ON)
    assert ids(view.without("prk-chn-1961").ties("CHN")) == []
    assert view.without("prk-chn-1961").tie("prk-chn-1961") is None
    assert view.without("prk-chn-1961").rows(["prk-chn-1961", "prk-chn-1961/1"]) == {}
    less = view.without("prk-chn-1961/2").tie("prk-chn-1961")
    assert less is not None
    assert ids(less.clauses) == ["prk-chn-1961/1"]
    assert ids(view.without("visit-2019").events()) == ["test-2017"]
    assert view.without("prk-chn-1961").query("ties_as_of").num_rows == 2


def test_a_tie_can_be_supposed_without_touching_the_record(filled: Record) -> None:
    view = filled.view(ON)
    moved = replace(
        world.PACT_2024, id="what-if", clauses=(world.clause("what-if", 1, world.since("2024-06-01")),)
    )
    supposed = view.with_tie(moved)
    assert "what-if" in ids(supposed.ties("RUS", "PRK"))
    assert supposed.supposes
    assert not view.supposes
    assert "what-if" not in ids(view.ties())
    assert supposed.row("what-if/1")["label"].startswith("defence clause of what-if")
    assert supposed.row("what-if")["source_title"] == "supposed"
    assert ids(supposed.without("what-if").ties()) == ids(view.ties())
    assert ids(supposed.flows("trade")) == ids(view.flows("trade"))
    with pytest.raises(RecordError, match="does not see the ties"):
        supposed.query("ties_as_of")
    assert filled.query("ties_known").num_rows == 4


def test_a_supposed_tie_replaces_one_of_its_id(filled: Record) -> None:
    ended = replace(world.PACT_1961, phases=(*world.PACT_1961.phases, world.Phase("ended", ON)))
    supposed = filled.view(ON).with_tie(ended)
    assert ids(supposed.ties("CHN")) == []
    assert ids(filled.view(ON).ties("CHN")) == ["prk-chn-1961"]
    assert supposed.row("prk-chn-1961")["phase"] == "ended"


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ("prk-chn-1961", "Treaty of Friendship (pact, PRK–CHN, renewed 2021-07)"),
        ("prk-chn-1961/1", "defence clause of prk-chn-1961, article II: help at once"),
        ("prk-chn-1961/renewed/2021-07-01", "prk-chn-1961: renewed 2021-07"),
        ("prk-chn-1961/party/CHN/1961-07-11", "CHN as party of prk-chn-1961, since 1961-07-11"),
        ("flow:trade:CHN-PRK:2023", "trade from China to North Korea, 2023: USD 2,000.5 million"),
        ("trait:nuclear_warheads:RUS:2023", "nuclear warheads of Russia, 2023: 5,889 warheads"),
        ("visit-2019", "CONSULT CHN–PRK, 2019-06-20: Xi visits Pyongyang"),
        ("doc:00000000000000aa/c1", "AGREE RUS–PRK, 2024-06-17 to 2024-06-22: signed a pact"),
        ("doc:00000000000000aa", "A pact (2024-06-22)"),
    ],
)
def test_every_family_has_a_row_for_a_reader(filled: Record, row: str, label: str) -> None:
    shown = filled.view(ON).row(row)
    assert shown["label"] == label
    assert shown["id"] == row
    assert shown["source_title"]
    assert json.loads(json.dumps(shown)) == shown


def test_a_row_carries_its_source_and_its_quote(filled: Record) -> None:
    shown = filled.view(ON).row("flow:trade:CHN-PRK:2023")
    assert (shown["source_title"], shown["citation"]) == ("Atlas of ties", "Nobody (2023).")
    assert shown["valid"] == {"start": "2023-01-01", "end": "2023-12-31", "precision": "year"}
    assert filled.view(ON).row("doc:00000000000000aa/c1")["quote"]["exact"] == "signed a pact"


def test_rows_keep_the_order_asked_and_leave_out_what_is_not_held(filled: Record) -> None:
    asked = ["visit-2019", "nothing", "prk-chn-1961", "visit-2019"]
    assert list(filled.view(ON).rows(asked)) == ["visit-2019", "prk-chn-1961"]
    with pytest.raises(RecordError, match="holds no row 'nothing'"):
        filled.view(ON).row("nothing")


def test_a_view_never_changes(filled: Record) -> None:
    before = filled.view(ON)
    later = replace(world.PACT_1961, id="later", clauses=())
    filled.write(replace(world.BATCH, ties=(later,)), now=dt.datetime(2024, 7, 1, tzinfo=dt.UTC))
    assert "later" not in ids(before.ties())
    assert "later" in ids(filled.view(ON).ties())
    assert "later" not in ids(filled.view(ON, dt.date(2024, 6, 30)).ties())
    assert filled.view(ON, world.READ_ON).known == world.READ_ON
    assert filled.view(ON) is filled.view(ON)


def test_a_view_of_hundreds_of_ties_is_read_at_once(record: Record) -> None:
    ties = tuple(
        replace(world.PACT_1961, id=f"t{n}", clauses=(world.clause(f"t{n}", 1, world.since("1961-07-11")),))
        for n in range(400)
    )
    record.write(replace(world.BATCH, ties=ties))
    begun = time.perf_counter()
    view = record.view(ON)
    assert len(view.pacts()) == 400
    loaded = time.perf_counter()
    for n in range(50):
        assert len(view.without(f"t{n}").pacts()) == 399
    assert loaded - begun < 1.0
    assert (time.perf_counter() - loaded) / 50 < 0.1


def test_a_flow_counts_from_the_last_day_of_its_period(filled: Record) -> None:
    def sent(on: dt.date) -> list[str]:
        return ids(filled.view(on).flows("trade", origin="CHN"))

    assert sent(dt.date(2023, 12, 30)) == ["flow:trade:CHN-PRK:2022"]
    assert sent(dt.date(2023, 12, 31)) == ["flow:trade:CHN-PRK:2023"]


def test_a_tie_supposed_away_can_be_supposed_again(filled: Record) -> None:
    without = filled.view(ON).without("prk-chn-1961")
    assert without.tie("prk-chn-1961") is None
    assert without.with_tie(world.PACT_1961).tie("prk-chn-1961") is not None


def test_a_clause_that_is_over_stands_no_longer(filled: Record) -> None:
    first, second = world.PACT_1961.clauses
    until = replace(first.envelope, valid=replace(first.envelope.valid, end=dt.date(2000, 1, 1)))
    pact = replace(world.PACT_1961, clauses=(replace(first, envelope=until), second))
    with Record.open(empty=True) as record:
        record.write(replace(world.BATCH, ties=(pact,)))
        for day, count in ((dt.date(2000, 1, 1), 2), (dt.date(2000, 1, 2), 1)):
            (held,) = record.view(day).pacts()
            assert len(held.clauses) == count
