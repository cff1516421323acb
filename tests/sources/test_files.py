"""Files are read once and whole, unpacked within bounds, or refused in one line."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import shutil
import subprocess
import warnings
import zipfile
from pathlib import Path

import pytest

from rapallo.errors import InputError
from rapallo.sources import files
from rapallo.sources.files import open_file

TEXT = b"state,year\n2,1900\n"
PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


def put(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def zipped(folder: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    path = folder / "rows.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_plain_file_is_its_bytes_and_their_hash(tmp_path):
    found = open_file(put(tmp_path, "Rows.CSV", TEXT))
    assert (found.name, found.suffix, found.data) == ("Rows.CSV", ".csv", TEXT)
    assert found.sha256 == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_is_unpacked_and_hashed_as_it_lies_there(tmp_path, suffix):
    packed = PACKERS[suffix](TEXT)
    found = open_file(put(tmp_path, f"rows.TSV{suffix}", packed))
    assert (found.suffix, found.data) == (".tsv", TEXT)
    assert found.sha256 == hashlib.sha256(packed).hexdigest()


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("keep", [1, 5, 20, -1, -9])
def test_a_packed_file_that_was_cut_off_is_broken(tmp_path, suffix, keep):
    packed = PACKERS[suffix](os.urandom(3000))
    with pytest.raises(InputError, match="broken"):
        open_file(put(tmp_path, f"rows.csv{suffix}", packed[:keep]))


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_with_a_turned_bit_is_broken_or_the_same(tmp_path, suffix):
    packed = PACKERS[suffix](TEXT * 50)
    broken = 0
    for place in range(len(packed)):
        turned = bytearray(packed)
        turned[place] ^= 0x10
        try:
            found = open_file(put(tmp_path, f"rows.csv{suffix}", bytes(turned)))
        except InputError:
            broken += 1
        else:
            assert found.data == TEXT * 50
    assert broken > len(packed) / 2


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_of_nothing_is_empty(tmp_path, suffix):
    with pytest.raises(InputError, match="empty"):
        open_file(put(tmp_path, f"rows.csv{suffix}", PACKERS[suffix](b"")))


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_small_file_that_unpacks_to_over_a_thousand_times_its_size_is_refused(
    tmp_path, suffix, monkeypatch
):
    monkeypatch.setattr(files, "_RATIO", 100)
    bomb = put(tmp_path, f"rows.csv{suffix}", PACKERS[suffix](bytes(60_000_000)))
    with pytest.raises(InputError, match="do not trust"):
        open_file(bomb)


def test_a_bomb_in_a_zip_is_refused(tmp_path):
    with pytest.raises(InputError, match="do not trust"):
        open_file(zipped(tmp_path, {"rows.csv": bytes(30_000_000)}, zipfile.ZIP_BZIP2))


def test_a_file_over_the_limit_is_refused_before_and_after_it_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LIMIT", 100)
    with pytest.raises(InputError, match="over the limit"):
        open_file(put(tmp_path, "rows.csv", TEXT * 10))
    with pytest.raises(InputError, match="unpacks to"):
        open_file(put(tmp_path, "rows.csv.gz", gzip.compress(TEXT * 10)))


def test_the_one_member_of_a_zip_is_taken_and_folders_and_leftovers_of_macs_are_not(tmp_path):
    members = {"data/": b"", "data/rows.tab": TEXT, "__MACOSX/data/._rows.tab": b"x"}
    found = open_file(zipped(tmp_path, members))
    assert (found.name, found.suffix, found.data) == ("rows.zip/data/rows.tab", ".tab", TEXT)


def test_of_several_members_of_a_zip_one_has_to_be_named(tmp_path):
    path = zipped(tmp_path, {"rows.csv": TEXT, "readme.txt": b"read me"})
    with pytest.raises(InputError, match=r"2 files .* rows\.csv, readme\.txt"):
        open_file(path)
    assert open_file(path, member="*.csv").data == TEXT
    with pytest.raises(InputError, match="0 files"):
        open_file(path, member="*.xlsx")


@pytest.mark.parametrize("name", ["../rows.csv", "/etc/rows.csv", "a/../../rows.csv", "..\\rows.csv"])
def test_a_member_that_would_leave_its_folder_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="leave its folder"):
        open_file(zipped(tmp_path, {name: TEXT}))


def test_an_encrypted_zip_is_refused(tmp_path):
    path = zipped(tmp_path, {"rows.csv": TEXT}, zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the mark of encryption, in the member's own header
    data[data.rindex(b"PK\x01\x02") + 8] |= 1  # and in the list of members
    with pytest.raises(InputError, match=r"encrypted|password"):
        open_file(put(tmp_path, "rows.zip", bytes(data)))


def test_a_zip_that_was_cut_off_or_turned_is_broken(tmp_path):
    data = zipped(tmp_path, {"rows.csv": os.urandom(2000)}).read_bytes()
    for piece in (data[:10], data[:-30], data[100:], data.replace(data[100:110], bytes(10))):
        with pytest.raises(InputError, match="broken"):
            open_file(put(tmp_path, "rows.zip", piece))


def test_an_empty_file_a_missing_one_and_a_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="is empty"):
        open_file(put(tmp_path, "rows.csv", b""))
    with pytest.raises(InputError, match="cannot be read: No such file"):
        open_file(tmp_path / "nothing.csv")
    with pytest.raises(InputError, match="is no file"):
        open_file(tmp_path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices here")
def test_a_device_and_a_pipe_are_refused_and_not_waited_for(tmp_path):
    pipe = tmp_path / "rows.csv"
    os.mkfifo(pipe)
    for path in (Path("/dev/zero"), pipe):
        with pytest.raises(InputError, match="is no file"):
            open_file(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path):
    path = put(tmp_path, "rows.csv", TEXT)
    path.chmod(0)
    with pytest.raises(InputError, match="cannot be read"):
        open_file(path)


@pytest.mark.parametrize("change", [lambda p: p.write_bytes(TEXT * 2), lambda p: os.utime(p, (1, 1))])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path = put(tmp_path, "rows.csv", TEXT)
    plain = Path.read_bytes

    def reading(self: Path) -> bytes:
        data = plain(self)
        change(self)
        return data

    monkeypatch.setattr(Path, "read_bytes", reading)
    with pytest.raises(InputError, match="changed while it was read"):
        open_file(path)


def test_nothing_is_left_open_after_a_broken_file(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for suffix in (*PACKERS, ".zip"):
            with pytest.raises(InputError):
                open_file(put(tmp_path, f"rows.csv{suffix}", b"junk"))


@pytest.mark.skipif(shutil.which("zip") is None, reason="no zip program here")
def test_a_zip_that_a_program_encrypted_is_refused(tmp_path):
    put(tmp_path, "rows.csv", TEXT)
    subprocess.run(["zip", "-q", "-P", "key", "rows.zip", "rows.csv"], cwd=tmp_path, check=True)
    with pytest.raises(InputError, match="encrypted"):
        open_file(tmp_path / "rows.zip")
