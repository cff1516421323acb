"""Duties that changed, told together where they differ only in who attacks or who must help."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapallo.checks.said import called
from rapallo.measures.words import listing, sentence
from rapallo.model import Brief, ObligationChange

__all__ = ["DutyGroup", "grouped"]

_SHOWN = 6
_CODE = re.compile(r"\b[A-Z]{3}\b")


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """Changes that come of the same clauses.

    Attributes:
        attack: in words, ``Japan, South Korea or 12 others attack North Korea``.
        actors: in words, who must help.
        before: the answer without the move.
        after: the answer with it.
        step: 1 where the attack itself sets the clause off, more where a state that joined does.
        why: the clause that decides it, and on what it hangs.
        clauses: ids of the clauses at issue.
    """

    attack: str
    actors: str
    before: str
    after: str
    step: int
    why: str
    clauses: tuple[str, ...]


def grouped(brief: Brief, changes: Sequence[ObligationChange]) -> tuple[DutyGroup, ...]:
    """Tell changes together, direct duties first, then in the order in which they were found."""
    by_actor: dict[tuple[object, ...], list[ObligationChange]] = defaultdict(list)
    for change in changes:
        decides = tuple(r.clause for r in change.obligation.because[:1])
        key = (change.attacked, change.before, change.after, change.obligation.step, decides, change.actor)
        by_actor[key].append(change)
    merged: dict[tuple[object, ...], list[list[ObligationChange]]] = defaultdict(list)
    for told, group in by_actor.items():
        merged[(*told[:-1], tuple(change.attacker for change in group))].append(group)
    lines = [_told(brief, groups) for groups in merged.values()]
    return tuple(sorted(lines, key=lambda line: line.step))


def _told(brief: Brief, groups: Sequence[Sequence[ObligationChange]]) -> DutyGroup:
    first = groups[0][0]
    attackers = [called(change.attacker, brief.on) for change in groups[0]]
    actors = [called(group[0].actor, brief.on) for group in groups]
    attack = listing(attackers, at_most=_SHOWN).replace(" and ", " or ")
    return DutyGroup(
        attack=f"{sentence(attack)} attack{'s' if len(attackers) == 1 else ''} "
        f"{called(first.attacked, brief.on)}",
        actors=sentence(listing(actors, at_most=_SHOWN)),
        before=first.before,
        after=first.after,
        step=first.obligation.step,
        why=_why(brief, first, several=len(attackers) > 1),
        clauses=tuple(
            dict.fromkeys(
                r.clause for group in groups for r in group[0].obligation.because if r.clause in brief.rows
            )
        ),
    )


def _why(brief: Brief, change: ObligationChange, *, several: bool) -> str:
    if not change.obligation.because:
        return ""
    why = change.obligation.because[0].why
    if several:
        why = re.sub(rf"\b{re.escape(change.attacker)}\b", "the attacker", why)
    return _CODE.sub(lambda code: called(code.group(), brief.on), why)
