"""Rows that hold from one day to another as traits of the record."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from rapallo.sources.amounts import NOTHING
from rapallo.sources.codes import bearers
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE
from rapallo.sources.specs import Held, SpellSpec
from rapallo.sources.stamp import Stamp

__all__ = ["spells", "traits"]

Row = Mapping[str, Any]
Parts = tuple[tuple[str, dt.date, dt.date | None], ...]

_COLUMNS = pa.schema(
    [
        ("id", pa.string()),
        ("actor", pa.string()),
        ("name", pa.string()),
        ("value", pa.float64()),
        ("unit", pa.string()),
        ("note", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("line", pa.int32()),
    ]
)


def spells(table: pa.Table, specs: Sequence[SpellSpec], stamp: Stamp) -> Found:
    """The traits of a table's rows over the days each row tells.

    Where another state bears the code from some day on, the row is parted on that day. A line of which no
    spec takes anything is rejected with the reason of the first spec.

    Args:
        table: with the columns the specs name, in whatever case, and the line.
        specs: what its rows become.
        stamp: what the rows say of where they come from.
    """
    found, made = Found(), dict[str, dict[str, Any]]()
    for row in table.rename_columns([name.casefold() for name in table.column_names]).to_pylist():
        fates = [_take(row, spec, stamp, made, found) for spec in specs]
        if all(fates):
            found.reject(fates[0], [row[LINE]])
    found.rows["trait"] = [traits(made.values(), stamp)]
    return found


def traits(rows: Iterable[Mapping[str, Any]], stamp: Stamp) -> pa.Table:
    """Rows of the family trait; each gives id, actor, name, value, unit, note, valid_from, valid_to and line.

    Args:
        rows: by the column; one without ``valid_to`` has an open end.
        stamp: what the rows say of where they come from.
    """
    first, last = "make_date(year(valid_to), 1, 1)", "make_date(year(valid_from), 12, 31)"
    precision = f"""
        CASE WHEN valid_to IS NULL THEN 'since' WHEN valid_from = valid_to THEN 'day'
            WHEN valid_from = {first} AND valid_to = {last} THEN 'year' ELSE 'range' END AS precision
    """
    with duckdb.connect() as scratch:
        scratch.register("made", pa.Table.from_pylist(list(rows), schema=_COLUMNS))
        return scratch.sql(f"SELECT *, {precision}, {stamp.columns()} FROM made").to_arrow_table()


def _take(row: Row, spec: SpellSpec, stamp: Stamp, made: dict[str, dict[str, Any]], found: Found) -> str:
    """Put what a row gives into ``made``, by id; why it gives nothing, or no words."""
    first = written(*(row[column.casefold()] for column in spec.first))
    last = written(*(row[column.casefold()] for column in spec.last)) if spec.last else None
    code = _text(row, spec.actor.column)
    if first is None or first.start is None:
        return "no day on which it begins"
    if last is None and any(_told(row, column, spec) for column in spec.last):
        return "no day on which it ends"
    if last and last.end and last.end < first.start:
        return "ends before it begins"
    if not code:
        return f"nobody bears the code {spec.actor.column}"
    values = list(_values(row, spec))
    if not any(isinstance(value, float) for _, _, value in values):
        return str(values[-1][2])
    parts = bearers(spec.actor.scheme, code, first.start, last.end if last else None, within=spec.within)
    if not parts:
        found.unknown[spec.actor.scheme, code] += 1
        return f"nobody bears the code {spec.actor.column}"
    ident = f":{_text(row, spec.ident)}" if spec.ident else ""
    offered = {
        (key := f"{stamp.source}:{name}:{actor}{ident}:{begun}"): {
            "id": key,
            "actor": actor,
            "name": name,
            "value": value,
            "unit": held.unit,
            "note": ", ".join(text for column in held.note if (text := _text(row, column))),
            "valid_from": begun,
            "valid_to": ended,
            LINE: row[LINE],
        }
        for name, held, value in values
        if isinstance(value, float)
        for actor, begun, ended in (_last_day(parts) if held.ends else parts)
    }
    fresh = {key: cells for key, cells in offered.items() if key not in made}
    made.update(fresh)
    if not offered:
        return "no day on which it ends"
    return "" if fresh else "the same again as on an earlier line"


def _last_day(parts: Parts) -> Parts:
    """The last day of the last of some spells; nothing where it is open."""
    actor, _, ended = parts[-1]
    return ((actor, ended, ended),) if ended else ()


def _values(row: Row, spec: SpellSpec) -> Iterator[tuple[str, Held, float | str]]:
    """The value of each trait, or why there is none."""
    for name, held in spec.traits.items():
        text = _text(row, held.column) if held.column else ""
        if not held.column:
            yield name, held, held.value
        elif not _told(row, held.column, spec):
            yield name, held, "missing in the source"
        else:
            yield name, held, _number(text, held)


def _number(text: str, held: Held) -> float | str:
    if held.words:
        return held.words.get(text, f"{held.column} is no word that is known")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return f"{held.column} is no number"
    if (held.least is not None and number < held.least) or (held.most is not None and number > held.most):
        return f"{held.column} is out of bounds"
    return number * held.scale


def _told(row: Row, column: str, spec: SpellSpec) -> bool:
    """Whether a cell says anything; a negative day or year does not."""
    text = _text(row, column)
    negative = column in spec.last and text.startswith("-")
    return text not in (*NOTHING, *spec.missing) and not negative


def _text(row: Row, column: str) -> str:
    cell = row[column.casefold()]
    return "" if cell is None else str(cell).strip()
