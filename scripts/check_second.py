"""Measure how far the second labelling of test clauses agrees with the first.

The second was made from the sentences and the guideline, without sight of the first. The sentences were
written to be labelled and are clearer than found ones, so the figures bound from above what news would give.
Rows of ``corpus/second`` are joined to those of ``corpus/test`` by their sentence. Claims of a row pair one
to one where they share at least half of the words of the shorter trigger, the likest first; every field is
then compared over the pairs. A field that both leave out counts as alike, so the last columns tell how it
stands with the pairs where at least one labeller gives it. Contexts are also told by their mean overlap.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from itertools import product

from check_agreement import agreement, kappa
from clauses import Label, Row, rows
from rich.console import Console
from rich.table import Table

NONE = "none"


def _story(when: str | None) -> str:
    """A date without the mark for "the story gives it"."""
    return (when or NONE).lstrip("~")


TERMS: dict[str, Callable[[Label], str]] = {
    "kind": lambda label: label.kind,
    "event": lambda label: label.event or NONE,
    "mode": lambda label: label.mode or NONE,
    "polarity": lambda label: label.polarity,
    "modality": lambda label: label.modality,
    "tie kind": lambda label: label.tie[0] if label.tie else NONE,
    "stance": lambda label: label.stance or NONE,
}
OTHERS: dict[str, Callable[[Label], Hashable]] = {
    "contexts, same set": lambda label: frozenset(label.contexts),
    "actors": lambda label: frozenset(label.actors),
    "targets": lambda label: frozenset(label.targets),
    "holders": lambda label: label.holders,
    "when": lambda label: _story(label.when),
    "amount": lambda label: label.amount or NONE,
}
FIELDS: dict[str, Callable[[Label], Hashable]] = {**TERMS, **OTHERS}
LEFT_OUT: frozenset[Hashable] = frozenset((NONE, "positive", "asserted", (), frozenset()))


def alike(one: Label, other: Label) -> float:
    """The words two triggers share, as a part of the shorter one."""
    mine, theirs = (set(label.trigger.lower().split()) for label in (one, other))
    return len(mine & theirs) / min(len(mine), len(theirs))


def pairs(first: Sequence[Label], second: Sequence[Label]) -> list[tuple[Label, Label]]:
    """The claims of one sentence that stand for each other, the likest in trigger, then in fields, first."""

    def likeness(pair: tuple[Label, Label]) -> tuple[float, bool, int]:
        one, other = pair
        same = sum(of(one) == of(other) for of in FIELDS.values())
        return alike(one, other), one.trigger == other.trigger, same

    found: list[tuple[Label, Label]] = []
    taken: set[int] = set()
    for one, other in sorted(product(first, second), key=likeness, reverse=True):
        if alike(one, other) >= 0.5 and taken.isdisjoint((id(one), id(other))):
            found.append((one, other))
            taken.update((id(one), id(other)))
    return found


def elsewhere(first: Sequence[Label], second: Sequence[Label]) -> int:
    """How many claims that do not pair have one of the same kind, event and an actor on other words."""
    paired = pairs(first, second)
    taken = {id(label) for pair in paired for label in pair}
    left, right = ([label for label in side if id(label) not in taken] for side in (first, second))
    count = 0
    for one in left:
        for other in right:
            if (one.kind, one.event) == (other.kind, other.event) and set(one.actors) & set(other.actors):
                right.remove(other)
                count += 1
                break
    return count


def overlap(one: Collection[str], other: Collection[str]) -> float:
    """What two sets share, as a part of both together; 1 where both are empty."""
    both = set(one) | set(other)
    return len(set(one) & set(other)) / len(both) if both else 1.0


def joined(first: Sequence[Row], second: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Rows of the two labellings with the same sentence."""
    known = {row.text: row for row in first}
    return [(known[row.text], row) for row in second if row.text in known]


def fields(paired: Sequence[tuple[Label, Label]]) -> Table:
    """How often each field is alike in paired claims."""
    table = Table(
        "field", "alike", "of all", "kappa", "given by one", "alike of these", title=f"{len(paired)} pairs"
    )
    for name, of in FIELDS.items():
        values = [(of(one), of(other)) for one, other in paired]
        given = [pair for pair in values if not LEFT_OUT.issuperset(pair)]
        same = sum(one == other for one, other in values)
        ours, theirs = [str(one) for one, _ in values], [str(other) for _, other in values]
        beyond = f"{kappa(ours, theirs):.2f}" if name in TERMS and len({*ours, *theirs}) > 1 else ""
        of_given = f"{sum(one == other for one, other in given) / len(given):.1%}" if given else ""
        table.add_row(name, str(same), f"{same / len(values):.1%}", beyond, str(len(given)), of_given)
    shared = sum(overlap(one.contexts, other.contexts) for one, other in paired) / len(paired)
    table.add_row("contexts, mean overlap", "", f"{shared:.1%}", "", "", "")
    return table


def apart(paired: Sequence[tuple[Label, Label]], show: int) -> Table:
    """Where paired claims part most often, in the fields of one term."""
    counts = Counter(
        (name, of(one), of(other))
        for one, other in paired
        for name, of in TERMS.items()
        if of(one) != of(other)
    )
    table = Table("field", "test", "second", "pairs", title="Where they part")
    for (name, one, other), count in counts.most_common(show):
        table.add_row(name, one, other, str(count))
    return table


def main() -> int:
    """Print the figures, and what sentences have been reworded since; return 1 where nothing pairs."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--show", type=int, default=15, help="how many partings to list")
    options = arguments.parse_args()
    console = Console(width=110)
    second = list(rows("second"))
    both = joined(list(rows("test")), second)
    paired = [pair for one, other in both for pair in pairs(one.labels, other.labels)]
    if not paired:
        console.print("no claim pairs")
        return 1
    of_test, of_second = (sum(len(row[side].labels) for row in both) for side in (0, 1))

    def f1(shared: int) -> float:
        return 2 * shared / (of_test + of_second)

    more = sum(elsewhere(one.labels, other.labels) for one, other in both)
    bare = [tuple(NONE if not row.labels else "some" for row in pair) for pair in both]
    ours, theirs = [one for one, _ in bare], [other for _, other in bare]
    console.print(
        f"{len(both)} of {len(second)} sentences joined; clauses: {of_test} in test, {of_second} in second, "
        f"{len(paired)} pair (F1 {f1(len(paired)):.2f}), {more} more are of the same "
        f"kind, event and an actor on other words (F1 {f1(len(paired) + more):.2f}). "
        f"Whether a sentence claims anything: {agreement(ours, theirs):.1%}, kappa {kappa(ours, theirs):.2f}."
    )
    console.print(fields(paired))
    console.print(apart(paired, options.show))
    known = {row.text for row, _ in both}
    for row in second:
        if row.text not in known:
            console.print(f"no longer in test: {row.text}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
