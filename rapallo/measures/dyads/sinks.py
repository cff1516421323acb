"""Where a table and what goes with it are written: Parquet or CSV, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rapallo.errors import InputError

__all__ = ["sink", "whole"]


@contextmanager
def whole(out: Path, *beside: Path) -> Iterator[tuple[Path, ...]]:
    """Files to write in the stead of a table and of what goes with it; they take their places in the end.

    Raises:
        InputError: where the table is neither ``.parquet`` nor ``.csv``, or one cannot be written; then all
            are as they were.
    """
    if out.suffix not in {".parquet", ".csv"}:
        msg = f"{out} is neither a .parquet nor a .csv file"
        raise InputError(msg, hint="--out d.parquet, or d.csv")
    halves = {path: path.with_name(f".{path.name}.part") for path in (out, *beside)}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for path in halves:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        yield tuple(halves.values())
        for path, half in halves.items():
            half.replace(path)
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror or error}"
        raise InputError(msg, hint="name a file in a folder that can be written to") from error
    finally:
        for half in halves.values():
            with suppress(OSError):
                half.unlink()


@contextmanager
def sink(file: Path, suffix: str, schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """A function that writes parts of a table to a file, each while the next is made."""
    with _writer(file, suffix, schema) as writer, ThreadPoolExecutor(1) as beside:
        write = writer.write_batch if isinstance(writer, pyarrow.parquet.ParquetWriter) else writer.write
        waiting: list[Future[None]] = []

        def submit(part: pa.RecordBatch) -> None:
            """Write a part once the one before is written."""
            if waiting:
                waiting.pop().result()
            waiting.append(beside.submit(write, part))

        yield submit
        for last in waiting:
            last.result()


def _writer(
    file: Path, suffix: str, schema: pa.Schema
) -> pyarrow.parquet.ParquetWriter | pyarrow.csv.CSVWriter:
    if suffix == ".parquet":
        return pyarrow.parquet.ParquetWriter(file, schema, compression="zstd", compression_level=1)
    return pyarrow.csv.CSVWriter(file, schema)
