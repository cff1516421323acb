"""Treaties in words: which kind of tie an agreement is, and which clauses it is said to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.model import TieContent
from rapallo.reading.classes import in_class
from rapallo.reading.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.frames import Frame

__all__ = ["clauses", "kind_of_treaty", "tie_of"]


def _phrase(noun: Token) -> str:
    """The noun with what stands before it and its nearest complements, lower case."""
    before = [t for t in noun.subtree if t.i < noun.i and noun.i - t.i < 7]
    after = [t for t in noun.subtree if noun.i < t.i <= noun.i + 6]
    return " ".join(t.lower_ for t in (*before, noun, *after)).replace("- ", "").replace(" -", "")


def clauses(words: str) -> tuple[str, ...]:
    """The clause kinds that the words of a treaty name.

    Examples:
        >>> clauses("mutual defence pact"), clauses("a non aggression treaty"), clauses("trade deal")
        (('defence',), ('non_aggression',), ())
    """
    return tuple(
        kind for kind, cues in table("treaties")["clauses"].items() if any(cue in words for cue in cues)
    )


def kind_of_treaty(noun: Token) -> str | None:
    """``pact`` for security, ``partnership`` for other lasting treaties, ``troops`` for bases; else None."""
    words = _phrase(noun)
    lemma = noun.lemma_.lower()
    rules = table("treaties")
    if any(cue in words for cue in rules["not_ties"]):
        return None
    if any(cue in words for cue in rules["troops"]):
        return "troops"
    if clauses(words) or (any(cue in words for cue in rules["security"]) and in_class(lemma, "pact")):
        return "pact"
    if lemma == "alliance":
        return "pact"
    return "partnership" if lemma in rules["lasting"] else None


def tie_of(frame: Frame, noun: Token | None) -> TieContent | None:
    """The tie that an act under a frame makes, changes or ends."""
    if not frame.tie:
        return None
    kind, _, phase = frame.tie.partition(":")
    if kind != "treaty":
        return TieContent(kind, (), phase or "signed")
    if noun is None:
        return None
    settled = kind_of_treaty(noun)
    if settled is None:
        return None
    return TieContent(settled, clauses(_phrase(noun)) if settled == "pact" else (), phase or "signed")
