"""The coded episodes posed to what ``rapallo rattled`` asks, and held against three simple rankings.

Usage: python benchmarks/episodes/run.py [--record FILE] [--simple FILE] [--instead KIND=KIND ...]
       [--dated] [--words] [--only ID ...] [--json]

FILE is a record; the starter record without it. ``--simple`` gives the simple rankings a record of their own.
``--instead recognition=restoration`` poses a kind that the program lacks as one that it has. ``--words``
tells every episode. ``--dated`` leaves out ties that are dated by the year only and begin in the year of the
move, since they may begin after it. README.md says how the episodes were coded and are scored.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from episodes import Episode, load
from scoring import Case, figures
from simple import rankings
from telling import table, told, words

from rapallo import actors, effects
from rapallo.errors import RapalloError
from rapallo.record import Record, View

SAME = {"arms_deal": "arms"}
"""Kinds that the program calls by another name."""
NOT_BLIND = "russia-dprk-treaty"


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", type=Path)
    parser.add_argument("--simple", type=Path)
    parser.add_argument("--instead", nargs="*", default=[], metavar="KIND=KIND")
    parser.add_argument("--only", nargs="*", default=[], metavar="ID")
    parser.add_argument("--dated", action="store_true")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    kinds = SAME | dict(pair.split("=", 1) for pair in asked.instead)
    chosen = [episode for episode in load() if not asked.only or episode.id in asked.only]
    with _opened(asked.record) as record:
        cases = [pose(record, episode, kinds, dated=asked.dated) for episode in chosen]
        cases = (
            [_with_simple(record, case, dated=asked.dated) for case in cases] if not asked.simple else cases
        )
    if asked.simple:
        with _opened(asked.simple) as other:
            cases = [_with_simple(other, case, dated=asked.dated) for case in cases]
    groups = {"all": cases, "all but the one not blind": [c for c in cases if c.episode.id != NOT_BLIND]}
    for by in ("period", "kind"):
        for name in dict.fromkeys(getattr(case.episode, by) for case in cases):
            groups[f"{by} {name}"] = [case for case in cases if getattr(case.episode, by) == name]
    found = {name: figures(group) for name, group in groups.items()}
    if asked.json:
        print(json.dumps({"figures": found, "episodes": [told(case) for case in cases]}, indent=1))
        return
    print(table(found))
    print(words(cases, every=asked.words))


def pose(record: Record, episode: Episode, kinds: Mapping[str, str], *, dated: bool = False) -> Case:
    """The stakes of the third states on the eve of a move, or why the program cannot say."""
    view = _view(record, episode, dated=dated)
    begun = time.process_time()
    try:
        move = effects.supposed_move(episode.parties, kinds.get(episode.kind, episode.kind), on=view.on)
        stakes = effects.stakes(view, move)
    except RapalloError as error:
        return Case(episode, f"{type(error).__name__}: {error}")
    third = [stake for stake in stakes if stake.actor not in episode.parties]
    ranked = {stake.actor: stake for stake in third if stake.size > 0}
    return Case(episode, "", ranked, len(third), {}, time.process_time() - begun)


def _with_simple(record: Record, case: Case, *, dated: bool) -> Case:
    if case.unposed:
        return case
    view = _view(record, case.episode, dated=dated)
    others: Sequence[str] = [a.id for a in actors.states(view.on) if a.id not in case.episode.parties]
    return replace(case, simple=rankings(view, case.episode.parties, others))


def _view(record: Record, episode: Episode, *, dated: bool) -> View:
    """The record on the eve; ``dated``, without the ties that begin in that year on a day not known."""
    view = record.view(episode.eve)
    if not dated:
        return view
    vague = (
        tie.id
        for tie in view.ties(ended=True)
        if tie.phases and tie.phases[0].precision == "year" and tie.phases[0].on.year == episode.date.year
    )
    return view.without(*vague)


def _opened(path: Path | None) -> Record:
    return Record.open(path, read_only=path is not None)


if __name__ == "__main__":
    main()
