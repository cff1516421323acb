"""Which claims of a text are moves: acts that are new on its day, each told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapallo import actors, effects
from rapallo.checks.said import ARMS
from rapallo.errors import UnknownActorError
from rapallo.measures.words import listing, name, sentence
from rapallo.model import Claim, Interval, Move, Reading

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["moves"]

_FRESH = dt.timedelta(days=92)  # how long before a text an act may lie and still be its news
_LEAD = 3  # sentences at the head of a text in which an undated act counts as its news
_ENVOYS = {"withdraw", "expel"}
_TRAITS = {"arms": "arms_exports", "base": "military_expenditure"}  # tell the doer of a deal between equals
_COLLECTIVE = {"sanction", "mediation", "break"}  # what organisations do to states


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    parties: tuple[str, ...]
    claim: Claim


def moves(view: View, reading: Reading) -> tuple[Move, ...]:
    """The moves a text reports, in its order.

    A move is an act between states, asserted or reported, that lies within three months of the text, or
    that the head of the text tells without a date. A promise, a fear and a treaty of long ago are none.
    Claims of one kind by the same parties are one move; a partnership signed with a pact is that pact.

    Args:
        view: the record as of the day of the text.
        reading: the text, read.

    Returns:
        Moves with the claims they rest on and the tie of the record they are, where it holds it.
    """
    groups: dict[tuple[str, frozenset[str]], list[_Found]] = {}
    told = {entry.sentence: entry.text for entry in reading.diagnostics}
    for claim in reading.claims:
        found = _move_of(view, claim, told.get(claim.sentence, claim.quote.exact))
        if found is not None:
            groups.setdefault((found.kind, frozenset(found.parties)), []).append(found)
    for kind, parties in [key for key in groups if key[0] == "partnership"]:
        if ("pact", parties) in groups:
            groups["pact", parties] += groups.pop((kind, parties))
    ordered = sorted(groups.values(), key=lambda group: min(_place(f.claim) for f in group))
    made = [_made(view, reading, group) for group in ordered]
    return tuple(replace(move, id=f"m{index}") for index, move in enumerate(made, start=1))


def _place(claim: Claim) -> tuple[int, int]:
    return claim.sentence, claim.quote.start


def _move_of(view: View, claim: Claim, told: str) -> _Found | None:
    if claim.polarity != "positive" or claim.modality not in {"asserted", "reported"}:
        return None
    if claim.event is None or not _fresh(claim, view.on):
        return None
    kind = _kind(claim, told)
    if kind is None:
        return None
    parties = tuple(code for code in claim.parties if _can_move(code, kind, view.on))
    if kind in _TRAITS and set(claim.actors) == set(claim.targets):
        parties = _stronger_first(view, kind, parties)
    return _Found(kind, parties, claim) if len(parties) > 1 else None


def _can_move(code: str, kind: str, on: dt.date) -> bool:
    """Whether effects can weigh a move of this party: a state, or an organisation that acts as one."""
    try:
        found = actors.actor(code, on=on)
    except UnknownActorError:
        return False
    return found.kind == "state" or (
        found.kind == "organisation" and kind in _COLLECTIVE and bool(found.members)
    )


def _stronger_first(view: View, kind: str, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of a deal without a doer: who exports more weapons supplies, who spends more comes."""
    held = view.traits(_TRAITS[kind])
    return tuple(sorted(parties, key=lambda code: -held[code].value if code in held else 0.0))


def _fresh(claim: Claim, on: dt.date) -> bool:
    when = claim.when
    if when is None or (when.start is None and when.end is None):
        return claim.sentence < _LEAD
    start = when.start or when.end
    return start is not None and on - _FRESH <= start <= on and (when.end is None or when.end <= on)


def _kind(claim: Claim, told: str) -> str | None:
    if claim.kind == "tie" and claim.tie is not None:
        return _kind_of_tie(claim.tie.kind, claim.tie.phase)
    if claim.kind != "event":
        return None
    of = f"{claim.quantity.unit} {claim.quantity.of}" if claim.quantity else ""
    armed = bool(ARMS.search(f"{claim.quote.exact} {of}"))
    contracted = "military" in claim.contexts and bool(ARMS.search(told))
    match claim.event:
        case "AID" if armed:
            return "arms"
        case "AGREE" if armed or contracted:
            return "arms"
        case "CONSULT" if claim.mode == "third-party" and len(claim.targets) > 1:
            return "mediation"
        case "SANCTION":
            return "break" if claim.mode in _ENVOYS and "diplomatic" in claim.contexts else "sanction"
        case "SUPPORT" if "diplomatic" in claim.contexts and "relations" in claim.quote.exact.casefold():
            return "restoration"
        case _:
            return None


def _kind_of_tie(kind: str, phase: str | None) -> str | None:
    ends = phase in {"ended", "suspended"}
    match kind:
        case "pact" | "partnership":
            return "break" if ends else kind
        case "diplomatic":
            return "break" if ends else "restoration"
        case "sanction" if not ends:
            return "sanction"
        case "troops" if not ends:
            return "base"
        case "arms_deal" if not ends:
            return "arms"
        case "mediation" if not ends:
            return "mediation"
        case _:
            return None


def _made(view: View, reading: Reading, group: Sequence[_Found]) -> Move:
    """One move of the claims that tell it."""
    kind, parties = group[0].kind, group[0].parties
    for found in group:
        kind = found.kind if found.kind != "partnership" else kind
    claims = sorted((found.claim for found in group), key=_place)
    spoken_of = _spoken_of(reading, claims, kind, parties, view.on)
    clauses = tuple(dict.fromkeys(clause for c in (*claims, *spoken_of) if c.tie for clause in c.tie.clauses))
    phases = [c.tie.phase for c in claims if c.tie and c.tie.phase]
    when = min((c.when for c in claims if c.when), key=_width, default=None)
    move = Move(
        id="m",
        kind=kind,
        parties=parties,
        what=_what(kind, parties, clauses, view.on, done=any(c.event != "AGREE" for c in claims)),
        when=when,
        clauses=clauses if kind == "pact" else (),
        phase=phases[0] if phases else None,
        claims=tuple(c.id for c in (*claims, *spoken_of)),
    )
    tie = effects.recorded(view, move)
    return replace(move, tie=tie, phase=tie.phase(view.on) if tie else move.phase)


def _spoken_of(
    reading: Reading, claims: Sequence[Claim], kind: str, parties: Sequence[str], on: dt.date
) -> list[Claim]:
    """Later claims about the same treaty: its terms, or that it exists."""
    return [
        c
        for c in reading.claims
        if kind in {"pact", "partnership"}
        and c not in claims
        and c.tie is not None
        and c.tie.kind in {"pact", kind}
        and set(c.parties) == set(parties)
        and c.polarity == "positive"
        and c.modality in {"asserted", "reported"}
        and (c.when is None or c.when.start is None or c.when.start >= on - _FRESH)
    ]


def _width(when: Interval) -> int:
    if when.start is None or when.end is None:
        return 10**6
    return (when.end - when.start).days


def _what(kind: str, parties: Sequence[str], clauses: Sequence[str], on: dt.date, *, done: bool) -> str:
    names = [name(code, on) for code in parties]
    first, others, everybody = names[0], listing(names[1:]), listing(names)
    terms = listing([clause.replace("_", "-") for clause in clauses])
    text = {
        "pact": f"{everybody} signed a {terms + ' ' if terms else ''}pact",
        "partnership": f"{everybody} declared a partnership",
        "arms": f"{first} {'supplied' if done else 'agreed to supply'} weapons to {others}",
        "sanction": f"{first} restricted dealings with {others}",
        "base": f"{first} gained a base on the soil of {others}",
        "mediation": f"{first} mediated between {others}",
        "break": f"{first} broke or reduced relations with {others}",
        "restoration": f"{everybody} resumed relations",
    }[kind]
    return sentence(text)
