"""Every name of every actor, filed for looking up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from rapallo.actors.folding import fold, plain
from rapallo.actors.misspelling import OneLetterOff
from rapallo.model import Name

__all__ = ["Entry", "Names"]


class Entry(NamedTuple):
    """A name as it is filed: whom it means, what a claim of it is coded to, and as what."""

    actor: str
    code: str
    role: str
    name: Name
    sector: str = ""


class Names:
    """The names of one table.

    Args:
        keys: the keys of the records, in order.
        read: the entries of a record.
        holders: folded names, each with the places of its bearers among the keys, parted by blanks; read
            from the records where it is not given.
    """

    def __init__(
        self,
        keys: Sequence[str],
        read: Callable[[str], tuple[Entry, ...]],
        holders: Mapping[str, str] | None = None,
    ) -> None:
        self._keys = keys
        self._read = read
        self.holders: Mapping[str, str] = self._filed() if holders is None else holders
        self._found: dict[str, tuple[Entry, ...]] = {}

    def _filed(self) -> dict[str, str]:
        found: dict[str, list[str]] = {}
        for place, key in enumerate(self._keys):
            for name in dict.fromkeys(fold(entry.name.text) for entry in self._read(key)):
                if name:
                    found.setdefault(name, []).append(str(place))
        return {name: " ".join(places) for name, places in found.items()}

    def find(self, key: str) -> tuple[Entry, ...]:
        """The entries of a folded name, see :func:`rapallo.actors.folding.fold`."""
        found = self._found.get(key)
        if found is None:
            places = self.holders.get(key)
            if places is None:
                return ()
            bearers = [entry for place in places.split() for entry in self._read(self._keys[int(place)])]
            found = self._found[key] = tuple(e for e in bearers if fold(e.name.text) == key)
        return found

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every name of every actor."""
        return tuple(entry for key in self._keys for entry in self._read(key))

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
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        close = process.extract(
            fold(asked), self.holders.keys(), scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=count
        )
        return tuple(f"{self.find(key)[0].name.text} ({self.find(key)[0].actor})" for key, _, _ in close)

    def one_letter_off(self, key: str) -> tuple[tuple[Entry, ...], ...]:
        """The names one letter away from a key of five letters or more."""
        return tuple(self.find(found) for found in self._misspelt.of(key))

    @cached_property
    def _misspelt(self) -> OneLetterOff:
        return OneLetterOff(self.holders)
