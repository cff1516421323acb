"""Amounts: "nearly 7,000 containers worth of weapons", "$2.5bn in aid", "a dozen tanks", "for five years"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapallo.model import Quantity
from rapallo.reading.lexicon import table

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["number", "quantity"]

_NUMBER = re.compile(r"^[\d,]*\.?\d+$")


def number(words: str) -> float | None:
    """The value of an amount in digits or words, scale words included.

    Examples:
        >>> number("two dozen"), number("2.5 billion"), number("7,000"), number("many")
        (24.0, 2500000000.0, 7000.0, None)
    """
    units, scales = table("numbers")["units"], table("numbers")["scales"]
    total, current, seen = 0.0, 0.0, False
    for word in words.lower().replace("-", " ").split():
        bare = word.replace(",", "")
        glued = re.match(r"^([\d.,]+)(bn|m|mn|k|tn)$", word)
        if glued and _NUMBER.match(glued[1]):
            current += float(glued[1].replace(",", "")) * scales[glued[2]]
        elif _NUMBER.match(word):
            current += float(bare)
        elif word in units:
            current += units[word]
        elif word in scales:
            current = (current or 1.0) * scales[word]
            if scales[word] >= 1000:
                total, current = total + current, 0.0
        elif word in ("a", "an", "and"):
            continue
        else:
            return None
        seen = True
    return round(total + current, 2) if seen else None


def quantity(noun: Token) -> Quantity | None:
    """The amount a noun phrase states, or None.

    Args:
        noun: head of the phrase; where it measures another ("containers of weapons") that is what it is of.
    """
    counted = next(
        (t for t in noun.children if t.dep_ in ("nummod", "quantmod") and number(t.text) is not None), None
    )
    if counted is None:
        if noun.lemma_.lower() in table("numbers")["vague"]:
            return None
        return _money(noun) or _of_number(noun) or _fraction(noun)
    words = [t for t in counted.subtree if t.dep_ in ("compound", "nummod") or t == counted]
    value = number(" ".join(t.text for t in words))
    if value is None:
        return None
    around = {t.lower_ for t in counted.subtree} | {t.lower_ for t in noun.children if t.i < counted.i}
    share = table("numbers")["fractions"].get(noun.lemma_.lower())
    if share is not None and value < 10 and (part := _fraction(noun)) is not None:
        return replace(part, value=value * share)  # "three quarters of its copper"
    other = _other_end(counted)
    approx = bool(around & set(table("numbers")["approximate"])) or other is not None
    unit, of = _unit(noun)
    shape = next((c.lower_ for c in noun.children if c.lower_ in ("cubic", "square")), "")
    unit = f"{shape} {unit}" if shape else unit
    scale = next(
        (t for t in noun.children if t.i == counted.i - 1 and t.text in table("numbers")["money"]), None
    )
    if scale is not None:
        unit = table("numbers")["money"][scale.text]
    return Quantity((value + other) / 2 if other is not None else value, unit, of, approx=approx)


def _other_end(counted: Token) -> float | None:
    """The other end of "20 to 30" or "between 20 and 30"."""
    before = list(counted.doc[max(0, counted.i - 2) : counted.i])
    if len(before) == 2 and before[1].lower_ in ("to", "-", "–") and before[0].like_num:
        return number(before[0].text)
    upper = next((c for c in counted.children if c.dep_ == "conj" and c.like_num), None)
    between = before and before[-1].lower_ == "between"
    return number(upper.text) if between and upper is not None else None


def _unit(noun: Token) -> tuple[str, str]:
    unit = "base" if noun.lower_ == "bases" else noun.lemma_.lower()  # the parser says basis
    unit = table("numbers")["currencies"].get(unit, unit)
    if unit in ("%", "percent", "cent"):
        unit = "percent"
    measured = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "in")), None)
    if measured is None:
        worth = next((c for c in noun.children if c.lower_ == "worth"), None)
        measured = next((c for c in worth.children if c.lower_ == "of"), None) if worth is not None else None
    if measured is None and noun.i + 2 < len(noun.doc) and noun.nbor(1).lower_ == "worth":
        measured = noun.nbor(2) if noun.nbor(2).lower_ == "of" else None
    of = next((c for c in measured.children if c.dep_ == "pobj"), None) if measured is not None else None
    if of is not None:
        return unit, of.lemma_.lower()
    adjectives = [c.text for c in noun.children if c.dep_ in ("compound", "amod") and c.i == noun.i - 1]
    return unit, " ".join(
        [*adjectives, noun.text]
    ).lower() if unit == noun.lemma_.lower() and adjectives else ""


def _money(noun: Token) -> Quantity | None:
    """As in "$2.5 billion in aid": the noun itself is the number."""
    coins = table("numbers")["money"]
    span = [
        t for t in noun.subtree if t.dep_ in ("quantmod", "compound", "nummod", "nmod") and t.i <= noun.i
    ] + [noun]
    sign = next((t for t in span if t.text in coins), None)
    value = number(" ".join(t.text for t in span if t.text not in coins and number(t.text) is not None))
    if sign is None or value is None:
        return None
    approx = bool({t.lower_ for t in noun.subtree if t.i < noun.i} & set(table("numbers")["approximate"]))
    measured = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "in", "for")), None)
    of = next((c for c in measured.children if c.dep_ == "pobj"), None) if measured is not None else None
    return Quantity(value, coins[sign.text], of.lemma_.lower() if of is not None else "", approx=approx)


def _fraction(noun: Token) -> Quantity | None:
    """As in "a quarter of its gas", "half its power": a share in percent."""
    parts = table("numbers")["fractions"]
    behind = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    part = noun if behind is not None and behind.i > noun.i else None
    part = part or next((c for c in noun.children if c.dep_ == "predet" and c.lower_ == "half"), None)
    share = parts.get(part.lemma_.lower()) if part is not None else None
    if part is None or share is None:
        return None
    approx = bool({t.lower_ for t in part.subtree if t.i < part.i} & set(table("numbers")["approximate"]))
    goods = next((c for c in behind.children if c.dep_ == "pobj"), None) if behind is not None else noun
    return Quantity(share, "percent", goods.lemma_.lower() if goods is not None else "", approx=approx)


def _of_number(noun: Token) -> Quantity | None:
    """As in "a dozen of tanks", "two dozen tanks": the number is a noun."""
    value = number(noun.text) if noun.like_num or noun.lemma_.lower() in table("numbers")["scales"] else None
    measured = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    of = next((c for c in measured.children if c.dep_ == "pobj"), None) if measured is not None else None
    if value is None or of is None:
        return None
    return Quantity(value, of.lemma_.lower(), of.text.lower())
