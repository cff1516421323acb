"""Plants that enrich or reprocess, counted per state and year."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.spells import traits
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_LAST = 2012
_SCHEME = "gw"  # Germany stands under 260 after 1990 too, as it does with Gleditsch and Ward
_STARTS = (("operation_start", "operation_end"), ("operation2_start", "operation2_end"))
_USED = {"ccode", "facility_name", "enr_type", "size", *(column for pair in _STARTS for column in pair)}

Key = tuple[str, str, int]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """How many plants of a state were in operation in some part of a year; years alike are one row.

    A plant whose end is not told was in operation when the data end.

    Raises:
        InputError: where the file lacks a column.
    """
    found, plants = Found(used=_USED), defaultdict[Key, list[tuple[int, str]]](list)
    sheets["plants"].require(_USED)
    rows = sheets["plants"].table.to_pylist()
    years = {row[LINE]: tuple(_years(row)) for row in rows}
    asked = {(str(row["ccode"]), year) for row in rows for year in years[row[LINE]]}
    known = actor_ids(_SCHEME, asked)
    for row in rows:
        line, code = row[LINE], str(row["ccode"])
        borne = [year for year in years[line] if (code, year) in known]
        if not years[line]:
            found.reject("never in operation, or in years that are unknown", [line])
        elif not borne:
            found.unknown[_SCHEME, code] += 1
            found.reject("nobody bears the code ccode", [line])
        kind = "reprocessing_plants" if row["enr_type"] == "reprocessing" else "enrichment_plants"
        for year in borne:
            plants[known[code, year], kind, year].append((line, _called(row)))
    found.rows["trait"] = [traits(_runs(plants, stamps["plants"]), stamps["plants"])]
    return {"plants": found}


def _years(row: Mapping[str, Any]) -> Iterator[int]:
    """The years in which a plant was in operation."""
    spells = [(row[start], row[end]) for start, end in _STARTS if row[start] is not None]
    told = [(start, _LAST if end is None else end) for start, end in spells]
    yield from sorted({year for start, end in told if 0 < start <= end for year in range(start, end + 1)})


def _called(row: Mapping[str, Any]) -> str:
    how = "" if row["enr_type"] == "reprocessing" else f"{row['enr_type']}, "
    return f"{row['facility_name']} ({how}{row['size']})"


def _runs(plants: Mapping[Key, list[tuple[int, str]]], stamp: Stamp) -> Iterator[dict[str, Any]]:
    """Years on end with the same plants as one row."""
    ordered = [(actor, kind, year, tuple(plants[actor, kind, year])) for actor, kind, year in sorted(plants)]
    placed = enumerate(ordered)
    for (actor, kind, held, _), group in groupby(placed, lambda at: (*at[1][:2], at[1][3], at[1][2] - at[0])):
        years = [year for _, (_, _, year, _) in group]
        yield {
            "id": f"{stamp.source}:{kind}:{actor}:{years[0]}",
            "actor": actor,
            "name": kind,
            "value": float(len(held)),
            "unit": "number",
            "note": "; ".join(name for _, name in held),
            "valid_from": dt.date(years[0], 1, 1),
            "valid_to": dt.date(years[-1], 12, 31),
            LINE: min(line for line, _ in held),
        }
