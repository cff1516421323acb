"""``rapallo record``: look after a record file."""

from __future__ import annotations

from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY

_FILE = click.argument("file", type=click.Path(path_type=Path))
_TO = click.argument("to", type=click.Path(path_type=Path))


@click.group("record")
def command() -> None:
    """Check a record file, put a copy aside, save what can be saved of a broken one."""


@command.command("check")
@_FILE
@options.as_json
def check(file: Path, *, json_: bool) -> int:
    """Read every row of the record FILE and hold it against what must be true of all records."""
    from rapallo.record import care

    found = care.check(options.existing(file))
    if output.wants_json(asked=json_):
        output.emit_json(found)
    elif found:
        rows = [(f.table, f.what, f.rows or "", f.example) for f in found]
        output.console().print(
            output.table(f"{file} is not sound", ("table", "what", "rows#", "one of them"), rows)
        )
    else:
        output.console().print(f"{file} is sound")
    return EMPTY if found else 0


@command.command("backup")
@_FILE
@_TO
def backup(file: Path, to: Path) -> None:
    """Put a copy of the record FILE aside as TO; it is there whole or not at all."""
    from rapallo.record import care

    size = care.backup(options.existing(file), to)
    click.echo(f"{to}  {size:,} bytes")


@command.command("repair")
@_FILE
@_TO
@options.as_json
def repair(file: Path, to: Path, *, json_: bool) -> int:
    """Make a new record TO of all that can still be read of a broken FILE, which is left as it is."""
    from rapallo.record import care

    saved = care.repair(options.existing(file), to)
    if output.wants_json(asked=json_):
        output.emit_json(saved)
    else:
        rows = [(table, f"{rows:,}", saved.lost.get(table, "")) for table, rows in saved.rows.items()]
        output.console().print(output.table(f"Saved in {to}", ("table", "rows#", "lost"), rows))
    return EMPTY if saved.lost else 0
