"""The encoder: what it gives, that it gives the same again, and what rests on it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from rapallo.reading import read
from rapallo.reading.encoder import SIZE, WEIGHTS, encode
from rapallo.reading.encoder.features import CLASSES, WAYS, classes, ways
from rapallo.reading.judgement import spans
from rapallo.reading.parse import parse
from rapallo.reading.predicates import between, predicates
from rapallo.vocab import vocabulary

ON = dt.date(2024, 5, 15)
PLAIN = [
    ("Peru expelled two Chilean diplomats on Monday.", "expelled", "SANCTION", "Peru", "Chilean"),
    ("Police in Lagos arrested a journalist over an article.", "arrested", "COERCE", "Police", "journalist"),
    ("Norway sent Kenya thirty trucks after the flood.", "sent", "AID", "Norway", "Kenya"),
    ("Rebels attacked an army post in northern Mali.", "attacked", "ASSAULT", "Rebels", "army post"),
    (
        "Thousands of workers marched against the government in Tunis.",
        "marched",
        "PROTEST",
        "workers",
        "government",
    ),
]


def covers(text, spans_, words):
    return any(text[a:b] and (words in text[a:b] or text[a:b] in words) for a, b in spans_)


@pytest.mark.parametrize(("text", "trigger", "event", "actor", "target"), PLAIN)
def test_a_plain_act(text, trigger, event, actor, target):
    (found,) = predicates([text])
    act = next(p for p in found if text[slice(*p.trigger)] == trigger)
    assert act.event == event
    assert covers(text, act.actors, actor)
    assert covers(text, act.targets, target)
    assert 0.5 <= act.probability <= 1


@pytest.mark.parametrize(
    "text",
    ["The villagers feared the flood.", "The striker scored twice.", "It rained in Oslo on Monday."],
)
def test_what_claims_nothing(text):
    assert predicates([text]) == [()]


def test_the_type_of_what_one_marked_party_does_to_another():
    text = "Peru expelled two Chilean diplomats on Monday."
    (likely,) = between([(text, (0, 4), (14, 33))])
    assert likely.keys() == vocabulary("event_types").keys()
    assert sum(likely.values()) == pytest.approx(1)
    assert max(likely, key=likely.__getitem__) in ("SANCTION", "COERCE")


def test_parties_that_a_sentence_does_not_name_are_left_out():
    (likely,) = between([("Peru expelled two Chilean diplomats.", None, None)])
    assert sum(likely.values()) == pytest.approx(1)


def test_the_same_text_gives_the_same():
    text = " ".join(row[0] for row in PLAIN)
    assert read(text, published=ON) == read(text, published=ON)


def test_vectors_have_one_row_a_word_and_nothing_has_none():
    one, none = encode([["Peru", "expelled", "them"], []])
    assert one.shape == (3, SIZE)
    assert none.shape == (0, SIZE)


def test_words_behind_the_longest_passage_have_no_vector():
    (found,) = encode([["word"] * 600])
    assert found[0].any()
    assert not found[-1].any()


@given(st.lists(st.text(min_size=1, max_size=12), max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_words(words):
    (found,) = encode([words])
    assert found.shape == (len(words), SIZE)
    assert np.isfinite(found).all()


def test_features_of_a_sentence():
    (doc,) = parse(["Peru and Chile, which trade much, signed a pact with Laos."])
    sentence = next(doc.sents)
    assert {CLASSES[n] for n in classes(sentence)} >= {"PROPN", "VERB", "NOUN"}
    signed = next(t.i for t in sentence if t.text == "signed")
    found = ways(sentence, signed)
    assert len(found) == len(sentence)
    assert all(0 <= bucket < WAYS for bucket in found)
    words = {t.text: bucket for t, bucket in zip(sentence, found, strict=True)}
    assert len({words["Peru"], words["pact"], words["Laos"]}) == 3
    assert words["a"] == words["pact"]


def test_runs_of_words():
    assert spans(np.array([], np.float32)) == []
    assert spans(np.array([0.1, 0.9, 0.6, 0.2, 0.5], np.float32)) == [(1, 3), (4, 5)]


def test_the_card_says_what_it_was_trained_on():
    card = yaml.safe_load((WEIGHTS / "card.yaml").read_text("utf-8"))
    assert {"base", "trained_on", "limits", "licence", "trained"} <= card.keys()
    assert card["trained"]["sentences"] > 2000
    assert 0 < card["trained"]["validation"]["predicate"] <= 1


def test_the_weights_are_small():
    assert (WEIGHTS / "trunk.onnx").stat().st_size < 30_000_000
