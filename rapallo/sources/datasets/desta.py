"""Trade agreements as ties, each with its members; and how much of the environment stands in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp

__all__ = ["read"]

_READ = {
    "base_treaty": "A trade agreement",
    "protocol or amendment": "A protocol to a trade agreement",
    "accession": "An accession to a trade agreement; all its members are named",
}
_LEFT = {
    "consolidated": "the text of an agreement with its changes, which is there by itself",
    "negotiation": "still negotiated",
    "withdrawal": "a withdrawal, which binds nobody",
}
_OWN = ("number", "name", "entry_type", "year", "entryforceyear")

Row = Mapping[str, Any]


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """The agreements; where there is a file of their provisions, with the number of those."""
    found = {}
    green: dict[str, int] = {}
    sheets["treaties"].require((*_OWN, "c1", "c2"))
    rows = sheets["treaties"].table.to_pylist()
    if "provisions" in sheets:
        found["provisions"], green = _provisions(sheets["provisions"], {str(row["number"]) for row in rows})
    members = [c for c in sheets["treaties"].columns if re.fullmatch(r"c\d+", c)]
    found["treaties"] = one = Found(used={*_OWN, *members})
    asked = {(code, _year(row)) for row in rows for code in _codes(row, members)}
    known = actor_ids("iso3n", asked)
    for row in rows:
        wrong = _LEFT.get(
            row["entry_type"], "" if row["entry_type"] in _READ else "an entry of no known kind"
        )
        year = _year(row)
        codes = list(_codes(row, members))
        who = list(dict.fromkeys(known[code, year] for code in codes if (code, year) in known))
        if wrong or year is None:
            one.reject(wrong or "no year", [row[LINE]])
            continue
        one.unknown.update(("iso3n", code) for code in codes if (code, year) not in known)
        if len(who) < 2:
            one.reject("fewer than two members are known", [row[LINE]])
            continue
        one.ties.append(_tie(row, who, stamps["treaties"], green.get(str(row["number"]))))
    return found


def _tie(row: Row, who: list[str], stamp: Stamp, green: int | None) -> Tie:
    steps = [
        Phase(phase, when.start, "year")
        for phase, column in (("signed", "year"), ("in_force", "entryforceyear"))
        if (when := written(_cell(row[column]))) and when.start
    ]
    since = Interval(max(step.on for step in steps), None, "since")
    about = f"{_READ[row['entry_type']]}."
    if green is not None:
        about += f" TREND finds {green} environmental provisions in it."
    return Tie(
        id=f"{stamp.source}:{row['number']}",
        kind="agreement",
        name=row["name"],
        envelope=stamp.envelope(Interval(min(step.on for step in steps), None, "since"), row[LINE]),
        parties=tuple(Party(actor, "party", since) for actor in who),
        phases=tuple(sorted(steps, key=lambda step: step.on)),
        about=about,
    )


def _provisions(sheet: Sheet, numbers: set[str]) -> tuple[Found, dict[str, int]]:
    """How many provisions TREND finds in each agreement, by the number of it that both use."""
    sheet.require(["Trade.Agreement"])
    found, green = Found(used={c for c in sheet.columns if c[0] in "TX"}), {}
    for row in sheet.table.to_pylist():
        number = str(row["Trade.Agreement"]).partition("_")[0]
        if number not in numbers:
            found.reject("its number is that of no agreement", [row[LINE]])
            continue
        norms = (value for column, value in row.items() if column.startswith("X"))
        green[number] = sum(value is not None and float(value) > 0 for value in norms)
    return found, green


def _year(row: Row) -> int | None:
    when = written(_cell(row["year"]))
    return when.start.year if when and isinstance(when.start, dt.date) else None


def _codes(row: Row, members: list[str]) -> Iterator[str]:
    for column in members:
        if row[column] is not None:
            yield f"{int(row[column]):03}"


def _cell(value: float | None) -> str:
    return "" if value is None else str(int(value))
