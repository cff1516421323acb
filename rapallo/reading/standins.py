"""Names the parser knows in the place of names it does not: "Ecowas imposed" is parsed as "Nato imposed"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

from rapallo import actors
from rapallo.reading.lexicon import table

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["parsed", "stand_in"]

_LONGEST = 160
_CLOSING = (".", "!", "?")
_ATTRIBUTES = ("HEAD", "DEP", "TAG", "POS", "LEMMA", "MORPH", "ENT_IOB", "ENT_TYPE")


@lru_cache(maxsize=2)
def _table(who: actors.Table) -> Mapping[str, str]:
    words = table("standins")
    states, capitals = words["states"], words["capitals"]
    known = {*words["known"], *states, *capitals}
    found: dict[str, str] = {}
    for code, name in (bearer for bearers in who.names.gazetteer.values() for bearer in bearers):
        written = name.text
        if not written.isalpha() or not written[:1].isupper() or written in known:
            continue
        turn = crc32(code.encode())
        if name.kind in ("official", "short", "former") and not written.isupper():
            found.setdefault(written, states[turn % len(states)])
        elif name.kind == "capital":
            found.setdefault(written, capitals[turn % len(capitals)])
        elif name.kind == "acronym" and written.isupper() and len(written) > 2:
            found.setdefault(written, words["body"])
        elif name.kind == "demonym" and written.endswith(("ans", "is")):
            found.setdefault(written, words["people"])
        elif name.kind == "demonym" and written.endswith(("an", "i")):
            found.setdefault(written, words["adjective"])
    return found


def stand_in(word: str) -> str:
    """The name that stands in for a word while it is parsed; the word itself where it is no actor's name.

    Examples:
        >>> stand_in("ECOWAS"), stand_in("imposed")
        ('NATO', 'imposed')
    """
    return _table(actors.table()).get(word, word)


def _breaks(words: Sequence[str]) -> list[bool | int | None]:
    """Where a sentence must begin: within a run of words that none before ends; else the parser is free.

    No sentence of news is so long. A list or noise without a full stop is, and its tree would be as deep.
    """
    found: list[bool | int | None] = []
    run, before = 0, ""
    for word in words:
        if before in _CLOSING and word[:1].isalnum():
            run = 0
        found.append(True if run == _LONGEST else None)
        run, before = 1 if run == _LONGEST else run + 1, word
    return found


def parsed(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """The documents of those texts, parsed with stand-ins and written as they are."""
    from spacy.tokens import Doc  # noqa: PLC0415 - a second that only reading needs

    real = [nlp.make_doc(text) for text in texts]
    masked = [
        Doc(
            nlp.vocab,
            [stand_in(t.text) for t in doc],
            [bool(t.whitespace_) for t in doc],
            sent_starts=_breaks([t.text for t in doc]),
        )
        for doc in real
    ]
    for doc, mask in zip(real, masked, strict=True):
        for token, same in zip(doc, mask, strict=True):
            if token.text == same.text:
                same.norm_ = token.norm_  # the tokenizer knows that "n’t" is "not"
    for doc, read in zip(real, nlp.pipe(masked, batch_size=32), strict=True):
        if not len(doc):
            yield doc
            continue
        told: Any = read.to_array(list(_ATTRIBUTES))
        doc.from_array(list(_ATTRIBUTES), told)
        for token, other in zip(doc, read, strict=True):
            if token.text != other.text:
                token.lemma_ = token.lower_ if token.pos_ == "ADJ" else token.text
        yield doc
