"""``rapallo sources``: the sources of a record, the datasets that can be added, and one's own tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.model import Bulk
    from rapallo.record import Written
    from rapallo.sources.dataset import Dataset, Release

_SHOWN = 8


@click.group("sources")
def command() -> None:
    """The sources a record rests on, and the datasets that can be added to it."""


@command.command("list")
@click.option("--available", is_flag=True, help="The datasets Rapallo can read, not those of the record.")
@options.record
@options.as_json
def list_(record_file: Path | None, *, available: bool, json_: bool) -> None:
    """List every source of a record with its release, licence and citation."""
    if available:
        _list_available(json_=json_)
        return
    with options.opened(record_file) as record:
        rows = record.query("sources").to_pylist()
    if output.wants_json(asked=json_):
        output.emit_json(rows)
        return
    columns = ("id", "title", "released", "licence")
    output.console().print(output.table("Sources", columns, ([row[c] for c in columns] for row in rows)))


def _list_available(*, json_: bool) -> None:
    from rapallo.sources.dataset import dataset, names

    known = [dataset(name) for name in names()]
    if output.wants_json(asked=json_):
        output.emit_json([one.model_dump(mode="json", exclude={"tables", "names"}) for one in known])
        return
    rows = [(one.id, one.title, _span(one.releases[0]), one.redistribute.split(",")[0]) for one in known]
    columns = ("name", "title", "years", "may be passed on?")
    output.console().print(output.table("Datasets that rapallo sources add can read", columns, rows))


@command.command("show")
@click.argument("name")
@options.record
@options.as_json
def show(name: str, record_file: Path | None, *, json_: bool) -> None:
    """Say what a dataset NAME holds, of which years and states, on what terms, and where to get it."""
    from rapallo.sources.citing import markdown

    one = _dataset(name)
    with options.opened(record_file) as record:
        rows = record.query("loadings").to_pylist()
        loaded = [row for row in rows if row["source"] in {f"{one.id}-{r.version}" for r in one.releases}]
    if output.wants_json(asked=json_):
        output.emit_json(one.model_dump(mode="json", exclude={"tables"}) | {"loaded": loaded})
        return
    facts = [
        ("holds", one.about),
        ("releases", "; ".join(f"{r.version} ({_span(r)})" for r in one.releases)),
        ("speaks of", _UNIVERSES[one.universe]),
        ("licence", one.licence),
        ("passed on?", one.redistribute),
        ("get it from", one.address),
        ("files", "; ".join(" or ".join(f.name) for f in one.releases[0].files.values())),
        ("cite", "\n".join(markdown(work) for work in one.cite)),
        (
            "loaded",
            ", ".join(f"{r['source']} on {r['loaded']:%Y-%m-%d}" for r in loaded) or "not in this record",
        ),
    ]
    output.console().print(output.table(one.title, ("", ""), facts))


_UNIVERSES = {
    "cow": "the states of the COW system",
    "gw": "the states of the Gleditsch-Ward system",
    "all": "all states",
    "own": "who is named in it",
}


@command.command("add")
@click.argument("name")
@click.option(
    "--from", "origin", multiple=True, metavar="PATH|URL", help="Its files, a folder, or addresses."
)
@click.option("--release", metavar="V", help="Only this release.")
@click.option("--sha256", default="", help="What a download must hash to.")
@click.option("--yes", is_flag=True, help="Download without asking.")
@options.record
@options.as_json
def add(
    name: str,
    origin: tuple[str, ...],
    release: str | None,
    sha256: str,
    record_file: Path | None,
    *,
    yes: bool,
    json_: bool,
) -> int:
    """Load a dataset NAME, or a table of your own told in a YAML file, into a record.

    Nothing is fetched without --from URL or a yes. Each row of each file is kept or told of with the reason.
    """
    from rapallo.record import Record
    from rapallo.sources.load import locate, read_release

    if record_file is None:
        msg = "a dataset is added to a record file"
        raise InputError(msg, hint="name one with --record FILE; it is made where there is none")
    one = _dataset(name)
    asked: Any = one if name.endswith((".yaml", ".yml")) else one.id
    paths = [_got(part, record_file, one, sha256) for part in origin] or _fetched(
        one, release, record_file, yes=yes
    )
    found = locate(asked, paths, release)
    done: list[tuple[Bulk, Written]] = []
    with Record.open(record_file) as record:
        for this, files in found:
            with output.progress_console().status(Text(f"{one.title} {this.version}")):
                bulk = read_release(asked, this, files)
                done.append((bulk, record.load(bulk)))
        if one.reports:
            for source in {bulk.source.id for bulk, _ in done}:
                record.merging.reports(source)
    if output.wants_json(asked=json_):
        output.emit_json(
            [{"source": b.source.id, "files": b.files, "unknown": _unknown(b), "written": w} for b, w in done]
        )
    else:
        for bulk, written in done:
            _tell(bulk, written)
    return 0 if any(w.added or w.unchanged for _, w in done) else EMPTY


@command.command("map")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default="partnership", help="Kind of tie, where it is a table of ties.")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="YAML", help="Where to keep what is confirmed."
)
@click.option("--yes", is_flag=True, help="Save without asking.")
@options.as_json
def map_(file: Path, kind: str, save: Path | None, *, yes: bool, json_: bool) -> None:
    """Guess what the columns of your own FILE are; show it, and save it to be loaded with `sources add`."""
    from rapallo.sources.own import guess, written_down
    from rapallo.sources.sheet import read_sheet
    from rapallo.vocab import check

    check("tie_kinds", kind)
    found = guess(read_sheet(file), file, kind=kind)
    if output.wants_json(asked=json_):
        output.emit_json({"family": found.family, "columns": found.columns, "dataset": found.told})
    else:
        rows = [(c.name, c.role, c.scheme, c.example) for c in found.columns]
        title = f"{file.name}: rows of the family {found.family}"
        output.console().print(output.table(title, ("column", "is", "codes", "for example"), rows))
    if save is None:
        return
    if not _agreed(f"Save this as {save}?", yes=yes):
        msg = "nothing was saved"
        raise InputError(msg, hint="--yes saves without asking")
    try:
        save.write_text(written_down(found), encoding="utf-8")
    except OSError as error:
        msg = f"{save} cannot be written: {error.strerror}"
        raise InputError(msg) from error
    click.echo(f"rapallo sources add {save} --from {file} --record FILE loads it", err=True)


def _dataset(name: str) -> Dataset:
    from rapallo.sources.dataset import dataset, told

    if not name.endswith((".yaml", ".yml")):
        return dataset(name)
    try:
        return told(Path(name).name, Path(name).read_bytes())
    except OSError as error:
        msg = f"{name} cannot be read: {error.strerror}"
        raise InputError(msg) from error


def _got(part: str, record_file: Path, one: Dataset, sha256: str) -> Path:
    """A path as it is, an address as the file that is fetched from it."""
    from rapallo.sources.fetch import fetch

    if not part.startswith(("http://", "https://")):
        return Path(part)
    with output.progress_console().status(Text(part)) as status:
        return fetch(
            part,
            _kept(record_file, one),
            sha256=sha256,
            progress=lambda have, total: status.update(Text(f"{part}: {have:,} of {total or '?'} bytes")),
        )


def _fetched(one: Dataset, version: str | None, record_file: Path, *, yes: bool) -> Sequence[Path]:
    """The files of a release from the addresses that are known of it, after a yes."""
    release = one.release(version)
    addresses = [spec.address for spec in release.files.values() if spec.address]
    if len(addresses) < len([spec for spec in release.files.values() if not spec.optional]):
        msg = f"{one.title} has to be got by hand"
        raise InputError(msg, hint=f"get it from {one.address} and name it with --from PATH")
    if not _agreed(f"Fetch {', '.join(addresses)}?", yes=yes):
        msg = "nothing was fetched"
        raise InputError(msg, hint="--yes fetches without asking")
    return [_got(address, record_file, one, "") for address in addresses]


def _agreed(question: str, *, yes: bool) -> bool:
    """A yes, given before or to the question; where nobody is there to be asked it is a no."""
    return yes or (sys.stdin.isatty() and click.confirm(question, default=False, err=True))


def _kept(record_file: Path, one: Dataset) -> Path:
    return record_file.with_name(f"{record_file.name}.files") / one.id


def _tell(bulk: Bulk, written: Written) -> None:
    rows = []
    for file in bulk.files:
        rows.append((file.file, f"{file.read:,}", f"{file.kept:,}", "", ""))
        rows += [
            ("", "", "", f"{n:,}", f"{why}, first on line {line}") for why, (n, line) in file.rejected.items()
        ]
    columns = ("file", "rows#", "kept#", "not kept#", "why")
    console = output.console()
    console.print(output.table(bulk.source.title, columns, rows))
    counts = f"{written.added:,} rows are new, {written.unchanged:,} it held already"
    console.print(f"of the record, {counts}, {written.closed:,} no longer stand")
    for file in bulk.files:
        if file.left_out:
            console.print(f"nobody reads of {file.file}: {', '.join(file.left_out)}")
    if bulk.unknown:
        named = ", ".join(f"{code} ({rows:,})" for (_, code), rows in list(bulk.unknown.items())[:_SHOWN])
        more = len(bulk.unknown) - _SHOWN
        rest = f" and {more} more" if more > 0 else ""
        console.print(f"nobody is known by {named}{rest}; they wait in rapallo review")


def _unknown(bulk: Bulk) -> list[dict[str, Any]]:
    return [{"scheme": scheme, "code": code, "rows": rows} for (scheme, code), rows in bulk.unknown.items()]


def _span(release: Release) -> str:
    return f"{release.covers[0]}–{release.covers[1]}" if release.covers else ""
