"""Who must come to whose help: the answer of ``rapallo.pacts``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["ANSWERS", "Answer", "Conflict", "Obligation", "Obligations", "Reason"]

Answer = Literal["YES", "NO", "DISPUTED", "OPTIONAL"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one clause binds, or does not.

    Attributes:
        answer: what follows from this clause alone.
        clause: id of the clause.
        tie: id of its pact.
        attacker: the attack that would set it off, by whom
        attacked: and on whom.
        why: in words.
        settles: the facts that would settle a dispute, in words.
        wording: the clause's words or paraphrase.
        verbatim: whether they are word for word.
        side: the one of the two principals whom it would help by this clause, itself or through another.
        step: at which the clause is set off, as in ``Obligation``.
        apart: what another source of the same treaty tells otherwise of the clause, in words.
    """

    answer: Answer
    clause: str
    tie: str
    attacker: str
    attacked: str
    why: str
    settles: tuple[str, ...] = ()
    wording: str = ""
    verbatim: bool = False
    side: str = ""
    step: int = 0
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two duties that a state cannot both keep.

    Attributes:
        kind: ``both_sides`` where it must help both; ``neutrality`` or ``non_aggression`` where it must help
            one and has promised the other to keep out, or not to attack it.
        answer: YES where both bind for certain, DISPUTED where one of them does on one reading only.
        side: the principal whose side it must help.
        clause: id of the clause by which it must.
        foe: the state that the other duty is owed to.
        against: id of the clause that pulls it the other way.
        why: in words.
        settles: the facts that would settle it, in words.
    """

    kind: Literal["both_sides", "neutrality", "non_aggression"]
    answer: Answer
    side: str
    clause: str
    foe: str
    against: str
    why: str
    settles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one state must do.

    Attributes:
        actor: code.
        answer: the strongest of its reasons: YES over DISPUTED over OPTIONAL over NO.
        side: whom it would help.
        step: 1 for a clause the first attack sets off, 2 for one set off by a state that joined at step 1 ...
        because: the reasons, strongest first.
        pulled_by: clauses of neutrality or non-aggression that pull it the other way.
        conflicts: the duties among them that it cannot all keep, by ``rapallo.pacts.conflicts``.
    """

    actor: str
    answer: Answer
    side: str
    step: int
    because: tuple[Reason, ...]
    pulled_by: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligations:
    """The casus foederis tree of one attack on one day.

    Attributes:
        attacker: code of the state that attacks.
        attacked: code of the state that is attacked.
        on: the day.
        answers: one entry per state at issue.
        with_attacker: who else attacks.
        with_attacked: who else is attacked.
    """

    attacker: str
    attacked: str
    on: dt.date
    answers: tuple[Obligation, ...]
    with_attacker: tuple[str, ...] = ()
    with_attacked: tuple[str, ...] = ()
