"""Ties in force told by where forces stand, who belongs to what, who quarrels and who lives next door."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rapallo.model import TieContent
from rapallo.reading.classes import classes_of, contents, in_class
from rapallo.reading.discord import discord
from rapallo.reading.drafts import Draft
from rapallo.reading.duties import duty
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.neighbours import neighbour
from rapallo.reading.quantity import quantity
from rapallo.reading.relations import host_of, place, tie_draft, together
from rapallo.reading.roles import Arguments, arguments, prepositions
from rapallo.reading.scope import scope
from rapallo.reading.slots import only
from rapallo.reading.terms import term
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["standing"]

_words = partial(word_list, of="relations")


def standing(sentence: Span, cast: Cast) -> list[Draft]:
    """The ties in force of a sentence that no pact and no act tells."""
    found: list[Draft] = []
    for token in sentence:
        draft = None
        if token.pos_ in ("VERB", "AUX"):
            draft = duty(token, cast) or term(token, cast) or _by_verb(token, cast)
        elif token.pos_ in ("NOUN", "PROPN"):
            draft = discord(token, cast) or neighbour(token, cast)
            draft = (
                draft
                or _lasting(token, cast)
                or _beside(token, cast)
                or _of_relations(token, cast)
                or _besides(token, cast)
            )
        if draft is not None:
            found.append(draft)
    return found


def _by_verb(verb: Token, cast: Cast) -> Draft | None:
    lemma = verb.lemma_.lower()
    args = arguments(verb)
    forces = args.subject is not None and (_forces(args.subject) or _some_of_them(args.subject, cast))
    if forces and lemma in _words("present") and not args.passive:
        return _present(verb, args, cast)
    if lemma in _words("hosts") and args.object is not None and not args.passive:
        return _hosting(verb, args, cast)
    if lemma in _words("quarrels"):
        return _quarrel(verb, args, cast)
    if lemma in _words("locked"):
        return _locked(verb, args, cast)
    if lemma == "fall" and any(c.lower_ == "out" and c.dep_ in ("prt", "advmod") for c in verb.children):
        return _quarrel(verb, args, cast)
    if lemma in _words("sours") and args.subject is not None and "relation" in classes_of(args.subject):
        both = _parties_of(args.subject, args, cast)
        return tie_draft(verb, "rivalry", both, both, cast, words=[args.subject]) if both else None
    if lemma in _words("adjoins") and args.object is not None and not args.passive:
        both = together(cast.who(args.subject), cast.who(args.object))
        return tie_draft(verb, "border", both, both, cast, words=[args.object]) if both else None
    if lemma == "border":
        both = together(cast.who(args.subject or args.object), _at(args, cast, "on", "by", "with"))
        return tie_draft(verb, "border", both, both, cast) if both else None
    if lemma == "belong":
        return _member(verb, args.subject, args.prepositions.get("to", []), cast)
    if lemma in _words("ally") and (args.passive or args.object is None):
        both = together(cast.who(args.object or args.subject), _at(args, cast, "with", "to"))
        return tie_draft(verb, "pact", both, both, cast) if both else None
    if lemma in _words("keeps") and args.object is not None and not args.passive:
        return _keeping(verb, args.object, args, cast)
    if verb.lemma_ in ("be", "remain", "become", "stay"):
        return _being(verb, args, cast)
    return _under_pact(verb, args, cast)


def _at(args: Arguments, cast: Cast, *names: str) -> Parties:
    return merge(place(t, cast) for n in names for t in args.prepositions.get(n, []))


def _forces(noun: Token) -> bool:
    return any(
        t.lemma_.lower() in _words("troops")
        or "base" in classes_of(t)
        or t.lemma_.lower() in _words("hosted")
        for t in contents(noun)
    )


def _some_of_them(number: Token, cast: Cast) -> bool:
    """Whether "3,000 of them" are troops told in the sentence before."""
    them = any(t.lower_ in ("them", "these", "those") and t != number for t in contents(number))
    return them and bool(_told_before(number, cast)[1])


def _told_before(word: Token, cast: Cast) -> tuple[Parties, Parties]:
    """Whose forces the sentence before told of, and the only other state named in it as where they are."""
    if word.sent.start == 0:
        return NOBODY, NOBODY
    before = word.doc[word.sent.start - 1].sent
    for noun in reversed(list(before)):
        if noun.tag_ != "NNS" or noun.lemma_.lower() not in _words("troops"):
            continue
        if owner := _owner(noun, cast) or cast.who(arguments(noun.head).subject):
            named = {cast.at[t.i].code: cast.at[t.i] for t in before if t.i in cast.at}
            others = [m for code, m in named.items() if code not in owner.codes]
            single = len(others) == 1 and others[0].role not in BODIES
            return owner, others[0].parties() if single else NOBODY
    return NOBODY, NOBODY


def _owner(force: Token, cast: Cast) -> Parties:
    return cast.who(force) or merge(cast.owners(t) for t in contents(force))


def _present(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "3,000 Kenyan troops remain in Chad", "there is no Kenyan base in Chad"."""
    force = args.subject
    if force is None:
        return None
    owner, known, amount = _owner(force, cast), NOBODY, quantity(force)
    if _some_of_them(force, cast):
        owner, known = _told_before(force, cast)
        amount = replace(amount, unit="soldier") if amount is not None else None
    host = host_of(verb, force, args, cast, owner) or known
    return tie_draft(verb, "troops", owner, host, cast, words=[force], amount=amount) if host else None


def _keeping(verb: Token, noun: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Britain has maintained an arms embargo on Argentina since 1982"."""
    if noun.lemma_.lower() not in ("sanction", "embargo", "blockade", "ban"):
        return None
    who = cast.who(args.subject)
    target = only(_at(args, cast, "on", "against"), without=who.codes)
    return tie_draft(verb, "sanction", who, target, cast, words=[noun]) if target else None


def _hosting(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Chad, which hosts a Kenyan base"; "houses 300 Kenyan soldiers"."""
    host = cast.one(args.subject) if args.subject is not None else NOBODY
    force = args.object
    if force is None or not host or not _forces(force):
        return None
    owner = only(_owner(force, cast), without=host.codes)
    return tie_draft(verb, "troops", owner, host, cast, words=[force], amount=quantity(force))


def _quarrel(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Chad and Niger have long quarrelled over the lake"."""
    both = together(cast.who(args.subject), _at(args, cast, "with", "against"))
    if both is None or args.passive or (args.object is not None and args.object.i in cast.at):
        return None
    return tie_draft(verb, "rivalry", both, both, cast)


def _locked(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Chad is locked in a dispute with Niger over the lake"."""
    quarrel = next(
        (t for t in args.prepositions.get("in", []) if t.lemma_.lower() in _words("discords")), None
    )
    if quarrel is None:
        return None
    both = together(cast.who(args.object or args.subject), _at(args, cast, "with"))
    return tie_draft(verb, "rivalry", both, both, cast, words=[quarrel]) if both else None


def _member(verb: Token, subject: Token | None, groups: list[Token], cast: Cast) -> Draft | None:
    """As in "Kenya is a member of the AU"; "Chad belongs to no alliance"."""
    who = cast.who(subject)
    if not who or not groups:
        return None
    named = merge(
        p for g in groups if g.i in cast.at and cast.at[g.i].role in ("organisation", "bloc")
        for p in [cast.who(g)]
    )  # fmt: skip
    kind = "pact" if any(c in table("relations")["defensive"] for c in named.codes) else "partnership"
    if named:
        both = together(who, named)
        return tie_draft(verb, kind, both, both, cast, words=groups) if both else None
    if all(in_class(g.lemma_.lower(), "membership") for g in groups) and _none(verb, groups):
        security = {t.lower_ for g in groups for t in g.subtree} & {
            "military",
            "defence",
            "defense",
            "security",
        }
        draft = tie_draft(verb, "pact" if security else "partnership", who, NOBODY, cast, words=groups)
        if draft is not None:
            draft.polarity = "negative"
        return draft
    return None


def _of_which(verb: Token) -> list[Token]:
    """The body that a clause describes: "the AU, of which Chad is a member"."""
    leads = [g.lower_ for c in verb.children if c.lower_ == "of" and c.i < verb.i for g in c.children]
    return [verb.head] if verb.dep_ == "relcl" and leads == ["which"] else []


def _none(verb: Token, groups: list[Token]) -> bool:
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in verb.children) or any(
        c.lower_ == "no" for g in groups for c in g.children
    )


def _being(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "is an ally of", "is allied with", "is at odds with", "is home to a Kenyan base"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    noun = next((c for c in verb.children if c.dep_ in ("attr", "acomp", "oprd") or c.lower_ == "home"), None)
    if subject is None:
        return _there(verb, noun, cast) if noun is not None else None
    for p in ("at", "in", "on", "under"):
        for t in args.prepositions.get(p, []):
            if t.lemma_.lower() in _words("odds"):
                both = together(cast.who(subject), _at(args, cast, "with"))
                return tie_draft(verb, "rivalry", both, both, cast, words=[t]) if both else None
            low = {c.lower_ for c in (t, *t.children)} & _words("lows") and "relation" in classes_of(subject)
            if p == "at" and low and (both := _parties_of(subject, args, cast)):
                return tie_draft(verb, "rivalry", both, both, cast, words=[t])
            if p == "under" and in_class(t.lemma_.lower(), "sanction"):
                by = cast.owners(t) or merge(place(x, cast) for x in prepositions(t).get("by", []))
                return tie_draft(verb, "sanction", by, cast.who(subject), cast, words=[t]) if by else None
    if noun is None:
        return None
    lemma = noun.lemma_.lower()
    preps = prepositions(noun)
    if noun.lower_ in _words("strained") and "relation" in classes_of(subject):
        both = _parties_of(subject, args, cast)
        return tie_draft(verb, "rivalry", both, both, cast, words=[subject, noun]) if both else None
    others = merge(
        [cast.owners(noun), *(place(t, cast) for p in ("of", "with", "to") for t in preps.get(p, []))]
    )
    both = together(cast.who(subject), others)
    if lemma in ("member", "signatory", "part", "state"):
        draft = _member(verb, subject, preps.get("of", []) or _of_which(verb), cast)
        return replace(draft, words=[*draft.words, subject, noun]) if draft is not None else None
    if lemma == "home" and verb.lemma_ == "be":
        return _home(verb, subject, [*preps.get("to", []), *args.prepositions.get("to", [])], cast)
    if both is None:
        return None
    if lemma in _words("allies"):
        return tie_draft(verb, "pact", both, both, cast, words=[noun])
    if lemma in _words("neighbours"):
        return tie_draft(verb, "border", both, both, cast, words=[noun])
    if lemma in _words("rivals"):
        return tie_draft(verb, "rivalry", both, both, cast, words=[noun])
    return None


def _home(verb: Token, subject: Token, forces: list[Token], cast: Cast) -> Draft | None:
    host = cast.one(subject)
    force = next((f for f in forces if _forces(f)), None)
    if force is None or not host:
        return None
    owner = only(_owner(force, cast), without=host.codes)
    return tie_draft(verb, "troops", owner, host, cast, words=[force], amount=quantity(force))


def _there(verb: Token, noun: Token, cast: Cast) -> Draft | None:
    """As in "there are 300 Kenyan soldiers in Chad"."""
    if not any(c.dep_ == "expl" for c in verb.children) or not _forces(noun):
        return None
    owner = _owner(noun, cast)
    host = host_of(verb, noun, arguments(verb), cast, owner)
    return tie_draft(verb, "troops", owner, host, cast, words=[noun], amount=quantity(noun)) if host else None


def _parties_of(noun: Token, args: Arguments, cast: Cast) -> Parties | None:
    preps = prepositions(noun)
    named = [place(t, cast) for p in ("between", "with") for t in preps.get(p, [])]
    return together(cast.owners(noun), *named) or together(cast.owners(noun), _at(args, cast, "with"))


def _beside(noun: Token, cast: Cast) -> Draft | None:
    """As in "Chad, an ally of Niger"; "Chad, a member of the AU"."""
    lemma = noun.lemma_.lower()
    if noun.dep_ == "appos" and lemma == "member":
        return _member(noun, noun.head, prepositions(noun).get("of", []), cast)
    if noun.dep_ != "appos" or lemma not in _words("allies") | _words("rivals"):
        return None
    head = noun.head
    one = cast.one(head)
    others = merge([cast.owners(noun), *(place(t, cast) for t in prepositions(noun).get("of", []))])
    if head.i not in cast.at or len(one.codes) != 1 or len(others.codes) != 1:
        return None
    both = together(one, others)
    if both is None or any(cast.at[i].role in ("leader", "group") for i in (head.i,)):
        return None
    kind = "pact" if lemma in _words("allies") else "rivalry"
    return tie_draft(noun, kind, both, both, cast, words=[head])


def _lasting(noun: Token, cast: Cast) -> Draft | None:
    """As in "a friendship that has lasted for decades", "their decades-old partnership"."""
    if noun.lemma_.lower() not in _words("friendships"):
        return None
    told = [c.lemma_.lower() for c in noun.children if c.dep_ == "relcl"]
    old = {t.lower_ for c in noun.children if c.dep_ == "amod" for t in c.subtree} & _words("old")
    if not set(told) & _words("lasts") and not old:
        return None
    preps = prepositions(noun)
    named = merge(
        [cast.owners(noun), *(place(t, cast) for p in ("with", "between") for t in preps.get(p, []))]
    )
    verb = next((a for a in noun.ancestors if a.pos_ == "VERB"), None)
    both = together(named) or (
        together(cast.who(arguments(verb).subject), named) if verb is not None else None
    )
    draft = tie_draft(noun, "partnership", both, both, cast) if both else None
    return replace(draft, phrase=noun) if draft is not None else None


def _besides(force: Token, cast: Cast) -> Draft | None:
    """As in "has a base in Chad and about 300 soldiers in Niger": the second of two."""
    verb = force.head.head
    if force.dep_ != "conj" or force.head.dep_ != "dobj" or verb.lemma_ not in _words("have"):
        return None
    if force.lemma_.lower() not in _words("troops") and "base" not in classes_of(force):
        return None
    owner = cast.who(arguments(verb).subject)
    spots = [t for p in ("in", "at", "on") for t in prepositions(force).get(p, [])]
    host = only(merge(place(t, cast) for t in spots), without=owner.codes)
    return (
        tie_draft(force, "troops", owner, host, cast, words=spots, amount=quantity(force)) if host else None
    )


def _of_relations(noun: Token, cast: Cast) -> Draft | None:
    """As in "maintains relations with Chad", "has no diplomatic ties with Chad"."""
    if noun.lemma_.lower() not in ("relation", "tie", "relationship") or noun.dep_ not in ("dobj", "attr"):
        return None
    verb = noun.head
    keeps = verb.lemma_.lower() in _words("keeps")
    said = {c.lower_ for c in noun.children}
    if verb.pos_ not in ("VERB", "AUX") or not (keeps or verb.lemma_ == "have"):
        return None
    if not keeps and not said & {"diplomatic", "formal", "full", "official", "no"}:
        return None
    args = arguments(verb)
    both = together(cast.who(args.subject), _at(args, cast, "with", "to"))
    return tie_draft(verb, "diplomatic", both, both, cast, words=[noun]) if both else None


def _under_pact(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Under the treaty each must come to the other's help"."""
    pacts = [
        t for p in ("under", "by") for t in args.prepositions.get(p, []) if in_class(t.lemma_.lower(), "pact")
    ]
    said = {t.lemma_.lower() for t in verb.subtree}
    named = tuple(kind for kind, cues in table("treaties")["duties"].items() if said & set(cues))
    bound = any(c.lower_ in ("must", "shall", "would", "will") for c in verb.children if c.dep_ == "aux")
    obliged = verb.lemma_.lower() in word_list("obliging") and args.passive
    if not pacts or not named or not (bound or obliged):
        return None
    doer = cast.who(args.object if obliged else args.subject)
    receiver = cast.who(args.object) if not obliged else NOBODY
    both = together(doer, receiver, cast.owners(pacts[0])) or cast.discourse.pact
    if len(both.codes) < 2 or scope(verb, cast).absorbed:
        return None
    return Draft(
        verb, "tie", None, both, both, contexts=("military",), words=pacts,
        tie=TieContent("pact", named, "in_force"), confidence=0.7 * both.confidence,
    )  # fmt: skip
