"""Something that happened at a time."""

from __future__ import annotations

from dataclasses import dataclass

from rapallo.model.provenance import Envelope

__all__ = ["Event"]


@dataclass(frozen=True, slots=True)
class Event:
    """An event in PLOVER; several claims can be of one event. When it happened is ``envelope.valid``.

    Attributes:
        event: PLOVER event type; empty where the source's own code has none in PLOVER.
        mode: PLOVER mode of that type.
        contexts: PLOVER contexts.
        actors: codes of those who acted; a reciprocal act lists all parties here and in ``targets``.
        targets: codes of those acted upon.
        what: in words.
        where: place in words.
        code: its source's own code, of CAMEO for example.
        intensity: on the scale of Goldstein (1992), -10 to 10.
        reports: how many reports tell of it.
        sources: how many of them are independent of each other.
    """

    id: str
    event: str
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    envelope: Envelope
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    what: str = ""
    where: str | None = None
    code: str = ""
    intensity: float | None = None
    reports: int = 1
    sources: int = 1
