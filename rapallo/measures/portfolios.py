"""How alike the alliances of two states are in a year, from what a panel holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.coding import Coding, load_coding
from rapallo.measures.panel import Panel
from rapallo.measures.similarity import Difference, Joint, cohen_kappa, joint, s_score, scott_pi, tau_b
from rapallo.measures.yearly import Yearly

__all__ = ["MEASURES", "portfolio", "similarities", "similarity"]

Floats = NDArray[np.float64]

S_SCORE = (
    "Signorino & Ritter (1999), Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy Positions"
)
HAEGE = (
    "Haege (2011), Choice or Circumstance? Adjusting Measures of Foreign Policy Similarity for Chance "
    "Agreement"
)
PI = f"Scott (1955), Reliability of Content Analysis: The Case of Nominal Scale Coding; {HAEGE}"
KAPPA = (
    "Cohen (1960), A Coefficient of Agreement for Nominal Scales; Cohen (1968), Weighted Kappa: Nominal "
    f"Scale Agreement with Provision for Scaled Disagreement or Partial Credit; {HAEGE}"
)
TAU = (
    "Bueno de Mesquita (1975), Measuring Systemic Polarity; Kendall (1945), The Treatment of Ties in Ranking "
    "Problems"
)

S_EQUATION = "S(i, j) = 1 - 2 sum over k of w(k) d(x(i, k), x(j, k)) / sum over k of w(k)"
CHANCE = (
    "1 - observed / expected; observed = mean over k of d(x(i, k), x(j, k)); expected = sum over "
    "levels a, b of "
)
PI_EQUATION = CHANCE + "m(a) m(b) d(a, b), with m the mean of the shares of the levels in the two portfolios"
KAPPA_EQUATION = (
    CHANCE + "p(a) q(b) d(a, b), with p and q the shares of the levels in the one and the other portfolio"
)
TAU_EQUATION = (
    "tau-b(i, j) = (C - D) / sqrt((N - T(i)) (N - T(j))) over the N pairs of states k: C ordered alike by "
    "both portfolios, D ordered against each other, T(i) at one level in i's portfolio"
)
FORMS: Mapping[Difference, str] = {
    "absolute": "d = |a - b| / maximum of the coding",
    "squared": "d = ((a - b) / maximum of the coding)^2",
    "binary": "d = 1 where one level is 0 and the other is not, else 0",
    "nominal": "d = 1 where the levels differ, else 0",
}

CODING = (
    "From coding.yaml: defence and offence 3, neutrality and consultation 2, non-aggression 1, none "
    "0; of several the most counts; the scale ends at 3 whether it occurs or not. A portfolio is what "
    "a state owes (directed, not made symmetric) to all that were members of the state system on any "
    "day of the year, to itself the maximum."
)
FPSIM = (
    "Unlike the function kallyv of the R package fpsim, distances are those of the whole scale, not "
    "of the ranks of the levels that the two portfolios happen to hold."
)
EXAMPLE = "United Kingdom and France in 1914: 0.590, there 0.483."
NOMINAL = (
    "The function pallyv of the R package fpsim gives this under the name of valued pi: it does not "
    "see how far two levels are apart."
)
WEIGHTED = (
    "A member without an index of capability is left out of the sums as one towards which obligations "
    "are held, while its own portfolio is still compared: Rapallo's choice, which bears on 1990 alone, "
    "a year outside what its values were checked against."
)
MISSING = (
    "No value where the two were not members together, of a state with itself, or where the source of "
    "the obligations does not cover the year; a pair that it does not list has no obligation."
)
CHECKED = (
    "against independent values in R of all 35,101 pairs of 1816, 1850, 1900, 1914, 1950, 1980 and 1995 from "
    "ATOP 5.1 and CINC of NMC 7.0: equal within 1e-9; and by hand on small portfolios"
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one of the measures is made from the joint distribution of levels."""

    title: str
    equation: str
    citation: str
    compute: Callable[[Joint], Floats]
    weighted: bool = False
    note: str = ""
    limits: str = ""
    unit: str = "-1 (opposed) to 1 (alike)"


ADJUSTED = "1 where alike, 0 where as alike as by chance, less than 0 where less so"
CHANCE_LIMITS = (
    "Most pairs of states have no obligation: expected disagreement is small and a single obligation "
    "moves the value much. No value where both portfolios are at one and the same level throughout."
)
S_LIMITS = (
    "Not adjusted for chance: as most states owe each other nothing, unallied states look alike, and "
    "the more so the more members the system has."
)
TAU_LIMITS = (
    "Orders, not distances: portfolios that order alike at different levels count as alike. No value "
    "where a portfolio is at one level throughout."
)


def _s(title: str, form: Difference, *, weighted: bool = False) -> _Kind:
    equation = f"{S_EQUATION}; {FORMS[form]}; w = {'CINC of k' if weighted else '1'}"
    return _Kind(
        title,
        equation,
        S_SCORE,
        lambda of: s_score(of, form),
        weighted,
        WEIGHTED if weighted else "",
        S_LIMITS,
    )


def _pi(title: str, form: Difference, note: str = "") -> _Kind:
    equation = f"pi(i, j) = {PI_EQUATION}; {FORMS[form]}"
    return _Kind(
        title, equation, PI, lambda of: scott_pi(of, form), note=note, limits=CHANCE_LIMITS, unit=ADJUSTED
    )


def _kappa(title: str, form: Difference, note: str = "") -> _Kind:
    equation = f"kappa(i, j) = {KAPPA_EQUATION}; {FORMS[form]}"
    return _Kind(
        title,
        equation,
        KAPPA,
        lambda of: cohen_kappa(of, form),
        note=note,
        limits=CHANCE_LIMITS,
        unit=ADJUSTED,
    )


KINDS: Mapping[str, _Kind] = {
    "s-score": _s("S with absolute distances of levels", "absolute"),
    "s-score-squared": _s("S with squared distances of levels", "squared"),
    "s-score-binary": _s("S of whether there is any obligation", "binary"),
    "s-score-weighted": _s("S with absolute distances, weighted by capability", "absolute", weighted=True),
    "s-score-weighted-squared": _s(
        "S with squared distances, weighted by capability", "squared", weighted=True
    ),
    "pi": _pi("Scott's pi with squared distances of levels", "squared"),
    "kappa": _kappa("Cohen's kappa with squared distances of levels", "squared", f"{FPSIM} {EXAMPLE}"),
    "pi-absolute": _pi("Scott's pi with absolute distances of levels", "absolute"),
    "kappa-absolute": _kappa("Cohen's kappa with absolute distances of levels", "absolute", FPSIM),
    "pi-binary": _pi("Scott's pi of whether there is any obligation", "binary"),
    "kappa-binary": _kappa("Cohen's kappa of whether there is any obligation", "binary"),
    "pi-nominal": _pi("Scott's pi of levels that are the same or not", "nominal", NOMINAL),
    "tau-b": _Kind(
        "Kendall's tau-b of the levels of obligations", TAU_EQUATION, TAU, tau_b, limits=TAU_LIMITS
    ),
}


def portfolio(panel: Panel, row: int, coding: Coding | None = None) -> Floats:
    """What each state owes to each in the year at a position; shape (states, states).

    Args:
        panel: the panel.
        row: position of the year.
        coding: how much each obligation counts; by default the one that comes with Rapallo.

    Returns:
        Levels of the coding, the maximum of each member towards itself; NaN for others than members, and
        everywhere in a year that the source of an obligation does not cover.
    """
    rules = load_coding() if coding is None else coding
    found = np.full((len(panel.system.codes),) * 2, np.nan)
    obligations = {name: panel.pairs(name, rules.dataset) for name in rules.obligations}
    if not all(cells.covered[row] for cells in obligations.values()):
        return found
    member = np.flatnonzero(panel.system.member[row])
    held = np.zeros_like(found)
    for name, cells in obligations.items():
        np.maximum(held, rules.obligations[name] * (cells.year(row, absent=0.0) > 0.0), out=held)
    np.fill_diagonal(held, rules.maximum)
    among = np.ix_(member, member)
    found[among] = held[among]
    return found


def similarity(panel: Panel, row: int, name: str, coding: Coding | None = None) -> Floats:
    """One measure of how alike the alliances of each two states are in a year; shape (states, states).

    Args:
        panel: the panel.
        row: position of the year.
        name: one of those in ``MEASURES``, such as ``s-score``.
        coding: how much each obligation counts; by default the one that comes with Rapallo.

    Raises:
        InputError: where there is no measure of that name.
    """
    return similarities(panel, row, coding, names=(name,))[name]


def similarities(
    panel: Panel, row: int, coding: Coding | None = None, *, names: Iterable[str] = tuple(KINDS)
) -> dict[str, Floats]:
    """Several measures of a year at once, by name; each of shape (states, states).

    Raises:
        InputError: where there is no measure of a name.
    """
    asked = tuple(names)
    if unknown := next((name for name in asked if name not in KINDS), None):
        msg = f"{unknown} is no measure of how alike alliances are"
        raise InputError(msg, hint=f"there are {', '.join(KINDS)}")
    levels = (load_coding() if coding is None else coding).levels
    held = portfolio(panel, row, coding)
    member = np.flatnonzero(~np.isnan(held.diagonal()))
    among = np.ix_(member, member)
    together = panel.system.together[row][among]
    weighings = {KINDS[name].weighted for name in asked}
    weights = {
        weighing: panel.trait("cinc", "nmc")[row, member] if weighing else None for weighing in weighings
    }
    joints = {weighing: joint(held[among], levels, weights[weighing]) for weighing in weighings}
    found = {}
    for name in asked:
        kind = KINDS[name]
        found[name] = np.full_like(held, np.nan)
        found[name][among] = np.where(together, kind.compute(joints[kind.weighted]), np.nan)
    return found


def _measure(name: str, kind: _Kind) -> Yearly:
    card = Card(
        id=name,
        kind="measure",
        definition=f"How alike the alliances of two states are: {kind.title}.",
        equation=kind.equation,
        inputs=(
            "dyad: atop_defence, atop_offence, atop_neutrality, atop_consultation, atop_non_aggression",
            *(("trait: cinc (NMC)",) if kind.weighted else ()),
        ),
        unit=kind.unit,
        citation=kind.citation,
        limits=kind.limits,
        coding=f"{CODING} {kind.note}".strip(),
        missing=MISSING + (" Nor where no member has an index of capability." if kind.weighted else ""),
        coverage="all members of the state system; 1816 to 2018 with ATOP 5.1"
        + (", CINC 1816 to 2022 with NMC 7.0" if kind.weighted else ""),
        checked=CHECKED,
    )
    return Yearly(card, "pair", partial(similarity, name=name))


MEASURES: tuple[Yearly, ...] = tuple(_measure(name, kind) for name, kind in KINDS.items())
