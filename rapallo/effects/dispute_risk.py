"""Which third states are likely to have a dispute with two others in five years: persistence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rapallo.effects.fitted import fitted
from rapallo.effects.logit import Logit
from rapallo.errors import InputError
from rapallo.measures import Card
from rapallo.measures.disputes import history
from rapallo.measures.geography import capital_distance, contiguity
from rapallo.measures.panel import Panel

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["CARD", "NAMES", "Past", "dispute_risk", "past", "track"]

Floats = NDArray[np.float64]
Both = tuple[Floats, Floats]
"""Values of third states towards the one and the other."""

CARD = Card(
    id="dispute_risk",
    kind="reaction",
    definition="For two states and a third: the chance that a militarised dispute begins between the third "
    "and either of the two, both in it from its beginning, in the five years behind a year. It is told from "
    "past disputes, distance and capabilities; whether the two sign anything is no part of it.",
    equation="P = 1 / (1 + exp(-(intercept + sum of weight * (x - mean) / spread)))",
    inputs=(
        "dyad: dispute_ongoing, dispute_onset, dispute_side_a, dispute_originator of gml",
        "capital-distance, contiguity, cow_major_power, cinc",
    ),
    unit="probability",
    citation="Fitted for Rapallo on Gibler, Miller & Little (2016), An Analysis of the Militarized "
    "Interstate Dispute (MID) Dataset, 1816-2001 (gml 2.2.1), with pacts of ATOP 4.01 (Leeds, Ritter, "
    "Mitchell & Long 2002) 1870 to 2005; counting of years after Beck, Katz & Tucker (1998), Taking Time "
    "Seriously",
    limits="A ranking of who was hostile already, the same whether or not anybody signs: effects of a pact "
    "made it worse. It tells some 11% too many disputes, and ranks poorly in the decades of the world wars; "
    "see docs/history.md. Fitted on data whose terms allow no commercial use; its coefficients are "
    "made from data of your own (fitted.py), as those terms do not let them ship.",
    coding="What is known ends with the year before the one asked for. Contiguous: by land or over up to "
    "150 miles of water. No rivalry codes, which are made in hindsight.",
    missing="It is refused where the record has no gml, or that does not reach to the year before.",
    coverage="Members of the COW system, 1870 to 2011 (gml ends with 2010).",
    checked="Rolling origin by decade, 1900 to 2005; see docs/history.md.",
)

NAMES = (
    *(
        "peace_least",
        "peace_most",
        "before_most",
        "before_sum",
        "recent_10",
        "recent_25",
        "begun_25",
        "young",
    ),
    *("far_least", "near", "major", "power", "power_of_pair"),
)
"""The names of what the model is told, in the order of its weights."""


class Past:
    """What lies behind third states and two others, each of two arrays: towards the one, towards the other.

    Attributes:
        peace: years of peace.
        before: years with the onset of a dispute since 1816.
        recent: of these the onsets of the last 10 and 25 years.
        begun: disputes of 25 years that the third began.
    """

    __slots__ = ("before", "begun", "peace", "recent")

    def __init__(self, peace: Both, before: Both, recent: Mapping[int, Both], begun: Both) -> None:
        self.peace, self.before, self.recent, self.begun = peace, before, recent, begun


def past(its: Past) -> dict[str, Floats]:
    """The first eight of ``NAMES``: logs of one more than years and counts.

    ``young`` marks pairs not yet two years old.

    Examples:
        >>> year = np.array([3.0]), np.array([0.0])
        >>> none = np.array([0.0]), np.array([0.0])
        >>> found = past(Past(year, none, {10: none, 25: none}, none))
        >>> found["peace_most"].round(3).item(), found["young"].item()
        (1.386, 0.0)
    """
    peace, before = ([np.log1p(np.maximum(each, 0.0)) for each in both] for both in (its.peace, its.before))
    return {
        "peace_least": np.fmin(*peace),
        "peace_most": np.fmax(*peace),
        "before_most": np.fmax(*before),
        "before_sum": np.log1p(np.expm1(before[0]) + np.expm1(before[1])),
        "recent_10": np.log1p(its.recent[10][0] + its.recent[10][1]),
        "recent_25": np.log1p(its.recent[25][0] + its.recent[25][1]),
        "begun_25": np.log1p(its.begun[0] + its.begun[1]),
        "young": ((its.peace[0] < 2) & (its.before[0] == 0)).astype(np.float64),
    }


def _fitted() -> Mapping[str, Any]:
    return fitted("dispute_risk", "history")


def _model() -> Logit:
    weights, means, spreads = np.array([_fitted()["features"][name] for name in NAMES]).T
    return Logit(_fitted()["intercept"], weights, means, spreads)


def track() -> Mapping[str, float]:
    """What the ranking reached on decades it was not fitted on: ``auc, brier, slope, told_over_came``."""
    found: Mapping[str, float] = _fitted()["track"]
    return found


def dispute_risk(record: Record, one: str, other: str, year: int) -> Mapping[str, float]:
    """The chance of a dispute of each third state with either of two, in the five years behind a year.

    Args:
        record: the record, with gml, nmc, cow-contiguity-years, cow-capitals and cow-system.
        one: a state.
        other: another.
        year: what is known ends with the one before.

    Returns:
        By state, the likeliest first; all that were members together with both in the year before.

    Raises:
        InputError: where gml does not reach to the year before, or either was no member then.
    """
    panel = Panel(record, year - 25, year)
    if not panel.holds(["gml"]) or not panel.covered([*panel.cited(["gml"])])[-2]:
        msg = f"the record has no disputes of {year - 1}"
        raise InputError(msg, hint="load gml, which ends with 2010")
    a, b = (panel.system.position(state, year - 1) for state in (one, other))
    together = panel.system.together[-2]
    c = np.flatnonzero(together[a] & together[b])
    x = np.column_stack([_told(panel, a, b, c)[name] for name in NAMES])
    ids = panel.system.ids(year - 1)
    told = sorted(zip(-_model().probability(x), (ids[at] for at in c), strict=True))
    return {state: float(-chance) for chance, state in told}


def _told(panel: Panel, a: int, b: int, c: NDArray[np.intp]) -> dict[str, Floats]:
    its, last = history(panel), len(panel.years) - 2

    def both(grid: NDArray[Any]) -> Both:
        return grid[c, a].astype(np.float64), grid[c, b].astype(np.float64)

    def onsets(name: str) -> NDArray[Any]:
        return panel.pairs(name, "gml").block(0, last + 1, absent=0.0) > 0

    onset = onsets("dispute_onset")
    first = onsets("dispute_originator")
    begun = onset & first & first.transpose(0, 2, 1) & onsets("dispute_side_a")
    # The last year is not over where peace is counted: it stands as at the end of the year before it.
    behind = Past(
        both(_end(its.peace[last], panel.pairs("dispute_ongoing", "gml").year(last, absent=0.0) > 0)),
        both(its.before[last] + onset[last]),
        {years: both(onset[-years:].sum(0)) for years in (10, 25)},
        both(begun.sum(0)),
    )
    far, near = both(capital_distance(panel, last)), both(contiguity(panel, last))
    power = np.nan_to_num(panel.trait("cinc", "nmc")[last], nan=0.0)
    major = np.nan_to_num(panel.trait("cow_major_power", "cow-system")[last], nan=0.0) > 0
    return past(behind) | {
        "far_least": np.log1p(np.fmin(*far)),
        "near": (((near[0] >= 1) & (near[0] <= 4)) | ((near[1] >= 1) & (near[1] <= 4))).astype(np.float64),
        "major": major[c].astype(np.float64),
        "power": np.log(np.maximum(power[c], 1e-5)),
        "power_of_pair": np.full(len(c), np.log(max(power[a], power[b], 1e-5))),
    }


def _end(peace: NDArray[np.int16], fought: NDArray[np.bool_]) -> Floats:
    """Years of peace as they stand behind a year, from those at its beginning."""
    return np.where(fought, 0.0, peace + 1.0)
