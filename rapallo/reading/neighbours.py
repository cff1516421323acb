"""Borders told in passing: "Chad, Niger's neighbour", "cut the power to its northern neighbour"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.reading.lexicon import table
from rapallo.reading.relations import place, tie_draft, together
from rapallo.reading.roles import prepositions
from rapallo.reading.slots import only
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["neighbour"]

_PERSONS = ("leader", "group")


def neighbour(noun: Token, cast: Cast) -> Draft | None:
    """The border that the word neighbour tells, with the state beside it or else the only other one named."""
    if noun.lemma_.lower() not in table("relations")["neighbours"] or noun.tag_ != "NN":
        return None
    owner = merge([cast.owners(noun), *(place(t, cast) for t in prepositions(noun).get("of", []))])
    possessed = any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in noun.children)
    if noun.dep_ == "appos":
        near = noun.left_edge.i - 2  # "Peru and Chile, its neighbour": the nearer of the two
        head = noun.doc[near] if near in cast.at and noun.doc[near + 1].text == "," else noun.head
        one = cast.one(head)
        if head.i not in cast.at or len(one.codes) != 1 or cast.at[head.i].role in _PERSONS:
            return None
        owner = only(owner, without=one.codes)
        owner = owner if owner or not possessed else _before(head, one, cast)
        both = together(one, owner) if len(owner.codes) == 1 else None
        return tie_draft(noun, "border", both, both, cast, words=[head]) if both else None
    if not owner and possessed and noun.dep_ == "conj":  # "Chad and its neighbour Niger"
        owner = _before(noun, NOBODY, cast)
    if not possessed or noun.i in cast.at or len(owner.codes) != 1:
        return None
    both = together(owner, _other(noun, owner, cast))
    draft = tie_draft(noun, "border", both, both, cast, noun=True) if both else None
    return (
        replace(draft, phrase=noun, modality="asserted", polarity="positive", holders=[]) if draft else None
    )


def _before(head: Token, one: Parties, cast: Cast) -> Parties:
    """Whose neighbour it is: named before in the sentence, else whom the sentence before was about."""
    earlier = merge(cast.one(t) for t in head.doc[head.sent.start : head.i] if t.i in cast.at)
    rest = tuple(c for c in earlier.codes if c not in one.codes)
    if rest:
        return Parties(rest, rest, 0.7) if len(rest) == 1 else NOBODY
    last = cast.discourse.subject
    return last if len(last.codes) == 1 and last.codes != one.codes else NOBODY


def _other(noun: Token, owner: Parties, cast: Cast) -> Parties:
    """The only state named in the sentence besides the owner, else the only one in the sentence before."""
    mentions = {cast.at[t.i] for t in noun.sent if t.i in cast.at}
    codes = {m.code for m in mentions if m.role not in BODIES} - set(owner.codes)
    if len(codes) == 1:
        code = codes.pop()
        return Parties((code,), (code,), 0.75)
    return NOBODY if codes else cast.discourse.state(noun.i, without=owner.codes)
