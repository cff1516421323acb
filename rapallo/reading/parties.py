"""Noun phrases to actors: names, owners of troops and ministries, apposition, reference back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapallo.reading.classes import contents, head_kind, in_class
from rapallo.reading.discourse import NOBODY, Discourse, Parties, merge
from rapallo.reading.lexicon import word_list
from rapallo.reading.roles import coordinated

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rapallo.reading.mentions import Mention

__all__ = ["Cast"]

_MODIFIERS = frozenset(
    ("amod", "compound", "nmod", "poss", "nummod", "npadvmod", "punct", "conj", "cc", "appos")
)
_PREFIXES = frozenset(["pro", "anti", "ex", "non"])
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
    "all": 0,
    "every": 2,
    "such": 0,
}
_UNNAMED = frozenset(["person", "force", "national"])


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a paragraph, asked by word.

    Attributes:
        at: the mention that covers each word, by the word's index.
        discourse: what the document has named before.
    """

    at: Mapping[int, Mention]
    discourse: Discourse
    _known: dict[int, Parties] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: tuple[Mention, ...], discourse: Discourse) -> Cast:
        """The cast of those mentions."""
        return cls({i: m for m in mentions for i in range(m.start, m.end)}, discourse)

    def who(self, token: Token | None) -> Parties:
        """Who the phrase headed by a word means, with what is joined to it by "and"; nobody where unclear."""
        if token is None:
            return NOBODY
        return merge(self.one(each) for each in coordinated(token))

    def one(self, token: Token) -> Parties:
        """Who the phrase means, coordination left aside; a phrase that leads back to itself means nobody."""
        if token.i not in self._known:
            self._known[token.i] = NOBODY
            self._known[token.i] = self._ask(token)
        return self._known[token.i]

    def _ask(self, token: Token) -> Parties:
        mention = self.at.get(token.i)
        if mention is not None:
            return self._mentioned(token, mention)
        if token.pos_ == "PRON" or token.lower_ in (
            "both",
            "latter",
            "former",
            "pair",
            "two",
            "each",
            "other",
        ):
            found = self.referred(token)
            if found or token.pos_ == "PRON":
                return found
        for inner in contents(token)[1:]:
            found = self.one(inner)
            if found or found.unnamed:
                return found
        return (
            self._owned(token) or self._apposed(token) or self._recalled(token) or self._nobody_known(token)
        )

    def owners(self, noun: Token | None) -> Parties:
        """Whose a thing is: demonyms, names and possessors before it ("Peru's", "Chilean", "Peru-Chile")."""
        if noun is None:
            return NOBODY
        found: list[Parties] = []
        places: list[Mention] = []
        seen: set[int] = set()
        for token in _before(noun):
            mention = self.at.get(token.i)
            if mention is not None and mention.start not in seen and self.is_owner(mention, noun.doc):
                seen.add(mention.start)
                found.append(self._plain(mention))
                if mention.role in ("capital", "place") and token.dep_ != "poss":
                    places.append(mention)
        if in_class(noun.lemma_.lower(), "pact") and len({m.code for m in places}) == 1 and len(found) == 1:
            return NOBODY  # named after the place where it was made
        poss = next((c for c in noun.children if c.dep_ == "poss"), None)
        if not found and poss is not None and poss.i not in self.at:
            return self.who(poss)
        return merge(found)

    def is_owner(self, mention: Mention, doc: Doc) -> bool:
        """Whether a name before a noun owns it, unlike in "Iran-backed" or "pro-Russian"."""
        after = doc[mention.end : mention.end + 2]
        before = doc[max(0, mention.start - 2) : mention.start]
        joined = (
            len(after) == 2
            and after[0].text in ("-", "–")
            and after[1].lower_ in word_list("joined_suffixes")
        )
        opposed = len(before) == 2 and before[1].text in ("-", "–") and before[0].lower_ in _PREFIXES
        spoken = len(before) > 0 and before[-1].lower_ in ("former", "pro", "anti")
        return not joined and not opposed and not spoken

    def named_in(self, root: Token, *, without: tuple[str, ...] = ()) -> Parties:
        """Every actor named under a word, in order."""
        found, seen = [], set()
        for token in root.subtree:
            mention = self.at.get(token.i)
            if mention is not None and mention.start not in seen and mention.code not in without:
                seen.add(mention.start)
                found.append(self._plain(mention))
        return merge(found)

    def referred(self, token: Token) -> Parties:
        """Who a pronoun or a group word means; nobody where it is not plain."""
        word = token.lower_
        if word in ("he", "him", "his", "she", "her"):
            return self._person(token)
        if word in ("it", "its", "itself"):
            return self._thing(token)
        if word in ("they", "their", "them", "themselves"):
            subject = self.clause_subject(token)
            return subject or self.discourse.group(token.i)
        if word in ("both", "pair", "two", "each"):
            return self.discourse.group(token.i)
        if word in ("we", "us", "our", "i", "my"):
            return self._speaker(token)
        if word in ("latter", "former"):
            return self.discourse.latter(token.i, former=word == "former")
        if word in ("whose", "who", "which", "that"):
            described = next((a.head for a in token.ancestors if a.dep_ == "relcl"), None)
            return self.who(described) if described is not None and described.i < token.i else NOBODY
        if word == "other" and any(c.lower_ in ("the", "each") for c in token.children):
            return self.discourse.group(token.i)
        return NOBODY

    def clause_subject(self, token: Token) -> Parties:
        """The subject of the clause above a word's own, or of its own where the word is not it."""
        at = token
        for _ in range(12):
            if at.head == at:
                return NOBODY
            below, at = at, at.head
            if at.pos_ not in ("VERB", "AUX"):
                continue
            subject = next((c for c in at.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if subject is None or subject in (below, token) or token.i < subject.i:
                continue
            if subject.pos_ == "PRON" and subject.lower_ == token.lower_:
                continue
            found = self.who(subject)
            if found:
                return Parties(found.codes, found.names, min(found.confidence, 0.85), found.person)
            if subject.pos_ != "PRON":
                return NOBODY
        return NOBODY

    def _mentioned(self, token: Token, mention: Mention) -> Parties:
        found = self._plain(mention)
        appositive = next((c for c in token.children if c.dep_ == "appos" and c.i in self.at), None)
        if appositive is not None and self.at[appositive.i].role == "leader":
            named = self._plain(self.at[appositive.i])
            return Parties(found.codes, named.names, found.confidence, person=True)
        return found

    def _plain(self, mention: Mention) -> Parties:
        return Parties((mention.code,), (mention.name,), mention.confidence, mention.role == "leader")

    def _owned(self, token: Token) -> Parties:
        kind = head_kind(token)
        if kind is None and token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", ""):
            titled = [
                c for c in token.children if c.dep_ in ("compound", "amod", "nmod", "appos") and head_kind(c)
            ]
            kind = head_kind(titled[0]) if titled else None
        if kind is None:
            return NOBODY
        owner = NOBODY if token.lemma_ == "counterpart" and _only_pronoun(token) else self.owners(token)
        if not owner and token.lemma_ != "counterpart":
            words = (
                ("of", "from", "in") if token.lemma_.lower() in word_list("authorities") else ("of", "from")
            )
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in words:
                    inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                    owner = owner or (self.who(inner) if inner is not None else NOBODY)
        if not owner:
            return NOBODY
        person = kind == "person" and len(owner.codes) == 1
        name = self._name_of(token)
        names = (name,) if name and person else owner.names
        found = Parties(owner.codes, names, owner.confidence, person)
        if len(owner.codes) == 1:
            self.discourse.roles[token.lemma_.lower()] = found
            if name and person:
                self.discourse.people[name.split()[-1]] = found
        return found

    def _name_of(self, token: Token) -> str:
        """The proper name in apposition to a role, or the name itself behind a title."""
        bearer = next((c for c in token.children if c.dep_ == "appos" and c.pos_ == "PROPN"), None)
        if bearer is not None and bearer.i in self.at:
            return self.at[bearer.i].name
        if bearer is None and token.pos_ == "PROPN" and head_kind(token) is None:
            bearer = token
        if bearer is None:
            return ""
        first = bearer
        while (
            first.i > 0
            and first.nbor(-1).pos_ == "PROPN"
            and first.nbor(-1).head in (bearer, first)
            and not (head_kind(first.nbor(-1)) or first.nbor(-1).i in self.at)
        ):
            first = first.nbor(-1)
        return str(bearer.doc[first.i : bearer.i + 1].text)

    def _apposed(self, token: Token) -> Parties:
        for child in token.children:
            if child.dep_ == "appos":
                found = self.one(child)
                if found:
                    return found
        return NOBODY

    def _recalled(self, token: Token) -> Parties:
        """What a role, a surname or a group word stood for when it was last named in full."""
        lemma = token.lemma_.lower()
        if token.pos_ == "PROPN" and token.text in self.discourse.people:
            return self.discourse.people[token.text]
        determiners = [c.lower_ for c in token.children if c.dep_ in ("det", "nummod", "predet", "amod")]
        sizes = [_PAIRS[w] for w in determiners if w in _PAIRS]
        counted = {"two", "2", "three", "3", "four"} & set(determiners)
        if counted and not {"the", "these", "those", "all"} & set(determiners):
            return NOBODY
        if sizes and (in_class(lemma, "sides") or lemma in word_list("countries")):
            return self.discourse.group(token.i, sizes[-1]) if sizes[-1] else NOBODY
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        if lemma in word_list("countries") and owner is not None:
            return self.who(owner)
        if "the" not in determiners and not any(c.dep_ == "poss" for c in token.children):
            return NOBODY
        if lemma in ("side", "neighbour", "neighbor", "leader") and token.tag_ == "NNS" and lemma == "side":
            return self.discourse.group(token.i)
        if any(
            c.dep_ in ("amod", "compound") and c.lower_ not in ("foreign", "prime", "defence", "defense")
            for c in token.children
        ):
            return NOBODY
        if lemma in self.discourse.roles and head_kind(token) in ("person", "institution"):
            found = self.discourse.roles[lemma]
            return Parties(found.codes, found.names, 0.75, found.person)
        if lemma in word_list("countries") and token.tag_ == "NN":
            return self.discourse.state(token.i, without=self._own_subject(token))
        if head_kind(token) in ("institution", "person", "force") and lemma in word_list("servants"):
            found = self.discourse.state(token.i)
            return Parties(found.codes, found.names, 0.6, head_kind(token) == "person")
        return NOBODY

    def _own_subject(self, token: Token) -> tuple[str, ...]:
        """Codes of the subject of the clause a word stands in, where it is not that subject itself."""
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb is not None else None
        if subject is None or subject == token or subject.pos_ == "PRON":
            return ()
        return self.who(subject).codes

    def _nobody_known(self, token: Token) -> Parties:
        if head_kind(token) in _UNNAMED and not any(c.dep_ == "poss" for c in token.children):
            return Parties(unnamed=True, confidence=0.7)
        return NOBODY

    def _person(self, token: Token) -> Parties:
        subject = self.clause_subject(token)
        if subject.person:
            return subject
        found = self.discourse.person(token.i)
        if found:
            return found
        return NOBODY

    def _speaker(self, token: Token) -> Parties:
        """Who says "we": the subject of the verb of saying above."""
        for above in token.ancestors:
            if above.lemma_ in (
                "say",
                "tell",
                "warn",
                "declare",
                "add",
                "announce",
                "state",
                "write",
                "insist",
            ):
                subject = next((c for c in above.children if c.dep_ == "nsubj"), None)
                if subject is not None and subject != token and subject.lower_ not in ("we", "i"):
                    return self.who(subject)
        return NOBODY

    def _thing(self, token: Token) -> Parties:
        subject = self.clause_subject(token)
        if subject:
            return subject if not subject.person or token.lower_ == "its" else NOBODY
        leads = token.dep_ in ("nsubj", "nsubjpass") or (
            token.dep_ == "poss" and token.head.dep_ in ("nsubj", "nsubjpass")
        )
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)
        said = {t.i for c in verb.children if c.dep_ == "ccomp" for t in c.subtree}
        opens = leads and not any(
            t.i in self.at and t.i not in said for t in token.doc[token.sent.start : token.i]
        )
        before = self.discourse.subject
        if opens and len(before.codes) == 1 and not before.person:
            return Parties(before.codes, before.names, 0.65)
        return NOBODY


def _only_pronoun(noun: Token) -> bool:
    """Whether a noun has no owner but a pronoun."""
    return not any(c.dep_ in ("amod", "compound", "nmod") and c.text[:1].isupper() for c in noun.children)


def _before(noun: Token) -> list[Token]:
    """The words before a noun that modify it, through compounds and possessors."""
    found, todo = [], [noun]
    while todo:
        at = todo.pop()
        for child in at.children:
            if child.i < noun.i and child.dep_ in _MODIFIERS:
                found.append(child)
                todo.append(child)
    return sorted(found, key=lambda t: t.i)
