"""The Composite Index of National Capability of every state and year of a panel."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["COMPONENTS", "MEASURES", "cinc_years"]

Floats = NDArray[np.float64]

COMPONENTS = (
    *("military_expenditure", "military_personnel", "iron_steel"),
    *("primary_energy", "population", "urban_population"),
)

_CARD = Card(
    id="cinc",
    kind="measure",
    definition="Composite Index of National Capability: the mean of a state's shares in the totals of the "
    "system, over military expenditure and personnel, iron and steel, energy, population and town dwellers.",
    equation="CINC(i, t) = mean over components k held for i of x(i, k, t) / sum over members j of "
    "x(j, k, t)",
    inputs=tuple(f"trait: {name}" for name in COMPONENTS),
    unit="share of the capabilities of the system, 0 to 1",
    citation="Singer, Bremer & Stuckey (1972), Capability Distribution, Uncertainty, and Major Power War, "
    "1820-1965",
    limits="It counts means, not will, skill or distance, and weighs steel of 1850 and of 2020 alike. Shares "
    "depend on who else is a member.",
    coding="A component that is missing is left out of the mean of that state, not taken as zero; totals are "
    "over the members for which it is held; a component whose total is zero is left out for all. Where the "
    "record holds nmc, nmc alone counts.",
    missing="Where none of the six components is held.",
    coverage="With nmc: members of the COW system, 1816 to 2022.",
    checked="Against the published column of NMC 7.0, all state-years within 1e-7.",
)


def cinc_years(panel: Panel, source: str = "") -> Floats:
    """The index of every state in every year; shape (years, states), NaN where no component is held.

    Args:
        panel: the panel.
        source: the only dataset or release that counts, such as ``nmc-6.0``.
    """
    values = np.stack([panel.trait(name, source) for name in COMPONENTS])
    values[:, ~panel.system.member] = np.nan
    totals = np.nansum(values, axis=2, keepdims=True)
    shares = np.divide(values, totals, out=np.full_like(values, np.nan), where=totals > 0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a state without any component is NaN
        found: Floats = np.nanmean(shares, axis=0)
    return found


def _of_year(panel: Panel, row: int) -> Floats:
    """Of the index's own data where the record holds them, lest sources be mixed; else of what it holds."""
    found: Floats = panel.keep("cinc", lambda: cinc_years(panel, "nmc" if panel.holds(["nmc"]) else ""))[row]
    return found


MEASURES = (Yearly(_CARD, "state", _of_year),)
