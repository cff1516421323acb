"""Wars of the Correlates of War as ties between those who attacked and those they attacked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapallo import actors
from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.found import Found
from rapallo.sources.militarised import Side, versus
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["read"]

_FATES = {
    1: "won",
    2: "lost",
    3: "ended it by compromise",
    4: "fought on in a war of another type",
    5: "were still fighting when the data end",
    6: "ended in stalemate",
    7: "fought on below the level of war",
    8: "changed sides",
}
_OUTCOMES = {
    1: "side A won",
    2: "side B won",
    3: "compromise",
    4: "it became a war of another type",
    5: "it went on when the data end",
    6: "stalemate",
    7: "fighting went on below the level of war",
}
_STRANGE = "nobody bears the code of one of the two"


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """A tie for each war between states, and for each war within one that a state fought."""
    found = {}
    if "inter" in sheets:
        found["inter"] = _inter(sheets["inter"], stamps["inter"])
    if "intra" in sheets:
        found["intra"] = _intra(sheets["intra"], stamps["intra"])
    return found


def _inter(sheet: Sheet, stamp: Stamp) -> Found:
    rows, found = taken(sheet, "warnum ccode1 ccode2 year sidea1 initiator1 outcome1 batdeath1")
    known = actor_ids("cow", {(str(row[side]), row["year"]) for row in rows for side in ("ccode1", "ccode2")})
    wars: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        strange = [c for s in ("ccode1", "ccode2") if (c := str(row[s])) and (c, row["year"]) not in known]
        found.unknown.update(("cow", code) for code in strange)
        if strange:
            found.reject(_STRANGE, [row[LINE]])
        else:
            wars[row["warnum"]].append(row)
    for number, its in wars.items():
        began = {row["sidea1"] for row in its if row["initiator1"] == 1}
        spells: dict[tuple[str, bool], list[Row]] = defaultdict(list)
        for row in its:
            spells[known[str(row["ccode1"]), row["year"]], row["sidea1"] in began].append(row)
        sides = [
            Side(actor, first, _years(row["year"] for row in of), _fate(actor, first, of))
            for (actor, first), of in spells.items()
        ]
        sides.sort(key=lambda side: (not side.first, side.when.start or dt.date.min))
        name = f"War {number}, {versus(sides)}"
        about = ["A war between states; the side named first began it" if began else "A war between states"]
        found.ties.append(_tie(f"inter:{number}", name, sides, about, its, stamp, goes_on=False))
    return found


def _fate(actor: str, first: bool, rows: Sequence[Row]) -> str:  # noqa: FBT001
    """What became of a state in a war: a state that left it and came back has more than one fate."""
    words = list(dict.fromkeys(_FATES[fate] for row in rows if (fate := count(row["outcome1"])) in _FATES))
    deaths = [number for row in rows if (number := count(row["batdeath1"])) is not None]
    words += [f"{max(deaths):,} dead in battle" if deaths else "dead in battle unknown"]
    words += ["among those who began it"] if first and any(row["initiator1"] == 1 for row in rows) else []
    return f"{actors.actor(actor).name}: {', '.join(words)}"


def _intra(sheet: Sheet, stamp: Stamp) -> Found:
    columns = (
        "warnum warname wartype year ccodea sidea ccodeb sideb intnl outcome sideadeaths sidebdeaths ongo2007"
    )
    rows, found = taken(sheet, columns)
    pairs = [("ccodea", True), ("ccodeb", False)]
    coded = [(str(row[side]), row["year"]) for row in rows for side, _ in pairs if count(row[side])]
    known = actor_ids("cow", set(coded))
    wars: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        codes = [str(row[side]) for side, _ in pairs if count(row[side])]
        strange = [code for code in codes if (code, row["year"]) not in known]
        found.unknown.update(("cow", code) for code in strange)
        if not codes:
            found.reject("no state fought on either side", [row[LINE]])
        elif len(strange) == len(codes):
            found.reject(_STRANGE, [row[LINE]])
        else:
            wars[row["warnum"]].append(row)
    for number, its in wars.items():
        spells: dict[tuple[str, bool], list[int]] = defaultdict(list)
        for row in its:
            for side, first in pairs:
                if actor := known.get((str(row[side]), row["year"])):
                    spells[actor, first].append(row["year"])
        sides = [Side(actor, first, _years(years)) for (actor, first), years in spells.items()]
        goes_on = any(count(row["ongo2007"]) == 1 for row in its)
        name = f"{its[0]['warname']} (war {number})"
        found.ties.append(_tie(f"intra:{number}", name, sides, _within(its), its, stamp, goes_on=goes_on))
    return found


def _within(rows: Sequence[Row]) -> Iterator[str]:
    """What is said of a war within a state: both sides, also those that are no states, and the outcome."""
    kinds = " or ".join(dict.fromkeys(row["wartype"] for row in rows))
    yield f"A war within a state, over {kinds}" + (", joined from outside" if rows[0]["intnl"] == 1 else "")
    for letter in ("a", "b"):
        told: dict[str, int | None] = {}
        for row in rows:
            if count(row[f"side{letter}"]) is None and str(row[f"side{letter}"]) not in {"-8", "-9"}:
                dead = count(row[f"side{letter}deaths"])
                told[row[f"side{letter}"]] = dead if dead is not None else told.get(row[f"side{letter}"])
        words = [
            who + (f" ({dead:,} dead in battle)" if dead is not None else "") for who, dead in told.items()
        ]
        yield f"Side {letter.upper()}: {'; '.join(words) or 'not named'}"
    ends = dict.fromkeys(_OUTCOMES[end] for row in rows if (end := count(row["outcome"])) in _OUTCOMES)
    yield f"Outcome: {', '.join(ends) or 'unknown'}"
    yield "The actor is side A, the government as a rule; who attacked first is not told"


def _years(years: Iterable[int]) -> Interval:
    told = sorted(years)
    return Interval(
        dt.date(told[0], 1, 1), dt.date(told[-1], 12, 31), "year" if told[0] == told[-1] else "range"
    )


def _tie(
    ident: str,
    name: str,
    sides: Sequence[Side],
    about: Iterable[str],
    rows: Sequence[Row],
    stamp: Stamp,
    *,
    goes_on: bool,
) -> Tie:
    when = _years(row["year"] for row in rows)
    start, end = when.start or dt.date.min, when.end or dt.date.max
    if goes_on:
        when = Interval(start, None, "since")
    phases = [Phase("in_force", start, "year")] + ([] if goes_on else [Phase("ended", end, "year")])
    return Tie(
        id=f"{stamp.source}:{ident}",
        kind="war",
        name=f"{name}, {start.year}" + ("–" if goes_on else f"–{end.year}" if end.year > start.year else ""),
        envelope=stamp.envelope(when, min(row[LINE] for row in rows)),
        parties=tuple(
            Party(
                side.actor,
                "actor" if side.first else "target",
                Interval(side.when.start, None, "since") if goes_on and side.when.end == end else side.when,
            )
            for side in sides
        ),
        phases=tuple(phases),
        about=". ".join([*about, *(side.words for side in sides if side.words)]) + ".",
    )
