"""Predicates to event types: the heaviest frame whose conditions hold, with its actors and targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of, contents, head_kind
from rapallo.reading.discourse import NOBODY, Parties, merge
from rapallo.reading.frames import Frame, frames_of
from rapallo.reading.lexicon import table
from rapallo.reading.roles import Arguments, arguments, coordinated, prepositions

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["Hit", "match", "mode_of", "negated"]

_CIVIL = frozenset(("national", "person", "force"))
_PLACES = frozenset(
    [
        "in",
        "near",
        "off",
        "over",
        "at",
        "inside",
        "around",
        "along",
        "outside",
        "toward",
        "towards",
        "into",
        "from",
        "across",
    ]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A predicate with the frame it fits.

    Attributes:
        token: the predicate.
        frame: the frame.
        actors: who does it.
        targets: whom it is done to.
        object: head of the object phrase.
        arguments: the parse's roles.
        mode: PLOVER mode.
        negated: whether the frame took the negation in ("did not heed").
    """

    token: Token
    frame: Frame
    actors: Parties
    targets: Parties
    object: Token | None
    arguments: Arguments
    mode: str | None
    negated: bool = False


def negated(token: Token) -> bool:
    """Whether the predicate itself is negated; "not only" is no negation.

    "no" before the object counts, "never" and "without" too.
    """
    for child in token.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "nor", "neither", "hardly", "scarcely"):
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if following not in ("only", "just", "merely", "simply", "least"):
                return True
        if child.dep_ in ("dobj", "attr", "nsubj", "nsubjpass") and any(
            c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc", "preconj") for c in child.children
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.lower_ in (
            "nobody",
            "none",
            "nothing",
            "neither",
        ):
            return True
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


def match(token: Token, cast: Cast, depth: int = 0) -> Hit | None:
    """The hit of a verb or noun, or None where no frame fits.

    Args:
        token: the predicate.
        cast: the actors of the paragraph.
        depth: how deep in complements; the mode of a request is read off one complement.
    """
    if token.pos_ == "NOUN":
        return _match_noun(token, cast)
    if token.pos_ not in ("VERB", "AUX"):
        return None
    args = arguments(token)
    best: Hit | None = None
    for key, obj, bonus in _keys(token, args):
        for frame in frames_of(key):
            weight = frame.weight + bonus
            if best is not None and weight <= best.frame.weight:
                continue
            hit = _fit(token, frame, args, obj, cast, depth)
            if hit is not None and (best is None or weight > best.frame.weight):
                best = hit
    return best


def _keys(token: Token, args: Arguments) -> Iterator[tuple[str, Token | None, int]]:
    """The verb with each particle or preposition it may form one word with, and the object that leaves."""
    lemma = token.lemma_.lower()
    yield lemma, args.object, 0
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    if particle:
        yield f"{lemma}_{particle}", args.object, 1
    for child in token.children:
        if child.dep_ in ("prep", "advmod", "prt", "acomp") and child.i > token.i and child.i - token.i < 6:
            stem = (
                f"{lemma}_{particle}_{child.lower_}"
                if particle and particle != child.lower_
                else f"{lemma}_{child.lower_}"
            )
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            yield stem, args.object or pobj, 1
            for inner in child.children:
                if inner.dep_ == "prep":
                    deep = next((c for c in inner.children if c.dep_ == "pobj"), None)
                    yield f"{stem}_{inner.lower_}", args.object or deep, 2
    for heads in args.prepositions.items():
        if particle and frames_of(f"{lemma}_{particle}_{heads[0]}"):
            yield f"{lemma}_{particle}_{heads[0]}", args.object or heads[1][0], 2


def _is(spec: tuple[str, ...], noun: Token | None, cast: Cast) -> bool:
    """Whether a noun is what a frame asks of an object."""
    if noun is None:
        return False
    if "any" in spec:
        return True
    lemmas = {t.lemma_.lower() for n in (noun, *noun.conjuncts) for t in contents(n)} | {noun.lower_}
    lemmas |= {w[:-1] for w in lemmas if w.endswith("s")}
    if any(s[0] == "=" and s[1:] in lemmas for s in spec):
        return True
    if set(spec) & classes_of(noun):
        return True
    return (
        "actor" in spec
        and bool(cast.who(noun).codes)
        and (noun.i in cast.at or noun.pos_ != "PROPN" or bool(cast.who(noun)))
    )


def _fit(
    token: Token, frame: Frame, args: Arguments, obj: Token | None, cast: Cast, depth: int
) -> Hit | None:
    if frame.no_obj and args.object is not None:
        return None
    if frame.obj and not _is(frame.obj, obj, cast):
        return None
    if frame.excepts and obj is not None and set(frame.excepts) & classes_of(obj):
        return None
    if frame.pp and not any(
        _is(spec, t, cast) for prep, spec in frame.pp.items() for t in args.prepositions.get(prep, [])
    ):
        return None
    if frame.negated and not negated(token):
        return None
    if not _words_fit(frame, token, obj):
        return None
    if frame.needs and not any(_place(t, cast) for p in frame.needs for t in args.prepositions.get(p, [])):
        return None
    complement = _complement(token) if frame.comp else None
    if frame.comp and complement is None:
        return None
    if frame.purpose and not _helps(token):
        return None
    actors = _subject(frame, token, args, cast)
    if actors is None:
        return None
    if frame.flip:
        host, guest = actors, _first(("own", "obj"), args, obj, complement, cast, without=actors.codes)
        return Hit(token, frame, guest, host, obj, args, frame.mode) if guest and host else None
    if frame.comp == "self" and not _speaks_of_self(complement, actors, cast):
        return None
    if frame.plural and len(actors.codes) < 2 and not args.prepositions.get("with"):
        return None
    without = () if frame.self_target else actors.codes
    targets = _first(frame.slots, args, obj, complement, cast, without=without, every=frame.both)
    if frame.self_target and not targets:
        targets = actors
    if not targets and not frame.lone and not (frame.both and len(actors.codes) > 1):
        return None
    mode = frame.mode or _thing_mode(frame, obj, args, complement, cast, depth)
    return Hit(token, frame, actors, targets, obj, args, mode, frame.negated)


def _words_fit(frame: Frame, token: Token, obj: Token | None) -> bool:
    if frame.word and not set(frame.word) & {w for t in token.subtree for w in (t.lower_, t.lemma_.lower())}:
        return False
    if frame.adj:
        near = {t.lower_ for t in obj.subtree} if obj is not None else set()
        return bool(set(frame.adj) & near)
    if frame.of:
        inner = [
            t
            for t in (obj.subtree if obj is not None else token.subtree)
            if t.pos_ in ("NOUN", "PROPN") and t != obj
        ]
        return any(set(frame.of) & classes_of(t) for t in inner)
    return True


def _subject(frame: Frame, token: Token, args: Arguments, cast: Cast) -> Parties | None:
    """Who does it; nobody known where the text leaves it open; None where the subject cannot act."""
    subject = args.subject
    if frame.subj and frame.subj[0] in ("pact",):
        return cast.owners(subject) if subject is not None and set(frame.subj) & classes_of(subject) else None
    if subject is None:
        return NOBODY if args.passive else None
    if frame.subj and frame.subj[0] == "civil":
        return _crowd(subject, cast, args)
    kind = head_kind(subject) or (head_kind(contents(subject)[-1]))
    if frame.subj and not _subject_is(frame.subj, kind, subject, cast):
        return None
    if kind == "weapon" and frame.event not in ("ASSAULT", "MOBILIZE", "COERCE"):
        return None
    if kind == "weapon":
        found = cast.who(subject) or cast.owners(subject)
        return found if found or args.passive else Parties(unnamed=True)
    found = cast.who(subject)
    if found:
        return found
    if found.unnamed and frame.event in ("ASSAULT", "COERCE", "PROTEST"):
        return found
    return None


def _subject_is(wanted: tuple[str, ...], kind: str | None, subject: Token, cast: Cast) -> bool:
    if "person" in wanted:
        found = cast.who(subject)
        return (
            found.person
            or kind in ("person", "institution")
            or (subject.i in cast.at and cast.at[subject.i].role == "leader")
        )
    if "state" in wanted:
        return kind in (None, "institution", "person") and kind != "national"
    if "worker" in wanted:
        return kind == "national"
    if "court" in wanted:
        return subject.lemma_.lower() in ("court", "tribunal", "judge", "prosecutor", "jury")
    return kind in wanted


def _crowd(subject: Token, cast: Cast, args: Arguments) -> Parties | None:
    """The country of a crowd: its demonym, or where it gathers."""
    inner = contents(subject)[-1]
    is_people = head_kind(inner) in _CIVIL or inner.lemma_.lower() in table("crowds")["words"]
    if inner.i in cast.at:
        return cast.who(inner) if cast.at[inner.i].role == "nationals" and inner.pos_ != "ADJ" else None
    if not is_people and not subject.like_num and subject.lemma_.lower() not in table("crowds")["words"]:
        return None
    found = cast.owners(inner)
    if not found:
        spots = [
            t for p in ("in", "across", "through", "outside", "of") for t in args.prepositions.get(p, [])
        ]
        found = next((w for w in (_place(t, cast) for t in spots) if w), NOBODY)
    return found or Parties(unnamed=True)


def _place(token: Token, cast: Cast) -> Parties:
    """Who is named behind a preposition: the actor, or whose the thing is."""
    return cast.who(token) or merge(cast.owners(t) for t in coordinated(token))


def _first(
    slots: tuple[str, ...],
    args: Arguments,
    obj: Token | None,
    complement: Token | None,
    cast: Cast,
    *,
    without: tuple[str, ...],
    every: bool = False,
) -> Parties:
    """The first slot that names somebody else than those to be left out, or all that do."""
    if every:
        all_slots = [_first((slot,), args, obj, complement, cast, without=without) for slot in slots]
        return merge(all_slots)
    for slot in slots:
        found = _slot(slot, args, obj, complement, cast)
        if not found:
            continue
        keep = [(c, n) for c, n in zip(found.codes, _padded(found), strict=True) if c not in without]
        if keep:
            return Parties(
                tuple(c for c, _ in keep), tuple(n for _, n in keep), found.confidence, found.person
            )
    return NOBODY


def _padded(found: Parties) -> tuple[str, ...]:
    return found.names if len(found.names) == len(found.codes) else found.codes


def _slot(slot: str, args: Arguments, obj: Token | None, complement: Token | None, cast: Cast) -> Parties:
    if slot == "obj":
        return cast.who(obj)
    if slot == "iobj":
        return cast.who(args.recipient)
    if slot == "own":
        return merge(
            cast.owners(t) for noun in (coordinated(obj) if obj is not None else ()) for t in contents(noun)
        )
    if slot == "comp":
        subject = (
            next((c for c in complement.children if c.dep_ in ("nsubj", "nsubjpass")), None)
            if complement is not None
            else None
        )
        return cast.who(subject)
    if slot == "comp_obj":
        return _comp_target(complement, cast)
    if "." in slot:
        outer, inner = slot.split(".")
        heads = [obj] if outer == "obj" and obj is not None else args.prepositions.get(outer, [])
        for head in heads:
            if inner == "own":
                found = cast.owners(head)
            else:
                found = merge(_place(t, cast) for t in prepositions(head).get(inner, []))
            if found:
                return found
        return NOBODY
    return merge(_place(t, cast) for t in args.prepositions.get(slot, []))


def _comp_target(complement: Token | None, cast: Cast) -> Parties:
    """Whom the act in a complement is aimed at."""
    if complement is None or complement.pos_ not in ("VERB", "AUX"):
        return NOBODY
    hit = match(complement, cast, depth=1)
    if hit is not None and hit.targets:
        return hit.targets
    inner = arguments(complement)
    return cast.who(inner.object) or merge(cast.owners(t) for t in (inner.object,) if t is not None)


def _complement(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acl") and child.pos_ in ("VERB", "AUX"):
            return child
        if child.dep_ == "advcl" and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children):
            return child
        if child.dep_ == "dobj":
            for inner in child.children:
                if inner.dep_ in ("acl", "relcl") and inner.tag_ == "VB" and inner.i > token.i:
                    return inner
        if child.dep_ == "prep" and child.lower_ in ("to", "for", "on", "upon"):
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            inner = (
                next((c for c in pobj.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
                if pobj is not None
                else None
            )
            if inner is not None:
                return inner
            gerund = next((c for c in child.children if c.dep_ == "pcomp"), None)
            if gerund is not None:
                return gerund
    return None


def _helps(token: Token) -> bool:
    """Whether an act is done to help somebody."""
    inner = [c for c in token.children if c.dep_ in ("xcomp", "advcl", "acl")]
    inner += [g for c in token.children if c.dep_ == "dobj" for g in c.children if g.dep_ in ("acl", "relcl")]
    return any(
        v.lemma_.lower()
        in (
            "help",
            "assist",
            "support",
            "aid",
            "back",
            "defend",
            "protect",
            "prop",
            "shore",
            "bolster",
            "reinforce",
        )
        for v in inner
    )


def _speaks_of_self(complement: Token | None, actors: Parties, cast: Cast) -> bool:
    """Whether a warning is of what the speaker itself will do."""
    if complement is None:
        return False
    if complement.dep_ == "xcomp":
        return False
    subject = arguments(complement).subject
    return bool(set(cast.who(subject).codes) & set(actors.codes)) and any(
        c.lower_ in ("will", "would", "could", "may", "might", "shall", "’ll", "'ll")
        for c in complement.children
    )


def mode_of(event: str, inner: str, clue: Hit | None = None) -> str | None:
    """The mode of a request, refusal or threat by the type of act it is about.

    Examples:
        >>> mode_of("REQUEST", "AID"), mode_of("REJECT", "CONSULT"), mode_of("THREATEN", "ASSAULT")
        ('assist', 'meet', 'violence')
    """
    if event == "THREATEN" and inner == "SANCTION" and clue is not None:
        if clue.mode == "expel":
            return "expel"
        if clue.frame.tie.startswith("diplomatic"):
            return "relations"
    found: str | None = table("modes")[event].get(inner)
    return found


def _thing_mode(
    frame: Frame, obj: Token | None, args: Arguments, complement: Token | None, cast: Cast, depth: int
) -> str | None:
    if frame.event not in ("REQUEST", "REJECT", "THREATEN") or depth > 0:
        return None
    if complement is not None and complement.pos_ in ("VERB", "AUX"):
        inner = match(complement, cast, depth=1)
        if inner is not None:
            return mode_of(frame.event, inner.frame.event, inner)
        word = table("modes")["verbs"].get(complement.lemma_.lower())
        return mode_of(frame.event, word) if word else table("modes")[frame.event]["other"]
    thing = obj if frame.thing in ("", "obj") else next(iter(args.prepositions.get(frame.thing, [])), None)
    if thing is None:
        return None
    for name, modes in table("modes")["things"].items():
        if name in classes_of(thing) or (name[0] == "=" and thing.lemma_.lower() in name[1:].split("=")):
            found: str | None = modes.get(frame.event)
            if found:
                return found
    other: str | None = table("modes")[frame.event]["other"]
    return other


def _match_noun(token: Token, cast: Cast) -> Hit | None:
    frames = frames_of(token.lemma_.lower(), noun=True)
    if not frames:
        return None
    preps = prepositions(token)
    verb = _light_verb(token)
    args = Arguments(prepositions={k: list(v) for k, v in preps.items()})
    if verb is not None:
        outer = arguments(verb)
        args.subject, args.recipient, args.passive = outer.subject, outer.recipient, outer.passive
        for key, heads in outer.prepositions.items():
            args.prepositions.setdefault(key, []).extend(heads)
    for frame in frames:
        if not _words_fit(frame, token, None):
            continue
        actors = cast.who(args.subject) if verb is not None and args.subject is not None else NOBODY
        owned = actors
        if not actors:
            owned = _first(frame.origin, args, token, None, cast, without=())
            actors = owned
        if not actors:
            continue
        complement = next((c for c in token.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
        if frame.comp and complement is None:
            continue
        without = () if frame.self_target else actors.codes
        slots = frame.slots if verb is None else (*frame.slots, "iobj", "own")
        targets = _first(slots, args, token, complement, cast, without=without)
        if not targets and not frame.lone and not (frame.both and len(actors.codes) > 1):
            continue
        mode = frame.mode or _thing_mode(frame, token, args, complement, cast, 0)
        return Hit(token, frame, actors, targets, token, args, mode)
    return None


def _light_verb(noun: Token) -> Token | None:
    """The verb that only carries the noun: "made a pledge", "came under attack from"."""
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in table("light")["verbs"]:
        return noun.head
    return None
