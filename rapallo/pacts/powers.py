"""Which states count as great powers, for clauses that only an attack by one sets off."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["is_great_power"]


def is_great_power(code: str, on: dt.date) -> bool:
    """Whether the state is a great power in that year.

    Source: Levy (1983), War in the Modern Great Power System; the list ends in 1975 and is carried on here.

    Examples:
        >>> is_great_power("ITA", dt.date(1914, 8, 1)), is_great_power("ITA", dt.date(1955, 1, 1))
        (True, False)
    """
    spans = _spans().get(code, ())
    return any(first <= on.year and (last is None or on.year <= last) for first, last in spans)


@cache
def _spans() -> dict[str, tuple[tuple[int, int | None], ...]]:
    text = files("rapallo.pacts").joinpath("data/powers.yaml").read_bytes()
    raw = yaml.load(text, Loader=yaml.CSafeLoader)
    return {code: tuple((first, last) for first, last in spans) for code, spans in raw["powers"].items()}
