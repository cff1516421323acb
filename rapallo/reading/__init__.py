"""Text to claims: clean, repair, parse, mentions, roles, type, time, stance, claims; one file a step."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rapallo.reading.clean import load_text
    from rapallo.reading.layout import find_date
    from rapallo.reading.reader import read

__all__ = ["find_date", "load_text", "read"]

_HOMES = {"find_date": "layout", "load_text": "clean", "read": "reader"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
