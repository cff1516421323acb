"""Verb dictionaries of PETRARCH: blocks of verbs with a code, sets of synonyms, and patterns around a verb.

After the notes on the format in PETRARCH (Schrodt, Beieler & Idris 2014) and the manual of TABARI (Schrodt
2012). Of the brackets of PETRARCH 2, those of noun phrases make their words stand side by side; those of
prepositions are read as order alone. What it does to codes where a verb is negated is not done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

from rapallo.reading.dictionaries.files import Dictionary, Line, Unread, plural, split_words

__all__ = ["Codes", "Element", "Entry", "Form", "Pattern", "Synset", "VerbDictionary", "read_verbs"]

Kind = Literal["word", "synset", "source", "target", "skip", "compound"]
_SIGNS: Mapping[str, Kind] = {"$": "source", "+": "target", "^": "skip", "%": "compound"}
_CODE = re.compile(r"\[\s*([^\[\]:\s]*)\s*(?::\s*([^\[\]:\s]*)\s*)?\]")
_BRACES = re.compile(r"\{([^{}]*)\}")
_PIECE = re.compile(r"[^\s_]+|[\s_]+")
_ALTERNATIVES = re.compile(r"[|/~]")
_DOUBLED = re.compile(
    r"(.*[AEIOU].*[^AEIOU])?[^AEIOU]*[AEIOU][BDGKLMNPRTV]$"
)  # "banned"; "expelled", not "visited"
_DEEPEST = 20  # sets within sets
_WIDEST = 50  # places of a pattern
_MOST = 5000  # alternatives of a set of synonyms, those of the sets within it told out


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of an event.

    Attributes:
        forward: of the source upon the target; "---" where there is no event.
        backward: of the target upon the source, in events of two sides.
    """

    forward: str
    backward: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern.

    Attributes:
        kind: a word, a set of synonyms, the source, the target, an actor to pass over, a compound.
        text: the word, or the name of the set.
        tight: whether it stands right beside the place before it, seen from the verb.
    """

    kind: Kind
    text: str
    tight: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """What has to stand around a verb.

    Attributes:
        left: the places before the verb, from the verb outward.
        right: those behind it.
        codes: of the event.
        line: where it is written.
    """

    left: tuple[Element, ...]
    right: tuple[Element, ...]
    codes: Codes
    line: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Its place in the order of trial: the longest first, and of like length the tightest."""
        places = self.left + self.right
        return -len(places), -sum(p.tight for p in places), -sum(len(p.text) for p in places)


@dataclass(slots=True)
class Entry:
    """A block: verbs that share patterns.

    Attributes:
        codes: of its verbs where no pattern fits.
        patterns: in the order of trial, once the file is read.
    """

    codes: Codes
    patterns: list[Pattern] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Form:
    """A written form of a verb.

    Attributes:
        before: words that stand right before it.
        after: words that stand right behind it.
        codes: its own, where no pattern fits.
        entry: its block.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    codes: Codes
    entry: Entry


Alternative = tuple[tuple[str, bool], ...]  # words, each with whether it stands right beside the one before


@dataclass(frozen=True, slots=True)
class Synset:
    """A set of synonyms.

    Attributes:
        forward: by the first word of each, its words as they are read to the right.
        backward: by the last word of each, its words as they are read to the left.
    """

    forward: Mapping[str, tuple[Alternative, ...]]
    backward: Mapping[str, tuple[Alternative, ...]]

    @classmethod
    def of(cls, alternatives: Iterable[Alternative]) -> Synset:
        """A set of those alternatives."""
        forward: dict[str, list[Alternative]] = {}
        backward: dict[str, list[Alternative]] = {}
        for words in alternatives:
            bonds = [tight for _, tight in words[1:]] + [False]
            turned = tuple((word, bond) for (word, _), bond in zip(words, bonds, strict=True))[::-1]
            forward.setdefault(words[0][0], []).append(words)
            backward.setdefault(turned[0][0], []).append(turned)
        return cls({w: tuple(a) for w, a in forward.items()}, {w: tuple(a) for w, a in backward.items()})


@dataclass(frozen=True, slots=True)
class VerbDictionary:
    """A verb dictionary.

    Attributes:
        forms: by the word that the parser has to take for a verb.
        synsets: the sets of synonyms by name.
        unread: lines without effect.
    """

    forms: Mapping[str, tuple[Form, ...]]
    synsets: Mapping[str, Synset]
    unread: tuple[Unread, ...]


def read_verbs(path: Path) -> VerbDictionary:
    """Read a verb dictionary.

    Raises:
        InputError: where the file cannot be used, or holds no verb; it names the line where one is broken.
    """
    return _Reader(Dictionary.open(path)).read()


@dataclass(slots=True)
class _Reader:
    file: Dictionary
    forms: dict[str, list[Form]] = field(default_factory=dict)
    sets: dict[str, list[tuple[Line, str, bool]]] = field(default_factory=dict)
    pending: list[tuple[Line, Entry]] = field(default_factory=list)
    entry: Entry | None = None
    filling: str = ""
    inflected: bool = True

    def read(self) -> VerbDictionary:
        for line in self.file.lines:
            self._take(line)
        if not self.forms:
            last = self.file.lines[-1]
            raise self.file.broken(last, "the file ends and holds no verb", "is it a verb dictionary?")
        expanded: dict[str, tuple[Alternative, ...]] = {}
        synsets = {name: Synset.of(self._expand(name, expanded, ())) for name in self.sets}
        for line, entry in self.pending:
            pattern = self._pattern(line, synsets)
            if pattern is not None:
                entry.patterns.append(pattern)
        for entry in {id(e): e for _, e in self.pending}.values():
            entry.patterns.sort(key=lambda p: p.rank)
        unread = sorted(self.file.unread, key=lambda u: u.line)
        return VerbDictionary({w: tuple(f) for w, f in self.forms.items()}, synsets, tuple(unread))

    def _take(self, line: Line) -> None:
        text = line.text.strip()
        if text.startswith("---"):
            self._open_block(line, text)
        elif text.startswith("-"):
            if self.entry is None or self.filling:
                self.file.skip(line, "a pattern of no verb")
            else:
                self.pending.append((line, self.entry))
        elif text.startswith("&"):
            self._open_set(line, text)
        elif text.startswith("+") and self.filling:
            told = text[1:].strip()
            self.sets[self.filling].append((line, told, self.inflected and not told.endswith("_")))
        else:
            self._verb(line, text)

    def _open_block(self, line: Line, text: str) -> None:
        codes = _CODE.findall(text)
        if len(codes) > 1:
            self.file.skip(line, "a block has one code: only the first is used")
        self.entry = Entry(Codes(*codes[0]) if codes else Codes("---"))
        self.filling = ""

    def _open_set(self, line: Line, text: str) -> None:
        name = text.split(maxsplit=1)[0]
        self.filling, self.inflected = name.rstrip("_"), not name.endswith("_")
        if self.sets.setdefault(self.filling, []):
            self.file.skip(line, "this set of synonyms stood before: its words are added to it")

    def _verb(self, line: Line, text: str) -> None:
        code = _CODE.search(text)
        if "[" in text and code is None:
            self.file.skip(line, "its code cannot be read")
            return
        bare = _CODE.sub("", text)
        braces = _BRACES.search(bare)
        name = _BRACES.sub("", bare).strip()
        if not name or "{" in name or "}" in name or not any(c.isalnum() for c in name):
            raise self.file.broken(line, f"{text!r} is no verb", "irregular forms stand in {braces}")
        if self.filling or self.entry is None:
            self.entry, self.filling = Entry(Codes("---")), ""
        entry = self.entry
        codes = Codes(code[1], code[2] or "") if code else entry.codes
        for form in (name, *braces[1].split()) if braces else _inflected(name):
            before, verb, after = _around(form)
            if not verb:
                self.file.skip(line, f"{form!r} does not say by + which of its words is the verb")
                continue
            self.forms.setdefault(verb, []).append(Form(before, after, codes, entry))

    def _expand(
        self, name: str, done: dict[str, tuple[Alternative, ...]], above: tuple[str, ...]
    ) -> tuple[Alternative, ...]:
        if name in done:
            return done[name]
        found: dict[Alternative, None] = {}
        for line, told, inflected in self.sets[name]:
            if name in above or len(above) > _DEEPEST:
                why = f"the set {name} holds itself" if name in above else f"sets within {len(above)} sets"
                raise self.file.broken(line, why, "a set may hold other sets, never itself")
            parts: list[tuple[Alternative, ...]] = []
            for element in _places(_unbracketed(told)):
                if element.kind == "synset" and element.text in self.sets:
                    inner = self._expand(element.text, done, (*above, name))
                    parts.append(tuple(((a[0][0], element.tight), *a[1:]) for a in inner))
                elif element.kind == "word":
                    parts.append((((element.text, element.tight),),))
                else:
                    self.file.skip(line, f"{element.text} has no meaning here")
                    parts.clear()
                    break
            size = 1
            for part in parts:
                size *= len(part)
            if len(found) + size > _MOST:
                why = f"the set {name} has more than {_MOST} alternatives"
                raise self.file.broken(line, why, "use fewer sets within it")
            for chosen in product(*parts) if parts else ():
                words = tuple(word for part in chosen for word in part)
                found[words] = None
                if inflected and element.kind == "word" and words[-1][0].isalpha():
                    found[*words[:-1], (plural(words[-1][0]), words[-1][1])] = None
        done[name] = tuple(found)
        return done[name]

    def _pattern(self, line: Line, synsets: Mapping[str, Synset]) -> Pattern | None:
        text = line.text.strip()[1:]
        code = _CODE.search(text)
        body = text[: text.find("[")] if "[" in text else text
        why = ""
        if code is None:
            why = "a pattern without a code that can be read"
        elif body.count("*") != 1:
            why = "a pattern has one *, which stands for the verb"
        elif _ALTERNATIVES.search(body):
            why = "alternatives within a pattern: use a set of synonyms"
        elif lost := [p for p in _places(_unbracketed(body).replace("*", " ")) if _lost(p, synsets)]:
            why = f"no set of synonyms is called {lost[0].text}"
        if why or code is None:
            self.file.skip(line, why)
            return None
        places = list(_places(_unbracketed(body)))
        if len(places) > _WIDEST:
            why = f"a pattern of {len(places)} places, the limit is {_WIDEST}"
            raise self.file.broken(line, why, "is it a pattern?")
        verb = next(i for i, p in enumerate(places) if p.text == "*")
        left = places[:verb]
        bonds = [p.tight for p in places[1 : verb + 1]]  # the bond of a place is with the one behind it
        outward = [Element(p.kind, p.text, bond) for p, bond in zip(left, bonds, strict=True)]
        return Pattern(
            tuple(reversed(outward)), tuple(places[verb + 1 :]), Codes(code[1], code[2] or ""), line.number
        )


def _unbracketed(text: str) -> str:
    """A phrase without brackets: words in {} stand side by side, those in () in order."""
    return re.sub(r"[{}()]", " ", _BRACES.sub(lambda m: "_".join(m[1].split()), text))


def _lost(place: Element, synsets: Mapping[str, Synset]) -> bool:
    return place.kind == "synset" and place.text not in synsets


def _places(text: str) -> Iterator[Element]:
    """The places of a phrase in order; each is tight where an underscore alone joins it to the one before."""
    tight = False
    for piece in _PIECE.findall(text):
        if piece.isspace() or piece.strip("_") == "" or not piece.strip():
            tight = piece == "_"
            continue
        if "_" in piece:
            tight = False
            continue
        for part in re.split(r"(\*)", piece):
            if not part:
                continue
            if part in _SIGNS:
                yield Element(_SIGNS[part], part, tight)
            elif part.startswith("&"):
                yield Element("synset", part, tight)
            else:
                for number, word in enumerate(split_words(part)):
                    yield Element("word", word, tight or number > 0)
            tight = True


def _around(form: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """A verb of several words: those before, the verb, those behind; the verb is the one marked by a plus."""
    words = re.split(r"[\s_]+", form.strip("_ "))
    marked = [i for i, w in enumerate(words) if w.startswith("+")]
    at = marked[0] if marked else 0
    verb = words[at].lstrip("+")
    if len(marked) > 1 or (not marked and len(words) > 1 and "_" in form.strip("_")):
        verb = ""
    return tuple(words[:at]), verb, tuple(words[at + 1 :])


def _inflected(name: str) -> tuple[str, ...]:
    """The regular forms of a verb, of several words that of the marked one; none where it ends in "_"."""
    if name.endswith("_"):
        return (name.rstrip("_"),)
    before, verb, after = _around(name)
    if not verb:
        return (name,)
    root = verb.removesuffix("E")
    forms = {verb, plural(verb), root + "ED", root + "ING"}
    if verb.endswith("Y") and plural(verb).endswith("IES"):
        forms = {verb, plural(verb), verb[:-1] + "IED", verb + "ING"}
    elif verb.endswith(("EE", "OE", "YE")):
        forms = {verb, verb + "S", root + "ED", verb + "ING"}
    elif doubled := _DOUBLED.match(verb):
        twice = {verb + verb[-1] + "ED", verb + verb[-1] + "ING"}
        forms = {verb, verb + "S", *twice} if doubled[1] is None else forms | twice
    return tuple("_".join((*before, "+" + form, *after)) for form in sorted(forms))
