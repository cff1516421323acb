"""How often the pledges of alliances were honoured when a war put them to the test."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.errors import InputError
from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.panel.panel import is_of
from rapallo.measures.yearly import Yearly

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["CODINGS", "MEASURES", "PLEDGES", "Reliability", "reliabilities", "reliability", "wilson"]

CODINGS: Mapping[str, str] = {
    "bf": "Berkemeier & Fuhrmann (2018): an alliance in a war",
    "llm": "the same cases as their file has them after Leeds, Long & Mitchell (2000)",
    "la2": "Leeds & Anac (2005), HONOR2: what was owed to a member at war",
    "la3": "Leeds & Anac (2005), HONOR3: what was owed to a member at war",
}
PLEDGES = ("defence", "offence", "neutrality", "non_aggression", "consultation")

_DATASET = "alliance-performance"
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Reliability:
    """How often pledges were honoured.

    Attributes:
        honoured: how many cases.
        violated: how many cases.
        share: honoured of both, 0 to 1; NaN without a case.
        low: the lower end of Wilson's interval of 95 %.
        high: its upper end.
        events: ids of the rows of the record.
    """

    honoured: int
    violated: int
    share: float
    low: float
    high: float
    events: tuple[str, ...]


def wilson(hits: int, cases: int, *, z: float = _Z95) -> tuple[float, float]:
    """The ends of the interval of a share (Wilson 1927).

    Args:
        hits: how many cases were of the kind.
        cases: how many there were.
        z: standard deviations on each side; of 95 % by default.

    Returns:
        The lower and the upper end; 0 and 1 without a case.

    Examples:
        >>> [round(end, 3) for end in wilson(69, 139)]
        [0.415, 0.578]
    """
    if not cases:
        return 0.0, 1.0
    share = hits / cases
    middle = share + z * z / (2 * cases)
    half = z * math.sqrt(share * (1 - share) / cases + z * z / (4 * cases * cases))
    scale = 1 + z * z / cases
    low, high = (middle - half) / scale, (middle + half) / scale
    # Rounding must not push an end past the bound that it meets exactly.
    return (0.0 if hits == 0 else low), (1.0 if hits == cases else high)


def reliability(
    record: Record,
    *,
    coding: str = "bf",
    pledge: str | None = None,
    state: str | None = None,
    first: int | None = None,
    last: int | None = None,
) -> Reliability:
    """How often the pledges of alliances were honoured in war, by the cases of a record.

    Cases in which nothing was called for do not count.

    Args:
        record: the record; it must hold the dataset ``alliance-performance``.
        coding: one of ``CODINGS``.
        pledge: one of ``PLEDGES``: only pacts that hold it, with others or alone.
        state: code of a state: only what was owed to it (codings ``la2`` and ``la3``), or only pacts of ATOP
            in the record that it was party to as the war began (``bf`` and ``llm``, which name no state).
        first: only wars begun in this year or later.
        last: only wars begun in this year or earlier.

    Raises:
        InputError: where there is no such coding or pledge.

    Examples:
        >>> from rapallo.record import Record
        >>> found = reliability(Record.open(empty=True), coding="bf", pledge="defence")
        >>> found.honoured, found.low, found.high
        (0, 0.0, 1.0)
    """
    if coding not in CODINGS:
        msg = f"there is no coding {coding}"
        raise InputError(msg, hint=f"one of {', '.join(CODINGS)}")
    if pledge is not None and pledge not in PLEDGES:
        msg = f"there is no pledge {pledge}"
        raise InputError(msg, hint=f"one of {', '.join(PLEDGES)}")
    of_state = None if state is None else _pacts_of(record, (state,))[state]
    verdicts: list[tuple[str, bool]] = []
    for event in _events(record):
        alliance, _, verdict, pledges, whose = event["code"].split(":")
        begun: dt.date | None = event["valid_from"]
        dated = first is not None or last is not None
        if whose != coding or verdict == "not_at_issue" or (dated and begun is None):
            continue
        if pledge is not None and pledge not in pledges.split("+"):
            continue
        if begun is not None and not (first or begun.year) <= begun.year <= (last or begun.year):
            continue
        if of_state is not None and not _concerns(event, alliance, str(state), of_state):
            continue
        verdicts.append((event["id"], verdict == "honoured"))
    honoured = sum(kept for _, kept in verdicts)
    low, high = wilson(honoured, len(verdicts))
    share = honoured / len(verdicts) if verdicts else math.nan
    events = tuple(sorted(event for event, _ in verdicts))
    return Reliability(honoured, len(verdicts) - honoured, share, low, high, events)


def _events(record: Record, **known: object) -> Iterator[Mapping[str, Any]]:
    table = record.query("events_as_of", on=dt.date.max, **known)
    held = pc.unique(table.column("source")).to_pylist()
    kept = pa.array([source for source in held if is_of(source, _DATASET)], pa.string())
    table = table.filter(pc.is_in(table.column("source"), kept))
    for event in table.select(["id", "code", "targets", "valid_from"]).to_pylist():
        if (event["code"] or "").count(":") == 4:
            yield event


def reliabilities(
    record: Record, states: Collection[str], *, coding: str = "bf"
) -> Mapping[str, tuple[int, int]]:
    """What ``reliability`` counts of each of those states, honoured and of how many cases, in one reading.

    Examples:
        >>> from rapallo.record import Record
        >>> reliabilities(Record.open(empty=True), ["FRA"])
        {'FRA': (0, 0)}
    """
    cases = []
    for event in _events(record):
        alliance, _, verdict, _, whose = event["code"].split(":")
        if whose == coding and verdict != "not_at_issue":
            cases.append((event, alliance, verdict == "honoured"))
    found = {}
    for state, pacts in _pacts_of(record, states).items():
        kept = [honoured for event, alliance, honoured in cases if _concerns(event, alliance, state, pacts)]
        found[state] = (sum(kept), len(kept))
    return found


def _pacts_of(record: Record, states: Collection[str]) -> dict[str, dict[str, list[tuple[dt.date, dt.date]]]]:
    """The numbers of the pacts of ATOP that each state is party to, and when."""
    found: dict[str, dict[str, list[tuple[dt.date, dt.date]]]] = {state: {} for state in states}
    for party in record.query("parties_known").to_pylist():
        source, _, number = party["tie"].rpartition(":")
        if party["actor"] in found and source.rpartition("-")[0] == "atop":
            span = party["valid_from"] or dt.date.min, party["valid_to"] or dt.date.max
            found[party["actor"]].setdefault(number, []).append(span)
    return found


def _concerns(
    event: Mapping[str, Any],
    alliance: str,
    state: str,
    pacts: Mapping[str, list[tuple[dt.date, dt.date]]],
) -> bool:
    if event["targets"]:
        return state in event["targets"]
    begun: dt.date | None = event["valid_from"]
    if begun is None:
        return alliance in pacts
    # Wars are dated by the year: a member on any day of it counts.
    return any(first.year <= begun.year <= last.year for first, last in pacts.get(alliance, ()))


def _so_far(panel: Panel, row: int, *, pledge: str | None) -> NDArray[np.float64]:
    """The share honoured in the wars begun up to a year, by the coding ``bf``; shape ()."""
    kept = [
        honoured
        for year, honoured, pledges in panel.keep("cases of alliances", lambda: _cases(panel))
        if year <= panel.years[row] and (pledge is None or pledge in pledges.split("+"))
    ]
    return np.array(sum(kept) / len(kept) if kept else np.nan)


def _cases(panel: Panel) -> list[tuple[int, bool, str]]:
    """The year, whether it was honoured, and the pledges of each case of the coding ``bf``."""
    cases = []
    for event in _events(panel.record, **panel.as_known()):
        _, _, verdict, pledges, whose = event["code"].split(":")
        if whose == "bf" and verdict != "not_at_issue" and event["valid_from"]:
            cases.append((event["valid_from"].year, verdict == "honoured", pledges))
    return cases


def _yearly(pledge: str | None) -> Yearly:
    name = f"alliance-reliability-{pledge}" if pledge else "alliance-reliability"
    which = f" of pacts with a pledge of {pledge}" if pledge else ""
    told = {
        None: "69 of 139 by 2003",
        "defence": "39 of 96 by 2003",
        "offence": "30 of 42, 71.4 %, by 2003",
        "neutrality": "35 of 43, 81.4 %, by 2003",
    }[pledge]
    card = Card(
        id=name,
        kind="measure",
        definition=f"The share of cases{which} in which an alliance that a war put to the test was honoured, "
        "over all wars begun up to the year.",
        equation="honoured / (honoured + violated)",
        inputs=("event: of alliance-performance, coding bf",),
        unit="share, 0 to 1",
        citation="Berkemeier & Fuhrmann (2018), Reassessing the Fulfillment of Alliance Commitments in War",
        limits="A pact has one verdict a war whoever of its members failed it. Pledges that deterred were "
        "never tested: the share tells nothing of them. Cases are few: see the interval of `reliability`.",
        coding="A pact with several pledges counts under each of them. The year is that in which the war "
        "began.",
        missing="No value before the first case, or where the record lacks the dataset.",
        coverage="Wars of the Correlates of War, 1816 to 2003; later years repeat the last share.",
        checked=f"Against the article: {told}.",
    )
    return Yearly(card, "world", partial(_so_far, pledge=pledge))


MEASURES: tuple[Yearly, ...] = tuple(_yearly(pledge) for pledge in (None, "defence", "offence", "neutrality"))
