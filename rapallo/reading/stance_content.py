"""What a stance is about: whom, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.reading.classes import in_class
from rapallo.reading.lexicon import table
from rapallo.reading.roles import prepositions
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["about", "apart", "shown", "wording"]

_LONGEST = 11
_SHOWN = 24
_OPENS = ("ADP", "SCONJ", "CCONJ", "PUNCT", "PART")
_CLOSES = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "PRON")


def about(inner: list[Token], holder: Parties, cast: Cast, without: Iterable[Token] = ()) -> Parties:
    """Whom a content is about: its doer, else everybody named there but the holder, else those of "the pact".

    Args:
        inner: heads of the content.
        holder: whose stance it is.
        cast: the actors of the paragraph.
        without: heads of what is left out of it.
    """
    for child in inner:
        clause = child
        if child.dep_ in ("prep", "agent"):
            clause = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), child)
        found = _of_clause(clause, holder, cast)
        if found:
            return found
    left_out = {t for root in without for t in root.subtree}
    named = merge(_named(child, holder, cast, left_out) for child in inner)
    if named:
        return Parties(named.codes, named.names, named.confidence)
    return _of_pact(inner, holder, cast) or _of_deed(inner, holder, cast) or _of_both(inner, holder, cast)


def _of_clause(clause: Token, holder: Parties, cast: Cast) -> Parties:
    if clause.pos_ in ("VERB", "AUX"):
        subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is None and clause.dep_ == "pcomp":  # "hopes of joining the bloc"
            subject = next((c for c in clause.children if c.dep_ == "dobj"), None)
        who = (cast.who(subject) or cast.owners(subject)) if subject is not None else NOBODY
        return _but(who, holder)
    if clause.dep_ not in ("dobj", "pobj"):
        return NOBODY
    found = _but(cast.who(clause) or cast.owners(clause), holder)
    if not found:
        deeper = merge(
            cast.who(t) for p, ts in prepositions(clause).items() for t in ts if not _field(clause, p)
        )
        rest = tuple(c for c in deeper.codes if c not in holder.codes)
        found = Parties(rest, rest, deeper.confidence)
    return found


def _but(who: Parties, holder: Parties) -> Parties:
    others = tuple(c for c in who.codes if c not in holder.codes)
    if not others:
        return NOBODY
    return Parties(others, who.names if len(others) == len(who.codes) else others, who.confidence)


def _named(root: Token, holder: Parties, cast: Cast, left_out: Collection[Token] = frozenset()) -> Parties:
    """Who is named in a content, but for asides and what a war is fought over."""
    found, seen = [], set()
    for token in root.subtree:
        mention = cast.at.get(token.i)
        if mention is None or token in left_out or mention.start in seen or mention.code in holder.codes:
            continue
        seen.add(mention.start)
        path = [token, *(a for a in token.ancestors if root in (a, *a.ancestors) and a != root)]
        if not any(a.dep_ == "relcl" or (a.dep_ == "prep" and _field(a.head, a.lower_)) for a in path):
            found.append(mention.parties())
    return merge(found)


def _field(war: Token, preposition: str) -> bool:
    """Whether a phrase says what a war is fought over: "a war over the islands"."""
    return preposition in ("over", "for") and war.lemma_.lower() in table("attitudes")["wars"]


def _of_pact(inner: list[Token], holder: Parties, cast: Cast) -> Parties:
    """The parties of the pact last told, where the content speaks of "the agreement"."""
    pact = cast.discourse.pact
    for noun in (t for child in inner for t in child.subtree):
        main = noun.dep_ in ("nsubj", "nsubjpass", "dobj") or (noun.dep_ == "pobj" and noun.head in inner)
        definite = any(c.lower_ in ("the", "this", "that") for c in noun.children)
        if main and definite and in_class(noun.lemma_.lower(), "pact"):
            return NOBODY if set(holder.codes) & set(pact.codes) else Parties(pact.codes, pact.names, 0.65)
    return NOBODY


def _definite(inner: list[Token]) -> list[Token]:
    """The nouns with "the" or "this" that a content is nothing but."""
    behind = [g for c in inner if c.dep_ in ("prep", "agent") for g in c.children if g.dep_ == "pobj"]
    nouns = [c for c in (*inner, *behind) if c.dep_ in ("dobj", "pobj") and c.pos_ == "NOUN"]
    return [n for n in nouns if any(c.lower_ in ("the", "this", "these") for c in n.children)]


def _of_deed(inner: list[Token], holder: Parties, cast: Cast) -> Parties:
    """Who did what "the raid" takes up."""
    for noun in _definite(inner):
        told = cast.discourse.episodes.meant_by(noun.lemma_.lower())
        if told is not None and (who := _but(told.doers, holder)):
            return Parties(who.codes, who.names, 0.65)
    return NOBODY


def _of_both(inner: list[Token], holder: Parties, cast: Cast) -> Parties:
    """Whose "the fighting" or "the pipeline" is: that of the two the text spoke of last."""
    pair = cast.discourse.pair
    if not _definite(inner) or len(pair.codes) != 2 or set(pair.codes) & set(holder.codes):
        return NOBODY
    return Parties(pair.codes, pair.names, 0.6)


def apart(inner: list[Token], holder: Parties, cast: Cast) -> list[tuple[Token, Parties]]:
    """The second verbs of a content, with their doer or else those they name.

    As in "that Peru will attack and that Chile will look on", "become a target and lose Chinese money".
    """
    found = []
    for clause in (c for c in inner if c.dep_ == "ccomp"):
        for verb in clause.children:
            if verb.dep_ != "conj" or verb.pos_ != "VERB":
                continue
            found.append((verb, _of_clause(verb, holder, cast) or _named(verb, holder, cast)))
    return found


def shown(inner: list[Token], without: Iterable[Token] = ()) -> list[Token]:
    """The words of a content that a quote shows, asides within it included, cut where a phrase ends."""
    tokens = _spread(inner, without)
    while tokens and (tokens[-1].pos_ == "PUNCT" or _trails(tokens[-1], tokens[0])):
        tokens.pop()
    return _cut(tokens, _SHOWN)


def _trails(last: Token, first: Token) -> bool:
    return any(_aside(a) and first not in a.subtree for a in (last, *last.ancestors))


def wording(inner: list[Token], without: Iterable[Token] = ()) -> str:
    """A content in under twelve words: asides left out, cut where a phrase ends."""
    tokens = [t for t in _spread(inner, without) if not t.is_space]
    kept = [t for t in tokens if not any(_aside(a) for a in (t, *t.ancestors))]
    tokens = [t for t in kept if t.text != "," or len(kept) == len(tokens)] or tokens
    if tokens and tokens[0].lower_ == "that":
        tokens = tokens[1:]
    words = _cut(tokens, _LONGEST)
    return "".join(
        f"{'' if i == 0 or not (words[i - 1].whitespace_ or t.i > words[i - 1].i + 1) else ' '}{t.text}"
        for i, t in enumerate(words)
    )


def _aside(verb: Token) -> bool:
    """Whether a clause only adds something: ", of which Peru is a member,"."""
    return verb.dep_ == "relcl" and verb.left_edge.i > verb.sent.start and verb.left_edge.nbor(-1).text == ","


def _spread(inner: list[Token], without: Iterable[Token]) -> list[Token]:
    left_out = {t for root in without for t in root.subtree}
    tokens = sorted({t for c in inner for t in c.subtree} - left_out)
    while tokens and (tokens[-1].pos_ in ("PUNCT", "CCONJ") or tokens[-1].is_space):
        tokens.pop()
    return tokens


def _cut(tokens: list[Token], longest: int) -> list[Token]:
    """The first words, so many at most, to the last end of a phrase among them."""
    words = [i for i, t in enumerate(tokens) if t.pos_ != "PUNCT"]
    if len(words) <= longest:
        return tokens
    most = words[longest]
    for i in range(most, 2, -1):
        if tokens[i].pos_ in _OPENS and tokens[i - 1].pos_ in _CLOSES:
            return tokens[:i]
    return tokens[:most]
