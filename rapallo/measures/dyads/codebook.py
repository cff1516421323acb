"""What stands beside a table: what each column is and why values are missing, and what to cite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rapallo.measures.dyads.layout import Asked, columns, places
from rapallo.measures.dyads.universe import UNIVERSES, sides
from rapallo.sources.citing import bibtex, keys
from rapallo.sources.dataset import dataset

if TYPE_CHECKING:
    from rapallo.measures.dyads.blocks import Block, Column
    from rapallo.measures.panel import Panel

__all__ = ["Tally", "citations", "codebook"]


@dataclass(slots=True)
class Tally:
    """How many rows there are, and of each column how many have no value, and why.

    Attributes:
        rows: of the table.
        beyond: rows without a value in years that no source covers, by column.
        without: rows without a value in years that a source covers.
    """

    rows: int = 0
    beyond: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)

    def count(self, name: str, values: NDArray[np.float64], covered: NDArray[np.bool_]) -> None:
        """Count the rows of a part in which a column has no value."""
        nothing = np.isnan(values)
        self.beyond[name] += int(np.count_nonzero(nothing & ~covered))
        self.without[name] += int(np.count_nonzero(nothing & covered))


def codebook(out: Path, panel: Panel, asked: Asked, tally: Tally) -> str:
    """What each column of a table is, and why values are missing; Markdown."""
    return "\n".join(_codebook(out, panel, asked, tally))


def citations(panel: Panel, asked: Asked) -> str:
    """What is to be cited for a table, each work once; BibTeX."""
    cited = [
        work
        for block in asked.blocks
        for name in block.sources
        if panel.holds([name])
        for work in dataset(name).cite
    ]
    each = list({(work.author, work.year, work.title): work for work in cited}.values())
    entries = (bibtex(work, ident) for work, ident in zip(each, keys(each), strict=True))
    return "\n\n".join(entries) + "\n"


def _codebook(out: Path, panel: Panel, asked: Asked, tally: Tally) -> Iterator[str]:
    system = {"cow": "Correlates of War", "gw": "Gleditsch and Ward"}[asked.system]
    yield f"# Codebook of {out.name}\n"
    yield (
        f"{tally.rows:,} rows, {asked.first} to {asked.last}: {UNIVERSES[asked.universe]}. State system of "
        f"{system}. Made by Rapallo {version('rapallo')}. "
        f"What to cite stands in {out.with_suffix('.bib').name}.\n"
    )
    yield "A column that ends in 1 or 2 tells of the first or the second state. Missing are values of years"
    yield "that no source covers, and values that the source does not have although it covers the year.\n"
    for block in asked.blocks:
        yield from _of_block(block, panel, asked, tally)


def _of_block(block: Block, panel: Panel, asked: Asked, tally: Tally) -> Iterator[str]:
    yield f"## {block.name}\n\n{block.about}\n"
    for source, citation in panel.cited(block.sources).items():
        yield f"- `{source}`: {citation}"
    yield "\n| column | type | unit | what it says | not covered | no value |\n|---|---|---|---|---|---|"
    many = sides(asked.universe)
    for column in columns(block, many):
        for name, _ in places(column, many):
            about = column.about + _rules(column)
            counts = f"{tally.beyond[name]:,} | {tally.without[name]:,}"
            yield f"| `{name}` | {column.type} | {column.unit} | {about} | {counts} |"
    yield ""


def _rules(column: Column) -> str:
    rules = []
    if column.absent is not None:
        rules.append(f"{column.absent:g} where the source covers the year and has no row")
    if column.carry:
        rules.append("years behind the last that is covered have its value")
    if column.begun:
        rules.append("of several in a year that which held first")
    return f" ({'; '.join(rules)})" if rules else ""
