"""The card of a named model: what it computes, from what, after whom, and where it fails."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Card"]


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader and a machine need to know of a measure or an effect before trusting it.

    Attributes:
        id: its name in code, files and JSON.
        kind: ``measure`` or ``effect``.
        definition: what it is, in a sentence or two.
        equation: how it is computed, in plain characters.
        inputs: which rows of the record it reads.
        unit: of its size.
        citation: author, year, title.
        limits: what it leaves out.
        moves: kinds of move an effect is defined for; empty for a measure.
        coding: what was chosen where the definition leaves a choice.
        missing: when there is no value.
        coverage: which states and years its usual inputs cover.
        checked: against what its values were checked.
    """

    id: str
    kind: str
    definition: str
    equation: str
    inputs: tuple[str, ...]
    unit: str
    citation: str
    limits: str
    moves: tuple[str, ...] = ()
    coding: str = ""
    missing: str = ""
    coverage: str = ""
    checked: str = ""
