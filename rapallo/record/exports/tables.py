"""The tables as Parquet, which Spark and DuckDB read, and as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet

from rapallo.errors import RecordError
from rapallo.record.schema import FAMILIES

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["TABLES", "export_csv", "export_parquet", "harmless"]

TABLES = (*FAMILIES, "source", "correction", "review", "loading", "rejected", "judgement")

_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def export_parquet(record: Record, folder: Path) -> tuple[Path, ...]:
    """Write every table as ``<folder>/<table>.parquet``, all versions of all rows.

    Raises:
        RecordError: where the folder cannot be written.
    """
    files = []
    for table in TABLES:
        rows = record.fetch(f"SELECT * FROM {table}", {})
        file = folder / f"{table}.parquet"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            pyarrow.parquet.write_table(rows, file)
        except OSError as error:
            raise _unwritten(file, error) from error
        files.append(file)
    return tuple(files)


def export_csv(record: Record, folder: Path) -> tuple[Path, ...]:
    """Write every table as ``<folder>/<table>.csv``, all versions of all rows; lists are parted by ``;``.

    Raises:
        RecordError: where the folder cannot be written.
    """
    files = []
    for table in TABLES:
        file = folder / f"{table}.csv"
        rows = record.fetch(f"SELECT * FROM {table}", {})
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with file.open("w", encoding="utf-8", newline="", errors="surrogateescape") as sink:
                writer = csv.writer(sink)
                writer.writerow(rows.column_names)
                for batch in rows.to_batches(max_chunksize=10_000):
                    cells = [[_cell(cell) for cell in column.to_pylist()] for column in batch.columns]
                    writer.writerows(zip(*cells, strict=True))
        except OSError as error:
            raise _unwritten(file, error) from error
        files.append(file)
    return tuple(files)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that it would begins with an apostrophe.

    Examples:
        >>> harmless("=1+1"), harmless("-12.5"), harmless("Russia")
        ("'=1+1", '-12.5', 'Russia')
    """
    if not text.startswith(_BEGINS):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return harmless(";".join(_cell(part) for part in value))
    if isinstance(value, dict):
        return ":".join(_cell(part) for part in value.values())
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return harmless(value) if isinstance(value, str) else str(value)


def _unwritten(file: Path, error: OSError) -> RecordError:
    return RecordError(f"{file} cannot be written: {error.strerror or error}")
