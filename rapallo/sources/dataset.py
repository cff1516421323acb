"""What the project knows of a dataset: one YAML file each, in ``datasets/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from rapallo.errors import InputError
from rapallo.model import Interval, Source
from rapallo.sources.codes import SCHEMES
from rapallo.sources.starter.strict import parse
from rapallo.vocab import vocabulary

__all__ = [
    "Amount",
    "Citation",
    "Code",
    "Dataset",
    "EventSpec",
    "FileSpec",
    "Held",
    "Release",
    "RowSpec",
    "SpellSpec",
    "Table",
    "TieSpec",
    "dataset",
    "names",
    "told",
]

Universe = Literal["cow", "gw", "all", "own"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


def _words(value: Any) -> Any:
    return value.split() if isinstance(value, str) else value


def _one_or_more(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Patterns = Annotated[tuple[str, ...], BeforeValidator(_one_or_more)]


class Citation(_Strict):
    """A work to cite, in the fields of CSL that matter here."""

    type: Literal["article-journal", "book", "dataset", "report", "chapter"] = "article-journal"
    author: tuple[str, ...] = Field(min_length=1)
    year: int
    title: str
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    address: str = ""


class FileSpec(_Strict):
    """A file of a release.

    Attributes:
        name: patterns of the names it goes by, with the folder where files of several releases share one.
        address: where it can be had, where that is one address.
        rows: the fewest and the most rows it may have.
        optional: whether the release can do without it.
        quotes: whether quotation marks of a text hold a cell together; where not they are part of it.
    """

    name: Patterns
    address: str = ""
    rows: tuple[int, int] | None = None
    optional: bool = False
    member: str = "*"
    encoding: str = ""
    delimiter: str = Field(default="", max_length=1)
    columns: Words = ()
    sheet: str = ""
    quotes: bool = True


class Release(_Strict):
    """One release of a dataset.

    Attributes:
        version: as its makers call it.
        released: the day of publication.
        covers: its first and last year.
        files: by what they are.
    """

    version: str
    released: dt.date | None = None
    covers: tuple[int, int] | None = None
    files: Mapping[str, FileSpec] = Field(min_length=1)


class Code(_Strict):
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


class Amount(_Strict):
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


class RowSpec(_Strict):
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


class EventSpec(_Strict):
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


class Held(_Strict):
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


class SpellSpec(_Strict):
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


class TieSpec(_Strict):
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


class Table(_Strict):
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


class Dataset(_Strict):
    """A dataset of the field.

    Attributes:
        id: its short name.
        title: its name.
        about: what it holds, in a sentence.
        universe: whom it speaks of: ``cow`` or ``gw`` (the states of that system), ``all``, or ``own``: who
            is named in it and nobody else.
        address: where to get it.
        licence: its terms, in words.
        redistribute: may its rows be passed on? In words that begin with yes or no.
        cite: what to cite.
        confidence: of its rows.
        whole: whether a release is a whole; a feed of events only grows.
        reports: whether its rows are reports, of which several tell of one event.
        names: whom it means by a name or code that the actors' own table does not know, or knows as another:
            the actor's id; a code with its scheme (``cow:365``) where it depends on the day, or several of
            which the first counts that somebody bears; nothing where nobody is meant.
        releases: newest first.
        tables: how its files are read, by what they are.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    about: str
    universe: Universe
    address: str
    licence: str
    redistribute: str = Field(pattern=r"^(yes|no|ask)\b")
    cite: tuple[Citation, ...]
    confidence: float = Field(default=0.9, ge=0, le=1)
    whole: bool = True
    reports: bool = False
    names: Mapping[str, str] = Field(default_factory=dict)
    releases: tuple[Release, ...] = Field(min_length=1)
    tables: Mapping[str, Table]

    @model_validator(mode="after")
    def _tables_are_files(self) -> Dataset:
        for release in self.releases:
            for role in release.files:
                if role not in self.tables:
                    msg = f"release {release.version}: nobody says how {role!r} is read"
                    raise ValueError(msg)
        return self

    def release(self, version: str | None = None) -> Release:
        """A release by its version; the newest without one.

        Raises:
            InputError: where there is none.
        """
        for release in self.releases:
            if version in {None, release.version}:
                return release
        msg = f"there is no release {version!r} of {self.id}"
        raise InputError(msg, hint=f"there are {', '.join(r.version for r in self.releases)}")

    def source(self, release: Release) -> Source:
        """A release as a source of the record."""
        from rapallo.sources.citing import markdown  # noqa: PLC0415

        years = release.covers
        covers = Interval(dt.date(years[0], 1, 1), dt.date(years[1], 12, 31), "range") if years else None
        return Source(
            id=f"{self.id}-{release.version}",
            title=f"{self.title} {release.version}",
            released=release.released,
            address=self.address,
            licence=f"{self.licence} Redistribution: {self.redistribute}.",
            citation="; ".join(markdown(work) for work in self.cite),
            covers=covers,
            universe=self.universe,
        )


@cache
def names() -> tuple[str, ...]:
    """The datasets the project reads, in alphabetical order."""
    folder = files("rapallo.sources").joinpath("datasets")
    return tuple(sorted(p.name.removesuffix(".yaml") for p in folder.iterdir() if p.name.endswith(".yaml")))


@cache
def dataset(name: str) -> Dataset:
    """What the project knows of a dataset.

    Raises:
        InputError: where it knows none of that name.
    """
    if name not in names():
        msg = f"there is no dataset {name!r}"
        raise InputError(msg, hint="rapallo sources list --available names them")
    data = files("rapallo.sources").joinpath("datasets", f"{name}.yaml").read_bytes()
    return told(f"{name}.yaml", data)


def told(name: str, data: bytes) -> Dataset:
    """The dataset that a YAML file tells of: one of the project's, or one of a user's own.

    Args:
        name: what errors call the file.
        data: its bytes.

    Raises:
        InputError: where it is no YAML, or tells of no dataset.
    """
    try:
        return Dataset.model_validate(parse(name, data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "all of it"
        msg = f"{name}: {where}: {first['msg'].removeprefix('Value error, ')}"
        raise InputError(msg) from None
