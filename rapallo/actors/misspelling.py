"""The names one letter away from one that nobody bears."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["OneLetterOff"]

SHORTEST = 5


class OneLetterOff:
    """Finds the words of a list within one edit of another: a letter added, dropped, changed, or two swapped.

    One edit touches the beginning of a word or its end, never both; so only the words that share either are
    compared.

    Args:
        words: the list; those of fewer than five letters are left out.

    Examples:
        >>> OneLetterOff(["poland", "polish", "niger"]).of("polnad")
        ('poland',)
        >>> OneLetterOff(["poland"]).of("poland")
        ()
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_edge: dict[tuple[int, str], list[str]] = {}
        for word in words:
            if len(word) >= SHORTEST:
                for edge in (*_edges(word, 2), *_edges(word, 3)):
                    self._by_edge.setdefault(edge, []).append(word)

    def of(self, word: str) -> tuple[str, ...]:
        """The words one edit away; none of a word of fewer than five letters."""
        if len(word) < SHORTEST:
            return ()
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        edges = _edges(word, 3 if len(word) > 6 else 2)
        near = dict.fromkeys(other for edge in edges for other in self._by_edge.get(edge, ()))
        lengths = range(len(word) - 1, len(word) + 2)
        return tuple(
            other
            for other in near
            if len(other) in lengths and OSA.distance(word, other, score_cutoff=1) == 1
        )


def _edges(word: str, size: int) -> tuple[tuple[int, str], tuple[int, str]]:
    """The beginning and the end of a word; two of them in a word longer than both leave room for one edit."""
    return (size, word[:size]), (-size, word[-size:])
