"""Webs of pacts built by hand, and a view that needs no record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapallo.model import Clause, Envelope, Interval, Party, Phase, Tie

EVER = Interval(None, None, "unknown")
EASTERN = ["ALB", "BGR", "HRV", "CZE", "EST", "HUN", "LVA", "LTU", "MNE", "MKD", "POL", "ROU", "SVK", "SVN"]
WESTERN = ["BEL", "DNK", "FIN", "FRA", "DEU", "GRC", "ISL", "ITA", "LUX", "NLD", "NOR", "PRT", "ESP", "SWE"]
NATO = ["USA", "CAN", "GBR", "TUR", *EASTERN, *WESTERN]


@dataclass(frozen=True)
class Held:
    """A view over ties at hand."""

    on: dt.date
    held: tuple[Tie, ...]

    def pacts(self) -> tuple[Tie, ...]:
        alive = {"signed", "in_force", "suspended"}
        return tuple(t for t in self.held if t.kind == "pact" and t.phase(self.on) in alive)

    def ties(self, *actors: str, kind: str | None = None) -> tuple[Tie, ...]:
        return tuple(
            tie
            for tie in self.held
            if tie.phase(self.on) not in {None, "ended"}
            and kind in {None, tie.kind}
            and set(actors) <= set(tie.members(self.on))
        )


def clause(kind: str = "defence", **terms: object) -> Clause:
    """A clause that holds ever; its tie and id are set by ``pact``."""
    defaults: dict[str, object] = {
        "trigger": {"offence": "any_war", "neutrality": "always", "non_aggression": "always"}.get(
            kind, "armed_attack"
        ),
        "response": {"consultation": "consult", "neutrality": "refrain", "non_aggression": "refrain"}.get(
            kind, "military_assistance"
        ),
        "strength": "consult" if kind == "consultation" else "automatic",
    }
    return Clause(id="", tie="", kind=kind, envelope=envelope(), **(defaults | terms))  # type: ignore[arg-type]


def envelope() -> Envelope:
    return Envelope("test", "1", EVER, 1.0, "supposed")


def pact(name: str, parties: Sequence[str], *clauses: Clause, phases: Sequence[tuple[str, str]] = ()) -> Tie:
    """A pact in force since 1800 unless its phases say otherwise."""
    steps = phases or (("in_force", "1800-01-01"),)
    return Tie(
        id=name,
        kind="pact",
        name=name,
        envelope=envelope(),
        parties=tuple(Party(code, "party", EVER) for code in parties),
        phases=tuple(Phase(phase, dt.date.fromisoformat(day)) for phase, day in steps),
        clauses=tuple(replace(c, id=f"{name}/{n}", tie=name) for n, c in enumerate(clauses, 1)),
    )


def war(actor: str, target: str, since: str) -> Tie:
    """A war tie: the first attacked the second."""
    return Tie(
        id=f"war-{actor}-{target}".lower(),
        kind="war",
        name="",
        envelope=envelope(),
        parties=(Party(actor, "actor", EVER), Party(target, "target", EVER)),
        phases=(Phase("in_force", dt.date.fromisoformat(since)),),
    )


RUS_PRK = pact(
    "rus-prk-2024",
    ["RUS", "PRK"],
    clause(trigger="state_of_war", response="all_means", conditions=("national_law",), article="4"),
    phases=[("signed", "2024-06-19"), ("in_force", "2024-12-04")],
)
PRK_CHN = pact("prk-chn-1961", ["PRK", "CHN"], clause(trigger="state_of_war", response="all_means"))
INVASION = war("RUS", "UKR", "2022-02-24")
NORTH_ATLANTIC = pact(
    "nato",
    NATO,
    clause(
        response="as_deemed_necessary",
        strength="constitutional_process",
        conditions=("in_territory",),
        territory=("Europe", "North America"),
        article="5",
    ),
)
USA_KOR = pact(
    "usa-kor",
    ["USA", "KOR"],
    clause(response="as_deemed_necessary", strength="constitutional_process", territory=("KOR", "Pacific")),
)
USA_JPN = pact(
    "usa-jpn",
    ["USA", "JPN"],
    clause(response="as_deemed_necessary", strength="constitutional_process", territory=("JPN",)),
)
CSTO = pact(
    "csto",
    ["RUS", "BLR", "ARM", "KAZ", "KGZ", "TJK"],
    clause(trigger="aggression", conditions=("on_request",)),
)
SUMMER_1914 = (
    pact("serbia", ["RUS", "SRB"], clause(obliged=("RUS",), protected=("SRB",))),
    pact("dual-alliance", ["DEU", "AUT"], clause(against=("RUS",), conditions=("named_adversary",))),
    pact("franco-russian", ["FRA", "RUS"], clause(against=("DEU",), conditions=("named_adversary",))),
    pact("triple-alliance", ["DEU", "AUT", "ITA"], clause(conditions=("unprovoked",))),
)


def view(on: str, *ties: Tie) -> Held:
    return Held(dt.date.fromisoformat(on), ties)
