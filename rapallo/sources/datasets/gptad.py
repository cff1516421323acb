"""Trade agreements of the World Bank's list as ties, where all their members are known by name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_STEPS = {"signed": "Date.of.Signature", "in_force": "Date.of.Entry.into.Force"}
_USED = {"Common.Name", "Membership", "Type", "In.force.status", *_STEPS.values()}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The agreements that have a day and members of whom each is known."""
    sheet, stamp = sheets["treaties"], stamps["treaties"]
    sheet.require(_USED)
    found, seen = Found(used=_USED), set[tuple[str, ...]]()
    for row in sheet.table.to_pylist():
        line = row[LINE]
        steps = [Phase(phase, on, "day") for phase, column in _STEPS.items() if (on := _day(row[column]))]
        members = [
            m.strip() for m in re.split(r"[,;]", row["Membership"].replace("\\r\\n", " ")) if m.strip()
        ]
        if not steps:
            found.reject("no day", [line])
            continue
        year = min(step.on for step in steps).year
        known = actor_ids("name", [(member, year) for member in members])
        who = tuple(dict.fromkeys(known.values()))
        key = (row["Common.Name"], *(f"{step.phase} {step.on}" for step in steps))
        if len(known) < len(set(members)):
            found.reject("a member is written so that nobody is meant for sure", [line])
        elif len(who) < 2:
            found.reject("fewer than two members are known", [line])
        elif row["In.force.status"].strip() == "expired":
            found.reject("expired, and nobody says when", [line])
        elif key in seen:
            found.reject("the same again as on an earlier line", [line])
        else:
            seen.add(key)
            since = Interval(max(step.on for step in steps), None, "since")
            status = row["In.force.status"].strip() or "unknown"
            found.ties.append(
                Tie(
                    id=f"{stamp.source}:{line}",
                    kind="agreement",
                    name=row["Common.Name"],
                    envelope=stamp.envelope(Interval(min(s.on for s in steps), None, "since"), line),
                    parties=tuple(Party(actor, "party", since) for actor in who),
                    phases=tuple(sorted(steps, key=lambda step: step.on)),
                    about=f"{row['Type'].strip() or 'Trade agreement'}; {status} when the list was made.",
                )
            )
    return {"treaties": found}


def _day(text: str) -> dt.date | None:
    """The day of ``06/03/1991``, month first."""
    try:
        return dt.datetime.strptime(text.strip(), "%m/%d/%Y").date()
    except ValueError:
        return None
