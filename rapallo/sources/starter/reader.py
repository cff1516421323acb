"""Reads the files of the starter record into batches."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import ValidationError

from rapallo.errors import InputError, RapalloError
from rapallo.model import Batch, Event, Flow, Source, Tie, Trait
from rapallo.sources.starter import build
from rapallo.sources.starter.schema import StarterFile
from rapallo.sources.starter.strict import parse

__all__ = ["RELEASE", "SOURCE", "load", "read"]

RELEASE = "starter-1"
SOURCE = Source(
    id="starter",
    title="Starter record of Rapallo",
    released=dt.date(2026, 11, 24),
    licence="Apache-2.0",
    citation=f"The Rapallo authors (2026), starter record, release {RELEASE}",
)


def _explain(name: str, error: ValidationError) -> InputError:
    first = error.errors(include_url=False, include_input=False)[0]
    where = [str(step) for step in first["loc"]]
    entry = where[1] if len(where) > 1 else ""
    rest = ".".join(where[2:] if entry else where)
    message = first["msg"].removeprefix("Value error, ")
    more = error.error_count() - 1
    text = ": ".join(part for part in (name + (f", {entry}" if entry else ""), rest, message) if part)
    return InputError(text, hint=f"and {more} more" if more else "")


@contextmanager
def _naming(name: str, ident: str) -> Iterator[None]:
    """Errors raised within are told with the file and the entry."""
    try:
        yield
    except RapalloError as error:
        msg = f"{name}, {ident}: {error.message}"
        raise InputError(msg, hint=error.hint) from None


def read(name: str, data: bytes) -> Batch:
    r"""Read one file of the starter record.

    Args:
        name: what errors call it, e.g. ``pacts.yaml``.
        data: its bytes.

    Returns:
        Its rows.

    Raises:
        InputError: naming the file, the entry and what is wrong with it.

    Examples:
        >>> read("a.yaml", b"about: Nothing.\nties: {}").ties
        ()
        >>> read("a.yaml", b"about: Nothing.\ntie: {}")
        Traceback (most recent call last):
        rapallo.errors.InputError: a.yaml: tie: Extra inputs are not permitted
    """
    document: Any = parse(name, data)
    try:
        file = StarterFile.model_validate(document)
    except ValidationError as error:
        raise _explain(name, error) from None
    ties: list[Tie] = []
    flows: list[Flow] = []
    traits: list[Trait] = []
    events: list[Event] = []
    for ident, tie in file.ties.items():
        with _naming(name, ident):
            ties.append(build.tie(ident, tie, RELEASE))
    for ident, border in file.borders.items():
        with _naming(name, ident):
            ties.extend(build.borders(border, RELEASE))
    for ident, flow in file.flows.items():
        with _naming(name, ident):
            flows.extend(build.flows(flow, RELEASE))
    for ident, trait in file.traits.items():
        with _naming(name, ident):
            traits.extend(build.traits(trait, RELEASE))
    for ident, event in file.events.items():
        with _naming(name, ident):
            events.append(build.event(ident, event, RELEASE))
    return Batch(SOURCE, tuple(ties), tuple(flows), tuple(traits), tuple(events))


def _refuse_twins(batches: tuple[Batch, ...]) -> None:
    rows = (row for b in batches for family in (b.ties, b.flows, b.traits, b.events) for row in family)
    twins = [ident for ident, count in Counter(row.id for row in rows).items() if count > 1]
    if twins:
        msg = f"the starter record holds {twins[0]!r} twice"
        raise InputError(msg, hint=f"and {len(twins) - 1} more" if len(twins) > 1 else "")


@cache
def load() -> tuple[Batch, ...]:
    """The starter record, one batch for each of its files in alphabetical order.

    Returns:
        Batches of the one source ``starter``; ``known_from`` of their rows is left to the record.

    Raises:
        InputError: naming the file, the entry and what is wrong with it.

    Examples:
        >>> [tie.name for batch in load() for tie in batch.ties if tie.id == "deu-sun-1922"]
        ['Treaty of Rapallo']
    """
    here = files("rapallo.sources.starter")
    paths = sorted((p for p in here.iterdir() if p.name.endswith(".yaml")), key=lambda p: p.name)
    batches = tuple(read(path.name, path.read_bytes()) for path in paths)
    _refuse_twins(batches)
    return batches
