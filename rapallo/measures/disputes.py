"""What lies behind two states: their disputes, and the years of peace since the last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Cells, Panel
from rapallo.measures.panel.system import FIRST
from rapallo.measures.yearly import Yearly

__all__ = [
    "MEASURES",
    "SOURCES",
    "History",
    "dispute_hostility",
    "dispute_ongoing",
    "dispute_onset",
    "disputes_before",
    "history",
    "peace_years",
    "since_last",
]

Floats = NDArray[np.float64]
Counts = NDArray[np.int16]
Bools = NDArray[np.bool_]

SOURCES = {"gml": "gml", "mid": "mid-dyads"}
"""Whose disputes count, and in which dataset they are."""


@dataclass(frozen=True)
class History:
    """What went before each year, for every pair; all of shape (years, states, states), of counts.

    Attributes:
        peace: years of peace; -1 where the two were not together or no source covers the year.
        before: earlier years with the onset of a dispute, since 1816; -1 likewise.
    """

    peace: Counts
    before: Counts


def since_last(events: Iterator[Bools], together: Bools) -> Counts:
    """How many years each pair has been at peace, as it stands at the beginning of each year.

    Beck, Katz & Tucker (1998), as peacesciencer counts: 0 in the first year of a pair and in each year after
    one with an event, else one more than in its year before. So in the year of an event it is the length of
    the peace that the event ends. Years in which a pair is not together are not counted and reset nothing.

    Args:
        events: for each year whether there was an event between each and each; shape (states, states).
        together: which pairs there are; shape (years, states, states).

    Returns:
        Counts; -1 where there is no pair. Shape as ``together``.

    Examples:
        >>> fought = [False, False, True, True, False, False]
        >>> events = (np.array([[False, war], [war, False]]) for war in fought)
        >>> pair = np.array([[False, True], [True, False]])
        >>> since_last(events, np.stack([pair] * 6))[:, 0, 1].tolist()
        [0, 1, 2, 0, 0, 1]
    """
    found = np.full(together.shape, -1, dtype=np.int16)
    count = np.zeros(together.shape[1:], dtype=np.int16)
    for row, (event, here) in enumerate(zip(events, together, strict=True)):
        found[row, here] = count[here]
        count[here] += 1
        count[here & event] = 0
    return found


def history(panel: Panel, source: str = "gml") -> History:
    """The years of peace and the earlier disputes of all pairs in all years of a panel.

    Both are counted from 1816, or from the first year that the source covers, also where the panel begins
    later.

    Args:
        panel: the panel.
        source: one of ``SOURCES``.
    """
    return panel.keep(f"dispute history {source}", lambda: _history(panel, SOURCES[source]))


def _history(panel: Panel, dataset: str) -> History:
    whole = panel
    if panel.years[0] > FIRST:
        whole = Panel(
            panel.record,
            FIRST,
            panel.years[-1],
            system_name=panel.system.name,
            states=panel.states,
            known=panel.known,
        )
    ongoing, onset = whole.pairs("dispute_ongoing", dataset), whole.pairs("dispute_onset", dataset)
    here = whole.system.together & whole.covered([*whole.cited([dataset])])[:, None, None]
    peace = since_last((_is_on(ongoing, row) for row in range(len(whole.years))), here)
    before = np.full(here.shape, -1, dtype=np.int16)
    count = np.zeros(here.shape[1:], dtype=np.int16)
    for row in range(len(whole.years)):
        before[row] = np.where(here[row], count, -1)
        count += _is_on(onset, row)
    if whole is panel:
        return History(peace, before)
    columns = np.searchsorted(whole.system.codes, panel.system.codes)
    part = np.ix_(np.arange(panel.years[0] - FIRST, len(whole.years)), columns, columns)
    return History(peace[part], before[part])


def _is_on(cells: Cells, row: int) -> Bools:
    found: Bools = cells.year(row, absent=0.0) > 0
    return found


def _of_year(panel: Panel, row: int, source: str, name: str) -> Floats:
    """The amounts of a year, 0 where none is recorded in a year that the source covers."""
    dataset = SOURCES[source]
    if not panel.covered([*panel.cited([dataset])])[row]:
        return np.full(panel.system.together[row].shape, np.nan)
    found = panel.pairs(name, dataset).year(row, absent=0.0).astype(np.float64)
    return np.where(panel.system.together[row], found, np.nan)


def dispute_ongoing(panel: Panel, row: int, source: str = "gml") -> Floats:
    """Whether a dispute of the two was on in the year: 1 or 0; shape (states, states)."""
    return _of_year(panel, row, source, "dispute_ongoing")


def dispute_onset(panel: Panel, row: int, source: str = "gml") -> Floats:
    """Whether a dispute of the two began in the year: 1 or 0; shape (states, states)."""
    return _of_year(panel, row, source, "dispute_onset")


def dispute_hostility(panel: Panel, row: int, source: str = "gml") -> Floats:
    """How far each went against each in a dispute of the year: 0 for none, to 5; shape (states, states)."""
    return _of_year(panel, row, source, "dispute_hostility")


def peace_years(panel: Panel, row: int, source: str = "gml", power: int = 1) -> Floats:
    """The years of peace since the last dispute of the two, to a power; shape (states, states)."""
    return _counts(history(panel, source).peace[row]) ** power


def disputes_before(panel: Panel, row: int, source: str = "gml") -> Floats:
    """In how many earlier years a dispute of the two began, since 1816; shape (states, states)."""
    return _counts(history(panel, source).before[row])


def _counts(counts: Counts) -> Floats:
    return np.where(counts >= 0, counts.astype(np.float64), np.nan)


_NAMES = {"gml": "Gibler, Miller and Little", "mid": "Correlates of War, version 5.0"}
_CITED = {
    "gml": "Gibler, Miller & Little (2016), An Analysis of the Militarized Interstate Dispute (MID) Dataset, "
    "1816-2001",
    "mid": "Palmer, McManus, D'Orazio, Kenwick, Karstens, Bloch, Dietrich, Kahn, Ritter & Soules (2022), The "
    "MID5 Dataset, 2011-2014",
}
_COVERED = {"gml": "1816 to 2010", "mid": "1816 to 2014"}
_SPELLS = "; counting after Beck, Katz & Tucker (1998), Taking Time Seriously"
_POWERS = {1: ("", ""), 2: ("-squared", ", squared"), 3: ("-cubed", ", cubed")}


def _yearly(
    source: str,
    name: str,
    compute: Callable[..., Floats],
    *,
    definition: str,
    equation: str,
    unit: str,
    inputs: tuple[str, ...],
    coding: str,
    checked: str,
    directed: bool = False,
) -> Yearly:
    counted = "peace" in name or "before" in name
    card = Card(
        id=name if source == "gml" else f"{name}-{source}",
        kind="measure",
        definition=definition,
        equation=equation,
        inputs=tuple(f"dyad: {each} of {SOURCES[source]}" for each in inputs),
        unit=unit,
        citation=_CITED[source] + (_SPELLS if counted else ""),
        limits="Threats and uses of force between states as coded; a pair without a row of a covered year "
        "counts as at peace." + (" Nothing before 1816 is known." if counted else ""),
        coding=f"Disputes of {_NAMES[source]}. {coding}",
        missing="No value where the two were no members on one day, or the source does not cover the year.",
        coverage=f"All pairs of members, {_COVERED[source]}.",
        checked=checked,
    )
    return Yearly(card, "pair", partial(compute, source=source), directed=directed)


def _measures(source: str) -> Iterator[Yearly]:
    exact = (
        "Against the columns of peacesciencer 1.2.9 in 1914, 1950, 1980 and 2000: all 68,000 ordered pairs "
        "are the same."
        if source == "gml"
        else "Against records made by hand."
    )
    yield _yearly(
        source,
        "dispute-onset",
        dispute_onset,
        definition="Whether a militarised dispute of the two began in the year.",
        equation="1 if a dispute began, else 0",
        unit="0 or 1",
        inputs=("dispute_onset",),
        coding="A dispute that a state joins later begins for its pairs when the source has them first.",
        checked=exact,
    )
    yield _yearly(
        source,
        "dispute-ongoing",
        dispute_ongoing,
        definition="Whether a militarised dispute of the two was on in the year, begun in it or before.",
        equation="1 if a dispute was on on a day of the year, else 0",
        unit="0 or 1",
        inputs=("dispute_ongoing",),
        coding="A dispute counts in every year of which it was on on a day.",
        checked=exact,
    )
    yield _yearly(
        source,
        "dispute-hostility",
        dispute_hostility,
        definition="How far one state went against the other in a dispute of the year: 0 no dispute, 1 no "
        "act, 2 threat, 3 display of force, 4 use of force, 5 war.",
        equation="highest level of the acts of the one against the other",
        unit="level, 0 to 5, ordinal",
        inputs=("dispute_hostility",),
        coding="Of several disputes in a year the value that the record holds for the year.",
        checked="Against records made by hand.",
        directed=True,
    )
    yield _yearly(
        source,
        "disputes-before",
        disputes_before,
        definition="In how many earlier years a dispute of the two began.",
        equation="sum of onsets over the years before this one, from 1816",
        unit="years",
        inputs=("dispute_onset",),
        coding="The year itself is not counted. Several onsets in a year count once.",
        checked="Against sums by hand.",
    )
    for power, (ending, told) in _POWERS.items():
        yield _yearly(
            source,
            f"peace-years{ending}",
            partial(peace_years, power=power),
            definition=f"The years of peace since the last dispute of the two{told}.",
            equation="0 in the first year of the pair and in the year after one with a dispute on, else 1 "
            f"more than the year before{told}",
            unit=("years", "years squared", "years cubed")[power - 1],
            inputs=("dispute_ongoing",),
            coding="In a year with a dispute it is the length of the peace that the dispute ends; while a "
            "dispute goes on it is 0. Years in which the two are not both members are passed over: the "
            "count goes on after them where it stood. Counted from 1816, wherever the panel begins.",
            checked="Against a count by hand over made-up histories, pair by pair; the rule is that of the "
            "add_spells and add_peace_years of peacesciencer.",
        )


MEASURES: tuple[Yearly, ...] = tuple(each for source in SOURCES for each in _measures(source))
