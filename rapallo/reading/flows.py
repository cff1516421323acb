"""Amounts: what goes from one state to another per period, and what one state has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.model import Quantity
from rapallo.model.claims import ClaimKind
from rapallo.reading.classes import contents
from rapallo.reading.discourse import NOBODY, Parties, merge
from rapallo.reading.drafts import Draft
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.quantity import quantity
from rapallo.reading.roles import Arguments, arguments, prepositions
from rapallo.reading.scope import scope

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["flows_and_traits"]


def flows_and_traits(sentence: Span, cast: Cast) -> list[Draft]:
    """The flows and traits that a sentence tells."""
    found = []
    for token in sentence:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        draft = _ranked(token, cast) or _share(token, cast) or _between(token, cast) or _trait(token, cast)
        if draft is not None:
            found.append(draft)
    return found


def _words(name: str) -> frozenset[str]:
    return frozenset(table("relations")[name])


def _draft(
    token: Token,
    kind: ClaimKind,
    actors: Parties,
    targets: Parties,
    cast: Cast,
    words: list[Token],
    amount: Quantity | None = None,
) -> Draft | None:
    above = scope(token, cast)
    if above.absorbed or not actors:
        return None
    inner = {t.lemma_.lower() for t in token.subtree}
    contexts = tuple(c for c, cues in table("contexts")["cues"].items() if inner & set(cues))[:3]
    return Draft(
        token=token,
        kind=kind,
        event=None,
        actors=actors,
        targets=targets,
        contexts=contexts,
        polarity=above.polarity,
        modality=above.modality,
        holders=above.holders,
        quantity=amount,
        words=words,
        confidence=0.8 * actors.confidence * (targets.confidence if targets else 1.0) * above.doubt,
    )


def _place(token: Token, cast: Cast) -> Parties:
    return cast.who(token) or cast.owners(token)


def _from(args: Arguments, cast: Cast, *names: str) -> Parties:
    return merge(_place(t, cast) for n in names for t in args.prepositions.get(n, []))


def _ranked(verb: Token, cast: Cast) -> Draft | None:
    """As in "Laos is Peru's largest trade partner", "remains the main supplier of gas to Peru"."""
    if verb.lemma_ not in ("be", "remain", "become", "stay"):
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    noun = next((c for c in verb.children if c.dep_ in ("attr", "dobj", "oprd")), None)
    if subject is None or noun is None:
        return None
    noun = next(
        (
            n
            for n in contents(noun)
            if n.lemma_.lower() in _words("partners") | _words("suppliers") | _words("buyers")
        ),
        noun,
    )
    lemma = noun.lemma_.lower()
    before = {t.lower_ for t in noun.subtree if t.i < noun.i}
    who, owner = cast.who(subject), cast.owners(noun)
    preps = prepositions(noun)
    given = merge(cast.owners(t) for t in preps.get("of", []))
    if lemma == "recipient" and given and who:
        return _draft(verb, "flow", given, who, cast, [subject, noun]) if before & _words("ranked") else None
    if not owner:
        owner = merge(_place(t, cast) for p in ("of", "to", "for", "from") for t in preps.get(p, []))
    if not owner and subject.i not in cast.at and not who:
        return None
    if not who or not owner or set(who.codes) & set(owner.codes) or not before & _words("ranked"):
        return None
    if lemma in _words("partners") and before & _words("trade"):
        return _draft(verb, "flow", owner, who, cast, [subject, noun])
    if lemma in _words("suppliers"):
        return _draft(verb, "flow", who, owner, cast, [subject, noun])
    if lemma in _words("buyers"):
        return _draft(verb, "flow", owner, who, cast, [subject, noun])
    return None


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
        source = merge(_place(t, cast) for p in ("on", "upon") for t in preps.get(p, []))
        who = cast.who(args.subject)
        if who and source and preps.get("for"):
            return _draft(verb, "flow", source, who, cast, [*preps["for"][:1]])
        return None
    if args.object is None or verb.tag_ not in ("VBZ", "VBP", "VBD", "VBN", "VB") or not _per_period(verb):
        return None
    amount = quantity(args.object)
    who = cast.who(args.subject)
    if amount is None or not who:
        return None
    if lemma in _words("imports"):
        source = _from(args, cast, "from")
        return _draft(verb, "flow", source, who, cast, [args.object], amount) if source else None
    if lemma in _words("exports"):
        owned = merge(cast.owners(t) for t in contents(args.object))
        inner = [t for t in args.object.subtree if t.dep_ == "pobj"]
        receiver = (
            cast.who(args.recipient)
            or _from(args, cast, "to")
            or owned
            or merge(cast.owners(t) for t in inner)
        )
        receiver = Parties(
            tuple(c for c in receiver.codes if c not in who.codes), receiver.names, receiver.confidence
        )
        return _draft(verb, "flow", who, receiver, cast, [args.object], amount) if receiver else None
    return None


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
    amount = next(
        (q for q in (quantity(t) for t in verb.subtree if t.pos_ in ("NOUN", "NUM", "SYM")) if q), None
    )
    if subject.lemma_ in ("trade", "commerce", "turnover"):
        everyone = merge(
            [owner, *(_place(t, cast) for p in ("between", "with", "of") for t in preps.get(p, []))]
        )
        return (
            _draft(verb, "flow", everyone, everyone, cast, [subject], amount)
            if len(everyone.codes) > 1
            else None
        )
    to = merge(_place(t, cast) for t in preps.get("to", []))
    source = merge(_place(t, cast) for t in preps.get("from", []))
    if subject.lemma_ == "import" and owner and source:
        return _draft(verb, "flow", source, owner, cast, [subject], amount)
    giver = owner or source
    return _draft(verb, "flow", giver, to, cast, [subject], amount) if giver and to else None


def _trait(verb: Token, cast: Cast) -> Draft | None:
    """As in "Peru keeps 90,000 soldiers", "Peru's defence budget stands at $2 billion"."""
    args = arguments(verb)
    if args.passive or args.subject is None:
        return None
    who = cast.who(args.subject)
    noun = args.object
    if verb.lemma_ in _words("have") and noun is not None and who and len(who.codes) == 1:
        counted = contents(noun)
        amount = quantity(noun)
        if amount is None or not any(t.lemma_.lower() in _words("traits") for t in counted):
            return None
        abroad = _from(args, cast, "in", "on", "at")
        elsewhere = {t.lemma_.lower() for p in ("in", "on", "at") for t in args.prepositions.get(p, [])}
        if set(abroad.codes) - set(who.codes) or elsewhere & word_list("countries"):
            return None
        return _draft(verb, "trait", who, NOBODY, cast, [noun], amount)
    if verb.lemma_ == "spend" and who and noun is not None:
        amount = quantity(noun)
        goal = {t.lemma_.lower() for t in args.prepositions.get("on", [])}
        if amount is not None and goal & {"defence", "defense", "military", "army", "arm", "weapon", "force"}:
            return _draft(verb, "trait", who, NOBODY, cast, [noun], amount)
    if verb.lemma_ in _words("amounts") and args.subject.lemma_.lower() in _words("trait_nouns"):
        owner = cast.owners(args.subject) or merge(
            _place(t, cast) for t in prepositions(args.subject).get("of", [])
        )
        amount = next(
            (q for q in (quantity(t) for t in verb.subtree if t.pos_ in ("NOUN", "NUM", "SYM")) if q), None
        )
        if owner and amount is not None:
            return _draft(verb, "trait", owner, NOBODY, cast, [args.subject], amount)
    return None
