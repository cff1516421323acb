"""How a clause is put: modality, polarity and the chain of holders, read by climbing from the act upward."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rapallo.model import Holder
from rapallo.reading.conditions import negated
from rapallo.reading.holders import Scope, according, holder_names, operator, operators, told_behind
from rapallo.reading.lexicon import table
from rapallo.reading.roles import arguments, is_passive, joined_to, parted

if TYPE_CHECKING:
    from spacy.tokens import Token

    from rapallo.reading.parties import Cast

_SUPPOSING = ("otherwise", "without", "then", "lest", "barring", "hypothetically", "theoretically")

__all__ = ["Scope", "condition", "holder_names", "operator", "scope"]


def scope(
    token: Token,
    cast: Cast,
    *,
    took_negation: bool = False,
    within: Callable[[Token], str] | None = None,
) -> Scope:
    """How an act is put.

    Args:
        token: the predicate, a verb or a noun.
        cast: the actors of the paragraph.
        took_negation: whether the frame already counts the negation.
        within: for a stance, the attitude of a word above it, which then holds it instead of absorbing it.
    """
    found = Scope(within=within)
    node = token
    if token.pos_ in ("NOUN", "PROPN"):
        node = _noun_scope(token, found, cast)
    else:
        _local(node, found, took_negation=took_negation)
    for _ in range(25):
        if node.head == node or found.absorbed:
            break
        nxt = _climb(node, found, cast)
        if nxt is None:
            break
        node = nxt
    if found.polarity == "negative" and _beside(token):
        found.polarity = "positive"  # "failed to agree after talks with Chad"
    according(token, found, cast)
    told_behind(token, found, cast)
    if token.sent[-1].text == "?" and token.dep_ not in ("relcl", "acl"):
        found.absorbed = found.absorbed or "?"
    return found


def _beside(noun: Token) -> bool:
    """Whether a noun only tells when the act above it was: "after talks", "during the visit"."""
    if noun.pos_ != "NOUN" or _is_no(noun):
        return False
    up = [a.lower_ for a in noun.ancestors if a.pos_ in ("ADP", "SCONJ", "VERB", "AUX")][:2]
    return bool({"after", "during", "following", "despite", "amid"} & set(up))


def _local(verb: Token, found: Scope, *, took_negation: bool = False) -> None:
    """Auxiliaries, negation, adverbs and conditions of one verb."""
    _modals(verb, found)
    if negated(verb) and not took_negation:
        found.negate()
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "advmod" and word in table("operators")["hedging"]:
            found.modalities.add("reported")
            found.holders.insert(0, Holder("unnamed", "says"))
        if child.dep_ == "advmod" and word in table("operators")["nearly"] and child.i < verb.i:
            found.polarity = "nearly"
        if child.dep_ == "advcl" and condition(child) == "if":
            found.modalities.add("conditional")
    before = verb.doc[max(verb.sent.start, verb.i - 2) : verb.i].text.lower()
    if before in ("all but", "as good") or (
        verb.tag_ == "VB" and before in ("everything but", "anything but")
    ):
        found.polarity = "nearly"


def _modals(verb: Token, found: Scope) -> None:
    modals = operators()["modals"]
    auxiliaries = [c.lower_ for c in verb.children if c.dep_ == "aux"]
    if not auxiliaries and verb.dep_ == "conj" and verb.tag_ in ("VB", "VBN") and verb.head.pos_ == "VERB":
        auxiliaries = [c.lower_ for c in verb.head.children if c.dep_ == "aux"]
    for word in auxiliaries:
        kind = modals.get(word, "")
        if kind == "intended":
            found.modalities.add("intended")
        elif kind in {"hypothetical", "hypothetical_duty"}:
            if word != "could" or not negated(verb):  # "could not agree" tells that they did not
                found.modalities.add("hypothetical")
        elif kind == "would":
            reported = verb.dep_ == "ccomp" and operator(verb.head) in ("says", "intends", "alleges", "knows")
            supposed = verb.lemma_ in table("operators")["causing"] or (not reported and _supposes(verb))
            found.modalities.add("conditional" if supposed else "intended")


def _supposes(verb: Token) -> bool:
    """Whether its sentence sets a condition: "would" without one tells terms or plans."""
    words = table("operators")["conditions"]
    if any(t.lower_ in words or t.lower_ in _SUPPOSING for t in verb.sent):
        return True
    return any(condition(t) == "if" for t in verb.sent if t.dep_ in ("advcl", "ccomp", "dep"))


def condition(clause: Token) -> str:
    """``if`` for a condition, ``even if`` for one that changes nothing, else empty.

    "Should Israel strike" and "were Israel to strike" are conditions by the order of their words.
    """
    if _inverted(clause):
        return "if"
    for child in clause.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in table("operators")["conditions"]:
            previous = child.nbor(-1).lower_ if child.i > clause.sent.start else ""
            return (
                "even if" if previous == "even" or any(c.lower_ == "even" for c in clause.children) else "if"
            )
    return ""


def _inverted(clause: Token) -> bool:
    """Whether a clause before its main clause opens with "should", "were" or "had"."""
    if clause.dep_ not in ("advcl", "ccomp", "dep") or clause.i > clause.head.i:
        return False
    first = next((c for c in clause.children if c.pos_ not in ("PUNCT", "CCONJ")), None)
    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if first is None or first.dep_ not in ("aux", "auxpass"):
        return False
    if first.lower_ == "should" and first == clause.left_edge and clause.dep_ == "advcl":
        return True
    return first.lower_ in ("should", "were", "had") and subject is not None and first.i < subject.i


def _climb(node: Token, found: Scope, cast: Cast) -> Token | None:
    """One step up; None where what stands above no longer bears on the act."""
    above, relation = node.head, node.dep_
    if relation == "conj":
        if above.pos_ not in ("VERB", "AUX") and node.pos_ in ("VERB", "AUX"):
            return above
        if above.pos_ in ("VERB", "AUX") and node.pos_ in ("VERB", "AUX"):
            above = joined_to(node)
        _shared_adverbs(above, found)
        return above
    if relation in ("xcomp", "ccomp") and condition(node) and node.i > above.i:
        found.absorbed = "whether"
        return None
    if relation == "ccomp" and parted(node):
        return None
    if relation in ("xcomp", "ccomp", "parataxis", "oprd", "acomp", "attr"):
        return _under(node, above, found, cast)
    if relation == "advcl":
        return _adverbial(node, above, found, cast)
    if relation == "acl":
        if node.tag_ in ("VBN", "VBG") and not any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children):
            return None
        done = node.tag_ != "VB" or _ranked(above)
        return _under(node, above, found, cast, default="passes" if done else "absorbs")
    if relation == "relcl":
        if node.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in node.children):
            return _under(node, above, found, cast, default="passes" if _ranked(above) else "absorbs")
        return None
    if relation == "pcomp":
        return _gerund(node, above, found, cast)
    if relation in ("csubj", "csubjpass", "nsubj", "nsubjpass", "dobj") and node.pos_ in ("VERB", "AUX"):
        if relation == "dobj" and operator(above):
            return _under(node, above, found, cast)
        _local(above, found)
        return above
    if (
        relation in ("dobj", "nsubjpass", "attr", "oprd")
        and node.pos_ == "NOUN"
        and above.pos_ in ("VERB", "AUX")
    ):
        return _plan(node, above, found, cast)
    if relation in ("dep", "prep", "npadvmod"):
        return above
    return None


def _plan(noun: Token, verb: Token, found: Scope, cast: Cast) -> Token | None:
    """From a plan, offer or charge to the verb that makes, drops or denies it."""
    particle = next((c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")), "")
    governors, lemma = operators()["noun_governors"], verb.lemma_.lower()
    kind = governors.get(f"{lemma}_{particle}", governors.get(lemma, ""))
    if kind in ("absorbs", "stops"):
        found.absorbed = verb.lemma_
        return None
    if kind == "denies":
        found.polarity = "negative"
        found.modalities.add("reported")
        found.holders[:0] = holder_names(verb, cast, "denies")
        return verb
    if negated(verb) and not _is_no(noun):
        found.negate()
    return verb


def _is_no(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in noun.children)


def _ranked(noun: Token) -> bool:
    """Whether what an infinitive says was done: "the first state to recognise"."""
    return any(c.lower_ in ("first", "second", "third", "last", "latest", "only") for c in noun.children)


def _shared_adverbs(verb: Token, found: Scope) -> None:
    """What stands before the first of several verbs and holds for all: "reportedly seized and sank"."""
    for child in verb.children:
        if child.dep_ == "advcl" and condition(child) == "if":
            found.modalities.add("conditional")


def _under(node: Token, above: Token, found: Scope, cast: Cast, default: str = "") -> Token | None:
    if above.lemma_ in ("keep", "leave", "hold") and node.tag_ in ("VBN", "VBD"):
        found.absorbed = above.lemma_  # "kept the border closed"
        return None
    kind = operator(above) or default
    if above.lemma_ == "be" and (held := _held(above)):
        found.absorbed = held
        return None
    if node.dep_ == "xcomp" and _to_do(node) and (above.lemma_ == "be" or _decides(above)):
        kind = "intends"
    if above.pos_ in ("NOUN", "PROPN") and kind == "absorbs":
        found.absorbed = above.lemma_
        return None
    if kind == "says" and above.lemma_ == "warn" and node.dep_ == "xcomp":
        kind = "absorbs"
    if kind == "says" and is_passive(above) and node.dep_ == "xcomp":
        kind = "hedges"
    if kind == "denies" and node.i < above.i and node.dep_ == "ccomp":
        return None  # "..., a charge it denies": the charge stands
    if above.lemma_.lower() in table("operators")["binding"] and _mutual(node, above, cast):
        found.bargain = True
    return _apply(kind, above, found, cast)


def _to_do(verb: Token) -> bool:
    """Whether a verb is an infinitive, a passive one included ("is to be delivered")."""
    return verb.tag_ == "VB" or any(c.tag_ == "TO" for c in verb.children)


def _mutual(act: Token, above: Token, cast: Cast) -> bool:
    """Whether several undertake an act that is aimed at none beside them: they bind each other."""
    several = len(cast.who(arguments(above).subject).codes) > 1
    return several and not any(t.i in cast.at for t in act.subtree)


def _held(verb: Token) -> str:
    """The fear or hope that a clause behind "is" is the content of: "its fear is that Chad will attack"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"), None)
    return subject.lemma_.lower() if subject is not None and operator(subject) == "absorbs" else ""


def _decides(verb: Token) -> bool:
    return verb.lemma_.lower() in ("decide", "choose", "opt", "resolve", "elect")


def _apply(kind: str, above: Token, found: Scope, cast: Cast) -> Token | None:
    attitude_above = found.within(above) if found.within is not None else ""
    if attitude_above and kind in ("absorbs", "hedges", ""):
        told_by = holder_names(above, cast, attitude_above)
        if told_by[0].who != "unnamed":
            found.holders[:0] = told_by
            return above
    if kind == "absorbs":
        found.absorbed = above.lemma_
        return None
    if kind in ("says", "alleges", "denies", "knows"):
        attitude = {"says": "says", "alleges": "alleges", "denies": "denies", "knows": "knows"}[kind]
        found.holders[:0] = holder_names(above, cast, attitude)
        if kind != "knows":
            found.modalities.add("reported")
        if kind == "denies":
            found.polarity = "negative"
        return above
    if kind == "hedges":
        found.modalities.add("reported")
        if above.lemma_ not in ("seem", "appear"):
            told = holder_names(above, cast, "says")
            if not is_passive(above) and above.pos_ == "VERB" and cast.who(arguments(above).subject):
                found.absorbed = above.lemma_
                return None
            found.holders[:0] = told if not is_passive(above) else [Holder("unnamed", "says")]
        return above
    if kind and above.pos_ == "NOUN" and _is_no(above):
        found.negate()
    if kind in ("intends", "tries"):
        if above.lemma_ in ("agree", "agreement", "deal"):
            found.bargain = True
        found.modalities.add("intended")
    if kind == "fails":
        found.negate()
    if kind == "stops":
        found.stopped = True
    if kind == "":
        found.doubt *= 0.85
        return above
    if above.pos_ in ("VERB", "AUX"):
        _local(above, found)
    return above


def _adverbial(node: Token, above: Token, found: Scope, cast: Cast) -> Token | None:
    if condition(node):
        found.absorbed = "if"
        return None
    marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
    if marks & {"until", "till", "before"} and _yet_to_come(node):
        found.absorbed = "until"
        return None
    opens = next(iter(node.subtree)).lower_
    if opens == "that" and operator(above) in ("says", "alleges", "denies", "knows", "absorbs"):
        return _under(node, above, found, cast)
    purpose = node.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in node.children)
    if "so" in marks and "that" in marks:
        found.absorbed = "so that"
        return None
    if purpose:
        kind = operator(above)
        if kind in ("absorbs", "intends") and above.pos_ in ("VERB", "ADJ"):
            return _under(node, above, found, cast)
        found.absorbed = "to"
        return None
    behind = above.dep_ == "ccomp" and above.head.i > above.i
    if behind and any(c.lower_ == "having" and c.dep_ == "aux" for c in node.children):
        return None  # "having left in May, it has paid, they said": only the main clause is theirs
    if node.tag_ == "VBG" and not marks and node.i > above.i and operator(above) == "absorbs":
        found.absorbed = above.lemma_
        return None
    return above


def _yet_to_come(verb: Token) -> bool:
    """Whether a clause of time tells what has not been: "until they leave", "before it is signed"."""
    finite = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    return any(t.tag_ in ("VBZ", "VBP", "MD") for t in finite) and not any(t.tag_ == "VBD" for t in finite)


def _gerund(node: Token, preposition: Token, found: Scope, cast: Cast) -> Token | None:
    above = preposition.head
    word = preposition.lower_
    if word in ("instead", "rather", "without"):
        if word != "without":
            found.negate()
        return above
    if word == "of" and preposition.head.lower_ in ("instead", "short"):
        found.negate()
        return above if preposition.head.lower_ != "short" else above.head
    kind = operator(above)
    if word in (
        "by",
        "in",
        "after",
        "before",
        "while",
        "since",
        "upon",
        "through",
        "besides",
        "beyond",
        "despite",
        "when",
        "with",
    ):
        if word == "by" and above.pos_ in ("VERB", "AUX"):
            _modals(above, found)
        return above
    if word == "against":
        found.absorbed = above.lemma_  # "warned against sending", "a vote against joining"
        return None
    if word == "from" and above.lemma_ in (
        "stop",
        "prevent",
        "bar",
        "block",
        "ban",
        "keep",
        "deter",
        "prohibit",
    ):
        found.absorbed = above.lemma_
        return None
    if above.pos_ in ("NOUN", "PROPN") and not kind:
        found.absorbed = above.lemma_
        return None
    if kind == "alleges" and is_passive(above):
        agent = next((c for c in above.children if c.dep_ == "agent"), None)
        found.modalities.add("reported")
        doer = (
            cast.who(next((c for c in agent.children if c.dep_ == "pobj"), None))
            if agent is not None
            else None
        )
        found.holders[:0] = (
            [Holder(c, "alleges") for c in doer.codes] if doer else [Holder("unnamed", "alleges")]
        )
        return above
    return _apply(kind or "passes", above, found, cast)


def _noun_scope(noun: Token, found: Scope, cast: Cast) -> Token:
    """Climb from an act that is a noun to the verb above it."""
    if any(c.lower_ in ("no", "any") and c.dep_ == "det" for c in noun.children):
        found.negate()
    if any(
        c.lower_
        in (
            "possible",
            "potential",
            "future",
            "planned",
            "proposed",
            "alleged",
            "attempted",
            "feared",
            "imminent",
            "hypothetical",
            "threatened",
            "would-be",
            "so-called",
        )
        for c in noun.children
        if c.dep_ == "amod"
    ):
        found.absorbed = "possible"
    node = noun
    for _ in range(8):
        above = node.head
        if above == node:
            return node
        if above.pos_ in ("VERB", "AUX"):
            break
        if (
            above.pos_ in ("NOUN", "PROPN")
            and node.dep_ not in ("conj", "appos")
            and operator(above) == "absorbs"
        ):
            found.absorbed = above.lemma_
            return above
        node = above
    verb = node.head
    if noun.dep_ == "dobj" and noun.head == verb and verb.lemma_ in table("light")["verbs"]:
        _local(verb, found)
        return verb
    if noun.dep_ == "nsubj" and noun.head == verb and verb.lemma_ in table("light")["faring"]:
        _local(verb, found)
        return verb
    kind = operators()["noun_governors"].get(verb.lemma_.lower(), "")
    reached = node == noun or (node.pos_ == "ADP" and node.dep_ == "prep" and node.head == verb)
    if kind == "absorbs" and reached and node.dep_ != "nsubj":
        found.absorbed = verb.lemma_
    elif node != noun:
        return verb
    elif kind == "intends" and node.dep_ in ("dobj", "nsubjpass"):
        found.modalities.add("intended")
    elif kind == "denies" and node.dep_ in ("dobj", "nsubjpass"):
        found.polarity = "negative"
        found.modalities.add("reported")
        found.holders[:0] = holder_names(verb, cast, "denies")
    elif kind == "stops" and node.dep_ in ("dobj", "nsubjpass"):
        found.absorbed = verb.lemma_
    return verb
