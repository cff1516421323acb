"""The coded episodes keep to their protocol, and what does not is refused with its line."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks" / "episodes"


@pytest.fixture(scope="module")
def episodes():
    spec = importlib.util.spec_from_file_location("episodes", FOLDER / "episodes.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["episodes"] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["episodes"]


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
