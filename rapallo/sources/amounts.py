"""Rows of numbers per state or pair and year as amounts of the record, by the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cache

import duckdb
import pyarrow as pa

from rapallo import actors
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.quoting import literal, quoted
from rapallo.sources.sheet import LINE
from rapallo.sources.specs import Amount, Code, RowSpec
from rapallo.sources.stamp import Stamp

__all__ = ["NOTHING", "amounts"]

Asked = tuple[str, int | None]
"""A code and the year it is used for."""

NOTHING = ("", "NA", "N/A", "NaN", "nan", ".", "NULL", "None")
"""What stands in a cell that holds nothing."""


def amounts(connection: duckdb.DuckDBPyConnection, specs: Sequence[RowSpec], stamp: Stamp) -> Found:
    """The amounts of the table ``sheet`` of a connection, whose columns bear the names the specs use.

    A line of which no spec takes anything is rejected with the reason of the last spec.

    Args:
        connection: to a scratch database.
        specs: what its rows become.
        stamp: what the rows say of where they come from.
    """
    found = Found()
    connection.execute("CREATE OR REPLACE TEMP TABLE fate (line INTEGER, reason VARCHAR)")
    for spec in specs:
        _cells(connection, spec, found)
        made = _rows(connection, spec, stamp)
        if made.num_rows:
            found.rows.setdefault(spec.family, []).append(made)
    lost = connection.execute(
        """
        SELECT reason, count(*), min(line) FROM (
            SELECT line, last(reason ORDER BY reason) AS reason FROM fate
            GROUP BY line HAVING bool_and(reason <> '')
        ) GROUP BY reason ORDER BY reason
        """
    ).fetchall()
    found.rejected = {reason: (rows, line) for reason, rows, line in lost}
    return found


def _cells(connection: duckdb.DuckDBPyConnection, spec: RowSpec, found: Found) -> None:
    """Fill ``cells``: a row for each amount of each line, with its actors, its years and what is wrong."""
    first = spec.year or spec.first
    last = spec.year or spec.last or first
    other = _code(spec.other) if spec.other else "NULL"
    kept = " AND ".join(
        f"{_text(column)} IN ({', '.join(map(literal, values))})" for column, values in spec.only.items()
    )
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE base AS
        SELECT {LINE} AS line, {_code(spec.actor)} AS code, {other} AS other_code,
            {_year(first, spec.since)} AS first_year, {_year(last, spec.since)} AS last_year,
            {_text(spec.ident) if spec.ident else "''"} AS ident,
            coalesce({kept or "true"}, false) AS of_kind,
            {", ".join(map(quoted, _numbers_and_notes(spec)))}
        FROM sheet
    """)
    for side, code in (("code", spec.actor), ("other_code", spec.other)):
        _who(connection, side, code, found)
    parts = " UNION ALL ".join(_cell(column, amount, spec) for column, amount in spec.amounts.items())
    pair, second = spec.other is not None, spec.other.said if spec.other else ""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE cells AS
        WITH told AS (
            SELECT b.*, a.actor AS actor, o.actor AS other, greatest(a.begun, o.begun) AS begun,
                least(a.ended, o.ended) AS ended
            FROM base AS b
            LEFT JOIN who_code AS a ON a.code = b.code AND a.year IS NOT DISTINCT FROM b.first_year
            LEFT JOIN who_other_code AS o
                ON o.code = b.other_code AND o.year IS NOT DISTINCT FROM b.first_year
        ), judged AS (
            SELECT *, CASE
                WHEN NOT of_kind THEN 'of a kind that is not read'
                WHEN {str(bool(first)).lower()} AND first_year IS NULL THEN 'no year'
                WHEN last_year < first_year THEN 'ends before it begins'
                WHEN actor IS NULL THEN {literal(f"nobody bears the code {spec.actor.said}")}
                WHEN {str(pair).lower()} AND other IS NULL THEN {literal(f"nobody bears the code {second}")}
                WHEN {str(pair).lower()} AND actor = other THEN 'a state with itself'
                WHEN ended < begun THEN 'two that never were on one day'
                WHEN {str(spec.once).lower()} AND actor > other THEN 'the same pair in the other order'
                ELSE '' END AS wrong
            FROM told
        )
        {parts}
    """)
    connection.execute("""
        INSERT INTO fate
        SELECT line, CASE WHEN bool_or(wrong = '') THEN '' ELSE last(wrong ORDER BY wrong) END
        FROM cells GROUP BY line
    """)


def _cell(column: str, amount: Amount, spec: RowSpec) -> str:
    text, number = _text(column), f"try_cast({_text(column)} AS DOUBLE)"
    missing = [f"coalesce({text}, '') IN ({', '.join(map(literal, NOTHING))})", f"isnan({number})"]
    missing += [f"{number} = {value!r}" for value in spec.missing]
    missing += [f"{number} = 0"] if spec.zero == "missing" else []
    bounds = [f"{number} < {amount.least!r}"] if amount.least is not None else []
    bounds += [f"{number} > {amount.most!r}"] if amount.most is not None else []
    value = f"{number} * {amount.scale!r}"
    if amount.codes:
        told = " ".join(f"WHEN {code!r} THEN {meaning!r}" for code, meaning in amount.codes.items())
        value = f"(CASE {number} {told} END)::DOUBLE * {amount.scale!r}"
        bounds.append(f"{number} NOT IN ({', '.join(map(repr, amount.codes))})")
    one, two = ("other", "actor") if amount.reverse else ("actor", "other")
    return f"""
        SELECT line, ident, {one} AS actor, {two} AS other, first_year, last_year, begun, ended,
            {literal(amount.name)} AS name, {literal(amount.what)} AS what, {_note(amount)} AS note,
            {literal(amount.unit)} AS unit, {value} AS value,
            CASE
                WHEN wrong <> '' THEN wrong
                WHEN coalesce({" OR ".join(missing)}, false) THEN 'missing in the source'
                WHEN {number} IS NULL OR NOT isfinite({number}) THEN {literal(f"{column} is no number")}
                WHEN {" OR ".join(bounds) or "false"} THEN {literal(f"{column} is out of bounds")}
                ELSE '' END AS wrong
        FROM judged
    """


def _numbers_and_notes(spec: RowSpec) -> Sequence[str]:
    """Columns of the amounts and of what is noted of them, each once."""
    notes = [column for amount in spec.amounts.values() for column in amount.note.values()]
    return list({column.casefold(): column for column in (*spec.amounts, *notes)}.values())


def _note(amount: Amount) -> str:
    """What is said of an amount beside its value: ``sd 410.6, votes 42`` or the like."""
    if not amount.note:
        return literal(amount.what)
    nothing = ", ".join(map(literal, NOTHING))
    told = [
        f"CASE WHEN {_text(column)} NOT IN ({nothing}) THEN {literal(f'{called} ')} || {_text(column)} END"
        for called, column in amount.note.items()
    ]
    noted = f"nullif(concat_ws(', ', {', '.join(told)}), '')"
    return f"concat_ws('; ', nullif({literal(amount.what)}, ''), {noted})"


def _rows(connection: duckdb.DuckDBPyConnection, spec: RowSpec, stamp: Stamp) -> pa.Table:
    """The rows of the record that ``cells`` give; of two with one key the first."""
    kept = "SELECT * FROM cells WHERE wrong = ''"
    again = "the same again as on an earlier line"
    key = "actor, other, name, what, ident, first_year, begun"
    twice = connection.execute(
        f"SELECT 1 FROM ({kept}) GROUP BY {key} HAVING count(*) > 1 LIMIT 1"
    ).fetchall()
    if twice:
        order = f"row_number() OVER (PARTITION BY {key} ORDER BY line)"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE doubled AS SELECT line FROM "
            f"(SELECT line, {order} AS place FROM ({kept})) GROUP BY line HAVING min(place) > 1"
        )
        connection.execute(f"UPDATE fate SET reason = '{again}' WHERE line IN (SELECT line FROM doubled)")
        kept = f"{kept} QUALIFY {order} = 1"
    if spec.runs:
        kept = _runs(kept)
    pair = "actor" if spec.family == "trait" else "actor || '-' || other"
    year = "CASE WHEN begun > make_date(first_year, 1, 1) THEN begun::VARCHAR ELSE first_year::VARCHAR END"
    when = f"coalesce(':' || nullif(ident, ''), '') || coalesce(':' || {year}, '')"
    of = "CASE WHEN what = '' THEN '' ELSE ':' || what END" if spec.family == "flow" else "''"
    own = {
        "trait": "actor, name, value, unit, note",
        "flow": "name AS kind, actor AS origin, other AS destination, value, unit, what",
        "dyad": "actor, other, name, value, unit, note",
    }[spec.family]
    return connection.sql(f"""
        SELECT {literal(stamp.source)} || ':' || name || {of} || ':' || {pair} || {when} AS id, {own},
            coalesce(begun, make_date(first_year, 1, 1)) AS valid_from,
            coalesce(ended, make_date(last_year, 12, 31)) AS valid_to,
            CASE WHEN first_year IS NULL THEN 'unknown' WHEN last_year IS NULL THEN 'since'
                WHEN begun > make_date(first_year, 1, 1) OR ended < make_date(last_year, 12, 31) THEN 'range'
                WHEN first_year = last_year THEN 'year' ELSE 'range' END AS precision,
            line, {stamp.columns()}
        FROM ({kept})
    """).to_arrow_table()


def _runs(kept: str) -> str:
    """Years on end with the same amount as one; a year that is not whole ends or begins a run."""
    by = "PARTITION BY actor, other, name, what, note, ident, value ORDER BY first_year, begun"
    return f"""
        SELECT actor, other, name, what, note, ident, unit, value, min(first_year) AS first_year,
            max(last_year) AS last_year, min(coalesce(begun, make_date(first_year, 1, 1))) AS begun,
            max(coalesce(ended, make_date(last_year, 12, 31))) AS ended, min(line) AS line
        FROM (
            SELECT *, sum(breaks::INTEGER) OVER ({by} ROWS UNBOUNDED PRECEDING) AS run
            FROM (
                SELECT *, coalesce(
                    first_year <> lag(last_year) OVER ({by}) + 1
                    OR begun > make_date(first_year, 1, 1)
                    OR lag(ended) OVER ({by}) < make_date(lag(last_year) OVER ({by}), 12, 31),
                    begun > make_date(first_year, 1, 1), false
                ) AS breaks
                FROM ({kept})
            )
        ) GROUP BY actor, other, name, what, note, ident, unit, value, run
    """


def _who(connection: duckdb.DuckDBPyConnection, side: str, code: Code | None, found: Found) -> None:
    """Put the actors of a column's codes into the table ``who_<side>``."""
    table = pa.table(
        {
            "code": pa.array([], pa.string()),
            "year": pa.array([], pa.int32()),
            "actor": pa.array([], pa.string()),
            "begun": pa.array([], pa.date32()),
            "ended": pa.array([], pa.date32()),
        }
    )
    if code is not None:
        sql = (
            f"SELECT {side}, first_year, count(*) FROM base WHERE {side} IS NOT NULL AND of_kind GROUP BY ALL"
        )
        asked = connection.execute(sql).fetchall()
        known = actor_ids(code.scheme, [(c, y) for c, y, _ in asked])
        for value, year, rows in asked:
            if (value, year) not in known:
                found.unknown[code.scheme, value] += rows
        days = _parted(code.scheme, known)
        table = pa.table(
            {
                "code": pa.array([c for c, _ in known], pa.string()),
                "year": pa.array([y for _, y in known], pa.int32()),
                "actor": pa.array(list(known.values()), pa.string()),
                "begun": pa.array([days.get(key, (None, None))[0] for key in known], pa.date32()),
                "ended": pa.array([days.get(key, (None, None))[1] for key in known], pa.date32()),
            }
        )
    connection.register("known_codes", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE who_{side} AS SELECT * FROM known_codes")
    connection.unregister("known_codes")


def _code(code: Code) -> str:
    return literal(code.said) if code.fixed else f"nullif({_text(code.column)}, '')"


def _year(column: str, since: int) -> str:
    """The year a cell means; nothing where it is no whole number or none of the common era."""
    if not column:
        return "CAST(NULL AS INTEGER)"
    year = f"try_cast({_text(column)} AS DOUBLE) + {since}"
    return f"CASE WHEN {year} BETWEEN 1 AND 9999 AND {year} = trunc({year}) THEN ({year})::INTEGER END"


def _text(column: str) -> str:
    return f"trim({quoted(column)}::VARCHAR)"


def _parted(scheme: str, known: Mapping[Asked, str]) -> dict[Asked, tuple[dt.date, dt.date]]:
    """The days of codes that one actor bore one after another in a year, as Germany did in 1990."""
    changes = _changes(scheme) if scheme in {"cow", "gw"} else {}
    found: dict[Asked, tuple[dt.date, dt.date]] = {}
    for (code, year), actor in known.items():
        if year is not None and (borne := changes.get((actor, year))):
            at = int(float(code))
            if at in borne:
                found[code, year] = borne[at]
    return found


@cache
def _changes(system: str) -> Mapping[tuple[str, int], Mapping[int, tuple[dt.date, dt.date]]]:
    """The years in which an actor bore several codes of a state system, each with its days in the year."""
    borne: dict[tuple[str, int], dict[int, tuple[dt.date, dt.date]]] = {}
    for code, actor, days in actors.memberships(system):
        begun, ended = days.start or dt.date(1816, 1, 1), days.end or dt.date.today()
        for year in {begun.year, ended.year}:
            its = max(begun, dt.date(year, 1, 1)), min(ended, dt.date(year, 12, 31))
            borne.setdefault((actor, year), {})[code] = its
    return {key: codes for key, codes in borne.items() if len(codes) > 1}
