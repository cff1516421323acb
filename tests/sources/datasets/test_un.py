"""Votes in the General Assembly, and what is estimated from them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from rapallo.errors import InputError
from rapallo.sources.datasets.un_votes import MONTHS_UP_TO
from tests.sources.datasets.reading import counts, made_up, real, rows

D = dt.date


def _vote(roll_call: int, code: int, date: str, vote: int) -> dict[str, Any]:
    return {"resid": roll_call, "ccode": code, "date": date, "year": 1950, "vote": vote}


def _call(number: int, session: int, date: str, resolution: str) -> dict[str, Any]:
    rest = {"importantvote": "0", "amend": "0", "para": "0", "descr": "at length"}
    return {"rcid": number, "session": session, "date": date, "unres": resolution, "short": "MADE UP", **rest}


def test_a_vote_bears_its_resolution_and_issues_where_the_order_fits(tmp_path: Path) -> None:
    votes = [
        _vote(60001, 2, "2005-11-01", 3),
        _vote(60002, 2, "2005-11-08", 1),
        _vote(61001, 2, "2006-11-02", 2),
    ]
    calls = [
        _call(90, 60, "2005-11-01", "R/60/1"),
        _call(91, 60, "2005-11-08", "R/60/2"),
        _call(9001, 60, "2005-11-01", "R/60/1"),
        _call(92, 61, "2006-12-24", "R/61/9"),
    ]
    issues = [
        {"rcid": 91, "short_name": "hr", "issue": "Human rights"},
        {"rcid": 91, "short_name": "co", "issue": "Colonialism"},
        {"rcid": 92, "short_name": "hr", "issue": "Human rights"},
    ]
    bulk = made_up("un-votes", {"votes": votes, "calls": calls, "issues": issues}, tmp_path)
    assert [(r["value"], r["valid_from"], r["precision"], r["note"]) for r in rows(bulk)] == [
        (3, D(2005, 11, 1), "day", "session 60, roll call 1; R/60/1; MADE UP"),
        (
            1,
            D(2005, 11, 8),
            "day",
            "session 60, roll call 2; R/60/2; MADE UP; issues: Colonialism, Human rights",
        ),
        (2, D(2006, 11, 2), "day", "session 61, roll call 1"),
    ]
    assert counts(bulk) == {
        "un_votes_1946_2022.parquet": (3, 3),
        "un_roll_calls.parquet": (4, 2),
        "un_roll_call_issues.parquet": (3, 2),
    }


def test_of_the_early_votes_only_the_month_is_known(tmp_path: Path) -> None:
    (row,) = rows(made_up("un-votes", {"votes": [_vote(57003, 2, "2002-12-05", 1)]}, tmp_path))
    assert (row["valid_from"], row["valid_to"], row["precision"]) == (
        D(2002, 12, 1),
        D(2002, 12, 31),
        "month",
    )


def test_who_had_a_seat_without_being_a_state_of_the_system_is_known(tmp_path: Path) -> None:
    votes = [_vote(5001, code, "1950-10-03", 1) for code in (369, 370, 365, 713)]
    bulk = made_up("un-votes", {"votes": votes}, tmp_path)
    assert [r["actor"] for r in rows(bulk)] == ["BLR", "SUN", "TWN", "UKR"]
    assert not bulk.unknown


def test_votes_that_cannot_be_read_are_rejected(tmp_path: Path) -> None:
    votes = [
        _vote(60001, 2, "2005-11-01", 8),
        _vote(60001, 2, "", 1),
        _vote(60001, 999, "2005-11-01", 1),
        _vote(60001, 2, "2005-11-01", 1),
        _vote(60001, 2, "2005-11-02", 1),
    ]
    bulk = made_up("un-votes", {"votes": votes}, tmp_path)
    assert bulk.files[0].rejected == {
        "no day": (1, 2),
        "nobody bears the code ccode": (1, 3),
        "the same again as on an earlier line": (1, 5),
        "vote is no known code": (1, 1),
    }
    assert bulk.unknown == {("cow", "999"): 1}


def test_votes_without_a_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column date"):
        made_up("un-votes", {"votes": [{"resid": 60001, "ccode": 2, "vote": 1}]}, tmp_path)


def _point(code: int, session: int, **agree: Any) -> dict[str, Any]:
    quantiles = {f"{q}All": 0.5 for q in ("QO%", "Q5%", "Q10%", "Q50%", "Q90%", "Q95%", "Q100%")}
    shares = {f"{who}Agree": "NA" for who in ("US", "RUSS", "Brazil", "China", "India", "Israel")}
    head = {"": 1, "ccode": code, "session": session, "NVotesAll": 42, "IdealPointAll": -1.25}
    return {**head, **quantiles, "iso3c": "XXX", "Countryname": "X", **shares, **agree}


def test_a_session_is_the_year_it_opens_in(tmp_path: Path) -> None:
    points = [_point(20, 1, RUSSAgree="0.25"), _point(2, 46, USAgree="1", RUSSAgree="0.5")]
    bulk = made_up("un-ideal-points", {"points": points}, tmp_path)
    assert [(r["actor"], r["valid_from"].year, r["value"]) for r in rows(bulk)] == [
        ("CAN", 1946, -1.25),
        ("USA", 1991, -1.25),
    ]
    assert rows(bulk)[0]["note"].startswith("votes 42, lowest 0.5, 5 % 0.5")
    assert [(r["actor"], r["other"], r["value"]) for r in rows(bulk, "dyad")] == [
        ("CAN", "SUN", 0.25),
        ("USA", "SUN", 0.5),
    ]
    assert counts(bulk) == {"ideal_points_jun2024.csv.gz": (2, 2)}


@pytest.mark.shared
def test_the_real_votes(shared: Path) -> None:
    bulk = real("un-votes", shared / "data" / "un_votes")
    assert counts(bulk) == {
        "un_votes_1946_2022.parquet": (855_890, 855_887),
        "un_roll_calls.parquet": (6_203, 5_520),
        "un_roll_call_issues.parquet": (5_745, 5_195),
    }
    assert not bulk.unknown
    (table,) = bulk.tables["trait"]
    seat = table.filter(pc.match_substring(table["note"], "; R/26/2758G;"))
    votes = {row["actor"]: row["value"] for row in seat.to_pylist()}
    # the seat of China on 25 October 1971, which the file dates to the 7th: 35 against, 17 abstained
    assert (votes["USA"], votes["JPN"], votes["SUN"], votes["GBR"]) == (3, 3, 1, 1)
    assert (list(votes.values()).count(3), list(votes.values()).count(2)) == (35, 17)
    assert set(seat["precision"].to_pylist()) == {"month"}
    # that what is said of a roll call is said of the right one shows in tallies of record
    assert _tally(table, "; R/52/10;") == (143, 3, 17)  # the embargo on Cuba, 5 November 1997
    assert _tally(table, "; R/67/19;") == (138, 9, 41)  # Palestine an observer state, 29 November 2012
    assert _tally(table, "; R/68/262;") == (100, 11, 58)  # the integrity of Ukraine, 27 March 2014


def _tally(table: pa.Table, words: str) -> tuple[int, int, int]:
    """Votes for and against, and those who abstained."""
    votes = table.filter(pc.match_substring(table["note"], words))["value"].to_pylist()
    return votes.count(1), votes.count(3), votes.count(2)


@pytest.mark.shared
def test_days_are_days_of_the_month_only_after_the_early_sessions(shared: Path) -> None:
    votes = pa.parquet.read_table(shared / "data" / "un_votes" / "un_votes_1946_2022.parquet")
    session = pc.divide(votes["resid"], 1000)
    day = pc.cast(pc.utf8_slice_codeunits(votes["date"], 8, 10), pa.int32())
    assert pc.max(day.filter(pc.less_equal(session, MONTHS_UP_TO))).as_py() == 7
    for later in range(MONTHS_UP_TO + 1, 79):
        assert pc.max(day.filter(pc.equal(session, later))).as_py() > 7


@pytest.mark.shared
def test_the_real_ideal_points(shared: Path) -> None:
    bulk = real("un-ideal-points", shared / "data" / "un_votes")
    assert counts(bulk) == {"ideal_points_jun2024.csv.gz": (11_238, 11_238)}
    assert not bulk.unknown
    points = {(r["actor"], r["valid_from"].year): r["value"] for r in rows(bulk)}
    assert points["USA", 1985] > 2
    assert points["SUN", 1985] < 0
    with_china = [r for r in rows(bulk, "dyad") if r["other"] == "CHN"]
    assert min(r["valid_from"].year for r in with_china) == 1971
