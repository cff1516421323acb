"""What a claim says of an act beyond its kind and its parties: of whom, of which goods, how many."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from rapallo import actors
from rapallo.model import Claim

__all__ = ["amount", "goods", "missing", "persons"]

_NUMBER = re.compile(
    r"(?P<money>USD|EUR|US\$|\$|€)?\s?(?P<figure>\d[\d,]*(?:\.\d+)?)"
    r"(?:\s(?P<scale>thousand|million|billion|trillion))?(?:\s(?P<noun>[A-Za-z]+))?"
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONEY = {"usd", "us$", "$", "dollar", "eur", "euro", "€"}
_NEAR, _ABOUT = 0.1, 0.25  # how far an amount may be off, and one that is called approximate
_NAME = re.compile(r"\b[A-Z][\w'-]+(?:\s[A-Z][\w'-]+)*")


def missing(claim: Claim, text: str) -> str:
    """What the claim names and the words of a record row do not: its goods or its persons.

    Args:
        claim: a claim of an event.
        text: what the row says in words.

    Returns:
        The first such word; empty where the row names all, or the claim names none.
    """
    lacking = sorted(goods(claim.quote.exact) - goods(text))
    if lacking and claim.event in {"SANCTION", "AID", "COOPERATE", "COERCE"}:
        return lacking[0]
    if claim.event == "CONSULT":
        told = _folded(text)
        for person in persons(claim):
            if not _folded(person) & told:
                return person
    return ""


def goods(text: str) -> set[str]:
    """The goods that a text names.

    Examples:
        >>> sorted(goods("It halted coal and Iron imports."))
        ['coal', 'iron']
    """
    return {found.group(1).casefold() for found in _goods().finditer(text)}


def persons(claim: Claim) -> tuple[str, ...]:
    """The persons named in the words of a claim: names that are not those of its parties, without titles."""
    found = []
    for run in _NAME.findall(claim.quote.exact):
        words = [re.sub(r"['’]s$", "", word) for word in run.split()]
        kept = [w for w in words if not _folded(w) <= _words()["no_names"] | _of_parties(claim.parties)]
        if len(kept) > 1 or any(_leader(word) for word in kept):
            found.append(" ".join(kept))
    return tuple(found)


def amount(claim: Claim, text: str) -> bool | None:
    """Whether the words of a row bear out the amount of a claim.

    Returns:
        None where the row gives no amount in that unit; True where the claim has no amount.
    """
    said = claim.quantity
    if said is None:
        return True
    unit = said.unit.casefold().rstrip("s")
    told = []
    for found in _NUMBER.finditer(text):
        noun, money = (found["noun"] or "").casefold().rstrip("s"), (found["money"] or "").casefold()
        if unit == noun or ({unit, *unit.split()} & _MONEY and {noun, money} & _MONEY):
            told.append(float(found["figure"].replace(",", "")) * _SCALES.get(found["scale"] or "", 1.0))
    if not told:
        return None
    slack = _ABOUT if said.approx else _NEAR
    return any(abs(said.value - figure) <= slack * max(abs(said.value), figure) for figure in told)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    raw = yaml.load(files("rapallo.checks").joinpath("words.yaml").read_bytes(), Loader=yaml.CSafeLoader)
    return {name: frozenset(words) for name, words in raw.items()}


@cache
def _goods() -> re.Pattern[str]:
    names = "|".join(sorted(_words()["goods"], key=len, reverse=True))
    return re.compile(rf"\b({names})(?:es|s)?\b", re.IGNORECASE)


def _folded(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w-]+", text.casefold()))


@cache
def _of_parties(codes: tuple[str, ...]) -> frozenset[str]:
    """The words in the names of those actors and of their capitals and peoples, persons left out."""
    texts = (text for text, bearers in actors.names().items() if any(code in codes for code, _ in bearers))
    return frozenset(word for text in texts for word in _folded(text))


@cache
def _leader(word: str) -> bool:
    return any("/" in code for code, _ in actors.names().get(word.casefold(), ()))
