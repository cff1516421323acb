"""The starter record as finished tables: in step with its files, the same rows, left aside where broken."""

from __future__ import annotations

import time
import zipfile

import pytest

from rapallo.record import opening, schema, seed


@pytest.fixture(scope="module")
def from_files():
    connection = opening.in_memory(empty=True)
    opening.from_files(connection)
    yield connection
    connection.close()


def tables(connection):
    names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    return {n: connection.sql(f"SELECT * FROM {n} ORDER BY ALL").to_arrow_table() for n in names}


def test_the_file_is_in_step():
    with zipfile.ZipFile(seed.PATH) as file:
        assert file.read("digest").decode() == seed.digest(), "run make seed and commit seed.zip"


def test_it_holds_what_the_files_hold(from_files):
    filled = opening.in_memory(empty=True)
    assert seed.fill(filled)
    wanted, found = tables(from_files), tables(filled)
    assert wanted.keys() == found.keys()
    assert all(found[name].equals(table) for name, table in wanted.items())
    assert found["tie"].num_rows > 1000


def test_the_same_tables_give_the_same_bytes(from_files, tmp_path):
    rows = [seed.dump(from_files, tmp_path / name, of="x") for name in ("a.zip", "b.zip")]
    assert rows[0] == rows[1] > 10_000
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x05\x06" + bytes(18)])
def test_a_broken_file_is_left_aside(tmp_path, data):
    path = tmp_path / "seed.zip"
    path.write_bytes(data)
    connection = opening.in_memory(empty=True)
    assert not seed.fill(connection, path)
    assert not seed.fill(connection, tmp_path / "none.zip")
    assert connection.execute("SELECT count(*) FROM tie").fetchall() == [(0,)]


def test_a_file_out_of_step_is_left_aside(from_files, tmp_path):
    path = tmp_path / "seed.zip"
    seed.dump(from_files, path, of="another digest")
    connection = opening.in_memory(empty=True)
    assert not seed.fill(connection, path)


def test_it_is_faster_than_the_files():
    def spent(job):
        begin = time.process_time()
        connection = opening.in_memory(empty=True)
        job(connection)
        connection.close()
        return time.process_time() - begin

    assert min(spent(seed.fill) for _ in range(3)) < min(spent(opening.from_files) for _ in range(2))


def test_every_table_of_the_schema_is_known():
    connection = opening.in_memory(empty=True)
    found = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert set(schema.FAMILIES) < found
