"""The constellation of June 2024 in a dozen rows, and the same with its states renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rapallo.model import Clause, Flow, Move, Tie, Trait
from tests.measures.worlds import FakeView, flow, pact, strength, tie, trait

STRENGTH = {
    "CHN": 0.22,
    "USA": 0.13,
    "RUS": 0.04,
    "JPN": 0.035,
    "IND": 0.09,
    "KOR": 0.024,
    "PRK": 0.013,
    "UKR": 0.01,
}


def seed() -> FakeView:
    """A patron with a treaty and nearly all the trade, its client, the newcomer, and the foes of both."""
    return FakeView(
        held=(
            pact("chn-prk", "CHN", "PRK"),
            pact("usa-kor", "USA", "KOR"),
            pact("usa-jpn", "USA", "JPN"),
            tie("prk-kor", "rivalry", "PRK", "KOR"),
            tie("prk-usa", "rivalry", "PRK", "USA"),
            tie("prk-jpn", "rivalry", "PRK", "JPN"),
            tie("rus-usa", "rivalry", "RUS", "USA"),
            tie("rus-ukr", "war", "RUS", "UKR"),
            tie("usa-on-rus", "sanction", "USA", "RUS"),
            tie("usa-on-prk", "sanction", "USA", "PRK"),
            tie("border", "border", "CHN", "PRK"),
            tie("limits", "partnership", "CHN", "RUS"),
        ),
        sent=(
            flow("trade", "CHN", "PRK", 2000),
            flow("trade", "PRK", "CHN", 300),
            flow("trade", "RUS", "PRK", 30),
            flow("trade", "USA", "CHN", 150_000),
            flow("trade", "CHN", "USA", 450_000),
            flow("trade", "RUS", "CHN", 100_000),
            flow("trade", "CHN", "RUS", 100_000),
            flow("trade", "USA", "IND", 60_000),
            flow("trade", "IND", "USA", 80_000),
        ),
        amounts=(
            *strength(**STRENGTH),
            trait("exports", "CHN", 3_300_000),
            trait("exports", "RUS", 425_000),
            trait("exports", "USA", 2_000_000),
            trait("exports", "PRK", 300),
            trait("population", "KOR", 51_000),
        ),
    )


def renamed(view: FakeView, names: Mapping[str, str]) -> FakeView:
    """The same world with the codes of its states exchanged."""
    return replace(
        view,
        held=tuple(_tie(row, names) for row in view.held),
        sent=tuple(_flow(row, names) for row in view.sent),
        amounts=tuple(_trait(row, names) for row in view.amounts),
    )


def renamed_move(move: Move, names: Mapping[str, str]) -> Move:
    return replace(move, parties=tuple(names.get(code, code) for code in move.parties))


def _tie(row: Tie, names: Mapping[str, str]) -> Tie:
    parties = tuple(replace(party, actor=names.get(party.actor, party.actor)) for party in row.parties)
    return replace(row, parties=parties, clauses=tuple(_clause(clause, names) for clause in row.clauses))


def _clause(row: Clause, names: Mapping[str, str]) -> Clause:
    def turn(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(code, code) for code in codes)

    return replace(row, obliged=turn(row.obliged), protected=turn(row.protected), against=turn(row.against))


def _flow(row: Flow, names: Mapping[str, str]) -> Flow:
    return replace(
        row, origin=names.get(row.origin, row.origin), destination=names.get(row.destination, row.destination)
    )


def _trait(row: Trait, names: Mapping[str, str]) -> Trait:
    return replace(row, actor=names.get(row.actor, row.actor))
