"""Pledges that a war put to the test, as events without a type in PLOVER."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rapallo.errors import InputError
from rapallo.model import Event, Interval, parse_date
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

Row = Mapping[str, Any]
Years = Mapping[str, Interval]

_PLEDGES = {
    "defense": "defence",
    "offense": "offence",
    "neutral": "neutrality",
    "nonagg": "non_aggression",
    "consul": "consultation",
}
_CODINGS = {"BF": "as Berkemeier & Fuhrmann code it", "LLM": "as their file has it under LLM"}
_AT_REST = {
    "nonagg": "the pact holds no pledge but non-aggression",
    "consul": "the pact holds no pledge but consultation",
    "cfna": "the case it is made for did not arise",
}
_STATES = {"honor3": "as Leeds & Anac code it in HONOR3", "honor2": "as Leeds & Anac code it in HONOR2"}
_YEARS = {  # of wars of COW that the file of alliances does not name or names without a year
    106: (1914, 1918),
    130: (1937, 1941),
    133: (1938, 1938),
    136: (1939, 1939),
    139: (1939, 1945),
    154: (1956, 1956),
    157: (1956, 1956),
}
_NEEDED = {
    "alliances": {
        *("warid", "atopid", "cowwarid", "warname", "cowid", *_PLEDGES),
        *(f"{part}{coding}" for part in (*_AT_REST, "honor", "violate") for coding in _CODINGS),
    },
    "states": {"war", "atopid", "ccode1", *_STATES},
}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """What became of the pledges of an alliance in a war: an event for each coding of each case.

    Its ``code`` holds, parted by colons, the alliance by its number in ATOP, the war by its number in COW (or
    in the file), ``honoured``, ``violated`` or ``not_at_issue``, the pledges of the pact parted by ``+``, and
    whose coding it is: ``1020:cow10:honoured:defence+consultation:bf``. Neither file says who kept its word
    or broke it; that of states names the one at war, to whom the pledge was owed. A case stands in several
    codings: count those of one.

    Raises:
        InputError: where a file lacks a column.
    """
    for role, sheet in sheets.items():
        if lacking := sorted(_NEEDED[role] - set(sheet.columns)):
            msg = f"{sheet.name} has no column {', '.join(lacking)}"
            raise InputError(msg)
    found = {role: Found(used=set(_NEEDED[role])) for role in sheets}
    rows = sheets["alliances"].table.to_pylist()
    pledges = {_number(row["atopid"]): _pledges(row) for row in rows}
    years = {f"cow{war}": _span(*span) for war, span in _YEARS.items()}
    years |= {_war(row): named for row in rows if (named := _named_years(row["warname"]))}
    for row in rows:
        _keep(found["alliances"], row, list(_cases(row, stamps["alliances"], years)))
    if "states" in sheets:
        for row in sheets["states"].table.to_pylist():
            _keep(
                found["states"],
                row,
                list(_tests(row, stamps["states"], years, pledges, found["states"].unknown)),
            )
    return found


def _keep(found: Found, row: Row, made: list[Event | str]) -> None:
    """Keep the events of a row; without any, reject it with the last of the reasons."""
    taken = {event.id for event in found.events}
    events = [event for event in made if isinstance(event, Event) and event.id not in taken]
    found.events += events
    if not events:
        reasons = [reason for reason in made if isinstance(reason, str)]
        found.reject((reasons or ["the same again as on an earlier line"])[-1], [row[LINE]])


def _cases(row: Row, stamp: Stamp, years: Years) -> Iterator[Event | str]:
    """A case of an alliance in a war, in each coding."""
    alliance, war = _number(row["atopid"]), _war(row)
    if not alliance or not war:
        yield "no alliance or no war"
        return
    when = _named_years(row["warname"]) or years.get(war) or Interval(None, None, "unknown")
    for coding, whose in _CODINGS.items():
        said = [part for part in ("honor", "violate", *_AT_REST) if _number(row[part + coding]) == "1"]
        tested = [part for part in said if part not in _AT_REST]
        if not said or len(tested) > 1 or (tested and len(said) > 1):
            yield f"no verdict or several ({', '.join(said) or 'none'})"
            continue
        verdict = {"honor": "honoured", "violate": "violated"}.get(said[0], "not_at_issue")
        why = "" if tested else f" ({'; '.join(_AT_REST[part] for part in said)})"
        code = f"{alliance}:{war}:{verdict}:{_pledges(row)}:{coding.lower()}"
        name = re.sub(r"_(?=\d)", " ", row["warname"])
        what = f"ATOP {alliance} in the war {name}: {verdict.replace('_', ' ')}{why}, {whose}"
        ident = f"{stamp.source}:{alliance}:{war}:{coding.lower()}"
        yield Event(ident, "", (), (), stamp.envelope(when, row[LINE]), what=what, code=code)


def _tests(
    row: Row, stamp: Stamp, years: Years, pledges: Mapping[str, str], unknown: Counter[tuple[str, str]]
) -> Iterator[Event | str]:
    """The test of the pledges owed to a state at war, in each coding."""
    alliance, war, state = _number(row["atopid"]), f"cow{_number(row['war'])}", _number(row["ccode1"])
    if not alliance or war == "cow":
        yield "no alliance or no war"
        return
    when = years.get(war) or Interval(None, None, "unknown")
    actor = actor_ids("cow", [(state, when.start.year)]).get((state, when.start.year)) if when.start else None
    if actor is None:
        if when.start:
            unknown["cow", state] += 1
        yield "nobody bears the code ccode1" if when.start else "a war of no known year"
        return
    for column, whose in _STATES.items():
        if (verdict := {"1": "honoured", "0": "violated"}.get(_number(row[column]))) is None:
            yield f"{column} is neither 0 nor 1"
            continue
        coding = f"la{column[-1]}"
        code = f"{alliance}:{war}:{verdict}:{pledges.get(alliance, '')}:{coding}"
        what = f"What ATOP {alliance} promises {actor} in war {war[3:]} of COW: {verdict}, {whose}"
        ident = f"{stamp.source}:{alliance}:{war}:{actor}:{coding}"
        yield Event(ident, "", (), (actor,), stamp.envelope(when, row[LINE]), what=what, code=code)


def _number(cell: str) -> str:
    """A whole number as the file writes it with or without decimals; nothing where there is none."""
    try:
        return str(int(float(cell)))
    except ValueError:
        return ""


def _war(row: Row) -> str:
    if cow := _number(row["cowwarid"]):
        return f"cow{cow}"
    own = _number(row["warid"])
    return f"bf{own}" if own else ""


def _pledges(row: Row) -> str:
    return "+".join(name for field, name in _PLEDGES.items() if _number(row[field]) == "1")


def _named_years(name: str) -> Interval | None:
    """The years that a war's name ends with."""
    told = re.search(r"(\d{4})(?:-(\d{2,4}))?$", name)
    if told is None:
        return None
    first, last = told.group(1), told.group(2) or told.group(1)
    return _span(int(first), int(first[: 4 - len(last)] + last))


def _span(first: int, last: int) -> Interval:
    start, end = parse_date(str(first)), parse_date(str(max(first, last)))
    return start if first == last else Interval(start.start, end.end, "range")
