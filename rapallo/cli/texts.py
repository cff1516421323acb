"""Texts in and files out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rapallo.errors import InputError
from rapallo.model import Diagnostic
from rapallo.reading import find_date, load_text

__all__ = ["Article", "demand_actors", "load", "save"]


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the day it is dated.

    Attributes:
        text: the cleaned text.
        published: the anchor of its relative dates.
        address: the path it was read from.
    """

    text: str
    published: dt.date
    address: str


def load(path: Path, *, published: dt.date | None) -> Article:
    """The text of a file and its date: the one given, else the one it states.

    Raises:
        InputError: where the file cannot be used, or no date is given or stated.
    """
    text = load_text(path)
    dated = published or find_date(text)
    if dated is None:
        msg = f"{path} does not say when it was published"
        raise InputError(msg, hint="give --date, which anchors every 'last week' in it")
    return Article(text, dated, path.name)


def demand_actors(name: str, diagnostics: Sequence[Diagnostic]) -> None:
    """Refuse a text in which nobody is named.

    Raises:
        InputError: where no sentence names a state, an organisation or a leader.
    """
    if all(entry.outcome in {"no_actor", "abstained"} for entry in diagnostics):
        msg = f"{name} names no state, organisation or leader"
        raise InputError(
            msg, hint="is it English news about states? rapallo read --explain goes sentence by sentence"
        )


def save(path: Path, content: str | bytes) -> None:
    """Write a whole file or none of it.

    Raises:
        InputError: where it cannot be written.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        msg = f"cannot write {path}"
        raise InputError(msg, hint=str(error.strerror)) from error
