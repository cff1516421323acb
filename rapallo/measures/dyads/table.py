"""A table of years and states with what is asked for beside them, in parts of some years each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.measures.dyads.blocks import Column
from rapallo.measures.dyads.codebook import Tally, citations, codebook
from rapallo.measures.dyads.layout import Asked, columns, places, schema
from rapallo.measures.dyads.own import OWN, at
from rapallo.measures.dyads.sinks import sink, whole
from rapallo.measures.dyads.universe import RELEVANT, Rows, sides, universe
from rapallo.measures.panel import Panel
from rapallo.measures.panel.arrow import array
from rapallo.measures.registry import yearly_measure

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["dyads", "write_dyads"]

Floats = NDArray[np.float64]
_CELLS = 400_000
"""How many positions of pairs, or of triads, a part of several years may have, which bounds its memory."""


def dyads(record: Record, asked: Asked) -> pa.Table:
    """The table as one in memory; its fields carry their unit and meaning as metadata.

    Raises:
        InputError: where the record lacks a dataset that a block needs.

    Examples:
        >>> from rapallo.record import Record
        >>> table = dyads(Record.open(empty=True), Asked(1816, 1816, universe="undirected"))
        >>> table.num_rows, table.column_names
        (253, ['ccode1', 'ccode2', 'year'])
    """
    panel = _panel(record, asked)
    return pa.Table.from_batches(list(_parts(panel, asked, Tally())), schema(asked))


def write_dyads(record: Record, asked: Asked, out: Path) -> int:
    """Write the table to a ``.parquet`` or ``.csv`` file, its codebook and its citations beside it.

    Beside ``d.parquet`` stand ``d.codebook.md`` and ``d.bib``.

    Returns:
        How many rows were written.

    Raises:
        InputError: where the file is of another kind or cannot be written, or the record lacks a dataset.
    """
    panel, tally = _panel(record, asked), Tally()
    with whole(out, out.with_suffix(".codebook.md"), out.with_suffix(".bib")) as (table, book, works):
        with sink(table, out.suffix, schema(asked)) as write:
            for part in _parts(panel, asked, tally):
                write(part)
        book.write_text(codebook(out, panel, asked, tally), encoding="utf-8")
        works.write_text(citations(panel, asked), encoding="utf-8")
    return tally.rows


def _panel(record: Record, asked: Asked) -> Panel:
    alone = all(column.kind != "measure" for block in asked.blocks for column in block.columns)
    states = asked.states if alone else ()  # a measure is of the whole system

    def since(first: int) -> Panel:
        return Panel(record, first, asked.last, system_name=asked.system, states=states, known=asked.known)

    panel = since(asked.first)
    if states:
        its = [column for block in asked.blocks for column in block.columns]
        for question, kind in (("traits", "trait"), ("dyads", "pair"), ("flows", "flow")):
            panel.ahead(question, [column.what for column in its if column.kind == kind])
    for block in asked.blocks:
        if block.sources and not panel.holds(block.sources):
            msg = f"the record holds none of {', '.join(block.sources)}, which {block.name} is made of"
            raise InputError(msg, hint=f"rapallo sources add {block.sources[0]} --from FOLDER")
    # What is carried on behind the last covered year is read from that year.
    ends = [panel.last_covered(names) for names in _carried(asked)]
    first = min([asked.first, *(year for year in ends if year is not None)])
    return since(first) if first < asked.first else panel


def _carried(asked: Asked) -> Iterator[Sequence[str]]:
    """The datasets, one of each enough, whose last covered year stands for those behind it."""
    if asked.universe.startswith("prd"):
        yield from RELEVANT
    for block in asked.blocks:
        if any(column.carry for column in block.columns):
            yield block.sources


def _parts(panel: Panel, asked: Asked, tally: Tally) -> Iterator[pa.RecordBatch]:
    years, states = panel.system.shape
    cells = states**3 // 6 if sides(asked.universe) == 3 else states**2
    step = max(1, _CELLS // max(1, cells))
    shape = schema(asked)
    for first in range(asked.first - panel.years[0], years, step):
        rows = universe(panel, asked.universe, first, min(first + step, years))
        if asked.states:
            rows = rows.among(_chosen(panel, asked.states))
        computed: dict[tuple[str, int], Floats] = {}
        parts: dict[tuple[int, ...], Rows] = {}
        keys = [panel.system.codes[side] for side in rows.sides] + [rows.year + panel.years[0]]
        arrays = [array(key.astype(np.int16), pa.int16()) for key in keys]
        for block in asked.blocks:
            for column in columns(block, len(rows.sides)):
                for name, its in places(column, len(rows.sides)):
                    inward = its[::-1] if column.kind == "flow" else its
                    part = parts.setdefault(inward, rows.of(*inward))
                    values, covered = _values(panel, column, part, computed)
                    tally.count(name, values, covered)
                    arrays.append(_typed(values, shape.field(name).type))
        tally.rows += len(rows)
        yield pa.RecordBatch.from_arrays(arrays, schema=shape)


def _chosen(panel: Panel, states: Sequence[str]) -> NDArray[np.bool_]:
    """Where the states stand that are asked for; shape (years, states)."""
    found = np.zeros(panel.system.shape, dtype=bool)
    for held in (panel.system.holders[who] for who in states if who in panel.system.holders):
        for its in held[:2]:
            years = np.flatnonzero(its >= 0)
            found[years, its[years]] = True
    return found


def _measure(name: str, panel: Panel, rows: Rows, computed: dict[tuple[str, int], Floats]) -> Floats:
    """The values of a measure, each year of the part worked out once."""
    its, found = yearly_measure(name), np.full(len(rows), np.nan)
    bounds = np.searchsorted(rows.year, np.arange(rows.first, rows.stop + 1))
    for year, (begin, end) in enumerate(pairwise(bounds.tolist()), rows.first):
        if (name, year) not in computed:
            computed[name, year] = its.compute(panel, year)
        where = tuple(side[begin:end] for side in rows.sides) if its.of != "world" else ()
        found[begin:end] = computed[name, year][where]
    return found


def _values(
    panel: Panel, column: Column, rows: Rows, computed: dict[tuple[str, int], Floats]
) -> tuple[Floats, NDArray[np.bool_]]:
    """The values of a column, NaN for none, and whether their years are covered by a source."""
    if column.kind == "measure":
        return _measure(column.what, panel, rows, computed), np.ones(len(rows), dtype=bool)
    if column.kind == "own":
        return OWN[column.what](panel, rows), np.ones(len(rows), dtype=bool)
    if column.kind == "trait":
        values, covered = _of_states(panel, column, rows)
    else:
        if column.kind == "flow":
            cells = panel.flow(column.what, column.source)
        else:
            source = column.source.replace("SYSTEM", panel.system.name)
            cells = panel.pairs(column.what, source, begun=column.begun)
        covered = cells.covered
        values = at(cells, rows, np.nan if column.absent is None else column.absent)
        if column.absent is not None and not covered[rows.first : rows.stop].all():
            values = np.where(covered[rows.year] | (values != column.absent), values, np.nan)
    return values * column.times if column.times != 1.0 else values, covered[rows.year]


def _of_states(panel: Panel, column: Column, rows: Rows) -> tuple[Floats, NDArray[np.bool_]]:
    """The values of a trait, and which years of the panel are covered."""
    covered = panel.trait_covered(column.what, column.source)
    grid = panel.trait(column.what, column.source)
    if column.carry:
        grid = panel.carried(column.what, column.source)
        covered = np.maximum.accumulate(covered)
    if column.absent is not None:
        grid = np.where(np.isnan(grid) & covered[:, None], column.absent, grid)
    return grid[rows.first : rows.stop].ravel().take(rows.flat), covered


def _typed(values: Floats, kind: pa.DataType) -> pa.Array:
    """Values as an Arrow array of a type, null where they are NaN."""
    nothing = np.isnan(values)
    if not pa.types.is_floating(kind):
        values = np.rint(np.where(nothing, 0.0, values)).astype(kind.to_pandas_dtype())
    return array(values, kind, ~nothing if nothing.any() else None)
