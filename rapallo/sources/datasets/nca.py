"""Agreements on nuclear cooperation as ties that were signed in a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The agreements; a row is one, also where a pair signed several of one kind in one year."""
    stamp = stamps["agreements"]
    found = Found(used={"ccode1", "ccode2", "year", "nca", "nca_type"})
    rows = sheets["agreements"].table.to_pylist()
    known = actor_ids("cow", {(str(row[side]), row["year"]) for row in rows for side in ("ccode1", "ccode2")})
    for row in rows:
        line, year = row[LINE], row["year"]
        codes = [str(row["ccode1"]), str(row["ccode2"])]
        strange = [code for code in codes if (code, year) not in known]
        found.unknown.update(("cow", code) for code in strange)
        if row["nca"] != 1:
            found.reject("no agreement", [line])
        elif strange:
            found.reject("nobody bears the code ccode1 or ccode2", [line])
        else:
            one, other = (known[code, year] for code in codes)
            if one == other:
                found.reject("a state with itself", [line])
                continue
            signed = dt.date(year, 1, 1)
            when = Interval(signed, None, "since")
            kind = row["nca_type"] or "kind unknown"
            found.ties.append(
                Tie(
                    id=f"{stamp.source}:{line}",
                    kind="agreement",
                    name=f"nuclear cooperation: {kind}",
                    envelope=stamp.envelope(when, line),
                    parties=(Party(one, "party", when), Party(other, "party", when)),
                    phases=(Phase("signed", signed, "year"),),
                    about=f"Nuclear cooperation ({kind}) agreed on in {year}; its end is not told.",
                )
            )
    return {"agreements": found}
