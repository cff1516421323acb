"""What the project knows of a dataset: one YAML file each, in ``datasets/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, ValidationError, model_validator

from rapallo.errors import InputError
from rapallo.model import Interval, Source
from rapallo.sources.specs import Patterns, Strict, Table, Words
from rapallo.sources.starter.strict import parse

__all__ = ["Citation", "Dataset", "FileSpec", "Release", "dataset", "names", "told"]

Universe = Literal["cow", "gw", "all", "own"]


class Citation(Strict):
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


class FileSpec(Strict):
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


class Release(Strict):
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


class Dataset(Strict):
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
