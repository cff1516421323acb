"""On which conditions states owe each other defence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["LEVELS", "MEASURES", "Duty", "conditional_shares", "duties", "levels", "pair_conditions"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LEVELS = ("none", "discretionary", "conditional", "unconditional")
"""How firm a duty of defence is, from the loosest; a value of the level is the position here."""


@dataclass(frozen=True, slots=True)
class Duty:
    """What one clause has some states owe others in a year.

    Attributes:
        clause: id of the row.
        obliged: columns of the states that owe it.
        protected: columns of those it is owed to.
        conditions: under which terms, sorted: those of the clause, and ``named_adversary`` and
            ``in_territory`` where it names one.
        automatic: whether it leaves the obliged no choice.
    """

    clause: str
    obliged: tuple[int, ...]
    protected: tuple[int, ...]
    conditions: tuple[str, ...]
    automatic: bool

    @property
    def level(self) -> int:
        """The position in ``LEVELS``."""
        if not self.automatic:
            return 1
        return 2 if self.conditions else 3


def levels(held: Iterable[Duty], states: int) -> Floats:
    """How firmly each state owes each other defence: the firmest duty counts; shape (states, states).

    Examples:
        >>> duty = Duty("pact/1", (0, 1), (0, 1), ("in_territory",), automatic=True)
        >>> levels([duty], 3).tolist()
        [[0.0, 2.0, 0.0], [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    """
    found = np.zeros((states, states))
    for duty in held:
        at = np.ix_(duty.obliged, duty.protected)
        found[at] = np.maximum(found[at], duty.level)
    np.fill_diagonal(found, 0.0)
    return found


def conditional_shares(held: Iterable[Duty], states: int) -> tuple[Floats, Floats]:
    """The share of each state's duties of defence that are conditional, and how many are not.

    Returns:
        Shares, NaN for a state without a duty, and numbers; both of shape (states,).

    Examples:
        >>> firm = Duty("pact/1", (0,), (1,), (), automatic=True)
        >>> loose = Duty("pact/2", (0, 1), (0, 1), ("on_request",), automatic=True)
        >>> shares, numbers = conditional_shares([firm, loose], 2)
        >>> shares.tolist(), numbers.tolist()
        ([0.5, 1.0], [1.0, 0.0])
    """
    every, firm = np.zeros(states), np.zeros(states)
    for duty in held:
        bound = [one for one in duty.obliged if any(other != one for other in duty.protected)]
        every[bound] += 1
        firm[bound] += duty.level == 3
    shares = np.full(states, np.nan)
    np.divide(every - firm, every, out=shares, where=every > 0)
    return shares, firm


def duties(panel: Panel, row: int, source: str = "atop") -> list[Duty]:
    """The duties of defence in force on any day of a year.

    Args:
        panel: the panel.
        row: position of the year.
        source: dataset whose clauses count; with all together a pact would count twice.
    """
    return _held(panel, source)[0][row]


def pair_conditions(panel: Panel, row: int, source: str = "atop") -> Mapping[str, Bools]:
    """By condition, whether each state owes each other defence under it; shape (states, states).

    A pair may stand under several, and have a duty without any beside.
    """
    states = panel.system.shape[1]
    found: dict[str, Bools] = {}
    for duty in duties(panel, row, source):
        for condition in duty.conditions:
            matrix = found.setdefault(condition, np.zeros((states, states), dtype=bool))
            matrix[np.ix_(duty.obliged, duty.protected)] = True
    return {name: found[name] & panel.system.together[row] for name in sorted(found)}


def _held(panel: Panel, source: str) -> tuple[list[list[Duty]], Bools]:
    return panel.keep(f"duties {source}", lambda: _all(panel, source))


def _all(panel: Panel, source: str) -> tuple[list[list[Duty]], Bools]:
    """The duties by year, and per year whether a release with clauses covers it."""
    asked, ids = panel.as_known(), panel.cited([source])
    clauses, ties, parties = (
        [found for found in panel.record.query(question, **asked).to_pylist() if found["source"] in ids]
        for question in ("clauses_known", "ties_known", "parties_known")
    )
    spans = {tie["id"]: _days(tie) for tie in ties if tie["kind"] == "pact"}
    members: dict[str, list[dict[str, Any]]] = {}
    for party in parties:
        members.setdefault(party["tie"], []).append(party)
    found: list[list[Duty]] = [[] for _ in panel.years]
    for clause in clauses:
        if clause["kind"] == "defence" and clause["tie"] in spans:
            span = _overlap(spans[clause["tie"]], _days(clause))
            for row, duty in _yearly_duties(panel, clause, span, members.get(clause["tie"], [])):
                found[row].append(duty)
    return found, panel.covered(sorted({clause["source"] for clause in clauses}))


def _yearly_duties(
    panel: Panel, clause: Mapping[str, Any], span: tuple[dt.date, dt.date], members: list[dict[str, Any]]
) -> Iterator[tuple[int, Duty]]:
    conditions = set(clause["conditions"] or ())
    conditions |= {name for name, field in _SAID.items() if clause[field]}
    automatic = clause["strength"] == "automatic"
    start = panel.years[0]
    for year in range(max(span[0].year, start), min(span[1].year, panel.years[-1]) + 1):
        bound: dict[str, int] = {}
        for member in members:
            first, last = _overlap(span, _days(member))
            held = panel.system.holders.get(member["actor"])
            if held is not None and first <= last and first.year <= year <= last.year:
                # Of a state that bears two numbers in a year the last number is bound.
                bound[member["actor"]] = int(held[1, year - start])
        obliged, protected = (
            tuple(sorted({place for who, place in bound.items() if place >= 0 and (not only or who in only)}))
            for only in (clause["obliged"], clause["protected"])
        )
        if obliged and protected:
            yield year - start, Duty(clause["id"], obliged, protected, tuple(sorted(conditions)), automatic)


_SAID = {"named_adversary": "against", "in_territory": "territory"}


def _days(row: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    return row["valid_from"] or dt.date.min, row["valid_to"] or dt.date.max


def _overlap(one: tuple[dt.date, dt.date], other: tuple[dt.date, dt.date]) -> tuple[dt.date, dt.date]:
    return max(one[0], other[0]), min(one[1], other[1])


def _share(panel: Panel, row: int) -> Floats:
    shares, _ = conditional_shares(duties(panel, row), panel.system.shape[1])
    return np.where(panel.system.member[row] & _held(panel, "atop")[1][row], shares, np.nan)


def _number(panel: Panel, row: int) -> Floats:
    _, numbers = conditional_shares(duties(panel, row), panel.system.shape[1])
    return np.where(panel.system.member[row] & _held(panel, "atop")[1][row], numbers, np.nan)


def _level(panel: Panel, row: int) -> Floats:
    found = levels(duties(panel, row), panel.system.shape[1])
    return np.where(panel.system.together[row] & _held(panel, "atop")[1][row], found, np.nan)


def _conditional(panel: Panel, row: int) -> Floats:
    found = _level(panel, row)
    return np.where(found > 0, (found < 3).astype(np.float64), np.nan)


def _card(name: str, definition: str, equation: str, unit: str, missing: str, checked: str) -> Card:
    return Card(
        id=name,
        kind="measure",
        definition=definition,
        equation=equation,
        inputs=("clause: kind defence of ATOP, with conditions, against, territory, strength", "tie: pact"),
        unit=unit,
        citation="Leeds, Ritter, Mitchell & Long (2002), Alliance Treaty Obligations and Provisions, "
        "1815-1944; on conditions Benson (2012), Constructing International Security",
        limits="What the text says, not what its parties mean to do. Conditions that ATOP does not code, and "
        "suspensions, are not seen. Clauses read from ATOP are all automatic. The event that calls for help "
        "(attack, aggression, war) is no condition.",
        coding="Conditional: the clause has a condition, names an adversary or a territory, or leaves a "
        "choice to the obliged (strength not automatic). A clause counts once for each state that it "
        "obliges, however many it protects; in every year of which it was in force on a day.",
        missing=missing,
        coverage="Members of the state system, 1816 to 2016.",
        checked=checked,
    )


_NO_STATE = "No value for a state that was no member, or where ATOP does not cover the year"
_NO_PAIR = "No value where the two were no members on one day, or ATOP does not cover the year"
_BY_HAND = (
    "Against clauses made by hand. The ordered pairs with a duty are those of the dyad-years of ATOP 5.1: "
    "1950 and 2000 all (624 and 2,205), 1980 all but 2 of 1,388, 1914 all 25 and 1 more."
)

MEASURES: tuple[Yearly, ...] = (
    Yearly(
        _card(
            "conditional-defence-share",
            "The share of the duties of defence of a state that are conditional.",
            "conditional clauses / clauses of defence that oblige the state",
            "share, 0 to 1",
            _NO_STATE + ", or the state has no duty.",
            _BY_HAND,
        ),
        "state",
        _share,
    ),
    Yearly(
        _card(
            "unconditional-defence-duties",
            "How many duties of defence without a condition a state has.",
            "clauses of defence that oblige the state, less the conditional",
            "clauses",
            _NO_STATE + ".",
            _BY_HAND,
        ),
        "state",
        _number,
    ),
    Yearly(
        _card(
            "defence-commitment-level",
            "How firmly one state owes another defence: 0 not at all, 1 at its discretion, 2 under a "
            "condition, 3 without any.",
            "max over clauses of 3 if automatic and unconditional, 2 if automatic, else 1",
            "level, 0 to 3, ordinal",
            _NO_PAIR + ".",
            _BY_HAND,
        ),
        "pair",
        _level,
        directed=True,
    ),
    Yearly(
        _card(
            "conditional-defence",
            "Whether one state owes another defence under conditions only.",
            "1 if the level is 1 or 2, 0 if it is 3",
            "0 or 1",
            _NO_PAIR + ", or the one owes the other no defence.",
            _BY_HAND,
        ),
        "pair",
        _conditional,
        directed=True,
    ),
)
