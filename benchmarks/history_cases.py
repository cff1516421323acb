"""New alliances, real or supposed, their third states, and what is known of these before."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent))

from rapallo.effects.dispute_risk import NAMES, Past, past
from rapallo.measures import commerce, disputes, geography, portfolios
from rapallo.measures.panel import Panel
from rapallo.measures.rivalry import rivalry
from rapallo.record import Record

__all__ = [
    "AHEAD",
    "BEGINS",
    "DISPUTE",
    "EFFECTS",
    "PERSISTENCE",
    "PLACE",
    "RIVALRY",
    "Triads",
    "World",
    "alliances",
    "features",
    "thirds",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

FIRST, LAST = 1855, 2014
AHEAD = 5
"""Years behind the year of the pact in which outcomes count."""
WIDEST = 4
"""A pact of more founders is an organisation and stays out."""

BEGINS = "C begins a dispute (GML: side A)"
DISPUTE = "a dispute begins (GML)"
"""Both of states that were in the dispute from its beginning: who joins a war later began nothing."""

PERSISTENCE, PLACE = NAMES[:8], NAMES[8:]
RIVALRY = ("rival", "rival_both")
EFFECTS = (
    *("strengthened", "similarity_shift", "leverage_lost", "entrapment", "ally_in_pact", "balance_strain"),
    *("power_gained_by_foe", "foe_count"),
)


@dataclass(frozen=True)
class Triads:
    """A pact of A and B, and C; all of shape (cases,): positions of years and states, and which pact."""

    row: Ints
    a: Ints
    b: Ints
    c: Ints
    pact: Ints
    level: Ints

    def take(self, at: Ints | Bools) -> Triads:
        """Some of them."""
        return Triads(*(getattr(self, name)[at] for name in self.__slots__ or self.__dataclass_fields__))


class World:
    """The grids that cases are read from: years by states by states."""

    def __init__(self, record: Record, first: int = FIRST, last: int = LAST) -> None:
        panel = self.panel = Panel(record, first, last)
        rows = range(len(panel.years))

        def laid(make: object, *, absent: float | None = None) -> NDArray[np.float32]:
            found = np.stack([make(row).astype(np.float32) for row in rows])  # type: ignore[operator]
            return found if absent is None else np.nan_to_num(found, nan=absent)

        self.pacts = panel.ties("pact", "atop-4.01")
        self.member, self.together = panel.system.member, panel.system.together
        its = disputes.history(panel)
        self.peace, self.before = its.peace, its.before
        self.onset = laid(lambda row: panel.pairs("dispute_onset", "gml").year(row, absent=0.0)) > 0
        self.onset_mid = laid(lambda row: panel.pairs("dispute_onset", "mid-dyads").year(row, absent=0.0)) > 0
        began = laid(lambda row: panel.pairs("dispute_side_a", "gml").year(row, absent=0.0)) > 0
        first = laid(lambda row: panel.pairs("dispute_originator", "gml").year(row, absent=0.0)) > 0
        self.first = self.onset & first & first.transpose(0, 2, 1)
        self.began = began & self.first
        self.rival = laid(lambda row: rivalry(panel, row), absent=0.0) > 0
        near = laid(lambda row: geography.contiguity(panel, row), absent=0.0)
        self.near = (near >= 1) & (near <= 4)
        self.far = laid(lambda row: geography.capital_distance(panel, row))
        self.share = laid(lambda row: commerce.trade_share(panel, row))
        self.level = laid(lambda row: portfolios.portfolio(panel, row), absent=0.0)
        self.defence = laid(lambda row: panel.pairs("atop_defence").year(row, absent=0.0)) > 0
        self.allied = self.level * ~np.eye(self.level.shape[1], dtype=bool) > 0
        self.cinc = np.nan_to_num(panel.trait("cinc", "nmc"), nan=0.0)
        self.major = np.nan_to_num(panel.trait("cow_major_power", "cow-system"), nan=0.0) > 0
        self.milex = panel.trait("military_expenditure", "nmc")
        self.ideal = panel.trait("un_ideal_point")
        self.onsets_so_far = np.concatenate(
            [np.zeros_like(self.before[:1]), np.cumsum(self.onset, 0, dtype=np.int16)]
        )
        self.began_so_far = np.concatenate(
            [np.zeros_like(self.before[:1]), np.cumsum(self.began, 0, dtype=np.int16)]
        )

    @property
    def region(self) -> Ints:
        """Of each state: the Americas, Europe, Africa, the Middle East, Asia, Oceania, by its number."""
        return np.searchsorted([200, 400, 600, 700, 900], self.panel.system.codes, side="right")

    def since(self, totals: NDArray[np.int16], row: Ints, one: Ints, other: Ints, years: int) -> Ints:
        """How many in the years before a row."""
        return (totals[row, one, other] - totals[np.maximum(row - years, 0), one, other]).astype(np.int64)


def alliances(world: World, first: int, last: int) -> tuple[Ints, Ints, Ints, Ints, Ints, dict[str, int]]:
    """Row, A, B, pact and level of each pair of founders of each pact of ATOP; and a tally."""
    panel = world.panel
    table = world.pacts
    parties: dict[str, list[tuple[int, int]]] = {}
    for row in table.select(["id", "begun", "actor", "valid_from"]).to_pylist():
        year = row["begun"].year if row["begun"] else 0
        if not (first <= year <= last) or row["valid_from"] is None or row["valid_from"].year != year:
            continue
        places = panel.system.holders.get(row["actor"])
        at = year - panel.years[0]
        if places is not None and places[1, at] >= 0:
            parties.setdefault(row["id"], []).append((at, int(places[1, at])))
    found: list[tuple[int, int, int, int]] = []
    tally = {"pacts": 0, "wide": 0}
    for number, its in enumerate(parties.values()):
        members = sorted({place for _, place in its})
        if len(members) > WIDEST:
            tally["wide"] += 1
            continue
        pairs = [(a, b) for n, a in enumerate(members) for b in members[n + 1 :]]
        tally["pacts"] += bool(pairs)
        found += [(its[0][0], a, b, number) for a, b in pairs]
    row, a, b, pact = np.array(found, np.int64).T
    level = np.maximum(world.level[row, a, b], 1).astype(np.int64)
    return row, a, b, pact, level, tally


def thirds(world: World, row: Ints, a: Ints, b: Ints, pact: Ints, level: Ints) -> Triads:
    """Every politically relevant C as of the year before, founders of the pact left out.

    Relevant: contiguous to A or B by land or over up to 150 miles of water, or a major power with either.
    """
    back = row - 1
    states = world.member.shape[1]
    relevant = world.near | world.major[:, :, None] | world.major[:, None, :]
    relevant = relevant & world.together
    here = (relevant[back, :, a] | relevant[back, :, b]) & world.member[back] & world.member[row]
    for party in (a, b):
        here &= world.together[back, :, party]
    founders = np.zeros((pact.max() + 1, states), bool)
    founders[pact, a] = founders[pact, b] = True
    here &= ~founders[pact]
    at, c = np.nonzero(here)
    return Triads(row[at], a[at], b[at], c, pact[at], level[at])


def features(world: World, its: Triads) -> dict[str, Floats]:
    """What was known of each case at the end of the year before the pact, by name."""
    back, a, b, c = its.row - 1, its.a, its.b, its.c

    def both(grid: NDArray[np.generic]) -> tuple[Floats, Floats]:
        return grid[back, c, a].astype(float), grid[back, c, b].astype(float)

    recent = {
        years: tuple(world.since(world.onsets_so_far, its.row, c, party, years) for party in (a, b))
        for years in (10, 25)
    }
    behind = Past(
        tuple(world.peace[its.row, c, party].astype(float) for party in (a, b)),
        tuple(world.before[its.row, c, party].astype(float) for party in (a, b)),
        recent,
        tuple(world.since(world.began_so_far, its.row, c, party, 25) for party in (a, b)),
    )
    foe = [recent[10][side] > 0 for side in (0, 1)]
    rival = both(world.rival)
    far, near = both(world.far), both(world.near)
    power = world.cinc[back, c]
    sides = world.cinc[back, a], world.cinc[back, b]
    friend = [side > 0 for side in both(world.defence)]
    fall, gained = np.zeros(len(c)), np.zeros(len(c))
    strain = np.zeros(len(c))
    for at, other in ((0, 1), (1, 0)):
        own = np.maximum(power, 1e-6)
        gain = sides[other] * (its.level == 3)
        fall += foe[at] * (own / (own + sides[at]) - own / (own + sides[at] + gain))
        gained += foe[at] * sides[other]
        strain += foe[at] & friend[other] & ~foe[other]
    hostile = foes_of(world, back)
    entangled = sum(friend[at] * hostile[np.arange(len(c)), party] for at, party in ((0, b), (1, a)))
    share = [np.nan_to_num(world.share[back, party, c].astype(float)) for party in (a, b)]
    weight = [sides[other] / np.maximum(sides[other] + power, 1e-6) for other in (1, 0)]
    return past(behind) | {
        "rival": np.fmax(*rival),
        "rival_both": rival[0] * rival[1],
        "far_least": np.log1p(np.fmin(*far)),
        "near": np.fmax(*near),
        "major": (world.major[back, c]).astype(float),
        "power": np.log(np.maximum(power, 1e-5)),
        "power_of_pair": np.log(np.maximum(np.fmax(*sides), 1e-5)),
        "strengthened": fall,
        "power_gained_by_foe": gained,
        "similarity_shift": _shift(world, its),
        "leverage_lost": share[0] * weight[0] + share[1] * weight[1],
        "entrapment": np.log1p(entangled),
        "ally_in_pact": (friend[0] | friend[1]).astype(float),
        "balance_strain": strain,
        "foes_of_pair": hostile[np.arange(len(c)), a] + hostile[np.arange(len(c)), b],
        "foe_count": hostile[np.arange(len(c)), c],
    }


def foes_of(world: World, rows: Ints) -> Floats:
    """With how many states each had a dispute begin in the ten years up to a row; shape (cases, states)."""
    names, at = np.unique(rows, return_inverse=True)
    totals = world.onsets_so_far
    counted = np.stack([(totals[row + 1] - totals[max(row - 9, 0)] > 0).sum(1) for row in names])
    return np.log1p(counted)[at].astype(float)


def _shift(world: World, its: Triads) -> Floats:
    """How the S-scores of C with A and with B change by the pact alone, all else as the year before."""
    back, count = its.row - 1, world.member[its.row - 1].sum(1)
    found = np.zeros(len(back))
    for one, other in ((its.a, its.b), (its.b, its.a)):
        held, theirs = world.level[back, one, other], world.level[back, its.c, other]
        after = np.maximum(held, its.level)
        found += 2.0 / 3.0 * (np.abs(held - theirs) - np.abs(after - theirs)) / count
    return found


def outcomes(world: World, its: Triads, only: str = "") -> dict[str, Floats]:
    """What came in the five years behind the pact: 1 or 0, NaN where a source does not cover it."""

    def within(grid: Bools, last: int) -> Floats:
        found = np.zeros(len(its.row), bool)
        for step in range(1, AHEAD + 1):
            row = np.minimum(its.row + step, len(world.panel.years) - 1)
            found |= grid[row, its.c, its.a] | grid[row, its.c, its.b]
        covered = its.row + AHEAD <= last - world.panel.years[0]
        return np.where(covered, found, np.nan)

    made = {
        BEGINS: lambda: within(world.began, 2010),
        DISPUTE: lambda: within(world.first, 2010),
        "A or B begins it (GML: side A)": lambda: within(world.began.transpose(0, 2, 1), 2010),
        "a dispute, joiners too (GML)": lambda: within(world.onset, 2010),
        "a dispute, joiners too (MID 5.0)": lambda: within(world.onset_mid, 2014),
        "alliances grow less alike": lambda: _alike(world, its),
        "UN votes grow apart": lambda: _apart(world, its),
        "arms build-up": lambda: _arms(world, its),
    }
    return {name: make() for name, make in made.items() if only in ("", name)}


def similar(world: World, row: Ints, one: Ints, other: Ints, drop: Sequence[Ints]) -> Floats:
    """The S-score of two states over all members but some: what the pact does to S by itself is left out."""
    found = np.full(len(row), np.nan)
    row = np.minimum(row, len(world.panel.years) - 1)
    for year in np.unique(row):
        at = np.flatnonzero(row == year)
        member = world.member[year]
        levels = world.level[year]
        for part in np.array_split(at, max(1, len(at) // 2000)):
            kept = np.tile(member, (len(part), 1))
            for each in drop:
                kept[np.arange(len(part)), each[part]] = False
            gap = np.abs(levels[one[part]] - levels[other[part]]) * kept
            score = 1.0 - 2.0 / 3.0 * gap.sum(1) / kept.sum(1)
            there = world.member[year, one[part]] & world.member[year, other[part]]
            found[part] = np.where(there, score, np.nan)
    return found


def moved_apart(world: World, its: Triads, ahead: int, behind: int) -> Floats:
    """The greater fall of S of C with A or with B between two years, the parties and C left out."""
    drop = (its.a, its.b, its.c)
    falls = [
        similar(world, its.row + behind, its.c, party, drop)
        - similar(world, its.row + ahead, its.c, party, drop)
        for party in (its.a, its.b)
    ]
    return np.fmax(*falls)


def _alike(world: World, its: Triads) -> Floats:
    return _beyond_usual(its, moved_apart(world, its, AHEAD, -1), 0.1)


def _beyond_usual(its: Triads, change: Floats, much: float) -> Floats:
    """Whether a change exceeds the median of the cases of its year by so much; NaN where unknown."""
    found = np.full(len(change), np.nan)
    for row in np.unique(its.row):
        at = np.flatnonzero((its.row == row) & np.isfinite(change))
        found[at] = change[at] > np.median(change[at]) + much if len(at) else np.nan
    return found


def votes_apart(world: World, its: Triads, ahead: int, behind: int) -> Floats:
    """The greater growth of the distance of ideal points of C to A or to B between two years."""
    last = len(world.panel.years) - 1

    def gap(party: Ints, step: int) -> Floats:
        row = np.clip(its.row + step, 0, last)
        return np.abs(world.ideal[row, its.c] - world.ideal[row, party])

    return np.fmax(*(gap(party, ahead) - gap(party, behind) for party in (its.a, its.b)))


def _apart(world: World, its: Triads) -> Floats:
    return _beyond_usual(its, votes_apart(world, its, AHEAD, -1), 0.3)


def armed(world: World, its: Triads, ahead: int, behind: int) -> Floats:
    """The log growth of C's military expenditure between two years over the median of all states."""
    last = len(world.panel.years) - 1
    spent = np.log(np.where(world.milex > 0.0, world.milex, np.nan))
    after, before = np.clip(its.row + ahead, 0, last), np.clip(its.row + behind, 0, last)
    growth = spent[after] - spent[before]
    with np.errstate(all="ignore"):
        usual = np.nanmedian(growth, axis=1)
    return growth[np.arange(len(usual)), its.c] - usual


def _arms(world: World, its: Triads) -> Floats:
    growth = armed(world, its, AHEAD, -1)
    return np.where(np.isfinite(growth), growth > np.log(1.5), np.nan)
