"""Ties and events of a day as statements in the manner of FollowTheMoney: one value of one property each.

A statement says which entity has which value of which property, and which dataset says so; it is the unit in
which OpenSanctions keeps its data. Schemata are FollowTheMoney's: states and organisations are
``Organization``, sanctions ``Sanction``, other ties ``UnknownLink`` between each two, events ``Event``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from rapallo.model import Event, Tie
from rapallo.record.exports.graphs import pairs, shown
from rapallo.record.view import View

__all__ = ["Statement", "statements"]

Statement = dict[str, str | None]
_Said = tuple[str, str]


def statements(view: View) -> Iterator[Statement]:
    """All statements about the ties that hold on the day of a view, the events up to it, and who is in them.

    Returns:
        Mappings with ``id, entity_id, canonical_id, schema, prop, value, dataset, first_seen, last_seen``.
    """
    told: set[str] = set()
    for tie in view.ties():
        for one, other in pairs(tie, view):
            for code in (one, other):
                yield from _actor(code, told)
            yield from _statements(
                f"{tie.id}/{one}/{other}", *_tie(tie, one, other), tie.envelope.source, view
            )
    for event in view.events():
        for code in dict.fromkeys((*event.actors, *event.targets)):
            yield from _actor(code, told)
        yield from _statements(event.id, "Event", _event(event), event.envelope.source, view)


def _tie(tie: Tie, one: str, other: str) -> tuple[str, list[_Said]]:
    dates = [("startDate", tie.phases[0].on.isoformat())] if tie.phases else []
    dates += [("endDate", p.on.isoformat()) for p in tie.phases if p.phase == "ended"]
    said = [*dates, ("summary", tie.name), *([("description", tie.about)] if tie.about else [])]
    if tie.kind == "sanction":
        return "Sanction", [
            ("authority", shown(one)["label"]),
            ("entity", other),
            ("program", tie.name),
            *dates,
        ]
    return "UnknownLink", [("subject", one), ("object", other), ("role", tie.kind), *said]


def _event(event: Event) -> list[_Said]:
    when = event.envelope.valid
    said = [("name", event.what or f"{event.event} {', '.join(event.actors)}"), ("topics", event.event)]
    said += [("startDate", when.start.isoformat())] if when.start else []
    said += [("endDate", when.end.isoformat())] if when.end else []
    said += [("location", event.where)] if event.where else []
    said += [("organizer", code) for code in event.actors]
    return said + [("involved", code) for code in event.targets]


def _actor(code: str, told: set[str]) -> Iterator[Statement]:
    if code in told:
        return
    told.add(code)
    cells = shown(code)
    said = [("name", cells["label"])] + ([("country", code)] if cells["kind"] == "state" else [])
    for prop, value in said:
        yield _statement(code, "Organization", prop, value, "rapallo-actors", None)


def _statements(ident: str, schema: str, said: list[_Said], dataset: str, view: View) -> Iterator[Statement]:
    for prop, value in dict.fromkeys(said):
        if value:
            yield _statement(ident, schema, prop, value, dataset, view)


def _statement(ident: str, schema: str, prop: str, value: str, dataset: str, view: View | None) -> Statement:
    key = hashlib.sha256(
        "\0".join((dataset, ident, prop, value)).encode("utf-8", "surrogatepass")
    ).hexdigest()
    return {
        "id": key[:40],
        "entity_id": ident,
        "canonical_id": ident,
        "schema": schema,
        "prop": prop,
        "value": value,
        "dataset": dataset,
        "first_seen": None,
        "last_seen": view.known.isoformat() if view is not None else None,
    }
