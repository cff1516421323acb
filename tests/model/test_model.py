"""The nouns refuse what makes no sense."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo import model
from rapallo.errors import InputError

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


@given(DAYS)
def test_a_written_day_is_read_back(on):
    assert model.parse_date(on.isoformat()) == model.day(on)
    assert model.parse_date(f"{on:%Y-%m}").contains(on)
    assert model.parse_date(f"{on:%Y}").contains(on)


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_an_input_error(text):
    try:
        interval = model.parse_date(text)
    except InputError:
        return
    assert interval.start is not None
    assert interval.end is not None


@pytest.mark.parametrize(
    "text", ["2023-02-29", "2024-13", "24-06-22", "2024-6-2", "", "٢٠٢٤", "2024-06-22T10:00", "0000"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InputError, match="is not a date"):
        model.parse_date(text)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_is_symmetric(a, b, c, d):
    one = model.Interval(min(a, b), max(a, b), "range")
    other = model.Interval(min(c, d), max(c, d), "range")
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(other) == any(
        one.contains(day) and other.contains(day) for day in (one.start, one.end, other.start, other.end)
    )


def test_an_interval_does_not_end_before_it_begins():
    with pytest.raises(InputError):
        model.Interval(dt.date(2024, 2, 1), dt.date(2024, 1, 1), "range")


def envelope(**changes):
    fields = {"source": "s", "release": "1", "valid": model.year(1961), "confidence": 0.5, "basis": "loaded"}
    return model.Envelope(**{**fields, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"confidence": 1.1},
        {"confidence": -0.1},
        {"basis": "recalled", "confidence": 0.61},
        {"basis": "checked"},
    ],
)
def test_an_envelope_is_honest(changes):
    with pytest.raises(InputError):
        envelope(**changes)


def test_a_tie_knows_its_phase_and_members():
    tie = model.Tie(
        "t",
        "pact",
        "a pact",
        envelope(),
        parties=(
            model.Party("POL", "party", model.Interval(dt.date(1999, 3, 12), None, "since")),
            model.Party("USA", "party", model.Interval(dt.date(1949, 8, 24), None, "since")),
        ),
        phases=(
            model.Phase("signed", dt.date(1949, 4, 4)),
            model.Phase("in_force", dt.date(1949, 8, 24)),
            model.Phase("renewed", dt.date(1969, 1, 1)),
        ),
    )
    assert tie.phase(dt.date(1949, 4, 3)) is None
    assert tie.phase(dt.date(1949, 5, 1)) == "signed"
    assert tie.phase(dt.date(1970, 1, 1)) == "in_force"
    assert tie.members(dt.date(1970, 1, 1)) == ("USA",)
    assert tie.members(dt.date(2000, 1, 1)) == ("POL", "USA")


def test_json_is_plain():
    text = "Berlin and Moscow signed at Rapallo."
    claim = model.Claim("c1", "tie", "AGREE", ("DEU", "SUN"), ("DEU", "SUN"), model.Quote.cut(text, 18, 24))
    encoded = json.loads(json.dumps(model.to_json(claim)))
    assert encoded["quote"]["exact"] == "signed"
    assert encoded["actors"] == ["DEU", "SUN"]
    assert encoded["holders"] == [{"who": "author", "attitude": "states"}]
