"""The three levels at which Zero-Shot-PLOVER counts a type: root, quad class, cooperation or conflict."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rapallo.vocab import vocabulary

__all__ = ["LEVELS", "root"]


def root(event: str) -> str:
    """The root of an event type: CONCEDE and RETREAT are one there."""
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


def _quad(root_: str) -> str:
    """The quad class of a root; YIELD counts as material cooperation."""
    event = "RETREAT" if root_ == "YIELD" else root_
    return str(vocabulary("event_types")[event].more["quad"])


def _binary(root_: str) -> str:
    return _quad(root_).partition("_")[2]


LEVELS: Mapping[str, Callable[[str], str]] = {"root": str, "quad": _quad, "binary": _binary}
"""From a root to its name at each level."""
