"""The signed graph of a year from alliances, disputes, rivalries and wars, and its measures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pytest

from rapallo.measures.balance import MEASURES, foes, friends, signed_graph, year_frustration
from rapallo.measures.panel import Panel
from rapallo.model import Bulk, Interval, Party, Phase, Source, Tie
from rapallo.record import Record
from tests.record import world

OF = {measure.card.id: measure for measure in MEASURES}
SOURCE = Source(
    "atlas",
    "Atlas of ties",
    dt.date(2023, 12, 1),
    "https://example.org/atlas",
    "CC0",
    "Nobody (2023).",
    covers=Interval(dt.date(1960, 1, 1), dt.date(1962, 12, 31), "range"),
)


def dyad(one: str, other: str, name: str, value: float = 1.0, year: int = 1960) -> dict[str, object]:
    cells = {"id": f"{name}-{one}-{other}-{year}", "actor": one, "other": other, "name": name}
    return {**cells, "value": value, "unit": "", **world.in_year(year)}


def tie(
    kind: str,
    roles: dict[str, str],
    *phases: tuple[str, str],
    end: str | None = None,
    until: str | None = None,
) -> Tie:
    name = "-".join((kind, *roles))
    start = dt.date.fromisoformat(phases[0][1])
    last = dt.date.fromisoformat(end) if end else None
    days = Interval(start, last, "range" if last else "since")
    left = Interval(start, dt.date.fromisoformat(until), "range") if until else days
    parties = tuple(
        Party(who, role, left if place == 0 else days) for place, (who, role) in enumerate(roles.items())
    )
    steps = tuple(Phase(phase, dt.date.fromisoformat(on)) for phase, on in phases)
    return Tie(name, kind, name, world.envelope(days), parties, steps)


TIES = (
    tie("rivalry", {"USA": "party", "SUN": "party"}, ("in_force", "1950-01-01")),
    tie("rivalry", {"FRA": "party", "GBR": "party"}, ("in_force", "1950-01-01"), ("ended", "1960-01-01")),
    tie(
        "rivalry",
        {"IND": "party", "PAK": "party"},
        ("in_force", "1950-01-01"),
        ("suspended", "1960-06-01"),
        ("renewed", "1962-02-01"),
        end="1962-12-31",
    ),
    tie(
        "war",
        {"BRA": "actor", "ARG": "actor", "CHL": "target"},
        ("in_force", "1960-03-01"),
        ("ended", "1961-03-01"),
        end="1961-03-01",
        until="1960-12-31",
    ),
)
DYADS = (
    dyad("USA", "GBR", "atop_defence"),
    dyad("FRA", "USA", "atop_defence"),
    dyad("GBR", "FRA", "atop_consultation"),
    dyad("GBR", "SUN", "atop_defence"),
    dyad("USA", "SUN", "atop_defence", 0.0),
    dyad("USA", "GBR", "atop_defence", year=1962),
    # 4 by one side is enough, 3 by both is not, nor is the level alone
    dyad("FRA", "SUN", "dispute_ongoing"),
    dyad("FRA", "SUN", "dispute_hostility", 1.0),
    dyad("SUN", "FRA", "dispute_hostility", 4.0),
    dyad("TUR", "GRC", "dispute_ongoing"),
    dyad("TUR", "GRC", "dispute_hostility", 3.0),
    dyad("ISR", "EGY", "dispute_hostility", 5.0),
    # friends and foes
    dyad("BRA", "CHL", "atop_defence"),
)


@pytest.fixture(scope="module")
def panel() -> Iterator[Panel]:
    with Record.open(empty=True) as record:
        record.load(Bulk(SOURCE, {"dyad": (world.rows("dyad", *DYADS, source=SOURCE),)}, ties=TIES))
        yield Panel(record, 1960, 1964)


def places(panel: Panel, *states: str) -> list[int]:
    return [panel.system.position(state, 1960) for state in states]


def pairs(panel: Panel, found: np.ndarray) -> set[str]:
    ids = panel.system.ids(1960)
    return {"-".join(sorted((ids[one], ids[other]))) for one, other in np.argwhere(found)}


def test_friends_and_foes_of_a_year(panel: Panel) -> None:
    assert pairs(panel, friends(panel, 0)) == {"GBR-USA", "FRA-USA", "GBR-SUN", "BRA-CHL"}
    assert pairs(panel, friends(panel, 0, ("consultation",))) == {"FRA-GBR"}
    assert pairs(panel, foes(panel, 0)) == {"SUN-USA", "IND-PAK", "FRA-SUN", "BRA-CHL", "ARG-CHL"}


def test_ties_end_pause_and_are_left(panel: Panel) -> None:
    # the French-British rivalry ended on the first day of 1960, India's was suspended in 1961, Brazil left
    assert pairs(panel, foes(panel, 1)) == {"SUN-USA", "ARG-CHL"}
    assert pairs(panel, foes(panel, 2)) == {"SUN-USA", "IND-PAK"}


def test_both_friends_and_foes_are_foes_unless_told_otherwise(panel: Panel) -> None:
    one, other = places(panel, "BRA", "CHL")
    for both in (-1, 0, 1):
        found = signed_graph(panel, 0, both=both)
        assert found is not None
        assert found[one, other] == found[other, one] == both
    assert signed_graph(panel, 0)[one, other] == -1  # type: ignore[index]


def test_measures_of_a_year(panel: Panel) -> None:
    usa, gbr, fra, sun, tur = places(panel, "USA", "GBR", "FRA", "SUN", "TUR")
    world_of = {name: float(OF[name].compute(panel, 0)) for name in OF if OF[name].of == "world"}
    # USA-GBR-SUN is + + -, USA-FRA-SUN is + - -; without France and Britain tied there is no third
    assert [world_of[f"triads-{kind}"] for kind in ("friends", "divided-friend", "common-foe", "foes")] == [
        0,
        1,
        1,
        0,
    ]
    assert (world_of["balance-strong"], world_of["balance-weak"]) == (0.5, 0.5)
    assert [world_of[f"frustration-{kind}"] for kind in ("lower", "upper", "exact")] == [1, 1, 1]
    state = {name: OF[name].compute(panel, 0) for name in OF if OF[name].of == "state"}
    assert state["state-triads-divided-friend"][[usa, gbr, fra, sun, tur]].tolist() == [1, 1, 0, 1, 0]
    assert state["state-balance-strong"][[usa, gbr, fra, sun]].tolist() == [0.5, 0.0, 1.0, 0.5]
    assert np.isnan(state["state-balance-strong"][tur])
    assert state["friends"][[usa, gbr, fra, sun]].tolist() == [2, 2, 1, 1]
    assert state["foes"][[usa, gbr, fra, sun]].tolist() == [1, 0, 1, 2]
    # France and Britain have the United States in common, and the Soviet Union against one and for the other
    assert OF["signed-two-paths"].compute(panel, 0)[fra, gbr] == 0
    # Britain is tied as a friend to both; France is a friend of the one and a foe of the other
    assert OF["signed-two-paths"].compute(panel, 0)[usa, sun] == 0
    # they have a foe in common, and no friend
    assert OF["signed-two-paths"].compute(panel, 0)[fra, usa] == 1
    assert OF["signed-tie"].compute(panel, 0)[usa, [usa, gbr, fra, sun]].tolist() == pytest.approx(
        [np.nan, 1, 1, -1], nan_ok=True
    )
    found = year_frustration(panel, 0)
    assert found is not None
    assert found.camps[usa] == found.camps[fra] == -found.camps[sun]


def test_no_value_beyond_what_sources_cover_nor_for_those_who_were_no_members(panel: Panel) -> None:
    assert signed_graph(panel, 3) is None
    assert year_frustration(panel, 3) is None
    for measure in MEASURES:
        now, then = measure.compute(panel, 0), measure.compute(panel, 3)
        assert np.isnan(then).all(), measure.card.id
        if measure.of == "state":
            assert np.isnan(now[~panel.system.member[0]]).all()
            assert now.shape == panel.system.member[0].shape
        if measure.of == "pair":
            assert (np.isnan(now) == ~panel.system.together[0]).all()
            assert (now == now.T)[panel.system.together[0]].all()


def test_an_empty_record_has_no_graph() -> None:
    with Record.open(empty=True) as record:
        assert signed_graph(Panel(record, 1960, 1960), 0) is None


def test_what_became_known_later_does_not_count() -> None:
    with Record.open(empty=True) as record:
        early = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        late = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        table = world.rows("dyad", *DYADS, source=SOURCE)
        record.load(Bulk(SOURCE, {"dyad": (table,)}, ties=TIES[1:]), now=early)
        record.load(Bulk(SOURCE, {"dyad": (table,)}, ties=TIES), now=late)
        then = Panel(record, 1960, 1960, known=early)
        assert "SUN-USA" not in pairs(then, foes(then, 0))
        now = Panel(record, 1960, 1960)
        assert "SUN-USA" in pairs(now, foes(now, 0))


def test_every_card_is_filled() -> None:
    assert len(OF) == len(MEASURES)
    for measure in MEASURES:
        card = measure.card
        assert all((card.definition, card.equation, card.inputs, card.unit, card.citation, card.limits))
        assert all((card.coding, card.missing, card.coverage, card.checked)), card.id
