"""YAML as data and nothing more: no duplicate keys, no aliases, no dates or tags guessed from plain words."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

from rapallo.errors import InputError

__all__ = ["LIMIT", "parse"]

LIMIT = 2_000_000
"""Bytes a file may have."""


class _Loader(yaml.CSafeLoader):
    """CSafeLoader that takes dates and yes/no as words and refuses what would be read in silence."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002
        if node in self.constructed_objects:
            msg = "aliases are not allowed"
            raise yaml.constructor.ConstructorError(problem=msg, problem_mark=node.start_mark)
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                msg = f"{key.value!r} stands twice"
                raise yaml.constructor.ConstructorError(problem=msg, problem_mark=key.start_mark)
            if isinstance(key.value, str):
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_WORDS = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:merge"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _WORDS]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def parse(name: str, data: bytes) -> Any:
    r"""Parse one YAML document.

    Args:
        name: what errors call the file.
        data: its bytes, UTF-8.

    Returns:
        The document as dicts, lists, strings, numbers and None. Dates and ``true``/``false`` stay strings.

    Raises:
        InputError: where it is empty, too large, no YAML, or holds aliases, tags or a key twice.

    Examples:
        >>> parse("a.yaml", b"when: 2023-02-30")
        {'when': '2023-02-30'}
        >>> parse("a.yaml", b"a: 1\na: 2")
        Traceback (most recent call last):
        rapallo.errors.InputError: a.yaml, line 2: 'a' stands twice
    """
    if len(data) > LIMIT:
        msg = f"{name} has {len(data)} bytes, over the limit of {LIMIT}"
        raise InputError(msg)
    try:
        document = yaml.load(data, Loader=_Loader)  # noqa: S506  (a CSafeLoader, narrowed)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        msg = f"{name}{line}: {error.problem}"
        raise InputError(msg) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        msg = f"{name} is not YAML: {str(error).splitlines()[0]}"
        raise InputError(msg) from None
    if document is None:
        msg = f"{name} is empty"
        raise InputError(msg)
    return document
