"""Open and make record files; whatever is no record is refused and left as it was."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import duckdb

from rapallo.errors import RecordError
from rapallo.record import schema, seed
from rapallo.record.writer import write

__all__ = ["SETTINGS", "connect", "from_files", "in_memory", "in_use", "make"]

SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",  # never fetch anything
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
}
_MAGIC = b"DUCK"
_MAGIC_AT = 8


def in_memory(*, empty: bool) -> duckdb.DuckDBPyConnection:
    """A new record in memory, with the starter record in it unless it shall be empty."""
    connection = duckdb.connect(":memory:", config=SETTINGS)
    try:
        _fill(connection, empty=empty)
    except BaseException:
        connection.close()
        raise
    return connection


def _fill(connection: duckdb.DuckDBPyConnection, *, empty: bool) -> None:
    schema.create(connection)
    if not empty:
        _seed(connection)


def _seed(connection: duckdb.DuckDBPyConnection) -> None:
    if not seed.fill(connection):
        from_files(connection)


def from_files(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the starter record into a new one from its files, known from the day of its release."""
    from rapallo.sources import starter  # noqa: PLC0415 - only a new record needs it

    batches = starter.load()
    released = [batch.source.released for batch in batches if batch.source.released is not None]
    now = dt.datetime.combine(max(released), dt.time.min) if released else None
    write(connection, batches, now=now)


def make(path: Path, *, read_only: bool, empty: bool) -> None:
    """Make a record file; it appears whole or not at all.

    Raises:
        RecordError: where the folder is missing or may not be written, or the record is wanted for reading.
    """
    if read_only:
        msg = f"there is no file {path}"
        raise RecordError(msg, hint="open it without read_only to make it")
    if not path.parent.is_dir():
        msg = f"there is no folder {path.parent}"
        raise RecordError(msg, hint="make it first")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        connection = duckdb.connect(str(draft), config=SETTINGS)
        try:
            _fill(connection, empty=empty)
        finally:
            connection.close()
        _publish(draft, path)
    except (duckdb.Error, OSError) as error:
        msg = f"{path} cannot be made: {_line(error)}"
        raise RecordError(msg, hint="may its folder be written?") from error
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    """Give the finished file its name, never over one that another process made meanwhile."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        draft.rename(path)


def connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Connect to a record file.

    Raises:
        RecordError: where it is no record of this version, is in use, or may not be read.
    """
    _looks_like_a_record(path)
    try:
        reader = duckdb.connect(str(path), read_only=True, config=SETTINGS)  # reading changes no byte
        try:
            schema.verify(reader, str(path))
        except BaseException:
            reader.close()
            raise
        if read_only:
            return reader
        reader.close()
        return duckdb.connect(str(path), config=SETTINGS)
    except duckdb.Error as error:
        raise _refusal(path, error, read_only=read_only) from error


def _looks_like_a_record(path: Path) -> None:
    if not path.is_file():
        msg = f"{path} is a folder or a device, not a record file"
        raise RecordError(msg, hint="name a file")
    try:
        with path.open("rb") as file:
            head = file.read(_MAGIC_AT + len(_MAGIC))
    except OSError as error:
        msg = f"{path} cannot be read: {_line(error)}"
        raise RecordError(msg, hint="may you read it?") from error
    if head[_MAGIC_AT:] != _MAGIC:
        msg = f"{path} is not a DuckDB file"
        raise RecordError(msg, hint="name a record made by rapallo, or a new file")


def _refusal(path: Path, error: duckdb.Error, *, read_only: bool) -> RecordError:
    said = _line(error)
    if in_use(error):
        return RecordError(f"{path} is in use by another writer or reader", hint="close it there first")
    if not read_only and not os.access(path, os.W_OK):
        return RecordError(f"{path} may not be written", hint="open it read-only")
    return RecordError(f"{path} cannot be opened: {said}", hint="is it damaged, or from a newer DuckDB?")


def in_use(error: duckdb.Error) -> bool:
    """Whether a file could not be opened because another process has it."""
    return "onflicting lock" in str(error) or "different configuration" in str(error)


def _line(error: BaseException) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return (text.splitlines() or [type(error).__name__])[0]
