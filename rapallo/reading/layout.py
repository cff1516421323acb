"""Lines to blocks: headline, date line, headings, paragraphs."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapallo.model import parse_date

__all__ = ["Block", "blocks", "find_date"]

_DATE_LINE = re.compile(
    r"^\s*(?:date|dated|published|updated|posted)\s*(?::|on\b)\s*(\S.*?)\s*$", re.IGNORECASE
)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WRITTEN = re.compile(
    rf"(?:(?P<d1>\d{{1,2}}) (?P<m1>{'|'.join(_MONTHS)})|(?P<m2>{'|'.join(_MONTHS)}) (?P<d2>\d{{1,2}}))"
    r",? (?P<y>\d{4})",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’/-]+(?: [A-Z][A-Z.'’/-]+){0,3})(?:, [A-Z][A-Za-z.]+(?: [A-Z][a-z]+\.?)?(?: \d{1,2})?)?"
    r"(?: ?\([A-Z][^)\n]{1,30}\))?\s*(?:[–—]|--?)\s+"
)
_LONGEST_HEADING = 25
_LONGEST_BLOCK = 100_000


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    Attributes:
        kind: ``headline, date, heading`` or ``body``.
        start: offset of its first character in the document.
        end: offset behind its last.
    """

    kind: str
    start: int
    end: int


def find_date(text: str) -> dt.date | None:
    r"""The day on the text's ``Date:`` line, where one of its first six lines is one.

    Raises:
        InputError: where that day does not exist.

    Examples:
        >>> find_date("Two sign\nDate: 2024-06-22\n\nThey met.")
        datetime.date(2024, 6, 22)
        >>> find_date("They met.") is None
        True
    """
    for line in [line for line in text.split("\n") if line.strip()][:6]:
        match = _DATE_LINE.match(line)
        if match:
            return _day(match[1])
    return None


def _day(words: str) -> dt.date | None:
    iso = re.match(r"\d{4}-\d{2}-\d{2}", words)
    if iso:
        return parse_date(iso[0]).start
    written = _WRITTEN.search(words)
    if written is None:
        return None
    month = [m.lower() for m in _MONTHS].index((written["m1"] or written["m2"]).lower()) + 1
    number = int(written["d1"] or written["d2"])
    return parse_date(f"{written['y']}-{month:02d}-{number:02d}").start


def blocks(text: str) -> tuple[Block, ...]:
    r"""The blocks of a document in order; blank lines belong to none.

    Lines broken at a fixed width are joined. A line without closing punctuation is a heading, unless no
    line of the text is closed.

    Examples:
        >>> [b.kind for b in blocks("Two sign\nDate: 2024-06-22\n\nThey met. They signed.")]
        ['headline', 'date', 'body']
    """
    lines = _lines(text)
    if not lines:
        return ()
    joined = _join(text, lines)
    any_closed = any(_CLOSED.search(text[a:b]) for a, b in joined)
    found = []
    for i, (start, end) in enumerate(joined):
        words = text[start:end]
        closed = _CLOSED.search(words) is not None
        next_is_date = i + 1 < len(joined) and _DATE_LINE.match(text[slice(*joined[i + 1])]) is not None
        if _DATE_LINE.match(words) and i < 4:
            kind = "date"
        elif (
            i == 0 and len(joined) > 1 and (next_is_date or (not closed and any_closed and len(words) < 200))
        ):
            kind = "headline"
        elif any_closed and not closed and len(words.split()) <= _LONGEST_HEADING:
            kind = "heading"
        else:
            kind = "body"
        dateline = _DATELINE.match(words) if kind == "body" else None
        begin = start + (dateline.end() if dateline else 0)
        if begin < end:
            found += [Block(kind, a, b) for a, b in _pieces(text, begin, end)]
    return tuple(found)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A block whole, or one that no parser takes cut where a sentence, a word or nothing ends."""
    while end - start > _LONGEST_BLOCK:
        last = start + _LONGEST_BLOCK
        ends = (text.rfind(". ", start, last) + 1, text.rfind(" ", start, last))
        cut = next((end for end in ends if end > start), last)
        yield start, cut
        start = cut + (text[cut : cut + 1] == " ")
    if start < end:
        yield start, end


def _lines(text: str) -> list[tuple[int, int, bool]]:
    """Non-blank lines, stripped, each with whether a blank line stands before it."""
    found, at, gap = [], 0, False
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare)
            found.append((start, start + len(bare), gap))
        gap = not bare
        at += len(line) + 1
    return found


def _join(text: str, lines: list[tuple[int, int, bool]]) -> list[tuple[int, int]]:
    inner = [(a, b) for (a, b, _), (_, _, gap) in itertools.pairwise(lines) if not gap]
    broken = [1 for a, b in inner if not _CLOSED.search(text[a:b]) and not _DATE_LINE.match(text[a:b])]
    wrapped = max(b - a for a, b, _ in lines) <= 120 and len(broken) >= 3 and len(broken) > len(inner) / 2
    joined: list[tuple[int, int]] = []
    for start, end, gap in lines:
        before = text[slice(*joined[-1])] if joined else ""
        runs_on = text[start].islower() or (wrapped and len(before.split("\n")[-1]) > 45)
        if (
            before and not gap and runs_on and not _CLOSED.search(before) and not _DATE_LINE.match(before)
        ) or (
            before
            and wrapped
            and not gap
            and len(before.split("\n")[-1]) > 45
            and not _DATE_LINE.match(before)
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
