"""A brief on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from rapallo.briefs.lines import Card, ClaimLine, MovePart, Reason, RowLine
from rapallo.briefs.outline import outline
from rapallo.briefs.words import plain, short
from rapallo.model import Brief

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["render_terminal"]

_BANDS = {"very_high": "bold red", "high": "red", "medium": "yellow", "low": "dim", "none": "dim"}
_VERDICTS = {"borne_out": "green", "contradicted": "red", "outdated": "yellow", "not_covered": "dim"}
_ROWS = 3
_OPEN = {"very_high", "high"}  # bands whose rows are printed
_QUOTES = 3
_BAR = 12


def render_terminal(brief: Brief, console: Console) -> None:
    """Print a brief; words of the text are printed as they are and never as markup."""
    page = outline(brief)
    console.print(Text(page.title, style="bold"))
    address = f", {page.address}" if page.address else ""
    console.print(Text(f"text of {page.dated}{address}; the record as of that day", style="dim"))
    console.print()
    console.print(Text(page.headline, style="bold"))
    for part in page.moves:
        _rattled(part, console)
    if page.claims:
        _title("What is claimed, and what the record says", console)
        console.print(_claims(page.claims))
    if page.moves:
        _title("Moves", console)
        for part in page.moves:
            console.print(
                Text.assemble(
                    (f"{part.move.id}  ", "dim"),
                    part.what,
                    (f"  {part.when}; {' '.join(row.id for row in part.claims)}", "dim"),
                )
            )
    for part in page.moves:
        _changed(part, console)
    if page.stances:
        _title("Who is said to fear or want what", console)
        for line in page.stances:
            holders = f"  {line.holders}" if line.holders else ""
            console.print(Text.assemble((f"{line.claim.id}  ", "dim"), line.words, (holders, "dim")))
    if brief.open_questions:
        _title("What the text leaves open", console)
        for question in brief.open_questions:
            console.print(Padding(Text(f"? {question}"), (0, 0, 0, 2)))
    if not page.claims and not page.stances:
        _title("Sentence by sentence", console)
        for text, why in page.silent:
            console.print(Text.assemble(f"“{short(text, 80)}”  ", (why, "dim")))
    _title("Not available", console)
    for name, why in page.absent:
        console.print(Text(f"{name}: {why}", style="dim"))


def _title(text: str, console: Console) -> None:
    console.print()
    console.print(Text(text.upper(), style="bold cyan"))


def _rattled(part: MovePart, console: Console) -> None:
    _title(f"Who is rattled: {part.what}", console)
    for row in part.claims[:_QUOTES]:
        console.print(Text.assemble((f"{row.id}  ", "dim"), (f"“{short(row.quote, 160)}”", "italic")))
    if part.tie:
        console.print(Text.assemble(("on record ", "dim"), _row(part.tie)))
    if part.note:
        console.print(Text(part.note, style="dim"))
    told = {row.id for row in (*part.claims, *([part.tie] if part.tie else []))}
    for card in part.cards:
        _card(card, told, console)
    if part.others:
        console.print(Text(f"also: {part.others}", style="dim"))


def _card(card: Card, told: set[str], console: Console) -> None:
    console.print(
        Text.assemble(
            (f"{card.rank:>2}. ", "dim"),
            (card.name, "bold"),
            "  ",
            (plain(card.band), _BANDS[card.band]),
            (f"  {card.size:.2f}{'  party to the move' if card.party else ''}", "dim"),
        )
    )
    for reason in card.reasons:
        console.print(Padding(_reason(reason), (0, 0, 0, 4)))
        rows = [row for row in reason.rows if row.id not in told] if card.band in _OPEN else []
        for row in rows[:_ROWS]:
            console.print(Padding(_row(row), (0, 0, 0, 8)))
        if len(rows) > _ROWS:
            more = f"and {len(rows) - _ROWS} more rows, in the JSON and the page"
            console.print(Padding(Text(more, "dim"), (0, 0, 0, 8)))


def _reason(reason: Reason) -> Text:
    filled = min(_BAR, max(1, round(reason.contribution * _BAR)))
    said = Text.assemble(
        (f"{'█' * filled}{'░' * (_BAR - filled)} ", _BANDS[reason.band]),
        (f"{reason.contribution:.2f} ", "dim"),
        (reason.name, "bold"),
        " (gain): " if reason.gain else ": ",
        reason.why,
    )
    if reason.note:
        said.append(f" [{reason.note}]", "dim")
    return said


def _row(row: RowLine) -> Text:
    source = row.basis if row.basis.startswith(("checked", "recalled")) else row.source
    said = Text.assemble("· ", row.label, (f"  {source}", "dim"))
    if row.quote:
        said.append(f"  “{short(row.quote, 100)}”", "italic")
    return said


def _claims(lines: tuple[ClaimLine, ...]) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    for column in ("", "claim", "when", "record"):
        made.add_column(column, ratio=None if column in {"", "when"} else 1, vertical="top")
    for line in lines:
        claim = Text(line.words)
        extra = "; ".join(part for part in (line.said, line.holders) if part)
        if extra:
            claim.append(f" ({extra})", "dim")
        record = Text("–", "dim")
        if line.check is not None:
            record = Text(line.verdict, _VERDICTS[line.check.verdict])
            if line.check.rows:
                record.append(f" {line.check.why}", "default")
        made.add_row(Text(line.claim.id, "dim"), claim, Text(line.when, "dim"), record)
    return made


def _changed(part: MovePart, console: Console) -> None:
    if part.duties:
        _title(f"Duties that changed: {part.what}", console)
        made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for column in ("if", "help owed by", "before", "after"):
            made.add_column(column)
        for duty in part.duties:
            made.add_row(
                Text(duty.attack), Text(duty.actor), Text(duty.before, "dim"), Text(duty.after, "bold")
            )
        console.print(made)
    if part.levers:
        _title(f"Leverage before and after (0 to 1): {part.what}", console)
        made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for column in ("of", "over", "in"):
            made.add_column(column)
        made.add_column("before", justify="right")
        made.add_column("after", justify="right")
        for lever in part.levers:
            cells = (lever.holder, lever.over, lever.domain, lever.before, lever.after)
            made.add_row(*(Text(cell) for cell in cells))
        console.print(made)
