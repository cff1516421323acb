"""Bad input: one line with a hint, exit code 2, no traceback, nothing written."""

from __future__ import annotations

import os

import pytest

SIGNED = "Poland and Ukraine signed a defence pact on Monday.\n"


def write(path, content: bytes):
    path.write_bytes(content)
    return path


BAD_TEXTS = {
    "empty": b"",
    "blank": b" \n\t\n",
    "binary": bytes(range(256)) * 20,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "50 MB": SIGNED.encode() * (50_000_000 // len(SIGNED)),
    "only scripts": b"<html><script>alert('Poland attacked Ukraine')</script><body></body></html>",
    "mixed encodings": "Zürich met Poland.\n".encode() + "Köln met Ukraine.\n".encode("latin-1"),
    "no states in it": b"The bakery on the corner opens later. Bread is cheaper in the evening.\n",
}


@pytest.mark.parametrize("name", BAD_TEXTS)
@pytest.mark.parametrize("command", ["brief", "read"])
def test_a_bad_text(run, tmp_path, name, command):
    text = write(tmp_path / "text.txt", BAD_TEXTS[name])
    output = tmp_path / ("page.html" if command == "brief" else "new.duckdb")
    option = "--html" if command == "brief" else "--into"
    ran = run(command, text, "--date", "2024-06-22", option, output)
    assert_one_line_error(ran)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["text.txt"]


def assert_one_line_error(ran):
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("rapallo: ")
    assert ran.err.count("\n") == 1, ran.err
    assert ran.err.rstrip().endswith(")"), f"no hint: {ran.err}"
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("day", ["2023-02-30", "yesterday", "2024-13-01", "2024", ""])
def test_a_date_that_does_not_exist(run, example, day):
    assert_one_line_error(run("brief", example, "--date", day))


def test_a_text_without_a_date(run, tmp_path):
    assert_one_line_error(run("brief", write(tmp_path / "text.txt", SIGNED.encode())))


@pytest.mark.parametrize(
    "arguments",
    [
        ("ties", "Atlantis"),
        ("ties", "RUS", "XXX"),
        ("obliged", "--attacker", "Atlantis", "--attacked", "PRK"),
        ("rattled", "RUS", "Atlantis"),
        ("leverage", "CHN", "Atlantis"),
        ("events", "Atlantis"),
    ],
)
def test_an_unknown_state(run, arguments):
    assert_one_line_error(run(*arguments, *(() if arguments[0] == "events" else ("--on", "2024-06-22"))))


@pytest.mark.parametrize(
    "arguments",
    [
        ("who", ""),
        ("who", "99999", "--on", "2024-06-22"),
        ("leverage", "CHN", "710", "--on", "2024-06-22"),
        ("events", "PRK", "--from", "2020-01-01", "--to", "2010-01-01"),
    ],
)
def test_a_question_that_cannot_be_meant(run, arguments):
    assert_one_line_error(run(*arguments))


@pytest.mark.parametrize("content", [b"", b"not a database", b"PK\x03\x04" + bytes(100), bytes(5000)])
def test_a_record_that_is_none(run, tmp_path, example, content):
    record = write(tmp_path / "record.duckdb", content)
    ran = run("brief", example, "--record", record, "--html", tmp_path / "page.html")
    assert_one_line_error(ran)
    assert record.read_bytes() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == ["record.duckdb"]


def test_a_record_that_is_absent_is_not_made_by_a_question(run, tmp_path):
    assert_one_line_error(run("ties", "PRK", "--on", "2024-06-22", "--record", tmp_path / "none.duckdb"))
    assert not list(tmp_path.iterdir())


def test_a_text_that_is_absent(run, tmp_path):
    assert_one_line_error(run("brief", tmp_path / "none.txt"))


def test_a_page_that_cannot_be_written(run, tmp_path, example):
    ran = run("brief", example, "--html", tmp_path / "no" / "such" / "folder.html")
    assert_one_line_error(ran)


@pytest.mark.parametrize(
    "arguments", [("brief",), ("nonsense",), ("ties", "--kind", "friendship", "PRK"), ("who",)]
)
def test_wrong_usage(run, arguments):
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("rapallo: ")
    assert ran.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_a_text_that_may_not_be_read(run, tmp_path):
    text = write(tmp_path / "text.txt", SIGNED.encode())
    text.chmod(0)
    assert_one_line_error(run("brief", text))
