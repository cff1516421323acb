"""The datasets that a benchmark needs, loaded from the files at hand into a new record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from rapallo.record import Record
from rapallo.sources.load import locate, read_release

__all__ = ["loaded"]


def loaded(names: Iterable[str], folder: Path, file: Path, *, without: Collection[str] = ()) -> None:
    """Load datasets into a record file that is made for them.

    Args:
        names: of the datasets.
        folder: where their files are looked for.
        file: the record.
        without: versions of releases that are left out.
    """
    with Record.open(file, empty=True) as record:
        for name in names:
            for release, paths in locate(name, [folder]):
                if release.version not in without:
                    record.load(read_release(name, release, paths))
