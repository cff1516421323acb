"""Denials: a charge, told before, that the one charged denies ("..., which Lima denies")."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.model import Holder
from rapallo.reading.classes import in_class
from rapallo.reading.drafts import Draft
from rapallo.reading.lexicon import table
from rapallo.reading.roles import arguments
from rapallo.reading.who import NOBODY, Parties

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["denials", "remember_charges"]

_SPEECH = frozenset(("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"))
_SENTENCES = 2


def denials(sentence: Span, cast: Cast, drafts: list[Draft]) -> list[Draft]:
    """What is denied in a sentence without being told again: each the charge's act, negative.

    Args:
        sentence: the parsed sentence.
        cast: the actors of its paragraph.
        drafts: the acts found in it; a refusal that is the denial itself is taken out of them.
    """
    found: list[Draft] = []
    for verb in sentence:
        if verb.pos_ != "VERB" or not _denies(verb, drafts):
            continue
        own = [arguments(verb).subject, *(c for c in verb.children if c.dep_ == "nsubj")]
        denier = next((w for s in own if s is not None and (w := cast.who(s) or cast.owners(s))), NOBODY)
        if not denier:
            continue
        charge = _charge(verb, denier, cast, drafts)
        if charge is None:
            continue
        drafts[:] = [d for d in drafts if d.token != verb]
        found.append(_negative(charge, verb, denier))
    return found


def remember_charges(cast: Cast, drafts: list[Draft]) -> None:
    """Note the acts somebody is charged with, for a denial in a later sentence."""
    now = len(cast.discourse.sentences)
    for draft in drafts:
        if _is_charge(draft) and draft.polarity == "positive":
            for code in draft.actors.codes:
                cast.discourse.charges[code] = (now, draft)
        elif draft.event == "ACCUSE":
            for code in draft.targets.codes:
                known = cast.discourse.charges.get(code)
                if known is None or known[0] < now:
                    cast.discourse.charges[code] = (now, draft)


def _is_charge(draft: Draft) -> bool:
    return (
        draft.kind in ("event", "tie")
        and draft.event not in _SPEECH
        and draft.modality == "reported"
        and any(h.attitude in ("alleges", "says") for h in draft.holders)
    )


def _denies(verb: Token, drafts: list[Draft]) -> bool:
    """Whether a verb denies what was said before and tells no act of its own."""
    lemma = verb.lemma_.lower()
    words = table("operators")["denials"]
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    relative = verb.dep_ in ("relcl", "acl") and _spoken(verb.head)
    spoken = relative or any(_spoken(o) for o in objects)
    if any(d.token != verb and verb in d.token.ancestors and d.token.i > verb.i for d in drafts):
        return False
    if lemma in words["plain"]:
        return True
    if lemma in words["rejecting"]:
        return spoken and (relative or any(_is_charge_word(o) for o in objects) or _as_false(verb))
    return lemma in words["calling"] and spoken and _as_false(verb)


def _spoken(noun: Token) -> bool:
    return noun.lower_ in ("which", "that", "it", "this", "something", "them", "these", "those") or (
        _is_charge_word(noun)
    )


def _is_charge_word(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    return in_class(lemma, "accusation") or lemma in table("operators")["denials"]["charges"]


def _as_false(verb: Token) -> bool:
    """As in "called it baseless", "dismissed the claim as propaganda"."""
    false = set(table("operators")["denials"]["untrue"])
    return any(t.lemma_.lower() in false or t.lower_ in false for t in verb.subtree if t.i > verb.i)


def _charge(verb: Token, denier: Parties, cast: Cast, drafts: list[Draft]) -> Draft | None:
    """What the denier is charged with: in this sentence before the denial, else in the one before."""
    codes = set(denier.codes)
    here = [d for d in drafts if d.token.i < verb.i and d.token != verb and d.polarity == "positive"]
    told = [d for d in here if codes & set(d.actors.codes) and _is_charge(d)]
    if told:
        return told[-1]
    blamed = [d for d in here if d.event == "ACCUSE" and codes & set(d.targets.codes)]
    if blamed:
        return blamed[-1]
    now = len(cast.discourse.sentences)
    known = [cast.discourse.charges[c] for c in denier.codes if c in cast.discourse.charges]
    recent = [d for at, d in known if now - at < _SENTENCES]
    return recent[-1] if recent else None


def _negative(charge: Draft, verb: Token, denier: Parties) -> Draft:
    if charge.event == "ACCUSE":
        return Draft(
            verb, "event", "REJECT", denier, charge.actors,
            confidence=0.8 * denier.confidence * charge.confidence,
        )  # fmt: skip
    shown = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj", "oprd") and c.i > verb.i - 6]
    return replace(
        charge,
        token=verb,
        polarity="negative",
        modality="reported",
        holders=[Holder(c, "denies") for c in denier.codes],
        words=shown,
        when=None,
        quantity=None,
        noun=False,
        confidence=charge.confidence * 0.9,
    )
