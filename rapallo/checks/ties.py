"""Checks of ties: whether they exist, since when, in which phase on the day, and with which clauses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.checks.said import called, dated, days, life, names, recent, verdict
from rapallo.errors import UnknownActorError
from rapallo.measures.words import listing, sentence
from rapallo.model import Check, Claim, Interval, Phase, Tie
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check"]

_COVERED_BY = {
    "pact": "ATOP (Leeds et al. 2002) or the UN Treaty Series",
    "partnership": "the joint statement of the parties",
    "sanction": "the sanctions list of the state or body that imposes it",
    "war": "COW Wars or UCDP",
    "rivalry": "Thompson & Dreyer (2012), strategic rivalries",
    "troops": "a data set of troops abroad, e.g. Kane (2022)",
    "diplomatic": "COW Diplomatic Exchange",
    "border": "COW Direct Contiguity",
}
_CALLED = {"diplomatic": "break or tie of diplomatic relations", "troops": "stationing of troops"}
_ELSEWHERE = "a data set of such ties"
# A text that says "treaty" and no more may mean one with an obligation in war.
_TREATY = re.compile(r"\b(treaty|pact|accord|alliance)\b", re.IGNORECASE)
_SLIP = 3  # years by which a date may be off and still be meant of the same treaty


def check(view: View, claim: Claim) -> Check | None:
    """Hold a tie claim against the ties of the record.

    Returns:
        The verdict; None where the claim names fewer than two parties or no kind of tie.
    """
    if claim.tie is None or len(claim.parties) < 2:
        return None
    kind = claim.tie.kind
    joined = _membership(view, claim)
    if joined is not None:
        return joined
    found = _candidates(view, claim, kind)
    if not found:
        return _nothing(view, claim, kind)
    said = set(claim.tie.clauses)
    found = [t for t in found if said <= {c.kind for c in t.clauses}] or found
    phase = claim.tie.phase or ("signed" if claim.event in {"AGREE", "SUPPORT"} else "in_force")
    if phase in {"signed", "renewed", "ended"}:
        return _step(view, claim, phase, found)
    return _standing(view, claim, found)


def _candidates(view: View, claim: Claim, kind: str) -> list[Tie]:
    """The ties of that kind and of those parties in those roles, the narrowest and latest first."""
    parties = claim.parties
    ties = [t for t in view.ties(kind=kind, ended=True) if set(parties) <= {p.actor for p in t.parties}]
    if kind == "partnership":
        treaty = bool(_TREATY.search(claim.quote.exact))
        ties += [
            t
            for t in view.ties(kind="pact", ended=True)
            if set(parties) <= {p.actor for p in t.parties} and (treaty or "partner" in t.name.casefold())
        ]
    if kind in vocabulary("tie_kinds") and not vocabulary("tie_kinds")[kind].more.get("mutual", True):
        ties = [t for t in ties if _directed(t, claim)]
    return sorted(ties, key=lambda t: (len({p.actor for p in t.parties}), -_begun(t).toordinal(), t.id))


def _directed(tie: Tie, claim: Claim) -> bool:
    if set(claim.actors) == set(claim.targets):
        return True
    doers = {p.actor for p in tie.parties if p.role == "actor"}
    sufferers = {p.actor for p in tie.parties if p.role == "target"}
    return set(claim.actors) <= doers and set(claim.targets) <= sufferers


def _begun(tie: Tie) -> dt.date:
    return min((p.on for p in tie.phases), default=tie.envelope.valid.start or dt.date.min)


def _nothing(view: View, claim: Claim, kind: str) -> Check:
    what = _CALLED.get(kind, kind.replace("_", " "))
    return verdict(
        claim,
        "not_covered",
        f"No {what} of {names(claim.parties, view.on)} is on record; that does not say there is none.",
        covered_by=_COVERED_BY.get(kind, _ELSEWHERE),
    )


def _step(view: View, claim: Claim, phase: str, found: Sequence[Tie]) -> Check:
    """A signature, renewal or end, and when it was."""
    when = claim.when
    steps = [(tie, p) for tie in found for p in tie.phases if p.phase == phase]
    if when is None and phase == "signed":
        steps = [(tie, p) for tie, p in steps if {m.actor for m in tie.parties} == set(claim.parties)]
    met = [(tie, p) for tie, p in steps if when is None or when.overlaps(days(p))]
    for tie, step in met:
        return _with_clauses(claim, tie, f"{sentence(tie.name)}: {phase} {_on(step)}.", view)
    word = phase.replace("_", " ")
    near = [
        (tie, p)
        for tie, p in steps
        if when and when.start and abs(p.on.year - when.start.year) <= _SLIP and not recent(when, view)
        if not any(when.overlaps(days(other)) for other in tie.phases)
    ]
    if len(near) == 1:
        tie, step = near[0]
        return verdict(
            claim,
            "contradicted",
            f"{sentence(tie.name)}: {word} {_on(step)}, not in the time the claim gives.",
            [tie.id],
        )
    if phase == "ended" and when is None:
        standing = [t for t in found if t.phase(view.on) in {"in_force", "suspended"}]
        if standing:
            tie = standing[0]
            return verdict(claim, "contradicted", f"{sentence(tie.name)} is in force: {life(tie)}.", [tie.id])
    others = listing([f"{tie.name} ({life(tie)})" for tie in found[:3]])
    return verdict(
        claim,
        "not_covered",
        f"No such tie {word}{' at that time' if when else ''} is on record; it holds {others}.",
        [tie.id for tie in found[:3]],
        covered_by=_COVERED_BY.get(found[0].kind, _ELSEWHERE),
    )


def _standing(view: View, claim: Claim, found: Sequence[Tie]) -> Check:
    """A tie said to hold on the day the claim is of, or today."""
    on = view.on
    if claim.when and claim.when.end and claim.when.end < on:
        on = claim.when.end
    by_phase = {
        phase: [t for t in found if t.phase(on) == phase] for phase in ("in_force", "suspended", "signed")
    }
    if by_phase["in_force"]:
        tie = by_phase["in_force"][0]
        return _with_clauses(claim, tie, f"{sentence(tie.name)}: {life(tie)}; in force on {_day(on)}.", view)
    for phase, says in (("signed", "signed and not in force"), ("suspended", "suspended")):
        if by_phase[phase]:
            tie = by_phase[phase][0]
            why = f"{sentence(tie.name)}: {life(tie)}; {says} on {_day(on)}."
            return verdict(claim, "outdated", why, [tie.id])
    past = [t for t in found if t.phase(on) == "ended"]
    if past:
        tie = past[0]
        return verdict(claim, "outdated", f"{sentence(tie.name)}: {life(tie)}; over by {_day(on)}.", [tie.id])
    tie = found[0]
    return verdict(
        claim,
        "not_covered",
        f"{sentence(tie.name)} began later: {life(tie)}; of an earlier one the record holds nothing.",
        [tie.id],
        covered_by=_COVERED_BY.get(tie.kind, _ELSEWHERE),
    )


def _with_clauses(claim: Claim, tie: Tie, why: str, view: View) -> Check:
    """Borne out, unless the claim names a clause that the record's coding of the pact does not have."""
    said = claim.tie.clauses if claim.tie else ()
    coded = {c.kind: c.id for c in reversed(tie.clauses)}
    missing = [c for c in said if c not in coded]
    if tie.kind != "pact" or not said:
        return verdict(claim, "borne_out", why, [tie.id])
    if not coded:
        why += " The record does not say which clauses it has."
        return verdict(claim, "borne_out", why, [tie.id])
    kinds = listing([k.replace("_", "-") for k in sorted(coded)])
    if missing:
        lacking = listing([c.replace("_", "-") for c in missing])
        return verdict(
            claim,
            "contradicted",
            f"{why} Its clauses are of {kinds}, none of {lacking}.",
            [tie.id, *coded.values()],
        )
    return verdict(
        claim, "borne_out", f"{why} It has clauses of {kinds}.", [tie.id, *(coded[c] for c in said)]
    )


def _membership(view: View, claim: Claim) -> Check | None:
    """Where one party is an organisation with a list of members: whether the others are on it that day."""
    on = view.on
    bodies = [code for code in claim.parties if not _is_state(code, on) and _members(code)]
    if len(bodies) != 1 or claim.tie is None or claim.tie.kind not in {"pact", "partnership"}:
        return None
    body = bodies[0]
    joined = [entry for entry in _members(body) if entry[0] in claim.parties]
    states = [code for code in claim.parties if code != body]
    if all(any(code == state and when.contains(on) for code, when in joined) for state in states):
        verb = "belongs" if len(states) == 1 else "belong"
        why = f"{sentence(names(states, on))} {verb} to {called(body, on)} on {_day(on)}."
        return verdict(claim, "borne_out", f"{why} The table of actors says so.")
    left = [(code, when.end) for code, when in joined if when.end is not None and when.end < on]
    if left:
        code, end = max(left, key=lambda entry: entry[1])
        return verdict(
            claim,
            "outdated",
            f"{sentence(called(code, on))} belonged to {called(body, on)} until {_day(end)}. "
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


def _day(on: dt.date) -> str:
    return dated(Phase("", on))


def _on(step: Phase) -> str:
    return ("on " if step.precision == "day" else "in ") + dated(step)
