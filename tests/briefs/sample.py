"""A small brief made by hand: invented sentences about real states, rows as the record shows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rapallo.model import (
    Brief,
    Check,
    Claim,
    Diagnostic,
    Document,
    Effect,
    Holder,
    Interval,
    LeverageChange,
    Move,
    Obligation,
    ObligationChange,
    Quote,
    Reason,
    Stake,
    Stance,
    TieContent,
    Unavailable,
)

ON = dt.date(2024, 6, 22)
TEXT = (
    "Russia and North Korea signed a defence pact this week.\n"
    "China has had a treaty with North Korea since 1961. Beijing fears that it will be drawn into a war.\n"
    "The weather was fine."
)
ABSENT = Unavailable("not fitted yet")


def quote(words: str, text: str = TEXT) -> Quote:
    start = text.index(words)
    return Quote.cut(text, start, start + len(words))


def row(key: str, family: str, label: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "family": family,
        "label": label,
        "valid": {"start": "1961-07-11", "end": None, "precision": "since"},
        "quote": None,
        "confidence": 0.9,
        "basis": "checked",
        "checked_against": "atop, row 2",
        "source": "starter",
        "source_title": "Starter record",
        **more,
    }


ROWS = {
    "prk-chn-1961": row(
        "prk-chn-1961",
        "tie",
        "Treaty of 1961 (pact, CHN–PRK, renewed 2021)",
        kind="pact",
        name="Treaty of 1961",
        parties=["CHN", "PRK"],
        phase="in_force",
        phases=[{"phase": "signed", "on": "1961-07-11", "precision": "day"}],
    ),
    "prk-chn-1961/1": row(
        "prk-chn-1961/1",
        "clause",
        "defence clause of prk-chn-1961, article 2: each helps the other if attacked",
        kind="defence",
        wording="each helps the other if attacked",
        tie="prk-chn-1961",
    ),
    "flow:trade:CHN-PRK:2023": row(
        "flow:trade:CHN-PRK:2023",
        "flow",
        "trade CHN to PRK, 2023: 2,000 USD million",
        kind="trade",
        origin="CHN",
        destination="PRK",
        value=2000.0,
        basis="recalled",
    ),
    "kor-prk-rivalry": row(
        "kor-prk-rivalry",
        "tie",
        "rivalry of the two Koreas (rivalry, KOR–PRK)",
        kind="rivalry",
        name="rivalry of the two Koreas",
        parties=["KOR", "PRK"],
        phase="in_force",
        phases=[{"phase": "in_force", "on": "1948-09-09", "precision": "day"}],
    ),
}
CLAIMS = (
    Claim(
        "c1",
        "tie",
        "AGREE",
        ("PRK", "RUS"),
        ("PRK", "RUS"),
        quote("Russia and North Korea signed a defence pact this week"),
        contexts=("military",),
        when=Interval(dt.date(2024, 6, 17), ON, "week"),
        confidence=0.9,
        tie=TieContent("pact", ("defence",), "signed"),
    ),
    Claim(
        "c2",
        "tie",
        None,
        ("CHN", "PRK"),
        ("CHN", "PRK"),
        quote("China has had a treaty with North Korea since 1961"),
        when=Interval(dt.date(1961, 1, 1), None, "since"),
        modality="reported",
        holders=(Holder("author", "states"), Holder("unnamed", "says")),
        tie=TieContent("pact", (), "in_force"),
        sentence=1,
    ),
    Claim(
        "c3",
        "stance",
        None,
        ("CHN",),
        (),
        quote("Beijing fears that it will be drawn into a war"),
        holders=(Holder("author", "states"), Holder("CHN", "fears")),
        stance=Stance("fears", (), "being drawn into a war"),
        sentence=2,
    ),
)
MOVE = Move(
    "m1",
    "pact",
    ("RUS", "PRK"),
    "Russia and North Korea signed a defence pact",
    CLAIMS[0].when,
    ("defence",),
    "signed",
    ("c1",),
)


def effect(name: str, size: float, band: str, why: str, path: tuple[str, ...], part: str = "") -> Effect:
    return Effect(name, "loss", size, "0 to 1", size, band, why, path, 0.6, "signed", part)


STAKES = (
    Stake(
        "CHN",
        1,
        0.55,
        "very_high",
        (
            effect(
                "leverage_lost",
                0.35,
                "high",
                "North Korea depends on China for 97% of its trade and gains an alternative.",
                ("c1", "flow:trade:CHN-PRK:2023"),
                "trade",
            ),
            effect(
                "entrapment",
                0.2,
                "medium",
                "China's treaty with North Korea now chains to Russia's wars.",
                ("c1", "prk-chn-1961", "prk-chn-1961/1"),
            ),
        ),
    ),
    Stake(
        "KOR",
        2,
        0.3,
        "high",
        (
            effect(
                "adversary_strengthened",
                0.3,
                "high",
                "Russia would have to join North Korea in a war against South Korea.",
                ("c1", "kor-prk-rivalry"),
            ),
        ),
    ),
    Stake("JPN", 3, 0.05, "low", (effect("adversary_strengthened", 0.05, "low", "As before.", ("c1",)),)),
)
DUTY = ObligationChange(
    "m1",
    "KOR",
    "PRK",
    "RUS",
    "NO",
    "YES",
    Obligation(
        "RUS",
        "YES",
        "PRK",
        1,
        (Reason("YES", "supposed:m1/1", "supposed:m1", "KOR", "PRK", "The new pact obliges it to help."),),
    ),
)
LEVER = LeverageChange(
    "m1",
    "CHN",
    "PRK",
    "trade",
    0.93,
    0.81,
    "With the pact Russia can replace China.",
    ("flow:trade:CHN-PRK:2023",),
)
BRIEF = Brief(
    document=Document("doc:1", "A pact in Pyongyang", ON, TEXT, "pact.txt"),
    on=ON,
    claims=CLAIMS,
    checks=(
        Check("c1", "not_covered", (), "The record holds none at that time.", "ATOP"),
        Check("c2", "borne_out", ("prk-chn-1961",), "Treaty of 1961: signed 11 July 1961; in force."),
    ),
    moves=(MOVE,),
    stakes={"m1": STAKES},
    obligations=(DUTY,),
    leverage=(LEVER,),
    reactions=ABSENT,
    outlook=ABSENT,
    options=ABSENT,
    open_questions=("When does the pact come into force?",),
    diagnostics=(
        Diagnostic(0, CLAIMS[0].quote.exact + ".", "claims", "one claim", 0, 55, ("c1",)),
        Diagnostic(1, CLAIMS[1].quote.exact + ".", "claims", "one claim", 56, 107, ("c2",)),
        Diagnostic(2, CLAIMS[2].quote.exact + ".", "claims", "one claim", 108, 155, ("c3",)),
        Diagnostic(3, "The weather was fine.", "no_actor", "it names no state", 156, 177),
    ),
    rows=ROWS,
)
EMPTY = Brief(
    document=Document("doc:2", "", ON, "The weather was fine.\nNobody came."),
    on=ON,
    claims=(),
    checks=(),
    moves=(),
    stakes={},
    obligations=(),
    leverage=(),
    reactions=ABSENT,
    outlook=ABSENT,
    options=ABSENT,
    open_questions=(),
    diagnostics=(
        Diagnostic(0, "The weather was fine.", "no_actor", "it names no state", 0, 21),
        Diagnostic(1, "Nobody came.", "no_actor", "it names no actor", 22, 34),
    ),
    rows={},
)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}]]>[a](javascript:alert(3))[bold]"

__all__ = ["BRIEF", "EMPTY", "HOSTILE", "ON"]
