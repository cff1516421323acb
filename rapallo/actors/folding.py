"""How two spellings of a name come to be one: case, diacritics, hyphens, dots, articles, possessives."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["fold", "plain", "without_possessive"]

_PLAIN = {**dict.fromkeys(map(ord, "’‘ʼʻ`´ʹ′"), "'"), **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")}
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)
_DROPPED = str.maketrans(
    {".": None, ",": None, "'": None, '"': None, "“": None, "”": None, "-": " ", "&": " and "}
)
_ASCII = {**_DROPPED, ord("`"): None}
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$", re.IGNORECASE)


def plain(text: str) -> str:
    """The text with typographic apostrophes and dashes made plain and blanks single.

    Examples:
        >>> plain("Russia’s  ally")
        "Russia's ally"
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    return " ".join(text.translate(_PLAIN).split())


def without_possessive(text: str) -> str:
    """The plain text without a closing ``'s`` or ``s'``.

    Examples:
        >>> without_possessive("North Korea's"), without_possessive("the Netherlands'")
        ('North Korea', 'the Netherlands')
    """
    return _POSSESSIVE.sub("", text)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The key under which a name is filed: no case, diacritics, dots, apostrophes, hyphens or leading "the".

    Examples:
        >>> fold("Côte d’Ivoire"), fold("the U.S."), fold("Kim Jong-un")
        ('cote divoire', 'us', 'kim jong un')
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split()).removeprefix("the ")
    decomposed = unicodedata.normalize("NFKD", plain(text).casefold().translate(_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.translate(_DROPPED).split()).removeprefix("the ")
