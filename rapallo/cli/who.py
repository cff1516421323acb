"""``rapallo who``: who is meant by a name."""

from __future__ import annotations

import datetime as dt

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError


@click.command("who")
@click.argument("name")
@click.option("--near", multiple=True, metavar="CODE", help="An actor already in play; settles ambiguity.")
@options.on
@options.as_json
def command(name: str, near: tuple[str, ...], on: dt.date, *, json_: bool) -> int:
    """Say who is meant by NAME: a state, leader, capital, seat of power, organisation or group."""
    from rapallo import actors

    if not name.strip():
        msg = "the name is empty"
        raise InputError(msg, hint="write e.g. rapallo who Pyongyang")
    if name.isascii() and name.isdigit():
        name = actors.actor(name, on=on).name
    resolution = actors.resolve(name, on=on, near=near)
    if output.wants_json(asked=json_):
        output.emit_json(resolution)
    else:
        rows = [(c.actor, c.code, c.role, f"{c.confidence:.2f}", c.why) for c in resolution.candidates]
        console = output.console()
        console.print(
            output.table(f"{name!r} on {on}", ("actor", "codes to", "as", "confidence#", "why"), rows)
        )
        if resolution.why:
            console.print(resolution.why)
    return 0 if resolution.candidates else EMPTY
