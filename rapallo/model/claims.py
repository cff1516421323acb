"""The unit of the record: one statement by one source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from rapallo.model.dates import Interval
from rapallo.model.provenance import Document, Quote

__all__ = [
    "CLAIM_KINDS",
    "MODALITIES",
    "POLARITIES",
    "Claim",
    "ClaimKind",
    "Diagnostic",
    "Holder",
    "Modality",
    "Polarity",
    "Quantity",
    "Reading",
    "Stance",
    "TieContent",
]

ClaimKind = Literal["event", "tie", "flow", "trait", "stance", "cause"]
CLAIM_KINDS: tuple[ClaimKind, ...] = get_args(ClaimKind)
Modality = Literal["asserted", "reported", "intended", "conditional", "hypothetical"]
MODALITIES: tuple[Modality, ...] = get_args(Modality)
Polarity = Literal["positive", "negative", "nearly"]
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says, fears or believes it; a chain of holders runs from the author inward.

    Attributes:
        who: ``author``, an actor code, or the words of a source that is no actor (``reports``).
        attitude: ``states``, ``reports``, ``fears``, ``knows`` ... of the stance vocabulary.
    """

    who: str
    attitude: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount named in a text: ``Quantity(7000, "container", "weapons", approx=True)``."""

    value: float
    unit: str
    of: str = ""
    approx: bool = False


@dataclass(frozen=True, slots=True)
class TieContent:
    """What a tie claim says of the tie: its kind, its clauses where named, its phase."""

    kind: str
    clauses: tuple[str, ...] = ()
    phase: str | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """What somebody fears, wants, believes: the attitude, about whom, and the content in words."""

    attitude: str
    about: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one source, coded.

    Attributes:
        id: ``c1``, ``c2`` ... within a document; the record prefixes the document's id.
        kind: what it is a claim of.
        event: PLOVER event type, wherever the claim reports an act.
        mode: PLOVER mode of that event type.
        contexts: PLOVER contexts.
        actors: codes of every party that acts; a reciprocal act lists all parties here and in ``targets``.
        actor_names: as the text names them, resolved to full names where known.
        targets: codes of every party acted upon.
        when: when it happened or held; None where the text does not say.
        where: place in words.
        holders: from the author inward.
        repaired: whether the quoted words had to be repaired before they could be parsed.
        quote: the words it rests on, an exact slice of the original text.
        sentence: index of the sentence in the document.
    """

    id: str
    kind: ClaimKind
    event: str | None
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    quote: Quote
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actor_names: tuple[str, ...] = ()
    target_names: tuple[str, ...] = ()
    when: Interval | None = None
    where: str | None = None
    holders: tuple[Holder, ...] = (Holder("author", "states"),)
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    confidence: float = 0.5
    repaired: bool = False
    tie: TieContent | None = None
    stance: Stance | None = None
    quantity: Quantity | None = None
    sentence: int = 0

    @property
    def parties(self) -> tuple[str, ...]:
        """Every party, each once, actors first."""
        return tuple(dict.fromkeys(self.actors + self.targets))


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What became of one sentence.

    Attributes:
        sentence: its index.
        text: its words, as in the original.
        outcome: ``claims, no_actor, no_predicate, one_side, not_political, abstained``.
        why: in words.
        claims: ids of the claims found in it.
        start: offset of its first character in the original text.
        end: offset behind its last.
        repairs: (words of the original, words read instead).
    """

    sentence: int
    text: str
    outcome: str
    why: str
    start: int
    end: int
    claims: tuple[str, ...] = ()
    repairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader made of one document: claims, and for each sentence what was found or why nothing was."""

    document: Document
    claims: tuple[Claim, ...]
    diagnostics: tuple[Diagnostic, ...] = field(default=())
