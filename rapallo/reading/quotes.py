"""The words a claim is quoted by: the shortest run that shows its predicate and its parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.reading.scope import condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Span, Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["extent"]

_FAR = 22
_ASIDE = 6
_RELATIVES = ("who", "which", "that", "whose")
_SPEECH = ("ACCUSE", "REQUEST", "REJECT", "THREATEN")
_BEFORE_NOUN = (
    "compound",
    "nummod",
    "amod",
    "det",
    "poss",
    "quantmod",
    "neg",
    "advmod",
    "case",
    "aux",
    "auxpass",
)


def extent(draft: Draft, sentence: Span, cast: Cast) -> tuple[int, int]:
    """Index of the first and the last word of a claim's quote.

    Args:
        draft: the claim in the making.
        sentence: its sentence.
        cast: the actors of the paragraph; of each party the mention nearest to the predicate is shown.
    """
    if draft.phrase is not None:
        return _thing(draft.phrase)
    spots = {draft.token.i}
    if draft.kind == "stance":
        spots |= {w.i for w in draft.words}
    else:
        for word in draft.words:
            spots |= {word.i} | {t.i for t in word.children if t.dep_ in _BEFORE_NOUN and word.i - t.i < 8}
    spots |= {c.i for c in draft.token.children if c.dep_ in ("aux", "auxpass", "neg", "prt")}
    far = _interrupted(draft.token)
    if far is None:
        spots |= {c.i for c in draft.token.children if c.dep_ in ("nsubj", "nsubjpass")}
    for code in (*draft.actors.codes, *draft.targets.codes):
        spots |= _nearest(code, draft.token, sentence, cast)
    if far is not None and draft.kind != "stance":
        spots = {i for i in spots if i > far}
    spots |= _completion(draft.token, draft.event)
    left = _left(draft.token)
    inside = [i for i in spots if max(sentence.start, left) <= i < sentence.end]
    return _whole(min(inside), max(inside), sentence.doc[sentence.start : sentence.end], cast)


def _interrupted(verb: Token) -> int | None:
    """Last word of a clause or name between a subject and its verb: there the quote begins behind it."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i), None)
    asides = subject.children if subject is not None else ()
    clause = next((c for c in asides if c.dep_ in ("relcl", "appos")), None)
    if subject is None or clause is None or not subject.i < clause.i < verb.i:
        return None
    return max(t.i for t in clause.subtree) if verb.i - subject.i > _ASIDE else None


def _thing(noun: Token) -> tuple[int, int]:
    """A thing with its amount and what it measures, without what is listed after it."""
    spots = [noun.i, *(t.i for c in noun.children if c.dep_ in _BEFORE_NOUN for t in c.subtree)]
    measured = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    inner = next((c for c in measured.children if c.dep_ == "pobj"), None) if measured is not None else None
    return min(spots), max([*spots, inner.i] if inner is not None else spots)


def _left(verb: Token) -> int:
    """Where the clause of a verb begins: at its own subject, or at the verb where it shares another's."""
    if verb.pos_ not in ("VERB", "AUX"):
        return 0
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")]
    if own and own[0].i < verb.i:
        if own[0].lower_ in _RELATIVES:
            return 0
        first = own[0].left_edge.i
        return first if _apart(verb, first) else min(first, verb.left_edge.i)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return min([verb.i, *(c.i for c in verb.children if c.dep_ in ("aux", "auxpass", "neg"))])
    return 0


def _apart(verb: Token, first: int) -> bool:
    """Whether another clause stands before a subject: "it has cause: its trade fell", "if A hit B, C"."""
    before = [c for c in verb.children if c.i < first]
    return any(c.text in (":", ";") or (c.dep_ == "advcl" and condition(c) == "if") for c in before)


def _completion(verb: Token, event: str | None) -> set[int]:
    """The clause that says what is asked, refused, threatened or alleged, to its object."""
    if event not in _SPEECH or verb.pos_ != "VERB":
        return set()
    heads = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.i > verb.i]
    heads += [
        g for c in verb.children if c.dep_ == "prep" and c.i > verb.i for g in c.children if g.dep_ == "pcomp"
    ]
    found = {h.i for h in heads}
    for head in heads:
        found |= {c.i for c in head.children if c.dep_ in ("dobj", "acomp", "attr", "oprd", "nsubjpass")}
    return {i for i in found if i - verb.i < _FAR}


def _nearest(code: str, token: Token, sentence: Span, cast: Cast) -> set[int]:
    """The words of the mention of a code that a word governs, else of the nearest one before it."""
    governed = {t.i for t in token.subtree}
    mentions = dict.fromkeys(
        cast.at[i] for i in range(sentence.start, sentence.end) if i in cast.at and cast.at[i].code == code
    )
    inside = [m for m in mentions if m.start in governed]
    before = [m for m in mentions if m.start < token.i and token.i - m.start <= _FAR]
    best = min(inside or before, key=lambda m: abs(m.start - token.i), default=None)
    return {best.start, best.end - 1} if best is not None else set()


def _whole(first: int, last: int, words: Iterable[Token], cast: Cast) -> tuple[int, int]:
    """The run widened so that no name is cut."""
    inside = {t.i for t in words}
    for i in (first, last):
        mention = cast.at.get(i)
        if mention is not None and mention.start in inside and mention.end - 1 in inside:
            first, last = min(first, mention.start), max(last, mention.end - 1)
    return first, last
