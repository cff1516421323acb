"""Rows that bind two states from one year to another as ties: rivalries, arms races."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from rapallo import actors
from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids, bearers
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["Pairs", "paired"]

_SIDES = ("ccode1", "ccode2")


@dataclass(frozen=True, slots=True)
class Pairs:
    """How the rows of a file bind two states.

    Attributes:
        kind: of the tie.
        ident: column of the number of the pair.
        first: column of its first year.
        last: column of its last.
        more: other columns that are read, parted by blanks.
        about: what is said of a row, in sentences without their full stops.
        name: what the pair is called in a row; the two states where it is not said.
        until: the last year of the data: what ends in it is open at its end; None where all have ended.
        otherwise: (number of the pair, code) to the code the state bears in the system.
    """

    kind: str
    ident: str
    first: str
    last: str
    about: Callable[[Row], list[str]]
    more: str = ""
    name: str = ""
    until: int | None = None
    otherwise: Mapping[tuple[int, str], str] = field(default_factory=dict)


def paired(sheet: Sheet, stamp: Stamp, spec: Pairs) -> Found:
    """The ties of a file, each with its two states, or with those that bore their codes one after another."""
    rows, found = taken(sheet, f"{spec.ident} ccode1 ccode2 {spec.first} {spec.last} {spec.name} {spec.more}")
    for row in rows:
        number, start, end = (count(row[column]) for column in (spec.ident, spec.first, spec.last))
        if number is None or start is None or end is None or end < start:
            found.reject("no number, or no years from one to another", [row[LINE]])
            continue
        codes = [spec.otherwise.get((number, str(row[side])), str(row[side])) for side in _SIDES]
        goes_on = spec.until is not None and end >= spec.until
        held = [_held(code, start, end, goes_on=goes_on) for code in codes]
        sides = [parties for parties, _ in held]
        strange = [code for code, side in zip(codes, sides, strict=True) if not side]
        found.unknown.update(("cow", code) for code in strange)
        if strange:
            found.reject("nobody bears the code ccode1 or ccode2", [row[LINE]])
            continue
        begun, ended = dt.date(start, 1, 1), dt.date(end, 12, 31)
        when = _when(start, None if goes_on else end)
        about = spec.about(row)
        about += [
            f"No state bore the number {code} then; {_name(side[0].actor)} stands for the one that is meant"
            for code, (side, then) in zip(codes, held, strict=True)
            if not then
        ]
        if goes_on:
            about.append(
                f"It was open when the data end, in {end}; one that ended in that year looks the same"
            )
        called = row[spec.name] if spec.name else " – ".join(_name(side[0].actor) for side in sides)
        found.ties.append(
            Tie(
                id=f"{stamp.source}:{number}",
                kind=spec.kind,
                name=f"{called}, {start}–" + ("" if goes_on else str(end)),
                envelope=stamp.envelope(when, row[LINE]),
                parties=tuple(party for side in sides for party in side),
                phases=(
                    Phase("in_force", begun, "year"),
                    *(() if goes_on else (Phase("ended", ended, "year"),)),
                ),
                about=". ".join(about) + ".",
            )
        )
    return found


def _name(actor: str) -> str:
    return actors.actor(actor).name


def _when(start: int, end: int | None) -> Interval:
    if end is None:
        return Interval(dt.date(start, 1, 1), None, "since")
    return Interval(dt.date(start, 1, 1), dt.date(end, 12, 31), "year" if start == end else "range")


def _held(code: str, start: int, end: int, *, goes_on: bool) -> tuple[tuple[Party, ...], bool]:
    """Who bore a code over the years, and whether it was then; else who came to bear it last."""
    begun, ended = dt.date(start, 1, 1), None if goes_on else dt.date(end, 12, 31)
    spells = bearers("cow", code, begun, ended)
    then = bool(spells)
    if not then:
        later = range(end + 1, dt.date.today().year + 1)
        known = actor_ids("cow", [(code, year) for year in later])
        spells = ((known[max(known, key=lambda asked: asked[1] or 0)], begun, ended),) if known else ()
    parties = (
        Party(actor, "party", Interval(first, last, "range" if last else "since"))
        for actor, first, last in spells
    )
    return tuple(parties), then
