"""Predicates to event types: the heaviest frame whose conditions hold, with its actors and targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapallo.reading.classes import classes_of, head_kind
from rapallo.reading.conditions import meets, speaks_of_self, words_fit
from rapallo.reading.doers import doer, organisation
from rapallo.reading.frames import Frame, frames_of
from rapallo.reading.lexicon import table, word_list
from rapallo.reading.receivers import receiver
from rapallo.reading.roles import Arguments, antecedents, arguments, prepositions, relatives
from rapallo.reading.slots import Clause, complement_of, only
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

__all__ = ["Hit", "match", "mode_of"]

_APART = 4  # what a verb is worth less where a particle stands beside it: "kick" of "kick out"
_DEEPEST = 2  # a refusal to help arm
_PEOPLE = frozenset(("actor", "national", "people", "org", "any"))
_WARS = ("war", "invasion", "offensive", "conflict", "battle")


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
    """

    token: Token
    frame: Frame
    actors: Parties
    targets: Parties
    object: Token | None
    arguments: Arguments
    mode: str | None


def match(token: Token, cast: Cast, *, depth: int = 0) -> Hit | None:
    """The hit of a verb or noun, or None where no frame fits.

    Args:
        token: the predicate.
        cast: the actors of the paragraph.
        depth: how many predicates it is the complement of; of a complement no mode is asked.
    """
    if token.pos_ == "NOUN":
        return _match_noun(token, cast, depth)
    if token.pos_ not in ("VERB", "AUX"):
        return None
    args = arguments(token)
    best: Hit | None = None
    heaviest = -_APART - 1
    for reading in (args, *(arguments(token, noun) for noun in relatives(token))):
        for key, obj, bonus in _keys(token, reading):
            for frame in frames_of(key):
                if frame.weight + bonus <= heaviest:
                    continue
                hit = _fit(token, frame, reading, obj, cast, depth)
                if hit is not None:
                    best, heaviest = hit, frame.weight + bonus
    return best if best is not None else _of_pronoun(token, args, cast, depth)


def _of_pronoun(token: Token, args: Arguments, cast: Cast, depth: int) -> Hit | None:
    """The hit where the object is a pronoun for a thing named before: "signed it", "withdrew them"."""
    for noun in antecedents(args.object) if args.object is not None else ():
        behind = {k: list(v) for k, v in args.prepositions.items()}
        for word, heads in prepositions(noun).items():
            behind.setdefault(word, list(heads))
        reading = replace(args, object=noun, prepositions=behind)
        for key in (key for key, thing, _ in _keys(token, reading) if thing == noun):
            for frame in frames_of(key):
                named = bool(frame.obj) and not set(frame.obj) & _PEOPLE
                if named and (hit := _fit(token, frame, reading, noun, cast, depth)) is not None:
                    return hit
    return None


def _keys(token: Token, args: Arguments) -> Iterator[tuple[str, Token | None, int]]:
    """The verb with each particle or preposition it may form one word with, and the object that leaves."""
    lemma = token.lemma_.lower()
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt"), "")
    stem = f"{lemma}_{particle}" if particle else lemma
    if not particle or not frames_of(stem):  # "call off a strike" is no call for one
        yield lemma, args.object, -_APART if particle else 0
    small = next((c for c in token.children if c.dep_ == "ccomp"), None)
    if args.object is None and small is not None:
        inner = next((c for c in small.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if inner is not None and not any(c.dep_ in ("mark", "aux") for c in small.children):
            yield lemma, inner, 0  # "let two men go", "declared them unwelcome"
    if particle:
        yield stem, args.object, 1
        for preposition, heads in args.prepositions.items():
            yield f"{stem}_{preposition}", args.object or heads[0], 2
    for child in token.children:
        if child.dep_ in ("prep", "advmod", "acomp") and 0 < child.i - token.i < 6:
            behind = next((c for c in child.children if c.dep_ == "pobj"), None)
            yield f"{lemma}_{child.lower_}", args.object or behind, 1
            for deeper in child.children:
                if deeper.dep_ == "prep":
                    last = next((c for c in deeper.children if c.dep_ == "pobj"), None)
                    yield f"{lemma}_{child.lower_}_{deeper.lower_}", args.object or last, 2


def _fit(
    token: Token, frame: Frame, args: Arguments, obj: Token | None, cast: Cast, depth: int
) -> Hit | None:
    if not meets(frame, token, args, obj, cast):
        return None
    complement = complement_of(token)
    if frame.comp and (complement is None or _says_nothing(complement, frame)):
        return None
    if frame.comp == "inf" and complement is not None and not _infinitive(complement):
        return None
    if frame.comp_v and (complement is None or complement.lemma_.lower() not in frame.comp_v):
        return None
    actors = doer(frame, args, cast)
    if actors is not None and not actors and args.passive and _of_its_own(frame):
        actors = cast.owners(obj) if frame.event == "AGREE" else _sender(obj, cast)
    if actors is not None and not actors and args.passive and frame.mode in ("expel", "deport"):
        actors = merge(cast.who(t) for t in args.prepositions.get("from", []))  # "was expelled from Chad"
    if actors is None or (frame.comp == "self" and not speaks_of_self(complement, actors, cast)):
        return None
    clause = Clause(args, obj, complement, cast, lambda verb: _targets_of(verb, cast, depth + 1))
    if frame.flip:
        guest = clause.first(("own", "obj"), without=actors.codes)
        return Hit(token, frame, guest, actors, obj, args, frame.mode) if guest and actors else None
    if frame.plural and len(actors.codes) < 2 and not args.prepositions.get("with"):
        return None
    without = () if frame.self_target else actors.codes
    find = clause.every if frame.both else clause.first
    targets = find(frame.slots, without=without)
    if not targets:
        targets = receiver(frame, token, obj, actors, clause)
    if not targets and frame.mode == "arrest" and cast.who(obj).person:
        targets = only(cast.who(obj), without=()) if cast.who(obj).codes == actors.codes else targets
    if not targets and frame.event == "ASSAULT" and obj is not None:
        targets = _known_war(obj, actors, cast)
    if not actors and args.passive and args.subject is None and frame.event == "SANCTION" and not depth:
        told = cast.discourse.episodes.punished(1)
        actors = told.doers if told is not None and told.targets.codes == targets.codes else actors
    if frame.event == "COERCE" and actors.unnamed and targets.person and _mutinous(args.subject):
        actors = replace(targets, person=False)
    if frame.self_target:
        targets = targets or actors
        actors = targets if actors.unnamed and frame.event != "PROTEST" else actors
    if frame.endures:
        actors, targets = targets, actors
    if not targets and not frame.lone and not (frame.both and len(actors.codes) > 1):
        return None
    mode = frame.mode if depth else frame.mode or _thing_mode(frame, obj, args, complement, cast)
    return Hit(token, frame, actors, targets, obj, args, mode)


def _mutinous(subject: Token | None) -> bool:
    """Whether those who act are soldiers and officers of no named state."""
    return subject is not None and subject.lemma_.lower() in word_list("putschists")


def _says_nothing(complement: Token, frame: Frame) -> bool:
    """Whether a clause tells no act: "declined to confirm"; "asked it to explain" does."""
    asked = frame.event == "REQUEST" and complement.lemma_ not in ("comment", "elaborate")
    return not asked and complement.lemma_ in table("modes")["empty"]


def _of_its_own(frame: Frame) -> bool:
    """Whether what is moved or offered is the doer's own: troops sent, ports made available."""
    return (
        frame.event in ("AID", "MOBILIZE")
        or "available" in frame.word
        or (frame.event in ("RETREAT", "SANCTION") and frame.mode == "withdraw")
    )


def _sender(moved: Token | None, cast: Cast) -> Parties:
    """Whose troops, weapons or envoys were sent or withdrawn, where the passive names nobody."""
    if moved is None or head_kind(moved) not in ("force", "weapon", "person"):
        return NOBODY
    return cast.owners(moved) or merge(cast.who(t) for t in prepositions(moved).get("of", []))


def _infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _targets_of(verb: Token, cast: Cast, depth: int) -> Parties:
    if depth > _DEEPEST:
        return NOBODY
    hit = match(verb, cast, depth=depth)
    return hit.targets if hit is not None else NOBODY


def _known_war(noun: Token, actors: Parties, cast: Cast) -> Parties:
    """Against whom "the war" of an actor is that the document told before."""
    definite = any(c.lower_ in ("the", "this", "that") or c.dep_ == "poss" for c in noun.children)
    if not definite or noun.lemma_.lower() not in _WARS:
        return NOBODY
    return next(
        (foe for c in actors.codes if (foe := cast.discourse.episodes.victim(c, ("ASSAULT",)))), NOBODY
    )


def mode_of(event: str, inner: str, clue: Hit | None = None) -> str | None:
    """The mode of a request, refusal or threat by the type of act it is about.

    Args:
        event: ``REQUEST, REJECT`` or ``THREATEN``.
        inner: event type of the act asked for, refused or threatened.
        clue: that act, where it was read.

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
    frame: Frame, obj: Token | None, args: Arguments, complement: Token | None, cast: Cast
) -> str | None:
    """The mode of a request, refusal or threat, by the clause or the thing it is about."""
    if frame.event not in ("REQUEST", "REJECT", "THREATEN"):
        return None
    other: str | None = table("modes")[frame.event]["other"]
    if complement is not None and complement.pos_ in ("VERB", "AUX"):
        hit = match(complement, cast, depth=1)
        if hit is not None:
            return mode_of(frame.event, hit.frame.event, hit)
        word = table("modes")["verbs"].get(complement.lemma_.lower())
        return mode_of(frame.event, word) if word else other
    thing = obj if frame.thing in ("", "obj") else next(iter(args.prepositions.get(frame.thing, [])), None)
    if thing is None:
        return None
    for name, modes in table("modes")["things"].items():
        if name in classes_of(thing) or (name[0] == "=" and thing.lemma_.lower() in name[1:].split("=")):
            found: str | None = modes.get(frame.event)
            if found:
                return found
    return other


def _measured(noun: Token) -> Token:
    """The span of time that a noun fills, or the noun: "hours of meetings"."""
    above = noun.head.head
    if (
        noun.head.lower_ == "of"
        and above.dep_ == "pobj"
        and above.lemma_ in ("hour", "day", "week", "month", "year")
    ):
        return above
    return noun


def _match_noun(token: Token, cast: Cast, depth: int) -> Hit | None:
    """The act that a noun tells with its own parties, or with those of the verb that carries it."""
    frames = frames_of(token.lemma_.lower(), noun=True)
    if not frames:
        return None
    args = Arguments(prepositions={k: list(v) for k, v in prepositions(token).items()})
    light = token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in table("light")["verbs"]
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in table("light")["arising"]:
        for key, heads in prepositions(token.head).items():
            args.prepositions.setdefault(key, []).extend(heads)
    if light:
        outer = arguments(token.head)
        args.subject, args.recipient, args.passive = outer.subject, outer.recipient, outer.passive
        for key, heads in outer.prepositions.items():
            args.prepositions.setdefault(key, []).extend(heads)
    complement = next((c for c in token.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
    above = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), None)
    under = token.dep_ == "pobj" and above is not None
    args.above = arguments(above).subject if under and above is not None else None
    clause = Clause(args, token, complement, cast, lambda verb: _targets_of(verb, cast, depth + 1))
    for frame in frames:
        whole = _measured(token).head if token.dep_ in ("nsubj", "pobj") else token
        if not words_fit(frame, whole, None) or (frame.comp and complement is None):
            continue
        actors = cast.who(args.subject) or clause.first(frame.origin)
        if not actors or ("org" in frame.subj and not organisation(actors)):
            continue
        slots = (*frame.slots, "iobj", "own") if light else frame.slots
        targets = actors if frame.self_target else clause.first(slots, without=actors.codes)
        if not targets and not frame.lone and not (frame.both and len(actors.codes) > 1):
            continue
        mode = frame.mode or _thing_mode(frame, token, args, complement, cast)
        return Hit(token, frame, actors, targets, token, args, mode)
    return None
