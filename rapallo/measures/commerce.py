"""How much of its trade, and of its product, ties a state to each partner, and how few partners it has.

All is of goods, in one year. A flow that is reported as zero counts as zero; a flow that is missing makes the
trade of its pair missing and is left out of totals; a state outside the system is neither. Totals are those
that the state reports where these are not below the sum of its recorded flows.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = [
    "KNOWN",
    "MEASURES",
    "asymmetry",
    "between",
    "dependence",
    "herfindahl",
    "hirschman",
    "interdependence",
    "salience",
    "shares",
    "symmetry",
    "totals",
    "trade_dependence",
    "trade_share",
]

Floats = NDArray[np.float64]

KNOWN = 0.5
"""Concentration has a value where the partners whose trade is recorded make up this part of all trade."""


def between(sent: Floats) -> Floats:
    """The trade of each pair, both ways together; symmetric, NaN where either way is missing.

    Args:
        sent: flows from each to each; shape (states, states), NaN where missing.

    Examples:
        >>> between(np.array([[np.nan, 3.0], [0.0, np.nan]])).tolist()
        [[nan, 3.0], [3.0, nan]]
    """
    return sent + sent.T


def totals(sent: Floats, exports: Floats, imports: Floats) -> Floats:
    """All trade of each state: of exports, and of imports, the reported total or the sum if that is larger.

    Args:
        sent: flows from each to each; shape (states, states), NaN where missing.
        exports: as reported; shape (states,), NaN where missing.
        imports: as reported; shape (states,), NaN where missing.

    Returns:
        Shape (states,); NaN where exports, or imports, are neither reported nor recorded with any partner.

    Examples:
        >>> sent = np.array([[np.nan, 3.0], [2.0, np.nan]])
        >>> totals(sent, np.array([10.0, np.nan]), np.array([1.0, np.nan])).tolist()
        [12.0, 5.0]
    """
    found: Floats = np.fmax(exports, _sum(sent, 1)) + np.fmax(imports, _sum(sent, 0))
    return found


def shares(trade: Floats, total: Floats) -> Floats:
    """The share of each partner in all trade of a state, from state to partner; NaN where that is zero.

    Examples:
        >>> shares(np.array([[np.nan, 5.0], [5.0, np.nan]]), np.array([20.0, 5.0])).tolist()
        [[nan, 0.25], [1.0, nan]]
    """
    return _ratio(trade, total)


def salience(share: Floats) -> Floats:
    """How much the trade of a pair matters to both: sqrt(share_ij share_ji) (Barbieri 1996).

    Examples:
        >>> salience(np.array([[np.nan, 0.5], [0.02, np.nan]]))[0, 1].round(6).item()
        0.1
    """
    return np.sqrt(share * share.T)


def symmetry(share: Floats) -> Floats:
    """How evenly it matters to both: 1 - abs(share_ij - share_ji) (Barbieri 1996).

    Examples:
        >>> symmetry(np.array([[np.nan, 0.5], [0.02, np.nan]]))[0, 1].item()
        0.52
    """
    return 1.0 - np.abs(share - share.T)


def interdependence(share: Floats) -> Floats:
    """Salience times symmetry (Barbieri 1996).

    Examples:
        >>> interdependence(np.array([[np.nan, 0.5], [0.02, np.nan]]))[0, 1].round(6).item()
        0.052
    """
    return salience(share) * symmetry(share)


def dependence(trade: Floats, product: Floats) -> Floats:
    """Trade with a partner over the product of the state (Oneal & Russett 1997), from state to partner.

    Examples:
        >>> dependence(np.array([[np.nan, 5.0], [5.0, np.nan]]), np.array([100.0, 10.0])).tolist()
        [[nan, 0.05], [0.5, nan]]
    """
    return _ratio(trade, product)


def asymmetry(dependent: Floats) -> Floats:
    """How much more a state depends on a partner than that on it; antisymmetric.

    Examples:
        >>> asymmetry(np.array([[np.nan, 0.05], [0.5, np.nan]])).tolist()
        [[nan, -0.45], [0.45, nan]]
    """
    return dependent - dependent.T


def hirschman(share: Floats) -> Floats:
    """The concentration of each state's partners, sqrt(sum_j share_ij^2) (Hirschman 1945, chapter 6).

    Returns:
        Shape (states,); NaN where the shares that are known add up to less than ``KNOWN``.

    Examples:
        >>> hirschman(np.array([[np.nan, 0.6, 0.8], [1.0, np.nan, 0.0], [0.2, 0.2, np.nan]])).tolist()
        [1.0, 1.0, nan]
    """
    return np.sqrt(herfindahl(share))


def herfindahl(share: Floats) -> Floats:
    """The sum of squared shares, the square of Hirschman's index (Hirschman 1964); shape (states,).

    Examples:
        >>> herfindahl(np.array([[np.nan, 0.5, 0.5], [1.0, np.nan, 0.0], [0.2, 0.2, np.nan]])).tolist()
        [0.5, 1.0, nan]
    """
    # A share of rounded amounts can fall short of KNOWN by the last bit.
    enough = np.nansum(share, axis=1) >= KNOWN - 1e-12
    return np.where(enough, np.nansum(share**2, axis=1), np.nan)


def trade_share(panel: Panel, row: int) -> Floats:
    """The share of each partner in the trade of each state in a year; shape (states, states)."""
    sent = _sent(panel, row)
    member = panel.system.member[row]
    exports, imports = (np.where(member, panel.trait(name)[row], np.nan) for name in ("exports", "imports"))
    return shares(between(sent), totals(sent, exports, imports))


def trade_dependence(panel: Panel, row: int) -> Floats:
    """The trade of each state with each over its product in a year; shape (states, states)."""
    return dependence(between(_sent(panel, row)), panel.trait("gdp")[row])


def _sent(panel: Panel, row: int) -> Floats:
    flows = panel.flow("trade", what="", unit="USD million").year(row)
    return np.where(panel.system.together[row], flows, np.nan)


def _sum(sent: Floats, axis: int) -> Floats:
    """The sum of what is there; NaN where nothing is."""
    return np.where(np.isfinite(sent).any(axis=axis), np.nansum(sent, axis=axis), np.nan)


def _ratio(amounts: Floats, whole: Floats) -> Floats:
    return amounts / np.where(whole > 0.0, whole, np.nan)[:, None]


_FLOWS = "flow: trade (all goods, USD million at current prices)"
_MISSING = (
    "No value for two states that were not members on one day, or where the flow either way is missing; a "
    "flow reported as zero is a zero"
)
_TOTAL = (
    "Of exports, and of imports, the reported total counts where it is not below the sum of the recorded "
    "flows, else the sum; a missing flow is left out of the sum. Of several sources the surer counts, then "
    "the later."
)
_SHARE = Card(
    id="trade-share",
    kind="measure",
    definition="The share of a partner in all trade in goods of a state in a year, exports and imports "
    "together.",
    equation="share(i, j) = (flow i to j + flow j to i) / (exports(i) + imports(i))",
    inputs=(_FLOWS, "trait: exports, imports (USD million)"),
    unit="share of all trade, 0 to 1",
    citation="Barbieri (1996), Economic Interdependence: A Path to Peace or a Source of Interstate Conflict?",
    limits="Services and smuggling are not counted. Where no total is reported, partners whose flows are "
    "missing are not in it and shares are too high. The two sides of a flow report it differently; that of "
    "the importer is commonly recorded.",
    coding=_TOTAL,
    missing=f"{_MISSING}; none where the total is missing or zero.",
    coverage="With COW Trade 4.0, members of the COW system 1870 to 2014, few in the world wars; with the "
    "starter record alone, the pairs and years it holds.",
    checked="Cases worked by hand; bounds and relabelling by property tests. In COW Trade 4.0, 1870 to "
    "2014, no share of 1,244,743 leaves 0 to 1 and no state's add up to more than 1; as its flows are what "
    "importers report, the exports reported are below their sum in 5,815 of 12,729 state-years.",
)
_SALIENCE = replace(
    _SHARE,
    id="trade-salience",
    definition="How much the trade of two states matters to both: the geometric mean of its shares in "
    "theirs.",
    equation="salience(i, j) = sqrt(share(i, j) * share(j, i)), shares as in trade-share",
    unit="0 (no trade) to 1 (each trades with the other alone)",
    missing=f"{_MISSING}; none where the total of either is missing or zero.",
)
_SYMMETRY = replace(
    _SALIENCE,
    id="trade-symmetry",
    definition="How evenly the trade of two states matters to both.",
    equation="symmetry(i, j) = 1 - |share(i, j) - share(j, i)|, shares as in trade-share",
    unit="0 (all to one, nothing to the other) to 1 (alike)",
    limits=f"Two that hardly trade are symmetric as well; read it with salience. {_SHARE.limits}",
)
_INTERDEPENDENCE = replace(
    _SALIENCE,
    id="trade-interdependence",
    definition="How much, and how evenly, the trade of two states matters to both.",
    equation="interdependence(i, j) = salience(i, j) * symmetry(i, j)",
    unit="0 to 1",
)
_DEPENDENCE = Card(
    id="trade-dependence",
    kind="measure",
    definition="The trade of a state with a partner, exports and imports, over the product of the state.",
    equation="dependence(i, j) = (flow i to j + flow j to i) / gdp(i)",
    inputs=(_FLOWS, "trait: gdp (with gdp-pop: USD million of 2017)"),
    unit="ratio; below 1 save for entrepots and where prices are mixed",
    citation="Oneal & Russett (1997), The Classical Liberals Were Right: Democracy, Interdependence, and "
    "Conflict, 1950-1985",
    limits="Trade is at current prices; the product of gdp-pop is real, in dollars of 2017 by purchasing "
    "power. The ratio is thus no share of product: it is too low the earlier the year, and too low for poor "
    "states, whose prices are low. Compare pairs within a year; over years a trend is partly that of prices.",
    coding="Both amounts are taken as they are recorded. Long series of product are estimated as real "
    "product alone, and a series of prices that would turn trade into dollars of 2017 is not recorded; "
    "within a year one price level would scale all pairs alike and leave their order. Of several sources of "
    "product or trade the surer counts, then the later released.",
    missing=f"{_MISSING}; none where the product is missing or zero.",
    coverage="With COW Trade 4.0 and gdp-pop, members of the COW system 1870 to 2014.",
    checked="Cases worked by hand; relabelling, an added state and scale by property tests.",
)
_LOWER = replace(
    _DEPENDENCE,
    id="trade-dependence-lower",
    definition="The trade dependence of that of two states which depends less on the other: the weak link.",
    equation="lower(i, j) = min(dependence(i, j), dependence(j, i))",
    missing=f"{_MISSING}; none where the product of either is missing or zero.",
)
_HIGHER = replace(
    _LOWER,
    id="trade-dependence-higher",
    definition="The trade dependence of that of two states which depends more on the other.",
    equation="higher(i, j) = max(dependence(i, j), dependence(j, i))",
)
_ASYMMETRY = replace(
    _LOWER,
    id="trade-asymmetry",
    definition="How much more a state depends on its trade with a partner than the partner on that with it.",
    equation="asymmetry(i, j) = dependence(i, j) - dependence(j, i)",
    unit="difference of ratios; above 0 where the first depends more",
    citation="Keohane & Nye (1977), Power and Interdependence; dependence after Oneal & Russett (1997), The "
    "Classical Liberals Were Right: Democracy, Interdependence, and Conflict, 1950-1985",
)
_HIRSCHMAN = replace(
    _SHARE,
    id="trade-concentration",
    definition="How concentrated the trade of a state is on few partners.",
    equation="concentration(i) = sqrt(sum over j of share(i, j)^2), shares as in trade-share",
    unit="above 0 (very many small partners) to 1 (a single partner)",
    citation="Hirschman (1945), National Power and the Structure of Foreign Trade",
    limits="Partners whose trade is missing add nothing; where totals are reported it is thus a lower "
    f"bound. {_SHARE.limits}",
    coding=f"Exports and imports together; Hirschman takes them apart, and in percent. {_TOTAL}",
    missing=f"No value where the partners whose trade is recorded both ways make up less than {KNOWN:g} of "
    "all trade of the state, or it was no member.",
)
_HERFINDAHL = replace(
    _HIRSCHMAN,
    id="trade-herfindahl",
    equation="herfindahl(i) = sum over j of share(i, j)^2, shares as in trade-share",
    unit="above 0 to 1; its inverse is how many partners of equal size would give the same",
    citation="Hirschman (1964), The Paternity of an Index",
)


def _lower(panel: Panel, row: int) -> Floats:
    found = trade_dependence(panel, row)
    return np.minimum(found, found.T)


def _higher(panel: Panel, row: int) -> Floats:
    found = trade_dependence(panel, row)
    return np.maximum(found, found.T)


MEASURES: tuple[Yearly, ...] = (
    Yearly(_SHARE, "pair", trade_share, directed=True),
    Yearly(_SALIENCE, "pair", lambda panel, row: salience(trade_share(panel, row))),
    Yearly(_SYMMETRY, "pair", lambda panel, row: symmetry(trade_share(panel, row))),
    Yearly(_INTERDEPENDENCE, "pair", lambda panel, row: interdependence(trade_share(panel, row))),
    Yearly(_DEPENDENCE, "pair", trade_dependence, directed=True),
    Yearly(_LOWER, "pair", _lower),
    Yearly(_HIGHER, "pair", _higher),
    Yearly(_ASYMMETRY, "pair", lambda panel, row: asymmetry(trade_dependence(panel, row)), directed=True),
    Yearly(_HIRSCHMAN, "state", lambda panel, row: hirschman(trade_share(panel, row))),
    Yearly(_HERFINDAHL, "state", lambda panel, row: herfindahl(trade_share(panel, row))),
)
