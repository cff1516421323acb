"""Rows that a module made one by one, as a table of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from rapallo.sources.stamp import Stamp

__all__ = ["stamped"]

_WHEN = {"valid_from": pa.date32(), "valid_to": pa.date32(), "precision": pa.string(), "line": pa.int32()}
_OWN = {
    "flow": ("kind", "origin", "destination", "unit", "what"),
    "trait": ("actor", "name", "unit", "note"),
    "dyad": ("actor", "other", "name", "unit", "note"),
}


def stamped(family: str, rows: Sequence[Mapping[str, Any]], stamp: Stamp) -> pa.Table:
    """The rows of a family, with what every row of their file says of where it comes from.

    Args:
        family: ``flow``, ``trait`` or ``dyad``.
        rows: each with its id, its value, its own columns, its days and its line.
        stamp: what they say of where they come from.
    """
    words = dict.fromkeys(("id", *_OWN[family]), pa.string())
    schema = pa.schema(list({**words, "value": pa.float64(), **_WHEN}.items()))
    with duckdb.connect() as scratch:
        scratch.register("made", pa.Table.from_pylist(list(rows), schema=schema))
        return scratch.sql(f"SELECT *, {stamp.columns()} FROM made").to_arrow_table()
