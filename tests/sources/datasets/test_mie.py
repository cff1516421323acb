"""Militarised events between two states."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date


def _row(**given: Any) -> dict[str, Any]:
    days = {"stday": 3, "stmon": 5, "styear": 1901, "endday": 3, "endmon": 5, "endyear": 1901}
    deaths = {"fatalmin1": 0, "fatalmax1": 0, "fatalmin2": 0, "fatalmax2": 0}
    own = {"micnum": 9001, "eventnum": 1, "ccode1": 220, "ccode2": 230, "action": 16}
    return {**dict.fromkeys(dataset("mie").tables["events"].unused, ""), **days, **deaths, **own, **given}


def test_the_first_state_acts_on_the_second_and_in_a_clash_each_on_the_other(tmp_path: Path) -> None:
    listed = [
        _row(fatalmin2=3, fatalmax2=12),
        _row(eventnum=2, action=17, stday=-9, fatalmin1=4, fatalmax1=4),
        _row(eventnum=3, action=22, endmon=7),
    ]
    attack, clash, battle = made_up("mie", {"events": listed}, tmp_path).events
    assert (attack.id, attack.event, attack.actors, attack.targets) == (
        "mie-1.0:9001/1",
        "ASSAULT",
        ("FRA",),
        ("ESP",),
    )
    assert attack.what == "Attack, in confrontation 9001, 3 to 12 killed of Spain"
    assert clash.actors == clash.targets == ("FRA", "ESP")
    assert clash.what.endswith("4 killed of France")
    assert (clash.envelope.valid.start, clash.envelope.valid.end) == (D(1901, 5, 1), D(1901, 5, 3))
    assert (battle.event, battle.code, battle.envelope.valid.end) == ("ASSAULT", "22", D(1901, 7, 3))


def test_rows_that_are_no_event_are_rejected(tmp_path: Path) -> None:
    listed = [
        _row(action=0),
        _row(eventnum=2, action=99),
        _row(eventnum=3, endyear=1900),
        _row(eventnum=4, ccode2=4444),
        _row(eventnum=5, ccode2=220),
    ]
    bulk = made_up("mie", {"events": listed}, tmp_path)
    assert bulk.files[0].rejected == {
        "no act that is known": (2, 2),
        "no days on which it began and ended": (1, 4),
        "nobody bears the code ccode1 or ccode2": (1, 5),
        "a state with itself": (1, 6),
    }
    assert bulk.unknown == {("cow", "4444"): 1}
    assert not bulk.events


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    row = _row()
    del row["action"]
    with pytest.raises(InputError, match="has no column action"):
        made_up("mie", {"events": [row]}, tmp_path)


@pytest.mark.shared
def test_the_real_file(shared: Path) -> None:
    bulk = real("mie", shared / "data" / "disputes")
    assert counts(bulk) == {"mie-1.0.csv": (28011, 28011)}
    events = {event.id: event for event in bulk.events}
    landing = events["mie-1.0:3630/3"]  # Argentina occupied the Falkland Islands on 2 April 1982
    assert (landing.event, landing.mode) == ("COERCE", "seize")
    assert (landing.actors, landing.targets) == (("ARG",), ("GBR",))
    assert (landing.envelope.valid.start, landing.envelope.valid.end) == (D(1982, 4, 2), D(1982, 6, 14))
    corfu = events["mie-1.0:4/2"]  # Albania fired on British cruisers in the Corfu Channel on 15 May 1946
    assert (corfu.event, corfu.actors, corfu.targets) == ("ASSAULT", ("ALB",), ("GBR",))
    assert corfu.envelope.valid.start == D(1946, 5, 15)
