"""Checks of memberships: whether states are on an organisation's list of members on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.checks.said import called, names, on_day, since, verdict
from rapallo.errors import UnknownActorError
from rapallo.measures.words import sentence
from rapallo.model import Check, Claim, Interval

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check"]


def check(view: View, claim: Claim) -> Check | None:
    """Where one party is an organisation with a list of members: whether the others are on it that day."""
    if claim.event is not None or (claim.tie and claim.tie.phase not in {None, "in_force"}):
        return None
    on = view.on
    if claim.when and claim.when.end and claim.when.end < on:
        on = claim.when.end
    bodies = [code for code in claim.parties if not _is_state(code, on) and _members(code)]
    if len(bodies) != 1 or claim.tie is None or claim.tie.kind not in {"pact", "partnership"}:
        return None
    body = bodies[0]
    joined = [entry for entry in _members(body) if entry[0] in claim.parties]
    states = [code for code in claim.parties if code != body]
    if all(any(code == state and when.contains(on) for code, when in joined) for state in states):
        early = since(claim)
        late = [when for code, when in joined if when.contains(on) and early and not when.contains(early)]
        if late:
            first = max(when.start for when in late if when.start)
            why = f"{sentence(names(states, on))} joined {called(body, on)} on {on_day(first)}."
            return verdict(claim, "contradicted", f"{why} The table of actors says so.")
        verb = "belongs" if len(states) == 1 else "belong"
        why = f"{sentence(names(states, on))} {verb} to {called(body, on)} on {on_day(on)}."
        return verdict(claim, "borne_out", f"{why} The table of actors says so.")
    left = [(code, when.end) for code, when in joined if when.end is not None and when.end < on]
    if left:
        code, end = max(left, key=lambda entry: entry[1])
        return verdict(
            claim,
            "outdated",
            f"{sentence(called(code, on))} belonged to {called(body, on)} until {on_day(end)}. "
            "The table of actors says so.",
        )
    return None


def _members(code: str) -> tuple[tuple[str, Interval], ...]:
    try:
        return actors.actor(code).members
    except UnknownActorError:
        return ()


def _is_state(code: str, on: dt.date) -> bool:
    return any(actor.id == code for actor in actors.states(on))
