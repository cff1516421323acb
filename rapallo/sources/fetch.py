"""Get a file of a dataset from its address: when asked to alone, and going on where it broke off."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit

from rapallo.errors import InputError
from rapallo.sources.files import LIMIT

__all__ = ["fetch"]

_PIECE = 1 << 18
_SECONDS = 60
_PARTIAL, _WHOLE, _SPENT = 206, 200, 416

Progress = Callable[[int, int | None], None]


def fetch(address: str, folder: Path, *, sha256: str = "", progress: Progress | None = None) -> Path:
    """Download a file into a folder.

    What was got before the line broke lies in ``NAME.part`` and is gone on with, where the server can do so
    and still has the same file.

    Args:
        address: http or https.
        folder: made where it is missing.
        sha256: what its bytes must hash to, in hex.
        progress: told how many bytes are there, of how many.

    Returns:
        The file.

    Raises:
        InputError: where the address is none of the web, cannot be reached, breaks off, is over 4 GB, or
            hashes to something else; what was got so far is kept for the next time, unless it is another
            file.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        msg = f"{address!r} is no address of the web"
        raise InputError(msg)
    name = PurePosixPath(unquote(parts.path)).name.replace("\\", "_") or "download"
    if name in {".", ".."}:
        name = "download"
    target, part, tag = folder / name, folder / f"{name}.part", folder / f"{name}.part.tag"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _download(address, part, tag, progress)
        if sha256 and (found := _digest(part)) != sha256.casefold():
            part.unlink()
            msg = f"{address} hashes to {found}, not to {sha256}"
            raise InputError(msg, hint="is it another release?")
        part.replace(target)
        tag.unlink(missing_ok=True)
    except (urllib.error.URLError, HTTPException, TimeoutError, OSError) as error:
        msg = f"{address} cannot be got: {getattr(error, 'reason', None) or error}"
        raise InputError(msg, hint="what was got so far is kept; ask again to go on") from error
    return target


def _download(address: str, part: Path, tag: Path, progress: Progress | None) -> None:
    have = part.stat().st_size if part.exists() and tag.exists() else 0
    headers = {"User-Agent": "rapallo"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": tag.read_text(encoding="utf-8")}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http and https alone
    try:
        answer = urllib.request.urlopen(request, timeout=_SECONDS)  # noqa: S310
    except urllib.error.HTTPError as error:
        if error.code != _SPENT or not have:
            raise
        part.unlink()  # what lies here is longer than what is there
        _download(address, part, tag, progress)
        return
    with answer:
        if answer.status != _PARTIAL:
            have = 0
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length and length.isdigit() else None
        stamp = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if stamp and not stamp.startswith("W/"):
            tag.write_text(stamp, encoding="utf-8")
        else:
            tag.unlink(missing_ok=True)
        with part.open("ab" if have else "wb") as file:
            _copy(answer, file, have, total, progress)
    if total is not None and part.stat().st_size != total:
        msg = f"it broke off after {part.stat().st_size} of {total} bytes"
        raise OSError(msg)


def _copy(
    answer: IO[bytes], file: IO[bytes], have: int, total: int | None, progress: Progress | None
) -> None:
    if (total or 0) > LIMIT:
        msg = f"it has {total} bytes, over the limit of {LIMIT}"
        raise OSError(msg)
    while piece := answer.read(_PIECE):
        have += len(piece)
        if have > LIMIT:
            msg = f"it has more than {LIMIT} bytes"
            raise OSError(msg)
        file.write(piece)
        if progress is not None:
            progress(have, total)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
