"""Files of rows as tables: every kind, every encoding, every way of being broken."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import openpyxl
import pandas
import pyarrow as pa
import pyarrow.parquet
import pytest
import rdata
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.sources import files
from rapallo.sources.sheet import Form, Sheet, read_sheet


@pytest.fixture
def read(tmp_path):
    def call(data: bytes | str, name: str = "rows.csv", **form) -> Sheet:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_sheet(path, Form(**form))

    return call


def rows(sheet: Sheet) -> list[list[object]]:
    """The cells of each row, the line last."""
    return [list(row.values()) for row in sheet.table.to_pylist()]


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_is_found_out(read, encoding):
    text = "name,capital\nCôte d’Ivoire,Yamoussoukro\nSão Tomé and Príncipe,São Tomé\n"
    sheet = read(text.encode(encoding))
    assert sheet.columns == ["name", "capital"]
    assert rows(sheet)[0] == ["Côte d’Ivoire", "Yamoussoukro", 2]
    assert rows(sheet)[1][1] == "São Tomé"


@pytest.mark.parametrize(
    "name", ["Côte d'Ivoire", "Türkiye", "Åland", "Curaçao", "São Tomé and Príncipe", "España: ¿qué?", "5 °C"]
)
def test_one_accent_is_enough_to_know_a_western_text(read, name):
    assert rows(read(f"name\n{name}\n".encode("latin-1"))) == [[name, 2]]


@pytest.mark.parametrize("encoding", ["iso8859_2", "cp1250"])
def test_letters_of_central_europe_are_theirs(read, encoding):
    names = ["Polska, Łódź, Gdańsk, Śląsk, Wałbrzych, Żywiec", "Małopolskie, świętokrzyskie, łódzkie"]
    text = "name\n" + "".join(f'"{name}"\n' for name in names)
    assert [row[0] for row in rows(read(text.encode(encoding)))] == names


def test_words_of_accents_alone_are_no_western_text(read):
    text = "name,of\nРоссия и Украина подписали договор о границе,1\nБеларусь и Польша,2\n"
    assert rows(read(text.encode("cp1251")))[1] == ["Беларусь и Польша", "2", 3]


def test_an_encoding_that_is_named_is_kept_to(read):
    text = "name\nČesko, žluťoučký kůň\n"
    assert rows(read(text.encode("cp1250"), encoding="cp1250", delimiter=";"))[0][0] == "Česko, žluťoučký kůň"
    assert rows(read("a,b\n1,é\n".encode("utf-16-le"), encoding="utf-16-le")) == [["1", "é", 2]]
    for wrong in ("utf-8", "ascii", "no-such-code", "hex"):
        with pytest.raises(InputError, match="cannot be read"):
            read("a,b\n1,é\n".encode("cp1252"), encoding=wrong)


# The text of a table


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a,b\n1,2\n", "rows.csv"),
        ("a;b\n1;2\n", "rows.csv"),
        ("a|b\n1|2\n", "rows.txt"),
        ("a\tb\n1\t2\n", "rows.csv"),
        ("a\tb\n1\t2\n", "rows.tsv"),
        ("a\tb\n1\t2\n", "rows.tab"),
        ("a,b\n1,2", "rows"),
        ("a,b\r\n1,2\r\n", "rows.csv"),
        ("a,b\r1,2\r", "rows.csv"),
        ('"a","b"\n"1","2"\n', "rows.data"),
    ],
)
def test_delimiters_and_line_ends(read, text, name):
    sheet = read(text, name)
    assert sheet.columns == ["a", "b"]
    assert rows(sheet) == [["1", "2", 2]]
    assert (sheet.rows, sheet.broken) == (1, {})


def test_a_delimiter_within_quotes_of_the_header_does_not_count(read):
    assert read('"a, or b, or c";d\n1;2\n').columns == ["a, or b, or c", "d"]
    assert rows(read("a;b\n1,5;2\n", delimiter=";")) == [["1,5", "2", 2]]


def test_cells_stay_what_they_are(read):
    text = 'a,b\nNA,007\n,"1,5"\n"say ""x""", y \n'
    assert rows(read(text)) == [["NA", "007", 2], ["", "1,5", 3], ['say "x"', " y ", 4]]


def test_a_file_without_quotes_takes_them_as_signs(read):
    assert rows(read('a,b\n"1,2\n3",4\n', quotes=False)) == [['"1', "2", 2], ['3"', "4", 3]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_row_has_the_line_it_begins_on(read, end):
    lines = ['"a', 'x",b', "1,2", '"one', "two", 'three",4', "5,6", '7,8,"nine', 'ten"', "11,12", "", "13,14"]
    sheet = read(end.join(lines) + end)
    assert sheet.columns == [f"a{end}x", "b"]
    assert [row[2] for row in rows(sheet)] == [3, 4, 7, 10, 12]
    assert sheet.broken == {"3 fields in a row of 2": (1, 8), "an empty row": (1, 11)}
    assert sheet.rows == 7


def test_a_file_without_header_begins_on_its_first_line(read):
    sheet = read("1,2\n3,4\n", columns=("a", "line"))
    assert sheet.columns == ["a", "line_2"]
    assert rows(sheet) == [["1", "2", 1], ["3", "4", 2]]


def test_ragged_rows_are_told_by_reason_with_the_first_line(read):
    sheet = read("a,b\n1\n1,2\n1,2,3\n1,2,3\n3\n , \n   \n,\n\n")
    assert sheet.broken == {
        "1 fields in a row of 2": (2, 2),
        "3 fields in a row of 2": (2, 4),
        "an empty row": (3, 8),
    }
    assert rows(sheet) == [["1", "2", 3], [" ", " ", 7]]
    assert sheet.rows == sheet.table.num_rows + sum(many for many, _ in sheet.broken.values()) == 9


def test_a_header_alone_is_a_table_without_rows(read):
    for text in ("a,b\n", "a,b", "a,b\r\n"):
        sheet = read(text)
        assert (sheet.columns, sheet.rows, sheet.table.num_rows) == (["a", "b"], 0, 0)


@pytest.mark.parametrize("data", [b"\n", b"\n\na,b\n1,2\n", b",,\n1,2,3\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_a_file_without_header_is_refused(read, data):
    with pytest.raises(InputError, match="no header"):
        read(data)


def test_columns_of_one_name_and_none_are_told_apart(read):
    sheet = read("a,a,A,,line,Line, b \n1,2,3,4,5,6,7\n")
    assert sheet.columns == ["a", "a_2", "A_3", "column_4", "line_2", "Line_3", "b"]
    assert rows(sheet) == [["1", "2", "3", "4", "5", "6", "7", 2]]


@pytest.mark.parametrize("head", ["a,b\n", "a,b\n" + "1,2\n" * 5000])
def test_a_byte_that_is_zero_makes_it_no_text(read, head):
    line = head.count("\n") + 1
    with pytest.raises(InputError, match=f"no text: a byte on line {line} is 0"):
        read(head.encode() + b"1,\x002\n")
    with pytest.raises(InputError, match="no text"):
        read((head + "1,\0\n").encode("utf-16"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n7,8\n', 3),
        ('a,b\n1,2\n3,"4\n5,6', 3),
        ('a,b\n1,2\n"3,4\n5,6\n7,8\n', 3),
        ('a,b\n1,"x\ny"\n"3,4\n5,6\n7,8\n', 4),
    ],
)
def test_a_quotation_mark_that_is_never_closed_swallows_nothing_in_silence(read, text, line):
    with pytest.raises(InputError, match=f"quotation mark on line {line} that is never closed"):
        read(text)
    with pytest.raises(InputError, match="cannot be read"):
        read('a,"b\n1,2\n3,4\n')


def test_a_cell_that_closes_at_the_end_of_the_file_is_a_cell(read):
    for text in ('a,b\n1,"x\ny"\n', 'a,b\n1,"x\ny\n"', 'a,b\n1,"x\ny"\r\n\r\n'):
        assert read(text).table["b"][0].as_py().startswith("x\ny")


def test_a_giant_field_is_refused_or_read_whole(read):
    giant = b"x" * 50_000_000
    with pytest.raises(InputError, match="cannot be read"):
        read(b"a,b\n1," + giant + b"\n2,3\n")
    with pytest.raises(InputError):
        read(giant)
    assert rows(read(b"a,b\n1," + giant[:2_000_000] + b"\n2,3\n"))[1] == ["2", "3", 3]


def test_a_million_columns_are_refused(read):
    wide = ",".join(f"c{n}" for n in range(1_000_000))
    with pytest.raises(InputError):
        read(wide + "\n" + wide + "\n")


def test_thousands_of_columns_are_read(read):
    wide = ",".join(f"c{n}" for n in range(5000))
    sheet = read(wide + "\n" + wide + "\n")
    assert len(sheet.columns) == 5000
    assert rows(sheet)[0][4999:] == ["c4999", 2]


@pytest.mark.parametrize("delimiter", [";;", "\n"])
def test_what_cannot_part_columns_is_refused(read, delimiter):
    with pytest.raises(InputError, match="cannot be read"):
        read("a,b\n1,2\n", delimiter=delimiter)


# Packed


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_packed_texts(read, suffix, pack):
    assert rows(read(pack(b"a\tb\n1\t2\n"), f"rows.tsv{suffix}")) == [["1", "2", 2]]


def test_a_table_in_a_zip(read):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("deep/rows.csv", "a,b\n1,2\n")
        archive.writestr("codebook.pdf", "%PDF")
    sheet = read(packed.getvalue(), "rows.zip", member="*.csv")
    assert (sheet.name, rows(sheet)) == ("rows.zip/deep/rows.csv", [["1", "2", 2]])
    with pytest.raises(InputError, match=r"\.pdf file, which nobody here reads"):
        read(packed.getvalue(), "rows.zip", member="*.pdf")


# Excel


def workbook(*sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, cells in enumerate(sheets, 1):
        made = book.create_sheet(f"Table {number}")
        for row in cells:
            made.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook(read):
    cells = [
        ["state", " year", "when", "value", None, "line"],
        [2, 1900.0, dt.datetime(1900, 5, 1, 12), 0.5, "x", True],
        ["é", None, dt.date(2001, 2, 3), 1e20, None, None],
    ]
    sheet = read(workbook(cells, [["other"], [1]]), "rows.xlsx")
    assert sheet.columns == ["state", "year", "when", "value", "column_5", "line_2"]
    assert rows(sheet) == [
        ["2", "1900", "1900-05-01", "0.5", "x", "True", 1],
        ["é", "", "2001-02-03", "100000000000000000000", "", "", 2],
    ]
    assert read(workbook(cells, [["other"], [1]]), "rows.xlsx", sheet="Table 2").columns == ["other"]
    with pytest.raises(InputError, match=r"no sheet 'Table 3' \(it has Table 1, Table 2\)"):
        read(workbook(cells, cells), "rows.xlsx", sheet="Table 3")


def test_rows_of_a_workbook_that_are_none_are_told(read):
    cells = [["a", "b"], [1, 2], [1, 2, 3], [None, None], [4], [5, 6, None, None]]
    sheet = read(workbook(cells), "rows.xlsx")
    assert sheet.broken == {"3 fields in a row of 2": (1, 2), "an empty row": (1, 3)}
    assert rows(sheet) == [["1", "2", 1], ["4", "", 4], ["5", "6", 5]]
    assert sheet.rows == 5


def test_a_formula_that_nobody_calculated_is_no_empty_cell(read):
    with pytest.raises(InputError, match="formula in B3 that was never calculated"):
        read(workbook([["a", "b"], [1, 2], [1, "=A2+B2"]]), "rows.xlsx")


def test_a_formula_counts_as_what_came_of_it(read):
    data = workbook([["a", "b"], [1, "=A2+1"]])
    edited = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    assert rows(read(edited.getvalue(), "rows.xlsx")) == [["1", "2", 1]]


@pytest.mark.parametrize("cells", [[], [[None, None], [1, 2]]])
def test_a_workbook_without_columns_is_refused(read, cells):
    with pytest.raises(InputError):
        read(workbook(cells), "rows.xlsx")


def test_a_workbook_that_unpacks_to_far_more_is_refused(read):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(30_000_000))
    with pytest.raises(InputError, match="do not trust"):
        read(packed.getvalue(), "rows.xlsx")


# Parquet, Stata, R


def parquet(table: pa.Table) -> bytes:
    data = io.BytesIO()
    pyarrow.parquet.write_table(table, data)
    return data.getvalue()


def test_parquet_keeps_its_types(read):
    table = pa.table({"a": [1, None], "b": ["x", ""], "": [0.5, 1.5], "Line": [7, 8], "A": [b"\0", b"\xff"]})
    sheet = read(parquet(table), "rows.parquet")
    assert sheet.columns == ["a", "b", "column_3", "Line_2", "A_2"]
    assert rows(sheet)[0] == [1, "x", 0.5, 7, b"\0", 1]
    assert sheet.table.schema.field("a").type == pa.int64()


def test_parquet_that_unpacks_to_far_more_is_refused(read, monkeypatch):
    monkeypatch.setattr(files, "_RATIO", 100)
    with pytest.raises(InputError, match="do not trust"):
        read(parquet(pa.table({"a": pa.nulls(20_000_000, pa.int8())})), "rows.parquet")


def test_parquet_without_columns_is_refused(read):
    with pytest.raises(InputError, match="no column"):
        read(parquet(pa.table({})), "rows.parquet")


def test_stata(read):
    data = io.BytesIO()
    frame = pandas.DataFrame({"ccode": [2, 20], "name": ["é", ""], "v": [0.5, None]})
    frame.to_stata(data, write_index=False, version=118)
    sheet = read(data.getvalue(), "rows.dta")
    assert sheet.columns == ["ccode", "name", "v"]
    assert [row[:2] for row in rows(sheet)] == [[2, "é"], [20, ""]]
    assert [row[3] for row in rows(sheet)] == [1, 2]


@pytest.mark.parametrize("compression", [None, "gzip", "bzip2", "xz"])
def test_r(read, tmp_path, compression):
    path = tmp_path / "made.rds"
    frame = pandas.DataFrame({"ccode": [2, 20], "v": [0.5, 1.5]})
    rdata.write_rds(path, frame, compression=compression)
    assert rows(read(path.read_bytes(), "rows.rds")) == [[2, 0.5, 1], [20, 1.5, 2]]


def test_a_workspace_of_r_with_several_tables_needs_a_name(read, tmp_path):
    path = tmp_path / "made.rda"
    frames = {"one": pandas.DataFrame({"a": [1]}), "two": pandas.DataFrame({"b": [2]})}
    rdata.write_rda(path, frames)
    data = path.read_bytes()
    with pytest.raises(InputError, match="holds the tables one, two"):
        read(data, "rows.rda")
    assert read(data, "rows.RData", sheet="two").columns == ["b"]
    with pytest.raises(InputError, match="holds the tables"):
        read(data, "rows.rda", sheet="three")


def test_r_that_is_no_table_or_packed_to_burst_is_refused(read, tmp_path):
    rdata.write_rds(tmp_path / "list.rds", [1, 2])
    with pytest.raises(InputError, match="no table"):
        read((tmp_path / "list.rds").read_bytes(), "rows.rds")
    with pytest.raises(InputError, match="do not trust"):
        read(bz2.compress(bytes(30_000_000)), "rows.rds")


KINDS = ["rows.parquet", "rows.xlsx", "rows.dta", "rows.rds", "rows.rda", "rows.RData"]


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("data", [b"junk", b"PK\x03\x04junk", b"RDX3\nX\n", b"PAR1junkPAR1", b"<stata_dta>"])
def test_what_is_not_of_the_kind_its_name_says_is_refused(read, name, data):
    with pytest.raises(InputError, match="cannot be read"):
        read(data, name)


def test_a_kind_nobody_reads_is_told_with_those_that_are(read):
    with pytest.raises(InputError, match=r"\.docx file, which nobody here reads \(CSV, TSV, Parquet"):
        read(b"x", "rows.docx")


def test_a_column_that_is_required(read):
    sheet = read("a,b\n1,2\n")
    sheet.require(["a"])
    with pytest.raises(InputError, match=r"has no column c, d \(it has a, b\)"):
        sheet.require(["d", "a", "c"])


# Anything


TEXTS = st.lists(st.sampled_from([*'ab1,;\t"\n\r \0é|', '"\n', "\r\n", '""']), max_size=60).map("".join)
ANYTHING = st.binary(max_size=300) | st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    TEXTS,
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"]),
)
SLOW = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def outcome(path: Path) -> Sheet | str:
    try:
        return read_sheet(path)
    except InputError as error:
        return str(error)


def whole(sheet: Sheet) -> None:
    """All rows are accounted for, and stand on lines of their own that rise."""
    assert sheet.rows == sheet.table.num_rows + sum(many for many, _ in sheet.broken.values())
    lines = sheet.table["line"].to_pylist()
    assert lines == sorted(set(lines))
    assert all(line > 0 for line in lines)
    assert len({name.casefold() for name in sheet.table.column_names}) == len(sheet.table.column_names)


@settings(max_examples=400, deadline=None, suppress_health_check=SLOW)
@given(data=ANYTHING, name=st.sampled_from(["r.csv", "r.tsv", "r.txt", "r.csv.gz", "r.zip", *KINDS]))
def test_any_bytes_are_a_sheet_or_refused(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data)
    found = outcome(path)
    if isinstance(found, str):
        assert "\n" not in found
    else:
        whole(found)


@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(text=TEXTS)
def test_any_text_is_a_sheet_or_refused_and_lines_hold(tmp_path, text):
    path = tmp_path / "rows.csv"
    path.write_bytes(("a,b\n" + text).encode())
    try:
        sheet = read_sheet(path)
    except InputError:
        return
    whole(sheet)
    lines = ("a,b\n" + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for a, _, line in rows(sheet):
        first = str(a).replace("\r", "\n").split("\n")[0].replace('"', "")
        assert lines[line - 1].replace('"', "").startswith(first)


@pytest.mark.parametrize("kind", KINDS[:4])
def test_a_file_with_a_turned_byte_is_a_sheet_or_refused(tmp_path, kind):
    path = tmp_path / kind
    frame = pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    if kind.endswith("rds"):
        rdata.write_rds(path, frame[["a"]], compression=None)
    else:
        {"parquet": frame.to_parquet, "xlsx": lambda p: frame.to_excel(p, index=False)}.get(
            path.suffix[1:], lambda p: frame.to_stata(p, write_index=False)
        )(path)
    data = path.read_bytes()
    refused = 0
    for place in range(0, len(data), max(1, len(data) // 150)):
        turned = bytearray(data)
        turned[place] ^= 0xFF
        path.write_bytes(bytes(turned))
        try:
            whole(read_sheet(path))
        except InputError:
            refused += 1
    assert refused


def test_the_name_and_hash_are_of_the_file(read, tmp_path):
    sheet = read("a\n1\n")
    assert sheet.name == "rows.csv"
    assert len(sheet.sha256) == 64
    assert sheet.sha256 == read_sheet(Path(tmp_path) / "rows.csv").sha256
