"""Garbled English is read as meant; clean English is left alone."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rapallo.reading.repair import legibility, repair

HERE = Path(__file__).parent
GARBLED = (
    "The Chinese language overseas minister paid a go to to Lima. Peru is aware of that its commerce "
    "companion desires peace. The Communist social gathering was based within the Nineteen Twenties. "
)


@pytest.mark.parametrize("path", sorted((HERE / "articles").glob("*.txt")), ids=lambda p: p.stem)
def test_clean_articles_are_legible(path):
    assert legibility(path.read_text("utf-8")) == 1.0


def test_clean_sentences_are_legible():
    rows = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
    assert legibility(" ".join(row["s"] for row in rows)) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "A Chinese language newspaper in Lima printed the treaty.",
        "The NATO chief was determined to sign. Every nation will have its own personal reasons.",
        "He moved into a brand spanking new embassy and took care of the guests.",
        "The opposite is true: trade stays the key motive behind the trip to Oslo. The battle was long.",
        "Even when Peru is silent, one companion of the king performs well. She was practically alone.",
    ],
)
def test_one_odd_phrase_proves_nothing(text):
    assert legibility(text * 5) == 1.0
    assert repair(text, garbled=legibility(text) < 1).edits == ()


def test_garbled_text_is_read_as_meant():
    assert legibility(GARBLED * 3) < 0.6
    read = repair(GARBLED, garbled=True).text
    assert "The Chinese foreign minister paid a visit to Lima." in read
    assert "Peru knows that its trade partner" in read
    assert "Communist Party was based in the 1920s" in read


@given(st.integers(0, len(GARBLED) - 1), st.integers(1, 60))
def test_every_span_leads_back_to_the_original(start, length):
    read = repair(GARBLED, garbled=True)
    end = min(start + length, len(read.text))
    if start >= end:
        return
    first, last = read.original(start, end)
    assert 0 <= first < last <= len(GARBLED)
    if not read.within(start, end) and not any(e.read_start < end and start < e.read_end for e in read.edits):
        assert GARBLED[first:last] == read.text[start:end]


def test_edits_are_whole():
    read = repair(GARBLED, garbled=True)
    for edit in read.edits:
        assert read.original(edit.read_start, edit.read_end) == (edit.start, edit.end)
        assert read.original(edit.read_start + 1, edit.read_start + 2) == (edit.start, edit.end)


def test_spelling_for_the_parser_is_no_repair():
    read = repair("Peru test-fired a missile.", garbled=False)
    assert read.text == "Peru fired a missile."
    assert read.within(0, len(read.text)) == ()
