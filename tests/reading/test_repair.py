"""Garbled English is read as meant; clean English is left alone."""

import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rapallo.reading.lexicon import table
from rapallo.reading.repair import legibility, repair

HERE = Path(__file__).parent
SAMPLES = yaml.safe_load((HERE / "garbled.yaml").read_text("utf-8"))
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


@pytest.mark.parametrize("sample", SAMPLES["garbled"], ids=lambda s: s["text"][:40])
def test_garbled_paragraphs_are_read_as_meant(sample):
    text = sample["text"]
    assert legibility(text) < 1.0
    read = repair(text, garbled=True)
    assert [k for k in sample["keys"] if k.lower() not in read.text.lower()] == []
    for edit in read.edits:
        assert 0 <= edit.start < edit.end <= len(text)
        assert text[edit.start : edit.end] != read.text[edit.read_start : edit.read_end]
    rebuilt, at = "", 0
    for edit in read.edits:
        rebuilt += text[at : edit.start] + read.text[edit.read_start : edit.read_end]
        at = edit.end
    assert rebuilt + text[at:] == read.text


@pytest.mark.parametrize("text", SAMPLES["clean"], ids=lambda s: s[:40])
def test_odd_but_clean_sentences_are_left_alone(text):
    assert legibility(text) == 1.0
    read = repair(text, garbled=legibility(text) < 1)
    assert read.within(0, len(read.text)) == ()


def test_odd_but_clean_sentences_together_are_legible():
    assert legibility(" ".join(SAMPLES["clean"])) == 1.0


def test_articles_left_out_are_evidence():
    with_articles = (
        "The president of Peru visited to Lima on the eve of the talks, and the ministers of the two states "
        "met in the palace for an hour before the signing of the treaty about the lakes of the north and the "
        "rivers of the south."
    )
    without = (
        with_articles.replace("The president", "President").replace("the ", "").replace("an hour", "hour")
    )
    odd = " He refused of comment."
    assert legibility(without) == legibility(with_articles + odd) == 1.0
    assert legibility(without + odd) < 1.0


def test_odd_company_is_evidence_but_is_not_read_otherwise():
    garbled = (
        "The commerce companion of Peru broke a deal on ballistic rockets and its diplomatic {} in Lima. "
    )
    odd, usual = garbled.format("furniture"), garbled.format("mission")
    pad = "The talks went on for a week and the ministers of both states left the town at noon. " * 5
    assert legibility(odd + pad) < legibility(usual + pad)
    assert "diplomatic furniture" in repair(odd, garbled=True).text


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("in the Nineteen Thirties", "in the 1930s"),
        ("in the Eighteen Forties", "in the 1840s"),
        ("in the Twenty Tens", "in the 2010s"),
        ("in nineteen sixty-one", "in 1961"),
        ("in two thousand and twenty-two", "in 2022"),
        ("on twenty-four of February", "on 24 February"),
        ("of the the treaty", "of the treaty"),
        ("the Norwegian language foreign minister", "the Norwegian foreign minister"),
        ("Protection Ministers of NATO", "Defence Ministers of NATO"),
        ("a high  minister", "a prime minister"),
        ("HIGH MINISTER of Peru", "PRIME MINISTER of Peru"),
    ],
)
def test_one_phrase(garbled, meant):
    assert repair(garbled, garbled=True).text == meant


def test_rows_of_the_table_echo_only_words_they_have():
    for group in table("repair")["phrases"]:
        for row, read in group["read"].items():
            words = len(row.split())
            assert all(1 <= int(w) <= words for w in read.split() if w.isdigit()), row


def test_swapped_collocations_that_are_english_prove_nothing():
    assert legibility(" ".join(f"They spoke of {pair}." for pair in table("repair")["real"])) == 1.0


def test_clean_news_is_left_alone(shared):
    sys.path.insert(0, str(HERE.parents[1] / "benchmarks"))
    import repairs

    for name in repairs.SETS:
        texts = repairs.sentences(shared, name)
        garbled = [d for d in repairs.documents(texts, repairs.JOINED) if legibility(d) < 1]
        found = [r for d in garbled for r in repairs.false_repairs(d, garbled=True)]
        assert 10_000 * len(found) / sum(len(t.split()) for t in texts) <= repairs.LIMIT, (name, found)


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
