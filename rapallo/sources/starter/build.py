"""From validated entries to rows of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rapallo.errors import InputError
from rapallo.model import Clause, Envelope, Event, Flow, Interval, Party, Phase, Tie, Trait
from rapallo.sources.starter import schema
from rapallo.sources.starter.life import lifespan
from rapallo.vocab import vocabulary

__all__ = ["borders", "event", "flows", "tie", "traits"]


def _envelope(fact: schema.Fact, valid: Interval, release: str, **key: str) -> Envelope:
    against = fact.checked_against or ""
    for name, value in key.items():
        against = against.replace("{" + name + "}", value)
    return Envelope("starter", release, valid, fact.sure(), fact.basis, against)


def _label(period: Interval) -> str:
    start, end = str(period.start), str(period.end)
    if period.precision == "year":
        return start[:4]
    if period.precision == "range" and start[4:] == "-01-01" and end[4:] == "-12-31":
        return f"{start[:4]}-{end[:4]}"
    return start if start == end else f"{start}..{end}"


def _party(span: schema.Span, role: str, life: Interval) -> Party:
    actor, first, last = span
    if (first and life.start and first < life.start) or (last and life.end and last > life.end):
        msg = f"{actor} is a party outside the days of the tie ({life.start} to {life.end or 'open'})"
        raise InputError(msg)
    start, end = first or life.start, last or life.end
    return Party(actor, role, Interval(start, end, "range" if end else "since"))


def _clause(
    entry: schema.ClauseEntry, tie: schema.TieEntry, ident: str, number: int, own: Envelope
) -> Clause:
    named = {span[0] for span in tie.parties}
    strangers = sorted({*entry.obliged, *entry.protected} - named)
    if strangers:
        msg = f"clauses.{number - 1}: {', '.join(strangers)} is no party to the pact"
        raise InputError(msg)
    if entry.basis:
        fact = schema.Fact(basis=entry.basis, checked_against=entry.checked_against)
        own = _envelope(fact, own.valid, own.release)
    return Clause(
        id=f"{ident}/{number}",
        tie=ident,
        kind=entry.kind,
        trigger=entry.trigger,
        response=entry.response,
        strength=entry.strength,
        envelope=own,
        conditions=entry.conditions,
        obliged=entry.obliged,
        protected=entry.protected,
        territory=entry.territory,
        against=entry.against,
        article=entry.article,
        wording=entry.wording,
        verbatim=entry.verbatim == "true",
    )


def tie(ident: str, entry: schema.TieEntry, release: str) -> Tie:
    """The tie with its parties, phases and clauses, the last numbered from 1.

    Raises:
        InputError: where phases contradict each other, roles do not fit the kind, a party lies outside the
            tie's days, a clause names a stranger, or a pact has no clause or another tie has one.
    """
    mutual = vocabulary("tie_kinds")[entry.kind].more["mutual"]
    if mutual and (entry.actors or entry.targets or len(entry.parties) < 2):
        msg = f"a {entry.kind} has two or more parties, and no actors or targets"
        raise InputError(msg)
    if not mutual and (entry.parties or not entry.actors or not entry.targets):
        msg = f"a {entry.kind} has actors and targets, and no parties"
        raise InputError(msg)
    if (entry.kind == "pact") != bool(entry.clauses):
        msg = "a pact has a clause" if entry.kind == "pact" else f"a {entry.kind} has no clauses"
        raise InputError(msg)
    life = lifespan(entry.phases)
    envelope = _envelope(entry, life, release)
    sides = (("party", entry.parties), ("actor", entry.actors), ("target", entry.targets))
    return Tie(
        id=ident,
        kind=entry.kind,
        name=entry.name,
        envelope=envelope,
        parties=tuple(_party(span, role, life) for role, side in sides for span in side),
        phases=entry.phases,
        clauses=tuple(
            _clause(clause, entry, ident, n, envelope) for n, clause in enumerate(entry.clauses, 1)
        ),
        about=" ".join((entry.about, *(f"Disputed: {what}" for what in entry.disputed))).strip(),
    )


def borders(group: schema.BorderGroup, release: str) -> Iterator[Tie]:
    """One tie of kind ``border`` for each pair.

    Raises:
        InputError: where the codes of a pair are not in alphabetical order.
    """
    for pair, first, last in group.pairs:
        a, b = pair.split("-")
        if a >= b:
            msg = f"{pair} is written {b}-{a}"
            raise InputError(msg)
        start = first or dt.date.min
        steps = [Phase("in_force", start)]
        if last:
            steps.append(Phase("ended", last))
        life = lifespan(tuple(steps))
        yield Tie(
            id=f"border-{pair.lower()}",
            kind="border",
            name=f"Land border of {a} and {b}",
            envelope=_envelope(group, life, release, a=a, b=b),
            parties=tuple(_party((code, None, None), "party", life) for code in (a, b)),
            phases=tuple(steps),
        )


def flows(group: schema.FlowGroup, release: str) -> Iterator[Flow]:
    """One flow for each row of the group.

    Raises:
        InputError: where a state is its own destination.
    """
    label = _label(group.period)
    for pair, value in group.rows.items():
        origin, destination = pair.split("-")
        if origin == destination:
            msg = f"{pair} leads nowhere"
            raise InputError(msg)
        ident = f"flow:{group.kind}:{pair}:{label}"
        yield Flow(
            id=f"{ident}:{group.what.replace(' ', '_')}" if group.what else ident,
            kind=group.kind,
            origin=origin,
            destination=destination,
            value=value,
            unit=group.unit,
            envelope=_envelope(group, group.period, release, origin=origin, destination=destination),
            what=group.what,
        )


def traits(group: schema.TraitGroup, release: str) -> Iterator[Trait]:
    """One trait for each row of the group."""
    label = _label(group.period)
    for actor, row in group.rows.items():
        value, note = row if isinstance(row, tuple) else (row, "")
        yield Trait(
            id=f"trait:{group.name}:{actor}:{label}",
            actor=actor,
            name=group.name,
            value=value,
            unit=group.unit,
            envelope=_envelope(group, group.period, release, actor=actor, note=note),
            note=note,
        )


def event(ident: str, entry: schema.EventEntry, release: str) -> Event:
    """The event.

    Raises:
        InputError: where the mode is none of its event type.
    """
    modes = vocabulary("event_types")[entry.event].more["modes"]
    if entry.mode and entry.mode not in modes:
        msg = f"{entry.mode!r} is no mode of {entry.event}"
        raise InputError(msg, hint=f"it has {', '.join(modes) or 'none'}")
    return Event(
        id=ident,
        event=entry.event,
        actors=entry.actors,
        targets=entry.targets,
        envelope=_envelope(entry, entry.when, release),
        mode=entry.mode,
        contexts=entry.contexts,
        what=entry.what,
        where=entry.where,
    )
