"""Columns that are worked out of several amounts, or of ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.measures.dyads.universe import Rows
from rapallo.measures.geography import capitals, ellipsoid_km
from rapallo.measures.panel import Cells, Panel
from rapallo.measures.panel.arrow import array

__all__ = ["OWN"]

Floats = NDArray[np.float64]

OBLIGATIONS = ("atop_defence", "atop_offence", "atop_neutrality", "atop_non_aggression", "atop_consultation")
_TYPES = ("positional", "spatial", "ideological", "interventionary")
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
        cells = panel.keep("strategic rivalries", lambda: _rivalries(panel))
        number = at(cells["number"], rows)
        if part == "number":
            return number
        covered = cells["number"].covered[rows.year]
        found = np.isfinite(number) if part == "ongoing" else at(cells[part], rows, 0.0)
        return np.where(covered, found, np.nan)

    return column


def _rivalries(panel: Panel) -> Mapping[str, Cells]:
    """The strategic rivalries of Thompson, Sakuwa & Suhas (2021) by pair and year: number and types."""
    table = panel.ties("rivalry")
    table = table.filter(pc.starts_with(table.column("source"), "tss-rivalries"))
    numbers = np.array([float(row.rpartition(":")[2]) for row in table.column("id").to_pylist()])
    valued = table.append_column("value", array(numbers, pa.float64()))
    rows, (places,), number = panel.spread(valued, ("actor",))
    told = dict(zip(numbers.tolist(), table.column("about").to_pylist(), strict=True))
    listed = np.unique(np.column_stack([number, rows, places]).astype(np.int64), axis=0)
    _, begins, sizes = np.unique(listed[:, :2], axis=0, return_index=True, return_counts=True)
    begins = begins[sizes == 2]
    number, row, one, other = listed[begins, 0], listed[begins, 1], listed[begins, 2], listed[begins + 1, 2]
    order = np.argsort(np.tile(row, 2), kind="stable")
    rows, ones, others = (
        np.concatenate(pair)[order].astype(np.int32) for pair in ((row, row), (one, other), (other, one))
    )
    covered = panel.covered(pc.unique(table.column("source")).to_pylist())
    values = {"number": number.astype(np.float64)}
    for word in _TYPES:
        values[word] = np.array([float(f" {word}" in told[n].partition(".")[0]) for n in number])
    return {
        name: Cells(panel.system.shape, rows, ones, others, np.tile(value, 2)[order], covered)
        for name, value in values.items()
    }


OWN: Mapping[str, Callable[[Panel, Rows], Floats]] = {
    "allied": _allied,
    "initiators": _initiators,
    "igo_seats": _seats,
    "capital_distance": _capital_distance,
    "rivalry_number": _rivalry("number"),
    "rivalry_ongoing": _rivalry("ongoing"),
    **{f"rivalry_{word}": _rivalry(word) for word in _TYPES},
}
"""By the name that ``columns.yaml`` uses."""
