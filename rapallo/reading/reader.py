"""The embedded reader: one text in, claims and a diagnosis of every sentence out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rapallo.errors import InputError
from rapallo.model import Claim, Diagnostic, Document, Reading
from rapallo.reading.claims import Assembly
from rapallo.reading.clean import MAX_BYTES, document_id, normalise
from rapallo.reading.discourse import Discourse
from rapallo.reading.encoder import encode
from rapallo.reading.layout import Block, blocks
from rapallo.reading.mentions import Mention, find_mentions
from rapallo.reading.parse import parse
from rapallo.reading.parties import Cast
from rapallo.reading.repair import Repaired, legibility, repair
from rapallo.reading.sentences import read_sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["open_sentence", "read"]

_NEAR = 12  # codes met last, among which an ambiguous name is looked for first


@dataclass(frozen=True, slots=True)
class _Paragraph:
    block: Block
    repaired: Repaired
    doc: Doc


def read(text: str, *, published: dt.date, title: str = "", address: str = "") -> Reading:
    """Read the claims of one text.

    Args:
        text: a news text; its first line may be a headline, its second a ``Date:`` line.
        published: the day it is dated, the anchor of every relative date in it.
        title: its headline; found in the text where not given.
        address: where it was read from.

    Returns:
        The document, its claims in the order of the text, and one diagnostic for each sentence and heading.

    Raises:
        InputError: where the text is blank or longer than 10 million characters.

    Examples:
        >>> found = read("Peru expelled two Chilean diplomats on Monday.", published=dt.date(2024, 5, 15))
        >>> [(c.event, c.actors, c.targets, c.when.start.isoformat()) for c in found.claims]
        [('SANCTION', ('PER',), ('CHL',), '2024-05-13')]
    """
    text = normalise(text)
    if not text.strip():
        msg = "there is no text to read"
        raise InputError(msg, hint="give an article")
    if len(text) > MAX_BYTES:
        msg = f"the text has {len(text)} characters, the limit is {MAX_BYTES}"
        raise InputError(msg, hint="one article at a time")
    layout = blocks(text)
    legible = legibility(text)
    document = Document(
        id=document_id(text),
        title=title or next((text[b.start : b.end] for b in layout if b.kind == "headline"), ""),
        published=published,
        text=text,
        address=address,
        legibility=legible,
        reliability=round(0.6 + 0.4 * legible, 3) if legible < 1 else 1.0,
    )
    claims, diagnostics = _read_blocks(document, layout, garbled=legible < 1)
    return Reading(document, claims, diagnostics)


def open_sentence(sentence: Span, mentions: Sequence[Mention], cast: Cast) -> None:
    """Begin a sentence in the discourse: who is named in it, and who together."""
    discourse = cast.discourse
    discourse.begin()
    for mention in mentions:
        if sentence.start <= mention.start < sentence.end and not _only_where(mention, sentence.doc):
            discourse.name(mention.parties(), mention.start)
    for token in sentence:
        first = token.i in cast.at and token.dep_ != "conj"
        if first and any(c.dep_ == "conj" for c in token.children):
            discourse.name_together(cast.who(token), token.i)


def _only_where(mention: Mention, doc: Doc) -> bool:
    """Whether a capital or town only says where something was ("signed in Nairobi")."""
    before = doc[mention.start - 1].lower_ if mention.start else ""
    return mention.role in ("capital", "place") and before in ("in", "at", "near", "outside", "from")


def _read_blocks(
    document: Document, layout: tuple[Block, ...], *, garbled: bool
) -> tuple[tuple[Claim, ...], tuple[Diagnostic, ...]]:
    bodies = [b for b in layout if b.kind == "body"]
    originals = [document.text[b.start : b.end].replace("\n", " ") for b in bodies]
    repaired = [repair(t, garbled=garbled) for t in originals]
    docs = parse(r.text for r in repaired)
    hidden = iter(encode([[t.text for t in s] for d in docs for s in d.sents]))
    paragraphs = {b.start: _Paragraph(b, r, d) for b, r, d in zip(bodies, repaired, docs, strict=True)}
    assembly = Assembly(document)
    discourse = Discourse()
    for block in layout:
        if block.kind != "body":
            assembly.skip(block)
            continue
        paragraph = paragraphs[block.start]
        mentions = find_mentions(paragraph.doc, document.published, tuple(islice(discourse.codes(), _NEAR)))
        cast = Cast.of(mentions, discourse)
        for sentence in paragraph.doc.sents:
            vectors = next(hidden)
            if not sentence.text.strip():
                continue
            open_sentence(sentence, mentions, cast)
            found = read_sentence(sentence, cast, document.published, assembly.last_when, vectors)
            assembly.add(sentence, cast, block.start, paragraph.repaired, found)
    return assembly.finish()
