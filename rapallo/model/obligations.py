"""Who must come to whose help: the answer of ``rapallo.pacts``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

__all__ = ["ANSWERS", "Answer", "Obligation", "Obligations", "Reason"]

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
    """

    actor: str
    answer: Answer
    side: str
    step: int
    because: tuple[Reason, ...]
    pulled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Obligations:
    """The casus foederis tree of one attack on one day; ``answers`` holds one entry per state at issue."""

    attacker: str
    attacked: str
    on: dt.date
    answers: tuple[Obligation, ...]
