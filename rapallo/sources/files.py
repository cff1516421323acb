"""Open a file of rows, whatever it is written in: its bytes are read once, and hashed as they were read."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import IO, Any

from rapallo.errors import InputError

__all__ = ["LIMIT", "RawFile", "open_file", "proportion", "unpacked"]

LIMIT = 4_000_000_000
"""Bytes that one file may have, packed or unpacked."""

_RATIO = 1000  # times that a packed file may grow; the densest tables in use stay under 100
_LEAST = 4096  # bytes as which a smaller file counts
_PIECE = 1 << 22
_STREAMS: dict[str, Callable[[IO[bytes]], Any]] = {
    ".gz": lambda raw: gzip.GzipFile(fileobj=raw),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
}


@dataclass(frozen=True, slots=True)
class RawFile:
    """The bytes of a file, unpacked.

    Attributes:
        name: of the file, and of the member of an archive: ``events.zip/20240622.csv``.
        suffix: in lower case, with the dot, of what was packed.
        data: its bytes.
        sha256: of the file as it lies there, packed where it is.
    """

    name: str
    suffix: str
    data: bytes
    sha256: str


def open_file(path: Path, *, member: str = "*") -> RawFile:
    """Read a file, out of its gzip, bzip2, xz or zip where it is in one.

    Args:
        path: the file.
        member: which file of a zip, as a pattern; it must fit one.

    Raises:
        InputError: where it is missing, no file, empty, over 4 GB, packed to burst, broken, or changes while
            it is read; or where no member of a zip fits, or several do.
    """
    packed = _read(path)
    digest = hashlib.sha256(packed).hexdigest()
    suffix = path.suffix.lower()
    if suffix == ".zip":
        with _whole(path):
            name, data = _unzipped(path, packed, member)
        return RawFile(f"{path.name}/{name}", PurePosixPath(name).suffix.lower(), data, digest)
    if suffix in _STREAMS:
        return RawFile(path.name, Path(path.stem).suffix.lower(), unpacked(path, suffix, packed), digest)
    return RawFile(path.name, suffix, packed, digest)


def unpacked(path: Path | str, suffix: str, packed: bytes) -> bytes:
    """The bytes that are packed with gzip, bzip2 or xz.

    Args:
        path: what errors call it.
        suffix: ``.gz``, ``.bz2`` or ``.xz``.
        packed: what it holds.

    Raises:
        InputError: where it is broken, empty, or packed to burst.
    """
    with _whole(path), _STREAMS[suffix](io.BytesIO(packed)) as stream:
        return _bounded(path, stream, len(packed))


def proportion(path: Path | str, unpacked: int, packed: int) -> None:
    """Make sure that a file does not unpack to more than a table can.

    Args:
        path: what errors call it.
        unpacked: bytes it unpacks to, or cells.
        packed: its bytes.

    Raises:
        InputError: where it is out of proportion.
    """
    if unpacked > LIMIT or unpacked > _RATIO * max(packed, _LEAST):
        msg = f"{path} unpacks to {unpacked} or more from {packed} bytes"
        raise InputError(msg, hint="it is no table; do not trust this file")


@contextmanager
def _whole(path: Path | str) -> Iterator[None]:
    """What unpackers raise over a broken file, as one error."""
    try:
        yield
    except (
        OSError,
        EOFError,
        ValueError,
        lzma.LZMAError,
        zlib.error,
        struct.error,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
    ) as error:
        msg = f"{path} is broken: {error}"
        raise InputError(msg, hint="was it downloaded whole?") from error


def _read(path: Path) -> bytes:
    try:
        before = path.stat()
        if not path.is_file():
            msg = f"{path} is no file"
            raise InputError(msg)
        if before.st_size > LIMIT:
            msg = f"{path} has {before.st_size} bytes, over the limit of {LIMIT}"
            raise InputError(msg)
        data = path.read_bytes()
        after = path.stat()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror or error}"
        raise InputError(msg) from error
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or len(
        data
    ) != before.st_size:
        msg = f"{path} changed while it was read"
        raise InputError(msg, hint="load it again when it is finished")
    if not data:
        msg = f"{path} is empty"
        raise InputError(msg)
    return data


def _unzipped(path: Path, packed: bytes, member: str) -> tuple[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        found = [i for i in archive.infolist() if not i.is_dir() and fnmatch(i.filename, member)]
        found = [i for i in found if not i.filename.startswith("__MACOSX/")]
        if len(found) != 1:
            names = ", ".join(i.filename for i in found[:5]) or "none"
            msg = f"{path} has {len(found)} files that fit {member!r}: {names}"
            raise InputError(msg, hint="unpack it and name the file")
        (info,) = found
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts:
            msg = f"{path} holds a file that would leave its folder: {info.filename!r}"
            raise InputError(msg, hint="do not trust this archive")
        with archive.open(info) as stream:
            return info.filename, _bounded(path, stream, min(info.compress_size, len(packed)))


def _bounded(path: Path | str, stream: IO[bytes], packed: int) -> bytes:
    """All that a stream unpacks to, unless it is out of proportion."""
    pieces, total = [], 0
    while piece := stream.read(_PIECE):
        total += len(piece)
        proportion(path, total, packed)
        pieces.append(piece)
    if not total:
        msg = f"{path} is empty"
        raise InputError(msg)
    return b"".join(pieces)
