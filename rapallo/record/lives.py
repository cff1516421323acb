"""Which ties hold on a day, with which clauses, and what a supposition makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from rapallo.model import Tie

__all__ = ["alive", "begun", "overlaid", "standing"]

Held = Sequence[tuple[Tie, frozenset[str]]]
"""Ties with those of their members that are asked about."""


def standing(ties: Mapping[str, Tie], on: dt.date) -> Mapping[str, Tie]:
    """The ties with only the clauses that stand on a day.

    A clause that begins later counts while its tie is signed and not yet in force.
    """
    found = {}
    for name, tie in ties.items():
        signed = tie.phase(on) == "signed"
        kept = tuple(
            clause
            for clause in tie.clauses
            if (signed or clause.envelope.valid.start is None or clause.envelope.valid.start <= on)
            and (clause.envelope.valid.end is None or clause.envelope.valid.end >= on)
        )
        found[name] = tie if len(kept) == len(tie.clauses) else replace(tie, clauses=kept)
    return found


def overlaid(
    ties: Mapping[str, Tie], supposed: Mapping[str, Tie], gone: Set[str], on: dt.date
) -> Mapping[str, Tie]:
    """The ties with those supposed on a day, and without the ties and clauses supposed away."""
    laid = {**ties, **{name: tie.as_of(on) for name, tie in supposed.items()}}
    kept = {name: laid[name] for name in sorted(laid) if name not in gone}
    for name, tie in kept.items():
        if any(clause.id in gone for clause in tie.clauses):
            kept[name] = replace(tie, clauses=tuple(c for c in tie.clauses if c.id not in gone))
    return kept


def alive(ties: Iterable[Tie], on: dt.date) -> Held:
    """The ties that have begun by the day and not ended, with their members on it."""
    return [
        (tie, frozenset(tie.members(on)))
        for tie in ties
        if tie.phase(on) not in {None, "ended"}
        and (tie.envelope.valid.end is None or tie.envelope.valid.end >= on)
    ]


def begun(ties: Iterable[Tie], on: dt.date) -> Held:
    """The ties that have begun by the day, ended or not, with all members they have had by it."""
    return [
        (tie, frozenset(p.actor for p in tie.parties if p.when.start is None or p.when.start <= on))
        for tie in ties
        if tie.phase(on) is not None
    ]
