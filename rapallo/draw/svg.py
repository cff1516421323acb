"""Elements of SVG as strings: escaped, with short numbers, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

__all__ = ["element", "number", "path", "picture"]


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    Examples:
        >>> number(12.0), number(-0.04), number(3.14159)
        ('12', '0', '3.1')
    """
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(tag: str, *children: str, **attributes: str | float | None) -> str:
    """One element. Children are markup, attributes are escaped; a trailing underscore of a name is dropped.

    Examples:
        >>> element("text", "a", class_="name", x=1.25, font_size=None)
        '<text class="name" x="1.2">a</text>'
    """
    given = {name: value for name, value in attributes.items() if value is not None}
    texts = {
        name: escape(value) if isinstance(value, str) else number(value) for name, value in given.items()
    }
    said = "".join(f' {name.rstrip("_").replace("_", "-")}="{text}"' for name, text in texts.items())
    inner = "".join(children)
    return f"<{tag}{said}>{inner}</{tag}>" if inner else f"<{tag}{said}/>"


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The ``d`` of a polyline in relative steps of a tenth.

    Examples:
        >>> path([(0, 0), (10, 0.5), (10, 5)], closed=True)
        'M0 0l10 .5 0 4.5z'
    """
    out: list[str] = []
    px = py = 0
    for index, (x, y) in enumerate(points):
        ix, iy = round(x * 10), round(y * 10)
        if index == 0:
            out.append(f"M{_tenths(ix)} {_tenths(iy)}")
        else:
            pair = f"{_tenths(ix - px)} {_tenths(iy - py)}"
            out.append(("l" if index == 1 else " ") + pair)
        px, py = ix, iy
    return "".join(out) + ("z" if closed else "")


def picture(
    *children: str, width: float, height: float, title: str, desc: str, kind: str, style: str = ""
) -> str:
    """A whole picture: it scales to its column, and a screen reader hears its title and description.

    Args:
        children: markup.
        width: of the view box, in its own units.
        height: of the view box.
        title: what it is, in a few words.
        desc: what it shows, in sentences.
        kind: a word that names its class (``rp-map``) and the ids of its title and description.
        style: CSS, which must keep to classes that begin with ``rp-``.
    """
    labels = f"rp-{kind}-title rp-{kind}-desc"
    return element(
        "svg",
        element("title", escape(title), id=f"rp-{kind}-title"),
        element("desc", escape(desc), id=f"rp-{kind}-desc"),
        element("style", style) if style else "",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"rp-picture rp-{kind}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=labels,
    )


def _tenths(value: int) -> str:
    whole = f"{value / 10:.1f}".removesuffix(".0")
    return whole.replace("0.", ".", 1) if whole.startswith(("0.", "-0.")) else whole
