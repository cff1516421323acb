"""Dyad-years and state-years: who stands beside whom in which year, and columns of the record beside them."""

from rapallo.measures.dyads.blocks import Block, Column, blocks
from rapallo.measures.dyads.layout import Asked, schema
from rapallo.measures.dyads.table import dyads, write_dyads
from rapallo.measures.dyads.universe import UNIVERSES, Rows, universe

__all__ = [
    "UNIVERSES",
    "Asked",
    "Block",
    "Column",
    "Rows",
    "blocks",
    "dyads",
    "schema",
    "universe",
    "write_dyads",
]
