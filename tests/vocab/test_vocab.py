"""Every vocabulary is documented, consistent with the model and with the others."""

from __future__ import annotations

import typing

import pytest

from rapallo import model, vocab
from rapallo.errors import VocabularyError


@pytest.mark.parametrize("name", vocab.names())
def test_every_vocabulary_says_what_it_is_and_whose(name):
    words = vocab.vocabulary(name)
    assert words.about
    assert words.source
    assert words.terms
    for term in words.values():
        assert term.meaning.casefold() not in {"", term.id.replace("_", " ").casefold()}, f"{name}: {term.id}"


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("claim_kinds", model.ClaimKind),
        ("modalities", model.Modality),
        ("polarities", model.Polarity),
        ("bases", model.Basis),
        ("verdicts", model.Verdict),
        ("obligation_answers", model.Answer),
    ],
)
def test_the_model_and_the_vocabulary_hold_the_same_terms(name, literal):
    assert set(vocab.vocabulary(name)) == set(typing.get_args(literal))


def test_sixteen_event_types_in_four_quads():
    types = vocab.vocabulary("event_types")
    assert len(types) == 16
    assert {t.more["quad"] for t in types.values()} == {
        "verbal_cooperation",
        "material_cooperation",
        "verbal_conflict",
        "material_conflict",
    }


def test_the_crosswalk_agrees_in_both_directions():
    types, roots = vocab.vocabulary("event_types"), vocab.vocabulary("cameo_roots")
    assert list(roots) == [f"{n:02d}" for n in range(1, 21)]
    forward = {(r, t.id) for t in types.values() for r in t.more["cameo"]}
    backward = {(r.id, t) for r in roots.values() for t in r.more["plover"]}
    assert forward == backward


def test_modes_are_those_of_the_manual_or_of_its_structured_codebook(shared):
    folder = shared / "data/plover_codebook"
    rows = (folder / "PLOVER_structured_codebook_updated.csv").read_text("utf-8", "replace")
    manual = (folder / "PLOVER_MANUAL.tex").read_text("utf-8", "replace")
    for name, term in vocab.vocabulary("event_types").items():
        for mode in term.more["modes"]:
            assert f"{name},{mode}," in rows or f"\n{mode} & " in manual, (name, mode)


def test_bands_rise():
    least = [t.more["least"] for t in vocab.vocabulary("effect_bands").values()]
    assert least == sorted(least)


def test_an_unknown_term_raises_with_the_known_ones():
    with pytest.raises(VocabularyError, match="defence"):
        vocab.check("clause_kinds", "friendship")
    with pytest.raises(VocabularyError, match="event_types"):
        vocab.vocabulary("nonsense")
