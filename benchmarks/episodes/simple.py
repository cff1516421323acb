"""The three simple rankings of third states: nearest capital, capability, and rivals first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapallo import actors
from rapallo.errors import InputError
from rapallo.measures import adversaries, capability
from rapallo.record import View

__all__ = ["SIMPLE", "rankings"]

SIMPLE = ("nearest capital", "capability", "rivals, then capability")


def rankings(view: View, parties: Sequence[str], others: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Every other state in the order of each of the simple rankings, ties by code.

    A state of which the record holds no capability comes after those of which it does, and one without a
    capital in the table after those with one.
    """
    near = {other: _distance(view, parties, other) for other in others}
    strong = capability(view)
    rivals = {foe.actor for party in parties for foe in adversaries(view, party)}
    orders = (
        lambda code: (near[code], code),
        lambda code: (-strong.get(code, 0.0), code),
        lambda code: (code not in rivals, -strong.get(code, 0.0), code),
    )
    return {name: tuple(sorted(others, key=order)) for name, order in zip(SIMPLE, orders, strict=True)}


def _distance(view: View, parties: Sequence[str], other: str) -> float:
    found = [float("inf")]
    for party in parties:
        try:
            found.append(actors.distance_km(party, other, on=view.on))
        except InputError:
            continue
    return min(found)
