"""A table on a terminal, JSON when piped or asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Literal

import click
from rich.console import Console
from rich.table import Table

from rapallo.model import to_json

__all__ = ["amount", "console", "emit_json", "progress_console", "table", "wants_json"]


def console() -> Console:
    """The console that prints for a person; square brackets in a name or a quote are no markup."""
    return Console(highlight=False, markup=False)


def progress_console() -> Console:
    """The console for progress: standard error, so that output can be piped."""
    return Console(stderr=True)


def wants_json(*, asked: bool) -> bool:
    """Whether to print JSON: when asked, and when standard output is no terminal."""
    return asked or not sys.stdout.isatty()


def emit_json(value: object) -> None:
    """Print anything of ``rapallo.model`` as JSON."""
    click.echo(json.dumps(to_json(value), ensure_ascii=False, indent=1))


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table for a person; columns whose name ends in ``#`` are figures and stand right."""
    made = Table(
        title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0)
    )
    for column in columns:
        figures = column.endswith("#")
        justify: Literal["right", "left"] = "right" if figures else "left"
        made.add_column(column.removesuffix("#"), justify=justify, header_style="dim", overflow="fold")
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    return made


def amount(number: int, noun: str) -> str:
    """A count with its noun.

    Examples:
        >>> amount(1, "claim"), amount(0, "claim")
        ('1 claim', '0 claims')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
