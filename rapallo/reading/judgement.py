"""What the encoder adds to the rules: claims that no frame knows, and doubts about those read.

Each has its job. The parse says who stands where and what lies in whose scope, the lexicon knows what a frame
means to the letter, and the encoder has seen how news is worded. Bounds were chosen on ``corpus/validation``.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from rapallo.model import Holder, Stance, TieContent
from rapallo.model.claims import CLAIM_KINDS, MODALITIES, POLARITIES, Modality, Polarity
from rapallo.reading.classes import head_kind
from rapallo.reading.drafts import Draft
from rapallo.reading.encoder import Encoded, Floats, Guess
from rapallo.reading.quantity import quantity
from rapallo.reading.roles import is_passive
from rapallo.reading.scope import scope
from rapallo.reading.slots import only
from rapallo.reading.stance_content import wording
from rapallo.reading.who import BODIES, NOBODY, Parties, merge
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["doubted", "hits", "spans", "suggested", "unsure"]

DOUBT = 0.03  # an act of the lexicon on a word less likely than this is left out
ENOUGH = 0.7  # a word from this on is read as an act that no frame knows,
BOTH = 0.8  # where how likely it is, times how sure its type is, comes to this
MAYBE = 0.25  # a word from this on is told of where nothing was read
PARTY = 0.5  # a word from this on names a party
_MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
_LONE = frozenset(("MOBILIZE", "PROTEST"))


def hits(drafts: list[Draft], sentence: Span) -> dict[int, str]:
    """By number of the word, the event type, else the kind of claim, that the rules read on it."""
    return {
        d.token.i - sentence.start: d.event or d.kind
        for d in reversed(drafts)
        if sentence.start <= d.token.i < sentence.end
    }


def doubted(drafts: list[Draft], sentence: Span, encoded: Encoded) -> tuple[list[Draft], list[str]]:
    """The drafts that the encoder lets stand, and why others fell."""
    kept: list[Draft] = []
    left: list[str] = []
    for draft in drafts:
        likely = max((float(encoded.predicates[i]) for i in _words(draft, sentence)), default=1.0)
        if draft.kind == "event" and likely < DOUBT:
            left.append(f"{draft.token.text!r} is more likely no act here ({likely:.2f})")
        else:
            kept.append(draft)
    return kept, left


def _words(draft: Draft, sentence: Span) -> list[int]:
    """Numbers of the words that may carry it: the one it hangs on, those it is told with, the verb above."""
    words = {draft.token, draft.token.head, *draft.words}
    return [t.i - sentence.start for t in words if sentence.start <= t.i < sentence.end]


def _mode(guess: Guess, event: str) -> str | None:
    term, _ = guess.best("mode")
    of, _, mode = term.partition(":")
    return mode if of == event else None


def suggested(sentence: Span, cast: Cast, encoded: Encoded, drafts: list[Draft]) -> list[Draft]:
    """Claims on words that no draft hangs on and that the encoder takes for predicates."""
    taken = {i for draft in drafts for i in _words(draft, sentence)}
    told = {_told(draft) for draft in drafts}
    found = []
    for at in np.flatnonzero(encoded.predicates >= ENOUGH).tolist():
        token = sentence[at]
        if at in taken or token.pos_ in ("PUNCT", "DET", "PRON") or _by_doing(token, drafts):
            continue
        draft = _draft(token, sentence, cast, encoded.about(at), float(encoded.predicates[at]))
        if draft is not None and _told(draft) not in told:
            found.append(draft)
    return found


def _by_doing(verb: Token, drafts: list[Draft]) -> bool:
    """Whether a draft tells what an act consists in: "retaliated by expelling" is one act."""
    return any(
        d.token.dep_ == "pcomp" and d.token.head.lower_ == "by" and d.token.head.head == verb for d in drafts
    )


def _told(draft: Draft) -> tuple[str, frozenset[str], frozenset[str]]:
    """What a draft tells, whatever the word."""
    return draft.event or draft.kind, frozenset(draft.actors.codes), frozenset(draft.targets.codes)


def spans(likely: Floats, least: float = PARTY) -> list[tuple[int, int]]:
    """Runs of words that are likely enough, each with the number of its first word and that behind its last.

    Examples:
        >>> spans(np.array([0.9, 0.8, 0.1, 0.7], np.float32))
        [(0, 2), (3, 4)]
    """
    found = []
    for yes, run in groupby(enumerate(likely), key=lambda item: item[1] >= least):
        if yes:
            places = [i for i, _ in run]
            found.append((places[0], places[-1] + 1))
    return found


def unsure(sentence: Span, encoded: Encoded) -> list[str]:
    """Which word is the likeliest to carry a claim that was not read, where one is likely at all."""
    if not len(encoded.predicates):
        return []
    at = int(encoded.predicates.argmax())
    likely = float(encoded.predicates[at])
    return [f"{sentence[at].text!r} may carry a claim ({likely:.2f})"] if likely >= MAYBE else []


def _draft(token: Token, sentence: Span, cast: Cast, guess: Guess, likely: float) -> Draft | None:
    kind = next(k for k in CLAIM_KINDS if k == guess.best("kind")[0])
    term, certainty = guess.best("what")
    event = term if term in vocabulary("event_types") else None
    if kind == "cause" or (kind == "event" and event is None) or likely * certainty < BOTH:
        return None
    mode = _mode(guess, term)
    doers, bearers = _parties(guess.actors, sentence, cast), _parties(guess.targets, sentence, cast)
    if (spans(guess.actors) and not doers) or (spans(guess.targets) and not bearers):
        return None  # it names somebody of whom nothing is known
    at_home = event in _MUTUAL and doers.codes == bearers.codes
    if at_home and _only_places(guess.targets, sentence, cast):
        return None
    if _of_another_verb(token, guess.targets, sentence):
        return None
    mutual = mode != "visit" and (kind == "tie" or event in _MUTUAL)
    actors, targets = _apart(doers, bearers, mutual=mutual)
    above = scope(token, cast)
    doerless = token.pos_ == "NOUN" or is_passive(token)
    alone = event in _LONE or kind == "trait"
    if above.absorbed or not (actors or doerless) or not (targets or (actors and alone)):
        return None
    tie = _tie(guess) if kind == "tie" else None
    stance = _stance(guess, token, targets) if kind == "stance" else None
    counts = kind in ("flow", "trait")
    amount = next((q for t in token.subtree if (q := quantity(t)) is not None), None) if counts else None
    if (kind == "tie" and tie is None) or (kind == "stance" and stance is None):
        return None
    if counts and amount is None:
        return None
    holders = list(above.holders)
    if stance is not None:
        holders += [Holder(code, stance.attitude) for code in actors.codes or ("unnamed",)]
    return Draft(
        token=token,
        kind=kind,
        event=event if kind in ("event", "tie") else None,
        actors=actors,
        targets=targets,
        mode=mode,
        contexts=_some(guess, "contexts")[:3],
        polarity=_polarity(guess),
        modality=_modality(guess),
        holders=holders,
        tie=tie,
        stance=stance,
        quantity=amount,
        confidence=likely * certainty * actors.confidence * (targets.confidence if targets else 0.85),
        noun=token.pos_ == "NOUN",
    )


def _of_another_verb(token: Token, targets: Floats, sentence: Span) -> bool:
    """Whether a participle that describes a noun ("the plan proposed by Oslo") seems to act beyond it."""
    if token.dep_ != "acl" or not is_passive(token):
        return False
    near = {t.i for t in token.head.subtree}
    return any(sentence[first:last].root.i not in near for first, last in spans(targets))


def _only_places(likely: Floats, sentence: Span, cast: Cast) -> bool:
    """Whether nothing but places is named: who speaks in a capital does not meet it."""
    found = [cast.at.get(sentence[first:last].root.i) for first, last in spans(likely)]
    return bool(found) and all(m is not None and m.role in ("capital", "place") for m in found)


def _stance(guess: Guess, token: Token, about: Parties) -> Stance | None:
    attitude, _ = guess.best("stance")
    inner = [c for c in token.children if c.dep_ in ("ccomp", "xcomp", "dobj", "prep", "acl", "pobj")]
    if attitude == "none" or not inner:
        return None
    return Stance(attitude, tuple(sorted(about.codes)), wording(inner))


def _some(guess: Guess, group: str) -> tuple[str, ...]:
    """The terms of a group that are likely, the likeliest first."""
    likely = sorted(guess.groups[group].items(), key=lambda item: -item[1])
    return tuple(term for term, p in likely if p > 0.5)


def _apart(actors: Parties, targets: Parties, *, mutual: bool) -> tuple[Parties, Parties]:
    """Parties of which some seem to stand on both sides: all on both where the act is mutual, else on one."""
    shared = set(actors.codes) & set(targets.codes)
    if not shared or (actors.codes == targets.codes and (len(shared) > 1) == mutual):
        return actors, targets
    everyone = merge((actors, targets))
    if mutual:
        return everyone, everyone if len(everyone.codes) > 1 else NOBODY
    return actors, only(targets, without=actors.codes)


def _polarity(guess: Guess) -> Polarity:
    return next(p for p in POLARITIES if p == guess.best("polarity")[0])


def _modality(guess: Guess) -> Modality:
    return next(m for m in MODALITIES if m == guess.best("modality")[0])


def _tie(guess: Guess) -> TieContent | None:
    kind, phase = guess.best("tie")[0], guess.best("phase")[0]
    if kind == "none":
        return None
    clauses = _some(guess, "clauses") if kind == "pact" else ()
    return TieContent(kind, clauses, None if phase == "none" else phase)


def _parties(likely: Floats, sentence: Span, cast: Cast) -> Parties:
    """Whom the words mean that the encoder takes for a party's."""
    found = []
    for first, last in spans(likely):
        phrase = sentence[first:last]
        who = cast.who(phrase.root)
        if not (who or who.unnamed):
            who = merge(cast.one(t) for t in phrase if t.i in cast.at)
        found.append(who if who or who.unnamed else _of_the_only_state(phrase.root, sentence, cast))
    return merge(found) if found else NOBODY


def _of_the_only_state(noun: Token, sentence: Span, cast: Cast) -> Parties:
    """Whom an office means of which no state is said: the only state named in its sentence."""
    named = {m.code: m.name for t in sentence if (m := cast.at.get(t.i)) and m.role not in BODIES}
    if head_kind(noun) in ("person", "institution", "force") and len(named) == 1:
        return Parties(tuple(named), tuple(named.values()), 0.7)
    return NOBODY
