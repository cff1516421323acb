"""What is known as of a day of how a third state answers to two others, and stands to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rapallo.effects.dealings import ACTS, BINDING, Dealings
from rapallo.measures.panel import Panel
from rapallo.measures.registry import yearly_measure
from rapallo.measures.rivalry import rivalry

__all__ = [
    "ANSWERS",
    "COUNTER",
    "HORIZONS",
    "RECORD",
    "SILENCE",
    "STANDING",
    "WINDOWS",
    "Cases",
    "came",
    "cases",
    "counts",
    "members",
    "standing",
    "with_counter",
]

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Bools = NDArray[np.bool_]

COUNTER = "counter_bind"
SILENCE = "silence"
ANSWERS = (*ACTS, COUNTER, SILENCE)
"""What a third state can do: ask, reassure, criticise, punish, counter_bind (bind itself to a rival of one of
the two), or none of these (silence)."""

HORIZONS = (14, 30, 90)
"""Days, counted from the day behind the move."""

WINDOWS = (30, 90, 365)
"""Days that counts look back over, the day of the move being the last."""


RECORD = tuple(f"{kind}_{window}" for kind in (*ACTS, COUNTER, "any", "from", "pair") for window in WINDOWS)
"""The names of ``counts``."""

STANDING = (
    *("alike_most", "alike_least", "apart_least", "apart_most", "rival", "ally", "depends", "depended_on"),
    *("far_least", "near", "power", "power_of_pair"),
)
"""The names of ``standing``."""


@dataclass(frozen=True)
class Cases:
    """Moves of two states and a third; all of shape (cases,), states as positions in the dealings.

    Attributes:
        day: of the move, days since 1970.
        a: the one party.
        b: the other.
        c: the third state.
        feud: whether the parties are rivals of each other, so that binding itself to one counters the other.
    """

    day: Longs
    a: Longs
    b: Longs
    c: Longs
    feud: Bools

    @property
    def years(self) -> Longs:
        """The year of each move."""
        return years_of(self.day)

    def take(self, at: Longs | Bools) -> Cases:
        """Some of them."""
        return Cases(self.day[at], self.a[at], self.b[at], self.c[at], self.feud[at])


def cases(acts: Dealings, panel: Panel, day: Longs, a: Longs, b: Longs, c: Longs) -> Cases:
    """The cases of moves and third states, with feuds as of the year before."""
    found = Cases(day, a, b, c, np.zeros(len(day), bool))
    for year in np.unique(found.years):
        its = np.flatnonzero(found.years == year)
        found.feud[its] = _grid(acts, panel, int(year) - 1, rivalry)[a[its], b[its]] > 0.0
    return found


def years_of(day: Longs) -> Longs:
    """The years of days since 1970."""
    found: Longs = day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return found


def with_counter(acts: Dealings, panel: Panel) -> Dealings:
    """The dealings with one more kind: to bind oneself to a rival of another is done to that other.

    Rivals are those of the year before the act, in ``tss-rivalries``.
    """
    one, other, day = acts.split(BINDING)
    years = years_of(day)
    keys = [np.empty(0, np.int64)]
    for year in np.unique(years):
        its = np.flatnonzero(years == year)
        foes = _grid(acts, panel, int(year) - 1, rivalry) > 0.0
        for target in np.unique(other[its]):
            at = its[other[its] == target]
            for foe in np.flatnonzero(foes[target]):
                keep = at[one[at] != foe]
                keys.append(acts.key(one[keep], np.full(len(keep), foe), day[keep]))
    return acts.with_kind(COUNTER, np.concatenate(keys))


def _toward(acts: Dealings, kind: str, cases: Cases, first: Longs, last: Longs) -> Longs:
    """On how many days the third state acted so towards each of the two, added up."""
    found = acts.count(kind, cases.c, cases.a, first, last) + acts.count(kind, cases.c, cases.b, first, last)
    if kind == COUNTER:  # what it agrees with one of the two is not against the other, be they rivals
        for party in (cases.a, cases.b):
            found = found - cases.feud * acts.count(BINDING, cases.c, party, first, last)
    kept: Longs = np.maximum(found, 0)
    return kept


def came(acts: Dealings, answer: str, cases: Cases, horizon: int) -> Bools:
    """Whether the third state gave an answer in so many days behind the move; shape (cases,)."""
    first, last = cases.day + 1, cases.day + horizon
    if answer == SILENCE:
        said = [came(acts, each, cases, horizon) for each in (*ACTS, COUNTER)]
        silent: Bools = ~np.any(said, axis=0)
        return silent
    found: Bools = _toward(acts, answer, cases, first, last) > 0
    return found


def counts(acts: Dealings, cases: Cases) -> dict[str, Floats]:
    """Logs of one more than counts of acts up to the day of the move, by name; each of shape (cases,).

    ``ask_30``: on how many days of the last 30 the third state asked something of either party; so for each
    answer and window. ``any_90``: all its acts towards them; ``from_90``: all of theirs towards it.
    ``pair_30``: acts of the two between themselves.
    """
    found: dict[str, Floats] = {}
    for window in WINDOWS:
        first = cases.day - window + 1
        for kind in (*ACTS, COUNTER, "any"):
            found[f"{kind}_{window}"] = np.log1p(_toward(acts, kind, cases, first, cases.day))
        got = sum(acts.count("any", party, cases.c, first, cases.day) for party in (cases.a, cases.b))
        found[f"from_{window}"] = np.log1p(got)
        among = acts.count("any", cases.a, cases.b, first, cases.day)
        found[f"pair_{window}"] = np.log1p(among + acts.count("any", cases.b, cases.a, first, cases.day))
    return found


def standing(acts: Dealings, panel: Panel, cases: Cases) -> dict[str, Floats]:
    """How the third state stands to the two in the year before the move, by name; NaN where it is not known.

    Likeness of alliances and distance of ideal points (to the nearer and the farther party), rivalry with
    either, a defence pact with either, dependence on and of them in trade, distance, contiguity, and
    capabilities.
    """
    found: dict[str, Floats] = {}
    years = cases.years
    for year in np.unique(years):
        at = np.flatnonzero(years == year)
        its = cases.take(at)
        for name, values in _standing(acts, panel, its, int(year) - 1).items():
            found.setdefault(name, np.full(len(years), np.nan))[at] = values
    return found


def _standing(acts: Dealings, panel: Panel, its: Cases, year: int) -> Mapping[str, Floats]:
    def of(name: str, *, back: bool = False) -> tuple[Floats, Floats]:
        grid = _grid(acts, panel, year, yearly_measure(name).compute)
        sides = [(party, its.c) if back else (its.c, party) for party in (its.a, its.b)]
        return grid[sides[0]], grid[sides[1]]

    alike, apart, far = of("s-score"), of("un-ideal-distance"), of("capital-distance")
    on, by = of("trade-dependence"), of("trade-dependence", back=True)
    near, rival = of("contiguity"), of("rivalry")
    power = _of_states(acts, panel, year, lambda panel, row: panel.carried("cinc", "nmc")[row])
    pact = _grid(acts, panel, year, lambda panel, row: panel.pairs("atop_defence").year(row, absent=0.0))
    return {
        "alike_most": np.fmax(*alike),
        "alike_least": np.fmin(*alike),
        "apart_least": np.fmin(*apart),
        "apart_most": np.fmax(*apart),
        "rival": np.fmax(*rival),
        "ally": np.fmax(pact[its.c, its.a], pact[its.c, its.b]),
        "depends": np.log1p(1000.0 * np.fmax(*on)),
        "depended_on": np.log1p(1000.0 * np.fmax(*by)),
        "far_least": np.log1p(np.fmin(*far)),
        "near": ((near[0] > 0.0) | (near[1] > 0.0)).astype(np.float64),
        "power": np.log(np.maximum(power[its.c], 1e-6)),
        "power_of_pair": np.log(np.maximum(np.fmax(power[its.a], power[its.b]), 1e-6)),
    }


def members(acts: Dealings, panel: Panel, year: int) -> Bools:
    """Whether each state of the dealings was a member of the panel's system in a year; shape (states,)."""
    return _places(acts, panel, year - panel.years[0]) >= 0


Compute = Callable[[Panel, int], Floats]


def _places(acts: Dealings, panel: Panel, row: int) -> Longs:
    holders = panel.system.holders
    return np.array([holders[s][1, row] if s in holders else -1 for s in acts.states], np.int64)


def _grid(acts: Dealings, panel: Panel, year: int, compute: Compute) -> Floats:
    """A measure of pairs in a year, laid down by the positions of the dealings."""
    row = year - panel.years[0]
    places = _places(acts, panel, row)
    here = np.flatnonzero(places >= 0)
    found = np.full((len(places), len(places)), np.nan)
    found[np.ix_(here, here)] = compute(panel, row)[np.ix_(places[here], places[here])]
    return found


def _of_states(acts: Dealings, panel: Panel, year: int, compute: Compute) -> Floats:
    row = year - panel.years[0]
    places = _places(acts, panel, row)
    values = compute(panel, row)
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)
