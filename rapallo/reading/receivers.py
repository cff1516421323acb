"""The receiver where no slot of the frame names one: each other, the one answered, where it struck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapallo.reading.classes import contents, head_kind, in_class
from rapallo.reading.lexicon import word_list
from rapallo.reading.roles import arguments, logical_subject, prepositions
from rapallo.reading.slots import is_definite, only, place
from rapallo.reading.who import NOBODY, Parties

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.discourse import Discourse
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


@dataclass(frozen=True, slots=True)
class _Gap:
    """An act whose receiver no slot of its frame names.

    Attributes:
        frame: the frame.
        token: the predicate.
        obj: head of its object.
        actors: who does it.
        clause: where its slots are looked for.
    """

    frame: Frame
    token: Token
    obj: Token | None
    actors: Parties
    clause: Clause

    @property
    def discourse(self) -> Discourse:
        return self.clause.cast.discourse

    @property
    def passive(self) -> bool:
        return self.clause.arguments.passive

    def others(self, found: Parties) -> Parties:
        """Those of some who are not the doers."""
        return only(found, without=self.actors.codes)

    def first(self, several: Iterable[Parties]) -> Parties:
        """The first of several who is not the doer."""
        return next((w for found in several if (w := self.others(found))), NOBODY)


def receiver(frame: Frame, token: Token, obj: Token | None, actors: Parties, clause: Clause) -> Parties:
    """Whom an act was done to, asked where the frame's own slots name nobody.

    Args:
        frame: the frame.
        token: the predicate.
        obj: head of its object.
        actors: who does it.
        clause: where its slots are looked for.
    """
    gap = _Gap(frame, token, obj, actors, clause)
    found = next((w for step in _STEPS if (w := step(gap))), NOBODY)
    if found or obj is None or (frame.event == "REJECT" and obj.lemma_.lower() in word_list("rulings")):
        return found
    if frame.mode == "third-party" and token.dep_ == "acl":
        return _carried(gap)
    return clause.first(_ELSEWHERE.get(frame.event, ()), without=actors.codes) or _by_story(gap)


def _each_other(gap: _Gap) -> Parties:
    """Each other: "laid down their arms", "Chad and Niger each freed 20 men", "pledged cooperation"."""
    event, actors = gap.frame.event, gap.actors
    if len(actors.codes) == 2:
        if _MUTUAL & {t.lower_ for t in gap.token.subtree}:
            mutual = gap.clause.first(gap.frame.slots)
            if mutual and set(mutual.codes) <= set(actors.codes):
                return mutual
        if event in ("RETREAT", "CONCEDE") or (event in _HOSTILE and _each(gap)):
            return actors
    return NOBODY


def _together(gap: _Gap) -> Parties:
    """All who agreed, or lately agreed where the passive names nobody: "a framework agreed in May"."""
    if gap.frame.event != "AGREE":
        return NOBODY
    if gap.passive:
        return gap.discourse.partners() if gap.frame.both and not gap.actors else NOBODY
    return gap.actors if len(gap.actors.codes) > 1 else NOBODY


def _provoked(gap: _Gap) -> Parties:
    """Whose deed is answered in words: "in response to the Chilean drill"."""
    return gap.others(gap.clause.provoker()) if gap.frame.event in _ANSWERING else NOBODY


def _answered(gap: _Gap) -> Parties:
    """Whose act a clause beside tells: "Peru protested after a Chilean ship had fired a shot"."""
    if gap.frame.event not in _ANSWERING:
        return NOBODY
    for child in gap.token.children:
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
        if child.dep_ == "advcl" and marks & {"after", "when", "because", "since", "as"}:
            subject = logical_subject(child)
            found = place(subject, gap.clause.cast) if subject is not None else NOBODY
            if len(found.codes) == 1 and not set(found.codes) & set(gap.actors.codes):
                return found
    return NOBODY


def _struck(gap: _Gap) -> Parties:
    """Where a strike fell: "a raid on a camp in Chad killed 30", "bombed a camp on its soil"."""
    if gap.frame.event != "ASSAULT":
        return NOBODY
    cast, subject = gap.clause.cast, gap.clause.arguments.subject
    armed = subject is not None and head_kind(contents(subject)[-1]) == "weapon"
    behind = prepositions(subject, deep=True) if armed and subject is not None else {}
    weapon = gap.first(place(t, cast) for p in _STRUCK for t in behind.get(p, []))
    soil = (place(t, cast) for p in _STRUCK for t in gap.clause.arguments.prepositions.get(p, []))
    return weapon or _at_war(gap) or gap.first(soil)


def _spoken_to(gap: _Gap) -> Parties:
    """Whom the verb before speaks to: "gave Chad a week to leave and warned of force"."""
    first = gap.clause.arguments.joined
    if gap.frame.event not in _SPOKEN or first is None:
        return NOBODY
    before = arguments(first)
    return gap.first(gap.clause.cast.who(w) for w in (before.recipient, before.object))


def _punished_still(gap: _Gap) -> Parties:
    """Who is punished further where the passive names nobody: "its assets were frozen"."""
    if gap.frame.event != "SANCTION" or not gap.passive or gap.clause.arguments.subject is not None:
        return NOBODY
    return gap.clause.first(_ELSEWHERE["SANCTION"]) or _punished(gap, within=1)


def _wronged(gap: _Gap) -> Parties:
    """Whom one who yields has wronged: "Chad has not apologised"."""
    if gap.frame.event != "CONCEDE" or gap.obj is not None:
        return NOBODY
    hostile = ("ASSAULT", "COERCE", "SANCTION")
    victims = (gap.discourse.episodes.victim(c, hostile) for c in gap.actors.codes)
    return gap.first(victims) or _story(gap) or _concerned(gap)


def _refused(gap: _Gap) -> Parties:
    """Whom one refuses who is only taken up: "Chad cut off the gas after they refused to pay"."""
    bare = gap.frame.event == "REJECT" and gap.obj is None
    return _story(gap) if bare and _goes_on(gap) else NOBODY


_STEPS = (
    _each_other, _provoked, _struck, _spoken_to, _answered, _punished_still, _together, _wronged, _refused
)  # fmt: skip


def _by_story(gap: _Gap) -> Parties:
    """Whom the story is about, where an act needs a receiver and its clause has none."""
    frame, obj = gap.frame, gap.obj
    if gap.passive or frame.endures or obj is None:
        return NOBODY
    if frame.event == "SANCTION" and in_class(obj.lemma_.lower(), "sanction"):
        return _story(gap)
    if frame.event in ("AID", "AGREE") and len(gap.actors.codes) == 1:
        if _goes_on(gap):
            return gap.others(gap.discourse.alone(without=gap.actors.codes)) or _story(gap)
        if is_definite(obj):
            return gap.discourse.episodes.counterpart(gap.actors.codes, "AGREE", within=4)
    if frame.event in _AIMED or frame.mode == "withhold":
        return _story(gap) or _concerned(gap)
    return NOBODY


def _goes_on(gap: _Gap) -> bool:
    """Whether a clause goes on with the last one: its doer is only taken up ("it has sent")."""
    subject = gap.clause.arguments.subject
    return subject is not None and subject.pos_ == "PRON" and gap.token.dep_ != "relcl"


def _punished(gap: _Gap, within: int = 3) -> Parties:
    """The state that the last hostile act was against."""
    told = gap.discourse.episodes.punished(within)
    return Parties(told.targets.codes, told.targets.names, 0.6) if told is not None else NOBODY


def _concerned(gap: _Gap) -> Parties:
    """Whom the text is about: of its two leads the one that does not act, else its main state."""
    if len(gap.actors.codes) != 1:
        return NOBODY
    leads = gap.discourse.leads()
    leading = gap.actors.codes[0] in leads.codes
    told = gap.others(_punished(gap))
    if told and not leading:
        return told
    return gap.others(leads if leading else gap.discourse.main())


def _carried(gap: _Gap) -> Parties:
    """The two who did what was brokered: "Chad and Niger swapped men in a deal brokered by Mali"."""
    above = next((a for a in gap.token.ancestors if a.pos_ == "VERB"), None)
    found = gap.clause.cast.who(logical_subject(above)) if above is not None else NOBODY
    return found if len(found.codes) > 1 and not set(found.codes) & set(gap.actors.codes) else NOBODY


def _each(gap: _Gap) -> bool:
    """Whether each of two does it, to the other where nobody else is named."""
    subject = gap.clause.arguments.subject
    beside = [*gap.token.children, *(subject.children if subject is not None else ())]
    return any(c.lower_ in ("each", "both", "mutually") for c in beside)


def _story(gap: _Gap) -> Parties:
    """Whom the sentence was about just before, else the other side of the doer's last act."""
    for at, party in reversed(gap.discourse.sentences[-1]):
        other = len(party.codes) == 1 and party.codes[0] not in gap.actors.codes
        if at < gap.token.i and other and party.role != "organisation":
            return Parties(party.codes, party.names, 0.55)
    rivals = (gap.discourse.episodes.other(code) for code in gap.actors.codes)
    found = next((r for r in rivals if r and not set(r.codes) & set(gap.actors.codes)), NOBODY)
    return Parties(found.codes, found.names, 0.55) if found else NOBODY


def _at_war(gap: _Gap) -> Parties:
    """The other of two at war, where the text has just told of them."""
    discourse, codes = gap.discourse, gap.actors.codes
    lately = len(discourse.sentences) - discourse.paired <= 1
    for pair in (discourse.episodes.feud(), *((discourse.pair,) if lately else ())):
        if len(codes) == 1 and codes[0] in pair.codes and len(pair.codes) == 2:
            return gap.others(Parties(pair.codes, pair.codes, 0.55))
    return NOBODY
