"""Quarrels told by a noun: "whose quarrel with Chad had flared", "the dispute between the two deepened"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.reading.discourse import NOBODY, Parties, merge
from rapallo.reading.lexicon import table
from rapallo.reading.relations import place, tie_draft, together
from rapallo.reading.roles import prepositions

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["discord"]


def discord(noun: Token, cast: Cast) -> Draft | None:
    """The rivalry that a noun tells, with its parties named or, of "the quarrel", those plainly at odds."""
    if noun.lemma_.lower() not in _words("discords") or noun.lower_ == "disputed":
        return None
    preps = prepositions(noun)
    other = merge(place(t, cast) for p in ("with", "between") for t in preps.get(p, []))
    named = together(_owner(noun, cast), other)
    verb = noun.head
    turns = noun.dep_ == "nsubj" and verb.lemma_.lower() in _words("turns")
    if named is not None and other and len(named.codes) == 2:
        return tie_draft(verb if turns else noun, "rivalry", named, named, cast, words=[noun], noun=not turns)
    definite = any(c.lower_ in ("the", "this", "that", "their") for c in noun.children)
    if not turns or not definite or preps or any(c.dep_ in ("amod", "compound") for c in noun.children):
        return None
    both = _at_odds(noun, cast)
    return tie_draft(verb, "rivalry", both, both, cast, words=[noun]) if both else None


def _words(name: str) -> frozenset[str]:
    return frozenset(table("relations")[name])


def _owner(noun: Token, cast: Cast) -> Parties:
    """Whose quarrel it is, also by "whose"."""
    clause = next((a for a in noun.ancestors if a.dep_ == "relcl"), None)
    if clause is not None and any(c.lower_ == "whose" for c in noun.children):
        return cast.one(clause.head)
    return cast.owners(noun)


def _at_odds(noun: Token, cast: Cast) -> Parties:
    """The two of whom the text speaks, where one has acted against the other."""
    discourse = cast.discourse
    for pair in (
        discourse.leads(),
        discourse.episodes.feud(),
        discourse.pair,
        discourse.group(noun.i, states_only=True, at_odds=True),
    ):
        if len(pair.codes) != 2:
            continue
        one, two = pair.codes
        facing = {discourse.episodes.other(c).codes for c in pair.codes}
        if pair == discourse.episodes.feud() or {(one,), (two,)} & facing:
            return Parties(pair.codes, pair.names, 0.65)
    return NOBODY
