"""Prove that the seed case follows from rows: Russia and North Korea sign mutual defence in June 2024.

China must come out high as a patron that loses exclusivity (leverage over trade and protection,
entrapment) and not as an adversary that is threatened; South Korea, Japan, the United States and Ukraine
as adversaries of a strengthened side. Taking rows away must take exactly what rests on them away,
renaming all states must permute the answer, and another pact must rattle others. Exits with 1 where any
of it fails.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Mapping
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from rapallo import actors
from rapallo.effects import stakes, supposed_move
from rapallo.measures.world import World
from rapallo.model import Batch, Clause, Effect, Flow, Move, Party, Source, Stake, Tie, Trait
from rapallo.record import Record, View
from rapallo.vocab import vocabulary

ON = dt.date(2024, 6, 22)
PATRON, CLIENT, NEWCOMER = "CHN", "PRK", "RUS"
FOES = ("KOR", "JPN", "USA", "UKR")
PLACES = {"in_territory", "great_power_only", "two_or_more_powers", "named_adversary"}
TOP = 10

Names = Mapping[str, str]
Found = dict[str, Stake]


def main() -> int:
    """Run every check, print the tables, and say how it went."""
    console = Console(width=150)
    with Record.open() as record:
        view = record.view(ON)
        move = supposed_move([NEWCOMER, CLIENT], "defence", on=ON)
        base = rattled(view, move)
        show(console, f"{move.what}, as of {ON}", base)
        other = supposed_move([NEWCOMER, "IND"], "defence", on=ON)
        elsewhere = rattled(view, other)
        show(console, f"{other.what}, as of {ON}", elsewhere)
        results = [
            *as_expected(base),
            *without_trade(view, move, base),
            *without_treaty(view, move, base),
            ("another pact rattles others", top(base, 5) != top(elsewhere, 5), " ".join(top(elsewhere, 5))),
            renaming(view, move),
        ]
    table = Table("check", "holds", "found", title="The seed case follows from rows")
    for what, holds, found in results:
        table.add_row(what, "yes" if holds else "[red]NO[/red]", found)
    console.print(table)
    return 0 if all(holds for _, holds, _ in results) else 1


def rattled(view: View, move: Move) -> Found:
    """The stakes by actor, in the order of their ranks."""
    return {stake.actor: stake for stake in stakes(view, move)}


def top(found: Found, number: int) -> tuple[str, ...]:
    """The codes of the highest stakes."""
    return tuple(found)[:number]


def label(part: Effect) -> str:
    """The effect of a part, for a lost leverage with its domain."""
    return f"{part.effect}/{part.part}" if part.part else part.effect


def labels(stake: Stake) -> set[str]:
    """The labels of all parts."""
    return {label(part) for part in stake.parts}


def show(console: Console, title: str, found: Found) -> None:
    """Print the highest stakes and what they are made of."""
    table = Table("#", "state", "stake", "band", "parts", title=title)
    for code in top(found, TOP):
        stake = found[code]
        parts = ", ".join(f"{label(part)} {part.contribution:.3f}" for part in stake.parts)
        table.add_row(str(stake.rank), code, f"{stake.size:.3f}", stake.band, parts)
    console.print(table)


def as_expected(base: Found) -> list[tuple[str, bool, str]]:
    """The patron and the foes come out where the design says, for the reasons it says."""
    patron = labels(base[PATRON])
    wanted = {"leverage_lost/trade", "leverage_lost/protection", "entrapment"}
    results = [
        (f"{PATRON} is among the first five", base[PATRON].rank <= 5, f"rank {base[PATRON].rank}"),
        (f"{PATRON} loses leverage and is entrapped", wanted <= patron, ", ".join(sorted(patron))),
        (f"{PATRON} is not threatened", "adversary_strengthened" not in patron, ", ".join(sorted(patron))),
    ]
    for foe in FOES:
        stake = base[foe]
        strongest = label(stake.parts[0]) if stake.parts else "nothing"
        holds = stake.rank <= TOP and strongest == "adversary_strengthened"
        results.append((f"{foe} faces a strengthened adversary", holds, f"rank {stake.rank}, {strongest}"))
    return results


def without_trade(view: View, move: Move, base: Found) -> list[tuple[str, bool, str]]:
    """Without the trade of patron and client the trade part is gone and the stake falls."""
    cut = view
    for origin, destination in ((PATRON, CLIENT), (CLIENT, PATRON)):
        while rows := cut.flows("trade", origin=origin, destination=destination):
            cut = cut.without(*(row.id for row in rows))
    left = rattled(cut, move)[PATRON]
    return [
        (
            f"without {PATRON}-{CLIENT} trade the trade part is gone",
            labels(base[PATRON]) - labels(left) == {"leverage_lost/trade"},
            ", ".join(sorted(labels(left))),
        ),
        ("and the stake falls", left.size < base[PATRON].size, f"{base[PATRON].size:.3f} to {left.size:.3f}"),
    ]


def without_treaty(view: View, move: Move, base: Found) -> list[tuple[str, bool, str]]:
    """Without the patron's own treaty with the client there is no entrapment."""
    treaties = [
        tie.id
        for tie in view.ties(PATRON, CLIENT, kind="pact")
        if any(clause.kind == "defence" for clause in tie.clauses)
    ]
    left = rattled(view.without(*treaties), move)[PATRON]
    return [
        (
            f"without {' '.join(treaties)} entrapment is gone",
            bool(treaties) and "entrapment" in labels(base[PATRON]) - labels(left),
            ", ".join(sorted(labels(left))),
        ),
        ("and the stake falls", left.size < base[PATRON].size, f"{base[PATRON].size:.3f} to {left.size:.3f}"),
    ]


def renaming(view: View, move: Move) -> tuple[str, bool, str]:
    """In a copy whose states all bear another's code, the stakes are the same under the new codes.

    Organisations are replaced by their members and conditions that speak of the map are left out, in the
    copy and in the renamed copy alike, since what EU or Europe means does not change with the codes of
    states.
    """
    codes = sorted(actor.id for actor in actors.states(ON))
    shuffled = random.Random(1922).sample(codes, len(codes))
    names = dict(zip(codes, shuffled, strict=True))
    plain = copied(view, move, {code: code for code in codes})
    turned = copied(view, move, names)
    wrong = [
        code
        for code in codes
        if sorted((part.effect, round(part.size, 9)) for part in plain[code].parts)
        != sorted((part.effect, round(part.size, 9)) for part in turned[names[code]].parts)
        or abs(plain[code].size - turned[names[code]].size) > 1e-9
    ]
    touched = sum(bool(stake.parts) for stake in plain.values())
    return (
        f"renaming {len(codes)} states permutes the answer",
        not wrong and touched > 0,
        f"differs for {' '.join(wrong)}"
        if wrong
        else f"{touched} states at stake, the same under other names",
    )


def copied(view: View, move: Move, names: Names) -> Found:
    """The stakes of the move in a record that holds the rows of the view under other codes."""
    world = World(view)
    batch = Batch(
        Source("starter", "A copy of the starter record"),
        ties=tuple(rename_tie(world, tie, names) for tie in view.ties()),
        flows=tuple(rename_flow(row, names) for kind in vocabulary("flow_kinds") for row in view.flows(kind)),
        traits=tuple(
            rename_trait(row, names)
            for name in vocabulary("trait_names")
            for row in view.traits(name).values()
        ),
    )
    renamed = replace(move, parties=tuple(names[code] for code in move.parties))
    with Record.open(empty=True) as record:
        record.write(batch)
        return rattled(record.view(ON), renamed)


def rename_tie(world: World, tie: Tie, names: Names) -> Tie:
    """The tie with other parties, organisations resolved as the effects resolve them."""
    targets = set(world.members(tie, "target"))
    parties: dict[tuple[str, str], Party] = {}
    for party in tie.parties:
        states = world.states(party.actor) if party.when.contains(ON) else (party.actor,)
        if party.role == "actor" and states != (party.actor,) and targets & set(states):
            continue
        for state in states:
            code = names.get(state, state)
            parties.setdefault((code, party.role), replace(party, actor=code))
    clauses = tuple(rename_clause(clause, names) for clause in tie.clauses)
    return replace(tie, parties=tuple(parties.values()), clauses=clauses)


def rename_clause(clause: Clause, names: Names) -> Clause:
    """The clause with other codes and without conditions that speak of the map."""

    def turn(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(code, code) for code in codes)

    return replace(
        clause,
        obliged=turn(clause.obliged),
        protected=turn(clause.protected),
        against=(),
        territory=(),
        conditions=tuple(condition for condition in clause.conditions if condition not in PLACES),
    )


def rename_flow(flow: Flow, names: Names) -> Flow:
    """The flow between other states."""
    origin, destination = (names.get(code, code) for code in (flow.origin, flow.destination))
    return replace(flow, origin=origin, destination=destination)


def rename_trait(trait: Trait, names: Names) -> Trait:
    """The trait of another state."""
    return replace(trait, actor=names.get(trait.actor, trait.actor))


if __name__ == "__main__":
    sys.exit(main())
