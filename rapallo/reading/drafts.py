"""A claim in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapallo.model import Holder, Interval, Quantity, Stance, TieContent
from rapallo.model.claims import ClaimKind, Modality, Polarity
from rapallo.reading.who import Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """What a step found, before it is quoted, dated and numbered.

    Attributes:
        token: the word it hangs on; dates and the quote are looked for around it.
        kind: of the claim.
        event: PLOVER event type, or None.
        actors: who acts.
        targets: who is acted upon.
        words: other words the quote must show.
        phrase: the thing of several listed with amounts of their own that alone is quoted, or None.
        noun: whether the act was told as a noun; it yields to the same act told as a verb.
        settled: whether `when` is final.
    """

    token: Token
    kind: ClaimKind
    event: str | None
    actors: Parties
    targets: Parties
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    polarity: Polarity = "positive"
    modality: Modality = "asserted"
    holders: list[Holder] = field(default_factory=list)
    when: Interval | None = None
    settled: bool = False
    tie: TieContent | None = None
    stance: Stance | None = None
    quantity: Quantity | None = None
    words: list[Token] = field(default_factory=list)
    phrase: Token | None = None
    confidence: float = 0.8
    noun: bool = False
