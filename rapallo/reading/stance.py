"""Stances: who fears, wants, believes, opposes, expects or knows what about whom."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rapallo.model import Holder, Stance
from rapallo.reading.classes import head_kind
from rapallo.reading.drafts import Draft
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.roles import arguments, prepositions
from rapallo.reading.scope import scope
from rapallo.reading.slots import only
from rapallo.reading.stance_content import about, apart, shown, wording
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["stances"]

_CONTENT = ("ccomp", "xcomp", "dobj", "prep", "attr", "acl", "relcl", "agent", "acomp", "advcl")


@cache
def _index() -> Mapping[tuple[str, str], str]:
    raw = table("attitudes")
    parts = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ", "experienced": "EXP"}
    return {(pos, w): kind for part, pos in parts.items() for kind, words in raw[part].items() for w in words}


def stances(sentence: Span, cast: Cast, acts: list[Draft]) -> list[Draft]:
    """The stances of a sentence.

    Args:
        sentence: the parsed sentence.
        cast: the actors of its paragraph.
        acts: what was found in it before; a word that is an act is no stance, and knowing what was found adds
            no claim of its own.
    """
    taken = {d.token.i for d in acts}
    found: list[Draft] = []
    knowing: list[Draft] = []
    for token in sentence:
        if token.i in taken:
            continue
        draft = _stance(token, cast)
        if draft is not None and draft.stance is not None:
            (knowing if draft.stance.attitude == "knows" else found).extend(_split(draft, cast))
    inner = {d.token.i for d in found}
    found = [d for d in found if not _carries(d.token, inner)]
    told = {d.token.i for d in (*acts, *found)}
    found += [d for d in knowing if not any(t.i in told for t in d.token.subtree if t != d.token)]
    return found


def _carries(word: Token, stances_at: set[int]) -> bool:
    """Whether the content of a stance is nothing but a stance of somebody else."""
    clauses = [c for c in word.children if c.dep_ == "ccomp"]
    adjectives = [g for c in clauses if c.pos_ == "AUX" for g in c.children if g.dep_ == "acomp"]
    return any(c.i in stances_at for c in (*clauses, *adjectives))


def _stance(token: Token, cast: Cast) -> Draft | None:
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and token.dep_ in ("acomp", "oprd") and ("ADJ", token.lower_) in _index():
        return _adjective(token, cast)
    if token.pos_ == "VERB":
        args = arguments(token)
        experienced = _index().get(("EXP", lemma))
        if experienced and (args.object is not None or args.passive):
            return _felt(token, experienced, cast)
        watched = _watched(token, cast)
        if watched is not None:
            return watched
        kind = _index().get(("VERB", lemma)) or _with_preposition(token)
        if kind and args.passive and args.prepositions.get("by") and _has_as(token):
            return _taken_for(token, kind, cast)
        if kind is None:
            return _adjective(token, cast)
        if args.passive:
            return _adjective(token, cast)
        if lemma in table("attitudes")["as_verbs"] and not _has_as(token):
            return None
        if kind == "knows" and not any(c.dep_ == "ccomp" for c in token.children):
            return None
        if lemma == "need" and not any(c.dep_ in ("dobj", "ccomp") for c in token.children):
            return None
        return _made(token, token, kind, _holder(args.subject, cast), cast)
    if token.pos_ == "ADJ":
        return _adjective(token, cast)
    if token.pos_ == "AUX" and token.lemma_ in ("be", "remain", "stay"):
        return _for_or_against(token, cast)
    if token.pos_ == "NOUN":
        kind = _index().get(("NOUN", lemma))
        return _of_noun(token, kind, cast) if kind else None
    return None


def _with_preposition(verb: Token) -> str | None:
    """The attitude of a verb with its preposition: "counts on", "hopes for"."""
    table_ = table("attitudes")["with_preposition"]
    for child in verb.children:
        if child.dep_ in ("prep", "prt", "advmod") and 0 < child.i - verb.i < 4:
            for kind, phrases in table_.items():
                if f"{verb.lemma_.lower()} {child.lower_}" in phrases:
                    return str(kind)
    return None


def _adjective(word: Token, cast: Cast) -> Draft | None:
    """As in "is wary of", "Lima, fearful of a war, ...", "is convinced that"."""
    kind = _index().get(("ADJ", word.lower_))
    if word.lower_ == "anxious" and any(c.dep_ == "xcomp" for c in word.children):
        kind = "wants"  # "anxious to please", unlike "anxious about"
    if kind is None:
        return None
    verb = word.head
    if word.dep_ in ("amod", "appos", "acl", "relcl") and verb.i < word.i and verb.pos_ in ("NOUN", "PROPN"):
        return _made(word, word, kind, cast.who(verb), cast)  # behind its noun
    if (
        word.dep_ == "advcl"
        or (word.dep_ == "ROOT" and word.pos_ == "VERB")
        or (word.pos_ == "VERB" and word.dep_ in ("ccomp", "relcl"))
    ):
        args = arguments(word)
        return _made(word, word, kind, _holder(args.object if args.passive else args.subject, cast), cast)
    if word.dep_ not in ("acomp", "oprd", "attr", "conj") or verb.pos_ not in ("AUX", "VERB", "ADJ"):
        return None
    for _ in range(8):
        if verb.pos_ != "ADJ" or verb.head == verb:
            break
        verb = verb.head
    return _made(word, verb, kind, _holder(arguments(verb).subject, cast), cast)


def _for_or_against(verb: Token, cast: Cast) -> Draft | None:
    """As in "Hungary is against it", "is in favour of"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        return None
    for child in verb.children:
        if child.dep_ != "prep":
            continue
        behind = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if behind is None:
            continue
        inner = f"{child.lower_} {behind.lower_}"
        if child.lower_ == "against":
            return _made(child, verb, "opposes", _holder(subject, cast), cast)
        for kind, phrases in table("attitudes")["states_of_mind"].items():
            if inner in phrases:
                return _made(behind, verb, kind, _holder(subject, cast), cast)
    return None


def _has_as(verb: Token) -> bool:
    clauses = [g for c in verb.children if c.dep_ == "advcl" for g in c.children if g.dep_ == "mark"]
    return any(c.lower_ == "as" for c in (*verb.children, *clauses)) or any(
        c.dep_ in ("oprd", "ccomp", "xcomp") and verb.lemma_ == "consider" for c in verb.children
    )


def _watched(verb: Token, cast: Cast) -> Draft | None:
    """As in "India views with alarm China's base", "watches the drill with unease"."""
    args = arguments(verb)
    moods = {t.lemma_.lower() for t in args.prepositions.get("with", [])} & set(table("attitudes")["moods"])
    if verb.lemma_.lower() not in table("attitudes")["watching"] or not moods or args.object is None:
        return None
    holder = _holder(args.subject, cast)
    if not holder or args.passive:
        return None
    whom = about([args.object], holder, cast)
    words = [*shown([args.object]), *args.prepositions["with"][:1]]
    return _draft(verb, verb, "fears", holder, whom, wording([args.object]), cast, words=words)


def _taken_for(verb: Token, kind: str, cast: Cast) -> Draft | None:
    """As in "Chile is seen by Peru as a threat"."""
    args = arguments(verb)
    holder = _holder(args.prepositions["by"][0], cast)
    if not holder or args.object is None:
        return None
    whom = only(cast.who(args.object) or cast.owners(args.object), without=holder.codes)
    inner = [args.object, *(c for c in verb.children if c.lower_ == "as")]
    return _draft(verb, verb, kind, holder, whom, wording(inner), cast, words=shown(inner))


def _felt(verb: Token, kind: str, cast: Cast) -> Draft | None:
    """As in "The drill alarmed Lima", "Lima was alarmed by the drill"."""
    args = arguments(verb)
    holder = cast.who(args.object)
    if not holder:
        return None
    if args.passive:
        return _made(verb, verb, kind, holder, cast)
    cause = args.subject
    whom = (cast.who(cause) or cast.named_in(cause, without=holder.codes)) if cause is not None else NOBODY
    content = wording([cause] if cause is not None else [])
    return _draft(
        verb, verb, kind, holder, whom, content, cast, words=[args.object] if args.object is not None else []
    )


def _felt_in(noun: Token, cast: Cast) -> Parties:
    """Where a fear is felt: "raised fears in Peru", "concern among Peruvian officials"."""
    above = prepositions(noun.head) if noun.dep_ == "nsubj" else {}
    spots = [t for b in (prepositions(noun), above) for p in ("in", "among") for t in b.get(p, [])]
    return merge(cast.who(t) for t in spots)


def _of_noun(noun: Token, kind: str, cast: Cast) -> Draft | None:
    """As in "one of Beijing's fears is that ...", "voiced concern over ...", "its opposition to ..."."""
    holder = cast.owners(noun) or _felt_in(noun, cast)
    verb = noun.head
    top = noun
    while top.dep_ in ("pobj", "prep", "conj") and top.head.pos_ in ("NOUN", "NUM", "ADP", "PRON"):
        top = top.head
    if not holder and noun.dep_ == "dobj" and verb.lemma_ in table("attitudes")["carriers"]:
        holder = cast.who(arguments(verb).subject)
        return _made(noun, verb, kind, holder, cast, extra=verb) if holder else None
    if not holder:
        return None
    held = any(c.dep_ in ("acl", "ccomp", "prep") and c.i > noun.i for c in noun.children)
    if held and top == noun and noun.dep_ == "nsubj":
        draft = _made(noun, noun, kind, holder, cast)
        future = draft is not None and draft.modality != "reported"
        return replace(draft, modality="asserted", polarity="positive") if draft and future else draft
    if top.dep_ in ("nsubj", "attr") and top.head.lemma_ == "be":
        return _made(noun, top.head, kind, holder, cast, extra=top.head)
    has_content = any(c.dep_ in ("acl", "ccomp", "prep", "relcl") and c.i > noun.i for c in noun.children)
    return _made(noun, noun, kind, holder, cast) if has_content else None


def _made(
    token: Token, clause: Token, kind: str, holder: Parties, cast: Cast, extra: Token | None = None
) -> Draft | None:
    """The stance of a word, its content read off what hangs on it."""
    if not holder and not holder.unnamed:
        return None
    inner: list[Token] = []
    if token.dep_ == "prep":
        inner = [c for c in token.children if c.dep_ in ("pobj", "pcomp")]
    for head in (token, extra):
        if head is None or token.dep_ == "prep":
            continue
        for child in head.children:
            if (
                child.i > min(token.i, head.i)
                and child.dep_ in _CONTENT
                and child != token
                and token not in child.subtree
            ):
                asked = kind == "wants" and child.lower_ == "from"
                if child.dep_ == "prep" and child.lower_ not in word_list("about_prepositions") and not asked:
                    continue
                if head.pos_ == "NOUN" and child.lower_ in ("in", "among", "within"):
                    continue  # where it is felt
                if child.dep_ == "advcl" and not any(
                    c.lower_ in ("that", "to", "about", "as") for c in child.children
                ):
                    continue
                inner.append(child)
    if not inner:
        return None
    whom, prefix = about(inner, holder, cast), ""
    if token.dep_ == "relcl" and token.lemma_.lower() in table("attitudes")["as_verbs"]:
        whom = _described(token, holder, cast) or whom
        prefix = f"{' and '.join(whom.names)} "
    content = f"{prefix}{wording(inner)}".strip()
    return _draft(token, clause, kind, holder, whom, content, cast, words=shown(inner))


def _described(verb: Token, holder: Parties, cast: Cast) -> Parties:
    """Whom a clause describes: "the territory that Peru regards as its own"."""
    noun = arguments(verb).object
    if noun is None or noun.i > verb.i:
        return NOBODY
    other = noun.head if noun.dep_ == "appos" else None
    if noun.dep_ == "attr":
        other = next((c for c in noun.head.children if c.dep_ == "nsubj"), None)
    return only(cast.who(noun) or cast.who(other), without=holder.codes)


def _own_doer(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _split(draft: Draft, cast: Cast) -> list[Draft]:
    """The stance and what else it holds of another: "fears that it could lose the war and Chilean money"."""
    inner = [c for c in draft.token.children if c.dep_ == "ccomp"]
    joined = [(verb, who) for verb, who in apart(inner, draft.actors, cast) if who]
    whom = about(inner, draft.actors, cast, without=[verb for verb, _ in joined])
    if whom:  # what goes on with the same doer is the same stance
        joined = [(v, who) for v, who in joined if _own_doer(v) and set(who.codes) != set(whom.codes)]
    if not joined or draft.stance is None:
        return [draft]
    rest = [verb for verb, _ in joined]
    kind = draft.stance.attitude
    first = replace(
        draft,
        targets=whom,
        words=shown(inner, rest),
        stance=Stance(kind, tuple(sorted(whom.codes)), wording(inner, rest)),
    )
    return [first] + [
        replace(
            draft,
            token=verb,
            targets=who,
            words=shown([verb]),
            stance=Stance(kind, tuple(sorted(who.codes)), wording([verb])),
        )
        for verb, who in joined
    ]


def _attitude(word: Token) -> str:
    """The attitude of a word that stands above another stance: "Lima knows that Laos fears Chile"."""
    part = "ADJ" if word.pos_ == "ADJ" or word.lower_ in ("convinced", "worried", "concerned") else word.pos_
    found = _index().get((part, word.lower_ if part == "ADJ" else word.lemma_.lower()), "")
    return found if found in ("believes", "knows") else ""


def _holder(word: Token | None, cast: Cast) -> Parties:
    """Who holds a stance: also the officials of a region, and rulers known only by theirs (unnamed)."""
    found = cast.who(word)
    if found or word is None:
        return found
    modifiers = [c for c in word.children if c.dep_ in ("amod", "compound", "nmod")]
    regional = any(c.text[0].isupper() or c.lower_ in table("attitudes")["regional"] for c in modifiers)
    people = head_kind(word) in ("person", "institution") or word.lemma_.lower() in word_list("countries")
    if people and regional and word.tag_ == "NNS" and not any(c.i in cast.at for c in modifiers):
        return Parties(unnamed=True, confidence=0.8)
    of = [t for t in prepositions(word).get("of", []) if t.pos_ == "PROPN" and t.i not in cast.at]
    if of and word.lemma_.lower() in table("attitudes")["local"]:
        state = cast.discourse.state(word.i) or cast.discourse.main()
        return Parties(state.codes, state.names, 0.6, person=True)
    return NOBODY


def _draft(
    token: Token,
    clause: Token,
    kind: str,
    holder: Parties,
    whom: Parties,
    content: str,
    cast: Cast,
    words: list[Token],
) -> Draft | None:
    aside = token.dep_ == "advcl" and token.tag_ == "VBG" and token.doc[max(0, token.i - 1)].text == ","
    put = token.head if aside else clause if clause.pos_ in ("VERB", "AUX") else token
    above = scope(put, cast, within=_attitude)
    if holder.unnamed:
        words = [*words, *(c for c in clause.children if c.dep_ == "nsubj")]
    if above.absorbed or not content or (not whom and " " not in content and clause.pos_ == "VERB"):
        return None
    if holder.unnamed and not whom:
        return None
    own = [Holder(code, kind) for code in holder.codes or ("unnamed",)]
    return Draft(
        token=token,
        kind="stance",
        event=None,
        actors=holder,
        targets=whom,
        polarity=above.polarity,
        modality=above.modality,
        holders=[*above.holders, *own],
        stance=Stance(kind, tuple(sorted(whom.codes)), content),
        words=words,
        confidence=0.75 * holder.confidence * (whom.confidence if whom else 0.8) * above.doubt,
        settled=True,
    )
