"""Who vouches for a clause: the words that put it, and the chain of those who say, deny or allege it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rapallo.model import Holder
from rapallo.model.claims import Modality, Polarity
from rapallo.reading.lexicon import table
from rapallo.reading.roles import arguments

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["Scope", "according", "holder_names", "operator", "operators", "told_behind"]

_ORDER: tuple[Modality, ...] = ("conditional", "hypothetical", "intended", "reported", "asserted")


@dataclass(slots=True)
class Scope:
    """What stands above an act.

    Attributes:
        modalities: every modality met; the first of conditional, hypothetical, intended, reported counts.
        polarity: of the act.
        holders: from the author's side inward, the author left out.
        absorbed: the word that makes the act a part of another claim ("asked", "fears"), else empty.
        stopped: whether the act is told to have ended.
        bargain: whether it is the content of what was agreed.
        doubt: factor on the confidence.
        within: the attitude of a word above a stance.
    """

    modalities: set[Modality] = field(default_factory=set)
    polarity: Polarity = "positive"
    holders: list[Holder] = field(default_factory=list)
    absorbed: str = ""
    stopped: bool = False
    bargain: bool = False
    doubt: float = 1.0
    within: Callable[[Token], str] | None = None

    @property
    def modality(self) -> Modality:
        """The one that counts."""
        return next((m for m in _ORDER if m in self.modalities), "asserted")

    def negate(self) -> None:
        """Turn the polarity."""
        if self.polarity != "nearly":
            self.polarity = "positive" if self.polarity == "negative" else "negative"


@cache
def operators() -> Mapping[str, Mapping[str, str]]:
    """Each part of the table of operators by word: what the word does to the clause under it."""
    raw = table("operators")
    return {
        part: {word: kind for kind, words in raw[part].items() for word in words}
        for part in ("verbs", "nouns", "adjectives", "noun_governors", "modals", "sources")
    }


def operator(word: Token) -> str:
    """What a word does to the clause under it: ``says, intends, absorbs`` ...; empty where unknown."""
    part = {"NOUN": "nouns", "ADJ": "adjectives", "PROPN": "nouns"}.get(word.pos_, "verbs")
    return operators()[part].get(word.lemma_.lower(), "")


def holder_names(speech: Token, cast: Cast, attitude: str) -> list[Holder]:
    """Who says it: actors by code, else analysts, media, or unnamed."""
    subject = arguments(speech).subject if speech.pos_ in ("VERB", "AUX") else None
    named = cast.owners(speech) if speech.pos_ in ("NOUN", "PROPN") else cast.who(subject)
    if named:
        return [Holder(code, attitude) for code in named.codes]
    if subject is not None:
        told = next((c for c in speech.children if c.dep_ == "ccomp" and c.i < speech.i), None)
        if told is not None and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in subject.children):
            doer = cast.who(arguments(told).subject)  # "Peru will arm Chile, its minister said"
            if len(doer.codes) == 1:
                return [Holder(doer.codes[0], attitude)]
        lemma = subject.lemma_.lower()
        source = operators()["sources"].get(lemma)
        if source:
            return [Holder(source, attitude)]
    return [Holder("unnamed", attitude)]


def told_behind(token: Token, found: Scope, cast: Cast) -> None:
    """As in "..., an official cautioned", where the parser takes the speaker for one more clause."""
    for verb in token.sent:
        if operator(verb) == "says" and _between_commas(verb) and _covers(verb.head, token):
            found.modalities.add("reported")
            found.holders[:0] = holder_names(verb, cast, "says")
            return
        bare = not any(c.dep_ in ("cc", "ccomp", "xcomp", "dobj", "mark", "prep") for c in verb.children)
        if verb.dep_ not in ("conj", "dep") or operator(verb) != "says" or not bare:
            continue
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        joined = any(c.dep_ == "cc" for c in verb.head.children)
        if subject is None or joined or (token != verb.head and verb.head not in token.ancestors):
            continue
        if token.dep_ in ("relcl", "acl") or token.i > verb.i:
            continue
        found.modalities.add("reported")
        if "conditional" in found.modalities:
            found.modalities.add("intended")
        found.holders[:0] = holder_names(verb, cast, "says")
        return


def _between_commas(verb: Token) -> bool:
    """As in "Chad, analysts say, may leave": a sayer and a verb alone, set off on both sides."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    others = [c for c in verb.children if c.dep_ not in ("nsubj", "punct", "aux", "advmod", "npadvmod")]
    if verb.dep_ != "parataxis" or subject is None or others or verb.i < subject.i:
        return False
    first, last = subject.left_edge.i, verb.right_edge.i
    doc = verb.doc
    opens = first > verb.sent.start and ("," in (doc[first - 1].text, doc[first].text))
    closes = last + 1 < len(doc) and ("," in (doc[last].text, doc[last + 1].text))
    return opens and closes


def _covers(main: Token, token: Token) -> bool:
    """Whether a word belongs to the clause that a parenthesis stands in, relative clauses left out."""
    while token not in (main, token.head):
        if token.dep_ in ("relcl", "acl"):
            return False
        token = token.head
    return token == main


def according(token: Token, found: Scope, cast: Cast) -> None:
    """As in "according to Oslo", "in the words of": a source beside the clause."""
    for word in token.sent:
        if word.lower_ != "according" or word.head == word:
            continue
        top = word.head
        if token != top and top not in token.ancestors:
            continue
        to = next((c for c in word.children if c.dep_ == "prep"), None)
        source = next((c for c in to.children if c.dep_ == "pobj"), None) if to is not None else None
        if source is None:
            continue
        named = cast.who(source)
        lemma = source.lemma_.lower()
        who = list(named.codes) or [operators()["sources"].get(lemma, "unnamed")]
        found.modalities.add("reported")
        found.holders[:0] = [Holder(w, "says") for w in who]
        return
