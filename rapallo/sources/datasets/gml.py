"""Disputes of Gibler, Miller and Little as ties, made of who took part in them and how they went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from rapallo import actors
from rapallo.model import Interval
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.militarised import ACTS, LEVELS, Side, dispute, lasting, summary
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["read"]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """Disputes with those who took part in them; the years of pairs are read by the column."""
    stamp = stamps["disputes"]
    rows, found = taken(sheets["disputes"], "dispnum outcome settle fatality hiact hostlev recip")
    parts, of_parts = taken(
        sheets["parts"], "dispnum ccode styear stmon stday endyear endmon endday sidea hiact orig"
    )
    going, _ = taken(sheets["directed"], "dispnum ongo2010")
    goes_on = {row["dispnum"] for row in going if count(row["ongo2010"]) == 1}
    by_number: dict[object, list[tuple[Row, Interval, Interval]]] = defaultdict(list)
    known = actor_ids("cow", {(str(part["ccode"]), part["styear"]) for part in parts})
    for part in parts:
        begun = written(part["styear"], part["stmon"], part["stday"])
        ended = written(part["endyear"], part["endmon"], part["endday"])
        if (str(part["ccode"]), part["styear"]) not in known:
            found.unknown["cow", str(part["ccode"])] += 1
            of_parts.reject("nobody bears the code ccode", [part[LINE]])
        elif begun is None or ended is None or lasting(begun, ended) is None:
            of_parts.reject("no days on which it began and ended", [part[LINE]])
        else:
            by_number[part["dispnum"]].append((part, begun, ended))
    for row in rows:
        its = sorted(by_number.pop(row["dispnum"], []), key=lambda one: not count(one[0]["orig"]))
        if not its:
            found.reject("nobody is known to have taken part", [row[LINE]])
            continue
        begun = min((begun for _, begun, _ in its), key=lambda when: str(when.start))
        ended = max((ended for _, _, ended in its), key=lambda when: str(when.end))
        last = ended if row["dispnum"] in goes_on else None
        sides = [
            Side(known[str(part["ccode"]), part["styear"]], part["sidea"] == 1, when, _told(part, known))
            for part, start, end in its
            if (when := lasting(start, None if end == last else end))
        ]
        level = LEVELS.get(count(row["hostlev"]) or 0)
        words = [count(row[column]) for column in ("hiact", "outcome", "settle", "fatality", "recip")]
        about = [f"Hostility level: {level}"] if level else []
        days = (begun, None if last else ended)
        tie = dispute(row["dispnum"], sides, days, [*about, *summary(*words)], stamp, row[LINE])
        if tie:
            found.ties.append(tie)
    of_parts.reject("of no dispute", [part[LINE] for left in by_number.values() for part, _, _ in left])
    return {"disputes": found, "parts": of_parts}


def _told(part: Row, known: Mapping[tuple[str, int | None], str]) -> str:
    actor = known[str(part["ccode"]), part["styear"]]
    act = count(part["hiact"])
    words = [ACTS[act].words] if act is not None and act in ACTS else ["nothing told"]
    words += [] if count(part["orig"]) else ["joined later"]
    side = "side A" if part["sidea"] == 1 else "side B"
    return f"{actors.actor(actor).name} ({side}): {', '.join(words)}"
