"""What states did to each other day by day, as sorted keys that are counted by the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.measures.panel.arrow import numbers

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["ACTS", "BINDING", "MOVES", "Dealings", "dealings"]

Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

ACTS: Mapping[str, tuple[str, ...]] = {
    "ask": ("REQUEST",),
    "reassure": ("CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"),
    "criticise": ("ACCUSE", "REJECT"),
    "punish": ("THREATEN", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT"),
}
"""The event types of PLOVER that each answer to a move is counted from. COERCE and SANCTION that are of
courts and police (context ``legal``) fall on persons and stay out."""

BINDING = "binding"
"""Signed agreements, and military cooperation or aid: what a state binds itself to another by."""

MOVES = ("agreement", "military", "visit", "sanction", "threat")
"""Kinds of moves that daily events tell: a signed agreement, military aid or cooperation, a visit, a
sanction, a threat."""

SIGNING = "057"
"""The code of CAMEO for a signed formal agreement."""

_SPAN = 1 << 17


@dataclass(frozen=True)
class Dealings:
    """Acts of states towards other states, by kind; of one kind, pair and day at most one.

    Attributes:
        states: ids, in the order of positions.
        kinds: by kind the keys of its acts, sorted: ``(actor * states + target) * span + day``, days since
            1970.
    """

    states: tuple[str, ...]
    kinds: Mapping[str, Longs]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """The position of each state."""
        return {state: at for at, state in enumerate(self.states)}

    def key(self, one: Longs, other: Longs, day: Longs) -> Longs:
        """The key of an act; the arguments are broadcast."""
        found: Longs = (one * len(self.states) + other) * _SPAN + day
        return found

    def count(self, kind: str, one: Longs, other: Longs, first: Longs, last: Longs) -> Longs:
        """On how many days from the first through the last each state acted so towards the other.

        Args:
            kind: of ``kinds``.
            one: positions of the states that act.
            other: positions of those acted upon.
            first: days since 1970.
            last: days since 1970.
        """
        held = self.kinds[kind]
        stop = np.searchsorted(held, self.key(one, other, last), side="right")
        found: Longs = stop - np.searchsorted(held, self.key(one, other, first))
        return found

    def split(self, kind: str) -> tuple[Longs, Longs, Longs]:
        """The acts of a kind: positions of who acted, of the one acted upon, and days."""
        pairs, day = np.divmod(self.kinds[kind], _SPAN)
        one, other = np.divmod(pairs, len(self.states))
        return one, other, day

    def with_kind(self, kind: str, keys: Longs) -> Dealings:
        """These, and acts of one more kind, of which several of a pair may be on one day."""
        return Dealings(self.states, {**self.kinds, kind: np.sort(keys)})


def dealings(record: Record, first: dt.date, last: dt.date, sources: Iterable[str] = ()) -> Dealings:
    """The acts between two states that a record holds of a span of days.

    Events of several actors or targets count for each pair, those within one state, or not of one day, for
    none.

    Args:
        record: the record.
        first: day.
        last: day.
        sources: the only releases that count; all unless said.

    Examples:
        >>> from rapallo.record import Record
        >>> found = dealings(Record.open(), dt.date(2017, 1, 1), dt.date(2024, 6, 1))
        >>> sorted(found.kinds)[:3]
        ['agreement', 'any', 'ask']
    """
    table = record.query("events_as_of", since=first, on=last)
    day = pc.and_kleene(
        pc.equal(table.column("valid_from"), table.column("valid_to")),
        pc.list_value_length(table.column("targets")).cast(pa.bool_()),
    )
    if chosen := list(sources):
        day = pc.and_kleene(day, pc.is_in(table.column("source"), pa.array(chosen)))
    return _of(table.filter(pc.fill_null(day, False)))  # noqa: FBT003


def _of(table: pa.Table) -> Dealings:
    count = np.arange(table.num_rows)
    actors, targets = (table.column(side).combine_chunks() for side in ("actors", "targets"))
    sides = [(np.repeat(count, _lengths(each)), each.flatten().to_pylist()) for each in (actors, targets)]
    states = tuple(sorted({state for _, names in sides for state in names}))
    place = {state: at for at, state in enumerate(states)}
    ones, others = (np.array([place[name] for name in names], np.int64) for _, names in sides)
    rows, left, right = _crossed(sides[0][0], ones, sides[1][0], others, len(count))
    days = numbers(table.column("valid_from"), np.int32).astype(np.int64)[rows]
    apart = left != right
    rows, keys = rows[apart], ((left * len(states) + right) * _SPAN + days)[apart]
    told = kinds_of(table)
    return Dealings(states, {kind: np.unique(keys[held[rows]]) for kind, held in told.items()})


def kinds_of(table: pa.Table) -> dict[str, Bools]:
    """Whether each event is of each kind of ``ACTS``, ``BINDING`` and ``MOVES``, and ``any`` for all."""
    event, code = _words(table, "event"), _words(table, "code")
    mode = _words(table, "mode")
    told = table.column("contexts").combine_chunks()
    at = np.repeat(np.arange(table.num_rows), _lengths(told))
    words = np.array(told.flatten().to_pylist() or [""], dtype=object)[: len(at)]
    military, legal = (_marked(at[words == word], table.num_rows) for word in ("military", "legal"))
    person = legal & np.isin(event, ("COERCE", "SANCTION"))
    found: dict[str, Bools] = {kind: np.isin(event, types) & ~person for kind, types in ACTS.items()}
    signing = np.char.startswith(code, SIGNING)
    arms = military & np.isin(event, ("AID", "COOPERATE"))
    found |= {"agreement": signing, "military": arms, BINDING: signing | arms}
    found |= {"visit": (event == "CONSULT") & (mode == "visit"), "threat": event == "THREATEN"}
    return found | {"sanction": (event == "SANCTION") & ~legal, "any": np.ones(table.num_rows, bool)}


def _words(table: pa.Table, column: str) -> NDArray[np.str_]:
    return np.array(table.column(column).fill_null("").to_pylist() or [""], dtype=str)[: table.num_rows]


def _lengths(lists: pa.Array) -> Longs:
    return np.array(pc.fill_null(pc.list_value_length(lists), 0).to_pylist(), np.int64)


def _marked(at: Longs, size: int) -> Bools:
    found = np.zeros(size, bool)
    found[at] = True
    return found


def _crossed(
    rows: Longs, ones: Longs, other_rows: Longs, others: Longs, size: int
) -> tuple[Longs, Longs, Longs]:
    """Each actor of an event with each of its targets: the event, the one, the other."""
    count = np.bincount(other_rows, minlength=size)
    starts = np.cumsum(count) - count
    times = count[rows]
    index = np.repeat(np.arange(len(rows)), times)
    offset = np.arange(len(index)) - np.repeat(np.cumsum(times) - times, times)
    return rows[index], ones[index], others[starts[rows[index]] + offset]
