"""Reads machine-paraphrased or badly translated English as meant, and keeps where each word stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from rapallo.reading.lexicon import table

__all__ = ["Edit", "Repaired", "legibility", "repair"]

_DECADES = {
    "ten": 1,
    "twent": 2,
    "thirt": 3,
    "fort": 4,
    "fift": 5,
    "sixt": 6,
    "sevent": 7,
    "eight": 8,
    "ninet": 9,
}
_STRONG = 0.6


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    read: str
    weight: float
    decade: str = ""
    spelling: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    read: str
    rule: _Rule


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
            r.get("decade", ""),
            spelling=part == "spellings",
        )
        for r in table("repair")[part]
    )


def _hits(text: str, rules: tuple[_Rule, ...]) -> list[_Hit]:
    found = []
    for rule in rules:
        for match in rule.pattern.finditer(text):
            read = _decade(rule.decade, match[1]) if rule.decade else match.expand(rule.read)
            if match[0][:1].isupper() and read[:1].islower():
                read = read[0].upper() + read[1:]
            if match[0].endswith(" ") and not read.endswith(" "):
                read += " "
            if read != match[0]:
                found.append(_Hit(match.start(), match.end(), read, rule))
    found.sort(key=lambda h: (h.start, -h.end))
    kept: list[_Hit] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _decade(century: str, word: str) -> str:
    tens = next(n for stem, n in _DECADES.items() if word.lower().startswith(stem))
    return f"{century}{tens}0s"


def legibility(text: str) -> float:
    """How far the English of a text can be trusted: 1 clean, below 1 where it needs repair, at least 0.2.

    It takes three different tell-tale phrases, or two in a text of under forty words, before a text counts as
    garbled; one odd phrase proves nothing.

    Examples:
        >>> legibility("The trade partner paid a visit to Oslo.")
        1.0
        >>> legibility("The Chinese language president paid a go to to Oslo, its commerce companion.") < 0.6
        True
    """
    hits = _hits(text, _rules("rules"))
    words = max(len(text.split()), 1)
    telling = {h.rule for h in hits if h.rule.weight >= _STRONG}
    certain = {rule for rule in telling if rule.weight >= 0.9}
    enough = len(telling) >= 3 and bool(certain) and len(hits) / words > 0.004
    if not enough and not (len(certain) >= 2 and words < 40):
        return 1.0
    evidence = sum(h.rule.weight for h in hits)
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
    for hit in _hits(text, _rules("spellings") + (_rules("rules") if garbled else ())):
        parts += [text[at : hit.start], hit.read]
        start = hit.start + shift
        edits.append(Edit(hit.start, hit.end, start, start + len(hit.read), spelling=hit.rule.spelling))
        shift += len(hit.read) - (hit.end - hit.start)
        at = hit.end
    return Repaired("".join([*parts, text[at:]]), tuple(edits))
