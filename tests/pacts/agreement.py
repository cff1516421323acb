"""Random webs of pacts from a seed, and both answers to a web in one form, to be held against each other."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapallo.model import ANSWERS, Clause, Obligations, Tie
from rapallo.pacts.casus import solve
from rapallo.pacts.fast import Everyone
from rapallo.pacts.web import Web
from tests.pacts.webs import Held, clause, pact, war

DAY = dt.date(1950, 1, 1)
STATES = ("FRA", "GBR", "ARG", "USA", "UKR", "RUS", "JPN", "CHN", "ESP")
"""Great powers and lesser ones; states that hold places which others of them claim."""
KINDS = ("defence", "defence", "defence", "offence", "neutrality", "non_aggression", "consultation")
TRIGGERS = ("armed_attack", "armed_attack", "state_of_war", "aggression", "threat", "any_war", "always")
STRENGTHS = ("automatic", "automatic", "automatic", "constitutional_process", "discretionary", "consult")
RESPONSES = ("military_assistance", "military_assistance", "all_means", "as_deemed_necessary", "consult")
CONDITIONS = (
    *("unprovoked", "on_request", "collective_decision", "in_territory", "great_power_only", "national_law"),
    *(
        "two_or_more_powers",
        "named_adversary",
        "number_of_powers",
        "other_limits",
        "toward_some",
        "another_helps",
    ),
)
ZONES = ("Europe", "North America", "Pacific", "FLK", "territory of the attacked", "Ruritania")
PHASES = ("in_force", "in_force", "in_force", "in_force", "signed", "suspended")

Told = Mapping[tuple[str, str, str], tuple[str, str, int, int]]
"""By attacker, attacked and state: the answer, whom it would help, the step, how many clauses say so."""


def some(rng: random.Random, terms: Sequence[str], most: int) -> tuple[str, ...]:
    """Up to so many of them, more often none."""
    return tuple(rng.sample(terms, rng.randint(1, most))) if rng.random() < 0.4 else ()


def random_clause(rng: random.Random) -> Clause:
    """A clause with any terms."""
    return clause(
        rng.choice(KINDS),
        trigger=rng.choice(TRIGGERS),
        strength=rng.choice(STRENGTHS),
        response=rng.choice(RESPONSES),
        conditions=some(rng, CONDITIONS, 2),
        territory=some(rng, (*ZONES, *STATES), 3) if rng.random() < 0.5 else (),
        obliged=some(rng, STATES, 3),
        protected=some(rng, STATES, 3),
        against=some(rng, STATES, 3) if rng.random() < 0.5 else (),
    )


def random_ties(seed: int) -> tuple[Tie, ...]:
    """Pacts between some of the states, wars that were begun, and territorial disputes."""
    rng = random.Random(seed)
    ties = []
    for number in range(rng.randint(1, 9)):
        parties = rng.sample(STATES, rng.choice((2, 2, 2, 3, 4, 6)))
        terms = [random_clause(rng) for _ in range(rng.randint(1, 3))]
        ties.append(pact(f"p{number}", parties, *terms, phases=[(rng.choice(PHASES), "1949-01-01")]))
    ties += [war(*rng.sample(STATES, 2), since="1949-06-01") for _ in range(rng.randint(0, 3))]
    for _ in range(rng.randint(0, 2)):
        quarrel = pact("-".join(pair := rng.sample(STATES, 2)), pair)
        ties.append(replace(quarrel, kind="territorial_dispute"))
    return tuple({tie.id: tie for tie in ties}.values())


def random_view(seed: int) -> Held:
    """A view over the random ties of a seed."""
    return Held(DAY, random_ties(seed))


def of_all(found: Everyone) -> Told:
    """What the fast way says."""
    codes = found.codes
    return {
        (codes[foe], codes[side], codes[who]): (
            ANSWERS[answer],
            codes[foe if helps else side],
            int(step),
            int(clauses),
        )
        for foe, side, who, answer, helps, step, clauses in zip(
            *(found.attacker, found.attacked, found.state),
            *(found.answer, found.for_attacker, found.step, found.clauses),
            strict=True,
        )
    }


def of_one(found: Obligations) -> Told:
    """What the plain way says of one attack."""
    told = {}
    for entry in found.answers:
        same = (entry.answer, entry.side, entry.step)
        clauses = sum((reason.answer, reason.side, reason.step) == same for reason in entry.because)
        told[found.attacker, found.attacked, entry.actor] = (*same, clauses)
    return told


def plainly(web: Web, pairs: Iterable[tuple[str, str]]) -> Told:
    """What the plain way says of the attacks of those pairs."""
    told: dict[tuple[str, str, str], tuple[str, str, int, int]] = {}
    for attacker, attacked in pairs:
        told |= of_one(solve(web, attacker=attacker, attacked=attacked))
    return told
