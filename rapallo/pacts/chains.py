"""Which chains lead from a clash to a war between great powers, and where they break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations, product

from rapallo import actors
from rapallo.model import Answer, Obligations, Reason
from rapallo.pacts.casus import NO_FACTS, solve
from rapallo.pacts.powers import is_great_power
from rapallo.pacts.reverse import bound_to
from rapallo.pacts.web import View, Web, weave

__all__ = ["Chain", "Chains", "Link", "chains", "lacking"]

MOST_CUTS = 30

Ask = Callable[[Web], Obligations]


@dataclass(frozen=True, slots=True)
class Link:
    """A state that is drawn in, and the clause that draws it in."""

    actor: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Chain:
    """How a great power is drawn in.

    Attributes:
        power: its code.
        side: the principal whose side it takes.
        answer: YES, or DISPUTED where it is drawn in on one reading.
        links: from the clash to the power; empty where it is one of those that clash.
        breaks: ids of the clauses without any one of which it stays out.
    """

    power: str
    side: str
    answer: Answer
    links: tuple[Link, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """What a clash comes to.

    Attributes:
        clash: the casus foederis tree.
        answer: whether great powers come to stand on both sides: YES, on one reading DISPUTED, or NO.
        chains: one per great power and side that it may be drawn in on, by step.
        out: codes of the great powers that no clause draws in.
        cuts: the least sets of one or two clauses without which no great powers stand on both sides; ids.
        complete: whether these are all; False where there were more than are listed.
    """

    clash: Obligations
    answer: Answer
    chains: tuple[Chain, ...]
    out: tuple[str, ...]
    cuts: tuple[tuple[str, ...], ...]
    complete: bool


def chains(view: View, *, attacker: str, attacked: str, facts: Mapping[str, str] = NO_FACTS) -> Chains:
    """The chains of clauses from a clash to each great power, and the clauses through which they break.

    A great-power war has great powers on both sides (recalled: Levy 1983), those that clash among them.
    States that join on one reading only are followed as far as ``obligations`` follows them. A set of clauses
    that stops the war must hold one clause of every chain to it, so that cuts are looked for along the
    chains, and each is worked out again without them. That finds all cuts of one and of two clauses, as long
    as taking a clause away draws nobody new in.

    Args:
        view: the record as of a day.
        attacker: code of the state that attacks.
        attacked: code of the state that is attacked.
        facts: what is known of the attack, as in ``obligations``.

    Raises:
        InputError: as in ``obligations``.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.record import Record
        >>> found = chains(Record.open().view(dt.date(2024, 6, 22)), attacker="KOR", attacked="PRK")
        >>> found.answer, [(c.power, c.answer, c.breaks) for c in found.chains if c.power == "CHN"]
        ('DISPUTED', [('CHN', 'YES', ('prk-chn-1961/1',))])
    """
    web = weave(view)
    ask = partial(solve, attacker=attacker, attacked=attacked, facts=facts)
    clash = ask(web)
    powers = [s.id for s in actors.states(view.on) if is_great_power(s.id, view.on)]
    powers += [code for code in (attacker, attacked) if code not in powers and is_great_power(code, view.on)]
    found = []
    for power, side, answer in _drawn(clash, powers):
        links = tuple(_links(clash, power, side))
        on_way = _support(web, clash, [(power, side)])
        gone = {
            c for c in on_way if (power, side) not in {d[:2] for d in _drawn(ask(lacking(web, c)), powers)}
        }
        found.append(Chain(power, side, answer, links, tuple(sorted(gone))))
    found.sort(key=lambda c: (c.links[-1].reason.step if c.links else 0, c.power))
    cuts = tuple(_cuts(web, ask, powers, clash))
    out = tuple(p for p in powers if p not in {c.power for c in found})
    return Chains(clash, _war(clash, powers), tuple(found), out, cuts[:MOST_CUTS], len(cuts) <= MOST_CUTS)


def lacking(web: Web, *clauses: str) -> Web:
    """The web as it would be if those clauses protected and restrained nobody."""
    gone = {number for number, bond in enumerate(web.bonds) if bond.clause.id in clauses}

    def rest(index: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        return {code: tuple(n for n in ns if n not in gone) for code, ns in index.items()}

    return replace(web, protecting=rest(web.protecting), restraining=rest(web.restraining))


def _drawn(clash: Obligations, powers: Sequence[str]) -> Iterator[tuple[str, str, Answer]]:
    """The great powers in the war: which, on whose side, and whether for certain."""
    for side in (clash.attacked, clash.attacker):
        if side in powers:
            yield side, side, "YES"
    for entry in clash.answers:
        if entry.actor in powers:
            for side in (clash.attacked, clash.attacker):
                reason = bound_to(entry, side)
                if reason is not None:
                    yield entry.actor, side, reason.answer


def _war(clash: Obligations, powers: Sequence[str]) -> Answer:
    found: Answer = "NO"
    for (one, side, sure), (other, against, too) in combinations(_drawn(clash, powers), 2):
        if one != other and side != against:
            if sure == too == "YES":
                return "YES"
            found = "DISPUTED"
    return found


def _reason(clash: Obligations, actor: str, side: str) -> Reason | None:
    entry = next((e for e in clash.answers if e.actor == actor), None)
    return bound_to(entry, side) if entry else None


def _links(clash: Obligations, power: str, side: str) -> list[Link]:
    """From the clash to the power: before each that one of its reason's two that was drawn in last."""
    sides = (clash.attacked, clash.attacker)
    found: list[Link] = []
    reason, at = _reason(clash, power, side), power
    while reason is not None and at not in {link.actor for link in found}:
        found.append(Link(at, reason))
        near = product((reason.attacked, reason.attacker), sides)
        drawn = [(code, before) for code, on in near if (before := _reason(clash, code, on)) is not None]
        at, reason = max(drawn, key=lambda pair: pair[1].step, default=("", None))
    return found[::-1]


def _support(web: Web, clash: Obligations, parties: Iterable[tuple[str, str]]) -> set[str]:
    """The clauses on which it hangs that those states are in the war on those sides."""
    terms = {bond.clause.id: bond.clause for bond in web.bonds}
    sides = (clash.attacked, clash.attacker)
    todo, seen, found = list(parties), set[tuple[str, str]](), set[str]()
    while todo:
        at = todo.pop()
        reason = _reason(clash, *at) if at not in seen else None
        seen.add(at)
        if reason is None:
            continue
        found.add(reason.clause)
        todo.extend(product((reason.attacked, reason.attacker), sides))
        if "two_or_more_powers" in terms[reason.clause].conditions:
            todo.extend(product((entry.actor for entry in clash.answers), sides))
    return found


def _cuts(web: Web, ask: Ask, powers: Sequence[str], clash: Obligations) -> list[tuple[str, ...]]:
    if _war(clash, powers) == "NO":
        return []
    single: list[tuple[str, ...]] = []
    pairs: set[tuple[str, ...]] = set()
    rest: dict[str, Obligations] = {}
    for clause in sorted(_witness(web, clash, powers)):
        without = ask(lacking(web, clause))
        if _war(without, powers) == "NO":
            single.append((clause,))
        else:
            rest[clause] = without
    alone = {clause for (clause,) in single}
    for clause, without in rest.items():
        for other in _witness(web, without, powers) - alone:
            pair = tuple(sorted((clause, other)))
            if pair not in pairs and _war(ask(lacking(web, *pair)), powers) == "NO":
                pairs.add(pair)
    return [*single, *sorted(pairs)]


def _witness(web: Web, clash: Obligations, powers: Sequence[str]) -> set[str]:
    """The clauses of the shortest chain to great powers on both sides."""
    pairs = combinations(_drawn(clash, powers), 2)
    wars = [((a, s), (b, t)) for (a, s, _), (b, t, _) in pairs if a != b and s != t]
    return min((_support(web, clash, war) for war in wars), key=lambda found: (len(found), sorted(found)))
