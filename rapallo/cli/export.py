"""``rapallo export``: the record in the forms of others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo import vocab
from rapallo.cli import options, output

_FORMS = ("csv", "parquet", "graphml", "gexf", "geojson", "statements")


@click.command("export")
@click.option("--format", "form", type=click.Choice(_FORMS), required=True, help="What to write.")
@click.option(
    "--out", "to", type=click.Path(path_type=Path), required=True, metavar="PATH", help="Folder or file."
)
@click.option(
    "--kind", type=click.Choice(list(vocab.vocabulary("tie_kinds"))), help="Only ties of this kind."
)
@options.on
@options.record
@options.as_json
def command(
    form: str, to: Path, kind: str | None, on: dt.date, record_file: Path | None, *, json_: bool
) -> None:
    """Write the record: all its tables, or its ties on a day as a graph, a map or statements."""
    from rapallo.record.exports import export

    with options.opened(record_file) as record:
        files = export(record, form, to, on=on, kind=kind)
    if output.wants_json(asked=json_):
        output.emit_json([{"file": str(file), "bytes": file.stat().st_size} for file in files])
        return
    for file in files:
        output.console().print(f"{file}  {file.stat().st_size:,} bytes")
