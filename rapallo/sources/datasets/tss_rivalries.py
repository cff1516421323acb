"""Strategic rivalries of Thompson, Sakuwa and Suhas as ties."""

from __future__ import annotations

from collections.abc import Mapping

from rapallo.sources.found import Found
from rapallo.sources.pairs import Pairs, paired
from rapallo.sources.sheet import Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count

__all__ = ["read"]

_TYPES = ("positional", "spatial", "ideological", "interventionary")
_AUSTRIA, _SOUTH_YEMEN = "300", "680"
_OTHERWISE = {
    (16, "305"): _AUSTRIA,
    (19, "305"): _AUSTRIA,
    (158, "679"): _SOUTH_YEMEN,
}
"""Rivalries whose row bears the number of a later state than the one its name and years tell of: that of the
republic for the empire of Austria, that of the North for the South of Yemen."""


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The rivalries."""
    spec = Pairs(
        "rivalry",
        "tssr_id",
        "start",
        "end",
        _about,
        more=" ".join((*_TYPES, "principal")),
        name="rivalry",
        until=2020,
        otherwise=_OTHERWISE,
    )
    return {"rivalries": paired(sheets["rivalries"], stamps["rivalries"], spec)}


def _about(row: Row) -> list[str]:
    types = [word for word in _TYPES if count(row[word]) == 1]
    about = [
        f"A strategic rivalry, {', '.join(types)}" if types else "A strategic rivalry of no type that is told"
    ]
    return [*about, "A principal one"] if count(row["principal"]) == 1 else about
