"""A small bar: how each effect adds to a stake."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rapallo.draw.svg import element
from rapallo.draw.theme import EFFECTS, colour

__all__ = ["stake_bars_svg"]

WIDTH, HEIGHT = 300.0, 10.0


def stake_bars_svg(parts: Sequence[tuple[str, float]], *, full: float = 1.0) -> str:
    """Draw contributions end to end, one colour per effect.

    Args:
        parts: effect and contribution, in the order to draw.
        full: the contribution that fills the whole width.

    Returns:
        One ``svg`` element that stretches to its column; each piece has a title with its figure.

    Raises:
        KeyError: where an effect has no colour.

    Examples:
        >>> "entrapment 0.20" in stake_bars_svg([("entrapment", 0.2)])
        True
    """
    out = [element("rect", width=WIDTH, height=HEIGHT, style=f"fill:{colour('rule')}")]
    left = 0.0
    told = []
    for effect, contribution in parts:
        wide = min(max(contribution, 0.0) / full * WIDTH, WIDTH - left)
        text = f"{effect.replace('_', ' ')} {contribution:.2f}"
        told.append(text)
        fill = colour(f"effect-{effect}" if effect in EFFECTS else "quiet")
        out.append(
            element(
                "rect",
                element("title", escape(text)),
                x=left,
                width=max(wide - 1, 0.5),
                height=HEIGHT,
                style=f"fill:{fill}",
            )
        )
        left += wide
    return element(
        "svg",
        element("title", escape(", ".join(told) or "nothing at issue")),
        *out,
        xmlns="http://www.w3.org/2000/svg",
        class_="rp-bars",
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        preserveAspectRatio="none",
        role="img",
    )
