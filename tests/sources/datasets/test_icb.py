"""International crises."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from rapallo.errors import InputError
from rapallo.sources.dataset import dataset
from tests.sources.datasets.reading import counts, made_up, real

D = dt.date


def _row(**given: Any) -> dict[str, Any]:
    days = {"yrtrig": 1950, "motrig": 3, "datrig": 4, "yrterm": 1951, "moterm": 2, "daterm": ""}
    acts = {"break": 7, "gravcr": 3, "crismg": 1, "cenviosy": 1, "sevviosy": 1, "usinv": 2, "suinv": 1}
    ends = {"subout": 2, "forout": 1, "outesr": 2}
    own = {"crisno": 901, "crisname": "MADE UP", "trigent": 220, "cractr": 2, "noactr": 5}
    return {
        **dict.fromkeys(dataset("icb").tables["crises"].unused, ""),
        **own,
        **days,
        **acts,
        **ends,
        **given,
    }


def test_a_crisis_is_of_the_state_that_set_it_off_and_told_in_words(tmp_path: Path) -> None:
    (crisis,) = made_up("icb", {"crises": [_row()]}, tmp_path).ties
    assert (crisis.id, crisis.kind, crisis.name) == ("icb-13:901", "crisis", "MADE UP, 1950")
    assert [(p.actor, p.role) for p in crisis.parties] == [("FRA", "actor")]
    assert [(p.phase, p.on, p.precision) for p in crisis.phases] == [
        ("in_force", D(1950, 3, 4), "day"),
        ("ended", D(1951, 2, 28), "month"),
    ]
    for words in (
        "States in crisis: 2, involved in all: 5",
        "Set off by a military act without violence",
        "Gravest threat: to territory",
        "Chief means of managing it: negotiation",
        "Violence: none",
        "Outcome: definitive",
        "Ended by formal agreement",
        "The United States took a part below military or covert means",
        "The Soviet Union or Russia took no part",
    ):
        assert words in crisis.about


def test_codes_that_have_no_words_are_left_unsaid(tmp_path: Path) -> None:
    (crisis,) = made_up("icb", {"crises": [_row(forout=99, gravcr="", outesr=3)]}, tmp_path).ties
    assert not [w for w in ("Ended by", "Gravest threat", "Within five years") if w in crisis.about]


def test_who_is_no_single_state_or_nobody_knows_is_no_party(tmp_path: Path) -> None:
    listed = [_row(trigent=996), _row(crisno=902, trigent=""), _row(crisno=903, trigent=671)]
    bulk = made_up("icb", {"crises": listed}, tmp_path)
    assert [tie.parties for tie in bulk.ties] == [(), (), ()]
    assert bulk.unknown == {("cow", "671"): 1}


def test_a_crisis_without_an_end_is_open_and_one_without_a_beginning_rejected(tmp_path: Path) -> None:
    listed = [_row(yrterm=""), _row(crisno=902, yrtrig=""), _row(crisno=903, yrterm=1949)]
    bulk = made_up("icb", {"crises": listed}, tmp_path)
    (crisis,) = bulk.ties
    assert crisis.envelope.valid.end is None
    assert "Its end is not told" in crisis.about
    assert bulk.files[0].rejected == {"no day on which it began, or an end before it": (2, 3)}


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    row = _row()
    del row["trigent"]
    with pytest.raises(InputError, match="has no column trigent"):
        made_up("icb", {"crises": [row]}, tmp_path)


@pytest.mark.shared
def test_the_real_file(shared: Path) -> None:
    bulk = real("icb", shared / "data" / "disputes")
    assert counts(bulk) == {"icb1v13.csv": (482, 481)}
    crises = {tie.id: tie for tie in bulk.ties}
    cuba = crises["icb-13:196"]  # the Cuban missile crisis
    assert cuba.members(D(1962, 10, 20)) == ("SUN",)
    assert cuba.phases[0].on == D(1962, 10, 16)
    assert "Gravest threat: grave damage" in cuba.about
    assert "Ended by semi-formal agreement" in cuba.about
    kuwait = crises["icb-13:393"]  # Iraq's invasion of Kuwait and the war that followed
    assert kuwait.members(D(1990, 9, 1)) == ("IRQ",)
    assert "Violence: full-scale war" in kuwait.about
