"""One move, the world without it and the world with it: what every effect is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from rapallo.effects.move import before_and_after, cut, since
from rapallo.effects.weights import Weights
from rapallo.measures import Adversary, adversaries
from rapallo.measures.market import Market, market
from rapallo.measures.words import name
from rapallo.measures.world import World
from rapallo.model import Clause, Flow, Move, Obligation, Tie, Trait
from rapallo.pacts.casus import solve
from rapallo.pacts.web import Web, weave

if TYPE_CHECKING:
    from rapallo.record import View

__all__ = ["Case", "Finding", "Trail"]


@dataclass(slots=True)
class Trail:
    """The rows an argument rests on, in its order, with the confidence of each."""

    rows: dict[str, float] = field(default_factory=dict)
    missing: bool = False

    def add(self, *found: Tie | Flow | Trait | Clause) -> Trail:
        """Put rows of the record at the end."""
        for row in found:
            self.rows.setdefault(row.id, row.envelope.confidence)
        return self

    def ids(self, ids: tuple[str, ...], confidence: float = 1.0) -> Trail:
        """Put rows at the end of which only ids and the least confidence are known."""
        for row in ids:
            self.rows.setdefault(row, confidence)
        return self


@dataclass(frozen=True, slots=True)
class Finding:
    """What an effect finds for one actor, before it is weighed.

    Attributes:
        actor: code.
        size: in the unit of the effect's card; 0 where the record lacks what it takes to size it.
        why: in words.
        trail: the rows it rests on.
        part: which part of the effect, where it has several, e.g. the domain of a leverage.
        gain: whether the actor gains by it.
        through: the parties by which it comes. Of what comes through several members of one organisation in
            the same way only the largest counts.
    """

    actor: str
    size: float
    why: str
    trail: Trail
    part: str = ""
    gain: bool = False
    through: tuple[str, ...] = ()


class Case:
    """A move and the two worlds it lies between.

    Attributes:
        move: the move.
        weights: what the effects take as given.
        before: the world without it.
        after: the world with it, a signed pact counted as if it were in force.
        tie: the tie it makes; None for a break.
        held: whether the record holds that tie.
        signed: whether it is only signed and not yet in force.
        since: the day from which it runs.
        cut: the ties that it takes away, where it is a break.
    """

    def __init__(self, view: View, move: Move, weights: Weights) -> None:
        before, after, self.tie = before_and_after(view, move)
        self.move = move
        self.weights = weights
        self.before = World(before)
        self.after = World(after)
        self.on = view.on
        self.since = since(view, move, self.tie)
        self.cut = cut(view, move) if move.kind == "break" else ()
        self.held = self.tie is not None and before is not view
        held = view.tie(self.tie.id) if self.tie is not None else None
        phase = held.phase(view.on) if held is not None else move.phase
        self.signed = move.kind == "pact" and phase == "signed"
        self._answers: dict[tuple[bool, str, str, int], Mapping[str, Obligation]] = {}
        self._foes: dict[str, tuple[Adversary, ...]] = {}
        self._markets: dict[tuple[bool, str, str], Market] = {}

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """The states that a directed move is done to: all parties but the first, organisations as members."""
        return tuple(dict.fromkeys(s for code in self.move.parties[1:] for s in self.before.states(code)))

    @cached_property
    def doers(self) -> tuple[str, ...]:
        """The states that do a directed move: the first party, or its members save those it is done to."""
        first = self.move.parties[0]
        return tuple(s for s in self.before.states(first) if s == first or s not in self.targets)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Codes of the states that are party to the move, in their order; of an organisation its members."""
        return tuple(dict.fromkeys((*self.doers, *self.targets)))

    def others(self, party: str) -> tuple[str, ...]:
        """The parties but this one and those that are party through the same organisation."""
        return tuple(code for code in self.parties if self.side(code) != self.side(party))

    def side(self, party: str) -> str:
        """The party to the move that a state stands for: itself, or the organisation it belongs to."""
        if party in self.move.parties:
            return party
        return next(code for code in self.move.parties if party in self.before.states(code))

    def name(self, code: str) -> str:
        """What a sentence calls an actor."""
        return name(code, self.on)

    @cached_property
    def deed(self) -> str:
        """What a sentence calls the move."""
        return {
            "pact": "the pact",
            "partnership": "the partnership",
            "arms": "the weapons",
            "sanction": "the sanctions",
            "base": "the base",
            "mediation": "the mediation",
            "break": "the break",
            "restoration": "the restored relations",
        }[self.move.kind]

    def trail(self) -> Trail:
        """A trail that begins with the move: its tie in the record, or the claims it was read from."""
        if self.tie is not None and self.held:
            return Trail().add(self.tie)
        return Trail().ids(self.move.claims).add(*self.cut)

    def foes(self, state: str) -> tuple[Adversary, ...]:
        """The adversaries of a state, as they are without the move."""
        if state not in self._foes:
            self._foes[state] = adversaries(self.before, state)
        return self._foes[state]

    @cached_property
    def _webs(self) -> Mapping[bool, Web]:
        return {False: weave(self.before.view), True: weave(self.after.view)}

    def answers(
        self, attacker: str, attacked: str, *, moved: bool, steps: int = 1
    ) -> Mapping[str, Obligation]:
        """Who would have to help whom, by actor, with the move or without it.

        Step 1 holds those that the attack itself obliges, step 2 those obliged by the joining of these.
        """
        key = (moved, attacker, attacked, steps)
        if key not in self._answers:
            found = solve(self._webs[moved], attacker=attacker, attacked=attacked, steps=steps)
            self._answers[key] = {entry.actor: entry for entry in found.answers}
        return self._answers[key]

    def weight(self, entry: Obligation | None, side: str) -> float:
        """What an obligation counts for on a side, 0 to 1."""
        if entry is None or entry.side != side:
            return 0.0
        return self.weights.answers[entry.answer]

    def market(self, of: str, domain: str, *, moved: bool) -> Market:
        """Who supplies a state in a domain, with the move or without it."""
        key = (moved, of, domain)
        if key not in self._markets:
            self._markets[key] = market(self.after if moved else self.before, of, domain)
        return self._markets[key]
