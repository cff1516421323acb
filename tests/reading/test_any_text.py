"""Any Unicode in: never a crash, every quote an exact slice, the same reading each time."""

import datetime as dt
import hashlib
import json
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rapallo.errors import InputError
from rapallo.model import to_json
from rapallo.reading import read
from rapallo.reading.clean import normalise
from tests.reading.fuzzing import NOISE, ON, ROOT, faults, mutant, sentences

MUTANTS = range(1922, 1922 + 200)
HELD = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
mixture = st.lists(
    st.one_of(st.sampled_from(sentences()), st.sampled_from(NOISE), st.text(max_size=8)),
    min_size=1,
    max_size=8,
).map(" ".join)


def reading_of(text, on=ON):
    """The reading, or None for a text that holds nothing to read."""
    if not normalise(text).strip():
        with pytest.raises(InputError, match="no text"):
            read(text, published=on)
        return None
    return read(text, published=on)


def sound(text, on=ON):
    reading = reading_of(text, on)
    if reading is not None:
        assert faults(text, reading) == []
    return reading


@settings(max_examples=100, **HELD)
@given(anything)
@example("\ud800")
@example("\u200b\0\ufeff")
@example("Peru\ud83d signed\udc00 a pact with Chile.")
def test_any_text_is_read_soundly(text):
    sound(text)


@settings(max_examples=80, **HELD)
@given(mixture)
@example("Peru signed a pact with Chile on 31 February 2024, in 0000, in year 0 and in 99999.")
def test_sentences_amid_noise_are_read_soundly_and_alike_twice(text):
    assert sound(text) == reading_of(text)


@settings(max_examples=40, **HELD)
@given(mixture, mixture)
def test_no_text_leaves_a_trace_in_the_next(first, second):
    alone = reading_of(second)
    reading_of(first)
    assert reading_of(second) == alone


@settings(max_examples=40, **HELD)
@given(st.sampled_from(sentences()), st.dates(dt.date(1, 1, 1), dt.date(9998, 12, 31)))
def test_any_day_of_publication_will_do(text, on):
    sound(text, on)


@pytest.mark.parametrize("seed", MUTANTS)
def test_mutants_are_read_soundly(seed):
    sound(mutant(seed))


@pytest.mark.parametrize(
    "text",
    [
        "Peru" + "," * 2000 + " signed a pact with Chile.",
        "([" * 500 + "Peru signed a pact with Chile." + "])" * 500,
        "Peru said that " * 400,
        "Peru of " * 400,
        "a" * 50_000,
        "\u0301" * 2000,
    ],
    ids=["commas", "brackets", "clauses", "phrases", "one word", "marks"],
)
def test_no_sentence_is_too_deep(text):
    reading = sound(text)
    assert max(len(d.text.split()) for d in reading.diagnostics) <= 200


def digests(seeds):
    found = {}
    for seed in seeds:
        reading = to_json(reading_of(mutant(seed)))
        found[str(seed)] = hashlib.sha256(json.dumps(reading).encode()).hexdigest()
    return found


def test_another_process_and_another_order_read_alike():
    seeds = list(MUTANTS[:20])
    code = (
        "import json; from tests.reading.test_any_text import digests; "
        f"print(json.dumps(digests({seeds[::-1]})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert json.loads(done.stdout) == digests(seeds)
