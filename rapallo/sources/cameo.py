"""Codes of CAMEO as types of PLOVER, for the datasets that are coded in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from rapallo.vocab import vocabulary

__all__ = ["Plover", "codes", "named", "plover"]

Plover = tuple[str, str | None, tuple[str, ...]]
"""An event type (empty where there is none), its mode, contexts."""


def plover(code: str) -> Plover | None:
    """The type, mode and contexts of a code of CAMEO; None where it is none.

    A code that the table does not hold goes as the longest one that it begins with.

    Examples:
        >>> plover("0841")
        ('RETREAT', 'release', ('legal',))
        >>> plover("010")
        ('', None, ())
        >>> plover("99") is None
        True
    """
    table = codes()
    for length in range(len(code), 1, -1):
        if code[:length] in table:
            return table[code[:length]]
    return None


def named(name: str) -> str | None:
    """The code of CAMEO that has a name, in whatever case, with spaces or underscores.

    Examples:
        >>> named("Express_intent_to_meet_or_negotiate")
        '036'
    """
    return _names().get(_folded(name))


@cache
def _names() -> Mapping[str, str]:
    raw = yaml.safe_load(files("rapallo.sources").joinpath("cameo_names.yaml").read_text(encoding="utf-8"))
    return {_folded(name): code for code, name in raw.items()}


def _folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.replace("_", " ").casefold()))


@cache
def codes() -> Mapping[str, Plover]:
    """All codes of the table."""
    raw = yaml.safe_load(files("rapallo.sources").joinpath("cameo.yaml").read_text(encoding="utf-8"))
    types, contexts = vocabulary("event_types"), vocabulary("contexts")
    found = {}
    for code, words in raw.items():
        event, *rest = words.split() or [""]
        mode = rest[0] if rest and rest[0] in types[event].more["modes"] else None
        about = tuple(rest[1:] if mode else rest)
        unknown = [word for word in about if word not in contexts]
        if unknown:
            msg = f"cameo.yaml: {code}: {unknown[0]!r} is no mode of {event} and no context"
            raise ValueError(msg)
        found[code] = event, mode, about
    return found
