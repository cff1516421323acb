"""What a source hands to the record in one atomic write."""

from __future__ import annotations

from dataclasses import dataclass

from rapallo.model.claims import Reading
from rapallo.model.events import Event
from rapallo.model.provenance import Source
from rapallo.model.ties import Flow, Tie, Trait

__all__ = ["Batch"]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one source, written together or not at all.

    Attributes:
        source: where they come from.
        ties: with their parties, phases and clauses.
        flows: directed amounts.
        traits: amounts per state.
        events: coded events of a dataset or of the starter record.
        reading: a document with its claims, where the source is a text.
    """

    source: Source
    ties: tuple[Tie, ...] = ()
    flows: tuple[Flow, ...] = ()
    traits: tuple[Trait, ...] = ()
    events: tuple[Event, ...] = ()
    reading: Reading | None = None
