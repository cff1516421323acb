"""The nouns of a batch as rows of the families."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from rapallo.model import (
    Batch,
    Claim,
    Clause,
    Document,
    Envelope,
    Event,
    Flow,
    Interval,
    Party,
    Phase,
    Quote,
    Reading,
    Source,
    Tie,
    Trait,
)

__all__ = [
    "Row",
    "batch_rows",
    "claim_id",
    "clause_row",
    "digest",
    "party_id",
    "phase_id",
    "source_row",
    "tie_row",
]

Row = dict[str, Any]
"""Column to value, without the digest and the two times of knowing."""


def digest(row: Row) -> str:
    """A hash of all that a row says, the same for the same content.

    Examples:
        >>> digest({"id": "x", "value": 1.0}) == digest({"value": 1.0, "id": "x"})
        True
    """
    return blake2b(repr(sorted(row.items())).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def claim_id(document: str, claim: str) -> str:
    """The id of a claim in the record: ``doc:1f/c3``."""
    return claim if claim.startswith(f"{document}/") else f"{document}/{claim}"


def party_id(tie: str, party: Party) -> str:
    """The id of a membership.

    Examples:
        >>> import datetime as dt
        >>> party_id("nato", Party("FRA", "party", Interval(dt.date(1949, 8, 24), None, "since")))
        'nato/party/FRA/1949-08-24'
    """
    return f"{tie}/{party.role}/{party.actor}" + (f"/{party.when.start}" if party.when.start else "")


def phase_id(tie: str, phase: Phase) -> str:
    """The id of a step in the life of a tie.

    Examples:
        >>> import datetime as dt
        >>> phase_id("prk-chn-1961", Phase("renewed", dt.date(2021, 7, 11)))
        'prk-chn-1961/renewed/2021-07-11'
    """
    return f"{tie}/{phase.phase}/{phase.on}"


def source_row(source: Source) -> Row:
    """A source as a row."""
    return {
        "id": source.id,
        "title": source.title,
        "released": source.released,
        "address": source.address,
        "licence": source.licence,
        "citation": source.citation,
    }


def batch_rows(batch: Batch) -> dict[str, list[Row]]:
    """All rows of a batch by family, ties with their parties, phases and clauses."""
    rows: dict[str, list[Row]] = {
        "tie": [tie_row(t) for t in batch.ties],
        "party": [r for t in batch.ties for r in _parties(t)],
        "phase": [r for t in batch.ties for r in _phases(t)],
        "clause": [clause_row(c, n) for t in batch.ties for n, c in enumerate(t.clauses)],
        "flow": [_flow(f) for f in batch.flows],
        "trait": [_trait(t) for t in batch.traits],
        "event": [_event(e) for e in batch.events],
    }
    if batch.reading is not None:
        rows["document"] = [_document(batch.reading.document, batch.source)]
        rows["claim"] = list(_claims(batch.reading, batch.source))
    return rows


def _span(when: Interval | None) -> Row:
    if when is None:
        return {"valid_from": None, "valid_to": None, "precision": None}
    return {"valid_from": when.start, "valid_to": when.end, "precision": when.precision}


def _quote(quote: Quote | None) -> Row:
    parts = ("exact", "prefix", "suffix", "start", "end")
    return {f"quote_{part}": getattr(quote, part) if quote else None for part in parts}


def _envelope(envelope: Envelope, when: Interval | None = None) -> Row:
    return {
        "source": envelope.source,
        "release": envelope.release,
        **_span(when or envelope.valid),
        **_quote(envelope.quote),
        "confidence": float(envelope.confidence),
        "basis": envelope.basis,
        "checked_against": envelope.checked_against,
    }


def tie_row(tie: Tie) -> Row:
    """A tie as a row, without its parties, phases and clauses."""
    own = {"id": tie.id, "kind": tie.kind, "name": tie.name, "about": tie.about}
    return own | _envelope(tie.envelope)


def _parties(tie: Tie) -> Iterator[Row]:
    for position, party in enumerate(tie.parties):
        own = {"id": party_id(tie.id, party), "tie": tie.id, "actor": party.actor, "role": party.role}
        yield own | {"position": position} | _envelope(tie.envelope, party.when)


def _phases(tie: Tie) -> Iterator[Row]:
    for position, phase in enumerate(tie.phases):
        own = {"id": phase_id(tie.id, phase), "tie": tie.id, "phase": phase.phase, "position": position}
        yield own | _envelope(tie.envelope, Interval(phase.on, None, phase.precision))


def clause_row(clause: Clause, position: int) -> Row:
    """The clause at that position of a pact as a row."""
    return {
        "id": clause.id,
        "tie": clause.tie,
        "kind": clause.kind,
        "trigger": clause.trigger,
        "response": clause.response,
        "strength": clause.strength,
        "conditions": list(clause.conditions),
        "obliged": list(clause.obliged),
        "protected": list(clause.protected),
        "territory": list(clause.territory),
        "against": list(clause.against),
        "article": clause.article,
        "wording": clause.wording,
        "verbatim": clause.verbatim,
        "position": position,
        **_envelope(clause.envelope),
    }


def _flow(flow: Flow) -> Row:
    return {
        "id": flow.id,
        "kind": flow.kind,
        "origin": flow.origin,
        "destination": flow.destination,
        "value": float(flow.value),
        "unit": flow.unit,
        "what": flow.what,
        **_envelope(flow.envelope),
    }


def _trait(trait: Trait) -> Row:
    return {
        "id": trait.id,
        "actor": trait.actor,
        "name": trait.name,
        "value": float(trait.value),
        "unit": trait.unit,
        "note": trait.note,
        **_envelope(trait.envelope),
    }


def _event(event: Event) -> Row:
    return {
        "id": event.id,
        "event": event.event,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": list(event.actors),
        "targets": list(event.targets),
        "what": event.what,
        "place": event.where,
        **_envelope(event.envelope),
    }


def _document(document: Document, source: Source) -> Row:
    on = Interval(document.published, document.published, "day")
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "text": document.text,
        "address": document.address,
        "legibility": float(document.legibility),
        "reliability": float(document.reliability),
        **_envelope(Envelope(source.id, "", on, 1.0, "read")),
    }


def _claims(reading: Reading, source: Source) -> Iterator[Row]:
    for claim in reading.claims:
        yield {
            "id": claim_id(reading.document.id, claim.id),
            "document": reading.document.id,
            **_content(claim),
            "source": source.id,
            "release": "",
            **_span(claim.when),
            **_quote(claim.quote),
            "confidence": float(claim.confidence),
            "basis": "read",
            "checked_against": "",
        }


def _content(claim: Claim) -> Row:
    tie, stance, quantity = claim.tie, claim.stance, claim.quantity
    return {
        "kind": claim.kind,
        "event": claim.event,
        "mode": claim.mode,
        "contexts": list(claim.contexts),
        "actors": list(claim.actors),
        "targets": list(claim.targets),
        "actor_names": list(claim.actor_names),
        "target_names": list(claim.target_names),
        "place": claim.where,
        "holders": [{"who": h.who, "attitude": h.attitude} for h in claim.holders],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "repaired": claim.repaired,
        "tie_kind": tie.kind if tie else None,
        "tie_clauses": list(tie.clauses) if tie else None,
        "tie_phase": tie.phase if tie else None,
        "stance_attitude": stance.attitude if stance else None,
        "stance_about": list(stance.about) if stance else None,
        "stance_content": stance.content if stance else None,
        "quantity_value": float(quantity.value) if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
        "quantity_of": quantity.of if quantity else None,
        "quantity_approx": quantity.approx if quantity else None,
        "sentence": claim.sentence,
    }
