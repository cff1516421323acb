"""ATOP 4.01 as pacts: members over their days, obligations as clauses, the rest in words."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rapallo.errors import InputError
from rapallo.model import Clause, Envelope, Phase, Tie
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.memberships import (
    Days,
    Spell,
    called,
    days_on_end,
    interval,
    last_day,
    parties,
    spells_of,
)
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

Row = Mapping[str, Any]


_KINDS = {
    "defense": ("defence", "armed_attack", "military_assistance", "automatic"),
    "offense": ("offence", "any_war", "military_assistance", "automatic"),
    "neutral": ("neutrality", "any_war", "refrain", "automatic"),
    "nonagg": ("non_aggression", "always", "refrain", "automatic"),
    "consul": ("consultation", "threat", "consult", "consult"),
}
_CONDITIONS = {
    "coadv": "named_adversary",
    "coloc": "in_territory",
    "cocon": "specific_conflict",
    "conum": "number_of_powers",
    "codem": "demand",
    "conpr": "unprovoked",
    "coreq": "on_request",
}
_ALWAYS = ("coadv", "coloc", "cocon")
_PARTS = {
    "defense": (*_ALWAYS, "conum", "codem", "conpr"),
    "offense": (*_ALWAYS, "conum", "codem"),
    "neutral": (*_ALWAYS, "conum", "codem", "conpr", "coatt"),
    "nonagg": (),
    "consul": (*_ALWAYS, "coreq"),
}
_FLAGS = (*_KINDS, *(field[:3] + part for field, parts in _PARTS.items() for part in parts))
_IN_WAR = {"defence", "offence", "neutrality"}
_LIMITS = {"olimob": "other_limits", "obvary": "toward_some"}
_ENTRY, _EXIT = ("yrent", "moent", "dayent"), ("yrexit", "moexit", "dayexit")
_THREATS = ("statthr1", "statthr2")
_NEEDED = {"atopid", "member", "phase", "ineffect", "specthrt", *_THREATS, *_ENTRY, *_EXIT, *_FLAGS, *_LIMITS}
_CODED = (  # fields that have no words of their own and are told by name and code
    *("secrart", "proadd", "futmem", "term", "termmode", "termcaus", "terrres", "thirdcom", "orgpurp1"),
    *("orgpurp2", "natrefal", "agprois", "conmen"),
)
_SCORES = {
    "Scope.score": "scope",
    "Depth.score": "depth",
    "PotMilCapacity.score": "potential military capacity",
}
_NO_ALLIANCE = "no alliance of that number"


@dataclass(frozen=True, slots=True)
class _Member:
    """A row of a member in a phase, with whom its code means over its days."""

    row: Row
    spells: tuple[Spell, ...]

    @property
    def phase(self) -> int:
        return int(self.row["phase"])

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for code, _, _ in self.spells))

    @property
    def days(self) -> Days:
        return self.spells[0][1], self.spells[-1][2]


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of an obligation, by which those of members and phases are told apart."""

    field: str
    trigger: str
    conditions: tuple[str, ...]
    against: tuple[str, ...]
    obliged: tuple[str, ...] = ()

    def clause(self, tie: str, envelope: Envelope) -> Clause:
        kind, _, response, strength = _KINDS[self.field]
        words = _wording(kind, self.conditions)
        terms = (kind, self.trigger, response, strength)
        return Clause(
            "", tie, *terms, envelope, self.conditions, self.obliged, against=self.against, wording=words
        )


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The pacts of release 4.01, and what became of its rows; nothing of a release of pairs and years.

    A member's membership ends the day before ATOP has it leave, as the record's ties do. What differs between
    the members or the phases of a pact stands with those it holds for.

    Raises:
        InputError: where a file lacks a column.
    """
    if "members" not in sheets:
        return {}
    found = {role: Found() for role in sheets}
    for role, needed in (("alliances", {"atopid", "cowid", "cow4id", "ineffect"}), ("members", _NEEDED)):
        if lacking := sorted(needed - set(sheets[role].columns)):
            msg = f"{sheets[role].name} has no column {', '.join(lacking)}"
            raise InputError(msg)
    scores = _scores(sheets["scores"], found["scores"]) if "scores" in sheets else {}
    members, numbers = _members(sheets["members"], found["members"])
    listed = [name for name in sheets["alliances"].columns if re.fullmatch(r"mem\d+", name)]
    for row in sheets["alliances"].table.to_pylist():
        its = members.get(row["atopid"])
        if its and {row[name] for name in listed} - {""} == numbers[row["atopid"]]:
            score = scores.pop(row["atopid"], None)
            tie = _tie(row, members.pop(row["atopid"]), score[1] if score else "", stamps)
            found["alliances"].ties.append(tie)
        else:
            found["alliances"].reject("its members are not those of the other file", [row[LINE]])
    found["members"].reject(_NO_ALLIANCE, (m.row[LINE] for rest in members.values() for m in rest))
    if "scores" in sheets:
        found["scores"].reject(_NO_ALLIANCE, (line for line, _ in scores.values()))
    found["alliances"].used = {"atopid", "cowid", "cow4id", "ineffect", *listed}
    found["members"].used = {*_NEEDED, *_words(), *_CODED, "cowid", "cow4id"}
    return found


def _scores(sheet: Sheet, found: Found) -> dict[str, tuple[int, str]]:
    """The line and the scores in words, by the number of the alliance."""
    found.used = {"atopid", *_SCORES}
    if lacking := sorted(found.used - set(sheet.columns)):
        msg = f"{sheet.name} has no column {', '.join(lacking)}"
        raise InputError(msg)
    told = {}
    for row in sheet.table.to_pylist():
        marks = ", ".join(f"{name} {row[column]}" for column, name in _SCORES.items())
        told[row["atopid"]] = row[LINE], f"Scores of Benson & Clinton (2016): {marks}."
    return told


def _members(sheet: Sheet, found: Found) -> tuple[dict[str, list[_Member]], dict[str, set[str]]]:
    """The members by the number of the alliance, and all their numbers, known or not."""
    members: dict[str, list[_Member]] = defaultdict(list)
    numbers: dict[str, set[str]] = defaultdict(set)
    for row in sheet.table.to_pylist():
        numbers[row["atopid"]].add(row["member"])
        first, last = written(*(row[c] for c in _ENTRY)), written(*(row[c] for c in _EXIT))
        if odd := [field for field in (*_FLAGS, *_LIMITS) if row[field] not in {"0", "1"}]:
            found.reject(f"{odd[0]} is neither 0 nor 1", [row[LINE]])
            continue
        if not row["phase"].isdecimal():
            found.reject("phase is no number", [row[LINE]])
            continue
        if first is None or first.start is None:
            found.reject("no day of entry", [row[LINE]])
            continue
        end = last.start if last else None
        if end is not None and end < first.start:
            found.reject("it leaves before it enters", [row[LINE]])
            continue
        if end is None and row["ineffect"] != "1":
            found.reject("no day of leaving", [row[LINE]])
            continue
        spells = spells_of(row["member"], first.start, last_day(first.start, end))
        if spells:
            members[row["atopid"]].append(_Member(row, spells))
        else:
            found.unknown["cow", row["member"]] += 1
            found.reject("nobody bears the code member", [row[LINE]])
    return members, numbers


def _tie(row: Row, members: Sequence[_Member], scores: str, stamps: Mapping[str, Stamp]) -> Tie:
    stamp, spans = stamps["alliances"], days_on_end(m.days for m in members)
    start, end = spans[0][0], spans[-1][1]
    ident = f"{stamp.source}:{row['atopid']}"
    envelope = stamp.envelope(interval((start, end)), row[LINE])
    clauses = tuple(
        replace(clause, id=f"{ident}/{n}")
        for n, clause in enumerate(_clauses(ident, members, stamps["members"]), 1)
    )
    return Tie(
        id=ident,
        kind="pact" if clauses else "agreement",
        name=_name(row["atopid"], members, start.year),
        envelope=envelope,
        parties=tuple(parties(spell for m in members for spell in m.spells)),
        phases=tuple(_phases(spans, members)),
        clauses=clauses,
        about=" ".join(filter(None, (*_about(row, members), scores))),
    )


def _name(number: str, members: Sequence[_Member], year: int) -> str:
    """A name with those who bore the members' numbers first."""
    first = {m.row["member"]: m.codes[0] for m in reversed(members)}
    return called(list(dict.fromkeys(reversed(first.values()))), year, f"ATOP {number}")


def _phases(spans: Sequence[Days], members: Sequence[_Member]) -> Iterator[Phase]:
    for start, end in spans:
        yield Phase("in_force", start, _unit(members, _ENTRY, start))
        if end is not None:
            ended = end + dt.timedelta(days=1)
            yield Phase("ended", ended, _unit(members, _EXIT, ended))


def _unit(members: Iterable[_Member], columns: Sequence[str], on: dt.date) -> Any:
    """How exactly ATOP gives a day."""
    told = (written(*(m.row[c] for c in columns)) for m in members)
    return next((days.precision for days in told if days and days.start == on), "day")


def _clauses(tie: str, members: Sequence[_Member], stamp: Stamp) -> Iterator[Clause]:
    """Each obligation as often as its terms differ between members or phases on end."""
    owed: dict[_Terms, list[tuple[Days, int]]] = defaultdict(list)
    phases = sorted({m.phase for m in members})
    for at, phase in enumerate(phases):
        its = [m for m in members if m.phase == phase]
        later = min((m.days[0] for m in members if m.phase in phases[at + 1 :]), default=None)
        for field in _KINDS:
            alike: dict[_Terms, list[_Member]] = defaultdict(list)
            for member in its:
                if member.row[field] == "1":
                    alike[_terms(field, member)].append(member)
            for terms, owing in alike.items():
                if {m.row["member"] for m in owing} != {m.row["member"] for m in its}:
                    terms = replace(terms, obliged=tuple(dict.fromkeys(c for m in owing for c in m.codes)))  # noqa: PLW2901
                owed[terms].append((_until([m.days for m in owing], later), owing[0].row[LINE]))
    for terms, places in owed.items():
        for start, end in days_on_end(days for days, _ in places):
            line = next(line for (begun, _), line in places if begun == start)
            yield terms.clause(tie, stamp.envelope(interval((start, end)), line))


def _until(days: Sequence[Days], next_phase: dt.date | None) -> Days:
    start = min(first for first, _ in days)
    ends = [last for _, last in days if last is not None]
    end = max(ends) if len(ends) == len(days) else None
    if next_phase and next_phase > start and (end is None or end >= next_phase):
        end = next_phase - dt.timedelta(days=1)
    return start, end


def _terms(field: str, member: _Member) -> _Terms:
    """The terms of one member's obligation."""
    row, short, trigger = member.row, field[:3], _KINDS[field][1]
    held = [part for part in _PARTS[field] if row[short + part] == "1"]
    met = [_CONDITIONS[part] for part in held if part in _CONDITIONS]
    if "coatt" in held:
        trigger = "armed_attack"
    if _KINDS[field][0] in _IN_WAR:
        met += [term for part, term in _LIMITS.items() if row[part] == "1"]
    named = "named_adversary" in met and row["specthrt"] == "1" and field != "neutral"
    against = (
        _threats(member) if named else ()
    )  # of neutrality it is often all but the state named as a threat
    return _Terms(field, trigger, tuple(met), against)


def _wording(kind: str, conditions: Sequence[str]) -> str:
    where = f" on conditions ({', '.join(conditions)})" if conditions else ""
    left = ", and does not code how it is to be met" if kind in {"defence", "offence"} else ""
    return f"ATOP codes an obligation of {kind.replace('_', '-')}{where}{left}.".replace("_", " ")


def _threats(member: _Member) -> tuple[str, ...]:
    """The states that the pact names as a threat, over the days of the membership."""
    numbers = [member.row[column] or "0" for column in _THREATS]
    spells = (spell for n in numbers if n != "0" for spell in spells_of(n, *member.days))
    return tuple(dict.fromkeys(code for code, _, _ in spells))


def _about(row: Row, members: Sequence[_Member]) -> Iterator[str]:
    """What ATOP says of a pact beside its obligations, in sentences."""
    if any("ratif" in part for part, _ in _told(members, "estmode")):
        yield "ATOP counts a pact from its signature, ratified or not."
    if row.get("ineffect") == "1":
        yield "ATOP has it in effect at the end of 2016."
    told = [f"{words}{of}" for field in _words() for words, of in _told(members, field)]
    if len(begun := {m.phase: m.days[0] for m in reversed(members)}) > 1:
        yield f"Its phases began: {', '.join(f'{phase} on {day}' for phase, day in sorted(begun.items()))}."
    if told:
        yield f"By ATOP: {'; '.join(told)}."
    if threats := dict.fromkeys(code for m in members for code in _threats(m)):
        yield f"Named as a threat: {', '.join(threats)}."
    codes = [f"{words}{of}" for field in _CODED for words, of in _told(members, field)]
    if codes:
        yield f"Codes of ATOP not put into words: {', '.join(codes)}."
    numbers = [row[column] for column in ("cowid", "cow4id") if row.get(column)]
    if numbers:
        yield f"In COW's lists of alliances: {', '.join(numbers)}."


def _told(members: Sequence[_Member], field: str) -> list[tuple[str, str]]:
    """What a field says in words or by its code, and of whom or in which phase where it differs."""
    holders: dict[str, list[_Member]] = defaultdict(list)
    for member in members:
        if words := _said(field, str(member.row.get(field) or "")):
            holders[words].append(member)
    return [(words, _of(its, members)) for words, its in holders.items()]


def _of(its: Sequence[_Member], members: Sequence[_Member]) -> str:
    if len(its) == len(members):
        return ""
    phases = sorted({m.phase for m in its})
    if len(its) == sum(m.phase in phases for m in members):
        return f" (phase {', '.join(map(str, phases))})"
    return f" ({', '.join(dict.fromkeys(code for m in its for code in m.codes))})"


def _said(field: str, code: str) -> str:
    words = _words().get(field, {})
    if code in words:
        return words[code]
    if code in {"", "0"}:
        return ""
    if "any" not in words:
        return f"{field.upper()} {code}"
    if field in {"length", "renewlgt"}:
        return f"{code} {words['any']}"
    return f"{words['any']} ({field.upper()} {code})"


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    data = files("rapallo.sources").joinpath("atop_words.yaml").read_bytes()
    words: Mapping[str, Mapping[str, str]] = yaml.load(data, Loader=yaml.CSafeLoader)
    return words
