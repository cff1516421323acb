"""``rapallo dyads``: dyad-years and state-years with columns of the record beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.errors import InputError


@click.command("dyads")
@click.option("--years", default="", metavar="A-B", help="From one year to another, or one year.")
@click.option(
    "--with",
    "with_",
    default="",
    metavar="NAME,NAME",
    help="What stands beside the rows: blocks of columns and measures; --list tells their names.",
)
@click.option("--universe", default="dyads", show_default=True, metavar="NAME", help="Which rows.")
@options.system
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="A .parquet or .csv file.")
@click.option(
    "--list", "listing", is_flag=True, help="List the universes and what can stand beside the rows."
)
@options.known
@options.record
@options.as_json
def command(
    years: str,
    with_: str,
    universe: str,
    system: str,
    out: Path | None,
    known: dt.date | None,
    record_file: Path | None,
    *,
    listing: bool,
    json_: bool,
) -> int:
    """Write years and states to a file, with a codebook and a file of citations beside it.

    For example: rapallo dyads --years 1816-2016 --with atop,nmc,s-score --universe prd --out d.parquet
    """
    from rapallo.measures import dyads

    if listing:
        return _list(json_=json_)
    first, last = options.years(years)
    names = tuple(name.strip() for name in with_.split(",") if name.strip())
    if out is None:
        msg = "nothing says where the table goes"
        raise InputError(msg, hint="--out d.parquet")
    asked = dyads.Asked(first, last, names, universe, system, known)
    with options.opened(record_file) as record:
        rows = dyads.write_dyads(record, asked, out)
    told = {
        "file": str(out),
        "rows": rows,
        "columns": dyads.schema(asked).names,
        "codebook": str(out.with_suffix(".codebook.md")),
        "citations": str(out.with_suffix(".bib")),
    }
    if output.wants_json(asked=json_):
        output.emit_json(told)
    else:
        columns = len(told["columns"])
        click.echo(f"{rows:,} rows of {columns} columns in {out}; codebook and citations beside it")
    return 0


def _list(*, json_: bool) -> int:
    from rapallo.measures import dyads
    from rapallo.measures.registry import yearly

    told = [(name, "universe", about) for name, about in dyads.UNIVERSES.items()]
    told += [(block.name, "block", block.about) for block in dyads.blocks().values()]
    told += [(name, "measure", its.card.definition) for name, its in yearly().items()]
    if output.wants_json(asked=json_):
        output.emit_json([{"name": name, "is": kind, "about": about} for name, kind, about in told])
    else:
        output.console().print(output.table("What a table can hold", ("name", "is", "about"), told))
    return 0
