"""How likely each third state is to answer a move of two states soon, from what it did to them before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from rapallo.effects.answering import RECORD, STANDING, cases, counts, members, standing, with_counter
from rapallo.effects.dealings import dealings
from rapallo.effects.fitted import fitted
from rapallo.effects.logit import Logit
from rapallo.errors import InputError
from rapallo.measures import Card
from rapallo.measures.panel import Panel
from rapallo.model import Move, Reaction

if TYPE_CHECKING:
    from rapallo.record import Record

__all__ = ["CARD", "Track", "reactions", "tracks"]

FEWEST = 5000
"""Acts that a record must hold of the year before a move: with fewer it has no daily feed, and quiet means
nothing."""

CARD = Card(
    id="reactions",
    kind="reaction",
    definition="For a move of two states and a third state that dealt with either in the year before: the "
    "chance that within 14, 30 or 90 days behind the day of the move it asks, reassures, criticises or "
    "punishes either, binds itself to a rival of either (counter_bind), or does none of these (silence). "
    "The chances are of one answer each, and do not add up to 1.",
    equation="P = 1 / (1 + exp(-(intercept + sum of weight * (x - mean) / spread))), x = logs of one more "
    "than the days with acts of each kind in the last 30, 90 and 365 days, and how the third state stands "
    "to the two; a missing x adds 0",
    inputs=(
        "events of a daily feed",
        "of the year before: s-score, un-ideal-distance, rivalry, trade-dependence",
        "of the year before: capital-distance, contiguity, atop_defence, cinc",
    ),
    unit="probability",
    citation="Fitted for Rapallo on ICEWS 2005 to 2015 as in Garcia-Duran, Dumancic & Niepert (2018), "
    "Learning Sequence Encoders for Temporal Knowledge Graph Completion; events by Boschee et al. (2015), "
    "ICEWS Coded Event Data",
    limits="It is how the third state deals with the two anyway: the kind of the move adds nothing, and "
    "answers are no more frequent behind a move than before it. It says that a state will speak, not that "
    "it speaks of the move. An actor within a state counts as the state; visits are of whatever level. "
    "Rivalries are coded in hindsight. Fitted on a sample that holds an act once a day: on a denser feed "
    "chances come out too high, on a thinner one too low.",
    coding="Answers by types of PLOVER: ask REQUEST; reassure CONSULT, SUPPORT, COOPERATE, AID, AGREE; "
    "criticise ACCUSE, REJECT; punish THREATEN, MOBILIZE, SANCTION, COERCE, ASSAULT, without courts and "
    "police; counter_bind a signed agreement, military aid or cooperation. The kinds and horizons of "
    "reactions.yaml are those whose log skill over the third state's own rate was above 0 with 95% of "
    "bootstrap draws by pair.",
    missing="No answer for a state without dealings with either in the year before. It is refused where the "
    "record "
    f"holds fewer than {FEWEST:,} acts of that year, or the move is not of two states.",
    checked="Rolling origin by year, 2009 to 2015, each year tried once; see docs/history.md.",
)


@dataclass(frozen=True, slots=True)
class Track:
    """The model of one answer and what it reached on years it was not fitted on.

    Attributes:
        model: its coefficients.
        skill: log loss saved of that of the third state's own rate, as a share.
        interval: of ``skill``, 95 %, drawn by pair.
        over_climatology: log loss saved of that of the share of the past.
        brier: mean squared error.
        auc: area under the curve.
    """

    model: Logit
    skill: float
    interval: tuple[float, float]
    over_climatology: float
    brier: float
    auc: float


@cache
def tracks() -> Mapping[int, Mapping[str, Track]]:
    """The models of the answers, by horizon and answer."""
    raw = fitted("reactions", "reactions")
    means, spreads = np.array([raw["scales"][name] for name in (*RECORD, *STANDING)]).T
    found: dict[int, dict[str, Track]] = {}
    for answer, by_horizon in raw["models"].items():
        for horizon, row in by_horizon.items():
            found.setdefault(horizon, {})[answer] = _track(row, means, spreads)
    return found


def _track(row: Mapping[str, Any], means: Any, spreads: Any) -> Track:
    model = Logit(row["intercept"], np.array(row["weights"]), means, spreads)
    low, high = row["interval"]
    return Track(model, row["skill"], (low, high), row["over_climatology"], row["brier"], row["auc"])


def reactions(
    record: Record, move: Move, on: dt.date, *, horizon: int = 30, sources: Iterable[str] = ()
) -> tuple[Reaction, ...]:
    """The chance of each answer of each third state, the least likely to be silent first, then by code.

    Args:
        record: the record; it must hold a feed of daily events.
        move: of two states.
        on: the day of the move; what happened later is not read.
        horizon: 14, 30 or 90 days.
        sources: the only releases of events that count; all unless said.

    Returns:
        One for each state that dealt with either party in the year before; ``skill`` is the mean of those of
        its answers over the state's own rate.

    Raises:
        InputError: where the move is not of two states, there is no such horizon, or the record holds too few
            events.
    """
    chosen = tracks().get(horizon)
    if chosen is None:
        msg = f"there is no model of {horizon} days"
        raise InputError(msg, hint=f"there are {', '.join(map(str, sorted(tracks())))}")
    acts = dealings(record, on - dt.timedelta(days=364), on, sources)
    if (held := len(acts.kinds["any"])) < FEWEST:
        msg = f"the record holds {held:,} acts between states of the year before {on}, which is no daily feed"
        raise InputError(msg, hint="load one, as ICEWS: `rapallo sources add icews`")
    panel = Panel(record, on.year - 2, on.year - 1)
    here = members(acts, panel, on.year - 1)
    parties = [acts.place.get(party, -1) for party in move.parties]
    if len(parties) != 2 or min(parties) < 0 or not here[parties].all():
        msg = "reactions are of moves of two states that dealt with others in the year before"
        raise InputError(msg, hint="name two states")
    return _answers(with_counter(acts, panel), panel, parties, on, horizon)


def _answers(acts: Any, panel: Panel, parties: list[int], on: dt.date, horizon: int) -> tuple[Reaction, ...]:
    one, other, _ = acts.split("any")
    dealt = np.union1d(other[np.isin(one, parties)], one[np.isin(other, parties)])
    c = dealt[members(acts, panel, on.year - 1)[dealt] & ~np.isin(dealt, parties)]
    day = np.full(len(c), (on - dt.date(1970, 1, 1)).days)
    its = cases(acts, panel, day, np.full(len(c), parties[0]), np.full(len(c), parties[1]), c)
    table = {**counts(acts, its), **standing(acts, panel, its)}
    x = np.column_stack([table[name] for name in (*RECORD, *STANDING)])
    chosen = tracks()[horizon]
    skill = sum(track.skill for track in chosen.values()) / len(chosen)
    told = {answer: track.model.probability(x) for answer, track in chosen.items()}
    found = [
        Reaction(acts.states[state], {answer: float(p[at]) for answer, p in told.items()}, horizon, skill)
        for at, state in enumerate(c.tolist())
    ]
    return tuple(sorted(found, key=lambda each: (each.probabilities.get("silence", 1.0), each.actor)))
