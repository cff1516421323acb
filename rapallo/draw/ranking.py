"""Values of states in order, a bar for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

from rapallo.draw.chart import NOTE, TEXT, WIDTH, Words, extent, fitted, said
from rapallo.draw.scale import checked, figures
from rapallo.draw.svg import element, path
from rapallo.draw.theme import colour

__all__ = ["ranking_svg"]

_LANE, _TALL = 22.0, 13.0
_NAMES = 190.0

_CSS = (
    f"@ rect{{fill:{colour('tie-pact')};fill-opacity:.55}}@ .rp-below{{fill:{colour('tie-rivalry')}}}"
    "@ .rp-marked{fill-opacity:1}@ .rp-strong{font-weight:700}"
)


def ranking_svg(
    values: Sequence[tuple[str, float | None]],
    *,
    title: str,
    subtitle: str = "",
    unit: str = "",
    source: str = "",
    percent: bool = False,
    most: int = 30,
    marked: Collection[str] = (),
    key: str = "",
) -> str:
    """Draw bars from zero, the greatest value first, each with its place, name and figure.

    Equal values share a place. Those marked are shown whatever their place.

    Args:
        values: name and value; None or NaN where there is none.
        title: what the chart says.
        subtitle: what is shown.
        unit: of the values.
        source: whose data they are, written at the foot.
        percent: print shares of one as per cent.
        most: at most so many of the first places.
        marked: names that stand out.
        key: tells several charts on one page apart; lower-case letters, digits and hyphens.

    Returns:
        One ``svg`` element; the same input gives the same picture.

    Raises:
        InputError: where a value is infinite.

    Examples:
        >>> svg = ranking_svg([("A", 1.0), ("B", 3.0), ("C", None)], title="Three states")
        >>> svg.index(">B<") < svg.index(">A<"), "No value: C." in svg
        (True, True)
    """
    given = [(said(name), checked(value, of=said(name)), name in marked) for name, value in values]
    known = sorted(((value, name, mark) for name, value, mark in given if value is not None), key=_by)
    empty = [name for name, value, _ in given if value is None]
    places = _places([value for value, _, _ in known])
    shown = [i for i, (_, _, mark) in enumerate(known) if i < most or mark]
    words = Words(title, subtitle, source)
    out, y = words.head()
    if unit:
        out.append(element("text", escape(fitted(unit, NOTE, WIDTH)), class_="rp-note", x=0.0, y=y + 16))
        y += 18
    y += 6
    if not known:
        out.append(element("text", "There is no value to draw.", class_="rp-note", x=0.0, y=y + 20))
        y += 30
    else:
        body, y = _bars([(places[i], *known[i]) for i in shown], y, percent=percent)
        out += body
    notes = [f"{len(known) - len(shown)} others are not shown."] if len(shown) < len(known) else []
    if empty:
        notes.append(f"No value: {', '.join(empty)}.")
    foot, end = words.foot(y + 4, notes)
    texts = figures([known[i][0] for i in shown], percent=percent)
    told = "; ".join(f"{places[i]} {known[i][1]} {text}" for i, text in zip(shown, texts, strict=True))
    desc = f"A ranking{f' by {unit}' if unit else ''}. {told or 'No values'}."
    return words.picture([*out, *foot], height=end, desc=desc, kind="ranking", key=key, css=_CSS)


def _by(row: tuple[float, str, bool]) -> tuple[float, str]:
    return -row[0], row[1]


def _places(values: Sequence[float]) -> list[int]:
    out: list[int] = []
    for i, value in enumerate(values):
        out.append(out[-1] if i and value == values[i - 1] else i + 1)
    return out


def _bars(
    rows: Sequence[tuple[int, float, str, bool]], y: float, *, percent: bool
) -> tuple[list[str], float]:
    """The rows, and where they end."""
    names = [fitted(name, TEXT, _NAMES, bold=mark) for _, _, name, mark in rows]
    texts = figures([value for _, value, _, _ in rows], percent=percent)
    first = max(extent(str(place), NOTE) for place, *_ in rows) + 8
    wide = max(extent(text, TEXT, bold=True) for text in texts) + 8
    left = first + max(extent(name, TEXT, bold=True) for name in names) + 10
    low, high = min(0.0, *(row[1] for row in rows)), max(0.0, *(row[1] for row in rows))
    left += wide if low < 0 else 0
    scale = (WIDTH - wide - left) / ((high - low) or 1.0)
    axis = left - low * scale
    out = []
    for (place, value, name, mark), short, text in zip(rows, names, texts, strict=True):
        tip = axis + value * scale
        base = y + _LANE / 2 + TEXT * 0.35
        strong = "rp-strong" if mark else None
        kind = " ".join(["rp-below"] * (value < 0) + ["rp-marked"] * mark) or None
        bar = element(
            "rect",
            class_=kind,
            x=min(axis, tip),
            y=y + (_LANE - _TALL) / 2,
            width=abs(tip - axis),
            height=_TALL,
        )
        side = (tip - 6, "end") if value < 0 else (tip + 6, None)
        out.append(
            element(
                "g",
                element("title", escape(f"{place}. {name}: {text}")),
                element("text", str(place), class_="rp-note", x=first - 8, y=base - 0.5, text_anchor="end"),
                element("text", escape(short), class_=strong, x=first, y=base),
                bar,
                element("text", text, class_=strong, x=side[0], y=base, text_anchor=side[1]),
            )
        )
        y += _LANE
    out.append(element("path", class_="rp-axis", d=path([(axis, y - _LANE * len(rows)), (axis, y)])))
    return out, y
