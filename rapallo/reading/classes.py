"""Classes of nouns, and nouns that stand for the state that owns them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from rapallo.reading.lexicon import table, word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["classes_of", "classes_of_word", "contents", "head_kind", "in_class"]


@cache
def _heads() -> Mapping[str, str]:
    return {word: kind for kind, words in table("classes")["heads"].items() for word in words.split()}


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in table("classes").items():
        if name not in ("about", "source", "heads"):
            for word in words.split():
                found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def head_kind(token: Token) -> str | None:
    """``person, national, institution, force, weapon`` where the noun stands for its owner, else None."""
    kind = _heads().get(token.lemma_.lower()) or _heads().get(token.lower_)
    if kind is None and token.lower_.endswith("s"):
        kind = _heads().get(token.lower_[:-1])
    return kind


def contents(noun: Token) -> tuple[Token, ...]:
    """The noun, and what it is a number, batch or part of: "dozens of missiles" gives both."""
    found = [noun]
    while len(found) < 4:
        last = found[-1]
        if last.lemma_.lower() not in word_list("measuring") and not last.like_num:
            break
        inner = next((c for c in last.children if c.dep_ == "prep" and c.lower_ in ("of", "in")), None)
        if inner is None:
            worth = next((c for c in last.children if c.lower_ == "worth"), None)
            inner = next((c for c in worth.children if c.lower_ == "of"), None) if worth is not None else None
        target = next((c for c in inner.children if c.dep_ == "pobj"), None) if inner is not None else None
        if target is None:
            break
        found.append(target)
    return tuple(found)


def classes_of(noun: Token) -> frozenset[str]:
    """The classes of a noun, of what it measures and of what is joined to it."""
    found: set[str] = set()
    if any(c.text in table("numbers")["money"] for c in noun.children):
        found.add("money")
    for token in (*contents(noun), *(c for c in noun.conjuncts if c.pos_ in ("NOUN", "PROPN"))):
        lemma = token.lemma_.lower()
        found |= _classes().get(lemma, frozenset()) | _classes().get(token.lower_, frozenset())
        if token.lower_.endswith("s"):
            found |= _classes().get(token.lower_[:-1], frozenset())
    return frozenset(found)


def classes_of_word(word: str) -> frozenset[str]:
    """The classes of a word, as written or as lemma.

    Examples:
        >>> "truce" in classes_of_word("ceasefire")
        True
    """
    return _classes().get(word, frozenset())


def in_class(word: str, name: str) -> bool:
    """Whether a word, as written or as lemma, is in a class.

    Examples:
        >>> in_class("treaty", "pact")
        True
    """
    return name in _classes().get(word, frozenset())
