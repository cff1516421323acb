"""The words of a stance: short, and never broken off within a phrase."""

import datetime as dt

import pytest

from rapallo.reading import read


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        (
            "Dutch diplomats fear that the junta in Mali could turn to Russia and to a group of mercenaries.",
            "the junta in Mali could turn to Russia",
        ),
        (
            "Poland fears that Russia, with which it shares a long border, will not stop at Ukraine.",
            "Russia will not stop at Ukraine",
        ),
        ("Serbia regards Kosovo as its own.", "Kosovo as its own"),
        ("Kosovo is the territory that Serbia regards as its own.", "Kosovo as its own"),
    ],
)
def test_content(sentence, content):
    claims = read(sentence, published=dt.date(2024, 5, 15)).claims
    assert [c.stance.content for c in claims if c.stance] == [content]


def test_the_rulers_of_a_region_hold_it_unnamed():
    (claim,) = read("Gulf rulers are worried that Peru will not pay.", published=dt.date(2024, 5, 15)).claims
    assert claim.actors == ()
    assert [(h.who, h.attitude) for h in claim.holders] == [("author", "states"), ("unnamed", "fears")]
    assert claim.stance.about == ("PER",)
