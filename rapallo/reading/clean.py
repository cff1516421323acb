"""Files to text: limits, encodings, web pages, stray characters."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Any

from rapallo.errors import InputError

__all__ = ["MAX_BYTES", "decode", "document_id", "load_text", "normalise"]

MAX_BYTES = 10_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x7fELF",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
)
_HTML = re.compile(
    r"<!doctype\s+html|<html[\s>]|<body[\s>]|<(?:p|div|article)[\s>].*</(?:p|div|article)>",
    re.IGNORECASE | re.DOTALL,
)
_MOJIBAKE = re.compile(
    r"[ÂÃâ][\u0080-\u00bf\u0152-\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}"
)
_INVISIBLE = dict.fromkeys([*range(9), 11, *range(14, 32), *range(127, 160), 0xAD, 0x200B, 0x2060, 0xFEFF])
_SPACES = {0x0C: " ", 0xA0: " ", 0x2007: " ", 0x202F: " ", 0x2028: "\n", 0x2029: "\n"}
_ODD = _INVISIBLE | _SPACES | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def load_text(path: Path) -> str:
    """Read a plain text file or a saved web page as clean text.

    A headline and a date found in a web page become the first line and a ``Date:`` line.

    Args:
        path: a file of at most 10 MB.

    Returns:
        The text, normalised; a clean UTF-8 file comes back unchanged.

    Raises:
        InputError: where there is no such file, it is too large, binary or empty, or a page holds no text.
    """
    path = Path(path)
    if path.is_dir():
        msg = f"{path} is a folder"
        raise InputError(msg, hint="name one text file")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            msg = f"{path} has {size / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB"
            raise InputError(msg, hint="one article a file; split it")
        raw = path.read_bytes()
    except OSError as error:
        msg = f"cannot read {path}: {error.strerror or error}"
        raise InputError(msg, hint="is the path right?") from error
    text = normalise(decode(raw, name=str(path)))
    if _HTML.search(text[:20_000]):
        text = normalise(_page(text, name=str(path)))
    if not text.strip():
        msg = f"{path} is empty"
        raise InputError(msg, hint="give a file with an article in it")
    return text


def document_id(text: str) -> str:
    """The identifier of a document, which follows from its normalised text alone.

    Examples:
        >>> document_id("Peru recalled its envoy.")
        'doc:38e276880ab5333d'
    """
    return f"doc:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def decode(raw: bytes, *, name: str = "the input") -> str:
    r"""Bytes to text: by byte-order mark, as UTF-8, or whole as Windows-1252.

    Raises:
        InputError: where the bytes are no text, or mix UTF-8 with another encoding.

    Examples:
        >>> decode(b"caf\xe9 in Z\xfcrich")
        'café in Zürich'
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _mend(raw[len(bom) :].decode(encoding, errors="replace"))
    msg = f"{name} is binary, not text"
    if raw.startswith(_MAGIC):
        raise InputError(msg, hint="save the article as plain text or HTML")
    head = raw[:4096]
    zeros = (head[::2].count(0), head[1::2].count(0))
    if max(zeros) > len(head) * 0.3 and min(zeros) < len(head) * 0.05:
        return _mend(raw.decode("utf-16-le" if zeros[1] > zeros[0] else "utf-16-be", errors="replace"))
    controls = sum(b < 32 and b not in b"\t\n\r\f\x1a" for b in head)
    if 0 in head or controls > len(head) * 0.02:
        raise InputError(msg, hint="save the article as plain text or HTML")
    return _mend(_utf8_or_cp1252(raw, name))


def _utf8_or_cp1252(raw: bytes, name: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if _MULTIBYTE.search(raw):
        msg = f"{name} mixes encodings: line {line} is not UTF-8 and other lines are"
        raise InputError(msg, hint="save it as UTF-8 in one editor, and look at the accents")
    return raw.decode("cp1252", errors="replace")


def _mend(text: str) -> str:
    """Undo UTF-8 that was once read as Windows-1252 (``â€™`` for an apostrophe)."""

    def again(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252").decode()
        except UnicodeError:
            return match[0]

    return _MOJIBAKE.sub(again, text)


def normalise(text: str) -> str:
    r"""Line ends as ``\n``, composed characters, plain spaces, nothing invisible.

    Examples:
        >>> normalise("a\u00a0b\r\ne\u0301")
        'a b\né'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_ODD)
    return unicodedata.normalize("NFC", text)


def _page(html: str, *, name: str) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415 - half a second that only web pages need

    page = bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    found: dict[str, Any] = page if isinstance(page, dict) else page.as_dict() if page is not None else {}
    body = (found.get("text") or "").strip()
    if not body:
        msg = f"{name} is a web page without an article"
        raise InputError(msg, hint="save the page once it shows its text, or paste the text into a file")
    title = (found.get("title") or "").strip().replace("\n", " ")
    if title and body.split("\n", 1)[0].strip() == title:
        title = ""
    lines = [title] if title else []
    if found.get("date"):
        lines.append(f"Date: {found['date']}")
    return "\n".join([*lines, "", body]) + "\n" if lines else body + "\n"
