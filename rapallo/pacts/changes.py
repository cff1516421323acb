"""Which obligations differ between two views of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapallo.model import ObligationChange
from rapallo.pacts.casus import NO_FACTS, solve
from rapallo.pacts.web import Bond, View, Web, weave

__all__ = ["compare"]


def compare(
    before: View,
    after: View,
    *,
    attackers: Iterable[str],
    attacked: Iterable[str],
    move: str = "",
    facts: Mapping[str, str] = NO_FACTS,
    steps: int | None = None,
) -> tuple[ObligationChange, ...]:
    """The answers that change between two views, over every pair of an attacker and an attacked.

    A war in which no clause that differs is at issue is worked out once and not twice.

    Args:
        before: the record without a move.
        after: the record with it.
        attackers: codes of the states that might attack.
        attacked: codes of the states that might be attacked.
        move: id of the move, handed on.
        facts: what is known of each attack, as in ``obligations``.
        steps: how many steps to follow; all of them where None.

    Returns:
        One entry per changed answer, pairs in the order given; a state with no clause at issue counts as NO.
        ``obligation`` is the one after the move, or the one before where nothing is left at issue.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.record import Record
        >>> view = Record.open().view(dt.date(2024, 6, 22))
        >>> bare = view.without("prk-chn-1961")
        >>> found = compare(bare, view, attackers=["USA"], attacked=["PRK"], steps=1)
        >>> [(c.actor, c.before, c.after) for c in found]
        [('CHN', 'NO', 'YES')]
    """
    then, now = weave(before), weave(after)
    touched = _touched(then, now)
    found: list[ObligationChange] = []
    sides = tuple(dict.fromkeys(attacked))
    for foe in dict.fromkeys(attackers):
        for side in sides:
            if foe != side:
                found.extend(_changes(then, now, touched, foe, side, move, facts, steps))
    return tuple(found)


def _changes(
    then: Web,
    now: Web,
    touched: frozenset[str] | None,
    attacker: str,
    attacked: str,
    move: str,
    facts: Mapping[str, str],
    steps: int | None,
) -> Iterable[ObligationChange]:
    old = solve(then, attacker=attacker, attacked=attacked, facts=facts, steps=steps)
    drawn_in = {attacker, attacked, *(o.actor for o in old.answers)}
    if touched is not None and not touched & drawn_in:
        return
    new = solve(now, attacker=attacker, attacked=attacked, facts=facts, steps=steps)
    was = {o.actor: o for o in old.answers}
    is_now = {o.actor: o for o in new.answers}
    for actor in dict.fromkeys([*is_now, *was]):
        one, other = was.get(actor), is_now.get(actor)
        before, after = (one.answer if one else "NO"), (other.answer if other else "NO")
        shown = other or one
        if before != after and shown:
            yield ObligationChange(move, attacker, attacked, actor, before, after, shown)


def _touched(then: Web, now: Web) -> frozenset[str] | None:
    """Whom the clauses protect that differ; None where wars or disputes differ, which bear on any pair."""
    if then.wars != now.wars or then.disputes != now.disputes:
        return None
    old, new = {b.clause.id: b for b in then.bonds}, {b.clause.id: b for b in now.bonds}
    differing = [key for key in {*old, *new} if not _same(old.get(key), new.get(key))]
    return frozenset(
        code for key in differing for bond in (old.get(key), new.get(key)) if bond for code in bond.protected
    )


def _same(one: Bond | None, other: Bond | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.clause, one.phase, one.members) == (other.clause, other.phase, other.members)
