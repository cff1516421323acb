"""The supposed war, who stands in it, and what a clause comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapallo.model import Answer
from rapallo.pacts.facts import Facts

__all__ = ["ANY_WAR", "DRAWN_IN", "RANK", "SURE", "Party", "Ruling", "Test", "War", "grade", "listing"]

RANK: dict[Answer, int] = {"YES": 3, "DISPUTED": 2, "OPTIONAL": 1, "NO": 0}
ANY_WAR = frozenset({"any_war", "always"})
SURE = 4
"""The grade of a YES."""
DRAWN_IN = 3
"""The grade from which on a state joins the war: a YES, or a dispute that does not hang on another."""


@dataclass(frozen=True, slots=True)
class War:
    """The war that is supposed, with what is known of it; where several attack, each attacks each.

    Attributes:
        attacker: who attacks; its side bears its name.
        attacked: whom; the other side bears its name.
        facts: what is known of the attack.
        with_attacker: who else attacks.
        with_attacked: who else is attacked.
        strikers: all that attack, the attacker first.
        struck: all that are attacked.
    """

    attacker: str
    attacked: str
    facts: Facts
    with_attacker: tuple[str, ...] = ()
    with_attacked: tuple[str, ...] = ()
    strikers: tuple[str, ...] = field(init=False)
    struck: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "strikers", (self.attacker, *self.with_attacker))
        object.__setattr__(self, "struck", (self.attacked, *self.with_attacked))


@dataclass(frozen=True, slots=True)
class Party:
    """A state in the war.

    Attributes:
        code: the state.
        side: code of the principal it fights for, itself where it is one.
        doubts: how many disputes lie between the first attack and its joining; 0 where it surely joins.
        step: 0 for a principal, else the step at which it joined.
    """

    code: str
    side: str
    doubts: int
    step: int

    @property
    def firm(self) -> bool:
        """Whether it is surely in the war."""
        return self.doubts == 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """What follows from one clause for those it obliges.

    Attributes:
        answer: what follows.
        by: who attacks
        on: whom.
        why: in words that do not name the obliged.
        settles: the facts that would settle a dispute.
        doubts: how many disputes lie between the first attack and this; 0 unless it is DISPUTED.
    """

    answer: Answer
    by: str
    on: str
    why: str
    settles: tuple[str, ...] = ()
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Test:
    """What one term of a clause comes to; ``handed_on`` where the doubt is a party's and not its own."""

    answer: Answer
    why: str
    settles: str = ""
    handed_on: bool = False


def grade(ruling: Ruling) -> int:
    """How strong a ruling is: 0 NO, 1 OPTIONAL, 2 a dispute over a dispute, 3 DISPUTED, 4 YES.

    Examples:
        >>> grade(Ruling("DISPUTED", "AUT", "SRB", "", doubts=1))
        3
    """
    return {"NO": 0, "OPTIONAL": 1, "DISPUTED": 2 if ruling.doubts > 1 else DRAWN_IN, "YES": SURE}[
        ruling.answer
    ]


def listing(codes: Iterable[str]) -> str:
    """Codes in a row, each once."""
    return ", ".join(dict.fromkeys(codes))
