"""``rapallo obliged --all`` and ``--years``: every pair of states at once, as a table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rapallo.cli import options

__all__ = ["write"]


def write(
    record_file: Path | None,
    out: Path,
    *,
    years: str = "",
    on: dt.date | None = None,
    system: str = "cow",
    known: dt.date | None = None,
    noes: bool = False,
) -> int:
    """Write who must come to whose help, for every ordered pair of states, to a Parquet or CSV file.

    Args:
        record_file: the record to ask; the starter record where None.
        out: the file; it takes its place once it is whole.
        years: from one year to another, as ``1816-2023``; the year of ``on`` where empty.
        on: the day; of each year where there are several, by default the first of July.
        system: whose list of states.
        known: as the record knew it then.
        noes: whether states whose clauses come to NO are told too.

    Returns:
        How many rows were written.

    Raises:
        InputError: where neither years nor a day are told, or the file cannot be written.
    """
    from rapallo.measures.dyads.sinks import sink, whole
    from rapallo.pacts.fast import SCHEMA, parts

    first, last = options.years(years or str(on.year if on else ""))
    day = f"{on:%m-%d}" if on else "07-01"
    rows = 0
    with (
        options.opened(record_file) as record,
        whole(out) as (half,),
        sink(half, out.suffix, SCHEMA) as submit,
    ):
        for part in parts(record, first, last, on=day, system=system, known=known, noes=noes):
            submit(part)
            rows += part.num_rows
    return rows
