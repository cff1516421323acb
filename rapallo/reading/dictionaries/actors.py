"""Actor, agent and discard dictionaries of PETRARCH: names with codes by date, roles, and what is not read.

After the notes on the format in PETRARCH (Schrodt, Beieler & Idris 2014). The words of a name stand side by
side, whether a blank or an underscore joins them in the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Generic, TypeVar

from rapallo.reading.dictionaries.files import Dictionary, Line, Unread, plural, split_words

__all__ = ["Actor", "Agent", "Discard", "Names", "Role", "read_actors", "read_agents", "read_discards"]

T = TypeVar("T")
_CODES = re.compile(r"\[([^\[\]]*)\]")
_DATED = re.compile(
    r"^(?P<code>\S*?)\s*(?:(?P<sign>[<>])\s*(?P<day>\d{6}(?:\d\d)?)"
    r"|(?<=\s)(?P<first>\d{6}(?:\d\d)?)\s*-\s*(?P<last>\d{6}(?:\d\d)?))?$"
)
_AGENT = re.compile(r"^\s*(?:~\s*(?P<suffix>[^\s~]+)|(?P<prefix>[^\s~]+)\s*~)\s*$")
_SET = re.compile(r"^(![^!\s]+!)\s*=(.*)$")
_MARK = re.compile(r"![^!\s]+!")
_BRACES = re.compile(r"\{([^{}]*)\}")
_MOST = 1000  # names that the marks of an entry may make


@dataclass(frozen=True, slots=True)
class Role:
    """A code within dates.

    Attributes:
        code: as the dictionary has it.
        first: the day it begins; None where it is open.
        last: the day it ends.
    """

    code: str
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(slots=True)
class Actor:
    """A bearer of names.

    Attributes:
        roles: those with dates, in the order of the file.
        default: the code on any other day; empty where there is none.
    """

    roles: list[Role] = field(default_factory=list)
    default: str = ""

    def code(self, on: dt.date) -> str:
        """The code on a day: of the first role that holds, else the one without dates, else empty."""
        for role in self.roles:
            if (role.first is None or role.first <= on) and (role.last is None or on <= role.last):
                return role.code
        return self.default


@dataclass(frozen=True, slots=True)
class Agent:
    """A role that a name gives to an actor.

    Attributes:
        code: what is set to the actor's code.
        before: whether it stands before that.
    """

    code: str
    before: bool


@dataclass(frozen=True, slots=True)
class Discard:
    """Words that make a sentence, or a whole story, unfit.

    Attributes:
        story: whether nothing of the text is coded.
    """

    story: bool


@dataclass(slots=True)
class Names(Generic[T]):
    """Phrases and their bearers.

    Attributes:
        bearers: by the words of a name.
        sizes: how many words the names have that begin with a word, the most first.
        unread: lines without effect.
    """

    bearers: dict[tuple[str, ...], T] = field(default_factory=dict)
    sizes: dict[str, list[int]] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)

    def add(self, phrase: Sequence[str], bearer: T) -> None:
        """Add a name; who bears it first keeps it."""
        self.bearers.setdefault(tuple(phrase), bearer)
        sizes = self.sizes.setdefault(phrase[0], [])
        if len(phrase) not in sizes:
            sizes.append(len(phrase))
            sizes.sort(reverse=True)

    def at(self, words: Sequence[str], start: int) -> tuple[int, T] | None:
        """The longest name that begins at a word: how many words, and its bearer."""
        for size in self.sizes.get(words[start], ()):
            bearer = self.bearers.get(tuple(words[start : start + size]))
            if bearer is not None:
                return size, bearer
        return None

    def join(self, others: Iterable[Names[T]]) -> Names[T]:
        """This one with the names of others behind it."""
        for other in others:
            for phrase, bearer in other.bearers.items():
                self.add(phrase, bearer)
            self.unread.extend(other.unread)
        return self


def read_actors(path: Path) -> Names[Actor]:
    """Read an actor dictionary.

    Raises:
        InputError: where the file cannot be used or names nobody; it names the line where one is broken.
    """
    file = Dictionary.open(path)
    found: Names[Actor] = Names(unread=file.unread)
    actor: Actor | None = None
    for line in file.lines:
        text = line.text.strip()
        name = _CODES.sub("", text).lstrip("+").strip()
        if text.startswith("[") or line.text[:1].isspace():
            if name:
                file.skip(line, f"{name!r} stands where only a code with dates may stand")
        elif text.startswith("+"):
            if actor is None or not split_words(name):
                raise file.broken(line, "a synonym of nobody", "a name without + stands first")
        else:
            actor = Actor()
            if not any(c.isalnum() for c in name):
                raise file.broken(line, f"{text!r} names nobody", "a name stands before the [code]")
        if actor is None:
            raise file.broken(line, "a code of nobody", "a name stands before it")
        if name and not line.text[:1].isspace():
            found.add(split_words(name), actor)
        for told in _CODES.findall(text):
            _give_role(actor, told, file, line)
    if not found.bearers:
        raise file.broken(file.lines[-1], "the file ends and names nobody", "is it an actor dictionary?")
    return found


def _give_role(actor: Actor, told: str, file: Dictionary, line: Line) -> None:
    dated = _DATED.match(told.strip())
    if dated is None:
        file.skip(line, f"[{told}] is no code with dates")
        return
    try:
        days = {k: _day(v) for k in ("day", "first", "last") if (v := dated[k])}
    except ValueError:
        file.skip(line, f"[{told}] holds a day that is none")
        return
    code = dated["code"]
    if dated["sign"]:
        before = dated["sign"] == "<"
        actor.roles.append(Role(code, None if before else days["day"], days["day"] if before else None))
    elif not days:
        actor.default = actor.default or code
    elif days["first"] > days["last"]:
        file.skip(line, f"[{told}] ends before it begins")
    else:
        actor.roles.append(Role(code, days["first"], days["last"]))


def _day(digits: str) -> dt.date:
    """YYYYMMDD, or YYMMDD with 00 to 30 in this century."""
    if len(digits) == 6:
        digits = ("20" if digits[:2] <= "30" else "19") + digits
    return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def read_agents(path: Path) -> Names[Agent]:
    """Read an agent dictionary.

    Raises:
        InputError: where the file cannot be used or holds no agent; it names the line where one is broken.
    """
    file = Dictionary.open(path)
    found: Names[Agent] = Names(unread=file.unread)
    sets: dict[str, tuple[str, ...]] = {}
    for line in file.lines:
        text = line.text.strip()
        if told := _SET.match(text):
            sets[told[1]] = tuple(w.strip() for w in told[2].split(",") if w.strip())
            continue
        code = _CODES.search(text)
        role = _AGENT.match(code[1]) if code else None
        name = _BRACES.sub("", _CODES.sub("", text)).strip()
        if not any(c.isalnum() for c in name) or "{" in name or "}" in name:
            raise file.broken(line, f"{text!r} is no agent", "one is written MINISTER {MINISTERS} [~GOV]")
        if role is None:
            file.skip(line, "its code has no ~, which says on which side of the actor's code it stands")
            continue
        agent = Agent(role["suffix"] or role["prefix"], role["suffix"] is None)
        braces = _BRACES.search(text)
        for phrase in _spelt(name, sets, file, line):
            words = split_words(phrase)
            found.add(words, agent)
            if braces is None and words[-1].isalpha():
                found.add((*words[:-1], plural(words[-1])), agent)
        for form in braces[1].split() if braces else ():
            found.add(split_words(form), agent)
    if not found.bearers:
        raise file.broken(file.lines[-1], "the file ends and holds no agent", "is it an agent dictionary?")
    return found


def _spelt(name: str, sets: Mapping[str, tuple[str, ...]], file: Dictionary, line: Line) -> list[str]:
    """A name with each of its marks replaced by each word of that set."""
    marks = _MARK.findall(name)
    if lost := next((m for m in marks if not sets.get(m)), None):
        file.skip(line, f"no set is called {lost}")
        return []
    size = 1
    for mark in marks:
        size *= len(sets[mark])
    if size > _MOST:
        raise file.broken(line, f"its marks make {size} names, the limit is {_MOST}", "use fewer marks")
    names = []
    for chosen in product(*(sets[m] for m in marks)):
        words = iter(chosen)
        names.append(_MARK.sub(lambda _, words=words: next(words), name))  # type: ignore[misc]
    return names


def read_discards(path: Path) -> Names[Discard]:
    """Read a discard list; a plural is meant too, but where the words end in "_".

    Raises:
        InputError: where the file cannot be used.
    """
    file = Dictionary.open(path)
    found: Names[Discard] = Names(unread=file.unread)
    for line in file.lines:
        text = line.text.strip()
        words = split_words(text.lstrip("+"))
        if not any(c.isalnum() for word in words for c in word):
            file.skip(line, "no words")
            continue
        discard = Discard(text.startswith("+"))
        found.add(words, discard)
        if not text.endswith("_") and words[-1].isalpha():
            found.add((*words[:-1], plural(words[-1])), discard)
    return found
