"""A file as a table: its columns as they stand there, each row with its line, and the rows that are none."""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from rapallo.errors import InputError
from rapallo.sources.files import RawFile, open_file, proportion, unpacked

__all__ = ["LINE", "Form", "Sheet", "read_sheet"]

LINE = "line"
"""Name of the column that is put in: the line of the file, or the row where it is no text; the first is 1."""

_MARKS = {  # the longer marks begin as the shorter do
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_TEXT = {".csv", ".tsv", ".tab", ".txt", ".data", ""}
_BLOCK = 1 << 24
_HEAD = 1 << 20
_COLUMNS = 32_768  # more than any table of the field has
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_BREAK = "\r\n?|\n"
_PACKED = {b"\x1f\x8b": ".gz", b"BZh": ".bz2", b"\xfd7zXZ": ".xz"}
_STRANGE = re.compile(  # signs that touch a letter, and words of accents alone
    r"(?<=[^\W\d_])[¢-¦¨¬-¯±-¹¼-¾×÷\ufffd]|[¢-¦¨¬-¯±-¹¼-¾×÷\ufffd](?=[^\W\d_])|(?<=[À-ÿ]{3})[À-ÿ]"
)
_OTHERS = ("cp1250", "cp1251", "cp1253", "koi8_r", "mac_roman", "gb18030", "big5", "cp932", "cp949")
_EMPTY = "an empty row"

Broken = list[tuple[int, str]]
"""Lines of rows that are none, with the reason."""


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
    if raw.suffix not in _READERS.keys() | _TEXT:
        msg = f"{raw.name} is a {raw.suffix} file, which nobody here reads"
        raise InputError(msg, hint="CSV, TSV, Parquet, R (rds, rda), Stata (dta), Excel (xlsx); also packed")
    try:
        if raw.suffix in _TEXT:
            return _text(raw, form)
        with warnings.catch_warnings(action="ignore"):
            table, broken = _READERS[raw.suffix](raw, form)
    except InputError:
        raise
    except Exception as error:  # libraries fail over a broken file in every way there is
        msg = f"{raw.name} cannot be read: {(str(error).splitlines() or ['broken'])[0]}"
        raise InputError(msg, hint="is it whole, and of the kind its name says?") from error
    if not table.column_names:
        msg = f"{raw.name} has no column"
        raise InputError(msg)
    names = [str(name).strip() or f"column_{place}" for place, name in enumerate(table.column_names, 1)]
    rows = np.arange(1, table.num_rows + len(broken) + 1, dtype=np.int32)
    lines = np.delete(rows, [row - 1 for row, _ in broken])
    return _sheet(raw, table.rename_columns(_apart(names)), lines, broken)


def _sheet(raw: RawFile, table: pa.Table, lines: np.ndarray[Any, Any], broken: Broken) -> Sheet:
    """A table with its lines, without the rows in which nothing stands."""
    rows = table.num_rows + len(broken)
    empty = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not empty.any():
            break
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            empty &= pc.fill_null(pc.equal(column, ""), fill_value=False).to_numpy()
        else:
            empty[:] = False
    if empty.any():
        broken = [*broken, *((int(line), _EMPTY) for line in lines[empty])]
        table, lines = table.filter(pa.array(~empty)), lines[~empty]
    rejected: dict[str, tuple[int, int]] = {}
    for line, reason in broken:
        many, first = rejected.get(reason, (0, line))
        rejected[reason] = many + 1, min(first, line)
    return Sheet(raw.name, raw.sha256, table.append_column(LINE, pa.array(lines, pa.int32())), rows, rejected)


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
    head = text[:_HEAD]
    first = (_QUOTED.sub("", head) if form.quotes else head).partition("\n")[0]
    delimiter = form.delimiter or max("\t,;|", key=first.count)
    if raw.suffix in {".tsv", ".tab"} and not form.delimiter:
        delimiter = "\t"
    names, header = (_apart(form.columns), 0) if form.columns else _header(raw, head, delimiter, form)
    if len(names) > _COLUMNS:
        msg = f"{raw.name} has {len(names)} columns, over the limit of {_COLUMNS}"
        raise InputError(msg)
    skipped: list[tuple[int, int, str]] = []

    def skip(row: Any) -> str:
        skipped.append((row.number, row.actual_columns, row.text))
        return "skip"

    if not text.endswith(("\n", "\r")):
        text += "\n"
    table = pyarrow.csv.read_csv(
        io.BytesIO(text.encode("utf-8", "replace")),
        read_options=pyarrow.csv.ReadOptions(
            use_threads=False, block_size=_BLOCK, skip_rows=header, column_names=names
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
    places = [number - 1 - header for number, _, _ in skipped]
    kept = np.ones(table.num_rows + len(skipped), dtype=bool)
    kept[places] = False
    lines = _lines(table, kept, [len(re.findall(_BREAK, row)) for _, _, row in skipped])
    lines += header + 1
    if len(kept) and _open(text, table, "" if kept[-1] else skipped[-1][2]):
        msg = f"{raw.name} has a quotation mark on line {lines[-1]} that is never closed"
        raise InputError(msg, hint="put it right; or say in a YAML file: quotes: false")
    broken = [
        (int(line), f"{fields} fields in a row of {len(names)}" if row.strip() else _EMPTY)
        for line, (_, fields, row) in zip(lines[places], skipped, strict=True)
    ]
    return _sheet(raw, table, lines[kept], broken)


def _decoded(raw: RawFile, encoding: str) -> str:
    """The text of a file: in the encoding named, the one its first bytes tell, UTF-8, or the likeliest."""
    known = encoding or next((name for mark, name in _MARKS.items() if raw.data.startswith(mark)), "")
    if not known and b"\0" in raw.data:
        msg = f"{raw.name} is no text: a byte on line {_line_of(raw.data, 0)} is 0"
        raise InputError(msg, hint="if it is UTF-16 without a mark, name the encoding in a YAML file")
    try:
        text = raw.data.decode(known or "utf-8")
    except UnicodeDecodeError:
        if known:
            raise
        text = raw.data.decode(_likeliest(raw.data), "replace")
    if "\0" in text:
        msg = f"{raw.name} is no text: it holds characters that are 0"
        raise InputError(msg, hint="is its encoding another?")
    return text


def _line_of(data: bytes, byte: int) -> int:
    return data.count(b"\n", 0, data.index(byte)) + 1


def _likeliest(data: bytes) -> str:
    """The encoding of a text that is no UTF-8: the western one, unless that gives words no language has.

    Languages of central Europe that write no sign of their own there pass for western ones; their files name
    their encoding.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - few files need it

    odd = b"\n".join([line for line in data.split(b"\n") if not line.isascii()][:2000])
    western = odd.decode("cp1252", "replace")
    accents = sum(not c.isascii() for c in western)
    if 4 * len(_STRANGE.findall(western)) <= accents:
        return "cp1252"
    found = from_bytes(odd, cp_isolation=list(_OTHERS)).best()
    if found is None:
        return "cp1252"
    if found.encoding == "cp1250" and not any(0x80 <= byte < 0xA0 for byte in odd):
        return "iso8859_2"  # that of Windows puts letters where this one has nothing
    return str(found.encoding)


def _header(raw: RawFile, head: str, delimiter: str, form: Form) -> tuple[list[str], int]:
    """The names of the columns, and how many lines they take."""
    reader = csv.reader(
        io.StringIO(head, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if form.quotes else csv.QUOTE_NONE,
        strict=True,
    )
    names = next(reader, [])
    if not any(name.strip() for name in names):
        msg = f"{raw.name} has no header"
        raise InputError(msg, hint="its first line names the columns")
    return _apart([name.strip() or f"column_{n}" for n, name in enumerate(names, 1)]), reader.line_num


def _lines(table: pa.Table, kept: np.ndarray[Any, Any], skipped: Sequence[int]) -> np.ndarray[Any, Any]:
    """How many lines lie before each row, lines broken inside quotes counted.

    Args:
        table: the rows that were kept.
        kept: of all rows, whether they were.
        skipped: how often those that were not are broken.
    """
    inside = np.zeros(len(kept), dtype=np.int64)
    inside[~kept] = skipped
    for column in table.columns:
        if any(pc.any(pc.match_substring(column, sign)).as_py() for sign in "\r\n"):
            inside[kept] += pc.count_substring_regex(column, _BREAK).to_numpy()
    return np.arange(len(kept), dtype=np.int64) + np.cumsum(inside) - inside


def _open(text: str, table: pa.Table, odd: str) -> bool:
    """Whether the last row swallowed the end of the file for want of a quotation mark.

    Args:
        text: of the file.
        table: of the rows that are some.
        odd: the last row, where it is none.
    """
    if odd:
        return odd.count('"') % 2 == 1 and re.search(_BREAK, odd) is not None
    ends = text[-_HEAD:].rstrip("\r\n").endswith('"')
    return not ends and re.search(_BREAK, str(table.column(-1)[-1])) is not None


def _parquet(raw: RawFile, _form: Form) -> tuple[pa.Table, Broken]:
    file = pyarrow.parquet.ParquetFile(io.BytesIO(raw.data))
    proportion(raw.name, file.metadata.num_rows * file.metadata.num_columns, len(raw.data))
    return file.read(), []


def _excel(raw: RawFile, form: Form) -> tuple[pa.Table, Broken]:
    openpyxl = _needed("openpyxl", raw)
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        proportion(raw.name, sum(part.file_size for part in archive.infolist()), len(raw.data))
    book = openpyxl.load_workbook(io.BytesIO(raw.data), read_only=True, data_only=True)
    if form.sheet and form.sheet not in book.sheetnames:
        msg = f"{raw.name} has no sheet {form.sheet!r}"
        raise InputError(msg, hint=f"it has {', '.join(book.sheetnames)}")
    title = form.sheet or book.sheetnames[0]
    rows = book[title].iter_rows(values_only=True)
    names = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    while names and not names[-1]:
        names.pop()
    names = _apart([name or f"column_{place}" for place, name in enumerate(names, 1)])
    cells: list[list[str]] = []
    broken: Broken = []
    for number, row in enumerate(rows, 1):
        told = [_written(cell) for cell in row]
        while len(told) > len(names) and not told[-1]:
            told.pop()
        if len(told) > len(names):
            broken.append((number, f"{len(told)} fields in a row of {len(names)}"))
        else:
            cells.append(told + [""] * (len(names) - len(told)))
    _calculated(raw, openpyxl, title)
    columns = {name: pa.array([row[n] for row in cells], pa.string()) for n, name in enumerate(names)}
    return pa.table(columns), broken


def _calculated(raw: RawFile, openpyxl: Any, title: str) -> None:
    """Make sure that each formula has a value: the program that wrote the file may have left that to others.

    Raises:
        InputError: where one has none.
    """
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"<f>" in data or b"<f " in data for data in map(archive.read, sheets)):
            return
    told, meant = (
        openpyxl.load_workbook(io.BytesIO(raw.data), read_only=True, data_only=values)[title].iter_rows()
        for values in (True, False)
    )
    for values, formulas in zip(told, meant, strict=True):
        for value, formula in zip(values, formulas, strict=True):
            if value.value is None and formula.data_type == "f":
                msg = f"{raw.name} has a formula in {formula.coordinate} that was never calculated"
                raise InputError(msg, hint="open it in a spreadsheet program and save it")


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat()[:10] if hasattr(cell, "isoformat") else str(cell)


def _stata(raw: RawFile, _form: Form) -> tuple[pa.Table, Broken]:
    pandas = _needed("pandas", raw)
    frame = pandas.read_stata(io.BytesIO(raw.data), convert_categoricals=False)
    return pa.Table.from_pandas(frame, preserve_index=False), []


def _r(raw: RawFile, form: Form) -> tuple[pa.Table, Broken]:
    rdata = _needed("rdata", raw)
    packed = next((kind for mark, kind in _PACKED.items() if raw.data.startswith(mark)), "")
    data = unpacked(raw.name, packed, raw.data) if packed else raw.data
    found = rdata.conversion.convert(rdata.parser.parse_data(data))
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
    return pa.Table.from_pandas(found, preserve_index=False), []


_READERS: Mapping[str, Callable[[RawFile, Form], tuple[pa.Table, Broken]]] = {
    ".parquet": _parquet,
    ".xlsx": _excel,
    ".dta": _stata,
    ".rds": _r,
    ".rda": _r,
    ".rdata": _r,
}


def _needed(name: str, raw: RawFile) -> Any:
    """A library of the extra ``data``."""
    from importlib import import_module  # noqa: PLC0415

    try:
        return import_module(name)
    except ImportError as error:
        msg = f"{raw.name} needs {name}"
        raise InputError(msg, hint="pip install rapallo[data]") from error
