"""The lines of a dictionary file without its comments, and what of them was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapallo.errors import InputError
from rapallo.reading.clean import MAX_BYTES, decode

__all__ = ["NULL", "Dictionary", "Line", "Unread", "plural", "split_words"]

NULL = frozenset(("", "---", "+++", "###"))  # codes of nothing; in TABARI also of a complex event, a discard
_LONGEST = 1000  # characters of a line; the longest pattern in use has some 150
_BLOCK_COMMENT = re.compile(r"<!.*?-->", re.DOTALL)
_LINE_COMMENT = re.compile(r"(\[[^\]\n]*\])|[#;].*")
_STOP = "---STOP---"
_CONTRACTED = re.compile(r"(?<=.)(N'T|'(?:S|RE|VE|LL|D|M))$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something.

    Attributes:
        number: counted from 1.
        text: in capitals, codes too; its comment is left out, blanks at its start are kept.
    """

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a dictionary has no effect.

    Attributes:
        file: the name of the file.
        line: counted from 1; 0 for the file as a whole.
        text: the line.
        why: in words.
    """

    file: str
    line: int
    text: str
    why: str


@dataclass(slots=True)
class Dictionary:
    """A dictionary file while it is read.

    Attributes:
        path: where it stands.
        lines: those that say something.
        unread: filled by whoever reads the lines.
    """

    path: Path
    lines: tuple[Line, ...]
    unread: list[Unread] = field(default_factory=list)

    @classmethod
    def open(cls, path: Path) -> Dictionary:
        """Read a file.

        Raises:
            InputError: where it cannot be read, is larger than 10 MB, binary or empty, has a comment that
                nothing closes, or a line of more than 1000 characters.
        """
        try:
            size = path.stat().st_size
            if size > MAX_BYTES:
                msg = f"{path} has {size / 1e6:.0f} MB, the limit is {MAX_BYTES / 1e6:.0f} MB"
                raise InputError(msg, hint="is it a dictionary?")
            raw = path.read_bytes()
        except OSError as error:
            msg = f"cannot read {path}: {error.strerror or error}"
            raise InputError(msg, hint="is the path right?") from error
        text = _BLOCK_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), decode(raw, name=str(path)))
        lines = tuple(_lines(text, path))
        if not lines:
            msg = f"{path} is empty"
            raise InputError(msg, hint="a dictionary has one entry a line")
        return cls(path, lines)

    def skip(self, line: Line, why: str) -> None:
        """Note that a line has no effect."""
        self.unread.append(Unread(self.path.name, line.number, line.text.strip(), why))

    def broken(self, line: Line, why: str, hint: str) -> InputError:
        """The error that names file and line."""
        return _broken(self.path, line.number, why, hint)


def _broken(path: Path, number: int, why: str, hint: str) -> InputError:
    return InputError(f"{path}, line {number}: {why}", hint=hint)


def _lines(text: str, path: Path) -> Iterator[Line]:
    for number, raw in enumerate(text.splitlines(), 1):
        kept = _LINE_COMMENT.sub(lambda m: m[1] or "", raw).rstrip().upper().replace("’", "'")
        if _STOP in kept:
            return
        if not kept.strip():
            continue
        if kept.lstrip().startswith("<!"):
            raise _broken(path, number, "a comment is never closed", "it ends with -->")
        if len(kept) > _LONGEST:
            raise _broken(
                path, number, f"{len(kept)} characters, the limit is {_LONGEST}", "is it a dictionary?"
            )
        if kept.count("[") != kept.count("]"):
            raise _broken(path, number, "a square bracket has no other half", "a code is written [043]")
        yield Line(number, kept)


def plural(word: str) -> str:
    """The regular plural of a noun in capitals, as these dictionaries leave it out.

    Examples:
        >>> plural("ARMY"), plural("PRESS"), plural("TRUCE")
        ('ARMIES', 'PRESSES', 'TRUCES')
    """
    if word.endswith("Y") and word[-2:-1] not in ("A", "E", "O", "U"):
        return word[:-1] + "IES"
    return word + ("ES" if word.endswith(("S", "X", "Z", "CH", "SH")) else "S")


def split_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, cut as the parser cuts them: contractions are two.

    Examples:
        >>> split_words("DON'T_BLINK FIRST")
        ('DO', "N'T", 'BLINK', 'FIRST')
    """
    found: list[str] = []
    for word in re.split(r"[\s_]+", phrase.strip()):
        found.extend(part for part in _CONTRACTED.split(word) if part)
    return tuple(found)
