"""Membership of the two state systems by year, held against the files of both, in both directions.

Correlates of War, State System Membership v2016; Gleditsch & Ward (1999) as extended to 2020 with
microstates. A state-year is a code number in a year in which it is borne on at least one day; the days are
compared as well.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from rapallo.actors import Table

FIRST = dt.date(1816, 1, 1)
Spell = tuple[int, dt.date, dt.date]


@dataclass(frozen=True)
class Comparison:
    """What one file and the table say of one system.

    Attributes:
        system: ``cow`` or ``gw``.
        years: state-years in the file or in the table.
        differing: state-years that only one of them has, as (code, year, who has it).
        days: state-days in the file or in the table.
        differing_days: how many days only one of them has, by code.
    """

    system: str
    years: int
    differing: tuple[tuple[int, int, str], ...]
    days: int
    differing_days: dict[int, int]


def compared(table: Table, folder: Path) -> list[Comparison]:
    """Both systems."""
    return [_compare(table, "cow", _cow(folder)), _compare(table, "gw", _gw(folder))]


def _cow(folder: Path) -> list[Spell]:
    rows = pq.read_table(folder / "cow_states.parquet").to_pylist()
    return [
        (
            r["ccode"],
            dt.date(r["styear"], r["stmonth"], r["stday"]),
            dt.date(r["endyear"], r["endmonth"], r["endday"]),
        )
        for r in rows
    ]


def _gw(folder: Path) -> list[Spell]:
    rows = pq.read_table(folder / "gw_system.parquet").to_pylist()
    return [(r["gwcode"], dt.date.fromisoformat(r["start"]), dt.date.fromisoformat(r["end"])) for r in rows]


def _compare(table: Table, system: str, theirs: list[Spell]) -> Comparison:
    last = max(end for _, _, end in theirs)
    ours = [
        (code, max(when.start or FIRST, FIRST), min(when.end or last, last))
        for state in table.all_states()
        for code, when in (state.cow if system == "cow" else state.gw)
        if (when.start or FIRST) <= last
    ]
    file_years, own_years = _years(theirs), _years(ours)
    differing = [(*pair, "file") for pair in sorted(file_years - own_years)]
    differing += [(*pair, "table") for pair in sorted(own_years - file_years)]
    file_days, own_days = _days(theirs), _days(ours)
    apart = Counter(code for code, _ in file_days ^ own_days)
    return Comparison(
        system, len(file_years | own_years), tuple(differing), len(file_days | own_days), dict(apart)
    )


def _years(spells: list[Spell]) -> set[tuple[int, int]]:
    return {(code, year) for code, first, last in spells for year in range(first.year, last.year + 1)}


def _days(spells: list[Spell]) -> set[tuple[int, int]]:
    ordinals = ((code, range(first.toordinal(), last.toordinal() + 1)) for code, first, last in spells)
    return {(code, day) for code, days in ordinals for day in days}
