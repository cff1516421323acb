"""``rapallo models``: every model with its card."""

from __future__ import annotations

import click

from rapallo.cli import options, output


@click.command("models")
@options.as_json
def command(*, json_: bool) -> None:
    """List every measure and effect with its definition, unit, citation and limits."""
    from rapallo import effects, measures

    cards = (*measures.models(), *effects.models())
    if output.wants_json(asked=json_):
        output.emit_json(cards)
        return
    rows = [(card.id, card.definition, card.unit, card.citation) for card in cards]
    output.console().print(output.table("Models", ("model", "definition", "unit", "after"), rows))
