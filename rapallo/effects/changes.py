"""What a move changes between states: who holds what over whom, and who must come to whose help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.effects.case import Case
from rapallo.effects.leverage_lost import LEAST, levers, turned
from rapallo.effects.weights import load_weights
from rapallo.measures.leverage import gives, replacements
from rapallo.model import LeverageChange, Move, ObligationChange
from rapallo.pacts import compare

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["leverage_changes", "obligation_changes"]


def leverage_changes(view: View, move: Move) -> tuple[LeverageChange, ...]:
    """Leverage over the parties of a move before and after it, where it changes; the largest change first.

    Args:
        view: the record as of a day.
        move: read in a text, held in the record or supposed.

    Examples:
        >>> from datetime import date
        >>> from rapallo.effects import supposed_move
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> changes = leverage_changes(view, supposed_move(["RUS", "PRK"], "defence", on=view.on))
        >>> {c.domain for c in changes if (c.holder, c.over) == ("CHN", "PRK")} >= {"trade"}
        True
    """
    case = Case(view, move, load_weights())
    found = []
    for party in case.targets if move.kind == "sanction" else case.parties:
        for domain in levers(case.weights):
            for then, now in turned(case, party, domain):
                if abs(then.value - now.value) < LEAST:
                    continue
                shown = now if now.stake else then
                path = tuple(dict.fromkeys((*case.trail().rows, *then.path, *now.path)))
                found.append(
                    LeverageChange(
                        move=move.id,
                        holder=shown.on[0],
                        over=party,
                        domain=domain,
                        before=then.value,
                        after=now.value,
                        why=f"With {case.deed}: {gives(shown, view.on)}; {replacements(shown, view.on)}.",
                        path=tuple(row for row in path if not row.startswith("supposed:")),
                    )
                )
    return tuple(sorted(found, key=lambda c: (-abs(c.before - c.after), c.holder, c.over, c.domain)))


def obligation_changes(view: View, move: Move) -> tuple[ObligationChange, ...]:
    """Who would have to come to the help of a party, or need no longer, because of a move.

    The attacks looked at are those on each party by the states it is at war or in rivalry with, the most
    intense first; the answers those of states on the party's side, up to the allies of those who join.

    Args:
        view: the record as of a day.
        move: read in a text, held in the record or supposed; only a pact or a break changes any.

    Examples:
        >>> from datetime import date
        >>> from rapallo.effects import supposed_move
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> changes = obligation_changes(view, supposed_move(["RUS", "PRK"], "defence", on=view.on))
        >>> asked = ("KOR", "PRK", "RUS")
        >>> [(c.before, c.after) for c in changes if (c.attacker, c.attacked, c.actor) == asked]
        [('OPTIONAL', 'YES')]
    """
    if move.kind not in {"pact", "break"}:
        return ()
    case = Case(view, move, load_weights())
    found: list[ObligationChange] = []
    for party in case.parties:
        foes = [
            foe.actor
            for foe in case.foes(party)
            if foe.actor not in case.parties and set(foe.kinds) & set(case.weights.entrapping)
        ]
        changes = compare(
            case.before.view, case.after.view, attackers=foes, attacked=[party], move=move.id, steps=2
        )
        found.extend(change for change in changes if change.obligation.side == party)
    return tuple(found)
