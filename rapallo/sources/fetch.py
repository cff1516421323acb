"""Get a file of a dataset from its address: when asked to alone, and going on where it broke off."""

from __future__ import annotations

import hashlib
import re
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
_PARTIAL, _SPENT = 206, 416

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
    name = _name(address)
    target, part, tag = folder / name, folder / f"{name}.part", folder / f"{name}.part.tag"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _download(address, part, tag, progress)
        if sha256 and (found := _digest(part)) != sha256.casefold():
            part.unlink()
            tag.unlink(missing_ok=True)
            msg = f"{address} hashes to {found}, not to {sha256}"
            raise InputError(msg, hint="is it another release?")
        part.replace(target)
        tag.unlink(missing_ok=True)
    except (HTTPException, OSError, ValueError) as error:
        msg = f"{address} cannot be got: {getattr(error, 'reason', None) or error}"
        raise InputError(msg, hint="what was got so far is kept; ask again to go on") from error
    return target


def _name(address: str) -> str:
    """The name of the file an address leads to; never one that leads out of a folder."""
    try:
        parts = urlsplit(address)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        web = False
    if not web:
        msg = f"{address!r} is no address of the web"
        raise InputError(msg)
    name = re.sub(r"[\x00-\x1f\\]", "_", PurePosixPath(unquote(parts.path)).name)
    return "download" if name in {"", ".", ".."} else name


def _web() -> urllib.request.OpenerDirector:
    """What opens addresses of the web and no others, wherever it is led."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


def _download(address: str, part: Path, tag: Path, progress: Progress | None) -> None:
    of, _, stamp = tag.read_text(encoding="utf-8").partition("\n") if tag.exists() else ("", "", "")
    have = part.stat().st_size if part.exists() and of == address else 0
    headers = {"User-Agent": "rapallo"}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": stamp}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http and https alone
    try:
        answer = _web().open(request, timeout=_SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != _SPENT or not have:
            raise
        part.unlink()  # what lies here is longer than what is there
        _download(address, part, tag, progress)
        return
    with answer:
        if answer.status != _PARTIAL:
            have = 0
        elif not answer.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            msg = f"it answers with another part than that from byte {have} on"
            raise OSError(msg)
        length = answer.headers.get("Content-Length")
        total = have + int(length) if length and length.isdigit() else None
        stamp = answer.headers.get("ETag") or answer.headers.get("Last-Modified") or ""
        if stamp and not stamp.startswith("W/"):
            tag.write_text(f"{address}\n{stamp}", encoding="utf-8")
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
