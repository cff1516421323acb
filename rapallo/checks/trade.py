"""Checks of flows: who is whose largest trade partner, and what went from whom to whom."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rapallo.checks.said import called, verdict
from rapallo.measures.words import percent, possessive, sentence
from rapallo.model import Check, Claim

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["check", "ranking"]

_COVERED_BY = "UN Comtrade, or COW Trade for years up to 2014"
_LARGEST = re.compile(
    r"\b(?:(second|third|fourth|fifth)[- ])?(?:largest|biggest|main|top|leading|chief|most important|"
    r"number[- ]one)"
    r"(?:\s(?:single|overall|foreign|external|bilateral|and most important))*\s(?:trad|commerc)",
    re.IGNORECASE,
)
_PLACES = {None: 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
# One of several, or the largest of some part only: no place among all partners is claimed.
_VAGUE = re.compile(r"\b(one of|among|amongst)\b", re.IGNORECASE)
_PART = re.compile(
    r"^[\s,]*(after|behind|outside|besides|apart|other than|except|within|among|"
    r"(in|on|of|from) (?!\d|the (year|last|past)|recent|goods|every|each)\w+)",
    re.IGNORECASE,
)
_STALE = 3  # years by which figures may be older than the time a claim is of
_ENOUGH = 3  # partners that must be on record before one can be called the largest
_BACK = 30  # years looked back for a time when it was so


def check(view: View, claim: Claim) -> Check | None:
    """Hold a flow claim against the flows of the record.

    Returns:
        The verdict; None where the claim does not name a place among all trade partners.
    """
    said = _LARGEST.search(claim.quote.exact)
    if not said or len(claim.parties) != 2:
        return None
    if _VAGUE.search(claim.quote.exact) or _PART.search(claim.quote.suffix):
        return None
    claimed = _PLACES[said[1].casefold() if said[1] else None]
    state, partner = claim.parties
    on = view.on
    if claim.when and claim.when.end and claim.when.end < on:
        on = claim.when.end
    year, ranked = ranking(view, state, on)
    total, total_rows = _total(view, state, year)
    value, own = ranked.get(partner, (0.0, ()))
    if ranked and year < on.year - _STALE:
        why = f"The latest trade of {called(state, on)} on record is of {year}, too old for {on.year}."
        return verdict(claim, "not_covered", why, own, covered_by=_COVERED_BY)
    most_of_all = total > 0 and value > total / 2
    if partner not in ranked or (len(ranked) < _ENOUGH and not most_of_all):
        held = f"trade of {called(state, on)} with {len(ranked)} partners in {year}" if ranked else "no trade"
        return verdict(
            claim,
            "not_covered",
            f"The record holds {held}, too little to say who is the largest.",
            [row for _, rows in ranked.values() for row in rows],
            covered_by=_COVERED_BY,
        )
    first, (most, rows) = next(iter(ranked.items()))
    place = list(ranked).index(partner) + 1
    why = (
        f"In {year} {possessive(called(state, on))} trade with {called(partner, on)} came to "
        f"USD {value:,.0f} million, {_share(value, ranked, total)}"
    )
    if place == claimed > 1:
        why += f", place {place} after {called(first, on)} with USD {most:,.0f} million."
        return verdict(claim, "borne_out", why, [*own, *rows, *total_rows])
    if place == claimed:
        second = list(ranked.items())[1:2]
        if second:
            other, (less, next_rows) = second[0]
            own = (*own, *next_rows)
            why += f"; next on record is {called(other, on)} with USD {less:,.0f} million"
        return verdict(claim, "borne_out", f"{why}.", [*own, *total_rows])
    if place == 1:
        return verdict(claim, "contradicted", f"{why}, the largest.", [*own, *total_rows])
    why += f", place {place}; the largest is {called(first, on)} with USD {most:,.0f} million."
    if claimed > 1:
        return verdict(claim, "contradicted", why, [*own, *rows])
    was = _was_largest(view, state, partner, year)
    if was is not None:
        why += f" {sentence(called(partner, on))} was the largest last in {was}."
        return verdict(claim, "outdated", why, [*own, *rows])
    return verdict(claim, "contradicted", why, [*own, *rows])


def _share(value: float, ranked: Mapping[str, tuple[float, tuple[str, ...]]], total: float) -> str:
    if total >= value and total > 0:
        return f"{percent(value / total)} of all its trade in goods"
    held = sum(amount for amount, _ in ranked.values())
    return f"{percent(value / held) if held else 'none'} of what the record holds of {len(ranked)} partners"


def _total(view: View, state: str, year: int) -> tuple[float, tuple[str, ...]]:
    """Exports and imports of a state in a year with their rows; 0 where the record lacks one of them."""
    value, rows = 0.0, []
    for name in ("exports", "imports"):
        found = [
            t
            for t in view.query("traits_as_of", name=name, on=dt.date(year, 12, 31)).to_pylist()
            if t["actor"] == state and t["valid_from"] is not None and t["valid_from"].year == year
        ]
        if not found:
            return 0.0, ()
        value += found[0]["value"]
        rows.append(found[0]["id"])
    return value, tuple(rows)


def ranking(view: View, state: str, on: dt.date) -> tuple[int, Mapping[str, tuple[float, tuple[str, ...]]]]:
    """The trade of a state by partner in the latest year that was over by a day and can be ranked.

    Args:
        view: the record.
        state: code.
        on: the day; at most that of the view.

    Returns:
        The year, and per partner the total of both directions in USD million with its rows, largest first.
    """
    last = on if (on.month, on.day) == (12, 31) else dt.date(on.year - 1, 12, 31)
    totals: dict[int, dict[str, tuple[float, tuple[str, ...]]]] = {}
    for flow in view.query("flows_as_of", kind="trade", on=last).to_pylist():
        if state not in {flow["origin"], flow["destination"]} or flow["what"] or flow["valid_from"] is None:
            continue
        partner = flow["destination"] if flow["origin"] == state else flow["origin"]
        year = totals.setdefault(flow["valid_from"].year, {})
        value, rows = year.get(partner, (0.0, ()))
        year[partner] = (value + flow["value"], (*rows, flow["id"]))
    if not totals:
        return on.year, {}
    best = max(totals, key=lambda y: (len(totals[y]) >= _ENOUGH, y))
    ranked = sorted(totals[best].items(), key=lambda item: (-item[1][0], item[0]))
    return best, dict(ranked)


def _was_largest(view: View, state: str, partner: str, before: int) -> int | None:
    for year in range(before - 1, before - 1 - _BACK, -1):
        found, ranked = ranking(view, state, dt.date(year, 12, 31))
        if len(ranked) >= _ENOUGH and next(iter(ranked)) == partner:
            return found
    return None
