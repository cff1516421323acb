"""What a dataset hands to the record in one atomic write: rows by the column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapallo.model.events import Event
from rapallo.model.provenance import Source
from rapallo.model.ties import Tie

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Bulk", "FileReport"]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of the rows of one file: ``read`` is ``kept`` and those rejected together.

    Attributes:
        file: its name.
        sha256: of its bytes.
        read: rows it holds.
        kept: rows that something was taken from.
        rejected: reason to (rows, line of the first).
        left_out: columns that nobody reads and nobody said why.
    """

    file: str
    sha256: str
    read: int
    kept: int
    rejected: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bulk:
    """The rows of one release of a dataset.

    Attributes:
        source: the release.
        tables: family to tables of its columns, without ``known_from``, ``known_to`` and ``digest``.
        ties: few enough to be nouns.
        events: few enough to be nouns.
        files: what became of each file.
        unknown: (scheme, code) to how many rows bear a code that no actor bears.
        whole: whether these are all its rows, so that others of that source no longer stand.
    """

    source: Source
    tables: Mapping[str, tuple[pa.Table, ...]] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    events: tuple[Event, ...] = ()
    files: tuple[FileReport, ...] = ()
    unknown: Mapping[tuple[str, str], int] = field(default_factory=dict)
    whole: bool = True
