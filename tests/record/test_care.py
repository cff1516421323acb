"""Looking after a record: what is wrong is told, a copy is whole, nothing is lost without a word."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from rapallo.errors import RecordError
from rapallo.model import Bulk, Source
from rapallo.record import Record, care
from rapallo.record.exports.tables import TABLES
from tests.record import world

BLOCK, HEADERS = 262_144, 3 * 4096
MANY = Source("many", "Many")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world with enough rows beside it to fill some blocks; not to be written."""
    path = tmp_path_factory.mktemp("care") / "record.duckdb"
    rng = random.Random(1)
    traits = [
        {"id": f"t{n}", "actor": "CHN", "name": "gdp", "value": rng.random(), "note": rng.randbytes(9).hex()}
        for n in range(20_000)
    ]
    with Record.open(path, empty=True) as record:
        world.tell(record)
        record.load(Bulk(MANY, {"trait": (world.rows("trait", *traits, source=MANY),)}))
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """A copy to be damaged."""
    return Path(shutil.copyfile(sound, tmp_path / "copy.duckdb"))


@pytest.fixture(scope="module")
def original(sound: Path) -> dict[str, list[str]]:
    """All rows of the sound record."""
    return rows(sound)


def rows(path: Path) -> dict[str, list[str]]:
    with Record.open(path, read_only=True) as record:
        return {t: sorted(map(repr, record.fetch(f"SELECT * FROM {t}", {}).to_pylist())) for t in TABLES}


def test_a_sound_record(path: Path) -> None:
    before = path.read_bytes()
    assert care.check(path) == ()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_starter_record_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "starter.duckdb"
    Record.open(path).close()
    assert care.check(path) == ()


@pytest.mark.parametrize(
    ("sql", "table", "what", "count", "example"),
    [
        (
            "INSERT INTO trait SELECT * REPLACE (value + 1 AS value) FROM trait WHERE id IN ('t1', 't2')",
            "trait",
            "two versions of one id stand",
            2,
            "t1",
        ),
        (
            """INSERT INTO trait SELECT * REPLACE (known_from - INTERVAL 2 day AS known_from,
            known_from + INTERVAL 2 day AS known_to) FROM trait WHERE id = 't1'""",
            "trait",
            "versions of one id overlap",
            1,
            "t1",
        ),
        (
            "DELETE FROM source WHERE id = 'many'",
            "trait",
            "rests on a source that is not there",
            20_000,
            "t0",
        ),
        (
            "DELETE FROM tie WHERE id = 'rus-prk-2024'",
            "clause",
            "belongs to a tie that is not there",
            1,
            "rus-prk-2024/1",
        ),
        (
            "UPDATE trait SET name = 'charm' WHERE id = 't7'",
            "trait",
            "name is no term of trait_names",
            1,
            "t7",
        ),
        (
            "UPDATE event SET contexts = ['gossip', 'executive'] WHERE id = 'visit-2019'",
            "event",
            "contexts is no term of contexts",
            1,
            "visit-2019",
        ),
    ],
)
def test_what_must_not_be_is_found(
    path: Path, sql: str, table: str, what: str, count: int, example: str
) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    found = {(f.table, f.what): f for f in care.check(path)}
    assert (found[table, what].rows, found[table, what].example) == (count, example)


def test_a_name_of_ones_own_is_no_finding(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE trait SET name = 'own:charm' WHERE id = 't7'")
    assert care.check(path) == ()


def test_a_table_that_is_not_there(path: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DROP VIEW ledger; DROP TABLE judgement")
    assert [f.table for f in care.check(path)] == ["judgement"]
    saved = care.repair(path, tmp_path / "new.duckdb")
    assert saved.lost == {"judgement": "it is not there"}
    assert care.check(tmp_path / "new.duckdb") == ()


def damaged(path: Path, block: int, seed: int) -> None:
    """Overwrite a block with zeros, or some of its bytes with others."""
    content = bytearray(path.read_bytes())
    at = HEADERS + block * BLOCK
    if seed % 2:
        content[at : at + BLOCK] = bytes(BLOCK)
    else:
        content[at + 900 : at + 5000] = random.Random(seed).randbytes(4100)
    path.write_bytes(content)


@pytest.mark.parametrize("seed", range(10))
def test_a_file_with_a_broken_block_is_told_and_saved_but_for_that(
    original: dict[str, list[str]], path: Path, tmp_path: Path, seed: int
) -> None:
    blocks = (path.stat().st_size - HEADERS) // BLOCK
    damaged(path, random.Random(seed).randrange(blocks), seed)
    before = path.read_bytes()
    new = tmp_path / "new.duckdb"
    try:
        found: tuple[care.Finding, ...] | None = care.check(path)
    except RecordError:
        found = None
    try:
        saved = care.repair(path, new)
    except RecordError:
        assert (found, new.exists()) == (None, False)
        return
    finally:
        assert path.read_bytes() == before
    kept = rows(new)
    for table in TABLES:
        if table in saved.lost:
            assert set(kept[table]) <= set(original[table])
        else:
            assert kept[table] == original[table]
        assert saved.rows[table] == len(kept[table])
    if found == ():  # nothing was lost: the block was free
        assert saved.lost == {}
        assert not unread(path)
    assert len(saved.lost) <= 1
    assert care.check(new) == () or saved.lost


def unread(path: Path) -> bool:
    """Whether any write into the file fails."""
    try:
        with Record.open(path) as record:
            record.retract("prk-chn-1961", who="Ada", why="to write")
            record.write(world.BATCH)
    except RecordError:
        return True
    return False


def test_rows_in_other_parts_of_a_broken_table_are_saved(tmp_path: Path) -> None:
    path, new = tmp_path / "big.duckdb", tmp_path / "new.duckdb"
    count = 130_000  # more than lie together
    base = world.rows("trait", {"id": "x", "actor": "CHN", "name": "gdp", "value": 1.0})
    with duckdb.connect() as scratch:
        scratch.register("base", base)
        table = scratch.sql(
            f"SELECT * EXCLUDE n REPLACE ('t' || n AS id, random() AS value) FROM base, range({count}) r(n)"
        ).to_arrow_table()
    with Record.open(path, empty=True) as record:
        record.load(Bulk(world.SOURCE, {"trait": (table,)}))
    with duckdb.connect(str(path), read_only=True) as connection:
        (block,) = connection.execute(
            "SELECT min(block_id) FROM pragma_storage_info('trait') "
            "WHERE column_name = 'value' AND segment_type = 'DOUBLE' AND row_group_id = 0"
        ).fetchall()[0]
    damaged(path, block, 1)
    (found,) = care.check(path)
    assert (found.table, "cannot be read to its end" in found.what) == ("trait", True)
    saved = care.repair(path, new)
    assert saved.rows["trait"] == count - 122_880
    assert "rows 1 to 122880 of 130000" in saved.lost["trait"]
    assert len(rows(new)["trait"]) == count - 122_880


def test_a_record_that_lost_its_clock_shows_its_rows(path: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM meta WHERE key = 'written'")
    new = tmp_path / "new.duckdb"
    care.repair(path, new)
    with Record.open(new) as record:
        assert len(record.view(world.ON).ties()) == 3
        assert record.write(world.BATCH).closed == 0


LOGGED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from rapallo.record import Record
from tests.record import world

record = Record.open(Path(sys.argv[1]), empty=True)
world.tell(record)
record.checkpoint()
for n in range(10):
    flow = replace(world.FLOWS[0], id=f"n{n}")
    record.write(replace(world.BATCH, ties=(), events=(), traits=(), flows=(flow,)))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record whose process died with ten writes in the log."""
    path = tmp_path_factory.mktemp("log") / "record.duckdb"
    died = subprocess.run([sys.executable, "-c", LOGGED, path], check=False, capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    return path


def in_log(path: Path, logged: Path, change: Callable[[bytes], bytes]) -> Path:
    copy = Path(shutil.copyfile(logged, path / "copy.duckdb"))
    log = logged.with_name(f"{logged.name}.wal").read_bytes()
    copy.with_name(f"{copy.name}.wal").write_bytes(change(log))
    return copy


def logged_writes(path: Path) -> int:
    with Record.open(path, read_only=True) as record:
        return record.fetch("SELECT * FROM flow WHERE id LIKE 'n%'", {}).num_rows


@pytest.mark.parametrize("part", [0.0, 0.13, 0.5, 0.77, 0.99, 1.0])
def test_a_log_that_is_cut_keeps_the_writes_before_the_cut(logged: Path, tmp_path: Path, part: float) -> None:
    copy = in_log(tmp_path, logged, lambda log: log[: int(len(log) * part)])
    assert care.check(copy) == ()
    assert care.repair(copy, tmp_path / "new.duckdb").lost == {}
    kept = logged_writes(tmp_path / "new.duckdb")
    assert kept == logged_writes(copy)
    assert int(10 * part) - 1 <= kept <= 10 * part


@pytest.mark.parametrize("seed", range(6))
def test_a_log_with_garbage_in_its_middle_is_told(logged: Path, tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)

    def change(log: bytes) -> bytes:
        at = rng.randrange(200, len(log) - 200)
        return log[:at] + (rng.randbytes(64) if seed % 2 else bytes(64)) + log[at + 64 :]

    copy = in_log(tmp_path, logged, change)
    with pytest.raises(RecordError, match="cannot be opened"):
        care.check(copy)
    with pytest.raises(RecordError, match="cannot be opened"):
        Record.open(copy)
    saved = care.repair(copy, tmp_path / "new.duckdb")
    assert saved.lost.keys() == {"log of writes"}
    assert logged_writes(tmp_path / "new.duckdb") == 0  # what was folded in before
    assert care.check(tmp_path / "new.duckdb") == ()


def test_a_copy_holds_what_is_in_the_log_too(logged: Path, tmp_path: Path) -> None:
    copy = in_log(tmp_path, logged, bytes)
    to = tmp_path / "backup.duckdb"
    assert care.backup(copy, to) == to.stat().st_size
    assert logged_writes(to) == 10
    assert rows(to) == rows(copy)
    assert care.check(to) == ()
    assert not to.with_name(f"{to.name}.wal").exists()


WRITER = """
import sys, time
from pathlib import Path
from rapallo.record import Record

with Record.open(Path(sys.argv[1])):
    print("open", flush=True)
    time.sleep(60)
"""


def test_a_record_that_is_being_written_is_not_copied(path: Path, tmp_path: Path) -> None:
    to = tmp_path / "backup.duckdb"
    to.write_bytes(b"the old copy")
    writer = subprocess.Popen([sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(RecordError, match="in use by another process"):
            care.repair(path, tmp_path / "saved.duckdb")
        with pytest.raises(RecordError, match="in use by another writer or reader"):
            care.backup(path, to)
        with pytest.raises(RecordError, match="in use by another writer or reader"):
            care.check(path)
        with pytest.raises(RecordError, match="in use by another writer or reader"):
            Record.open(path)
    finally:
        writer.kill()
        writer.communicate()
    assert to.read_bytes() == b"the old copy"
    with Record.open(path), pytest.raises(RecordError, match="in use"):
        care.backup(path, to)
    assert care.backup(path, to) > 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.duckdb", "copy.duckdb"]


KILLED = """
import os, signal, sys
from pathlib import Path
from rapallo.record import care

step, after = sys.argv[3], sys.argv[4] == "after"
holder, name = {"copy": (care.shutil, "copyfile"), "sync": (care.os, "fsync")}[step]
real = getattr(holder, name)

def dies(*given, **more):
    if after:
        real(*given, **more)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(holder, name, dies)
care.backup(Path(sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("step", ["copy", "sync"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_copy_that_is_killed_leaves_the_old_one(path: Path, tmp_path: Path, step: str, when: str) -> None:
    to = tmp_path / "backup.duckdb"
    care.backup(path, to)
    old = to.read_bytes()
    with Record.open(path) as record:
        record.retract("prk-chn-1961", who="Ada", why="no")
    died = subprocess.run([sys.executable, "-c", KILLED, path, to, step, when], check=False)
    assert died.returncode == -signal.SIGKILL
    assert to.read_bytes() == old
    assert care.check(path) == ()
    care.backup(path, to)
    assert rows(to) == rows(path)


def test_no_copy_is_made_where_it_would_do_harm(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    link = tmp_path / "link"
    link.symlink_to(path)
    for to in (path, link):
        with pytest.raises(RecordError, match="is the record itself"):
            care.backup(path, to)
    with pytest.raises(RecordError, match=r"cannot be copied to .*no/folder"):
        care.backup(path, tmp_path / "no" / "folder")
    with pytest.raises(RecordError, match="cannot be copied"):
        care.backup(path, tmp_path)
    (tmp_path / "b.wal").write_bytes(b"writes of another")
    with pytest.raises(RecordError, match="was not closed"):
        care.backup(path, tmp_path / "b")
    (tmp_path / "text").write_text("no record")
    with pytest.raises(RecordError, match="is not a DuckDB file"):
        care.backup(tmp_path / "text", tmp_path / "c")
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.wal", "copy.duckdb", "link", "text"]


def test_a_repair_overwrites_nothing(path: Path, tmp_path: Path) -> None:
    to = tmp_path / "there"
    to.write_bytes(b"something")
    with pytest.raises(RecordError, match=r"is there already \(name a new file\)"):
        care.repair(path, to)
    assert to.read_bytes() == b"something"


@pytest.mark.parametrize("content", [b"", b"no record", b"12345678DUCK" + b"\xff" * 20_000])
def test_where_there_is_nothing_to_save(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken"
    path.write_bytes(content)
    with pytest.raises(RecordError, match="nothing can be saved"):
        care.repair(path, tmp_path / "new")
    with pytest.raises(RecordError, match="nothing can be saved"):
        care.repair(tmp_path / "none", tmp_path / "new")
    assert [p.name for p in tmp_path.iterdir()] == ["broken"]


def test_another_database_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE tie (id VARCHAR)")
    with pytest.raises(RecordError, match="it holds no record"):
        care.repair(path, tmp_path / "new")
    with pytest.raises(RecordError, match="no record of Rapallo"):
        care.check(path)


def test_a_sound_record_is_saved_whole(path: Path, tmp_path: Path) -> None:
    saved = care.repair(path, tmp_path / "new.duckdb")
    assert saved.lost == {}
    assert rows(tmp_path / "new.duckdb") == rows(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.duckdb", "new.duckdb"]
