"""Rows of a table as ties of the record: a tie a row, or a tie of the rows that share a number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from rapallo.model import Clause, Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE
from rapallo.sources.specs import Code, TieSpec
from rapallo.sources.stamp import Stamp
from rapallo.vocab import vocabulary

__all__ = ["ties"]

Row = Mapping[str, Any]
_NO = frozenset(("", "0", "0.0", "no", "false", "na", "nan", "none", "."))
_ON = frozenset(("ongoing", "present", "open", "in force", "null", "n/a"))
_OWED = {"neutrality": "refrain", "non_aggression": "refrain", "consultation": "consult"}


def ties(table: pa.Table, spec: TieSpec, stamp: Stamp) -> Found:
    """The ties of a table's rows.

    Args:
        table: with the columns the spec names, in whatever case, and the line.
        spec: what they are.
        stamp: what the rows say of where they come from.
    """
    found = Found()
    groups: dict[str, list[Row]] = {}
    for row in table.rename_columns([name.casefold() for name in table.column_names]).to_pylist():
        number = _text(row, spec.ident) if spec.ident else str(row[LINE])
        if not number:
            found.reject(f"no number in {spec.ident}", [row[LINE]])
            continue
        groups.setdefault(number, []).append(row)
    for number, rows in groups.items():
        _make(number, rows, spec, stamp, found)
    return found


def _make(number: str, rows: Sequence[Row], spec: TieSpec, stamp: Stamp, found: Found) -> None:
    parties: list[Party] = []
    spans, kept = [], []
    for row in rows:
        first = written(*(row[c.casefold()] for c in spec.first))
        last = written(*(row[c.casefold()] for c in spec.last)) if spec.last else None
        if first is None or first.start is None:
            found.reject("no day on which it begins", [row[LINE]])
            continue
        if spec.last and last is None and not _lasting(_text(row, spec.last[0])):
            found.reject("no day on which it ends", [row[LINE]])
            continue
        if last and last.end and last.end < first.start:
            found.reject("ends before it begins", [row[LINE]])
            continue
        when = Interval(first.start, last.end if last else None, "range" if last else "since")
        members = [
            Party(actor, role, when)
            for role, codes in (("party", spec.parties), ("actor", spec.actors), ("target", spec.targets))
            for code in codes
            for actor in _who(row, code, when.start, found)
        ]
        if not members:
            found.reject("nobody bears the codes of its parties", [row[LINE]])
            continue
        parties = list(dict.fromkeys((*parties, *members)))
        spans.append((first, last))
        kept.append(row)
    mutual = vocabulary("tie_kinds")[spec.kind].more["mutual"]
    roles = {party.role for party in parties}
    if not kept:
        return
    if not ({"actor", "target"} <= roles if not mutual else len({p.actor for p in parties}) > 1):
        found.reject("fewer than two parties are known", [row[LINE] for row in kept])
        return
    found.ties.append(_tie(number, kept, spans, parties, spec, stamp))


def _tie(
    number: str,
    rows: Sequence[Row],
    spans: Sequence[tuple[Interval, Interval | None]],
    parties: Sequence[Party],
    spec: TieSpec,
    stamp: Stamp,
) -> Tie:
    row, begun = rows[0], min((first for first, _ in spans), key=lambda i: i.start or dt.date.max)
    ends = [last for _, last in spans]
    ended = None if None in ends else max((e for e in ends if e), key=lambda i: i.end or dt.date.min)
    when = Interval(begun.start, ended.end if ended else None, "range" if ended else "since")
    envelope = stamp.envelope(when, row[LINE])
    ident = f"{stamp.source}:{number}"
    phases = [Phase("in_force", begun.start or dt.date.min, begun.precision)]
    if ended and ended.end:
        phases.append(Phase("ended", ended.end, ended.precision))
    owed = [kind for column, kind in spec.clauses.items() if any(_yes(r, column) for r in rows)]
    clauses = tuple(
        Clause(
            f"{ident}/{place}",
            ident,
            kind,
            "always" if kind in _OWED else "armed_attack",
            _OWED.get(kind, "military_assistance"),
            "consult" if kind == "consultation" else "automatic",
            envelope,
        )
        for place, kind in enumerate(dict.fromkeys(owed), 1)
    )
    codes = list(dict.fromkeys(party.actor for party in parties))
    name = _text(row, spec.name) if spec.name else ""
    told = (f"{column}: {_text(row, column)}" for column in spec.about if _text(row, column))
    plain = f"{spec.kind.replace('_', ' ').capitalize()} of {', '.join(codes[:4])}"
    return Tie(
        ident, spec.kind, name or plain, envelope, tuple(parties), tuple(phases), clauses, "; ".join(told)
    )


def _who(row: Row, code: Code, on: dt.date | None, found: Found) -> list[str]:
    """The actors a cell names: one, or several parted by semicolons."""
    said = code.said if code.fixed else _text(row, code.column)
    year = on.year if on else None
    known: list[str] = []
    for part in (part.strip() for part in said.split(";")):
        if not part or part.casefold() in _NO:
            continue
        ids = actor_ids(code.scheme, [(part, year)])
        if ids:
            known += ids.values()
        else:
            found.unknown[code.scheme, part] += 1
    return known


def _lasting(cell: str) -> bool:
    """Whether what stands for the last day means that there is none yet."""
    return cell.casefold() in _NO | _ON or cell.startswith("-")


def _yes(row: Row, column: str) -> bool:
    return _text(row, column).casefold() not in _NO


def _text(row: Row, column: str) -> str:
    cell = row[column.casefold()]
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
