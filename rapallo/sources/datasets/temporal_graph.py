"""Quadruples of numbers (who, what, to whom, when) as events: the numbers of names, and of acts of CAMEO."""

from __future__ import annotations

import re
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from rapallo.sources import cameo
from rapallo.sources.events import events
from rapallo.sources.found import Found
from rapallo.sources.quoting import literal
from rapallo.sources.sheet import Sheet
from rapallo.sources.specs import Code, EventSpec
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_CLOCKS = {"icews14": ("2014-01-01", 24), "icews0515": ("2005-01-01", 1)}
"""By release: the day that its time counts from, and how many of its units make a day."""

_WITHIN = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)?)\)\s*$")
_PARTS = ("train", "valid", "test")
_SPEC = EventSpec(
    actor=(Code(name="subject"),),
    other=(Code(name="object"),),
    date="day",
    ident="ident",
    cameo="code",
    what="relation",
)


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The events of the three parts; those of whose sides nobody is known are rejected."""
    names = {role: Found(used={"name", "id"}) for role in ("entities", "relations")}
    acts = {row["id"].strip(): row["name"] for row in sheets["relations"].table.to_pylist()}
    actors = {
        row["id"].strip(): row["name"].replace("_", " ") for row in sheets["entities"].table.to_pylist()
    }
    within = {number: _within(name) for number, name in actors.items()}
    states = {name for number, name in within.items() if name != actors[number]}
    with duckdb.connect() as scratch:
        scratch.register("who", _pairs(within))
        scratch.register("what", _pairs({number: name.replace("_", " ") for number, name in acts.items()}))
        scratch.register("code", _pairs({number: cameo.named(name) or "" for number, name in acts.items()}))
        parts = {role: _part(scratch, sheets[role], role, stamps[role]) for role in _PARTS if role in sheets}
    for part in parts.values():
        people = [key for key in part.unknown if key[1] not in states]
        for key in people:  # thousands of persons and groups, whom no code stands for
            del part.unknown[key]
    return names | parts


def _part(scratch: duckdb.DuckDBPyConnection, sheet: Sheet, role: str, stamp: Stamp) -> Found:
    start, units = _CLOCKS[stamp.release]
    scratch.register("quads", sheet.table)
    scratch.execute(f"""
        CREATE OR REPLACE TEMP TABLE sheet AS
        SELECT q.line, s.said AS subject, o.said AS object, a.said AS relation, c.said AS code,
            {literal(role)} || ':' || q.line AS ident,
            (DATE {literal(start)} + (try_cast(trim(q.time) AS INTEGER) // {units}))::VARCHAR AS day
        FROM quads AS q
        LEFT JOIN who AS s ON s.number = trim(q.subject)
        LEFT JOIN who AS o ON o.number = trim(q.object)
        LEFT JOIN what AS a ON a.number = trim(q.relation)
        LEFT JOIN code AS c ON c.number = trim(q.relation)
    """)
    found = events(scratch, _SPEC, stamp)
    found.used = {"subject", "relation", "object", "time"}
    return found


def _within(name: str) -> str:
    """The country in the brackets of ``Citizen (India)``; the name itself where it has none."""
    found = _WITHIN.search(name)
    return found[1] if found else name


def _pairs(said: Mapping[str, str]) -> pa.Table:
    return pa.table(
        {"number": pa.array(list(said), pa.string()), "said": pa.array(list(said.values()), pa.string())}
    )
