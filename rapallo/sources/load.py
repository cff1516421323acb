"""Read the files of a dataset into rows of the record, and account for every row of every file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import duckdb
import pyarrow as pa

from rapallo.errors import InputError
from rapallo.model import Bulk, FileReport
from rapallo.sources.amounts import amounts
from rapallo.sources.codes import meaning
from rapallo.sources.dataset import Dataset, FileSpec, Release, dataset
from rapallo.sources.events import events
from rapallo.sources.found import Found
from rapallo.sources.quoting import quoted
from rapallo.sources.sheet import LINE, Form, Sheet, read_sheet
from rapallo.sources.specs import Table
from rapallo.sources.spells import spells
from rapallo.sources.stamp import Stamp
from rapallo.sources.ties import ties

__all__ = ["locate", "read_release"]


def locate(
    name: str | Dataset, paths: Sequence[Path], version: str | None = None
) -> list[tuple[Release, dict[str, Path]]]:
    """The releases of a dataset whose files lie in a folder or are named, newest first; of a feed each file.

    Args:
        name: of the dataset, or the dataset itself.
        paths: files, or folders that are looked through.
        version: only that release.

    Raises:
        InputError: where no release has all its files there, or two files go by one name.
    """
    known = dataset(name) if isinstance(name, str) else name
    files = [file for path in paths for file in _files(path)]
    found, lacking = [], []
    for release in known.releases if version is None else (known.release(version),):
        got = {role: _fitting(spec, files) for role, spec in release.files.items()}
        feed = not known.whole and len(release.files) == 1
        for role, fitting in got.items():
            if len(fitting) > 1 and not feed:
                msg = f"{', '.join(map(str, fitting))} all go by the name of {role!r} of {known.id}"
                raise InputError(msg, hint="name the one that is meant")
        missing = [role for role, fits in got.items() if not fits and not release.files[role].optional]
        if missing:
            lacking.append(
                f"{release.version}: {', '.join(' or '.join(release.files[r].name) for r in missing)}"
            )
        elif any(got.values()):
            count = max(len(fits) for fits in got.values())
            found += [(release, {r: fits[n] for r, fits in got.items() if fits}) for n in range(count)]
    if not found:
        msg = f"no release of {known.id} is there whole: {'; '.join(lacking)}"
        raise InputError(msg, hint=f"get it from {known.address}")
    return found


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.is_file())
    elif path.exists():
        yield path
    else:
        msg = f"there is no file {path}"
        raise InputError(msg)


def _fitting(spec: FileSpec, files: Sequence[Path]) -> list[Path]:
    for pattern in spec.name:
        if found := [file for file in dict.fromkeys(files) if file.match(pattern)]:
            return found
    return []


def read_release(name: str | Dataset, release: Release, paths: Mapping[str, Path]) -> Bulk:
    """Read one release of a dataset.

    Args:
        name: of the dataset, or the dataset itself.
        release: which.
        paths: its files, by what they are.

    Returns:
        Its rows, and what became of each row of each file.

    Raises:
        InputError: where a file cannot be read, lacks a column, or has fewer or more rows than it can have.
    """
    known = dataset(name) if isinstance(name, str) else name
    source = known.source(release)
    sheets = {role: _sheet(known, release, role, path) for role, path in paths.items()}
    stamps = {role: Stamp(source.id, release.version, s.name, known.confidence) for role, s in sheets.items()}
    with meaning(known.names):
        found = {
            role: _declared(known.tables[role], sheets[role], stamps[role])
            for role in sheets
            if known.tables[role].wanted()
        }
        module = f"rapallo.sources.datasets.{known.id.replace('-', '_')}"
        if isinstance(name, str) and find_spec(module):
            found |= import_module(module).read(sheets, stamps)
    tables: dict[str, list[pa.Table]] = {}
    for one in found.values():
        for family, its in one.rows.items():
            tables.setdefault(family, []).extend(its)
    unknown: Counter[tuple[str, str]] = Counter()
    for one in found.values():
        unknown.update({key: rows for key, rows in one.unknown.items() if known.names.get(key[1]) != ""})
    return Bulk(
        source=source,
        tables={family: tuple(its) for family, its in tables.items()},
        ties=tuple(tie for one in found.values() for tie in one.ties),
        events=tuple(event for one in found.values() for event in one.events),
        files=tuple(_report(known.tables[role], sheets[role], found[role]) for role in sheets),
        unknown=unknown,
        whole=known.whole,
    )


def _sheet(known: Dataset, release: Release, role: str, path: Path) -> Sheet:
    spec = release.files[role]
    form = Form(spec.member, spec.encoding, spec.delimiter, spec.columns, spec.sheet, spec.quotes)
    sheet = _renamed(read_sheet(path, form), known.tables[role])
    if spec.rows and not spec.rows[0] <= sheet.rows <= spec.rows[1]:
        least, most = spec.rows
        msg = f"{sheet.name} has {sheet.rows} rows, and {known.id} {release.version} has {least} to {most}"
        raise InputError(msg, hint="is it whole, and of this release?")
    return sheet


def _renamed(sheet: Sheet, table: Table) -> Sheet:
    """The sheet with its columns under the names the dataset's file uses."""
    by_fold = {name.casefold(): name for name in sheet.columns}
    new = {
        next(by_fold[other.casefold()] for other in others if other.casefold() in by_fold): name
        for name, others in table.columns.items()
        if name.casefold() not in by_fold and any(other.casefold() in by_fold for other in others)
    }
    names = [new.get(name, name) for name in sheet.table.column_names]
    return Sheet(sheet.name, sheet.sha256, sheet.table.rename_columns(names), sheet.rows, sheet.broken)


def _declared(table: Table, sheet: Sheet, stamp: Stamp) -> Found:
    wanted = table.wanted()
    lacking = sorted(wanted - {name.casefold() for name in sheet.columns})
    if lacking:
        msg = f"{sheet.name} has no column {', '.join(lacking)}"
        raise InputError(msg, hint=f"it has {', '.join(sheet.columns)}")
    if table.spells:
        return spells(sheet.table, table.spells, stamp)
    if table.ties:
        return ties(sheet.table, table.ties, stamp)
    with duckdb.connect(config={"enable_external_access": "false"}) as scratch:
        keeping = [quoted(name) for name in sheet.table.column_names if name.casefold() in wanted | {LINE}]
        scratch.register("whole_sheet", sheet.table)
        scratch.execute(f"CREATE VIEW sheet AS SELECT {', '.join(keeping)} FROM whole_sheet")
        return events(scratch, table.events, stamp) if table.events else amounts(scratch, table.rows, stamp)


def _report(table: Table, sheet: Sheet, found: Found) -> FileReport:
    """What became of a file's rows; those that are no rows are rejected with the rest."""
    rejected = {**sheet.broken, **found.rejected}
    told = table.wanted() | {name.casefold() for name in (*table.unused, *found.used)}
    left_out = tuple(name for name in sheet.columns if name.casefold() not in told)
    kept = sheet.rows - sum(rows for rows, _ in rejected.values())
    return FileReport(sheet.name, sheet.sha256, sheet.rows, kept, rejected, left_out)
