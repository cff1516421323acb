"""What a market is made of, and the rules of each domain: how readily a state can turn to another in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["DOMAINS", "SHARE", "Market", "Rules", "Supplier", "Words", "rules"]

SHARE = "share of capability"
"""Unit of what is sized by the capability of the one that gives it."""


@dataclass(frozen=True, slots=True)
class Words:
    """How the name and the account of a tie tell that one party gives another something.

    Attributes:
        kinds: of tie in which words are looked for.
        lasts: years for which a tie counts that was signed and of which no more is told.
        downhill: whether only the stronger of the two is taken to give.
        phrases: each with its strength, 0 to 1; the strongest that is found counts.
    """

    kinds: frozenset[str]
    lasts: float
    downhill: bool
    phrases: tuple[tuple[re.Pattern[str], float], ...]

    def strength(self, text: str) -> float:
        """The strength of the strongest phrase in a text; 0 where there is none.

        Examples:
            >>> rules("technology").words.strength("nuclear cooperation: nuclear safety")
            0.1
        """
        return max((value for phrase, value in self.phrases if phrase.search(text)), default=0.0)


@dataclass(frozen=True, slots=True)
class Rules:
    """How readily a state can turn to another in one domain; see ``turning.yaml``."""

    domain: str
    flow: float
    diversion: float
    capacity: str
    ties: Mapping[str, float]
    obstacles: Mapping[str, float]
    promises: Mapping[str, float]
    outflow: bool
    words: Words
    untold: str


@dataclass(frozen=True, slots=True)
class Supplier:
    """One state that gives another something in a domain, or could.

    Attributes:
        actor: its code.
        volumes: what it gives, by unit.
        open: how readily the state could turn to it for more, by their ties alone, 0 to 1.
        hindered: factor of the obstacles between them, 0 to 1; 1 is none.
        capacities: the most it could give, by unit; a unit that is absent is not known.
        tie_rows: ids of the ties and clauses behind ``open`` and ``hindered``.
        flow_rows: ids of the flows or clauses behind ``volumes``.
        capacity_rows: ids of the rows behind ``capacities``.
        confidences: confidence by row id.
    """

    actor: str
    volumes: Mapping[str, float]
    open: float
    hindered: float
    capacities: Mapping[str, float]
    tie_rows: tuple[str, ...]
    flow_rows: tuple[str, ...]
    capacity_rows: tuple[str, ...]
    confidences: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Market:
    """All suppliers of one state in one domain.

    Attributes:
        of: code of the state.
        rules: of the domain.
        suppliers: by code.
        own: what the state gives itself, by unit: its own capability where what others give is sized by
            theirs, a way of its own to the sea where it has a coast, else nothing.
        stated: its total by unit as the record states it: in trade exports and imports, else nothing.
        stated_rows: confidence by id of the rows that state it.
        untold: why the record cannot tell who supplies the state; empty where it can.
        unsure: codes of states of which it cannot tell whether they supply it.
        stand_in: whether ties that tell of the domain in words stand in for its flows.
    """

    of: str
    rules: Rules
    suppliers: Mapping[str, Supplier]
    own: Mapping[str, float]
    stated: Mapping[str, float]
    stated_rows: Mapping[str, float]
    untold: str = ""
    unsure: tuple[str, ...] = ()
    stand_in: bool = False

    @property
    def totals(self) -> Mapping[str, float]:
        """What the state gets in all, by unit: the stated total, or the sum of what is recorded if larger."""
        sums: dict[str, float] = defaultdict(float, self.own)
        for supplier in self.suppliers.values():
            for unit, value in supplier.volumes.items():
                sums[unit] += value
        return {unit: max(value, self.stated.get(unit, 0.0)) for unit, value in sums.items()}

    @property
    def shares(self) -> Mapping[str, float]:
        """Each supplier's share, in the unit in which it is largest; those that give nothing are left out."""
        totals = self.totals
        shares = {
            code: max((v / totals[unit] for unit, v in supplier.volumes.items() if v > 0.0), default=0.0)
            for code, supplier in self.suppliers.items()
        }
        return {code: share for code, share in shares.items() if share > 0.0}


@cache
def _tables() -> Mapping[str, Rules]:
    raw: Mapping[str, Any] = yaml.load(
        files("rapallo.measures").joinpath("turning.yaml").read_bytes(), Loader=yaml.CSafeLoader
    )
    return {
        domain: Rules(
            domain=domain,
            flow=entry["flow"],
            diversion=entry["diversion"],
            capacity=entry["capacity"],
            ties=entry["ties"],
            obstacles=entry["obstacles"],
            promises=entry.get("promises", {}),
            outflow=entry.get("outflow", False),
            words=_words(entry.get("words", {})),
            untold=entry["untold"],
        )
        for domain, entry in raw["domains"].items()
    }


def _words(entry: Mapping[str, Any]) -> Words:
    phrases = ((_pattern(phrase), float(value)) for phrase, value in entry.get("phrases", {}).items())
    return Words(
        kinds=frozenset(entry.get("kinds", ())),
        lasts=entry.get("lasts", 0.0),
        downhill=entry.get("downhill", False),
        phrases=tuple(phrases),
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    """Whole words in either case; an asterisk at the end stands for any ending."""
    ending = r"\w*" if phrase.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(phrase.removesuffix('*'))}{ending}(?!\w)", re.IGNORECASE)


DOMAINS = ("trade", "energy", "arms", "aid", "protection", "technology", "transit")


def rules(domain: str) -> Rules:
    """The rules of a domain.

    Examples:
        >>> rules("arms").capacity
        'arms_exports'
    """
    return _tables()[domain]
