"""Friends and foes of a year as a signed graph, and how far it is in balance."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.signed import (
    TRIADS,
    Frustration,
    frustration,
    strong_balance,
    triads,
    two_paths,
    weak_balance,
)
from rapallo.measures.yearly import Of, Yearly

__all__ = ["MEASURES", "OBLIGATIONS", "foes", "friends", "signed_graph", "year_frustration"]

Floats = NDArray[np.float64]
Signs = NDArray[np.int8]
Spell = tuple[dt.date, dt.date]

OBLIGATIONS = ("defence", "offence", "neutrality", "non_aggression", "consultation")
FORCE = 4.0
_LATEST = dt.date.max
Fights = tuple[tuple[tuple[Spell, str, str], ...], tuple[str, ...]]
"""The days on which two states fought or were rivals, and the sources that say so."""


def friends(panel: Panel, row: int, obligations: tuple[str, ...] = ("defence",)) -> NDArray[np.bool_]:
    """Whether an alliance of the year binds one of two states to the other; shape (states, states).

    Args:
        panel: the panel.
        row: position of the year.
        obligations: which of ``OBLIGATIONS`` make an alliance.
    """
    found = np.zeros((panel.system.shape[1],) * 2, dtype=bool)
    for each in obligations:
        found |= panel.pairs(f"atop_{each}").year(row, absent=0.0) > 0.0
    return _mutual(panel, row, found)


def foes(panel: Panel, row: int) -> NDArray[np.bool_]:
    """Whether two states were rivals, at war or in a dispute with use of force; shape (states, states).

    A dispute counts that ran in the year and in which one of the two reached hostility 4 (use of force) or 5;
    a rivalry or a war counts for every year of which it was in force on a day, a war between its sides.
    """
    ongoing = panel.pairs("dispute_ongoing").year(row, absent=0.0) > 0.0
    found = ongoing & (panel.pairs("dispute_hostility").year(row, absent=0.0) >= FORCE)
    year = panel.years[row]
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    for (begun, ended), one, other in _hostile(panel)[0]:
        if begun <= last and ended >= first:
            ones, others = _places(panel, row, one), _places(panel, row, other)
            if ones.min() >= 0 and others.min() >= 0:
                found[np.ix_(ones, others)] = True
    return _mutual(panel, row, found)


def _mutual(panel: Panel, row: int, found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    both: NDArray[np.bool_] = (found | found.T) & panel.system.together[row]
    return both


def signed_graph(
    panel: Panel,
    row: int,
    *,
    obligations: tuple[str, ...] = ("defence",),
    both: Literal[-1, 0, 1] = -1,
) -> Signs | None:
    """The signed graph of a year: 1 for friends, -1 for foes, 0 for neither; shape (states, states).

    Args:
        panel: the panel.
        row: position of the year.
        obligations: which of ``OBLIGATIONS`` make friends.
        both: what two states are that are friends and foes.

    Returns:
        None where no source of alliances, or none of disputes, rivalries and wars covers the year.
    """
    allied = [panel.pairs(f"atop_{each}").covered[row] for each in obligations]
    if not any(allied) or not _foes_covered(panel, row):
        return None
    friend, foe = friends(panel, row, obligations), foes(panel, row)
    found = friend.astype(np.int8) - foe.astype(np.int8)
    found[friend & foe] = both
    return found


def year_frustration(panel: Panel, row: int) -> Frustration | None:
    """The frustration of the signed graph of a year; None where there is no such graph."""
    signs = signed_graph(panel, row)
    return None if signs is None else _frustration(signs.shape[0], signs.tobytes())


@lru_cache(maxsize=256)
def _frustration(count: int, signs: bytes) -> Frustration:
    return frustration(np.frombuffer(signs, dtype=np.int8).reshape(count, count))


def _foes_covered(panel: Panel, row: int) -> bool:
    _, sources = _hostile(panel)
    tied = bool(sources) and bool(panel.covered(sources)[row])
    return tied or bool(panel.pairs("dispute_hostility").covered[row])


def _places(panel: Panel, row: int, who: str) -> NDArray[np.int32]:
    """The columns that a state bears in a year; two where its number changed, -1 where it was no member."""
    held = panel.system.holders.get(who)
    return np.full(1, -1, np.int32) if held is None else held[:2, row]


def _hostile(panel: Panel) -> Fights:
    """The days on which two states were rivals or on two sides of a war, of all that the record knows."""
    return panel.keep("rivalries and wars", lambda: _fights(panel))


def _fights(panel: Panel) -> Fights:
    known = panel.as_known()
    ties = {
        row["id"]: row
        for row in panel.record.query("ties_known", **known).to_pylist()
        if row["kind"] in {"rivalry", "war"}
    }
    parties, phases = defaultdict(list), defaultdict(list)
    for row in panel.record.query("parties_known", **known).to_pylist():
        parties[row["tie"]].append(row)
    for row in panel.record.query("phases_as_of", on=dt.date(panel.years[-1], 12, 31), **known).to_pylist():
        phases[row["tie"]].append(row)
    fights = (
        (spell, one, other)
        for name, tie in ties.items()
        for whole in _in_force(tie, phases[name])
        for spell, one, other in _opposed(tie["kind"], parties[name], whole)
    )
    return tuple(fights), tuple(sorted({row["source"] for row in ties.values()}))


def _in_force(tie: Mapping[str, Any], phases: list[dict[str, Any]]) -> Iterator[Spell]:
    """The days on which a tie was in force, from one step to the day before the next."""
    end = tie["valid_to"] or _LATEST
    for at, step in enumerate(phases):
        if step["phase"] in {"in_force", "renewed"}:
            following = phases[at + 1]["valid_from"] if at + 1 < len(phases) else None
            last = end if following is None else min(end, following - dt.timedelta(days=1))
            yield step["valid_from"], max(last, step["valid_from"])


def _opposed(kind: str, parties: list[dict[str, Any]], whole: Spell) -> Iterator[tuple[Spell, str, str]]:
    for at, one in enumerate(parties):
        for other in parties[at + 1 :]:
            first = max(whole[0], *(each["valid_from"] or dt.date.min for each in (one, other)))
            last = min(whole[1], *(each["valid_to"] or _LATEST for each in (one, other)))
            if first <= last and one["actor"] != other["actor"]:
                if kind == "war" and one["role"] == other["role"]:
                    continue
                yield (first, last), one["actor"], other["actor"]


def _counts(panel: Panel, row: int) -> NDArray[np.int64] | None:
    signs = signed_graph(panel, row)
    return None if signs is None else triads(signs)


def _of_states(of: Callable[[NDArray[np.int64]], NDArray[Any]]) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        counts = _counts(panel, row)
        if counts is None:
            return np.full(panel.system.shape[1], np.nan)
        return np.where(panel.system.member[row], of(counts).astype(np.float64), np.nan)

    return compute


def _of_world(of: Callable[[NDArray[np.int64]], NDArray[Any]]) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        counts = _counts(panel, row)
        return np.array(np.nan) if counts is None else np.asarray(of(counts.sum(axis=1) // 3), np.float64)

    return compute


def _of_division(of: Callable[[Frustration], float]) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        found = year_frustration(panel, row)
        return np.array(np.nan if found is None else of(found))

    return compute


def _of_graph(of: Callable[[Signs], NDArray[Any]], *, pair: bool) -> Callable[[Panel, int], Floats]:
    def compute(panel: Panel, row: int) -> Floats:
        signs = signed_graph(panel, row)
        there = panel.system.together[row] if pair else panel.system.member[row]
        if signs is None:
            return np.full(there.shape, np.nan)
        return np.where(there, of(signs).astype(np.float64), np.nan)

    return compute


def _card(name: str, definition: str, equation: str, unit: str, citation: str, checked: str) -> Card:
    return Card(
        id=name,
        kind="measure",
        definition=definition,
        equation=equation,
        inputs=(
            "dyad: atop_defence, dispute_ongoing, dispute_hostility",
            "tie: rivalry, war, with parties and phases",
        ),
        unit=unit,
        citation=citation,
        limits="Only ties that the record holds count: no tie is no sign, not indifference. Ties are 1 or -1 "
        "whatever their strength. Disputes end with their source (MID 5.0: 2014); in later years only "
        "rivalries and wars are negative, so that counts before and after do not compare.",
        coding="Positive: a defence obligation of ATOP, in either direction. Negative: a rivalry or a war in "
        "force on a day of the year, or a militarised dispute that ran in it in which either side reached "
        "hostility 4 or 5. Friends that are foes too are foes.",
        missing="No value where the state was no member (the pair not together), or where no source covers "
        "alliances, or none covers disputes, rivalries or wars, in the year.",
        coverage="members of the state system, 1816 to 2018 with ATOP 5.1, MID 5.0 and the rivalries of "
        "Thompson, Sakuwa & Suhas",
        checked=checked,
    )


_BY_TRIAD = {
    "+++": ("triads-friends", "three friends"),
    "++-": ("triads-divided-friend", "a friend of two foes"),
    "+--": ("triads-common-foe", "two friends with a common foe"),
    "---": ("triads-foes", "three foes"),
}
_ENUMERATED = "against the enumeration of all triples of random graphs, and cases by hand"
_HARARY = "Harary (1959), On the measurement of structural balance"
_CARTWRIGHT = "Cartwright & Harary (1956), Structural balance: a generalization of Heider's theory"
_DAVIS = "Davis (1967), Clustering and structural balance in graphs"
_PARTED = "against all divisions of random graphs of up to 10 nodes into two camps"


def _row_of(at: int) -> Callable[[NDArray[np.int64]], NDArray[Any]]:
    return lambda counts: counts[at]


def _triad_measures() -> Iterator[Yearly]:
    equation = "number of {i, j, k} with all three ties and signs "
    for at, kind in enumerate(TRIADS):
        name, said = _BY_TRIAD[kind]
        text = f"How many triads of {said} ({kind}) there are in the system."
        yield Yearly(
            _card(name, text, equation + kind, "triads", _CARTWRIGHT, _ENUMERATED),
            "world",
            _of_world(_row_of(at)),
        )
        text = f"In how many triads of {said} ({kind}) the state is, in any place of it."
        yield Yearly(
            _card(
                f"state-{name}", text, equation + f"{kind}, i the state", "triads", _CARTWRIGHT, _ENUMERATED
            ),
            "state",
            _of_states(_row_of(at)),
        )


def _balance_measures() -> Iterator[Yearly]:
    kinds = (
        ("strong", strong_balance, "no negative tie or two", "(+++ and +--)", _CARTWRIGHT),
        ("weak", weak_balance, "no, two or three negative ties", "(+++, +-- and ---)", _DAVIS),
    )
    for name, of, said, part, citation in kinds:
        text, equation = f"The share of the triads that are balanced: {said}.", f"triads {part} / all triads"
        scopes: tuple[tuple[str, str, Of, Callable[[Panel, int], Floats]], ...] = (
            ("", " In the system.", "world", _of_world(of)),
            ("state-", " Of those that the state is in.", "state", _of_states(of)),
        )
        for prefix, where, scope, compute in scopes:
            card = _card(
                f"{prefix}balance-{name}", text + where, equation, "share, 0 to 1", citation, _ENUMERATED
            )
            yield Yearly(card, scope, compute)


def _frustration_measures() -> Iterator[Yearly]:
    least = "L = min over s in {-1, 1}^n of the number of ties with sign(i, j) s(i) s(j) = -1"
    kinds: tuple[tuple[str, str, str, str, Callable[[Frustration], float]], ...] = (
        (
            "frustration-lower",
            "No division of the states into two camps has fewer ties against it than this.",
            f"{least}; this = L where solved, else <= L by ties-disjoint negative cycles",
            "ties",
            lambda found: found.lower,
        ),
        (
            "frustration-upper",
            "The ties against the best division of the states into two camps that was found.",
            f"{least}; this = L where solved, else >= L by search",
            "ties",
            lambda found: found.upper,
        ),
        (
            "frustration-exact",
            "1 where the two bounds are one and the line index of balance is known, 0 where not.",
            "1 if frustration-lower = frustration-upper, else 0",
            "1 or 0",
            lambda found: found.exact,
        ),
    )
    for name, text, equation, unit, of in kinds:
        yield Yearly(_card(name, text, equation, unit, _HARARY, _PARTED), "world", _of_division(of))


def _tie_measures() -> Iterator[Yearly]:
    kinds: tuple[tuple[str, str, str, str, str, bool, Callable[[Signs], NDArray[Any]]], ...] = (
        (
            "signed-tie",
            "Whether two states are friends (1), foes (-1) or neither (0).",
            "S(i, j)",
            "-1, 0 or 1",
            _CARTWRIGHT,
            True,
            lambda signs: signs,
        ),
        (
            "signed-two-paths",
            "Shared friends and foes of two states, less the friends of the one that are foes of the other.",
            "sum over k of S(i, k) S(k, j)",
            "states",
            "Heider (1946), Attitudes and cognitive organization",
            True,
            two_paths,
        ),
        (
            "friends",
            "To how many states a state is tied as a friend and not also as a foe.",
            "number of j with S(i, j) = 1",
            "states",
            _CARTWRIGHT,
            False,
            lambda signs: (signs > 0).sum(axis=1),
        ),
        (
            "foes",
            "To how many states a state is tied as a foe.",
            "number of j with S(i, j) = -1",
            "states",
            _CARTWRIGHT,
            False,
            lambda signs: (signs < 0).sum(axis=1),
        ),
    )
    for name, text, equation, unit, citation, pair, of in kinds:
        card = _card(name, text, equation, unit, citation, "cases by hand")
        yield Yearly(card, "pair" if pair else "state", _of_graph(of, pair=pair))


MEASURES: tuple[Yearly, ...] = (
    *_triad_measures(),
    *_balance_measures(),
    *_frustration_measures(),
    *_tie_measures(),
)
"""Triads, balance, frustration, and the ties themselves."""
