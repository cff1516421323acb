"""A question about a measure, and the figures that answer it, each with its reason where there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.coding import Coding
from rapallo.measures.lacking import Lack, needs, reason, short, span, used
from rapallo.measures.panel import Panel
from rapallo.measures.panel.system import FIRST, SYSTEMS
from rapallo.measures.portfolios import MEASURES as PORTFOLIOS
from rapallo.measures.portfolios import similarity
from rapallo.measures.registry import yearly_measure
from rapallo.measures.yearly import Yearly

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["Answer", "Figure", "Question", "answer"]

Floats = NDArray[np.float64]
Place = tuple[str, int]
Form = Literal["figures", "ranking", "matrix", "history"]

_STRIDE = 12
"""How many years are fetched at once in search of the last that has a value."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a measure.

    Attributes:
        name: of the measure.
        states: ids or numbers: of states each for itself, of pairs one or two; none for all.
        year: the year; the last that has a value where neither it nor ``years`` is given.
        years: the first and the last year of a history.
        among: ids or numbers of the only states that count; for pairs each towards each.
        system: ``cow`` or ``gw``.
        known: the record as it was known then; by default as it is.
        coding: how much each obligation counts, for how alike alliances are.
    """

    name: str
    states: tuple[str, ...] = ()
    year: int | None = None
    years: tuple[int, int] | None = None
    among: tuple[str, ...] = ()
    system: str = "cow"
    known: dt.date | None = None
    coding: Coding | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or why there is none.

    Attributes:
        year: of the value.
        state: id; empty for the whole system.
        other: id of the other of a pair.
        value: None where there is none.
        back: of a directed measure from the other to the state.
        rank: its place among all of its year, 1 for the greatest; of a state, or in a ranking.
        lack: why there is no value.
    """

    year: int
    state: str = ""
    other: str = ""
    value: float | None = None
    back: float | None = None
    rank: int | None = None
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered.

    Attributes:
        question: what was asked; its year is that which was chosen.
        card: of the measure.
        of: what it has a value of: ``state``, ``pair`` or ``world``.
        directed: whether the value of two depends on their order.
        form: ``figures`` of states or of a pair, a ``ranking`` with the greatest first, a ``matrix`` of
            pairs, or a ``history``.
        figures: those with a value first, save in a history and a matrix; all of them.
        sources: of the record that tell of the inputs in the years asked about.
        among: how many have a value in the year.
        unlisted: how many pairs of a ranking of all have none.
        lack: why no pair of such a ranking has one.
        partial: years whose values rest on a part of the inputs, with what is lacking.
    """

    question: Question
    card: Card
    of: str
    directed: bool
    form: Form
    figures: tuple[Figure, ...]
    sources: tuple[str, ...] = ()
    among: int = 0
    unlisted: int = 0
    lack: Lack | None = None
    partial: tuple[tuple[int, Lack], ...] = ()

    @property
    def found(self) -> bool:
        """Whether there is any value."""
        return any(each.value is not None or each.back is not None for each in self.figures)


def answer(record: Record, question: Question) -> Answer:
    """Answer a question about a measure.

    Raises:
        InputError: where there is no such measure, system, year or number of a state, or the question does
            not fit the measure.

    Examples:
        >>> from rapallo.record import Record
        >>> found = answer(Record.open(empty=True), Question("cinc", ("FRA",), 1990))
        >>> found.found, found.figures[0].lack.hint
        (False, 'rapallo sources add nmc --from FOLDER')
    """
    its = _measure(question)
    _check(question, its)
    if question.years is not None:
        panel = _panel(record, question, *question.years)
        return _told(its, question, "history", _history(panel, its, question), panel)
    if question.year is None:
        panel, row = _latest(record, question, its)
        question = replace(question, year=panel.years[row])
    else:
        panel, row = _panel(record, question, question.year, question.year), 0
    values = its.compute(panel, row)
    if its.of == "world":
        return _told(its, question, "figures", [_figure(panel, row, its.card, float(values), ())], panel)
    if its.of == "state":
        return _of_states(panel, row, its, values, question)
    if question.among:
        return _told(its, question, "matrix", _matrix(panel, row, its, values, question.among), panel)
    if len(question.states) == 2:
        one, other = (_place(panel, who, row) for who in question.states)
        return _told(its, question, "figures", [_of_pair(panel, row, its, values, one, other)], panel)
    if question.states:
        return _of_partners(panel, row, its, values, question)
    return _of_pairs(panel, row, its, values, question)


def _measure(question: Question) -> Yearly:
    its = yearly_measure(question.name)
    if question.coding is None:
        return its
    if its not in PORTFOLIOS:
        msg = f"{question.name} does not read how much obligations count"
        raise InputError(msg, hint=f"a coding goes with {', '.join(each.card.id for each in PORTFOLIOS)}")
    return replace(its, compute=partial(similarity, name=question.name, coding=question.coding))


def _check(question: Question, its: Yearly) -> None:
    """Refuse what does not fit the measure, and who was never a member of the state system."""
    if question.system not in SYSTEMS:
        msg = f"there is no state system {question.system!r}"
        raise InputError(msg, hint=f"one of {', '.join(SYSTEMS)}")
    borne = {held for code, who, _ in actors.memberships(question.system) for held in (str(code), who)}
    for who in (*question.states, *question.among):
        if (str(int(who)) if who.isdecimal() else who) not in borne:
            msg = f"{who} was never a member of the state system of {SYSTEMS[question.system]}"
            raise InputError(msg, hint="--system gw has the microstates; see `rapallo who`")
    if question.states and question.among:
        msg = "states are named twice over"
        raise InputError(msg, hint="name them, or give them as --among USA,CHN,RUS")
    if question.year is not None and question.years is not None:
        msg = "both a day and years are asked for"
        raise InputError(msg, hint="--on for one year, --years for a history")
    count, name = len(question.states), question.name
    if its.of == "world" and (count or question.among):
        msg = f"{name} is of the whole system, not of a state"
        raise InputError(msg, hint=f"rapallo measure {name}")
    if its.of == "pair" and count > 2:
        msg = f"{name} is of two states, and {count} are named"
        raise InputError(msg, hint="name two, or several with --among USA,CHN,RUS")
    if its.of == "pair" and count == 2 and question.states[0] == question.states[1]:
        msg = f"{name} is of two states, and {question.states[0]} is one"
        raise InputError(msg, hint="name two states")
    fewest, example = {"state": (1, " FRA"), "pair": (2, " FRA DEU"), "world": (0, "")}[its.of]
    if question.years is not None and count < fewest:
        msg = f"a history of {name} is that of {'a state' if fewest == 1 else 'two states'}"
        raise InputError(msg, hint=f"rapallo measure {name}{example} --years 1946-2010")


def _panel(record: Record, question: Question, first: int, last: int) -> Panel:
    return Panel(record, first, last, system_name=question.system, known=question.known)


def _place(panel: Panel, who: str, row: int) -> Place:
    """The id and the column of a state; -1 where it was no member in the year."""
    if who.isdecimal():
        number = int(who)
        at = int(np.searchsorted(panel.system.codes, number))
        here = at < len(panel.system.codes) and panel.system.codes[at] == number
        if here and panel.system.member[row, at]:
            return panel.system.ids(panel.years[row])[at], at
        return [held for code, held, _ in actors.memberships(panel.system.name) if code == number][-1], -1
    held = panel.system.holders.get(who)
    return who, -1 if held is None else int(held[1, row])


def _latest(record: Record, question: Question, its: Yearly) -> tuple[Panel, int]:
    """The last year in which what is asked about has a value, if can be one of which all inputs tell.

    Where there is none at all it is the last year of which an input tells, or this year.
    """
    today = dt.date.today().year
    bare = _panel(record, question, today, today)
    spans = [found for need in needs(its.card) if (found := span(bare, need)) is not None]
    if not spans:
        return bare, 0
    firsts, lasts = zip(*spans, strict=True)
    first, shared, last = max(min(firsts), FIRST), min(lasts), max(lasts)
    for begin, end in ((max(*firsts, first), shared), (first, last)):
        for stop in range(end, begin - 1, -_STRIDE):
            panel = _panel(record, question, max(begin, stop - _STRIDE + 1), stop)
            for row in reversed(range(len(panel.years))):
                if np.isfinite(_asked(panel, row, its.compute(panel, row), question)).any():
                    return panel, row
    return _panel(record, question, last, last), 0


def _asked(panel: Panel, row: int, values: Floats, question: Question) -> Floats:
    """The values that a question is about."""
    named = question.states or question.among
    if values.ndim == 0 or not named:
        return values
    at = [place for who in named if (place := _place(panel, who, row)[1]) >= 0]
    if values.ndim == 1 or len(question.states) == 1:
        return values[at]
    return values[np.ix_(at, at)]


def _figure(
    panel: Panel, row: int, card: Card, value: float, places: Sequence[Place], rank: int | None = None
) -> Figure:
    year, names = panel.years[row], [*(who for who, _ in places), "", ""]
    if np.isnan(value):
        return Figure(year, names[0], names[1], lack=reason(panel, row, card, places))
    return Figure(year, names[0], names[1], value, rank=rank)


def _at(values: Floats, *at: int) -> float:
    """A value; NaN where one asked about was no member."""
    return np.nan if min(at) < 0 else float(values[at])


def _of_pair(panel: Panel, row: int, its: Yearly, values: Floats, one: Place, other: Place) -> Figure:
    found = _figure(panel, row, its.card, _at(values, one[1], other[1]), (one, other))
    back = _at(values, other[1], one[1]) if its.directed else np.nan
    return found if np.isnan(back) else replace(found, back=back)


def _history(panel: Panel, its: Yearly, question: Question) -> list[Figure]:
    found: list[Figure] = []
    for row in range(len(panel.years)):
        values = its.compute(panel, row)
        places = [_place(panel, who, row) for who in question.states]
        if its.of == "world":
            found.append(_figure(panel, row, its.card, float(values), ()))
        elif its.of == "pair":
            found.append(_of_pair(panel, row, its, values, places[0], places[1]))
        else:
            found += [_figure(panel, row, its.card, _at(values, place[1]), [place]) for place in places]
    return found


def _members(panel: Panel, row: int) -> list[Place]:
    ids = panel.system.ids(panel.years[row])
    return [(ids[at], at) for at in np.flatnonzero(panel.system.member[row]).tolist()]


def _ranks(values: Floats) -> list[int]:
    """The place of each value among all, 1 for the greatest, equals alike; any number for NaN."""
    known = np.sort(values[np.isfinite(values)])
    found: list[int] = (len(known) - np.searchsorted(known, values, side="right") + 1).tolist()
    return found


def _of_states(panel: Panel, row: int, its: Yearly, values: Floats, question: Question) -> Answer:
    ranks, named = _ranks(values), question.states or question.among
    places = [_place(panel, who, row) for who in named] if named else _members(panel, row)
    figures = [
        _figure(panel, row, its.card, _at(values, place[1]), [place], ranks[place[1]]) for place in places
    ]
    many = int(np.isfinite(values).sum())
    if question.states:
        return _told(its, question, "figures", figures, panel, among=many)
    return _told(its, question, "ranking", _ranked(figures), panel, among=many)


def _of_partners(panel: Panel, row: int, its: Yearly, values: Floats, question: Question) -> Answer:
    one = _place(panel, question.states[0], row)
    if one[1] < 0:
        return _told(its, question, "ranking", [_figure(panel, row, its.card, np.nan, [one])], panel)
    ranks = _ranks(values[one[1]])
    figures = []
    for other in _members(panel, row):
        if other[1] != one[1]:
            found = _of_pair(panel, row, its, values, one, other)
            figures.append(found if found.value is None else replace(found, rank=ranks[other[1]]))
    many = sum(each.value is not None for each in figures)
    return _told(its, question, "ranking", _ranked(figures), panel, among=many)


def _of_pairs(panel: Panel, row: int, its: Yearly, values: Floats, question: Question) -> Answer:
    """All pairs that have a value; of an undirected measure each once."""
    there = np.isfinite(values) if its.directed else np.triu(np.isfinite(values), 1)
    ones, others = np.nonzero(there)
    held, ids = values[ones, others], panel.system.ids(panel.years[row])
    figures = [
        Figure(panel.years[row], ids[one], ids[other], value, rank=rank)
        for one, other, value, rank in zip(
            ones.tolist(), others.tolist(), held.tolist(), _ranks(held), strict=True
        )
    ]
    pairs = int(panel.system.together[row].sum()) // (1 if its.directed else 2)
    found = _told(its, question, "ranking", _ranked(figures), panel, among=len(figures))
    lack = None if figures else reason(panel, row, its.card)
    return replace(found, unlisted=pairs - len(figures), lack=lack)


def _matrix(panel: Panel, row: int, its: Yearly, values: Floats, among: Sequence[str]) -> list[Figure]:
    places = [_place(panel, who, row) for who in among]
    return [
        _figure(panel, row, its.card, _at(values, one[1], other[1]), (one, other))
        for one in places
        for other in places
        if one != other
    ]


def _ranked(figures: Sequence[Figure]) -> list[Figure]:
    """The greatest first, those without a value last."""
    return sorted(
        figures, key=lambda each: (each.value is None, -(each.value or 0.0), each.state, each.other)
    )


def _told(
    its: Yearly, question: Question, form: Form, figures: Sequence[Figure], panel: Panel, *, among: int = 0
) -> Answer:
    year = question.year
    of_year = panel if year is None or len(panel.years) == 1 else _panel(panel.record, question, year, year)
    valued = {each.year for each in figures if each.value is not None or each.back is not None}
    partial = tuple(
        (each, lack)
        for row, each in enumerate(of_year.years)
        if each in valued and (lack := short(of_year, row, its.card)) is not None
    )
    return Answer(
        question,
        its.card,
        its.of,
        its.directed,
        form,
        tuple(figures),
        used(of_year, its.card),
        among,
        partial=partial,
    )
