"""What a file of the starter record may hold; pydantic refuses the rest.

Every section maps an id to an entry, so that an error can name the entry.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    StringConstraints,
)

from rapallo.errors import RapalloError
from rapallo.model import RECALLED_CAP, Interval, Phase
from rapallo.sources.starter.spans import period, phase, since
from rapallo.vocab import check

__all__ = [
    "BorderGroup",
    "ClauseEntry",
    "EventEntry",
    "Fact",
    "FlowGroup",
    "Span",
    "StarterFile",
    "TieEntry",
    "TraitGroup",
]

CHECKED = 0.95
"""Confidence of a checked fact that states none."""
DISPUTED_CAP = 0.4
"""The most confidence a recalled tie may have on which the two writings differ."""


def _plainly(read: Callable[[str], Any], pattern: str = ".+", example: str = "") -> Callable[[Any], Any]:
    shape = re.compile(pattern, re.ASCII)

    def reader(value: Any) -> Any:
        text = str(value)
        if not shape.fullmatch(text):
            msg = f"{text!r} is not written as {example}"
            raise ValueError(msg)
        try:
            return read(text)
        except RapalloError as error:
            raise ValueError(str(error)) from None

    return reader


def _term(vocabulary: str) -> AfterValidator:
    return AfterValidator(_plainly(lambda word: check(vocabulary, word)))


_CODE = r"(?:[A-Z]{3}/[a-z-]+|[A-Z][A-Z0-9]{1,11})"
Code = Annotated[str, StringConstraints(pattern=f"^{_CODE}$")]
Pair = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-[A-Z]{3}$")]
Span = tuple[str, dt.date | None, dt.date | None]
Dated = Annotated[Span, BeforeValidator(_plainly(since, rf"{_CODE}( [\d.-]+)?", "FIN 2023-04-04"))]
DatedPair = Annotated[
    Span, BeforeValidator(_plainly(since, r"[A-Z]{3}-[A-Z]{3} [\d.-]+", "CHN-PRK 1948-09-09"))
]
Step = Annotated[InstanceOf[Phase], BeforeValidator(_plainly(phase))]
When = Annotated[InstanceOf[Interval], BeforeValidator(_plainly(period))]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=80)]
Amount = Annotated[float, Field(ge=0, lt=1e12, allow_inf_nan=False)]
Noted = Amount | tuple[Amount, Words]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Fact(_Strict):
    """How an entry is known; its rows inherit it.

    Attributes:
        basis: ``checked`` or ``recalled``.
        checked_against: dataset and row, for a checked fact.
        confidence: 0 to 1; by default 0.95 for a checked and 0.6 for a recalled fact.
    """

    basis: Literal["checked", "recalled"]
    checked_against: Words | None = None
    confidence: Annotated[float, Field(gt=0, le=1)] | None = None

    def sure(self) -> float:
        """The confidence, or the default of its basis."""
        if self.confidence is not None:
            return self.confidence
        return CHECKED if self.basis == "checked" else RECALLED_CAP


class ClauseEntry(_Strict):
    """One obligation of a pact; the fields are those of ``rapallo.model.Clause``."""

    kind: Annotated[str, _term("clause_kinds")]
    trigger: Annotated[str, _term("clause_triggers")]
    response: Annotated[str, _term("clause_responses")]
    strength: Annotated[str, _term("clause_strengths")]
    wording: Words
    article: Annotated[str, Field(coerce_numbers_to_str=True)] = ""
    conditions: tuple[Annotated[str, _term("clause_conditions")], ...] = ()
    obliged: tuple[Code, ...] = ()
    protected: tuple[Code, ...] = ()
    territory: tuple[Words, ...] = ()
    against: tuple[Code, ...] = ()
    verbatim: Literal["true", "false"] = "false"
    basis: Literal["checked", "recalled"] | None = None
    checked_against: Words | None = None


class TieEntry(Fact):
    """A relation: ``parties`` of a mutual one, ``actors`` and ``targets`` of a directed one.

    ``disputed`` says what the second writing of the record has otherwise.
    """

    kind: Annotated[str, _term("tie_kinds")]
    name: Words
    about: Annotated[str, StringConstraints(strip_whitespace=True)] = ""
    parties: tuple[Dated, ...] = ()
    actors: tuple[Dated, ...] = ()
    targets: tuple[Dated, ...] = ()
    phases: Annotated[tuple[Step, ...], Field(min_length=1)]
    clauses: tuple[ClauseEntry, ...] = ()
    disputed: tuple[Words, ...] = ()

    def sure(self) -> float:
        """The confidence; of a recalled tie that is disputed at most 0.4."""
        own = super().sure()
        return min(own, DISPUTED_CAP) if self.disputed and self.basis == "recalled" else own


class BorderGroup(Fact):
    """Land borders, one ``CHN-PRK 1948-09-09`` each, codes in alphabetical order."""

    pairs: Annotated[tuple[DatedPair, ...], Field(min_length=1)]


class FlowGroup(Fact):
    """Directed amounts of one kind, unit and period; ``rows`` maps origin-destination to the amount."""

    kind: Annotated[str, _term("flow_kinds")]
    unit: Words
    period: When
    what: str = ""
    rows: Annotated[Mapping[Pair, Amount], Field(min_length=1)]


class TraitGroup(Fact):
    """Amounts of one trait, unit and period; ``rows`` maps a code to the amount or to [amount, note]."""

    name: Annotated[str, _term("trait_names")]
    unit: Words
    period: When
    rows: Annotated[Mapping[Code, Noted], Field(min_length=1)]


class EventEntry(Fact):
    """An event in PLOVER; a reciprocal one lists all parties as actors and as targets."""

    event: Annotated[str, _term("event_types")]
    mode: str | None = None
    contexts: tuple[Annotated[str, _term("contexts")], ...] = ()
    actors: Annotated[tuple[Code, ...], Field(min_length=1)]
    targets: tuple[Code, ...] = ()
    when: When
    what: Words
    where: str | None = None


class StarterFile(_Strict):
    """One file: what it is about and any of five sections, each from id to entry."""

    about: Words
    ties: Mapping[Id, TieEntry] = {}
    borders: Mapping[Id, BorderGroup] = {}
    flows: Mapping[Id, FlowGroup] = {}
    traits: Mapping[Id, TraitGroup] = {}
    events: Mapping[Id, EventEntry] = {}
