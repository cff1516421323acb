"""``rapallo ties``: what binds a state, or two."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo import vocab
from rapallo.cli import options, output
from rapallo.cli.app import EMPTY


@click.command("ties")
@click.argument("states", nargs=-1, required=True, metavar="STATE [STATE]")
@click.option(
    "--kind", type=click.Choice(list(vocab.vocabulary("tie_kinds"))), help="Only ties of this kind."
)
@options.on
@options.known
@options.record
@options.as_json
def command(
    states: tuple[str, ...],
    kind: str | None,
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """List the ties of a STATE, or between two, on a day, with their phase and clauses."""
    with options.opened(record_file) as record:
        view = record.view(on, known)
        ties = view.ties(*(options.state(s, on) for s in states), kind=kind)
    if output.wants_json(asked=json_):
        output.emit_json(ties)
        return 0 if ties else EMPTY
    rows = [
        (
            tie.kind.replace("_", " "),
            tie.name,
            (tie.phase(on) or "").replace("_", " "),
            f"{tie.phases[0].on:%Y-%m-%d}" if tie.phases else "",
            ", ".join(dict.fromkeys(c.kind.replace("_", "-") for c in tie.clauses)),
            tie.envelope.basis,
            f"{tie.envelope.confidence:.2f}",
        )
        for tie in ties
    ]
    columns = ("kind", "tie", "phase", "since", "clauses", "basis", "confidence#")
    output.console().print(output.table(f"{' - '.join(states)} on {on}", columns, rows))
    if not ties:
        output.console().print("no such tie on record; that does not say there is none")
    return 0 if ties else EMPTY
