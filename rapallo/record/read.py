"""What a reader made of a document as rows of the families document and claim."""

from __future__ import annotations

from collections.abc import Iterator

from rapallo.model import Claim, Document, Envelope, Interval, Reading, Source
from rapallo.record.cells import Row, envelope_cells, quote_cells, span_cells

__all__ = ["claim_id", "claim_rows", "document_row"]


def claim_id(document: str, claim: str) -> str:
    """The id of a claim in the record: ``doc:1f/c3``."""
    return claim if claim.startswith(f"{document}/") else f"{document}/{claim}"


def document_row(document: Document, source: Source) -> Row:
    """A document as a row, dated by its publication."""
    on = Interval(document.published, document.published, "day")
    return {
        "id": document.id,
        "title": document.title,
        "published": document.published,
        "text": document.text,
        "address": document.address,
        "legibility": float(document.legibility),
        "reliability": float(document.reliability),
        **envelope_cells(Envelope(source.id, "", on, 1.0, "read")),
    }


def claim_rows(reading: Reading, source: Source) -> Iterator[Row]:
    """The claims of a reading as rows."""
    for claim in reading.claims:
        yield {
            "id": claim_id(reading.document.id, claim.id),
            "document": reading.document.id,
            **_content(claim),
            "source": source.id,
            "release": "",
            **span_cells(claim.when),
            **quote_cells(claim.quote),
            "confidence": float(claim.confidence),
            "basis": "read",
            "checked_against": "",
            "file": "",
            "line": None,
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
