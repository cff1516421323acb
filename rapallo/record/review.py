"""What waits for a person: unknown codes, unresolved names, doubtful claims, contested rows."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import duckdb

__all__ = ["put"]


def put(
    connection: duckdb.DuckDBPyConnection,
    tick: dt.datetime,
    kind: str,
    reason: str,
    payload: Mapping[str, Any],
    source: str,
    row_id: str | None = None,
) -> str:
    """Queue an item, inside a transaction; one that was ever queued is not queued again.

    Returns:
        Its id, a hash of what it says.
    """
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    said = repr((kind, reason, text, source, row_id)).encode("utf-8", "surrogatepass")
    item = f"review:{blake2b(said, digest_size=8).hexdigest()}"
    connection.execute(
        """
        INSERT INTO review (id, kind, reason, payload, source, row_id, added, status)
        VALUES ($id, $kind, $reason, $payload, $source, $row, $tick, 'open')
        ON CONFLICT DO NOTHING
        """,
        {
            "id": item,
            "kind": kind,
            "reason": reason,
            "payload": text,
            "source": source,
            "row": row_id,
            "tick": tick,
        },
    )
    return item
