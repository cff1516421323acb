"""Rows of a sheet for the modules that read them one by one."""

from __future__ import annotations

from typing import Any

from rapallo.errors import InputError
from rapallo.sources.found import Found
from rapallo.sources.sheet import LINE, Sheet

__all__ = ["Row", "count", "taken"]

Row = dict[str, Any]


def taken(sheet: Sheet, columns: str) -> tuple[list[Row], Found]:
    """The rows of a sheet with some of its columns and the line, and a report that says these were used.

    Args:
        sheet: with the columns in whatever case.
        columns: their names, parted by blanks; the rows have them under these.

    Raises:
        InputError: where the sheet lacks one.
    """
    wanted = columns.split()
    there = {name.casefold(): name for name in sheet.columns}
    lacking = [name for name in wanted if name.casefold() not in there]
    if lacking:
        msg = f"{sheet.name} has no column {', '.join(lacking)}"
        raise InputError(msg, hint=f"it has {', '.join(sheet.columns)}")
    table = sheet.table.select([*(there[name.casefold()] for name in wanted), LINE])
    return table.rename_columns([*wanted, LINE]).to_pylist(), Found(used={name.casefold() for name in wanted})


def count(cell: object) -> int | None:
    """A whole number, 0 or more; None where there is none, as negative codes of missing ones are none.

    Examples:
        >>> count("16"), count(3.0), count("-9"), count("NA")
        (16, 3, None, None)
    """
    try:
        number = int(float(str(cell)))
    except ValueError:
        return None
    return number if number >= 0 else None
