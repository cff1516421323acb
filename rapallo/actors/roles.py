"""The words for roles: leaders, offices, governments, forces, peoples, titles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from rapallo.actors.folding import fold
from rapallo.actors.notation import parts

__all__ = ["Role", "Roles", "roles"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a role word means.

    Attributes:
        kind: ``rulers, office, government, military, nationals`` or ``country``.
        office: the words of the office, for an office.
    """

    kind: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class Roles:
    """All role words, folded.

    Attributes:
        words: role by its word or words.
        titles: what stands before a name without being an office.
        not_now: what turns a role away from whoever holds it.
        adjectives: what may stand between a state and a role without changing it.
        longest: the most words one of them has.
    """

    words: Mapping[str, Role]
    titles: frozenset[str]
    not_now: frozenset[str]
    adjectives: frozenset[str]
    longest: int

    def at_end(self, words: list[str]) -> tuple[int, Role] | None:
        """The longest role that closes the words: how many words it takes, and the role."""
        for size in range(min(self.longest, len(words)), 0, -1):
            role = self.words.get(" ".join(words[-size:]))
            if role:
                return size, role
        return None


@cache
def roles() -> Roles:
    """The role words of ``data/roles.yaml``.

    Examples:
        >>> roles().words["strongman"].kind
        'rulers'
    """
    raw = yaml.load((files("rapallo.actors") / "data" / "roles.yaml").read_text("utf-8"), yaml.CSafeLoader)
    words: dict[str, Role] = {}
    for kind in ("government", "military", "nationals", "country"):
        words |= {fold(word): Role(kind) for word in parts(raw[kind])}
    for office, spelt in raw["offices"].items():
        words |= {fold(word): Role("office", office) for word in parts(spelt)}
    words |= {fold(word): Role("rulers") for word in parts(raw["rulers"])}
    return Roles(
        words=words,
        titles=frozenset(fold(word) for word in parts(raw["titles"])),
        not_now=frozenset(fold(word) for word in parts(raw["not_now"])),
        adjectives=frozenset(fold(word) for word in parts(raw["adjectives"])),
        longest=max(len(word.split()) for word in words),
    )
