"""Causes: where the text itself says that one act brought about another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.reading.drafts import Draft
from rapallo.reading.event_type import match
from rapallo.reading.lexicon import table
from rapallo.reading.roles import arguments
from rapallo.reading.who import NOBODY, Parties

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["causes"]


def causes(sentence: Span, cast: Cast, acts: list[Draft]) -> list[Draft]:
    """The causes a sentence tells, each beside the act that is the effect."""
    by_token = {d.token.i: d for d in acts if d.kind in ("event", "tie") and d.event}
    found: list[Draft] = []
    for token in sentence:
        if token.dep_ in ("prep", "mark") or token.pos_ in ("ADP", "SCONJ"):
            found += _by_preposition(token, cast, by_token)
        elif token.pos_ == "VERB" and token.lemma_ in table("causes")["answering"]:
            found += _answering(token, cast, by_token)
        elif token.pos_ == "VERB" and token.lemma_ in table("causes")["verbs"]:
            found += _by_verb(token, cast, by_token)
    return found


def _by_preposition(token: Token, cast: Cast, acts: dict[int, Draft]) -> list[Draft]:
    words = token.doc[token.i : token.i + 3].text.lower()
    cue = next((c for c in table("causes")["phrases"] if words == c or words.startswith(f"{c} ")), None)
    if cue is not None:
        effect = next((acts[t.i] for t in (token.head, *token.ancestors) if t.i in acts), None)
        end = token.i + len(cue.split()) - 1
        last = token.doc[end] if end < len(token.doc) else token
        behind = [*last.children, *token.children]
        noun = next((c for c in behind if c.dep_ in ("pobj", "pcomp") and c.pos_ != "ADP"), None)
        return _cause(effect, noun, cast, token) if effect is not None and noun is not None else []
    if f"{words} ".startswith(tuple(f"{c}{end}" for c in table("causes")["replies"] for end in " ,.;")):
        top = [t for t in (token.head, *token.ancestors) if t.i in acts]
        effect = acts[top[0].i] if top else None
        return _reply(effect, cast, token, acts) if effect is not None else []
    if token.lower_ == "because" and token.dep_ == "mark":
        clause = token.head
        effect = next((acts[t.i] for t in clause.ancestors if t.i in acts), None)
        return _cause(effect, clause, cast, token) if effect is not None else []
    return []


def _reply(effect: Draft, cast: Cast, token: Token, acts: dict[int, Draft]) -> list[Draft]:
    """As in "In response Lima sent a frigate": an answer to the act told last, of somebody else."""
    before = [
        d for d in acts.values() if d.token.i < min(effect.token.i, token.i) and d.actors and d != effect
    ]
    told = [d.actors for d in before[-1:]] + [cast.discourse.episodes.deed()]
    for whose in told:
        if whose and not set(whose.codes) & set(effect.actors.codes) and effect.actors:
            return [_claim(effect, whose, token)]
    return []


def _answering(verb: Token, cast: Cast, acts: dict[int, Draft]) -> list[Draft]:
    """As in "Brussels answered by expelling two envoys", "retaliated with an embargo"."""
    inner = [g for c in verb.children if c.dep_ == "prep" and c.lower_ in ("by", "with") for g in c.children]
    effect = next((acts[t.i] for t in (verb, *inner) if t.i in acts), None)
    if effect is None or effect.modality in ("hypothetical", "conditional"):
        return []
    return _reply(effect, cast, verb, acts)


def _by_verb(verb: Token, cast: Cast, acts: dict[int, Draft]) -> list[Draft]:
    """As in "The drill prompted Lima to recall its envoy"; "..., prompting Lima to recall"."""
    joined = {t.i for c in verb.conjuncts if c.i > verb.i for t in c.subtree}
    effect = next((acts[t.i] for t in verb.subtree if t != verb and t.i in acts and t.i not in joined), None)
    if effect is None:
        return []
    args = arguments(verb)
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None and verb.dep_ == "advcl" and verb.tag_ == "VBG":
        main = acts.get(verb.head.i)
        return [_claim(effect, main.actors, verb)] if main is not None and main.actors else []
    cause = args.subject if args.subject is not None else subject
    return _cause(effect, cause, cast, verb) if cause is not None and cause.i not in cast.at else []


def _cause(effect: Draft, cause: Token, cast: Cast, token: Token) -> list[Draft]:
    """The cause claim, where the cause is an act of somebody."""
    hit = match(cause, cast) if cause.pos_ in ("VERB", "NOUN") else None
    whose = hit.actors if hit is not None and hit.actors else NOBODY
    if not whose and cause.pos_ in ("NOUN", "PROPN"):
        whose = cast.owners(cause)
        by = next(
            (c for c in cause.children if c.dep_ in ("prep", "agent") and c.lower_ in ("by", "of", "from")),
            None,
        )
        if not whose and by is not None:
            whose = cast.who(next((c for c in by.children if c.dep_ == "pobj"), None))
    if not whose or not effect.actors:
        return []
    return [_claim(effect, whose, token)]


def _claim(effect: Draft, whose: Parties, token: Token) -> Draft:
    return replace(
        effect,
        kind="cause",
        targets=whose,
        mode=None,
        contexts=(),
        tie=None,
        stance=None,
        quantity=None,
        phrase=None,
        words=[*effect.words, token],
        confidence=effect.confidence * 0.9,
        noun=False,
    )
