"""The tables as Parquet, which Spark and DuckDB alike read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet

from rapallo.errors import RecordError
from rapallo.record.schema import FAMILIES

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["TABLES", "export_parquet"]

TABLES = (*FAMILIES, "source", "correction", "review", "loading", "rejected", "judgement")


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
            msg = f"{file} cannot be written: {error.strerror or error}"
            raise RecordError(msg) from error
        files.append(file)
    return tuple(files)
