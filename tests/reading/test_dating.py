"""Time as the codebook writes it, in a document of Wednesday 2024-05-15."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.reading.dating import find_dates

ON = dt.date(2024, 5, 15)


def iso(text, *, ahead=False):
    found = find_dates(text, ON)
    assert len(found) == 1, found
    when = found[0].ahead if ahead else found[0].past
    return (when.start and when.start.isoformat(), when.end and when.end.isoformat(), when.precision)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on Monday", "2024-05-13", "2024-05-13", "day"),
        ("yesterday", "2024-05-14", "2024-05-14", "day"),
        ("on 3 March", "2024-03-03", "2024-03-03", "day"),
        ("on March 3, 2021", "2021-03-03", "2021-03-03", "day"),
        ("on 2019-11-05", "2019-11-05", "2019-11-05", "day"),
        ("on 20 December", "2023-12-20", "2023-12-20", "day"),
        ("this week", "2024-05-13", "2024-05-15", "week"),
        ("last week", "2024-05-06", "2024-05-12", "week"),
        ("two weeks ago", "2024-04-29", "2024-05-05", "week"),
        ("in April", "2024-04-01", "2024-04-30", "month"),
        ("in June", "2023-06-01", "2023-06-30", "month"),
        ("early in April", "2024-04-01", "2024-04-30", "month"),
        ("last month", "2024-04-01", "2024-04-30", "month"),
        ("in December 2022", "2022-12-01", "2022-12-31", "month"),
        ("the first quarter", "2024-01-01", "2024-03-31", "quarter"),
        ("the third quarter of 2022", "2022-07-01", "2022-09-30", "quarter"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("late 2019", "2019-01-01", "2019-12-31", "year"),
        ("three years ago", "2021-01-01", "2021-12-31", "year"),
        ("the 1961 treaty", "1961-01-01", "1961-12-31", "year"),
        ("the 1930s", "1930-01-01", "1939-12-31", "decade"),
        ("the last century", "1901-01-01", "2000-12-31", "century"),
        ("the 19th century", "1801-01-01", "1900-12-31", "century"),
        ("since 2019", "2019-01-01", None, "since"),
        ("since last month", "2024-04-01", None, "since"),
        ("for two years now", "2022-01-01", None, "since"),
        ("from 2014 to 2018", "2014-01-01", "2018-12-31", "year"),
        ("between 2014 and 2018", "2014-01-01", "2018-12-31", "year"),
        ("over the past three years", "2021-05-15", "2024-05-15", "range"),
        ("until 2019", None, "2019-12-31", "year"),
        ("for decades", None, None, "unknown"),
        ("recently", None, None, "unknown"),
    ],
)
def test_past(text, start, end, precision):
    assert iso(f"It was so {text} there.") == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on Friday", "2024-05-17", "2024-05-17", "day"),
        ("tomorrow", "2024-05-16", "2024-05-16", "day"),
        ("on 3 March", "2025-03-03", "2025-03-03", "day"),
        ("later this month", "2024-05-15", "2024-05-31", "month"),
        ("next month", "2024-06-01", "2024-06-30", "month"),
        ("in July", "2024-07-01", "2024-07-31", "month"),
        ("by 2027", None, "2027-12-31", "year"),
        ("within 48 hours", "2024-05-15", "2024-05-17", "day"),
    ],
)
def test_ahead(text, start, end, precision):
    assert iso(f"It will be so {text} there.", ahead=True) == (start, end, precision)


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "It has 1961 soldiers.",
        "It cost 2,019 dollars.",
        "Resolution 1973b was read.",
        "At the second attempt it held.",
    ],
)
def test_no_time_is_read_where_none_is_told(text):
    assert find_dates(text, ON) == ()


@given(st.text(max_size=80), st.dates())
def test_any_text_and_any_anchor(text, on):
    for found in find_dates(text, on):
        assert text[found.start : found.end]


@given(
    st.sampled_from(
        ["last century", "ten decades ago", "next year", "999 years ago", "in the 1990s", "the past 900 days"]
    ),
    st.dates(),
)
def test_the_ends_of_the_calendar(text, on):
    find_dates(text, on)
