"""The validation dictionaries of PETRARCH, where they are present."""

from __future__ import annotations

import datetime as dt

import pytest

from rapallo.reading.dictionaries import Dictionaries

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("version", ["verbs", "verbs.2.0"])
def test_they_are_read_but_for_a_few_lines(shared, version):
    folder = shared / "data" / "petrarch_unit"
    if not folder.is_dir():
        pytest.skip("no dictionaries of PETRARCH among the datasets")
    names = (version, "actors", "agents", "discards")
    found = Dictionaries.load([folder / f"PETR.Validate.{name}.txt" for name in names])
    assert len(found.verbs.forms) > 400
    assert len(found.actors.bearers) > 100
    assert len(found.unread) <= 2
    event = next(iter(found.code("Rohan condemned Mordor on Monday.", dt.date(1995, 1, 1))))
    assert (event.source, event.target) == ("ROH", "MOR")
