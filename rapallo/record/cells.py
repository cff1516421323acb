"""The cells that rows of every family share, and the hash of a row."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from rapallo.model import Envelope, Interval, Quote

__all__ = ["Row", "digest", "envelope_cells", "quote_cells", "span_cells"]

Row = dict[str, Any]
"""Column to value, without the digest and the two times of knowing."""

_PLACE = frozenset(("file", "line"))


def digest(row: Row) -> str:
    """A hash of all that a row says, the same for the same content wherever it stands in its file.

    Examples:
        >>> digest({"id": "x", "value": 1.0}) == digest({"value": 1.0, "id": "x"})
        True
    """
    return blake2b(
        repr(sorted((k, cell) for k, cell in row.items() if k not in _PLACE)).encode(
            "utf-8", "surrogatepass"
        ),
        digest_size=16,
    ).hexdigest()


def span_cells(when: Interval | None) -> Row:
    """The cells of an interval; all None where there is none."""
    if when is None:
        return {"valid_from": None, "valid_to": None, "precision": None}
    return {"valid_from": when.start, "valid_to": when.end, "precision": when.precision}


def quote_cells(quote: Quote | None) -> Row:
    """The cells of a quote; all None where there is none."""
    parts = ("exact", "prefix", "suffix", "start", "end")
    return {f"quote_{part}": getattr(quote, part) if quote else None for part in parts}


def envelope_cells(envelope: Envelope, when: Interval | None = None) -> Row:
    """The cells of an envelope, over its own days or those given."""
    return {
        "source": envelope.source,
        "release": envelope.release,
        **span_cells(when or envelope.valid),
        **quote_cells(envelope.quote),
        "confidence": float(envelope.confidence),
        "basis": envelope.basis,
        "checked_against": envelope.checked_against,
        "file": envelope.file,
        "line": envelope.line,
    }
