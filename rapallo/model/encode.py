"""The JSON form of everything a person reads."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

__all__ = ["to_json"]


def to_json(value: object) -> Any:
    """Turn dataclasses of ``rapallo.model`` into what ``json.dumps`` takes.

    Dates become ISO 8601, tuples lists.

    Examples:
        >>> from rapallo.model import Interval
        >>> to_json(Interval(dt.date(2024, 6, 19), None, "since"))
        {'start': '2024-06-19', 'end': None, 'precision': 'since'}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [to_json(item) for item in value]
    return value
