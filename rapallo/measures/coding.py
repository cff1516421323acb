"""How much each obligation counts in a state's portfolio, and files that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from rapallo.errors import InputError
from rapallo.measures.own_file import own_bytes
from rapallo.vocab import vocabulary

__all__ = ["Coding", "load_coding"]

HINT = "copy rapallo/measures/coding.yaml and change the copy"
LARGEST = 100_000
DEEPEST = 3
MOST = 1000.0
FINEST = 12
FIELDS = frozenset(("about", "source", "dataset", "obligations"))


@dataclass(frozen=True, slots=True)
class Coding:
    """How much each obligation counts.

    Attributes:
        dataset: the dataset, or release of one, that the obligations are taken from; empty for any.
        obligations: by name of the amount of a pair, a term of the vocabulary ``dyad_names``.
    """

    dataset: str
    obligations: Mapping[str, float]

    @property
    def levels(self) -> tuple[float, ...]:
        """All that an obligation, or none, can count, rising.

        Examples:
            >>> load_coding().levels
            (0.0, 1.0, 2.0, 3.0)
        """
        return tuple(sorted({0.0, *self.obligations.values()}))

    @property
    def maximum(self) -> float:
        """The most that an obligation counts, and what a state counts towards itself."""
        return max(self.obligations.values())


def load_coding(path: Path | None = None) -> Coding:
    """The coding in a file, or the one that comes with Rapallo.

    Raises:
        InputError: where the file cannot be read, is too large or is no such coding.

    Examples:
        >>> load_coding().obligations["atop_defence"]
        3.0
    """
    if path is None:
        return _shipped()
    raw = own_bytes(path, "coding", most=LARGEST, hint=HINT, a="a ")
    return _coding(_parse(raw, str(path)), str(path))


@cache
def _shipped() -> Coding:
    raw = files("rapallo.measures").joinpath("coding.yaml").read_bytes()
    return _coding(_parse(raw, "coding.yaml"), "coding.yaml")


def _parse(raw: bytes, name: str) -> object:
    try:
        text = raw.decode("utf-8-sig")
        _check_shape(text, name)
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        msg = f"{name} is not YAML" + (f": line {mark.line + 1}" if mark else "")
        raise InputError(msg, hint=HINT) from error
    except ValueError as error:
        msg = f"{name} holds a number or a date that cannot be read"
        raise InputError(msg, hint=HINT) from error


def _check_shape(text: str, name: str) -> None:
    """Refuse what a coding has no use for before anything is built from it."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            msg = f"{name} uses an anchor, an alias or a tag"
            raise InputError(msg, hint="write plain entries")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            msg = f"{name} is nested too deep"
            raise InputError(msg, hint=HINT)
    node = yaml.compose(text, yaml.CSafeLoader)
    mappings = [node, *(value for _, value in node.value)] if isinstance(node, yaml.MappingNode) else []
    for mapping in mappings:
        if isinstance(mapping, yaml.MappingNode):
            keys = [key.value for key, _ in mapping.value if isinstance(key, yaml.ScalarNode)]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                msg = f"{name}: {_shown(twice)} is there twice"
                raise InputError(msg, hint=HINT)


def _coding(raw: object, name: str) -> Coding:
    if not isinstance(raw, dict):
        msg = f"{name} holds no coding"
        raise InputError(msg, hint=HINT)
    for unknown in raw.keys() - FIELDS:
        msg = f"{name}: {_shown(unknown)} is no part of a coding"
        raise InputError(msg, hint=f"its parts are {', '.join(sorted(FIELDS))}")
    dataset, obligations = raw.get("dataset", ""), raw.get("obligations")
    if not isinstance(dataset, str):
        msg = f"{name}: dataset is no text"
        raise InputError(msg, hint=HINT)
    if not isinstance(obligations, dict) or not obligations:
        msg = f"{name} says of no obligation how much it counts"
        raise InputError(msg, hint=HINT)
    found = {_known(key, name): _amount(key, value, name) for key, value in obligations.items()}
    if not max(found.values()) or len(set(found.values())) > FINEST:
        msg = f"{name}: obligations count nothing, or in more than {FINEST} ways"
        raise InputError(msg, hint=HINT)
    return Coding(dataset, found)


def _known(key: object, name: str) -> str:
    if not isinstance(key, str) or key not in vocabulary("dyad_names"):
        msg = f"{name}: {_shown(key)} is no amount of a pair of states"
        raise InputError(msg, hint="see the vocabulary dyad_names")
    return key


def _shown(key: object) -> str:
    return ascii(key[:60]) if isinstance(key, str) else "an entry that is no text"


def _amount(key: str, value: Any, name: str) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0.0 <= value <= MOST:
        msg = f"{name}: what {key} counts is no number from 0 to {MOST:g}"
        raise InputError(msg, hint=HINT)
    return float(value)
