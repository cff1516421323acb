"""What a text leaves open: terms, steps not taken yet, figures and sources it does not give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rapallo.briefs.words import when_words
from rapallo.model import Check, Claim, Move, Reading, day

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["open_questions"]

_UNNAMED = {"author", "unnamed", "reports", "media", "analysts"}
_MOST = 4  # questions of one sort


def open_questions(
    view: View, reading: Reading, moves: Sequence[Move], checks: Sequence[Check]
) -> tuple[str, ...]:
    """Questions an analyst would put next, those about the moves first.

    Args:
        view: the record as of the day of the text.
        reading: the text, read.
        moves: its moves.
        checks: what the record says of its claims.
    """
    claims = {claim.id: claim for claim in reading.claims}
    out = [question for move in moves for question in _of_move(view, move, claims)]
    disputed = [claims[c.claim] for c in checks if c.verdict == "contradicted" and c.claim in claims]
    out += [
        f"Text and record disagree on “{_short(c.quote.exact)}”: which is right?" for c in disputed[:_MOST]
    ]
    hearsay = [
        c for c in reading.claims if c.modality == "reported" and {h.who for h in c.holders} <= _UNNAMED
    ]
    out += [f"Who reports that “{_short(c.quote.exact)}”? The text names no source." for c in hearsay[:_MOST]]
    unread = sum(d.outcome == "abstained" for d in reading.diagnostics)
    if unread:
        out.append(
            f"{unread} sentence{'s were' if unread > 1 else ' was'} not understood; what do they claim?"
        )
    return tuple(dict.fromkeys(out))


def _of_move(view: View, move: Move, claims: dict[str, Claim]) -> list[str]:
    out = []
    told = [claims[c] for c in move.claims if c in claims]
    match move.kind:
        case "pact":
            if move.phase == "signed":
                today = when_words(day(view.on))
                out.append(f"{move.what}: when does it come into force? On {today} it is signed only.")
            if not move.clauses:
                out.append(f"{move.what}: to what does it oblige them? The text names no clause.")
            elif move.tie is None or not move.tie.clauses:
                out.append(
                    f"{move.what}: what sets the duty off, on what conditions, and how much is left "
                    "to each side?"
                )
        case "arms":
            if not any(c.quantity for c in told):
                out.append(f"{move.what}: which weapons, how many and of what range?")
            elif move.reach_km is None:
                out.append(f"{move.what}: of what range are they? Without it reach is not computed.")
        case "base":
            out.append(f"{move.what}: how many troops, with which weapons and for how long?")
        case "sanction":
            out.append(f"{move.what}: on which goods or persons, and from what day?")
        case _:
            pass
    if move.when is None:
        out.append(f"{move.what}: when? The text gives no day.")
    return out


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(".,;:")
    return words if len(words) <= 90 else words[:89].rsplit(" ", 1)[0] + "…"
