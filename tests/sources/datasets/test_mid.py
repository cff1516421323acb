"""Militarised disputes and their incidents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.model import Bulk
from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date


def _row(role: str, **given: Any) -> dict[str, Any]:
    unread = dict.fromkeys(dataset("mid").tables[role].unused, "")
    days = {"stday": 3, "stmon": 5, "styear": 1995, "endday": 9, "endmon": 6, "endyear": 1995}
    own: dict[str, dict[str, Any]] = {
        "disputes": {
            **days,
            "dispnum": 9001,
            "outcome": 5,
            "settle": 3,
            "fatality": 0,
            "hiact": 7,
            "hostlev": 3,
            "recip": 0,
            "ongo2014": 0,
        },
        "parts": {
            **days,
            "dispnum": 9001,
            "ccode": 220,
            "sidea": 1,
            "revstate": 0,
            "revtype1": 0,
            "revtype2": -9,
            "fatality": 0,
            "hiact": 7,
            "orig": 1,
        },
        "incidents": {**days, "dispnum": 9001, "incidnum": 9001001, "action": 7, "fatality": 0},
        "acts": {"incidnum": 9001001, "ccode": 220, "styear": 1995, "insidea": 1},
    }
    return {**unread, **own[role], **given}


def _read(folder: Path, **files: list[dict[str, Any]]) -> Bulk:
    return made_up("mid", files, folder)


_FRANCE_AND_SPAIN = [_row("parts"), _row("parts", ccode=230, sidea=0, hiact=0)]


def test_a_dispute_binds_side_a_to_side_b_for_its_days(tmp_path: Path) -> None:
    bulk = _read(
        tmp_path,
        disputes=[_row("disputes", stday=-9, outcome=4, settle=1, recip=1, fatality=2)],
        parts=[
            _row("parts", ccode=210, orig=0, revstate=1, revtype1=1, revtype2=2, hiact=16, stmon=-9),
            *_FRANCE_AND_SPAIN,
        ],
    )
    (tie,) = bulk.ties
    assert (tie.id, tie.kind) == ("mid-5.0:9001", "dispute")
    assert tie.name == "Dispute 9001, France, Netherlands – Spain, 1995"
    assert [(p.actor, p.role) for p in tie.parties] == [
        ("FRA", "actor"),
        ("ESP", "target"),
        ("NLD", "actor"),
    ]
    assert [(p.phase, p.on, p.precision) for p in tie.phases] == [
        ("in_force", D(1995, 5, 1), "month"),
        ("ended", D(1995, 6, 9), "day"),
    ]
    assert tie.parties[2].when.start == D(1995, 1, 1)
    for words in (
        "Hostility level: display of force",
        "Gravest act: show of force",
        "Outcome: side B yielded, settlement negotiated",
        "Deaths in battle: 26 to 100",
        "Side B answered",
        "Spain (side B): no militarised action",
        "Netherlands (side A): attack, sought to change territory and the policy of the other, joined later",
    ):
        assert words in tie.about
    assert counts(bulk) == {"MIDA_5.0.csv": (1, 1), "MIDB_5.0.csv": (3, 3)}


def test_a_dispute_that_goes_on_when_the_data_end_is_open(tmp_path: Path) -> None:
    days = {"endday": 31, "endmon": 12, "endyear": 2014}
    bulk = _read(
        tmp_path,
        disputes=[_row("disputes", **days, ongo2014=1, fatality=-9)],
        parts=[_row("parts", **days), _row("parts", ccode=230, sidea=0)],
    )
    (tie,) = bulk.ties
    assert tie.envelope.valid.end is None
    assert [p.phase for p in tie.phases] == ["in_force"]
    assert [p.when.end for p in tie.parties] == [None, D(1995, 6, 9)]
    assert "It went on when the data end" in tie.about
    assert "Deaths in battle: unknown" in tie.about


def test_rows_that_cannot_be_placed_are_rejected(tmp_path: Path) -> None:
    bulk = _read(
        tmp_path,
        disputes=[
            _row("disputes"),
            _row("disputes", dispnum=9002),
            _row("disputes", dispnum=9003, styear=-9),
            _row("disputes", dispnum="NA"),
        ],
        parts=[
            *_FRANCE_AND_SPAIN,
            _row("parts", ccode=4444),
            _row("parts", endyear=1994),
            _row("parts", dispnum=9003),
            _row("parts", dispnum=9009),
        ],
    )
    disputes, parts = bulk.files
    assert disputes.rejected == {
        "nobody is known to have taken part": (1, 3),
        "no days on which it began and ended": (1, 4),
        "no number of a dispute": (1, 5),
    }
    assert parts.rejected == {
        "nobody bears the code ccode": (1, 4),
        "no days on which it began and ended": (1, 5),
        "of a dispute that is not kept": (1, 6),
        "of no dispute": (1, 7),
    }
    assert bulk.unknown == {("cow", "4444"): 1}


def test_an_incident_is_an_act_of_its_first_side(tmp_path: Path) -> None:
    acts = [_row("acts"), _row("acts", ccode=230, insidea=0)]
    clash = {"incidnum": 9001002}
    bulk = _read(
        tmp_path,
        disputes=[_row("disputes")],
        parts=_FRANCE_AND_SPAIN,
        incidents=[_row("incidents", fatality=1), _row("incidents", **clash, action=17, endday=3, endmon=5)],
        acts=[*acts, *({**act, **clash} for act in acts)],
    )
    shown, clashed = bulk.events
    assert (shown.event, shown.mode, shown.actors, shown.targets) == ("MOBILIZE", None, ("FRA",), ("ESP",))
    assert shown.what == "Show of force, in dispute 9001, 1 to 25 killed"
    assert (shown.envelope.valid.start, shown.envelope.valid.end) == (D(1995, 5, 3), D(1995, 6, 9))
    assert (clashed.event, clashed.actors, clashed.targets) == ("ASSAULT", ("FRA", "ESP"), ("FRA", "ESP"))
    assert (clashed.code, clashed.envelope.valid.precision) == ("17", "day")


@pytest.mark.parametrize(
    ("code", "event", "mode"),
    [
        (1, "THREATEN", "violence"),
        (2, "THREATEN", "restrict"),
        (8, "MOBILIZE", None),
        (10, "MOBILIZE", "troops"),
        (13, "COERCE", "restrict"),
        (14, "COERCE", "seize"),
        (16, "ASSAULT", None),
        (19, "ASSAULT", "unconventional"),
    ],
)
def test_acts_have_a_type_and_mode_of_plover(code: int, event: str, mode: str | None, tmp_path: Path) -> None:
    bulk = _read(
        tmp_path,
        disputes=[_row("disputes")],
        parts=_FRANCE_AND_SPAIN,
        incidents=[_row("incidents", action=code)],
        acts=[_row("acts"), _row("acts", ccode=230, insidea=0)],
    )
    assert [(e.event, e.mode) for e in bulk.events] == [(event, mode)]


def test_incidents_without_act_days_or_parties_take_their_rows_with_them(tmp_path: Path) -> None:
    incidents = [
        _row("incidents", action=0),
        _row("incidents", incidnum=9001002, endyear=1990),
        _row("incidents", incidnum=9001003),
    ]
    acts = [_row("acts"), _row("acts", incidnum=9001002), _row("acts", incidnum=9001009)]
    bulk = _read(
        tmp_path, disputes=[_row("disputes")], parts=_FRANCE_AND_SPAIN, incidents=incidents, acts=acts
    )
    assert not bulk.events
    rejected = {file.file: dict(file.rejected) for file in bulk.files}
    assert rejected["MIDI_5.0.csv"] == {
        "no act that is known": (1, 2),
        "no days on which it began and ended": (1, 3),
        "nobody is known to have taken part": (1, 4),
    }
    assert rejected["MIDIP_5.0.csv"] == {
        "of an incident that is not kept": (2, 2),
        "of no incident": (1, 4),
    }


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    row = _row("parts")
    del row["sidea"]
    with pytest.raises(InputError, match="has no column sidea"):
        _read(tmp_path, disputes=[_row("disputes")], parts=[row])


@pytest.mark.shared
def test_the_real_files(shared: Path) -> None:
    bulk = real("mid", shared / "data" / "disputes")
    assert counts(bulk) == {
        "MIDA_5.0.csv": (2436, 2436),
        "MIDB_5.0.csv": (5883, 5883),
        "MIDI_5.0.csv": (4483, 4482),
        "MIDIP_5.0.csv": (9619, 9619),
    }
    assert not bulk.unknown
    ties = {tie.id: tie for tie in bulk.ties}
    cuba = ties["mid-5.0:61"]
    assert [(p.actor, p.role) for p in cuba.parties] == [
        ("CUB", "target"),
        ("USA", "actor"),
        ("SUN", "target"),
    ]
    assert cuba.phases[-1].on == D(1962, 12, 12)
    karabakh = ties["mid-5.0:4414"]
    assert {p.actor for p in karabakh.parties} == {"ARM", "AZE"}
    assert karabakh.phase(D(2014, 1, 1)) == "in_force"
    assert sum(tie.envelope.valid.end is None for tie in bulk.ties) == 33
