"""Who can be the doer of which act: states and their servants, crowds, weapons, the unnamed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapallo.actors import actor
from rapallo.errors import UnknownActorError
from rapallo.reading.classes import classes_of, contents, head_kind
from rapallo.reading.lexicon import table
from rapallo.reading.roles import Arguments, companions, prepositions
from rapallo.reading.slots import place
from rapallo.reading.who import NOBODY, Parties, merge

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.frames import Frame
    from rapallo.reading.parties import Cast

__all__ = ["doer", "organisation"]

_FORCEFUL = ("ASSAULT", "COERCE", "PROTEST")


def doer(frame: Frame, args: Arguments, cast: Cast) -> Parties | None:
    """Who does it; nobody where the text names none; None where the subject cannot do such a thing.

    A thing does nothing: of a pact, a move or a truth no act is told. Weapons stand for their owner where
    force is told.
    """
    subject = args.subject
    if frame.subj == ("pact",):
        fits = subject is not None and "pact" in classes_of(subject)
        return (cast.owners(subject) or _bound(subject, cast)) if subject is not None and fits else None
    if subject is None:
        return NOBODY if args.passive else None
    if frame.subj == ("civil",):
        return _crowd(subject, cast, args)
    kind = head_kind(subject) or head_kind(contents(subject)[-1])
    if frame.subj and not _is_kind(frame.subj, kind, subject, cast):
        return None
    found = cast.who(subject)
    beside = [t for t in companions(subject) if cast.who(t)]
    if found and beside:
        found = merge((found, *(cast.who(t) for t in beside)))
    if kind == "weapon":
        if frame.event not in ("ASSAULT", "MOBILIZE", "COERCE") and "drill" not in frame.obj:
            return None
        return found or cast.owners(subject) or Parties(unnamed=True)
    if frame.subj == ("worker",) and not found:
        return _crowd(subject, cast, args)
    if found or (found.unnamed and frame.event in (*_FORCEFUL, "ACCUSE")):
        return found
    return None


def _bound(pact: Token, cast: Cast) -> Parties:
    """Who a pact told before binds, where it is named without its parties."""
    named = prepositions(pact)
    return NOBODY if named.get("with") or named.get("between") else cast.discourse.pact


def _is_kind(wanted: tuple[str, ...], kind: str | None, subject: Token, cast: Cast) -> bool:
    if "person" in wanted:
        return cast.who(subject).person or kind in ("person", "institution")
    if "state" in wanted:
        return kind in (None, "institution", "person")
    if "worker" in wanted:
        return kind == "national" or subject.lemma_.lower() in table("crowds")["words"]
    if "court" in wanted:
        named = {t.lemma_.lower() for t in (subject, *subject.children)}
        if named & {"court", "tribunal", "judge", "prosecutor", "jury", "icc", "icj", "chamber", "bench"}:
            return True
    if "org" in wanted:
        return organisation(cast.who(subject))
    return kind in wanted


def organisation(found: Parties) -> bool:
    """Whether the parties are one international organisation."""
    return len(found.codes) == 1 and _is_organisation(found.codes[0])


@cache
def _is_organisation(code: str) -> bool:
    try:
        return actor(code).kind == "organisation"
    except UnknownActorError:
        return False


def _crowd(subject: Token, cast: Cast, args: Arguments) -> Parties | None:
    """The country of a crowd: its demonym, or where it gathers."""
    inner = contents(subject)[-1]
    words = table("crowds")["words"]
    if inner.i in cast.at:
        return cast.who(inner) if cast.at[inner.i].role == "nationals" and inner.pos_ != "ADJ" else None
    people = head_kind(inner) in ("national", "person") or inner.lemma_.lower() in words
    if not people and not subject.like_num and subject.lemma_.lower() not in words:
        return None
    found = cast.owners(inner)
    if not found:
        beside, where = prepositions(subject), ("in", "across", "from", "outside", "of")
        spots = [t for p in where for t in beside.get(p, [])]  # where they march says nothing of who they are
        found = next((w for w in (place(t, cast) for t in spots) if w), NOBODY)
    return found or Parties(unnamed=True)
