"""The starter record as pages to read, one for each region."""

from __future__ import annotations

from collections.abc import Iterable

from rapallo.actors import actor
from rapallo.errors import UnknownActorError
from rapallo.model import Clause, Envelope, Event, Tie
from rapallo.sources.starter import load
from rapallo.vocab import vocabulary

__all__ = ["pages"]

_TITLES = {
    "partnership": "Partnerships",
    "sanction": "Sanctions",
    "rivalry": "Rivalries and disputes",
    "territorial_dispute": "Territorial disputes",
    "war": "Wars",
    "troops": "Troops and bases",
    "arms_deal": "Arms deals",
    "diplomatic": "Diplomatic relations",
    "mediation": "Mediations",
}


def _region(code: str) -> str:
    try:
        return actor(code).region
    except UnknownActorError:
        return ""


def _known(envelope: Envelope) -> str:
    if envelope.basis == "checked":
        return f"checked: {envelope.checked_against}"
    return f"recalled, {envelope.confidence:g}"


def _life(tie: Tie) -> str:
    return ", ".join(f"{p.phase.replace('_', ' ')} {_day(p.on.isoformat(), p.precision)}" for p in tie.phases)


def _day(iso: str, precision: str) -> str:
    return iso[: {"year": 4, "month": 7}.get(precision, 10)]


def _who(tie: Tie, role: str) -> str:
    return " ".join(dict.fromkeys(p.actor for p in tie.parties if p.role == role))


def _duty(clause: Clause) -> str:
    terms = [clause.trigger, *clause.conditions, clause.response, clause.strength]
    article = f", article {clause.article}" if clause.article else ""
    owed = (
        f" {' '.join(clause.obliged)} to {' '.join(clause.protected) or 'the others'}:"
        if clause.obliged
        else ""
    )
    text = f"“{clause.wording}”" if clause.verbatim else clause.wording
    return f"- **{clause.kind}**{article}:{owed} {text} *({', '.join(terms)})*".replace("_", " ")


def _pact(tie: Tie) -> list[str]:
    about = f"{tie.about} " if tie.about else ""
    return [
        f"### {tie.name}",
        "",
        f"`{tie.id}`: {_who(tie, 'party')}; {_life(tie)}. {about}({_known(tie.envelope)})",
        "",
        *(_duty(clause) for clause in tie.clauses),
        "",
    ]


def _row(tie: Tie) -> str:
    mutual = vocabulary("tie_kinds")[tie.kind].more["mutual"]
    who = _who(tie, "party") if mutual else f"{_who(tie, 'actor')} → {_who(tie, 'target')}"
    cells = (tie.name, who, _life(tie), tie.about, _known(tie.envelope))
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _happened(event: Event) -> str:
    start = event.envelope.valid.start
    when = _day(start.isoformat(), event.envelope.valid.precision) if start else ""
    mode = f" {event.mode}" if event.mode else ""
    cells = (
        when, event.what, " ".join(event.actors), " ".join(event.targets), event.event + mode,
        _known(event.envelope),
    )  # fmt: skip
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


def _page(region: str, ties: Iterable[Tie], events: Iterable[Event]) -> str:
    lines = [
        f"# {region} in the starter record",
        "",
        "Written by `make docs` from `rapallo/sources/starter/*.yaml`; correct it there.",
        "",
    ]
    listed = list(ties)
    pacts = sorted((t for t in listed if t.kind == "pact"), key=lambda t: (t.phases[0].on, t.id))
    if pacts:
        lines += ["## Pacts", "", *(line for tie in pacts for line in _pact(tie))]
    for kind, title in _TITLES.items():
        rows = sorted((t for t in listed if t.kind == kind), key=lambda t: (t.phases[0].on, t.id))
        if rows:
            lines += [f"## {title}", "", "| what | who | when | about | known |", "|---|---|---|---|---|"]
            lines += [*(_row(tie) for tie in rows), ""]
    told = sorted(events, key=lambda e: (str(e.envelope.valid.start), e.id))
    if told:
        lines += ["## Events", "", "| when | what | who | whom | type | known |", "|---|---|---|---|---|---|"]
        lines += [*(_happened(event) for event in told), ""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    ties = [t for b in load() for t in b.ties if t.kind != "border"]
    events = [e for b in load() for e in b.events]
    regions: dict[str, tuple[list[Tie], list[Event]]] = {}
    for tie in ties:
        for region in sorted({_region(p.actor) for p in tie.parties} - {""}):
            regions.setdefault(region, ([], []))[0].append(tie)
    for event in events:
        for region in sorted({_region(c) for c in (*event.actors, *event.targets)} - {""}):
            regions.setdefault(region, ([], []))[1].append(event)
    return {
        f"starter/{region.lower().replace(' ', '_')}.md": _page(region, *rows)
        for region, rows in sorted(regions.items())
    }
