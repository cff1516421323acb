"""The pictures of a brief: map, ego graph, timeline and bars, drawn from what it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from rapallo.briefs.lines import Card, MovePart, Outline
from rapallo.briefs.outline import anchor
from rapallo.briefs.words import plain, short
from rapallo.checks.said import called
from rapallo.draw import Link, Mark, ego_svg, map_svg, stake_bars_svg, timeline_svg
from rapallo.measures.words import sentence
from rapallo.model import Brief, Interval

__all__ = ["bars", "ego", "map_of", "timeline"]

_SHOWN = 7  # states about the parties in an ego graph
_ROWS, _CLAIMS = 12, 16  # marks on a timeline
_KINDS = {
    "pact": "pact",
    "partnership": "partnership",
    "war": "war",
    "rivalry": "rivalry",
    "territorial_dispute": "rivalry",
    "sanction": "sanction",
    "arms_deal": "arms",
    "trade": "trade",
    "arms": "arms",
}
_STANDING = {"rivalry", "territorial_dispute", "border", "diplomatic"}  # dated by convention, not by an act
_CROWD = 6  # a tie of more members than that is no line between two


def map_of(page: Outline, part: MovePart) -> str:
    """The map of a move: its parties, the stakes, and the move as an arc."""
    bands = _bands(page.brief, part)
    links = [link for link in _links(page.brief, part) if link.kind in {"move", "war"}]
    return map_svg(
        parties=part.move.parties,
        bands=bands,
        names=_names(page.brief, [*part.move.parties, *bands]),
        links=links,
        title=f"Map: who is rattled. {part.what}",
    )


def ego(page: Outline, part: MovePart) -> str:
    """The ego graph of a move, with the ties its reasons rest on."""
    bands = _bands(page.brief, part)
    shown = dict(list(bands.items())[:_SHOWN])
    return ego_svg(
        parties=part.move.parties,
        bands=shown,
        names=_names(page.brief, [*part.move.parties, *shown]),
        links=list(_links(page.brief, part)),
        title=f"Ties: {part.what}",
    )


def timeline(page: Outline) -> str:
    """What the text dates above the axis, the dated rows below it; empty where nothing is dated."""
    claims = [
        Mark(c.when, short(c.quote.exact, 60), read=True, href=f"#claim-{c.id}")
        for c in page.brief.claims
        if c.when is not None and c.kind != "stance"
    ]
    named = [*(row for check in page.brief.checks for row in check.rows), *page.brief.rows]
    rows = [
        Mark(when, _label(row), read=False, href=f"#{anchor(key)}")
        for key in dict.fromkeys(named)
        if (row := page.brief.rows.get(key)) is not None
        and row["family"] in {"tie", "event"}
        and row.get("kind") not in _STANDING
        and (when := _valid(row)) is not None
    ]
    marks = [*_told_once(claims)[:_CLAIMS], *_told_once(rows)[:_ROWS]]
    return timeline_svg(marks, published=page.brief.on) if marks else ""


def bars(card: Card) -> str:
    """The bar of a card; a contribution of 1 fills it."""
    return stake_bars_svg([(reason.effect, reason.contribution) for reason in card.reasons])


def _told_once(marks: list[Mark]) -> list[Mark]:
    return list({(mark.when, mark.text): mark for mark in marks}.values())


def _bands(brief: Brief, part: MovePart) -> dict[str, str]:
    stakes = brief.stakes.get(part.move.id, ())
    return {s.actor: s.band for s in stakes if s.actor not in part.move.parties and s.band != "none"}


def _names(brief: Brief, codes: list[str]) -> Mapping[str, str]:
    return {code: called(code, brief.on).removeprefix("the ") for code in codes}


def _links(brief: Brief, part: MovePart) -> Iterator[Link]:
    """The move, then each tie and flow between two or few actors that a reason of the move rests on."""
    parties = part.move.parties
    directed = part.move.kind in {"arms", "sanction", "base"}
    for other in parties[1:]:
        yield Link("move", parties[0], other, part.what, directed=directed, label=_year(part.move.when))
    own = part.move.tie.id if part.move.tie else None
    path = dict.fromkeys(
        key for stake in brief.stakes.get(part.move.id, ()) for effect in stake.parts for key in effect.path
    )
    seen = set()
    for key in path:
        row = brief.rows.get(key)
        if row is None or key == own or row["family"] not in {"tie", "flow"}:
            continue
        kind = _KINDS.get(row["kind"])
        ends = _ends(row)
        if kind is None or len(ends) < 2 or len(ends) > _CROWD or (kind, *sorted(ends)) in seen:
            continue
        seen.add((kind, *sorted(ends)))
        label = _year(_valid(row)) if kind in {"pact", "war"} else ""
        for index, a in enumerate(ends):
            for b in ends[index + 1 :]:
                yield Link(
                    kind,
                    a,
                    b,
                    str(row["label"]),
                    directed=row["family"] == "flow" or kind in {"war", "sanction", "arms"},
                    label=label,
                    href=f"#{anchor(key)}",
                )


def _ends(row: Mapping[str, Any]) -> list[str]:
    if row["family"] == "flow":
        return [row["origin"], row["destination"]]
    return list(row["parties"])


def _valid(row: Mapping[str, Any]) -> Interval | None:
    """When a row is dated: the first step of a tie, else its validity."""
    if row["family"] == "tie" and row.get("phases"):
        on = dt.date.fromisoformat(row["phases"][0]["on"])
        return Interval(on, on, "day")
    valid = row["valid"]
    if valid["start"] is None:
        return None
    start = dt.date.fromisoformat(valid["start"])
    end = dt.date.fromisoformat(valid["end"]) if valid["end"] else None
    return Interval(start, end, valid["precision"])


def _year(when: Interval | None) -> str:
    return str(when.start.year) if when and when.start else ""


def _label(row: Mapping[str, Any]) -> str:
    if row["family"] == "tie":
        return sentence(short(str(row["name"]), 60))
    return sentence(short(str(row.get("what") or plain(str(row["event"]))), 60))
