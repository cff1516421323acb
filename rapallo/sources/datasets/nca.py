"""Agreements on nuclear cooperation as ties that were signed in a year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_SIDES = ("ccode1", "ccode2")


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The agreements, also where a pair signed several of one kind in one year.

    Many stand there in both orders of the pair: the nth of a kind and year in one order and the nth in the
    other are one agreement.

    Raises:
        InputError: where the file lacks a column.
    """
    stamp = stamps["agreements"]
    found = Found(used={*_SIDES, "year", "nca", "nca_type"})
    sheets["agreements"].require(found.used)
    rows = sheets["agreements"].table.to_pylist()
    known = actor_ids("cow", {(str(row[side]), row["year"]) for row in rows for side in _SIDES})
    seen = Counter[tuple[str, str, int, str]]()
    for row in rows:
        line, year, kind = row[LINE], row["year"], row["nca_type"] or "kind unknown"
        if row["nca"] != 1 or year is None:
            found.reject("no agreement, or no year", [line])
            continue
        strange = [code for side in _SIDES if ((code := str(row[side])), year) not in known]
        found.unknown.update(("cow", code) for code in strange)
        if strange:
            found.reject("nobody bears the code ccode1 or ccode2", [line])
            continue
        one, other = (known[str(row[side]), year] for side in _SIDES)
        seen[one, other, year, kind] += 1
        if one == other:
            found.reject("a state with itself", [line])
        elif seen[one, other, year, kind] <= seen[other, one, year, kind]:
            found.reject("the same agreement in the other order", [line])
        else:
            found.ties.append(_tie(stamp, line, (one, other), year, kind))
    return {"agreements": found}


def _tie(stamp: Stamp, line: int, sides: tuple[str, str], year: int, kind: str) -> Tie:
    signed = dt.date(year, 1, 1)
    when = Interval(signed, None, "since")
    return Tie(
        id=f"{stamp.source}:{line}",
        kind="agreement",
        name=f"nuclear cooperation: {kind}",
        envelope=stamp.envelope(when, line),
        parties=tuple(Party(side, "party", when) for side in sides),
        phases=(Phase("signed", signed, "year"),),
        about=f"Nuclear cooperation ({kind}) agreed on in {year}; its end is not told.",
    )
