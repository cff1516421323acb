"""Relations that hold: pacts, borders, troops abroad, sanctions, rivalries; told by verbs and by nouns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rapallo.model import Quantity, TieContent
from rapallo.reading.classes import classes_of, contents, in_class
from rapallo.reading.drafts import Draft
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.quantity import quantity
from rapallo.reading.roles import Arguments, arguments, is_passive, prepositions
from rapallo.reading.scope import scope
from rapallo.reading.slots import only
from rapallo.reading.treaties import clauses, kind_of_treaty
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["host_of", "place", "relations", "sureness", "tie_draft", "together"]

_words = partial(word_list, of="relations")

_WHERE = ("in", "at", "on", "near", "inside", "across", "within", "outside")


def relations(sentence: Span, cast: Cast) -> list[Draft]:
    """The standing ties that a sentence tells."""
    found: list[Draft] = []
    for token in sentence:
        draft = _by_verb(token, cast) if token.pos_ in ("VERB", "AUX") else _by_noun(token, cast)
        if draft is not None:
            found.append(draft)
    return found


def tie_draft(
    token: Token,
    kind: str,
    actors: Parties,
    targets: Parties,
    cast: Cast,
    *,
    words: Sequence[Token] = (),
    named: tuple[str, ...] = (),
    amount: Quantity | None = None,
    noun: bool = False,
    phase: str = "in_force",
) -> Draft | None:
    """The claim in the making of a tie as its scope has it; None where it is part of another claim.

    Args:
        token: the word that tells it.
        kind: of the tie.
        actors: who is bound, or who sends.
        targets: the same, or the host.
        cast: the actors of the paragraph.
        words: other words the quote must show.
        named: clauses of a pact.
        amount: how much of it.
        noun: whether it is told in passing.
        phase: of the tie.
    """
    above = scope(token, cast)
    if above.absorbed or not actors:
        return None
    return Draft(
        token=token,
        kind="tie",
        event=None,
        actors=actors,
        targets=targets,
        contexts={
            "pact": ("military",), "troops": ("military",), "border": ("territory",),
            "sanction": ("economic",), "diplomatic": ("diplomatic",),
        }.get(kind, ()),
        polarity=above.polarity,
        modality=above.modality,
        holders=above.holders,
        tie=TieContent(kind, named, "ended" if phase == "in_force" and _over([token, *words]) else phase),
        quantity=amount,
        words=list(words),
        confidence=0.8 * sureness(actors, targets) * above.doubt,
        noun=noun,
    )  # fmt: skip


def _over(told: list[Token]) -> bool:
    """Whether what held holds no more: "no longer rivals", "a member until 1979", "once an ally"."""
    for token in told:
        for child in token.children:
            before = child.doc[child.i - 1].lower_ if child.i else ""
            if child.lower_ == "longer" and before in ("no", "any"):
                return True
            if child.lower_ == "until" and child.dep_ == "prep" and token.tag_ in ("VBD", "VBN"):
                return True
            if child.lower_ in _words("once") and token.pos_ == "NOUN" and child.i < token.i:
                return True
    return False


def sureness(actors: Parties, targets: Parties) -> float:
    """How sure both sides are, the same parties counted once."""
    return actors.confidence * (targets.confidence if targets and targets.codes != actors.codes else 1.0)


def together(*several: Parties) -> Parties | None:
    """All of them as one, where they are at least two."""
    everyone = merge(several)
    return everyone if len(everyone.codes) > 1 else None


def place(token: Token, cast: Cast) -> Parties:
    """Who is named behind a preposition: the actor, or whose the thing is."""
    return cast.who(token) or cast.owners(token)


def _with(args: Arguments, cast: Cast, *names: str) -> Parties:
    return merge(place(t, cast) for n in names for t in args.prepositions.get(n, []))


def _by_verb(verb: Token, cast: Cast) -> Draft | None:
    lemma = verb.lemma_.lower()
    args = arguments(verb)
    if lemma in _words("have") and args.object is not None and not args.passive:
        return _having(verb, args.object, args, cast)
    if lemma == "border" and args.object is not None:
        both = together(cast.who(args.subject), cast.who(args.object))
        return tie_draft(verb, "border", both, both, cast, words=[args.object]) if both else None
    if lemma in _words("stationed") or (lemma == "deploy" and _stands(verb)):
        return _stationed(verb, args, cast)
    if lemma in _words("bound") and args.passive:
        by = [t for t in args.prepositions.get("by", []) if in_class(t.lemma_.lower(), "pact")]
        both = together(cast.who(args.object), _with(args, cast, "with"))
        kind = kind_of_treaty(by[0]) if by else None
        if both and kind:
            return tie_draft(verb, kind, both, both, cast, words=by, named=_clauses_of(by[0]))
    if args.subject is not None and in_class(args.subject.lemma_.lower(), "pact"):
        return _terms(verb, args.subject, args, cast)
    if lemma == "be":
        return _being(verb, cast)
    return None


def _clauses_of(noun: Token) -> tuple[str, ...]:
    return clauses(" ".join(t.lower_ for t in noun.subtree).replace(" - ", "-"))


def _having(verb: Token, noun: Token, args: Arguments, cast: Cast) -> Draft | None:
    owner = cast.who(args.subject)
    if not owner:
        return None
    lemma = noun.lemma_.lower()
    partner = _with(args, cast, "with", "and")
    inner = " ".join(t.lower_ for t in noun.subtree)
    if lemma in _words("troops") or "base" in classes_of(noun):
        host = host_of(verb, noun, args, cast, owner)
        if host and lemma != "port":
            return tie_draft(verb, "troops", owner, host, cast, words=[noun], amount=quantity(noun))
        return None
    both = together(owner, partner)
    if both is None:
        return None
    if "relation" in classes_of(noun) and "diplomatic" in inner:
        return tie_draft(verb, "diplomatic", both, both, cast, words=[noun])
    if lemma in table("relations")["nouns"]["border"]:
        shared = partner or verb.lemma_ in ("share", "have")
        if any(c.dep_ in ("oprd", "acomp", "ccomp", "xcomp") for c in verb.children) or not shared:
            return None  # "keeps its border with Chad shut"
        length = next((q for q in map(quantity, prepositions(noun).get("of", [])) if q), None)
        return tie_draft(verb, "border", both, both, cast, words=[noun], amount=length)
    if lemma in table("relations")["nouns"]["rivalry"]:
        return tie_draft(verb, "rivalry", both, both, cast, words=[noun])
    kind = kind_of_treaty(noun) if in_class(lemma, "pact") else None
    return tie_draft(verb, kind, both, both, cast, words=[noun], named=_clauses_of(noun)) if kind else None


def host_of(verb: Token, force: Token, args: Arguments, cast: Cast, owner: Parties) -> Parties:
    """On whose soil forces stand: "in the south of Chad", "on its soil", "there".

    Args:
        verb: of the clause.
        force: the noun of the forces.
        args: of the verb.
        cast: the actors of the paragraph.
        owner: whose forces they are; they are never their own host.
    """
    spots = [t for p in _WHERE for t in (*args.prepositions.get(p, []), *prepositions(force).get(p, []))]
    parts = [t for spot in spots for t in prepositions(spot).get("of", [])]
    bodies = tuple(m.code for m in cast.at.values() if m.role in BODIES)
    named = only(merge(place(t, cast) for t in (*spots, *parts)), without=(*owner.codes, *bodies))
    if named:
        return named
    for spot in spots:
        definite = any(c.lower_ in ("the", "that", "this", "its", "their") for c in spot.children)
        if definite and spot.lemma_.lower() in _words("lands"):
            doers = (only(_doer(a, cast), without=owner.codes) for a in spot.ancestors if a.pos_ == "VERB")
            last = only(cast.discourse.subject, without=owner.codes)
            return next((w for w in doers if w), last if len(last.codes) == 1 else NOBODY)
    adverbs = (c for w in (verb, force) for c in w.children if c.dep_ == "advmod")
    there = next((c for c in adverbs if c.lower_ == "there"), None)
    return _there(there, owner, cast) if there is not None else NOBODY


def _doer(verb: Token, cast: Cast) -> Parties:
    own = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return cast.who(own) if own is not None else NOBODY


def _there(word: Token, owner: Parties, cast: Cast) -> Parties:
    """The state of the place last named before "there", else the only one in the sentence before."""
    for before in reversed(list(word.doc[word.sent.start : word.i])):
        mention = cast.at.get(before.i)
        if mention is not None and mention.code not in owner.codes:
            return mention.parties() if mention.role not in BODIES else NOBODY
    return cast.discourse.state(word.i, without=owner.codes)


def _stands(verb: Token) -> bool:
    """Whether a passive tells how things are ("are deployed in Chad"), not what is being done."""
    return any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in verb.children)


def _stationed(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "20,000 Kenyan troops are stationed in Chad"; "to station troops in Chad"."""
    force = args.object
    if force is None or not any(t.lemma_.lower() in _words("troops") for t in contents(force)):
        return None
    owner = (cast.who(force) or merge(cast.owners(t) for t in contents(force))) or cast.who(args.subject)
    if not owner and verb.dep_ == "relcl" and any(c.lower_ == "whose" for c in force.children):
        owner = cast.one(verb.head)
    host = host_of(verb, force, args, cast, owner)
    return (
        tie_draft(verb, "troops", owner, host, cast, words=[force], amount=quantity(force)) if host else None
    )


def _terms(verb: Token, pact: Token, args: Arguments, cast: Cast) -> Draft | None:
    """What a pact is said to oblige to, or how long it runs."""
    lemma = verb.lemma_.lower()
    parties = _pact_parties(pact, cast)
    inner = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp")), None)
    bound = args.object
    if bound is None and inner is not None:
        bound = next((c for c in inner.children if c.dep_ == "nsubj"), None)
    obliged = merge([cast.who(bound), *_helped(inner, cast)])
    both = parties if len(parties.codes) > 1 else together(parties, obliged)
    if not both or len(both.codes) < 2:
        return None
    if lemma in _words("terms"):
        said = {t.lemma_.lower() for t in verb.subtree}
        named = tuple(kind for kind, cues in table("treaties")["duties"].items() if said & set(cues))
        if not named:
            return None
        act = [inner] if inner is not None and inner.dep_ == "xcomp" else []
        return tie_draft(verb, "pact", both, both, cast, words=[pact, *act], named=named)
    if lemma in _words("duration") and not is_passive(verb):
        length = next(
            (t for t in args.prepositions.get("for", []) if t.lemma_ in ("year", "month", "decade")), None
        )
        length = length or (
            args.object if args.object is not None and args.object.lemma_ in ("year", "month") else None
        )
        amount = quantity(length) if length is not None else None
        if amount is not None:
            kind = kind_of_treaty(pact) or "partnership"
            return tie_draft(
                verb, kind, both, both, cast, words=[pact], amount=amount, named=_clauses_of(pact)
            )
    return None


def _helped(act: Token | None, cast: Cast) -> list[Parties]:
    """Whom the bound one must help: "to defend Chad", "to come to the defence of Chad"."""
    if act is None:
        return []
    aids = prepositions(act).get("to", [])
    objects = [c for c in act.children if c.dep_ == "dobj"]
    return [place(t, cast) for t in (*objects, *(t for a in aids for t in prepositions(a).get("of", [])))]


def _pact_parties(pact: Token, cast: Cast) -> Parties:
    """Between whom a pact is, by its own words or as the pact last spoken of."""
    preps = prepositions(pact)
    found = merge(
        [cast.owners(pact), *(place(t, cast) for p in ("between", "with", "of") for t in preps.get(p, []))]
    )
    if len(found.codes) > 1:
        return found
    if any(c.lower_ in ("the", "this", "that") for c in pact.children):
        known = cast.discourse.pact
        return known if not found or set(found.codes) <= set(known.codes) else found
    return found


def _being(verb: Token, cast: Cast) -> Draft | None:
    """As in "Chad and Niger are rivals", "Chad is a treaty ally of Niger"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    noun = next((c for c in verb.children if c.dep_ == "attr"), None)
    if subject is None or noun is None:
        return None
    lemma = noun.lemma_.lower()
    inner = {t.lower_ for t in noun.subtree}
    preps = prepositions(noun)
    both = together(
        cast.who(subject),
        cast.owners(noun),
        *(place(t, cast) for p in ("of", "with") for t in preps.get(p, [])),
    )
    if both is None:
        return None
    if lemma in _words("rivals"):
        return tie_draft(verb, "rivalry", both, both, cast, words=[noun])
    if lemma == "ally" and inner & {"treaty", "defence", "defense", "nato"}:
        return tie_draft(verb, "pact", both, both, cast, words=[noun], named=("defence",))
    return None


def _by_noun(noun: Token, cast: Cast) -> Draft | None:
    """As in "Chad's defence pact with Niger", "the rivalry between the two"."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return None
    lemma = noun.lemma_.lower()
    nouns = table("relations")["nouns"]
    barring = lemma in ("sanction", "embargo", "blockade", "tariff") and in_class(lemma, "sanction")
    if not (barring or lemma in nouns["rivalry"] or in_class(lemma, "pact")):
        return None
    preps = prepositions(noun)
    owner = cast.owners(noun)
    other = merge(place(t, cast) for p in ("with", "between", "and") for t in preps.get(p, []))
    both = together(owner, other)
    if both is not None:
        if lemma in nouns["rivalry"]:
            return tie_draft(noun, "rivalry", both, both, cast, noun=True)
        kind = kind_of_treaty(noun) if in_class(lemma, "pact") else None
        if kind in ("pact", "partnership") and not _being_made(noun):
            return tie_draft(noun, kind, both, both, cast, named=_clauses_of(noun), noun=True)
    if barring:
        target = merge(place(t, cast) for p in ("on", "against") for t in preps.get(p, []))
        if owner and target and not set(owner.codes) & set(target.codes) and not _being_made(noun):
            return tie_draft(noun, "sanction", owner, target, cast, noun=True)
    return None


def _being_made(noun: Token) -> bool:
    """Whether the noun is the object of a verb: the act tells the tie."""
    return noun.dep_ in ("dobj", "nsubjpass") or (
        noun.dep_ == "conj" and noun.head.dep_ in ("dobj", "nsubjpass")
    )
