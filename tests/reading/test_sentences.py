"""Invented sentences from all regions and of all event types, with the claims a reader must make of them."""

import datetime as dt
from pathlib import Path

import pytest
import yaml

from rapallo.reading import read
from rapallo.vocab import vocabulary

HERE = Path(__file__).parent
ROWS = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
STORIES = yaml.safe_load((HERE / "stories.yaml").read_text("utf-8"))
ON = dt.date(2024, 5, 15)


def coded(sentence):
    return [
        (
            c.event if c.event and c.kind != "cause" else c.kind,
            " ".join(c.actors) or "-",
            " ".join(c.targets) or "-",
            c.polarity,
            c.modality,
        )
        for c in read(sentence, published=ON).claims
    ]


@pytest.mark.parametrize("row", ROWS + STORIES, ids=lambda row: row["s"][:60])
def test_claims_of_a_sentence(row):
    wanted = [tuple((want + ["positive", "asserted"][len(want) - 3 :])[:5]) for want in row.get("c", [])]
    assert sorted(coded(row["s"])) == sorted(wanted)


def test_all_event_types_are_there():
    assert {want[0] for row in ROWS for want in row.get("c", [])} >= set(vocabulary("event_types"))
