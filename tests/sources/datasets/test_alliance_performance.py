"""Pledges that a war put to the test."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk
from rapallo.record import Record
from rapallo.sources.dataset import dataset
from rapallo.sources.datasets import alliance_performance as module
from rapallo.sources.load import locate, read_release


def case(number: str, war: str, name: str, **fields: str) -> dict[str, str]:
    """A case of an alliance; what is not named is blank."""
    row = dict.fromkeys(sorted(module._NEEDED["alliances"]), "")
    return row | {"atopid": number, "warid": "7", "cowwarid": war, "warname": name, "defense": "1.0"} | fields


def trial(number: str, war: str, state: str, main: str = "1.0", other: str = "1.0") -> dict[str, str]:
    """A test of what a state at war is owed."""
    return {"atopid": number, "war": war, "ccode1": state, "honor3": main, "honor2": other}


def read(folder: Path, cases: Sequence[Mapping[str, str]], trials: Sequence[Mapping[str, str]] = ()) -> Bulk:
    paths = {}
    for role, rows in (("alliances", cases), ("states", trials)):
        if rows:
            paths[role] = folder / f"{role}.csv"
            with paths[role].open("w", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    release = dataset("alliance-performance").release()
    files = {role: spec.model_copy(update={"rows": None}) for role, spec in release.files.items()}
    return read_release("alliance-performance", release.model_copy(update={"files": files}), paths)


def test_a_case_becomes_an_event_for_each_coding(tmp_path: Path) -> None:
    rows = [case("2000.0", "22.0", "Made-up1853-1856", consul="1.0", honorBF="1.0", violateLLM="1.0")]
    bulk = read(tmp_path, rows)
    assert [event.code for event in bulk.events] == [
        "2000:cow22:honoured:defence+consultation:bf",
        "2000:cow22:violated:defence+consultation:llm",
    ]
    (first, _) = bulk.events
    assert (first.event, first.actors) == ("", ())
    assert (first.envelope.valid.start, first.envelope.valid.end) == (
        dt.date(1853, 1, 1),
        dt.date(1856, 12, 31),
    )
    assert first.envelope.line == 2


def test_a_pledge_that_was_not_at_issue_says_why(tmp_path: Path) -> None:
    (event, _) = read(tmp_path, [case("1", "", "Made-up_1977-79", cfnaBF="1.0", nonaggLLM="1")]).events
    assert event.code == "1:bf7:not_at_issue:defence:bf"
    assert "Made-up 1977-79: not at issue (the case it is made for did not arise)" in event.what
    assert event.envelope.valid.end == dt.date(1979, 12, 31)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "no verdict or several (none)"),
        ({"honorLLM": "1", "violateLLM": "1"}, "no verdict or several (honor, violate)"),
        ({"violateLLM": "1", "cfnaLLM": "1"}, "no verdict or several (violate, cfna)"),
        ({"atopid": "", "honorBF": "1"}, "no alliance or no war"),
    ],
)
def test_a_case_without_one_verdict_is_rejected(tmp_path: Path, fields: dict[str, str], reason: str) -> None:
    bulk = read(tmp_path, [case("1", "22", "W1853") | fields])
    assert dict(bulk.files[0].rejected) == {reason: (1, 2)}
    assert not bulk.events


def test_a_state_that_is_owed_a_pledge_stands_with_the_years_of_the_war_and_the_pledges_of_the_pact(
    tmp_path: Path,
) -> None:
    cases = [case("1", "22", "W1853-1856", honorBF="1")]
    trials = [trial("1.0", "22.0", "200.0", "0.0"), trial("5", "106", "365"), trial("5", "106", "999")]
    bulk = read(tmp_path, cases, [*trials, trial("5", "7777", "200"), trials[0]])
    of_states = [event for event in bulk.events if event.targets]
    assert [
        (e.code, e.targets, e.envelope.valid.start.year) for e in of_states if e.envelope.valid.start
    ] == [
        ("1:cow22:violated:defence:la3", ("GBR",), 1853),
        ("1:cow22:honoured:defence:la2", ("GBR",), 1853),
        ("5:cow106:honoured::la3", ("RUS",), 1914),
        ("5:cow106:honoured::la2", ("RUS",), 1914),
    ]
    assert dict(bulk.files[1].rejected) == {
        "nobody bears the code ccode1": (1, 4),
        "a war of no known year": (1, 5),
        "the same again as on an earlier line": (1, 6),
    }
    assert dict(bulk.unknown) == {("cow", "999"): 1}


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    row = {key: cell for key, cell in case("1", "22", "W1853").items() if key != "violateBF"}
    with pytest.raises(InputError, match="no column violateBF"):
        read(tmp_path, [row])


def test_an_event_without_type_or_actor_has_a_label(tmp_path: Path) -> None:
    bulk = read(tmp_path, [case("1", "22", "W1853", honorBF="1", honorLLM="1")], [trial("1", "22", "200")])
    with Record.open(empty=True) as record:
        record.load(bulk)
        view = record.view(dt.date(1900, 1, 1))
        labels = [
            view.row(f"alliance-performance-2018:1:cow22:{rest}")["label"] for rest in ("bf", "GBR:la3")
        ]
    assert labels[0].startswith("1:cow22:honoured:defence:bf, 1853: ATOP 1 in the war W1853")
    assert labels[1].startswith("1:cow22:honoured:defence:la3 GBR, 1853: What ATOP 1 promises GBR")


@pytest.mark.shared
def test_the_record_tells_what_became_of_a_pledge(shared: Path) -> None:
    ((release, paths),) = locate("alliance-performance", [shared / "data/alliance_reliability"])
    bulk = read_release("alliance-performance", release, paths)
    assert [(f.read, f.kept, f.left_out) for f in bulk.files] == [(576, 576, ()), (137, 137, ())]
    with Record.open(empty=True) as record:
        record.load(bulk)
        events = record.view(dt.date(2020, 1, 1)).events()
    told = [event.code.split(":") for event in events]
    assert Counter(verdict for _, _, verdict, _, coding in told if coding == "bf") == {
        "honoured": 69,
        "violated": 70,
        "not_at_issue": 437,
    }
    assert Counter(verdict for *_, verdict, _, coding in told if coding == "la3") == {
        "honoured": 93,
        "violated": 44,
    }
    verdicts = {(number, war): verdict for number, war, verdict, _, coding in told if coding == "bf"}
    assert verdicts["1335", "cow106"] == "honoured"  # Germany with Austria-Hungary, 1914
    assert verdicts["1350", "cow106"] == "violated"  # Italy without them
    assert verdicts["2440", "cow139"] == "honoured"  # Britain with Poland, 1939
    assert verdicts["2470", "cow139"] == "violated"  # Germany against the Soviet Union, 1941
    kuwait = {e.code for e in events if e.targets == ("KWT",)}
    assert "3205:cow211:violated:defence+non_aggression+consultation:la3" in kuwait
