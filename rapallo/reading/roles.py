"""Who does what to whom in the parse: subjects through passives and control, objects, prepositions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapallo.reading.lexicon import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "Arguments",
    "antecedents",
    "arguments",
    "companions",
    "coordinated",
    "is_passive",
    "joined_to",
    "logical_subject",
    "parted",
    "prepositions",
    "relatives",
]

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_BESIDE = 4  # a participle stands no farther behind its noun
_RELATIVES = ("who", "which", "that", "whom")
_GIVING = ("give", "grant", "allow", "set", "hand", "lend", "award")


@dataclass(slots=True)
class Arguments:
    """The arguments of one verb.

    Attributes:
        subject: the doer's head word, None where there is none (a passive without agent).
        object: what the verb is done to: direct object, or subject of the passive.
        recipient: the indirect object.
        prepositions: heads of prepositional phrases by lower-case preposition, those of the verb first, then
            those of its object.
        passive: whether the verb stands in the passive.
        joined: the verb that it is joined to by "and".
        above: of an act told as a noun behind a preposition, the subject of the verb above.
    """

    subject: Token | None = None
    object: Token | None = None
    recipient: Token | None = None
    prepositions: dict[str, list[Token]] = field(default_factory=dict)
    passive: bool = False
    joined: Token | None = None
    above: Token | None = None


def coordinated(token: Token) -> Iterator[Token]:
    """The token and what is joined to it by and, or, commas."""
    yield token
    for child in token.children:
        if child.dep_ == "conj":
            yield from coordinated(child)
        elif child.dep_ == "appos" and child.pos_ == "PROPN" and token.pos_ == "NOUN":
            for other in child.children:  # "the Polish minister, Jan Nowak, and the Czech president"
                if other.dep_ == "conj" and other.pos_ == "NOUN":
                    yield from coordinated(other)


def companions(subject: Token) -> list[Token]:
    """Who acts with a subject: "Chad, together with Niger, ...", "along with Mali, Niger ..."."""
    found: list[Token] = []
    verb = subject.head if subject.dep_ in _SUBJECTS else None
    for child in (*subject.children, *(verb.children if verb is not None else ())):
        for word in (child, *child.children):
            leads = word.i > 0 and word.nbor(-1).lower_ in ("together", "along", "jointly")
            if word.lower_ == "alongside" or (word.lower_ == "with" and leads):
                found += [c for c in word.children if c.dep_ == "pobj"]
    return list(dict.fromkeys(found))


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, that of a participle behind a noun included."""
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ in ("nsubj", "aux") for c in verb.children):
        return False
    if verb.dep_ == "acl":
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    return verb.dep_ in ("advcl", "amod") and not any(c.dep_ == "dobj" for c in verb.children)


def arguments(verb: Token, relative: Token | None = None) -> Arguments:
    """The arguments of a verb as the sentence means them, passives turned, controlled subjects filled in.

    They are worked out once for each word and kept with the paragraph, whose parse is settled by then.

    Args:
        verb: the verb.
        relative: the noun that a relative clause describes, where it is not the one the parser chose.

    Returns:
        The caller's own copy.
    """
    kept = verb.doc.user_data.setdefault("arguments", {})
    key = (verb.i, None if relative is None else relative.i)
    if key not in kept:
        kept[key] = _arguments(verb, relative)
    found: Arguments = kept[key]
    return replace(found, prepositions={word: list(heads) for word, heads in found.prepositions.items()})


def _arguments(verb: Token, relative: Token | None) -> Arguments:
    found = Arguments(passive=is_passive(verb))
    surface = _surface_subject(verb)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        found.joined = joined_to(verb)
    direct = next((c for c in verb.children if c.dep_ == "dobj" and not _in_apposition(c)), None)
    if direct is None and any(c.dep_ == "advmod" and c.lower_ == "home" for c in verb.children):
        direct = next((c for c in verb.children if c.dep_ == "oprd" and c.pos_ == "NOUN"), None)
    if direct is not None and direct.lower_ in _RELATIVES and verb.dep_ == "relcl":
        direct = verb.head
    found.recipient = next((c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"), None)
    if direct is None and any(c.lower_ == "worth" for c in verb.children):
        direct, found.recipient = found.recipient, None  # "bought jets worth a million dollars"
    found.recipient, direct = _given(verb, found.recipient, direct)
    if found.recipient is None and direct is not None:
        named = [c for c in direct.children if c.dep_ in ("nmod", "compound") and c.pos_ == "PROPN"]
        counted = any(c.dep_ == "nummod" for c in direct.children)
        bare = verb.lemma_ in _GIVING and not any(c.lower_ == "to" for c in verb.children if c.dep_ != "aux")
        if named and (
            (counted and direct.doc[named[-1].i + 1].like_num)
            or (bare and direct.tag_ == "NNS" and named[-1].i <= direct.left_edge.i + 1)
        ):
            found.recipient = named[-1]  # "lent Kyiv 50 billion dollars", "gave Kyiv tanks"
    if found.passive:
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        found.subject = _pobj(agent)
        found.object = surface or (verb.head if verb.dep_ == "acl" else None)
        if direct is not None and found.recipient is None and surface is not None:
            found.recipient, found.object = surface, direct  # "Peru was given 30 trucks"
    else:
        found.subject = surface
        found.object = direct or _gap(verb) or _shared_object(verb)
    found.prepositions = prepositions(verb)
    if found.object is not None and (found.object.head == verb or found.object.i < verb.i):
        for word, heads in prepositions(found.object, deep=True).items():
            known = found.prepositions.setdefault(word, [])
            known.extend(h for h in heads if h not in known)
        for worth in (c for c in found.object.children if c.lower_ == "worth"):
            for inner in worth.subtree:
                for word, heads in prepositions(inner).items() if inner.pos_ == "NOUN" else ():
                    found.prepositions.setdefault(word, heads)  # "jets worth a million dollars from Peru"
        for other in found.object.conjuncts:
            for word, heads in prepositions(other).items():
                if other.i > found.object.i:
                    found.prepositions.setdefault(word, heads)  # "20 jets and 3 ships from Peru"
    if relative is not None and found.object == _described(verb):
        found.object = relative
        for word, heads in prepositions(relative, deep=True).items():
            found.prepositions.setdefault(word, []).extend(heads)
    return found


def _given(verb: Token, receiver: Token | None, direct: Token | None) -> tuple[Token | None, Token | None]:
    """To whom and what, where the parser takes one for the other: "handed Kyiv tanks", "gave it a week"."""
    first = receiver or direct
    if first is None or (receiver is not None and direct is not None):
        return receiver, direct
    given = next((c for c in verb.children if c.dep_ in ("dobj", "npadvmod") and c.i > first.i), None)
    if given is None or given.pos_ != "NOUN":
        return receiver, direct
    giving = verb.lemma_ in _GIVING
    ordered = any(
        c.tag_ == "VB" and c.dep_ in ("advcl", "relcl", "acl", "xcomp")
        for c in (*verb.children, *given.children)
    )
    if first.pos_ == "PROPN" and (given.dep_ == "dobj" or giving):
        return first, given
    return (first, given) if giving and ordered else (receiver, direct)


def antecedents(pronoun: Token) -> list[Token]:
    """The things that "it" or "them" may mean, the nearest first: objects and passive subjects before it.

    Args:
        pronoun: the object of a verb; of any other word nothing is returned.
    """
    several = {"it": False, "them": True}.get(pronoun.lower_)
    if several is None:
        return []
    sentences = list(pronoun.doc.sents)
    at = next(i for i, s in enumerate(sentences) if s.start <= pronoun.i < s.end)
    start = sentences[max(0, at - 1)].start
    return [
        t
        for t in reversed(pronoun.doc[start : pronoun.head.i])
        if t.pos_ == "NOUN"
        and (t.tag_ == "NNS") == several
        and t.dep_ in ("dobj", "nsubjpass", "conj", "appos")
    ]


def parted(clause: Token) -> bool:
    """Whether a semicolon parts a clause from the verb behind it that the parser hangs it on."""
    return any(t.text == ";" for t in clause.doc[clause.i : clause.head.i])


def _in_apposition(noun: Token) -> bool:
    """As in "It asked for leave, a request that they refused": a noun behind a comma that sums up."""
    apart = noun.left_edge.i > noun.head.i + 1 and noun.doc[noun.left_edge.i - 1].text == ","
    return (
        apart
        and any(c.lower_ in ("a", "an") for c in noun.children)
        and any(c.dep_ == "relcl" for c in noun.children)
    )


def joined_to(verb: Token) -> Token:
    """The verb that "and" really joins a verb to, finite to finite ("urged it to go and warned")."""
    head = verb.head
    perfect = verb.tag_ == "VBN" and any(c.lower_ in ("has", "have", "had") for c in verb.children)
    if perfect and head.dep_ == "ccomp" and head.i > head.head.i and _has_modal(head):
        return head.head  # "fears that they will leave, and has urged them to stay"
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        while _leans_on_a_verb(head) and not _has_modal(head):
            head = head.head
    return head


def _leans_on_a_verb(verb: Token) -> bool:
    return verb.dep_ != "ROOT" and verb.tag_ in ("VB", "VBG") and verb.head.pos_ in ("VERB", "AUX")


def _has_modal(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _described(verb: Token) -> Token:
    """The noun a relative clause hangs on; of the second of two verbs, that of the first."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.head


def relatives(verb: Token) -> list[Token]:
    """What a relative clause may describe besides its head ("a pact with Peru, which was signed")."""
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX"):
        first = first.head
    noun = first.head
    if first.dep_ != "relcl" or noun.dep_ != "pobj" or noun.head.head.pos_ != "NOUN":
        return []
    return [noun.head.head]


def _pobj(preposition: Token | None) -> Token | None:
    if preposition is None:
        return None
    return next((c for c in preposition.children if c.dep_ in ("pobj", "pcomp")), None)


def prepositions(head: Token, *, deep: bool = False) -> dict[str, list[Token]]:
    """The prepositional phrases of a word.

    Args:
        head: a verb or a noun.
        deep: also those of nouns that hang on it by ``of``, ``for`` and the like.
    """
    found: dict[str, list[Token]] = {}
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in (
            "ADP",
            "SCONJ",
            "VERB",
            "PART",
            "ADV",
        ):
            key = child.lower_
            target = _pobj(child)
            inner = next((c for c in child.children if c.dep_ == "prep"), None)
            if target is None and inner is not None:
                key, target = f"{key}_{inner.lower_}", _pobj(inner)
            if target is not None:
                found.setdefault(key, []).append(target)
                if (deep or head.pos_ in ("VERB", "AUX")) and target.lemma_.lower() not in word_list(
                    "linking"
                ):
                    for word, heads in prepositions(target, deep=True).items():
                        if word != "of":
                            found.setdefault(word, []).extend(heads)
            for more in child.conjuncts:
                if more.dep_ == "conj" and _pobj(more) is not None:
                    found.setdefault(more.lower_, []).append(_pobj(more))  # type: ignore[arg-type]
        elif (child.dep_ == "advmod" and child.lower_ in ("back", "home", "over", "away")) or (
            child.lower_ in ("available", "accessible") and child.i > head.i
        ):
            for word, heads in prepositions(child).items():
                found.setdefault(word, []).extend(heads)  # "handed it back to Peru"
    return found


def logical_subject(verb: Token) -> Token | None:
    """Head of the phrase that does what a verb says, maybe of the clause above; of a passive the agent."""
    return arguments(verb).subject if is_passive(verb) else _surface_subject(verb)


def _surface_subject(verb: Token, depth: int = 0) -> Token | None:
    if depth > 12:
        return None
    own = next((c for c in verb.children if c.dep_ in _SUBJECTS and c.dep_ != "expl"), None)
    if own is not None and own.dep_ == "csubjpass" and own.tag_ in ("VBD", "VBN"):
        own = next((c for c in own.children if c.dep_ == "nsubj"), own)  # "a round planned for May was held"
    counts = own is not None and any(c.lower_ == "of" for c in own.children)  # "many of the tanks"
    if own is not None and (counts or not (own.pos_ in ("ADJ", "ADV") and verb.dep_ == "conj")):
        if own.lower_ in _RELATIVES and verb.dep_ == "relcl":
            return verb.head
        return own
    head = verb.head
    if verb.dep_ == "relcl" and verb.tag_ == "VB" and any(c.dep_ == "aux" for c in verb.children):
        return _holder(head, depth)  # "became the first state to recognise"
    if verb.dep_ == "acl" and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.i - head.i > _BESIDE:
        return head  # "Chad, whose army had left, called on Niger", the verb taken for a participle
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
        return head if verb.dep_ == "acl" or any(c.lower_ in _RELATIVES for c in verb.children) else None
    if verb.dep_ == "acl":
        return _holder(head, depth) if verb.tag_ == "VB" else None
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return _surface_subject(joined_to(verb), depth + 1)
    if verb.dep_ in ("advcl", "ccomp", "dep", "parataxis") and head.pos_ in ("VERB", "AUX"):
        return _surface_subject(head, depth + 1)
    if verb.dep_ == "xcomp":
        if head.pos_ == "ADJ":
            return _surface_subject(head.head, depth + 1)
        return _controller(head, depth)
    if verb.dep_ in ("pcomp", "prep"):
        above = head.head if head.pos_ in ("ADP", "SCONJ") else head
        if above.pos_ in ("ADJ", "ADV") and above.dep_ == "advmod":
            above = above.head  # "fell short of supplying"
        if above.pos_ in ("VERB", "AUX"):
            return _controller(above, depth, preposition=head.lower_)
        if above.pos_ in ("NOUN", "ADJ"):
            return _holder(above, depth)
    return None


def _controller(verb: Token, depth: int, preposition: str = "") -> Token | None:
    """Whose act the infinitive or gerund under a verb is."""
    of_object = verb.lemma_ in word_list("object_control") or preposition in ("of", "for", "from", "into")
    if of_object and preposition not in ("by", "without", "after", "before"):
        if is_passive(verb):
            return _surface_subject(verb, depth + 1)
        patient = next((c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"), None)
        called = next(
            (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "upon", "with")), None
        )
        if patient is not None:
            return patient
        if called is not None and verb.lemma_ in ("call", "prevail", "appeal", "plead"):
            return _pobj(called)
    if is_passive(verb) and preposition in ("by", ""):
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        return _pobj(agent) if agent is not None and preposition else _surface_subject(verb, depth + 1)
    return _surface_subject(verb, depth + 1)


def _holder(noun: Token, depth: int) -> Token | None:
    """Whose plan, decision or threat it is: the possessor, else the subject of the verb above."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    if noun.dep_ in ("dobj", "attr", "pobj", "acomp"):
        above = noun.head
        while above.pos_ in ("ADP", "NOUN") and above != above.head:
            above = above.head
        if above.pos_ in ("VERB", "AUX"):
            return _surface_subject(above, depth + 1)
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return noun
    return None


def _gap(verb: Token) -> Token | None:
    """The object that stands before its verb: "the pact (that) he signed"."""
    if verb.dep_ != "relcl":
        return None
    own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if own is None or own.lower_ in _RELATIVES:
        return None
    return verb.head


def _shared_object(verb: Token) -> Token | None:
    """The object named once behind the last of several verbs: "condemned and rejected the plan"."""
    nxt = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"), None)
    if nxt is None or nxt.i - verb.i > 3 or any(c.dep_ in ("prep", "ccomp", "xcomp") for c in verb.children):
        return None
    return next((c for c in nxt.children if c.dep_ == "dobj"), None)
