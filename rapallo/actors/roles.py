"""The words for roles: leaders, offices, governments, forces, peoples, titles, each with its sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from rapallo.actors.compiled import DATA, compiled
from rapallo.actors.folding import fold
from rapallo.actors.notation import parts

__all__ = ["Role", "Roles", "own_roles", "roles"]


class Role(NamedTuple):
    """What a role word means.

    Attributes:
        kind: ``rulers, office, government, military, nationals, country`` or ``title``.
        office: the words of the office, for an office.
        sector: the code of its sector, and of a second one behind a blank; none for a state.
    """

    kind: str
    office: str = ""
    sector: str = ""


class Roles(NamedTuple):
    """All role words, folded.

    Attributes:
        words: role by its word or words.
        titles: what stands before a name without being an office, with its sector.
        not_now: what turns a role away from whoever holds it.
        out_of_office: what says of somebody that the office is over.
        adjectives: what may stand between a state and a role without changing it.
        counts: what may stand before a phrase without changing whom it means.
        of_no_office: what makes civilians of a people.
        pronouns: words that mean somebody told of before.
        spellings: other spellings of a name, by the name.
        longest: the most words one of them has.
    """

    words: Mapping[str, Role]
    titles: Mapping[str, str]
    not_now: frozenset[str]
    out_of_office: frozenset[str]
    adjectives: frozenset[str]
    counts: frozenset[str]
    of_no_office: frozenset[str]
    pronouns: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    longest: int

    def at_end(self, words: Sequence[str]) -> tuple[int, Role] | None:
        """The longest role that closes the words: how many words it takes, and the role."""
        for size in range(min(self.longest, len(words)), 0, -1):
            role = self.words.get(words[-1] if size == 1 else " ".join(words[-size:]))
            if role:
                return size, role
        return None


def own_roles() -> dict[str, Any]:
    """The raw sections of ``data/roles.yaml``."""
    import yaml  # noqa: PLC0415

    found: dict[str, Any] = yaml.load((DATA / "roles.yaml").read_bytes(), yaml.CSafeLoader)
    return found


@cache
def roles() -> Roles:
    """The role words of ``data/roles.yaml``.

    Examples:
        >>> roles().words["strongman"].kind
        'rulers'
        >>> roles().words["defence ministry"].sector
        'GOV MIL'
    """
    ready = compiled()
    raw = ready.roles if ready else own_roles()
    words: dict[str, Role] = {}
    for kind in ("government", "military", "nationals", "country"):
        for sector, spelt in raw[kind].items():
            words |= dict.fromkeys(_folded(spelt), Role(kind, sector=sector.strip("-")))
    sectors = {office: sector for sector, listed in raw["office_sectors"].items() for office in parts(listed)}
    for office, spelt in raw["offices"].items():
        words |= dict.fromkeys(_folded(spelt), Role("office", office, sectors.get(office, "GOV")))
    words |= dict.fromkeys(_folded(raw["rulers"]), Role("rulers", sector="GOV"))
    groups = [tuple(group.split("/")) for group in parts(raw["spellings"])]
    return Roles(
        words=words,
        titles={title: s.strip("-") for s, spelt in raw["titles"].items() for title in _folded(spelt)},
        not_now=frozenset(_folded(raw["not_now"])),
        out_of_office=frozenset(_folded(raw["out_of_office"])),
        adjectives=frozenset(_folded(raw["adjectives"])),
        counts=frozenset(_folded(raw["counts"])),
        of_no_office=frozenset(_folded(raw["of_no_office"])),
        pronouns=frozenset(_folded(raw["pronouns"])),
        spellings={one: alike for alike in groups for one in alike},
        longest=max(len(word.split()) for word in words),
    )


def _folded(spelt: str) -> list[str]:
    return [fold(word) for word in parts(spelt)]
