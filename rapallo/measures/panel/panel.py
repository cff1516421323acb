"""A record over years and states: traits, pairs and flows fetched by the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

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
T = TypeVar("T")
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
        self._traits: dict[tuple[str, str], tuple[Floats, NDArray[np.bool_]]] = {}
        self._kept: dict[str, Any] = {}
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
        return self._trait(name, source)[0]

    def trait_covered(self, name: str, source: str = "") -> NDArray[np.bool_]:
        """Per year whether a source that holds the trait covers it; shape (years,)."""
        return self._trait(name, source)[1]

    def carried(self, name: str, source: str = "") -> Floats:
        """The amounts of a trait, those of the last covered year standing for the years behind it."""
        values, covered = self._trait(name, source)
        last = np.flatnonzero(covered)
        if not len(last) or last[-1] == len(values) - 1:
            return values
        found = values.copy()
        found[last[-1] + 1 :] = np.where(self.system.member[last[-1] + 1 :], values[last[-1]], np.nan)
        return found

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What a function makes of this panel, made once."""
        if name not in self._kept:
            self._kept[name] = make()
        found: T = self._kept[name]
        return found

    def pairs(self, name: str, source: str = "", *, begun: bool = False) -> Cells:
        """The amounts of pairs, from each to each.

        Args:
            name: a term of the vocabulary ``dyad_names``.
            source: the only dataset or release that counts.
            begun: of several amounts in a year that counts which held first, not that of the best source.
        """
        key = f"{name} {begun}", source
        if key not in self._pairs:
            table = self._best(self._fetch("dyads_over_years", [name]), source)
            if begun:
                table = table.sort_by([("valid_from", "descending"), ("value", "descending")])
            self._pairs[key] = self._cells(table, mirrored=name not in DIRECTED)
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

    def ties(self, kind: str) -> pa.Table:
        """The parties of the ties of a kind over the days on which they were in them (``spells_of_ties``)."""
        return self._ask("spells_of_ties", kind=kind)

    def forget(self) -> None:
        """Let go of the amounts of pairs that were fetched, and of what was made of them."""
        self._pairs.clear()
        self._kept.clear()

    @cached_property
    def _sources(self) -> dict[str, tuple[dt.date, int, int, str]]:
        rows = self.record.query("source_spans", **self._as_known()).to_pylist()
        return {
            row["id"]: (
                row["released"] or dt.date.min,
                (row["covers_from"] or dt.date.min).year,
                (row["covers_to"] or dt.date.max).year,
                row["citation"],
            )
            for row in rows
        }

    def covered(self, sources: Sequence[str]) -> NDArray[np.bool_]:
        """Per year whether one of the sources covers it; shape (years,)."""
        years = np.array(self.years)
        spans = [self._sources[source][1:3] for source in sources if source in self._sources]
        found = np.zeros(len(years), dtype=bool)
        for first, last in spans:
            found |= (first <= years) & (years <= last)
        return found

    def holds(self, datasets: Sequence[str]) -> bool:
        """Whether the record holds a release of one of the datasets."""
        return any(source.rpartition("-")[0] in datasets for source in self._sources)

    def cited(self, datasets: Sequence[str]) -> Mapping[str, str]:
        """What is to be cited for the releases of datasets that the record holds, by release."""
        return {
            source: told[3] for source, told in self._sources.items() if source.rpartition("-")[0] in datasets
        }

    def _as_known(self) -> dict[str, object]:
        return {} if self._known is None else {"known": self._known}

    def _fetch(self, question: str, names: list[str]) -> pa.Table:
        return self._ask(question, names=names, states=self._states)

    def _ask(self, question: str, **params: object) -> pa.Table:
        days = {"since": dt.date(self.years[0], 1, 1), "on": dt.date(self.years[-1], 12, 31)}
        return self.record.query(question, **params, **days, **self._as_known())

    def _trait(self, name: str, source: str) -> tuple[Floats, NDArray[np.bool_]]:
        key = name, source
        if key not in self._traits:
            found = np.full(self.system.shape, np.nan)
            table = self._best(self._fetch("traits_over_years", [name]), source)
            rows, (places,), values = self.spread(table, ("actor",))
            found[rows, places] = values
            self._traits[key] = found, self.covered(pc.unique(table.column("source")).to_pylist())
        return self._traits[key]

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

    def _cells(self, table: pa.Table, *, mirrored: bool) -> Cells:
        rows, (ones, others), values = self.spread(table, ("actor", "other"))
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

    def spread(self, table: pa.Table, sides: Sequence[str]) -> tuple[Ints, list[Ints], Floats]:
        """Rows over days as one for each year: positions of years and states, and values.

        Args:
            table: rows with ``valid_from``, ``valid_to``, ``value`` and the ids of states.
            sides: the columns of the ids; a row stays out where one was no member in the year.
        """
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
