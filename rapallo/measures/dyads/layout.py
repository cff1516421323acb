"""What is asked of a table, and the columns that makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from rapallo.errors import InputError
from rapallo.measures.dyads.blocks import Block, Column, block_of
from rapallo.measures.dyads.universe import UNIVERSES, sides

__all__ = ["Asked", "columns", "places", "schema"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table shall hold.

    Attributes:
        first: year.
        last: year.
        with_: names of blocks (``columns.yaml``) and of measures.
        universe: which rows; a key of ``UNIVERSES``.
        system: ``cow`` or ``gw``.
        known: the record as it was known then; by default as it is.
        states: ids of the only states that are to stand in rows; all unless said.
        blocks: what was asked for, in the order of asking.

    Raises:
        InputError: where there is no such block, measure or universe, or two have a column of one name.
    """

    first: int
    last: int
    with_: tuple[str, ...] = ()
    universe: str = "dyads"
    system: str = "cow"
    known: dt.date | None = None
    states: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        if self.universe not in UNIVERSES:
            msg = f"there is no universe {self.universe!r}"
            raise InputError(msg, hint=f"one of {', '.join(UNIVERSES)}")
        object.__setattr__(self, "blocks", tuple(block_of(name) for name in dict.fromkeys(self.with_)))
        of: dict[str, str] = {}
        for block in self.blocks:
            for column in columns(block, sides(self.universe)):
                for name, _ in places(column, sides(self.universe)):
                    if name in of:
                        msg = f"{of[name]} and {block.name} both have a column {name}"
                        raise InputError(msg, hint="ask for one of the two")
                    of[name] = block.name


def schema(asked: Asked) -> pa.Schema:
    """The columns of the table, each with its unit, meaning and sources as metadata."""
    number = "ccode" if asked.system == "cow" else "gwcode"
    many = sides(asked.universe)
    called = [number] if many == 1 else [f"{number}{side + 1}" for side in range(many)]
    fields = [pa.field(name, pa.int16(), nullable=False) for name in called]
    fields.append(pa.field("year", pa.int16(), nullable=False))
    for block in asked.blocks:
        for column in columns(block, many):
            told = {"unit": column.unit, "about": column.about, "sources": " ".join(block.sources)}
            fields += [pa.field(name, column.type, metadata=told) for name, _ in places(column, many)]
    return pa.schema(fields)


def columns(block: Block, many: int) -> Iterator[Column]:
    """The columns of a block that stand beside rows of so many states."""
    fitting = {"both", "world", "state" if many == 1 else "pair"}
    return (column for column in block.columns if column.of in fitting)


def places(column: Column, many: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The names of a column beside rows of so many states, each with the sides it tells of."""
    if many == 1 or column.of == "world":
        yield column.name, (0,)
    elif column.of != "pair":
        yield from ((f"{column.name}{side + 1}", (side,)) for side in range(many))
    elif many == 2:
        both = ((1, (0, 1)), (2, (1, 0))) if column.sides else ()
        yield from ((f"{column.name}{side}", its) for side, its in both) if both else [(column.name, (0, 1))]
    else:
        ordered = [(0, 1), (0, 2), (1, 2)]
        ordered += [(other, one) for one, other in ordered] if column.sides else []
        yield from ((f"{column.name}{one + 1}{other + 1}", (one, other)) for one, other in ordered)
