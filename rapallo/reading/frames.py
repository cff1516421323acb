"""The lexicon's frames: which verb or noun, with what around it, is which event type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapallo.errors import VocabularyError
from rapallo.reading.lexicon import table
from rapallo.vocab import check, vocabulary

__all__ = ["Frame", "frames_of", "lexicon_size"]


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of an event type's file: conditions on the clause, and what it is coded as.

    Attributes:
        event: PLOVER event type.
        noun: whether the predicate is a noun.
        obj: what the object must be: names of classes, ``=lemma``, ``actor``, ``org``, ``national``
            (people named by their state: "Afghans") or ``any``.
        no_obj: whether there must be no object.
        of: classes one noun inside the object's phrase must be of.
        adj: words one of which must modify the object.
        needs: prepositions one of which must be there with an actor.
        pp: what a preposition must govern, written like ``obj``.
        word: words one of which must stand in the clause.
        subj: what the subject must be: a kind of head noun, ``civil, worker, court, pact, org`` or
            ``state``.
        plural: whether several actors must be the subject.
        negated: whether the clause must be negated; the claim is then positive.
        comp: ``true`` where a complement clause gives the mode, ``inf`` where it must be an infinitive,
            ``self`` where its subject must be the speaker, ``ahead`` where it must tell what will be,
            ``fact`` what is.
        comp_v: verbs one of which must head that clause.
        party: whether the doer must be bound by the pact that is its object.
        purpose: whether the act must be done to help somebody.
        excepts: classes the object must not be of.
        slots: where the targets are looked for, in order.
        origin: for nouns, where the actors are looked for, in order.
        thing: where the mode of a request or refusal is read off: ``obj`` or a preposition.
        mode: PLOVER mode.
        contexts: PLOVER contexts.
        tie: ``kind:phase`` of the tie the act makes or ends; ``treaty`` is settled by the object's words.
        modality: fixed modality of the act, e.g. ``intended`` for promises, ``hypothetical`` for plans of
            war; ``promised`` where it is an act only as a promise ("will keep the border open").
        clause: clause of a pact the words name.
        both: whether every party is actor and target alike.
        lone: whether a claim without target stands.
        flip: whether subject and object change places.
        endures: whether the subject is the one acted upon ("faces sanctions from").
        self_target: whether the act may be aimed at the actor's own state.
        weak: whether the verb is so general that confidence is lowered.
        qty: whether the object's amount belongs to the claim.
        stative: whether the claim is of a tie and not of an act.
    """

    event: str
    noun: bool = False
    obj: tuple[str, ...] = ()
    no_obj: bool = False
    of: tuple[str, ...] = ()
    adj: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    pp: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word: tuple[str, ...] = ()
    subj: tuple[str, ...] = ()
    plural: bool = False
    negated: bool = False
    comp: str = ""
    comp_v: tuple[str, ...] = ()
    party: bool = False
    purpose: bool = False
    excepts: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    thing: str = ""
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    tie: str = ""
    modality: str = ""
    clause: str = ""
    both: bool = False
    lone: bool = False
    flip: bool = False
    endures: bool = False
    self_target: bool = False
    weak: bool = False
    qty: bool = False
    stative: bool = False

    @property
    def weight(self) -> int:
        """How particular the frame is: of several that fit, the heaviest counts."""
        named = any(o not in ("actor", "national", "any") for o in self.obj)
        return (
            3 * named
            + 2 * bool({"actor", "national"} & set(self.obj))
            + 2 * bool(self.pp)
            + 2 * bool(self.word)
            + 2 * bool(self.of)
            + 2 * bool(self.adj)
            + 3 * self.negated
            + 3 * self.purpose
            + bool(self.needs)
            + bool(self.subj)
            + bool(self.comp)
            + 2 * bool(self.comp_v)
            + self.no_obj
        )


_WORDS = ("obj", "of", "adj", "needs", "word", "subj", "comp_v")
_RENAMED = {"to": "slots", "from": "origin", "ctx": "contexts", "except": "excepts", "self": "self_target"}
_KNOWN = frozenset(Frame.__dataclass_fields__) | set(_RENAMED) | {"v", "n"}


def _read(event: str, raw: dict[Any, Any]) -> Frame:
    unknown = {str(key) for key in raw} - _KNOWN
    if unknown:
        msg = f"a frame of {event} has the unknown key {min(unknown)!r}"
        raise VocabularyError(msg, hint=f"it begins with {raw.get('v') or raw.get('n')!r}")
    made: dict[str, Any] = {"event": event, "noun": "n" in raw}
    for key, value in raw.items():
        name = _RENAMED.get(key, key)
        if name in ("v", "n"):
            continue
        if name in (*_WORDS, "slots", "origin", "contexts", "excepts"):
            value = tuple(str(value).replace('"', "").split())  # noqa: PLW2901
        elif name == "pp":
            value = {str(k): tuple(str(v).replace('"', "").split()) for k, v in value.items()}  # noqa: PLW2901
        elif name == "comp":
            value = str(value).lower()  # noqa: PLW2901
        made[name] = value
    frame = Frame(**made)
    if frame.mode and frame.mode not in vocabulary("event_types")[event].more["modes"]:
        msg = f"{frame.mode!r} is no mode of {event}"
        raise VocabularyError(msg, hint="see rapallo/vocab/event_types.yaml")
    for context in frame.contexts:
        check("contexts", context)
    return frame


@cache
def _index() -> Mapping[tuple[str, bool], tuple[Frame, ...]]:
    index: dict[tuple[str, bool], list[Frame]] = {}
    for event in vocabulary("event_types"):
        for raw in table(event.lower())["frames"]:
            frame = _read(event, raw)
            for lemma in (raw.get("v") or raw.get("n")).split():
                index.setdefault((lemma, frame.noun), []).append(frame)
    return {key: tuple(sorted(found, key=lambda f: -f.weight)) for key, found in index.items()}


def frames_of(lemma: str, *, noun: bool = False) -> tuple[Frame, ...]:
    """The frames of a verb (with its particle: ``break_off``) or noun, the most particular first.

    Examples:
        >>> {frame.event for frame in frames_of("praise")}
        {'SUPPORT'}
    """
    return _index().get((lemma, noun), ())


def lexicon_size() -> int:
    """How many pairs of a lemma and a frame the lexicon holds.

    Examples:
        >>> lexicon_size() > 350
        True
    """
    return sum(len(found) for found in _index().values())
