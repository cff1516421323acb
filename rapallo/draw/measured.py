"""The picture of an answer about a measure: lines over years, bars of a year, or a matrix of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from rapallo import actors
from rapallo.draw.heat import heat_svg
from rapallo.draw.lines import lines_svg
from rapallo.draw.ranking import ranking_svg
from rapallo.draw.series import Series
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.measures.answers import Answer, Figure

__all__ = ["measured_svg"]

_WIDE = 26
"""Letters of a pair of names that have room beside a bar."""


class _About(TypedDict):
    subtitle: str
    unit: str
    source: str


def measured_svg(found: Answer, *, most: int = 20, least: bool = False) -> str:
    """Draw an answer.

    Args:
        found: the answer.
        most: at most so many bars.
        least: the least of a ranking, not the greatest.

    Raises:
        InputError: where it is a single figure.

    Examples:
        >>> from rapallo.measures.answers import Question, answer
        >>> from rapallo.record import Record
        >>> svg = measured_svg(answer(Record.open(), Question("cinc", ("CHN", "USA"), years=(2020, 2022))))
        >>> "China" in svg
        True
    """
    values = [each.value for each in found.figures if each.value is not None]
    zero = bool(values) and min(values) >= 0 and not found.card.unit.startswith("-1")
    about: _About = {
        "subtitle": found.card.definition,
        "unit": found.card.unit,
        "source": f"{', '.join(found.sources)}. After {found.card.citation}",
    }
    name, year = found.card.id, found.question.year
    if found.form == "history":
        last = found.figures[-max(len(found.question.states), 1) :]
        states = [last[0].state, last[0].other] if found.of == "pair" else [each.state for each in last]
        title = (
            f"{name}, {' and '.join(map(_called, states))}" if 0 < len(found.question.states) < 3 else name
        )
        return lines_svg(_series(found), title=title, zero=zero, **about)
    if found.form == "matrix":
        states = list(dict.fromkeys(each.state for each in found.figures))
        grid = np.full((len(states), len(states)), np.nan)
        for each in found.figures:
            if each.value is not None:
                one, other = states.index(each.state), states.index(each.other)
                grid[one, other] = each.value
                grid[other, one] = grid[other, one] if found.directed else each.value
        names = [_called(who) for who in states]
        return heat_svg(names, grid, title=f"{name}, {year}", zero=zero, **about)
    if len(found.figures) < 2:
        msg = "a single figure makes no picture"
        raise InputError(msg, hint="ask for a history, --years 1946-2010")
    known = [each for each in found.figures if each.value is not None]
    known = known[-most:] if least else known
    short = any(len(_named(found, each, short=False)) > _WIDE for each in known[:most])
    bars = [
        (_named(found, each, short=short or place >= most), each.value) for place, each in enumerate(known)
    ]
    return ranking_svg(bars, title=_title(found), most=most, **about)


def _title(found: Answer) -> str:
    of = (
        f" of {_called(found.question.states[0])} with others"
        if found.of == "pair" and _partners(found)
        else ""
    )
    return f"{found.card.id}{of}, {found.question.year}"


def _partners(found: Answer) -> bool:
    return len(found.question.states) == 1


def _named(found: Answer, each: Figure, *, short: bool) -> str:
    """What a bar is called; pairs by their ids where there is no room for names."""
    if found.of == "state":
        return _called(each.state)
    if _partners(found):
        return _called(each.other)
    one, other = (who if short else _called(who) for who in (each.state, each.other))
    return f"{one} {'→' if found.directed else '–'} {other}"


def _series(found: Answer) -> list[Series]:
    years = sorted({each.year for each in found.figures})
    if found.of == "state":
        series = []
        for at in range(len(found.question.states)):
            its = found.figures[at :: len(found.question.states)]
            series.append(Series(_called(its[-1].state), years, [each.value for each in its]))
        return series
    there = [each.value for each in found.figures]
    if found.of == "world":
        return [Series(found.card.id, years, there)]
    one, other = found.figures[-1].state, found.figures[-1].other
    if not found.directed:
        return [Series(f"{one} – {other}", years, there)]
    back = [each.back for each in found.figures]
    return [Series(f"{one} → {other}", years, there), Series(f"{other} → {one}", years, back)]


def _called(who: str) -> str:
    return actors.actor(who).name
