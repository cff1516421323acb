"""How a brief says dates, claims, holders and answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rapallo.checks.said import called, names
from rapallo.measures.words import listing
from rapallo.model import Claim, Holder, Interval

__all__ = ["claim_words", "holder_words", "plain", "short", "tie_words", "when_words"]

_NOT_ACTORS = {
    "author": "the author",
    "unnamed": "unnamed sources",
    "analysts": "analysts",
    "media": "the media",
    "reports": "reports",
}


def plain(term: str) -> str:
    """A term of a vocabulary in plain letters.

    Examples:
        >>> plain("very_high")
        'very high'
    """
    return term.replace("_", " ")


def short(text: str, most: int) -> str:
    """The text on one line, cut at a word where it is longer than that many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def when_words(when: Interval | None) -> str:
    """A time as exactly as it was told.

    Examples:
        >>> when_words(Interval(dt.date(2024, 6, 17), dt.date(2024, 6, 22), "week"))
        '17–22 June 2024'
        >>> when_words(Interval(dt.date(1930, 1, 1), dt.date(1939, 12, 31), "decade"))
        'the 1930s'
        >>> when_words(Interval(dt.date(2022, 1, 1), None, "since"))
        'since 2022'
    """
    if when is None or (when.start is None and when.end is None):
        return "no date given"
    start, end = when.start, when.end
    if start is None:
        return f"until {_day(end)}" if end else "no date given"
    if end is None:
        return f"since {start.year if (start.month, start.day) == (1, 1) else _day(start)}"
    match when.precision:
        case "month":
            return f"{start:%B %Y}"
        case "quarter":
            return f"quarter {(start.month + 2) // 3} of {start.year}"
        case "year":
            return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
        case "decade":
            return f"the {start.year}s"
        case "century":
            return f"{start.year}–{end.year}"
        case _:
            return _span(start, end)


def holder_words(holders: Sequence[Holder], on: dt.date) -> str:
    """Who says so, from the author inward; empty where it is the author alone.

    Examples:
        >>> holder_words([Holder("author", "states"), Holder("unnamed", "says")], dt.date(2024, 6, 22))
        'unnamed sources say'
    """
    inner = [h for h in holders if h.who != "author"]
    said = []
    for holder in inner:
        who = _NOT_ACTORS.get(holder.who) or called(holder.who, on)
        many = holder.who in {"unnamed", "analysts", "media", "reports"}
        said.append(f"{who} {holder.attitude.removesuffix('s') if many else holder.attitude}")
    return ", ".join(said)


def tie_words(claim: Claim) -> str:
    """The kind, clauses and phase of a tie claim, e.g. ``pact (defence), signed``."""
    if claim.tie is None:
        return ""
    clauses = listing([c.replace("_", "-") for c in claim.tie.clauses])
    phase = f", {plain(claim.tie.phase)}" if claim.tie.phase else ""
    return f"{plain(claim.tie.kind)}{f' ({clauses})' if clauses else ''}{phase}"


def claim_words(claim: Claim, on: dt.date) -> str:
    """What a claim is coded as, in a line: who, what, to whom."""
    mutual = set(claim.actors) == set(claim.targets)
    who = names(claim.actors, on) or "somebody"
    whom = "" if mutual or not claim.targets else f" → {names(claim.targets, on)}"
    what = [
        part for part in (claim.event or plain(claim.kind), plain(claim.mode or ""), tie_words(claim)) if part
    ]
    if claim.quantity:
        amount = claim.quantity
        of = f" ({amount.of})" if amount.of else ""
        many = "s" if amount.value != 1 and amount.unit.islower() and amount.unit != "percent" else ""
        what.append(f"{'about ' if amount.approx else ''}{amount.value:,g} {amount.unit}{many}{of}")
    return f"{who}{whom}: {', '.join(what)}"


def _day(on: dt.date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else ""


def _span(start: dt.date, end: dt.date) -> str:
    if start == end:
        return _day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} – {_day(end)}"
    return f"{_day(start)} – {_day(end)}"
