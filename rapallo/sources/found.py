"""What was found in a file of a dataset."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from rapallo.model import Event, Tie

__all__ = ["Found"]


@dataclass(slots=True)
class Found:
    """What was found in a file, and what became of its lines: a line that is not rejected was kept.

    Attributes:
        rows: family to tables of its columns.
        ties: few enough to be nouns.
        events: few enough to be nouns.
        rejected: reason to (rows, line of the first), of lines that nothing was kept of.
        unknown: (scheme, code) to how many rows bear a code that nobody bears.
        used: columns that a module read.
    """

    rows: dict[str, list[pa.Table]] = field(default_factory=dict)
    ties: list[Tie] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    rejected: dict[str, tuple[int, int]] = field(default_factory=dict)
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)

    def reject(self, reason: str, lines: Iterable[int]) -> None:
        """Note that nothing is kept of some lines."""
        for line in lines:
            rows, first = self.rejected.get(reason, (0, line))
            self.rejected[reason] = rows + 1, min(first, line)
