"""The ties of a day as a graph: actors and what binds each two of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import networkx

from rapallo import actors
from rapallo.errors import UnknownActorError
from rapallo.model import Tie
from rapallo.record.view import View

if TYPE_CHECKING:
    from rapallo.model import Actor

__all__ = ["graph", "pairs", "shown"]


def graph(view: View, *, kind: str | None = None) -> networkx.MultiDiGraph[str]:
    """The ties that hold on the day of a view as a graph with several edges between two actors.

    A mutual tie is an edge between each two of its parties, once, in alphabetical order; a directed one from
    each actor to each target.

    Args:
        view: of the record.
        kind: only ties of that kind.
    """
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(on=view.on.isoformat())
    for tie in view.ties(kind=kind):
        for one, other in pairs(tie, view):
            for code in (one, other):
                if code not in made:
                    made.add_node(code, **shown(code))
            made.add_edge(one, other, key=f"{tie.id}/{one}/{other}", **_edge(tie, view))
    return made


def pairs(tie: Tie, view: View) -> Iterator[tuple[str, str]]:
    """The two and two whom a tie binds on the day of a view."""
    yield from combinations(sorted(tie.members(view.on, role="party")), 2)
    yield from product(tie.members(view.on, role="actor"), tie.members(view.on, role="target"))


def shown(code: str) -> dict[str, Any]:
    """What is shown of an actor: name, kind, and where its capital lies."""
    try:
        actor: Actor = actors.actor(code)
    except UnknownActorError:
        return {"label": code, "kind": "unknown"}
    spot = {"latitude": actor.latitude, "longitude": actor.longitude}
    return {"label": actor.name, "kind": actor.kind} | {k: v for k, v in spot.items() if v is not None}


def _edge(tie: Tie, view: View) -> dict[str, Any]:
    began = tie.phases[0].on.isoformat() if tie.phases else ""
    return {
        "tie": tie.id,
        "label": tie.name,
        "kind": tie.kind,
        "phase": tie.phase(view.on) or "",
        "began": began,
        "clauses": ";".join(dict.fromkeys(c.kind for c in tie.clauses)),
        "source": tie.envelope.source,
        "confidence": tie.envelope.confidence,
    }
