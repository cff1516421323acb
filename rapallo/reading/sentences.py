"""One sentence: all its claims in the making, dated, and why there are none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapallo.model import Interval
from rapallo.reading.anaphora import is_plural
from rapallo.reading.causes import causes
from rapallo.reading.classes import in_class
from rapallo.reading.dating import Dated, find_dates
from rapallo.reading.denials import denials, remember_charges
from rapallo.reading.drafts import Draft
from rapallo.reading.encoder import Floats, judge
from rapallo.reading.events import acts
from rapallo.reading.flows import flows_and_traits
from rapallo.reading.judgement import doubted, hits, suggested, unsure
from rapallo.reading.relations import relations
from rapallo.reading.slots import is_definite
from rapallo.reading.stance import stances
from rapallo.reading.standing import standing
from rapallo.reading.who import NOBODY, Parties

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["Found", "read_sentence", "remember", "ruled"]

_GOES_ON = re.compile(
    r"^(?:and )?(?:when|in (?:return|response|retaliation|exchange|reply)|there,|"
    r"at (?:that|the) (?:meeting|summit|talks)|during the (?:visit|talks|meeting))\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """What a sentence gave.

    Attributes:
        drafts: its claims in the making.
        outcome: what became of it, in the words of `Diagnostic.outcome`.
        why: in words.
    """

    drafts: list[Draft] = field(default_factory=list)
    outcome: str = "not_political"
    why: str = ""


def ruled(sentence: Span, cast: Cast) -> tuple[list[Draft], list[str]]:
    """What parse and lexicon read in a sentence, and why they left out what they saw."""
    drafts, left = acts(sentence, cast)
    lasting = relations(sentence, cast)
    told = {d.token.i for d in lasting}
    lasting += [d for d in flows_and_traits(sentence, cast) if d.token.i not in told]
    told |= {d.token.i for d in lasting}
    lasting += [d for d in standing(sentence, cast) if d.token.i not in told]
    told |= {d.token.i for d in lasting}
    kept = {w.i for d in lasting if d.kind == "tie" for w in d.words}
    plain = [d for d in drafts if d.token.i not in told]
    return [
        d for d in plain if d.token.i not in kept or not (d.noun or d.token.pos_ == "VERB")
    ] + lasting, left


def read_sentence(
    sentence: Span, cast: Cast, published: dt.date, last: Interval | None, hidden: Floats
) -> Found:
    """The claims in the making of a sentence.

    Args:
        sentence: the parsed sentence.
        cast: the actors of its paragraph, their discourse opened for this sentence.
        published: the document's day.
        last: when the last dated act before it was, for a sentence that goes on with that episode.
        hidden: its word vectors.
    """
    drafts, left = ruled(sentence, cast)
    encoded = judge(hidden, sentence, hits(drafts, sentence))
    drafts, doubts = doubted(drafts, sentence, encoded)
    left += doubts
    drafts += denials(sentence, cast, drafts)
    drafts += stances(sentence, cast, drafts)
    drafts += suggested(sentence, cast, encoded, drafts)
    drafts += causes(sentence, cast, drafts)
    drafts.sort(key=lambda d: d.token.i)
    _date(sentence, drafts, published, last)
    remember(sentence, cast, drafts)
    if drafts:
        return Found(drafts, "claims", f"{len(drafts)} found")
    named = {cast.at[t.i].code for t in sentence if t.i in cast.at}
    verbs = [t for t in sentence if t.pos_ == "VERB"]
    doubts = unsure(sentence, encoded)
    if left or (named and doubts):
        return Found([], "abstained", "; ".join(dict.fromkeys([*left, *doubts])))
    if not named:
        nobody = "no state, organisation or leader is named or plainly meant"
        return Found([], "no_actor", "; ".join([nobody, *doubts]))
    if not verbs:
        return Found([], "no_predicate", "it has no verb")
    if len(named) == 1:
        return Found([], "one_side", f"only {min(named)} is named and no act of its own is told")
    return Found([], "not_political", "no verb or noun that tells a political act joins those named")


def remember(sentence: Span, cast: Cast, drafts: list[Draft]) -> None:
    """Keep for the sentences behind it who was named and what was told."""
    root = sentence.root
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    found = cast.who(subject) if subject is not None else NOBODY
    cast.discourse.subject = found or NOBODY
    cast.discourse.plural = subject is not None and is_plural(subject, found)
    if found and subject is not None:
        cast.discourse.name(replace(found, unnamed=False), subject.i)
    remember_charges(cast, drafts)
    for draft in drafts:
        cast.discourse.episodes.tell(draft)
    for noun in sentence:
        if noun.pos_ == "NOUN" and is_definite(noun):
            cast.discourse.episodes.take_up(noun.lemma_.lower())
        if noun.dep_ in ("nsubj", "nsubjpass", "dobj") and in_class(noun.lemma_.lower(), "pact"):
            cast.discourse.pact_noun = len(cast.discourse.sentences)
    for draft in drafts:
        codes = tuple(dict.fromkeys(draft.actors.codes + draft.targets.codes))
        aside = draft.event is None and draft.token.dep_ in ("relcl", "appos")
        if len(codes) == 2 and set(draft.actors.codes) == set(draft.targets.codes) and not aside:
            names = tuple(dict.fromkeys(draft.actors.names + draft.targets.names))
            cast.discourse.meet(Parties(codes, names))
        elif draft.event and len(draft.targets.codes) == 2 and len(draft.actors.codes) == 1:
            cast.discourse.meet(draft.targets)
        if (
            draft.tie is not None
            and draft.tie.kind in ("pact", "partnership", "troops")
            and len(codes) > 1
            and set(draft.actors.codes) == set(draft.targets.codes)
            and draft.polarity == "positive"
        ):
            cast.discourse.pact = Parties(codes, tuple(draft.actors.names), 0.8)
            known = cast.discourse.treaties.get(frozenset(codes))
            if known is None or known.kind != "pact":
                cast.discourse.treaties[frozenset(codes)] = draft.tie


def _date(sentence: Span, drafts: list[Draft], published: dt.date, last: Interval | None) -> None:
    dates = find_dates(sentence.text, published, last)
    hosts: dict[int, list[Dated]] = {}
    for date in dates:
        span = sentence.doc.char_span(
            sentence.start_char + date.start, sentence.start_char + date.end, alignment_mode="expand"
        )
        if span is not None:
            for host in (span.root.i, *_hosts(span.root, {d.token.i for d in drafts})):
                hosts.setdefault(host, []).append(date)
    for draft in drafts:
        if draft.settled:
            continue
        told = _date_of(draft, hosts)
        if told is not None:
            open_ended = draft.modality in ("intended", "conditional", "hypothetical")
            draft.when = told.ahead if open_ended and not _told_as_past(draft.token) else told.past
        elif not dates and last is not None and _GOES_ON.match(sentence.text):
            draft.when = last


def _told_as_past(token: Token) -> bool:
    """Whether an act is the aim or content of one in the past: "in April it sent an envoy to assure them"."""
    while token.dep_ in ("xcomp", "advcl", "acl", "conj", "ccomp") and token.head != token:
        token = token.head
        if token.tag_ == "VBD" or any(c.dep_ == "aux" and c.tag_ == "VBD" for c in token.children):
            return True
    return False


def _hosts(token: Token, predicates: set[int]) -> list[int]:
    """The act that a date hangs on: the first predicate above it, or the first verb."""
    at = token
    for _ in range(12):
        if at.i in predicates and at != token:
            return [at.i]
        if at.pos_ in ("VERB", "AUX") and at != token:
            return [at.i]
        if at.head == at:
            break
        at = at.head
    return [at.i]


def _date_of(draft: Draft, hosts: dict[int, list[Dated]]) -> Dated | None:
    """The date of an act: its own, its object's, that of the verb it shares or that carries it."""
    near = [draft.token, *draft.words]
    if draft.token.dep_ == "relcl":
        near.append(draft.token.head)
    for token in near:
        if token.i in hosts:
            return _best(hosts[token.i])
    at = draft.token
    for _ in range(6):
        if (
            at.dep_
            in ("conj", "xcomp", "pcomp", "prep", "dobj", "pobj", "advcl", "nsubjpass", "acomp", "attr")
            and at.head != at
        ):
            if (
                at.dep_ == "conj"
                and any(c.dep_ in ("nsubj", "nsubjpass") for c in at.children)
                and at.pos_ == "VERB"
            ):
                return None
            at = at.head
            if at.i in hosts:
                return _best(hosts[at.i])
        else:
            break
    return None


def _best(dates: list[Dated]) -> Dated:
    """The most exact of several."""
    order = ["day", "week", "month", "quarter", "range", "year", "since", "decade", "century", "unknown"]
    return min(dates, key=lambda d: order.index(d.told.precision))
