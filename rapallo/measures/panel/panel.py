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

from rapallo.measures.panel.arrow import array, numbers
from rapallo.measures.panel.cells import Cells
from rapallo.measures.panel.system import System, system

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["DIRECTED", "Panel", "is_of"]

Floats = NDArray[np.float64]
T = TypeVar("T")
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_WHOLE = 366
"""Behind the last day of any year."""

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


def is_of(release: str, dataset: str) -> bool:
    """Whether a release is one of a dataset: its name, a hyphen, and a version that is one word or a date.

    Examples:
        >>> is_of("nmc-6.0", "nmc"), is_of("un-votes-2024-06", "un-votes")
        (True, True)
        >>> is_of("cow-contiguity-years-3.2", "cow-contiguity")
        False
    """
    name, hyphen, version = release[: len(dataset)], *release[len(dataset) :].partition("-")[1:]
    parts = version.split("-")
    return name == dataset and bool(hyphen) and (len(parts) == 1 or all(part.isdecimal() for part in parts))


class Panel:
    """What a record holds of a state system over years.

    Where several sources have an amount of one year, the surer counts, then the later released. An amount
    that holds over days counts for every year of which it holds on a day.

    Args:
        record: the record.
        first: year.
        last: year.
        system_name: ``cow`` or ``gw``.
        states: ids of the only members that count, as for the history of one pair; all unless said.
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
        states: tuple[str, ...] = (),
        known: dt.date | dt.datetime | None = None,
    ) -> None:
        self.record = record
        self.system: System = system(system_name, first, last, states)
        self.known = known
        self.states = states
        self._traits: dict[tuple[str, str], tuple[Floats, NDArray[np.bool_]]] = {}
        self._kept: dict[str, Any] = {}
        self._ahead: dict[str, dict[str, pa.Table]] = {}
        self._pairs: dict[tuple[str, str], Cells] = {}

    @property
    def years(self) -> range:
        """The years, each one."""
        return self.system.years

    def trait(self, name: str, source: str = "", *, begun: bool = False) -> Floats:
        """The amounts of a trait; shape (years, states), NaN where there is none.

        Args:
            name: a term of the vocabulary ``trait_names``.
            source: the only dataset or release that counts, such as ``nmc`` or ``nmc-6.0``.
            begun: of several amounts in a year that counts which held first, not that of the best source.
        """
        return self._trait(name, source, begun=begun)[0]

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
            table = self._best(self._fetch("dyads_over_years", name, source))
            if begun:
                table = table.sort_by([("valid_from", "descending"), ("value", "descending")])
            covered = self._covering("dyad", name, source)
            self._pairs[key] = self._cells(table, covered, mirrored=name not in DIRECTED)
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
            table = self._fetch("flows_over_years", kind, source)
            for column, only in (("what", what), ("unit", unit or None)):
                if only is not None:
                    table = table.filter(pc.equal(table.column(column), only))
            table = self._best(table)
            covered = self._covering("flow", kind, source)
            self._pairs[key] = self._cells(table, covered, mirrored=False, added=what is None)
        return self._pairs[key]

    def ties(self, kind: str, source: str = "") -> pa.Table:
        """The parties of the ties of a kind over the days on which they were in them (``spells_of_ties``).

        Args:
            kind: a term of the vocabulary ``tie_kinds``.
            source: the only dataset or release that counts.
        """
        return self._ask("spells_of_ties", kind=kind, sources=self._only(source))

    def forget(self) -> None:
        """Let go of the amounts of pairs that were fetched, and of what was made of them."""
        self._pairs.clear()
        self._kept.clear()

    @cached_property
    def _sources(self) -> dict[str, tuple[dt.date, int, int, str]]:
        rows = self.record.query("source_spans", **self.as_known()).to_pylist()
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

    def last_covered(self, datasets: Sequence[str]) -> int | None:
        """The last year that a release of one of the datasets covers; None where there is no release."""
        ends = [
            span[2] for source, span in self._sources.items() if any(is_of(source, name) for name in datasets)
        ]
        return max(ends, default=None)

    def holds(self, datasets: Sequence[str]) -> bool:
        """Whether the record holds a release of one of the datasets."""
        return any(is_of(source, name) for source in self._sources for name in datasets)

    def cited(self, datasets: Sequence[str]) -> Mapping[str, str]:
        """What is to be cited for the releases of datasets that the record holds, by release."""
        return {
            source: told[3]
            for source, told in self._sources.items()
            if any(is_of(source, name) for name in datasets)
        }

    def as_known(self) -> dict[str, object]:
        """What a named question of the record takes besides, so that it answers as this panel does."""
        return {} if self.known is None else {"known": self.known}

    def ahead(self, question: str, names: Sequence[str]) -> None:
        """Fetch amounts in one go that will be asked for: worth it for few states, when rows are few.

        Args:
            question: ``traits``, ``dyads`` or ``flows``.
            names: of the amounts.
        """
        query = f"{question}_over_years"
        table = self._ask(query, names=list(names), states=list(self.states) or None, sources=None)
        self._ahead[query] = _parted(table, "name", names)

    def _fetch(self, question: str, name: str, source: str) -> pa.Table:
        only = self._only(source)
        held = self._ahead.get(question, {}).get(name)
        if held is None:
            return self._ask(question, names=[name], states=list(self.states) or None, sources=only)
        return held if only is None else pa.concat_tables([held[:0], *_parted(held, "source", only).values()])

    def _only(self, source: str) -> list[str] | None:
        held = (each for each in self._sources if each == source or is_of(each, source))
        return list(held) if source else None

    def _covering(self, family: str, name: str, source: str) -> NDArray[np.bool_]:
        """Per year whether a source that has the amount covers it, with or without a row of these states."""
        only = self._only(source)
        if only is None:
            held = self.record.query("sources_of_amount", family=family, name=name, **self.as_known())
            only = held.column("source").to_pylist()
        return self.covered(only)

    def _ask(self, question: str, **params: object) -> pa.Table:
        days = {"since": dt.date(self.years[0], 1, 1), "on": dt.date(self.years[-1], 12, 31)}
        return self.record.query(question, **params, **days, **self.as_known())

    def _trait(self, name: str, source: str, *, begun: bool = False) -> tuple[Floats, NDArray[np.bool_]]:
        key = f"{name} {begun}", source
        if key not in self._traits:
            found = np.full(self.system.shape, np.nan)
            table = self._best(self._fetch("traits_over_years", name, source))
            if begun:
                table = table.sort_by([("valid_from", "descending")])
            rows, (places,), values = self.spread(table, ("actor",))
            found[rows, places] = values
            self._traits[key] = found, self._covering("trait", name, source)
        return self._traits[key]

    def _best(self, table: pa.Table) -> pa.Table:
        """The rows of a table, those of the best source last."""
        coded = table.column("source").combine_chunks().dictionary_encode()
        held = coded.dictionary.to_pylist()
        if len(held) < 2:
            return table
        ranked = sorted(held, key=lambda each: (self._sources[each][0], each))
        place = np.array([ranked.index(each) for each in held])[numbers(coded.indices, np.int32)]
        order = np.lexsort((place, numbers(table.column("confidence"), np.float64)))
        return table.take(array(order, pa.int64()))

    def _cells(
        self, table: pa.Table, covered: NDArray[np.bool_], *, mirrored: bool, added: bool = False
    ) -> Cells:
        """The rows of a table, of several of one pair and year the last, or the sum of its source."""
        at = array(np.arange(table.num_rows, dtype=np.float64), pa.float64())
        numbered = table.set_column(table.column_names.index("value"), "value", at)
        rows, (ones, others), line = self.spread(numbered, ("actor", "other"))
        lines = line.astype(np.int64)
        values: Floats = numbers(table.column("value"), np.float64)[lines]
        if mirrored:
            rows, lines, values = np.repeat(rows, 2), np.repeat(lines, 2), np.repeat(values, 2)
            ones, others = np.column_stack([ones, others]).ravel(), np.column_stack([others, ones]).ravel()
        states = self.system.shape[1]
        keys: Longs = (rows.astype(np.int64) * states + ones) * states + others
        seen = np.zeros(len(self.years) * states * states, dtype=bool)
        seen[keys] = True
        if np.count_nonzero(seen) == len(keys):
            taken = np.argsort(rows.astype(np.int16), kind="stable")  # of so few years a sort by counting
            rows, ones, others, values = rows[taken], ones[taken], others[taken], values[taken]
        else:
            order = np.argsort(keys, kind="stable")
            ends = np.append(keys[order[1:]] != keys[order[:-1]], True)
            taken = order[ends]
            if added:
                source = table.column("source").combine_chunks().dictionary_encode()
                of = numbers(source.indices, np.int32)[lines[order]]
                group = np.cumsum(ends) - ends
                same = of == of[ends][group]
                values = np.add.reduceat(
                    np.where(same, values[order], 0.0), np.flatnonzero(np.append(True, ends[:-1]))
                )
            else:
                values = values[taken]
            rows, ones, others = rows[taken], ones[taken], others[taken]
        return Cells(self.system.shape, rows, ones, others, values, covered)

    def spread(self, table: pa.Table, sides: Sequence[str]) -> tuple[Ints, list[Ints], Floats]:
        """Rows over days as one for each year: positions of years and states, and values.

        Args:
            table: rows with ``valid_from``, ``valid_to``, ``value`` and the ids of states.
            sides: the columns of the ids; a row stays out where one was no member in the year.
        """
        begin, stop = self.years[0], self.years[-1]
        first, starts = _year_of(table.column("valid_from"), begin, 0)
        last, ends = _year_of(table.column("valid_to"), stop, _WHOLE)
        starts, ends = np.where(first >= begin, starts, 0), np.where(last <= stop, ends, _WHOLE)
        first, last = np.maximum(first, begin), np.minimum(last, stop)
        lengths = np.maximum(last - first + 1, 0)
        index = np.repeat(np.arange(len(lengths)), lengths)
        offset = np.arange(len(index)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows = (first[index] - begin + offset).astype(np.int32)
        days = (
            np.where(offset == 0, starts[index], 0),
            np.where(offset == lengths[index] - 1, ends[index], _WHOLE),
        )
        found: list[Ints] = []
        for side in sides:
            places, again = self._places(table.column(side).combine_chunks(), index, rows, days)
            if len(again):
                taken = np.concatenate([np.arange(len(index)), again])
                order = np.argsort(taken, kind="stable")  # of one state and year the last entry counts
                taken, places = taken[order], places[order]
                index, rows, days = index[taken], rows[taken], (days[0][taken], days[1][taken])
                found = [place[taken] for place in found]
            found.append(places)
        kept = np.all([place >= 0 for place in found], axis=0)
        values = numbers(table.column("value"), np.float64)[index]
        return rows[kept], [place[kept] for place in found], values[kept]

    def _places(
        self, ids: pa.Array, index: Longs, rows: Ints, days: tuple[Longs, Longs]
    ) -> tuple[Ints, Longs]:
        """The columns of the states that ids are in years, and which entries hold for a second column too.

        In a year in which a state bore two numbers, days decide which of them an entry is of, or that it is
        of both: the columns of the second stand behind those of all entries.
        """
        coded = ids.dictionary_encode()
        nobody = np.full((3, len(self.years)), -1, np.int32)
        tables = np.stack(
            [self.system.holders.get(who, nobody) for who in coded.dictionary.to_pylist()] or [nobody]
        )
        codes = numbers(coded.indices, np.int32)[index]
        places: Ints = tables[codes, 0, rows]
        again = [np.empty(0, np.int64)]
        for at in np.flatnonzero((tables[:, 0] != tables[:, 1]).any(axis=1)):
            its = np.flatnonzero((codes == at) & (tables[at, 0, rows] != tables[at, 1, rows]))
            change = tables[at, 2, rows[its]]
            late = days[0][its] >= change
            places[its[late]] = tables[at, 1, rows[its[late]]]
            again.append(its[~late & (days[1][its] >= change)])
        both = np.concatenate(again)
        return np.concatenate([places, tables[codes[both], 1, rows[both]]]), both


def _year_of(column: pa.ChunkedArray, year: int, day: int) -> tuple[Longs, Longs]:
    """The years of days and their places in the year, from 0; what is given where there is none."""
    days = column.combine_chunks()
    said = numbers(days.is_valid().cast(pa.uint8()), np.uint8) > 0
    date = numbers(days, np.int32).astype("datetime64[D]")
    its = date.astype("datetime64[Y]")
    place = (date - its.astype("datetime64[D]")).astype(np.int64)
    return np.where(said, its.astype(np.int64) + 1970, year), np.where(said, place, day)


def _parted(table: pa.Table, column: str, terms: Sequence[str]) -> dict[str, pa.Table]:
    """The rows of each term of a column."""
    coded = table.column(column).combine_chunks().dictionary_encode()
    held, places = coded.dictionary.to_pylist(), numbers(coded.indices, np.int32)
    where = {term: held.index(term) if term in held else -1 for term in terms}
    rows = {term: np.flatnonzero(places == at) for term, at in where.items()}
    return {term: table.take(array(at, pa.int64())) for term, at in rows.items()}
