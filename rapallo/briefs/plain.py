"""A brief as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapallo.briefs.lines import Card, ClaimLine, MovePart, Outline, RowLine
from rapallo.briefs.outline import outline
from rapallo.briefs.words import plain
from rapallo.model import Brief

__all__ = ["render_markdown"]

_ROWS = 5  # printed in full under a reason; of the others the id
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def render_markdown(brief: Brief) -> str:
    """A brief as Markdown; words of the text and of the record are escaped, so that none becomes markup."""
    page = outline(brief)
    return "\n".join(_lines(page)).rstrip() + "\n"


def _lines(page: Outline) -> Iterator[str]:
    yield f"# {_safe(page.title)}"
    yield ""
    address = f" · {_safe(page.address)}" if page.address else ""
    yield f"Brief of a text of {page.dated}{address}. The record is asked as of that day."
    yield ""
    yield f"**{_safe(page.headline)}**"
    yield ""
    for part in page.moves:
        yield from _rattled(part)
    if page.claims:
        yield from ("## What is claimed, and what the record says", "")
        yield from ("| | claim | when | record |", "|---|---|---|---|")
        yield from (_claim(line) for line in page.claims)
        yield ""
    for part in page.moves:
        yield from _changed(part)
    if page.stances:
        yield from ("## Who is said to fear or want what", "")
        for line in page.stances:
            holders = f" ({_safe(line.holders)})" if line.holders else ""
            yield f"- {_safe(line.words)}{holders}: “{_safe(line.claim.quote.exact)}” [{line.claim.id}]"
        yield ""
    yield from _listed("## What the text leaves open", page.brief.open_questions)
    if page.silent:
        yield from ("## Sentences without a claim", "")
        yield from (f"- “{_safe(text)}”: {_safe(why)}" for text, why in page.silent)
        yield ""
    yield from ("## Not available", "")
    yield from (f"- {name}: {_safe(why)}" for name, why in page.absent)
    if page.rows:
        yield from ("", "## Rows", "")
        yield from (f"- {_row(row)}" for row in page.rows)


def _rattled(part: MovePart) -> Iterator[str]:
    yield f"## Who is rattled: {_safe(part.what)} ({part.when})"
    yield ""
    if part.tie:
        yield from (f"On record: {_row(part.tie)}", "")
    if part.note:
        yield from (f"*{part.note}*", "")
    for card in part.cards:
        yield from _card(card)
    if part.others:
        yield f"Also: {_safe(part.others)}."
        yield ""


def _card(card: Card) -> Iterator[str]:
    party = ", party to the move" if card.party else ""
    yield f"### {card.rank}. {_safe(card.name)}: {plain(card.band)} ({card.size:.2f}{party})"
    yield ""
    for reason in card.reasons:
        turn = " (gain)" if reason.gain else ""
        note = f" *{_safe(reason.note)}.*" if reason.note else ""
        size = f"{plain(reason.band)} {reason.contribution:.2f}"
        yield f"- **{reason.name}**{turn}, {size}: {_safe(reason.why)}{note}"
        yield from (f"  - {_row(row)}" for row in reason.rows[:_ROWS])
        if len(reason.rows) > _ROWS:
            yield f"  - and {', '.join(_safe(row.id) for row in reason.rows[_ROWS:])}"
    yield ""


def _changed(part: MovePart) -> Iterator[str]:
    if part.duties:
        yield from (f"## Duties that changed: {_safe(part.what)}", "")
        yield from ("| if | help owed by | before | after | why |", "|---|---|---|---|---|")
        for duty in part.duties:
            cells = (duty.attack, duty.actor, duty.before, duty.after, duty.why)
            yield f"| {' | '.join(_safe(cell) for cell in cells)} |"
        yield ""
    if part.levers:
        yield from (f"## Leverage before and after (0 to 1): {_safe(part.what)}", "")
        yield from ("| of | over | in | before | after | why |", "|---|---|---|---:|---:|---|")
        for lever in part.levers:
            told = (lever.holder, lever.over, lever.domain, lever.before, lever.after, lever.why)
            yield f"| {' | '.join(_safe(cell) for cell in told)} |"
        yield ""


def _claim(line: ClaimLine) -> str:
    words = _safe(line.words)
    if line.said:
        words += f" *({line.said})*"
    if line.holders:
        words += f"; {_safe(line.holders)}"
    words += f"<br>“{_safe(line.claim.quote.exact)}”"
    if line.check is None:
        record = "–"
    else:
        why = line.check.why
        if line.check.covered_by:
            why += f" Would be covered by {line.check.covered_by}."
        record = f"**{line.verdict}.** {_safe(why)}"
    return f"| {line.claim.id} | {words} | {line.when} | {record} |"


def _row(row: RowLine) -> str:
    quote = f": “{_safe(row.quote)}”" if row.quote else ""
    source = ", ".join(part for part in (row.source, row.basis) if part)
    return f"{_safe(row.label)}{quote} — {_safe(source)} [{_safe(row.id)}]"


def _listed(title: str, entries: Iterable[str]) -> Iterator[str]:
    entries = list(entries)
    if entries:
        yield from (title, "")
        yield from (f"- {_safe(entry)}" for entry in entries)
        yield ""


def _safe(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
