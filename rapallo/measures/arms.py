"""On whose arms a state depends, and how much of its trade is with states that sanction it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.commerce import trade_share
from rapallo.measures.panel import Panel, System, system
from rapallo.measures.panel.panel import is_of
from rapallo.measures.panel.system import FIRST
from rapallo.measures.world import World
from rapallo.measures.yearly import Yearly

if TYPE_CHECKING:
    from rapallo.model import Tie

__all__ = [
    "COMPLETE",
    "MEASURES",
    "WINDOW",
    "Deliveries",
    "arms_dependence",
    "concentration",
    "deliveries",
    "exposure",
    "sanctioners",
    "supplier_shares",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]

WINDOW = 5
"""Years of deliveries that count, the year itself the last."""

COMPLETE = ("sipri-tiv", "sipri-register")
"""Datasets that list all deliveries they know of, the first choice first: what they lack was not sent."""

_UNIT = "TIV million"


def supplier_shares(delivered: Floats) -> Floats:
    """The share of each supplier in what each state received, from recipient to supplier.

    Args:
        delivered: amounts by supplier and recipient, 0 or more, NaN where it is not known; shape (suppliers,
            recipients).

    Returns:
        Shape (recipients, suppliers); NaN where it is not known, and for a state that received nothing.

    Examples:
        >>> supplier_shares(np.array([[0.0, 30.0, 0.0], [0.0, 0.0, 0.0], [0.0, 10.0, 0.0]])).tolist()
        [[nan, nan, nan], [0.75, 0.0, 0.25], [nan, nan, nan]]
    """
    received = np.nansum(delivered, axis=0)
    found: Floats = (delivered / np.where(received > 0.0, received, np.nan)).T
    return found


def concentration(share: Floats) -> Floats:
    """The concentration of suppliers, sqrt(sum_j share_ij^2) (Hirschman 1945); shape (recipients,).

    Examples:
        >>> concentration(np.array([[0.6, 0.8], [np.nan, 1.0], [np.nan, np.nan]])).tolist()
        [1.0, 1.0, nan]
    """
    known = np.isfinite(share).any(axis=1)
    return np.where(known, np.sqrt(np.nansum(share**2, axis=1)), np.nan)


def exposure(share: Floats, sanctions: Flags) -> Floats:
    """The share of trade with those who sanction a state.

    Args:
        share: of each partner in the trade of each state, from state to partner; shape (states, states).
        sanctions: whether the one sanctions the other; shape (states, states).

    Returns:
        Shape (states,). A sanctioner whose share is missing is left out. NaN where no share of the state is
        known, and where it is sanctioned and no share of a sanctioner is known.

    Examples:
        >>> share = np.array([[np.nan, 0.7, 0.3], [0.9, np.nan, 0.1], [np.nan, np.nan, np.nan]])
        >>> exposure(share, np.array([[0, 1, 0], [0, 0, 0], [0, 1, 0]], dtype=bool)).tolist()
        [0.0, 1.0, nan]
    """
    known, by = np.isfinite(share), sanctions.T
    lacking = ~known.any(axis=1) | (by.any(axis=1) & ~(by & known).any(axis=1))
    return np.where(lacking, np.nan, np.where(by & known, share, 0.0).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Deliveries:
    """The arms delivered in the window that a year ends.

    Attributes:
        amounts: TIV million by supplier and recipient; shape (states + others, states): the states of the
            system, then suppliers that are not in it, such as a state that is gone or an organisation. NaN
            where it is not known, which is everywhere if no source covers the window.
        source: id of the source they come from; empty if none covers it.
    """

    amounts: Floats
    source: str


def deliveries(panel: Panel, row: int) -> Deliveries:
    """The arms delivered to each state in the ``WINDOW`` of years that a year ends."""
    ledger = panel.keep("arms delivered", lambda: _ledger(panel))
    return ledger.window(panel.system, panel.years[row])


def arms_dependence(panel: Panel, row: int) -> Floats:
    """The share of each supplier in the arms that each state received; shape (states, states)."""
    share = supplier_shares(deliveries(panel, row).amounts)[:, : panel.system.shape[1]]
    return np.where(panel.system.together[row], share, np.nan)


def _supplier_concentration(panel: Panel, row: int) -> Floats:
    found = concentration(supplier_shares(deliveries(panel, row).amounts))
    return np.where(panel.system.member[row], found, np.nan)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Every delivery by the column: positions of ids and of sources, years, amounts."""

    wide: System
    ids: tuple[str, ...]
    sources: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    sent: Ints
    got: Ints
    source: Ints
    first: Ints
    last: Ints
    values: Floats

    def window(self, narrow: System, year: int) -> Deliveries:
        begin, states = year - WINDOW + 1, narrow.shape[1]
        places = self._places(narrow, begin, year)
        found = np.full((states + len(self.ids), states), np.nan)
        for at, name in enumerate(self.sources):
            taken = (self.source == at) & (places[self.got] < states)
            if complete := _dataset(name) in COMPLETE:
                if not self.spans[at][0] <= begin <= year <= self.spans[at][1]:
                    continue
                taken &= (self.first <= year) & (self.last >= begin)
            else:
                taken &= (self.first == begin) & (self.last == year)
            if taken.any():
                first, last = self.first[taken], self.last[taken]
                years = np.minimum(last, year) - np.maximum(first, begin) + 1
                ends = places[self.sent[taken]], places[self.got[taken]]
                found[... if complete else ends] = 0.0
                np.add.at(found, ends, self.values[taken] * years / (last - first + 1))
                return Deliveries(found, name)
        return Deliveries(found, "")

    def _places(self, narrow: System, begin: int, year: int) -> Ints:
        """The column of each id: of the number it bore last in the window, or one of its own behind all."""
        rows = slice(max(begin - self.wide.years[0], 0), year - self.wide.years[0] + 1)
        found = np.arange(len(self.ids), dtype=np.int32) + narrow.shape[1]
        for at, who in enumerate(self.ids):
            if who not in self.wide.holders:
                continue
            borne = self.wide.holders[who][1, rows]
            if (borne >= 0).any():
                code = self.wide.codes[borne[borne >= 0][-1]]
                place = np.searchsorted(narrow.codes, code)
                if place < len(narrow.codes) and narrow.codes[place] == code:
                    found[at] = place
        return found


def _dataset(source: str) -> str:
    return next((name for name in COMPLETE if is_of(source, name)), source)


def _ledger(panel: Panel) -> _Ledger:
    """The deliveries of a panel's years and of the window before, the best source first."""
    begin, stop = max(panel.years[0] - WINDOW + 1, FIRST), panel.years[-1]
    known = panel.as_known()
    days = {"since": dt.date(begin, 1, 1), "on": dt.date(stop, 12, 31)}
    table = panel.record.query("flows_over_years", names=["arms"], **days, **known)
    table = table.filter(
        pc.and_(
            pc.equal(table.column("unit"), _UNIT),
            pc.and_(pc.is_valid(table.column("valid_from")), pc.is_valid(table.column("valid_to"))),
        )
    )
    spans = {
        row["id"]: ((row["covers_from"] or dt.date.min).year, (row["covers_to"] or dt.date.max).year, row)
        for row in panel.record.query("source_spans", **known).to_pylist()
    }

    def order(name: str) -> tuple[int, int, str]:
        rank = COMPLETE.index(_dataset(name)) if _dataset(name) in COMPLETE else len(COMPLETE)
        released = spans[name][2]["released"] or dt.date.min
        return -rank, released.toordinal(), name

    sources = tuple(sorted(pc.unique(table.column("source")).to_pylist(), key=order, reverse=True))
    sides = [table.column(side) for side in ("actor", "other")]
    ids = pc.unique(pa.chunked_array([*sides[0].chunks, *sides[1].chunks], pa.string())).to_pylist()
    sent, got, source = (
        pc.index_in(column, pa.array(names, pa.string())).to_numpy().astype(np.int32)
        for column, names in ((sides[0], ids), (sides[1], ids), (table.column("source"), sources))
    )
    first, last = (
        pc.year(table.column(day)).to_numpy().astype(np.int32) for day in ("valid_from", "valid_to")
    )
    wide = system(panel.system.name, begin, stop)
    covers = tuple(spans[name][:2] for name in sources)
    values = table.column("value").to_numpy()
    return _Ledger(wide, tuple(ids), sources, covers, sent, got, source, first, last, values)


def sanctioners(panel: Panel, row: int) -> Flags:
    """Whether the one sanctions the other on any day of a year; shape (states, states).

    An organisation stands for its members of the day; what it does to one of its own members is not laid at
    the door of the others (``World.doers``). A sanction that is suspended does not count.
    """
    states, holders = panel.system.shape[1], panel.system.holders
    found: Flags = np.zeros((states, states), dtype=bool)
    worlds: dict[dt.date, World] = {}
    for tie in _sanctions(panel):
        for day in _days(tie, panel.years[row]):
            world = worlds.setdefault(day, World(panel.record.view(day, panel.known)))
            ends = (_columns(who, holders, row) for who in (world.doers(tie), world.members(tie, "target")))
            for one, other in product(*ends):
                found[one, other] = True
    found &= panel.system.together[row]
    return found


def _sanctions(panel: Panel) -> tuple[Tie, ...]:
    def ties() -> tuple[Tie, ...]:
        view = panel.record.view(dt.date(panel.years[-1], 12, 31), panel.known)
        return view.ties(kind="sanction", ended=True)

    return panel.keep("sanctions", ties)


def _days(tie: Tie, year: int) -> Iterator[dt.date]:
    """The days of a year on which a tie holds and from which on another state may be party to it."""
    begin, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    valid = tie.envelope.valid
    turns = {
        begin,
        end,
        valid.start,
        *(phase.on for phase in tie.phases),
        *(p.when.start for p in tie.parties),
    }
    for day in sorted(turn for turn in turns if turn is not None):
        within = begin <= day <= min(end, valid.end or end)
        if within and tie.phase(day) not in {None, "ended", "suspended"}:
            yield day


def _columns(who: Iterable[str], holders: dict[str, Ints], row: int) -> list[int]:
    """The columns of the numbers that ids bear last in a year."""
    found = (int(holders[each][1, row]) for each in who if each in holders)
    return [place for place in found if place >= 0]


def _exposure(panel: Panel, row: int) -> Floats:
    sources = sorted({tie.envelope.source for tie in _sanctions(panel)})
    if not panel.covered(sources)[row]:
        return np.full(panel.system.shape[1], np.nan)
    return exposure(trade_share(panel, row), sanctioners(panel, row))


_DEPENDENCE = Card(
    id="arms-dependence",
    kind="measure",
    definition=f"The share of a supplier in the major conventional weapons delivered to a state in {WINDOW} "
    "years, the year itself the last.",
    equation="dependence(i, j) = sum over years t-4 to t of TIV(j to i) / sum over the same years and all "
    "suppliers of TIV(. to i)",
    inputs=("flow: arms (TIV million)",),
    unit="share of deliveries in SIPRI's trend-indicator values, 0 to 1",
    citation="Catrina (1988), Arms Transfers and Dependence; values after Holtom, Bromley & Simmel (2012), "
    "Measuring International Arms Transfers",
    limits="Of imports alone: a state that makes its own arms can be high here and depend on nobody. Spare "
    "parts, small arms, services and licences beyond those SIPRI counts are left out. Values are of "
    "military worth, not of money. Deliveries by suppliers that are not known are not in the total.",
    coding="One source per window: SIPRI's yearly values (sipri-tiv) where they cover all its years, else "
    "its register (sipri-register), the value of an order spread evenly over its years of delivery, else "
    "another source whose rows are of just that window, as the starter record. Five years, as deliveries "
    "come in lumps. A state is whoever bears its number at the end; suppliers outside the system count in "
    "the total.",
    missing="No value where no source covers the window, where the state received nothing in it, or where "
    "the two were not both members on one day. A pair that SIPRI does not list, or lists as 0, is 0; in "
    "another source only pairs listed have a value, and shares are of what it lists, hence too high.",
    coverage="With sipri-tiv 2022, 1954 to 2021; with sipri-register 2024, to 2023; with the starter record "
    "alone, 2021 and 2023 for the pairs it holds.",
    checked="Cases worked by hand; shares of a recipient add up to 1 by property test. Of the arms of India "
    "46 percent came from Russia in 2017 to 2021 by sipri-tiv and 37 in 2019 to 2023 by the register; "
    "SIPRI's fact sheets say 46 and 36. Shares of the windows 1954 to 2021 by the two datasets correlate at "
    "r = 0.980.",
)
_CONCENTRATION = replace(
    _DEPENDENCE,
    id="arms-concentration",
    definition=f"How concentrated the deliveries of major weapons to a state in {WINDOW} years are on few "
    "suppliers.",
    equation="concentration(i) = sqrt(sum over suppliers j of dependence(i, j)^2)",
    unit="above 0 (very many small suppliers) to 1 (a single one)",
    citation="Hirschman (1945), National Power and the Structure of Foreign Trade; values after Holtom, "
    "Bromley & Simmel (2012), Measuring International Arms Transfers",
    missing="No value where no source covers the window, where the state received nothing in it, or was no "
    "member.",
)
_EXPOSURE = Card(
    id="sanctions-exposure",
    kind="measure",
    definition="The share of a state's trade in goods in a year that is with states which sanction it in "
    "that year.",
    equation="exposure(i) = sum over j that sanction i of share(i, j), shares as in trade-share",
    inputs=(
        "tie: sanction",
        "flow: trade (all goods, USD million at current prices)",
        "trait: exports, imports (USD million)",
    ),
    unit="share of all trade, 0 to 1",
    citation="Hufbauer, Schott, Elliott & Oegg (2007), Economic Sanctions Reconsidered (their trade linkage)",
    limits="What trade is left under sanctions, not what they cost: one that bites lowers its own measure, "
    "and it is best read of the year before. A sanction on a person and an embargo count alike. Sanctions "
    "that the record does not hold are not seen, so that 0 says that it holds none; the starter record "
    "holds few.",
    coding="A sanction counts for a year on any day of which it holds and is not suspended. An organisation "
    "stands for its members of the day; what it does to one of its own members makes no sanctioners of the "
    "others, so that sanctions of the United Nations count for none of theirs.",
    missing="No value where no source of sanctions covers the year, where no share of the state's trade is "
    "known, or where it is sanctioned and no trade with a sanctioner is known; a sanctioner with whom trade "
    "is missing is left out, so that it is a lower bound.",
    coverage="Years and states that both trade and a source of sanctions cover: with COW Trade 4.0 and the "
    "starter record 1870 to 2014, and the pairs of later years that the starter record holds.",
    checked="Cases worked by hand, among them an organisation that sanctions a member and one that is none.",
)

MEASURES: tuple[Yearly, ...] = (
    Yearly(_DEPENDENCE, "pair", arms_dependence, directed=True),
    Yearly(_CONCENTRATION, "state", _supplier_concentration),
    Yearly(_EXPOSURE, "state", _exposure),
)
