"""``rapallo check``: a sentence held against the record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from rapallo.cli import options, output
from rapallo.cli.app import EMPTY


@click.command("check")
@click.argument("sentence")
@options.on
@options.known
@options.record
@options.as_json
def command(
    sentence: str, on: dt.date, known: dt.date | None, record_file: Path | None, *, json_: bool
) -> int:
    """Hold a SENTENCE against the record: borne out, contradicted, outdated or not covered, with the rows."""
    from rapallo import checks

    with options.opened(record_file) as record:
        found = checks.check_text(record.view(on, known), sentence, on)
    if output.wants_json(asked=json_):
        output.emit_json(found)
    else:
        rows = [(c.verdict.replace("_", " "), c.why, " ".join(c.rows), c.covered_by) for c in found]
        output.console().print(
            output.table(sentence, ("verdict", "why", "rows", "would be covered by"), rows)
        )
        if not found:
            output.console().print("nothing in this sentence can be checked against a record of states")
    return 0 if found else EMPTY
