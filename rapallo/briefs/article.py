"""The text with its quotes lit up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapallo.model import Claim

__all__ = ["Piece", "paragraphs"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text.

    Attributes:
        text: its words.
        claims: ids of the claims that quote it, the narrowest quote first.
        begins: ids of the claims whose quote begins with it.
    """

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


def paragraphs(text: str, claims: Sequence[Claim]) -> list[list[Piece]]:
    r"""The paragraphs of a text cut into runs that the same quotes cover; quotes may overlap and nest.

    Examples:
        >>> [[p.text for p in paragraph] for paragraph in paragraphs("One line.\nAnother.", ())]
        [['One line.'], ['Another.']]
    """
    out = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            out.append(list(_pieces(text, at, at + len(line), claims)))
        at += len(line) + 1
    return out


def _pieces(text: str, start: int, end: int, claims: Sequence[Claim]) -> Iterator[Piece]:
    inside = [c for c in claims if c.quote.start < end and c.quote.end > start]
    cuts = {start, end}
    for claim in inside:
        cuts |= {max(start, claim.quote.start), min(end, claim.quote.end)}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        over = [c for c in inside if c.quote.start <= left and c.quote.end >= right]
        over.sort(key=lambda c: (c.quote.end - c.quote.start, c.quote.start))
        begins = tuple(c.id for c in over if max(c.quote.start, start) == left and c.quote.start >= start)
        yield Piece(text[left:right], tuple(c.id for c in over), begins)
