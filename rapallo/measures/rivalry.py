"""Whether two states are strategic rivals, over what, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.coverage import releases
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["MEASURES", "TYPES", "Rivalries", "rivalries", "rivalry", "rivalry_types", "rivalry_years"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

TYPES = ("spatial", "positional", "ideological", "interventionary")

_HELD: WeakKeyDictionary[Panel, dict[str, Rivalries]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Rivalries:
    """The rivalries of a source, one a row; in no order.

    Attributes:
        rows: first and last position of a year of the panel in which it was on; shape (rivalries, 2).
        begun: the year of its beginning, which can lie before the panel; shape (rivalries,).
        places: the columns of the two by year, -1 for no member; shape (rivalries, 2, years).
        types: whether it is of each of ``TYPES``; shape (rivalries, 4).
        covered: per year whether the source covers it; shape (years,).
    """

    rows: NDArray[np.int64]
    begun: NDArray[np.int64]
    places: NDArray[np.int64]
    types: Bools
    covered: Bools


def rivalry_types(about: str) -> tuple[bool, ...]:
    """Of which of ``TYPES`` a rivalry is, by what its row says of it.

    Examples:
        >>> rivalry_types("A strategic rivalry, positional, spatial. A principal one.")
        (True, True, False, False)
    """
    said = {part.strip() for part in about.partition(".")[0].split(",")}
    return tuple(each in said for each in TYPES)


def rivalries(panel: Panel, source: str = "tss-rivalries") -> Rivalries:
    """The strategic rivalries of a source that were on in a panel.

    Args:
        panel: the panel.
        source: ``tss-rivalries`` or ``td-rivalries``.
    """
    known = _HELD.setdefault(panel, {})
    if source not in known:
        known[source] = _rivalries(panel, source)
    return known[source]


def _rivalries(panel: Panel, source: str) -> Rivalries:
    ids = releases(panel, source)
    start, years = panel.years[0], len(panel.years)
    asked = panel._as_known()
    of: dict[str, list[NDArray[np.int32]]] = {}
    for party in panel.record.query("parties_known", **asked).to_pylist():
        if party["source"] in ids:
            held = panel.system.holders.get(party["actor"])
            if held is not None:
                of.setdefault(party["tie"], []).append(held)
    ties = [
        (tie, (tie["valid_from"] or dt.date.min).year, (tie["valid_to"] or dt.date.max).year)
        for tie in panel.record.query("ties_known", **asked).to_pylist()
        if tie["kind"] == "rivalry" and tie["source"] in ids
    ]
    kept = [
        (tie, first, last, of[tie["id"]])
        for tie, first, last in ties
        if first < start + years and last >= start and len(of.get(tie["id"], ())) == 2
    ]
    return Rivalries(
        rows=np.array(
            [(max(first - start, 0), min(last - start, years - 1)) for _, first, last, _ in kept], np.int64
        ).reshape(-1, 2),
        begun=np.array([first for _, first, *_ in kept], np.int64),
        places=np.array([[held[1] for held in pair] for *_, pair in kept], np.int64).reshape(
            len(kept), 2, years
        ),
        types=np.array([rivalry_types(tie["about"]) for tie, *_ in kept], bool).reshape(-1, 4),
        covered=panel.covered(ids),
    )


def rivalry(panel: Panel, row: int, source: str = "tss-rivalries", only: str | None = None) -> Floats:
    """Whether a strategic rivalry of the two was on in the year: 1 or 0; shape (states, states).

    Args:
        panel: the panel.
        row: position of the year.
        source: ``tss-rivalries`` or ``td-rivalries``.
        only: one of ``TYPES``: only rivalries that are of it, with others or alone.
    """
    held = rivalries(panel, source)
    of_type = np.ones(len(held.begun)) if only is None else held.types[:, TYPES.index(only)]
    return _laid(panel, row, held, of_type.astype(np.float64), absent=0.0)


def rivalry_years(panel: Panel, row: int, source: str = "tss-rivalries") -> Floats:
    """How many years before this one the rivalry of the two began; shape (states, states), NaN for none."""
    held = rivalries(panel, source)
    return _laid(panel, row, held, (panel.years[row] - held.begun).astype(np.float64), absent=np.nan)


def _laid(panel: Panel, row: int, held: Rivalries, values: Floats, *, absent: float) -> Floats:
    """Values of the rivalries that are on in a year, both ways; of several of a pair the greatest."""
    together = panel.system.together[row]
    on = (held.rows[:, 0] <= row) & (row <= held.rows[:, 1]) & (held.places[:, :, row] >= 0).all(axis=1)
    one, other = held.places[on, 0, row], held.places[on, 1, row]
    found = np.full(together.shape, -1.0)
    np.maximum.at(found, (one, other), values[on])
    found = np.maximum(found, found.T)
    return np.where(together & held.covered[row], np.where(found < 0, absent, found), np.nan)


_CITED = {
    "tss-rivalries": "Thompson, Sakuwa & Suhas (2021), Analyzing Strategic Rivalries in World Politics",
    "td-rivalries": "Thompson & Dreyer (2012), Handbook of International Rivalries, 1494-2010",
}
_LAST = {"tss-rivalries": 2020, "td-rivalries": 2010}


def _yearly(
    source: str, name: str, definition: str, equation: str, compute: Callable[..., Floats], *, unit: str = ""
) -> Yearly:
    rule = "No value where the two were no members on one day, or the source does not cover the year"
    card = Card(
        id=name if source == "tss-rivalries" else f"{name}-td",
        kind="measure",
        definition=definition,
        equation=equation,
        inputs=(f"tie: rivalry of {source}",),
        unit=unit or "0 or 1",
        citation=_CITED[source],
        limits="Rivalries as historians saw them: rivals are those whose leaders saw each other as rivals "
        "and threats. A rivalry that was open when the data end looks like one that ended then.",
        coding="A rivalry counts from its first year through its last. Of several of a pair in a year any "
        "counts, and the one begun earliest gives the years. Types as the row says; a rivalry can be of "
        "several. Of a state that bears two numbers in a year the last number is the rival.",
        missing=rule + (", or the two are no rivals." if unit else "."),
        coverage=f"All pairs of members, 1816 to {_LAST[source]}; beginnings from 1494.",
        checked="CHECKED",
    )
    return Yearly(card, "pair", partial(compute, source=source))


def _measures(source: str) -> tuple[Yearly, ...]:
    return (
        _yearly(
            source,
            "rivalry",
            "Whether a strategic rivalry of the two was on in the year.",
            "1 if a rivalry was on, else 0",
            rivalry,
        ),
        *(
            _yearly(
                source,
                f"rivalry-{each}",
                f"Whether a strategic rivalry of the two of the type {each} was on in the year.",
                "1 if a rivalry of the type was on, else 0",
                partial(rivalry, only=each),
            )
            for each in TYPES
        ),
        _yearly(
            source,
            "rivalry-years",
            "How many years before this one the rivalry of the two began that was on in the year.",
            "year - year of the beginning",
            rivalry_years,
            unit="years",
        ),
    )


MEASURES: tuple[Yearly, ...] = tuple(each for source in _CITED for each in _measures(source))
