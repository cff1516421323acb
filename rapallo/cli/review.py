"""``rapallo review``: what waits for a person's judgement."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError

F = TypeVar("F", bound=Callable[..., Any])


def _decision(function: F) -> F:
    decorators = (
        click.argument("item"),
        click.option("--who", required=True, help="Who decides."),
        click.option("--why", required=True, help="For what reason."),
        click.option("--record", "file", required=True, type=click.Path(path_type=Path), metavar="FILE"),
    )
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


@click.group("review")
def command() -> None:
    """Work through unknown codes, unresolved names, doubtful claims and contested rows of a record."""


@command.command("list")
@click.option(
    "--status",
    default="open",
    show_default=True,
    type=click.Choice(["open", "accepted", "corrected", "rejected", "all"]),
)
@options.record
@options.as_json
def list_(status: str, record_file: Path | None, *, json_: bool) -> int:
    """List what waits, oldest first."""
    with options.opened(record_file) as record:
        items = record.review.list(None if status == "all" else status)  # type: ignore[arg-type]
    if output.wants_json(asked=json_):
        output.emit_json(items)
    else:
        rows = [
            (i.id, i.kind, i.status, i.reason, json.dumps(dict(i.payload), ensure_ascii=False)) for i in items
        ]
        output.console().print(output.table("Review", ("item", "kind", "status", "reason", "about"), rows))
    return 0 if items else EMPTY


@command.command()
@_decision
def accept(item: str, who: str, why: str, file: Path) -> None:
    """Take ITEM as it is."""
    from rapallo.record import Record

    with Record.open(options.existing(file)) as record:
        record.review.accept(item, who=who, why=why)


@command.command()
@_decision
def reject(item: str, who: str, why: str, file: Path) -> None:
    """Turn ITEM down; the row it is about is retracted, and its history kept."""
    from rapallo.record import Record

    with Record.open(options.existing(file)) as record:
        record.review.reject(item, who=who, why=why)


@command.command()
@click.option(
    "--set", "pairs", multiple=True, required=True, metavar="COLUMN=JSON", help="What to put in its place."
)
@_decision
def correct(item: str, who: str, why: str, file: Path, pairs: tuple[str, ...]) -> None:
    """Put something else in the place of ITEM; the correction survives a second reading of its source."""
    from rapallo.record import Record

    changes = dict(_change(pair) for pair in pairs)
    with Record.open(options.existing(file)) as record:
        record.review.correct(item, changes, who=who, why=why)


def _change(pair: str) -> tuple[str, Any]:
    column, equals, value = pair.partition("=")
    if not (column and equals):
        msg = f"{pair!r} is not a change"
        raise InputError(msg, hint='write it as confidence=0.9 or name="..."')
    try:
        return column, json.loads(value)
    except json.JSONDecodeError:
        return column, value
