"""Look after a record file: is it sound, put a copy aside, save what can be saved of a broken one."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rapallo.errors import RecordError
from rapallo.record import clock, opening
from rapallo.record.exports.tables import TABLES
from rapallo.record.schema import CHILDREN, FAMILIES, LISTS, OWN, VERSION, VOCABULARIES, create
from rapallo.vocab import vocabulary

__all__ = ["Finding", "Saved", "backup", "check", "repair"]

_STEP = 122_880
"""Rows that lie together in a file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a record.

    Attributes:
        table: where.
        what: in words.
        rows: how many rows it is wrong with.
        example: the id of one.
    """

    table: str
    what: str
    rows: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a repair saved.

    Attributes:
        rows: by table.
        lost: tables that could not be read to the end, with the reason; ``log of writes`` among them where
            that could not be replayed.
    """

    rows: dict[str, int]
    lost: dict[str, str]


def check(path: Path) -> tuple[Finding, ...]:
    """Read every row of a record and hold it against what must be true of all records.

    Each row rests on a source that is there; a row of a tie or document has one; of each id one version
    stands, and versions follow one another; terms are of the vocabularies; every table can be read to its
    end, and every index, which is tried on a copy.

    Args:
        path: a record file; it is opened for reading only.

    Raises:
        RecordError: where it is no record, or another process writes it.
    """
    connection = opening.connect(path, read_only=True)
    try:
        found = tuple(_findings(connection))
        with tempfile.TemporaryDirectory() as folder:
            return found or tuple(_indexes(path, Path(folder) / path.name))
    except OSError as error:
        msg = f"{path} cannot be copied to be tried: {_line(error)}"
        raise RecordError(msg, hint="is there room in the folder for temporary files?") from error
    finally:
        connection.close()


def _findings(connection: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    for table in TABLES:
        try:
            connection.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchall()
        except duckdb.Error as error:
            yield Finding(table, f"cannot be read to its end: {_line(error)}", 0)
    for family in FAMILIES:
        for what, sql in _questions(family):
            try:
                found = connection.execute(sql).fetchall()
            except duckdb.Error:
                continue  # told above: the table cannot be read
            if found and found[0][0]:
                yield Finding(family, what, int(found[0][0]), str(found[0][1] or ""))


def _indexes(path: Path, copy: Path) -> Iterator[Finding]:
    """Ask every index for every row: write each row of a copy a second time, known a moment earlier."""
    keys = "SELECT table_name, len(constraint_column_names) FROM duckdb_constraints() "
    earlier = "known_from - INTERVAL 1 microsecond"
    _copy(path, copy)
    with duckdb.connect(str(copy), config=opening.SETTINGS) as tried:
        asked = tried.execute(f"{keys} WHERE constraint_type = 'PRIMARY KEY' ORDER BY ALL").fetchall()
    for table, columns in asked:
        sql = f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT DO NOTHING"
        if columns > 1:
            new = f"(id, {earlier}) NOT IN (SELECT (id, known_from) FROM {table})"
            sql = f"INSERT INTO {table} SELECT * REPLACE ({earlier} AS known_from) FROM {table} WHERE {new}"
        try:
            with duckdb.connect(str(copy), config=opening.SETTINGS) as tried:
                tried.begin()
                tried.execute(sql)
                tried.rollback()
        except duckdb.Error as error:
            yield Finding(table, f"its index cannot be read: {_line(error)}", 0)


def _questions(family: str) -> Iterator[tuple[str, str]]:
    """What must not be, and the SELECT of how many rows are so, with the id of one."""
    twice = f"SELECT id FROM {family} WHERE known_to IS NULL GROUP BY id HAVING count(*) > 1"
    yield "two versions of one id stand", f"SELECT count(*), min(id) FROM ({twice})"
    later = "lead(known_from) OVER (PARTITION BY id ORDER BY known_from) AS later"
    versions = f"SELECT id, known_to, {later} FROM {family}"
    yield "versions of one id overlap", f"SELECT count(*), min(id) FROM ({versions}) WHERE known_to > later"
    rows = f"SELECT count(*), min(id) FROM {family}"
    yield "rests on a source that is not there", f"{rows} WHERE source NOT IN (SELECT id FROM source)"
    if parent := CHILDREN.get(family):
        yield (
            f"belongs to a {parent} that is not there",
            f"{rows} WHERE {parent} NOT IN (SELECT id FROM {parent})",
        )
    for column, name in VOCABULARIES.get(family, {}).items():
        known = ", ".join(f"'{term}'" for term in vocabulary(name))
        cell = f"unnest({column})" if column in LISTS else column
        terms = f"SELECT id, {cell} AS term FROM {family}"
        yield (
            f"{column} is no term of {name}",
            f"SELECT count(*), min(id) FROM ({terms}) WHERE term NOT IN ({known}) AND term NOT LIKE '{OWN}%'",
        )


def backup(path: Path, to: Path) -> int:
    """Put a copy of a record aside: checked to be readable, and there whole or not at all.

    Args:
        path: a record file that nobody writes meanwhile.
        to: the copy; what is there is replaced once the new copy is whole.

    Returns:
        Its size in bytes.

    Raises:
        RecordError: where the record cannot be opened, or the copy cannot be written.
    """
    opening.connect(path, read_only=True).close()
    if to.exists() and to.samefile(path):
        msg = f"{to} is the record itself"
        raise RecordError(msg, hint="name another file")
    _no_log(to)
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with duckdb.connect(str(path), read_only=True, config=opening.SETTINGS):  # holds writers off
            _copy(path, draft)
        with duckdb.connect(str(draft), config=opening.SETTINGS) as copy:
            copy.checkpoint()
        opening.connect(draft, read_only=True).close()
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(to)
    except (duckdb.Error, OSError) as error:
        msg = f"{path} cannot be copied to {to}: {_line(error)}"
        raise RecordError(msg, hint="the record is as it was") from error
    finally:
        draft.unlink(missing_ok=True)
        _log(draft).unlink(missing_ok=True)
    return to.stat().st_size


def repair(path: Path, to: Path) -> Saved:
    """Make a new record of all that can still be read of a broken one, which is left as it is.

    A log of writes that cannot be replayed is left out; of a table that cannot be read to its end all blocks
    of rows that can be are saved.

    Args:
        path: the broken file.
        to: a new file.

    Raises:
        RecordError: where nothing can be read of it, another process has it, or the new file is there or
            cannot be written.
    """
    if to.exists():
        msg = f"{to} is there already"
        raise RecordError(msg, hint="name a new file")
    _no_log(to)
    _nobody_has(path)
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    copy = draft.with_name(f"{draft.name}.broken")
    try:
        broken, unread = _opened(path, copy)
        with broken, duckdb.connect(str(draft), config=opening.SETTINGS) as made:
            create(made)
            saved = _save(broken, made, unread)
            made.checkpoint()
        draft.replace(to)
    except (duckdb.Error, OSError) as error:
        msg = f"nothing can be saved of {path}: {_line(error)}"
        raise RecordError(msg, hint="go back to a copy made by rapallo record backup") from error
    finally:
        for left in (draft, copy):
            left.unlink(missing_ok=True)
            _log(left).unlink(missing_ok=True)
    return saved


def _nobody_has(path: Path) -> None:
    try:
        duckdb.connect(str(path), read_only=True, config=opening.SETTINGS).close()
    except duckdb.Error as error:
        if opening.in_use(error):
            msg = f"{path} is in use by another process"
            raise RecordError(msg, hint="close it there first") from error


def _opened(path: Path, copy: Path) -> tuple[duckdb.DuckDBPyConnection, dict[str, str]]:
    """A copy of the file, opened with its log where that can be replayed; else without it, and why."""
    _copy(path, copy)
    try:
        return duckdb.connect(str(copy), config=opening.SETTINGS), {}
    except duckdb.Error as error:
        if not _log(copy).exists():
            raise
        _log(copy).unlink()
        shutil.copyfile(path, copy)
        return duckdb.connect(str(copy), config=opening.SETTINGS), {"log of writes": _line(error)}


def _save(
    broken: duckdb.DuckDBPyConnection, made: duckdb.DuckDBPyConnection, unread: dict[str, str]
) -> Saved:
    rows, lost = {}, dict(unread)
    there = {name for (name,) in broken.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "meta" not in there:
        msg = "it holds no record"
        raise duckdb.CatalogException(msg)
    made.execute("DELETE FROM meta")
    for table in (*TABLES, "meta"):
        if table not in there:
            lost[table] = "it is not there"
            continue
        rows[table], why = _copied(broken, made, table)
        if why:
            lost[table] = why
    made.execute("INSERT OR REPLACE INTO meta VALUES ('schema', $version)", {"version": VERSION})
    if clock.last(made) is None and (written := _last_written(made)) is not None:
        clock.keep(made, written)
    return Saved(rows, lost)


def _last_written(made: duckdb.DuckDBPyConnection) -> dt.datetime | None:
    """The latest time that any row carries."""
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE data_type = 'TIMESTAMP'"
    found = made.execute(sql).fetchall()
    times = [made.execute(f"SELECT max({c}) FROM {t}").fetchall()[0][0] for t, c in found if t in TABLES]
    return max((time for time in times if time is not None), default=None)


def _copied(
    broken: duckdb.DuckDBPyConnection, made: duckdb.DuckDBPyConnection, table: str
) -> tuple[int, str]:
    """Copy a table, going round the parts that cannot be read."""
    kept, why = 0, ""
    try:
        (total,) = broken.execute(f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}").fetchall()[0]
    except duckdb.Error as error:
        return 0, _line(error)
    for start in range(0, total, _STEP):
        part = {"first": start, "last": min(start + _STEP, total)}
        try:
            sql = f"SELECT * FROM {table} WHERE rowid >= $first AND rowid < $last"
            found = broken.sql(sql, params=part).to_arrow_table()
            made.register("saved", found)
            made.execute(f"INSERT INTO {table} BY NAME SELECT * FROM saved")
            made.unregister("saved")
        except duckdb.Error as error:
            why = f"{_line(error)}; rows {start + 1} to {part['last']} of {total}"
        else:
            kept += found.num_rows
    return kept, why


def _copy(path: Path, to: Path) -> None:
    """Copy a record file with its log of writes."""
    shutil.copyfile(path, to)
    if _log(path).exists():
        shutil.copyfile(_log(path), _log(to))


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _no_log(to: Path) -> None:
    """Make sure that a new file finds no log of writes beside it, which would be taken for its own."""
    if _log(to).exists():
        msg = f"{to} is being written, or was not closed"
        raise RecordError(msg, hint="open and close it, or name another file")


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
