"""The lexicon as data: loads its YAML tables, once each."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["table", "word_list"]


@cache
def table(name: str) -> Any:
    """The table of that name, as the YAML gives it.

    Examples:
        >>> table("repair")["source"].startswith("Rapallo")
        True
    """
    raw = files("rapallo.reading.lexicon").joinpath(f"{name}.yaml").read_bytes()
    return yaml.load(raw, Loader=yaml.CSafeLoader)


@cache
def word_list(name: str, of: str = "words") -> frozenset[str]:
    """A list of a table, of ``words.yaml`` unless said, as a set.

    Examples:
        >>> "government" in word_list("authorities")
        True
    """
    return frozenset(table(of)[name])
