"""Strategic rivalries of Thompson and Dreyer as ties."""

from __future__ import annotations

from collections.abc import Mapping

from rapallo.sources.found import Found
from rapallo.sources.pairs import Pairs, paired
from rapallo.sources.sheet import Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row

__all__ = ["read"]

_TYPES = ("type1", "type2", "type3")


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The rivalries."""
    spec = Pairs(
        "rivalry",
        "rivalryno",
        "styear",
        "endyear",
        _about,
        more=" ".join((*_TYPES, "region")),
        name="rivalryname",
        until=2010,
    )
    return {"rivalries": paired(sheets["rivalries"], stamps["rivalries"], spec)}


def _about(row: Row) -> list[str]:
    types = [row[column] for column in _TYPES if row[column]]
    return [f"A strategic rivalry, {', '.join(types)}, in the region {row['region']}"]
