"""The nouns of a batch as rows of the families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapallo.model import Batch, Clause, Event, Flow, Interval, Party, Phase, Source, Tie, Trait
from rapallo.record import read
from rapallo.record.cells import Row, envelope_cells

__all__ = ["batch_rows", "clause_row", "pair", "party_id", "phase_id", "source_row", "tie_row"]


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


def pair(actors: Sequence[str], targets: Sequence[str]) -> str | None:
    """The codes of the one or two whom an event is of, in alphabetical order; None where it is of more.

    Examples:
        >>> pair(("PRK",), ("CHN",)), pair(("CHN", "PRK"), ("CHN", "PRK")), pair(("CHN",), ())
        ('CHN-PRK', 'CHN-PRK', 'CHN')
    """
    both = sorted({*actors, *targets})
    return "-".join(both) if len(both) <= 2 else None


def source_row(source: Source) -> Row:
    """A source as a row."""
    return {
        "id": source.id,
        "title": source.title,
        "released": source.released,
        "address": source.address,
        "licence": source.licence,
        "citation": source.citation,
        "covers_from": source.covers.start if source.covers else None,
        "covers_to": source.covers.end if source.covers else None,
        "universe": source.universe,
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
        rows["document"] = [read.document_row(batch.reading.document, batch.source)]
        rows["claim"] = list(read.claim_rows(batch.reading, batch.source))
    return rows


def tie_row(tie: Tie) -> Row:
    """A tie as a row, without its parties, phases and clauses."""
    own = {"id": tie.id, "kind": tie.kind, "name": tie.name, "about": tie.about}
    return own | envelope_cells(tie.envelope)


def _parties(tie: Tie) -> Iterator[Row]:
    for position, party in enumerate(tie.parties):
        own = {"id": party_id(tie.id, party), "tie": tie.id, "actor": party.actor, "role": party.role}
        yield own | {"position": position} | envelope_cells(tie.envelope, party.when)


def _phases(tie: Tie) -> Iterator[Row]:
    for position, phase in enumerate(tie.phases):
        own = {"id": phase_id(tie.id, phase), "tie": tie.id, "phase": phase.phase, "position": position}
        yield own | envelope_cells(tie.envelope, Interval(phase.on, None, phase.precision))


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
        **envelope_cells(clause.envelope),
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
        **envelope_cells(flow.envelope),
    }


def _trait(trait: Trait) -> Row:
    return {
        "id": trait.id,
        "actor": trait.actor,
        "name": trait.name,
        "value": float(trait.value),
        "unit": trait.unit,
        "note": trait.note,
        **envelope_cells(trait.envelope),
    }


def _event(event: Event) -> Row:
    return {
        "id": event.id,
        "event": event.event or None,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "actors": list(event.actors),
        "targets": list(event.targets),
        "what": event.what,
        "place": event.where,
        "pair": pair(event.actors, event.targets),
        "code": event.code,
        "intensity": event.intensity,
        "reports": event.reports,
        "sources": event.sources,
        **envelope_cells(event.envelope),
    }
