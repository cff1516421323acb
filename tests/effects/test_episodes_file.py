"""The coded episodes keep to their protocol, what does not is refused with its line, and scores are right."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from rapallo.model import Effect, Stake

FOLDER = Path(__file__).parents[2] / "benchmarks" / "episodes"


@pytest.fixture(scope="module", autouse=True)
def folder():
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def episodes(folder):
    return importlib.import_module("episodes")


@pytest.fixture(scope="module")
def scoring(folder):
    return importlib.import_module("scoring")


def part(effect, direction, contribution):
    return Effect(effect, direction, 1.0, "", contribution, "low", "", (), 1.0)


def stake(actor, *parts):
    return Stake(actor, 1, sum(each.contribution for each in parts), "low", parts)


def test_there_are_sixty_moves_of_every_period(episodes):
    rows = episodes.load()
    assert len(rows) == 60
    assert {row.period for row in rows} == {name for _, name in episodes.PERIODS}


def test_no_third_state_is_a_party(episodes):
    for row in episodes.load():
        assert not set(row.parties) & set(row.coded), row.id


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("state: RUS", "state: SUN", "SUN is no state in being on 1879-10-07"),
        ("parties: [DEU, AUH]", "parties: [DEU, RUS]", "RUS stands twice"),
        ("kind: defence", "kind: friendship", "kind: Input should be"),
        (
            "effects: [reassured]\n        direction: better",
            "effects: [reassured]\n        direction: worse",
            "always",
        ),
        ("source: langer-1931", "source: langer-1831", "langer-1831 is not among the works"),
        ("date: 1882-05-20", "date: 1872-05-20", "is not in 1879-2024"),
        ("date: 1882-05-20", "date: 1882-05-32", "date"),
        ("id: triple-alliance", "id: dual-alliance", "dual-alliance stands twice"),
    ],
)
def test_what_breaks_the_protocol_is_refused_with_its_line(episodes, tmp_path, old, new, said):
    text = (FOLDER / "episodes.yaml").read_text("utf-8")
    at = text.count("\n", 0, text.index(old)) + 1
    broken = tmp_path / "episodes.yaml"
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(episodes.EpisodeError) as caught:
        episodes.load(broken)
    line = int(str(caught.value).split(":")[1])
    assert said in str(caught.value)
    assert abs(line - at) <= 6


def test_a_state_counts_as_found_by_its_place_and_right_by_effect_and_direction(episodes, scoring):
    row = next(row for row in episodes.load() if row.id == "anglo-japanese-alliance")
    stakes = {
        "RUS": stake("RUS", part("adversary_strengthened", "loss", 0.4)),
        "FRA": stake("FRA", part("leverage_lost", "loss", 0.2), part("entrapment", "loss", 0.1)),
        "CHN": stake("CHN", part("leverage_lost", "gain", 0.1)),
        "USA": stake("USA", part("leverage_lost", "loss", 0.1)),
    }
    case = scoring.Case(row, "", stakes, 10)
    assert [one.state for one in case.hits(scoring.OURS)] == ["RUS", "FRA", "CHN", "USA"]
    assert [one.state for one in case.right(strict=True)] == ["RUS", "CHN"]
    assert [one.state for one in case.right(strict=False)] == ["RUS", "FRA", "CHN"]


def test_states_without_a_stake_share_the_places_left(episodes, scoring):
    row = next(row for row in episodes.load() if row.id == "triple-alliance")
    case = scoring.Case(row, "", {"FRA": stake("FRA", part("entrapment", "loss", 0.1))}, 9)
    assert case.ranks(scoring.OURS) == (1.0, 5.5)


def test_an_episode_that_was_not_posed_is_a_miss_over_all_only(episodes, scoring):
    first, second = episodes.load()[:2]
    found = {one.state: stake(one.state, part(one.effects[0], "loss", 0.1)) for one in first.third}
    simple = {name: tuple(found) for name in scoring.SIMPLE}
    got = scoring.figures([scoring.Case(first, "", found, 9, simple), scoring.Case(second, "no such kind")])
    assert (got["posed"], got["episodes"]) == (1, 2)
    assert got["recall"][scoring.OURS][0] == 1.0
    assert got["recall over all"][0] == pytest.approx(3 / 5)
    assert got["recall above the best"] == (0.0, 0.0, 0.0)
