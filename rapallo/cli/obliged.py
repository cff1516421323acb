"""``rapallo obliged``: who must come to whose help."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY
from rapallo.errors import InputError


def _facts(pairs: tuple[str, ...]) -> dict[str, str]:
    facts = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not (name and equals and value):
            msg = f"{pair!r} is not a fact"
            raise InputError(msg, hint="write it as provoked=yes")
        facts[name] = value
    return facts


@click.command("obliged")
@click.option("--attacker", required=True, metavar="STATE")
@click.option("--attacked", required=True, metavar="STATE")
@click.option(
    "--fact", "pairs", multiple=True, metavar="NAME=VALUE", help="What is known, e.g. provoked=yes."
)
@options.on
@options.known
@options.record
@options.as_json
def command(
    attacker: str,
    attacked: str,
    pairs: tuple[str, ...],
    on: dt.date,
    known: dt.date | None,
    record_file: Path | None,
    *,
    json_: bool,
) -> int:
    """Say who must help whom in an attack: YES, NO, DISPUTED or OPTIONAL, each with its clause."""
    from rapallo import pacts

    with options.opened(record_file) as record:
        answer = pacts.obligations(
            record.view(on, known),
            attacker=options.state(attacker, on),
            attacked=options.state(attacked, on),
            facts=_facts(pairs),
        )
    if output.wants_json(asked=json_):
        output.emit_json(pacts.as_json(answer))
    else:
        output.console().print(pacts.explain(answer), markup=False)
    return 0 if answer.answers else EMPTY
