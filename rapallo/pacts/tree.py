"""The casus foederis tree, for people and as JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapallo.model import Obligation, Obligations, Reason, to_json

__all__ = ["as_json", "explain", "headline"]

NO_NAMES: Mapping[str, str] = {}
_CODE = re.compile(r"\b[A-Z]{3}\b")


def explain(obligations: Obligations, names: Mapping[str, str] = NO_NAMES) -> str:
    """The tree as plain text: under each state those whom it draws in, states with the same reasons together.

    Args:
        obligations: an answer of ``rapallo.pacts.obligations``.
        names: what to call the states, by code; codes stay where there is none.

    Examples:
        >>> import datetime as dt
        >>> print(explain(Obligations("AUT", "SRB", dt.date(1914, 7, 28), ()), {"SRB": "Serbia"}))
        AUT attacks Serbia on 1914-07-28
        └─ no clause in the record is at issue
    """
    lines = [headline(obligations), *_lines(_grow(obligations), "")]
    if not obligations.answers:
        lines.append("└─ no clause in the record is at issue")
    return "\n".join(_named(line, names) for line in lines)


def headline(obligations: Obligations) -> str:
    """Who attacks whom and when, by codes.

    Examples:
        >>> import datetime as dt
        >>> headline(Obligations("AUH", "SRB", dt.date(1914, 7, 28), (), with_attacker=("DEU",)))
        'AUH and DEU attack SRB on 1914-07-28'
    """
    attackers = (obligations.attacker, *obligations.with_attacker)
    attacked = (obligations.attacked, *obligations.with_attacked)
    verb = "attacks" if len(attackers) == 1 else "attack"
    return f"{_row(attackers)} {verb} {_row(attacked)} on {obligations.on}"


def as_json(obligations: Obligations) -> dict[str, Any]:
    """The answer as JSON: ``answers`` by state, each with ``answer`` and ``because``, and the ``tree``.

    A node of the tree holds ``who`` (codes), ``answer``, ``side``, ``step`` and ``then``, the nodes of those
    whom it draws in. ``conflicts`` holds what pulls a state both ways, ``attackers`` and ``all_attacked`` all
    that attack and are attacked, each with those that ``attacker`` and ``attacked`` name first.

    Examples:
        >>> import datetime as dt
        >>> as_json(Obligations("AUT", "SRB", dt.date(1914, 7, 28), ()))["tree"]
        {'attacker': 'AUT', 'attacked': 'SRB', 'then': []}
    """
    return {
        "attacker": obligations.attacker,
        "attacked": obligations.attacked,
        "attackers": [obligations.attacker, *obligations.with_attacker],
        "all_attacked": [obligations.attacked, *obligations.with_attacked],
        "on": obligations.on.isoformat(),
        "answers": {
            entry.actor: {
                "answer": entry.answer,
                "side": entry.side,
                "step": entry.step,
                "because": to_json(entry.because),
                "pulled_by": list(entry.pulled_by),
            }
            for entry in obligations.answers
        },
        "conflicts": [
            {"who": entry.actor, **to_json(conflict)}
            for entry in obligations.answers
            for conflict in entry.conflicts
        ],
        "tree": {
            "attacker": obligations.attacker,
            "attacked": obligations.attacked,
            "then": [_node(branch) for branch in _grow(obligations)],
        },
    }


@dataclass(slots=True)
class _Branch:
    entry: Obligation
    who: list[str]
    then: list[_Branch] = field(default_factory=list)


def _grow(obligations: Obligations) -> list[_Branch]:
    roots: list[_Branch] = []
    at: dict[str, _Branch] = {}
    groups: dict[tuple[Any, ...], _Branch] = {}
    for entry in sorted(obligations.answers, key=lambda o: o.step):
        said = tuple(line for reason in entry.because for line in _because(reason, entry))
        key = (entry.answer, entry.side, entry.step, said, entry.pulled_by, entry.conflicts)
        branch = groups.get(key)
        if branch is None:
            branch = groups[key] = _Branch(entry, [])
            parent = _parent(entry, at)
            (parent.then if parent else roots).append(branch)
        branch.who.append(entry.actor)
        at[entry.actor] = branch
    return roots


def _parent(entry: Obligation, at: Mapping[str, _Branch]) -> _Branch | None:
    """The branch of the state that joined last before it by its first reason; None at the first step."""
    reason = entry.because[0]
    drawn = [at[code] for code in (reason.attacked, reason.attacker) if code in at]
    earlier = [branch for branch in drawn if branch.entry.step < entry.step]
    return max(earlier, key=lambda branch: branch.entry.step, default=None)


def _node(branch: _Branch) -> dict[str, Any]:
    entry = branch.entry
    return {
        "who": list(branch.who),
        "answer": entry.answer,
        "side": entry.side,
        "step": entry.step,
        "then": [_node(under) for under in branch.then],
    }


def _lines(branches: Sequence[_Branch], indent: str) -> list[str]:
    lines: list[str] = []
    for number, branch in enumerate(branches, 1):
        last = number == len(branches)
        entry, deeper = branch.entry, indent + ("   " if last else "│  ")
        who = ", ".join(branch.who)
        count = f" ({len(branch.who)} states)" if len(branch.who) > 2 else ""
        lines.append(f"{indent}{'└─' if last else '├─'} {entry.answer}: {who}{count}{_help(entry)}")
        inner = deeper + ("│  " if branch.then else "   ")
        for reason in entry.because:
            lines.extend(inner + text for text in _because(reason, entry))
        if entry.pulled_by:
            lines.append(f"{inner}pulled the other way by {', '.join(entry.pulled_by)}")
        lines.extend(f"{inner}pulled both ways: {c.why} [{c.against}]" for c in entry.conflicts)
        lines.extend(_lines(branch.then, deeper))
    return lines


def _help(entry: Obligation) -> str:
    step = f", step {entry.step}" if entry.step > 1 else ""
    return f" for {entry.side}{step}" if entry.answer != "NO" else ""


def _because(reason: Reason, entry: Obligation) -> list[str]:
    """A reason in full where it makes the answer, in a line where it is weaker, nothing where it is talk."""
    if reason.answer != entry.answer:
        weaker = f"{reason.answer}: {reason.why} [{reason.clause}]"
        return [] if reason.answer == "OPTIONAL" else [weaker]
    lines = [f"{reason.why} [{reason.clause}]"]
    if reason.wording:
        lines.append(f'  "{reason.wording}"' if reason.verbatim else f"  in other words: {reason.wording}")
    lines.extend(f"  would settle it: {fact}" for fact in reason.settles)
    lines.extend(f"  told otherwise: {words}" for words in reason.apart)
    return lines


def _row(codes: Sequence[str]) -> str:
    *most, last = codes
    return f"{', '.join(most)} and {last}" if most else last


def _named(line: str, names: Mapping[str, str]) -> str:
    return _CODE.sub(lambda match: names.get(match[0], match[0]), line)
