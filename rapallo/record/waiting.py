"""Put what a person must decide into the review queue."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import duckdb

from rapallo.errors import InputError
from rapallo.model import to_json
from rapallo.record import clock

__all__ = ["CONTESTED", "UNKNOWN", "as_json", "put"]

CONTESTED = "contested"
"""Kind of an item: a source says something else than what a person put right."""

UNKNOWN = "unknown_code"
"""Kind of an item: a dataset uses a code that no actor bears."""


def put(
    connection: duckdb.DuckDBPyConnection,
    tick: dt.datetime,
    kind: str,
    reason: str,
    payload: Mapping[str, Any],
    source: str,
    row: str | None = None,
) -> str:
    """Queue an item, inside a transaction, unless it was ever queued.

    Returns:
        Its id, a hash of what it says.
    """
    text = as_json(payload)
    said = repr((kind, reason, text, source, row)).encode("utf-8", "surrogatepass")
    item = f"review:{blake2b(said, digest_size=8).hexdigest()}"
    if connection.execute("SELECT id FROM review WHERE id = ?", [item]).fetchall():
        return item
    connection.execute(
        "INSERT INTO review (id, kind, reason, payload, source, row_id, added, status) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 'open')",
        [item, kind, reason, text, source, row, tick],
    )
    clock.keep(connection, tick)
    return item


def as_json(payload: Mapping[str, Any]) -> str:
    """A payload as JSON text.

    Raises:
        InputError: where it is not JSON.
    """
    try:
        return json.dumps(to_json(payload), sort_keys=True, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        msg = f"what waits for review must be JSON: {error}"
        raise InputError(msg) from error
