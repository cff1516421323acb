"""The starter record as finished tables, put into a new record at once while they are in step with its files.

``make seed`` writes ``seed.zip``: each table as Parquet, and the SHA-256 of what they follow from, the
starter's YAML files and the code that turns them into rows. Where that is another one the YAML files are
read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet

from rapallo.fingerprint import fingerprint
from rapallo.record.tables import transaction

__all__ = ["PATH", "digest", "dump", "fill"]

PATH = Path(__file__).parent / "seed.zip"
_PACKAGE = Path(__file__).parent.parent
_CODE = ("model", "record", "vocab", "sources/starter")
_KEPT = "SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY table_name"


def digest() -> str:
    """The fingerprint of what the tables follow from."""
    files = (path for folder in _CODE for path in sorted((_PACKAGE / folder).rglob("*")))
    return fingerprint(path for path in files if path.suffix in (".py", ".sql", ".yaml"))


def dump(connection: duckdb.DuckDBPyConnection, path: Path = PATH, *, of: str) -> int:
    """Write the tables of a record that holds the starter record alone.

    Args:
        connection: to the record.
        path: the file.
        of: the digest of what they follow from, taken before that was read.

    Returns:
        How many rows were written.
    """
    rows = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr(_entry("digest"), of)
        for (table,) in connection.execute(_KEPT).fetchall():
            held = connection.sql(f"SELECT * FROM {table} ORDER BY ALL").to_arrow_table()
            rows += held.num_rows
            if held.num_rows:
                file.writestr(_entry(table), _packed(held))
    return rows


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry with no time of its own, so that the same tables give the same file."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


def _packed(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink, compression="zstd", compression_level=19)
    return sink.getvalue()


def fill(connection: duckdb.DuckDBPyConnection, path: Path = PATH) -> bool:
    """Put the tables into a new record; whether they were there and in step."""
    tables = _read(path)
    if tables is None:
        return False
    with transaction(connection):
        connection.execute("DELETE FROM meta")  # what the file says of itself takes its place
        for name, table in tables.items():
            connection.register("seed", table)
            connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM seed")
            connection.unregister("seed")
    return True


def _read(path: Path) -> Mapping[str, pa.Table] | None:
    try:
        with zipfile.ZipFile(path) as file:
            if file.read("digest").decode() != digest():
                return None
            names = [name for name in file.namelist() if name != "digest"]
            return {name: pyarrow.parquet.read_table(io.BytesIO(file.read(name))) for name in names}
    except (OSError, KeyError, zipfile.BadZipFile, pa.ArrowException):
        return None
