"""A move as a tie: what the world is without it, and with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from rapallo.errors import InputError
from rapallo.measures.words import listing, name
from rapallo.measures.world import expand
from rapallo.model import Clause, Envelope, Interval, Move, Party, Phase, Tie, day
from rapallo.vocab import check

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["before_and_after", "cut", "recorded", "revived", "since", "supposed_move"]

_ENDINGS = frozenset({"ended", "suspended"})
_NEAR = dt.timedelta(days=366)
"""How far apart a move and the signing of a recorded tie may lie for them to be the same."""


@cache
def _table() -> Mapping[str, Mapping[str, Any]]:
    table: Mapping[str, Mapping[str, Any]] = yaml.load(
        files("rapallo.effects").joinpath("supposed.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return table


def supposed_move(
    parties: Sequence[str],
    kind: str = "pact",
    clauses: Sequence[str] = (),
    *,
    on: dt.date,
    reach_km: float | None = None,
) -> Move:
    """A what-if: the parties make this move on that day.

    Where the record already holds it, its effects are what that tie changes: the record without it is set
    against the record with it.

    Args:
        parties: codes of two or more states or organisations; for a directed move the doer comes first.
        kind: term of the vocabulary ``move_kinds``, or of ``clause_kinds``: a pact with that clause.
        clauses: clause kinds of a pact; a pact without any is one of defence.
        on: the day.
        reach_km: range of weapons that change hands.

    Raises:
        InputError: where there are fewer than two parties, one is named twice, or clauses come with another
            kind of move than a pact.
        VocabularyError: where no vocabulary holds the kind or a clause.
        UnknownActorError: where nobody bears a code on that day.

    Examples:
        >>> supposed_move(["RUS", "IND"], "defence", on=dt.date(2024, 6, 22)).what
        'Russia and India sign a pact (defence)'
    """
    codes = tuple(parties)
    if len(codes) < 2 or len(set(codes)) < len(codes):
        msg = "a move needs two or more different parties"
        raise InputError(msg, hint="name them by code, e.g. RUS PRK")
    if kind in _table()["clauses"]:
        clauses, kind = (kind, *clauses), "pact"
    check("move_kinds", kind)
    if clauses and kind != "pact":
        msg = f"a move of kind {kind!r} has no clauses"
        raise InputError(msg, hint="only a pact has")
    if kind == "pact":
        clauses = clauses or ("defence",)
    terms = tuple(check("clause_kinds", clause) for clause in dict.fromkeys(clauses))
    names = [name(code, on) for code in codes]
    return Move(
        id="m1",
        kind=kind,
        parties=codes,
        what=_what(kind, names, terms),
        when=day(on),
        clauses=terms,
        phase="in_force" if kind == "pact" else None,
        reach_km=reach_km,
    )


def _what(kind: str, names: Sequence[str], clauses: Sequence[str]) -> str:
    first, others, everybody = names[0], listing(names[1:]), listing(names)
    terms = listing([clause.replace("_", "-") for clause in clauses])
    text = {
        "pact": f"{everybody} sign a pact ({terms})",
        "partnership": f"{everybody} declare a partnership",
        "arms": f"{first} supplies weapons to {others}",
        "sanction": f"{first} imposes sanctions on {others}",
        "base": f"{first} gains a base on the soil of {others}",
        "mediation": f"{first} mediates between {others}",
        "break": f"{everybody} break with each other",
        "restoration": f"{everybody} resume relations",
    }[kind]
    return text[:1].upper() + text[1:]


def recorded(view: View, move: Move) -> Tie | None:
    """The tie of the record that a move is: the same parties and kind, signed within a year of it.

    A move that was read in no text and is merely supposed is also an older tie of the same parties and kind
    that already holds its clauses, since supposing what is so changes nothing. A mediation that ended by
    the day is still the one of that year.

    Returns:
        The tie as it stands on the day of the view, or None where the record does not hold it.
    """
    kind = _table()["ties"].get(move.kind)
    if kind is None:
        return None
    if move.tie is not None:
        held = [tie for tie in view.ties(kind=move.tie.kind) if tie.id == move.tie.id]
        return held[0] if held else None
    made = _made(view, move)
    over = kind == "mediation"
    ties = [tie for tie in view.ties(kind=kind, ended=over) if _between(tie, move, view.on, ended=over)]
    near = [tie for tie in ties if _apart(tie, made, view.on) <= _NEAR]
    if not near and not move.claims and not over:
        near = [tie for tie in ties if set(move.clauses) <= {clause.kind for clause in tie.clauses}]
    return min(near, key=lambda tie: (_apart(tie, made, view.on), tie.id), default=None)


def _made(view: View, move: Move) -> dt.date:
    when = move.when
    stated = (when.start or when.end) if when else None
    return min(stated, view.on) if stated else view.on


def _apart(tie: Tie, made: dt.date, on: dt.date) -> dt.timedelta:
    """How far a move lies from the nearest step by which the tie was made, resumed or renewed."""
    steps = [step.on for step in tie.as_of(on).phases if step.phase not in _ENDINGS]
    return min(abs(step - made) for step in steps or [_begun(tie, on)])


def _begun(tie: Tie, on: dt.date) -> dt.date:
    """When the spell began in which the tie stands that day, or the last in which it stood."""
    first, open_ = tie.envelope.valid.start or dt.date.min, False
    for step in tie.as_of(on).phases:
        if step.phase in _ENDINGS:
            open_ = False
        elif not open_:
            first, open_ = step.on, True
    return first


def _between(tie: Tie, move: Move, on: dt.date, *, ended: bool) -> bool:
    signed_by = [p for p in tie.parties if ended or p.when.end is None or on <= p.when.end]
    if {p.actor for p in signed_by} != set(move.parties):
        return False
    doers = tuple(p.actor for p in signed_by if p.role == "actor")
    return not doers or doers == move.parties[:1]


def before_and_after(view: View, move: Move) -> tuple[View, View, Tie | None]:
    """The view without a move and the view with it, and the tie it makes.

    A pact that is only signed is treated as if it were in force. A break makes no tie: it takes away
    those that ``cut`` gives.

    Raises:
        VocabularyError: where no vocabulary holds the kind of the move.
    """
    check("move_kinds", move.kind)
    if move.kind == "break":
        ties = cut(view, move)
        before = view
        for tie in ties:
            before = before.with_tie(tie) if tie != view.tie(tie.id) else before
        return before, view.without(*(tie.id for tie in ties)), None
    held = recorded(view, move)
    made = _made(view, move)
    tie = _in_force(held or _suppose(move, made, view.on), view.on)
    before = view.without(held.id) if held else view
    return before, before.with_tie(tie), tie


def cut(view: View, move: Move) -> tuple[Tie, ...]:
    """The ties that a break takes away, as they were without it.

    They are those that only its parties share, save borders, rivalries, disputes, wars, sanctions and
    deals; also those which the record already shows to have ended or lapsed within a year of the move.

    Examples:
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 4, 9))
        >>> [tie.id for tie in cut(view, supposed_move(["MEX", "ECU"], "break", on=view.on))]
        ['relations-ecu-mex']
    """
    bonds = {*_table()["ties"].values()} - {"sanction"}
    made, parties = _made(view, move), set(move.parties)
    found = []
    for tie in view.ties(*move.parties, ended=True):
        if tie.kind not in bonds:
            continue
        if tie.phase(view.on) not in _ENDINGS:
            if set(tie.members(view.on)) == parties:
                found.append(tie)
        elif {p.actor for p in tie.parties} == parties and abs(_broken(tie) - made) <= _NEAR:
            found.append(revived(tie, view.on))
    return tuple(found)


def since(view: View, move: Move, tie: Tie | None) -> dt.date:
    """From when a move runs: when its tie began or a break first parted its parties, or its own day."""
    if tie is not None:
        return min(_begun(view.tie(tie.id) or tie, view.on), view.on)
    ended = (_broken(held) for t in cut(view, move) if (held := view.tie(t.id)) and held != t)
    return min(ended, default=_made(view, move))


def _broken(tie: Tie) -> dt.date:
    return max(phase.on for phase in tie.phases)


def revived(tie: Tie, on: dt.date) -> Tie:
    """The tie as it would stand that day had it not ended or been suspended.

    Examples:
        >>> from rapallo.record import Record
        >>> on = dt.date(2024, 4, 9)
        >>> held = Record.open().view(on).tie("relations-ecu-mex")
        >>> held.phase(on), revived(held, on).phase(on)
        ('ended', 'in_force')
    """
    phases = list(tie.as_of(on).phases)
    while len(phases) > 1 and phases[-1].phase in _ENDINGS:
        phases.pop()
    return replace(
        tie,
        envelope=replace(tie.envelope, valid=replace(tie.envelope.valid, end=None)),
        parties=tuple(replace(p, when=replace(p.when, end=None)) for p in tie.parties),
        phases=tuple(phases),
    )


def _in_force(tie: Tie, on: dt.date) -> Tie:
    """The tie as if it were in force that day, its membership and its clauses with it."""
    phase = tie.phase(on)
    if phase == "in_force":
        return tie
    if phase == "ended":
        tie = revived(tie, on)
    return replace(
        tie,
        parties=tuple(replace(p, when=_from(p.when, on)) for p in tie.parties),
        phases=(*tie.as_of(on).phases, Phase("in_force", on)),
        clauses=tuple(
            replace(c, envelope=replace(c.envelope, valid=_from(c.envelope.valid, on))) for c in tie.clauses
        ),
    )


def _from(when: Interval, on: dt.date) -> Interval:
    return replace(when, start=on) if when.start is not None and when.start > on else when


def _suppose(move: Move, made: dt.date, on: dt.date) -> Tie:
    kind = _table()["ties"][move.kind]
    directed = kind in {"arms_deal", "sanction", "troops", "mediation"}
    valid = Interval(made, None, "since")
    codes = move.parties
    if kind == "pact":
        codes = tuple(dict.fromkeys(state for code in codes for state in expand(code, on)))
    envelope = Envelope(source="supposed", release="", valid=valid, confidence=1.0, basis="supposed")
    tie = f"supposed:{move.id}"
    return Tie(
        id=tie,
        kind=kind,
        name=move.what,
        envelope=envelope,
        parties=tuple(
            Party(code, ("actor" if n == 0 else "target") if directed else "party", valid)
            for n, code in enumerate(codes)
        ),
        phases=(Phase("in_force", min(made, on)),),
        clauses=tuple(
            Clause(id=f"{tie}/{n}", tie=tie, kind=clause, envelope=envelope, **_table()["clauses"][clause])
            for n, clause in enumerate(move.clauses, start=1)
        ),
    )
