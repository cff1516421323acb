"""The plain sentences that teach the encoder: their form is read strictly."""

from __future__ import annotations

import pytest
from clauses import CorpusError
from plain import plain_rows

from rapallo.reading.encoder.features import marked

GOOD = """# a remark
Egyptian police detained a Libyan trader and his son on Monday.
  detained | Egyptian police | a Libyan trader + his son | COERCE arrest reported

Chad and Niger signed a defence pact.
  signed | Chad + Niger | Chad + Niger | AGREE pact signed
Rain is expected.
"""


def read(tmp_path, text):
    path = tmp_path / "some.txt"
    path.write_text(text, encoding="utf-8")
    return list(plain_rows([path]))


def test_a_file(tmp_path):
    first, second, third = read(tmp_path, GOOD)
    (label,) = first.labels
    assert (label.event, label.mode, label.modality) == ("COERCE", "arrest", "reported")
    assert list(label.targets.values()) == ["a Libyan trader", "his son"]
    assert second.labels[0].tie == ("pact", "signed")
    assert second.labels[0].kind == "tie"
    assert third.labels == ()
    assert first.number == 2


def test_an_empty_file(tmp_path):
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  detained | police | a man", "four fields"),
        ("  seized | police | a man | COERCE", "is not in the sentence"),
        ("  detained | gunmen | a man | COERCE", "is not in the sentence"),
        ("  detained | police | a man | COERCE arrest seize", "second mode"),
        ("  detained | police | a man | COERCED", "no term"),
        ("  detained | police | a man | reported", "no event type"),
        ("   |||  ", "is not in the sentence"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, line, told):
    with pytest.raises(CorpusError, match=rf"some\.txt, line 2: .*{told}"):
        read(tmp_path, f"The police detained a man.\n{line}\n")


def test_a_claim_before_any_sentence(tmp_path):
    with pytest.raises(CorpusError, match="line 1"):
        read(tmp_path, "  detained | police | a man | COERCE\n")


@pytest.mark.parametrize(
    ("actor", "target", "words", "places"),
    [
        (None, None, ["a", "b", "c"], (None, None)),
        (range(1), range(1, 3), ["@", "a", "@", "#", "b", "c", "#"], (0, 3)),
        (range(2, 3), range(1), ["#", "a", "#", "b", "@", "c", "@"], (4, 0)),
    ],
)
def test_signs_around_parties(actor, target, words, places):
    assert marked(["a", "b", "c"], actor, target) == (words, places)
