"""One line that says what a row is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rapallo import actors
from rapallo.errors import UnknownActorError
from rapallo.model import Phase, Tie

__all__ = ["label", "span", "tie"]

_Cells = Mapping[str, Any]
_SHOWN = 100


def span(start: dt.date | None, end: dt.date | None, precision: str | None) -> str:
    """Days in words, as exact as their source was.

    Examples:
        >>> span(dt.date(1961, 7, 1), dt.date(1961, 7, 31), "month")
        '1961-07'
        >>> span(dt.date(1930, 1, 1), dt.date(1939, 12, 31), "decade")
        '1930s'
        >>> span(dt.date(2019, 1, 1), dt.date(2023, 12, 31), "range")
        '2019–2023'
        >>> span(dt.date(2023, 8, 1), dt.date(2024, 3, 31), "range")
        '2023-08-01 to 2024-03-31'
        >>> span(dt.date(2019, 1, 1), None, "since")
        'since 2019-01-01'
    """
    if start is None:
        return f"until {end}" if end else "undated"
    short = _unit(start, precision)
    if short is not None:
        return short
    if end is None:
        return f"since {start}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}–{end.year}"
    return f"{start}" if start == end else f"{start} to {end}"


def tie(tie: Tie, on: dt.date) -> str:
    """A tie with its members and its latest step by a day."""
    members = "–".join(tie.members(on)) or "no members"
    if len(tie.members(on)) > 5:
        members = f"{len(tie.members(on))} members"
    steps = [p for p in tie.phases if p.on <= on]
    since = f", {_step(max(reversed(steps), key=lambda p: p.on))}" if steps else ""
    return f"{tie.name} ({_plain(tie.kind)}, {members}{since})"


def label(family: str, row: _Cells) -> str:
    """A row of a family in one line.

    Args:
        family: one of ``rapallo.record.schema.FAMILIES``.
        row: its columns.
    """
    when = span(row["valid_from"], row["valid_to"], row["precision"])
    match family:
        case "tie":
            return f"{row['name']} ({_plain(row['kind'])})"
        case "party":
            return f"{row['actor']} as {row['role']} of {row['tie']}, {when}"
        case "phase":
            return f"{row['tie']}: {_step(Phase(row['phase'], row['valid_from'], row['precision']))}"
        case "clause":
            where = f", article {row['article']}" if row["article"] else ""
            return _cut(f"{_plain(row['kind'])} clause of {row['tie']}{where}: {row['wording']}")
        case "flow":
            of = f" ({row['what']})" if row["what"] else ""
            pair = f"from {_called(row['origin'])} to {_called(row['destination'])}"
            return f"{_plain(row['kind'])}{of} {pair}, {when}: {_amount(row['value'], row['unit'])}"
        case "trait":
            of = _called(row["actor"])
            return f"{_plain(row['name'])} of {of}, {when}: {_amount(row['value'], row['unit'])}"
        case "dyad":
            both = f"{_called(row['actor'])} and {_called(row['other'])}"
            return f"{_plain(row['name'])} of {both}, {when}: {_amount(row['value'], row['unit'])}"
        case "document":
            return f"{row['title'] or row['id']} ({row['published']})"
        case _:
            return _act(row, when)


def _act(row: _Cells, when: str) -> str:
    actors, targets = ", ".join(row["actors"]), ", ".join(row["targets"])
    who = "–".join(row["actors"]) if actors == targets else " to ".join(filter(None, (actors, targets)))
    what = row.get("what") or row.get("quote_exact") or ""
    act = row["event"] or row.get("kind") or row["code"]
    return _cut(f"{' '.join(filter(None, (act, who)))}, {when}: {what}")


def _step(step: Phase) -> str:
    return f"{_plain(step.phase)} {_unit(step.on, step.precision) or step.on}"


def _unit(start: dt.date, precision: str | None) -> str | None:
    match precision:
        case "month":
            return f"{start:%Y-%m}"
        case "year":
            return f"{start.year}"
        case "decade":
            return f"{start.year}s"
        case _:
            return None


def _called(code: str) -> str:
    try:
        return actors.actor(code).name
    except UnknownActorError:
        return code


def _amount(value: float, unit: str) -> str:
    """An amount as a person would say it; the unit ``thousands`` is none."""
    if unit == "thousands":
        return f"{_number(value / 1000)} million" if value >= 1000 else f"{_number(value)} thousand"
    if unit.startswith("USD "):
        return f"USD {_number(value)} {unit.removeprefix('USD ')}"
    return f"{_number(value)} {unit}"


def _number(value: float) -> str:
    return (
        f"{value:,.0f}" if value == int(value) else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"
    )


def _plain(term: str) -> str:
    return term.replace("_", " ")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN + 40 else f"{line[: _SHOWN + 39]}…"
