"""Events by the dictionaries of PETRARCH, over our own parse: for pipelines that have such dictionaries.

One file a step: ``files`` (lines), ``verbs`` and ``actors`` (what they say), ``clause`` (a sentence as words
and actors), ``matching`` (patterns), ``coder`` (events).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapallo.errors import InputError
from rapallo.model import Quote
from rapallo.reading.clean import MAX_BYTES, document_id, normalise
from rapallo.reading.dictionaries.actors import (
    Actor,
    Agent,
    Discard,
    Names,
    read_actors,
    read_agents,
    read_discards,
)
from rapallo.reading.dictionaries.clause import sentences, words_of
from rapallo.reading.dictionaries.coder import events
from rapallo.reading.dictionaries.files import Unread
from rapallo.reading.dictionaries.verbs import VerbDictionary, read_verbs
from rapallo.reading.layout import blocks
from rapallo.reading.parse import parse

if TYPE_CHECKING:
    from spacy.tokens import Span

__all__ = ["CodedEvent", "Dictionaries", "Unread"]

_KINDS = ("verb", "actor", "agent", "discard")
_AROUND = 32


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event as the dictionaries code it.

    Attributes:
        document: the identifier of the text.
        date: the day it is dated.
        source: code of who acts.
        target: code of whom it concerns.
        code: of the event, as the dictionary has it.
        quote: the words that tell it.
    """

    document: str
    date: dt.date
    source: str
    target: str
    code: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Dictionaries:
    """The dictionaries of a pipeline.

    Attributes:
        verbs: verbs and patterns.
        actors: names with their codes by date.
        agents: roles.
        discards: words that make a sentence or a story unfit.
        unread: what of the files has no effect, and why.
    """

    verbs: VerbDictionary
    actors: Names[Actor]
    agents: Names[Agent]
    discards: Names[Discard]
    unread: tuple[Unread, ...]

    @classmethod
    def load(cls, where: Path | Iterable[Path]) -> Dictionaries:
        """Read dictionaries.

        Args:
            where: a folder, or files and folders. A file is what its name says: ``verb``, ``actor``,
                ``agent`` or ``discard`` stands in it.

        Raises:
            InputError: where there is not one verb dictionary, no actor dictionary, or a file is broken.
        """
        files: dict[str, list[Path]] = {kind: [] for kind in _KINDS}
        unread: list[Unread] = []
        for path in _files([where] if isinstance(where, Path) else where):
            kind = next((k for k in _KINDS if k in path.name.lower()), None)
            if kind is None:
                unread.append(Unread(path.name, 0, "", f"its name holds none of {', '.join(_KINDS)}"))
            else:
                files[kind].append(path)
        names = ", ".join(str(p) for p in files["verb"])
        if len(files["verb"]) != 1:
            msg = f"{len(files['verb'])} verb dictionaries are given" + (f": {names}" if names else "")
            raise InputError(
                msg, hint="give one, with 'verb' in its name; name the files where a folder has more"
            )
        if not files["actor"]:
            msg = "no actor dictionary is given"
            raise InputError(msg, hint="give at least one, with 'actor' in its name")
        verbs = read_verbs(files["verb"][0])
        actors = Names[Actor]().join(read_actors(p) for p in files["actor"])
        agents = Names[Agent]().join(read_agents(p) for p in files["agent"])
        discards = Names[Discard]().join(read_discards(p) for p in files["discard"])
        unread += [*verbs.unread, *actors.unread, *agents.unread, *discards.unread]
        return cls(verbs, actors, agents, discards, tuple(unread))

    def code(self, text: str, published: dt.date) -> tuple[CodedEvent, ...]:
        """The events of a text, in its order; none where a word discards the story. Headings are not coded.

        Args:
            text: a news text; its first line may be a headline, its second a ``Date:`` line.
            published: the day it is dated, by which actors have their codes.

        Raises:
            InputError: where the text is blank or longer than 10 million characters.
        """
        text = normalise(text)
        if not text.strip() or len(text) > MAX_BYTES:
            msg = f"the text has {len(text)} characters" if text.strip() else "there is no text to read"
            raise InputError(msg, hint="one article at a time")
        bodies = [b for b in blocks(text) if b.kind == "body"]
        docs = parse(text[b.start : b.end].replace("\n", " ").replace("_", " ") for b in bodies)
        found: list[CodedEvent] = []
        for block, doc in zip(bodies, docs, strict=True):
            for sentence in sentences(doc):
                discard = self._discard(sentence)
                if discard is not None and discard.story:
                    return ()
                if discard is None:
                    found.extend(self._events(sentence, text, block.start, published))
        return tuple(found)

    def _discard(self, sentence: Span) -> Discard | None:
        texts = [w.text for w in words_of(sentence)]
        found = [hit[1] for at in range(len(texts)) if (hit := self.discards.at(texts, at))]
        return max(found, key=lambda d: d.story, default=None)

    def _events(self, sentence: Span, text: str, at: int, on: dt.date) -> Iterator[CodedEvent]:
        for event in events(sentence, self.verbs, self.actors, self.agents, on):
            start, end = at + event.start, at + event.end
            quote = Quote(
                text[start:end], text[max(0, start - _AROUND) : start], text[end : end + _AROUND], start, end
            )
            yield CodedEvent(document_id(text), on, event.source, event.target, event.code, quote)


def _files(given: Iterable[Path]) -> Iterator[Path]:
    for path in given:
        if not path.exists():
            msg = f"there is no dictionary {path}"
            raise InputError(msg, hint="give a folder of dictionaries, or files")
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix.lower() == ".txt")
        else:
            yield path
