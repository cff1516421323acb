"""Opening: what is no record is refused in one line, and left as it was."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from rapallo.errors import RecordError
from rapallo.record import Record
from tests.record import world


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record file of the small world."""
    file = tmp_path / "record.duckdb"
    with Record.open(file, empty=True) as record:
        record.write(world.BATCH)
    return file


def refused(path: Path, match: str, *, read_only: bool = False) -> None:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError, match=match) as caught:
        Record.open(path, read_only=read_only)
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    assert before == (path.read_bytes() if path.is_file() else None)


def siblings(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.iterdir())


def test_a_new_file_is_a_record_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    with Record.open(path, empty=True) as record:
        assert record.query("ties_known").num_rows == 0
    assert siblings(path) == ["new.duckdb"]


def test_what_was_written_is_there_when_it_is_opened_again(path: Path) -> None:
    for read_only in (True, False):
        with Record.open(path, read_only=read_only) as record:
            assert len(record.view(world.ON).ties()) == 3
    assert siblings(path) == ["record.duckdb"]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    "content", [b"", b"no record\n", b"\x00" * 5000, b"12345678DUCK", b"12345678DUCK" + b"\xff" * 20000]
)
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, *, read_only: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    refused(path, r"is not a DuckDB file|cannot be opened", read_only=read_only)
    assert siblings(path) == ["file"]


def test_a_damaged_record(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    refused(path, "cannot be opened")
    path.write_bytes(content[:4096] + b"\xff" * 12288 + content[16384:])
    refused(path, "cannot be opened")


@pytest.mark.parametrize("read_only", [True, False])
def test_another_database(tmp_path: Path, *, read_only: bool) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE tie (id VARCHAR)")
    refused(path, "is a DuckDB database but no record", read_only=read_only)


def test_another_version_of_the_schema(path: Path) -> None:
    with duckdb.connect(str(path)) as other:
        other.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    refused(path, "is a record of schema 99, this Rapallo reads schema 2")


def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path, "is a folder or a device")


def test_a_file_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "nowhere" / "record.duckdb", "there is no folder")


def test_a_missing_file_is_not_made_for_reading(tmp_path: Path) -> None:
    refused(tmp_path / "record.duckdb", "there is no file", read_only=True)
    assert siblings(tmp_path / "record.duckdb") == []


HOLDER = """
import sys
from pathlib import Path
from rapallo.record import Record
with Record.open(Path(sys.argv[1]), read_only=sys.argv[2] == "r"):
    print("open", flush=True)
    sys.stdin.read()
"""


def hold(path: Path, mode: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path, mode], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    return process


def test_a_second_writer_is_refused(path: Path) -> None:
    with hold(path, "w") as writer:
        refused(path, "is in use")
        refused(path, "is in use", read_only=True)
        writer.communicate()
    with Record.open(path) as record:
        assert len(record.view(world.ON).ties()) == 3


def test_readers_share_a_file_and_keep_writers_out(path: Path) -> None:
    with hold(path, "r") as reader:
        with Record.open(path, read_only=True) as record:
            assert len(record.view(world.ON).ties()) == 3
        refused(path, "is in use")
        reader.communicate()


def test_a_second_opening_in_one_process_is_refused(path: Path) -> None:
    with Record.open(path):
        refused(path, "is in use", read_only=True)


def test_a_record_open_for_reading_takes_no_writes(path: Path) -> None:
    before = path.read_bytes()
    with Record.open(path, read_only=True) as record:
        for write in (
            lambda: record.write(world.BATCH),
            lambda: record.correct("visit-2019", {"what": "x"}, who="Ada", why="no"),
            lambda: record.review.add("unknown_code", "odd", {}, "feed"),
            record.checkpoint,
        ):
            with pytest.raises(RecordError, match="for reading only"):
                write()
    assert path.read_bytes() == before


UNREADABLE = """
import os, sys
from pathlib import Path
from rapallo.errors import RecordError
from rapallo.record import Record
if os.getuid() == 0:
    os.setuid(65534)
for path, read_only in ((sys.argv[1], True), (sys.argv[2], False), (sys.argv[3], False)):
    try:
        Record.open(Path(path), read_only=read_only, empty=True)
    except RecordError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="needs POSIX permissions")
def test_no_permission(path: Path) -> None:
    shut = path.with_name("shut.duckdb")
    shut.write_bytes(path.read_bytes())
    shut.chmod(0o000)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    for folder in list(path.parents)[1:-2]:
        folder.chmod(folder.stat().st_mode | 0o011)
    fresh = path.with_name("fresh.duckdb")
    done = subprocess.run(
        [sys.executable, "-c", UNREADABLE, shut, path, fresh], check=False, capture_output=True, text=True
    )
    path.parent.chmod(0o755)
    said = done.stdout.splitlines()
    assert len(said) == 3, done.stderr
    assert said[0] == f"{shut} cannot be read: Permission denied (may you read it?)"
    assert said[1] == f"{path} may not be written (open it read-only)"
    assert said[2].startswith(f"{fresh} cannot be made: ")
    assert siblings(path) == ["record.duckdb", "shut.duckdb"]


def test_a_closed_record_says_so(path: Path) -> None:
    record = Record.open(path)
    view = record.view(world.ON)
    record.close()
    record.close()
    with pytest.raises(RecordError, match="is closed"):
        record.query("ties_known")
    with pytest.raises(RecordError, match="is closed"):
        view.ties()


def test_a_checkpoint_folds_the_log_into_the_file(path: Path) -> None:
    with Record.open(path) as record:
        record.write(world.READ)
        record.checkpoint()
        assert siblings(path) == ["record.duckdb"]


@pytest.mark.parametrize("in_file", [True, False])
def test_a_new_record_holds_the_starter_record(tmp_path: Path, *, in_file: bool) -> None:
    with Record.open(tmp_path / "new.duckdb" if in_file else None) as record:
        view = record.view(world.ON)
        assert view.tie("prk-chn-1961") is not None
        assert view.known <= dt.datetime.now(dt.UTC)
        assert record.query("review_queue").num_rows == 0
