"""The columns that can stand beside pairs and years, as ``columns.yaml`` tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from rapallo.errors import InputError
from rapallo.measures.registry import yearly

__all__ = ["Block", "Column", "block_of", "blocks"]

_KINDS = ("trait", "pair", "flow", "own", "measure")


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or two where it is told of each of two states.

    Attributes:
        name: of the column, without the 1 or 2 of a side.
        kind: ``trait``, ``pair``, ``flow``, ``own`` or ``measure``.
        what: the amount in the record, or the function or measure that works it out.
        type: of Arrow.
        unit: of its values.
        about: what it says.
        of: ``both`` where it stands beside states and pairs alike, only beside a ``state`` or a ``pair``,
            or of the whole ``world``.
        source: the only dataset that counts.
        sides: whether an amount of a pair is told in both directions.
        absent: what stands where a year is covered and no source has a row.
        carry: whether the last covered year stands for those behind it.
        times: what the amount of the record is multiplied by.
        begun: whether of several amounts in a year that counts which held first.
    """

    name: str
    kind: str
    what: str
    type: str
    unit: str
    about: str
    of: str
    source: str = ""
    sides: bool = False
    absent: float | None = None
    carry: bool = False
    times: float = 1.0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that are asked for together.

    Attributes:
        name: by which they are asked for.
        about: what they say.
        sources: the datasets they come from; one of them is enough where they tell of the same.
        columns: in their order.
    """

    name: str
    about: str
    sources: tuple[str, ...]
    columns: tuple[Column, ...]


@cache
def blocks() -> Mapping[str, Block]:
    """All blocks by name.

    Examples:
        >>> [column.name for column in blocks()["majors"].columns]
        ['cowmaj']
    """
    text = files("rapallo.measures.dyads").joinpath("columns.yaml").read_text("utf-8")
    return {name: _block(name, told) for name, told in yaml.safe_load(text).items()}


def block_of(name: str) -> Block:
    """The block of a name, or the measure of that name as one.

    Raises:
        InputError: where there is neither.

    Examples:
        >>> [(column.name, column.sides) for column in block_of("s-score").columns]
        [('s_score', False)]
    """
    if name in blocks():
        return blocks()[name]
    if name not in yearly():
        msg = f"there is nothing to put beside the rows under the name {name!r}"
        raise InputError(
            msg, hint=f"one of {', '.join(blocks())}, or a measure (`rapallo measure` lists them)"
        )
    its = yearly()[name]
    of = {"state": "both", "pair": "pair", "world": "world"}[its.of]
    called, about = name.replace("-", "_"), its.card.definition
    column = Column(called, "measure", name, "float64", its.card.unit, about, of, sides=its.directed)
    return Block(name, about, (), (column,))


def _block(name: str, told: Mapping[str, Any]) -> Block:
    sources = tuple(told["sources"])
    only = sources[0] if len(sources) == 1 else ""
    columns = tuple(_column(called, {"source": only} | its) for called, its in told["columns"].items())
    return Block(name, told["about"], sources, columns)


def _column(name: str, told: dict[str, Any]) -> Column:
    (kind,) = set(_KINDS) & told.keys()
    what = told.pop(kind)
    of = told.pop("of", "both" if kind == "trait" else "pair")
    return Column(name, kind, what, of=of, **told)
