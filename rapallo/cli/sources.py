"""``rapallo sources``: the sources of a record and their terms."""

from __future__ import annotations

from pathlib import Path

import click

from rapallo.cli import options, output


@click.group("sources")
def command() -> None:
    """The sources a record rests on, with their terms of use."""


@command.command("list")
@options.record
@options.as_json
def list_(record_file: Path | None, *, json_: bool) -> None:
    """List every source with its release, licence and citation."""
    with options.opened(record_file) as record:
        rows = record.query("sources").to_pylist()
    if output.wants_json(asked=json_):
        output.emit_json(rows)
        return
    columns = ("id", "title", "released", "licence")
    output.console().print(output.table("Sources", columns, ([row[c] for c in columns] for row in rows)))
