"""Reads machine-paraphrased or badly translated English as what was meant, and keeps where each word stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rapallo.reading.lexicon import table

__all__ = ["Repaired", "legibility", "repair"]

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


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    read: str
    rule: int


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text as it is read, with the way back to the original.

    Attributes:
        text: the text to parse.
        edits: (start in the original, end, start in the repaired text, end), in order.
    """

    text: str
    edits: tuple[tuple[int, int, int, int], ...] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind a span of the repaired text; an edit counts as a whole.

        Examples:
            >>> Repaired("the trade partner", ((4, 22, 4, 17),)).original(10, 17)
            (4, 22)
        """
        return self._back(start, last=False), self._back(end, last=True)

    def _back(self, at: int, *, last: bool) -> int:
        probe = at - 1 if last else at
        i = bisect_right(self.edits, probe, key=lambda e: e[2]) - 1
        if i < 0:
            return at
        a, b, c, d = self.edits[i]
        if probe < d:
            return b if last else a
        return at - d + b if c <= probe else at

    def within(self, start: int, end: int) -> tuple[tuple[int, int, int, int], ...]:
        """The edits that overlap a span of the repaired text."""
        return tuple(e for e in self.edits if e[2] < end and start < e[3])


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(
            re.compile(r["find"], 0 if r.get("case") else re.IGNORECASE),
            r.get("read", ""),
            r["weight"],
            r.get("decade", ""),
        )
        for r in table("repair")["rules"]
    )


def _hits(text: str) -> list[_Hit]:
    found = []
    for number, rule in enumerate(_rules()):
        for match in rule.pattern.finditer(text):
            read = _decade(rule.decade, match[1]) if rule.decade else match.expand(rule.read)
            if match[0][:1].isupper() and read[:1].islower():
                read = read[0].upper() + read[1:]
            if match[0].endswith(" ") and not read.endswith(" "):
                read += " "
            if read != match[0]:
                found.append(_Hit(match.start(), match.end(), read, number))
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
    hits = _hits(text)
    words = max(len(text.split()), 1)
    telling = {h.rule for h in hits if _rules()[h.rule].weight >= _STRONG}
    certain = {n for n in telling if _rules()[n].weight >= 0.9}
    enough = len(telling) >= 3 and bool(certain) and len(hits) / words > 0.004
    if not enough and not (len(certain) >= 2 and words < 40):
        return 1.0
    evidence = sum(_rules()[h.rule].weight for h in hits)
    return round(max(0.2, 1.0 - 0.1 * max(1.0, 100 * evidence / words)), 2)


def repair(text: str, keep: Sequence[tuple[int, int]] = ()) -> Repaired:
    """The text as it was meant; call it only for a text whose `legibility` is below 1.

    Args:
        text: the original.
        keep: spans that must stay as they are.

    Examples:
        >>> repair("It is the commerce companion of Peru.").text
        'It is the trade partner of Peru.'
    """
    parts, edits, at, shift = [], [], 0, 0
    for hit in _hits(text):
        if any(a < hit.end and hit.start < b for a, b in keep):
            continue
        parts += [text[at : hit.start], hit.read]
        edits.append((hit.start, hit.end, hit.start + shift, hit.start + shift + len(hit.read)))
        shift += len(hit.read) - (hit.end - hit.start)
        at = hit.end
    return Repaired("".join([*parts, text[at:]]), tuple(edits))
