"""One treaty that several sources hold: told once, by the one that tells it best, and where they differ."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from rapallo.model import Clause, Tie

__all__ = ["Pacts", "Told", "differences", "once", "rows", "twins"]

CALENDARS = 14
"""Days by which two sources may differ on a signature: the Julian and the Gregorian calendar lie 13 apart."""
ALIKE = 0.6
"""The least share of all states ever party, by either source, that both must name."""

_RANK = {"checked": 0, "read": 1, "recalled": 2, "loaded": 3}
_CITED = re.compile(r"([a-z][a-z0-9-]*) ([0-9.]+) \([^)]*\), (\d+)(?=;|$)")

Verdicts = Mapping[frozenset[str], bool]


class Pacts(Protocol):
    """What is asked of a view."""

    @property
    def on(self) -> dt.date:
        """The day the record is asked about."""

    def pacts(self) -> tuple[Tie, ...]:
        """Every pact signed, in force or suspended that day, with its clauses."""


@runtime_checkable
class _Judged(Protocol):
    """A view that can be asked for the judgements of its record."""

    def query(self, name: str, /, **params: object) -> Any:
        """A named question, answered as an Arrow table."""


@dataclass(frozen=True, slots=True)
class Told:
    """A pact, told once.

    Attributes:
        tie: as the leading source has it, with those clauses besides that only another tells.
        rows: ids of the ties that it was put together from, the leading one first.
        apart: by id of a clause, what another source tells otherwise of it, in words.
    """

    tie: Tie
    rows: tuple[str, ...]
    apart: Mapping[str, tuple[str, ...]]


def once(view: Pacts) -> tuple[Told, ...]:
    """The pacts of a view, each treaty once, in the order of their ids.

    What both sources tell stands as the leading one tells it: checked before read, read before recalled,
    recalled before loaded. Its phases and members hold too, for a dataset may count from the signature. An
    obligation that only the other tells of a state is kept as that one's clause. A condition that only the
    other tells is said and does not weaken the answer. Of a member that the leading one never had, the
    other's row stands for what it owes and is owed.

    Args:
        view: a view of the record, as ``rapallo.pacts.View``; its judgements count where it knows any.
    """
    pacts = view.pacts()
    by_id = {tie.id: tie for tie in pacts}
    others: dict[str, list[Tie]] = defaultdict(list)
    led = twins(pacts, _judgements(view, pacts))
    for other, leader in led.items():
        others[leader].append(by_id[other])
    found = []
    for tie in pacts:
        if tie.id not in led:
            found.append(_together(tie, others[tie.id], view.on))
        elif (rest := _of_strangers(by_id[led[tie.id]], tie, view.on)) is not None:
            found.append(Told(rest, (tie.id,), {}))
    return tuple(found)


def rows(view: Pacts, tie: str) -> tuple[str, ...]:
    """The ids of all rows of the treaty that a tie is a row of, that one alone where no other is.

    To suppose a treaty away, all its rows must go: ``view.without(*rows(view, "nato-1949"))``.
    """
    return next((told.rows for told in once(view) if tie in told.rows), (tie,))


def twins(ties: Iterable[Tie], verdicts: Verdicts | None = None) -> dict[str, str]:
    """Which pacts are another source's rows of a treaty, each with the id of the one that leads.

    Two of one treaty are those that a person judged so; those of which one was checked against the other; and
    those whose signatures lie at most ``CALENDARS`` days apart, that share a kind of clause and at least
    ``ALIKE`` of all states ever party, each being the other's best fit. On the starter record and ATOP 4.01
    the last rule alone finds 586 of 597 pairs that were looked up by hand, and no false one.

    Args:
        ties: pacts of any sources, with clauses.
        verdicts: by pair of ids, whether somebody judged them to be one or not to be.

    Examples:
        >>> twins(())
        {}
    """
    told, known = list(ties), verdicts or {}
    led: dict[str, str] = {}
    leads: set[tuple[str, str]] = set()
    barred = {pair for pair, same in known.items() if not same}
    for other, leader in (*_judged(told, known), *_cited(told), *_resembling(told)):
        taken = other.id in led or leader.id in led or frozenset((other.id, leader.id)) in barred
        if not taken and (leader.id, other.envelope.source) not in leads:
            led[other.id] = leader.id
            leads.add((leader.id, other.envelope.source))
    leading = set(led.values())
    return {other: leader for other, leader in led.items() if other not in leading}


def differences(leader: Tie, other: Tie, on: dt.date) -> tuple[str, ...]:
    """Where two rows of one treaty differ on a day, in words: days, members, obligations and their terms."""
    name, found = other.id, list[str]()
    first, second = _signed(leader), _signed(other)
    if first != second:
        found.append(f"signed {first}, by {name} {second}")
    phase, its = leader.phase(on), other.phase(on)
    if phase != its:
        found.append(f"{_plain(phase)} on {on}, by {name} {_plain(its)}")
    members, others = set(leader.members(on)), set(other.members(on))
    if members - others:
        found.append(f"{name} lacks as members {_row(members - others)}")
    if others - members:
        found.append(f"only {name} has as members {_row(others - members)}")
    kept, apart = _compared(leader, other, on)
    found += [f"only {name} has {c.kind} ({c.id}){_owed_by(c)}" for c in kept]
    theirs = {c.kind for c in _standing(other, on)}
    found += [f"{name} has no {c.kind} ({c.id})" for c in _standing(leader, on) if c.kind not in theirs]
    found += [f"{ident}: {words}" for ident, said in apart.items() for words in said]
    return tuple(dict.fromkeys(found))


def _judgements(view: Pacts, pacts: Sequence[Tie]) -> Verdicts:
    if not isinstance(view, _Judged):
        return {}
    rows = view.query("judgements_of", ids=[tie.id for tie in pacts]).to_pylist()
    return {frozenset((row["one"], row["other"])): row["verdict"] == "same" for row in rows}


def _judged(ties: Sequence[Tie], verdicts: Verdicts) -> Iterator[tuple[Tie, Tie]]:
    by_id = {tie.id: tie for tie in ties}
    for pair, same in verdicts.items():
        if same and len(pair) == 2 and pair <= by_id.keys():
            yield _ordered(*(by_id[ident] for ident in sorted(pair)))


def _cited(ties: Sequence[Tie]) -> Iterator[tuple[Tie, Tie]]:
    """Pairs of which one was checked against the other, the best fit and the later treaty first."""
    by_id = {tie.id: tie for tie in ties}
    pairs = []
    for leader in ties:
        for dataset, release, number in _CITED.findall(leader.envelope.checked_against):
            other = by_id.get(f"{dataset}-{release}:{number}")
            if other is not None and _rank(other) > _rank(leader):
                pairs.append((_shared(leader, other), _signed(leader), other, leader))
    for _, _, other, leader in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        yield other, leader


def _resembling(ties: Sequence[Tie]) -> Iterator[tuple[Tie, Tie]]:
    dated = sorted((tie for tie in ties if tie.envelope.basis in _RANK), key=_signed)
    days = [_signed(tie) for tie in dated]
    pairs = []
    for tie, day in zip(dated, days, strict=True):
        window = dt.timedelta(CALENDARS)
        near = dated[bisect_left(days, day) : bisect_right(days, day + window)]
        for one in near:
            if one.envelope.source == tie.envelope.source or one.id == tie.id:
                continue
            kinds, others = {c.kind for c in one.clauses}, {c.kind for c in tie.clauses}
            shared = _shared(one, tie)
            if shared >= ALIKE and kinds & others:
                gap = abs(_signed(one) - day)
                pairs.append((gap, -shared, -len(kinds & others) / len(kinds | others), one.id, tie.id))
    by_id = {tie.id: tie for tie in dated}
    for *_, one_id, other_id in sorted(pairs):
        yield _ordered(by_id[one_id], by_id[other_id])


def _ordered(one: Tie, other: Tie) -> tuple[Tie, Tie]:
    """Two ties, the one that leads last."""
    return (other, one) if (_rank(one), one.id) < (_rank(other), other.id) else (one, other)


def _rank(tie: Tie) -> int:
    return _RANK.get(tie.envelope.basis, len(_RANK))


def _signed(tie: Tie) -> dt.date:
    return min((phase.on for phase in tie.phases), default=dt.date.min)


def _shared(one: Tie, other: Tie) -> float:
    ours, theirs = {p.actor for p in one.parties}, {p.actor for p in other.parties}
    return len(ours & theirs) / max(1, len(ours | theirs))


def _together(leader: Tie, others: Sequence[Tie], on: dt.date) -> Told:
    clauses, apart = leader.clauses, dict[str, tuple[str, ...]]()
    for other in others:
        kept, said = _compared(leader, other, on)
        clauses = (*clauses, *kept)
        for ident, words in said.items():
            apart[ident] = (*apart.get(ident, ()), *words)
    tie = replace(leader, clauses=clauses) if others else leader
    return Told(tie, (leader.id, *(other.id for other in others)), apart)


def _of_strangers(leader: Tie, other: Tie, on: dt.date) -> Tie | None:
    """The other's row with only what those of its members owe and are owed whom the leader never had."""
    once_party = {party.actor for party in leader.parties}
    members = other.members(on)
    strangers = tuple(code for code in members if code not in once_party)
    if not strangers:
        return None
    clauses = list[Clause]()
    for clause in other.clauses:
        owing = tuple(code for code in strangers if code in _obliged(clause, members))
        if owing:
            clauses.append(replace(clause, obliged=owing))
        clauses.append(replace(clause, protected=strangers))
    return replace(other, clauses=tuple(clauses))


def _compared(leader: Tie, other: Tie, on: dt.date) -> tuple[tuple[Clause, ...], dict[str, tuple[str, ...]]]:
    """The clauses that only the other tells, and by clause of the leader what the other tells otherwise."""
    members, others = leader.members(on), other.members(on)
    kept, apart = list[Clause](), dict[str, tuple[str, ...]]()
    ours, theirs = _by_kind(_standing(leader, on)), _by_kind(_standing(other, on))
    for kind, clauses in theirs.items():
        told = ours.get(kind, [])
        owing = {code for clause in told for code in _obliged(clause, members)}
        for clause in clauses:
            rest = [code for code in _obliged(clause, others) if code in members and code not in owing]
            if rest and (set(rest) == set(members) or not told):
                kept.append(clause)
            elif rest:
                kept.append(replace(clause, obliged=tuple(rest)))
        for clause in told:
            words = tuple(_terms(clause, clauses, members, others, other.id))
            if words:
                apart[clause.id] = words
    return tuple(kept), apart


def _terms(
    clause: Clause, theirs: Sequence[Clause], members: Sequence[str], others: Sequence[str], name: str
) -> Iterator[str]:
    """What the other source's clauses of the kind tell otherwise than a clause."""
    alike = [c for c in theirs if set(_obliged(c, others)) & set(_obliged(clause, members))] or list(theirs)
    mine, coded = _conditions(clause), set.intersection(*(_conditions(c) for c in alike))
    if coded - mine:
        yield f"{name} also has {_row(coded - mine)}"
    anywhere = set.union(*(_conditions(c) for c in alike))
    if mine - anywhere:
        yield f"{name} does not have {_row(mine - anywhere)}"
    foes = {code for c in alike for code in c.against}
    if clause.against and foes and foes != set(clause.against):
        yield f"against {_row(clause.against)}, by {name} against {_row(foes)}"
    owing = {code for c in alike for code in _obliged(c, others) if code in members}
    extra = set(_obliged(clause, members)).intersection(others) - owing
    if extra:
        yield f"by {name} not owed by {_row(extra)}"


def _conditions(clause: Clause) -> set[str]:
    """Its conditions, with those that a trigger, a territory or a list of foes comes to."""
    found = set(clause.conditions)
    found |= {"in_territory"} if clause.territory else set()
    found |= {"named_adversary"} if clause.against else set()
    return found | ({"unprovoked"} if clause.trigger == "aggression" else set())


def _by_kind(clauses: Iterable[Clause]) -> Mapping[str, list[Clause]]:
    found: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        found[clause.kind].append(clause)
    return found


def _standing(tie: Tie, on: dt.date) -> list[Clause]:
    signed = tie.phase(on) == "signed"
    return [clause for clause in tie.clauses if signed or clause.envelope.valid.contains(on)]


def _obliged(clause: Clause, members: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in members if not clause.obliged or code in clause.obliged)


def _owed_by(clause: Clause) -> str:
    return f", owed by {_row(clause.obliged)}" if clause.obliged else ""


def _plain(phase: str | None) -> str:
    return (phase or "not signed").replace("_", " ")


def _row(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))
