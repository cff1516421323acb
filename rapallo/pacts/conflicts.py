"""Duties of one state that it cannot all keep: it is pulled both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from rapallo.model import Answer, Clause, Conflict, Reason

__all__ = ["conflicts"]

_BINDING: frozenset[Answer] = frozenset({"YES", "DISPUTED"})


def conflicts(
    duties: Sequence[tuple[Reason, Clause]],
    restraints: Iterable[tuple[str, Clause]],
    strikers: Collection[str],
) -> tuple[Conflict, ...]:
    """The conflicts among what a state must do and what it has promised not to do.

    They stand beside its answer and do not change it: of two treaties with different parties neither gives
    way, and the state that keeps the one answers for the breach of the other (recalled: Vienna Convention on
    the Law of Treaties, Article 30). A duty on which it is free not to act (OPTIONAL) conflicts with nothing.

    Args:
        duties: its reasons, strongest first, each with the clause.
        restraints: clauses of neutrality and non-aggression that pull it back from the war against the side
            that its first reason has it fight, each with the state of that side to whom it is owed.
        strikers: the states that began the attack.

    Returns:
        The duty to help the other side first, then the restraints in the order given.
    """
    binding = [(reason, clause) for reason, clause in duties if reason.answer in _BINDING]
    if not binding or binding[0][0] is not duties[0][0]:
        return ()
    first, clause = binding[0]
    found = [_both(first, reason) for reason, _ in binding if reason.side != first.side][:1]
    found += [_restrained(first, clause, foe, against, strikers) for foe, against in restraints]
    return tuple(found)


def _both(first: Reason, other: Reason) -> Conflict:
    certain = first.answer == other.answer == "YES"
    return Conflict(
        kind="both_sides",
        answer="YES" if certain else "DISPUTED",
        side=first.side,
        clause=first.clause,
        foe=other.side,
        against=other.clause,
        why=f"it must help {first.side} and {'must' if other.answer == 'YES' else 'may have to'} help"
        f" {other.side} too",
        settles=tuple(dict.fromkeys((*first.settles, *other.settles))),
    )


def _restrained(
    first: Reason, clause: Clause, foe: str, against: Clause, strikers: Collection[str]
) -> Conflict:
    kind: Literal["neutrality", "non_aggression"] = (
        "neutrality" if against.kind == "neutrality" else "non_aggression"
    )
    settles = list(first.settles)
    answer = first.answer
    if kind == "non_aggression" and clause.response == "as_deemed_necessary":
        settles.append(f"whether it helps by means short of an attack on {foe}")
        answer = "DISPUTED"
    if kind == "non_aggression" and foe in strikers:
        settles.append(f"whether its promise to {foe} holds where {foe} is the one that attacks")
        answer = "DISPUTED"
    promised = "to keep out of its wars" if kind == "neutrality" else "not to attack it"
    duty = "must" if first.answer == "YES" else "may have to"
    return Conflict(
        kind=kind,
        answer=answer,
        side=first.side,
        clause=first.clause,
        foe=foe,
        against=against.id,
        why=f"it {duty} help {first.side} against {foe} and has promised {foe} {promised}",
        settles=tuple(dict.fromkeys(settles)),
    )
