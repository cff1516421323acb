"""Where a row of the record comes from: sources, quotes and the envelope every family shares."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from rapallo.errors import InputError
from rapallo.model.dates import Interval

__all__ = ["BASES", "RECALLED_CAP", "Basis", "Document", "Envelope", "Quote", "Source"]

Basis = Literal["read", "loaded", "checked", "recalled", "supposed"]
BASES: tuple[Basis, ...] = get_args(Basis)
RECALLED_CAP = 0.6


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source and where they stand in it (after the W3C Web Annotation text selectors).

    Attributes:
        exact: the words, an exact slice of the original text.
        prefix: up to 32 characters before them.
        suffix: up to 32 characters after them.
        start: offset of the first character in the original text, counted in characters.
        end: offset behind the last one.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    @classmethod
    def cut(cls, text: str, start: int, end: int, *, context: int = 32) -> Quote:
        """The quote of ``text[start:end]`` with its surroundings.

        Examples:
            >>> Quote.cut("Germany and Russia signed at Rapallo.", 19, 25).exact
            'signed'
        """
        return cls(
            text[start:end], text[max(0, start - context) : start], text[end : end + context], start, end
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A document or a dataset release.

    Attributes:
        id: short name, e.g. ``starter`` or ``doc:3f9a...``.
        title: what a reader would call it.
        released: the day of publication, where known.
        address: URL or bibliographic address.
        licence: its terms, in words.
        citation: how to cite it.
        covers: the days it speaks of, where it says so; outside them its silence means nothing.
        universe: whom it speaks of: ``cow``, ``gw`` (the states of that system), ``all`` or nothing said.
    """

    id: str
    title: str
    released: dt.date | None = None
    address: str = ""
    licence: str = ""
    citation: str = ""
    covers: Interval | None = None
    universe: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that was read.

    Attributes:
        id: ``doc:`` and the first 16 hex digits of the SHA-256 of its original text.
        title: its headline, where one was found.
        published: the day it is dated, the anchor of every relative date in it.
        text: the cleaned text that quotes index.
        address: path or URL it was read from.
        legibility: 0 to 1; machine-paraphrased or badly translated text scores low.
        reliability: 0 to 1; a factor on the confidence of every claim read from it.
    """

    id: str
    title: str
    published: dt.date
    text: str
    address: str = ""
    legibility: float = 1.0
    reliability: float = 1.0


@dataclass(frozen=True, slots=True)
class Envelope:
    """What every row of the record carries beside its own columns.

    Attributes:
        source: id of the source the row rests on.
        release: which release of it.
        valid: when it was so in the world.
        known_from: when the record came to know it; None until it is written.
        known_to: when the record was corrected; None while it stands.
        quote: the words it rests on, where it was read in a text.
        file: name of the dataset file it was loaded from.
        line: its line in that file, the first being 1; of a file that is no text, its row.
        confidence: 0 to 1.
        basis: ``read`` in a text, ``loaded`` from a dataset, a ``checked`` or ``recalled`` fact of the
            starter record, or ``supposed`` in a what-if.
        checked_against: the file and row a checked fact was held against.

    Raises:
        InputError: where the confidence lies outside 0 to 1, or a recalled fact claims more than 0.6, or a
            checked fact does not say against what.
    """

    source: str
    release: str
    valid: Interval
    confidence: float
    basis: Basis
    checked_against: str = ""
    quote: Quote | None = None
    known_from: dt.datetime | None = None
    known_to: dt.datetime | None = None
    file: str = ""
    line: int | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            msg = f"confidence {self.confidence} lies outside 0 to 1"
            raise InputError(msg)
        if self.basis == "recalled" and self.confidence > RECALLED_CAP:
            msg = f"a recalled fact has confidence {self.confidence}, over the cap of {RECALLED_CAP}"
            raise InputError(msg)
        if self.basis == "checked" and not self.checked_against:
            msg = "a checked fact must say what it was checked against"
            raise InputError(msg)
