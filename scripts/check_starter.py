"""Validate the starter record and hold it against the datasets under RAPALLO_SHARED.

Prints one table of figures and one of differences, each with its reason. Leaves with 1 where the record is
not valid or a fact marked ``checked`` does not hold; differences of recalled facts are listed and left alone.
Without the datasets only the validation runs.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import starter_oracles as oracles
from rich.console import Console
from rich.table import Table
from starter_oracles import REASONS, Figure, Findings
from starter_twice import twice

from rapallo.actors import actor
from rapallo.errors import RapalloError
from rapallo.sources.starter import load


def unknown_days() -> Iterator[tuple[str, str]]:
    """Rows whose actors are unknown on the first or the last day they are named for."""
    for batch in load():
        named: list[tuple[str, str, dt.date | None]] = []
        for tie in batch.ties:
            for p in tie.parties:
                named += [(tie.id, p.actor, p.when.start), (tie.id, p.actor, p.when.end)]
        for flow in batch.flows:
            named += [(flow.id, code, flow.envelope.valid.start) for code in (flow.origin, flow.destination)]
        named += [(trait.id, trait.actor, trait.envelope.valid.start) for trait in batch.traits]
        for event in batch.events:
            named += [(event.id, code, event.envelope.valid.start) for code in event.actors + event.targets]
        for row, code, on in named:
            try:
                actor(code, on=on or dt.date(2026, 1, 1))
            except RapalloError as error:
                yield row, str(error)


def validate(found: Findings) -> None:
    """Count the record and refuse what is wrong with it in itself."""
    batches = load()
    ties = [tie for b in batches for tie in b.ties]
    clauses = [c for tie in ties for c in tie.clauses]
    flows = [f for b in batches for f in b.flows]
    traits = [t for b in batches for t in b.traits]
    events = [e for b in batches for e in b.events]
    for row, why in unknown_days():
        if row in REASONS:
            found.differ(row, why, row)
        else:
            found.failures.append(f"{row}: {why}")
    found.failures.extend(f"{c.id}: orphan" for t in ties for c in t.clauses if c.tie != t.id)
    totals = {(t.actor, t.name, t.envelope.valid.start): t.value for t in traits}
    sums: Counter[tuple[str, str, dt.date | None]] = Counter()
    for f in flows:
        if f.kind == "trade":
            sums[f.origin, "exports", f.envelope.valid.start] += f.value  # type: ignore[assignment]
            sums[f.destination, "imports", f.envelope.valid.start] += f.value  # type: ignore[assignment]
    over = [k for k, v in sums.items() if k in totals and v > totals[k] * 1.02]
    for who, name, when in over:
        found.differences.append(
            (
                f"{name} {who} {when}",
                f"partners {sums[who, name, when]:g}, total {totals[who, name, when]:g}",
                "COW leaves out the trade between the two Koreas, which both count as domestic",
            )
        )
    for name, rows in (
        ("ties", ties),
        ("clauses", clauses),
        ("flows", flows),
        ("traits", traits),
        ("events", events),
    ):
        checked = sum(r.envelope.basis == "checked" for r in rows)
        found.figures.append(Figure(name, len(rows), checked, "agree = checked"))
    kinds = Counter(tie.kind for tie in ties)
    found.figures.append(
        Figure("ties by kind", len(ties), 0, ", ".join(f"{k} {n}" for k, n in kinds.most_common()))
    )


def main() -> int:
    """Run all checks, print the tables, and give the exit code."""
    console = Console(width=150)
    found = Findings()
    validate(found)
    batches = load()
    ties = [t for b in batches for t in b.ties]
    flows = [f for b in batches for f in b.flows]
    traits = [t for b in batches for t in b.traits]
    envelopes = [(r.id, r.envelope) for b in batches for f in (b.ties, b.traits, b.events) for r in f]
    twice(found, ties, [e for b in batches for e in b.events])
    root = Path(os.environ.get("RAPALLO_SHARED", "../shared")) / "data"
    if root.is_dir():
        data = oracles.Data(root)
        oracles.pacts(found, data, ties)
        oracles.trade(found, data, flows, traits)
        oracles.arms(found, data, flows, traits)
        oracles.capabilities(found, data, traits)
        oracles.expenditure(found, data, traits)
        oracles.warheads(found, data, traits)
        oracles.launches(found, data, envelopes)
        oracles.conflicts(found, data, ties)
    else:
        console.print(f"no datasets at {root}; validated only")
    table = Table("what", "held", "agree", "", title="The starter record")
    for f in found.figures:
        table.add_row(f.what, str(f.held), str(f.agree), f.note)
    console.print(table)
    table = Table("row", "difference", "reason", title=f"Differences ({len(found.differences)})")
    for row in found.differences:
        table.add_row(*row)
    console.print(table)
    for failure in found.failures:
        console.print(f"[red]does not hold[/red] {failure}", highlight=False)
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
