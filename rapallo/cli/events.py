"""``rapallo events``: what passed between two states."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError


@click.command("events")
@click.argument("states", nargs=-1, required=True, metavar="STATE [STATE]")
@click.option("--from", "start", type=options.DAY, metavar="D", help="Not before this day.")
@click.option(
    "--to", "end", type=options.DAY, default=dt.date.today, metavar="D", help="Not after this day.  [today]"
)
@options.known
@options.record
@options.as_json
def command(
    states: tuple[str, ...],
    start: dt.date | None,
    end: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """List the events of a STATE, or between two, oldest first; several reports of one are one event."""
    if start is not None and start > end:
        msg = f"there are no days from {start} to {end}"
        raise InputError(msg, hint=f"write --from {end} --to {start}")
    with options.opened(record_file) as record:
        merged = record.view(end, known).merged_events(*(options.state(s, end) for s in states))
    found = [one.event for one in merged]
    events = [
        e for e in found if start is None or e.envelope.valid.end is None or e.envelope.valid.end >= start
    ]
    if output.wants_json(asked=json_):
        output.emit_json(events)
        return 0 if events else EMPTY
    rows = [
        (
            e.envelope.valid.start,
            e.envelope.valid.precision,
            " ".join(filter(None, (e.event or e.code, e.mode))),
            ", ".join(e.actors),
            ", ".join(e.targets),
            e.what,
            e.reports,
            e.envelope.basis,
        )
        for e in events
    ]
    columns = ("date", "precision", "event", "actors", "targets", "what", "reports#", "basis")
    output.console().print(output.table(f"{' - '.join(states)} to {end}", columns, rows))
    if not events:
        output.console().print("no such event on record; that does not say there was none")
    return 0 if events else EMPTY
