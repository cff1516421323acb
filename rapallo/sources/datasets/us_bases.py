"""Bases of the United States as ties: troops of theirs on the soil of a host, at a place."""

from __future__ import annotations

from collections.abc import Mapping

from rapallo.model import Interval, Party, Tie
from rapallo.sources.amounts import NOTHING
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_WHEN = Interval(None, None, "unknown")
_USED = ("countryname", "ccode", "basename", "base", "lilypad", "fundedsite")
_KINDS = {"base": "A base", "lilypad": "A small site"}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The bases, of which nothing is told about when they were held."""
    sheet, stamp = sheets["bases"], stamps["bases"]
    sheet.require(_USED)
    found = Found(used=set(_USED))
    for row in sheet.table.to_pylist():
        line, name, code = row[LINE], row["basename"].strip(), row["ccode"].strip()
        kind = next((words for column, words in _KINDS.items() if row[column].strip() == "1"), "")
        host = next(iter(actor_ids("cow", [(code, None)]).values()), None)
        if not kind:
            found.reject("a site of the host that the United States pay for, or of no kind", [line])
        elif host is None:
            found.unknown["cow", code] += 1
            found.reject("nobody bears the code ccode", [line])
        elif host == "USA":
            found.reject("a state with itself", [line])
        else:
            parties = (Party("USA", "actor", _WHEN), Party(host, "target", _WHEN))
            about = f"{kind} of the United States in {row['countryname']}."
            named = name if name not in NOTHING else "A base without a name"
            envelope = stamp.envelope(_WHEN, line)
            key = f"{stamp.source}:{line}"
            found.ties.append(Tie(key, "troops", named, envelope, parties, about=about))
    return {"bases": found}
