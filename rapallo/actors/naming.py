"""Every name of every actor, filed for looking up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rapallo.actors.folding import fold, plain
from rapallo.model import Name

__all__ = ["Entry", "Names"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as it is filed: whom it means, what a claim of it is coded to, and as what."""

    actor: str
    code: str
    role: str
    name: Name


class Names:
    """The names of one table.

    Attributes:
        entries: every name of every actor.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)

    @cached_property
    def index(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by folded name, see :func:`rapallo.actors.folding.fold`."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(fold(entry.name.text), []).append(entry)
        return MappingProxyType({key: tuple(entries) for key, entries in found.items() if key})

    @cached_property
    def by_actor(self) -> Mapping[str, tuple[Name, ...]]:
        """Names by actor id."""
        found: dict[str, list[Name]] = {}
        for entry in self.entries:
            found.setdefault(entry.actor, []).append(entry.name)
        return MappingProxyType({actor: tuple(names) for actor, names in found.items()})

    @cached_property
    def gazetteer(self) -> Mapping[str, tuple[tuple[str, Name], ...]]:
        """See :func:`rapallo.actors.names`."""
        found: dict[str, dict[tuple[str, Name], None]] = {}
        for entry in self.entries:
            written = plain(entry.name.text).casefold().removeprefix("the ")
            for key in {written, fold(written), written.replace("-", " ")}:
                found.setdefault(key, {})[entry.actor, entry.name] = None
        return MappingProxyType({key: tuple(meanings) for key, meanings in found.items()})

    def nearest(self, asked: str, count: int = 3) -> tuple[str, ...]:
        """Names like the one asked for, with the ids they mean, best first."""
        close = process.extract(
            fold(asked), self.index.keys(), scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=count
        )
        return tuple(f"{self.index[key][0].name.text} ({self.index[key][0].actor})" for key, _, _ in close)

    def one_letter_off(self, key: str) -> tuple[tuple[Entry, ...], ...]:
        """Names that one letter added, dropped, changed or swapped makes of a key of five letters or more."""
        if len(key) < 5:
            return ()
        close = process.extract(key, self.index.keys(), scorer=OSA.distance, score_cutoff=1, limit=20)
        return tuple(self.index[found] for found, distance, _ in close if distance == 1 and len(found) >= 5)
