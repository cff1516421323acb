"""Where a frame finds its targets: objects, owners, prepositions, complements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapallo.reading.classes import contents
from rapallo.reading.lexicon import table
from rapallo.reading.roles import Arguments, arguments, coordinated, logical_subject, parted, prepositions
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["Clause", "complement_of", "is_definite", "only", "place", "whose"]

_TREATIES = ("pact", "treaty", "agreement", "deal", "accord", "alliance", "partnership")
_LINKED = (
    "link",
    "tie",
    "belong",
    "bind",
    "connect",
    "register",
    "flag",
    "own",
    "operate",
    "charter",
    "base",
)
_ANSWERS = ("response", "retaliation", "reply", "reaction", "revenge", "answer", "protest")
_RELATIVES = ("who", "which", "that", "whose")
_TAKING_UP = ("it", "this", "that", "which")
_DEFINITE = ("the", "this", "that", "these", "those", "such", "any")
_AIMED = ("against", "on", "from", "to", "with")


@dataclass(frozen=True, slots=True)
class Clause:
    """What the slots of a frame are looked for in.

    Attributes:
        arguments: the roles of the predicate.
        object: head of its object.
        complement: head of the clause that completes it.
        cast: the actors of the paragraph.
        aim: whom the act of a complement is aimed at; asked only where a slot wants it.
    """

    arguments: Arguments
    object: Token | None
    complement: Token | None
    cast: Cast
    aim: Callable[[Token], Parties]

    def first(self, slots: tuple[str, ...], *, without: tuple[str, ...] = ()) -> Parties:
        """Who the first slot names that names somebody else than those to be left out."""
        for slot in slots:
            found = self.slot(slot)
            if not found:
                continue
            if slot in ("own", "of") and without and set(found.codes) <= set(without) and slots[0] != "obj":
                return NOBODY  # its own people or things: the place named after them is no target
            others = only(found, without=without)
            if others:
                return others
        return NOBODY

    def every(self, slots: tuple[str, ...], *, without: tuple[str, ...] = ()) -> Parties:
        """All that the slots name but those to be left out."""
        return merge(only(self.slot(slot), without=without) for slot in slots)

    def slot(self, name: str) -> Parties:
        """Who stands in one slot.

        Args:
            name: ``obj, iobj, own`` (whose the object is), ``comp`` (subject of the complement), ``comp_obj``
                (whom the complement's act is aimed at), ``pair`` (the two last spoken of), ``foe`` (the one
                who did the deed last told), ``last`` (the same, where the object is that deed), ``relcl``
                (targets of the act that describes the object), ``shared`` (the object of the verb it is
                joined to), ``above`` (who does what a noun's phrase only accompanies), a preposition, or
                ``preposition.inner`` where inner is ``own`` or a preposition behind that noun.
        """
        if name == "obj":
            return self.cast.who(self.object)
        if name == "iobj":
            return self.cast.who(self.arguments.recipient)
        if name == "own":
            nouns = coordinated(self.object) if self.object is not None else ()
            return merge(whose(t, self.cast) for noun in nouns for t in contents(noun))
        if name == "comp":
            inner = self.complement.children if self.complement is not None else ()
            subject = next((c for c in inner if c.dep_ in ("nsubj", "nsubjpass")), None)
            return place(subject, self.cast) if subject is not None else NOBODY
        if name == "comp_obj":
            return self._aimed_at()
        if name == "foe":
            return self.provoker() or self._foe()
        if name == "pair":
            return self._two_others() if self._definite() else NOBODY
        if name == "shared":
            first = self.arguments.joined
            return self.cast.who(arguments(first).object) if first is not None else NOBODY
        if name == "last":
            return self._deed()
        if name == "above":
            return self.cast.who(self.arguments.above)
        if name == "relcl":
            inner_verbs = (
                [c for c in self.object.children if c.dep_ in ("relcl", "acl")]
                if self.object is not None
                else []
            )
            return next((w for w in map(self.aim, inner_verbs) if w), NOBODY)
        outer, _, inner_name = name.partition(".")
        heads = self.arguments.prepositions.get(outer, [])
        if outer == "obj" and self.object is not None:
            heads = [self.object]
        if not inner_name:
            return merge(place(t, self.cast) for t in heads)
        for head in heads:
            behind = [t for noun in coordinated(head) for t in prepositions(noun).get(inner_name, [])]
            found = (
                self.cast.owners(head) if inner_name == "own" else merge(place(t, self.cast) for t in behind)
            )
            if found:
                return found
        return NOBODY

    def provoker(self) -> Parties:
        """Whose deed the act answers: "in response to the Chilean drill", "in reply to Peru's raid"."""
        for noun in self.arguments.prepositions.get("in", []):
            if noun.lemma_.lower() in _ANSWERS:
                behind = prepositions(noun)
                named = [t for p in ("to", "for", "at", "against") for t in behind.get(p, [])]
                return next((w for w in (place(t, self.cast) for t in named) if w), NOBODY)
        return NOBODY

    def _foe(self) -> Parties:
        """Who last acted on the doer, the other side of its last act, or the one state named beside."""
        subject = self.arguments.subject
        doers = self.cast.who(subject).codes
        discourse = self.cast.discourse
        told = discourse.episodes
        acted = [by(c) for by in (told.foe, told.other) for c in doers]
        deed = told.deed()
        if deed.role == "organisation":
            punished = told.punished()
            deed = punished.targets if punished is not None else NOBODY
        for found in (acted[0] if acted else NOBODY, deed, *acted):
            if len(found.codes) == 1 and not set(found.codes) & set(doers):
                return Parties(found.codes, found.names, 0.65)
        return discourse.state(subject.i, without=doers) if subject is not None and doers else NOBODY

    def _deed(self) -> Parties:
        """Who did what the object takes up: "the move", "it", "a step" beside the clause that tells it."""
        noun = self.object
        if noun is None:
            return NOBODY
        if noun.lower_ in _TAKING_UP:
            return self.cast.discourse.episodes.deed()
        if self._definite() and (told := deed_told(noun, self.cast)):
            return told
        if noun.lemma_.lower() not in table("modes")["deeds"]:
            return NOBODY
        if self._definite():
            return self.cast.discourse.episodes.deed()
        if noun.dep_ in ("npadvmod", "appos", "dobj", "conj", "attr") and any(
            c.dep_ in ("relcl", "acl") for c in noun.children
        ):
            above = next((a for a in noun.ancestors if a.pos_ == "VERB"), None)
            return self.cast.who(logical_subject(above)) if above is not None else NOBODY
        return NOBODY

    def _definite(self) -> bool:
        """Whether the object is one spoken of before ("the talks", "their meeting"), or there is none."""
        if self.object is None:
            return True
        return any(c.lower_ in ("the", "this", "that", "these", "their") for c in self.object.children)

    def _two_others(self) -> Parties:
        """The two last spoken of together, the doer not among them."""
        doer = set(self.cast.who(self.arguments.subject).codes)
        known = (self.cast.discourse.pair, self.cast.discourse.pact)
        return next((p for p in known if len(p.codes) == 2 and not doer & set(p.codes)), NOBODY)

    def _aimed_at(self) -> Parties:
        complement = self.complement
        if complement is None or complement.pos_ not in ("VERB", "AUX"):
            return NOBODY
        found = self.aim(complement)
        if found:
            return found
        inner = arguments(complement)
        found = self.cast.who(inner.object) or (
            whose(inner.object, self.cast) if inner.object is not None else NOBODY
        )
        aimed = [t for p in _AIMED for t in inner.prepositions.get(p, [])]
        return found or next((w for w in (place(t, self.cast) for t in aimed) if w), NOBODY)


def is_definite(noun: Token) -> bool:
    """Whether a noun takes up something told before: "the raid", "such measures"."""
    return any(c.lower_ in _DEFINITE for c in noun.children)


def deed_told(noun: Token, cast: Cast) -> Parties:
    """Who did the act that a noun takes up ("the raid"); all who did it together."""
    if not is_definite(noun) or any(c.dep_ in ("poss", "relcl", "acl") for c in noun.children):
        return NOBODY
    told = cast.discourse.episodes.meant_by(noun.lemma_.lower())
    return replace(told.doers, confidence=0.7 * told.doers.confidence) if told is not None else NOBODY


def only(found: Parties, *, without: tuple[str, ...]) -> Parties:
    """Those parties without some codes."""
    if not set(found.codes) & set(without):
        return found
    names = found.names if len(found.names) == len(found.codes) else found.codes
    kept = [(c, n) for c, n in zip(found.codes, names, strict=True) if c not in without]
    return Parties(tuple(c for c, _ in kept), tuple(n for _, n in kept), found.confidence, found.person)


def place(token: Token, cast: Cast) -> Parties:
    """Who is named behind a preposition: the actor, or whose the thing or its apposition is."""
    found = cast.who(token) or merge(whose(t, cast) for t in coordinated(token))
    beside = (c for c in token.children if c.dep_ == "appos")
    return found or next((w for w in (whose(c, cast) for c in beside) if w), NOBODY)


def whose(noun: Token, cast: Cast) -> Parties:
    """Whose a thing is: its owner, who made it ("the plan drawn up by Chad"), for a border the other side."""
    owner = cast.owners(noun)
    if owner:
        return owner
    if noun.lower_ in ("it", "this") and cast.discourse.pact_noun >= len(cast.discourse.sentences) - 1:
        return cast.discourse.treaty()
    definite = any(c.lower_ in ("the", "this", "that", "these") for c in noun.children)
    named = any(c.pos_ == "PROPN" for c in noun.children if c.i < noun.i)
    if (
        definite
        and not named
        and noun.lemma_.lower() in _TREATIES
        and cast.discourse.treaty()
        and not prepositions(noun).get("with")
        and not any(c.dep_ == "relcl" and prepositions(c).get("with") for c in noun.children)
    ):
        return cast.discourse.treaty()
    for child in noun.children:
        if child.dep_ == "relcl" and not any(c.dep_ == "prep" for c in child.children if c.i < child.i):
            lodger = next((c for c in child.children if c.dep_ == "nsubj"), None)
            if lodger is not None and lodger.lower_ not in _RELATIVES and (found := cast.who(lodger)):
                return found  # "the complaint that Peru lodged", "waters that Peru claims"
        if child.dep_ == "acl" and child.lemma_.lower() in _LINKED:
            tied = [t for p in ("to", "in", "by", "for") for t in prepositions(child).get(p, [])]
            found = merge(cast.who(t) for t in tied)
            if found:
                return found
        if child.dep_ == "acl" and child.tag_ == "VBN":
            agent = arguments(child).subject
            found = (cast.who(agent) or cast.owners(agent)) if agent is not None else NOBODY
            if found:
                return found
        beside = child.lower_ == "with" and noun.lemma_ in ("border", "frontier")
        if child.dep_ == "prep" and (child.lower_ == "by" or beside):
            behind = next((c for c in child.children if c.dep_ == "pobj"), None)
            if behind is not None and cast.who(behind):
                return cast.who(behind)
    return deed_told(noun, cast)


def complement_of(token: Token) -> Token | None:
    """The clause that completes a verb: that-clause, infinitive, gerund, also behind its object or "on"."""
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acl") and child.pos_ in ("VERB", "AUX") and not parted(child):
            return child
        if child.dep_ == "advcl" and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children):
            return child
        if child.dep_ == "advcl" and child.tag_ == "VBG" and 0 < child.i - token.i < 3:
            return child  # "ruled out accepting"
        if child.dep_ in ("dobj", "npadvmod"):
            inner = _infinitive(child)
            if inner is not None and inner.i > token.i:
                return inner
        if child.dep_ == "prep" and child.lower_ in ("to", "for", "on", "upon"):
            behind = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if behind is not None and behind.dep_ == "pcomp":
                return behind
            inner = _infinitive(behind) if behind is not None else None
            if inner is not None:
                return inner
    return None


def _infinitive(noun: Token) -> Token | None:
    return next((c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
