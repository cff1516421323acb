"""What goes wrong from outside: death, a full disk, two writers, files cut short; all or nothing."""

from __future__ import annotations

import gzip
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from rapallo.errors import InputError, RecordError
from rapallo.model import Bulk, Source
from rapallo.record import Record, care
from rapallo.sources.dataset import Dataset
from rapallo.sources.load import locate, read_release
from tests.record import world
from tests.record.test_bulk import YEARBOOK

DEATHS = int(os.environ.get("RAPALLO_DEATHS", "6"))
"""How many times a loading process is killed; 50 for the long form."""

PARTS, ROWS = 4, 50_000

LOADS = """
import sys
from pathlib import Path
from rapallo.record import Record
from tests.record.test_faults import PARTS, part

parts = [part(number) for number in range(PARTS)]
with Record.open(Path(sys.argv[1])) as record:
    print("ready", flush=True)
    for bulk in parts:
        record.load(bulk)
"""


def part(number: int, rows: int = ROWS) -> Bulk:
    """One source of many rows and a tie."""
    source = Source(f"part-{number}", f"Part {number}")
    base = world.rows("trait", {"id": "x", "actor": "CHN", "name": "gdp", "value": 1.0}, source=source)
    with duckdb.connect() as scratch:
        scratch.register("base", base)
        table = scratch.sql(
            f"SELECT * EXCLUDE n REPLACE ('{number}:' || n AS id, n::DOUBLE AS value) "
            f"FROM base, range({rows}) r(n)"
        ).to_arrow_table()
    return Bulk(source, {"trait": (table,)})


def held(record: Record) -> dict[str, int]:
    sql = "SELECT source, count(*) AS n FROM trait WHERE known_to IS NULL GROUP BY source"
    return {row["source"]: row["n"] for row in record.fetch(sql, {}).to_pylist()}


def start(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", LOADS, path], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def ended(process: subprocess.Popen[str]) -> int:
    process.communicate()
    return process.returncode


def load_until_full(path: Path) -> None:
    with Record.open(path) as record:
        for number in range(1, 60):
            record.load(part(number))


def copy_until_full(path: Path) -> None:
    for number in range(60):
        care.backup(path, path.with_name(f"copy-{number}"))


def test_a_loading_process_that_is_killed_leaves_each_source_whole_or_out(tmp_path: Path) -> None:
    empty, path = tmp_path / "empty.duckdb", tmp_path / "record.duckdb"
    Record.open(empty, empty=True).close()
    shutil.copyfile(empty, path)
    began = time.perf_counter()
    assert ended(start(path)) == 0
    whole = time.perf_counter() - began
    with Record.open(path, read_only=True) as record:
        assert held(record) == {f"part-{n}": ROWS for n in range(PARTS)}
    rng = random.Random(7)
    seen = set()
    for _ in range(DEATHS):
        for file in tmp_path.glob("record.*"):
            file.unlink()
        shutil.copyfile(empty, path)
        process = start(path)
        time.sleep(rng.uniform(0, 0.6 * whole))
        process.kill()
        process.communicate()
        with Record.open(path, read_only=True) as record:
            found = held(record)
            assert set(found.values()) <= {ROWS}
            assert set(found) == {f"part-{n}" for n in range(len(found))}
            assert record.query("sources").column("id").to_pylist() == sorted(found)
        seen.add(len(found))
        assert care.check(path) == ()
        with Record.open(path) as record:
            for number in range(PARTS):
                added = record.load(part(number)).added
                assert added == (0 if f"part-{number}" in found else ROWS)
    assert care.check(path) == ()
    assert len(seen) > 1, "every death came at one point"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB; skips with a reason where none can be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small file system")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"no small file system: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_leaves_the_record_as_it_was(small_disk: Path) -> None:
    path = small_disk / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.load(part(0, 100))
    with pytest.raises(RecordError, match="nothing was written"):
        load_until_full(path)
    with Record.open(path, read_only=True) as record:
        found = held(record)
    assert found.pop("part-0") == 100
    assert set(found.values()) <= {ROWS}
    with pytest.raises(RecordError, match="cannot be copied"):
        copy_until_full(path)


LIMITED = """
import resource, signal, sys
from pathlib import Path
from rapallo.errors import RecordError
from rapallo.record import Record
from tests.record.test_faults import part

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
bulk = part(1, 200_000)
record = Record.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    record.load(bulk)
    record.checkpoint()
except RecordError as error:
    print(error)
"""


def test_a_limit_of_file_size_is_told_and_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.load(part(0, 100))
    limit = str(path.stat().st_size + 200_000)
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, path, limit], check=False, capture_output=True, text=True
    )
    assert "nothing was written" in ran.stdout, ran.stderr
    with Record.open(path) as record:
        assert held(record) == {"part-0": 100}
        assert record.load(part(1, 100)).added == 100
    assert care.check(path) == ()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_second_writer_is_told_who_is_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "record.duckdb"
    Record.open(path, empty=True).close()
    process = start(path)
    process.send_signal(signal.SIGSTOP)
    try:
        for read_only in (False, True):
            with pytest.raises(RecordError, match=r"is in use by another .* \(close it there first\)"):
                Record.open(path, read_only=read_only)
    finally:
        process.send_signal(signal.SIGCONT)
        assert ended(process) == 0
    with Record.open(path) as record:
        assert set(held(record).values()) == {ROWS}


def test_a_dataset_file_cut_short_is_refused(tmp_path: Path) -> None:
    told = YEARBOOK | {
        "releases": [{"version": "1", "files": {"rows": {"name": "yearbook.csv.gz", "rows": (500, 500)}}}]
    }
    known = Dataset.model_validate(told)
    path = tmp_path / "yearbook.csv.gz"
    lines = ["state,year,heads", *(f"CHN,{1500 + n},{n}" for n in range(500))]
    whole = gzip.compress("\n".join(lines).encode())
    for content in (
        whole[: len(whole) // 2],
        gzip.compress("\n".join(lines[:300]).encode()),
        whole[:10],
        b"",
    ):
        path.write_bytes(content)
        ((release, paths),) = locate(known, [path])
        with pytest.raises(InputError):
            read_release(known, release, paths)
    path.write_bytes(whole)
    assert read_release(known, release, paths).files[0].read == 500


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6])
def test_a_corrupt_database_is_refused_or_told(tmp_path: Path, at: float) -> None:
    path = tmp_path / "record.duckdb"
    with Record.open(path, empty=True) as record:
        record.load(part(0, 20_000))
    content = bytearray(path.read_bytes())
    begin = 12_288 + int(at * (len(content) - 12_288))
    content[begin : begin + 300_000] = bytes(len(content[begin : begin + 300_000]))
    path.write_bytes(content)
    try:
        told = bool(care.check(path))
    except RecordError as error:
        told = "cannot be opened" in str(error)
    assert told
