"""What one state owes, whoever attacks."""

from __future__ import annotations

from dataclasses import dataclass

from rapallo.model import Clause
from rapallo.pacts.web import View, weave

__all__ = ["Duty", "obliged_by"]


@dataclass(frozen=True, slots=True)
class Duty:
    """A clause in force that obliges a state.

    Attributes:
        clause: its terms.
        pact: name of its pact.
        toward: codes of those to whom it is owed.
    """

    clause: Clause
    pact: str
    toward: tuple[str, ...]


def obliged_by(view: View, state: str) -> tuple[Duty, ...]:
    """All clauses in force on the view's day that oblige a state, in the order of the record's pacts.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 6, 22))
        >>> [d.toward for d in obliged_by(view, "CHN") if d.clause.kind == "defence"]
        [('PRK',)]
    """
    return tuple(
        Duty(bond.clause, bond.tie.name, toward)
        for bond in weave(view).bonds
        if bond.phase == "in_force"
        and state in bond.obliged
        and (toward := tuple(code for code in bond.protected if code != state))
    )
