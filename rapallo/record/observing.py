"""Answer for an amount: the value of a day, or why there is none. Silence of a source is told from a zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rapallo import actors
from rapallo.errors import InputError, RapalloError
from rapallo.model import Interval, Observation
from rapallo.record import labels
from rapallo.record.schema import OWN
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from rapallo.record.view import View

__all__ = ["observe"]

_FAMILIES = {"trait": "trait_names", "flow": "flow_kinds", "dyad": "dyad_names"}
_ASKED = {
    "trait": "amount_of_state",
    "flow": "amount_of_flow",
    "dyad": "amount_of_pair",
}


def observe(view: View, name: str, actor: str, other: str | None, *, what: str, carry: bool) -> Observation:
    """The amount of a trait, flow or pair on the day of a view.

    Args:
        view: of the record.
        name: a term of ``trait_names``, ``flow_kinds`` or ``dyad_names``.
        actor: code of the state, or of the one a flow leaves.
        other: code of the other, for flows and pairs.
        what: the good, for flows.
        carry: whether the last value before the day does where there is none of the day.

    Raises:
        InputError: where no vocabulary holds the name, or one state is named where two are needed.
    """
    family = next((f for f, terms in _FAMILIES.items() if name in vocabulary(terms)), None)
    if name.startswith(OWN):
        moves = other is not None and view.query("sources_of_amount", family="flow", name=name).num_rows
        family = "trait" if other is None else "flow" if moves else "dyad"
    if family is None:
        msg = f"{name!r} is no trait, flow or amount of pairs"
        raise InputError(msg, hint="see rapallo/vocab: trait_names, flow_kinds, dyad_names")
    if (family == "trait") != (other is None):
        msg = f"{name!r} is an amount of {'one state' if family == 'trait' else 'two states'}"
        raise InputError(msg)
    asked = {"name": name, "actor": actor, "other": other, "what": what if family == "flow" else None}
    asked = {key: cell for key, cell in asked.items() if cell is not None}
    rows = view.query(_ASKED[family], **asked).to_pylist()
    held = [row for row in rows if _span(row).contains(view.on)]
    if held:
        return _told(held[0], "observed", f"{_said(held[0])} says so")
    silence = _silence(view, family, name, [code for code in (actor, other) if code is not None])
    before = [row for row in rows if row["valid_to"] is not None and row["valid_to"] < view.on]
    if carry and before and silence.status in {"missing", "not_covered"}:
        last = max(before, key=lambda row: row["valid_to"])
        gap = view.on - last["valid_to"]
        period = labels.span(last["valid_from"], last["valid_to"], last["precision"])
        return _told(last, "carried", f"{silence.why}; carried on from {period}", gap)
    return silence


def _told(row: Mapping[str, Any], status: Any, why: str, carried: dt.timedelta | None = None) -> Observation:
    return Observation(status, why, row["value"], row["unit"], _span(row), row["id"], row["source"], carried)


def _silence(view: View, family: str, name: str, codes: Sequence[str]) -> Observation:
    """Why no source has a value."""
    sources = view.query("sources_of_amount", family=family, name=name).to_pylist()
    if not sources:
        return Observation("unknown", f"no source of the record speaks of {name.replace('_', ' ')}")
    speaking = [row for row in sources if _covers(row, view.on)]
    if not speaking:
        spans = ", ".join(f"{row['source']} {_years(row)}" for row in sources)
        return Observation("not_covered", f"no source speaks of {view.on}: {spans}")
    left_out = []
    for row in speaking:
        out = [code for code in codes if not _belongs(code, row["universe"], view.on)]
        if not out:
            return Observation("missing", f"{row['source']} speaks of that day and has no value")
        left_out.append(
            f"{row['source']} leaves out {', '.join(out)}: not in the {row['universe']} system then"
        )
    return Observation("not_in_system", "; ".join(left_out))


def _covers(row: Mapping[str, Any], on: dt.date) -> bool:
    first, last = row["covers_from"], row["covers_to"]
    if first is None and last is None:  # it does not say; the days of its rows do
        first, last = row["first_day"], row["last_day"]
    return (first is None or first <= on) and (last is None or on <= last)


def _years(row: Mapping[str, Any]) -> str:
    first, last = row["covers_from"] or row["first_day"], row["covers_to"] or row["last_day"]
    return f"{first.year if first else ''}–{last.year if last else ''}"


def _belongs(code: str, universe: str, on: dt.date) -> bool:
    try:
        actor = actors.actor(code, on=on)
    except RapalloError:
        return False
    return {"cow": actor.cow is not None, "gw": actor.gw is not None}.get(universe, True)


def _span(row: Mapping[str, Any]) -> Interval:
    return Interval(row["valid_from"], row["valid_to"], row["precision"] or "unknown")


def _said(row: Mapping[str, Any]) -> str:
    line = f", line {row['line']}" if row["line"] else ""
    return f"{row['source']}" + (f" ({row['file']}{line})" if row["file"] else "")
