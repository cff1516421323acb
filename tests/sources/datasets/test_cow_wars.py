"""Wars between states and within them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date


def _row(role: str, **given: Any) -> dict[str, Any]:
    own: dict[str, dict[str, Any]] = {
        "inter": {
            "warnum": 9001,
            "ccode1": 220,
            "ccode2": 230,
            "year": 1901,
            "sidea1": 2,
            "initiator1": 1,
            "outcome1": 1,
            "batdeath1": 1200,
        },
        "intra": {
            "warnum": 9001,
            "warname": "Made-up Rising",
            "wartype": "local issues",
            "year": 1901,
            "ccodea": 220,
            "sidea": "France",
            "ccodeb": -8,
            "sideb": "Bretons",
            "intnl": 0,
            "outcome": 1,
            "sideadeaths": 300,
            "sidebdeaths": -9,
            "ongo2007": 0,
        },
    }
    return {**dict.fromkeys(dataset("cow-wars").tables[role].unused, 0), **own[role], **given}


def _back(**given: Any) -> dict[str, Any]:
    own = {"ccode1": 230, "ccode2": 220, "sidea1": 1, "initiator1": 0, "outcome1": 2, "batdeath1": -9}
    return _row("inter", **{**own, **given})


def test_the_side_that_began_a_war_is_its_actor(tmp_path: Path) -> None:
    listed = [_row("inter"), _back(), _row("inter", year=1902), _back(year=1902)]
    (war,) = made_up("cow-wars", {"inter": listed}, tmp_path).ties
    assert (war.id, war.kind, war.name) == (
        "cow-wars-4.0:inter:9001",
        "war",
        "War 9001, France – Spain, 1901–1902",
    )
    assert [(p.actor, p.role) for p in war.parties] == [("FRA", "actor"), ("ESP", "target")]
    assert (war.envelope.valid.start, war.envelope.valid.end) == (D(1901, 1, 1), D(1902, 12, 31))
    assert "France: won, 1,200 dead in battle, among those who began it" in war.about
    assert "Spain: lost, dead in battle unknown" in war.about


def test_a_state_that_changes_sides_stands_on_both_in_its_years(tmp_path: Path) -> None:
    turned = [
        _row("inter", ccode1=325, ccode2=230, initiator1=0, outcome1=8),
        _row("inter", ccode1=325, ccode2=220, year=1902, sidea1=1, initiator1=0),
    ]
    listed = [_row("inter"), _back(), _row("inter", year=1902), _back(year=1902), *turned]
    (war,) = made_up("cow-wars", {"inter": listed}, tmp_path).ties
    assert [(p.role, p.when.start) for p in war.parties if p.actor == "ITA"] == [
        ("actor", D(1901, 1, 1)),
        ("target", D(1902, 1, 1)),
    ]
    assert "Italy: changed sides" in war.about


def test_a_war_within_a_state_keeps_the_name_of_the_side_that_is_none(tmp_path: Path) -> None:
    joined = _row("intra", ccodea=-8, sidea="-8", sideadeaths=-8, ccodeb=230, sideb="Spain", sidebdeaths=50)
    (war,) = made_up("cow-wars", {"inter": [_row("inter")], "intra": [_row("intra"), joined]}, tmp_path).ties[
        1:
    ]
    assert (war.id, war.name) == ("cow-wars-4.0:intra:9001", "Made-up Rising (war 9001), 1901")
    assert [(p.actor, p.role) for p in war.parties] == [("FRA", "actor"), ("ESP", "target")]
    for words in (
        "Side A: France (300 dead in battle).",
        "Side B: Bretons; Spain (50 dead in battle).",
        "Outcome: side A won",
        "who attacked first is not told",
    ):
        assert words in war.about


def test_a_war_that_goes_on_when_the_data_end_is_open(tmp_path: Path) -> None:
    listed = [_row("intra", year=2006, ongo2007=1), _row("intra", year=2007, ongo2007=1, outcome=5)]
    (war,) = made_up("cow-wars", {"inter": [_row("inter")], "intra": listed}, tmp_path).ties[1:]
    assert war.phase(D(2008, 1, 1)) == "in_force"
    assert war.members(D(2008, 1, 1)) == ("FRA",)


def test_rows_of_nobody_are_rejected(tmp_path: Path) -> None:
    intra = [_row("intra", ccodea=-8), _row("intra", ccodea=4444)]
    bulk = made_up("cow-wars", {"inter": [_row("inter", ccode2=4445)], "intra": intra}, tmp_path)
    assert not bulk.ties
    assert [dict(file.rejected) for file in bulk.files] == [
        {"nobody bears the code of one of the two": (1, 1)},
        {"no state fought on either side": (1, 1), "nobody bears the code of one of the two": (1, 2)},
    ]
    assert set(bulk.unknown) == {("cow", "4444"), ("cow", "4445")}


@pytest.mark.shared
def test_the_real_files(shared: Path) -> None:
    bulk = real("cow-wars", shared / "data" / "disputes")
    assert counts(bulk) == {"cow_war_inter.parquet": (1932, 1932), "cow_war_intra.parquet": (1361, 1361)}
    wars = {tie.id.removeprefix("cow-wars-4.0:"): tie for tie in bulk.ties}
    assert sum(name.startswith("inter") for name in wars) == 95
    assert sum(name.startswith("intra") for name in wars) == 306
    iraq = wars["inter:227"]  # the invasion of Iraq in 2003
    assert iraq.members(D(2003, 4, 1), role="actor") == ("USA", "GBR", "AUS")
    assert iraq.members(D(2003, 4, 1), role="target") == ("IRQ",)
    second = wars["inter:139"]  # the Second World War, in which Italy changed sides
    assert [p.role for p in second.parties if p.actor == "ITA"] == ["actor", "target"]
    greece = wars["intra:720"]
    assert greece.members(D(1945, 6, 1)) == ("GRC", "GBR")
    assert "Side B: Communists" in greece.about
