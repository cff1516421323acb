"""Why a measure has no value: what its states were not, or which of its inputs the record lacks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

from rapallo import actors
from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.panel.system import SYSTEMS

__all__ = ["Lack", "Need", "called", "needs", "reason", "span"]

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
    if need.family not in {"trait", "dyad", "flow"}:
        rows = panel.record.query("source_spans", **panel.as_known()).to_pylist()
        days = [(row["covers_from"], row["covers_to"]) for row in rows if _counts(row["id"], need, only=True)]
    else:
        rows = panel.record.query(
            "sources_of_amount", family=need.family, name=need.name, **panel.as_known()
        ).to_pylist()
        days = [
            (row["covers_from"] or row["first_day"], row["covers_to"] or row["last_day"])
            for row in rows
            if _counts(row["source"], need, only=need.only)
        ]
    if not days:
        return None
    firsts, lasts = zip(*days, strict=True)
    return (
        min((day or dt.date.min).year for day in firsts),
        min(max((day or dt.date.max).year for day in lasts), dt.date.today().year),
    )


def _counts(source: str, need: Need, *, only: bool) -> bool:
    return not only or source.rpartition("-")[0] in need.datasets


def covered(panel: Panel, need: Need) -> NDArray[np.bool_]:
    """Per year whether a source of an input covers it; shape (years,)."""
    if need.family not in {"trait", "dyad", "flow"}:
        return panel.covered([*panel.cited(need.datasets)])
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
            return Lack(f"{called(who)} was no member of the state system of {SYSTEMS[panel.system.name]}")
    if len(places) == 2 and not panel.system.together[row, places[0][1], places[1][1]]:
        return Lack("the two were not members on one day")
    each, spans = needs(card), {need: span(panel, need) for need in needs(card)}
    nowhere = [need for need in each if spans[need] is None]
    beyond = [need for need in each if need not in nowhere and not covered(panel, need)[row]]
    held = [need for need in each if need not in nowhere and need not in beyond]
    said = [f"the record holds no {_either(nowhere)}"] if nowhere else []
    said += [
        _out(panel.years[row], years, [need for need in beyond if spans[need] == years])
        for years in dict.fromkeys(spans[need] for need in beyond)
    ]
    bare = [need for need in held if places and _bare(panel, row, need, [at for _, at in places])]
    if not said and bare:
        named = " and ".join(called(who) for who, _ in places)
        said.append(f"the record has no {_either(bare)} of {named} in that year")
    if not said:
        return Lack(card.missing[:1].lower() + card.missing[1:].rstrip("."))
    return Lack("; ".join(said), _hint(panel, [*nowhere, *beyond, *bare]))


def _out(year: int, years: tuple[int, int] | None, lacking: Sequence[Need]) -> str:
    """That a year is not covered."""
    first, last = years or (year, year)
    if first <= year <= last:
        return f"the record has no {_either(lacking)} in that year"
    to = f"{first} to {last}" if first != last else f"{first} only"
    return f"the record has {_either(lacking, 'and')} for {to}"


def _bare(panel: Panel, row: int, need: Need, places: list[int]) -> bool:
    """Whether the record has nothing of an input of any of some states, or between two."""
    if need.family == "trait":
        found = [panel.trait(need.name, source)[row, places] for source in _sources(need)]
        return bool(np.isnan(found).all(axis=0).any())
    if need.family == "flow":
        cells = panel.flow(need.name).year(row)
        if len(places) == 2:
            return bool(np.isnan(cells[places[0], places[1]]) or np.isnan(cells[places[1], places[0]]))
        return bool(np.isnan(cells[places[0]]).all() and np.isnan(cells[:, places[0]]).all())
    if need.family == "dyad" and len(places) == 2:
        found = [panel.pairs(need.name, source).year(row)[places[0], places[1]] for source in _sources(need)]
        return bool(np.isnan(found).all())
    return False


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


@cache
def called(who: str) -> str:
    """The name of a state, by its id."""
    return actors.actor(who).name
