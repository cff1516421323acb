"""Names and texts as SQL writes them."""

from __future__ import annotations

__all__ = ["literal", "quoted"]


def quoted(name: str) -> str:
    """The name of a column.

    Examples:
        >>> quoted('a"b')
        '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text.

    Examples:
        >>> literal("O'Brien")
        "'O''Brien'"
    """
    return "'" + text.replace("'", "''") + "'"
