"""The formula of the Composite Index of National Capability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import fmean

__all__ = ["cinc"]


def cinc(components: Iterable[Mapping[str, float]]) -> Mapping[str, float]:
    """Each state's mean share in the totals of the components it is held for.

    Singer, Bremer & Stuckey (1972): the share of the state in the total of the system, component by
    component, averaged over the components that are available for it. The total of a component is that of
    the system only where it is held for the states that matter: a component is left out where the states it
    is held for make up less than half of the component that is held for most states.

    Args:
        components: per component the values by code.

    Returns:
        The index by code, 0 to 1, sorted by code.

    Examples:
        >>> cinc([{"CHN": 30.0, "JPN": 10.0}, {"CHN": 50.0, "JPN": 50.0}, {"CHN": 1.0}])
        {'CHN': 0.75, 'JPN': 0.375}
        >>> cinc([{"CHN": 30.0, "JPN": 5.0, "KOR": 5.0}, {"KOR": 1.0}])
        {'CHN': 0.75, 'JPN': 0.125, 'KOR': 0.125}
    """
    held = [values for values in components if sum(values.values()) > 0.0]
    widest = max(held, key=len, default={})
    shares: dict[str, list[float]] = {}
    for values in held:
        if 2.0 * sum(widest.get(state, 0.0) for state in values) < sum(widest.values()):
            continue
        total = sum(values.values())
        for state, value in values.items():
            shares.setdefault(state, []).append(value / total)
    return {state: fmean(parts) for state, parts in sorted(shares.items())}
