"""A record over years and states: traits, pairs and flows fetched by the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.measures.panel.cells import Cells
from rapallo.measures.panel.system import System, system

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["DIRECTED", "Panel"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

DIRECTED = frozenset(
    (
        *("atop_defence", "atop_offence", "atop_neutrality", "atop_non_aggression", "atop_consultation"),
        *("diplomatic_representation", "diplomatic_mission", "troops_hosted"),
        *("dispute_hostility", "dispute_fatality", "dispute_side_a", "dispute_originator"),
        *("icews_verbal_cooperation", "icews_material_cooperation"),
        *("icews_verbal_conflict", "icews_material_conflict"),
    )
)
"""Amounts of pairs that can differ from the one to the other; all others are laid down both ways."""


class Panel:
    """What a record holds of a state system over years.

    Where several sources have an amount of one year, the surer counts, then the later released. An amount
    that holds over days counts for every year of which it holds on a day.

    Args:
        record: the record.
        first: year.
        last: year.
        system: ``cow`` or ``gw``.
        known: the record as it was known then; by default as it is.

    Examples:
        >>> from rapallo.record import Record
        >>> panel = Panel(Record.open(), 2022, 2023)
        >>> row, place = 0, panel.system.position("CHN", 2022)
        >>> bool(panel.trait("population")[row, place] > 1e6)
        True
    """

    def __init__(
        self,
        record: Record,
        first: int,
        last: int,
        *,
        system_name: str = "cow",
        states: Sequence[str] | None = None,
        known: dt.date | dt.datetime | None = None,
    ) -> None:
        self.record = record
        self.system: System = system(system_name, first, last)
        self._known = known
        self._states = list(states) if states is not None else None
        self._traits: dict[tuple[str, str], Floats] = {}
        self._pairs: dict[tuple[str, str], Cells] = {}

    @property
    def years(self) -> range:
        """The years, each one."""
        return self.system.years

    def trait(self, name: str, source: str = "") -> Floats:
        """The amounts of a trait; shape (years, states), NaN where there is none.

        Args:
            name: a term of the vocabulary ``trait_names``.
            source: the only dataset or release that counts, such as ``nmc`` or ``nmc-6.0``.
        """
        if (name, source) not in self._traits:
            found = np.full(self.system.shape, np.nan)
            table = self._best(self._fetch("traits_over_years", [name]), source)
            rows, (places,), values = self._spread(table, ("actor",))
            found[rows, places] = values
            self._traits[name, source] = found
        return self._traits[name, source]

    def pairs(self, name: str, source: str = "", *, least: bool = False) -> Cells:
        """The amounts of pairs, from each to each.

        Args:
            name: a term of the vocabulary ``dyad_names``.
            source: the only dataset or release that counts.
            least: of several amounts in a year the least counts, not the last.
        """
        key = name, source
        if key not in self._pairs:
            table = self._best(self._fetch("dyads_over_years", [name]), source)
            order = -table.column("value").to_numpy() if least else None
            self._pairs[key] = self._cells(table, mirrored=name not in DIRECTED, order=order)
        return self._pairs[key]

    def flow(self, kind: str, source: str = "", *, what: str | None = None, unit: str = "") -> Cells:
        """The amounts that flowed, from the origin to the destination.

        Args:
            kind: a term of the vocabulary ``flow_kinds``.
            source: the only dataset or release that counts.
            what: the only good that counts; by default all goods, each added to the others.
            unit: the only unit that counts.
        """
        key = f"flow {kind} {what} {unit}", source
        if key not in self._pairs:
            table = self._fetch("flows_over_years", [kind])
            for column, only in (("what", what), ("unit", unit or None)):
                if only is not None:
                    table = table.filter(pc.equal(table.column(column), only))
            self._pairs[key] = self._cells(self._best(table, source), mirrored=False)
        return self._pairs[key]

    def forget(self) -> None:
        """Let go of the amounts of pairs that were fetched."""
        self._pairs.clear()

    @cached_property
    def _sources(self) -> dict[str, tuple[dt.date, int, int]]:
        rows = self.record.query("source_spans", **self._as_known()).to_pylist()
        return {
            row["id"]: (
                row["released"] or dt.date.min,
                (row["covers_from"] or dt.date.min).year,
                (row["covers_to"] or dt.date.max).year,
            )
            for row in rows
        }

    def covered(self, sources: Sequence[str]) -> NDArray[np.bool_]:
        """Per year whether one of the sources covers it; shape (years,)."""
        years = np.array(self.years)
        spans = [self._sources[source][1:] for source in sources if source in self._sources]
        found = np.zeros(len(years), dtype=bool)
        for first, last in spans:
            found |= (first <= years) & (years <= last)
        return found

    def _as_known(self) -> dict[str, object]:
        return {} if self._known is None else {"known": self._known}

    def _fetch(self, question: str, names: list[str]) -> pa.Table:
        days = {"since": dt.date(self.years[0], 1, 1), "on": dt.date(self.years[-1], 12, 31)}
        return self.record.query(question, names=names, states=self._states, **days, **self._as_known())

    def _best(self, table: pa.Table, source: str) -> pa.Table:
        """The rows of a source or dataset, or of all with the best last."""
        held = pc.unique(table.column("source")).to_pylist()
        if source:
            kept = [each for each in held if each == source or each.rpartition("-")[0] == source]
            table = table.filter(pc.is_in(table.column("source"), pa.array(kept, pa.string())))
            held = kept
        if len(held) > 1:
            ranked = sorted(held, key=lambda each: (self._sources[each][0], each))
            place = pc.index_in(table.column("source"), pa.array(ranked)).to_numpy()
            table = table.take(np.lexsort((place, table.column("confidence").to_numpy())))
        return table

    def _cells(self, table: pa.Table, *, mirrored: bool, order: Floats | None = None) -> Cells:
        if order is not None:
            table = table.take(np.argsort(order, kind="stable"))
        rows, (ones, others), values = self._spread(table, ("actor", "other"))
        if mirrored:
            rows, values = np.tile(rows, 2), np.tile(values, 2)
            ones, others = np.concatenate([ones, others]), np.concatenate([others, ones])
        states = self.system.shape[1]
        keys: Longs = (rows.astype(np.int64) * states + ones) * states + others
        if len(keys) and not (np.diff(keys) > 0).all():
            by_key = np.argsort(keys, kind="stable")
            keys = keys[by_key]
            last = np.append(keys[1:] != keys[:-1], True)
            taken = by_key[last]
            rows, ones, others, values = rows[taken], ones[taken], others[taken], values[taken]
        covered = self.covered(pc.unique(table.column("source")).to_pylist())
        return Cells(self.system.shape, rows, ones, others, values, covered)

    def _spread(self, table: pa.Table, sides: Sequence[str]) -> tuple[Ints, list[Ints], Floats]:
        """Rows over days as one for each year: positions of years and states, and values."""
        years = np.array([self.years[0], self.years[-1]])
        first, starts = _year_of(table.column("valid_from"), years[0])
        last, _ = _year_of(table.column("valid_to"), years[1])
        starts = np.where(first >= years[0], starts, 0)
        first, last = np.maximum(first, years[0]), np.minimum(last, years[1])
        lengths = np.maximum(last - first + 1, 0)
        index = np.repeat(np.arange(len(lengths)), lengths)
        offset = np.arange(len(index)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows = (first[index] - years[0] + offset).astype(np.int32)
        day = np.where(offset == 0, starts[index], 0)
        found = [self._places(table.column(side).combine_chunks(), index, rows, day) for side in sides]
        kept = np.all([place >= 0 for place in found], axis=0)
        values = table.column("value").to_numpy()[index]
        return rows[kept], [place[kept] for place in found], values[kept]

    def _places(self, ids: pa.Array, index: Longs, rows: Ints, day: Longs) -> Ints:
        """The columns of the states that ids are in years; of two numbers in a year that of the day."""
        coded = ids.dictionary_encode()
        nobody = np.full((3, len(self.years)), -1, np.int32)
        held = [self.system.holders.get(who, nobody) for who in coded.dictionary.to_pylist()]
        if not held:
            return np.empty(len(index), np.int32)
        tables = np.stack(held)
        codes = coded.indices.to_numpy()[index]
        places: Ints = tables[codes, 0, rows]
        for at in np.flatnonzero((tables[:, 0] != tables[:, 1]).any(axis=1)):
            its = np.flatnonzero(codes == at)
            later = day[its] >= tables[at, 2, rows[its]]
            places[its] = np.where(later, tables[at, 1, rows[its]], places[its])
        return places


def _year_of(column: pa.ChunkedArray, otherwise: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The years of days, and how many days of the year lie before them."""
    days = column.combine_chunks()
    said = days.is_valid().to_numpy(zero_copy_only=False)
    day = days.fill_null(0).cast(pa.int32()).to_numpy().astype("datetime64[D]")
    year = day.astype("datetime64[Y]")
    before = (day - year.astype("datetime64[D]")).astype(np.int64)
    return np.where(said, year.astype(np.int64) + 1970, otherwise), np.where(said, before, 0)
