"""What ``rapallo obliged`` prints for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import fill

from rapallo.effects.likely import CAUTION, Likelihood, Rate
from rapallo.model import Obligation, Obligations, Reason
from rapallo.pacts import Chains, Duty, Gap, Triggers
from rapallo.pacts.tree import headline

__all__ = ["answers", "chained", "chances", "gapped", "named", "triggered", "why"]

_HEADS = {
    "YES": "YES: bound to help",
    "DISPUTED": "DISPUTED: bound on one reading",
    "OPTIONAL": "OPTIONAL: bound to talk, or free to help",
    "NO": "NO: a clause is at issue and does not bind",
}
_CODE = re.compile(r"(?<![\w/:-])[A-Z]{3}(?![\w/-])")
_MANY = 6  # more states than these on one line are counted
_SHOWN = 12


def named(lines: Iterable[str], names: Mapping[str, str], *, width: int = 100) -> str:
    """The lines as one text, with names in the place of codes, those in ids left alone.

    A line that is wider than the terminal goes on below, a step to the right of where it begins.
    """
    return "\n".join(
        fill(
            line,
            width,
            subsequent_indent=" " * (len(line) - len(line.lstrip()) + 2),
            break_long_words=False,
            break_on_hyphens=False,
        )
        for line in (_CODE.sub(lambda met: names.get(met[0], met[0]), line) for line in lines)
    )


def answers(found: Obligations) -> Iterator[str]:
    """The states by answer, those of the same deciding clause on one line, then what decides."""
    yield headline(found)
    if not found.answers:
        yield "  no clause in the record is at issue"
    for answer, head in _HEADS.items():
        groups: dict[tuple[object, ...], list[Obligation]] = {}
        for entry in found.answers:
            if entry.answer == answer:
                first = entry.because[0]
                key = (entry.side, entry.step, first.clause, first.why, entry.conflicts)
                groups.setdefault(key, []).append(entry)
        count = sum(map(len, groups.values()))
        if count:
            yield ""
            yield f"{head} ({count})"
        for entries in groups.values():
            yield from _group(entries)


def why(found: Obligations, state: str, duties: Sequence[Duty]) -> Iterator[str]:
    """The whole reasoning for one state; where no clause is at issue, what it owes, and to whom, instead."""
    yield headline(found)
    entry = next((o for o in found.answers if o.actor == state), None)
    if state in {found.attacker, found.attacked, *found.with_attacker, *found.with_attacked}:
        yield f"{state} is one of those that clash: it is in the war whatever its pacts say."
        return
    if entry is None:
        helping = [d for d in duties if d.clause.kind in {"defence", "offence", "consultation"}]
        yield f"NO: {state} owes nothing here. No clause that binds it protects a state in this war."
        if not helping:
            yield "  The record holds no promise of help by it that is in force on that day."
        for duty in helping[:_SHOWN]:
            yield f"  it owes {duty.clause.kind} to {_row(duty.toward)}: {duty.pact} [{duty.clause.id}]"
        if len(helping) > _SHOWN:
            yield f"  and {len(helping) - _SHOWN} more"
        return
    step = f", at step {entry.step}" if entry.step > 1 else ""
    yield f"{entry.answer}: {state}, on the side of {entry.side}{step}"
    for number, reason in enumerate(entry.because, 1):
        yield ""
        yield f"  {number}. {reason.answer}, for {reason.side or entry.side}: {reason.why} [{reason.clause}]"
        yield from _words(reason, "     ")
    yield from _pulls(entry, "  ")


def chances(found: Sequence[Likelihood]) -> Iterator[str]:
    """How often such pledges were kept: by kind of pledge, then by state."""
    yield ""
    yield "What they are likely to do, apart from what they must"
    if not found:
        yield "  nobody is obliged"
        return
    by_kind: dict[Rate, list[str]] = {}
    for one in found:
        by_kind.setdefault(one.by_kind, []).append(one.actor)
    for rate, codes in by_kind.items():
        yield f"  {_rate(rate)}: {_row(codes)}"
    own = [one.by_state for one in found if one.by_state]
    yield from (f"  {_rate(rate)}" for rate in own)
    yield f"  {CAUTION}"


def triggered(found: Triggers) -> Iterator[str]:
    """Whose attack would oblige a state, by answer and deciding clause."""
    yield f"Whose attack on {found.attacked} would oblige {found.state} on {found.on}"
    groups: dict[tuple[str, str, int], list[Reason]] = {}
    for trigger in found.found:
        key = (trigger.answer, trigger.reason.clause, trigger.reason.step)
        groups.setdefault(key, []).append(trigger.reason)
    whose = {id(trigger.reason): trigger.attacker for trigger in found.found}
    for (answer, clause, step), reasons in groups.items():
        through = "" if step == 1 else f", once others have joined (step {step})"
        codes = [whose[id(reason)] for reason in reasons]
        yield f"  {answer}: {_row(codes)}"
        yield f"    {_pact(reasons[0])} [{clause}]{through}"
        yield from _words(reasons[0], "    ")
    rest = found.asked - len(found.found)
    yield f"  nobody else of the {found.asked} states asked" if rest else "  that is each of the states asked"


def gapped(found: Gap) -> Iterator[str]:
    """What a state owes, and which one clause would make it owe more."""
    yield f"{found.attacker} attacks {found.attacked} on {found.on}: {found.state} is at {found.answer}"
    if found.answer == "YES":
        yield "  it is obliged already, there is no gap"
    elif not found.remedies:
        yield f"  none of the {found.tried} clauses tried would oblige it"
    for number, remedy in enumerate(found.remedies, 1):
        also = f"; it changes the answer of {_row(remedy.also)} too" if remedy.also else ""
        yield f"  {number}. {remedy.answer}: {remedy.what}{also}"


def chained(found: Chains) -> Iterator[str]:
    """How each great power is drawn in, and where the chains break."""
    yield headline(found.clash)
    told = {
        "YES": "great powers stand on both sides",
        "DISPUTED": "on one reading great powers stand on both sides",
        "NO": "no clause brings great powers to both sides",
    }
    yield f"  {found.answer}: {told[found.answer]}"
    for chain in found.chains:
        if not chain.links:
            yield f"  {chain.power}: one of those that clash"
            continue
        yield f"  {chain.power}, for {chain.side}: {chain.answer}"
        for link in chain.links:
            yield f"    {link.reason.attacker} attacks {link.reason.attacked}, which draws in {link.actor}:"
            yield f"      {_pact(link.reason)} [{link.reason.clause}]"
        if chain.breaks:
            yield f"    it stays out without any one of: {', '.join(chain.breaks)}"
    if found.out:
        yield f"  drawn in by no clause: {_row(found.out)}"
    for cut in found.cuts:
        yield f"  it breaks without {' and '.join(cut)}"
    if found.answer != "NO" and not found.cuts:
        yield "  no one or two clauses break it"
    if not found.complete:
        yield "  and without other pairs of clauses that are not listed"


def _group(entries: Sequence[Obligation]) -> Iterator[str]:
    entry, reason = entries[0], entries[0].because[0]
    codes = [o.actor for o in entries]
    step = f", step {entry.step}" if entry.step > 1 else ""
    side = f" for {entry.side}" if entry.answer != "NO" else ""
    yield f"  {_row(codes)}{side}{step}"
    yield f"    {reason.why} [{reason.clause}]"
    yield from _words(reason, "    ")
    yield from _pulls(entry, "    ")


def _words(reason: Reason, indent: str) -> Iterator[str]:
    if reason.wording:
        yield (
            f'{indent}"{reason.wording}"' if reason.verbatim else f"{indent}in other words: {reason.wording}"
        )
    yield from (f"{indent}would settle it: {fact}" for fact in reason.settles)


def _pulls(entry: Obligation, indent: str) -> Iterator[str]:
    for conflict in entry.conflicts:
        yield f"{indent}pulled both ways: {conflict.why} [{conflict.clause}; {conflict.against}]"
    told = {conflict.against for conflict in entry.conflicts}
    rest = [clause for clause in entry.pulled_by if clause not in told]
    if rest:
        yield f"{indent}pulled the other way by {', '.join(rest)}"


def _rate(rate: Rate) -> str:
    basis = "" if rate.loaded else ", published figures, not loaded"
    return (
        f"{rate.of}: honoured {rate.honoured} of {rate.cases}, {rate.share:.0%}"
        f" ({rate.low:.0%} to {rate.high:.0%}{basis})"
    )


def _pact(reason: Reason) -> str:
    return reason.why.partition(": ")[0]


def _row(codes: Sequence[str]) -> str:
    count = f" ({len(codes)} states)" if len(codes) > _MANY else ""
    return ", ".join(codes) + count
