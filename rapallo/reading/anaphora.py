"""Reference back: pronouns, "both sides", "the rebels", "the tiny island"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rapallo.actors import actor
from rapallo.errors import UnknownActorError
from rapallo.reading.classes import classes_of, head_kind, in_class
from rapallo.reading.frames import frames_of
from rapallo.reading.lexicon import word_list
from rapallo.reading.roles import is_passive, logical_subject
from rapallo.reading.who import NOBODY, Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["GROUP_WORDS", "is_plural", "recalled", "referred"]

GROUP_WORDS = frozenset(
    ("both", "latter", "former", "pair", "two", "each", "other", "either", "neither", "duo", "trio")
)
_PAIRS = {
    "both": 2,
    "two": 2,
    "2": 2,
    "each": 2,
    "either": 2,
    "neither": 2,
    "three": 3,
    "3": 3,
    "four": 4,
    "4": 4,
    "five": 5,
    "all": 0,
    "every": 2,
    "such": 0,
}
_SPEAKING = frozenset(
    ("say", "tell", "warn", "declare", "add", "announce", "state", "write", "insist", "vow", "reply")
)
_SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTS = ("dobj", "pobj", "dative", "iobj")
_REFLEXIVE = ("itself", "themselves", "himself", "herself")
_OFFICES = ("foreign", "prime", "defence", "defense", "military", "armed", "new", "ruling", "national")
_LAST = 12


def referred(token: Token, cast: Cast) -> Parties:
    """Who a pronoun or a group word means; nobody where it is not plain."""
    word = token.lower_
    if word in ("he", "him", "his", "she", "her"):
        return _person(token, cast)
    if word in ("it", "its", "itself"):
        return _thing(token, cast)
    if word in ("they", "their", "them", "themselves"):
        return _several(token, cast)
    if word in ("both", "pair", "two", "each", "either", "neither", "duo", "trio"):
        counted = any(c.dep_ == "pobj" for p in token.children if p.lower_ == "of" for c in p.children)
        if counted and word not in ("pair", "duo", "trio"):
            whole = next(
                c for p in token.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"
            )
            return cast.who(whole)
        return _together(token, cast, 3 if word == "trio" else 2)
    if word in ("we", "us", "our", "i", "my"):
        return _speaker(token, cast)
    if word in ("latter", "former"):
        return cast.discourse.latter(token.i, former=word == "former")
    if word in ("whose", "who", "which", "that"):
        described = next((a.head for a in token.ancestors if a.dep_ == "relcl"), None)
        return cast.who(described) if described is not None and described.i < token.i else NOBODY
    if word == "other" and any(c.lower_ in ("the", "each") for c in token.children):
        return cast.discourse.group(token.i)
    return NOBODY


def recalled(token: Token, cast: Cast) -> Parties:
    """What a role, a surname or a group word stood for when it was last named in full."""
    discourse = cast.discourse
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and token.text in discourse.people:
        return discourse.people[token.text]
    before = [c for c in token.children if c.dep_ in ("det", "nummod", "predet", "amod")]
    determiners = [c.lower_ for c in before]
    sizes = [_PAIRS[w] for w in determiners if w in _PAIRS]
    counted = {"two", "2", "three", "3", "four", "4", "five"} & set(determiners)
    if counted and not {"the", "these", "those", "all"} & set(determiners):
        return NOBODY
    sides = in_class(lemma, "sides") or lemma in word_list("countries") or lemma in word_list("rivals")
    if sizes and sides and not any(c.dep_ == "conj" for c in token.children):
        return _together(token, cast, sizes[-1]) if sizes[-1] else NOBODY
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if lemma in word_list("countries") and owner is not None:
        return cast.who(owner)
    if lemma in word_list("neighbours") and owner is not None:
        return _neighbour(token, cast.who(owner), cast)
    if token.tag_ == "NNS" and lemma in word_list("delegates") and not before and owner is None:
        return discourse.body(token.i, "organisation") if _of_a_body(token, cast) else NOBODY
    bare = lemma in ("parliament", "congress") and not list(token.lefts) and token.dep_ in _SUBJECTS
    if not bare and not {"the", "that", "this", "those", "these"} & set(determiners) and owner is None:
        return NOBODY
    if token.tag_ == "NNS" and (lemma in word_list("rivals") or lemma in word_list("countries")):
        return _together(token, cast, 2) if owner is None else NOBODY
    if owner is not None and lemma not in discourse.roles:
        return NOBODY
    adjectives = [c for c in token.children if c.dep_ in ("amod", "compound", "nmod")]
    if any(c.lower_ in word_list("strangers") or c.i in cast.at for c in adjectives):
        return NOBODY
    if lemma in word_list("countries") and token.tag_ == "NN":
        barred = _own_subject(token, cast)
        verb = _own_verb(token)
        if verb is not None and is_passive(verb) and logical_subject(verb) is None:
            told = discourse.episodes.punished(1)
            if told is not None:
                return replace(told.targets, confidence=0.7)
        return _styled(lemma, cast, barred) or discourse.state(token.i, without=barred)
    armed = lemma in word_list("armed") and not any(c.text[:1].isupper() for c in adjectives)
    if armed and (group := discourse.body(token.i, "group")):
        hired = group.codes == ("WAGNER",) and lemma not in ("group", "outfit", "organisation")
        return NOBODY if hired else group
    if lemma in word_list("bodies") and owner is None:
        return discourse.body(token.i, "organisation")
    if any(c.lower_ in ("coup", "putsch", "junta") for c in adjectives):
        return replace(discourse.episodes.coup(), confidence=0.75)
    if any(c.lower_ not in _OFFICES for c in adjectives):
        return NOBODY
    if owner is None and lemma in word_list("putschists") and (coup := discourse.episodes.coup()):
        return replace(coup, confidence=0.75, person=False)
    if lemma in discourse.roles and (head_kind(token) or in_class(lemma, "vessel")):
        found = discourse.roles[lemma]
        return Parties(found.codes, found.names, 0.75, found.person)
    if head_kind(token) in ("institution", "person", "force") and lemma in word_list("servants"):
        found = discourse.state(token.i, sentences=1) or discourse.main() or discourse.state(token.i)
        return Parties(found.codes, found.names, 0.6, head_kind(token) == "person")
    return NOBODY


def _neighbour(token: Token, owner: Parties, cast: Cast) -> Parties:
    """Whom "its neighbour" means: the only other state of the sentence, else the other one of the story."""
    named = cast.named_in(token.sent.root, without=owner.codes)
    if len(named.codes) == 1 and not named.role:
        return replace(named, confidence=0.7)
    discourse = cast.discourse
    for known in (discourse.leads(), discourse.main()):
        other = tuple(c for c in known.codes if c not in owner.codes)
        if len(other) == 1:
            return Parties(other, other, 0.6)
    return _nearest(token, cast, owner.codes) or discourse.state(token.i, without=owner.codes)


def _of_a_body(token: Token, cast: Cast) -> bool:
    """Whether "leaders", "ministers" without more are those of the body that the text has just told of."""
    said = token.dep_ in _SUBJECTS and not any(c.dep_ == "prep" for c in token.children)
    return said and "organisation" in cast.discourse.episodes.roles()


def _styled(lemma: str, cast: Cast, barred: tuple[str, ...]) -> Parties:
    """The state last named whose official name calls it so: "the kingdom" is Saudi Arabia, not Pakistan."""
    known = (code for code in cast.discourse.codes() if code not in barred)
    found = next((code for code in known if lemma in _style(code)), "")
    return Parties((found,), (found,), 0.75) if found else NOBODY


@cache
def _style(code: str) -> frozenset[str]:
    """The words for a form of state in the official names of an actor, where few states bear them."""
    rare = ("kingdom", "sultanate", "emirate", "principality", "duchy")
    try:
        names = actor(code).names
    except UnknownActorError:
        return frozenset()
    words = {w.rstrip("s") for name in names for w in name.text.lower().split()}
    style = words & set(rare)
    return frozenset(style | ({"monarchy"} if style else set()))


def clause_subject(token: Token, cast: Cast, without: tuple[str, ...] = ()) -> tuple[Parties, Token | None]:
    """The subject of the clause above a word's own, or of its own where the word is not it; and its word.

    Args:
        token: the pronoun.
        cast: the actors of its paragraph.
        without: codes that it cannot be.
    """
    at = token
    for _ in range(_LAST):
        if at.head == at:
            break
        below, at = at, at.head
        if at.pos_ not in ("VERB", "AUX"):
            continue
        subject = next((c for c in at.children if c.dep_ in _SUBJECTS), None)
        if subject is None or subject in (below, token) or token.i < subject.i:
            continue
        found = cast.who(subject)
        if found and not set(found.codes) <= set(without):
            return replace(found, confidence=min(found.confidence, 0.85)), subject
        if not found and subject.pos_ != "PRON":
            break
    return NOBODY, None


def _own_verb(token: Token) -> Token | None:
    return next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)


def _barred(token: Token, cast: Cast) -> tuple[str, ...]:
    """Whom a pronoun cannot mean: the doer of its own verb, or the one who asks or accuses."""
    verb = _own_verb(token)
    if verb is None or token.lower_ in _REFLEXIVE:
        return ()
    if token.dep_ in _SUBJECTS:
        above = verb.head
        if verb.dep_ in ("ccomp", "advcl", "xcomp") and above.lemma_.lower() in word_list("of_others"):
            verb = above
        else:
            return ()
    elif token.dep_ == "poss" and not _of_the_other(token.head, verb):
        return ()
    subject = logical_subject(verb)
    if subject is None or subject == token or token in subject.subtree:
        return ()
    return cast.who(subject).codes


def _of_the_other(thing: Token, verb: Token) -> bool:
    """Whether what is owned is not the doer's: an offer turned down, the soil on which a camp is bombed."""
    lemma = thing.lemma_.lower()
    if lemma in word_list("of_the_other"):
        return True
    acts = {frame.event for frame in frames_of(verb.lemma_.lower())}
    if lemma in word_list("of_a_land") or classes_of(thing) & {"vessel", "embassy", "troops"}:
        return bool(acts & {"ASSAULT", "COERCE"})
    if lemma in word_list("of_a_purse"):
        return "SANCTION" in acts
    return lemma in word_list("of_a_state") and verb.lemma_.lower() in word_list("recognising")


def _own_subject(token: Token, cast: Cast) -> tuple[str, ...]:
    """Codes of the doer of the clause a word stands in, where it is not that doer itself."""
    verb = _own_verb(token)
    subject = logical_subject(verb) if verb is not None else None
    if subject is None or subject == token or token in subject.subtree:
        return ()
    return cast.who(subject).codes


def _together(token: Token, cast: Cast, size: int) -> Parties:
    """Who "both sides" or "the two countries" are."""
    barred = _own_subject(token, cast)
    lemma = token.lemma_.lower()
    if lemma in ("signatory", "signer") and len(cast.discourse.pact.codes) == size:
        return cast.discourse.pact
    states_only = lemma in word_list("countries") or head_kind(token) in ("person", "force", "institution")
    at_odds = lemma in word_list("rivals")
    return cast.discourse.group(
        token.i, size, without=barred, states_only=states_only and lemma != "party", at_odds=at_odds
    )


def _person(token: Token, cast: Cast) -> Parties:
    subject, _ = clause_subject(token, cast)
    if subject.person:
        return subject
    return cast.discourse.person(token.i)


def _speaker(token: Token, cast: Cast) -> Parties:
    """Who says "we": the subject of the verb of saying above."""
    for above in token.ancestors:
        if above.lemma_ in _SPEAKING:
            subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
            if subject is not None and subject != token and subject.lower_ not in ("we", "i"):
                return cast.who(subject)
    return NOBODY


def _several(token: Token, cast: Cast) -> Parties:
    """Who "they" are: a plural subject, else the last plural named, else the last two."""
    barred = _barred(token, cast)
    subject, word = clause_subject(token, cast, barred)
    if subject and (len(subject.codes) > 1 or (word is not None and is_plural(word, subject))):
        return subject
    for before in reversed(list(token.doc[token.sent.start : token.i])):
        if before.tag_ not in ("NNS", "NNPS"):
            continue
        found = cast.one(before)
        if found and not set(found.codes) & set(barred):
            return replace(found, confidence=min(found.confidence, 0.75))
        if not found and token.dep_ in _OBJECTS and head_kind(before) is None and classes_of(before):
            return NOBODY  # things
    together = [p for at, p in cast.discourse.sets[-1] if at < token.i and not set(p.codes) & set(barred)]
    if together:
        return replace(together[-1], confidence=min(together[-1].confidence, 0.75))
    last = cast.discourse.subject
    if last and cast.discourse.plural and not subject and not set(last.codes) <= set(barred):
        return Parties(last.codes, last.names, 0.65, last.person)
    return subject or cast.discourse.group(token.i, without=barred)


def is_plural(word: Token, found: Parties) -> bool:
    """Whether a phrase is taken up by "they"."""
    return (
        word.tag_ in ("NNS", "NNPS")
        or found.role in ("group", "nationals")
        or word.lower_ in GROUP_WORDS
        or any(c.dep_ == "conj" for c in word.children)
    )


def _thing(token: Token, cast: Cast) -> Parties:
    """Who "it" or "its" is."""
    barred = _barred(token, cast)
    subject, _ = clause_subject(token, cast, barred)
    if subject and not (subject.role == "organisation" and _only_of_a_state(token)):
        if not subject.person or token.lower_ == "its":
            return subject
        return NOBODY
    if subject:
        return cast.discourse.state(token.i, without=subject.codes)
    verb = _own_verb(token)
    if token.dep_ in _SUBJECTS and verb is not None and (beside := _clause_before(token, verb, cast)):
        return beside
    if token.dep_ in _OBJECTS or barred:
        if token.dep_ in _OBJECTS and verb is not None and verb.lemma_.lower() in word_list("reacting"):
            return NOBODY  # the deed, not a state
        return _nearest(token, cast, barred) or cast.discourse.state(token.i, without=barred)
    leads = token.dep_ in _SUBJECTS or (token.dep_ == "poss" and token.head.dep_ in _SUBJECTS)
    said = {t.i for c in (verb or token).children if c.dep_ == "ccomp" for t in c.subtree}
    opens = leads and not any(
        t.i in cast.at and t.i not in said for t in token.doc[token.sent.start : token.i]
    )
    before = cast.discourse.subject
    if opens and len(before.codes) == 1 and not before.person:
        return Parties(before.codes, before.names, 0.65)
    if opens and not before:
        return cast.discourse.alone()
    return NOBODY


def _clause_before(token: Token, verb: Token, cast: Cast) -> Parties:
    """The subject of the clause before a semicolon: "Ghana recalled its envoy; it also banned imports"."""
    first = next((c for c in verb.children if c.dep_ in ("ccomp", "parataxis") and c.i < token.i), None)
    if first is None or not any(t.text == ";" for t in token.doc[first.i : token.i]):
        return NOBODY
    found = cast.who(next((c for c in first.children if c.dep_ in _SUBJECTS), None))
    plain = len(found.codes) == 1 and not found.person
    return replace(found, confidence=min(found.confidence, 0.75)) if plain else NOBODY


def _nearest(token: Token, cast: Cast, barred: tuple[str, ...]) -> Parties:
    """The last one named before a word in its sentence, as the head of a phrase of its own."""
    for before in reversed(list(token.doc[token.sent.start : token.i])):
        if before.pos_ not in ("NOUN", "PROPN") or before.dep_ in ("poss", "compound", "amod", "nmod"):
            continue
        found = cast.one(before)
        if len(found.codes) == 1 and not found.person and not set(found.codes) & set(barred):
            return Parties(found.codes, found.names, 0.7, role=found.role)
    return NOBODY


def _only_of_a_state(token: Token) -> bool:
    """Whether "its" owns what states alone have: soldiers, a border, a parliament."""
    return token.dep_ == "poss" and (
        head_kind(token.head) in ("force", "person") or token.head.lemma_.lower() in word_list("of_states")
    )
