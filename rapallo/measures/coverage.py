"""Which releases of a dataset a record holds, and which years they cover."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.panel import Panel

__all__ = ["covered", "releases"]


def releases(panel: Panel, dataset: str) -> list[str]:
    """The ids of the releases of a dataset that the record of a panel holds; of one release, its own.

    Examples:
        >>> from rapallo.record import Record
        >>> releases(Panel(Record.open(empty=True), 2000, 2000), "gml")
        []
    """
    held = panel.record.query("source_spans", **panel._as_known()).column("id").to_pylist()
    return [each for each in held if dataset in {each, each.rpartition("-")[0]}]


def covered(panel: Panel, dataset: str) -> NDArray[np.bool_]:
    """Per year of a panel whether a release of a dataset covers it; shape (years,).

    Examples:
        >>> from rapallo.record import Record
        >>> covered(Panel(Record.open(empty=True), 2000, 2001), "gml").tolist()
        [False, False]
    """
    return panel.covered(releases(panel, dataset))
