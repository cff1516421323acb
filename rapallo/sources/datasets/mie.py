"""Militarised events between two states as events of the record."""

from __future__ import annotations

from collections.abc import Mapping

from rapallo import actors
from rapallo.model import Event
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.militarised import ACTS, CLASH, lasting
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["read"]

_SIDES = ("ccode1", "ccode2")
_COLUMNS = (
    "micnum eventnum ccode1 ccode2 styear stmon stday endyear endmon endday action "
    "fatalmin1 fatalmax1 fatalmin2 fatalmax2"
)


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """An event for each row: the first state did it to the second; in a clash each to the other."""
    stamp = stamps["events"]
    rows, found = taken(sheets["events"], _COLUMNS)
    known = actor_ids("cow", {(row[side], count(row["styear"])) for row in rows for side in _SIDES})
    for row in rows:
        when = lasting(
            written(row["styear"], row["stmon"], row["stday"]),
            written(row["endyear"], row["endmon"], row["endday"]),
        )
        number = count(row["action"]) or 0
        act = ACTS.get(number)
        who = [known.get((row[side], count(row["styear"])), "") for side in _SIDES]
        found.unknown.update(("cow", row[side]) for side, actor in zip(_SIDES, who, strict=True) if not actor)
        if act is None or not act.event:
            found.reject("no act that is known", [row[LINE]])
        elif when is None:
            found.reject("no days on which it began and ended", [row[LINE]])
        elif not all(who):
            found.reject("nobody bears the code ccode1 or ccode2", [row[LINE]])
        elif who[0] == who[1]:
            found.reject("a state with itself", [row[LINE]])
        else:
            clash = number == CLASH
            found.events.append(
                Event(
                    id=f"{stamp.source}:{row['micnum']}/{row['eventnum']}",
                    event=act.event,
                    mode=act.mode,
                    contexts=("military",),
                    actors=tuple(who if clash else who[:1]),
                    targets=tuple(who if clash else who[1:]),
                    envelope=stamp.envelope(when, row[LINE]),
                    what=_told(row, act.words, who),
                    code=str(number),
                )
            )
    return {"events": found}


def _told(row: Row, act: str, who: list[str]) -> str:
    words = [act[:1].upper() + act[1:], f"in confrontation {row['micnum']}"]
    for place, actor in enumerate(who, 1):
        least, most = count(row[f"fatalmin{place}"]), count(row[f"fatalmax{place}"])
        if least is not None and most:
            number = str(most) if least == most else f"{least} to {most}"
            words.append(f"{number} killed of {actors.actor(actor).name}")
    return ", ".join(words)
