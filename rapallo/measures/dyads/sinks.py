"""Where a table is written: Parquet or CSV, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from rapallo.errors import InputError

__all__ = ["sink"]


@contextmanager
def sink(out: Path, schema: pa.Schema) -> Iterator[Callable[[pa.RecordBatch], None]]:
    """A function that writes parts of a table; the file takes its place when all are written.

    Raises:
        InputError: where the file is neither ``.parquet`` nor ``.csv``, or cannot be written.
    """
    if out.suffix not in {".parquet", ".csv"}:
        msg = f"{out} is neither a .parquet nor a .csv file"
        raise InputError(msg)
    half = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _writer(half, out.suffix, schema) as writer, ThreadPoolExecutor(1) as beside:
            write = writer.write_batch if isinstance(writer, pyarrow.parquet.ParquetWriter) else writer.write
            waiting: list[Future[None]] = []

            def submit(part: pa.RecordBatch) -> None:
                """Write a part while the next is made; at most one waits."""
                if waiting:
                    waiting.pop().result()
                waiting.append(beside.submit(write, part))

            yield submit
            for last in waiting:
                last.result()
        half.replace(out)
    except OSError as error:
        msg = f"{out} cannot be written: {error.strerror or error}"
        raise InputError(msg) from error
    finally:
        half.unlink(missing_ok=True)


def _writer(
    half: Path, suffix: str, schema: pa.Schema
) -> pyarrow.parquet.ParquetWriter | pyarrow.csv.CSVWriter:
    if suffix == ".parquet":
        return pyarrow.parquet.ParquetWriter(half, schema, compression="zstd", compression_level=1)
    return pyarrow.csv.CSVWriter(half, schema)
