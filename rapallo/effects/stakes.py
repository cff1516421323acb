"""Whom a move rattles, and why: the effects of a move, weighed, for every state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rapallo import actors
from rapallo.effects.case import Case, Finding
from rapallo.effects.registry import EFFECTS
from rapallo.effects.weights import Weights, load_weights
from rapallo.measures import Card
from rapallo.measures.dependence import MISSING
from rapallo.model import Effect, Move, Stake
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["band", "stakes"]


def stakes(view: View, move: Move, *, weights: Weights | None = None) -> tuple[Stake, ...]:
    """How much every state has at issue in a move, the most first, then by code.

    The effects of the move are the differences between the view without it and the view with it; where
    the record holds the move's own tie, the view without it leaves that tie out, and a pact that is only
    signed counts as if it were in force. Each becomes a contribution, ``weight * (1 - exp(-size /
    scale))``; contributions add up to the stake.

    Args:
        view: the record as of a day.
        move: read in a text, held in the record or supposed.
        weights: weights and scales; by default those that come with Rapallo.

    Returns:
        One stake for every state of the day; a state that nothing touches has size 0 and no parts.

    Raises:
        VocabularyError: where no vocabulary holds the kind of the move.
        UnknownActorError: where nobody bears the code of a party on that day.

    Examples:
        >>> from datetime import date
        >>> from rapallo.effects import supposed_move
        >>> from rapallo.record import Record
        >>> view = Record.open().view(date(2024, 6, 22))
        >>> found = stakes(view, supposed_move(["RUS", "PRK"], "defence", on=view.on))
        >>> "entrapment" in {part.effect for stake in found if stake.actor == "CHN" for part in stake.parts}
        True
    """
    chosen = weights or load_weights()
    case = Case(view, move, chosen)
    parts: dict[str, list[Effect]] = defaultdict(list)
    for card, find in EFFECTS:
        if move.kind in card.moves:
            for finding in _largest(case, find(case)):
                parts[finding.actor].append(_effect(case, card, finding))
    everybody = {actor.id for actor in actors.states(view.on)} | parts.keys()
    sized = [
        (code, tuple(sorted(parts[code], key=lambda e: (-e.contribution, e.effect, e.why))))
        for code in everybody
    ]
    totals = {code: sum(part.contribution for part in found) for code, found in sized}
    sized.sort(key=lambda entry: (-totals[entry[0]], entry[0]))
    return tuple(
        Stake(code, rank, totals[code], band(totals[code]), found)
        for rank, (code, found) in enumerate(sized, start=1)
    )


def band(share: float) -> str:
    """The ordinal band of a contribution or a stake, from the vocabulary ``effect_bands``.

    Examples:
        >>> band(0.0), band(0.3)
        ('none', 'high')
    """
    held = [term.id for term in vocabulary("effect_bands").terms.values() if share >= term.more["least"]]
    return held[-1]


def _largest(case: Case, findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings, of those that members of one organisation share only the largest."""
    kept: dict[tuple[object, ...], Finding] = {}
    for number, finding in enumerate(findings):
        sides = tuple(case.side(party) for party in finding.through)
        apart = number if sides == finding.through else -1
        key = (finding.actor, finding.part, finding.gain, sides, apart)
        if key not in kept or finding.size > kept[key].size:
            kept[key] = finding
    return kept.values()


def _effect(case: Case, card: Card, finding: Finding) -> Effect:
    contribution = case.weights.of(card.id, finding.part).contribution(finding.size)
    rows = finding.trail.rows
    return Effect(
        effect=card.id,
        direction="gain" if finding.gain else "loss",
        size=finding.size,
        unit=card.unit,
        contribution=contribution,
        band=band(contribution),
        why=finding.why,
        path=tuple(row for row in rows if not row.startswith("supposed:")),
        confidence=min(rows.values(), default=1.0) * (MISSING if finding.trail.missing else 1.0),
        counts="signed" if case.signed else "in_force",
        part=finding.part,
    )
