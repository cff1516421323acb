"""Names and figures as a person would say them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from rapallo import actors

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["growth", "listing", "name", "percent", "possessive", "sentence"]


@cache
def _with_article() -> tuple[tuple[str, ...], tuple[str, ...]]:
    raw = yaml.load(files("rapallo.measures").joinpath("words.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return tuple(raw["starts_with"]), tuple(raw["ends_with"])


def name(code: str, on: dt.date | None = None) -> str:
    """The short name of an actor, in being on the day where one is given, with the article of English.

    Examples:
        >>> from datetime import date
        >>> name("PRK", date(2024, 6, 22)), name("USA", date(2024, 6, 22))
        ('North Korea', 'the United States')
    """
    short = actors.actor(code, on=on).name
    starts, ends = _with_article()
    return f"the {short}" if short.startswith(starts) or short.endswith(ends) else short


def possessive(noun: str) -> str:
    """The noun with its possessive ending.

    Examples:
        >>> possessive("China"), possessive("the United States")
        ("China's", "the United States'")
    """
    return f"{noun}'" if noun.endswith("s") else f"{noun}'s"


def percent(share: float) -> str:
    """A share as a percentage with as many digits as it bears.

    Examples:
        >>> percent(0.9732), percent(0.0123), percent(0.00004), percent(0)
        ('97%', '1.2%', 'under 0.1%', '0%')
    """
    figure = 100.0 * share
    if figure < 0.05:
        return "under 0.1%" if figure > 0.0 else "0%"
    if figure >= 9.95:
        return f"{figure:.0f}%"
    return f"{figure:.1f}%"


def growth(less: float, more: float) -> str:
    """From one share to another, with the digits it takes to tell them apart.

    Examples:
        >>> growth(0.16, 0.2), growth(0.1604, 0.1642), growth(0.16, 0.16001)
        ('from 16% to 20%', 'from 16.0% to 16.4%', 'from 16.00% to 16.00%')
    """
    one, other = percent(less), percent(more)
    for digits in (1, 2):
        if one == other:
            one, other = f"{100 * less:.{digits}f}%", f"{100 * more:.{digits}f}%"
    return f"from {one} to {other}"


def listing(nouns: Sequence[str], *, at_most: int = 4, last: str = "and") -> str:
    """The nouns as a list in a sentence; a long one is cut and the rest counted.

    Examples:
        >>> listing(["China"]), listing(["China", "Japan", "Poland"])
        ('China', 'China, Japan and Poland')
        >>> listing(["A", "B", "C", "D"], at_most=2)
        'A, B and 2 others'
        >>> listing(["China", "Japan"], last="or")
        'China or Japan'
    """
    shown = list(nouns[:at_most])
    left = len(nouns) - len(shown)
    if left:
        shown.append(f"{left} {'other' if left == 1 else 'others'}")
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"


def sentence(text: str) -> str:
    """The text with a capital first letter.

    Examples:
        >>> sentence("the United States must join.")
        'The United States must join.'
    """
    return text[:1].upper() + text[1:]
