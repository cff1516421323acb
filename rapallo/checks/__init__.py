"""What the record says of a claim: borne out, contradicted, outdated or not covered, each with its rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.checks import events, ties, trade
from rapallo.checks.said import checkable
from rapallo.model import Check, Claim

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check_claim", "check_text"]


def check_claim(view: View, claim: Claim) -> Check | None:
    """Hold a claim against the record as of the day of the view.

    Only what is asserted or reported is checked: a promise, a condition or a fear is no fact that a record
    could bear out. A negative claim turns the verdict around, and nothing is borne out because rows are
    missing.

    Args:
        view: the record as of a day.
        claim: the claim.

    Returns:
        The verdict with its rows and its reason; None where the claim is of a kind that cannot be checked
        (a stance, a cause, an intention, an act with no known party).
    """
    if not checkable(claim):
        return None
    if claim.kind == "tie":
        return ties.check(view, claim)
    if claim.kind == "flow":
        return trade.check(view, claim)
    return events.check(view, claim) if claim.kind == "event" else None


def check_text(view: View, sentence: str, published: dt.date) -> tuple[Check, ...]:
    """Read a sentence and hold each of its claims against the record.

    Args:
        view: the record as of a day.
        sentence: one or more sentences in English.
        published: the day they are dated.

    Returns:
        One check per checkable claim, which names the words it checks.
    """
    from rapallo import reading  # noqa: PLC0415 - the parser is loaded only where a text is read

    read = reading.read(sentence, published=published)
    found = ((claim, check_claim(view, claim)) for claim in read.claims)
    return tuple(replace(check, claim=claim.quote.exact) for claim, check in found if check is not None)
