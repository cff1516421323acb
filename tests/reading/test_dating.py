"""Time as the codebook writes it, in a document of Wednesday 2024-05-15."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapallo.model import Interval
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
        ("in the coming weeks", None, None, "unknown"),
        ("a fortnight ago", "2024-04-29", "2024-05-05", "week"),
        ("half a century ago", "1970-01-01", "1979-12-31", "decade"),
        ("over the last decade", "2014-05-15", "2024-05-15", "range"),
        ("in the past 24 hours", "2024-05-14", "2024-05-15", "day"),
        ("overnight", "2024-05-14", "2024-05-15", "day"),
        ("in the nineties", "1990-01-01", "1999-12-31", "decade"),
        ("in the '90s", "1990-01-01", "1999-12-31", "decade"),
        ("in the summer of 2022", "2022-06-01", "2022-08-31", "range"),
        ("last winter", "2023-12-01", "2024-02-29", "range"),
        ("this spring", "2024-03-01", "2024-05-15", "range"),
        ("on Christmas Eve", "2023-12-24", "2023-12-24", "day"),
        ("in Q3 2023", "2023-07-01", "2023-09-30", "quarter"),
        ("in the second half of last year", "2023-07-01", "2023-12-31", "range"),
        ("in May last year", "2023-05-01", "2023-05-31", "month"),
        ("in the last week of April", "2024-04-24", "2024-04-30", "week"),
        ("in the week of 6 May", "2024-05-06", "2024-05-12", "week"),
        ("from 3 to 5 May", "2024-05-03", "2024-05-05", "day"),
        ("on May 3-5", "2024-05-03", "2024-05-05", "day"),
        ("from 30 April to 2 May", "2024-04-30", "2024-05-02", "day"),
        ("from Monday to Wednesday", "2024-05-13", "2024-05-15", "day"),
        ("in 2014–18", "2014-01-01", "2018-12-31", "year"),
        ("in 1991-92", "1991-01-01", "1992-12-31", "year"),
        ("on 24 Feb 2022", "2022-02-24", "2022-02-24", "day"),
        ("on Feb 24", "2024-02-24", "2024-02-24", "day"),
        ("on 24/02/2022", "2022-02-24", "2022-02-24", "day"),
        ("on 02/24/2022", "2022-02-24", "2022-02-24", "day"),
        ("on 03/04/2022", "2022-01-01", "2022-12-31", "year"),
        ("in post-2014", "2014-12-31", None, "since"),
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
        ("in three months", "2024-08-01", "2024-08-31", "month"),
        ("in six months' time", "2024-11-01", "2024-11-30", "month"),
        ("by the end of the year", None, "2024-12-31", "year"),
        ("before the end of this month", None, "2024-05-31", "month"),
        ("by year-end", None, "2024-12-31", "year"),
        ("next May", "2025-05-01", "2025-05-31", "month"),
        ("on New Year's Day", "2025-01-01", "2025-01-01", "day"),
        ("from Monday to Wednesday", "2024-05-20", "2024-05-22", "day"),
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


@pytest.mark.parametrize(
    "text",
    ["the worst raid since 2019", "their first talks since last June", "unseen there since Monday"],
)
def test_since_what_a_record_holds_dates_nothing(text):
    assert find_dates(f"It was {text}.", ON) == ()


@pytest.mark.parametrize("text", ["It took Lima in three days.", "It held on until the end of the month."])
def test_how_long_it_took_is_no_date(text):
    assert all(d.past is None or d.past.start is None for d in find_dates(text, ON))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("A day earlier, Peru had closed the port.", "2024-05-01", "2024-05-01"),
        ("The following week Peru closed the port.", "2024-05-06", "2024-05-12"),
        ("Peru closed the port two days later.", "2024-05-04", "2024-05-04"),
        ("Peru had closed the port the year before.", "2023-01-01", "2023-12-31"),
    ],
)
def test_a_day_told_by_the_last_one(text, start, end):
    second = Interval(dt.date(2024, 5, 2), dt.date(2024, 5, 2), "day")
    (found,) = find_dates(text, ON, second)
    assert (found.past.start.isoformat(), found.past.end.isoformat()) == (start, end)
    assert find_dates(text, ON) == ()


def test_a_day_told_by_another_of_the_sentence():
    first, second = find_dates("Peru struck on 3 May, and Chile answered a day later.", ON)
    assert (first.past.start, second.past.start) == (dt.date(2024, 5, 3), dt.date(2024, 5, 4))


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
