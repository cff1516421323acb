"""Why a measure has no value: what its states were not, or which of its inputs the record lacks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import pyarrow.compute as pc
import yaml
from numpy.typing import NDArray

from rapallo import actors
from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.panel.panel import is_of
from rapallo.measures.panel.system import SYSTEMS

__all__ = ["Lack", "Need", "called", "covered", "needs", "reason", "short", "span", "used"]

AMOUNTS = frozenset(("trait", "dyad", "flow"))
_WORD = re.compile(r"[a-z][a-z0-9_-]*")
_ONLY = re.compile(r"\bof (.*)|\((\w+)\)")


@dataclass(frozen=True, slots=True)
class Lack:
    """Why there is no value.

    Attributes:
        why: in words, without the year.
        hint: the command that would help; empty where none would.
    """

    why: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One input of a measure.

    Attributes:
        family: ``trait``, ``dyad``, ``flow``, ``tie``, ``clause`` or ``event``.
        name: of the amount, or the kind.
        datasets: those that give it, the best first.
        only: whether the measure reads no others.
    """

    family: str
    name: str
    datasets: tuple[str, ...]
    only: bool

    @property
    def called(self) -> str:
        """What a reader is told that it is."""
        words = self.name.replace("_", " ")
        if self.family == "clause":
            return f"clauses of {words}"
        return {"tie": f"ties of the kind {words}", "event": "events by which to tell"}.get(
            self.family, words
        )


@cache
def _datasets() -> Mapping[str, Mapping[str, list[str]]]:
    text = files("rapallo.measures").joinpath("inputs.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(text)
    return found


def needs(card: Card) -> tuple[Need, ...]:
    """The inputs that a card names and ``inputs.yaml`` knows.

    Examples:
        >>> from rapallo.measures.registry import yearly
        >>> [(need.name, need.datasets, need.only) for need in needs(yearly()["dispute-onset"].card)]
        [('dispute_onset', ('gml',), True)]
    """
    found = []
    for line in card.inputs:
        family, _, rest = line.partition(": ")
        known = _datasets().get(family, {})
        names = [word for word in _WORD.findall(rest) if word in known]
        told = " ".join(part for match in _ONLY.findall(rest) for part in match).lower()
        for name in dict.fromkeys(names):
            only = tuple(each for each in known[name] if each in _WORD.findall(told))
            found.append(Need(family, name, only or tuple(known[name]), bool(only)))
    return tuple(found)


def span(panel: Panel, need: Need) -> tuple[int, int] | None:
    """The first and the last year of which the record holds an input; nothing where it holds none.

    A source that does not say what it covers counts from its first row to its last.
    """
    return panel.keep(f"span {need}", lambda: _span(panel, need))


def _span(panel: Panel, need: Need) -> tuple[int, int] | None:
    days = [days for _, days in _told(panel, need)]
    if not days:
        return None
    firsts, lasts = zip(*days, strict=True)
    today = dt.date.today()
    return (
        min((day or dt.date.min).year for day in firsts),
        min(max(day or today for day in lasts), today).year,
    )


def used(panel: Panel, card: Card) -> tuple[str, ...]:
    """The sources in the record that tell of the inputs of a measure in the years of a panel."""
    first, last = dt.date(panel.years[0], 1, 1), dt.date(panel.years[-1], 12, 31)
    found: dict[str, None] = {}
    for need in needs(card):
        for source, (begun, ended) in _told(panel, need):
            if (begun or first) <= last and (ended or last) >= first:
                found[source] = None
    return tuple(sorted(found))


def _told(panel: Panel, need: Need) -> Sequence[tuple[str, tuple[dt.date | None, dt.date | None]]]:
    """The sources of an input, each with the first and the last day it tells of."""
    if need.family not in AMOUNTS:
        return panel.keep(f"told {need}", lambda: _ties(panel, need))
    return panel.keep(f"told {need}", lambda: _amounts(panel, need))


def _ties(panel: Panel, need: Need) -> list[tuple[str, tuple[dt.date | None, dt.date | None]]]:
    """The sources of ties; of clauses and events the datasets that the measure reads."""
    rows = panel.record.query("source_spans", **panel.as_known()).to_pylist()
    held = {row["id"] for row in rows if any(is_of(row["id"], dataset) for dataset in need.datasets)}
    if need.family == "tie" and not need.only:
        ties = panel.record.query("spells_of_ties", kind=need.name, on=dt.date.today(), **panel.as_known())
        held = set(pc.unique(ties.column("source")).to_pylist())
    return [(row["id"], (row["covers_from"], row["covers_to"])) for row in rows if row["id"] in held]


def _amounts(panel: Panel, need: Need) -> list[tuple[str, tuple[dt.date | None, dt.date | None]]]:
    rows = panel.record.query(
        "sources_of_amount", family=need.family, name=need.name, **panel.as_known()
    ).to_pylist()
    return [
        (row["source"], (row["covers_from"] or row["first_day"], row["covers_to"] or row["last_day"]))
        for row in rows
        if not need.only or any(is_of(row["source"], dataset) for dataset in need.datasets)
    ]


def covered(panel: Panel, need: Need) -> NDArray[np.bool_]:
    """Per year whether a source of an input covers it; shape (years,)."""
    if need.family not in AMOUNTS:
        return panel.covered([source for source, _ in _told(panel, need)])
    found = np.zeros(len(panel.years), dtype=bool)
    for source in need.datasets if need.only else ("",):
        if need.family == "trait":
            found |= panel.trait_covered(need.name, source)
        else:
            ask = panel.pairs if need.family == "dyad" else panel.flow
            found |= ask(need.name, source).covered
    return found


def reason(panel: Panel, row: int, card: Card, places: Sequence[tuple[str, int]] = ()) -> Lack:
    """Why a measure has no value of states in the year at a position.

    Args:
        panel: the panel.
        row: position of the year.
        card: of the measure.
        places: the states that are asked about, as id and column; a column of -1 for no member. None for
            the whole year.
    """
    for who, place in places:
        if place < 0 or not panel.system.member[row, place]:
            why = f"{called(who)} was no member of the state system of {SYSTEMS[panel.system.name]}"
            return Lack(why, _instead(panel, row, who))
    if len(places) == 2 and not panel.system.together[row, places[0][1], places[1][1]]:
        return Lack("the two were not members on one day")
    each = needs(card)
    flows = [need for need in each if need.family == "flow" and covered(panel, need)[row]]
    bare = _bare(panel, row, flows, places)
    out = None if bare else short(panel, row, card)
    if out is not None:
        return out
    bare = bare or _bare(panel, row, each, places)
    if bare:
        why = f"the record has no {_either(bare)} of {_whom(panel, row, bare, places)} in that year"
        return Lack(why, _hint(panel, bare))
    return Lack(f"by the rule of the measure. {card.missing}".rstrip("."))


def _instead(panel: Panel, row: int, who: str) -> str:
    """Who bore the number of a state in a year in which it was no member, as the Soviet Union Russia's."""
    year, numbers = panel.years[row], actors.memberships(panel.system.name)
    its = {code for code, held, _ in numbers if held == who}
    for code, held, days in numbers:
        begun, ended = days.start or dt.date.min, days.end or dt.date.max
        if code in its and held != who and begun.year <= year <= ended.year:
            return f"{called(held)} bore its number: ask for {held}, or for {code}"
    return ""


def short(panel: Panel, row: int, card: Card) -> Lack | None:
    """Which inputs of a measure the record lacks of a whole year; nothing where it lacks none."""
    each = needs(card)
    spans = {need: span(panel, need) for need in each}
    nowhere = [need for need in each if spans[need] is None]
    beyond = [need for need in each if need not in nowhere and not covered(panel, need)[row]]
    said = [f"the record holds no {_either(nowhere)}"] if nowhere else []
    said += [
        _out(panel.years[row], years, [need for need in beyond if spans[need] == years])
        for years in dict.fromkeys(spans[need] for need in beyond)
    ]
    return Lack("; ".join(said), _hint(panel, [*nowhere, *beyond])) if said else None


def _out(year: int, years: tuple[int, int] | None, lacking: Sequence[Need]) -> str:
    """That a year is not covered."""
    first, last = years or (year, year)
    if first <= year <= last:
        return f"the record has no {_either(lacking)} in that year"
    to = f"{first} to {last}" if first != last else f"{first} only"
    return f"the record has {_either(lacking, 'and')} for {to}"


def _bare(panel: Panel, row: int, each: Sequence[Need], places: Sequence[tuple[str, int]]) -> list[Need]:
    """The inputs of which the record has nothing between two states or of a state; flows before traits."""
    if not places:
        return []
    found = [need for need in each if need.family == "flow" and _no_flow(panel, row, need, places)]
    found = found or [
        need
        for need in each
        if need.family == "trait" and any(_no_trait(panel, row, need, place) for _, place in places)
    ]
    return found or [need for need in each if need.family == "dyad" and _no_pair(panel, row, need, places)]


def _no_flow(panel: Panel, row: int, need: Need, places: Sequence[tuple[str, int]]) -> bool:
    cells = panel.keep(f"flows {need.name} {row}", lambda: panel.flow(need.name).year(row))
    if len(places) == 2:
        one, other = (place for _, place in places)
        return bool(np.isnan(cells[one, other]) or np.isnan(cells[other, one]))
    return all(np.isnan(cells[place]).all() and np.isnan(cells[:, place]).all() for _, place in places)


def _no_trait(panel: Panel, row: int, need: Need, place: int) -> bool:
    return all(np.isnan(panel.trait(need.name, source)[row, place]) for source in _sources(need))


def _no_pair(panel: Panel, row: int, need: Need, places: Sequence[tuple[str, int]]) -> bool:
    if len(places) != 2:
        return False
    one, other = (place for _, place in places)
    return all(np.isnan(panel.pairs(need.name, source).year(row)[one, other]) for source in _sources(need))


def _whom(panel: Panel, row: int, bare: Sequence[Need], places: Sequence[tuple[str, int]]) -> str:
    if len(places) != 2:
        return "the state"
    if bare[0].family != "trait":
        return "the two"
    lacking = [who for who, place in places if any(_no_trait(panel, row, need, place) for need in bare)]
    return " and ".join(called(who) for who in lacking)


def _sources(need: Need) -> tuple[str, ...]:
    return need.datasets if need.only else ("",)


def _hint(panel: Panel, lacking: Sequence[Need]) -> str:
    absent = dict.fromkeys(
        need.datasets[0] for need in lacking if need.datasets and not panel.holds(need.datasets)
    )
    return "; ".join(f"rapallo sources add {name} --from FOLDER" for name in absent)


def _either(lacking: Sequence[Need], word: str = "or") -> str:
    each = list(dict.fromkeys(need.called for need in lacking))
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {word} {each[-1]}"


def called(who: str) -> str:
    """The name of a state, by its id."""
    return actors.actor(who).name
