"""Rows of an event file as events of the record, by the column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from rapallo.sources.cameo import plover
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.quoting import literal, quoted
from rapallo.sources.sheet import LINE
from rapallo.sources.specs import Code, EventSpec
from rapallo.sources.stamp import Stamp
from rapallo.vocab import vocabulary

__all__ = ["events"]

_NOTHING = "('', 'NA', 'N/A', '---', '.', 'NULL', 'None', 'nan')"


def events(connection: duckdb.DuckDBPyConnection, spec: EventSpec, stamp: Stamp) -> Found:
    """The events of the table ``sheet`` of a connection, whose columns bear the names the spec uses.

    Args:
        connection: to a scratch database.
        spec: what its columns are.
        stamp: what the rows say of where they come from.
    """
    found = Found()
    _base(connection, spec)
    for side, codes in (("actor", spec.actor), ("other", spec.other)):
        _who(connection, side, codes, found)
    _types(connection, spec)
    _judge(connection)
    found.rows["event"] = [connection.sql(_made(stamp)).to_arrow_table()]
    lost = "SELECT wrong, count(*), min(line) FROM judged WHERE wrong <> '' GROUP BY wrong ORDER BY wrong"
    found.rejected = {reason: (rows, line) for reason, rows, line in connection.execute(lost).fetchall()}
    return found


def _base(connection: duckdb.DuckDBPyConnection, spec: EventSpec) -> None:
    who = [
        f"nullif({_text(code.column)}, '') AS {side}_{place}"
        for side, codes in (("actor", spec.actor), ("other", spec.other))
        for place, code in enumerate(codes)
    ]
    day = _text(spec.date)
    spot = ", ".join(
        f"CASE WHEN {_text(column)} NOT IN {_NOTHING} THEN {_text(column)} END" for column in spec.place
    )
    coded = [
        f"coalesce({_text(column)}, '')" if column else "''"
        for column in (spec.event, spec.mode, spec.contexts)
    ]
    code = _text(spec.cameo) if spec.cameo else f"rtrim(concat_ws('|', {', '.join(coded)}), '|')"
    ident = f"nullif({_text(spec.ident)}, '')" if spec.ident else "NULL"
    intensity = f"try_cast({_text(spec.intensity)} AS DOUBLE)" if spec.intensity else "NULL::DOUBLE"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE base AS
        SELECT {LINE} AS line, {", ".join(who)},
            {_day(day)} AS day, length({day}) = 4 AS of_year,
            coalesce({ident}, {"'line-' || " if spec.ident else ""}{LINE}::VARCHAR) AS ident, {code} AS code,
            {intensity} AS intensity,
            {_counted(spec.reports)} AS reports, {_counted(spec.sources)} AS sources,
            {f"coalesce({_text(spec.what)}, '')" if spec.what else "''"} AS what,
            {f"nullif(concat_ws(', ', {spot}), '')" if spot else "NULL"} AS place
        FROM sheet
    """)


def _who(connection: duckdb.DuckDBPyConnection, side: str, codes: Sequence[Code], found: Found) -> None:
    """Make the table ``<side>s``: line to actor, by the first of the columns that names one."""
    parts = []
    for place, code in enumerate(codes):
        column = f"{side}_{place}"
        sql = f"SELECT {column}, year(day), count(*) FROM base WHERE {column} NOT IN {_NOTHING} GROUP BY ALL"
        asked = connection.execute(sql).fetchall()
        known = actor_ids(code.scheme, [(name, year) for name, year, _ in asked])
        if place == len(codes) - 1:
            for name, year, rows in asked:
                if (name, year) not in known:
                    found.unknown[code.scheme, name] += rows
        cells = [(name, year, actor) for (name, year), actor in known.items()]
        _table(connection, f"known_{column}", ("code", "year", "actor"), cells)
        join = f"known_{column} AS k ON k.code = b.{column} AND k.year IS NOT DISTINCT FROM year(b.day)"
        parts.append(f"SELECT b.line, k.actor, {place} AS place FROM base AS b JOIN {join}")
    empty = "SELECT NULL::INTEGER AS line, NULL::VARCHAR AS actor, 0 AS place WHERE false"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {side}s AS SELECT line, first(actor ORDER BY place) AS actor "
        f"FROM ({' UNION ALL '.join(parts) or empty}) GROUP BY line"
    )
    named = " OR ".join(f"{side}_{place} NOT IN {_NOTHING}" for place in range(len(codes)))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {side}s_named AS SELECT line FROM base WHERE {named or 'false'}"
    )


def _types(connection: duckdb.DuckDBPyConnection, spec: EventSpec) -> None:
    """Make the table ``types``: code to type, mode and contexts of PLOVER."""
    codes = [code for (code,) in connection.execute("SELECT DISTINCT code FROM base").fetchall() if code]
    cells = []
    for code in codes:
        told = plover(code) if spec.cameo else _plain(code)
        if told is not None:
            cells.append((code, told[0], told[1], list(told[2])))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE types (code VARCHAR, event VARCHAR, mode VARCHAR, contexts VARCHAR[])"
    )
    if cells:
        connection.executemany("INSERT INTO types VALUES (?, ?, ?, ?)", cells)


def _plain(code: str) -> tuple[str, str | None, tuple[str, ...]] | None:
    """A type, mode and contexts as a dataset writes them, in the words of the vocabulary."""
    event, mode, about = (*code.split("|"), "", "")[:3]
    types, contexts = vocabulary("event_types"), vocabulary("contexts")
    if event.upper() not in types:
        return None
    words = [word.strip().casefold().replace(" ", "_").replace("-", "_") for word in about.split(";")]
    mode = mode.strip().casefold().replace("_", "-").replace(" ", "-")
    known = types[event.upper()].more["modes"]
    return event.upper(), mode if mode in known else None, tuple(w for w in words if w in contexts)


def _judge(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE judged AS
        SELECT b.*, a.actor AS who, o.actor AS whom, t.event, t.mode, t.contexts, CASE
            WHEN day IS NULL THEN 'no day'
            WHEN t.code IS NULL THEN 'no code of an act'
            WHEN a.actor IS NULL AND b.line IN (SELECT line FROM actors_named)
                THEN 'nobody bears the name or code of who acted'
            WHEN o.actor IS NULL AND b.line IN (SELECT line FROM others_named)
                THEN 'nobody bears the name or code of the target'
            WHEN a.actor IS NULL AND o.actor IS NULL THEN 'neither side is a state or organisation'
            ELSE '' END AS wrong
        FROM base AS b
        LEFT JOIN actors AS a ON a.line = b.line
        LEFT JOIN others AS o ON o.line = b.line
        LEFT JOIN types AS t ON t.code = b.code
    """)
    connection.execute("""
        UPDATE judged SET wrong = 'the same again as on an earlier line' WHERE line IN (
            SELECT line FROM judged WHERE wrong = ''
            QUALIFY row_number() OVER (PARTITION BY ident ORDER BY line) > 1
        )
    """)


def _made(stamp: Stamp) -> str:
    return f"""
        SELECT {literal(stamp.source)} || ':' || ident AS id, nullif(event, '') AS event, mode,
            coalesce(contexts, []) AS contexts,
            CASE WHEN who IS NULL THEN []::VARCHAR[] ELSE [who] END AS actors,
            CASE WHEN whom IS NULL THEN []::VARCHAR[] ELSE [whom] END AS targets,
            what, place,
            CASE WHEN who <> whom THEN least(who, whom) || '-' || greatest(who, whom)
                ELSE coalesce(who, whom) END AS pair, code,
            CASE WHEN isfinite(intensity) THEN intensity END AS intensity,
            greatest(reports, 1) AS reports, greatest(sources, 1) AS sources,
            day AS valid_from, CASE WHEN of_year THEN make_date(year(day), 12, 31) ELSE day END AS valid_to,
            CASE WHEN of_year THEN 'year' ELSE 'day' END AS precision, line,
            {stamp.columns()}
        FROM judged WHERE wrong = ''
    """


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Iterable[str],
    cells: Sequence[tuple[object, ...]],
) -> None:
    kinds = {"year": pa.int32()}
    made = {c: pa.array([row[n] for row in cells], kinds.get(c, pa.string())) for n, c in enumerate(columns)}
    connection.register("given", pa.table(made))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM given")
    connection.unregister("given")


def _day(text: str) -> str:
    """The day a cell means; nothing where there is none of the common era."""
    day = f"coalesce(try_cast({text} AS DATE), try_strptime({text}, ['%Y%m%d', '%Y'])::DATE)"
    return f"CASE WHEN year({day}) BETWEEN 1 AND 9999 THEN {day} END"


def _counted(column: str) -> str:
    return f"coalesce(try_cast({_text(column)} AS INTEGER), 1)" if column else "1"


def _text(column: str) -> str:
    return f"trim({quoted(column)}::VARCHAR)"
