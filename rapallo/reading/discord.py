"""Quarrels told by a noun: "whose quarrel with Chad had flared", "the dispute between the two deepened"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rapallo.reading.lexicon import word_list
from rapallo.reading.relations import place, tie_draft, together
from rapallo.reading.roles import prepositions
from rapallo.reading.who import Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["discord"]

_words = partial(word_list, of="relations")


def discord(noun: Token, cast: Cast) -> Draft | None:
    """The rivalry that a noun tells, of parties named or, of "the quarrel", of those at odds in the text."""
    if noun.lemma_.lower() not in _words("discords") or noun.lower_ == "disputed":
        return None
    preps = prepositions(noun)
    behind = [*preps.get("with", []), *prepositions(noun, deep=True).get("between", [])]
    other = merge(place(t, cast) for t in behind)
    named = together(_owner(noun, cast), other)
    verb = noun.head
    turns = noun.dep_ == "nsubj" and verb.lemma_.lower() in _words("turns")
    if named is not None and other and len(named.codes) == 2:
        settled = noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in _words("settles")
        if settled or (not turns and noun.dep_ == "pobj"):
            return None  # "settled the row between A and B", "mediated in the row between A and B"
        draft = tie_draft(
            verb if turns else noun, "rivalry", named, named, cast, words=[noun], noun=not turns
        )
        taken_for_granted = draft is not None and not turns and not draft.holders
        return replace(draft, modality="asserted") if draft is not None and taken_for_granted else draft
    definite = any(c.lower_ in ("the", "this", "that", "their") for c in noun.children)
    if not turns or not definite or preps or any(c.dep_ in ("amod", "compound") for c in noun.children):
        return None
    both = cast.discourse.episodes.quarrel()
    return tie_draft(verb, "rivalry", both, both, cast, words=[noun]) if both else None


def _owner(noun: Token, cast: Cast) -> Parties:
    """Whose quarrel it is, also by "whose"."""
    clause = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
    if clause is not None and any(c.lower_ == "whose" for c in noun.children):
        return cast.one(clause.head)
    return cast.owners(noun)
