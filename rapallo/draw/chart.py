"""What the charts of measures share: the words above and below them, and letters that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from rapallo.draw.lettering import shorten, width, wrap
from rapallo.draw.svg import element, picture
from rapallo.draw.theme import colour
from rapallo.errors import InputError

__all__ = [
    "NOTE",
    "TEXT",
    "WIDTH",
    "Words",
    "extent",
    "fitted",
    "said",
]

WIDTH = 720.0
TEXT, NOTE = 13.0, 11.5
_TITLE, _SUBTITLE = 18.0, 13.0
_BOLD = 1.07  # how much wider than plain letters
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # letters that turn the direction of text


def said(text: str) -> str:
    r"""The text on one line, without letters that XML forbids or that turn the direction of what follows.

    Examples:
        >>> said(" a\x00\u202e b\n")
        'a b'
    """
    kept = "".join(
        letter
        for letter in _TURNS.sub("", text)
        if letter.isspace()
        or (unicodedata.category(letter) not in {"Cc", "Cs"} and letter not in "\ufffe\uffff")
    )
    return " ".join(kept.split())


def extent(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at a size, Chinese characters and emoji counted as squares."""
    squares = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return (width(text, size) + 0.45 * squares * size) * (_BOLD if bold else 1.0)


def fitted(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The cleaned text, or as much of it as fits the room with an ellipsis behind it."""
    text = said(text)
    kept = shorten(text, size, _scaled(text, size, room, bold=bold))
    while len(kept) > 2 and extent(kept, size, bold=bold) > room:
        kept = kept[:-2] + "…"
    return kept


@dataclass(frozen=True, slots=True)
class Words:
    """The words about a chart.

    Attributes:
        title: what it says, in a line or two.
        subtitle: what is shown, in a line or two.
        source: whose data they are.
    """

    title: str
    subtitle: str
    source: str

    def head(self) -> tuple[list[str], float]:
        """The title and the subtitle, and where they end."""
        out: list[str] = []
        y = 0.0
        for raw, size, lead, name in (
            (self.title, _TITLE, 23.0, "rp-title"),
            (self.subtitle, _SUBTITLE, 18.0, "rp-subtitle"),
        ):
            text = said(raw)
            room = _scaled(text, size, WIDTH - 4, bold=name == "rp-title")
            for line in wrap(text, size, room, lines=2):
                y += lead
                out.append(element("text", escape(line), class_=name, x=0.0, y=y - 5))
            y += 3
        return out, y

    def foot(self, y: float, notes: Iterable[str] = ()) -> tuple[list[str], float]:
        """Notes and the source below ``y``, and where they end."""
        out: list[str] = []
        texts = [said(note) for note in notes]
        if self.source:
            texts.append(f"Source: {said(self.source)}")
        for text in texts:
            for line in wrap(text, NOTE, _scaled(text, NOTE, WIDTH - 4, bold=False), lines=3):
                y += 16
                out.append(element("text", escape(line), class_="rp-note", x=0.0, y=y))
        return out, y + 6

    def picture(
        self, children: Iterable[str], *, height: float, desc: str, kind: str, key: str, css: str
    ) -> str:
        """The whole chart.

        Args:
            children: markup.
            height: of the view box.
            desc: what it shows, for a screen reader.
            kind: of chart.
            key: tells several of a kind apart on one page; lower-case letters, digits and hyphens.
            css: rules, in which ``@`` stands for the class of this chart.

        Raises:
            InputError: where the key is none.
        """
        if not re.fullmatch(r"[a-z0-9-]*", key):
            msg = f"{key!r} is no key of a chart"
            raise InputError(msg, hint="lower-case letters, digits and hyphens")
        name = f"{kind}-{key}" if key else kind
        return picture(
            *children,
            width=WIDTH,
            height=height,
            title=said(self.title),
            desc=said(desc),
            kind=name,
            style=(_CSS + css).replace("@", f".rp-{name}"),
        )


_CSS = (
    f"@ text{{font:{TEXT:g}px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
    f"fill:{colour('ink')};font-variant-numeric:tabular-nums}}"
    f"@ .rp-title{{font-size:{_TITLE:g}px;font-weight:700}}"
    f"@ .rp-subtitle{{font-size:{_SUBTITLE:g}px;fill:{colour('quiet')}}}"
    f"@ .rp-note{{font-size:{NOTE:g}px;fill:{colour('quiet')}}}"
    f"@ .rp-grid{{stroke:{colour('rule')};stroke-width:1;stroke-opacity:.75;fill:none}}"
    f"@ .rp-axis{{stroke:{colour('quiet')};stroke-width:1;fill:none}}"
)


def _scaled(text: str, size: float, room: float, *, bold: bool) -> float:
    """The room that the lettering is told of, so that what it cuts fits by :func:`extent`."""
    return room * width(text, size) / (extent(text, size, bold=bold) or 1.0)
