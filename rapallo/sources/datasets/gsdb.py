"""Cases of sanctions as ties: those who impose them, those they are imposed on, from year to year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.amounts import NOTHING
from rapallo.sources.codes import actor_ids
from rapallo.sources.dataset import dataset
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_KINDS = ("trade", "arms", "military", "financial", "travel", "other")
_ROLES = {"actor": "sanctioning_state", "target": "sanctioned_state"}
_USED = {"case_id", "begin", "end", "descr_trade", "objective", "success", *_KINDS, *_ROLES.values()}
_TOLD = {"descr_trade": "Trade", "objective": "Objective", "success": "Success"}

Row = Mapping[str, str]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The cases; a side whose names are partly unknown has those who are known."""
    sheet, stamp = sheets["cases"], stamps["cases"]
    sheet.require(_USED)
    found, seen = Found(used=_USED), set[str]()
    covers = dataset("gsdb").release(stamp.release).covers
    for cells in sheet.table.to_pylist():
        line = cells.pop(LINE)
        row = {name: str(cell or "").strip() for name, cell in cells.items()}
        begin, end = _year(row["begin"]), _year(row["end"])
        if begin is None or (end is not None and end < begin):
            found.reject("no year in which it begins" if begin is None else "ends before it begins", [line])
            continue
        sides = {role: _side(row[column], begin, found) for role, column in _ROLES.items()}
        if not all(sides.values()):
            found.reject("nobody is called by the names of one side", [line])
            continue
        key = f"{stamp.source}:{row['case_id'] or line}"
        if key in seen:
            found.reject("the same case as on an earlier line", [line])
            continue
        seen.add(key)
        last = None if end is None or (covers and end >= covers[1]) else dt.date(end, 12, 31)
        when = Interval(dt.date(begin, 1, 1), last, "range" if last else "since")
        steps = [Phase("in_force", dt.date(begin, 1, 1), "year")]
        if last:
            steps.append(Phase("ended", last, "year"))
        parties = tuple(Party(who, role, when) for role, its in sides.items() for who in its)
        name = f"Sanctions of {row[_ROLES['actor']]} against {row[_ROLES['target']]}"
        tie = Tie(key, "sanction", name, stamp.envelope(when, line), parties, tuple(steps), about=_about(row))
        found.ties.append(tie)
    return {"cases": found}


def _side(names: str, year: int, found: Found) -> tuple[str, ...]:
    """The actors of a side: one name, or several parted by commas."""
    whole = actor_ids("name", [(names, year)])
    parts = [] if whole else [part.strip() for part in re.split("[,;]", names) if part.strip()]
    known = whole or actor_ids("name", [(part, year) for part in parts])
    found.unknown.update(("name", part) for part in parts if (part, year) not in known)
    return tuple(dict.fromkeys(known.values()))


def _about(row: Row) -> str:
    kinds = [kind for kind in _KINDS if row[kind] == "1"]
    told = [f"{word}: {row[column]}" for column, word in _TOLD.items() if row[column] not in NOTHING]
    return ". ".join([f"Kinds: {', '.join(kinds) or 'none told'}", *told]) + "."


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[12]\d{3}", text) else None
