"""Checks of events: whether the record holds the act, a war that contains it, or the flow it belongs to."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rapallo.checks import details
from rapallo.checks.said import ARMS, called, life, names, verdict
from rapallo.measures.words import sentence
from rapallo.model import Check, Claim, Event, Flow, Interval, Tie

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check"]

_COVERED_BY = "an event data set for those days, e.g. ICEWS or GDELT"
_ARMS = "SIPRI Arms Transfers Database"
# Types that coders of the same act may choose between (PLOVER manual, notes on neighbouring types).
_NEIGHBOURS = ({"AGREE", "SUPPORT"}, {"COOPERATE", "AID"}, {"CONCEDE", "RETREAT"})
_FIGHTING = {None, "heavy-weapons"}  # modes of violence that any war has
_INVADED = re.compile(r"\binva(d|sion)", re.IGNORECASE)
# Weapons that the counts of arms transfers leave out or do not tell apart.
_UNCOUNTED = re.compile(r"\b(ammunition|munition|shell|rifle|gun|small arm|rocket)s?\b", re.IGNORECASE)
_ANY_ARMS = re.compile(r"\b(weapon|arm|weaponry)s?\b", re.IGNORECASE)
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
    said = {e.id: e.what or f"{e.event} by {names(e.actors, view.on)}" for e in met}
    told = [e for e in met if not details.missing(claim, said[e.id])]
    if not told:
        lacking = details.missing(claim, said[met[0].id])
        return _beside(claim, met[0], f"{_put(said[met[0].id], met[0])} It does not name {lacking}.")
    full = [e for e in told if details.amount(claim, said[e.id])]
    if not full:
        known = next((e for e in told if details.amount(claim, said[e.id]) is False), None)
        if known is not None:
            return verdict(claim, "contradicted", _put(said[known.id], known), [known.id])
        return _beside(claim, told[0], f"{_put(said[told[0].id], told[0])} It does not say how much.")
    exact = [e for e in full if e.event == claim.event and (not claim.mode or e.mode == claim.mode)]
    best = (exact or full)[0]
    why = _put(said[best.id], best)
    others = [e.id for e in exact or full if e is not best]
    if others:
        why += (
            f" {len(others)} more such {'acts are' if len(others) > 1 else 'act is'} on record in that time."
        )
    return verdict(claim, "borne_out", why, [best.id, *others[:_SHOWN]])


def _put(said: str, event: Event) -> str:
    return f"{sentence(said).rstrip('.')} ({_when(event.envelope.valid)})."


def _beside(claim: Claim, row: Event | Tie | Flow, why: str) -> Check:
    """Something near to the claim is on record, and it does not bear the claim out."""
    return verdict(claim, "not_covered", why, [row.id], covered_by=_COVERED_BY)


def _same(event: Event, claim: Claim) -> bool:
    family = next((f for f in _NEIGHBOURS if claim.event in f), {claim.event})
    if event.event not in family or not set(claim.actors) <= {*event.actors}:
        return False
    if claim.targets and not set(claim.targets) <= {*event.targets, *event.actors}:
        return False
    if claim.contexts and event.contexts and not set(claim.contexts) & set(event.contexts):
        return False
    return not (claim.mode and event.mode and claim.mode != event.mode)


def _war(view: View, claim: Claim) -> Check | None:
    """Violence of the side that attacked is borne out by a war of the two at the time."""
    if claim.event != "ASSAULT" or not claim.targets or claim.polarity == "negative":
        return None
    if claim.mode not in _FIGHTING or "cbrn" in claim.contexts:
        return None
    window = claim.when or Interval(view.on - _AROUND, view.on, "unknown")
    began: list[tuple[dt.date, str, Tie]] = []
    met: list[tuple[dt.date, str, Tie]] = []
    turned: list[tuple[dt.date, str, Tie]] = []
    for tie in view.ties(kind="war", ended=True):
        doers = {p.actor for p in tie.parties if p.role == "actor"}
        sufferers = {p.actor for p in tie.parties if p.role == "target"}
        ended = next((p.on for p in tie.phases if p.phase == "ended"), None)
        start = min((p.on for p in tie.phases), default=tie.envelope.valid.start)
        if not start or not window.overlaps(Interval(start, ended, "range")):
            continue
        if {*claim.actors} <= doers and {*claim.targets} <= sufferers:
            (began if window.contains(start) else met).append((start, tie.id, tie))
        elif {*claim.actors} <= sufferers and {*claim.targets} <= doers:
            turned.append((start, tie.id, tie))
    if began or (met and (claim.when is None or not _INVADED.search(claim.quote.exact))):
        tie = max(began or met)[2]
        return verdict(claim, "borne_out", f"{sentence(tie.name)}: {life(tie)}.", [tie.id])
    if met:
        tie = max(met)[2]
        return _beside(claim, tie, f"{sentence(tie.name)} began at another time: {life(tie)}.")
    if turned:
        tie = max(turned)[2]
        why = f"{sentence(tie.name)}: {life(tie)}. Of what the side attacked did it holds no such act."
        return _beside(claim, tie, why)
    return None


def _arms(view: View, claim: Claim) -> Check | None:
    """Weapons supplied: borne out by a flow above nothing in that time, denied by a flow of nothing.

    The flows count major weapons in all; they say nothing of one kind of weapon, and nothing in pieces.
    """
    if claim.event != "AID" or not claim.targets or not _armed(claim):
        return None
    window = _window(view, claim)
    for donor in claim.actors:
        for receiver in claim.targets:
            for flow in view.flows("arms", origin=donor, destination=receiver):
                if window.overlaps(flow.envelope.valid):
                    return _supplied(view, claim, flow)
    return None


def _supplied(view: View, claim: Claim, flow: Flow) -> Check | None:
    valid, words = flow.envelope.valid, claim.quote.exact
    why = (
        f"{sentence(called(flow.origin, view.on))} to {called(flow.destination, view.on)}, "
        f"{_when(valid)}: {flow.value:,g} {flow.unit} of arms."
    )
    if flow.value <= 0:
        if _UNCOUNTED.search(words):
            return _beside(claim, flow, f"{why} Such weapons are not counted there.")
        return verdict(claim, "contradicted", why, [flow.id])
    if claim.quantity or not _ANY_ARMS.search(words):
        return _beside(claim, flow, f"{why} Kinds and pieces are not told apart.")
    within = (
        valid.start is not None
        and valid.end is not None
        and (claim.when is None or (claim.when.contains(valid.start) and claim.when.contains(valid.end)))
    )
    if not within:
        return _beside(claim, flow, f"{why} That covers more than the time the claim gives.")
    return verdict(claim, "borne_out", why, [flow.id])


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
