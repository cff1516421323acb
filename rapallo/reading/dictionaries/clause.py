"""A sentence as the dictionaries see it: words in capitals, and phrases that name actors.

A phrase is one name with the roles beside it ("Ruritania's foreign minister", "the ambassador of Ruritania");
phrases that are listed ("Ruritania, Syldavia and Borduria") make a compound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rapallo.reading.dictionaries.actors import Actor, Agent, Names
from rapallo.reading.dictionaries.files import NULL

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

__all__ = ["NOBODY", "Phrase", "Word", "compounds", "phrases", "sentences", "words_of"]

NOBODY = "---"  # an actor that no dictionary names
_WITHIN = frozenset(("ADJ", "NOUN", "PROPN", "NUM", "PART", "ADV"))
_LISTED = _WITHIN | {"DET", "PRON"}
_LINKS = frozenset(("OF", "IN", "FROM", "AT"))
_ANDS = frozenset(("AND", "OR", "&"))
_HYPHENS = frozenset("-–")
_STOPS = frozenset((".", "!", "?", "...", "…", ":", ";"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a mark, or a run that hyphens join.

    Attributes:
        text: in capitals.
        token: the parser's last token of it.
        start: offset of its first character in the parsed text.
        end: offset behind its last.
    """

    text: str
    token: Token
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that names actors.

    Attributes:
        start: its first word.
        end: behind its last.
        codes: of the actors; several where one name stands for several.
        known: whether it names an actor, and not a role alone.
        role_first: the agents of a role that a preposition ties to the name, so that listed names share it.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    known: bool
    role_first: tuple[Agent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    actor: str | None
    agent: Agent | None


def words_of(sentence: Span) -> tuple[Word, ...]:
    """The words of a sentence; what hyphens join is one."""
    found: list[Word] = []
    joined = False
    for token in sentence:
        if token.is_space:
            continue
        text = token.text.upper().replace("’", "'")
        hyphen = token.text in _HYPHENS and bool(found) and found[-1].end == token.idx
        end = token.idx + len(token.text)
        if found and found[-1].end == token.idx and (joined or hyphen):
            last = found.pop()
            found.append(Word(last.text + text, last.token if hyphen else token, last.start, end))
        else:
            found.append(Word(text, token, token.idx, end))
        joined = hyphen and not token.whitespace_
    return tuple(found)


def phrases(
    words: Sequence[Word], actors: Names[Actor], agents: Names[Agent], on: dt.date
) -> tuple[Phrase, ...]:
    """The phrases that name actors on a day, in order."""
    runs: list[list[_Mention]] = []
    for mention in _mentions(words, actors, agents, on):
        if runs and _same(runs[-1], mention, words):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    found: list[Phrase] = []
    for run in runs:
        phrase = _phrase(run)
        before = found[-1] if found else None
        if before is not None and before.role_first and phrase.known and _listed(words, before, phrase):
            named = [m for m in run if m.agent is None]
            shared = _phrase([*named, *(m for m in run if m.agent is not None)], before.role_first)
            phrase = Phrase(phrase.start, phrase.end, shared.codes, known=True, role_first=before.role_first)
        found.append(phrase)
    return tuple(found)


def compounds(words: Sequence[Word], found: Sequence[Phrase]) -> tuple[tuple[Phrase, ...], ...]:
    """The phrases, those that are listed together as one."""
    lists: list[list[Phrase]] = []
    for phrase in found:
        if lists and _listed(words, lists[-1][-1], phrase):
            lists[-1].append(phrase)
        else:
            lists.append([phrase])
    whole: list[tuple[Phrase, ...]] = []
    for chain in lists:
        anded = [
            number
            for number, (a, b) in enumerate(pairwise(chain), 2)
            if any(w.text in _ANDS for w in words[a.end : b.start])
        ]
        size = len(chain) if _goes_on(words[chain[-1].end :]) else anded[-1] if anded else 1
        whole.append(tuple(chain[:size]))
        whole.extend((p,) for p in chain[size:])
    return tuple(whole)


def sentences(doc: Doc) -> Iterator[Span]:
    """The sentences of a paragraph: one that no full stop ends goes on in the next."""
    start = 0
    for sentence in doc.sents:
        words = [t for t in sentence if not (t.is_space or t.is_quote or t.is_bracket)]
        if sentence.end == len(doc) or (words and words[-1].text in _STOPS):
            yield doc[start : sentence.end]
            start = sentence.end


def _goes_on(rest: Sequence[Word]) -> bool:
    """Whether a list ends in somebody of no name: "Ruritania, Syldavia *and others*"."""
    rest = rest[1:] if rest and rest[0].text == "," else rest
    return len(rest) > 1 and rest[0].text in _ANDS and rest[1].token.pos_ in ("NOUN", "ADJ")


def _mentions(
    words: Sequence[Word], actors: Names[Actor], agents: Names[Agent], on: dt.date
) -> Iterator[_Mention]:
    texts = [w.text for w in words]
    at = 0
    while at < len(words):
        actor, agent = actors.at(texts, at), agents.at(texts, at)
        if actor is not None and (agent is None or actor[0] >= agent[0]):
            yield _Mention(at, at + actor[0], actor[1].code(on), None)
            at += actor[0]
        elif agent is not None and words[at + agent[0] - 1].token.pos_ not in ("VERB", "AUX"):
            yield _Mention(at, at + agent[0], None, agent[1])
            at += agent[0]
        else:
            at += 1


def _same(run: Sequence[_Mention], mention: _Mention, words: Sequence[Word]) -> bool:
    """Whether a mention belongs to the phrase before it."""
    between = words[run[-1].end : mention.start]
    if all(w.token.pos_ in _WITHIN for w in between):
        return True
    if mention.actor is None or any(m.actor is not None for m in run):
        return False
    links = [i for i, w in enumerate(between) if w.text in _LINKS]
    return len(links) == 1 and all(w.token.pos_ in _LISTED for i, w in enumerate(between) if i != links[0])


def _phrase(run: Sequence[_Mention], shared: tuple[Agent, ...] = ()) -> Phrase:
    named = [m.actor for m in run if m.actor is not None]
    code = next((c for c in named if c not in NULL), None)
    agents = [*shared, *(m.agent for m in run if m.agent is not None)]
    codes = tuple(_with_roles(one, agents) for one in (code or NOBODY).split("/") if one)
    first = run[0].agent is not None and any(m.actor is not None for m in run)
    leading = tuple(m.agent for m in run if m.agent is not None) if first else ()
    return Phrase(run[0].start, run[-1].end, codes, code is not None, leading)


def _with_roles(code: str, agents: Sequence[Agent]) -> str:
    """An actor's code with those of its roles, each told once."""
    for agent in agents:
        parts = [code[i : i + len(agent.code)] for i in range(0, len(code), 3)]
        if agent.code not in parts:
            code = agent.code + code if agent.before else code + agent.code
    return code


def _listed(words: Sequence[Word], first: Phrase, second: Phrase) -> bool:
    """Whether a phrase follows another in a list: "Ruritania, the Syldavia", "Ruritania and"."""
    between = words[first.end : second.start]
    joints = [i for i, w in enumerate(between) if w.text == "," or w.text in _ANDS]
    if not joints:
        return False
    rest = [w for i, w in enumerate(between) if i not in joints]
    if rest and rest[-1].text in _LINKS and len(rest) > 1:
        rest = rest[:-1]
    return all(w.token.pos_ in _LISTED for w in rest)
