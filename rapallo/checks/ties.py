"""Checks of ties: whether they exist, since when, in which phase on the day, and with which clauses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.checks import membership
from rapallo.checks.said import called, dated_on, days, life, names, on_day, recent, since, verdict
from rapallo.measures.words import listing, sentence
from rapallo.model import Check, Claim, Tie, Verdict, year
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
# "their treaty of 1961" dates the treaty, not the day on which it binds.
_OF_YEAR = re.compile(r"\b(?:treaty|pact|accord|agreement|alliance)\s+(?:of|from)\s+(\d{4})\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"\b(?:(?:enter|c[oa]m)\w*\s+into\s+(?:force|effect)|(?:took|takes|taken)\s+effect)\b(?:\D*(\d{4}))?",
    re.IGNORECASE,
)
_AT_WAR = re.compile(r"\bat war\b", re.IGNORECASE)
_NEVER = re.compile(r"\bn?ever\b", re.IGNORECASE)
_BEGINNINGS = {"signed", "in_force"}
_SLIP = 3  # years by which a date may be off and still be meant of the same treaty


def check(view: View, claim: Claim) -> Check | None:
    """Hold a tie claim against the ties of the record.

    Returns:
        The verdict; None where the claim names fewer than two parties or no kind of tie.
    """
    if claim.tie is None or len(claim.parties) < 2:
        return None
    kind = "war" if _AT_WAR.search(claim.quote.exact) else claim.tie.kind
    joined = membership.check(view, claim)
    if joined is not None:
        return joined
    found = _candidates(view, claim, kind)
    if not found:
        return _nothing(view, claim, kind)
    said = set(claim.tie.clauses)
    found = [t for t in found if said <= set(_coded(view, t))] or found
    phase = claim.tie.phase or ("signed" if claim.event in {"AGREE", "SUPPORT"} else "in_force")
    if phase != "in_force":
        return _step(view, claim, phase, found)
    words = claim.quote.exact + claim.quote.suffix
    dated_treaty, entry = _OF_YEAR.search(words), _ENTRY.search(words)
    if dated_treaty:
        return _of_year(view, claim, int(dated_treaty[1]), found)
    if entry:
        when = year(int(entry[1])) if entry[1] else claim.when
        return _step(view, replace(claim, when=when), phase, found)
    if claim.event is not None and claim.when is not None and claim.when.start is not None:
        return _step(view, claim, phase, found)
    return _standing(view, claim, found)


def _of_year(view: View, claim: Claim, number: int, found: Sequence[Tie]) -> Check:
    """A tie named by the year of its treaty and said to hold now."""
    meant = [t for t in found if any(p.on.year == number for p in t.phases if p.phase in _BEGINNINGS)]
    if not meant:
        return _step(view, replace(claim, when=year(number)), "signed", found)
    return _standing(view, replace(claim, when=None), meant)


def _candidates(view: View, claim: Claim, kind: str) -> list[Tie]:
    """The ties of that kind and of those parties in those roles, the narrowest and latest first."""
    parties = claim.parties
    treaty = kind == "partnership" and bool(_TREATY.search(claim.quote.exact))
    ties = [
        t
        for t in view.ties(kind=kind, ended=True)
        if set(parties) <= {p.actor for p in t.parties} and (not treaty or _TREATY.search(t.name))
    ]
    if kind == "partnership":
        ties += [
            t
            for t in view.ties(kind="pact", ended=True)
            if set(parties) <= {p.actor for p in t.parties} and (treaty or "partner" in t.name.casefold())
        ]
    if not _mutual(kind):
        ties = [t for t in ties if _directed(t, claim)]
    return sorted(ties, key=lambda t: (len({p.actor for p in t.parties}), -_begun(t).toordinal(), t.id))


def _mutual(kind: str) -> bool:
    return kind not in vocabulary("tie_kinds") or vocabulary("tie_kinds")[kind].more.get("mutual", True)


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
    begins = {"in_force", "renewed"} if phase == "in_force" else {phase}
    steps = [(tie, p) for tie in found for p in tie.phases if p.phase in begins and _bound(tie, claim, p.on)]
    if when is None:
        steps = [(tie, p) for tie, p in steps if {m.actor for m in tie.parties} == set(claim.parties)]
    met = [(tie, p) for tie, p in steps if when is None or when.overlaps(days(p))]
    standing = [t for t in found if t.phase(view.on) == "in_force" and _bound(t, claim, view.on)]
    if when is None and phase in {"ended", "suspended"} and standing:
        tie = standing[0]
        found_as: Verdict = "outdated" if met else "contradicted"
        return verdict(claim, found_as, f"{sentence(tie.name)} is in force: {life(tie)}.", [tie.id])
    for tie, step in met:
        took = step.phase.replace("_", " ")
        return _with_clauses(claim, tie, f"{sentence(tie.name)}: {took} {dated_on(step)}.", view)
    word = phase.replace("_", " ")
    near = [
        (tie, p)
        for tie, p in steps
        if _mutual(tie.kind)  # a measure can be taken again
        if when and when.start and abs(p.on.year - when.start.year) <= _SLIP and not recent(when, view)
        if not any(when.overlaps(days(other)) for other in tie.phases)
    ]
    if len(near) == 1:
        tie, step = near[0]
        return verdict(
            claim,
            "contradicted",
            f"{sentence(tie.name)}: {word} {dated_on(step)}, not in the time the claim gives.",
            [tie.id],
        )
    others = listing([f"{tie.name} ({life(tie)})" for tie in found[:3]])
    return verdict(
        claim,
        "not_covered",
        f"No such tie {word}{' at that time' if when else ''} is on record; it holds {others}.",
        [tie.id for tie in found[:3]],
        covered_by=_COVERED_BY.get(found[0].kind, _ELSEWHERE),
    )


def _bound(tie: Tie, claim: Claim, on: dt.date) -> bool:
    """Whether all whom the claim names are in the tie on a day, or left it with that day."""
    eve = on - dt.timedelta(days=1) if on > dt.date.min else on
    return set(claim.parties) <= {*tie.members(on), *tie.members(eve)}


def _left(tie: Tie, claim: Claim, on: dt.date) -> bool:
    """Whether those named were in the tie together before a day, and are not on it."""
    ends = {p.when.end for p in tie.parties if p.actor in claim.parties and p.when.end and p.when.end < on}
    return any(set(claim.parties) <= set(tie.members(day)) for day in ends)


def _standing(view: View, claim: Claim, found: Sequence[Tie]) -> Check:
    """A tie said to hold on the day the claim is of, or today."""
    on = view.on
    if claim.when and claim.when.end and claim.when.end < on:
        on = claim.when.end
    if claim.polarity == "negative" and _NEVER.search(claim.quote.exact):
        once = [t for t in found if any(p.phase in _BEGINNINGS and p.on <= on for p in t.phases)]
        if once:
            return _with_clauses(claim, once[0], f"{sentence(once[0].name)}: {life(once[0])}.", view)
    bound = [t for t in found if _bound(t, claim, on)]
    by_phase = {
        phase: [t for t in bound if t.phase(on) == phase] for phase in ("in_force", "suspended", "signed")
    }
    if by_phase["in_force"]:
        early = since(claim)
        older = [t for t in by_phase["in_force"] if not early or (_bound(t, claim, early) and t.phase(early))]
        if not older:
            tie = by_phase["in_force"][0]
            why = f"{sentence(tie.name)} began later: {life(tie)}."
            return verdict(claim, "contradicted", why, [tie.id])
        tie = older[0]
        return _with_clauses(
            claim, tie, f"{sentence(tie.name)}: {life(tie)}; in force on {on_day(on)}.", view
        )
    for phase, says in (("signed", "signed and not in force"), ("suspended", "suspended")):
        if by_phase[phase]:
            tie = by_phase[phase][0]
            why = f"{sentence(tie.name)}: {life(tie)}; {says} on {on_day(on)}."
            return verdict(claim, "outdated", why, [tie.id])
    past = [t for t in found if t.phase(on) == "ended"]
    if not past and (left := [t for t in found if _left(t, claim, on)]):
        gone = listing([called(c, on) for c in claim.parties if c not in left[0].members(on)])
        why = f"{sentence(left[0].name)}: {life(left[0])}; {gone} no longer in it on {on_day(on)}."
        return verdict(claim, "outdated", why, [left[0].id])
    if past:
        tie = past[0]
        return verdict(
            claim, "outdated", f"{sentence(tie.name)}: {life(tie)}; over by {on_day(on)}.", [tie.id]
        )
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
    coded = _coded(view, tie)
    missing = [c for c in said if c not in coded]
    if tie.kind != "pact" or not said:
        return verdict(claim, "borne_out", why, [tie.id])
    if not coded:
        why += " The record does not say which clauses it has."
        return verdict(claim, "not_covered", why, [tie.id], covered_by=_COVERED_BY["pact"])
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


def _coded(view: View, tie: Tie) -> Mapping[str, str]:
    """The kinds of clauses of a tie, over or not, each with its first clause."""
    if tie.clauses or view.supposes or tie.phase(view.on) != "ended":
        return {c.kind: c.id for c in reversed(tie.clauses)}
    rows = view.query("clauses_known").to_pylist()
    return {row["kind"]: row["id"] for row in reversed(rows) if row["tie"] == tie.id}
