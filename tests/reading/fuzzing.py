"""Texts made from the project's own by mutation, each from its seed, and what holds of any reading."""

import datetime as dt
import itertools
import random
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import yaml

from rapallo.actors import actor
from rapallo.errors import UnknownActorError
from rapallo.model import Reading
from rapallo.reading.clean import normalise

ROOT = Path(__file__).parent.parent.parent
ON = dt.date(2024, 5, 15)

QUOTES = ("“", "”", "‘", "’", "«", "»", "„", "‹", "「", "」", '"', "'", "``", "''")
NOISE = (
    *QUOTES,
    *("\u0301", "\u0308", "\u0323\u0307", "\u20dd", "\u1ab0"),  # combining marks
    *("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e"),  # of no width
    *("\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2069"),
    *("\ud800", "\udbff", "\udc00", "\udfff", "\udcff", "\ud83d \ude00"),  # halves of surrogate pairs
    *("\0", "\x01", "\x08", "\x0b", "\x1b[31m", "\x1c", "\x1f", "\x7f", "\x85", "\x9f"),
    *("\t", "\r\n", "\r", "\n", "\n\n", "\f", "\u2028", "\u2029", "\u00a0", "\u3000", "   "),
    *(
        "😀",
        "🇫🇷",
        "👩‍👩‍👧‍👦",
        "✈️",
        "👍🏽",
        "\U0010ffff",
        "\ue000",
        "\ufffe",
        "\ufffd",
        "ﬁ",
        "ǅ",
        "ß",
        "İ",
        "ı",
        "ſ",
    ),
    *(
        "Россия подписала договор.",
        "中国与日本签署协议。",
        "وقعت مصر اتفاقا",
        "ישראל",
        "भारत",
        "Ελλάδα",
        "ประเทศไทย",
    ),
    *("한국", "Ꮳ", "𝕻𝖊𝖗𝖚", "Ｐｅｒｕ", "Реru"),
    *(
        "<p>",
        "</div>",
        "<br/>",
        "&nbsp;",
        "&amp;",
        "&#8217;",
        "&#x110000;",
        '<a href="//x.org?a=b&c">',
        "<!--",
        "-->",
    ),
    *(
        "<script>if (a < b) {}</script>",
        "http://a.b/c?d=e#f",
        "a@b.org",
        "[1]",
        "{{cite}}",
        "\\n",
        "%s",
        "{0}",
        "$1",
    ),
    *(
        "9" * 400,
        "-1",
        "1e999",
        "0.0000001",
        "1,000,000,000,000,000,000",
        "0",
        "½",
        "²",
        "٣",
        "Ⅻ",
        "NaN",
        "$",
        "€-5",
    ),
    *(
        "31 February 2024",
        "2023-02-29",
        "99/99/9999",
        "0 May",
        "May 45, 2024",
        "0000-00-00",
        "24:61",
        "32 December",
    ),
    *(
        "in 0",
        "in year 0",
        "in 0000",
        "since 99999",
        "in 9999",
        "in the 0s",
        "in the 9990s",
        "from 2020 to 1920",
    ),
    *(
        "999999999 years ago",
        "in 10,000 years",
        "last week",
        "0 days later",
        "by 31 December 9999",
        "in 0001",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        ":",
        ".",
        "...",
        "…",
        "?",
        "!",
        "-",
        "—",
        "/",
        "*",
        "_",
        "#",
        "|",
    ),
    *(
        "and",
        "or",
        "not",
        "who",
        "which",
        "that",
        "if",
        "said",
        "both",
        "its",
        "he",
        "they",
        "of",
        "Peru",
        "U.S.",
    ),
)
"""What strays into a text, or is put there by somebody who means ill."""


@cache
def articles() -> tuple[str, ...]:
    """The example texts."""
    return tuple(path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt")))


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the training corpus."""
    files = sorted((ROOT / "corpus" / "train").glob("*.yaml"))
    loaded = [yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in files]
    return tuple(str(row["s"]) for file in loaded for row in file["rows"])


def plain(rng: random.Random) -> str:
    """A text as it was written: mostly one to three sentences, now and then a paragraph or an article."""
    kind = rng.random()
    if kind < 0.05:
        return rng.choice(articles())
    if kind < 0.2:
        return rng.choice(rng.choice(articles()).split("\n\n"))
    return " ".join(rng.choices(sentences(), k=rng.randint(1, 3)))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _point(parts: list[str], rng: random.Random) -> int:
    return rng.randrange(len(parts))


def _drop(parts: list[str], rng: random.Random) -> list[str]:
    share = rng.choice((0.02, 0.1, 0.5))
    return [part for part in parts if rng.random() > share]


def _double(parts: list[str], rng: random.Random) -> list[str]:
    i = _point(parts, rng)
    return parts[:i] + parts[i : i + 1] * rng.choice((2, 2, 3, 50)) + parts[i + 1 :]


def _swap(parts: list[str], rng: random.Random) -> list[str]:
    i, j = _point(parts, rng), _point(parts, rng)
    parts[i], parts[j] = parts[j], parts[i]
    return parts


def _shuffle(parts: list[str], rng: random.Random) -> list[str]:
    i = _point(parts, rng)
    run = parts[i : i + rng.choice((4, 12, len(parts)))]
    rng.shuffle(run)
    return parts[:i] + run + parts[i + len(run) :]


def _cut(text: str, rng: random.Random) -> str:
    i = rng.randrange(len(text) + 1)
    return text[:i] if rng.random() < 0.5 else text[i:]


def _join(text: str, rng: random.Random) -> str:
    return text + rng.choice(("", " ", "\n", "\n\n", ", ", " and ", " that ", ' "')) + plain(rng)


def _case(text: str, rng: random.Random) -> str:
    return rng.choice((str.upper, str.lower, str.swapcase, str.title, str.capitalize))(text)


def _quote(text: str, rng: random.Random) -> str:
    return re.sub(
        r"[\"'“”‘’]|(?<= )(?=\w)", lambda m: rng.choice(QUOTES) if m[0] or rng.random() < 0.1 else "", text
    )


def _decompose(text: str, rng: random.Random) -> str:
    mark = rng.choice(("\u0301", "\u0308", "\u200d", "\u00ad"))
    return mark.join(text) if rng.random() < 0.2 else re.sub("[aeio]", lambda m: m[0] + mark, text)


def _stray(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        i = rng.randrange(len(text) + 1)
        room = rng.choice(("", " "))
        text = f"{text[:i]}{room}{rng.choice(NOISE)}{room}{text[i:]}"
    return text


def _deepen(text: str, rng: random.Random) -> str:
    opening, closing = rng.choice(("()", "[]", "{}", "“”", "‘’", "«»", '""', "''", "<>"))
    depth = rng.choice((1, 5, 40, 400))
    return opening * depth + text + closing * depth


def _swell(text: str, rng: random.Random) -> str:
    piece = rng.choice(
        (",", "a", "Ab", "-", ".", "'", " and", ", Peru", " who", "9", "\u0301", " if", " of the", "\n", "?!")
    )
    i = rng.randrange(len(text) + 1)
    return text[:i] + piece * rng.choice((20, 300, 3000)) + text[i:]


def _on_parts(change: Callable[[list[str], random.Random], list[str]], split: Callable[[str], list[str]]):
    return lambda text, rng: "".join(change(split(text), rng)) if text else text


MUTATIONS = (
    *(_on_parts(change, split) for change in (_drop, _double, _swap, _shuffle) for split in (_words, list)),
    *(_cut, _join, _case, _quote, _decompose, _deepen, _swell),
    *(_stray, _stray, _stray, _stray),
)


def mutant(seed: int) -> str:
    """The text of a seed: one to five mutations of a plain text."""
    rng = random.Random(seed)
    text = plain(rng)
    for mutation in rng.choices(MUTATIONS, k=rng.randint(1, 5)):
        text = mutation(text, rng)
    return text


@cache
def _known(code: str) -> bool:
    try:
        return bool(actor(code))
    except UnknownActorError:
        return code.isupper()


def faults(text: str, reading: Reading) -> list[str]:
    """What is wrong with the reading of a text, whatever the text is; empty where nothing is."""
    return list(_faults(text, reading))


def _faults(text: str, reading: Reading) -> Iterable[str]:
    read, claims, diagnostics = reading.document.text, reading.claims, reading.diagnostics
    if read != normalise(text) or normalise(read) != read:
        yield "the document is not the text, its invisible characters aside"
    if not 0 <= reading.document.legibility <= 1 or not 0 <= reading.document.reliability <= 1:
        yield f"legibility {reading.document.legibility}, reliability {reading.document.reliability}"
    ids = [claim.id for claim in claims]
    if len(set(ids)) < len(ids):
        yield f"an id twice: {ids}"
    for claim in claims:
        quote, when = claim.quote, claim.when
        if not quote.exact or read[quote.start : quote.end] != quote.exact:
            yield f"{claim.id}: {quote.exact!r} is not what stands at {quote.start}:{quote.end}"
        if not (read[: quote.start].endswith(quote.prefix) and read[quote.end :].startswith(quote.suffix)):
            yield f"{claim.id}: {quote.prefix!r} and {quote.suffix!r} do not surround the quote"
        if strange := [code for code in claim.parties if not _known(code)]:
            yield f"{claim.id}: {strange} are no codes"
        if not 0 <= claim.confidence <= 1:
            yield f"{claim.id}: confidence {claim.confidence}"
        if when is not None and when.start and when.end and when.start > when.end:
            yield f"{claim.id}: from {when.start} to {when.end}"
        if not 0 <= claim.sentence < len(diagnostics):
            yield f"{claim.id}: there is no sentence {claim.sentence}"
    for number, diagnostic in enumerate(diagnostics):
        if diagnostic.sentence != number or read[diagnostic.start : diagnostic.end] != diagnostic.text:
            yield f"sentence {number}: {diagnostic.text!r} is not what stands there"
        if diagnostic.start >= diagnostic.end:
            yield f"sentence {number} is empty"
        if not set(diagnostic.claims) <= set(ids):
            yield f"sentence {number}: no claims {set(diagnostic.claims) - set(ids)}"
    for before, after in itertools.pairwise(diagnostics):
        if before.end > after.start:
            yield f"sentences {before.sentence} and {after.sentence} overlap"
