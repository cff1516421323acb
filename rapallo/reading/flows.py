"""Amounts: what goes from one state to another per period, and what one state has."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of, contents
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.quantity import quantity
from rapallo.reading.relations import place
from rapallo.reading.roles import Arguments, arguments, prepositions
from rapallo.reading.slots import only
from rapallo.reading.traits import amount_draft, rank, trait
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.drafts import Draft
    from rapallo.reading.parties import Cast

__all__ = ["flows_and_traits"]

_words = partial(word_list, of="relations")

_GOODS = frozenset(("goods", "arms", "money", "relief"))


def flows_and_traits(sentence: Span, cast: Cast) -> list[Draft]:
    """The flows and traits that a sentence tells."""
    found = []
    for token in sentence:
        if token.pos_ == "NOUN" and (aside := _ranked_aside(token, cast)) is not None:
            found.append(aside)
        if token.pos_ not in ("VERB", "AUX"):
            continue
        draft = (
            _ranked(token, cast)
            or _share(token, cast)
            or _between(token, cast)
            or _accounting(token, cast)
            or trait(token, cast)
        )
        if draft is not None:
            found.append(draft)
    return found


def _from(args: Arguments, cast: Cast, *names: str) -> Parties:
    return merge(place(t, cast) for n in names for t in args.prepositions.get(n, []))


def _ranked(verb: Token, cast: Cast) -> Draft | None:
    """As in "Laos is Peru's largest trade partner", "remains the main supplier of gas to Peru"."""
    if verb.lemma_ not in ("be", "remain", "become", "stay"):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    noun = next((c for c in verb.children if c.dep_ in ("attr", "dobj", "oprd")), None)
    noun = noun or next(
        (g for c in verb.children if c.lower_ == "by" for g in c.children if g.tag_ == "NN"), None
    )
    if subject is None or noun is None:
        return None
    ranks = _ranks()
    if not any(n.lemma_.lower() in ranks for n in contents(noun)) and noun.i in cast.at:
        subject, noun = noun, subject  # "Peru's largest trade partner is Laos"
    noun = next((n for n in contents(noun) if n.lemma_.lower() in ranks), noun)
    return _by_rank(verb, subject, noun, cast)


def _ranks() -> frozenset[str]:
    return _words("partners") | _words("suppliers") | _words("buyers")


def _ranked_aside(noun: Token, cast: Cast) -> Draft | None:
    """As in "Laos, Peru's largest trading partner, ...", "its main arms supplier, Laos"."""
    if noun.lemma_.lower() not in _ranks():
        return None
    named = [t for t in (noun.head, *noun.children) if t.i in cast.at and "appos" in (noun.dep_, t.dep_)]
    if not named or (named[0] == noun.head and noun.dep_ != "appos"):
        return None
    return _by_rank(noun, named[0], noun, cast)


def _by_rank(token: Token, subject: Token, noun: Token, cast: Cast) -> Draft | None:
    """The flow that a noun with its rank tells of a subject."""
    ranks = _ranks()
    told = _told_rank(noun, ranks) if noun.tag_ == "JJS" else noun
    if told is None:
        return None
    lemma = told.lemma_.lower()
    before = {t.lower_ for n in (noun, told) for t in n.subtree if t.i <= noun.i}
    most = next((t for t in noun.subtree if t.tag_ in ("JJS", "JJ") and t.lower_ in _words("ranked")), None)
    among = noun.dep_ == "pobj" and noun.head.head.lower_ in ("one", "among")  # "one of the largest"
    first = rank(most) if most is not None and most.lower_ in _words("first") and not among else None
    who = cast.one(subject) if token == noun else cast.who(subject)
    owner = only(cast.owners(told) or cast.owners(noun), without=who.codes)
    if not owner and any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in noun.children):
        last = only(cast.discourse.subject, without=who.codes)
        owner = last if len(last.codes) == 1 else NOBODY
    preps = prepositions(noun)
    given = merge(cast.owners(t) for t in preps.get("of", []))
    if lemma == "recipient" and given and who:
        return (
            amount_draft(token, "flow", given, who, cast, [subject, noun], first, aside=token == noun)
            if before & _words("ranked")
            else None
        )
    if not owner:
        owner = merge(place(t, cast) for p in ("of", "to", "for", "from") for t in preps.get(p, []))
    if not owner and subject.i not in cast.at and not who:
        return None
    if not who or not owner or set(who.codes) & set(owner.codes) or not before & _words("ranked"):
        return None
    if lemma in _words("partners") and before & _words("trade"):
        return amount_draft(token, "flow", owner, who, cast, [subject, noun], first, aside=token == noun)
    if lemma in _words("suppliers"):
        return amount_draft(token, "flow", who, owner, cast, [subject, noun], first, aside=token == noun)
    if lemma in _words("buyers"):
        return amount_draft(token, "flow", owner, who, cast, [subject, noun], first, aside=token == noun)
    return None


def _told_rank(most: Token, ranks: frozenset[str]) -> Token | None:
    """What "its second-largest" leaves out: the partner or supplier told before."""
    start = most.sent.start
    sentence = most.doc[most.doc[start - 1].sent.start if start else 0 : most.i]
    return next((t for t in reversed(list(sentence)) if t.lemma_.lower() in ranks), None)


def _per_period(verb: Token) -> bool:
    text = f" {' '.join(t.lower_ for t in verb.subtree)} "
    return any(f" {cue} " in text for cue in table("relations")["per_period"])


def _share(verb: Token, cast: Cast) -> Draft | None:
    """As in "Peru buys 40 percent of its gas from Laos", "depends on Laos for gas"."""
    lemma = verb.lemma_.lower()
    args = arguments(verb)
    head = next((c for c in verb.children if c.dep_ == "acomp"), verb)
    if lemma in _words("depends") or head.lemma_.lower() in _words("depends"):
        preps = args.prepositions if head == verb else prepositions(head)
        source = merge(place(t, cast) for p in ("on", "upon") for t in preps.get(p, []))
        who = cast.who(args.subject)
        bought = [t for p in ("on", "upon") for t in preps.get(p, []) if set(classes_of(t)) & _GOODS]
        if who and source and not set(who.codes) & set(source.codes) and (preps.get("for") or bought):
            return amount_draft(verb, "flow", source, who, cast, [*preps.get("for", bought)[:1]])
        return None
    chiefly = any(c.dep_ == "advmod" and c.lower_ in _words("chiefly") for c in verb.children)
    if args.object is None and lemma in _words("imports") and chiefly:
        who = cast.who(args.subject)
        source = only(_from(args, cast, "from"), without=who.codes)
        if who and source:
            return amount_draft(verb, "flow", source, who, cast, args.prepositions["from"][:1])
    if args.object is None or args.passive or not _per_period(verb):
        return _of_goods(verb, args, cast)
    goods = next((t for t in args.prepositions.get("with", []) if quantity(t) or _part(t)), args.object)
    amount = quantity(goods)
    who = cast.who(args.subject)
    if (amount is None and not _part(goods)) or not who:
        return None
    if lemma in _words("imports"):
        source = _from(args, cast, "from") or _exporter(goods, cast)
        source = only(source, without=who.codes)
        return amount_draft(verb, "flow", source, who, cast, [goods], amount) if source else None
    if lemma in _words("exports"):
        owned = merge(cast.owners(t) for t in contents(goods))
        inner = [t for t in goods.subtree if t.dep_ == "pobj"]
        receiver = (
            cast.who(args.recipient)
            or (cast.who(args.object) if goods != args.object else NOBODY)
            or _from(args, cast, "to")
            or owned
            or merge(cast.owners(t) for t in inner)
        )
        receiver = only(receiver, without=who.codes) or _its(goods, verb, who, cast)
        receiver = receiver or _under_deal(verb, who, cast)
        return amount_draft(verb, "flow", who, receiver, cast, [goods], amount) if receiver else None
    return None


def _its(goods: Token, verb: Token, who: Parties, cast: Cast) -> Parties:
    """Who "its weapons" are where that is not the doer: the subject of the clause or sentence before."""
    if not any(t.lower_ in ("its", "their") for t in goods.subtree):
        return NOBODY
    before = NOBODY
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        before = cast.who(arguments(verb.head).subject)
    found = only(before or cast.discourse.subject, without=who.codes)
    return found if len(found.codes) == 1 else cast.discourse.state(verb.sent.start, without=who.codes)


def _under_deal(verb: Token, who: Parties, cast: Cast) -> Parties:
    """The other party of the deal just told, of what is to be paid or delivered every year under it."""
    words = {f"{t.lower_} {t.nbor(1).lower_}" for t in verb.subtree if t.i + 1 < len(t.doc)}
    main = verb.sent.root
    made = cast.who(arguments(main).subject) if main.pos_ == "VERB" and main != verb else NOBODY
    deal = made if len(made.codes) == 2 else cast.discourse.pact
    if len(deal.codes) != 2 or not set(who.codes) < set(deal.codes) or not words & _words("every"):
        return NOBODY
    return only(Parties(deal.codes, deal.names, 0.7), without=who.codes)


def _part(noun: Token) -> bool:
    """Whether a noun is a share without a figure: "most of its gas", "the bulk of its arms"."""
    return noun.lemma_.lower() in _words("shares") or any(
        c.lower_ in _words("shares") and c.dep_ in ("amod", "det", "nummod", "predet") for c in noun.children
    )


def _exporter(goods: Token, cast: Cast) -> Parties:
    """Whose goods they are: "97 percent of Sudan's gold", "of the gold that Sudan exported"."""
    for noun in contents(goods):
        for token in (noun, *(t for ts in prepositions(noun).values() for t in ts)):
            clause = next((c for c in token.children if c.dep_ == "relcl"), None)
            doer = arguments(clause).subject if clause is not None else None
            found = cast.owners(token) or (cast.who(doer) if doer is not None else NOBODY)
            if found:
                return found
    return NOBODY


def _of_goods(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Most of Peru's gas comes from Laos", "40 percent of its exports go to Laos"."""
    subject = args.subject
    if subject is None or args.passive or not (_part(subject) or _share_of(subject)):
        return None
    owner = _exporter(subject, cast)
    lemma = verb.lemma_.lower()
    if lemma in ("come", "originate", "arrive", "flow"):
        source = only(_from(args, cast, "from"), without=owner.codes)
        return (
            amount_draft(verb, "flow", source, owner, cast, [subject], quantity(subject))
            if source and owner
            else None
        )
    if lemma in ("go", "flow", "head", "end"):
        to = only(_from(args, cast, "to", "in"), without=owner.codes)
        return (
            amount_draft(verb, "flow", owner, to, cast, [subject], quantity(subject))
            if to and owner
            else None
        )
    return None


def _share_of(noun: Token) -> bool:
    amount = quantity(noun)
    return amount is not None and amount.unit == "percent"


def _accounting(verb: Token, cast: Cast) -> Draft | None:
    """As in "Laos accounts for 40 percent of Peru's exports", "goods worth $3 billion changed hands"."""
    args = arguments(verb)
    if verb.lemma_ in _words("makes_up"):
        who = cast.who(args.subject)
        shares = [args.object] if args.object is not None and _share_of(args.object) else []
        for goods in args.prepositions.get("for", []) if verb.lemma_ == "account" else shares:
            whose = only(_exporter(goods, cast), without=who.codes)
            head = next(iter(prepositions(goods).get("of", [])), goods).lemma_.lower()
            inner = {head} if head in _words("incoming") else {t.lemma_.lower() for t in goods.subtree}
            if who and whose and inner & _words("outgoing") and head not in _words("incoming"):
                return amount_draft(verb, "flow", whose, who, cast, [goods], quantity(goods))
            if who and whose and inner & _words("incoming"):
                return amount_draft(verb, "flow", who, whose, cast, [goods], quantity(goods))
    carried = _carried(verb, args, cast)
    if carried is not None:
        return carried
    if verb.lemma_ == "change" and args.object is not None and args.object.lemma_ == "hand":
        pair = next((cast.discourse.pair for p in (cast.discourse.pair,) if len(p.codes) == 2), NOBODY)
        main = next((a for a in verb.ancestors if a.pos_ in ("VERB", "AUX")), None)
        named = cast.named_in(main) if main is not None else NOBODY
        both = named if len(named.codes) == 2 else pair
        near = [*verb.subtree, *((verb.head,) if verb.dep_ == "acl" else ())]
        amount = next((q for q in (quantity(t) for t in near if t.pos_ == "NOUN") if q), None)
        if len(both.codes) == 2 and amount is not None:
            return amount_draft(
                verb, "flow", both, both, cast, [t for t in (args.subject,) if t is not None], amount
            )
    return None


def _carried(verb: Token, args: Arguments, cast: Cast) -> Draft | None:
    """As in "Chad, whose port handles 90 percent of Nigerian trade"."""
    goods = args.object
    if verb.lemma_.lower() not in _words("carries") or goods is None or args.passive or args.subject is None:
        return None
    inner = {t.lemma_.lower() for t in goods.subtree}
    if not (_share_of(goods) or _part(goods)) or not inner & _words("passing"):
        return None
    whose = any(c.lower_ == "whose" for c in args.subject.children) and verb.dep_ == "relcl"
    who = cast.one(verb.head) if whose else place(args.subject, cast)
    owner = only(_exporter(goods, cast), without=who.codes)
    if len(who.codes) != 1 or not owner:
        return None
    return amount_draft(verb, "flow", who, owner, cast, [goods], quantity(goods))


def _between(verb: Token, cast: Cast) -> Draft | None:
    """As in "Trade between the two reached $3 billion", "Peru's exports to Laos fell by 4 percent"."""
    if verb.lemma_ not in _words("amounts"):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lemma_ not in (
        "trade",
        "export",
        "import",
        "commerce",
        "turnover",
        "shipment",
    ):
        return None
    preps = prepositions(subject)
    owner = cast.owners(subject)
    counted = [t for t in verb.subtree if t.pos_ in ("NOUN", "NUM", "SYM") and t.i > verb.i]
    shown = next((t for t in counted if quantity(t)), None)
    amount = quantity(shown) if shown is not None else None
    words = [subject, shown] if shown is not None else [subject]
    if not owner and any(c.lower_ in ("its", "their") for c in subject.children):
        named = [
            cast.at[t.i].parties() for t in subject.doc[subject.sent.start : subject.i] if t.i in cast.at
        ]
        owner = merge(named) if len(merge(named).codes) == 1 else NOBODY
    if subject.lemma_ in ("trade", "commerce", "turnover"):
        everyone = merge(
            [owner, *(place(t, cast) for p in ("between", "with", "of") for t in preps.get(p, []))]
        )
        return (
            amount_draft(verb, "flow", everyone, everyone, cast, words, amount)
            if len(everyone.codes) > 1
            else None
        )
    to = merge(place(t, cast) for t in preps.get("to", []))
    source = merge(place(t, cast) for t in preps.get("from", []))
    if subject.lemma_ == "import" and owner and source:
        return amount_draft(verb, "flow", source, owner, cast, words, amount)
    giver = owner or source
    return amount_draft(verb, "flow", giver, to, cast, words, amount) if giver and to else None
