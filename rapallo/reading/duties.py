"""Mutual defence without the word pact: "an attack on one is an attack on all", "obliged to defend it"."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rapallo.model import Quantity, TieContent
from rapallo.reading.classes import in_class
from rapallo.reading.drafts import Draft
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.relations import place, together
from rapallo.reading.roles import arguments, prepositions
from rapallo.reading.scope import condition, scope
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["duty", "term_draft"]

_words = partial(word_list, of="treaties")

_SELF = ("itself", "themselves", "them", "us", "ourselves", "it", "him", "himself")


def duty(verb: Token, cast: Cast) -> Draft | None:
    """The defence clause that a verb tells; its parties are those named, else those of the pact last told."""
    return _counted_as(verb, cast) or _bound_to_help(verb, cast)


def _counted_as(verb: Token, cast: Cast) -> Draft | None:
    """As in "an attack on either will be treated as an attack on both"."""
    lemma = verb.lemma_.lower()
    if lemma not in _words("counting"):
        return None
    counted = arguments(verb).object
    spread = {*verb.subtree, *(counted.subtree if counted is not None else ())}
    attacks = sorted(t for t in spread if t.lemma_.lower() in _words("attacks") and _struck(t))
    if len(attacks) != 2 or (lemma == "be" and (attacks[0].dep_, attacks[1].dep_) != ("nsubj", "attr")):
        return None
    struck = [w for a in attacks for w in _struck(a)]
    if any(w.lower_ in _SELF for w in struck):
        return None
    named = merge(cast.named_in(w) for w in struck)
    above = merge(cast.who(s) for s in (_subject(a) for a in verb.ancestors) if s is not None)
    told = cast.discourse.pact
    known = told if set(named.codes) <= set(told.codes) else NOBODY
    both = together(named) or together(above) or known or together(*(place(w, cast) for w in struck))
    return term_draft(verb, both, cast, [*attacks, *struck], named=("defence",))


def _struck(attack: Token) -> list[Token]:
    """On whom an attack is."""
    behind = prepositions(attack)
    return [t for p in ("on", "upon", "against") for t in behind.get(p, [])]


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj" and verb.pos_ in ("VERB", "AUX")), None)


def _bound_to_help(verb: Token, cast: Cast) -> Draft | None:
    """As in "Kenya would be obliged to come to its aid", "is bound to defend Uganda"."""
    if verb.lemma_.lower() not in word_list("obliging"):
        return None
    args = arguments(verb)
    inner = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
    behind = [t for t in args.prepositions.get("to", []) if t.pos_ == "VERB"]
    act = inner or next(iter(behind), None)
    written = [t for t in args.prepositions.get("by", []) if t.lemma_.lower() in ("treaty", "pact", "law")]
    act = act or next((c for t in written for c in t.children if c.dep_ in ("acl", "relcl")), None)
    if act is None or not args.passive or not _helps(act):
        return None
    doer = cast.who(args.object)
    helped = [c for c in act.children if c.dep_ == "dobj"]
    aids = prepositions(act).get("to", [])
    helped += [c for aid in aids for c in aid.children if c.dep_ == "poss"]
    helped += [t for aid in aids for t in prepositions(aid).get("of", [])]
    receiver = merge(place(h, cast) for h in helped)
    told = cast.discourse.pact
    named = merge((doer, receiver))
    if named and set(named.codes) <= set(told.codes) and len(told.codes) > 1:
        return term_draft(verb, told, cast, [act, *aids, *helped], named=("defence",))
    if not written and verb.lemma_.lower() not in ("oblige", "obligate", "require"):
        return None  # "is bound to" may only mean that it will
    both = together(named) if doer and receiver else None
    return term_draft(verb, both, cast, [act, *aids, *helped], named=("defence",))


def _helps(act: Token) -> bool:
    lemma = act.lemma_.lower()
    if lemma in _words("helping"):
        return any(c.dep_ == "dobj" for c in act.children)
    aid = {t.lemma_.lower() for t in prepositions(act).get("to", [])}
    return lemma in _words("coming") and bool(aid & set(table("treaties")["duties"]["defence"]))


def term_draft(
    verb: Token,
    both: Parties | None,
    cast: Cast,
    words: list[Token],
    *,
    kind: str = "pact",
    named: tuple[str, ...] = (),
    amount: Quantity | None = None,
) -> Draft | None:
    """The term of a pact: what it says will or would be done is what it says, unless an "if" stands by.

    Args:
        verb: the word that tells it.
        both: the parties.
        cast: the actors of the paragraph.
        words: other words the quote must show.
        kind: of the tie, where the pact was not told before.
        named: clause kinds.
        amount: how long or how much.
    """
    above = scope(verb, cast)
    if above.absorbed or both is None or len(both.codes) < 2:
        return None
    above.modalities -= {"intended", "conditional"}
    if any(c.dep_ == "advcl" and condition(c) == "if" for v in (verb, *words) for c in v.children):
        above.modalities.add("conditional")
    tellers = (s for a in verb.ancestors if (s := _subject(a)) is not None and s not in words)
    teller = next(tellers, None)
    if teller is not None and (in_class(teller.lemma_.lower(), "pact") or teller.lower_ == "it"):
        above.modalities -= {"reported"}  # what a pact says, it holds
        above.holders.clear()
    known = cast.discourse.treaties.get(frozenset(both.codes))
    phase = known.phase if known is not None else "in_force"
    return Draft(
        verb, "tie", None, both, both, contexts=("military",), polarity=above.polarity,
        modality=above.modality, holders=above.holders, words=words, quantity=amount,
        tie=TieContent(kind, named, phase), confidence=0.75 * both.confidence * above.doubt,
    )  # fmt: skip
