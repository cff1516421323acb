"""Rapallo: when two states sign, who is rattled, and why?

The public face. Every function takes a record, or asks the embedded starter record::

    import datetime as dt
    import rapallo

    text = open("article.txt").read()
    brief = rapallo.brief(text, published=dt.date(2024, 6, 22))
    for stake in brief.stakes["m1"][:5]:
        print(stake.actor, stake.band, [part.why for part in stake.parts])

Importing it is cheap: each function imports its floor when it is first called.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

    from rapallo.measures import DomainLeverage
    from rapallo.measures.answers import Answer
    from rapallo.model import Brief, Check, Obligations, Reading, Stake
    from rapallo.record import Record

__all__ = ["brief", "check", "dyads", "leverage", "measure", "obligations", "open", "rattled", "read"]


def open(path: str | Path | None = None) -> Record:  # noqa: A001 - the verb of the house
    """Open a record file, or without a path the embedded starter record.

    A file that does not exist is made, with the starter record in it.

    Args:
        path: a DuckDB file; None for the embedded starter record, in memory.

    Returns:
        The record; use it in a ``with`` statement or close it.

    Raises:
        RecordError: where the file is no record or cannot be opened.

    Examples:
        >>> import datetime as dt, rapallo
        >>> with rapallo.open() as record:
        ...     tie = record.view(dt.date(2024, 6, 22)).tie("prk-chn-1961")
        >>> tie.phase(dt.date(2024, 6, 22))
        'in_force'
    """
    from rapallo.record import Record

    return Record.open(Path(path) if path is not None else None)


def read(text: str, *, published: dt.date, title: str = "", address: str = "") -> Reading:
    """Read a text into claims.

    Args:
        text: plain text in English.
        published: the day it is dated, which anchors every relative date in it.
        title: its headline.
        address: where it comes from.

    Returns:
        The document, its claims, and for every sentence what was found or why nothing was.

    Examples:
        >>> import datetime as dt, rapallo
        >>> text = "Poland and Ukraine signed a treaty on Monday."
        >>> reading = rapallo.read(text, published=dt.date(2024, 6, 22))
        >>> [(c.event, c.actors, str(c.when.start)) for c in reading.claims]
        [('AGREE', ('POL', 'UKR'), '2024-06-17')]
    """
    from rapallo import reading

    return reading.read(text, published=published, title=title, address=address)


def check(sentence: str, *, on: dt.date, record: Record | None = None) -> tuple[Check, ...]:
    """Hold what a sentence claims against the record as of a day.

    Returns:
        One check per checkable claim of the sentence, with its rows and figures.
    """
    from rapallo import checks

    with _opened(record) as opened:
        return checks.check_text(opened.view(on), sentence, on)


def brief(
    text: str, *, published: dt.date, title: str = "", address: str = "", record: Record | None = None
) -> Brief:
    """Read a text and weigh it: claims, checks, moves, stakes, obligations and leverage before and after.

    Args:
        text: plain text in English.
        published: the day it is dated; the record is asked as of it.
        title: its headline.
        address: where it comes from.
        record: the record to ask.
    """
    from rapallo import briefs

    with _opened(record) as opened:
        return briefs.brief(text, record=opened, published=published, title=title, address=address)


def obligations(
    attacker: str,
    attacked: str,
    *,
    on: dt.date,
    facts: Mapping[str, str] | None = None,
    record: Record | None = None,
) -> Obligations:
    """Who must come to whose help if one state attacks another on a day.

    Args:
        attacker: ISO3 code.
        attacked: ISO3 code.
        on: the day of the attack.
        facts: what is known of it, e.g. ``{"provoked": "yes"}``.
        record: the record to ask.

    Examples:
        >>> import datetime as dt, rapallo
        >>> answers = rapallo.obligations("USA", "PRK", on=dt.date(2024, 6, 22)).answers
        >>> [a.answer for a in answers if a.actor == "CHN"]
        ['YES']
    """
    from rapallo import pacts

    with _opened(record) as opened:
        return pacts.obligations(opened.view(on), attacker=attacker, attacked=attacked, facts=facts or {})


def leverage(
    holder: str, over: str, *, on: dt.date, record: Record | None = None
) -> tuple[DomainLeverage, ...]:
    """How much one state depends on another, domain by domain (Emerson 1962)."""
    from rapallo import measures

    with _opened(record) as opened:
        return measures.leverage(opened.view(on), holder, over)


def measure(
    name: str,
    *states: str,
    year: int | None = None,
    years: tuple[int, int] | None = None,
    record: Record | None = None,
) -> Answer:
    """A measure of a state, of two, or of all, for a year or over years, or why there is no value.

    Args:
        name: as ``rapallo measure`` lists them.
        states: ISO3 or COW codes; none for all.
        year: the year; the last that has a value unless said.
        years: the first and the last year of a history.
        record: the record to ask.

    Examples:
        >>> import rapallo
        >>> [figure.value > 0.5 for figure in rapallo.measure("trade-share", "PRK", "CHN", year=2022).figures]
        [True]
    """
    from rapallo.measures.answers import Question, answer

    with _opened(record) as opened:
        return answer(opened, Question(name, states, year=year, years=years))


def dyads(
    first: int,
    last: int,
    with_: Sequence[str] = (),
    *,
    universe: str = "dyads",
    system: str = "cow",
    states: Sequence[str] = (),
    record: Record | None = None,
) -> pa.Table:
    """Pairs of states, or states, and years as an Arrow table, with columns of the record beside them.

    Args:
        first: year.
        last: year.
        with_: blocks of columns and measures, as ``rapallo dyads --list`` names them.
        universe: which rows, as it names them.
        system: ``cow`` or ``gw``.
        states: ISO3 codes of the only states that are to stand in rows; all unless said.
        record: the record to ask.

    Examples:
        >>> import rapallo
        >>> table = rapallo.dyads(1914, 1914, universe="undirected")
        >>> table.num_rows, table.column_names
        (990, ['ccode1', 'ccode2', 'year'])
    """
    from rapallo.measures.dyads import Asked
    from rapallo.measures.dyads import dyads as table

    with _opened(record) as opened:
        return table(opened, Asked(first, last, tuple(with_), universe, system, states=tuple(states)))


def rattled(
    *parties: str, kind: str, on: dt.date, clauses: Sequence[str] = (), record: Record | None = None
) -> tuple[Stake, ...]:
    """Whom a supposed move rattles, highest stake first.

    Args:
        parties: ISO3 codes; for a directed move the doer comes first.
        kind: a move kind (``pact, arms, sanction, base, ...``).
        on: the day it is supposed for.
        clauses: for a pact its clause kinds.
        record: the record to ask.
    """
    from rapallo import effects

    with _opened(record) as opened:
        move = effects.supposed_move(parties, kind=kind, clauses=tuple(clauses), on=on)
        return effects.stakes(opened.view(on), move)


def _opened(record: Record | None) -> AbstractContextManager[Record]:
    return open() if record is None else nullcontext(record)
