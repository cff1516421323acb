"""International crises as ties: what set them off, what was at stake, how violent they were, how they ended.

Codes after the codebook of the International Crisis Behavior project, system level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapallo.model import Interval, Party, Phase, Tie
from rapallo.sources.codes import actor_ids
from rapallo.sources.dates import written
from rapallo.sources.found import Found
from rapallo.sources.militarised import lasting
from rapallo.sources.sheet import LINE, Sheet
from rapallo.sources.stamp import Stamp
from rapallo.sources.taking import Row, count, taken

__all__ = ["read"]

_NO_STATE = 990
"""Numbers from here on stand for several states or for none."""

_WORDS: Mapping[str, tuple[str, Mapping[int, str]]] = {
    "break": (
        "Set off by",
        {
            1: "a verbal act",
            2: "a political act",
            3: "an economic act",
            4: "a change outside",
            5: "another act without violence",
            6: "a challenge to a regime from within",
            7: "a military act without violence",
            8: "an indirect act of violence",
            9: "an act of violence",
        },
    ),
    "gravcr": (
        "Gravest threat",
        {
            0: "to the economy",
            1: "limited military damage",
            2: "to a political system",
            3: "to territory",
            4: "to influence",
            5: "grave damage",
            6: "to existence",
            7: "another",
        },
    ),
    "crismg": (
        "Chief means of managing it",
        {
            1: "negotiation",
            2: "adjudication or arbitration",
            3: "mediation",
            4: "several without violence",
            5: "pressure without the military",
            6: "the military without violence",
            7: "several with violence",
            8: "violence",
        },
    ),
    "cenviosy": (
        "Violence was",
        {
            1: "not used",
            2: "a minor means",
            3: "an important means",
            4: "the foremost means",
        },
    ),
    "sevviosy": (
        "Violence",
        {
            1: "none",
            2: "minor clashes",
            3: "serious clashes",
            4: "full-scale war",
        },
    ),
    "subout": ("Outcome", {1: "ambiguous", 2: "definitive"}),
    "forout": (
        "Ended by",
        {
            1: "formal agreement",
            2: "semi-formal agreement",
            3: "tacit understanding",
            4: "unilateral act",
            5: "imposed agreement",
            6: "other means",
            7: "fading away",
        },
    ),
    "outesr": (
        "Within five years",
        {
            1: "the adversaries were in crisis again",
            2: "the adversaries were in no other crisis",
        },
    ),
    "usinv": (
        "The United States",
        {
            1: "took no part",
            2: "took a part below military or covert means",
            3: "took a covert or semi-military part",
            4: "took part with its forces",
        },
    ),
    "suinv": (
        "The Soviet Union or Russia",
        {
            1: "took no part",
            2: "took a part below military or covert means",
            3: "took a covert or semi-military part",
            4: "took part with its forces",
        },
    ),
}


def read(sheets: Mapping[str, Sheet], stamps: Mapping[str, Stamp]) -> dict[str, Found]:
    """A tie for each crisis, whose actor is the state that set it off where one is named."""
    stamp = stamps["crises"]
    rows, found = taken(
        sheets["crises"],
        f"crisno crisname trigent yrtrig motrig datrig yrterm moterm daterm cractr noactr {' '.join(_WORDS)}",
    )
    states = {row["crisno"]: code for row in rows if (code := count(row["trigent"])) and code < _NO_STATE}
    known = actor_ids(
        "cow", {(str(states[n]), count(r["yrtrig"])) for r in rows if (n := r["crisno"]) in states}
    )
    for row in rows:
        begun = written(row["yrtrig"], row["motrig"], row["datrig"])
        ended = written(row["yrterm"], row["moterm"], row["daterm"])
        when = lasting(begun, ended)
        if begun is None or begun.start is None or when is None:
            found.reject("no day on which it began, or an end before it", [row[LINE]])
            continue
        code = states.get(row["crisno"])
        actor = known.get((str(code), count(row["yrtrig"])))
        if code and not actor:
            found.unknown["cow", str(code)] += 1
        phases = [Phase("in_force", begun.start, begun.precision)]
        if ended and ended.end:
            phases.append(Phase("ended", ended.end, ended.precision))
        found.ties.append(
            Tie(
                id=f"{stamp.source}:{row['crisno']}",
                kind="crisis",
                name=f"{row['crisname']}, {begun.start.year}",
                envelope=stamp.envelope(when, row[LINE]),
                parties=(Party(actor, "actor", when),) if actor else (),
                phases=tuple(phases),
                about=". ".join(_told(row, when)) + ".",
            )
        )
    return {"crises": found}


def _told(row: Row, when: Interval) -> Iterator[str]:
    """What is said of a crisis, in sentences."""
    crisis, others = count(row["cractr"]), count(row["noactr"])
    yield f"States in crisis: {crisis or 'not told'}, involved in all: {others or 'not told'}"
    for column, (lead, words) in _WORDS.items():
        code = count(row[column])
        if code is not None and code in words:
            colon = "" if column in {"break", "cenviosy", "forout", "usinv", "suinv"} else ":"
            yield f"{lead}{colon} {words[code]}"
    if when.end is None:
        yield "Its end is not told"
