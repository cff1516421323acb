"""What militarised disputes are coded in (acts, hostility, deaths, outcomes), and how they are told.

Codes after the codebooks of MID (Palmer et al. 2022) and MIE (Gibler & Miller 2024).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapallo import actors
from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.stamp import Stamp

__all__ = [
    "ACTS",
    "CHANGES",
    "CLASH",
    "DEATHS",
    "LEVELS",
    "OUTCOMES",
    "SETTLEMENTS",
    "Act",
    "Side",
    "dispute",
    "lasting",
    "summary",
    "versus",
]


class Act(NamedTuple):
    """An act: in words, and as type and mode of PLOVER."""

    words: str
    event: str
    mode: str | None = None


ACTS: Mapping[int, Act] = {
    0: Act("no militarised action", ""),
    1: Act("threat to use force", "THREATEN", "violence"),
    2: Act("threat to blockade", "THREATEN", "restrict"),
    3: Act("threat to occupy territory", "THREATEN", "territory"),
    4: Act("threat to declare war", "THREATEN", "violence"),
    5: Act("threat to use chemical, biological or radiological weapons", "THREATEN", "violence"),
    6: Act("threat to join a war", "THREATEN", "violence"),
    7: Act("show of force", "MOBILIZE"),
    8: Act("alert", "MOBILIZE"),
    9: Act("nuclear alert", "MOBILIZE", "weapons"),
    10: Act("mobilisation", "MOBILIZE", "troops"),
    11: Act("fortification of a border", "MOBILIZE"),
    12: Act("violation of a border", "MOBILIZE", "troops"),
    13: Act("blockade", "COERCE", "restrict"),
    14: Act("occupation of territory", "COERCE", "seize"),
    15: Act("seizure", "COERCE", "seize"),
    16: Act("attack", "ASSAULT"),
    17: Act("clash", "ASSAULT"),
    18: Act("declaration of war", "THREATEN", "violence"),
    19: Act("use of chemical, biological or radiological weapons", "ASSAULT", "unconventional"),
    20: Act("beginning of an interstate war", "ASSAULT"),
    21: Act("joining of an interstate war", "ASSAULT"),
    22: Act("fighting in an interstate war", "ASSAULT"),
}
"""Acts by their number; 22 only in the events of Gibler and Miller."""

CLASH = 17
"""The act in which both sides use force."""

LEVELS = {
    1: "no militarised action",
    2: "threat to use force",
    3: "display of force",
    4: "use of force",
    5: "war",
}
DEATHS = {
    0: "none",
    1: "1 to 25",
    2: "26 to 100",
    3: "101 to 250",
    4: "251 to 500",
    5: "501 to 999",
    6: "more than 999",
}
OUTCOMES = {
    1: "victory for side A",
    2: "victory for side B",
    3: "side A yielded",
    4: "side B yielded",
    5: "stalemate",
    6: "compromise",
    7: "those seized were released",
    8: "unclear",
    9: "it became part of a war that was going on",
}
SETTLEMENTS = {1: "negotiated", 2: "imposed", 3: "none", 4: "unclear"}
CHANGES = {1: "territory", 2: "the policy of the other", 3: "the regime of the other", 4: "something else"}

_FEW = 3


@dataclass(frozen=True, slots=True)
class Side:
    """A state in a dispute for a time.

    Attributes:
        actor: its id.
        first: whether it stands on side A.
        when: its days in it.
        words: what it did and suffered.
    """

    actor: str
    first: bool
    when: Interval
    words: str = ""


def lasting(start: Interval | None, end: Interval | None) -> Interval | None:
    """From the first day of one interval to the last of another; None where that is no time.

    Without an ``end`` it goes on.

    Examples:
        >>> from rapallo.model import parse_date
        >>> lasting(parse_date("1902-07"), parse_date("1903-01-24")).end
        datetime.date(1903, 1, 24)
        >>> lasting(parse_date("1903"), parse_date("1902")) is None
        True
    """
    if start is None or start.start is None:
        return None
    if end is None or end.end is None:
        return Interval(start.start, None, "since")
    if end.end < start.start:
        return None
    return start if start == end else Interval(start.start, end.end, "range")


def versus(sides: Iterable[Side]) -> str:
    """The names of the two sides, each cut to a few.

    Examples:
        >>> from rapallo.model import year
        >>> versus([Side("USA", False, year(1902)), Side("GBR", True, year(1902))])
        'United Kingdom – United States'
    """
    both = list(sides)
    return " – ".join(_few([side.actor for side in both if side.first is first]) for first in (True, False))


def _few(ids: Sequence[str]) -> str:
    names = [actors.actor(code).name for code in dict.fromkeys(ids)]
    rest = len(names) - _FEW
    return ", ".join(names) if rest <= 1 else f"{', '.join(names[:_FEW])} and {rest} others"


def dispute(
    number: int,
    sides: Sequence[Side],
    days: tuple[Interval, Interval | None],
    about: Iterable[str],
    stamp: Stamp,
    line: int,
) -> Tie | None:
    """A dispute as a tie; None where it ends before it begins.

    Args:
        number: of the dispute.
        sides: who was in it.
        days: when it began and when it ended; no end where it went on when the data end.
        about: what is said of it, in sentences without their full stops.
        stamp: what the rows say of where they come from.
        line: of the dispute.
    """
    begun, ended = days
    when = lasting(begun, ended)
    if when is None or when.start is None:
        return None
    phases = [Phase("in_force", when.start, begun.precision)]
    years = str(when.start.year)
    told = list(about)
    if ended is None or ended.end is None:
        years += "–"
        told.append("It went on when the data end")
    else:
        phases.append(Phase("ended", ended.end, ended.precision))
        years += "" if ended.end.year == when.start.year else f"–{ended.end.year}"
    return Tie(
        id=f"{stamp.source}:{number}",
        kind="dispute",
        name=f"Dispute {number}, {versus(sides)}, {years}",
        envelope=stamp.envelope(when, line),
        parties=tuple(Party(s.actor, "actor" if s.first else "target", s.when) for s in sides),
        phases=tuple(phases),
        about=". ".join([*told, *(side.words for side in sides if side.words)]) + ".",
    )


def summary(
    act: int | None, outcome: int | None, settlement: int | None, deaths: int | None, answered: int | None
) -> Iterator[str]:
    """What is said of a dispute, in sentences: the gravest act, the outcome, the deaths."""
    if act is not None and act in ACTS:
        yield f"Gravest act: {ACTS[act].words}"
    if outcome in OUTCOMES:
        how = f", settlement {SETTLEMENTS[settlement]}" if settlement in SETTLEMENTS else ""
        yield f"Outcome: {OUTCOMES[outcome]}{how}"
    yield f"Deaths in battle: {DEATHS.get(-1 if deaths is None else deaths, 'unknown')}"
    if answered is not None:
        yield f"Side B {'answered' if answered else 'did not answer'} with military acts"
