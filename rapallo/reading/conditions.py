"""What a frame asks of the words around its predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of, contents
from rapallo.reading.lexicon import table
from rapallo.reading.roles import arguments
from rapallo.reading.slots import complement_of, place, whose
from rapallo.reading.who import NOBODY

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.frames import Frame
    from rapallo.reading.parties import Cast
    from rapallo.reading.roles import Arguments
    from rapallo.reading.who import Parties

__all__ = ["meets", "negated", "noun_is", "speaks_of_self", "words_fit"]

_AHEAD = ("will", "would", "shall", "’ll", "'ll", "’d", "'d", "wo")
_NOT_ONLY = ("only", "just", "merely", "simply", "least")
_NEVER = ("never", "nor", "neither", "hardly", "scarcely")
_NONE = ("nobody", "none", "nothing", "neither")


def negated(token: Token) -> bool:
    """Whether the predicate itself is negated; "not only" is no negation.

    "no" before the object counts, "never" and "without" too.
    """
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in _NEVER:
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if following not in _NOT_ONLY:
                return True
        if child.dep_ in ("dobj", "attr", "nsubj", "nsubjpass"):
            determiners = [c.lower_ for c in child.children if c.dep_ in ("det", "cc", "preconj")]
            if child.lower_ in _NONE or "no" in determiners or "neither" in determiners:
                return True
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def noun_is(spec: tuple[str, ...], noun: Token | None, cast: Cast) -> bool:
    """Whether a noun is what a frame asks for.

    That is of a class, ``=lemma``, ``actor``, ``org``, ``national`` or ``any``.
    """
    if noun is None:
        return False
    if "any" in spec:
        return True
    if noun.lower_ in ("it", "this") and "pact" in spec:
        return cast.discourse.pact_noun >= len(cast.discourse.sentences) - 1
    if "org" in spec and noun.i in cast.at and cast.at[noun.i].role in ("organisation", "bloc"):
        return True
    lemmas = {t.lemma_.lower() for n in (noun, *noun.conjuncts) for t in contents(n)} | {noun.lower_}
    lemmas |= {w[:-1] for w in lemmas if w.endswith("s")}
    if any(s[0] == "=" and s[1:] in lemmas for s in spec) or set(spec) & classes_of(noun):
        return True
    if "national" in spec and any(_is_demonym(t, cast) for n in (noun, *noun.conjuncts) for t in contents(n)):
        return True
    return "actor" in spec and bool(cast.who(noun))


def _is_demonym(noun: Token, cast: Cast) -> bool:
    """Whether a word means people by the name of their state ("Afghans")."""
    mention = cast.at.get(noun.i)
    return mention is not None and mention.role == "nationals" and noun.tag_.startswith("NN")


def meets(frame: Frame, token: Token, args: Arguments, obj: Token | None, cast: Cast) -> bool:
    """Whether object, prepositions, negation and words are as the frame asks."""
    if (frame.no_obj and args.object is not None) or (frame.obj and not noun_is(frame.obj, obj, cast)):
        return False
    if frame.comp in ("fact", "ahead") and not _foretells(token, expected=frame.comp == "ahead"):
        return False
    if frame.excepts and obj is not None and set(frame.excepts) & classes_of(obj):
        return False
    behind = args.prepositions
    if frame.pp and not any(
        noun_is(spec, t, cast) for p, spec in frame.pp.items() for t in behind.get(p, [])
    ):
        return False
    if frame.party and not (behind.get("with") or _is_party(obj, args, cast)):
        return False
    if (frame.negated and not negated(token)) or not words_fit(frame, token, obj):
        return False
    if frame.needs and not any(place(t, cast) for p in frame.needs for t in behind.get(p, [])):
        return False
    return not frame.purpose or _helps(token)


def _foretells(verb: Token, *, expected: bool) -> bool:
    """Whether the clause under a verb tells what will be, or, where that is not expected, what is."""
    clause = complement_of(verb)
    if clause is None or (not expected and clause.dep_ != "ccomp"):
        return False
    bare = clause.tag_ == "VB" and any(c.tag_ == "TO" for c in clause.children)
    ahead = bare or any(c.tag_ == "MD" and c.lower_ in _AHEAD for c in clause.children)
    return ahead == expected


def _is_party(pact: Token | None, args: Arguments, cast: Cast) -> bool:
    """Whether the doer is bound by the pact it acts on."""
    parties = whose(pact, cast) if pact is not None else NOBODY
    doer = cast.who(args.subject)
    return args.passive or bool(set(doer.codes) & set(parties.codes))


def words_fit(frame: Frame, token: Token, obj: Token | None) -> bool:
    """Whether the words a frame wants stand in the clause or before the object."""
    if frame.word and not set(frame.word) & {w for t in token.subtree for w in (t.lower_, t.lemma_.lower())}:
        return False
    if frame.adj:
        return obj is not None and bool(set(frame.adj) & {t.lower_ for t in obj.subtree})
    if frame.of:
        roots = [obj if obj is not None else token]
        roots += [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("for", "of")]
        inner = [t for root in roots for t in root.subtree if t.pos_ in ("NOUN", "PROPN") and t != obj]
        return any(set(frame.of) & classes_of(t) for t in inner)
    return True


def _helps(token: Token) -> bool:
    """Whether an act is done to help somebody."""
    inner = [c for c in token.children if c.dep_ in ("xcomp", "advcl", "acl")]
    inner += [g for c in token.children if c.dep_ == "dobj" for g in c.children if g.dep_ in ("acl", "relcl")]
    return any(v.lemma_.lower() in table("modes")["helping"] for v in inner)


def speaks_of_self(complement: Token | None, actors: Parties, cast: Cast) -> bool:
    """Whether a warning is of what the speaker itself will do."""
    if complement is None or complement.dep_ == "xcomp":
        return False
    doer = cast.who(arguments(complement).subject)
    could = ("could", "may", "might", *_AHEAD)
    return bool(set(doer.codes) & set(actors.codes)) and any(c.lower_ in could for c in complement.children)
