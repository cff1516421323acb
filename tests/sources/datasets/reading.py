"""Read a dataset from a few rows made up in its form, or its real files."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from rapallo.model import Bulk
from rapallo.sources.dataset import dataset
from rapallo.sources.load import locate, read_release

__all__ = ["counts", "made_up", "real", "rows"]

Row = Mapping[str, Any]


def made_up(name: str, files: Mapping[str, Sequence[Row]], folder: Path, version: str | None = None) -> Bulk:
    """Read rows made up in the form of a dataset's files; how many there are is not asked."""
    release = dataset(name).release(version)
    few = {role: spec.model_copy(update={"rows": None}) for role, spec in release.files.items()}
    paths = {role: _write(folder, few[role].name[0], listed) for role, listed in files.items()}
    return read_release(name, release.model_copy(update={"files": few}), paths)


def real(name: str, folder: Path, version: str | None = None) -> Bulk:
    """Read a release from a folder of real files."""
    ((release, paths), *_) = locate(name, [folder], version)
    return read_release(name, release, paths)


def rows(bulk: Bulk, family: str = "trait") -> list[dict[str, Any]]:
    """The rows of a family, in the order of their ids."""
    found = [row for table in bulk.tables.get(family, ()) for row in table.to_pylist()]
    return sorted(found, key=lambda row: str(row["id"]))


def counts(bulk: Bulk) -> dict[str, tuple[int, int]]:
    """Rows read and kept by file; all the rest was rejected, and no column was left without a word."""
    for file in bulk.files:
        assert file.read == file.kept + sum(lines for lines, _ in file.rejected.values())
        assert not file.left_out
    return {file.file: (file.read, file.kept) for file in bulk.files}


def _write(folder: Path, name: str, listed: Sequence[Row]) -> Path:
    path = folder / name
    if path.suffix == ".parquet":
        pyarrow.parquet.write_table(pa.Table.from_pylist([dict(row) for row in listed]), path)
    else:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(listed[0]))
            writer.writeheader()
            writer.writerows(listed)
    return path
