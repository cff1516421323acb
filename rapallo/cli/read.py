"""``rapallo read``: texts into claims, and claims into a record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich.progress import track
from rich.text import Text

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.cli.texts import demand_actors, load
from rapallo.errors import InputError
from rapallo.model import Reading

SUFFIXES = {".txt", ".html", ".htm"}


@click.command("read")
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TEXT|DIR ...")
@click.option("--date", "published", type=options.DAY, metavar="D", help="The day the texts are dated.")
@click.option(
    "--into", type=click.Path(path_type=Path), metavar="RECORD", help="Keep the claims in this record."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["plover", "cameo"]),
    help="Print events for other pipelines: PLOVER JSON lines, or dyads with a CAMEO root as CSV.",
)
@click.option(
    "--dictionaries",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR|FILE",
    help="Code by these dictionaries of PETRARCH instead, and print dyads with their codes as CSV.",
)
@click.option("--explain", is_flag=True, help="Show every sentence with what was found, or why nothing was.")
@options.as_json
def command(
    texts: tuple[Path, ...],
    published: dt.date | None,
    into: Path | None,
    form: str | None,
    dictionaries: tuple[Path, ...],
    *,
    explain: bool,
    json_: bool,
) -> int:
    """Read texts into claims; with --into keep them. A text read twice adds nothing."""
    if dictionaries:
        if into is not None or form is not None or explain or json_:
            msg = "--dictionaries prints CSV and makes no claims"
            raise InputError(msg, hint="leave out --into, --format, --explain and --json")
        return _code(_files(texts), published, dictionaries)
    readings = _read(_files(texts), published)
    claims = [claim for reading in readings for claim in reading.claims]
    if not claims and not explain:
        names = ", ".join(reading.document.address for reading in readings)
        demand_actors(names, [entry for reading in readings for entry in reading.diagnostics])
    if into is not None:
        _keep(readings, into)
    if form is not None:
        from rapallo.reading.interchange import cameo_csv, plover_lines

        click.echo(plover_lines(readings) if form == "plover" else cameo_csv(readings), nl=False)
    elif output.wants_json(asked=json_):
        output.emit_json(readings if explain else claims)
    elif explain:
        for reading in readings:
            _explain(reading)
    else:
        rows = [
            (
                c.id,
                c.kind,
                c.event,
                ",".join(c.actors),
                ",".join(c.targets),
                c.polarity,
                c.modality,
                c.quote.exact,
            )
            for c in claims
        ]
        columns = ("claim", "kind", "event", "actors", "targets", "polarity", "modality", "quote")
        output.console().print(output.table(output.amount(len(claims), "claim"), columns, rows))
        if not claims:
            output.console().print("no claims found; --explain says why, sentence by sentence")
    return 0 if claims else EMPTY


def _files(given: tuple[Path, ...]) -> list[Path]:
    files = []
    for path in given:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
            if not inside:
                msg = f"{path} holds no text"
                raise InputError(msg, hint=f"it reads {', '.join(sorted(SUFFIXES))}")
            files.extend(inside)
        else:
            files.append(path)
    return files


def _read(files: list[Path], published: dt.date | None) -> list[Reading]:
    from rapallo import reading

    articles = [load(file, published=published) for file in files]
    shown = track(
        articles, "reading", transient=True, console=output.progress_console(), disable=len(files) < 2
    )
    return [reading.read(a.text, published=a.published, address=a.address) for a in shown]


def _code(files: list[Path], published: dt.date | None, where: tuple[Path, ...]) -> int:
    from rapallo.reading.dictionaries import Dictionaries
    from rapallo.reading.interchange import coded_csv

    dictionaries = Dictionaries.load(where)
    for unread in dictionaries.unread:
        click.echo(f"{unread.file}, line {unread.line}: {unread.why}: {unread.text}", err=True)
    articles = [load(file, published=published) for file in files]
    coded = [(a.address, dictionaries.code(a.text, a.published)) for a in articles]
    click.echo(coded_csv(coded), nl=False)
    return 0 if any(events for _, events in coded) else EMPTY


def _keep(readings: list[Reading], into: Path) -> None:
    from rapallo.model import Batch, Source
    from rapallo.record import Record

    with Record.open(into) as record:
        for reading in readings:
            document = reading.document
            source = Source(
                document.id, document.title or document.address, document.published, document.address
            )
            written = record.write(Batch(source, reading=reading))
            click.echo(
                f"{document.address}: {written.added} rows added, {written.unchanged} known already", err=True
            )


def _explain(reading: Reading) -> None:
    console = output.console()
    claims = {claim.id: claim for claim in reading.claims}
    for entry in reading.diagnostics:
        console.print(Text(entry.text.strip(), style="bold"))
        for old, new in entry.repairs:
            console.print(Text(f"  read {old!r} as {new!r}", style="dim"))
        if not entry.claims:
            console.print(Text(f"  nothing: {entry.why}", style="yellow"))
        for claim in (claims[c] for c in entry.claims):
            coded = f"{claim.kind} {claim.event or ''} {','.join(claim.actors)} -> {','.join(claim.targets)}"
            held = " > ".join(f"{h.who} {h.attitude}" for h in claim.holders)
            when = (
                f"{claim.when.start or ''}..{claim.when.end or ''} ({claim.when.precision})"
                if claim.when
                else "no date"
            )
            console.print(
                Text(
                    f"  {claim.id} {coded}  {claim.polarity} {claim.modality}  {when}  [{held}]",
                    style="green",
                )
            )
            console.print(Text(f"     “{claim.quote.exact}”", style="dim"))
