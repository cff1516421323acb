"""Claims in the making to claims: quoted from the original, told once each, numbered, with a diagnosis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapallo.model import Claim, Diagnostic, Document, Holder, Interval, Quote
from rapallo.reading.classes import classes_of
from rapallo.reading.drafts import Draft
from rapallo.reading.quotes import extent
from rapallo.reading.repair import Repaired

if TYPE_CHECKING:
    from spacy.tokens import Span

    from rapallo.reading.layout import Block
    from rapallo.reading.parties import Cast
    from rapallo.reading.sentences import Found

__all__ = ["Assembly"]

_LEAST = 0.3
_MANY = frozenset(("AGREE", "SANCTION", "AID", "COOPERATE", "COERCE", "REQUEST"))
"""Acts of which the same two often do several: they are the same only where they share a word."""
_ONE_THING = frozenset(("pact", "truce", "talks", "drill", "sanction", "relation", "arms", "money"))
_WHY = {
    "headline": "a headline, its news stands in the body",
    "date": "the date line",
    "heading": "a heading, not a sentence",
}


@dataclass(slots=True)
class Assembly:
    """Collects what the sentences gave and makes the claims of the document."""

    document: Document
    last_when: Interval | None = None
    _claims: list[Claim] = field(default_factory=list)
    _nouns: set[int] = field(default_factory=set)
    _words: list[frozenset[str]] = field(default_factory=list)
    _diagnostics: list[Diagnostic] = field(default_factory=list)

    def skip(self, block: Block) -> None:
        """Note a block that is not read."""
        text = self.document.text[block.start : block.end]
        number = len(self._diagnostics)
        self._diagnostics.append(
            Diagnostic(number, text, "abstained", _WHY[block.kind], block.start, block.end)
        )

    def add(self, sentence: Span, cast: Cast, offset: int, repaired: Repaired, found: Found) -> None:
        """Take in what a sentence gave.

        Args:
            sentence: the parsed sentence.
            cast: the actors of its paragraph.
            offset: where its paragraph begins in the document.
            repaired: the paragraph as it was read.
            found: its claims in the making.
        """
        number = len(self._diagnostics)
        start, end = repaired.original(sentence.start_char, sentence.end_char)
        ids = []
        for draft in found.drafts:
            if draft.confidence < _LEAST:
                continue
            claim = self._claim(draft, sentence, cast, offset, repaired, number)
            if self._take(claim, draft):
                ids.append(claim.id)
            if draft.when is not None and draft.when.start is not None:
                self.last_when = draft.when
        outcome, why = found.outcome, found.why
        if outcome == "claims" and not ids:
            outcome, why = "abstained", "what it tells is told more fully elsewhere, or too unsure"
        text = self.document.text
        self._diagnostics.append(
            Diagnostic(
                sentence=number,
                text=text[offset + start : offset + end],
                outcome=outcome,
                why=f"{len(ids)} claim{'s' * (len(ids) > 1)}" if ids else why,
                start=offset + start,
                end=offset + end,
                claims=tuple(ids),
                repairs=tuple(
                    (
                        text[offset + e.start : offset + e.end].strip(),
                        repaired.text[e.read_start : e.read_end].strip(),
                    )
                    for e in repaired.within(sentence.start_char, sentence.end_char)
                ),
            )
        )

    def finish(self) -> tuple[tuple[Claim, ...], tuple[Diagnostic, ...]]:
        """The claims in the order of the text, and the diagnostics."""
        kept = {c.id for c in self._claims}
        diagnostics = []
        for d in self._diagnostics:
            claims = tuple(i for i in d.claims if i in kept)
            lost = d.outcome == "claims" and not claims
            diagnostics.append(
                Diagnostic(
                    d.sentence, d.text, "abstained" if lost else d.outcome,
                    "what it tells is told more fully elsewhere" if lost else d.why,
                    d.start, d.end, claims, d.repairs,
                )
            )  # fmt: skip
        return tuple(self._claims), tuple(diagnostics)

    def _claim(
        self, draft: Draft, sentence: Span, cast: Cast, offset: int, repaired: Repaired, number: int
    ) -> Claim:
        first, last = extent(draft, sentence, cast)
        doc = sentence.doc
        a, b = doc[first].idx, doc[last].idx + len(doc[last])
        start, end = repaired.original(a, b)
        actors = tuple(sorted(draft.actors.codes))
        targets = tuple(sorted(draft.targets.codes))
        return Claim(
            id=f"c{self._count() + 1}",
            kind=draft.kind,
            event=draft.event,
            actors=actors,
            targets=targets,
            quote=Quote.cut(self.document.text, offset + start, offset + end),
            mode=draft.mode,
            contexts=draft.contexts,
            actor_names=_named(draft.actors.codes, draft.actors.names),
            target_names=_named(draft.targets.codes, draft.targets.names),
            when=draft.when,
            holders=(Holder("author", "states"), *draft.holders),
            polarity=draft.polarity,
            modality=draft.modality,
            confidence=round(min(0.95, draft.confidence * self.document.reliability), 2),
            repaired=bool(repaired.within(a, b)),
            tie=draft.tie,
            stance=draft.stance,
            quantity=draft.quantity,
            sentence=number,
        )

    def _count(self) -> int:
        return max((int(c.id[1:]) for c in self._claims), default=0)

    def _take(self, claim: Claim, draft: Draft) -> bool:
        """Add a claim unless it was told before; an act told as a noun yields to the same told as a verb."""
        noun, words = draft.noun, _told_with(draft)
        for i, old in enumerate(self._claims):
            if not _same(old, claim, loose=noun or i in self._nouns):
                continue
            verbs = not (noun or i in self._nouns)
            apart = old.quote.end <= claim.quote.start or claim.quote.end <= old.quote.start
            if verbs and apart and claim.event in _MANY and not words & self._words[i]:
                continue
            if i in self._nouns and not noun:
                self._claims[i] = _fuller(claim, old)
                self._nouns.discard(i)
                return True
            if not noun or old.when is None:
                self._claims[i] = _fuller(old, claim)
            return False
        self._claims.append(claim)
        self._words.append(words)
        if noun:
            self._nouns.add(len(self._claims) - 1)
        return True


def _told_with(draft: Draft) -> frozenset[str]:
    """The lemmas an act is told with, and of its nouns the classes whose words name one thing."""
    words = (draft.token, *draft.words)
    classes = {c for w in words if w.pos_ != "VERB" for c in classes_of(w)}
    return frozenset(w.lemma_.lower() for w in words) | (classes & _ONE_THING)


def _named(codes: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    codes, names = tuple(codes), tuple(names)
    if len(codes) != len(names):
        return names
    return tuple(name for _, name in sorted(zip(codes, names, strict=True)))


def _same(old: Claim, new: Claim, *, loose: bool) -> bool:
    """Whether two claims tell the same; a noun phrase tells the same as the verb whatever its modality."""
    if (old.event, set(old.actors), set(old.targets)) != (new.event, set(new.actors), set(new.targets)):
        return False
    if old.kind != new.kind and {old.kind, new.kind} != {"event", "tie"}:
        return False
    if old.event is None and (
        old.stance != new.stance or (old.tie and old.tie.kind) != (new.tie and new.tie.kind)
    ):
        return False
    if old.event is None and old.kind in ("flow", "trait", "cause"):
        return old.quote.exact == new.quote.exact
    terms = old.tie is not None and old.tie.kind not in ("border", "rivalry") and old.actors == old.targets
    apart = old.event is None and (terms or old.sentence == new.sentence)
    if not loose and apart and old.quantity != new.quantity:
        return False  # "were stationed there, and it still keeps 2,000 there"
    if not loose and old.mode and new.mode and old.mode != new.mode:
        return False
    if not loose and old.sentence == new.sentence and old.quantity is not None and new.quantity is None:
        return False
    if not loose and (old.modality, old.polarity) != (new.modality, new.polarity):
        return False
    if old.tie and new.tie and old.tie.phase != new.tie.phase:
        return False
    if old.quantity and new.quantity and old.quantity != new.quantity:
        return False
    return old.when is None or new.when is None or loose or old.when.overlaps(new.when)


def _fuller(kept: Claim, other: Claim) -> Claim:
    """The claim kept, with the date, amount and tie that only the other gives."""
    return replace(
        kept,
        when=kept.when or other.when,
        quantity=kept.quantity or other.quantity,
        tie=kept.tie or other.tie,
        kind="tie" if kept.tie or other.tie else kept.kind,
    )
