"""Tests of missiles as events: a state shows its weapons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapallo.model import Event, day
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_UNCONFIRMED = 0.5
_OUTCOMES = {"True": "successful", "False": "failed"}
_TYPES = ("missile_type", "missile_family")
_SPACE = ("SLV", "ASLV", "PSLV", "GSLV")
_EVERYWHERE = {
    *("launch_time", "missile_name", "facility_name", "landing_location"),
    *("distance_travelled_km", "test_confirmed", "test_successful"),
}
_SOMEWHERE = {"facility_location", "launch_authority", *_TYPES}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The tests of each state; a row is one launch. A launch into space has no type in PLOVER.

    Raises:
        InputError: where a file lacks a column that all four have.
    """
    return {state: _tests(state, sheet, stamps[state]) for state, sheet in sheets.items()}


def _tests(state: str, sheet: Sheet, stamp: Stamp) -> Found:
    sheet.require(_EVERYWHERE)
    found = Found(used=_EVERYWHERE | _SOMEWHERE)
    for row in sheet.table.to_pylist():
        line = row[LINE]
        if row["launch_time"] is None:
            found.reject("no day", [line])
            continue
        space = _into_space(row)
        place = dict.fromkeys(filter(None, (row["facility_name"], row.get("facility_location"))))
        found.events.append(
            Event(
                id=f"{stamp.source}:{state}:{line}",
                event="" if space else "MOBILIZE",
                actors=(state,),
                targets=(),
                envelope=stamp.envelope(
                    day(row["launch_time"].date()),
                    line,
                    confidence=stamp.confidence if row["test_confirmed"] else _UNCONFIRMED,
                ),
                mode=None if space else "weapons",
                contexts=() if space else ("military",),
                what=_told(row, space=space),
                where=", ".join(place) or None,
                code="space launch" if space else "missile test",
            )
        )
    return found


def _type(row: Mapping[str, Any]) -> str:
    return next((row[column] for column in _TYPES if row.get(column)), "")


def _into_space(row: Mapping[str, Any]) -> bool:
    """Whether it was to carry a satellite, by the type the source gives or the name of the rocket."""
    name = (row["missile_name"] or "").replace("-", " ").split()
    return _type(row) == "SLV" or (bool(name) and name[0] in _SPACE)


def _told(row: Mapping[str, Any], *, space: bool) -> str:
    """What happened, in words."""
    kind = _type(row)
    name = " ".join(filter(None, (row["missile_name"] or "unnamed missile", f"({kind})" if kind else "")))
    flown = f"{row['distance_travelled_km']} km" if row["distance_travelled_km"] is not None else ""
    said = [
        f"{'space launch' if space else 'test'} of {name}",
        f"by {row['launch_authority']}" if row.get("launch_authority") else "",
        f"flown {flown}" if flown else "",
        f"came down at {row['landing_location']}" if row["landing_location"] else "",
        _OUTCOMES.get(row["test_successful"], "outcome unknown"),
        "" if row["test_confirmed"] else "not confirmed",
    ]
    return ", ".join(filter(None, said))
