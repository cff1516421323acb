"""Small worlds for tests: a view over rows made by hand, and short ways to make the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rapallo.model import Clause, Envelope, Flow, Interval, Party, Phase, Tie, Trait

ON = dt.date(2024, 6, 22)
OPEN = Interval(dt.date(2000, 1, 1), None, "since")
DIRECTED = {"sanction", "war", "arms_deal", "troops", "mediation"}


def envelope(confidence: float = 0.9, valid: Interval = OPEN) -> Envelope:
    return Envelope("test", "1", valid, confidence, "loaded")


@dataclass(frozen=True)
class FakeView:
    """What ``rapallo.record.View`` offers, over tuples."""

    on: dt.date = ON
    held: tuple[Tie, ...] = ()
    sent: tuple[Flow, ...] = ()
    amounts: tuple[Trait, ...] = ()

    def ties(self, *actors: str, kind: str | None = None, ended: bool = False) -> tuple[Tie, ...]:
        gone = {None} if ended else {None, "ended"}
        return tuple(
            tie
            for tie in self.held
            if tie.phase(self.on) not in gone
            and kind in {None, tie.kind}
            and set(actors) <= (set(tie.members(self.on)) | {p.actor for p in tie.parties if ended})
        )

    def tie(self, tie: str) -> Tie | None:
        return next((held for held in self.held if held.id == tie), None)

    def pacts(self) -> tuple[Tie, ...]:
        return self.ties(kind="pact")

    def flows(
        self, kind: str, *, origin: str | None = None, destination: str | None = None
    ) -> tuple[Flow, ...]:
        latest: dict[tuple[str, str], Flow] = {}
        for flow in self.sent:
            start = flow.envelope.valid.start
            if flow.kind != kind or start is None or start > self.on:
                continue
            if origin in {None, flow.origin} and destination in {None, flow.destination}:
                pair = (flow.origin, flow.destination)
                if pair not in latest or latest[pair].envelope.valid.start < start:
                    latest[pair] = flow
        return tuple(latest.values())

    def traits(self, name: str) -> Mapping[str, Trait]:
        latest: dict[str, Trait] = {}
        for trait in self.amounts:
            start = trait.envelope.valid.start
            if trait.name != name or start is None or start > self.on:
                continue
            if trait.actor not in latest or latest[trait.actor].envelope.valid.start < start:
                latest[trait.actor] = trait
        return latest

    def with_tie(self, tie: Tie) -> FakeView:
        return replace(self, held=(*(t for t in self.held if t.id != tie.id), tie))

    def without(self, *ids: str) -> FakeView:
        gone = set(ids)
        return replace(
            self,
            held=tuple(
                replace(t, clauses=tuple(c for c in t.clauses if c.id not in gone))
                for t in self.held
                if t.id not in gone
            ),
            sent=tuple(f for f in self.sent if f.id not in gone),
            amounts=tuple(t for t in self.amounts if t.id not in gone),
        )


def tie(
    name: str,
    kind: str,
    *codes: str,
    clauses: tuple[str, ...] = (),
    since: dt.date = dt.date(2000, 1, 1),
    phase: str = "in_force",
    strength: str = "automatic",
    confidence: float = 0.9,
) -> Tie:
    """A tie between the codes; the first of a directed one does it to the others."""
    roles = ["actor" if n == 0 else "target" for n in range(len(codes))]
    env = envelope(confidence, Interval(since, None, "since"))
    return Tie(
        id=name,
        kind=kind,
        name=name,
        envelope=env,
        parties=tuple(
            Party(code, role if kind in DIRECTED else "party", Interval(None, None, "unknown"))
            for code, role in zip(codes, roles, strict=True)
        ),
        phases=(Phase(phase, since),),
        clauses=tuple(
            Clause(
                id=f"{name}/{n}",
                tie=name,
                kind=clause,
                trigger="armed_attack",
                response="military_assistance",
                strength=strength,
                envelope=env,
            )
            for n, clause in enumerate(clauses, start=1)
        ),
    )


def pact(name: str, *codes: str, strength: str = "automatic", **more) -> Tie:
    return tie(name, "pact", *codes, clauses=("defence",), strength=strength, **more)


def flow(
    kind: str, origin: str, destination: str, value: float, *, year: int = 2023, confidence: float = 0.9
) -> Flow:
    unit = "TIV million" if kind == "arms" else "USD million"
    valid = Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    row = f"flow:{kind}:{origin}-{destination}:{year}"
    return Flow(row, kind, origin, destination, value, unit, envelope(confidence, valid))


def trait(name: str, actor: str, value: float, *, year: int = 2023, confidence: float = 0.9) -> Trait:
    units = {"exports": "USD million", "imports": "USD million", "arms_exports": "TIV million"}
    unit = units.get(name, "")
    valid = Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")
    return Trait(f"trait:{name}:{actor}:{year}", actor, name, value, unit, envelope(confidence, valid))


def strength(**shares: float) -> tuple[Trait, ...]:
    """Traits that give each state that capability; the rest of the world is Brazil."""
    rest = 1.0 - sum(shares.values())
    return tuple(
        trait("military_expenditure", code, 1000.0 * share) for code, share in {**shares, "BRA": rest}.items()
    )
