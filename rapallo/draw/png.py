"""SVG to PNG, for those who cannot take SVG; the renderer is the optional extra ``plot``."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

from rapallo.draw.theme import LIGHT
from rapallo.errors import InputError

__all__ = ["resolved", "svg_to_png"]

WIDEST = 16_000
_VAR = re.compile(r"var\(\s*--[\w-]+\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_FACES = re.compile(r"system-ui(?:,-apple-system)?")  # the renderer knows no face of the system


def resolved(svg: str) -> str:
    """The picture with each CSS custom property replaced by its fallback, the light colours.

    Examples:
        >>> resolved("fill:var(--rp-ink,#1d1b18);stroke:var(--a, rgb(1,2,3))")
        'fill:#1d1b18;stroke:rgb(1,2,3)'
    """
    return _VAR.sub(lambda found: (found[1] or "inherit").strip(), svg)


def svg_to_png(
    svg: str, *, width: int = 1600, background: str = LIGHT["paper"], margin: float = 24.0
) -> bytes:
    """Render a picture in its light colours.

    Args:
        svg: one ``svg`` element.
        width: of the image, in pixels; its height follows from the view box.
        background: a CSS colour.
        margin: added on each side, in the units of the view box.

    Returns:
        The bytes of a PNG file.

    Raises:
        InputError: where the renderer is not installed, the width is none, or the SVG cannot be read.
    """
    if not 1 <= width <= WIDEST:
        msg = f"an image cannot be {width} pixels wide"
        raise InputError(msg, hint=f"from 1 to {WIDEST}")
    renderer = _renderer()
    framed = _BOX.sub(
        lambda box: (
            f'viewBox="{-margin:g} {-margin:g} {float(box[1]) + 2 * margin:g} {float(box[2]) + 2 * margin:g}"'
        ),
        resolved(svg),
        count=1,
    )
    try:
        image: bytes = renderer.svg_to_bytes(
            svg_string=_FACES.sub("'Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans'", framed),
            width=width,
            background=background,
        )
    except ValueError as error:
        msg = f"this SVG cannot be drawn: {error}"
        raise InputError(msg) from error
    return image


def _renderer() -> Any:
    try:
        return import_module("resvg_py")
    except ImportError as error:
        msg = "a PNG needs the renderer resvg-py, which is not installed"
        raise InputError(msg, hint='pip install "rapallo[plot]", or ask for SVG') from error
