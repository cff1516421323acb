"""A brief in the order and the words in which it is read; the renderers only set it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapallo.briefs.duties import grouped
from rapallo.briefs.lines import (
    Card,
    ClaimLine,
    DutyLine,
    LeverLine,
    MovePart,
    Outline,
    Reason,
    RowLine,
)
from rapallo.briefs.words import claim_words, holder_words, plain, when_words
from rapallo.checks.said import called, names
from rapallo.measures.words import listing, sentence
from rapallo.model import Brief, Check, Claim, Effect, Move, Stake, Stance
from rapallo.vocab import vocabulary

__all__ = [
    "anchor",
    "meaning",
    "outline",
]

_BANDS = ("very_high", "high", "medium", "low", "none")
_CARDS = 8
_UNSURE = 0.5
_ALIKE = 40  # characters


def anchor(row: str) -> str:
    """An id that is safe in an address.

    Examples:
        >>> anchor("flow:trade:CHN-PRK:2014")
        'row-flow-trade-CHN-PRK-2014'
    """
    return "row-" + re.sub(r"[^A-Za-z0-9]+", "-", row)


def outline(brief: Brief) -> Outline:
    """Put a brief into the order and the words in which it is read."""
    checks = {check.claim: check for check in brief.checks}
    lines = [_claim(brief, claim, checks.get(claim.id)) for claim in brief.claims]
    parts = tuple(_move(brief, move) for move in brief.moves)
    silent = tuple((d.text, d.why) for d in brief.diagnostics if not d.claims)
    absent = tuple(
        (name, part.why)
        for name, part in (
            ("Reactions", brief.reactions),
            ("Outlook", brief.outlook),
            ("Options", brief.options),
        )
    )
    return Outline(
        brief=brief,
        title=brief.document.title or brief.document.address or "Untitled text",
        address=brief.document.address if brief.document.title else "",
        dated=f"{brief.on.day} {brief.on:%B %Y}",
        headline=_headline(brief, parts),
        moves=parts,
        claims=tuple(line for line in lines if line.claim.kind != "stance"),
        stances=tuple(line for line in lines if line.claim.kind == "stance"),
        silent=silent,
        absent=absent,
        rows=tuple(_row(brief, row) for row in brief.rows),
    )


def _headline(brief: Brief, parts: Sequence[MovePart]) -> str:
    if not brief.claims:
        return "No claims found: no sentence of this text says what a state does, is bound to or wants."
    if not parts:
        return "The text reports no new move between states, so nobody is newly rattled by it."
    return parts[0].headline


def _move(brief: Brief, move: Move) -> MovePart:
    stakes = brief.stakes.get(move.id, ())
    felt = [s for s in stakes if s.band != "none"]
    shown = [s for s in felt if s.band != "low"][:_CARDS] or felt[:1]
    rest = [s for s in felt if s not in shown]
    others = "; ".join(
        f"{plain(band)}: {listing([called(s.actor, brief.on) for s in group], at_most=12)}"
        for band in _BANDS
        if (group := [s for s in rest if s.band == band])
    )
    return MovePart(
        move=move,
        what=move.what,
        when=when_words(move.when),
        headline=_rattled(brief, move, stakes),
        cards=tuple(_card(brief, move, stake) for stake in shown),
        others=others,
        duties=_duties(brief, move),
        levers=_levers(brief, move),
        claims=tuple(_row(brief, claim) for claim in move.claims),
        tie=_row(brief, move.tie.id) if move.tie else None,
        note=_counts(stakes),
    )


_NEAR = 0.4  # the headline names stakes of at least this share of the highest


def _rattled(brief: Brief, move: Move, stakes: Sequence[Stake]) -> str:
    told = f"{move.what[:1].upper()}{move.what[1:]}"
    outside = [s for s in stakes if s.actor not in move.parties and s.band != "none"]
    if not outside:
        own = [called(s.actor, brief.on) for s in stakes if s.actor in move.parties and s.band != "none"]
        if not own:
            return f"{told}; on the record nobody has much at stake."
        return f"{told}: {listing(own)} {'has' if len(own) == 1 else 'have'} most at stake, others little."
    top = [s for s in outside if s.size >= outside[0].size * _NEAR][:5]
    who = listing([called(s.actor, brief.on) for s in top], at_most=len(top))
    return f"{told}: {who} {'has' if len(top) == 1 else 'have'} most at stake."


def _counts(stakes: Sequence[Stake]) -> str:
    signed = any(part.counts == "signed" for stake in stakes for part in stake.parts)
    return "The pact is counted as if it were in force, though it is only signed." if signed else ""


def _card(brief: Brief, move: Move, stake: Stake) -> Card:
    return Card(
        actor=stake.actor,
        name=sentence(called(stake.actor, brief.on)),
        party=stake.actor in move.parties,
        rank=stake.rank,
        band=stake.band,
        size=stake.size,
        reasons=tuple(_reason(brief, part) for part in stake.parts),
    )


def _reason(brief: Brief, part: Effect) -> Reason:
    unsure = part.confidence < _UNSURE
    return Reason(
        effect=part.effect,
        name=sentence(plain(part.effect)) + (f" ({plain(part.part)})" if part.part else ""),
        gain=part.direction == "gain",
        band=part.band,
        contribution=part.contribution,
        why=part.why,
        note=f"weakest row has confidence {part.confidence:.2f}" if unsure else "",
        rows=tuple(_row(brief, row) for row in part.path),
    )


def _row(brief: Brief, row: str) -> RowLine:
    for claim in brief.claims:
        if row == claim.id:
            return RowLine(
                row, claim_words(claim, brief.on), claim.quote.exact, "the text", "read", is_claim=True
            )
    if row not in brief.rows:
        return RowLine(row, row, "", "", "supposed")
    held = brief.rows[row]
    quote = (held.get("quote") or {}).get("exact") or held.get("wording") or ""
    source = held.get("source_title") or held.get("source") or ""
    basis = held.get("basis", "")
    if basis == "checked":
        basis = f"checked against {held.get('checked_against')}"
    elif basis == "recalled":
        basis = "recalled, not checked"
    label = str(held.get("label", row))
    return RowLine(row, label, "" if _told(label, str(quote)) else str(quote), str(source), basis)


def _told(label: str, quote: str) -> bool:
    """Whether a label holds the words already, perhaps cut short."""
    return " ".join(quote.split())[:_ALIKE] in label


def _duties(brief: Brief, move: Move) -> tuple[DutyLine, ...]:
    groups = grouped(brief, [change for change in brief.obligations if change.move == move.id])
    return tuple(
        DutyLine(
            attack=group.attack,
            actor=group.actors,
            before=group.before,
            after=group.after,
            why=group.why,
            rows=tuple(_row(brief, clause) for clause in group.clauses),
        )
        for group in groups
    )


def _levers(brief: Brief, move: Move) -> tuple[LeverLine, ...]:
    return tuple(
        LeverLine(
            holder=sentence(called(c.holder, brief.on)),
            over=called(c.over, brief.on),
            domain=plain(c.domain),
            before=f"{c.before:.2f}",
            after=f"{c.after:.2f}",
            why=c.why,
            rows=tuple(_row(brief, row) for row in c.path),
        )
        for c in brief.leverage
        if c.move == move.id
    )


def _claim(brief: Brief, claim: Claim, check: Check | None) -> ClaimLine:
    if claim.stance is not None:
        words = _stance(brief, claim, claim.stance)
    else:
        words = sentence(claim_words(claim, brief.on))
    holders = claim.holders
    if claim.stance is not None and holders and (holders[-1].who,) == claim.actors:
        holders = holders[:-1]
    said: list[str] = [] if claim.modality == "asserted" else [claim.modality]
    if claim.polarity != "positive":
        said.append("not so" if claim.polarity == "negative" else "nearly so")
    return ClaimLine(
        claim=claim,
        words=words,
        when=when_words(claim.when),
        said=", ".join(said),
        holders=holder_words(holders, brief.on),
        check=check,
        verdict=sentence(plain(check.verdict)) if check else "",
        rows=tuple(_row(brief, row) for row in check.rows) if check else (),
    )


def _stance(brief: Brief, claim: Claim, stance: Stance) -> str:
    about = [code for code in (stance.about or claim.targets) if code not in claim.actors]
    words = f"{sentence(names(claim.actors, brief.on)) or 'Somebody'} {stance.attitude}"
    words += f" (of {names(about, brief.on)})" if about else ""
    content = stance.content.removeprefix("that").strip()
    return f"{words}: {content}" if content else words


def meaning(effect: str) -> str:
    """What an effect is, in a sentence."""
    return vocabulary("effect_kinds")[effect].meaning
