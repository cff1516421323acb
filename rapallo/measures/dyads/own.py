"""Columns that are worked out of several amounts, or of ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.dyads.universe import Rows
from rapallo.measures.geography import capitals, ellipsoid_km
from rapallo.measures.panel import Cells, Panel
from rapallo.measures.rivalry import TYPES, rivalries

__all__ = ["OWN"]

Floats = NDArray[np.float64]

OBLIGATIONS = ("atop_defence", "atop_offence", "atop_neutrality", "atop_non_aggression", "atop_consultation")
_SEATS = ("igo_memberships", "igo_associate_memberships", "igo_observer_seats")


def at(cells: Cells, rows: Rows, absent: float = np.nan) -> Floats:
    """The amounts of the pairs of rows, from the first side to the second."""
    found: Floats = cells.block(rows.first, rows.stop, absent=absent).ravel().take(rows.flat)
    return found


def _allied(panel: Panel, rows: Rows) -> Floats:
    found = np.zeros(len(rows))
    for name in OBLIGATIONS:
        found = np.maximum(found, np.isfinite(at(panel.pairs(name, "atop"), rows)))
    covered = panel.pairs(OBLIGATIONS[0], "atop").covered
    return np.where(covered[rows.year], found, np.nan)


def _initiators(panel: Panel, rows: Rows) -> Floats:
    side, began = (at(panel.pairs(f"dispute_{n}", "gml"), rows) for n in ("side_a", "originator"))
    return np.where(np.isnan(side), np.nan, (side == 1) | (began == 0))


def _seats(panel: Panel, rows: Rows) -> Floats:
    found: Floats = np.sum([panel.trait(name)[rows.year, rows.sides[0]] for name in _SEATS], axis=0)
    return found


def _capital_distance(panel: Panel, rows: Rows) -> Floats:
    """Of each two capitals once, however many years they were that."""
    places, numbers = panel.keep("capitals by number", lambda: _numbered(capitals(panel)))
    between = panel.keep("between capitals", lambda: ellipsoid_km(places[:, :, None], places[:, None, :]))
    one, other = (numbers[rows.year, side] for side in rows.sides)
    return between[one, other]


def _numbered(capitals: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Every place once, and by year and state which of them is its capital; the last is none."""
    flat = capitals.reshape(2, -1)
    known = np.isfinite(flat).all(axis=0)
    places, found = np.unique(flat[:, known], axis=1, return_inverse=True)
    numbers = np.full(flat.shape[1], places.shape[1])
    numbers[known] = found
    return np.column_stack([places, [np.nan, np.nan]]), numbers.reshape(capitals.shape[1:])


def _rivalry(part: str) -> Callable[[Panel, Rows], Floats]:
    def column(panel: Panel, rows: Rows) -> Floats:
        cells = panel.keep("rivalries as cells", lambda: _rivalries(panel))
        number = at(cells["number"], rows)
        if part == "number":
            return number
        covered = cells["number"].covered[rows.year]
        found = np.isfinite(number) if part == "ongoing" else at(cells[part], rows, 0.0)
        return np.where(covered, found, np.nan)

    return column


def _rivalries(panel: Panel) -> Mapping[str, Cells]:
    """The strategic rivalries of Thompson, Sakuwa & Suhas (2021) by pair and year: number and types."""
    held = rivalries(panel)
    rows, ones, others = (its.astype(np.int32) for its in (held.rows, held.ones, held.others))
    values = {"number": held.number, **dict(zip(TYPES, held.types.T, strict=True))}
    return {
        name: Cells(panel.system.shape, rows, ones, others, value.astype(np.float64), held.covered)
        for name, value in values.items()
    }


OWN: Mapping[str, Callable[[Panel, Rows], Floats]] = {
    "allied": _allied,
    "initiators": _initiators,
    "igo_seats": _seats,
    "capital_distance": _capital_distance,
    "rivalry_number": _rivalry("number"),
    "rivalry_ongoing": _rivalry("ongoing"),
    **{f"rivalry_{word}": _rivalry(word) for word in TYPES},
}
"""By the name that ``columns.yaml`` uses."""
