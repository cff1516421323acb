"""COW Formal Alliances as pacts: each with its members over their days and up to four obligations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapallo.errors import InputError
from rapallo.model import Clause, Interval, Phase, Tie
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.memberships import Spell, called, days_on_end, interval, last_day, parties, spells_of
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_KINDS = {
    "defense": ("defence", "armed_attack", "military_assistance", "automatic"),
    "neutrality": ("neutrality", "any_war", "refrain", "automatic"),
    "nonaggression": ("non_aggression", "always", "refrain", "automatic"),
    "entente": ("consultation", "threat", "consult", "consult"),
}
_PARTS = ("year", "month", "day")
_DAYS = {
    span: tuple(f"{span}_{part}" for part in _PARTS) for span in ("all_st", "all_end", "mem_st", "mem_end")
}
_NEEDED = {
    "version4id",
    "ccode",
    "left_censor",
    *_KINDS,
    *(column for its in _DAYS.values() for column in its),
}


@dataclass(frozen=True, slots=True)
class _Member:
    row: Mapping[str, Any]
    spells: tuple[Spell, ...]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The alliances of the file of members, each a pact of the obligations that any of its members has.

    Raises:
        InputError: where the file lacks a column.
    """
    sheet, stamp, found = sheets["members"], stamps["members"], Found(used=set(_NEEDED))
    if lacking := sorted(_NEEDED - set(sheet.columns)):
        msg = f"{sheet.name} has no column {', '.join(lacking)}"
        raise InputError(msg)
    members: dict[str, list[_Member]] = defaultdict(list)
    for row in sheet.table.to_pylist():
        if reason := _wrong(row):
            found.reject(reason, [row[LINE]])
            continue
        first, end = _day(row, "mem_st"), _day(row, "mem_end")
        assert first is not None  # noqa: S101 - or it is wrong
        if spells := spells_of(row["ccode"], first, last_day(first, end)):
            members[row["version4id"]].append(_Member(row, spells))
        else:
            found.unknown["cow", row["ccode"]] += 1
            found.reject("nobody bears the code ccode", [row[LINE]])
    found.ties = [_tie(number, its, stamp) for number, its in members.items()]
    return {"members": found}


def _day(row: Mapping[str, Any], span: str) -> dt.date | None:
    told = written(*(row[column] for column in _DAYS[span]))
    return told.start if told else None


def _wrong(row: Mapping[str, Any]) -> str:
    first, end = _day(row, "mem_st"), _day(row, "mem_end")
    if first is None:
        return "no day of entry"
    if end is not None and end < first:
        return "it leaves before it enters"
    odd = [field for field in _KINDS if row[field] not in {"0", "1", ""}]
    return f"{odd[0]} is neither 0 nor 1" if odd else ""


def _tie(number: str, members: Sequence[_Member], stamp: Stamp) -> Tie:
    spans = days_on_end((m.spells[0][1], m.spells[-1][2]) for m in members)
    start, end = spans[0][0], spans[-1][1]
    ident = f"{stamp.source}:{number}"
    envelope = stamp.envelope(interval((start, end)), members[0].row[LINE])
    clauses = tuple(_clauses(ident, members, stamp))
    codes = list(dict.fromkeys(m.spells[0][0] for m in members))
    return Tie(
        id=ident,
        kind="pact" if clauses else "agreement",
        name=called(codes, start.year, f"COW {number}"),
        envelope=envelope,
        parties=tuple(parties(spell for m in members for spell in m.spells)),
        phases=tuple(_phases(spans)),
        clauses=clauses,
        about=_about(members),
    )


def _phases(spans: Sequence[tuple[dt.date, dt.date | None]]) -> Iterator[Phase]:
    for start, end in spans:
        yield Phase("in_force", start)
        if end is not None:
            yield Phase("ended", end + dt.timedelta(days=1))


def _clauses(tie: str, members: Sequence[_Member], stamp: Stamp) -> Iterator[Clause]:
    owed: dict[tuple[str, tuple[str, ...]], list[_Member]] = {}
    for field in _KINDS:
        if its := [m for m in members if m.row[field] == "1"]:
            everyone = {m.row["ccode"] for m in its} == {m.row["ccode"] for m in members}
            codes = () if everyone else tuple(dict.fromkeys(code for m in its for code, _, _ in m.spells))
            owed[field, codes] = its
    for n, ((field, codes), its) in enumerate(owed.items(), 1):
        spans = days_on_end((m.spells[0][1], m.spells[-1][2]) for m in its)
        days: Interval = interval((spans[0][0], spans[-1][1]))
        wording = f"COW codes an obligation of {_KINDS[field][0].replace('_', '-')} and no conditions."
        blank = Clause(f"{tie}/{n}", tie, *_KINDS[field], stamp.envelope(days, its[0].row[LINE]))
        yield replace(blank, obliged=codes, wording=wording)


def _about(members: Sequence[_Member]) -> str:
    began, ended = (_day(members[0].row, span) for span in ("all_st", "all_end"))
    life = f"COW has it from {began}" + (f" to {ended}." if ended else " on, in effect at the end of 2012.")
    return life + (" It was there before 1816." if members[0].row["left_censor"] == "1" else "")
