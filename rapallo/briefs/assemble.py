"""Puts a brief together: reads, finds the moves, weighs them, checks the claims, gathers the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo import checks as checking
from rapallo import effects, reading
from rapallo.briefs.moves import moves as find_moves
from rapallo.briefs.questions import open_questions
from rapallo.model import Brief, Reading, Unavailable
from rapallo.record import Record

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["brief"]

REACTIONS = Unavailable(
    "No model of reactions has been fitted yet. A stake says how much is at issue for a state, not what it "
    "will do."
)
OUTLOOK = Unavailable("No model of what usually follows has been fitted yet.")
OPTIONS = Unavailable("No game has been drafted from the moves yet.")


def brief(
    text: str, *, published: dt.date, record: Record | None = None, title: str = "", address: str = ""
) -> Brief:
    """Read a text and weigh it against the record as of the day it is dated.

    Args:
        text: plain text in English.
        published: the day the text is dated, the anchor of its relative dates.
        record: the record to ask, by default the embedded starter record; nothing is written to it.
        title: its headline.
        address: where it comes from.

    Returns:
        The brief; parts that cannot be given yet are ``Unavailable`` and say why.
    """
    with nullcontext(record) if record is not None else Record.open() as opened:
        return _weighed(
            opened.view(published), reading.read(text, published=published, title=title, address=address)
        )


def _weighed(view: View, read: Reading) -> Brief:
    """The brief of a text that has been read."""
    moves = find_moves(view, read)
    found = (checking.check_claim(view, claim) for claim in read.claims)
    checks = tuple(check for check in found if check is not None)
    made = Brief(
        document=read.document,
        on=view.on,
        claims=read.claims,
        checks=checks,
        moves=moves,
        stakes={
            move.id: tuple(stake for stake in effects.stakes(view, move) if stake.parts) for move in moves
        },
        obligations=tuple(change for move in moves for change in effects.obligation_changes(view, move)),
        leverage=tuple(change for move in moves for change in effects.leverage_changes(view, move)),
        reactions=REACTIONS,
        outlook=OUTLOOK,
        options=OPTIONS,
        open_questions=open_questions(view, read, moves, checks),
        diagnostics=read.diagnostics,
        rows={},
    )
    return replace(made, rows=view.rows(dict.fromkeys(_named(made))))


def _named(brief: Brief) -> Iterator[str]:
    """The ids of every row that a part of the brief names, in the order in which they are met."""
    for move in brief.moves:
        if move.tie is not None:
            yield move.tie.id
        for stake in brief.stakes[move.id]:
            for part in stake.parts:
                yield from part.path
    for check in brief.checks:
        yield from check.rows
    for change in brief.leverage:
        yield from change.path
    for duty in brief.obligations:
        for reason in duty.obligation.because:
            yield from (reason.tie, reason.clause)
        yield from duty.obligation.pulled_by
