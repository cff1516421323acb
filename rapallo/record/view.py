"""The record as of a day and as known at a moment, with suppositions laid over it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from rapallo.errors import RecordError
from rapallo.model import Event, Flow, Observation, Tie, Trait
from rapallo.record import display, lives, nouns
from rapallo.record.clock import told
from rapallo.record.merging import Merged, merged
from rapallo.record.observing import observe
from rapallo.record.questions import question

if TYPE_CHECKING:
    from rapallo.record.store import Record

__all__ = ["View"]

_PACT_PHASES = {"signed", "in_force", "suspended"}


class View:
    """What the record holds as of a day, as it was known at a moment. It never changes.

    Views are cheap: each part is fetched once, when it is first asked for. ``with_tie`` and ``without`` give
    a new view in which something is supposed; the record itself is not touched.

    Examples:
        >>> import datetime as dt
        >>> from rapallo.record import Record
        >>> with Record.open(empty=True) as record:
        ...     record.view(dt.date(2024, 6, 22)).ties()
        ()
    """

    __slots__ = ("_base", "_cache", "_gone", "_known", "_on", "_record", "_supposed")

    def __init__(self, record: Record, on: dt.date, known: dt.datetime) -> None:
        self._record = record
        self._on = on
        self._known = known
        self._base: View | None = None
        self._gone: frozenset[str] = frozenset()
        self._supposed: Mapping[str, Tie] = {}
        self._cache: dict[Any, Any] = {}

    @property
    def on(self) -> dt.date:
        """The day as of which the view answers."""
        return self._on

    @property
    def known(self) -> dt.datetime:
        """The moment of the record's knowledge, in UTC; never later than its last write."""
        moment = told(self._known)
        assert moment is not None  # noqa: S101 - only None is told as None
        return moment

    @property
    def supposes(self) -> bool:
        """Whether anything is supposed in this view that the record does not hold."""
        return self._base is not None

    def query(self, name: str, /, **params: object) -> pa.Table:
        """Ask a named question as of this view's day and knowledge; rows left out by ``without`` are absent.

        Raises:
            RecordError: where there is no such question, a parameter is missing, or the question is of ties
                in a view that supposes one (``ties`` and ``tie`` answer it).
        """
        asked = question(name)
        if self._supposed and name.startswith(("ties_", "parties_", "phases_", "clauses_")):
            msg = f"the query {name!r} does not see the ties this view supposes"
            raise RecordError(msg, hint="ask its ties() or pacts()")
        bound = {"on": self._on, "known": self._known, "without": sorted(self._gone)} | params
        taken = {key: value for key, value in bound.items() if key in asked.parameters or key in params}
        table = self._record.query(name, **taken)
        for column in {"id", "tie"} & set(table.column_names) if self._gone else ():
            kept = [cell not in self._gone for cell in table.column(column).to_pylist()]
            table = table.filter(pa.array(kept, pa.bool_()))
        return table

    def tie(self, id: str) -> Tie | None:  # noqa: A002 - what it is
        """The tie of that id, whether or not it holds, with the steps taken by the day; None if none."""
        return self._ties().get(id)

    def ties(self, *actors: str, kind: str | None = None, ended: bool = False) -> tuple[Tie, ...]:
        """The ties that hold on the day, in whatever phase, with all of the named actors as members.

        Args:
            actors: codes; none for all ties.
            kind: only those of that kind.
            ended: also those that ended by the day, and those which the actors were once members of.

        Returns:
            Ties in the order of their ids, with the steps taken by the day.
        """
        found = self._held(ended=ended)
        wanted = set(actors)
        return tuple(tie for tie, members in found if wanted <= members and kind in {None, tie.kind})

    def pacts(self) -> tuple[Tie, ...]:
        """The pacts that are signed, in force or suspended on the day, with their clauses."""
        return tuple(tie for tie in self.ties(kind="pact") if tie.phase(self._on) in _PACT_PHASES)

    def flows(
        self, kind: str, *, origin: str | None = None, destination: str | None = None
    ) -> tuple[Flow, ...]:
        """The flows of a kind, per pair and good the latest period that was over by the day.

        Args:
            kind: term of the vocabulary ``flow_kinds``.
            origin: only those leaving that state.
            destination: only those reaching that state.
        """
        return tuple(
            flow
            for flow in self._latest("flow", kind)
            if origin in {None, flow.origin} and destination in {None, flow.destination}
        )

    def traits(self, name: str) -> Mapping[str, Trait]:
        """The amounts of a trait by state, the latest period begun by the day."""
        return {trait.actor: trait for trait in self._latest("trait", name)}

    def amount(
        self, name: str, actor: str, other: str | None = None, *, what: str = "", carry: bool = False
    ) -> Observation:
        """The amount of a trait, a flow or a pair on the day, or why there is none.

        A zero that a source reports, a day that no source covers, and a state that a source leaves out are
        three answers. The last value before the day is carried on only where it is asked for, and marked.

        Args:
            name: a term of the vocabularies ``trait_names``, ``flow_kinds`` or ``dyad_names``.
            actor: code of the state; for a flow, of the one it leaves.
            other: code of the other, for flows and pairs.
            what: the good, for flows.
            carry: whether the last value before the day does.

        Raises:
            InputError: where no vocabulary holds the name, or one state is named where two are needed.
        """
        return observe(self, name, actor, other, what=what, carry=carry)

    def events(self, *actors: str) -> tuple[Event, ...]:
        """The events up to the day in which all the named actors take part, oldest first."""
        key = ("events", *actors[:2])
        if key not in self._cache:
            names = ("events_as_of", "events_of_state", "events_of_pair")
            params = dict(zip(("state", "other"), actors, strict=False))
            rows = self.query(names[len(params)], **params).to_pylist()
            self._cache[key] = tuple(nouns.event(row) for row in rows)
        return tuple(e for e in self._cache[key] if set(actors) <= {*e.actors, *e.targets})

    def merged_events(self, *actors: str) -> tuple[Merged, ...]:
        """The events up to the day in which all the named actors take part, those of one event as one."""
        return merged(self, self.events(*actors))

    def row(self, id: str) -> Mapping[str, Any]:  # noqa: A002 - what it is
        """One row of any family, ready for JSON, with its label and its source.

        Raises:
            RecordError: where the view holds no such row.
        """
        found = self.rows([id])
        if not found:
            msg = f"the record holds no row {id!r} as known at {self.known:%Y-%m-%d}"
            raise RecordError(msg)
        return found[id]

    def rows(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Rows of any family by id, ready for JSON; ids that the view does not hold are absent."""
        asked = list(dict.fromkeys(ids))
        stored = [i for i in asked if i not in self._gone and i not in self._supposed]
        over = self._gone.union(self._supposed)
        known = display.stored(self._record, stored, self._known)
        found = {i: row for i, row in known.items() if row.get("tie") not in over}
        for tie in (self._ties().get(i) for i in asked):
            if tie is not None:
                found[tie.id] = display.tie(tie, self._on, found.get(tie.id, {}))
        for tie in self._supposed.values():
            found |= {c.id: display.clause(c) for c in tie.clauses if c.id in asked}
        return {i: found[i] for i in asked if i in found}

    def with_tie(self, tie: Tie) -> View:
        """The view in which that tie is supposed, in the place of one of the same id."""
        view = self._over()
        view._supposed = {**self._supposed, tie.id: tie}
        view._gone = self._gone - {tie.id}
        return view

    def without(self, *ids: str) -> View:
        """The view in which those ties, clauses, flows, traits or events are supposed away.

        Where a flow or trait is supposed away, the period before it takes its place.
        """
        view = self._over()
        view._supposed = {i: tie for i, tie in self._supposed.items() if i not in ids}
        view._gone = self._gone | set(ids)
        return view

    def _over(self) -> View:
        view = View(self._record, self._on, self._known)
        view._base = self
        return view

    def _latest(self, family: str, name: str) -> Sequence[Any]:
        key = (family, name)
        if key not in self._cache:
            base = self._base._latest(family, name) if self._base is not None else None
            if base is not None and not any(noun.id in self._gone for noun in base):
                self._cache[key] = base
            else:
                ask, make = ("flows_as_of", nouns.flow) if family == "flow" else ("traits_as_of", nouns.trait)
                rows = self.query(ask, **{"kind" if family == "flow" else "name": name}).to_pylist()
                self._cache[key] = tuple(make(row) for row in rows)
        latest: Sequence[Any] = self._cache[key]
        return latest

    def _ties(self, *, ended: bool = True) -> Mapping[str, Tie]:
        """The ties by id with the clauses of the day; without ``ended`` only those that hold on it."""
        key = ("ties", ended)
        if key not in self._cache:
            if self._base is None:
                self._cache[key] = lives.standing(nouns.ties(*self._parts(ended=ended)), self._on)
            else:
                base = self._base._ties(ended=ended)
                self._cache[key] = lives.overlaid(base, self._supposed, self._gone, self._on)
        ties: Mapping[str, Tie] = self._cache[key]
        return ties

    def _parts(self, *, ended: bool) -> Iterator[pa.Table]:
        """The rows that ties are made of; without ``ended`` only of those that hold on the day."""
        (whole, own), *rest = nouns.TIE_PARTS.items()
        ties = self.query(whole if ended else "ties_as_of")
        yield ties.select(own)
        for part, cells in rest:
            rows = self.query(part).select(cells)
            if not ended:
                rows = rows.filter(pc.is_in(rows["tie"], ties["id"]))
            yield rows

    def _held(self, *, ended: bool) -> Sequence[tuple[Tie, frozenset[str]]]:
        key = ("held", ended)
        if key not in self._cache:
            choose = lives.begun if ended else lives.alive
            self._cache[key] = choose(self._ties(ended=ended).values(), self._on)
        held: Sequence[tuple[Tie, frozenset[str]]] = self._cache[key]
        return held
