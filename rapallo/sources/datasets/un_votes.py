"""Votes in the General Assembly as traits, each with the resolution it was on where the roll calls tell."""

from __future__ import annotations

from collections.abc import Mapping

import duckdb
import pyarrow as pa

from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.quoting import literal
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["MONTHS_UP_TO", "read"]

MONTHS_UP_TO = 57
"""The last session whose dates have a number from 1 to 7 in place of the day of the month."""

_COLUMNS = {
    "votes": ("resid", "ccode", "date", "vote"),
    "calls": ("rcid", "session", "date", "unres", "short"),
    "issues": ("rcid", "issue"),
}
_REASONS = {
    "calls": "no votes of it, or those of its session stand in another order",
    "issues": "of a roll call that is not told",
}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The votes, and what became of the rows.

    A roll call is no event between states and has no row of its own: its number, resolution and issues stand
    in the note of its votes.

    Raises:
        InputError: where a file lacks a column.
    """
    found = {role: Found(used=set(_COLUMNS[role])) for role in sheets}
    with duckdb.connect(config={"enable_external_access": "false"}) as scratch:
        for role, columns in _COLUMNS.items():
            if role in sheets:
                sheets[role].require(columns)
                scratch.register(role, sheets[role].table)
            else:
                empty = ", ".join(f"NULL::VARCHAR AS {column}" for column in columns)
                scratch.execute(f"CREATE TABLE {role} AS SELECT {empty}, NULL::INTEGER AS {LINE} LIMIT 0")
        _base(scratch)
        _who(scratch, found["votes"])
        _told(scratch)
        _judge(scratch)
        found["votes"].rows["trait"] = [scratch.sql(_made(stamps["votes"])).to_arrow_table()]
        found["votes"].rejected = _lost(scratch, "judged")
        for role, reason in _REASONS.items():
            if role in sheets:
                untold = f"SELECT {LINE}, {literal(reason)} AS wrong FROM {role}"
                untold += " WHERE coalesce(try_cast(rcid AS BIGINT), -1) NOT IN (SELECT rcid FROM told)"
                found[role].rejected = _lost(scratch, f"({untold})")
    return found


def _base(scratch: duckdb.DuckDBPyConnection) -> None:
    """Make ``base``: a row for each vote as numbers and days."""
    scratch.execute(f"""
        CREATE TABLE base AS
        SELECT *, year(day)::INTEGER AS year, resid // 1000 AS session FROM (
            SELECT {LINE}, try_cast(resid AS BIGINT) AS resid, trim(ccode::VARCHAR) AS code,
                try_cast(date AS DATE) AS day, try_cast(vote AS INTEGER) AS vote
            FROM votes
        )
    """)


def _who(scratch: duckdb.DuckDBPyConnection, found: Found) -> None:
    """Make ``who``: code and year to actor."""
    asked = scratch.execute(
        "SELECT code, year, count(*) FROM base WHERE day IS NOT NULL GROUP BY ALL"
    ).fetchall()
    known = actor_ids("cow", [(code, year) for code, year, _ in asked])
    for code, year, rows in asked:
        if (code, year) not in known:
            found.unknown["cow", code] += rows
    table = pa.table(
        {
            "code": pa.array([code for code, _ in known], pa.string()),
            "year": pa.array([year for _, year in known], pa.int32()),
            "actor": pa.array(list(known.values()), pa.string()),
        }
    )
    scratch.register("who", table)


def _told(scratch: duckdb.DuckDBPyConnection) -> None:
    """Make ``told``: the roll call of the votes to that of the list, and what is said of it.

    The two number them otherwise. Those of a session are matched by their order where each has the day of its
    counterpart, and else not at all; the list has more at its end, as votes on paragraphs.
    """
    scratch.execute("""
        CREATE TABLE told AS
        WITH counted AS (
            SELECT resid, session, mode(day) AS day,
                row_number() OVER (PARTITION BY session ORDER BY resid) AS place
            FROM base WHERE session IS NOT NULL GROUP BY resid, session
        ), listed AS (
            SELECT *, row_number() OVER (PARTITION BY session ORDER BY rcid) AS place FROM (
                SELECT try_cast(rcid AS BIGINT) AS rcid, try_cast(session AS BIGINT) AS session,
                    try_cast(date AS DATE) AS day, nullif(trim(unres::VARCHAR), '') AS unres,
                    nullif(trim(short::VARCHAR), '') AS short
                FROM calls
            )
        ), fitting AS (
            SELECT c.session FROM counted AS c LEFT JOIN listed AS l USING (session, place)
            GROUP BY c.session HAVING bool_and(coalesce(l.day = c.day, false))
        ), about AS (
            SELECT try_cast(rcid AS BIGINT) AS rcid, string_agg(DISTINCT issue, ', ' ORDER BY issue) AS issues
            FROM issues GROUP BY ALL
        )
        SELECT c.resid, l.rcid, concat_ws('; ', l.unres, l.short, 'issues: ' || a.issues) AS words
        FROM counted AS c JOIN listed AS l USING (session, place) LEFT JOIN about AS a USING (rcid)
        WHERE c.session IN (SELECT session FROM fitting)
    """)


def _judge(scratch: duckdb.DuckDBPyConnection) -> None:
    """Make ``judged``: the votes with what is wrong with each."""
    scratch.execute(f"""
        CREATE TABLE judged AS
        SELECT * REPLACE (CASE
            WHEN wrong = '' AND row_number() OVER (PARTITION BY resid, actor, wrong ORDER BY {LINE}) > 1
                THEN 'the same again as on an earlier line'
            ELSE wrong END AS wrong)
        FROM (
            SELECT b.*, w.actor, CASE
                WHEN resid IS NULL THEN 'no number of a roll call'
                WHEN day IS NULL THEN 'no day'
                WHEN coalesce(vote NOT IN (1, 2, 3), true) THEN 'vote is no known code'
                WHEN w.actor IS NULL THEN 'nobody bears the code ccode'
                ELSE '' END AS wrong
            FROM base AS b LEFT JOIN who AS w USING (code, year)
        )
    """)


def _made(stamp: Stamp) -> str:
    month = f"j.session <= {MONTHS_UP_TO}"
    return f"""
        SELECT {literal(stamp.source)} || ':un_vote:' || actor || ':' || j.resid AS id, actor,
            'un_vote' AS name, vote::DOUBLE AS value, '1 yes, 2 abstain, 3 no' AS unit,
            concat_ws('; ', 'session ' || session || ', roll call ' || j.resid % 1000, t.words) AS note,
            CASE WHEN {month} THEN date_trunc('month', day)::DATE ELSE day END AS valid_from,
            CASE WHEN {month} THEN last_day(day) ELSE day END AS valid_to,
            CASE WHEN {month} THEN 'month' ELSE 'day' END AS precision, {LINE}, {stamp.columns()}
        FROM judged AS j LEFT JOIN told AS t ON t.resid = j.resid
        WHERE wrong = ''
    """


def _lost(scratch: duckdb.DuckDBPyConnection, table: str) -> dict[str, tuple[int, int]]:
    """What is wrong to rows and the line of the first."""
    sql = f"SELECT wrong, count(*), min({LINE}) FROM {table} WHERE wrong <> '' GROUP BY wrong ORDER BY wrong"
    return {reason: (rows, line) for reason, rows, line in scratch.execute(sql).fetchall()}
