"""Whether two states are strategic rivals, over what, and since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.panel.arrow import array
from rapallo.measures.yearly import Yearly

__all__ = ["MEASURES", "TYPES", "Rivalries", "rivalries", "rivalry", "rivalry_types", "rivalry_years"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TYPES = ("spatial", "positional", "ideological", "interventionary")


@dataclass(frozen=True)
class Rivalries:
    """The rivalries of a source, year by year; one entry for each ordered pair in each year it was on.

    Attributes:
        rows: positions of the years, sorted.
        ones: columns of the one state.
        others: columns of the other.
        number: of the rivalry in its source.
        begun: the year in which the rivalry began, which can lie before the panel.
        types: whether it is of each of ``TYPES``; shape (entries, 4).
        covered: per year whether the source covers it; shape (years,).
    """

    rows: Ints
    ones: Ints
    others: Ints
    number: Ints
    begun: Ints
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
    return panel.keep(f"rivalries {source}", lambda: _rivalries(panel, source))


def _rivalries(panel: Panel, source: str) -> Rivalries:
    parties = panel.ties("rivalry", source)
    ids = parties.column("id").to_pylist()
    rivals = list(dict.fromkeys(ids))
    numbers = dict(zip(rivals, range(len(rivals)), strict=True))
    at = array(np.array([float(numbers[each]) for each in ids]), pa.float64())
    rows, (places,), numbered = panel.spread(parties.append_column("value", at), ("actor",))
    at, one, other = _pairs(numbered.astype(np.int64) * len(panel.years) + rows, places.astype(np.int64))
    order = np.argsort(at % len(panel.years), kind="stable")
    tie, row = np.divmod(at[order], len(panel.years))
    told = {each["id"]: each for each in parties.select(["id", "about", "begun"]).to_pylist()}
    held = [told[each] for each in rivals]
    begun = np.array([(each["begun"] or dt.date.min).year for each in held], np.int64)
    types = np.array([rivalry_types(each["about"]) for each in held], bool).reshape(-1, len(TYPES))
    listed = np.array([int(each.rpartition(":")[2]) for each in rivals], np.int64)
    covered = panel.covered([*panel.cited([source])])
    return Rivalries(row, one[order], other[order], listed[tie], begun[tie], types[tie], covered)


def _pairs(keys: Ints, places: Ints) -> tuple[Ints, Ints, Ints]:
    """The keys and every two places, both ways, of those that share a key.

    The states that bear a number one after the other, as of one side of a rivalry, are never together and
    drop out where values are laid down.
    """
    order = np.lexsort((places, keys))
    keys, places = keys[order], places[order]
    found = []
    for step in range(1, len(keys)):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        if not len(same):
            break
        found += [
            (keys[same], places[same], places[same + step]),
            (keys[same], places[same + step], places[same]),
        ]
    joined = [np.concatenate(part) for part in zip(*found, strict=True)] or [np.empty(0, np.int64)] * 3
    return joined[0], joined[1], joined[2]


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
    part = slice(*np.searchsorted(held.rows, [row, row + 1]))
    found = np.full(together.shape, -1.0)
    np.maximum.at(found, (held.ones[part], held.others[part]), values[part])
    return np.where(together & held.covered[row], np.where(found < 0, absent, found), np.nan)


_CITED = {
    "tss-rivalries": "Thompson, Sakuwa & Suhas (2021), Analyzing Strategic Rivalries in World Politics",
    "td-rivalries": "Thompson & Dreyer (2012), Handbook of International Rivalries, 1494-2010",
}
_CHECKED = {
    "tss-rivalries": "Against the columns of peacesciencer 1.2.9 in 1914, 1950, 1980 and 2000: all 68,000 "
    "ordered pairs are the same but South Yemen and Oman in 1980, whose rivalry the reference gives to the "
    "North (years against rows made by hand).",
    "td-rivalries": "Against rows made by hand.",
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
        "several.",
        missing=rule + (", or the two are no rivals." if unit else "."),
        coverage=f"All pairs of members, 1816 to {_LAST[source]}; beginnings from 1494.",
        checked=_CHECKED[source],
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
