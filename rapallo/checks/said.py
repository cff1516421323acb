"""What a claim says, as far as a check must know it, and how a verdict is put."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rapallo.errors import UnknownActorError
from rapallo.measures.words import listing, name
from rapallo.model import Check, Claim, Interval, Phase, Tie, Verdict

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = [
    "ARMS",
    "called",
    "checkable",
    "dated",
    "dated_on",
    "days",
    "life",
    "names",
    "on_day",
    "recent",
    "since",
    "verdict",
]

ARMS = re.compile(
    r"\b(weapon|arms|munition|ammunition|missile|rocket|drone|tank|jet|aircraft|fighter|howitzer|artillery|"
    r"shell|submarine|frigate|warship|rifle|gun|radar|air[- ]defen[cs]e)s?\b",
    re.IGNORECASE,
)
"""Words for weapons."""

_RECENT = dt.timedelta(days=366)
_UNITS = {"month": "%B %Y", "year": "%Y"}


def checkable(claim: Claim) -> bool:
    """Whether a claim states a fact: asserted or reported, and not "all but so"."""
    return claim.modality in {"asserted", "reported"} and claim.polarity != "nearly" and bool(claim.parties)


def verdict(
    claim: Claim, found: Verdict, why: str, rows: Iterable[str] = (), *, covered_by: str = ""
) -> Check:
    """A check; where the claim is negative, borne out and contradicted change places.

    An outdated tie that a negative claim denies is borne out: it holds no longer, or not yet.
    """
    if claim.polarity == "negative":
        turned: dict[Verdict, Verdict] = {
            "borne_out": "contradicted",
            "contradicted": "borne_out",
            "outdated": "borne_out",
            "not_covered": "not_covered",
        }
        found = turned[found]
    return Check(claim.id, found, tuple(dict.fromkeys(rows)), why, covered_by)


def called(code: str, on: dt.date) -> str:
    """What a sentence calls an actor, in being on the day or not; its code where nobody bears it.

    Examples:
        >>> called("SUN", dt.date(2024, 6, 22)), called("XYZ", dt.date(2024, 6, 22))
        ('the Soviet Union', 'XYZ')
    """
    for day in (on, None):
        try:
            return name(code, day)
        except UnknownActorError:
            continue
    return code


def names(codes: Sequence[str], on: dt.date) -> str:
    """Several actors in a sentence."""
    return listing([called(code, on) for code in codes])


def dated(phase: Phase) -> str:
    """The date of a step as exactly as it is known.

    Examples:
        >>> dated(Phase("signed", dt.date(1961, 7, 11)))
        '11 July 1961'
        >>> dated(Phase("signed", dt.date(1961, 1, 1), "year"))
        '1961'
    """
    if phase.precision in _UNITS:
        return format(phase.on, _UNITS[phase.precision])
    return f"{phase.on.day} {phase.on:%B %Y}"


def days(phase: Phase) -> Interval:
    """The days within which a step may have been taken, by its precision."""
    if phase.precision == "year":
        return Interval(dt.date(phase.on.year, 1, 1), dt.date(phase.on.year, 12, 31), "year")
    if phase.precision == "month":
        later = (phase.on.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        return Interval(phase.on.replace(day=1), later - dt.timedelta(days=1), "month")
    return Interval(phase.on, phase.on, "day")


def recent(when: Interval | None, view: View) -> bool:
    """Whether a claim is of the year up to the day of the view: news the record need not hold yet."""
    if when is None or when.start is None:
        return False
    return when.start >= view.on - _RECENT


def life(tie: Tie) -> str:
    """The steps of a tie in words."""
    return ", ".join(f"{step.phase.replace('_', ' ')} {dated(step)}" for step in tie.phases)


def since(claim: Claim) -> dt.date | None:
    """The day by which something must have begun that is said to hold since a time; None if it is not."""
    if claim.when is None or claim.when.start is None or claim.when.end is not None:
        return None
    return dt.date(claim.when.start.year, 12, 31)


def on_day(on: dt.date) -> str:
    """A day in a sentence.

    Examples:
        >>> on_day(dt.date(1922, 4, 16))
        '16 April 1922'
    """
    return dated(Phase("", on))


def dated_on(step: Phase) -> str:
    """The date of a step with its preposition.

    Examples:
        >>> dated_on(Phase("signed", dt.date(1922, 4, 16)))
        'on 16 April 1922'
    """
    return ("on " if step.precision == "day" else "in ") + dated(step)
