"""By whose leave a state without a coast reaches the sea."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from math import prod
from typing import TYPE_CHECKING

from rapallo.measures.suppliers import Market, Rules, Supplier

if TYPE_CHECKING:
    from rapallo.measures.world import World
    from rapallo.model import Flow

__all__ = ["PASSES", "transit"]

PASSES = "own:transit"
"""Kind of flow, of a user's own, between a state and the one its goods pass through."""

_WAYS = "ways to the sea"


def transit(world: World, of: str, how: Rules) -> Market:
    """The market of a state's ways to the sea: its land neighbours, each by what passes through it.

    A state with a coast has a way of its own and depends on nobody. One without a coast has the open ways
    over the fewest states: over each neighbour with a coast, or, where none has one, over those from which
    the coast is nearest. What passes through a neighbour is taken from flows of the kind ``own:transit``
    where the record has any to or from such a neighbour, and is otherwise the same for each.

    Args:
        world: the rows of a view.
        of: code of the state.
        how: the rules of transit: obstacles are factors on what passes, and one of 0 closes a border.
    """
    coasts = world.traits("landlocked")
    shut = Market(of, how, {}, {}, {}, {})
    if of not in coasts:
        return replace(shut, untold=how.untold)
    if not coasts[of].value:
        return replace(shut, own={_WAYS: 1.0})
    if of not in world.borders:
        return replace(shut, untold="none of its land borders is in the record")
    factors = {code: _factor(world, of, code, how) for code in sorted(world.borders[of])}
    lengths = {code: _length(world, of, code, how) for code, factor in factors.items() if factor}
    unsure = tuple(code for code in lengths if code not in coasts)
    known = {code: length for code, length in lengths.items() if length is not None}
    if unsure and not known:
        return replace(shut, untold="whether its neighbours have a coast is not in the record", unsure=unsure)
    gates = [code for code, length in known.items() if length == min(known.values())]
    passes = {code: _passes(world, of, code) for code in gates}
    if not any(passes.values()):
        passes = dict.fromkeys(gates, ())
    measured = any(passes.values())
    suppliers = {
        code: _supplier(world, of, code, factors[code], flows, measured=measured)
        for code, flows in passes.items()
    }
    return replace(shut, suppliers=suppliers, unsure=unsure)


def _supplier(
    world: World, of: str, code: str, factor: float, flows: tuple[Flow, ...], *, measured: bool
) -> Supplier:
    volumes: dict[str, float] = defaultdict(float)
    for flow in flows:
        volumes[flow.unit] += factor * flow.value
    border = world.borders[of][code]
    coasts = world.traits("landlocked")
    rows = {coasts[of].id: coasts[of].envelope.confidence, border.id: border.envelope.confidence}
    if code in coasts:
        rows[coasts[code].id] = coasts[code].envelope.confidence
    rows |= {flow.id: flow.envelope.confidence for flow in flows}
    return Supplier(
        actor=code,
        volumes=dict(volumes) if measured else {_WAYS: factor},
        open=0.0,
        hindered=1.0,
        capacities={},
        tie_rows=(border.id,),
        flow_rows=tuple(rows),
        capacity_rows=(),
        confidences=rows,
    )


def _factor(world: World, one: str, other: str, how: Rules) -> float:
    """What the obstacles between two neighbours leave of what passes, 0 to 1."""
    kinds = {tie.kind for tie in world.between(one, other)}
    return prod(how.obstacles[kind] for kind in kinds & set(how.obstacles))


def _length(world: World, of: str, first: str, how: Rules) -> int | None:
    """How many states lie behind a neighbour on its shortest open way to a coast; None where it has none."""
    coasts = world.traits("landlocked")
    seen, front, length = {of, first}, [first], 0
    while front:
        if any(code in coasts and not coasts[code].value for code in front):
            return length
        reached = {
            other
            for code in front
            if code in coasts
            for other in world.borders.get(code, {})
            if other not in seen and _factor(world, code, other, how)
        }
        seen |= reached
        front, length = sorted(reached), length + 1
    return None


def _passes(world: World, of: str, code: str) -> tuple[Flow, ...]:
    both: tuple[Mapping[str, tuple[Flow, ...]], ...] = (world.into(PASSES, of), world.out_of(PASSES, of))
    return tuple(flow for flows in both for flow in flows.get(code, ()))
