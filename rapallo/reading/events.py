"""Acts in a sentence: every verb and noun that fits a frame, put as its scope has it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.model import Holder, Quantity, TieContent
from rapallo.model.claims import Modality
from rapallo.reading.classes import classes_of, contents
from rapallo.reading.drafts import Draft
from rapallo.reading.event_type import Hit, match, mode_of
from rapallo.reading.frames import frames_of
from rapallo.reading.lexicon import table
from rapallo.reading.quantity import quantity
from rapallo.reading.roles import arguments, prepositions
from rapallo.reading.scope import Scope, condition, operator, scope
from rapallo.reading.slots import complement_of, only
from rapallo.reading.treaties import tie_of
from rapallo.reading.who import Parties, merge
from rapallo.vocab import vocabulary

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from rapallo.reading.parties import Cast

__all__ = ["acts", "draft_of"]

_SPEECH = frozenset(("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN"))
_FIXED: dict[str, Modality] = {"intended": "intended", "hypothetical": "hypothetical"}
_DEFINITE = frozenset(("the", "this", "that"))
_LISTING = frozenset(("AGREE", "AID", "COOPERATE"))
_GOODS = frozenset(("arms", "money", "relief", "troops", "goods", "missile", "vessel"))
_WISHES = frozenset(("REQUEST", "REJECT", "THREATEN"))
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "MOBILIZE"))
_PROMISED = {
    "CONSULT": "AGREE",
    "SUPPORT": "AGREE",
    "COOPERATE": "AGREE",
    "AID": "AGREE",
    "RETREAT": "CONCEDE",
}
_ENDED = {
    "AID": ("SANCTION", "discontinue"),
    "COOPERATE": ("SANCTION", "discontinue"),
    "ASSAULT": ("RETREAT", "ceasefire"),
}


def acts(sentence: Span, cast: Cast) -> tuple[list[Draft], list[str]]:
    """The acts of a sentence, and why acts that were seen were left out."""
    found: list[Draft] = []
    left: list[str] = []
    refused: list[Draft] = []
    carried: set[int] = set()
    wished: set[int] = set()
    for token in sentence:
        if token.i in wished:
            left.append(f"{token.text!r} is only what is asked for")
            continue
        if token.dep_ == "amod" and token.tag_ in ("VBN", "VBD") and token.i < token.head.i:
            continue  # "the occupied province" tells no act of now
        if token.pos_ not in ("VERB", "NOUN", "AUX") or (
            token.pos_ == "NOUN" and not frames_of(token.lemma_.lower(), noun=True)
        ):
            continue
        hit = match(token, cast)
        if hit is None and (same := _likewise(token, cast, found)) is not None:
            found.append(same)
            continue
        refusal = _unwilling(token, hit, found, cast)
        if refusal is not None:
            found.append(refusal)
            continue
        if hit is None:
            threat = _threat(token, cast)
            found += [threat] if threat is not None else []
            continue
        if not hit.frame.noun and hit.object is not None:
            carried.update(t.i for t in contents(hit.object))
        ended = hit.frame.event == "SANCTION" and bool(hit.frame.comp)  # "stopped buying Chilean ore"
        asked = complement_of(token) if hit.frame.event in _WISHES or hit.frame.plural or ended else None
        if asked is not None and (hit.frame.event in _WISHES or asked.dep_ == "ccomp" or ended):
            wished.add(asked.i)
        if hit.frame.event == "AGREE" and "relcl" in hit.frame.slots and hit.object is not None:
            wished.update(c.i for c in hit.object.children if c.dep_ == "relcl")  # "sites it will open"
        if hit.frame.tie == "sanction:ended" and hit.object is not None:
            wished.update(
                c.i for c in hit.object.children if c.dep_ == "acl"
            )  # "lifted a ban imposed in May"
        above = scope(token, cast, took_negation=hit.frame.negated)
        if above.absorbed in ("fear", "risk", "worry") and hit.frame.endures:
            above.absorbed, above.modalities = "", {"hypothetical"}
        if above.absorbed:
            left.append(f"{token.text!r} is only part of {above.absorbed!r}")
            continue
        draft = draft_of(hit, above)
        if draft is not None and not draft.actors and not draft.targets:
            left.append(f"{token.text!r} names nobody who acts or is acted upon")
        elif draft is not None:
            if draft.event == "THREATEN" and not draft.targets:
                draft.targets = _provoker(token, draft.actors, cast)
            _take_up(draft, hit, cast)
            found += [draft, *_listed(draft, hit)]
            refused += _refused(draft, hit, cast)
    return [*(d for d in found if not (d.noun and d.token.i in carried)), *refused], left


def draft_of(hit: Hit, above: Scope) -> Draft | None:
    """The claim in the making of a hit under its scope; None where nothing remains to be said."""
    frame = hit.frame
    event: str | None = frame.event
    mode = hit.mode
    actors, targets = hit.actors, hit.targets
    holders = list(above.holders)
    if above.stopped:
        if frame.event not in _ENDED:
            return None
        event, mode = _ENDED[frame.event]
    modality = above.modality
    if event == "THREATEN" and modality == "intended":
        modality = "asserted"
    if modality in ("asserted", "reported"):
        modality = _FIXED.get(frame.modality, modality)
    if frame.modality == "promised" and modality not in ("intended", "conditional"):
        return None
    together = len(actors.codes) > 1
    if above.bargain and together and modality == "intended":
        event, mode, modality = "AGREE", None, "asserted"
    elif above.bargain and targets and modality == "intended" and _PROMISED.get(frame.event) == "AGREE":
        event, mode, modality = "AGREE", None, "asserted"  # "agreed to sell them jets"
    elif "intended" in {modality, *above.modalities} and event in _PROMISED:
        event, mode = _PROMISED[event], None
    if event in _HOSTILE and {"intended", "conditional"} <= above.modalities and _by_itself(holders, actors):
        mode = mode_of("THREATEN", event, hit)
        event, modality, holders = "THREATEN", "asserted", []
    planned = frame.qty and modality == "intended"  # one side's plan to buy
    alone = event == "AGREE" and (frame.event in _PROMISED or planned) and not together and bool(targets)
    would = any(c.lower_ in ("would", "'d", "’d") for c in hit.token.children)
    if event == "THREATEN" and modality == "conditional" and not would:
        modality = "asserted"  # what is threatened hangs on the condition, the threat does not
    if (frame.both and not alone and not above.stopped) or (above.bargain and together):
        everyone = merge((actors, targets))
        actors = targets = everyone
        if len(everyone.codes) < 2:
            targets = Parties()
    if frame.event in _SPEECH and holders and modality == "reported":
        speakers = {h.who for h in holders}
        if speakers <= set(actors.codes):
            holders, modality = [], "asserted"
    if _owed(hit) and modality == "hypothetical" and actors and _told_by_another(holders, actors):
        return _demand(hit, holders, actors)
    tie = tie_of(frame, hit.object) if not above.stopped else None
    if tie is None and frame.clause and modality in ("intended", "conditional") and len(actors.codes) > 1:
        tie = TieContent("pact", (frame.clause,), None)
    if frame.stative:
        event = None
    confidence = 0.85 * actors.confidence * (targets.confidence if targets else 0.85) * above.doubt
    confidence *= (0.75 if frame.weak else 1.0) * (0.9 if frame.noun else 1.0) * (1.0 if actors else 0.8)
    return Draft(
        token=hit.token,
        kind="tie" if tie is not None else "event",
        event=event,
        actors=actors,
        targets=targets,
        mode=mode,
        contexts=_contexts(hit),
        polarity=above.polarity,
        modality=modality,
        holders=holders,
        tie=tie,
        quantity=_amount(hit),
        words=[t for t in (hit.object, hit.arguments.recipient) if t is not None],
        confidence=confidence,
        noun=frame.noun,
    )


def _take_up(draft: Draft, hit: Hit, cast: Cast) -> None:
    """Read "the treaty that he signed with Peru" as the pact told before of the two, not a new one."""
    noun = hit.object
    if draft.tie is None or noun is None or hit.token.dep_ != "relcl" or hit.token.head != noun:
        return
    known = cast.discourse.treaties.get(frozenset(draft.actors.codes + draft.targets.codes))
    if known is None or known.kind != "pact" or not any(c.lower_ in _DEFINITE for c in noun.children):
        return
    if draft.polarity == "positive" and draft.modality == "asserted" and draft.tie.phase == "signed":
        draft.event, draft.mode = None, None
        draft.tie = replace(known, phase="in_force")


def _likewise(verb: Token, cast: Cast, told: list[Draft]) -> Draft | None:
    """The act told before, done by another: "Mali did the same with Benin"."""
    args = arguments(verb)
    words = (verb.lemma_.lower(), args.object.lower_ if args.object is not None else "")
    if words not in (("do", "same"), ("do", "likewise"), ("follow", "suit")):
        return None
    before = [d for d in told if d.kind in ("event", "tie") and d.event and d.token.i < verb.i]
    last = cast.discourse.episodes.last(vocabulary("event_types"), within=1)
    model = before[-1] if before else last.draft if last is not None else None
    actors, above = cast.who(args.subject), scope(verb, cast)
    if model is None or not actors or above.absorbed or set(actors.codes) & set(model.actors.codes):
        return None
    behind = [t for p in ("with", "to", "for", "against", "in") for t in args.prepositions.get(p, [])]
    targets = next((w for w in map(cast.who, behind) if w), model.targets)
    return replace(
        model, token=verb, actors=actors, targets=only(targets, without=actors.codes), words=[], phrase=None,
        polarity=above.polarity, modality=above.modality, holders=list(above.holders), quantity=None,
        when=None, settled=False, noun=False, confidence=0.75 * actors.confidence,
    )  # fmt: skip


def _refused(refusal: Draft, hit: Hit, cast: Cast) -> list[Draft]:
    """The request that a refusal names with the one who made it: "turned down a Chilean request"."""
    noun = hit.object
    if hit.frame.event != "REJECT" or noun is None or noun.lemma_.lower() not in table("modes")["asked"]:
        return []
    actors = only(cast.owners(noun), without=refusal.actors.codes)
    if not actors or not refusal.actors or refusal.modality not in ("asserted", "reported"):
        return []
    behind = [t for heads in prepositions(noun).values() for t in heads]
    behind += [c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"]
    return [
        Draft(
            noun, "event", "REQUEST", actors, refusal.actors, hit.mode, refusal.contexts,
            modality=refusal.modality, holders=list(refusal.holders), words=behind,
            confidence=0.9 * refusal.confidence, noun=True,
        )
    ]  # fmt: skip


def _unwilling(verb: Token, hit: Hit | None, told: list[Draft], cast: Cast) -> Draft | None:
    """As in "ready to talk, but not to free them": what is left out of a readiness is refused."""
    first = verb.left_edge.i - 1
    if first < verb.sent.start or verb.doc[first : verb.i].text.lower() != "but not to":
        return None
    before = reversed(verb.doc[verb.sent.start : first])
    willing = next((t for t in before if t.pos_ in ("ADJ", "VERB") and operator(t) == "intends"), None)
    if willing is None:
        return None
    actors = cast.who(arguments(willing if willing.pos_ == "VERB" else willing.head).subject)
    same = [d.targets for d in told if d.actors.codes == actors.codes]
    targets = only(hit.targets, without=actors.codes) if hit is not None else Parties()
    targets = targets or (only(same[-1], without=actors.codes) if same else Parties())
    mode = mode_of("REJECT", hit.frame.event) if hit is not None else None
    thing = [hit.object] if hit is not None and hit.object is not None else []
    return (
        Draft(verb, "event", "REJECT", actors, targets, mode, words=thing, confidence=0.7) if actors else None
    )


def _threat(verb: Token, cast: Cast) -> Draft | None:
    """As in "If you do, we shall respond": told by the one who would."""
    if verb.lemma_.lower() not in table("modes")["retaliating"]:
        return None
    above = scope(verb, cast)
    actors = cast.who(arguments(verb).subject)
    if (
        above.absorbed
        or not {"intended", "conditional"} <= above.modalities
        or not _by_itself(above.holders, actors)
    ):
        return None
    clause = next((c for c in verb.children if c.dep_ == "advcl"), None)
    other = cast.who(arguments(clause).subject) if clause is not None else Parties()
    targets = only(other, without=actors.codes)
    confidence = 0.7 * actors.confidence * (targets.confidence if targets else 0.85)
    return Draft(verb, "event", "THREATEN", actors, targets, mode="violence", confidence=confidence)


def _provoker(verb: Token, actors: Parties, cast: Cast) -> Parties:
    """Whose act a threat would answer: who acts in its condition ("if American forces attacked")."""
    clauses = [verb, *(c for c in verb.children if c.dep_ in ("ccomp", "xcomp"))]
    for clause in clauses:
        for child in clause.children:
            if child.dep_ in ("advcl", "ccomp") and condition(child) == "if":
                found = only(cast.who(arguments(child).subject), without=actors.codes)
                if found:
                    return found
    return Parties()


def _demand(hit: Hit, holders: list[Holder], owing: Parties) -> Draft:
    """The request of the last who says it, to those who are said to have to act."""
    who = holders[-1].who
    mode = mode_of("REQUEST", hit.frame.event, hit)
    made = Draft(hit.token, "event", "REQUEST", Parties((who,), (who,)), owing, mode, holders=holders[:-1])
    made.words = [t for t in (hit.object,) if t is not None]
    made.confidence = 0.7 * owing.confidence
    return made


def _owed(hit: Hit) -> bool:
    """Whether an act is said to be owed: "must free them", "should leave"."""
    return any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in hit.token.children)


def _told_by_another(holders: list[Holder], actors: Parties) -> bool:
    """Whether a state or organisation says what another one has to do: it asks for it."""
    last = holders[-1] if holders else None
    named = last is not None and last.who not in ("unnamed", "analysts", "media") and last.attitude == "says"
    return named and last is not None and last.who not in actors.codes


def _by_itself(holders: list[Holder], actors: Parties) -> bool:
    """Whether those who say it are those who would do it."""
    return bool(holders) and {h.who for h in holders} <= set(actors.codes)


def _amount(hit: Hit) -> Quantity | None:
    if not hit.frame.qty:
        return None
    for noun in (hit.object, *(t for p in ("with", "of") for t in hit.arguments.prepositions.get(p, []))):
        if noun is not None and (found := quantity(noun)) is not None:
            return found
    return None


def _listed(draft: Draft, hit: Hit) -> list[Draft]:
    """The other things of an act with amounts of their own: "40 jeeps and 3 ships", "a sum for jets"."""
    noun = hit.object
    if noun is None or not (hit.frame.qty or draft.event in _LISTING) or draft.polarity == "negative":
        return []
    heads = [noun, *noun.conjuncts]
    heads += [c for c in noun.children if c.dep_ == "compound" and c.lemma_ in table("numbers")["currencies"]]
    worth = [c for c in noun.children if c.lower_ in ("worth", "totalling", "totaling", "valued")]
    heads += [g for c in worth for g in c.subtree if g.dep_ in ("npadvmod", "dobj", "pobj")]
    for carrier in (hit.arguments.prepositions, *(prepositions(head) for head in heads)):
        for small in ("for", "of", "with", "worth", "including", "on"):
            for inner in carrier.get(small, []):
                heads += [inner, *inner.conjuncts]
        for cost in (c for p in ("at", "for") for c in carrier.get(p, []) if c.lemma_ in ("cost", "price")):
            heads += prepositions(cost).get("of", [])
    made: list[Draft] = []
    told = [draft.quantity] if draft.quantity is not None else []
    for head in sorted(set(heads), key=lambda t: t.i):
        amount = quantity(head) if head.i > hit.token.i or hit.arguments.passive else None
        if amount is None or amount in told or not _countable(head):
            continue
        told.append(amount)
        if draft.quantity is None:
            draft.quantity = amount
        else:
            made.append(replace(draft, quantity=amount, phrase=head, words=[head]))
    return made


def _countable(noun: Token) -> bool:
    """Whether a noun is of goods, forces or money, not of time or distance."""
    found = {c for t in contents(noun) for c in classes_of(t)}
    return bool(found & _GOODS)


def _contexts(hit: Hit) -> tuple[str, ...]:
    """The frame's contexts and those that the words of the object call for; three at most."""
    found = dict.fromkeys(hit.frame.contexts)
    words = {t.lemma_.lower() for t in hit.token.subtree if t.pos_ in ("NOUN", "ADJ", "PROPN")}
    for context, cues in table("contexts")["cues"].items():
        if words & set(cues):
            found.setdefault(context)
    if hit.object is not None and "arms" in {c for t in contents(hit.object) for c in classes_of(t)}:
        found.setdefault("military")
    return tuple(found)[:3]
