"""Noun phrases to actors: names, owners of troops and ministries, apposition, reference back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapallo.reading.anaphora import GROUP_WORDS, recalled, referred
from rapallo.reading.classes import contents, head_kind, in_class
from rapallo.reading.discourse import Discourse
from rapallo.reading.frames import frames_of
from rapallo.reading.lexicon import word_list
from rapallo.reading.roles import coordinated, logical_subject
from rapallo.reading.who import BODIES, NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from rapallo.reading.mentions import Mention

__all__ = ["Cast"]

_MODIFIERS = frozenset(
    ("amod", "compound", "nmod", "poss", "nummod", "npadvmod", "punct", "conj", "cc", "appos")
)
_ONCE = frozenset(("former", "ex", "ousted", "deposed", "toppled", "overthrown", "exiled", "jailed", "late"))
_PREFIXES = frozenset(["pro", "anti", "ex", "non"])
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
        several = list(coordinated(token))
        if len(several) > 1:  # "Brazil and the Caribbean bloc CARICOM": the name may hang on the first
            several += [
                c for c in token.children if c.dep_ == "appos" and c.i > several[1].i and c.i in self.at
            ]
        return merge(self.one(each) for each in several)

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
        pronoun = token.pos_ == "PRON" or token.tag_ == "WP$"
        if pronoun or token.lower_ in GROUP_WORDS:
            found = referred(token, self)
            if found or pronoun:
                return found
        for inner in (*contents(token)[1:], *_named_after(token)):
            found = self.one(inner)
            if found or found.unnamed:
                return found
        return (
            self._owned(token) or self._apposed(token) or recalled(token, self) or self._nobody_known(token)
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

    def _mentioned(self, token: Token, mention: Mention) -> Parties:
        found = self._plain(mention)
        appositive = next((c for c in token.children if c.dep_ == "appos" and c.i in self.at), None)
        if appositive is not None and self.at[appositive.i].role == "leader":
            named = self._plain(self.at[appositive.i])
            return replace(found, names=named.names, person=True)
        if mention.role == "leader":
            before = (self.at.get(t.i) for t in _before(token))
            body = next((m for m in before if m is not None and m.role == "organisation"), None)
            if body is not None:  # "NATO Secretary-General Mark Rutte"
                return replace(self._plain(body), names=found.names, person=True)
        return found

    def _plain(self, mention: Mention) -> Parties:
        return mention.parties()

    def _owned(self, token: Token) -> Parties:
        kind = head_kind(token)
        if kind is None and token.pos_ == "PROPN" and token.ent_type_ in ("PERSON", "ORG", ""):
            titled = [
                c for c in token.children if c.dep_ in ("compound", "amod", "nmod", "appos") and head_kind(c)
            ]
            kind = head_kind(titled[0]) if titled else None
        if kind is None:
            return NOBODY
        group = self._group_of(token)
        if group:
            return group
        owner = NOBODY if token.lemma_ == "counterpart" and _only_pronoun(token) else self.owners(token)
        if not owner and token.lemma_ != "counterpart":
            words = (
                ("of", "from", "in") if token.lemma_.lower() in word_list("authorities") else ("of", "from")
            )
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in words:
                    inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                    owner = owner or (self.who(inner) if inner is not None else NOBODY)
        if not owner and kind == "person" and any(c.lower_ in _ONCE for c in token.children):
            owner = self._homeland(token)
        if not owner and kind == "person" and token.pos_ == "PROPN" and _in_office(token):
            owner = self._in_focus()
        if not owner:
            return NOBODY
        person = kind == "person" and len(owner.codes) == 1
        name = self._name_of(token)
        names = (name,) if name and person else owner.names
        found = Parties(owner.codes, names, owner.confidence, person)
        if len(owner.codes) == 1:
            for word in _alike(token.lemma_.lower()):
                self.discourse.roles[word] = found
            if person:
                self.discourse.name(found, token.i)
            if name and person:
                self.discourse.people[name.split()[-1]] = found
        return found

    def _in_focus(self) -> Parties:
        """The state that a bare "Foreign Minister Lee" serves: the one last told of, else the main one."""
        last = self.discourse.subject
        if len(last.codes) == 1 and last.role not in BODIES:
            return replace(last, confidence=0.6)
        return self.discourse.main()

    def _homeland(self, token: Token) -> Parties:
        """Of which state "the ousted president" was: of who arrests him, else of one who acts above.

        The state is not named for being plain: "Peru recalled its envoy after Chad sheltered the king".
        """
        verbs = [a for a in token.ancestors if a.pos_ == "VERB"]
        subjects = [s for s in map(logical_subject, verbs) if s is not None and token not in s.subtree]
        states = [w for w in map(self.who, subjects) if len(w.codes) == 1 and w.role != "organisation"]
        if not states:
            return NOBODY
        held = any(frame.mode == "arrest" for frame in frames_of(verbs[0].lemma_.lower()))
        others = [w for w in states if held or w.codes != states[0].codes]
        return Parties(others[0].codes, others[0].names, 0.7) if others else NOBODY

    def _group_of(self, token: Token) -> Parties:
        """The armed group whose men they are: "Russian mercenaries of the Wagner group"."""
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "from", "with"):
                for word in child.subtree:
                    mention = self.at.get(word.i)
                    if mention is not None and mention.role == "group":
                        return self._plain(mention)
        return NOBODY

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

    def _nobody_known(self, token: Token) -> Parties:
        several = token.tag_ == "NNS" and token.lemma_.lower() in word_list("many_states")
        if (several or head_kind(token) in _UNNAMED) and not any(c.dep_ == "poss" for c in token.children):
            return Parties(unnamed=True, confidence=0.7)
        return NOBODY


def _named_after(noun: Token) -> list[Token]:
    """The name of a place behind what it is: "the region of Kasai", "the city of Goma"."""
    if noun.lemma_.lower() not in word_list("kinds_of_place"):
        return []
    return [c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"]


def _alike(noun: str) -> tuple[str, ...]:
    """The words that may take a noun up again: a frigate is later "the ship" or "the vessel"."""
    if noun in word_list("ships"):
        return (noun, "ship", "vessel", "boat")
    return (noun,)


def _in_office(name: Token) -> bool:
    """Whether a name follows an office of state with no state said: "Foreign Minister Ann Lee"."""
    titles = [c for c in name.children if c.dep_ in ("compound", "nmod") and c.text[:1].isupper()]
    return any(c.lemma_.lower() in word_list("offices") for c in titles)


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
