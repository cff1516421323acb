"""Militarised disputes as ties between their sides, and their incidents as events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapallo import actors
from rapallo.model import Event, Interval
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.militarised import ACTS, CHANGES, CLASH, DEATHS, LEVELS, Side, dispute, lasting, summary
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["read"]

_DAYS = "styear stmon stday endyear endmon endday"
_STRANGE = "nobody bears the code ccode"


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """Disputes with those who took part in them, and incidents with theirs."""
    found = _disputes(sheets, stamps["disputes"])
    if "incidents" in sheets and "acts" in sheets:
        found |= _incidents(sheets, stamps["incidents"])
    return found


def _disputes(sheets: Mapping[str, Sheet], stamp: Stamp) -> dict[str, Found]:
    rows, found = taken(
        sheets["disputes"], f"dispnum {_DAYS} outcome settle fatality hiact hostlev recip ongo2014"
    )
    parts, of_parts = taken(
        sheets["parts"], f"dispnum ccode {_DAYS} sidea revstate revtype1 revtype2 fatality hiact orig"
    )
    known = _known(parts, of_parts)
    by_number: dict[int | None, list[Row]] = defaultdict(list)
    for part in parts:
        if (part["ccode"], count(part["styear"])) in known:
            by_number[count(part["dispnum"])].append(part)
    for row in rows:
        number = count(row["dispnum"])
        if number is None:
            found.reject("no number of a dispute", [row[LINE]])
            continue
        begun, ended = _days(row)
        goes_on = count(row["ongo2014"]) == 1
        its = [
            (part[LINE], side)
            for part in sorted(by_number.pop(number, []), key=lambda one: not count(one["orig"]))
            if (side := _side(part, known, ended if goes_on else None, of_parts))
        ]
        if not its:
            found.reject("nobody is known to have taken part", [row[LINE]])
            continue
        level = LEVELS.get(count(row["hostlev"]) or 0)
        words = [count(row[column]) for column in ("hiact", "outcome", "settle", "fatality", "recip")]
        about = [f"Hostility level: {level}"] if level else []
        tie = (
            dispute(
                number,
                [side for _, side in its],
                (begun, None if goes_on else ended),
                [*about, *summary(*words)],
                stamp,
                row[LINE],
            )
            if begun and ended
            else None
        )
        if tie is None:
            found.reject("no days on which it began and ended", [row[LINE]])
            of_parts.reject("of a dispute that is not kept", [line for line, _ in its])
        else:
            found.ties.append(tie)
    of_parts.reject("of no dispute", [part[LINE] for left in by_number.values() for part in left])
    return {"disputes": found, "parts": of_parts}


def _days(row: Row) -> tuple[Interval | None, Interval | None]:
    return (
        written(row["styear"], row["stmon"], row["stday"]),
        written(row["endyear"], row["endmon"], row["endday"]),
    )


def _known(rows: Sequence[Row], found: Found) -> Mapping[tuple[str, int | None], str]:
    """The actors of the codes; rows of which nobody bears the code are rejected."""
    known = actor_ids("cow", {(row["ccode"], count(row["styear"])) for row in rows})
    strange = [row for row in rows if (row["ccode"], count(row["styear"])) not in known]
    found.unknown.update(("cow", row["ccode"]) for row in strange)
    found.reject(_STRANGE, [row[LINE] for row in strange])
    return known


def _side(
    row: Row, known: Mapping[tuple[str, int | None], str], last: Interval | None, found: Found
) -> Side | None:
    """A state in a dispute; one that is in it on the ``last`` day of the data is in it on and on."""
    actor = known[row["ccode"], count(row["styear"])]
    begun, ended = _days(row)
    when = lasting(begun, None if last and ended == last else ended)
    if when is None:
        found.reject("no days on which it began and ended", [row[LINE]])
        return None
    return Side(actor, count(row["sidea"]) == 1, when, _told(row, actor))


def _told(row: Row, actor: str) -> str:
    act, deaths = count(row["hiact"]), count(row["fatality"])
    words = [ACTS[act].words] if act is not None and act in ACTS else []
    words += [f"{DEATHS[deaths]} killed"] if deaths in DEATHS and deaths else []
    sought = [
        CHANGES[change] for column in ("revtype1", "revtype2") if (change := count(row[column])) in CHANGES
    ]
    words += [f"sought to change {' and '.join(sought)}"] if sought and count(row["revstate"]) == 1 else []
    words += [] if count(row["orig"]) else ["joined later"]
    side = "side A" if count(row["sidea"]) == 1 else "side B"
    return f"{actors.actor(actor).name} ({side}): {', '.join(words) or 'nothing told'}"


def _incidents(sheets: Mapping[str, Sheet], stamp: Stamp) -> dict[str, Found]:
    rows, found = taken(sheets["incidents"], f"dispnum incidnum {_DAYS} action fatality")
    acts, of_acts = taken(sheets["acts"], "incidnum ccode styear insidea")
    known = _known(acts, of_acts)
    by_number: dict[str, list[Row]] = defaultdict(list)
    for one in acts:
        if (one["ccode"], count(one["styear"])) in known:
            by_number[one["incidnum"]].append(one)
    for row in rows:
        act, when = ACTS.get(count(row["action"]) or 0), lasting(*_days(row))
        its = by_number.pop(row["incidnum"], [])
        parties: dict[bool, list[str]] = {True: [], False: []}
        for one in its:
            parties[count(one["insidea"]) == 1].append(known[one["ccode"], count(one["styear"])])
        if act is None or not act.event:
            found.reject("no act that is known", [row[LINE]])
        elif when is None:
            found.reject("no days on which it began and ended", [row[LINE]])
        elif not its:
            found.reject("nobody is known to have taken part", [row[LINE]])
        else:
            found.events.append(_event(row, when, parties, stamp))
            continue
        of_acts.reject("of an incident that is not kept", [one[LINE] for one in its])
    of_acts.reject("of no incident", [one[LINE] for left in by_number.values() for one in left])
    return {"incidents": found, "acts": of_acts}


def _event(row: Row, when: Interval, parties: Mapping[bool, Sequence[str]], stamp: Stamp) -> Event:
    number = count(row["action"]) or 0
    act, deaths = ACTS[number], count(row["fatality"])
    did, bore = (tuple(dict.fromkeys(parties[first])) for first in (True, False))
    both = (*did, *bore)
    words = [act.words[:1].upper() + act.words[1:], f"in dispute {row['dispnum']}"]
    words += [f"{DEATHS[deaths]} killed"] if deaths in DEATHS and deaths else []
    return Event(
        id=f"{stamp.source}:{row['incidnum']}",
        event=act.event,
        mode=act.mode,
        contexts=("military",),
        actors=both if number == CLASH else did,
        targets=both if number == CLASH else bore,
        envelope=stamp.envelope(when, row[LINE]),
        what=", ".join(words),
        code=str(number),
    )
