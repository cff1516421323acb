"""``rapallo leverage``: how much one state depends on another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError


@click.command("leverage")
@click.argument("holder", metavar="X")
@click.argument("over", metavar="Y")
@click.option(
    "--from", "first", type=int, metavar="YEAR", help="From this year on, a figure for each year's end."
)
@click.option("--to", "last", type=int, metavar="YEAR", help="Up to this year.")
@options.on
@options.known
@options.record
@options.as_json
def command(
    holder: str,
    over: str,
    first: int | None,
    last: int | None,
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """Say what X holds over Y, by domain (Emerson 1962): Y's stake in X times its lack of alternatives."""
    from rapallo import measures

    days = _days(on, first, last)
    if options.state(holder, days[-1]) == options.state(over, days[-1]):
        msg = f"{holder} and {over} are the same"
        raise InputError(msg, hint="name two states")
    with options.opened(record_file) as record:
        found = {
            day: measures.leverage(
                record.view(day, known), options.state(holder, day), options.state(over, day)
            )
            for day in days
        }
    if output.wants_json(asked=json_):
        output.emit_json([{"on": day, "leverage": parts} for day, parts in found.items()])
    else:
        rows = [
            (
                day,
                part.domain,
                f"{part.value:.2f}",
                f"{part.asymmetry:+.2f}",
                f"{part.confidence:.2f}",
                part.why,
            )
            for day, parts in found.items()
            for part in parts
        ]
        columns = ("on", "domain", "leverage#", "asymmetry#", "confidence#", "why")
        output.console().print(output.table(f"{holder} over {over}", columns, rows))
        if not rows:
            output.console().print("the record holds no flow or bond by which to tell")
    return 0 if any(found.values()) else EMPTY


def _days(on: dt.date, first: int | None, last: int | None) -> list[dt.date]:
    if first is None and last is None:
        return [on]
    start, end = first if first is not None else on.year, last if last is not None else on.year
    if not dt.MINYEAR <= start <= end <= dt.MAXYEAR:
        msg = f"there are no years from {start} to {end}"
        raise InputError(msg, hint="write --from 2010 --to 2024")
    return [
        min(dt.date(year, 12, 31), on) if year == on.year else dt.date(year, 12, 31)
        for year in range(start, end + 1)
    ]
