"""Reads machine-paraphrased or badly translated English as meant, and keeps where each word stood.

Three tests find garbled words: phrases that paraphrasing tools and rough translations leave behind, fixed
collocations of the news with a synonym in the wrong place ("commerce companion"), and words in company that
news does not keep ("diplomatic furniture"). The last is evidence only; the others also tell what was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from spacy.lang.en.stop_words import STOP_WORDS

from rapallo.reading.lexicon import table

__all__ = ["Edit", "Repaired", "legibility", "repair"]

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {w: n for n, w in enumerate(_UNITS.split(), 1)} | {
    w: 10 * n for n, w in enumerate(_TENS.split(), 2)
}
_STRONG = 0.6
_CERTAIN = 0.9
_SOME = 0.3
_ARTICLES = re.compile(r"\b(?:the|an?)\b", re.IGNORECASE)
_SMALL = frozenset(("and", "for", "in", "of", "on", "the", "to"))
_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:[-'’]\w+)*")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    read: str
    weight: float
    number: str = ""
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to garble a phrase; `row` is the same for all ways of one row of the table."""

    row: str
    read: str
    weight: float
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    read: str
    rule: _Rule | _Phrase

    @property
    def row(self) -> _Rule | str:
        return self.rule.row if isinstance(self.rule, _Phrase) else self.rule


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch that was read otherwise.

    Attributes:
        start: offset of its first character in the original.
        end: offset behind its last.
        read_start: where it stands in the repaired text.
        read_end: offset behind it there.
        spelling: whether only its spelling was put right for the parser, which is no repair.
    """

    start: int
    end: int
    read_start: int
    read_end: int
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is read, with the way back to the original.

    Attributes:
        text: the text to parse.
        edits: what was read otherwise, in order.
    """

    text: str
    edits: tuple[Edit, ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind a span of the repaired text; an edit counts as a whole.

        Examples:
            >>> Repaired("the trade partner", (Edit(4, 22, 4, 17),)).original(10, 17)
            (4, 22)
        """
        return self._back(start, last=False), self._back(end, last=True)

    def _back(self, at: int, *, last: bool) -> int:
        probe = at - 1 if last else at
        i = bisect_right(self.edits, probe, key=lambda e: e.read_start) - 1
        if i < 0:
            return at
        edit = self.edits[i]
        if probe < edit.read_end:
            return edit.end if last else edit.start
        return at - edit.read_end + edit.end

    def within(self, start: int, end: int) -> tuple[Edit, ...]:
        """The repairs that overlap a span of the repaired text."""
        return tuple(e for e in self.edits if not e.spelling and e.read_start < end and start < e.read_end)


@cache
def _rules(part: str) -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            re.compile(r["find"], 0 if r.get("case") else re.IGNORECASE),
            r.get("read", ""),
            r.get("weight", 0.0),
            r.get("number", ""),
            spelling=part == "spellings",
        )
        for r in table("repair")[part]
    )


@cache
def _phrases() -> dict[str, dict[tuple[str, ...], _Phrase]]:
    """Every garbled phrase by its first word."""
    found: dict[str, dict[tuple[str, ...], _Phrase]] = {}
    for words, phrase in (*_swapped(), *_listed()):
        found.setdefault(words[0], {})[words] = phrase
    return found


def _listed() -> Iterator[tuple[tuple[str, ...], _Phrase]]:
    """The phrase table, spelled out: its signs are told there."""
    determiners = table("repair")["determiners"]
    for group in table("repair")["phrases"]:
        for row, read in group["read"].items():
            slots = [determiners if slot == "_" else slot.split("/") for slot in row.split()]
            for words in product(*slots):
                meant = " ".join(words[int(w) - 1] if w.isdigit() else w for w in read.split())
                garbled = " ".join(words).replace("+", " ").split()
                yield tuple(garbled), _Phrase(row, meant.replace("+", " "), group["weight"])


def _swapped() -> Iterator[tuple[tuple[str, ...], _Phrase]]:
    """The collocations with the words in another order, or with synonyms unless that is English too."""
    swaps: dict[str, list[str]] = table("repair")["swaps"]
    real = set(table("repair")["real"])
    adjectives = set(table("repair")["adjectives"])
    for meant in (m for group in table("repair")["collocations"].values() for m in group):
        first, last = meant.split()
        if first in adjectives:
            yield (last, first), _Phrase(f"{last} {first}", meant, 0.4)
        for one, other in product([first, *swaps.get(first, ())], [last, *swaps.get(last, ())]):
            garbled = f"{one} {other}"
            if garbled == meant or garbled in real:
                continue
            weight = _CERTAIN if one != first and other != last else 0.7
            yield tuple(garbled.split()), _Phrase(meant, meant, weight)
            plural = f"{first} {_plural(last)}"
            yield tuple(f"{one} {_plural(other)}".split()), _Phrase(meant, plural, weight)


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def _matches(text: str) -> Iterator[_Hit]:
    """The garbled phrases of a text, also those that overlap."""
    words = list(_WORD.finditer(text))
    lower = [w[0].lower().replace("’", "'") for w in words]
    index = _phrases()
    for i, word in enumerate(lower):
        for garbled, phrase in index.get(word, {}).items():
            end = i + len(garbled)
            if tuple(lower[i:end]) != garbled:
                continue
            if all(
                text[a.end() : b.start()].isspace()
                for a, b in zip(words[i:], words[i + 1 : end], strict=False)
            ):
                found = [w[0] for w in words[i:end]]
                yield _Hit(words[i].start(), words[end - 1].end(), _cased(phrase.read, found), phrase)


def _cased(read: str, found: list[str]) -> str:
    """What was meant with the capitals of the words found, all of them where each word has one."""
    as_found = {w.lower(): w for w in found}
    meant = [as_found.get(w, w) for w in read.split()]
    if all(w.isupper() and len(w) > 1 for w in found):
        return read.upper()
    if len(found) > 1 and all(w[0].isupper() for w in found):
        meant = [w if w in _SMALL else w[0].upper() + w[1:] for w in meant]
    return " ".join(meant)


def _hits(text: str, rules: Iterable[_Rule], *, phrases: bool) -> list[_Hit]:
    found = list(_matches(text)) if phrases else []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            read = _in_digits(rule.number, match) if rule.number else match.expand(rule.read)
            if read and match[0].endswith(" ") and not read.endswith(" "):
                read += " "
            found.append(_Hit(match.start(), match.end(), read, rule))
    found.sort(key=lambda h: (h.start, -h.end))
    kept: list[_Hit] = []
    for hit in found:
        old = text[hit.start : hit.end]
        read = hit.read[0].upper() + hit.read[1:] if old[0].isupper() and hit.read[:1].islower() else hit.read
        if read != old and (not kept or hit.start >= kept[-1].end):
            kept.append(_Hit(hit.start, hit.end, read, hit.rule))
    return kept


def _in_digits(form: str, match: re.Match[str]) -> str:
    """A number in words as the digits that news would print: a decade, a year or a day of the month."""
    values = [sum(_value(w) for w in re.split(r"[\s-]+", part)) for part in match.groups() if part]
    return form.format(*values)


def _value(word: str) -> int:
    word = word.lower()
    return _NUMBERS[word] if word in _NUMBERS else _NUMBERS[re.sub(r"ies$", "y", word).removesuffix("s")]


def _odd(text: str) -> Iterator[tuple[int, int, str]]:
    """Words with a neighbour that news does not put there: start, end and the word that keeps company."""
    words = list(_WORD.finditer(text))
    company: dict[str, set[str]] = _company()
    for first, second in pairwise(words):
        fit = company.get(first[0].lower())
        if fit is None or text[first.end() : second.start()] != " ":
            continue
        near = second[0]
        if near.isalpha() and near.islower() and near not in fit and near not in STOP_WORDS:
            yield first.start(), second.end(), first[0].lower()


@cache
def _company() -> dict[str, set[str]]:
    circles = table("repair")["company"]
    return {word: {f for n in near.split() for f in (n, _plural(n))} for word, near in circles.items()}


def legibility(text: str) -> float:
    """How far the English of a text can be trusted: 1 clean, below 1 where it needs repair, at least 0.2.

    One odd phrase proves nothing: it takes different ones, two of them telling, and enough of them for the
    length of the text. That articles are left out is as good as one telling phrase.

    Examples:
        >>> legibility("The trade partner paid a visit to Oslo.")
        1.0
        >>> legibility("The Chinese language president paid a go to to Oslo, its commerce companion.") < 0.6
        True
    """
    hits = _hits(text, _rules("rules"), phrases=True)
    words = max(len(text.split()), 1)
    weights = {h.row: h.rule.weight for h in hits}
    odd = [o for o in _odd(text) if not any(h.start < o[1] and o[0] < h.end for h in hits)]
    total = sum(w for w in weights.values() if w >= _SOME) + _SOME * len({word for *_, word in odd})
    strong = sum(w >= _STRONG for w in weights.values())
    if words >= 30 and len(_ARTICLES.findall(text)) / words < 0.035:
        total, strong = total + _STRONG, strong + 1
    certain = sum(w >= _CERTAIN for w in weights.values())
    enough = total >= 1.5 and strong >= 2 and total / words > 0.006
    if not enough and not (certain >= 2 and words < 40):
        return 1.0
    evidence = sum(h.rule.weight for h in hits) + _SOME * len(odd)
    return round(max(0.2, 1.0 - 0.1 * max(1.0, 100 * evidence / words)), 2)


def repair(text: str, *, garbled: bool) -> Repaired:
    """The text as it was meant.

    Args:
        text: the original.
        garbled: whether the document's `legibility` is below 1; without that only spellings that mislead the
            parser are put right.

    Examples:
        >>> repair("It is the commerce companion of Peru.", garbled=True).text
        'It is the trade partner of Peru.'
        >>> repair("It is the commerce companion of Peru.", garbled=False).edits
        ()
    """
    parts: list[str] = []
    edits: list[Edit] = []
    at = shift = 0
    for hit in _hits(text, _rules("spellings") + (_rules("rules") if garbled else ()), phrases=garbled):
        parts += [text[at : hit.start], hit.read]
        start = hit.start + shift
        edits.append(Edit(hit.start, hit.end, start, start + len(hit.read), spelling=hit.rule.spelling))
        shift += len(hit.read) - (hit.end - hit.start)
        at = hit.end
    return Repaired("".join([*parts, text[at:]]), tuple(edits))
