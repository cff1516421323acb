"""How alike states vote in the UN General Assembly, by roll calls and by ideal points.

A year is the session that opens in it. Only roll calls in which both voted count: who was absent has no vote,
which is neither agreement nor its lack.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from rapallo.measures.cards import Card
from rapallo.measures.panel import Panel
from rapallo.measures.yearly import Yearly

__all__ = ["ABSENT", "MEASURES", "Abstention", "agreement", "distances", "roll_calls", "s3un"]

Floats = NDArray[np.float64]
Votes = NDArray[np.int8]
Abstention = Literal["half", "own", "none"]

ABSENT, YES, ABSTAIN, NO = 0, 1, 2, 3
BEFORE_FIRST = 1945
"""Session n opens in the year 1945 + n, the first counted as 1946."""


def agreement(votes: Votes, abstention: Abstention = "half") -> Floats:
    """The share of roll calls in which two states voted alike, of those in which both voted.

    Args:
        votes: 1 yes, 2 abstention, 3 no, 0 absent; shape (states, roll calls).
        abstention: ``half``: a yes or no against an abstention is half an agreement (Lijphart 1963: (f + g/2)
            / t); ``own``: an abstention agrees with an abstention alone; ``none``: it counts as absence.

    Returns:
        Symmetric; shape (states, states), NaN where no roll call counts.

    Examples:
        >>> votes = np.array([[1, 1, 3, 2, 0], [1, 3, 2, 2, 1]], dtype=np.int8)
        >>> [agreement(votes, kind)[0, 1].item() for kind in ("half", "own", "none")]
        [0.625, 0.5, 0.5]
    """
    # Counts are exact in single precision, and its products are twice as fast.
    yes, abstained, no = (np.asarray(votes == cast, dtype=np.float32) for cast in (YES, ABSTAIN, NO))
    agreed = yes @ yes.T + no @ no.T
    opposed = yes @ no.T
    opposed = opposed + opposed.T
    if abstention == "none":
        return _ratio(agreed, agreed + opposed)
    decided = yes + no
    half = decided @ abstained.T
    half = half + half.T
    agreed = agreed + abstained @ abstained.T
    return _ratio(agreed + 0.5 * half if abstention == "half" else agreed, agreed + half + opposed)


def s3un(votes: Votes) -> Floats:
    """Signorino and Ritter's S of votes in three categories, 1 - 2 sum(d) / (2 n), d how far votes differ.

    Yes, abstention and no are one apart, so that S is twice the agreement with abstention as half, less 1.

    Returns:
        Symmetric, -1 to 1; shape (states, states), NaN where both voted in no roll call.

    Examples:
        >>> s3un(np.array([[1, 1, 3], [3, 1, 2]], dtype=np.int8))[0, 1].item()
        0.0
    """
    return 2.0 * agreement(votes, "half") - 1.0


def distances(points: Floats) -> Floats:
    """The distance of each two ideal points; shape (states, states), NaN where either has none.

    Examples:
        >>> distances(np.array([1.5, -0.5])).tolist()
        [[0.0, 2.0], [2.0, 0.0]]
    """
    return np.abs(points[:, None] - points)


def roll_calls(panel: Panel, row: int) -> Votes:
    """The votes of the session that opens in a year.

    Returns:
        1 yes, 2 abstention, 3 no, 0 absent or no member; shape (states, roll calls), roll calls by number.
    """
    sessions = panel.keep("roll calls", lambda: _fetch(panel))
    empty = np.zeros((panel.system.shape[1], 0), dtype=np.int8)
    return sessions.get(panel.years[row] - BEFORE_FIRST, empty)


def _fetch(panel: Panel) -> dict[int, Votes]:
    """The votes of each session. A member is the state whose number its id bears last in the year."""
    # The later meetings of a session fall into the year after the one in which it opens.
    since, on = dt.date(panel.years[0], 1, 1), dt.date(panel.years[-1] + 1, 12, 31)
    table = panel.record.query("roll_calls", since=since, on=on, **panel.as_known())
    sources = table.column("source")
    table = table.filter(pc.equal(sources, pc.max(sources)))  # of several releases the later
    actors = table.column("actor").combine_chunks().dictionary_encode()
    nobody = np.full((3, len(panel.years)), -1, np.int32)
    held = [panel.system.holders.get(who, nobody)[1] for who in actors.dictionary.to_pylist()]
    if not held:
        return {}
    codes = actors.indices.to_numpy()
    sessions, calls, votes = (table.column(name).to_numpy() for name in ("session", "roll_call", "vote"))
    first = panel.years[0] - BEFORE_FIRST
    found: dict[int, Votes] = {}
    for session in range(max(first, 1), panel.years[-1] - BEFORE_FIRST + 1):
        part = slice(*np.searchsorted(sessions, (session, session + 1)))
        places = np.array([columns[session - first] for columns in held], dtype=np.int32)[codes[part]]
        numbers, at = np.unique(calls[part], return_inverse=True)
        its = np.zeros((panel.system.shape[1], len(numbers)), dtype=np.int8)
        its[places[places >= 0], at[places >= 0]] = votes[part][places >= 0]
        found[session] = its
    return found


def _ratio(part: NDArray[np.float32], whole: NDArray[np.float32]) -> Floats:
    found: Floats = part.astype(np.float64) / np.where(whole > 0.0, whole, np.nan)
    return found


def _of_pairs(panel: Panel, row: int, values: Floats) -> Floats:
    return np.where(panel.system.together[row], values, np.nan)


def _half(panel: Panel, row: int) -> Floats:
    return _of_pairs(panel, row, agreement(roll_calls(panel, row), "half"))


def _own(panel: Panel, row: int) -> Floats:
    return _of_pairs(panel, row, agreement(roll_calls(panel, row), "own"))


def _none(panel: Panel, row: int) -> Floats:
    return _of_pairs(panel, row, agreement(roll_calls(panel, row), "none"))


def _s3un(panel: Panel, row: int) -> Floats:
    return _of_pairs(panel, row, s3un(roll_calls(panel, row)))


def _distance(panel: Panel, row: int) -> Floats:
    return _of_pairs(panel, row, distances(panel.trait("un_ideal_point")[row]))


_BAILEY = (
    "Bailey, Strezhnev & Voeten (2017), Estimating Dynamic State Preferences from United Nations Voting Data"
)
_HALF = Card(
    id="un-agreement",
    kind="measure",
    definition="How alike two states voted in the session of the UN General Assembly that opened in the "
    "year: the share of roll calls in which they agreed, with abstention half way between yes and no.",
    equation="agreement(i, j) = (same(i, j) + half(i, j) / 2) / both(i, j), half: one abstained, the other "
    "did not",
    inputs=("trait: un_vote (1 yes, 2 abstain, 3 no), with session and roll call in its note",),
    unit="share of roll calls in which both voted, 0 to 1",
    citation=f"Lijphart (1963), The Analysis of Bloc Voting in the General Assembly; {_BAILEY}",
    limits="Most roll calls divide few, so that values are high; what is voted on changes from year to "
    "year, and a change of the agenda looks like one of views. Votes without a roll call, and the Security "
    "Council, are left out. A session with few roll calls, as the 19th of 1964, says little.",
    coding="All roll calls of a session weigh alike, those on paragraphs and amendments where the source "
    "lists them too. Of several releases that whose name sorts last counts alone, as each numbers roll "
    "calls anew. The seat of China before October 1971 is that of the Republic of China.",
    missing="No value where both voted in no roll call, or were not both members of the state system on one "
    "day; a roll call in which either was absent is left out.",
    coverage="With un-votes 2024-06, sessions of 1946 to 2023; members of the United Nations that were "
    "members of the state system.",
    checked="Cases worked by hand; relabelling, bounds and symmetry by property tests. The published shares "
    "of votes in which states agreed with the United States (un-ideal-points 2024-06, 11,061 state-years of "
    "1946 to 2023) count abstention as un-agreement-same does; with this they correlate at r = 0.957.",
)
_OWN = replace(
    _HALF,
    id="un-agreement-same",
    definition="The share of roll calls of the session opened in the year in which two states cast the same "
    "vote; abstention is a vote of its own.",
    equation="agreement(i, j) = same(i, j) / both(i, j)",
    citation=_BAILEY,
    checked="Cases worked by hand. With the published shares of votes in which states agreed with the "
    "United States (un-ideal-points 2024-06, 11,061 state-years of 1946 to 2023) r = 0.996; half of them "
    "are the same to six digits, those mostly of sessions for which the makers count as many votes of the "
    "United States as are listed here.",
)
_NONE = replace(
    _HALF,
    id="un-agreement-decided",
    definition="The share of roll calls of the session opened in the year in which two states voted alike, "
    "of those in which both voted yes or no.",
    equation="agreement(i, j) = (both yes + both no) / (roll calls in which neither abstained)",
    unit="share of roll calls in which both voted yes or no, 0 to 1",
    citation=_BAILEY,
    missing="No value where there is no roll call in which both voted yes or no, or they were not both "
    "members of the state system on one day; a roll call in which either abstained or was absent is left "
    "out.",
    checked="Cases worked by hand. The published shares of votes in which states agreed with the United "
    "States (un-ideal-points 2024-06, 1946 to 2023) count abstention as un-agreement-same does; with this "
    "they correlate at r = 0.949.",
)
_S3UN = replace(
    _HALF,
    id="un-s3",
    definition="The S of two states' votes in three categories in the session opened in the year.",
    equation="S(i, j) = 1 - 2 * sum over roll calls of |v(i) - v(j)| / (2 * both(i, j)), v 1 yes, 2 "
    "abstain, 3 no; this is 2 * un-agreement - 1",
    unit="-1 (always opposed) to 1 (always alike)",
    citation="Signorino & Ritter (1999), Tau-b or Not Tau-b: Measuring the Similarity of Foreign Policy "
    "Positions",
    checked="Cases worked by hand; equal to 2 * un-agreement - 1, whose check holds for it.",
)
_DISTANCE = Card(
    id="un-ideal-distance",
    kind="measure",
    definition="How far apart the ideal points of two states lie that are estimated from their votes in the "
    "UN General Assembly.",
    equation="distance(i, j) = |point(i) - point(j)|",
    inputs=("trait: un_ideal_point",),
    unit="scale of Bailey et al., points about -3 to 3",
    citation=_BAILEY,
    limits="One dimension, mostly that of the order led by the United States; the points are estimates and "
    "their error is not carried on. Points are made comparable over time by resolutions that recur.",
    coding="The mean of the estimates as published, for the session that opens in the year.",
    missing="No value where either has no point, or they were not both members of the state system on one "
    "day.",
    coverage="With un-ideal-points 2024-06, 1946 to 2023.",
    checked="Cases worked by hand; symmetry and the triangle inequality by property tests.",
)

MEASURES: tuple[Yearly, ...] = (
    Yearly(_HALF, "pair", _half),
    Yearly(_OWN, "pair", _own),
    Yearly(_NONE, "pair", _none),
    Yearly(_S3UN, "pair", _s3un),
    Yearly(_DISTANCE, "pair", _distance),
)
