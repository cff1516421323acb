"""What one state has: soldiers, warheads, a budget, a rank in the world."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rapallo.model import Holder, Quantity
from rapallo.model.claims import ClaimKind
from rapallo.reading.classes import classes_of, contents
from rapallo.reading.drafts import Draft
from rapallo.reading.holders import operators
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.quantity import number, quantity
from rapallo.reading.relations import place, sureness
from rapallo.reading.roles import arguments, prepositions
from rapallo.reading.scope import Scope, scope
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["amount_draft", "rank", "trait"]

_words = partial(word_list, of="relations")


def trait(verb: Token, cast: Cast) -> Draft | None:
    """The amount or rank of one state that a verb tells."""
    return (
        _held(verb, cast)
        or _displaced(verb, cast)
        or _changed(verb, cast)
        or _placed(verb, cast)
        or _reckoned(verb, cast)
        or _produced(verb, cast)
    )


def _contexts(token: Token) -> tuple[str, ...]:
    """The contexts that the words under a word tell, three at most."""
    inner = {t.lemma_.lower() for t in token.subtree}
    return tuple(c for c, cues in table("contexts")["cues"].items() if inner & set(cues))[:3]


def amount_draft(
    token: Token,
    kind: ClaimKind,
    actors: Parties,
    targets: Parties,
    cast: Cast,
    words: list[Token],
    amount: Quantity | None = None,
    *,
    aside: bool = False,
) -> Draft | None:
    """A flow or trait in the making as its scope has it; None where it is part of another claim.

    Args:
        token: the word that tells it.
        kind: flow or trait.
        actors: who sends or who has.
        targets: who gets.
        cast: the actors of the paragraph.
        words: other words the quote must show.
        amount: how much.
        aside: whether it stands whatever the clause around it does.
    """
    above = Scope() if aside else scope(token, cast)
    if above.absorbed or not actors:
        return None
    return Draft(
        token=token,
        kind=kind,
        event=None,
        actors=actors,
        targets=targets,
        contexts=_contexts(token),
        polarity=above.polarity,
        modality=above.modality,
        holders=above.holders,
        quantity=amount,
        words=[*words, *(t for w in words for t in prepositions(w).get("of", [])[:1])],
        confidence=0.8 * sureness(actors, targets) * above.doubt,
    )


def _displaced(verb: Token, cast: Cast) -> Draft | None:
    """As in "Seven million Congolese have lost their homes", "2 million Sudanese are displaced"."""
    args = arguments(verb)
    subject = args.object if args.passive else args.subject
    if subject is None or verb.lemma_.lower() not in _words("suffers"):
        return None
    if verb.lemma_.lower() == "lose" and (
        args.object is None or args.object.lemma_ not in ("home", "house", "job")
    ):
        return None
    if args.passive and args.subject is not None:
        return None
    amount = quantity(subject)
    many = any(t.lower_ in ("million", "thousand", "hundred") or "," in t.text for t in subject.subtree)
    mention = cast.at.get(contents(subject)[-1].i)
    people = (mention is not None and mention.role == "nationals") or "people" in classes_of(subject)
    spots = [t for p in ("in", "from", "across") for t in args.prepositions.get(p, [])]
    who = cast.who(subject) or cast.owners(subject) or merge(place(t, cast) for t in spots)
    if amount is None or not many or not people or len(who.codes) != 1:
        return None
    return amount_draft(verb, "trait", who, NOBODY, cast, [subject], amount)


def _held(verb: Token, cast: Cast) -> Draft | None:
    """As in "Peru keeps 90,000 soldiers", "Peru's defence budget stands at $2 billion"."""
    args = arguments(verb)
    if args.passive or args.subject is None:
        return None
    who = cast.who(args.subject)
    noun = args.object
    if verb.lemma_ in _words("have") and noun is not None and who and len(who.codes) == 1:
        counted = contents(noun)
        strength = prepositions(noun).get("of", []) if noun.lemma_.lower() in _words("trait_nouns") else []
        if len(strength) == 1 and (value := number(strength[0].text)):
            return amount_draft(
                verb,
                "trait",
                who,
                NOBODY,
                cast,
                [noun, *strength],
                Quantity(value, "soldier", "", approx=False),
            )
        amount = quantity(noun)
        if amount is None or not any(t.lemma_.lower() in _words("traits") for t in counted):
            return None
        spots = [t for p in ("in", "on", "at") for t in args.prepositions.get(p, [])]
        parts = [t for spot in spots for t in prepositions(spot).get("of", [])]
        abroad = merge(place(t, cast) for t in (*spots, *parts))
        elsewhere = {t.lemma_.lower() for p in ("in", "on", "at") for t in args.prepositions.get(p, [])}
        elsewhere |= {t.lemma_.lower() for t in parts}
        if set(abroad.codes) - set(who.codes) or elsewhere & word_list("countries"):
            return None
        return amount_draft(verb, "trait", who, NOBODY, cast, [noun], amount)
    if verb.lemma_ == "spend" and who and noun is not None:
        amount = quantity(noun)
        goal = {t.lemma_.lower() for t in args.prepositions.get("on", [])}
        if amount is not None and goal & {"defence", "defense", "military", "army", "arm", "weapon", "force"}:
            return amount_draft(verb, "trait", who, NOBODY, cast, [noun], amount)
    if verb.lemma_ in _words("amounts") and args.subject.lemma_.lower() in _words("trait_nouns"):
        owner = cast.owners(args.subject) or merge(
            place(t, cast) for p in ("of", "in") for t in prepositions(args.subject).get(p, [])
        )
        behind = [t for t in verb.subtree if t.i > verb.i and t.pos_ in ("NOUN", "NUM", "SYM")]
        reached = [t for t in args.prepositions.get("to", []) if quantity(t)]
        shown = next((t for t in (*reached, *behind) if quantity(t)), None)
        if owner and shown is not None:
            return amount_draft(verb, "trait", owner, NOBODY, cast, [args.subject, shown], quantity(shown))
        bare = next((c for c in verb.children if c.dep_ == "attr" and c.tag_ == "CD"), None)
        count = number(" ".join(t.text for t in (*bare.lefts, bare) if t.tag_ == "CD")) if bare else None
        if owner and bare is not None and count is not None:
            around = {t.lower_ for t in bare.subtree}
            approx = bool(around & set(table("numbers")["approximate"]))
            unit = "person" if args.subject.lemma_ == "population" else "soldier"
            people = Quantity(count, unit, "", approx=approx)
            return amount_draft(verb, "trait", owner, NOBODY, cast, [args.subject, bare], people)
    return None


def _changed(verb: Token, cast: Cast) -> Draft | None:
    """As in "raised its defence spending to 3 percent of output"; what a law or plan raises is intended."""
    if verb.lemma_.lower() not in _words("changes"):
        return None
    args = arguments(verb)
    noun = args.object
    if noun is None or noun.lemma_.lower() not in _words("trait_nouns"):
        return None
    amount = next((q for q in map(quantity, args.prepositions.get("to", [])) if q), None)
    ruled = verb.head if verb.dep_ == "relcl" and verb.head.lemma_.lower() in _words("rules") else None
    if args.subject is not None and args.subject.lemma_.lower() in _words("rules"):
        ruled = args.subject
    who = cast.owners(noun) or cast.who(args.subject)
    if not who and ruled is not None:
        above = ruled.head if ruled.dep_ in ("dobj", "nsubjpass") else None
        who = cast.owners(ruled) or (cast.who(arguments(above).subject) if above is not None else NOBODY)
    if amount is None or len(who.codes) != 1:
        return None
    spots = [*args.prepositions.get("to", [])[:1]]
    draft = amount_draft(verb, "trait", who, NOBODY, cast, [noun, *spots], amount)
    if draft is not None and ruled is not None and draft.modality == "asserted":
        draft.modality = "intended"
    return draft


def _placed(verb: Token, cast: Cast) -> Draft | None:
    """As in "ranked eighth among the world's exporters", "has the second-largest army in NATO"."""
    args = arguments(verb)
    who = cast.who(args.subject)
    if len(who.codes) != 1 or args.passive:
        return None
    if verb.lemma_ == "rank":
        place_ = next((c for c in verb.children if c.lower_ in table("numbers")["ordinals"]), None)
        if place_ is not None and {"among", "in", "of", "for"} & set(args.prepositions):
            among = [t for p in ("among", "in", "of", "for") for t in args.prepositions.get(p, [])[:1]]
            return amount_draft(verb, "trait", who, NOBODY, cast, [place_, *among], rank(place_))
    attribute = next((c for c in verb.children if c.dep_ == "attr"), None)
    if verb.lemma_ == "be" and attribute is not None and attribute.lemma_.lower() in _words("ranking"):
        most = next((c for c in attribute.children if c.dep_ == "amod" and c.tag_ == "JJS"), None)
        world = any(t.lower_ in ("world", "region", "continent") for t in attribute.subtree)
        if most is not None and world:
            return amount_draft(verb, "trait", who, NOBODY, cast, [attribute], rank(most))
    noun = args.object
    if verb.lemma_ in _words("have") and noun is not None and noun.lemma_.lower() in _words("trait_nouns"):
        most = next((c for c in noun.children if c.dep_ == "amod" and c.tag_ == "JJS"), None)
        among = [t for t in args.prepositions.get("in", []) if t.i > noun.i]
        worldwide = any(t.lower_ in ("world", "region", "continent") for t in noun.subtree)
        if most is not None and (among or worldwide):
            return amount_draft(verb, "trait", who, NOBODY, cast, [noun, *among[:1]], rank(most))
    return None


def rank(word: Token) -> Quantity:
    """The rank that "eighth" or "second-largest" states; that of "largest" alone is 1."""
    ordinals = table("numbers")["ordinals"]
    told = next((t.lower_ for t in (word, *word.lefts) if t.lower_ in ordinals), "first")
    return Quantity(float(ordinals[told]), "rank", "", approx=False)


def _reckoned(verb: Token, cast: Cast) -> Draft | None:
    """As in "Peru's arsenal, put by researchers at about 170 warheads", "is estimated at $2 billion"."""
    args = arguments(verb)
    noun = args.object
    edge = verb.left_edge.i
    bare = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl") and verb.head.pos_ in ("VERB", "AUX")
    if bare and edge > 1 and verb.doc[edge - 1].text == ",":
        noun = verb.doc[edge - 2]  # set off behind its noun
    if verb.lemma_.lower() not in _words("reckons") or not args.passive or noun is None:
        return None
    amount = next((q for q in map(quantity, args.prepositions.get("at", [])) if q), None)
    who = cast.owners(noun)
    if amount is None or noun.lemma_.lower() not in _words("trait_nouns") or len(who.codes) != 1:
        return None
    spots = args.prepositions["at"][:1]
    source = operators()["sources"].get(args.subject.lemma_.lower() if args.subject is not None else "")
    told_by = [Holder(c, "says") for c in cast.who(args.subject).codes or (source or "unnamed",)]
    if verb.dep_ in ("acl", "advcl"):  # an aside: it stands whatever the clause around it does
        return Draft(
            verb, "trait", None, who, NOBODY, contexts=_contexts(verb), modality="reported", holders=told_by,
            quantity=amount, words=[noun, *spots], confidence=0.75 * who.confidence,
        )  # fmt: skip
    draft = amount_draft(verb, "trait", who, NOBODY, cast, [noun, *spots], amount)
    if draft is not None and draft.modality == "asserted":
        draft.holders += told_by
        draft.modality = "reported"
    return draft


def _produced(verb: Token, cast: Cast) -> Draft | None:
    """As in "Peru produces 70 percent of the gas that it needs", "left Taipei with 12 allies"."""
    args = arguments(verb)
    noun = args.object
    if noun is None or args.passive:
        return None
    amount = quantity(noun)
    if verb.lemma_.lower() in _words("produces") and amount is not None:
        who = cast.who(args.subject)
        period = amount.unit == "percent" or any(
            c.dep_ == "npadvmod" for c in (*verb.children, *noun.children)
        )
        return amount_draft(verb, "trait", who, NOBODY, cast, [noun], amount) if period else None
    if verb.lemma_ == "leave" and noun.i in cast.at:
        rest = [t for t in args.prepositions.get("with", []) if t.lemma_.lower() in _words("traits")]
        counted = quantity(rest[0]) if rest else None
        return amount_draft(verb, "trait", cast.who(noun), NOBODY, cast, rest, counted) if counted else None
    return None
