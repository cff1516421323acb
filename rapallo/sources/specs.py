"""How the rows of a table become rows of the record: each column by what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from rapallo.sources.codes import SCHEMES
from rapallo.vocab import vocabulary

__all__ = [
    "Amount",
    "Code",
    "EventSpec",
    "Held",
    "Patterns",
    "RowSpec",
    "SpellSpec",
    "Strict",
    "Table",
    "TieSpec",
    "Words",
]


class Strict(BaseModel):
    """What a YAML file says, and nothing it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Patterns = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class Code(Strict):
    """Whom a column means: its name under the scheme of its codes.

    Attributes:
        fixed: whether it is no column but the code itself, the same in all rows.
    """

    cow: str = ""
    gw: str = ""
    iso3: str = ""
    iso3n: str = ""
    cameo: str = ""
    name: str = ""
    fixed: bool = False

    @model_validator(mode="after")
    def _one(self) -> Code:
        if len([s for s in SCHEMES if getattr(self, s)]) != 1:
            msg = f"an actor is named by one of {', '.join(SCHEMES)}"
            raise ValueError(msg)
        return self

    @property
    def scheme(self) -> str:
        """Which codes it uses."""
        return next(s for s in SCHEMES if getattr(self, s))

    @property
    def said(self) -> str:
        """What stands under the scheme: a column, or a code that is fixed."""
        return str(getattr(self, self.scheme))

    @property
    def column(self) -> str:
        """The column; empty where the code is fixed."""
        return "" if self.fixed else self.said


class Amount(Strict):
    """What a column of numbers is.

    Attributes:
        name: a trait, a kind of flow or an amount of pairs, of the vocabulary.
        unit: of the value kept.
        scale: what its numbers are multiplied by.
        what: the good, or a note.
        reverse: whether it goes from the second actor to the first.
        least: the least it can be; less is rejected.
        most: the most it can be; more is rejected.
        codes: what each number means, where they are codes; others are rejected.
        note: columns that are put in the note of a trait or dyad, by what they are called there.
    """

    name: str
    unit: str
    scale: float = 1.0
    what: str = ""
    reverse: bool = False
    least: float | None = None
    most: float | None = None
    codes: Mapping[float, float] = Field(default_factory=dict)
    note: Mapping[str, str] = Field(default_factory=dict)


class RowSpec(Strict):
    """How the rows of a file become amounts.

    Attributes:
        family: ``trait``, ``flow`` or ``dyad``.
        actor: whose, or from whom.
        other: to whom, or with whom.
        year: column of the year.
        first: column of the first year, where there is no ``year``.
        last: column of the last.
        since: what is added to those columns, where they count years from one, as sessions do.
        amounts: by column.
        missing: numbers that stand for none.
        zero: what a 0 means: ``observed``, or ``missing``.
        runs: whether equal amounts of years on end become one row.
        once: whether each pair stands in both orders and one of them is enough.
        only: column to the values that are read; other rows are counted as another kind.
        ident: column that tells apart the rows of one pair or state and year, as the number of a dispute
            does.
    """

    family: Literal["trait", "flow", "dyad"]
    actor: Code
    other: Code | None = None
    year: str = ""
    first: str = ""
    last: str = ""
    since: int = 0
    amounts: Mapping[str, Amount] = Field(min_length=1)
    missing: tuple[float, ...] = ()
    zero: Literal["observed", "missing"] = "observed"
    runs: bool = False
    once: bool = False
    only: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    ident: str = ""

    @model_validator(mode="after")
    def _fits(self) -> RowSpec:
        if (self.family == "trait") != (self.other is None):
            msg = "a trait has one actor, a flow or dyad two"
            raise ValueError(msg)
        if self.family == "flow" and any(amount.note for amount in self.amounts.values()):
            msg = "a flow has no note"
            raise ValueError(msg)
        return self

    def columns(self) -> set[str]:
        """All columns it reads."""
        who = {self.actor.column, self.other.column if self.other else "", self.ident}
        notes = {column for amount in self.amounts.values() for column in amount.note.values()}
        return {c for c in {*who, self.year, self.first, self.last, *self.amounts, *self.only, *notes} if c}


class EventSpec(Strict):
    """How the rows of a file become events: each names a column.

    Attributes:
        actor: who acted; where one column names nobody, the next is asked.
        other: to whom; a row without one is an act without a target.
        date: of the day, as 2024-06-22 or 20240622, or of a year.
        ident: what tells a row from the others; its line where there is none.
        cameo: the code of CAMEO, or
        event: the type of PLOVER, in whatever case, with
        mode: its mode, and
        contexts: its contexts, parted by semicolons.
        intensity: on the scale of Goldstein.
        reports: how many reports tell of it.
        sources: how many of them are independent.
        what: in words.
        place: where, in words; several from the nearest to the widest.
    """

    actor: tuple[Code, ...] = Field(min_length=1)
    other: tuple[Code, ...] = ()
    date: str
    ident: str = ""
    cameo: str = ""
    event: str = ""
    mode: str = ""
    contexts: str = ""
    intensity: str = ""
    reports: str = ""
    sources: str = ""
    what: str = ""
    place: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _coded(self) -> EventSpec:
        if bool(self.cameo) == bool(self.event):
            msg = "an event has a code of CAMEO or a type of PLOVER"
            raise ValueError(msg)
        if any(code.fixed for code in (*self.actor, *self.other)):
            msg = "the actors of events stand in columns"
            raise ValueError(msg)
        return self

    def columns(self) -> set[str]:
        """All columns it reads."""
        single = (self.date, self.ident, self.cameo, self.event, self.mode, self.contexts, self.intensity)
        more = (self.reports, self.sources, self.what, *self.place)
        return {c for c in (*single, *more, *(who.column for who in (*self.actor, *self.other))) if c}


class Held(Strict):
    """What holds over a spell.

    Attributes:
        unit: of the value kept.
        value: where it is the same in every row.
        column: of the value, where it is not.
        words: what the words of the column are as numbers, where it has words; a word that is not among them
            gives nothing.
        scale: what its numbers are multiplied by.
        note: columns of words that go with it.
        ends: whether it is of the last day alone, as how a spell ends; a spell with an open end has none.
        least: the least it can be; less is rejected.
        most: the most it can be; more is rejected.
    """

    unit: str
    value: float = 1.0
    column: str = ""
    words: Mapping[str, float] = Field(default_factory=dict)
    scale: float = 1.0
    note: Words = ()
    ends: bool = False
    least: float | None = None
    most: float | None = None


class SpellSpec(Strict):
    """How rows that hold from one day to another become traits.

    Attributes:
        actor: whose.
        first: column of the first day, month or year; or columns of its year, month and day.
        last: likewise of the last; without one, or where it is missing, the end is open.
        ident: what tells spells of one state and day apart.
        missing: what stands for no value.
        within: whether days on which nobody bears the code are cut off, as of spells that their makers let
            begin or end with the data.
        traits: by name.
    """

    actor: Code
    first: Words = Field(min_length=1)
    last: Words = ()
    ident: str = ""
    missing: Words = ()
    within: bool = False
    traits: Mapping[str, Held] = Field(min_length=1)

    def columns(self) -> set[str]:
        """All columns it reads."""
        cells = (column for held in self.traits.values() for column in (held.column, *held.note))
        return {c for c in (self.actor.column, *self.first, *self.last, self.ident, *cells) if c}


class TieSpec(Strict):
    """How the rows of a file become ties: one of each row, or of the rows that share a number.

    Attributes:
        kind: a term of the vocabulary ``tie_kinds``.
        parties: who is bound, where it is mutual; a cell can name several, parted by semicolons.
        actors: who acts, where it is not.
        targets: upon whom.
        first: column of the day it begins; or columns of its year, month and day.
        last: likewise of its last day; without one, or where it is missing, it goes on.
        ident: column of the number that rows of one tie share; each row is one where there is none.
        name: column of its name.
        clauses: column to the kind of clause it has where that says 1 or yes.
        about: columns of words that go with it.
    """

    kind: str
    parties: tuple[Code, ...] = ()
    actors: tuple[Code, ...] = ()
    targets: tuple[Code, ...] = ()
    first: Words = Field(min_length=1)
    last: Words = ()
    ident: str = ""
    name: str = ""
    clauses: Mapping[str, str] = Field(default_factory=dict)
    about: Words = ()

    @model_validator(mode="after")
    def _fits(self) -> TieSpec:
        kinds = vocabulary("tie_kinds")
        if self.kind not in kinds:
            msg = f"there is no kind of tie {self.kind!r}"
            raise ValueError(msg)
        if kinds[self.kind].more["mutual"] != bool(self.parties) or bool(self.actors) != bool(self.targets):
            msg = f"a {self.kind} has parties, or else actors and targets"
            raise ValueError(msg)
        unknown = sorted(set(self.clauses.values()) - set(vocabulary("clause_kinds")))
        if unknown:
            msg = f"there is no kind of clause {unknown[0]!r}"
            raise ValueError(msg)
        return self

    def columns(self) -> set[str]:
        """All columns it reads."""
        who = {code.column for code in (*self.parties, *self.actors, *self.targets)}
        told = {self.ident, self.name, *self.clauses, *self.about}
        return {c for c in {*who, *self.first, *self.last, *told} if c}


class Table(Strict):
    """How a file of a dataset is read.

    Attributes:
        columns: other names that releases give a column.
        unused: columns that are left out, each with the reason.
        rows: what its rows become, where they are amounts.
        events: what they become, where they are events.
        spells: what they become, where they hold from one day to another.
        ties: what they become, where they bind. A file with none of these is read by a module that bears the
            dataset's name.
    """

    columns: Mapping[str, Words] = Field(default_factory=dict)
    unused: Mapping[str, str] = Field(default_factory=dict)
    rows: tuple[RowSpec, ...] = ()
    events: EventSpec | None = None
    spells: tuple[SpellSpec, ...] = ()
    ties: TieSpec | None = None

    def wanted(self) -> set[str]:
        """The columns it reads, in lower case."""
        found = self.events.columns() if self.events else set()
        found |= self.ties.columns() if self.ties else set()
        found |= {column for spec in self.spells for column in spec.columns()}
        for spec in self.rows:
            found |= spec.columns()
        return {column.casefold() for column in found if column}
