"""What the pact last told is said to hold: whom it is aimed at, what it covers, who may come in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of, contents, in_class
from rapallo.reading.duties import term_draft
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.quantity import quantity
from rapallo.reading.relations import place, tie_draft
from rapallo.reading.roles import Arguments, arguments
from rapallo.reading.slots import only
from rapallo.reading.who import Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["term"]

_words = partial(word_list, of="treaties")


def term(verb: Token, cast: Cast) -> Draft | None:
    """The term that a verb tells of the pact told before."""
    args = arguments(verb)
    pact = cast.discourse.pact
    if len(pact.codes) < 2:
        return _opened(verb, args, cast)
    known = cast.discourse.treaties.get(frozenset(pact.codes))
    kind = known.kind if known is not None else "pact"
    return (
        _aimed(verb, args, kind, pact, cast)
        or _shut(verb, args, kind, pact, cast)
        or _kept(verb, args, pact, cast)
        or _opened(verb, args, cast)
    )


def _is_pact(noun: Token | None) -> bool:
    definite = noun is not None and any(c.lower_ in ("the", "this", "that") for c in noun.children)
    return noun is not None and definite and in_class(noun.lemma_.lower(), "pact")


def _aimed(verb: Token, args: Arguments, kind: str, pact: Parties, cast: Cast) -> Draft | None:
    """As in "the agreement is not aimed at any third country", "nuclear weapons were not covered"."""
    if args.object is None or not args.passive:
        return None
    lemma = verb.lemma_.lower()
    at = [t for p in ("at", "against", "towards") for t in args.prepositions.get(p, [])]
    if lemma in _words("aiming") and _is_pact(args.object) and at:
        return term_draft(verb, pact, cast, [args.object, *at], kind=kind)
    if lemma in _words("covering") and not args.subject and set(classes_of(args.object)) & {"arms", "troops"}:
        return term_draft(verb, pact, cast, [args.object], kind=kind)
    return None


def _shut(verb: Token, args: Arguments, kind: str, pact: Parties, cast: Cast) -> Draft | None:
    """As in "no third country may station forces there without British consent"."""
    allowed = any(
        c.dep_ == "aux" and c.lower_ in ("may", "can", "shall", "must", "will") for c in verb.children
    )
    leave = [t for t in args.prepositions.get("without", []) if t.lemma_.lower() in _words("leave")]
    barred = args.object if args.passive else args.subject
    if barred is None or not allowed or not leave:
        return None
    words = list(barred.subtree)
    none = any(t.lower_ == "no" for t in words) and any(t.lower_ in _words("others") for t in words)
    forces = {c for t in (*words, *([args.object] if args.object is not None else [])) for c in classes_of(t)}
    if not none or not forces & {"troops", "base", "vessel", "arms"}:
        return None
    draft = term_draft(verb, pact, cast, [barred, *leave], kind=kind)
    if draft is not None:
        draft.polarity, draft.modality = "positive", "asserted" if not draft.holders else draft.modality
    return draft


def _kept(verb: Token, args: Arguments, pact: Parties, cast: Cast) -> Draft | None:
    """As in "the base will remain in operation for 99 years"."""
    lasts = verb.lemma_.lower() in table("relations")["duration"] or verb.lemma_ in ("stay", "operate")
    if args.subject is None or not lasts or "base" not in classes_of(args.subject):
        return None
    term_ = next(
        (t for t in args.prepositions.get("for", []) if t.lemma_ in ("year", "decade", "month")), None
    )
    amount = quantity(term_) if term_ is not None else None
    if term_ is None or amount is None:
        return None
    return term_draft(verb, pact, cast, [args.subject, term_], kind="troops", amount=amount)


def _opened(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "the agreement opened five Kenyan bases to Ugandan troops"."""
    base, by = args.object, args.subject
    clause = verb
    while clause.dep_ == "conj" and clause.head.pos_ == "VERB":
        clause = clause.head
    if by is not None and by.lower_ in ("which", "that") and clause.dep_ == "relcl":
        by = clause.head  # "a pact which both signed and which opened"
    told = _is_pact(by) or (clause.dep_ == "relcl" and by is not None and in_class(by.lemma_.lower(), "pact"))
    if verb.lemma_.lower() not in _words("opening") or base is None or args.passive or not told:
        return None
    to = args.prepositions.get("to", [])
    to = [
        *to,
        *(c for t in to for c in t.children if t.dep_ == "pcomp" and c.dep_ == "dobj"),
    ]  # "rotating troops"
    forces = [t for t in to if "troops" in classes_of(t)]
    if "base" not in classes_of(base) or not forces:
        return None
    host = cast.owners(contents(base)[-1])
    sender = only(place(forces[0], cast), without=host.codes)
    if not host or not sender:
        return None
    return tie_draft(verb, "troops", sender, host, cast, words=[base, *forces], amount=quantity(base))
