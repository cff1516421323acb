"""Sentences coded by small dictionaries: patterns, actors by date, compounds, passives."""

from __future__ import annotations

import datetime as dt

import pytest

from rapallo.errors import InputError
from rapallo.reading.dictionaries import Dictionaries
from tests.reading.dictionaries.conftest import ON


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the verb's own code, that of its block or one beside it
        ("Ruritania gave an old castle to Syldavia on Monday.", [("RUR", "SYL", "070")]),
        ("Ruritania granted an old castle to Syldavia.", [("RUR", "SYL", "071")]),
        # sets of synonyms: a word, its plural, one without, words in between, a set in a set
        ("Ruritania gave grain to Syldavia.", [("RUR", "SYL", "072")]),
        ("Ruritania gave rotten grains to Syldavia.", [("RUR", "SYL", "072")]),
        ("Ruritania gave salts to Syldavia.", [("RUR", "SYL", "070")]),
        ("Ruritania gave silver and gold coins to Syldavia.", [("RUR", "SYL", "072")]),
        ("Ruritania gave tin to Syldavia.", [("RUR", "SYL", "072")]),
        ("Ruritania gave tins to Syldavia.", [("RUR", "SYL", "070")]),
        # an underscore joins, a blank does not
        ("Ruritania gave back hostages to Syldavia.", [("RUR", "SYL", "073")]),
        ("Ruritania gave back two hostages to Syldavia.", [("RUR", "SYL", "070")]),
        ("Ruritania refused to give a castle to Syldavia.", [("RUR", "SYL", "120")]),
        ("Ruritania never once gave a castle to Syldavia.", []),
        # events of two sides, and compounds
        ("Ruritania met Syldavia.", [("RUR", "SYL", "040"), ("SYL", "RUR", "041")]),
        ("Ruritania and Syldavia met in June.", [("RUR", "SYL", "042"), ("SYL", "RUR", "042")]),
        (
            "Ruritania gave castles to Syldavia, Borduria and others.",
            [("RUR", "SYL", "070"), ("RUR", "BOR", "070")],
        ),
        ("Ruritania met envoys from Syldavia and Borduria.", [("RUR", "SYL", "043"), ("RUR", "BOR", "043")]),
        ("The Twin Duchies gave a castle to Syldavia.", [("GER", "SYL", "070"), ("LUT", "SYL", "070")]),
        ("The Twin Duchies met in June.", [("GER", "LUT", "042"), ("LUT", "GER", "042")]),
        # an actor passed over
        ("Ruritania met in Borduria with Syldavia.", [("RUR", "SYL", "044")]),
        # the passive turns, but not where a pattern names the actors
        ("Ruritania was given a castle by Syldavia.", [("SYL", "RUR", "074")]),
        ("Ruritania was blamed by Syldavia.", [("RUR", "SYL", "112")]),
        ("Ruritania had been granted leave on Monday by a duke of Syldavia.", [("SYL", "RUR", "071")]),
        ("By Monday Ruritania had been granted leave by law in Syldavia.", [("RUR", "SYL", "071")]),
        ("Ruritania was granted a castle by Syldavia.", [("SYL", "RUR", "074")]),
        # a verb of several words, and two clauses with one subject
        ("Ruritania fell out with Syldavia.", [("RUR", "SYL", "110")]),
        (
            "Ruritania granted a castle to Syldavia and blamed Borduria.",
            [("RUR", "SYL", "071"), ("RUR", "BOR", "111")],
        ),
        # roles
        ("Ruritania's ambassador blamed Syldavian partisans.", [("RURGOV", "SYLREB", "111")]),
        (
            "The ambassadors of Ruritania and Syldavia blamed Borduria.",
            [("RURGOV", "BOR", "111"), ("SYLGOV", "BOR", "111")],
        ),
        ("A relief body from Ruritania blamed Syldavia.", [("NGORUR", "SYL", "111")]),
        ("A Ruritanian spokesman blamed Syldavia.", [("RURGOV", "SYL", "111")]),
        # nobody, oneself, and words that discard
        ("Ruritania blamed the weather.", []),
        ("Ruritania blamed Strelsau.", []),
        ("Ruritania blamed Syldavia at chess.", []),
    ],
)
def test_sentence(coded, text, expected):
    assert coded(text) == expected


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (dt.date(1998, 12, 31), "RURREB"),
        (dt.date(1999, 1, 1), "RURGOV"),  # both ends count: the first line that fits
        (dt.date(2000, 12, 31), "RURGOV"),
        (dt.date(2001, 1, 1), "RURELI"),
    ],
)
def test_a_role_has_its_dates(folder, on, code):
    actor = Dictionaries.load(folder).actors.at(("RUDOLF", "RASSENDYLL"), 0)
    assert actor is not None
    assert actor[1].code(on) == code


def test_nobody_before_the_role_begins(coded):
    text = "Muskar blamed Ruritania."
    assert coded(text, dt.date(2000, 1, 1)) == []
    assert coded(text, dt.date(2001, 1, 1)) == [("SYLGOV", "RUR", "111")]


def test_a_story_is_discarded_whole(coded):
    sentence = "Ruritania blamed Syldavia."
    assert coded(f"{sentence} It was about chess.") == [("RUR", "SYL", "111")]
    assert coded(f"{sentence} It was about the World Cup.") == []
    assert coded(f"{sentence} It was about the World Cups.") == [("RUR", "SYL", "111")]


def test_a_quote_is_a_slice_of_the_text(folder):
    text = "The sun shone.\n\nRuritania — as ever — blamed Syldavia again. Borduria met Syldavia."
    events = Dictionaries.load(folder).code(text, ON)
    assert len(events) == 3
    for event in events:
        quote = event.quote
        assert text[quote.start : quote.end] == quote.exact
    assert events[0].quote.exact == "Ruritania — as ever — blamed Syldavia"


def test_an_empty_text_is_refused(folder):
    with pytest.raises(InputError, match="no text"):
        Dictionaries.load(folder).code(" \n", ON)
