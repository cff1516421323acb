"""``rapallo rattled``: whom a move rattles, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from rapallo import vocab
from rapallo.cli import options, output
from rapallo.cli.app import EMPTY

_ROWS = 3  # rows shown behind each part on a terminal


@click.command("rattled")
@click.argument("parties", nargs=-1, required=True, metavar="A B ...")
@click.option(
    "--kind",
    default="defence",
    show_default=True,
    type=click.Choice([*vocab.vocabulary("clause_kinds"), *vocab.vocabulary("move_kinds")]),
    help="A clause kind (a pact with that clause) or a move kind; the doer comes first.",
)
@click.option("--top", default=10, show_default=True, type=click.IntRange(1), help="How many states to show.")
@options.on
@options.known
@options.record
@options.as_json
def command(
    parties: tuple[str, ...],
    kind: str,
    top: int,
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """Say whom a move by A and B would rattle, ranked by what each has at stake, with the rows behind it."""
    from rapallo import effects

    codes = tuple(options.state(p, on) for p in parties)
    with options.opened(record_file) as record:
        view = record.view(on, known)
        move = effects.supposed_move(codes, kind, on=on)
        stakes = [stake for stake in effects.stakes(view, move) if stake.band != "none"][:top]
    if output.wants_json(asked=json_):
        output.emit_json({"move": move, "stakes": stakes})
        return 0 if stakes else EMPTY
    console = output.console()
    console.print(Text.assemble((move.what, "bold"), ": whom it rattles, and why"))
    rows = []
    for stake in stakes:
        for number, part in enumerate(stake.parts):
            lead = (stake.rank, stake.actor, f"{stake.size:.2f}", stake.band) if number == 0 else ("",) * 4
            rows.append(
                (
                    *lead,
                    f"{part.effect} {part.part}".replace("_", " "),
                    f"{part.contribution:.2f}",
                    part.why,
                    _shown(part.path),
                )
            )
    columns = ("#", "state", "stake#", "band", "effect", "part#", "why", "rows")
    if stakes:
        console.print(output.table("", columns, rows))
    else:
        console.print("nobody, by what the record holds of that day")
    return 0 if stakes else EMPTY


def _shown(rows: Sequence[str]) -> str:
    left = len(rows) - _ROWS
    return " ".join(rows[:_ROWS]) + (f" and {left} more, in the JSON" if left > 0 else "")
