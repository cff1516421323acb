"""Spells of direct contiguity as amounts of pairs, and those by land as borders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rapallo import actors
from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import bearers
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.stamped import stamped

__all__ = ["read"]

_UNIT = "1 by land, 2 to 5 over up to 12, 24, 150, 400 miles of water"
_KINDS = ("1", "2", "3", "4", "5")
_LAND = "1"
_LAST = dt.date(2016, 12, 31)
"""The day up to which the data go; a spell that ends on it has not ended."""

Row = Mapping[str, Any]
Held = tuple[str, dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class _Spell:
    """A row that can be read: its months, and who bore the two codes over them."""

    row: Row
    first: dt.date
    last: dt.date
    low: tuple[Held, ...]
    high: tuple[Held, ...]

    def pairs(self) -> Iterator[tuple[str, str, dt.date, dt.date]]:
        """The pairs of states that the two codes meant, each with the days on which they did."""
        for one, one_first, one_last in self.low:
            for other, other_first, other_last in self.high:
                first, last = max(one_first, other_first), min(one_last, other_last)
                if first <= last:
                    yield one, other, first, last


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The dyads of all spells and the ties of those by land, and what became of the rows.

    Raises:
        InputError: where the file lacks a column.
    """
    sheet, stamp = sheets["spells"], stamps["spells"]
    found = Found(used={"statelno", "statehno", "conttype", "begin", "end", "notes"})
    sheet.require(found.used)
    dyads: list[dict[str, Any]] = []
    for row in sheet.table.to_pylist():
        spell = _spell(row, found)
        if isinstance(spell, str):
            found.reject(spell, [row[LINE]])
            continue
        dyads += _dyads(spell, stamp)
        if row["conttype"] == _LAND:
            found.ties.append(_border(spell, stamp))
    found.rows["dyad"] = [stamped("dyad", dyads, stamp)]
    return {"spells": found}


def _spell(row: Row, found: Found) -> _Spell | str:
    """A row as a spell, or why it is none."""
    begun, ended = (written(row[column][:4], row[column][4:]) for column in ("begin", "end"))
    first, last = begun.start if begun else None, ended.end if ended else None
    if begun is None or ended is None or first is None or last is None:
        return "no month in which it begins or ends"
    if last < first:
        return "ends before it begins"
    if row["conttype"] not in _KINDS:
        return "conttype is no known code"
    sides = []
    for column in ("statelno", "statehno"):
        held = bearers("cow", row[column], first, last)
        if not held:
            found.unknown["cow", row[column]] += 1
            return f"nobody bears the code {column}"
        sides.append(_lasting(tuple((actor, start, end or last) for actor, start, end in held), begun, ended))
    low, high = sides
    if {actor for actor, _, _ in low} & {actor for actor, _, _ in high}:
        return "a state with itself"
    return _Spell(row, first, last, low, high)


def _lasting(held: tuple[Held, ...], begun: Interval, ended: Interval) -> tuple[Held, ...]:
    """Those who bore a code not only in the month in which a spell begins or ends, where there are such.

    The day in that month is not known: the Soviet Union was gone before the last days of December 1991, and
    a border that ends with it is not one of Russia.
    """
    kept = tuple(
        (actor, first, last)
        for actor, first, last in held
        if not any(month.contains(first) and month.contains(last) for month in (begun, ended))
    )
    return kept or held


def _dyads(spell: _Spell, stamp: Stamp) -> Iterator[dict[str, Any]]:
    for one, other, first, last in spell.pairs():
        yield {
            "id": f"{stamp.source}:contiguity:{one}-{other}:{spell.first}:{first}",
            "actor": one,
            "other": other,
            "name": "contiguity",
            "value": float(spell.row["conttype"]),
            "unit": _UNIT,
            "note": spell.row["notes"],
            "valid_from": first,
            "valid_to": last,
            "precision": "range",
            LINE: spell.row[LINE],
        }


def _border(spell: _Spell, stamp: Stamp) -> Tie:
    when = Interval(spell.first, spell.last, "range")
    steps = [Phase("in_force", spell.first, "month")]
    if spell.last < _LAST:
        steps.append(Phase("ended", spell.last, "month"))
    parties = tuple(
        Party(actor, "party", Interval(first, last, "range"))
        for actor, first, last in (*spell.low, *spell.high)
    )
    names = [actors.actor(side[0][0]).name for side in (spell.low, spell.high)]
    return Tie(
        id=f"{stamp.source}:border:{spell.row['statelno']}-{spell.row['statehno']}:{spell.first}",
        kind="border",
        name=f"border of {names[0]} and {names[1]}",
        envelope=stamp.envelope(when, spell.row[LINE]),
        parties=parties,
        phases=tuple(steps),
        about=spell.row["notes"],
    )
