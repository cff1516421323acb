"""Ties between two actors as the pictures draw them: one stroke per kind, told apart without colour too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapallo.draw.theme import colour

__all__ = ["KINDS", "Link", "Stroke", "kinds_of", "link_css"]


@dataclass(frozen=True, slots=True)
class Link:
    """One tie or flow between two actors.

    Attributes:
        kind: a key of ``KINDS``.
        a: code of one side; the doer, where the link has a direction.
        b: code of the other.
        text: what a reader who points at it is told.
        directed: whether it leads from ``a`` to ``b``.
        label: a word or two beside the stroke, e.g. ``1961``.
        href: where it leads on a page, e.g. ``#row-prk-chn-1961``.
    """

    kind: str
    a: str
    b: str
    text: str
    directed: bool = False
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a kind of link is drawn: its name in a legend, colour, width and dashes."""

    name: str
    colour: str
    width: float
    dashes: str = ""


KINDS: dict[str, Stroke] = {
    "move": Stroke("the move", "tie-move", 4.0),
    "pact": Stroke("pact", "tie-pact", 2.2),
    "partnership": Stroke("partnership", "tie-partnership", 1.6),
    "war": Stroke("war", "tie-war", 2.8, "1 3"),
    "rivalry": Stroke("rivalry", "tie-rivalry", 1.6, "6 4"),
    "sanction": Stroke("sanctions", "tie-sanction", 1.6, "2 3"),
    "trade": Stroke("trade", "tie-trade", 1.4),
    "arms": Stroke("arms", "tie-other", 1.6, "9 3 2 3"),
    "other": Stroke("other tie", "tie-other", 1.2, "4 2"),
}


def link_css() -> str:
    """The CSS of every kind of link, as classes ``rp-link-KIND``."""
    rules = [".rp-link{fill:none;stroke-linecap:round}", "a:hover .rp-link,a:focus .rp-link{stroke-width:5}"]
    for kind, stroke in KINDS.items():
        dashes = f";stroke-dasharray:{stroke.dashes}" if stroke.dashes else ""
        rules.append(
            f".rp-link-{kind}{{stroke:{colour(stroke.colour)};stroke-width:{stroke.width:g}{dashes}}}"
        )
    return "".join(rules)


def kinds_of(links: Iterable[Link]) -> list[str]:
    """The kinds that occur, in the order of ``KINDS``."""
    met = {link.kind for link in links}
    return [kind for kind in KINDS if kind in met]
