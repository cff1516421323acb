"""``rapallo obliged``: casus foederis, and its questions turned around."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rapallo.cli import options, output, texts
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError

if TYPE_CHECKING:
    from rapallo.record import Record, View


def _facts(pairs: tuple[str, ...], where: str | None) -> dict[str, str]:
    facts: dict[str, str] = {}
    for pair in (*pairs, *(() if where is None else (f"where={where}",))):
        name, equals, value = pair.partition("=")
        if not (name and equals and value.strip()):
            msg = f"{pair!r} is not a fact"
            raise InputError(msg, hint="write it as provoked=yes, or --where FLK")
        if name in facts and facts[name] != value:
            msg = f"the fact {name!r} is both {facts[name]!r} and {value!r}"
            raise InputError(msg, hint="say it once")
        facts[name] = value
    return facts


@click.command("obliged")
@click.option("--attacker", "attackers", multiple=True, metavar="STATE", help="Who attacks; may be repeated.")
@click.option("--attacked", "attacked", multiple=True, metavar="STATE", help="Who is attacked; likewise.")
@click.option("--where", metavar="PLACE", help="Where the attack falls, e.g. FLK.")
@click.option(
    "--fact", "pairs", multiple=True, metavar="NAME=VALUE", help="What is known, e.g. provoked=yes."
)
@click.option("--why", "why", metavar="STATE", help="The whole reasoning for one state, a NO too.")
@click.option("--likely", is_flag=True, help="Add how often such pledges were kept.")
@click.option("--tree", is_flag=True, help="Print the tree, with names for codes.")
@click.option("--svg", type=click.Path(path_type=Path), metavar="FILE", help="Also draw the tree.")
@click.option("--whose-attack-obliges", "whose", metavar="STATE", help="Whose attack would oblige it?")
@click.option("--gap", "gapped", metavar="STATE", help="Which one clause would oblige it?")
@click.option("--chains", is_flag=True, help="Which chains reach a great-power war, where do they break?")
@click.option("--all", "everyone", is_flag=True, help="Every ordered pair of states, to the file of --out.")
@click.option("--years", default="", metavar="A-B", help="With --all: each year from one to another.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="A .parquet or .csv file.")
@options.on
@options.known
@options.record
@options.as_json
def command(
    attackers: tuple[str, ...],
    attacked: tuple[str, ...],
    where: str | None,
    pairs: tuple[str, ...],
    why: str | None,
    svg: Path | None,
    whose: str | None,
    gapped: str | None,
    years: str,
    out: Path | None,
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    likely: bool,
    tree: bool,
    chains: bool,
    everyone: bool,
    json_: bool,
) -> int:
    """Say who must help whom in an attack: YES, NO, DISPUTED or OPTIONAL, each with its clause."""
    if everyone:
        return _everyone(record_file, out, years, on, known, json_=json_)
    foes = [options.state(code, on) for code in attackers]
    struck = [options.state(code, on) for code in attacked]
    _demand(foes, struck, whose=whose, turned=[n for n in (whose, gapped, "chains" if chains else None) if n])
    facts = _facts(pairs, where)
    with options.opened(record_file) as record:
        view = record.view(on, known)
        asked = output.wants_json(asked=json_)
        if whose or gapped or chains:
            return _turned(view, foes, struck, facts, whose=whose, gapped=gapped, asked=asked)
        return _plain(record, view, foes, struck, facts, why, svg, likely=likely, tree=tree, asked=asked)


def _everyone(
    record_file: Path | None, out: Path | None, years: str, on: dt.date, known: dt.date | None, *, json_: bool
) -> int:
    from rapallo.cli.obliged_all import write

    if out is None:
        msg = "nothing says where the table goes"
        raise InputError(msg, hint="--out obliged.parquet")
    rows = write(record_file, out, years=years, on=None if years else on, known=known)
    if output.wants_json(asked=json_):
        output.emit_json({"file": str(out), "rows": rows})
    else:
        click.echo(f"{rows:,} answers in {out}")
    return 0 if rows else EMPTY


def _demand(foes: list[str], struck: list[str], *, whose: str | None, turned: list[str]) -> None:
    if len(turned) > 1:
        msg = "--whose-attack-obliges, --gap and --chains are three questions"
        raise InputError(msg, hint="ask one of them")
    if not struck or not (foes or whose):
        lacking = "--attacked" if not struck else "--attacker"
        msg = f"it is not said who {'is attacked' if not struck else 'attacks'}"
        raise InputError(msg, hint=f"add {lacking} STATE")
    if turned and (len(foes) > 1 or len(struck) > 1):
        msg = "that question is of one attacker and one attacked"
        raise InputError(msg, hint="name one of each")


def _plain(
    record: Record,
    view: View,
    foes: list[str],
    struck: list[str],
    facts: Mapping[str, str],
    why: str | None,
    svg: Path | None,
    *,
    likely: bool,
    tree: bool,
    asked: bool,
) -> int:
    from rapallo import pacts
    from rapallo.cli import obliged_page as page
    from rapallo.effects.likely import CAUTION
    from rapallo.effects.likely import likely as chances

    found = pacts.obligations(
        view,
        attacker=foes[0],
        attacked=struck[0],
        facts=facts,
        with_attacker=foes[1:],
        with_attacked=struck[1:],
    )
    state = options.state(why, view.on) if why else ""
    names = _names(view.on)
    rates = chances(record, view, found) if likely else ()
    if svg:
        from rapallo.draw.tree import tree_svg

        texts.save(svg, tree_svg(found, names, {tie.id: tie.name for tie in view.pacts()}))
    if asked:
        told = pacts.as_json(found)
        if state:
            told["why"] = list(page.why(found, state, pacts.obliged_by(view, state)))
        if likely:
            told["likely"] = {one.actor: one for one in rates}
            told["likely_caution"] = CAUTION
        output.emit_json(told)
    elif tree:
        output.console().print(pacts.explain(found, names), markup=False)
    else:
        lines = page.why(found, state, pacts.obliged_by(view, state)) if state else page.answers(found)
        more = page.chances(rates) if likely else ()
        _show([*lines, *more], names)
    return 0 if found.answers or state else EMPTY


def _turned(
    view: View,
    foes: list[str],
    struck: list[str],
    facts: Mapping[str, str],
    *,
    whose: str | None,
    gapped: str | None,
    asked: bool,
) -> int:
    from rapallo import pacts
    from rapallo.cli import obliged_page as page

    if whose:
        state = options.state(whose, view.on)
        triggers = pacts.whose_attack(view, state, struck[0], attackers=foes or None, facts=facts)
        answer: object = triggers
        lines, full = list(page.triggered(triggers)), bool(triggers.found)
    elif gapped:
        state = options.state(gapped, view.on)
        gap = pacts.gap(view, state, attacker=foes[0], attacked=struck[0], facts=facts)
        answer = gap
        lines, full = list(page.gapped(gap)), gap.answer == "YES" or bool(gap.remedies)
    else:
        chains = pacts.chains(view, attacker=foes[0], attacked=struck[0], facts=facts)
        answer = chains
        lines, full = list(page.chained(chains)), chains.answer != "NO"
    if asked:
        output.emit_json(answer)
    else:
        _show(lines, _names(view.on))
    return 0 if full else EMPTY


def _show(lines: Sequence[str], names: Mapping[str, str]) -> None:
    from rapallo.cli import obliged_page as page

    console = output.console()
    console.print(page.named(lines, names, width=min(console.width, 110)), markup=False, soft_wrap=True)


def _names(on: dt.date) -> Mapping[str, str]:
    from rapallo import actors

    return {state.id: state.name for state in actors.states(on)}
