"""Arms races of Gibler, Rider and Hutchison as ties."""

from __future__ import annotations

from collections.abc import Mapping

from rapallo.sources.found import Found
from rapallo.sources.pairs import Pairs, paired
from rapallo.sources.sheet import Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The arms races."""
    about = "Rivals that enlarged their spending or their forces against each other"
    spec = Pairs("arms_race", "race_id", "styear", "endyear", lambda _: [about])
    return {"races": paired(sheets["races"], stamps["races"], spec)}
