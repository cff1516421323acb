"""Who was obliged in each war between states since 1816 by the pacts of the day before it, and who came.

Usage: python benchmarks/casus.py [--sources DIR] [--record FILE] [--steps N]
       [--pacts starter|atop|both] [--json]

DIR is ``data`` under RAPALLO_SHARED (``../shared`` unless set); its datasets are loaded into a new record
beside the starter record, or FILE is a record that holds them. The days and opening attacks are in
``casus.yaml``.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml
from rich.console import Console
from rich.table import Table

from rapallo.measures.reliability import reliability, wilson
from rapallo.model import Answer, Tie
from rapallo.pacts.casus import solve
from rapallo.pacts.war import RANK
from rapallo.pacts.web import Web, weave
from rapallo.record import Record
from rapallo.sources.codes import actor_ids
from rapallo.sources.load import locate, read_release

WARS = Path(__file__).with_name("casus.yaml")
SOURCES = Path(os.environ.get("RAPALLO_SHARED", "../shared")) / "data"
PERIODS = ((1816, 1871), (1872, 1914), (1915, 1945), (1946, 1989), (1990, 2007))
BOUND = ("YES", "DISPUTED")


@dataclass(frozen=True, slots=True)
class Attack:
    """Who attacked whom on a day, as ``casus.yaml`` says it."""

    day: dt.date
    attackers: tuple[str, ...]
    attacked: tuple[str, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opening:
    """How a war began: its first attack, and those that followed within days where there were any."""

    number: int
    attacks: tuple[Attack, ...]

    @property
    def day(self) -> dt.date:
        """The day of the first attack."""
        return self.attacks[0].day


@dataclass(frozen=True, slots=True)
class Owed:
    """What a state owed: by its strongest obligation in any of the attacks of an opening.

    Attributes:
        answer: YES, DISPUTED, OPTIONAL or NO.
        step: at which it was drawn in.
        attacked: whether it was owed to the side that was attacked first.
        kinds: of the clauses that make the answer.
        parties: how many states are party to the smallest pact that makes the answer.
    """

    answer: Answer
    step: int
    attacked: bool
    kinds: frozenset[str]
    parties: int


@dataclass(frozen=True, slots=True)
class War:
    """A war, who fought on which side beside those of the opening, and who was bound to.

    Attributes:
        opening: how it began.
        came: by state that joined, whether it did on the side of the attacked.
        turned: states that fought on both sides.
        owed: by state at issue, its answer.
    """

    opening: Opening
    came: Mapping[str, bool]
    turned: frozenset[str]
    owed: Mapping[str, Owed]

    def bound(self, answers: Iterable[str], *, steps: int | None = None) -> set[str]:
        """The states with one of those answers, up to a step."""
        return {
            code
            for code, o in self.owed.items()
            if o.answer in answers and (steps is None or o.step <= steps)
        }

    def right_side(self, code: str) -> bool:
        """Whether a state that came fought on the side that it was bound to help."""
        return code in self.turned or self.came[code] == self.owed[code].attacked


@dataclass(slots=True)
class Count:
    """Of how many said to be bound how many came, and of how many who came how many were bound."""

    bound: int = 0
    hits: int = 0
    came: int = 0
    right: int = 0
    wars: set[int] = field(default_factory=set)

    def add(self, war: War, bound: Iterable[str]) -> None:
        """Count a war."""
        told, joined = set(bound), set(war.came)
        self.bound += len(told)
        self.hits += len(told & joined)
        self.right += sum(war.right_side(code) for code in told & joined)
        self.came += len(joined)
        self.wars.add(war.opening.number)

    def figures(self) -> dict[str, Any]:
        """Precision and recall with Wilson's intervals, and the share of hits on the right side."""
        return {
            "wars": len(self.wars),
            "bound": self.bound,
            "came": self.came,
            "bound_and_came": self.hits,
            "precision": _share(self.hits, self.bound),
            "recall": _share(self.hits, self.came),
            "right_side": _share(self.right, self.hits),
        }


def openings(path: Path = WARS) -> Iterator[Opening]:
    """The openings in the file, by number."""
    for number, told in yaml.safe_load(path.read_bytes())["wars"].items():
        yield Opening(number, tuple(_attack(one) for one in (told, *told.get("then", ()))))


def _attack(told: Mapping[str, Any]) -> Attack:
    first, second = told["attack"]
    facts = {"where": told["where"]} if "where" in told else {}
    return Attack(told["day"], (first, *told.get("with", ())), (second, *told.get("also", ())), facts)


def participants(path: Path) -> dict[int, dict[int, set[str]]]:
    """By number of the war the states on each of its two sides, by the list of the Correlates of War."""
    rows = pq.read_table(path, columns=["warnum", "ccode1", "ccode2", "year", "sidea1"]).to_pylist()
    known = actor_ids("cow", {(str(r[side]), r["year"]) for r in rows for side in ("ccode1", "ccode2")})
    found: dict[int, dict[int, set[str]]] = {}
    for row in rows:
        sides = found.setdefault(row["warnum"], {1: set(), 2: set()})
        sides[row["sidea1"]].add(known[str(row["ccode1"]), row["year"]])
    return found


def judged(
    opening: Opening, sides: Mapping[int, set[str]], weaving: Callable[[dt.date], Web], steps: int | None
) -> War:
    """Who was bound by the pacts of the day before each attack, and who joined the war."""
    first = opening.attacks[0]
    ours = max(sides, key=lambda side: first.attacked[0] in sides[side])
    theirs = next(side for side in sides if side != ours)
    began = {*first.attackers, *first.attacked}
    came = {code: code in sides[ours] for code in (sides[ours] | sides[theirs]) - began}
    owed: dict[str, Owed] = {}
    for attack in opening.attacks:
        for code, found in _owed(attack, weaving(attack.day - dt.timedelta(1)), sides[ours], steps):
            known = owed.get(code)
            if code not in began and (known is None or RANK[found.answer] > RANK[known.answer]):
                owed[code] = found
    return War(opening, came, frozenset((sides[ours] & sides[theirs]) - began), owed)


def _owed(attack: Attack, web: Web, ours: set[str], steps: int | None) -> Iterator[tuple[str, Owed]]:
    bonds = {bond.clause.id: bond for bond in web.bonds}
    found = solve(
        web,
        attacker=attack.attackers[0],
        attacked=attack.attacked[0],
        with_attacker=attack.attackers[1:],
        with_attacked=attack.attacked[1:],
        facts=attack.facts,
        steps=steps,
    )
    for o in found.answers:
        making = [bonds[reason.clause] for reason in o.because if reason.answer == o.answer]
        kinds = frozenset(bond.clause.kind for bond in making)
        parties = min((len(bond.members) for bond in making), default=0)
        yield o.actor, Owed(o.answer, o.step, o.side in ours, kinds, parties)


def measured(record: Record, wars: Path, *, pacts: str = "both", steps: int | None = None) -> list[War]:
    """Every war whose list names its parties, judged by the pacts of the record on the day before it."""
    sides = participants(wars)

    def weaving(on: dt.date) -> Web:
        return weave(_Pacts(record, on, pacts))

    return [
        judged(opening, sides[opening.number], weaving, steps)
        for opening in openings()
        if opening.number in sides
    ]


class _Pacts:
    """A view with the pacts of one source only, and without the wars of the list that is measured."""

    def __init__(self, record: Record, on: dt.date, pacts: str) -> None:
        self._view, self._pacts = record.view(on), pacts
        self.on = on

    def pacts(self) -> tuple[Tie, ...]:
        """The pacts of the source."""
        starter = self._pacts == "starter"
        return tuple(
            tie
            for tie in self._view.pacts()
            if self._pacts == "both" or (tie.envelope.source == "starter") == starter
        )

    def ties(self, *actors: str, kind: str | None = None) -> tuple[Tie, ...]:
        """The other ties; wars are left out, for those of the list are dated by the year."""
        return () if kind == "war" else self._view.ties(*actors, kind=kind)


def _share(hits: int, cases: int) -> dict[str, float]:
    low, high = wilson(hits, cases)
    return {"share": hits / cases if cases else math.nan, "low": low, "high": high}


def tallied(wars: Sequence[War]) -> dict[str, dict[str, Any]]:
    """Precision and recall: of all, by what counts as bound, by period, by kind of clause, by side."""
    ways: dict[str, tuple[Callable[[War], bool], Callable[[War], set[str]]]] = {
        "YES": (_any, lambda w: w.bound({"YES"})),
        "YES, first step": (_any, lambda w: w.bound({"YES"}, steps=1)),
        "DISPUTED": (_any, lambda w: w.bound({"DISPUTED"})),
        "DISPUTED, first step": (_any, lambda w: w.bound({"DISPUTED"}, steps=1)),
        "YES or DISPUTED": (_any, lambda w: w.bound(BOUND)),
        "OPTIONAL": (_any, lambda w: w.bound({"OPTIONAL"})),
        "YES, the world wars and Korea left out": (
            lambda w: w.opening.number not in {106, 139, 151},
            lambda w: w.bound({"YES"}),
        ),
        "YES, for the attacked": (_any, lambda w: {c for c in w.bound({"YES"}) if w.owed[c].attacked}),
        "YES, for the attacker": (_any, lambda w: {c for c in w.bound({"YES"}) if not w.owed[c].attacked}),
    }
    for first, last in PERIODS:
        ways[f"YES, {first}-{last}"] = (_within(first, last), lambda w: w.bound({"YES"}))
    for kind in ("defence", "offence"):
        ways[f"YES by {kind}"] = (_any, _by_kind(kind))
    ways["YES by a pact of two"] = (_any, _by_size(2, 2))
    ways["YES by a pact of three to six"] = (_any, _by_size(3, 6))
    ways["YES by a pact of more"] = (_any, _by_size(7, math.inf))
    found = {}
    for name, (counts, bound) in ways.items():
        count = Count()
        for war in wars:
            if counts(war):
                count.add(war, bound(war))
        found[name] = count.figures()
    return found


def _any(_: War) -> bool:
    return True


def _within(first: int, last: int) -> Callable[[War], bool]:
    return lambda war: first <= war.opening.day.year <= last


def _by_kind(kind: str) -> Callable[[War], set[str]]:
    return lambda war: {c for c in war.bound({"YES"}) if kind in war.owed[c].kinds}


def _by_size(least: int, most: float) -> Callable[[War], set[str]]:
    return lambda war: {c for c in war.bound({"YES"}) if least <= war.owed[c].parties <= most}


def listed(wars: Sequence[War]) -> list[dict[str, Any]]:
    """The table of wars: who was bound and came, bound and did not, came without being bound."""
    found = []
    for war in wars:
        yes, open_ = war.bound({"YES"}), war.bound({"DISPUTED"})
        came = set(war.came)
        attacks = (f"{'+'.join(a.attackers)} on {'+'.join(a.attacked)}" for a in war.opening.attacks)
        found.append(
            {
                "war": war.opening.number,
                "day": war.opening.day.isoformat(),
                "attack": ", ".join(attacks),
                "obliged and came": sorted(yes & came),
                "obliged and did not": sorted(yes - came),
                "disputed and came": sorted(open_ & came),
                "disputed and did not": len(open_ - came),
                "came without": sorted(came - yes - open_),
            }
        )
    return found


def _loaded(folder: Path, path: Path) -> Record:
    record = Record.open(path)
    for name in ("atop", "alliance-performance"):
        release, files = next((r, f) for r, f in locate(name, [folder]) if name != "atop" or "members" in f)
        record.load(read_release(name, release, files))
    return record


def main() -> None:
    """Print the tables, or all of it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--pacts", choices=("starter", "atop", "both"), default="both")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder) / "casus.duckdb"
        opened = Record.open(asked.record, read_only=True) if asked.record else _loaded(asked.sources, at)
        with opened as record:
            wars = measured(
                record,
                asked.sources / "disputes" / "cow_war_inter.parquet",
                pacts=asked.pacts,
                steps=asked.steps,
            )
            published = {
                pledge or "all": {
                    "share": (found := reliability(record, pledge=pledge)).share,
                    "low": found.low,
                    "high": found.high,
                    "cases": found.honoured + found.violated,
                }
                for pledge in (None, "defence", "offence", "neutrality")
            }
    figures, table = tallied(wars), listed(wars)
    if asked.json:
        print(json.dumps({"figures": figures, "wars": table, "published": published}, indent=1))
        return
    console = Console(width=None if os.isatty(1) else 200)
    console.print(_figures(figures), _wars(table))
    for pledge, told in published.items():
        words = f"{told['share']:.3f} ({told['low']:.3f} to {told['high']:.3f}), {told['cases']} cases"
        console.print(f"honoured by Berkemeier & Fuhrmann (2018), {pledge}: {words}")


def _figures(figures: Mapping[str, Mapping[str, Any]]) -> Table:
    table = Table("bound", "wars", "states", "came", "both", "precision", "recall", "on the side owed")
    for name, told in figures.items():
        shares = (
            f"{told[part]['share']:.3f} ({told[part]['low']:.3f} to {told[part]['high']:.3f})"
            for part in ("precision", "recall", "right_side")
        )
        numbers = (str(told[part]) for part in ("wars", "bound", "came", "bound_and_came"))
        table.add_row(name, *numbers, *shares)
    return table


def _wars(rows: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*(" ".join(cell) if isinstance(cell, list) else str(cell) for cell in row.values()))
    return table


if __name__ == "__main__":
    main()
