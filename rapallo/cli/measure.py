"""``rapallo measure``: what a measure says of a year, a state, a pair, or over years."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError, UnknownActorError

if TYPE_CHECKING:
    from rapallo.measures.answers import Answer

_PICTURES = (".svg", ".png")


@click.command("measure")
@click.argument("name", required=False, default="", metavar="[NAME]")
@click.argument("states", nargs=-1, metavar="[STATE ...]")
@click.option("--on", "on", type=options.DAY, metavar="D", help="The year of this day.  [default: the last]")
@click.option("--years", "span", default="", metavar="A-B", help="A history: from one year to another.")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1), metavar="N", help="So many.")
@click.option("--least", is_flag=True, help="The least first.")
@click.option("--among", default="", metavar="A,B,C", help="Only these states; for pairs each to each.")
@click.option("--plot", type=click.Path(path_type=Path), metavar="FILE", help="Draw it: .svg or .png.")
@click.option(
    "--coding", type=click.Path(path_type=Path), metavar="FILE", help="How obligations count (YAML)."
)
@click.option("--card", "whole", is_flag=True, help="What the measure is, after whom, and its limits.")
@options.system
@options.known
@options.record
@options.as_json
def command(
    name: str,
    states: tuple[str, ...],
    on: dt.date | None,
    span: str,
    most: int,
    among: str,
    plot: Path | None,
    coding: Path | None,
    system: str,
    known: dt.date | None,
    record_file: Path | None,
    *,
    least: bool,
    whole: bool,
    json_: bool,
) -> int:
    """List the measures, or say what one says.

    \b
    rapallo measure                                   all there are
    rapallo measure cinc --on 1914-06-01              all states of a year, ranked
    rapallo measure s-score USA --on 2010-01-01       a state's partners, ranked
    rapallo measure s-score USA GBR --years 1946-2018 --plot s.svg

    Without --on it is the last year that has a value. Where there is none, it says why.
    """  # noqa: D301 - the backspace is click's mark for lines that stay as they are
    from rapallo.cli import measure_page as page
    from rapallo.measures.registry import yearly_measure

    json = output.wants_json(asked=json_)
    if not name:
        page.listing(json=json)
        return 0
    its = yearly_measure(name)
    if whole:
        page.card(its, json=json)
        return 0
    if plot is not None:
        _check_plot(plot)
    years = options.years(span) if span else None
    answer = _answer(name, states, among, on, years, coding, system, known, record_file)
    if plot is not None:
        _draw(answer, plot, most=most, least=least)
    if json:
        output.emit_json(page.as_json(answer, most=most, least=least))
    else:
        page.show(answer, most=most, least=least)
    return 0 if answer.found else EMPTY


def _answer(
    name: str,
    states: tuple[str, ...],
    among: str,
    on: dt.date | None,
    years: tuple[int, int] | None,
    coding: Path | None,
    system: str,
    known: dt.date | None,
    record_file: Path | None,
) -> Answer:
    from rapallo.measures.answers import Question, answer
    from rapallo.measures.coding import load_coding

    days = [on or dt.date.today()]
    if years is not None:
        days = [
            dt.date(max(year, 1), month, day) for year, month, day in ((years[1], 12, 31), (years[0], 1, 1))
        ]
    asked = tuple(_state(who, days) for who in states)
    listed = tuple(dict.fromkeys(_state(who, days) for who in among.split(",") if who.strip()))
    if years is not None and not asked:
        asked, listed = listed, ()  # a history is one of states each for itself
    question = Question(
        name,
        asked,
        on.year if on else None,
        years,
        listed,
        system,
        known,
        load_coding(coding) if coding is not None else None,
    )
    with options.opened(record_file) as record:
        return answer(record, question)


def _state(who: str, days: list[dt.date]) -> str:
    """The id of a state as of one of some days, or of whenever it was; a number stays one."""
    who = who.strip()
    if who.isdecimal():
        return who
    from rapallo import actors

    failed = None
    for day in days:
        try:
            return options.state(who, day)
        except UnknownActorError as error:
            failed = failed or error
    try:
        return actors.actor(who).id
    except UnknownActorError as error:
        raise failed or error from None


def _check_plot(plot: Path) -> None:
    """Refuse a path before anything is worked out for it."""
    if plot.suffix.lower() not in _PICTURES:
        msg = f"{plot} is neither an .svg nor a .png file"
        raise InputError(msg, hint="--plot picture.svg")
    if plot.is_dir() or not plot.parent.is_dir():
        msg = f"no picture can be written to {plot}"
        raise InputError(msg, hint="a file in a folder that is there")


def _draw(answer: Answer, plot: Path, *, most: int, least: bool) -> None:
    from rapallo import draw
    from rapallo.cli.texts import save

    svg = draw.measured_svg(answer, most=most, least=least)
    save(plot, svg if plot.suffix.lower() == ".svg" else draw.svg_to_png(svg))
