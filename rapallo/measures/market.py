"""Who supplies a state in a domain, and who else could: the ground of dependence.

A market is made of suppliers. For each it holds what it now gives, how readily the state could turn to it
(channels and obstacles of ``turning.yaml``) and how much it could give. In trade what is given counts
both ways, since a buyer can be missed as much as a seller. In protection what is given is the promise to
fight: the capability of the one that is bound, times the strength of the clause.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import prod
from typing import TYPE_CHECKING, Any

import yaml

from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.model import Flow, Tie

__all__ = ["DOMAINS", "Market", "Rules", "Supplier", "market", "rules"]

_SHARE = "share of capability"
_WITHHELD = frozenset({"sanction", "arms_embargo"})
"""Obstacles that stand in the way only of what their doer gives."""


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
        own: what the state gives itself, by unit: in protection its own capability, else nothing.
        stated: its total by unit as the record states it: in trade exports and imports, else nothing.
        stated_rows: confidence by id of the rows that state it.
    """

    of: str
    rules: Rules
    suppliers: Mapping[str, Supplier]
    own: Mapping[str, float]
    stated: Mapping[str, float]
    stated_rows: Mapping[str, float]

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
        )
        for domain, entry in raw["domains"].items()
    }


DOMAINS = ("trade", "energy", "arms", "protection")


def rules(domain: str) -> Rules:
    """The rules of a domain.

    Examples:
        >>> rules("arms").capacity
        'arms_exports'
    """
    return _tables()[domain]


def market(world: World, of: str, domain: str) -> Market:
    """The market of a state in a domain: everybody who gives it something or has a tie to it.

    A state at war with it is in none: what it gave before is taken to have ended.

    Args:
        world: the rows of a view.
        of: code of the state.
        domain: ``trade, energy, arms`` or ``protection``.
    """
    how = rules(domain)
    given = _given(world, of, domain)
    suppliers = {}
    for code in sorted({*given, *world.tied_to(of)} - {of}):
        flows = given.get(code, ())
        channels, hindered, ties = _ties(world, of, code, how)
        if hindered == 0.0:
            continue
        promises = world.promises(of).get(code, ()) if how.promises else ()
        if promises:
            hindered = 1.0
            channels["promise"] = max(how.promises[clause.strength] for clause, _ in promises)
        if not flows and not channels:
            continue
        volumes: dict[str, float] = defaultdict(float)
        for flow in flows:
            volumes[flow.unit] += flow.value
        if promises and code in world.capability:
            volumes[_SHARE] = channels["promise"] * world.capability[code]
        capacities, capacity_rows = _capacities(world, code, how)
        clauses = {
            clause.id: min(clause.envelope.confidence, tie.envelope.confidence) for clause, tie in promises
        }
        suppliers[code] = Supplier(
            actor=code,
            volumes=dict(volumes),
            open=1.0 - prod(1.0 - channel for channel in channels.values()),
            hindered=hindered,
            capacities=capacities,
            tie_rows=(*clauses, *(tie.id for tie in ties)),
            flow_rows=(*(flow.id for flow in flows), *clauses),
            capacity_rows=tuple(capacity_rows),
            confidences={
                **clauses,
                **{tie.id: tie.envelope.confidence for tie in ties},
                **{flow.id: flow.envelope.confidence for flow in flows},
                **capacity_rows,
            },
        )
    has_own = domain == "protection" and of in world.capability
    own = {_SHARE: world.capability[of]} if has_own else {}
    return Market(of, how, suppliers, own, *_stated(world, of, domain))


def _stated(world: World, of: str, domain: str) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Exports and imports of the state where the record holds both, and the rows that say so."""
    sent, got = (world.traits(name).get(of) for name in ("exports", "imports"))
    if domain != "trade" or sent is None or got is None or sent.unit != got.unit:
        return {}, {}
    rows = {trait.id: trait.envelope.confidence for trait in (sent, got)}
    return {sent.unit: sent.value + got.value}, rows


def _given(world: World, of: str, domain: str) -> Mapping[str, tuple[Flow, ...]]:
    if domain == "protection":
        return dict.fromkeys(world.promises(of), ())
    given: dict[str, tuple[Flow, ...]] = dict(world.into(domain, of))
    if domain == "trade":
        for code, flows in world.out_of(domain, of).items():
            given[code] = (*given.get(code, ()), *flows)
    return given


def _ties(world: World, of: str, code: str, how: Rules) -> tuple[dict[str, float], float, tuple[Tie, ...]]:
    """The channels between the two by name, the factor of their obstacles, and the ties behind both."""
    channels: dict[str, float] = {}
    obstacles: dict[str, float] = {}
    used: dict[str, Tie] = {}
    for tie in world.between(of, code):
        kind = tie.kind
        if kind == "pact" and any(clause.kind == "defence" for clause in tie.clauses):
            kind = "defence"
        if kind in how.obstacles and (kind not in _WITHHELD or code in world.doers(tie)):
            obstacles[kind] = how.obstacles[kind]
        elif kind in how.ties:
            channels[kind] = how.ties[kind]
        else:
            continue
        used.setdefault(kind, tie)
    return channels, prod(obstacles.values()), tuple(used.values())


def _capacities(world: World, code: str, how: Rules) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The most a state could give by unit, and the confidence of the rows that say so by id."""
    if how.capacity == "capability":
        if code not in world.capability:
            return {}, {}
        rows = {trait.id: trait.envelope.confidence for trait in world.capability_rows(code)}
        return {_SHARE: how.diversion * world.capability[code]}, rows
    trait = world.traits(how.capacity).get(code) if how.capacity != "outflow" else None
    if trait is not None:
        return {trait.unit: how.diversion * trait.value}, {trait.id: trait.envelope.confidence}
    if not how.outflow:
        return {}, {}
    sent: dict[str, float] = defaultdict(float)
    flows = [flow for rows in world.out_of(how.domain, code).values() for flow in rows]
    for flow in flows:
        sent[flow.unit] += how.diversion * flow.value
    return dict(sent), {flow.id: flow.envelope.confidence for flow in flows}
