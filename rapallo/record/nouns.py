"""Rows of the families as the nouns of the house; the record alone converts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa

from rapallo.model import (
    Clause,
    Envelope,
    Event,
    Flow,
    Interval,
    Party,
    Phase,
    Quote,
    Tie,
    Trait,
)
from rapallo.record.clock import told

__all__ = ["TIE_PARTS", "clause", "envelope", "event", "flow", "quote", "ties", "trait"]

_Cells = Mapping[str, Any]


_SPAN = ("valid_from", "valid_to", "precision")
_ENVELOPE = (
    *("source", "release", *_SPAN, "known_from", "known_to", "confidence", "basis", "checked_against"),
    *("file", "line", "quote_exact", "quote_prefix", "quote_suffix", "quote_start", "quote_end"),
)
TIE_PARTS: Mapping[str, Sequence[str]] = {
    "ties_known": ("id", "kind", "name", "about", *_ENVELOPE),
    "parties_known": ("tie", "actor", "role", *_SPAN),
    "phases_as_of": ("tie", "phase", "valid_from", "precision"),
    "clauses_known": (
        *("id", "tie", "kind", "trigger", "response", "strength", "conditions", "obliged", "protected"),
        *("territory", "against", "article", "wording", "verbatim", *_ENVELOPE),
    ),
}
"""The questions whose answers make ties, and the columns they need of each."""


def ties(ties: pa.Table, parties: pa.Table, phases: pa.Table, clauses: pa.Table) -> dict[str, Tie]:
    """Ties by id, each with its parties, phases and clauses in the order of the rows.

    The tables have the columns of ``TIE_PARTS``, in that order.
    """
    members: dict[str, list[Party]] = {}
    for tie, actor, role, start, end, precision in _rows(parties):
        members.setdefault(tie, []).append(Party(actor, role, _interval(start, end, precision or "unknown")))
    steps: dict[str, list[Phase]] = {}
    for tie, phase, on, precision in _rows(phases):
        steps.setdefault(tie, []).append(Phase(phase, on, precision))
    terms: dict[str, list[Clause]] = {}
    for row in clauses.to_pylist():
        terms.setdefault(row["tie"], []).append(clause(row))
    return {
        row["id"]: Tie(
            id=row["id"],
            kind=row["kind"],
            name=row["name"],
            envelope=envelope(row),
            parties=tuple(members.get(row["id"], ())),
            phases=tuple(steps.get(row["id"], ())),
            clauses=tuple(terms.get(row["id"], ())),
            about=row["about"],
        )
        for row in ties.to_pylist()
    }


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table.columns), strict=True)


def clause(row: _Cells) -> Clause:
    """A row of the family ``clause`` as an obligation."""
    return Clause(
        id=row["id"],
        tie=row["tie"],
        kind=row["kind"],
        trigger=row["trigger"],
        response=row["response"],
        strength=row["strength"],
        envelope=envelope(row),
        conditions=tuple(row["conditions"]),
        obliged=tuple(row["obliged"]),
        protected=tuple(row["protected"]),
        territory=tuple(row["territory"]),
        against=tuple(row["against"]),
        article=row["article"],
        wording=row["wording"],
        verbatim=row["verbatim"],
    )


def flow(row: _Cells) -> Flow:
    """A row of the family ``flow`` as a flow."""
    return Flow(
        id=row["id"],
        kind=row["kind"],
        origin=row["origin"],
        destination=row["destination"],
        value=row["value"],
        unit=row["unit"],
        envelope=envelope(row),
        what=row["what"],
    )


def trait(row: _Cells) -> Trait:
    """A row of the family ``trait`` as a trait."""
    return Trait(
        id=row["id"],
        actor=row["actor"],
        name=row["name"],
        value=row["value"],
        unit=row["unit"],
        envelope=envelope(row),
        note=row["note"],
    )


def event(row: _Cells) -> Event:
    """A row of the family ``event`` as an event."""
    return Event(
        id=row["id"],
        event=row["event"] or "",
        actors=tuple(row["actors"]),
        targets=tuple(row["targets"]),
        envelope=envelope(row),
        mode=row["mode"],
        contexts=tuple(row["contexts"]),
        what=row["what"],
        where=row["place"],
        code=row["code"],
        intensity=row["intensity"],
        reports=row["reports"],
        sources=row["sources"],
    )


def envelope(row: _Cells) -> Envelope:
    """The envelope of a row of any family, with its two times of knowing in UTC."""
    return Envelope(
        source=row["source"],
        release=row["release"],
        valid=_span(row),
        confidence=row["confidence"],
        basis=row["basis"],
        checked_against=row["checked_against"],
        quote=quote(row),
        known_from=told(row["known_from"]),
        known_to=told(row["known_to"]),
        file=row["file"],
        line=row["line"],
    )


def quote(row: _Cells) -> Quote | None:
    """The words a row rests on, where it was read in a text."""
    if row["quote_exact"] is None:
        return None
    return Quote(
        row["quote_exact"], row["quote_prefix"], row["quote_suffix"], row["quote_start"], row["quote_end"]
    )


def _span(row: _Cells) -> Interval:
    return _interval(row["valid_from"], row["valid_to"], row["precision"] or "unknown")


_interval = lru_cache(1 << 15)(Interval)  # the same days come again and again
