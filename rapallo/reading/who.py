"""Who a phrase means: the codes, and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["BODIES", "NOBODY", "Parties", "merge"]

BODIES = ("organisation", "group", "bloc")  # roles of parties that are no state


@dataclass(frozen=True, slots=True)
class Parties:
    """Who a phrase means.

    Attributes:
        codes: what claims code them to, each once.
        names: as the text names them.
        confidence: 0 to 1.
        person: whether a human being is meant rather than a state.
        unnamed: a doer that the text does not tie to any state ("gunmen").
        role: ``organisation, group, bloc`` or ``nationals`` where it was named as one, else empty.
    """

    codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    confidence: float = 1.0
    person: bool = False
    unnamed: bool = False
    role: str = ""

    def __bool__(self) -> bool:
        return bool(self.codes)


NOBODY = Parties()


def merge(several: Iterable[Parties]) -> Parties:
    """All of them as one, in order; the least sure sets the confidence."""
    found = [p for p in several if p.codes or p.unnamed]
    if not found:
        return NOBODY
    if len(found) == 1 and not (found[0].codes and found[0].unnamed):
        return found[0]
    codes = tuple(dict.fromkeys(c for p in found for c in p.codes))
    names = tuple(dict.fromkeys(n for p in found for n in p.names))
    confidence = min(p.confidence for p in found)
    roles = {p.role for p in found}
    return Parties(
        codes,
        names,
        confidence,
        any(p.person for p in found),
        not codes and any(p.unnamed for p in found),
        roles.pop() if len(roles) == 1 else "",
    )
