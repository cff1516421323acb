"""Checks of events: whether the record holds the act, a war that contains it, or the flow it belongs to."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rapallo.checks.said import ARMS, called, life, names, verdict
from rapallo.measures.words import sentence
from rapallo.model import Check, Claim, Event, Interval

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check"]

_COVERED_BY = "an event data set for those days, e.g. ICEWS or GDELT"
_ARMS = "SIPRI Arms Transfers Database"
# Types that coders of the same act may choose between (PLOVER manual, notes on neighbouring types).
_FAMILIES = (
    {"AGREE", "SUPPORT"},
    {"COOPERATE", "AID"},
    {"SANCTION", "COERCE"},
    {"THREATEN", "MOBILIZE"},
    {"ASSAULT"},
    {"CONSULT"},
    {"REQUEST"},
    {"REJECT"},
    {"ACCUSE"},
    {"CONCEDE", "RETREAT"},
    {"PROTEST"},
)
_SHOWN = 5
_AROUND = dt.timedelta(days=366)


def check(view: View, claim: Claim) -> Check | None:
    """Hold an event claim against events, wars and arms flows.

    Returns:
        The verdict; None where the claim names no act or no doer.
    """
    if claim.event is None or not claim.actors:
        return None
    for find in (_event, _war, _arms):
        found = find(view, claim)
        if found is not None:
            return found
    who = names(claim.parties, view.on)
    arms = claim.event == "AID" and _armed(claim)
    return verdict(
        claim,
        "not_covered",
        f"No such act of {who} {'at that time ' if claim.when else ''}is on record.",
        covered_by=_ARMS if arms else _COVERED_BY,
    )


def _window(view: View, claim: Claim) -> Interval:
    when = claim.when
    if when is not None and (when.start or when.end):
        return when
    return Interval(view.on - _AROUND, view.on, "unknown")


def _event(view: View, claim: Claim) -> Check | None:
    window = _window(view, claim)
    met = [e for e in view.events(claim.actors[0]) if _same(e, claim) and window.overlaps(e.envelope.valid)]
    if not met:
        return None
    exact = [e for e in met if e.event == claim.event and (not claim.mode or e.mode == claim.mode)]
    best = (exact or met)[0]
    said = best.what or f"{best.event} by {names(best.actors, view.on)}"
    why = f"{sentence(said).rstrip('.')} ({_when(best.envelope.valid)})."
    others = [e.id for e in exact or met if e is not best]
    if others:
        why += (
            f" {len(others)} more such {'acts are' if len(others) > 1 else 'act is'} on record in that time."
        )
    return verdict(claim, "borne_out", why, [best.id, *others[:_SHOWN]])


def _same(event: Event, claim: Claim) -> bool:
    family: set[str] = next((f for f in _FAMILIES if claim.event in f), set())
    if event.event not in family or not set(claim.actors) <= {*event.actors}:
        return False
    if claim.targets and not set(claim.targets) <= {*event.targets, *event.actors}:
        return False
    if claim.contexts and event.contexts and not set(claim.contexts) & set(event.contexts):
        return False
    return not (claim.mode and event.mode and claim.mode != event.mode)


def _war(view: View, claim: Claim) -> Check | None:
    """Violence between two states is borne out by a war between them at the time."""
    if claim.event != "ASSAULT" or not claim.targets or claim.polarity == "negative":
        return None
    window = _window(view, claim)
    met = []
    for tie in view.ties(kind="war", ended=True):
        doers = {p.actor for p in tie.parties if p.role == "actor"}
        sufferers = {p.actor for p in tie.parties if p.role == "target"}
        sides = {*claim.actors} <= doers and {*claim.targets} <= sufferers
        either = {*claim.actors} <= sufferers and {*claim.targets} <= doers
        ended = next((p.on for p in tie.phases if p.phase == "ended"), None)
        start = min((p.on for p in tie.phases), default=tie.envelope.valid.start)
        if (sides or either) and start and window.overlaps(Interval(start, ended, "range")):
            met.append((window.contains(start), start, tie))
    if not met:
        return None
    tie = max(met, key=lambda found: (found[0], found[1], found[2].id))[2]
    return verdict(claim, "borne_out", f"{sentence(tie.name)}: {life(tie)}.", [tie.id])


def _arms(view: View, claim: Claim) -> Check | None:
    """Weapons supplied: borne out by a flow above nothing, denied by a flow of nothing."""
    if claim.event != "AID" or not claim.targets or not _armed(claim):
        return None
    window = _window(view, claim)
    for donor in claim.actors:
        for receiver in claim.targets:
            for flow in view.flows("arms", origin=donor, destination=receiver):
                if not window.overlaps(flow.envelope.valid):
                    continue
                why = (
                    f"{sentence(called(donor, view.on))} to {called(receiver, view.on)}, "
                    f"{_when(flow.envelope.valid)}: {flow.value:,g} {flow.unit} of arms."
                )
                return verdict(claim, "borne_out" if flow.value > 0 else "contradicted", why, [flow.id])
    return None


def _armed(claim: Claim) -> bool:
    goods = f"{claim.quantity.unit} {claim.quantity.of}" if claim.quantity else ""
    return bool(ARMS.search(f"{claim.quote.exact} {goods}"))


def _when(valid: Interval) -> str:
    start, end = valid.start, valid.end
    if start is None:
        return f"until {end}" if end else "undated"
    if valid.precision == "year":
        return str(start.year)
    if valid.precision == "month":
        return f"{start:%B %Y}"
    if end is None:
        return f"since {start}"
    return str(start) if start == end else f"{start} to {end}"
