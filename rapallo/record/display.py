"""Rows of any family as mappings ready for JSON and for a reader: with a label and their source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rapallo.model import Clause, Tie, to_json
from rapallo.record import labels
from rapallo.record.cells import Row
from rapallo.record.clock import told
from rapallo.record.questions import question
from rapallo.record.rows import clause_row, tie_row

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["clause", "stored", "tie"]

Shown = dict[str, Any]

_SOURCE = ("source_title", "citation", "source_address", "licence")


def stored(record: Record, ids: Sequence[str], known: dt.datetime) -> dict[str, Shown]:
    """Rows by id as they were known, each with all its columns.

    Returns:
        Per id: ``id, family, label, valid, quote, confidence, basis, checked_against, release, known_from,
        known_to, source, source_title, citation, source_address, licence``, and the family's own columns.
    """
    if not ids:
        return {}
    found = record.fetch(question("rows_by_id").sql, {"ids": list(ids), "known": known}).to_pylist()
    by_family: dict[str, list[str]] = {}
    for row in found:
        by_family.setdefault(row["family"], []).append(row["id"])
    sql = (
        "SELECT * FROM {family} WHERE id IN (SELECT unnest($ids)) "
        "AND known_from <= $known AND (known_to IS NULL OR known_to > $known)"
    )
    cells = {
        row["id"]: row
        for family, its in by_family.items()
        for row in record.fetch(sql.format(family=family), {"ids": its, "known": known}).to_pylist()
    }
    return {
        row["id"]: _shown(row["family"], cells[row["id"]], {k: row[k] or "" for k in _SOURCE})
        for row in found
    }


def tie(tie: Tie, on: dt.date, known: Mapping[str, Any]) -> Shown:
    """A tie with its parties, phase and steps on a day, over what the record says of its source."""
    row = dict(known) if known else _supposed("tie", tie)
    steps = [{"phase": p.phase, "on": p.on.isoformat(), "precision": p.precision} for p in tie.phases]
    own = {
        "parties": list(tie.members(on)),
        "phase": tie.phase(on),
        "phases": steps,
        "clauses": [c.id for c in tie.clauses],
    }
    return row | own | {"label": labels.tie(tie, on)}


def clause(clause: Clause) -> Shown:
    """A clause of a supposed tie."""
    return _supposed("clause", clause)


def _supposed(family: str, noun: Tie | Clause) -> Shown:
    row = tie_row(noun) if isinstance(noun, Tie) else clause_row(noun, 0)
    blank = dict.fromkeys(_SOURCE, "") | {"source_title": "supposed"}
    return _shown(family, {**row, "known_from": None, "known_to": None}, blank)


def _shown(family: str, cells: Row, source: Mapping[str, str]) -> Shown:
    own = {
        k: v for k, v in cells.items() if not k.startswith(("quote_", "valid_", "known_")) and k != "digest"
    }
    del own["precision"]
    quote = None
    if cells["quote_exact"] is not None:
        quote = {part: cells[f"quote_{part}"] for part in ("exact", "prefix", "suffix", "start", "end")}
    valid = {"start": cells["valid_from"], "end": cells["valid_to"], "precision": cells["precision"]}
    times = {key: told(cells[key]) for key in ("known_from", "known_to")}
    head = {"id": cells["id"], "family": family, "label": labels.label(family, cells)}
    shown: Shown = to_json({**head, **own, "valid": valid, "quote": quote, **times, **source})
    return shown
