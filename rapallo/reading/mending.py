"""What the small parser gets wrong again and again, put right in its parse.

Each rule mends one construction of news prose, whatever the words: a verb tagged as a noun, a subject
swallowed by a date before it ("In April Warsaw ordered ..."), phrases hung on a price ("contracts worth
$5 billion with Peru"), an object swallowed by a time behind it ("granted him asylum hours before"), a date
read as a doer ("delivered by the end of May"), and people joined to a verb across a name ("met the premier,
Jan Nowak, and the president").
"""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from rapallo.reading.classes import head_kind
from rapallo.reading.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["mend"]

_TIMES = {*calendar.month_name[1:], *calendar.day_name, "week", "month", "year", "today", "yesterday"}
_SUBJECTS = ("nsubj", "nsubjpass")
_FINITE = ("VBD", "VBZ", "VBP")
_NOUNS = ("NOUN", "PROPN")
_SPANS = ("minute", "hour", "day", "week", "month", "year", "decade")
_LIMITS = ("end", "start", "beginning", "middle", "close", "turn", "spring", "summer", "autumn", "winter")


def mend(doc: Doc) -> None:
    """Mend a parse in place."""
    for token in doc:
        _retag(token)
    for token in doc:
        _join_verbs(token)
        _free_subject(token)
        _free_after_date(token)
        _free_relative(token)
        _lift_from_price(token)
        _free_object(token)
        _date_no_doer(token)
        _join_people(token)
        _one_subject(token)
        _object_of_call(token)


def _retag(token: Token) -> None:
    """Put right a wrong lemma, and a verb tagged as a noun in spite of its subject or object."""
    if token.tag_ in ("NNS", "NN") and any(c.dep_ in ("nsubj", "nsubjpass", "dobj") for c in token.children):
        token.pos_ = "VERB"
        token.tag_ = "VBZ" if token.lower_.endswith("s") else "VBP"
        token.lemma_ = token.lemma_.lower()
    forms = table("lemmas")["forms"]
    if token.lower_ in forms and token.pos_ == "VERB":
        token.lemma_ = forms[token.lower_]


def _join_verbs(verb: Token) -> None:
    """Join verbs of one subject read as one in another: "Peru closed ports, | halted trade"."""
    if verb.pos_ != "VERB" or verb.tag_ not in _FINITE or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    first = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i and c.tag_ in _FINITE), None)
    if first is None or not any(c.dep_ in _SUBJECTS for c in first.children):
        return
    if any(c.dep_ == "mark" for c in first.children) or first.right_edge.i + 2 < verb.i:
        return
    above, relation = (first, "ROOT") if verb.head == verb else (verb.head, verb.dep_)
    first.head, first.dep_ = above, relation
    verb.head, verb.dep_ = first, "conj"


def _free_subject(token: Token) -> None:
    """Give a verb the subject that was read as the end of a date: "In April Warsaw | ordered tanks"."""
    noun = token.head
    if (
        not _dated(token)
        or token.i + 1 > noun.i
        or noun.pos_ not in _NOUNS
        or token.dep_ not in ("compound", "nummod", "nmod")
    ):
        return
    verb = noun.head
    preposition = None
    if noun.dep_ == "pobj" and verb.dep_ == "prep":
        preposition, verb = verb, verb.head
    elif noun.dep_ not in ("npadvmod", "nsubj", "nsubjpass"):
        return
    if verb.pos_ not in ("VERB", "AUX") or noun.i > verb.i:
        return
    if noun.dep_ == "pobj" and any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children):
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    noun.head, noun.dep_ = verb, "nsubjpass" if passive else "nsubj"
    token.head, token.dep_ = (preposition, "pobj") if preposition is not None else (verb, "npadvmod")


def _free_after_date(token: Token) -> None:
    """Give a verb the subject read as a second object of a date: "On Monday | a team led by X reached Y"."""
    if token.dep_ != "pobj":
        return
    preposition, verb = token.head, token.head.head
    first = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if first is None or first == token or verb.pos_ not in ("VERB", "AUX"):
        return
    if not _dated(first) or preposition.dep_ != "prep" or token.i > verb.i:
        return
    last = token.right_edge
    taken = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if taken is not None and taken.left_edge.i == last.i + 1:
        taken.head, taken.dep_ = last, "appos"
    elif taken is not None:
        return
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    token.head, token.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _free_relative(verb: Token) -> None:
    """Read a relative clause as one: "the treaty, which | the two allies signed in 2014"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or verb.i != noun.i + 1 or noun.left_edge.i < 2:
        return
    pronoun = noun.left_edge.nbor(-1)
    described = pronoun.head
    if pronoun.lower_ != "which" or described.i > pronoun.i or described.pos_ not in _NOUNS:
        return
    verb.head, verb.dep_, verb.tag_ = described, "relcl", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
    pronoun.head, pronoun.dep_ = verb, "dobj"


def _dated(token: Token) -> bool:
    """Whether a word is a day, month, year or the like."""
    return token.text in _TIMES or (token.text.isdigit() and len(token.text) == 4)


def _lift_from_price(token: Token) -> None:
    """Hang on the priced noun what was hung on its price: "contracts worth $5 billion | with Peru"."""
    if token.lower_ != "worth" or token.head == token:
        return
    noun = token.head
    if noun.pos_ not in _NOUNS:
        noun = next((c for c in noun.children if c.dep_ in ("dobj", "nsubjpass") and c.i < token.i), noun)
    price = [token, *(t for t in token.subtree if t.dep_ == "npadvmod" or t.like_num)]
    for phrase in [p for holder in price for p in holder.children]:
        if phrase.dep_ == "prep" and phrase.i > token.i and phrase.lower_ != "of":
            phrase.head = noun.head if phrase.lower_ == "on" and noun.head.pos_ == "VERB" else noun


def _free_object(token: Token) -> None:
    """Give a verb the object that was read as part of a time: "granted him asylum | hours before"."""
    if token.lemma_ not in _SPANS or token.i + 1 >= len(token.doc):
        return
    if token.nbor(1).lower_ not in ("before", "after", "later", "earlier", "ago"):
        return
    noun = next((c for c in token.children if c.dep_ == "compound" and c.i == token.i - 1), None)
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    if noun is None or verb is None or verb.i > noun.i or any(c.dep_ == "dobj" for c in verb.children):
        return
    for child in [c for c in token.children if c.i < noun.i]:
        child.head = noun
    noun.head, noun.dep_ = verb, "dobj"


def _date_no_doer(token: Token) -> None:
    """Take a date behind a passive for what it is: "to be delivered by the end of May"."""
    if token.dep_ != "agent":
        return
    noun = next((c for c in token.children if c.dep_ == "pobj"), None)
    if noun is None:
        return
    year = noun.text.isdigit() and len(noun.text) == 4
    if year or noun.text in _TIMES or noun.lemma_.lower() in (*_TIMES, *_LIMITS):
        token.dep_ = "prep"


def _one_subject(token: Token) -> None:
    """Hang a name on the noun before it, where both were read as subjects: "the bloc | ECOWAS imposed"."""
    if token.dep_ != "nsubj" or token.pos_ != "PROPN" or token.i == 0:
        return
    before, verb = token.nbor(-1), token.head
    other = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < token.i), None)
    if other is not None and before.pos_ == "NOUN" and (before == other or other in before.ancestors):
        token.head, token.dep_ = before, "appos"


def _object_of_call(token: Token) -> None:
    """Give a call the one it is made to: "called the premier | to discuss trade"."""
    clause = token.head
    verb = clause.head
    called = (
        token.dep_ == "nsubj" and clause.dep_ == "ccomp" and verb.lemma_ in ("call", "phone", "telephone")
    )
    if called and verb.i < token.i and any(c.tag_ == "TO" for c in clause.children):
        token.head, token.dep_, clause.dep_ = verb, "dobj", "advcl"


def _join_people(token: Token) -> None:
    """Join people to people, not to the verb: "with the premier, Jan Nowak, and the president"."""
    verb = token.head
    if token.dep_ != "conj" or verb.pos_ != "VERB" or token.pos_ != "NOUN" or token.i < verb.i:
        return
    joint = next((c for c in verb.children if c.dep_ == "cc" and c.i < token.left_edge.i), None)
    if joint is None or token.left_edge.i - joint.i > 1 or any(c.pos_ == "VERB" for c in token.children):
        return
    name = next((t for t in reversed(token.doc[verb.i : joint.i]) if t.dep_ == "appos"), None)
    if name is None or name.pos_ != "PROPN" or head_kind(token) != "person":
        return
    if head_kind(name.head) == "person" and joint.i - name.i <= 2:
        token.head, joint.head = name.head, name.head
