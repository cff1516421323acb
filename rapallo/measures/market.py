"""Who supplies a state in a domain, and who else could: the ground of dependence.

A market is made of suppliers. For each it holds what it now gives, how readily the state could turn to it
(channels and obstacles of ``turning.yaml``) and how much it could give. In trade what is given counts
both ways, since a buyer can be missed as much as a seller. In protection what is given is the promise to
fight: the capability of the one that is bound, times the strength of the clause. In technology, and in aid
where the record holds no flow of it to the state, it is what the words of a tie tell of: the capability of
the one that gives, times the strength of the words. The market of transit is made in its own module.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

from rapallo.measures.suppliers import DOMAINS, SHARE, Market, Rules, Supplier, rules
from rapallo.measures.told import told
from rapallo.measures.transit import transit
from rapallo.measures.world import World

if TYPE_CHECKING:
    from rapallo.model import Clause, Flow, Tie

__all__ = ["DOMAINS", "Market", "Rules", "Supplier", "market", "rules"]

_WITHHELD = frozenset({"sanction", "arms_embargo", "aid_halt"})
"""Obstacles that stand in the way only of what their doer gives."""


def market(world: World, of: str, domain: str) -> Market:
    """The market of a state in a domain: everybody who gives it something or has a tie to it.

    A state at war with it is in none, nor is one that is no more: what it gave is taken to have ended.

    Args:
        world: the rows of a view.
        of: code of the state.
        domain: one of ``DOMAINS``.
    """
    how = rules(domain)
    if domain == "transit":
        return transit(world, of, how)
    given = _given(world, of, domain)
    telling = {} if given else told(world, of, how.words)
    stand_in = bool(telling) and how.capacity != "capability"
    if stand_in:
        how = replace(how, capacity="capability", outflow=False)
    suppliers = {}
    for code in sorted({*given, *world.tied_to(of)} - {of}):
        if not world.in_being(code):
            continue
        found = _supplier(world, of, code, how, given.get(code, ()), telling.get(code))
        if found is not None:
            suppliers[code] = found
    by_capability = domain == "protection" or bool(telling)
    own = {SHARE: world.capability[of]} if by_capability and of in world.capability else {}
    untold = "" if _tells(world, how, given, telling) else how.untold
    if telling and not own:
        untold = "its own capability is not in the record"
    stated, stated_rows = _stated(world, of, domain)
    return Market(of, how, suppliers, own, stated, stated_rows, untold, stand_in=stand_in)


def _tells(
    world: World,
    how: Rules,
    given: Mapping[str, tuple[Flow, ...]],
    telling: Mapping[str, tuple[float, Tie]],
) -> bool:
    """Whether the record can tell who supplies the state; a list of pacts tells even of a state with none."""
    return bool(given or telling) or (bool(how.promises) and any(tie.kind == "pact" for tie in world.ties))


def _supplier(
    world: World,
    of: str,
    code: str,
    how: Rules,
    flows: tuple[Flow, ...],
    telling: tuple[float, Tie] | None,
) -> Supplier | None:
    channels, hindered, ties = _ties(world, of, code, how)
    if hindered == 0.0:
        return None
    promises = world.promises(of).get(code, ()) if how.promises else ()
    if promises:
        hindered = 1.0
        channels["promise"] = max(how.promises[clause.strength] for clause, _ in promises)
    if not flows and not channels and telling is None:
        return None
    volumes: dict[str, float] = defaultdict(float)
    for flow in flows:
        volumes[flow.unit] += flow.value
    strength = channels.get("promise", 0.0) if telling is None else telling[0]
    if strength and code in world.capability:
        volumes[SHARE] = strength * world.capability[code]
    capacities, capacity_rows = _capacities(world, code, how)
    bonds = _bonds(promises, telling)
    return Supplier(
        actor=code,
        volumes=dict(volumes),
        open=1.0 - prod(1.0 - channel for channel in channels.values()),
        hindered=hindered,
        capacities=capacities,
        tie_rows=tuple(dict.fromkeys((*bonds, *(tie.id for tie in ties)))),
        flow_rows=(*(flow.id for flow in flows), *bonds),
        capacity_rows=tuple(capacity_rows),
        confidences={
            **bonds,
            **{tie.id: tie.envelope.confidence for tie in ties},
            **{flow.id: flow.envelope.confidence for flow in flows},
            **capacity_rows,
        },
    )


def _bonds(
    promises: tuple[tuple[Clause, Tie], ...], telling: tuple[float, Tie] | None
) -> Mapping[str, float]:
    """The clauses or the tie by which something is given, with the confidence of each by id."""
    if telling is not None:
        return {telling[1].id: telling[1].envelope.confidence}
    return {clause.id: min(clause.envelope.confidence, tie.envelope.confidence) for clause, tie in promises}


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
    if domain == "technology":
        return {}
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
        return {SHARE: how.diversion * world.capability[code]}, rows
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
