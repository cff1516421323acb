"""The registers of SIPRI: what was delivered of each order, from its first year of delivery to its last."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.stamped import stamped

__all__ = ["read"]

_YEARS = re.compile(r"\d{4}(-\d{4})?(; *\d{4}(-\d{4})?)*")
_SIDES = ("Supplier", "Recipient")
_DELIVERED, _VALUE, _WEAPON = "Year(s) of delivery", "SIPRI TIV of delivered weapons", "Weapon designation"
_USED = (*_SIDES, _DELIVERED, _VALUE, _WEAPON)

Row = Mapping[str, Any]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """What was delivered, as flows of arms: one of each order, for its value is not told by the year."""
    sheet, stamp = sheets["orders"], stamps["orders"]
    sheet.require(_USED)
    rows = sheet.table.to_pylist()
    asked = {(str(row[side]), span[0]) for row in rows if (span := _span(row)) for side in _SIDES}
    known = actor_ids("name", asked)
    found, made = Found(used=set(_USED)), list[dict[str, Any]]()
    for row in rows:
        line, value, span = row[LINE], row[_VALUE], _span(row)
        if value is None or span is None or float(value) <= 0:
            found.reject("nothing of it was delivered yet, or nobody says when", [line])
            continue
        sides = [known.get((str(row[side]), span[0])) for side in _SIDES]
        for side, actor in zip(_SIDES, sides, strict=True):
            if actor is None:
                found.unknown["name", str(row[side])] += 1
        if None in sides:
            found.reject(f"nobody is called by the name of the {_SIDES[sides.index(None)].lower()}", [line])
            continue
        if sides[0] == sides[1]:
            found.reject("a state with itself", [line])
            continue
        first, last = dt.date(span[0], 1, 1), dt.date(span[1], 12, 31)
        cells = {
            "origin": sides[0],
            "destination": sides[1],
            "value": float(value),
            "what": row[_WEAPON] or "",
        }
        when = {"valid_from": first, "valid_to": last, "precision": "range" if span[0] < span[1] else "year"}
        own = {"id": f"{stamp.source}:{line}", "kind": "arms", "unit": "TIV million", LINE: line}
        made.append({**own, **cells, **when})
    found.rows["flow"] = [stamped("flow", made, stamp)]
    return {"orders": found}


def _span(row: Row) -> tuple[int, int] | None:
    """The first and the last year of ``2019-2021; 2023``."""
    text = str(row[_DELIVERED] or "").strip()
    if not _YEARS.fullmatch(text):
        return None
    years = [int(year) for year in re.findall(r"\d{4}", text)]
    return min(years), max(years)
