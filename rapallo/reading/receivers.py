"""The receiver where no slot of the frame names one: each other, the one answered, where it struck."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapallo.reading.classes import contents, head_kind, in_class
from rapallo.reading.discourse import NOBODY, Parties
from rapallo.reading.lexicon import word_list
from rapallo.reading.roles import arguments, logical_subject, prepositions
from rapallo.reading.slots import is_definite, only, place

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.frames import Frame
    from rapallo.reading.slots import Clause

__all__ = ["receiver"]

_ANSWERING = frozenset(("SANCTION", "COERCE", "REJECT", "ACCUSE", "ASSAULT"))
_AIMED = frozenset(("SANCTION", "REJECT", "ACCUSE", "RETREAT", "REQUEST", "THREATEN", "CONCEDE"))
_HOSTILE = _ANSWERING | {"THREATEN"}
_SPOKEN = frozenset(("THREATEN", "REQUEST"))
_MUTUAL = frozenset(("each", "other", "another", "both"))
_STRUCK = ("on", "against", "at", "in", "into", "near")
_ELSEWHERE = {
    "REJECT": ("own", "obj.to", "obj.for", "obj.by", "obj.from", "obj.with", "to", "for", "for.own", "last"),
    "AID": ("to", "for", "for.own", "for.in"),
    "AGREE": ("to", "for", "for.own", "for.in"),
    "SUPPORT": ("obj.between", "obj.with", "last"),
    "SANCTION": ("against", "on", "to", "own"),
}


def receiver(frame: Frame, token: Token, obj: Token | None, actors: Parties, clause: Clause) -> Parties:
    """Whom an act was done to, asked where the frame's own slots name nobody.

    Args:
        frame: the frame.
        token: the predicate.
        obj: head of its object.
        actors: who does it.
        clause: where its slots are looked for.
    """
    if len(actors.codes) == 2:
        words = {t.lower_ for t in token.subtree}
        if _MUTUAL & words:
            mutual = clause.first(frame.slots)
            if mutual and set(mutual.codes) <= set(actors.codes):
                return mutual
        if frame.event in ("RETREAT", "CONCEDE") or (frame.event in _HOSTILE and _each(token, clause)):
            return actors  # "Chad and Niger each freed 20 men", "laid down their arms"
    if frame.event in _ANSWERING and (found := only(clause.provoker(), without=actors.codes)):
        return found
    if frame.event == "ASSAULT" and (found := _struck(clause, actors) or _on_soil(clause, actors)):
        return found
    if frame.event in _SPOKEN and (first := clause.arguments.joined) is not None:
        before = arguments(first)
        told = (only(clause.cast.who(w), without=actors.codes) for w in (before.recipient, before.object))
        if spoken_to := next((t for t in told if t), NOBODY):
            return spoken_to
    if frame.event in _ANSWERING and (answered := _answered(token, actors, clause)):
        return answered
    if clause.arguments.passive and clause.arguments.subject is None and frame.event == "SANCTION":
        here = clause.first(_ELSEWHERE["SANCTION"])
        return here or _punished(clause, within=1)
    if clause.arguments.passive and frame.event == "AGREE" and frame.both and not actors:
        return clause.cast.discourse.partners()
    if frame.event == "AGREE" and len(actors.codes) > 1 and not clause.arguments.passive:
        return actors
    if obj is None and frame.event == "CONCEDE":
        told = clause.cast.discourse.episodes
        wronged = told.victim(actors.codes[0], ("ASSAULT", "COERCE", "SANCTION")) if actors else NOBODY
        return wronged or _story(token, actors, clause) or _concerned(actors, clause)
    if obj is None or (frame.event == "REJECT" and obj.lemma_.lower() in word_list("rulings")):
        return NOBODY
    if frame.mode == "third-party" and token.dep_ == "acl":
        return _carried(token, actors, clause)
    found = clause.first(_ELSEWHERE.get(frame.event, ()), without=actors.codes)
    active = not clause.arguments.passive and not frame.endures
    if not found and active and frame.event == "SANCTION" and in_class(obj.lemma_.lower(), "sanction"):
        return _story(token, actors, clause)
    alone = len(actors.codes) == 1
    if not found and active and alone and frame.event in ("AID", "AGREE") and _goes_on(token, clause):
        return _topic(actors, clause) or _story(token, actors, clause)
    if not found and active and alone and frame.event in ("AID", "AGREE") and is_definite(obj):
        return clause.cast.discourse.episodes.counterpart(actors.codes, "AGREE", within=4)
    if not found and active and (frame.event in _AIMED or frame.mode == "withhold"):
        return _story(token, actors, clause) or _concerned(actors, clause)
    return found


def _goes_on(token: Token, clause: Clause) -> bool:
    """Whether a clause goes on with the last one: its doer is only taken up ("it has sent")."""
    subject = clause.arguments.subject
    return subject is not None and subject.pos_ == "PRON" and token.dep_ != "relcl"


def _topic(actors: Parties, clause: Clause) -> Parties:
    """The one other state that the last sentence names: "Peru is careful about Chad. It has sent tents"."""
    found = only(clause.cast.discourse.last_named(), without=actors.codes)
    return Parties(found.codes, found.names, 0.6) if len(found.codes) == 1 else NOBODY


def _answered(token: Token, actors: Parties, clause: Clause) -> Parties:
    """Whose act is answered: "Peru protested after a Chilean ship had fired a shot"."""
    for child in token.children:
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
        if child.dep_ == "advcl" and marks & {"after", "when", "because", "since", "as"}:
            subject = logical_subject(child)
            found = place(subject, clause.cast) if subject is not None else NOBODY
            if len(found.codes) == 1 and not set(found.codes) & set(actors.codes):
                return found
    return NOBODY


def _punished(clause: Clause, within: int = 3) -> Parties:
    """The state that the last hostile act was against."""
    told = clause.cast.discourse.episodes.punished(within)
    return Parties(told.targets.codes, told.targets.names, 0.6) if told is not None else NOBODY


def _concerned(actors: Parties, clause: Clause) -> Parties:
    """Whom the text is about: of its two leads the one that does not act, else its main state."""
    if len(actors.codes) != 1:
        return NOBODY
    discourse = clause.cast.discourse
    leads = discourse.leads()
    told = only(_punished(clause), without=actors.codes)
    if told and actors.codes[0] not in leads.codes:
        return told
    if actors.codes[0] in leads.codes:
        return only(leads, without=actors.codes)
    return only(discourse.main(), without=actors.codes)


def _carried(token: Token, actors: Parties, clause: Clause) -> Parties:
    """The two who did what was brokered: "Chad and Niger swapped men in a deal brokered by Mali"."""
    above = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    found = clause.cast.who(logical_subject(above)) if above is not None else NOBODY
    return found if len(found.codes) > 1 and not set(found.codes) & set(actors.codes) else NOBODY


def _each(token: Token, clause: Clause) -> bool:
    """Whether each of two does it, to the other where nobody else is named."""
    subject = clause.arguments.subject
    beside = [*token.children, *(subject.children if subject is not None else ())]
    return any(c.lower_ in ("each", "both", "mutually") for c in beside)


def _story(token: Token, actors: Parties, clause: Clause) -> Parties:
    """Whom the sentence was about just before, else the other side of the doer's last act."""
    discourse = clause.cast.discourse
    for at, party in reversed(discourse.sentences[-1]):
        other = len(party.codes) == 1 and party.codes[0] not in actors.codes
        if at < token.i and other and party.role != "organisation":
            return Parties(party.codes, party.names, 0.55)
    rivals = (discourse.episodes.other(code) for code in actors.codes)
    found = next((r for r in rivals if r and not set(r.codes) & set(actors.codes)), NOBODY)
    return Parties(found.codes, found.names, 0.55) if found else NOBODY


def _on_soil(clause: Clause, actors: Parties) -> Parties:
    """On whose soil it struck: "bombed a camp on its soil"."""
    named = [t for p in _STRUCK for t in clause.arguments.prepositions.get(p, [])]
    return next((w for t in named if (w := only(place(t, clause.cast), without=actors.codes))), NOBODY)


def _struck(clause: Clause, actors: Parties) -> Parties:
    """Where a strike, raid or weapon that is the subject fell: "a raid on a camp in Chad killed 30"."""
    subject = clause.arguments.subject
    if subject is None or head_kind(contents(subject)[-1]) != "weapon":
        return _fought(clause, actors)
    behind = prepositions(subject, deep=True)
    named = [t for p in _STRUCK for t in behind.get(p, [])]
    found = (only(place(t, clause.cast), without=actors.codes) for t in named)
    return next((w for w in found if w), NOBODY) or _fought(clause, actors)


def _fought(clause: Clause, actors: Parties) -> Parties:
    """The other of two at war, where the text has just told of them."""
    discourse = clause.cast.discourse
    feud = discourse.episodes.feud()
    for pair in (feud, discourse.pair):
        near = pair is feud or len(discourse.sentences) - discourse.paired <= 1
        if near and len(actors.codes) == 1 and actors.codes[0] in pair.codes and len(pair.codes) == 2:
            return only(Parties(pair.codes, pair.codes, 0.55), without=actors.codes)
    return NOBODY
