"""How wide words are in a sans-serif face, and where labels fit without touching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Box", "Shelf", "shorten", "width", "wrap"]

# Advance widths in thousandths of the size, after Helvetica; other letters count as an average capital. The
# widest faces that stand in for it (DejaVu Sans, Verdana) are about a sixth wider.
_NARROW = dict.fromkeys("iljtfrI.,:;'|!()[]’‘ -", 300)
_WIDE = dict.fromkeys("mwMW@%—", 880)
_WIDTHS = (
    dict.fromkeys("abcdeghknopqsuvxyz0123456789?$", 560)
    | dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 690)
    | _NARROW
    | _WIDE
)
_OTHER = 690
_SPARE = 1.17


def width(text: str, size: float) -> float:
    """How wide a text is at a size, in the units of the size; a little more rather than less.

    Examples:
        >>> width("ill", 10) < width("mmm", 10)
        True
    """
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * size / 1000 * _SPARE


def shorten(text: str, size: float, room: float) -> str:
    """The text, or as many of its words as fit with an ellipsis behind them.

    Examples:
        >>> shorten("a treaty of friendship and mutual assistance", 10, 100)
        'a treaty of…'
    """
    if width(text, size) <= room:
        return text
    words = text.split()
    while len(words) > 1 and width(" ".join(words) + "…", size) > room:
        words.pop()
    kept = " ".join(words).rstrip(",;:")
    while len(kept) > 1 and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept + "…"


def wrap(text: str, size: float, room: float, *, lines: int) -> list[str]:
    """The text in at most ``lines`` lines that fit the room; the last is shortened."""
    out: list[str] = []
    words = text.split()
    while words and len(out) < lines:
        if len(out) == lines - 1:
            out.append(shorten(" ".join(words), size, room))
            break
        line = [words.pop(0)]
        while words and width(" ".join([*line, words[0]]), size) <= room:
            line.append(words.pop(0))
        out.append(shorten(" ".join(line), size, room))
    return out


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box, *, gap: float = 0.0) -> bool:
        """Whether the two overlap or lie closer than the gap."""
        return not (
            self.right + gap <= other.left
            or other.right + gap <= self.left
            or self.bottom + gap <= other.top
            or other.bottom + gap <= self.top
        )

    def within(self, other: Box) -> bool:
        """Whether it lies wholly in the other."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def overlap(self, other: Box) -> float:
        """The area the two share."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


@dataclass(slots=True)
class Shelf:
    """Keeps account of the room that is taken."""

    frame: Box
    taken: list[Box] = field(default_factory=list)

    def take(self, boxes: Iterable[Box]) -> None:
        """Mark boxes as taken."""
        self.taken.extend(boxes)

    def free(self, candidates: Sequence[Box], *, gap: float = 1.5) -> int | None:
        """The first candidate in the frame that touches nothing; None where there is none."""
        for index, box in enumerate(candidates):
            if box.within(self.frame) and not any(box.touches(other, gap=gap) for other in self.taken):
                return index
        return None

    def place(self, candidates: Sequence[Box], *, gap: float = 1.5) -> int:
        """Take the first candidate in the frame that touches nothing, else the one that overlaps least.

        Returns:
            Its index.
        """
        best = self.free(candidates, gap=gap)
        if best is None:
            inside = [i for i, box in enumerate(candidates) if box.within(self.frame)]
            best = min(inside or [0], key=lambda i: sum(candidates[i].overlap(other) for other in self.taken))
        self.taken.append(candidates[best])
        return best
