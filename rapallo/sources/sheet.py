"""A file as a table: its columns as they stand there, each row with its line, and the rows that are none."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from rapallo.errors import InputError
from rapallo.sources.files import RawFile, open_file

__all__ = ["LINE", "Form", "Sheet", "read_sheet"]

LINE = "line"
"""Name of the column that is put in: the line of the file, or the row where it is no text; the first is 1."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_TEXT = {".csv", ".tsv", ".tab", ".txt", ".data", ""}
_BLOCK = 1 << 24
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Form:
    """How a file is written, where that does not show.

    Attributes:
        member: which file of a zip, as a pattern.
        encoding: of a text; found out where it is not given.
        delimiter: of a text; found out in its first line where it is not given.
        columns: names of the columns of a text without a header.
        sheet: of a workbook; its first where it is not given.
        quotes: whether quotation marks of a text hold a cell together; where not they are part of it.
    """

    member: str = "*"
    encoding: str = ""
    delimiter: str = ""
    columns: Sequence[str] = ()
    sheet: str = ""
    quotes: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as a table.

    Attributes:
        name: of the file.
        sha256: of its bytes.
        table: its columns, those of a text file as text, and ``line``.
        rows: how many rows it has, those that are none among them.
        broken: reason to (rows, line of the first), for rows that are none.
    """

    name: str
    sha256: str
    table: pa.Table
    rows: int
    broken: dict[str, tuple[int, int]]

    @property
    def columns(self) -> list[str]:
        """The columns of the file itself."""
        return [name for name in self.table.column_names if name != LINE]

    def require(self, columns: Iterable[str]) -> None:
        """Make sure that the file has some columns.

        Raises:
            InputError: where it lacks one.
        """
        if lacking := sorted(set(columns) - set(self.columns)):
            msg = f"{self.name} has no column {', '.join(lacking)}"
            raise InputError(msg, hint=f"it has {', '.join(self.columns)}")


def read_sheet(path: Path, form: Form | None = None) -> Sheet:
    """Read a file of rows: CSV and its kin in any encoding, Parquet, R, Stata, Excel; packed or not.

    Args:
        path: the file.
        form: how it is written, where that does not show.

    Raises:
        InputError: where it cannot be read, is of another kind, or has no column.
    """
    form = form or Form()
    raw = open_file(path, member=form.member)
    try:
        if raw.suffix in _TEXT:
            return _text(raw, form)
        readers = {
            ".parquet": _parquet,
            ".xlsx": _excel,
            ".dta": _stata,
            ".rds": _r,
            ".rda": _r,
            ".rdata": _r,
        }
        if raw.suffix not in readers:
            msg = f"{raw.name} is a {raw.suffix} file, which nobody here reads"
            raise InputError(
                msg, hint="CSV, TSV, Parquet, R (rds, rda), Stata (dta), Excel (xlsx); also packed"
            )
        table = readers[raw.suffix](raw, form)
    except (pa.ArrowException, ValueError, OSError, LookupError, EOFError, TypeError) as error:
        msg = f"{raw.name} cannot be read: {(str(error).splitlines() or ['broken'])[0]}"
        raise InputError(msg, hint="is it whole, and of the kind its name says?") from error
    table = _named(raw, table.rename_columns([str(name) for name in table.column_names]))
    lines = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int32))
    return Sheet(raw.name, raw.sha256, table.append_column(LINE, lines), table.num_rows, {})


def _named(raw: RawFile, table: pa.Table) -> pa.Table:
    names = table.column_names
    if not names:
        msg = f"{raw.name} has no column"
        raise InputError(msg)
    folded = [name.casefold() for name in names]
    twice = sorted({name for name in names if folded.count(name.casefold()) > 1})
    if twice or LINE in folded:
        return table.rename_columns(_apart(names))
    return table


def _apart(names: Sequence[str]) -> list[str]:
    """Names that do not repeat, whatever their case, and are not the line's."""
    taken: set[str] = {LINE}
    found = []
    for name in names:
        new, number = name, 1
        while new.casefold() in taken:
            number += 1
            new = f"{name}_{number}"
        taken.add(new.casefold())
        found.append(new)
    return found


def _text(raw: RawFile, form: Form) -> Sheet:
    text = _decoded(raw, form.encoding)
    first = text[: text.find("\n") + 1 or None].rstrip("\r\n")
    delimiter = form.delimiter or max("\t,;|", key=first.count)
    if raw.suffix in {".tsv", ".tab"} and not form.delimiter:
        delimiter = "\t"
    data = text.encode("utf-8", "replace")
    names = list(form.columns) or _header(raw, data, delimiter)
    broken: list[tuple[int | None, int, str]] = []

    def skip(row: Any) -> str:
        if row.text.strip():
            broken.append((row.number, row.actual_columns, row.text[:_SHOWN]))
        else:
            broken.append((row.number, 0, ""))
        return "skip"

    header = 0 if form.columns else 1
    table = pyarrow.csv.read_csv(
        io.BytesIO(data),
        read_options=pyarrow.csv.ReadOptions(
            use_threads=False, block_size=max(_BLOCK, 1), skip_rows=header, column_names=names
        ),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter,
            quote_char='"' if form.quotes else False,
            newlines_in_values=form.quotes,
            ignore_empty_lines=False,
            invalid_row_handler=skip,
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
        ),
    )
    rejected: dict[str, tuple[int, int]] = {}
    for number, fields, _ in broken:
        if fields:
            reason = f"{fields} fields in a row of {len(names)}"
            rows, line = rejected.get(reason, (0, number or 0))
            rejected[reason] = rows + 1, line
    blank = sum(not fields for _, fields, _ in broken)
    lines = _lines(table, header, [number for number, _, _ in broken if number])
    rows = table.num_rows + len(broken) - blank
    return Sheet(raw.name, raw.sha256, table.append_column(LINE, lines), rows, rejected)


def _decoded(raw: RawFile, encoding: str) -> str:
    """The text of a file: in the encoding named, the one its first bytes tell, UTF-8, or the likeliest."""
    if b"\0" in raw.data[:4096] and not raw.data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        msg = f"{raw.name} is no text"
        raise InputError(msg)
    if not encoding:
        encoding = next((name for mark, name in _MARKS.items() if raw.data.startswith(mark)), "utf-8")
    try:
        return raw.data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise
    return raw.data.decode(_likeliest(raw.data), "replace")


def _likeliest(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    odd = [line for line in data.split(b"\n") if not line.isascii()]
    found = from_bytes(b"\n".join(odd[:2000])).best()
    return found.encoding if found is not None else "cp1252"


def _header(raw: RawFile, data: bytes, delimiter: str) -> list[str]:
    import csv  # noqa: PLC0415

    names = next(csv.reader(io.StringIO(data[:_BLOCK].decode("utf-8", "replace")), delimiter=delimiter), [])
    if not any(name.strip() for name in names):
        msg = f"{raw.name} has no header"
        raise InputError(msg, hint="its first line names the columns")
    return _apart([name.strip() or f"column_{place}" for place, name in enumerate(names, 1)])


def _lines(table: pa.Table, header: int, skipped: Sequence[int]) -> pa.Array:
    """The line each row begins on, lines broken inside quotes counted."""
    rows = np.arange(table.num_rows, dtype=np.int64)
    for number in sorted(skipped):  # rows that were left out still have a line
        rows[np.searchsorted(rows, number - 1 - header) :] += 1
    inside = np.zeros(table.num_rows, dtype=np.int64)
    for column in table.columns:
        if pc.any(pc.match_substring(column, "\n")).as_py():
            inside += pc.count_substring(column, "\n").to_numpy()
    before = np.concatenate(([0], np.cumsum(inside)[:-1])) if table.num_rows else inside
    return pa.array((rows + 1 + header + before).astype(np.int32))


def _parquet(raw: RawFile, _form: Form) -> pa.Table:
    return pyarrow.parquet.read_table(io.BytesIO(raw.data))


def _excel(raw: RawFile, form: Form) -> pa.Table:
    openpyxl = _needed("openpyxl", raw)
    book = openpyxl.load_workbook(io.BytesIO(raw.data), read_only=True, data_only=True)
    if form.sheet and form.sheet not in book.sheetnames:
        msg = f"{raw.name} has no sheet {form.sheet!r}"
        raise InputError(msg, hint=f"it has {', '.join(book.sheetnames)}")
    rows = (book[form.sheet] if form.sheet else book.worksheets[0]).iter_rows(values_only=True)
    names = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    while names and not names[-1]:
        names.pop()
    names = _apart([name or f"column_{place}" for place, name in enumerate(names, 1)])
    cells = [[_written(cell) for cell in row[: len(names)]] for row in rows]
    return pa.table(
        {
            name: pa.array([row[n] if n < len(row) else "" for row in cells], pa.string())
            for n, name in enumerate(names)
        }
    )


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat()[:10] if hasattr(cell, "isoformat") else str(cell)


def _stata(raw: RawFile, _form: Form) -> pa.Table:
    pandas = _needed("pandas", raw)
    return pa.Table.from_pandas(
        pandas.read_stata(io.BytesIO(raw.data), convert_categoricals=False), preserve_index=False
    )


def _r(raw: RawFile, form: Form) -> pa.Table:
    rdata = _needed("rdata", raw)
    found = rdata.conversion.convert(rdata.parser.parse_data(raw.data))
    if isinstance(found, dict):
        frames = {name: frame for name, frame in found.items() if hasattr(frame, "columns")}
        names = [form.sheet] if form.sheet else list(frames)
        if len(names) != 1 or names[0] not in frames:
            msg = f"{raw.name} holds the tables {', '.join(frames) or 'none'}"
            raise InputError(msg, hint="name one of them")
        found = frames[names[0]]
    if not hasattr(found, "columns"):
        msg = f"{raw.name} holds no table"
        raise InputError(msg)
    return pa.Table.from_pandas(found, preserve_index=False)


def _needed(name: str, raw: RawFile) -> Any:
    """A library of the extra ``data``."""
    from importlib import import_module  # noqa: PLC0415

    try:
        return import_module(name)
    except ImportError as error:
        msg = f"{raw.name} needs {name}"
        raise InputError(msg, hint="pip install rapallo[data]") from error
