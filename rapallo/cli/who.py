"""``rapallo who``: who is meant by a name, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError, UnknownActorError
from rapallo.model import Candidate, Resolution


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
    if not resolution.candidates:
        resolution = _by_id(name, on) or resolution
    if output.wants_json(asked=json_):
        output.emit_json(resolution)
    else:
        _show(resolution, name, on)
    return 0 if resolution.candidates else EMPTY


def _by_id(name: str, on: dt.date) -> Resolution | None:
    """The answer where the name is the id of an actor that goes by other names ("DMA")."""
    from rapallo import actors

    try:
        found = actors.actor(name, on=on)
    except UnknownActorError:
        return None
    code = found.of if found.kind == "leader" and found.of else found.id
    return Resolution(name, (Candidate(found.id, code, 1.0, f"id of {found.name}", found.kind),))


def _show(resolution: Resolution, name: str, on: dt.date) -> None:
    rows = [(c.actor, c.code, c.role, c.sector, f"{c.confidence:.2f}", c.why) for c in resolution.candidates]
    console = output.console()
    if rows:
        columns = ("actor", "codes to", "as", "sector", "confidence#", "why")
        console.print(output.table(f"{name!r} on {on}", columns, rows))
    else:
        console.print(f"{name!r} on {on}: nobody")
    for line in _explained(resolution, on):
        console.print(line)


def _explained(resolution: Resolution, on: dt.date) -> Iterator[str]:
    """What is behind the answer, line by line: why it is not one, what would settle it, what it rests on."""
    from rapallo import vocab

    if resolution.why:
        yield resolution.why
    codes = list(dict.fromkeys(c.code for c in resolution.candidates))
    offered = all(c.why.startswith("one letter from") for c in resolution.candidates)
    if len(codes) > 1 and not offered:
        yield f"To settle it, name one of them: {' or '.join(f'--near {code}' for code in codes)}"
    sectors = vocab.vocabulary("sectors")
    told = (c.sector for c in resolution.candidates) if resolution.candidates else (resolution.sector,)
    for code in dict.fromkeys(code for sector in told for code in sector.split()):
        yield f"{code}: {sectors[code].meaning}"
    if resolution.best is not None:
        yield from _facts(resolution.best.actor, on)


def _facts(key: str, on: dt.date) -> Iterator[str]:
    """What the files say of an actor, in a line; as it was last where it is of another time."""
    from rapallo import actors

    try:
        found = actors.actor(key, on=on)
    except UnknownActorError:
        found = actors.actor(key)
    is_territory = found.status == "territory"
    parts = [f"territory of {found.of}" if is_territory else found.kind]
    if found.status == "partly recognised":
        parts.append("partly recognised" + (f", held to be a part of {found.of}" if found.of else ""))
    parts += [f"{what} {number}" for what, number in (("COW", found.cow), ("GW", found.gw)) if number]
    parts += [f"capital {found.capital}"] if found.capital else []
    parts += [found.role] if found.role else []
    days = (
        f"from {found.when.start}" if found.when.start else "",
        f"to {found.when.end}" if found.when.end else "",
    )
    parts += [" ".join(day for day in days if day)] if any(days) and not is_territory else []
    yield f"{found.name} ({found.id}): {', '.join(parts)}; {found.basis or 'recalled'}"
