"""Records by id, each read from its row when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

from rapallo.errors import InputError

__all__ = ["Shelf"]

R = TypeVar("R")
Row = TypeVar("Row")


class Shelf(Mapping[str, R], Generic[Row, R]):
    """Records by id.

    Args:
        rows: the rows by id.
        read: makes a record of an id and its row.

    Raises:
        InputError: on asking for a record whose row is not in the notation; names the id.

    Examples:
        >>> shelf = Shelf({"a": 1, "b": 2}, lambda key, row: key * row)
        >>> shelf["b"], len(shelf), "c" in shelf
        ('bb', 2, False)
    """

    def __init__(self, rows: Mapping[str, Row], read: Callable[[str, Row], R]) -> None:
        self._rows = rows
        self._read = read
        self._records: dict[str, R] = {}

    def __getitem__(self, key: str) -> R:
        record = self._records.get(key)
        if record is None:
            row = self._rows[key]
            try:
                record = self._records[key] = self._read(key, row)
            except InputError as error:
                msg = f"{key}: {error.message}"
                hint = error.hint or "see rapallo/actors/data/states.yaml for the form"
                raise InputError(msg, hint=hint) from error
        return record

    def find(self, key: str) -> R | None:
        """The record of an id; None where there is none."""
        return self[key] if key in self._rows else None

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
