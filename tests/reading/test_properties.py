"""What holds for any text."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.model import to_json
from rapallo.reading import find_date, read
from rapallo.vocab import check, vocabulary

ARTICLES = sorted((Path(__file__).parent / "articles").glob("*.txt"))
ON = dt.date(2024, 5, 15)
WORDS = st.sampled_from(
    [
        *(
            "Peru",
            "Chile",
            "the Kremlin",
            "both nations",
            "signed",
            "a pact",
            "with",
            "if",
            "will",
            "not",
            "never",
        ),
        *(
            "reportedly",
            "said",
            "that",
            "fears",
            "Kim's",
            "of",
            "2019",
            ",",
            ".",
            "”",
            "“",
            "(",
            ")",
            "$",
            "7,000",
        ),
        *(
            "-",
            "'",
            "US",
            "us",
            "he",
            "its",
            "who",
            "which",
            "and",
            "or",
            "Chinese language",
            "go to to",
            "\n",
        ),
    ]
)


def sound(reading):
    text = reading.document.text
    for claim in reading.claims:
        assert text[claim.quote.start : claim.quote.end] == claim.quote.exact != ""
        assert not claim.event or check("event_types", claim.event)
        assert not claim.mode or claim.mode in vocabulary("event_types")[claim.event].more["modes"]
        assert all(check("contexts", c) for c in claim.contexts)
        assert all(check("attitudes", h.attitude) for h in claim.holders)
        assert not claim.tie or (
            check("tie_kinds", claim.tie.kind)
            and (not claim.tie.phase or check("tie_phases", claim.tie.phase))
        )
        assert 0 < claim.confidence <= 1
        assert claim.kind != "event" or claim.event
    told = {i for d in reading.diagnostics for i in d.claims}
    assert told == {c.id for c in reading.claims}
    for d in reading.diagnostics:
        assert text[d.start : d.end] == d.text
        assert d.why
        assert (d.outcome == "claims") == bool(d.claims)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    try:
        sound(read(text, published=ON))
    except InputError:
        assert not text.strip() or not text.translate(dict.fromkeys(range(32))).strip() or len(text) < 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join).filter(str.strip))
def test_any_heap_of_news_words_is_read(text):
    sound(read(text, published=ON))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_articles_are_read_soundly_and_alike_twice(path):
    text = path.read_text("utf-8")
    first = read(text, published=find_date(text))
    sound(first)
    assert to_json(first) == to_json(read(text, published=find_date(text)))


def test_blank_text_is_refused():
    with pytest.raises(InputError, match="no text"):
        read(" \n ", published=ON)


def test_no_claims_say_why_for_each_sentence():
    found = read("The weather was fine. Nobody came.", published=ON)
    assert found.claims == ()
    assert [d.outcome for d in found.diagnostics] == ["no_actor", "no_actor"]


def test_importing_the_package_is_cheap():
    import subprocess
    import sys

    code = "import sys, rapallo.reading; sys.exit('spacy' in sys.modules or 'rapallo.actors' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
