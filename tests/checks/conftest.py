"""A small record to check claims against: invented ties of real states."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from rapallo.model import (
    Batch,
    Claim,
    Clause,
    Envelope,
    Event,
    Flow,
    Interval,
    Party,
    Phase,
    Quote,
    Source,
    Tie,
    TieContent,
    Trait,
    day,
    year,
)
from rapallo.record import Record

ON = dt.date(2024, 6, 22)
SOURCE = Source("small", "Small record")


def envelope(when: Interval) -> Envelope:
    return Envelope(SOURCE.id, "v1", when, 0.9, "loaded")


def since(on: dt.date) -> Interval:
    return Interval(on, None, "since")


def tie(key: str, kind: str, parties, *phases: Phase, clauses=(), directed=False) -> Tie:
    when = since(phases[0].on)
    roles = ["actor", *["target"] * (len(parties) - 1)] if directed else ["party"] * len(parties)
    return Tie(
        key,
        kind,
        f"the {kind} {key}",
        envelope(when),
        tuple(Party(code, role, when) for code, role in zip(parties, roles, strict=True)),
        phases,
        tuple(
            Clause(f"{key}/{n}", key, c, "armed_attack", "all_means", "automatic", envelope(when))
            for n, c in enumerate(clauses, start=1)
        ),
    )


def leaving(tie: Tie, code: str, on: dt.date) -> Tie:
    """The tie with one party that leaves it on a day."""
    spans = (
        replace(p, when=replace(p.when, end=on, precision="range")) if p.actor == code else p
        for p in tie.parties
    )
    return replace(tie, parties=tuple(spans))


def trade(origin: str, destination: str, in_year: int, value: float) -> Flow:
    key = f"flow:trade:{origin}-{destination}:{in_year}"
    return Flow(key, "trade", origin, destination, value, "USD million", envelope(year(in_year)))


TIES = (
    tie(
        "ken-nor-1961",
        "pact",
        ("KEN", "NOR"),
        Phase("signed", dt.date(1961, 7, 11)),
        Phase("in_force", dt.date(1961, 9, 10)),
        Phase("renewed", dt.date(2021, 7, 1), "month"),
        clauses=("defence", "consultation"),
    ),
    tie("ken-per-2024", "pact", ("KEN", "PER"), Phase("signed", dt.date(2024, 6, 19)), clauses=("defence",)),
    tie(
        "ken-per-2001",
        "pact",
        ("KEN", "PER"),
        Phase("in_force", dt.date(2001, 2, 9)),
        clauses=("consultation",),
    ),
    leaving(
        tie(
            "wide-1990",
            "pact",
            ("KEN", "FRA", "LAO"),
            Phase("signed", dt.date(1990, 1, 1)),
            Phase("in_force", dt.date(1991, 1, 1)),
            clauses=("consultation",),
        ),
        "LAO",
        dt.date(2010, 5, 1),
    ),
    tie(
        "nor-per-1950",
        "pact",
        ("NOR", "PER"),
        Phase("in_force", dt.date(1950, 1, 1)),
        Phase("ended", dt.date(1995, 9, 7)),
        clauses=("neutrality",),
    ),
    tie(
        "nor-sanctions-per", "sanction", ("NOR", "PER"), Phase("in_force", dt.date(2016, 3, 2)), directed=True
    ),
    tie(
        "war-per-chl",
        "war",
        ("PER", "CHL"),
        Phase("in_force", dt.date(2022, 2, 24)),
        directed=True,
    ),
    tie("nor-ken-partners", "partnership", ("NOR", "KEN"), Phase("in_force", dt.date(2022, 2, 4))),
)
FLOWS = (
    *(
        trade("KEN", partner, 2022, value)
        for partner, value in (("NOR", 900.0), ("PER", 80.0), ("CHL", 40.0))
    ),
    *(
        trade("KEN", partner, 2012, value)
        for partner, value in (("NOR", 90.0), ("PER", 500.0), ("CHL", 40.0))
    ),
    trade("LAO", "NOR", 2022, 50.0),
    trade("MNG", "NOR", 2022, 50.0),
    trade("BTN", "NOR", 2022, 40.0),
    Flow("flow:arms:NOR-CHL:2023", "arms", "NOR", "CHL", 12.0, "TIV million", envelope(year(2023))),
    Flow("flow:arms:KEN-CHL:2023", "arms", "KEN", "CHL", 0.0, "TIV million", envelope(year(2023))),
)
TRAITS = tuple(
    Trait(f"trait:{name}:{state}:2022", state, name, 45.0, "USD million", envelope(year(2022)))
    for state in ("MNG", "BTN")
    for name in ("exports", "imports")
)
EVENTS = (
    Event(
        "e1",
        "SANCTION",
        ("NOR",),
        ("KEN",),
        envelope(Interval(dt.date(2017, 2, 18), dt.date(2017, 12, 31), "range")),
        mode="discontinue",
        contexts=("economic",),
        what="Norway halts imports of coal from Kenya",
    ),
    Event(
        "e2",
        "CONSULT",
        ("PER",),
        ("KEN",),
        envelope(day(dt.date(2024, 6, 18))),
        mode="visit",
        what="Peru's head of state, Dina Boluarte, comes to Nairobi",
    ),
    Event(
        "e3",
        "AID",
        ("CHL",),
        ("PER",),
        envelope(year(2023)),
        what="Some 7,000 containers of munitions go from Chile to Peru",
    ),
)


@pytest.fixture(scope="session")
def view():
    with Record.open(empty=True) as record:
        record.write(Batch(SOURCE, ties=TIES, flows=FLOWS, traits=TRAITS, events=EVENTS))
        yield record.view(ON)


def said(kind: str, actors, targets, *, words="so it is told", **more) -> Claim:
    """A claim with those parties; mutual where the targets are the actors."""
    given = {"event": None, **more}
    return Claim(
        id="c1",
        kind=kind,
        actors=tuple(actors),
        targets=tuple(targets),
        quote=Quote.cut(words, 0, len(words)),
        **given,
    )


def pact(a: str, b: str, *, phase: str | None = "in_force", clauses=(), kind: str = "pact", **more) -> Claim:
    return said("tie", (a, b), (a, b), tie=TieContent(kind, tuple(clauses), phase), **more)
