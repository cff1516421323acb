"""What is known of leaders beside their days in office, as traits of the state over those days."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.specs import Code, Held, SpellSpec
from rapallo.sources.spells import spells
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_KEY = "obsid"
_OF_LEADER = ("gwcode", "leader", "startdate", "enddate")
_YES = "1 where so, 0 where not"


def _held(column: str, unit: str = _YES, least: float | None = 0, most: float | None = 1) -> Held:
    return Held(column=column, unit=unit, least=least, most=most, note=("leader",))


_TRAITS: Mapping[str, Mapping[str, Held]] = {
    "background": {
        "leader_education": _held("leveledu", "0 to 3", most=3),
        "leader_military_service": _held("milservice"),
        "leader_combat": _held("combat"),
        "leader_rebel": _held("rebel"),
        "leader_war_win": _held("warwin"),
        "leader_war_loss": _held("warloss"),
        "leader_rebel_win": _held("rebelwin"),
        "leader_rebel_loss": _held("rebelloss"),
        "leader_experience": _held("yrsexper", "years", most=100),
        "leader_physical_illness": _held("physhealth"),
        "leader_mental_illness": _held("mentalhealth"),
    },
    "force": {
        f"leader_force_{model}{end}": _held(f"theta{model}_{cell}", "latent score", least, None)
        for model in range(1, 5)
        for cell, end, least in (("mean", "", None), ("sd", "_sd", 0))
    },
}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The files on leaders, each row joined by its id to the days of rule it is about.

    Raises:
        InputError: where a file lacks a column.
    """
    sheets["leaders"].require({_KEY, *_OF_LEADER})
    rule = {
        row[_KEY]: {name: row[name] for name in _OF_LEADER}
        for row in sheets["leaders"].table.select([_KEY, *_OF_LEADER]).to_pylist()
    }
    return {role: _joined(sheets[role], role, rule, stamps[role]) for role in _TRAITS if role in sheets}


def _joined(sheet: Sheet, role: str, rule: Mapping[str, Mapping[str, object]], stamp: Stamp) -> Found:
    spec = SpellSpec(
        actor=Code(gw="gwcode"),
        first=("startdate",),
        last=("enddate",),
        ident=_KEY,
        traits=_TRAITS[role],
    )
    sheet.require({_KEY, *(held.column for held in spec.traits.values())})
    rows = sheet.table.to_pylist()
    strange = [row[LINE] for row in rows if row[_KEY] not in rule]
    told = pa.Table.from_pylist([{**row, **rule[row[_KEY]]} for row in rows if row[_KEY] in rule])
    found = spells(told, [spec], stamp)
    found.reject("no leader of that id", strange)
    found.used = spec.columns()
    return found
