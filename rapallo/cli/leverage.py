"""``rapallo leverage``: how much one state depends on another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.measures import Leverage, Overall


@click.command("leverage")
@click.argument("holder", metavar="X")
@click.argument("over", metavar="Y")
@click.option(
    "--from", "first", type=int, metavar="YEAR", help="From this year on, a figure for each year's end."
)
@click.option("--to", "last", type=int, metavar="YEAR", help="Up to this year.")
@click.option(
    "--bands",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Cut points of the bands of one's own, as YAML.",
)
@options.on
@options.known
@options.record
@options.as_json
def command(
    holder: str,
    over: str,
    first: int | None,
    last: int | None,
    bands: Path | None,
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """Say what X holds over Y, by domain (Emerson 1962): Y's stake in X times its lack of alternatives."""
    from rapallo import measures

    cuts = measures.load_bands(bands)
    days = _days(on, first, last)
    if options.state(holder, days[-1]) == options.state(over, days[-1]):
        msg = f"{holder} and {over} are the same"
        raise InputError(msg, hint="name two states")
    with options.opened(record_file) as record:
        found = {
            day: measures.together(
                record.view(day, known), options.state(holder, day), options.state(over, day), bands=cuts
            )
            for day in days
        }
    if output.wants_json(asked=json_):
        output.emit_json(
            [{"on": day, "leverage": all_.parts, "overall": all_.overall} for day, all_ in found.items()]
        )
    else:
        _print(f"{holder} over {over}", found)
    return 0 if any(all_.parts for all_ in found.values()) else EMPTY


def _print(title: str, found: Mapping[dt.date, Leverage]) -> None:
    """A table of all days, the reasons of the last, and a line on all domains together for each."""
    rows = [
        (
            day,
            part.domain,
            part.band,
            f"{part.value:.2f}",
            "untold" if part.asymmetry is None else f"{part.asymmetry:+.2f}",
            f"{part.confidence:.2f}",
        )
        for day, all_ in found.items()
        for part in all_.parts
    ]
    columns = ("on", "domain", "band", "leverage#", "asymmetry#", "confidence#")
    if rows:
        output.console().print(output.table(title, columns, rows))
    else:
        output.console().print(f"{title}: the record shows none")
    for part in found[max(found)].parts:
        output.console().print(f"{part.domain}: {part.why}")
    for day, all_ in found.items():
        output.console().print(f"{day}: {_said(all_.overall)}")


def _said(overall: Overall) -> str:
    """The band over all, how many domains are heavy, and what the record cannot tell."""
    told = output.amount(len(overall.told), "domain")
    parts = ["no band over all"]
    if overall.band is not None:
        highest = f" ({', '.join(overall.domains)})" if overall.domains else ""
        parts = [f"{overall.band} over all{highest}", f"heavy or more in {len(overall.heavy)} of {told} told"]
    if overall.untold:
        parts.append("untold: " + ", ".join(f"{d} ({why})" for d, why in overall.untold.items()))
    return "; ".join(parts)


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
