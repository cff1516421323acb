"""``rapallo cite``: what to cite for rows, sources and datasets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rapallo.cli import options, output
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.record import Record
    from rapallo.sources.dataset import Citation


@click.command("cite")
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@click.option(
    "--format",
    "form",
    type=click.Choice(("markdown", "bibtex", "csl")),
    default="markdown",
    show_default=True,
)
@options.record
@options.as_json
def command(what: tuple[str, ...], form: str, record_file: Path | None, *, json_: bool) -> None:
    """Say what to cite for WHAT: ids of rows an answer rests on, sources of the record, or datasets.

    An answer in JSON names the rows it rests on; hand their ids in.
    """
    from rapallo.sources.citing import bibtex, csl, keys, markdown

    with options.opened(record_file) as record:
        works = _works(record, what)
    named = list(zip(works, keys(works), strict=True))
    if json_ or form == "csl":
        output.emit_json([csl(work, ident) for work, ident in named])
    elif form == "bibtex":
        click.echo("\n\n".join(bibtex(work, ident) for work, ident in named))
    else:
        click.echo("\n".join(markdown(work) for work in works))


def _works(record: Record, what: Sequence[str]) -> list[Citation]:
    """The works behind rows and sources, each once, in the order they are asked for."""
    from rapallo.sources.dataset import dataset, names

    sources = {row["id"]: row for row in record.query("sources").to_pylist()}
    held = {row["id"]: row["source"] for row in record.query("rows_by_id", ids=list(what)).to_pylist()}
    known = {f"{name}-{release.version}": name for name in names() for release in dataset(name).releases}
    works: dict[str, Citation] = {}
    for asked in what:
        source = held.get(asked, asked)
        name = source if source in names() else known.get(source) if source in sources else None
        if name is not None:
            for work in dataset(name).cite:
                works.setdefault(f"{work.author} {work.year} {work.title}", work)
        elif source in sources:
            works.setdefault(source, _plain(sources[source]))
        else:
            msg = f"the record holds no row or source {asked!r}, and there is no dataset of that name"
            raise InputError(msg)
    return list(works.values())


def _plain(source: dict[str, Any]) -> Citation:
    """A source that is no dataset of the catalogue: a document, or the starter record."""
    from rapallo.sources.dataset import Citation

    year = (source["released"] or source["known_from"]).year
    own = source["id"] == "starter"
    return Citation(
        type="dataset" if own else "report",
        author=("The Rapallo authors",) if own else ("Anonymous",),
        year=year,
        title=source["title"] or source["id"],
        address=source["address"],
    )
